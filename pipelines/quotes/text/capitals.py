"""Texts all in capitals, as old agency copy is, written as other texts are: then cues are verbs and names are names.

Every character keeps its place.
"""

from __future__ import annotations

import re

from pipelines.marks import DOUBLE_MARKS
from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_QUOTED = re.compile(rf"[{DOUBLE_MARKS}][^{DOUBLE_MARKS}\n]*[{DOUBLE_MARKS}]?|[^{DOUBLE_MARKS}]+")
_OPENS = re.compile(r"(?:\A|[.!?…]\s+|\n\s*)\W*\Z")
_BEFORE = 8  # characters that tell whether a sentence begins
_NAMES = F.GIVEN | F.TITLE | F.DAY


def without_capitals(text: str, lexicon: Lexicon) -> str:
    """A text without any small letter in small ones, but for the first word of a sentence and what may be a name; any other text as it is.

    >>> from pipelines.quotes.lexicon import load_lexicon
    >>> without_capitals('"WE ARE LATE. WAIT," SAID ADA QUILL.', load_lexicon("en"))
    '"We are late. Wait," said Ada Quill.'
    """
    if not text.isupper():
        return text
    parts = []
    for part in _QUOTED.finditer(text):
        speech = part.group()[0] in DOUBLE_MARKS

        def written(match: re.Match[str], base: int = part.start(), speech: bool = speech) -> str:
            word, at = match.group(), base + match.start()
            low = word.lower()
            if len(low) != len(word):
                return word
            flags = 0 if speech else lexicon.words.get(low.removesuffix("'s"), F.GIVEN)
            opens = _OPENS.search(text, max(0, at - _BEFORE), at) if not flags & _NAMES else True
            return low[0].upper() + low[1:] if opens else low

        parts.append(_WORD.sub(written, part.group()))
    return "".join(parts)
