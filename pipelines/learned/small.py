"""The loop over the nodes of trees in numpy, for so few rows that compiling it does not pay."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_ROWS = 64  # scored together: a few megabytes of masks
_ALL_LEAVES = np.uint16(0xFFFF)
_ONE = np.uint16(1)


def add_leaves(
    columns: NDArray[Any],
    tests: NDArray[np.int64],
    thresholds: NDArray[Any],
    masks: NDArray[np.uint16],
    ends: NDArray[np.int64],
    leaves: NDArray[Any],
    places: NDArray[np.uint8],
    out: NDArray[Any],
) -> None:
    """What `kernels.add_leaves` does."""
    starts = np.concatenate(([0], ends[:-1]))
    trees = np.arange(len(ends))[:, None]
    for first in range(0, len(out), _ROWS):
        some = columns[:, first : first + _ROWS]
        stays = np.where(some[tests] <= thresholds[:, None], _ALL_LEAVES, masks[:, None])
        left = np.bitwise_and.reduceat(stays, starts, axis=0)
        values = leaves[trees, places[left & (~left + _ONE)]]
        out[first : first + _ROWS] += np.cumsum(values, axis=0)[-1]  # one after another; a plain sum would add in pairs
