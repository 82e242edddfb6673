"""Lists of numbers from the bytes that hold them: seven bits of a number in each, the lowest first, and the eighth where another byte follows."""

from __future__ import annotations

import numpy as np


def unpacked(ends, given):  # type: ignore[no-untyped-def]
    """The lists that begin and end at `ends` of the bytes `given`: bounds, and numbers end to end."""
    count = 0
    for byte in given[ends[0] : ends[-1]]:
        count += byte < 128
    bounds, numbers = np.zeros(len(ends), np.int64), np.empty(count + 1, np.int32)
    at, number, shift = 0, np.int64(0), np.int64(0)
    for row in range(len(ends) - 1):
        for place in range(ends[row], ends[row + 1]):
            byte = np.int64(given[place])
            number |= (byte & 127) << shift
            numbers[at] = number
            more = byte >> 7
            number, shift = number * more, (shift + 7) * more
            at += 1 - more
        bounds[row + 1] = at
    return bounds, numbers[:at]
