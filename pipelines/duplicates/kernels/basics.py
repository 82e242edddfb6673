# mypy: disallow-untyped-defs=False
"""What several kernels need: numbers of a fixed width, the mixing of hashes, room for more, a sort that allocates nothing."""

from __future__ import annotations

import numpy as np

FACTOR = np.uint64(0x9E3779B97F4A7C15)
MIX1 = np.uint64(0xFF51AFD7ED558CCD)
MIX2 = np.uint64(0xC4CEB9FE1A85EC53)
ZERO = np.int64(0)  # a plain 0 is a type of its own, for which numba compiles what is called with it once more
ONE = np.uint64(1)
U20 = np.uint64(20)
U29 = np.uint64(29)
U32 = np.uint64(32)
U63 = np.uint64(63)
LOW = np.uint64(0xFFFFFFFF)
ALL = ~np.uint64(0)


def _mixed(value):
    value ^= value >> U32
    value *= MIX1
    value ^= value >> U29
    value *= MIX2
    return value ^ (value >> U32)


def _power_over(size):
    power = 16
    while power < size:
        power *= 2
    return power


def _clear(values):
    for i in range(values.shape[0]):
        values[i] = 0


def _longer(values, minimum):
    """The same values with room for twice as many as needed. A loop, since assigning a slice takes seconds to compile."""
    out = np.empty(2 * minimum, values.dtype)
    for i in range(values.shape[0]):
        out[i] = values[i]
    return out


def _sort_together(values, others, first, last):
    """Shell's sort of `values[first:last]`, and of `others` with them: nothing is allocated."""
    size = last - first
    gap = 1
    while gap < size // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(first + gap, last):
            value, other = values[i], others[i]
            j = i
            while j - gap >= first and (values[j - gap] > value or (values[j - gap] == value and others[j - gap] > other)):
                values[j] = values[j - gap]
                others[j] = others[j - gap]
                j -= gap
            values[j] = value
            others[j] = other
        gap //= 3
