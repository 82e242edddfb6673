"""Small boosted trees over features that are whole numbers from 0 to 63, read from text and evaluated by bit masks.

Every tree has at most 16 leaves. For each feature and value a row of a table holds, per tree, the leaves that this value leaves possible; the
AND over features leaves the exit leaf as the lowest bit (Lucchese et al. 2015, QuickScorer, with one table in place of its sorted thresholds).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.quotes.kernels.load import kernels_for

VALUES = 64
MOST_LEAVES = 16
_TOGETHER = 256  # rows whose masks are worked on together, so that they stay in the cache


class Forest:
    """Sum of tree outputs."""

    def __init__(self, features: int, trees: Sequence[tuple[list[tuple[int, int, int, int]], list[float]]]) -> None:
        """Each tree: nodes (feature, threshold, left, right), a child below 0 is leaf -1 - child; a row goes left where value <= threshold."""
        self.features = features
        tables = np.full((features, VALUES, len(trees)), 0xFFFF, dtype=np.uint16)
        leaves = np.zeros((len(trees), MOST_LEAVES))
        for t, (nodes, values) in enumerate(trees):
            order = _leaf_order(nodes)
            place = {leaf: bit for bit, leaf in enumerate(order)}
            for leaf, bit in place.items():
                leaves[t, bit] = values[leaf]
            for feature, threshold, left, _ in nodes:
                gone = 0
                for leaf in _under(nodes, left):
                    gone |= 1 << place[leaf]
                tables[feature, threshold + 1 :, t] &= 0xFFFF ^ gone
        # a multiple of four trees, so that four masks go through one 64-bit word
        padding = -len(trees) % 4
        if padding:
            tables = np.concatenate([tables, np.full((features, VALUES, padding), 0xFFFF, dtype=np.uint16)], axis=2)
            leaves = np.concatenate([leaves, np.zeros((padding, MOST_LEAVES))])
        self._trees = leaves.shape[0]
        masks = np.ascontiguousarray(tables).reshape(features * VALUES, -1).view(np.uint64)
        nothing = np.full((1, masks.shape[1]), 0xFFFF_FFFF_FFFF_FFFF, dtype=np.uint64)  # row 0: rules out no leaf
        self._masks, self._places = _distinct(np.concatenate([nothing, masks]))
        self._leaves = np.ascontiguousarray(leaves.reshape(-1))
        self._offsets = np.arange(features, dtype=np.int64) * VALUES
        self._tree_offsets = np.arange(self._trees, dtype=np.int64) * MOST_LEAVES

    def scores(self, rows: Sequence[Sequence[int]] | NDArray[np.integer[Any]]) -> NDArray[np.float64]:
        """One raw score per row."""
        if not len(rows):
            return np.zeros(0)
        values = _as_array(rows)
        in_range = values.min() >= 0 and values.max() < VALUES  # the compiled loop does not check
        loops = kernels_for(0)
        leaf_values = loops.leaf_values if loops.compiled and in_range else self._leaf_values
        out = np.empty(len(values))
        room = np.empty((_TOGETHER, self._trees))
        for at in range(0, len(values), _TOGETHER):
            chunk = values[at : at + _TOGETHER]
            leaf_values(chunk, self._places, self._masks, _LOWEST, self._leaves, room)
            out[at : at + _TOGETHER] = room[: len(chunk)].sum(axis=1)
        return out

    def _leaf_values(
        self,
        values: NDArray[np.integer[Any]],
        places: NDArray[np.int64],
        table: NDArray[np.uint64],
        lowest: NDArray[np.uint8],
        leaves: NDArray[np.float64],
        out: NDArray[np.float64],
    ) -> None:
        """What `loops.trees.leaf_values` does, in numpy."""
        rows = places[values + self._offsets]
        masks = table[rows[:, 0]]
        for feature in range(1, self.features):
            masks &= table[rows[:, feature]]
        halves = masks.view(np.uint16)
        exits = np.where(halves & 0xFF, lowest[halves & 0xFF], 8 + lowest[halves >> 8])
        out[: len(values)] = leaves[exits + self._tree_offsets]


# of 0 to 255 the lowest bit that is set
_LOWEST = np.array([max(0, (x & -x).bit_length() - 1) for x in range(256)], dtype=np.uint8)


def _distinct(masks: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The rows that differ, the first of `masks` first, and for each of the others which of them it is: what is small stays in the cache."""
    known: dict[bytes, int] = {}
    places = [known.setdefault(row.tobytes(), len(known)) for row in masks]
    distinct = np.frombuffer(b"".join(known), dtype=np.uint64).reshape(len(known), -1).copy()
    return distinct, np.array(places[1:], dtype=np.int64)


def _as_array(rows: Sequence[Sequence[int]] | NDArray[np.integer[Any]]) -> NDArray[np.integer[Any]]:
    """Rows of small numbers as an array; by way of bytes three times faster than `np.asarray`."""
    if isinstance(rows, np.ndarray):
        return rows
    try:
        joined = np.frombuffer(b"".join(map(bytes, rows)), dtype=np.uint8)
    except ValueError:  # a value below 0 or above 255
        return np.asarray(rows, dtype=np.int64)
    return joined.reshape(len(rows), -1)


def _leaf_order(nodes: Sequence[tuple[int, int, int, int]]) -> list[int]:
    """Leaves from left to right. A tree of one leaf has no nodes."""
    if not nodes:
        return [0]
    return _under(nodes, 0)


def _under(nodes: Sequence[tuple[int, int, int, int]], child: int) -> list[int]:
    if child < 0:
        return [-1 - child]
    _, _, left, right = nodes[child]
    return _under(nodes, left) + _under(nodes, right)


def parse_forest(lines: Iterable[str], features: int) -> Forest:
    """A forest from lines of `feature:threshold:left:right …| value …`, one tree each."""
    trees = []
    for line in lines:
        left, _, right = line.partition("|")
        nodes = []
        for item in left.split():
            feature, threshold, a, b = (int(x) for x in item.split(":"))
            nodes.append((feature, threshold, a, b))
        trees.append((nodes, [float(x) for x in right.split()]))
    return Forest(features, trees)
