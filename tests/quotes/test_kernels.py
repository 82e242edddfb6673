"""The loops as plain Python and compiled give the same quotes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.quotes import quotes_in_each
from pipelines.quotes.kernels import load

CASES = Path(__file__).parents[1] / "cases" / "quotes.jsonl"


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Every case, alone and all English ones in one text."""
    found = [json.loads(line)["text"] for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [*found, "\n\n".join(found)]


def test_plain_and_compiled_loops_give_the_same_quotes(monkeypatch: pytest.MonkeyPatch, texts: list[str]) -> None:
    monkeypatch.setattr(load, "TOKENS_WORTH_COMPILING", 10**12)
    assert not load.kernels_for(0).compiled
    plain = quotes_in_each(texts)
    monkeypatch.setattr(load, "TOKENS_WORTH_COMPILING", 0)
    assert load.kernels_for(0).compiled
    assert quotes_in_each(texts) == plain
    assert sum(map(len, plain)) > 2 * len(texts)
