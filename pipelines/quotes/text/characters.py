"""What each character is to the kernels, as bits of one number per code point."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipelines.quotes.text.marks import ANY_MARKS

WORDY = 1 << 0  # \w of regular expressions
LETTER = 1 << 1  # [^\\W\\d_]
SPACE = 1 << 2  # \\s
BLANK = 1 << 3  # a space, breaking or not
JOINER = 1 << 4  # between two words it makes them one
NAME_JOINER = 1 << 5  # the same, where names are read
IN_NAME = 1 << 6  # may stand inside a capitalised word
CAPITAL = 1 << 7  # may begin a name
APOSTROPHE = 1 << 8
SIBILANT = 1 << 9  # an apostrophe behind it may be a possessive
MARK = 1 << 10  # a quotation mark or apostrophe

JOINERS, NAME_JOINERS, APOSTROPHES, SIBILANTS, BLANKS, NAME_MARKS = "-’'.&@/", "-’'.&", "’'", "sS", " \u00a0", "’'-"
CAPITALS = "".join(c for c in map(chr, range(0x590)) if c.isupper())


@cache
def classes() -> NDArray[np.uint16]:
    """The bits of every code point."""
    everything = "".join(map(chr, range(0x110000)))
    found = np.zeros(len(everything), dtype=np.uint16)
    for expression, bits in ((r"\w+", WORDY | IN_NAME), (r"[^\W\d_]+", LETTER), (r"\s+", SPACE)):
        for match in re.finditer(expression, everything):
            found[match.start() : match.end()] |= bits
    for characters, bit in (
        (BLANKS, BLANK),
        (JOINERS, JOINER),
        (NAME_JOINERS, NAME_JOINER),
        (NAME_MARKS, IN_NAME),
        (CAPITALS, CAPITAL),
        (APOSTROPHES, APOSTROPHE),
        (SIBILANTS, SIBILANT),
        (ANY_MARKS, MARK),
    ):
        found[list(map(ord, characters))] |= bit
    return found
