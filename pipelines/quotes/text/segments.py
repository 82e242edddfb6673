"""The quoted segments of a text on their way to quotes: what stands in and around each.

Which mention speaks does not belong here (`attribution`); a unit only has room for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.quotes.kernels.columns import Inside
from pipelines.quotes.kernels.speaker_features import CARRY, CARRY_ABOVE
from pipelines.quotes.text.marks import Segment
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.table import TokenTable
from pipelines.quotes.text.words import TEXT, words_of
from pipelines.quotes.types import NOBODY, Attribution, Mention

RULED = 0.8  # how sure a speaker is whom a rule names against the ranker

_LOOKED_AT = 200  # characters of a segment that its description looks at
_GAP = 40  # blank characters between two paragraphs that are one above the other
_STOPS = ".,!?…"
_DASHES = frozenset("–—―-")


@dataclass(slots=True)
class Unit:
    """One segment, token `token` of the table. `mention` lies in the paragraph `where`."""

    p: Paragraph
    token: int
    segment: Segment
    alone: bool  # nothing but quotations in its sentence
    inside: list[int]  # what stands between the marks, see `Inside`
    distance: int = 0  # how the segment before lies: 0 none, 1 same sentence, 2 same paragraph, 3 paragraph before, 4 farther
    colon_above: bool = False  # the paragraph before ends with a colon
    carry: int = 0  # CARRY or CARRY_ABOVE where the speaker of the unit before may be this one's
    above: Paragraph | None = None  # the paragraph before, where the speaker may stand there
    below: Paragraph | None = None  # the paragraph behind, where it opens with a dash and so may be a signature
    rule: Attribution = NOBODY  # what word order says
    where: Paragraph | None = None
    mention: Mention | None = None
    cue: tuple[int, int] | None = None  # tokens
    continues: bool = False
    teller: Mention | None = (
        None  # who passes on what the mention said, in the segment's own paragraph: "Renn said Nash had told her: “…”"
    )
    account: tuple[int, int] | None = None  # what says that the mention reports and is no cue of the sentence: "zufolge"
    left_out: tuple[int, int] | None = None  # the cue of a speaker whom no word names, in the paragraph of the segment
    content: tuple[int, int] = (0, 0)
    is_quote: float = 0.5
    is_speaker: float = 0.5
    certainty: float = 1.0  # a factor of the row's confidence


def units_of(table: TokenTable) -> list[Unit]:
    """The segments of the table in their order, but for those of paragraphs that were only added to be above another."""
    tokens = iter(table.segment_tokens)
    places = [(p, next(tokens)) for p in table.paragraphs for _ in p.line.segments]
    places = [(p, token) for p, token in places if p.line.nth >= 0]
    if not places:
        return []
    alone = np.zeros(len(places), dtype=np.uint8)
    sentences = np.array([p.sentence_of[token] for p, token in places], dtype=np.int64)
    table.kernels.stand_alone(*table.sentence_columns, sentences, alone)
    segments = [p.segment(token) for p, token in places]
    insides = _insides(table, places, segments)
    return [
        Unit(p, token, segment, bool(is_alone), inside)
        for (p, token), segment, is_alone, inside in zip(places, segments, alone.tolist(), insides, strict=True)
    ]


def _insides(table: TokenTable, places: Sequence[tuple[Paragraph, int]], segments: Sequence[Segment]) -> list[list[int]]:
    """The rows of `Inside`."""
    items = []
    for (p, _), segment in zip(places, segments, strict=True):
        end = min(segment.inner_end, segment.inner_start + _LOOKED_AT)
        items.append((TEXT, p.offset + segment.inner_start, p.offset + end))
    cut = words_of(table.lexicon).cut(table.source, items)
    bounds = np.searchsorted(np.asarray(cut.starts), [start for _, start, _ in items])
    before = [p.flags[token - 1] for p, token in places]
    rows = np.zeros((len(places), len(Inside)), dtype=np.int64)
    ends = np.array([*bounds.tolist(), len(cut.flags)], dtype=np.int64)
    nths = np.array([p.line.nth for p, _ in places], dtype=np.int64)
    table.kernels.describe_insides(cut.flags, ends, np.array(before, dtype=np.int64), nths, rows)
    return rows.tolist()


def look_around(units: Sequence[Unit], above_of: dict[int, Paragraph]) -> None:
    """Fills in what every unit of one text has to do with the one before and the paragraph above. `above_of`: that of paragraphs, by their
    first token."""
    known: dict[int, Paragraph | None] = {}
    for before, unit in zip([None, *units], units, strict=False):
        text, start = unit.p.text, unit.p.begins_at
        unit.colon_above = text[max(0, start - _GAP) : start].rstrip().endswith(":")
        unit.distance = _distance(before, unit)
        unit.carry = CARRY if unit.distance in (1, 2) else CARRY_ABOVE if unit.distance == 3 else 0
        if unit.alone and unit.p.sentence_of[unit.token] == unit.p.first_sentence:
            if unit.p.first not in known:
                known[unit.p.first] = _above(unit.p, before, above_of)
            unit.above = known[unit.p.first]


def look_below(units: Sequence[Unit], below_of: dict[int, Paragraph]) -> None:
    """Fills in the signature that may stand below a unit which ends its paragraph. `below_of`: what is below paragraphs, by their first token."""
    for unit in units:
        if unit.alone and unit.p.sentence_of[unit.token] == unit.p.end_sentence - 1:
            unit.below = below_of.get(unit.p.first)


def _distance(before: Unit | None, unit: Unit) -> int:
    if before is None:
        return 0
    if before.p is unit.p:
        return 1 if unit.p.sentence_of[before.token] == unit.p.sentence_of[unit.token] else 2
    end, start = before.p.ends_at, unit.p.begins_at
    return 3 if start - end < _GAP and not unit.p.text[end:start].strip() else 4


def _above(p: Paragraph, before: Unit | None, above_of: dict[int, Paragraph]) -> Paragraph | None:
    """The paragraph above, where nothing but blanks stands between; that of the unit before, where it is the same."""
    above = above_of.get(p.first)
    if above is None or before is None or before.p.ends_at <= above.line.start:
        return above
    return before.p if before.p.begins_at >= above.line.start else None


def is_whole(text: str, segment: Segment) -> bool:
    """Whether whole sentences stand between the marks."""
    start, end = segment.inner_start, segment.inner_end
    if not text[start].isupper():
        return False
    behind = text[segment.end : segment.end + 1]
    closed = behind in ".!?" or text[segment.end : segment.end + 2].strip() in _DASHES or text[segment.start] in _DASHES
    return text[end - 1] in _STOPS or end - start > 60 or behind == "," or (closed and text.count(" ", start, end) > 2)


def is_title(unit: Unit) -> bool:
    """Whether it looks like the title of a work: several words, all with a capital, and no mark at the end."""
    if unit.inside[Inside.WORDS] < 2 or not unit.inside[Inside.ALL_CAPITALS]:
        return False
    text, segment = unit.p.text, unit.segment
    last = text[segment.inner_end - 1]
    if last == "." and not unit.alone and unit.cue is None:  # `plays a widow in "The Last Ferry."`: the stop is the sentence's
        opener = text[segment.inner_start : segment.inner_end].split()[0].lower()
        return opener in unit.p.table.lexicon.file.words.determiners
    return last not in _STOPS and text[segment.end : segment.end + 1] != ","
