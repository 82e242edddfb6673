"""Quotes hold the floors of tests/floors.json on PolNeAR, every point of the five articles, and name nobody whom the text does not."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.corpora import rows_of
from benchmarks.quality.sets import CORPORA, quote_figures, quotes_found
from pipelines.quotes import quotes_in_each, to_json

SET = "quotes.polnear"


@pytest.fixture(scope="module")
def polnear(shared: Path) -> tuple[list[dict[str, Any]], list[list[dict[str, Any]]]]:
    """The articles with their gold, and the quotes found in each."""
    gold = rows_of(CORPORA[SET])
    return gold, quotes_found(gold)


def test_quotes_hold_their_floors_and_the_figures_of_the_docs(polnear: Any, holds: Callable[..., None]) -> None:
    holds(SET, quote_figures(*polnear))


def _seeds_scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("seeds_scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_quote_point_of_the_five_articles(shared: Path) -> None:
    scorer = _seeds_scorer(shared / "seeds_score.py")
    texts = {gold["file"]: "\n\n".join(gold["body"]) for gold in scorer.GOLD}
    quotes = dict(zip(texts, quotes_in_each(list(texts.values())), strict=True))
    quoted = {name: {"text": text, "quotes": to_json(text, quotes[name])} for name, text in texts.items()}
    cleaned = {
        gold["file"]: {
            "text": texts[gold["file"]],
            "removed": gold["removed"],
            **{field: gold.get(field) for field in scorer.FIELDS},
        }
        for gold in scorer.GOLD
    }
    assert [message for right, message in scorer.points(cleaned, quoted) if not right] == []


def test_no_name_that_is_not_in_the_text(polnear: Any) -> None:
    for article, quotes in zip(*polnear, strict=True):
        for quote in quotes:
            speaker = quote["speaker"]
            if speaker and speaker["name"] is not None:
                assert speaker["name"] in article["text"]
                assert 0 < len(speaker["name"].split()) <= 14
