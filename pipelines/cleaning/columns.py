"""Positions, bits and bounds in the arrays that Python and kernels share. A kernel takes them as constants."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Number(IntEnum):
    """What a line counts, int32 each: the columns of `numbers`, in this order."""

    WORDS = 0
    FUNCTION_COUNT = 1
    READER_WORDS = 2
    ROLE_WORDS = 3
    BOILERPLATE_WORDS = 4
    LINK = 5
    BULLET = 6
    MONTH = 7
    YEAR = 8
    CHARACTERS = 9
    UPPER = 10  # from here on one column for each Sign, in their order
    LOWER = 11
    DIGITS = 12
    SPACES = 13
    STOPS = 14
    COMMAS = 15
    QUOTES = 16
    OTHERS = 17
    SPACED = 18  # words between blanks; CAPITALISED those that begin with a capital
    CAPITALISED = 19
    GLUED = 20  # a capital right behind a small letter
    STOPS_INSIDE = 21
    FIRST = 22  # the Sign of the first character
    ENDING = 23  # the group of the last one
    SENTENCE_LIKE = 24  # ends as a sentence does
    CURLY = 25  # whether it has such quotation marks or apostrophes
    STRAIGHT = 26
    SENTENCE = 27
    NAME = 28
    SURE = 29
    HITS = 30
    LABELLED = 31
    SURE_KIND = 32  # places in KINDS, -1 for none
    WEAK_KIND = 33


class ListBit(IntEnum):
    """The word lists that kernels count, and all keywords: bits of a word of the lexicon's table."""

    FUNCTION = 1
    READER = 2
    ROLE = 4
    BOILERPLATE = 8
    MONTH = 16
    KEYWORD = 32


class Trait(IntEnum):
    """What a character is: bits of the table of characters."""

    WORD = 1
    SPACE = 2
    PRINTABLE = 4
    DIGIT = 8
    BLANK = 16
    LEAD = 32
    CLOSING = 64
    END = 128
    BULLET = 256
    HIDDEN = 512


class Sign(IntEnum):
    """What a character counts as."""

    UPPER = 0
    LOWER = 1
    DIGIT = 2
    SPACE = 3
    STOP = 4
    COMMA = 5
    QUOTE = 6
    OTHER = 7


class LineColumn(IntEnum):
    """The columns of the rows of `find_lines`: first and one past last character, blank lines above, Marks."""

    START = 0
    END = 1
    BLANK = 2
    MARKS = 3


class Mark(IntEnum):
    """Bits of what `find_lines` sees in a line: blanks to squeeze, something that may need repair."""

    SPACED = 1
    DOUBTFUL = 2


class Common(IntEnum):
    """What a line has in common with others of its document: the rows of `compare_lines`, which says more of each."""

    REPEATS = 0
    KNOWN_WORDS = 1
    RUN_WORDS = 2
    TITLE_WORDS = 3
    CORE_WORDS = 4
    WORDS_ABOVE = 5
    SAME_START = 6
    SAME_END = 7


class Runs(NamedTuple):
    """The lines of each document and its run of sentences, as places of lines; ends are exclusive."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    firsts: NDArray[np.int64]
    lasts: NDArray[np.int64]


FACTOR = 0x9E3779B97F4A7C15  # of the hash of a word: it is added to and multiplied by this, character by character, in 64 bits
SHORT_LINE = 12  # words; only in such a line do a month and a year speak for a date line
TELLING_WORD, LONG_WORD = 4, 5  # letters; names and matter rather than grammar
MAX_COUNTED = (5, 3, 6)  # reader, role and boilerplate words of a line that count
JOINING = (39, 45)  # apostrophe and hyphen, which may stand inside a word
COPYRIGHT = 0xA9
TITLE_REACH, TITLE_WORDS = 25, 30  # lines above the run of sentences and words of a line that may be the headline
MIN_OF_CORE = 3  # lines of the run that have a word of its core, besides the line itself
