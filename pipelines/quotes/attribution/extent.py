"""How far the attributed clause reaches around a quoted segment: the best start, then the best end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.choices import Choices
from pipelines.quotes.kernels import extents as kernel
from pipelines.quotes.kernels.columns import Inside, names
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.segments import Unit, is_whole
from pipelines.quotes.text.table import TokenTable
from pipelines.quotes.types import Mention
from pipelines.quotes.weights import Weights

_TOGETHER = 1024  # segments whose rows are in memory at once
START_NAMES, END_NAMES = names(kernel.Start), names(kernel.End)
_INSIDE = (Inside.FIRST, Inside.LAST, Inside.AUXILIARIES, Inside.PRONOUNS)
_MARKS = {",": 1, ".": 2, "?": 3, "!": 4, "…": 5, "—": 6, "–": 6, "-": 6}


class Attributed(NamedTuple):
    """What content extraction takes: the segment's token, its sentence, the cue's tokens (-1: none), the mention (None: elsewhere)
    and what stands between the marks."""

    p: Paragraph
    token: int
    first: int
    end: int
    cue_first: int
    cue_last: int
    mention: Mention | None
    inside: list[int]


def start_choices(items: Sequence[Attributed], table: TokenTable) -> Choices:
    """Where the content of each item may start."""
    tokens, bounds, rows = Choices.room_for(len(items), kernel.MAX_BOUNDS, len(kernel.Start))
    row = table.room_for_row(len(kernel.Start))
    table.kernels.start_rows(table.columns, table.parts, _table(items), tokens, bounds, rows, row)
    return Choices(tokens[: bounds[-1]], bounds.tolist(), rows[: bounds[-1]])


def end_choices(items: Sequence[Attributed], starts: Sequence[int], table: TokenTable) -> Choices:
    """The last tokens that the content of each item may have, given its first."""
    tokens, bounds, rows = Choices.room_for(len(items), kernel.MAX_BOUNDS, len(kernel.End))
    given, row = np.array(starts, dtype=np.int64), table.room_for_row(len(kernel.End))
    table.kernels.end_rows(table.columns, table.parts, _table(items), given, tokens, bounds, rows, row)
    return Choices(tokens[: bounds[-1]], bounds.tolist(), rows[: bounds[-1]])


def _table(items: Sequence[Attributed]) -> NDArray[np.int64]:
    return np.array([_described(a) for a in items], dtype=np.int64).reshape(len(items), len(kernel.Unit))


def _described(a: Attributed) -> tuple[int, ...]:
    """The row of `units` in `kernels.extents` for one segment."""
    p, mention = a.p, a.mention
    segment = p.segment(a.token)
    head, last = p.text[segment.inner_start], p.text[segment.inner_end - 1]
    return (
        a.token,
        a.first,
        a.end,
        a.cue_first,
        a.cue_last,
        *((-1, -1, -1, -1) if mention is None else (mention.first, mention.last, mention.group_last, mention.kind)),
        1 if head.isupper() else 2 if head.islower() else 0,
        7 if not segment.closed else _MARKS.get(last, 0),
        min(12, (segment.inner_end - segment.inner_start).bit_length()),
        *(a.inside[column] for column in _INSIDE),
    )


def attributed_of(unit: Unit) -> Attributed:
    first, end = unit.p.sentence_at(unit.token)
    here = unit.where is unit.p
    cue = unit.cue if here and unit.cue is not None and first <= unit.cue[0] < end else (-1, -1)
    mention = unit.mention if here and unit.mention is not None and first <= unit.mention.first < end else None
    return Attributed(unit.p, unit.token, first, end, cue[0], cue[1], mention, unit.inside)


def needs_bounds(unit: Unit) -> bool:
    """Whether the attributed words may be more than the segment: not where whole sentences stand behind a comma, colon or cue."""
    if unit.alone:
        return False
    p, token, segment = unit.p, unit.token, unit.segment
    if not is_whole(p.text, segment):
        return True
    if p.text[segment.inner_end - 1] not in ".,!?…" and p.text[segment.end : segment.end + 1] not in ",.!?":
        return True
    first = p.sentence_at(token)[0]
    return token > first and not p.flags[token - 1] & (F.COMMA | F.COLON | F.DASH | F.QUOTE | F.STOP | F.CUE)


def bound(units: Sequence[Unit], table: TokenTable, weights: Weights | None) -> None:
    """Fills in `content` of every unit."""
    open_units = []
    for unit in units:
        unit.content = (unit.segment.inner_start, unit.segment.inner_end)
        if not table.lexicon.file.marks.before_verbs and needs_bounds(unit):
            open_units.append((unit, attributed_of(unit)))
    if weights is None:
        for unit, attributed in open_units:
            if attributed.mention is not None or attributed.cue_first >= 0:
                unit.content = offsets(attributed, *rule_bounds(attributed))
        return
    forests = weights.forests
    for at in range(0, len(open_units), _TOGETHER):
        some = open_units[at : at + _TOGETHER]
        items = [attributed for _, attributed in some]
        starts = start_choices(items, table).best(forests["start"])
        ends = end_choices(items, starts, table).best(forests["end"])
        for (unit, attributed), first, last in zip(some, starts, ends, strict=True):
            unit.content = offsets(attributed, first, last)
    _join_siblings(units)


def _join_siblings(units: Sequence[Unit]) -> None:
    """Segments of one sentence with no cue between them lie in one reported clause: said it was “late” and “wrong”."""
    group: list[Unit] = []
    for unit in [*units, None]:
        if unit is not None and group and _sibling(group[-1], unit):
            group.append(unit)
            continue
        if len(group) > 1:
            whole = min(u.content[0] for u in group), max(u.content[1] for u in group)
            for member in group:
                member.content = whole
        group = [unit] if unit is not None else []


def _sibling(a: Unit, b: Unit) -> bool:
    if a.p is not b.p or a.alone or b.token - a.token > 40 or a.p.sentence_of[a.token] != a.p.sentence_of[b.token]:
        return False
    if a.cue is not None and a.where is a.p and a.token < a.cue[0] < b.token:
        return False
    return not any(a.p.flags[k] & F.CUE for k in range(a.token + 1, b.token))


def rule_bounds(a: Attributed) -> tuple[int, int]:
    """First and last token of the content by rule: from the cue (or the sentence's start) as far as the sentence goes."""
    flags = a.p.flags
    first = last = a.token
    if a.cue_first >= 0 and a.cue_last < a.token:
        first = a.cue_last + 1
        if a.mention is not None and first <= a.mention.first < a.token:
            first = a.mention.group_last + 1
        while first < a.token and flags[first] & (F.COMMA | F.COLON | F.DASH):
            first += 1
        last = a.end - 1
    elif a.cue_first > a.token or (a.mention is not None and a.mention.first > a.token):
        first = a.first
        behind = [x for x in (a.cue_first, a.mention.first if a.mention else -1) if x > a.token]
        last = min(behind) - 1
    while last > a.token and flags[last] & (F.STOP | F.COMMA | F.COLON | F.DASH):
        last -= 1
    return first, last


def offsets(a: Attributed, first: int, last: int) -> tuple[int, int]:
    """Text offsets of the content: "that" and outer quotation marks left out, as the interface has them."""
    p = a.p
    while first < a.token and p.flags[first] & F.COMPLEMENTIZER and p.flags[first] & F.LETTER:
        first += 1
    segment = p.segment(a.token)
    start = p.starts[first] if p.segment_of[first] < 0 else p.segment(first).inner_start
    end = p.ends[last] if p.segment_of[last] < 0 else p.segment(last).inner_end
    return min(start, segment.inner_start), max(end, segment.inner_end)
