"""The compiled loop and numpy give the same scores, and so does walking the trees."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.quotes.forest import Forest
from pipelines.quotes.kernels import load

NODES = [(0, 10, 1, -3), (2, 30, -1, -2)]  # value 0 <= 10: node 1, else leaf 2; value 2 <= 30: leaf 0, else leaf 1
LEAVES = [0.1, -0.7, 1.3]


def rows(count: int) -> list[tuple[int, ...]]:
    return [tuple(int(v) for v in row) for row in np.random.default_rng(7).integers(0, 64, (count, 3))]


def walked(row: tuple[int, ...]) -> float:
    return LEAVES[2] if row[0] > 10 else LEAVES[0] if row[2] <= 30 else LEAVES[1]


@pytest.mark.parametrize("worth_compiling", [0, 10**12])
def test_scores_are_those_of_walking_the_trees(monkeypatch: pytest.MonkeyPatch, worth_compiling: int) -> None:
    monkeypatch.setattr(load, "TOKENS_WORTH_COMPILING", worth_compiling)
    given = rows(600)
    scores = Forest(3, [(NODES, LEAVES)] * 5).scores(given)
    assert np.allclose(scores, [5 * walked(row) for row in given])


def test_compiled_and_numpy_agree_to_the_last_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    trees = [([(k % 3, 5 * k % 64, -1, -2)], [0.1 * k, -0.3 / (k + 1)]) for k in range(300)]
    model, given = Forest(3, trees), rows(600)
    monkeypatch.setattr(load, "TOKENS_WORTH_COMPILING", 0)
    compiled = model.scores(given)
    monkeypatch.setattr(load, "TOKENS_WORTH_COMPILING", 10**12)
    assert np.array_equal(compiled, model.scores(given))


def test_a_value_out_of_range_is_no_crash() -> None:
    assert len(Forest(3, [(NODES, LEAVES)]).scores([(-1, 0, 0), (3, 63, 63)])) == 2
