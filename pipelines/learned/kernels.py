# mypy: disallow-untyped-defs=False
"""The loop over the nodes of trees. `forest` prepares its arrays; `small` does the same in numpy."""

from __future__ import annotations

import numpy as np

_ROWS = 512  # scored together, so that their leaves stay in the nearest cache
_ALL_LEAVES = np.uint16(0xFFFF)
_ONE, _NO_LEAF = np.uint16(1), np.uint16(0)


def add_leaves(columns, tests, thresholds, masks, ends, leaves, places, out):
    """Adds the leaf value of every tree to `out`, in the order of the trees.

    `columns`: [feature, row]; `tests`, `thresholds` (of the type of `columns`), `masks`: feature, value and leaves that stay above it, of
    all nodes of all trees one after another, a tree's up to its `ends`; `leaves`: [tree, 16], of the type of `out`; `places`: of a number
    with one bit, which bit that is; `out`: [row].
    """
    alive = np.empty(_ROWS, np.uint16)
    for first in range(0, out.shape[0], _ROWS):
        size = min(_ROWS, out.shape[0] - first)
        node = 0
        for tree in range(ends.shape[0]):
            alive[:] = _ALL_LEAVES
            while node < ends[tree]:
                column = columns[tests[node], first : first + size]
                threshold, mask = thresholds[node], masks[node]
                for row in range(size):  # without a branch, so that it becomes vector instructions
                    alive[row] &= mask | (_NO_LEAF - np.uint16(column[row] <= threshold))
                node += 1
            for row in range(size):
                left = alive[row]
                out[first + row] += leaves[tree, places[left & (~left + _ONE)]]
