"""Text as it is compared: lower-case words with one blank between them, without accents and marks."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("[’'‘ʼ]+")
_PRINTED = re.compile("[“”–—…\xa0]+")  # all else that keeps most English text from being ASCII
_LETTERS = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() and code < 128 else 32 for code in range(256)
)  # what ASCII is compared as


def folded(text: str) -> str:
    """
    >>> folded("“It’s over,” said Ángel.")
    'its over said angel'
    """
    return " ".join(words_in(text))


def words_in(text: str) -> list[str]:
    """The words of `folded`."""
    return folded_letters(text).decode("utf-8", "surrogatepass").split()


def folded_letters(text: str) -> bytes:
    """`folded` in UTF-8, with a blank or more between two words."""
    if not text.isascii():
        text = _PRINTED.sub(" ", _APOSTROPHES.sub("", text.casefold()))
    if text.isascii():
        return text.encode().translate(_LETTERS, b"'")
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(text)).encode("utf-8", "surrogatepass")
