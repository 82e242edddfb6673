"""Texts in decomposed letters, as some systems write file names and copies of them: a letter and its accent, or a Korean syllable in its parts.

They are read as composed ones (NFC), and what is found is given at its place in the text as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from pipelines.quotes.pieces import placed
from pipelines.quotes.types import Quote


def is_decomposed(text: str) -> bool:
    """Whether letters of the text are written in parts.

    >>> is_decomposed("Zoe\\u0308"), is_decomposed("Zoë")
    (True, False)
    """
    return not text.isascii() and not unicodedata.is_normalized("NFC", text)


def composed(text: str) -> tuple[str, list[int]]:
    """The text in composed letters, and where each of its characters, and its end, begins in `text`.

    >>> composed("Zoe\\u0308 Lo")
    ('Zoë Lo', [0, 1, 2, 4, 5, 6, 7])
    """
    parts: list[str] = []
    places: list[int] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and _belongs_to_letter(text[at]):
            continue
        part = unicodedata.normalize("NFC", text[start:at])
        parts.append(part)
        places += range(start, start + len(part)) if len(part) == at - start else [start] * len(part)
        start = at
    return "".join(parts), [*places, len(text)]


def _belongs_to_letter(character: str) -> bool:
    """Whether it is an accent, or a vowel or final of a Korean syllable."""
    return unicodedata.combining(character) > 0 or "\u1161" <= character <= "\u11c2"


def as_written(quotes: Sequence[Quote], places: Sequence[int]) -> list[Quote]:
    """Quotes of the composed text at their places in the text that it was made from."""
    return placed(quotes, lambda place: places[place], 0)
