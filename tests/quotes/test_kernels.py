"""The loops as plain Python and compiled give the same quotes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.quotes import quotes_in_each
from pipelines.quotes.kernels import mentions
from pipelines.quotes.kernels.load import KERNELS
from pipelines.quotes.lexicon import CODE_OF_FUNCTION

CASES = Path(__file__).parents[1] / "cases" / "quotes.jsonl"


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Every case, alone and all English ones in one text."""
    found = [json.loads(line)["text"] for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [*found, "\n\n".join(found)]


def test_plain_and_compiled_kernels_give_the_same_quotes(texts: list[str]) -> None:
    with KERNELS.always(compiled=False):
        plain = quotes_in_each(texts)
    with KERNELS.always(compiled=True):
        assert KERNELS.for_work(0).compiled
        assert quotes_in_each(texts) == plain
    assert sum(map(len, plain)) > 2 * len(texts)


def test_which_form_pays_is_asked_for_all_texts_of_a_call_before_the_first_is_read(
    texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    with KERNELS.always(compiled=False):
        given_out = KERNELS.for_work
        monkeypatch.setattr(KERNELS, "for_work", lambda units: asked.append(units) or given_out(units))
        quotes_in_each(texts[:40])
    assert asked[0] == sum(map(len, texts[:40]))
    assert len(asked) > 2
    assert not any(asked[1:])


def test_the_code_of_a_conjunction_in_the_kernels_is_that_of_the_lexicon():
    assert CODE_OF_FUNCTION["conjunction"] == mentions.AND
