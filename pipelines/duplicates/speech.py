"""Whether all that two texts share is one quotation: then they are two stories that quote one statement, and no copies of each other.

Looks only at pairs that are asked for, as strings. How the answer decides the kind of a pair is said in `kinds`; who speaks does not matter here.
"""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import string_at
from itertools import pairwise

import numpy as np

from pipelines.duplicates.kernels.shapes import LocatedPassages, Places
from pipelines.duplicates.sketching import TextBuffers

_QUOTED = 0.85  # of the characters of the shared passages, in both texts
_MOST_BETWEEN = 30  # words between two parts of one statement: who said it, not another statement
_OWN_WORDS = 15  # of each text outside quotation and passages: a text that is one quotation may have copies
_MARKS = tuple(mark.encode() for mark in "\"“”„«»「『‘’'")  # one of them stands in a paragraph with speech
_NEAR = 3000  # bytes around a passage in which the marks of its paragraph are looked for

Span = tuple[int, int]


def statements(texts: TextBuffers, rows: tuple[np.ndarray, np.ndarray], asked: np.ndarray, passages: LocatedPassages) -> np.ndarray:
    """Of the pairs `asked` (bool) for: is all that they share one quotation (bool)? `rows` are those of the left and the right texts."""
    found = np.zeros(len(asked), bool)
    for pair in np.flatnonzero(asked):
        spans = passages.spans[passages.starts[pair] : passages.ends[pair]]
        sides = [(texts.places(side[[pair]]), spans[:, [2 * k, 2 * k + 1]]) for k, side in enumerate(rows)]
        if len(spans) and all(_may_be_speech(text, places) for text, places in sides):
            found[pair] = all(is_one_quotation(*_decoded(text, places)) for text, places in sides)
    return found


def _may_be_speech(text: Places, spans: np.ndarray) -> bool:
    """A cheap look: does the paragraph in which the longest passage begins hold a quotation mark before it, or the passage itself?"""
    first, last = spans[np.argmax(spans[:, 1] - spans[:, 0])].tolist()
    start = max(0, first - _NEAR)
    around = string_at(int(text.addresses[0]) + start, min(last, int(text.sizes[0])) - start)
    paragraph = around[around.rfind(b"\n", 0, first - start) + 1 :]
    return any(mark in paragraph for mark in _MARKS)


def _decoded(text: Places, spans: np.ndarray) -> tuple[str, list[Span]]:
    """One text as a string, and spans of its bytes as spans of its characters, in order."""
    raw = string_at(int(text.addresses[0]), int(text.sizes[0]))
    characters = len if raw.isascii() else _counted
    return raw.decode("utf-8", "ignore"), sorted(
        (characters(raw[:first]), characters(raw[:last])) for first, last in spans.tolist()
    )


def _counted(part: bytes) -> int:
    return len(part.decode("utf-8", "ignore"))


def is_one_quotation(text: str, spans: Sequence[Span]) -> bool:
    """Whether spans of a text stand in one quotation of it, which the speaker's name may interrupt, and the text has words of its own.

    >>> own = "The harbour office at Osk closed the old ferry terminal on Monday after a crack was found in a wall of its main hall. "
    >>> text = own + "“We regret it,” said Oda Branick, “and we ask for patience.”"
    >>> start = text.index("We")
    >>> is_one_quotation(text, [(start, start + 12), (text.index("and we"), len(text) - 1)]), is_one_quotation(text, [(0, 60)])
    (True, False)
    """
    quotations = quotations_in(text)
    total = sum(end - start for start, end in spans)
    touched = [q for q in quotations if any(_common(q, span) > 0 for span in spans)]
    if sum(_common(q, span) for q in touched for span in spans) < _QUOTED * total:
        return False
    if any(len(text[end:start].split()) > _MOST_BETWEEN for (_, end), (start, _) in pairwise(touched)):
        return False
    own = len(text.split()) - sum(len(text[start:end].split()) for start, end in _merged(sorted([*spans, *touched])))
    return own >= _OWN_WORDS


def _common(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Sorted spans of which none overlap."""
    found: list[Span] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def quotations_in(text: str) -> list[Span]:
    """The outermost quotations of a text, in order, with their marks."""
    from pipelines.quotes.text.marks import (
        marks_in,
        opens_with_mark,
        prefers_singles,
        read_marks,
    )  # a package that takes long to import

    lines = [(start, start + len(line)) for start, line in _lines(text)]
    singles = prefers_singles(text, marks_in(text))
    opens = [opens_with_mark(text, *line) for line in lines] + [False]
    found: list[Span] = []
    for (start, end), next_opens in zip(lines, opens[1:], strict=True):
        read = read_marks(text, start, end, marks_in(text, start, end), next_opens=next_opens, outer_singles=singles)
        found += [(segment.start, segment.end) for segment in read.segments]
    return found


def _lines(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, line))
        at += len(line) + 1
    return found
