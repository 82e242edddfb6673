"""The loops as plain Python and compiled give the same quotes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.quotes import quotes_in_each
from pipelines.quotes.kernels.load import KERNELS

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
