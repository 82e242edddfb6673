"""A rough key for the sound of a word, equal for most spellings of one name, so that few names need to be compared.

Whether two words are alike is not decided here: see `sounds`.
"""

from __future__ import annotations

import functools
import re

from anyascii import anyascii

# What is written in several ways, as one letter, the longest first.
_TOGETHER = re.compile(r"schtsch|shch|tsch|tzsch|sch|tch|sh|ch|cz|sz|zh|ts|tz|x|j(?=[aeiou])|c(?=[eiy])|ph|[bfvwpdtszgkqcmn]")
_AS = dict.fromkeys(("ph", *"bfvw"), "p") | {"d": "t", "m": "n", "n": "n", "t": "t", "p": "p"} | dict.fromkeys("gkqc", "k")
_SILENT = re.compile(r"[aeiouyhj'`’]|[^a-z]")


@functools.lru_cache(1 << 17)
def skeleton(word: str) -> str:
    """The consonants of a word as classes, each once in a row; the word itself where it has none.

    >>> skeleton("Tarvashko") == skeleton("Tarwaschko") == skeleton("Тарвашко")
    True
    """
    plain = (word if word.isascii() else anyascii(word)).lower()
    marked = _TOGETHER.sub(lambda match: "" if match.group() == "j" else _AS.get(match.group(), "s"), plain)
    return re.sub(r"(.)\1+", r"\1", _SILENT.sub("", marked)) or plain
