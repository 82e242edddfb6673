"""Buttons that stand in one line: "Save Share 40 4 min read". A single button is a label (`lines.py`)."""

from __future__ import annotations

import re

from pipelines.cleaning.lexicon import Lexicon
from pipelines.vocabulary import BlockKind

MIN_BUTTONS = 3  # of a row of buttons alone; two are enough where a number or a time to read stands with them
MOST_WORDS = 12
LONGEST_UNIT = 5  # characters behind a number: "min.", "хв"
MOST_WORDS_OF_A_TIME = 4
_BUTTONS = (BlockKind.SHARE_WIDGET, BlockKind.NAVIGATION, BlockKind.COMMENTS)
_SIGNS = "|•·,/()[]"
_NUMBER = re.compile(r"\d[\d.,]*[km]?")


def is_button_row(folded: str, lexicon: Lexicon) -> bool:
    """Whether a folded line is several buttons, one of them for sharing or saving, with nothing else but numbers and a time to read.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> [is_button_row(line, load_lexicon("en")) for line in ("save 12 share 40 4 min read", "share prices: 40", "save print")]
    [True, False, False]
    """
    words = [word for part in folded.split() if (word := part.strip(_SIGNS))]
    if not 2 <= len(words) <= MOST_WORDS or not any(_kind(word, lexicon) is BlockKind.SHARE_WIDGET for word in words):
        return False
    rest = _without_time_to_read(words, lexicon)
    timed = len(rest) < len(words)
    buttons = numbers = 0
    for place, word in enumerate(rest):
        if _kind(word, lexicon) in _BUTTONS:
            buttons += 1
        elif _NUMBER.fullmatch(word):
            numbers += 1
        elif not (place and _NUMBER.fullmatch(rest[place - 1]) and len(word) <= LONGEST_UNIT):
            return False
    return buttons + (numbers > 0) + 2 * timed >= MIN_BUTTONS


def _kind(word: str, lexicon: Lexicon) -> BlockKind | None:
    return lexicon.labels.get(word)


def _without_time_to_read(words: list[str], lexicon: Lexicon) -> list[str]:
    """The words of a line without those that say how long it takes to read."""
    rules = [rule for rule in lexicon.rules if rule.kind is BlockKind.READING_TIME]
    for start in range(len(words)):
        for end in range(min(len(words), start + MOST_WORDS_OF_A_TIME), start, -1):
            text = " ".join(words[start:end])
            if any(map(str.isdigit, text)) and any(rule.hit(text) for rule in rules):
                return words[:start] + words[end:]
    return words
