"""Texts as arrays of code points, and what each character is, as the kernels read them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.columns import FACTOR, Sign, Trait
from pipelines.cleaning.folding import fold
from pipelines.letters import VOWEL_SIGNS

Codes = NDArray[np.uint32]

EXOTIC_BLANKS = "\t\u2002-\u2006\u2008-\u200a\u205f"  # of a character class: blanks that become a plain space
# First characters of UTF-8 read in another encoding, marks that stand alone, and the sign of a lost character.
LEADS = "\xc2-\xf4\u0102\u0103\u0393\u201a\u221a\u251c\u252c\xac\u0413\u0420\u0421\u0432\u0300-\u036f\ufffd"
# What shows nothing. C1 controls do, which are mostly damaged quotation marks; so they are no part of tables, U+0085 neither.
HIDING = "\\s_\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x1f\x7f"
_PLANE = 0x10000
_SIZES = (_PLANE, 2 * _PLANE, 0x110000)  # the first and with pictures the second plane are all that most texts need


def codes_of(text: str) -> Codes:
    """The code points of a text; lone surrogates are themselves."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def line_ends(texts: Sequence[str]) -> NDArray[np.int64]:
    """Where each text ends when they are joined with one character between."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    return (sizes + 1).cumsum() - 1


def ends_in(codes: Codes) -> NDArray[np.int64]:
    """Where each line of a text ends, the last one with the text."""
    return np.append(np.flatnonzero(codes == ord("\n")), len(codes))


def text_of(codes: Codes) -> str:
    """The text of code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


_INVERSE = pow(FACTOR, -1, 1 << 64)


def hashes_of(codes: Codes, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The hash of each span of code points, as kernels make it of one character after another: the sum of (code + 1) * FACTOR ** (end -
    place) in 64 bits, its upper half mixed into the lower."""
    powers, inverses = np.full(len(codes) + 1, FACTOR, np.uint64), np.full(len(codes) + 1, _INVERSE, np.uint64)
    powers[0] = inverses[0] = 1
    powers, inverses = np.cumprod(powers), np.cumprod(inverses)
    terms = (codes.astype(np.uint64) + np.uint64(1)) * inverses[:-1]
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(terms)))
    found = powers[ends] * (sums[ends] - sums[starts])
    return found ^ (found >> np.uint64(32))


def _size_for(codes: Codes) -> int:
    """The size of a table with a place for every one of `codes`."""
    highest = int(codes.max(initial=0))
    return next(size for size in _SIZES if highest < size)


def folded(codes: Codes) -> Codes:
    """The code points of a text as `fold` makes it; in a quarter of the time that its lines take one by one."""
    found = _folds(_size_for(codes))[codes]
    return found if found.all() else codes_of(fold(text_of(codes)))


@cache
def _folds(size: int) -> Codes:
    """What `fold` makes of every code point under `size`; 0 of those that become two, or not the same everywhere."""
    return codes_of(fold("".join(map(chr, range(size))).replace("İ", "\0").replace("Σ", "\0")))


def classes_for(codes: Codes) -> NDArray[np.uint16]:
    """A table of the bits above, long enough for every one of `codes`."""
    return _table(_size_for(codes))


_TESTS = {Trait.WORD: str.isalnum, Trait.SPACE: str.isspace, Trait.PRINTABLE: str.isprintable, Trait.DIGIT: str.isdigit}
_SIGNS = {Trait.CLOSING: "\"'”’»)]」』”）", Trait.END: ".!?…:。！？؟।", Trait.BULLET: "*+•·-–—>»▶►|"}


@cache
def _table(size: int) -> NDArray[np.uint16]:
    """Bits of every code point under `size`."""
    chars = list(map(chr, range(size)))
    table = np.zeros(size, np.uint16)
    for bit, test in _TESTS.items():
        table |= np.fromiter(map(test, chars), np.uint16, size) * np.uint16(bit)
    for bit, of_class in ((Trait.WORD, VOWEL_SIGNS), (Trait.BLANK, EXOTIC_BLANKS), (Trait.LEAD, LEADS), (Trait.HIDDEN, HIDING)):
        table[[ord(char) for char in re.findall(f"(?!\x85)[{of_class}]", "".join(chars[:_PLANE]))]] |= np.uint16(bit)
    for bit, signs in _SIGNS.items():
        table[[ord(char) for char in signs]] |= np.uint16(bit)
    return table


_KINDS = ((Sign.SPACE, str.isspace), (Sign.DIGIT, str.isdigit), (Sign.LOWER, str.isalpha), (Sign.UPPER, str.isupper))
_MARKS = ((Sign.STOP, ".!?…。！？"), (Sign.COMMA, ",;"), (Sign.QUOTE, '"“”„«»'))
_ENDINGS = (".。", "!?！？", "…", ":", ",;-–—", "\"'”’»“", ")]")


@cache
def kinds() -> NDArray[np.uint8]:
    """What every character up to U+FFFF counts as."""
    chars = list(map(chr, range(_PLANE)))
    table = np.full(_PLANE, Sign.OTHER, np.uint8)
    for kind, test in _KINDS:
        table[np.fromiter(map(test, chars), np.bool_, _PLANE)] = kind
    for kind, marks in _MARKS:
        table[[ord(char) for char in marks]] = kind
    return table


@cache
def endings() -> NDArray[np.uint8]:
    """Groups of characters that lines end with, from 1 on; 0 for all others."""
    table = np.zeros(_PLANE, np.uint8)
    for group, chars in enumerate(_ENDINGS, 1):
        table[[ord(char) for char in chars]] = group
    return table
