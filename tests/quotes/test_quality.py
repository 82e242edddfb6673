"""Floors of what the scorers say, with the hash of the corpus beside them. Lowering one needs a sentence saying why."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.quotes import quotes_in_each, to_json

POLNEAR_DEV = "be87c1e5c82768cbe099a3ef4eb3afc78a8e1bca3e03aaffc61e22f2aa407280"
FLOORS = {  # F1, or for spk the share of right speakers
    "marked.j8": 0.965,
    "marked.e2e": 0.899,
    "content.e2e": 0.829,
    "content_all.e2e": 0.563,
    "marked.spk.named": 0.93,
    "marked.spk.pronoun": 0.97,
    "marked.spk.np": 0.77,
}


def _module(path: Path, name: str) -> Any:
    sys.path.insert(0, str(path.parent))
    try:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(path.parent))


@pytest.fixture(scope="module")
def scores(shared: Path) -> dict[str, Any]:
    folder = shared / "benchmarks" / "quotes"
    raw = gzip.decompress((folder / "polnear_dev.jsonl.gz").read_bytes())
    assert hashlib.sha256(raw).hexdigest() == POLNEAR_DEV, "the floors are those of another corpus"
    gold = [json.loads(line) for line in raw.decode("utf-8").splitlines()]
    scorer = _module(folder / "score.py", "quote_scorer")
    texts = [article["text"] for article in gold]
    found = [to_json(text, quotes) for text, quotes in zip(texts, quotes_in_each(texts), strict=True)]
    result: dict[str, Any] = scorer.report(
        [scorer.article(g, {"quotes": q}) for g, q in zip(gold, found, strict=True)], 0, io.StringIO()
    )
    return result


@pytest.mark.parametrize("name", FLOORS)
def test_polnear_does_not_fall_below(scores: dict[str, Any], name: str) -> None:
    assert scores[name][2] >= FLOORS[name]


def test_every_quote_point_of_the_five_articles(shared: Path) -> None:
    scorer = _module(shared / "seeds_score.py", "seeds_scorer")
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


def test_no_name_that_is_not_in_the_text(shared: Path) -> None:
    raw = gzip.decompress((shared / "benchmarks" / "quotes" / "polnear_dev.jsonl.gz").read_bytes())
    texts = [json.loads(line)["text"] for line in raw.decode("utf-8").splitlines()]
    for text, quotes in zip(texts, quotes_in_each(texts), strict=True):
        for quote in to_json(text, quotes):
            speaker = quote["speaker"]
            if speaker and speaker["name"] is not None:
                assert speaker["name"] in text
                assert 0 < len(speaker["name"].split()) <= 14
