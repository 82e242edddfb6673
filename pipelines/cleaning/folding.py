"""How lines are compared: lower case and straight quotes, and the words of a line so folded."""

from __future__ import annotations

import re

_STRAIGHT = (("’", "'"), ("‘", "'"), ("‚", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("\xa0", " "))
_WORDS = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


def fold(line: str) -> str:
    """How rules see a line.

    >>> fold("Don’t Miss “It”")
    'don\\'t miss "it"'
    """
    folded = line.lower()
    if not folded.isascii():
        for mark, straight in _STRAIGHT:
            folded = folded.replace(mark, straight)
    return folded


def words_of(folded: str) -> list[str]:
    """The words of a folded line; a hyphen or an apostrophe inside belongs to the word.

    >>> words_of("don't 'quote' re-run — no_w.")
    ["don't", 'quote', 're-run', 'no', 'w']
    """
    return _WORDS.findall(folded)
