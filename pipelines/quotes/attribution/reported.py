"""A reported clause without quotation marks: what is kept of it, and which of several stay where they overlap."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import IntEnum

from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.types import Cue, Mention

SHORTEST_CLAUSE = 8  # characters


class Form(IntEnum):
    """How the clause hangs on its cue."""

    THAT = 0  # she said that …
    QUESTION = 1  # she asked whether …
    BARE = 2  # she said …
    SOURCE = 3  # according to her, …
    BEFORE = 4  # …, she said
    AROUND = 5  # …, she said, …


class Reporter(IntEnum):
    """Where the reporter of a cue was found."""

    BESIDE = 0  # right before the cue
    APPOSED = 1  # before what stands between commas
    BEHIND = 2  # said the mayor
    FAR = 3  # of a verb before, which is the subject of this one too


@dataclass(slots=True)
class Reported:
    """A reported clause: text offsets, its cue (None: it goes on from the sentence before) and who reports (None: no word names them), in tokens
    of `p`. `certainty`: a factor of the row's confidence."""

    p: Paragraph
    cue: Cue | None
    mention: Mention | None
    start: int
    end: int
    form: Form
    found: Reporter
    certainty: float = 1.0


def overlap(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the ascending `spans` overlaps `start, end`."""
    k = bisect_right(spans, (end,)) - 1
    return any(spans[j][1] > start and spans[j][0] < end for j in range(k, max(-1, k - 3), -1))


_RANK = {Form.THAT: 0, Form.QUESTION: 1, Form.BEFORE: 2, Form.AROUND: 3, Form.SOURCE: 4, Form.BARE: 5}


def apart(found: list[Reported]) -> list[Reported]:
    """No two clauses that overlap: of one within another the outer one stays."""
    kept: list[Reported] = []
    for item in sorted(found, key=lambda r: (r.start, -r.end, _RANK[r.form])):
        if kept and item.start < kept[-1].end:
            continue
        kept.append(item)
    return kept
