"""One article from text to quotes: paragraphs, segments, attributions, carry-over, contents, names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.quotes.attribution import NOBODY, Attribution, attribute, full_mention
from pipelines.quotes.candidates import CARRY, CARRY_ABOVE, Candidate, context_of, rows_of
from pipelines.quotes.marks import ANY_MARK, Segment, opens_with_mark, read_marks
from pipelines.quotes.mentions import NAME, PRON
from pipelines.quotes.model import Quote, QuoteSettings, Speaker
from pipelines.quotes.names import Names, Resolved
from pipelines.quotes.pack import CAPITAL, COLON, COMMA, COMPLEMENTIZER, LETTER, QUOTE, STOP, Pack
from pipelines.quotes.sentences import Paragraph
from pipelines.vocabulary import QuoteType

_LINE = re.compile(r"[^\n]+")
_DOUBLE = re.compile('["“”„«»]')


@dataclass(slots=True)
class Unit:
    """One segment on its way to a quote."""

    paragraph: int
    p: Paragraph
    token: int
    segment: Segment
    attribution: Attribution
    continues: int | None = None  # index of the unit whose speaker this one has
    standalone: bool = False
    candidates: list[Candidate] = field(default_factory=list)
    rows: list[tuple[int, ...]] = field(default_factory=list)
    carry: int = 0  # CARRY or CARRY_ABOVE where the speaker of the unit before may be this one's


def read_segments(text: str) -> list[tuple[int, int, list[Segment]]]:
    """Every paragraph with marks: its offsets and outermost segments."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m.group().isspace()]
    british = _DOUBLE.search(text) is None
    out = []
    for index, (start, end) in enumerate(lines):
        if ANY_MARK.search(text, start, end) is None:
            continue
        next_opens = index + 1 < len(lines) and opens_with_mark(text, *lines[index + 1])
        segments = read_marks(text, start, end, next_opens, singles=True).segments
        if not british:
            segments = [s for s in segments if text[s.start] not in "'‘’‚" or _is_speech(text, s)]
        if segments:
            out.append((start, end, segments))
    return out


def _is_speech(text: str, segment: Segment) -> bool:
    """Single marks in a text that uses double ones: speech only at some length and with its own punctuation."""
    return segment.inner_end - segment.inner_start >= 15 and text[segment.inner_end - 1] in ".,!?…"


def read_quotes(text: str, settings: QuoteSettings, pack: Pack | None) -> list[Quote]:
    """The quotes of one article, in order of their start."""
    marked = read_segments(text)
    if pack is None:
        return [_bare(text, segment) for _, _, segments in marked for segment in segments]
    units = _units(text, marked, pack)
    _carry_over(text, units)
    return _name(text, [u for u in units if _is_quote(text, u)], pack)


def _bare(text: str, segment: Segment) -> Quote:
    start, end = segment.inner_start, segment.inner_end
    kind = QuoteType.DIRECT if _whole(text, start, end) else QuoteType.PARTIAL
    return Quote(start, end, kind, start, end, None, None, None, None, 0.3)


def _units(text: str, marked: list[tuple[int, int, list[Segment]]], pack: Pack) -> list[Unit]:
    units = []
    for index, (start, end, segments) in enumerate(marked):
        p = Paragraph(text, start, end, segments, pack)
        for token, which in enumerate(p.segment):
            if which >= 0:
                a, b = p.sentences[p.sentence_of[token]]
                alone = all(p.flags[k] & (QUOTE | STOP | COMMA) or not p.flags[k] & LETTER for k in range(a, b))
                found = NOBODY if alone else attribute(p, token, pack)
                units.append(Unit(index, p, token, segments[which], found, standalone=alone))
    return units


def add_candidates(text: str, units: list[Unit], pack: Pack) -> None:
    """Fills in candidates and feature rows of every unit."""
    above_of: dict[int, Paragraph | None] = {}
    for index, unit in enumerate(units):
        p, token = unit.p, unit.token
        before = units[index - 1] if index else None
        start = p.starts[0]
        gap_start = max(0, start - 40)
        lead = text[gap_start:start].rstrip()
        colon_above = lead.endswith(":")
        distance = 0
        if before is not None:
            if before.p is p:
                distance = 1 if p.sentence_of[before.token] == p.sentence_of[token] else 2
            else:
                distance = 3 if not text[before.p.ends[-1] : start].strip() else 4
        unit.carry = CARRY if distance in (1, 2) else CARRY_ABOVE if distance == 3 else 0
        above = None
        if p.sentence_of[token] == 0 and unit.standalone:
            if start not in above_of:
                above_of[start] = _paragraph_above(text, start, before, pack)
            above = above_of[start]
        context = context_of(p, token, unit.attribution, distance, colon_above, unit.standalone, pack)
        unit.candidates, unit.rows = rows_of(p, token, unit.attribution, context, unit.carry, above, pack)


def _paragraph_above(text: str, start: int, before: Unit | None, pack: Pack) -> Paragraph | None:
    end = len(text[max(0, start - 40) : start].rstrip()) + max(0, start - 40)
    begin = text.rfind("\n", max(0, end - 3000), end) + 1 if end else 0
    if begin >= end:
        return None
    if before is not None and before.p.ends[-1] >= begin:
        return before.p if before.p.starts[0] >= begin else None
    segments = [s for s in read_marks(text, begin, end).segments] if ANY_MARK.search(text, begin, end) else []
    return Paragraph(text, begin, end, segments, pack)


def _carry_over(text: str, units: list[Unit]) -> None:
    """A segment without an attribution of its own takes that of the segment before, where nothing new came in between."""
    for index, unit in enumerate(units):
        before = units[index - 1] if index else None
        if unit.attribution.mention is not None:
            shared = before is not None and before.p is unit.p and before.attribution[:3] == unit.attribution[:3]
            if shared and before is not None and before.attribution.mention is not None:
                between = unit.p.text[before.segment.end : unit.segment.start]
                if (
                    unit.p.sentence_of[before.token] == unit.p.sentence_of[unit.token]
                    and before.token < unit.attribution.cue_first < unit.token
                ):
                    unit.continues = index - 1 if len(between) < 400 else None
            continue
        if before is None or (before.attribution.mention is None and before.continues is None):
            continue
        if not unit.standalone:
            # `"…," he said, "…"`: the second part lies in the sentence of the first
            if before.p is unit.p and before.p.sentence_of[before.token] == unit.p.sentence_of[unit.token]:
                if before.token < before.attribution.cue_first < unit.token:
                    unit.continues = index - 1
            continue
        if before.p is unit.p or (text[before.p.ends[-1] : unit.p.starts[0]].strip() == "" and unit.token == 0):
            unit.continues = index - 1


def _whole(text: str, start: int, end: int) -> bool:
    return text[start].isupper() and (text[end - 1] in ".,!?…" or end - start > 60)


def _is_quote(text: str, unit: Unit) -> bool:
    if unit.attribution.mention is not None or unit.continues is not None:
        return True
    length = len(text[unit.segment.inner_start : unit.segment.inner_end].split())
    return length >= 4 or (length >= 3 and text[unit.segment.inner_end - 1] in ".!?")


def _name(text: str, units: list[Unit], pack: Pack) -> list[Quote]:
    names = Names(text, pack)
    quotes: list[Quote] = []
    place = {id(u): i for i, u in enumerate(units)}
    all_units = units
    for unit in units:
        start, end = unit.segment.inner_start, unit.segment.inner_end
        source: Unit | None = None
        if unit.continues is not None:
            source = next((u for u in reversed(all_units[: place[id(unit)]])), None)
        if source is not None:
            first = quotes[place[id(source)]]
            root = first.part_of if first.part_of is not None else place[id(source)]
            kind = QuoteType.DIRECT if _whole(text, start, end) or quotes[root].type is QuoteType.DIRECT else QuoteType.PARTIAL
            quotes.append(Quote(start, end, kind, start, end, first.cue_start, first.cue_end, first.speaker, root, 0.8))
            continue
        found = unit.attribution
        if found.mention is None:
            kind = QuoteType.DIRECT if unit.standalone and _whole(text, start, end) else QuoteType.PARTIAL
            quotes.append(Quote(start, end, kind, start, end, None, None, None, None, 0.4))
            continue
        kind = QuoteType.DIRECT if _whole(text, start, end) else QuoteType.PARTIAL
        content = (start, end) if kind is QuoteType.DIRECT else content_of(unit)
        quotes.append(_attributed(text, unit, names, kind, content))
    return quotes


def _attributed(text: str, unit: Unit, names: Names, kind: QuoteType, content: tuple[int, int]) -> Quote:
    p, found, segment = unit.p, unit.attribution, unit.segment
    mention = found.mention
    assert mention is not None
    end = p.sentences[p.sentence_of[mention.first]][1]
    a, b = full_mention(p, mention, end)
    core = (p.starts[mention.first], p.ends[mention.last])
    resolved: Resolved
    if mention.kind == PRON:
        resolved = names.pronoun(*core)
    elif mention.kind == NAME:
        resolved = names.name(*core)
    else:
        resolved = names.noun(*core)
    speaker = Speaker(a, b, resolved.start, resolved.end, resolved.kind, resolved.role)
    cue = (p.starts[found.cue_first], p.ends[found.cue_last]) if found.cue_first >= 0 else (None, None)
    return Quote(
        segment.inner_start,
        segment.inner_end,
        kind,
        content[0],
        content[1],
        cue[0],
        cue[1],
        speaker,
        None,
        0.9 * resolved.certainty,
    )


def content_of(unit: Unit) -> tuple[int, int]:
    """The reported clause around a partial quotation: from the cue (or the sentence's start) as far as the clause goes."""
    p, token, found = unit.p, unit.token, unit.attribution
    a, b = p.sentences[p.sentence_of[token]]
    mention = found.mention
    first, last = token, token
    cue = found.cue_first
    if cue >= 0 and found.cue_last < token:
        first = found.cue_last + 1
        if mention is not None and first <= mention.first < token:
            first = mention.group_last + 1
        while first < token and (p.flags[first] & (COMMA | COLON | COMPLEMENTIZER)) and not p.flags[first] & CAPITAL:
            first += 1
        last = b - 1
    elif cue > token or (mention is not None and mention.first > token):
        first = a
        last = min(x for x in (cue, mention.first if mention else cue) if x > token) - 1
    while last > token and p.flags[last] & (STOP | COMMA | COLON):
        last -= 1
    segment = unit.segment
    start = segment.inner_start if first >= token else p.starts[first]
    end = segment.inner_end if last <= token else (p.ends[last] if p.segment[last] < 0 else p.segments[p.segment[last]].inner_end)
    return min(start, segment.inner_start), max(end, segment.inner_end)
