"""The learned score: boosted trees over line features, kept as text, evaluated with numpy.

seeds/boilerplate/weights.txt holds the names of the features in their order, then one line per node and leaf. A tree has at
most 16 leaves; a row's leaf is found without walking the tree: every node whose test fails crosses out the leaves on its
left, and the leftmost leaf that is left is the row's (Lucchese et al., QuickScorer, SIGIR 2015)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.characters import kernels

WEIGHTS = "weights.txt"
MOST_LEAVES = 16


_PLACE_OF_BIT = np.zeros(1 << MOST_LEAVES, np.uint8)
_PLACE_OF_BIT[1 << np.arange(MOST_LEAVES)] = np.arange(MOST_LEAVES)


@dataclass(frozen=True, slots=True)
class Tree:
    """`tests`: (feature, threshold, mask of the leaves that stay where the value is over the threshold); `leaves`: log-odds."""

    tests: tuple[tuple[int, float, np.uint16], ...]
    leaves: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """Trees whose sum is the log-odds that a line is body."""

    features: tuple[str, ...]
    trees: tuple[Tree, ...]

    def score(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """The chance that each row is body; columns are `features` in order."""
        total = np.zeros(len(matrix), np.float32)
        kernels().score_rows(np.ascontiguousarray(matrix.T), *self.arrays(), _PLACE_OF_BIT, total)
        return np.asarray(1 / (1 + np.exp(-total.astype(np.float64))))

    def arrays(self) -> tuple[NDArray, ...]:
        """What the kernel takes: feature, threshold and mask of every test, where each tree's tests end, the leaves of each tree."""
        tests = [test for tree in self.trees for test in tree.tests]
        leaves = np.zeros((len(self.trees), MOST_LEAVES), np.float32)
        for tree, values in zip(self.trees, leaves, strict=True):
            values[: len(tree.leaves)] = tree.leaves
        return (
            np.array([feature for feature, _, _ in tests], np.int64),
            np.array([threshold for _, threshold, _ in tests], np.float32),
            np.array([mask for _, _, mask in tests], np.uint16),
            np.cumsum([len(tree.tests) for tree in self.trees], dtype=np.int64),
            leaves,
        )


def parse(lines: Sequence[str]) -> Model:
    """A model from the lines of its file; ValueError names the line that is wrong."""
    features: list[str] = []
    trees: list[Tree] = []
    tests: list[tuple[int, float, np.uint16]] = []
    leaves: list[float] = []
    for number, line in enumerate(lines, 1):
        fields = line.split()
        if not fields or fields[0].startswith("#"):
            continue
        if fields[0] == "feature" and len(fields) == 2:
            features.append(fields[1])
        elif fields[0] == "tree":
            if leaves:
                trees.append(Tree(tuple(tests), np.array(leaves, np.float32)))
            tests, leaves = [], []
        elif fields[0] == "node" and len(fields) == 4 and fields[1] in features:
            tests.append((features.index(fields[1]), float(fields[2]), np.uint16(int(fields[3], 16))))
        elif fields[0] == "leaves":
            leaves = [float(value) for value in fields[1:]]
        else:
            raise ValueError(
                f"line {number} of the weights is {line!r}; it must be a feature, tree, node or leaves line. Train them again"
            )
    if leaves:
        trees.append(Tree(tuple(tests), np.array(leaves, np.float32)))
    return Model(tuple(features), tuple(trees))


@functools.cache
def load_model() -> Model:
    """The reviewed weights of seeds/boilerplate."""
    text = resources.files("seeds").joinpath("boilerplate", WEIGHTS).read_text(encoding="ascii")
    return parse(text.splitlines())
