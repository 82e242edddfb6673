"""A headline that says who speaks, without marks: "Quill: no money for the bridge", "No money for the bridge, says report: Quill".

Whether the label is somebody's name is decided in `people.labels`. Transcripts are read in `transcripts`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_FIRST_LINE = re.compile(r"\s*([^\n]{10,120})\n\s*\S")
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,3}")
_MARKS = frozenset('"“”„«»‘')
_ENDS_SENTENCE = (".", "!", "…", ",")
_FEWEST_WORDS = 3
_FEWEST_BEFORE = 4  # words in front of a label that stands behind them


class Headline(NamedTuple):
    """Offsets of the label and of the words. `behind`: the label stands behind the words."""

    label_start: int
    label_end: int
    start: int
    end: int
    behind: bool

    @property
    def stop(self) -> int:
        """Where the line ends."""
        return max(self.label_end, self.end)


def headline_of(text: str) -> Headline | None:
    """The first line of a text, where other lines follow and a colon parts a name from words without marks.

    >>> line = headline_of("Quill: No money for the bridge\\n\\nThe mayor was blunt.")
    >>> line and (line.label_end, line.start, line.end)
    (5, 7, 30)
    >>> headline_of("Quill: “No money”\\n\\nThe mayor was blunt."), headline_of("The board met at noon: nobody came.\\n\\nMore.")
    (None, None)
    """
    match = _FIRST_LINE.match(text)
    if match is None:
        return None
    begin, line = match.start(1), match.group(1).rstrip()
    first, colon, rest = line.partition(": ")
    if not colon or ":" in rest or line.endswith(_ENDS_SENTENCE) or not _MARKS.isdisjoint(line) or " '" in line:
        return None
    words = begin + len(first) + len(colon)
    if _NAME.fullmatch(first) and len(rest.split()) >= _FEWEST_WORDS:
        return Headline(begin, begin + len(first), words, begin + len(line), False)
    if _NAME.fullmatch(rest) and len(first.split()) >= _FEWEST_BEFORE:
        return Headline(words, begin + len(line), begin, begin + len(first), True)
    return None
