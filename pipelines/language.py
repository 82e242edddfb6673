"""Which language a text is in, offline: a count of English function words first, a byte n-gram model for the rest."""

from __future__ import annotations

import functools
import re
from typing import Any

SAMPLE = 800  # characters looked at; on news text more did not change an answer
ENOUGH_LETTERS = 20  # fewer say too little
SURE_OF_ENGLISH = 0.17  # share of function words among words; English news has .20 to .45, other languages under .05

_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "that",
        "is",
        "was",
        "for",
        "on",
        "with",
        "as",
        "by",
        "at",
        "from",
        "it",
        "he",
        "his",
        "are",
        "be",
        "has",
        "have",
        "had",
        "were",
        "an",
        "which",
        "this",
        "not",
        "but",
        "who",
        "they",
        "their",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code, or None where there is too little text to say.

    >>> detect_language("The minister said on Monday that he was not aware of the report.")
    'en'
    >>> detect_language("Der Minister sagte am Montag, dass er von dem Bericht nichts gewusst habe.")
    'de'
    >>> detect_language("12.30 / 45 %") is None
    True
    """
    words = _WORD.findall(_sample(text))
    joined = " ".join(words)
    if len(joined) - max(len(words) - 1, 0) < ENOUGH_LETTERS:
        return None
    if len(words) >= 8 and sum(map(_ENGLISH.__contains__, joined.lower().split(" "))) >= SURE_OF_ENGLISH * len(words):
        return "en"
    code, _ = _identifier().classify(joined)
    return str(code)


def _sample(text: str) -> str:
    """A stretch from the middle of a long text: heads and feet of pages are lists of names and links."""
    if len(text) <= SAMPLE:
        return text
    start = (len(text) - SAMPLE) // 2
    return text[start : start + SAMPLE]


@functools.cache
def _identifier() -> Any:
    from py3langid.langid import LanguageIdentifier

    return LanguageIdentifier.from_model_file("data/model.npz.xz")
