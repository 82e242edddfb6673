"""Room for large arrays, cut from blocks that the system gets back."""

from __future__ import annotations

import numpy as np

_BLOCK_BYTES = 36 << 20  # glibc maps what is larger than 32 MB by itself, whatever was freed before
_LINE = 64


class Blocks:
    """Room for arrays that are let go of together, for one thread.

    What malloc cuts from its own heaps stays with the process when it is freed: for duplicates that was a fifth of all memory. A block is
    mapped by itself, only what is written to takes memory, and all of it goes back when the last array in it does.
    """

    def __init__(self) -> None:
        self._left = np.empty(0, np.uint8)

    def room(self, most: int, kind: type) -> np.ndarray:
        """An array of at least `most` values, of which those count that `keep` is told of before room is asked for again."""
        size = most * np.dtype(kind).itemsize
        if len(self._left) < size:
            self._left = np.empty(max(_BLOCK_BYTES, size), np.uint8)
        return self._left[:size].view(kind)

    def keep(self, values: np.ndarray) -> np.ndarray:
        """The same values, which begin where the room does: what comes after them is free again."""
        self._left = self._left[-(-values.nbytes // _LINE) * _LINE :]
        return values


def fresh(size: int, kind: type) -> np.ndarray:
    """An array in a block of its own."""
    return Blocks().room(size, kind)
