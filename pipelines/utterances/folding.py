"""Text as it is compared: lower-case words with one blank between them, without accents and marks."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = "’'‘ʼ"


def folded(text: str) -> str:
    """
    >>> folded("“It’s over,” said Ángel.")
    'its over said angel'
    """
    return " ".join(words_in(text.casefold()))


def words_in(text: str) -> list[str]:
    """The words of a text in small letters, without accents and marks."""
    if text.isascii():
        text = text.replace("'", "")
    else:
        for mark in _APOSTROPHES:
            text = text.replace(mark, "")
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    found: list[str] = _WORD.findall(text)
    return found
