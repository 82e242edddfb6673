"""The learned score: boosted trees over line features, kept as text, evaluated with numpy.

seeds/boilerplate/weights.txt holds the names of the features in their order, then one line per node and leaf. A tree has at
most 32 leaves; a row's leaf is found without walking the tree: every node whose test fails crosses out the leaves on its
left, and the leftmost leaf that is left is the row's (Lucchese et al., QuickScorer, SIGIR 2015)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

WEIGHTS = "weights.txt"
MOST_LEAVES = 32


@dataclass(frozen=True, slots=True)
class Tree:
    """`tests`: (feature, threshold, mask of the leaves that stay where the value is over the threshold); `leaves`: log-odds."""

    tests: tuple[tuple[int, float, int], ...]
    leaves: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """Trees whose sum is the log-odds that a line is body."""

    features: tuple[str, ...]
    trees: tuple[Tree, ...]

    def score(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """The chance that each row is body; columns are `features` in order."""
        size = len(matrix)
        total = np.zeros(size, np.float64)
        columns = [np.ascontiguousarray(matrix[:, i]) for i in range(matrix.shape[1])]
        passed: dict[tuple[int, float], NDArray[np.bool_]] = {}
        for tree in self.trees:
            alive = np.full(size, 0xFFFFFFFF, np.uint32)
            for feature, threshold, mask in tree.tests:
                over = passed.get((feature, threshold))
                if over is None:
                    over = passed[feature, threshold] = columns[feature] > np.float32(threshold)
                alive &= np.where(over, np.uint32(mask), np.uint32(0xFFFFFFFF))
            lowest = (alive & (~alive + np.uint32(1))).astype(np.float32)
            total += tree.leaves[np.log2(lowest).astype(np.intp)]
        return np.asarray(1 / (1 + np.exp(-total)))


def parse(lines: Sequence[str]) -> Model:
    """A model from the lines of its file; ValueError names the line that is wrong."""
    features: list[str] = []
    trees: list[Tree] = []
    tests: list[tuple[int, float, int]] = []
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
            tests.append((features.index(fields[1]), float(fields[2]), int(fields[3], 16)))
        elif fields[0] == "leaves":
            leaves = [float(value) for value in fields[1:]]
        else:
            raise ValueError(f"line {number} of the weights is {line!r}; it must be a feature, tree, node or leaves line. Train them again")
    if leaves:
        trees.append(Tree(tuple(tests), np.array(leaves, np.float32)))
    return Model(tuple(features), tuple(trees))


@functools.cache
def load_model() -> Model:
    """The reviewed weights of seeds/boilerplate."""
    text = resources.files("seeds").joinpath("boilerplate", WEIGHTS).read_text(encoding="ascii")
    return parse(text.splitlines())
