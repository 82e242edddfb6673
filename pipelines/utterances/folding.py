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
    text = text.casefold()
    for mark in _APOSTROPHES:
        text = text.replace(mark, "")
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(text))
