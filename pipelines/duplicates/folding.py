"""How text becomes words: what each character is, and the lower-case letter that it counts as.

Words themselves are found in `kernels.words`.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np

from pipelines.duplicates.kernels.shapes import Characters

SEPARATOR, LETTER, ALONE, SKIPPED, DIGIT = 0, 1, 2, 3, 4
_APOSTROPHE = 0x02BC  # a letter to Unicode, and written for the mark: "деревʼяний"

# Letters that one text has where another one, or its capitals, has the next: Turkish dotless i, Greek final sigma, Persian yeh and kaf.
_ONE_LETTER = {"ı": ord("i"), "ς": ord("σ"), "ی": ord("ي"), "ى": ord("ي"), "ک": ord("ك")}

# Scripts written without spaces: every character is a word of its own. Han, kana and bopomofo; Thai, Lao, Myanmar, Khmer and
# Tai scripts, whose vowel signs and tone marks are skipped as all combining marks are. No library that we depend on segments these.
_ALONE = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x1950, 0x19DF),
    (0x1A20, 0x1AAF),
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3040, 0x312F),
    (0x31A0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
)


@cache
def character_tables() -> Characters:
    """What every character up to U+FFFF is. Those beyond are judged by `kernels.words`.

    Letters fold to lower case, full-width forms to plain ones, and those with a mark to those without, as combining marks are
    skipped: so composed and decomposed letters are equal. Zero-width characters and soft hyphens are skipped too.
    """
    classes = np.zeros(0x10000, np.uint8)
    folded = np.arange(0x10000, dtype=np.uint16)
    for code in range(0x10000):
        character = chr(code)
        category = unicodedata.category(character)
        if code == _APOSTROPHE:
            continue
        if category in ("Mn", "Me", "Mc", "Cf"):
            classes[code] = SKIPPED
        elif category[0] == "L" or category[0] == "N":
            lower = unicodedata.normalize("NFKC", character).lower() if 0xFF00 <= code <= 0xFFEF else character.lower()
            folded[code] = _ONE_LETTER.get(lower) or _base(lower)
            classes[code] = DIGIT if category[0] == "N" else LETTER
    for first, last in _ALONE:
        block = classes[first : last + 1]
        block[block == LETTER] = ALONE
    in_words = (classes[:128] == LETTER) | (classes[:128] == DIGIT)
    return Characters(classes, folded, np.where(in_words, folded[:128], 0).astype(np.uint8))


def _base(character: str) -> int:
    """The letter without its marks; itself where it is none of a letter and marks.

    >>> chr(_base("é")), chr(_base("й")), chr(_base("ø")), chr(_base("한"))
    ('e', 'и', 'ø', '한')
    """
    parts = unicodedata.normalize("NFD", character)
    marked = len(parts) > 1 and all(unicodedata.category(mark) in ("Mn", "Me", "Mc") for mark in parts[1:])
    return ord(parts[0]) if marked and ord(parts[0]) < 0x10000 else ord(character[0])
