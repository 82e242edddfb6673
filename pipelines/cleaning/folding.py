"""How lines are compared: lower case and straight quotes, and the words of a line so folded."""

from __future__ import annotations

import re

from pipelines.letters import VOWEL_SIGNS

_STRAIGHT = (("’", "'"), ("‘", "'"), ("‚", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("\xa0", " "))
_WORDS = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_VOWEL_SIGN = re.compile(f"[{VOWEL_SIGNS}]")
_SIGNED = rf"(?:[^\W_]|[{VOWEL_SIGNS}])+"
_SIGNED_WORDS = re.compile(rf"{_SIGNED}(?:[-']{_SIGNED})*")


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
    >>> words_of("पुल की दूरी")
    ['पुल', 'की', 'दूरी']
    """
    signed = not folded.isascii() and _VOWEL_SIGN.search(folded) is not None
    return (_SIGNED_WORDS if signed else _WORDS).findall(folded)
