# mypy: disallow-untyped-defs=False
"""Compiled loops over the characters of lines and over trees. Import through `characters.kernels()`: numba takes half a second."""

from __future__ import annotations

import numpy as np

from pipelines.cleaning.characters import BLANK, LEAD, PRINTABLE, SPACE, WORD
from pipelines.duplicates.compiled import compiled

_ROWS = 512  # scored together, so that their leaves stay in the nearest cache
_ALL_LEAVES = np.uint16(0xFFFF)
_ONE, _NO_LEAF = np.uint16(1), np.uint16(0)


@compiled()
def score_rows(columns, tests, thresholds, masks, ends, leaves, places, out):
    """Adds every tree's leaf value to `out`, in the order of trees.

    `columns`: float32 [feature, row]; `tests`, `thresholds`, `masks`: feature, value and leaves that stay above it, of all nodes of all
    trees one after another, a tree's up to its `ends`; `leaves`: float32 [tree, 16]; `places`: of a number with one bit, which
    bit that is; `out`: float32 [row].
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


@compiled()
def _ends_line(code):
    return code == 10 or code == 13 or code == 11 or code == 12 or code == 0x2028 or code == 0x2029


@compiled()
def _may_be_damaged(lead, following):
    """Whether a first byte read as a character has a later byte after it; plain Russian letters are none."""
    if lead == 0xE2 or 0x300 <= lead < 0x370 or lead == 0xFFFD:
        return True
    return following > 0x7F and not 0x410 <= following <= 0x450


@compiled()
def find_lines(codes, at, classes, rows):
    """Fills `rows` with the lines from `at` on that are not blank; gives their number and where the next one starts.

    A row: first and one past last character without outer blanks, blank lines above it, and three bits: 1 the first character is a
    letter or digit, 2 there are blanks to squeeze, 4 there may be something to repair.
    """
    count = 0
    blank = 0
    size = codes.shape[0]
    while at < size and count < rows.shape[0]:
        first, last = -1, -1
        while at < size and not _ends_line(codes[at]):
            if not classes[codes[at]] & SPACE:
                if first < 0:
                    first = at
                last = at
            at += 1
        if at + 1 < size and codes[at] == 13 and codes[at + 1] == 10:
            at += 1
        at += 1
        if first < 0:
            blank += 1
            continue
        squeezed = doubtful = False
        before = np.uint32(0)
        for place in range(first, last + 1):
            code = codes[place]
            found = classes[code]
            if found & (PRINTABLE | BLANK | LEAD) == PRINTABLE and code > 46:  # nearly all
                before = code
                continue
            squeezed |= found & BLANK != 0 or (code == 32 and before == 32)
            doubtful |= found & PRINTABLE == 0 or code == 38 or (before == 32 and (code == 44 or code == 46))
            if found & LEAD:
                doubtful |= _may_be_damaged(code, codes[place + 1] if place < last else np.uint32(32))
            before = code
        rows[count, 0] = first
        rows[count, 1] = last + 1
        rows[count, 2] = blank
        rows[count, 3] = (classes[codes[first]] & WORD != 0) + 2 * squeezed + 4 * doubtful
        blank = 0
        count += 1
    return count, at
