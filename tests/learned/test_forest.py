"""Trees: numpy, the compiled loop and walking them one by one give the same sums."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.learned import kernels
from pipelines.learned.forest import KERNELS, MAX_LEAVES, Forest, Knots, Node, Tree
from pipelines.learned.model import known_models, load_model


@pytest.fixture(params=[False, True], ids=["numpy", "compiled"])
def form(request):
    """One of the two forms, whatever the amount of work."""
    with KERNELS.always(compiled=request.param):
        yield


def in_both_forms(forest: Forest, rows) -> list:
    found = []
    for compiled in (False, True):
        with KERNELS.always(compiled=compiled):
            found.append(forest.scores(rows))
    return found


def grown(rnd: random.Random, features: int, leaves: int, threshold) -> Tree:
    """A tree of that many leaves, which splits anywhere."""
    nodes: list[Node | None] = []
    values = []

    def grow(size: int) -> int:
        if size == 1:
            values.append(rnd.uniform(-1, 1))
            return -len(values)
        place = len(nodes)
        nodes.append(None)
        left = rnd.randrange(1, size)
        nodes[place] = Node(rnd.randrange(features), threshold(), grow(left), grow(size - left))
        return place

    grow(leaves)
    return Tree(tuple(nodes), tuple(values))


def walked(tree: Tree, row) -> float:
    at = 0
    while tree.nodes:
        node = tree.nodes[at]
        at = node.left if np.float32(row[node.feature]) <= np.float32(node.threshold) else node.right
        if at < 0:
            return tree.leaves[-1 - at]
    return tree.leaves[0]


def summed(trees, row, dtype) -> float:
    total = dtype(0)
    for tree in trees:
        total += dtype(walked(tree, row))
    return float(total)


@pytest.mark.parametrize("sums", ["float32", "float64"])
@pytest.mark.parametrize("numbers", ["bytes", "floats"])
def test_sums_are_those_of_walking_tree_after_tree(form, sums, numbers):
    rnd = random.Random(5)
    threshold = (lambda: float(rnd.randrange(63))) if numbers == "bytes" else (lambda: rnd.uniform(-2, 40))
    trees = [grown(rnd, 7, rnd.choice([1, 2, 8, 15, MAX_LEAVES]), threshold) for _ in range(41)]
    rows = np.array([[rnd.randrange(64) if numbers == "bytes" else rnd.uniform(-5, 50) for _ in range(7)] for _ in range(1100)])
    rows = rows.astype(np.uint8 if numbers == "bytes" else np.float32)
    found = Forest("abcdefg", trees, sums).scores(rows)
    assert found.tolist() == [summed(trees, row, np.dtype(sums).type) for row in rows.tolist()]


@given(st.integers(0, 10**6), st.integers(0, 3), st.integers(0, 700))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_both_forms_agree_to_the_last_bit(seed, trees, rows):
    rnd = random.Random(seed)
    forest = Forest(
        "abc", [grown(rnd, 3, rnd.randint(1, MAX_LEAVES), lambda: rnd.uniform(0, 1)) for _ in range(37 * trees)], "float32"
    )
    values = np.random.default_rng(seed).random((rows, 3)).astype(np.float32)
    assert np.array_equal(*in_both_forms(forest, values))


@pytest.mark.parametrize("name", known_models())
def test_packaged_forests_score_the_same_in_both_forms(name):
    for forest in load_model(name).forests.values():
        rng = np.random.default_rng(3)
        whole = rng.integers(0, 64, (700, len(forest.features))).astype(np.uint8)
        for values in (whole, rng.normal(2, 4, whole.shape).astype(np.float32)):
            found = in_both_forms(forest, values)
            assert np.array_equal(*found)
            assert np.unique(found[0]).size > 30


def test_the_loop_as_it_stands_gives_what_is_compiled_from_it(monkeypatch):
    rnd = random.Random(9)
    forest = Forest("abc", [grown(rnd, 3, rnd.randint(1, MAX_LEAVES), lambda: float(rnd.randrange(9))) for _ in range(12)])
    rows = np.random.default_rng(9).integers(0, 10, (700, 3)).astype(np.uint8)
    expected = in_both_forms(forest, rows)[1]
    monkeypatch.setattr(KERNELS.plain(), "add_leaves", kernels.add_leaves)
    with KERNELS.always(compiled=False), np.errstate(over="ignore"):
        assert np.array_equal(forest.scores(rows), expected)


def test_rows_of_bytes_and_of_floats_and_tuples_score_the_same(form):
    rnd = random.Random(8)
    forest = Forest("abc", [grown(rnd, 3, 9, lambda: float(rnd.randrange(63))) for _ in range(50)])
    rows = np.random.default_rng(8).integers(0, 64, (300, 3)).astype(np.uint8)
    expected = forest.scores(rows)
    assert np.array_equal(expected, forest.scores(rows.astype(np.float32)))
    assert np.array_equal(expected, forest.scores([tuple(row) for row in rows.tolist()]))


def test_a_value_on_the_threshold_goes_left_and_one_that_is_no_byte_keeps_its_meaning(form):
    forest = Forest("a", [Tree((Node(0, 2.5, -1, 1), Node(0, 63.0, -2, -3)), (1.0, 10.0, 100.0))])
    assert forest.scores([(-1,), (2,), (3,), (63,), (64,), (300,)]).tolist() == [1, 1, 10, 10, 100, 100]
    assert forest.scores(np.array([[2.5], [np.float32(2.5000002)]], np.float32)).tolist() == [1, 10]


def test_no_rows_and_no_trees_score_nothing():
    assert Forest("ab", []).scores(np.zeros((2, 2))).tolist() == [0, 0]
    assert Forest("ab", [Tree((), (0.5,))]).scores([]).tolist() == []


def test_rows_of_other_columns_are_refused():
    with pytest.raises(ValueError, match="must have the 2 columns"):
        Forest("ab", []).scores(np.zeros((4, 3)))


def test_chances_are_the_logistic_of_sums_bent_by_the_knots():
    trees = [Tree((Node(0, 1.0, -1, -2),), (0.0, 2.0))]
    assert Forest("a", trees).chances([(0,), (5,)]).tolist() == pytest.approx([0.5, 0.8807970779778823])
    bent = Forest("a", trees, knots=Knots((0.0, 0.5, 1.0), (0.0, 0.2, 1.0))).chances([(0,), (5,)])
    assert bent.tolist() == pytest.approx([0.2, 0.2 + 0.8 * 0.3807970779778823 / 0.5])


@pytest.mark.parametrize(
    ("tree", "why"),
    [
        (Tree((Node(0, 1.0, -2, -1),), (1.0, 2.0)), "counted from left to right"),
        (Tree((Node(0, 1.0, -1, -2),), (1.0, 2.0, 3.0)), "reaches 2 leaves and has 3"),
        (Tree((Node(4, 1.0, -1, -2),), (1.0, 2.0)), "feature 4 of 1"),
        (Tree((Node(0, 1.0, 0, -1),), (1.0,)), "children 0 and -1"),
        (Tree((), ()), "reaches 1 leaves and has 0"),
    ],
)
def test_a_tree_that_is_none_is_refused(tree, why):
    with pytest.raises(ValueError, match=why):
        Forest("a", [tree])
