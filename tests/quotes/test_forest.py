"""The compiled loop and numpy give the same scores, and so does walking the trees."""

from __future__ import annotations

import random

import numpy as np
import pytest

from pipelines.quotes.forest import VALUES, Forest
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


def _walk(tree: tuple[list[tuple[int, int, int, int]], list[float]], row: list[int]) -> float:
    nodes, leaves = tree
    at = 0
    while nodes:
        feature, threshold, left, right = nodes[at]
        at = left if row[feature] <= threshold else right
        if at < 0:
            return leaves[-1 - at]
    return leaves[0]


def _grow(rnd: random.Random, features: int, leaves: int) -> tuple[list[tuple[int, int, int, int]], list[float]]:
    nodes: list[list[int]] = []
    ends: list[float] = [rnd.uniform(-1, 1)]
    places: list[tuple[int, int]] = []  # (node, side) of each leaf
    while len(ends) < leaves:
        node = len(nodes)
        leaf = rnd.randrange(len(ends)) if nodes else 0
        if nodes:
            parent, side = places[leaf]
            nodes[parent][side] = node
        nodes.append([rnd.randrange(features), rnd.randrange(VALUES - 1), -1 - leaf, -1 - len(ends)])
        if nodes[:-1]:
            places[leaf] = (node, 2)
        else:
            places.append((node, 2))
        places.append((node, 3))
        ends.append(rnd.uniform(-1, 1))
    return [(a, b, c, d) for a, b, c, d in nodes], ends


def test_bit_masks_give_what_walking_the_trees_gives() -> None:
    rnd = random.Random(5)
    trees = [_grow(rnd, 7, rnd.choice([1, 2, 8, 16])) for _ in range(21)]
    rows = [[rnd.randrange(VALUES) for _ in range(7)] for _ in range(300)]
    expected = [sum(_walk(tree, row) for tree in trees) for row in rows]
    np.testing.assert_allclose(Forest(7, trees).scores(rows), expected, rtol=1e-12, atol=1e-12)
