# mypy: disallow-untyped-defs=False
"""Loops over the characters of a text: where its lines are, and which of them may hold something to repair."""

from __future__ import annotations

import numpy as np

from pipelines.cleaning.columns import LineColumn, Mark, Trait

_ALL_BITS, _NO_BITS = np.uint16(0xFFFF), np.uint16(0)


def _ends_line(code):
    """LF, VT, FF, CR and the line and paragraph separators."""
    return 10 <= code <= 13 or code == 0x2028 or code == 0x2029


def _may_be_damaged(lead, following):
    """Whether a first byte read as a character has a later byte after it; plain Russian letters are none."""
    if lead == 0xE2 or 0x300 <= lead < 0x370 or lead == 0xFFFD:
        return True
    return following > 0x7F and not 0x410 <= following <= 0x450


def _holds_damage(codes, first, end, classes):
    for at in range(first, end):
        if classes[codes[at]] & Trait.LEAD and _may_be_damaged(codes[at], codes[at + 1] if at + 1 < end else np.uint32(32)):
            return True
    return False


def _line_marks(codes, first, end, classes):
    """The marks of `find_lines`, -1 where nothing shows. The loop has no branch: mispredicted ones would take most of its time."""
    every, some = _ALL_BITS, _NO_BITS
    blanks = stops = escapes = np.uint8(0)
    before = np.uint32(0)
    for at in range(first, end):
        code = codes[at]
        found = classes[code]
        every &= found
        some |= found
        after_blank = np.uint8(before == 32)
        blanks |= after_blank & np.uint8(code == 32)
        stops |= after_blank & (np.uint8(code == 44) | np.uint8(code == 46))
        escapes |= np.uint8(code == 38) | np.uint8(code == 92)
        before = code
    if every & Trait.HIDDEN:
        return -1
    spaced = some & Trait.BLANK != 0 or blanks
    doubtful = every & Trait.PRINTABLE == 0 or stops or escapes or (some & Trait.LEAD and _holds_damage(codes, first, end, classes))
    marks = 0
    if spaced:
        marks |= Mark.SPACED
    if doubtful:
        marks |= Mark.DOUBTFUL
    return marks


def find_lines(codes, at, classes, rows):
    """Fills `rows` with the lines from `at` on that show something; gives their number and where the next one starts.

    A row: first and one past last character without outer blanks, blank lines above it, and two bits: 1 there are blanks to squeeze,
    2 there may be something to repair.
    """
    count = 0
    blank = 0
    size = codes.shape[0]
    while at < size and count < rows.shape[0]:
        first = at
        while at < size and not _ends_line(codes[at]):
            at += 1
        end = at
        at += 2 if at + 1 < size and codes[at] == 13 and codes[at + 1] == 10 else 1
        while first < end and classes[codes[first]] & Trait.SPACE:
            first += 1
        while first < end and classes[codes[end - 1]] & Trait.SPACE:
            end -= 1
        marks = _line_marks(codes, first, end, classes) if first < end else -1
        if marks < 0:
            blank += 1
            continue
        rows[count, LineColumn.START] = first
        rows[count, LineColumn.END] = end
        rows[count, LineColumn.BLANK] = blank
        rows[count, LineColumn.MARKS] = marks
        blank = 0
        count += 1
    return count, at
