"""Articles from text to quotes: paragraphs, segments, candidates, attributions, contents, names.

Several articles are read side by side only so that one call scores all their candidates; none sees anything of another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.quotes.attribution import (
    NOBODY,
    Attribution,
    Cue,
    apposed,
    attribute,
    clause_of,
    colon_cue,
    cue_by_rule,
    cue_rows,
    full_mention,
    role_word,
)
from pipelines.quotes.candidates import CARRY, CARRY_ABOVE, NOBODY_KIND, SAME_BEFORE, Candidate, context_of, rows_of
from pipelines.quotes.content import Attributed, end_rows, offsets, rule_bounds, start_rows
from pipelines.quotes.decision import choose, sigmoid
from pipelines.quotes.indirect import Report, clause_offsets, first_tokens, last_tokens, report_by_rule, report_row, reports_of
from pipelines.quotes.marks import ANY_MARK, Segment, opens_with_mark, prefers_singles, read_marks
from pipelines.quotes.mentions import NAME, NOUN, PRON, Mention
from pipelines.quotes.model import Quote, QuoteSettings, Speaker
from pipelines.quotes.names import Names
from pipelines.quotes.pack import (
    ADVERB,
    AUXILIARY,
    CITING,
    COLON,
    COMMA,
    COMPLEMENTIZER,
    CUE,
    DASH,
    DOCUMENT,
    GROUP,
    LETTER,
    MEDIUM,
    ORGANISATION,
    QUOTE,
    RELATIVE,
    REPORTING,
    ROLE,
    STOP,
    TITLE,
    UNNAMED,
    Pack,
)
from pipelines.quotes.sentences import Paragraph
from pipelines.quotes.transcripts import Turn, turns_of
from pipelines.vocabulary import QuoteType

_SPEAKING = ROLE | TITLE | GROUP | DOCUMENT | MEDIUM | ORGANISATION | UNNAMED
_LINE = re.compile(r"[^\n]+")
QUOTE_FLOOR = 0.65  # a segment less likely than this to be a quotation is none
REPORT_FLOOR = 0.5  # and a reported clause less likely than this
SHORTEST_CLAUSE = 8  # characters
TURN_CONFIDENCE = 0.9
SPEAKER_FLOOR = 0.35  # below, nobody is named


@dataclass(slots=True)
class Unit:
    """One segment on its way to a quote. `mention` lies in the paragraph `where`."""

    p: Paragraph
    token: int
    segment: Segment
    alone: bool  # nothing but quotations in its sentence
    rule: Attribution = NOBODY
    candidates: list[Candidate] = field(default_factory=list)
    rows: list[tuple[int, ...]] = field(default_factory=list)
    carry: int = 0  # CARRY or CARRY_ABOVE where the speaker of the unit before may be this one's
    where: Paragraph | None = None
    mention: Mention | None = None
    cue: tuple[int, int] | None = None  # tokens of `where`
    continues: bool = False
    content: tuple[int, int] = (0, 0)
    is_quote: float = 0.5
    is_speaker: float = 0.5


def read_segments(text: str) -> list[tuple[int, int, list[Segment]]]:
    """Every paragraph with marks: its offsets and outermost segments."""
    if ANY_MARK.search(text) is None:
        return []
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m.group().isspace()]
    british = prefers_singles(text)
    out = []
    for index, (start, end) in enumerate(lines):
        if ANY_MARK.search(text, start, end) is None:
            continue
        next_opens = index + 1 < len(lines) and opens_with_mark(text, *lines[index + 1])
        segments = read_marks(text, start, end, next_opens, outer_singles=british).segments
        if not british:
            segments = [s for s in segments if text[s.start] not in "'‘’‚" or text.startswith("''", s.start) or _is_speech(text, s)]
        if segments:
            out.append((start, end, segments))
    return out


def _is_speech(text: str, segment: Segment) -> bool:
    """Single marks in a text that uses double ones: speech only at some length and with its own punctuation."""
    return segment.inner_end - segment.inner_start >= 15 and text[segment.inner_end - 1] in ".,!?…"


def units_of(text: str, pack: Pack) -> list[Unit]:
    """The segments of a text with their sentences and what word order says of their speakers."""
    units = []
    for start, end, segments in read_segments(text):
        p = Paragraph(text, start, end, segments, pack)
        for token, which in enumerate(p.segment):
            if which >= 0:
                a, b = p.sentences[p.sentence_of[token]]
                alone = all(p.flags[k] & (QUOTE | STOP | COMMA) or not p.flags[k] & LETTER for k in range(a, b))
                units.append(Unit(p, token, segments[which], alone, NOBODY if alone else attribute(p, token, pack)))
    return units


def add_candidates(text: str, units: list[Unit], pack: Pack) -> None:
    """Fills in candidates and feature rows of every unit."""
    above_of: dict[int, Paragraph | None] = {}
    for index, unit in enumerate(units):
        p, token = unit.p, unit.token
        before = units[index - 1] if index else None
        start = p.starts[0]
        colon_above = text[max(0, start - 40) : start].rstrip().endswith(":")
        distance = _distance(text, before, unit)
        unit.carry = CARRY if distance in (1, 2) else CARRY_ABOVE if distance == 3 else 0
        above = None
        if p.sentence_of[token] == 0 and unit.alone:
            if start not in above_of:
                above_of[start] = _paragraph_above(text, start, before, pack)
            above = above_of[start]
        context = context_of(p, token, unit.rule, distance, colon_above, unit.alone, pack)
        unit.candidates, unit.rows = rows_of(p, token, unit.rule, context, unit.carry, above, pack)


def _distance(text: str, before: Unit | None, unit: Unit) -> int:
    if before is None:
        return 0
    if before.p is unit.p:
        return 1 if unit.p.sentence_of[before.token] == unit.p.sentence_of[unit.token] else 2
    gap = text[before.p.ends[-1] : min(before.p.ends[-1] + 40, unit.p.starts[0])]
    return 3 if not gap.strip() and unit.p.starts[0] - before.p.ends[-1] < 40 else 4


def _paragraph_above(text: str, start: int, before: Unit | None, pack: Pack) -> Paragraph | None:
    low = max(0, start - 40)
    end = low + len(text[low:start].rstrip())
    begin = text.rfind("\n", max(0, end - 3000), end) + 1 if end else 0
    if begin >= end:
        return None
    if before is not None and before.p.ends[-1] > begin:
        return before.p if before.p.starts[0] >= begin else None
    segments = read_marks(text, begin, end).segments if ANY_MARK.search(text, begin, end) else []
    return Paragraph(text, begin, end, segments, pack)


def read_articles(texts: Sequence[str], settings: QuoteSettings, pack: Pack | None) -> list[list[Quote]]:
    """The quotes of each article, in order of their start. `pack` None: spans without speakers."""
    if pack is None:
        return [[_bare(text, s) for _, _, segments in read_segments(text) for s in segments] for text in texts]
    spoken = [turns_of(text) for text in texts]
    articles = [_outside(units_of(text, pack), turns) for text, turns in zip(texts, spoken, strict=True)]
    if pack.weights is None:
        for text, units in zip(texts, articles, strict=True):
            _carry_over(text, units)
    else:
        _decide(texts, articles, pack)
    kept = [[u for u in units if u.is_quote >= QUOTE_FLOOR] for units in articles]
    _bound([u for units in kept for u in units], pack)
    reported: list[list[Reported]] = [[] for _ in texts]
    if settings.indirect:
        reported = _reported(texts, articles, kept, pack)
    return [
        _finish(text, units, clauses, turns, pack)
        for text, units, clauses, turns in zip(texts, kept, reported, spoken, strict=True)
    ]


def _outside(units: list[Unit], turns: list[Turn]) -> list[Unit]:
    """The segments that lie in no turn of a transcript; there the whole turn is the quote."""
    starts = [t.label_start for t in turns]
    return [u for u in units if not (k := bisect_right(starts, u.segment.start)) or u.segment.start >= turns[k - 1].end]


def _bare(text: str, segment: Segment) -> Quote:
    start, end = segment.inner_start, segment.inner_end
    kind = QuoteType.DIRECT if _whole(text, segment) else QuoteType.PARTIAL
    return Quote(start, end, kind, start, end, None, None, None, None, 0.5)


def _whole(text: str, segment: Segment) -> bool:
    """Whether whole sentences stand between the marks."""
    start, end = segment.inner_start, segment.inner_end
    if not text[start].isupper():
        return False
    behind = text[segment.end : segment.end + 1]
    return text[end - 1] in ".,!?…" or end - start > 60 or behind == "," or (behind in ".!?" and text.count(" ", start, end) > 2)


# --- who speaks


def _decide(texts: Sequence[str], articles: list[list[Unit]], pack: Pack) -> None:
    assert pack.weights is not None
    for text, units in zip(texts, articles, strict=True):
        add_candidates(text, units, pack)
    flat = [u for units in articles for u in units]
    choices = choose([u.candidates for u in flat], [u.rows for u in flat], pack.weights)
    for unit, choice in zip(flat, choices, strict=True):
        unit.is_quote, unit.is_speaker = choice.is_quote, choice.is_speaker
        candidate = unit.candidates[choice.candidate]
        if candidate.mention is not None:
            unit.where, unit.mention = candidate.p, candidate.mention
            if candidate.relation == SAME_BEFORE and candidate.p is not None:
                unit.mention = _relative_subject(candidate.p, unit.token, candidate.mention, pack)
        unit.continues = candidate.relation in (CARRY, CARRY_ABOVE)
        if candidate.relation == NOBODY_KIND or choice.is_speaker < SPEAKER_FLOOR:
            unit.mention, unit.continues = None, False
    find_cues(flat, pack)
    for units in articles:
        take_over(units)


def _relative_subject(p: Paragraph, token: int, mention: Mention, pack: Pack) -> Mention:
    """`…, denying reports that spoke of "…"`: of the last cue before the segment, a "that" clause, the subject is what "that" stands for."""
    clause = clause_of(p, p.sentence_of[token], pack)
    near = next((c for c in reversed(clause.cues) if c.last < token), None)
    if near is None or token - near.last > 3 or near.first - 2 <= mention.group_last:
        return mention
    if not p.flags[near.first - 1] & (COMPLEMENTIZER | RELATIVE):
        return mention
    return next((m for m in reversed(clause.mentions) if m.group_last == near.first - 2 and m.kind == NOUN), mention)


def find_cues(units: Sequence[Unit], pack: Pack) -> None:
    """The cue of every unit that has a mention of its own."""
    asked: list[tuple[Unit, list[Cue]]] = []
    rows: list[tuple[int, ...]] = []
    for unit in units:
        unit.cue = None
        p, mention = unit.where, unit.mention
        if p is None or mention is None:
            continue
        token = unit.token if p is unit.p else len(p.words)
        unit.cue = colon_cue(p, mention, token)
        clause = clause_of(p, p.sentence_of[mention.first], pack)
        if unit.cue is not None or not clause.cues:
            continue
        if pack.weights is None or "cue" not in pack.weights.forests:
            found = cue_by_rule(p, mention, token, clause.cues)
            unit.cue = (found.first, found.last) if found else None
            continue
        cues, more = cue_rows(p, mention, token, clause.cues, clause.mentions)
        if cues:
            asked.append((unit, cues))
            rows += more
    if not asked or pack.weights is None:
        return
    scores = pack.weights.forests["cue"].scores(rows)
    at = 0
    for unit, cues in asked:
        own = scores[at : at + len(cues)]
        at += len(cues)
        best = cues[int(own.argmax())]
        unit.cue = (best.first, best.last)


def take_over(units: Sequence[Unit]) -> None:
    """Mention and cue of the unit before, where the choice was to carry them over or fell on the same mention."""
    before: Unit | None = None
    for unit in units:
        if unit.continues:
            if before is None:
                unit.continues = False
            else:
                unit.where, unit.mention, unit.cue = before.where, before.mention, before.cue
        elif before is not None and _goes_on(before, unit):
            unit.cue, unit.continues = before.cue, True
        if unit.mention is not None:
            before = unit


def _goes_on(before: Unit, unit: Unit) -> bool:
    """Whether the same mention was chosen and its cue stands between the two: "…," she said. "…"."""
    if unit.mention is None or before.where is not unit.where or before.mention != unit.mention:
        return False
    return before.cue is not None and unit.p is before.p and before.token < before.cue[0] < unit.token


def _carry_over(text: str, units: list[Unit]) -> None:
    """By rule: a segment without an attribution of its own takes that of the segment before, where nothing new came in between."""
    before: Unit | None = None
    for unit in units:
        distance = _distance(text, before, unit)
        if unit.rule.mention is not None:
            unit.where, unit.mention = unit.p, unit.rule.mention
            unit.cue = (unit.rule.cue_first, unit.rule.cue_last) if unit.rule.cue_first >= 0 else None
        elif before is not None and before.mention is not None:
            split = (
                distance == 1 and before.cue is not None and before.token < before.cue[0] < unit.token and before.where is unit.p
            )
            unit.continues = split or (unit.alone and (distance == 2 or (distance == 3 and unit.token == 0)))
            if unit.continues:
                unit.where, unit.mention, unit.cue = before.where, before.mention, before.cue
        words = len(text[unit.segment.inner_start : min(unit.segment.inner_end, unit.segment.inner_start + 200)].split())
        likely = unit.mention is not None or words >= 4 or (words >= 3 and text[unit.segment.inner_end - 1] in ".!?")
        unit.is_quote, unit.is_speaker = (0.8, 0.8) if likely else (0.2, 0.2)
        before = unit


# --- how far the words go


def attributed_of(unit: Unit) -> Attributed:
    first, end = unit.p.sentences[unit.p.sentence_of[unit.token]]
    here = unit.where is unit.p
    cue = unit.cue if here and unit.cue is not None and first <= unit.cue[0] < end else (-1, -1)
    mention = unit.mention if here and unit.mention is not None and first <= unit.mention.first < end else None
    return Attributed(unit.p, unit.token, first, end, cue[0], cue[1], mention)


def needs_bounds(unit: Unit) -> bool:
    """Whether the attributed words may be more than the segment: not where whole sentences stand behind a comma, colon or cue."""
    if unit.alone:
        return False
    p, token, segment = unit.p, unit.token, unit.segment
    if not _whole(p.text, segment):
        return True
    if p.text[segment.inner_end - 1] not in ".,!?…" and p.text[segment.end : segment.end + 1] not in ",.!?":
        return True
    first = p.sentences[p.sentence_of[token]][0]
    return token > first and not p.flags[token - 1] & (COMMA | COLON | DASH | QUOTE | STOP | CUE)


def _bound(units: list[Unit], pack: Pack) -> None:
    """Fills in `content` of every unit."""
    open_units = []
    for unit in units:
        unit.content = (unit.segment.inner_start, unit.segment.inner_end)
        if needs_bounds(unit):
            open_units.append((unit, attributed_of(unit)))
    if pack.weights is None:
        for unit, attributed in open_units:
            if attributed.mention is not None or attributed.cue_first >= 0:
                unit.content = offsets(attributed, *rule_bounds(attributed))
        return
    starts = _best_tokens([start_rows(a) for _, a in open_units], pack, "start")
    ends = _best_tokens([end_rows(a, start) for (_, a), start in zip(open_units, starts, strict=True)], pack, "end")
    for (unit, attributed), first, last in zip(open_units, starts, ends, strict=True):
        unit.content = offsets(attributed, first, last)
    _join_siblings(units)


def _join_siblings(units: list[Unit]) -> None:
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
    return not any(a.p.flags[k] & CUE for k in range(a.token + 1, b.token))


def _best_tokens(choices: list[tuple[list[int], list[tuple[int, ...]]]], pack: Pack, forest: str) -> list[int]:
    assert pack.weights is not None
    scores = pack.weights.forests[forest].scores([row for _, rows in choices for row in rows])
    best = []
    at = 0
    for tokens, rows in choices:
        own = scores[at : at + len(rows)]
        at += len(rows)
        best.append(tokens[int(own.argmax())])
    return best


# --- what is reported without marks


@dataclass(slots=True)
class Reported:
    """A reported clause on its way to an indirect quote."""

    report: Report
    start: int
    end: int
    certainty: float


def paragraphs_to_scan(text: str, units: Sequence[Unit], pack: Pack) -> list[Paragraph]:
    """Paragraphs that hold a word which reports; those with marks as they were read already."""
    known = {u.p.starts[0]: u.p for u in units}
    found = []
    trigger = pack.reporting_tokens()
    for match in _LINE.finditer(text):
        if trigger.isdisjoint(match.group().split()):
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        end = match.start() + len(match.group().rstrip())
        p = known.get(start)
        found.append(p if p is not None else Paragraph(text, start, end, [], pack))
    return [p for p in found if p.words]


def find_reports(p: Paragraph, pack: Pack) -> list[Report]:
    """Every cue of the paragraph that may govern a clause."""
    sentences = sorted({p.sentence_of[k] for k, flag in enumerate(p.flags) if flag & REPORTING})
    return [r for sentence in sentences for r in reports_of(p, sentence, pack)]


def _reported(texts: Sequence[str], articles: list[list[Unit]], kept: list[list[Unit]], pack: Pack) -> list[list[Reported]]:
    reports: list[tuple[int, Report]] = []
    for index, (text, units) in enumerate(zip(texts, articles, strict=True)):
        for p in paragraphs_to_scan(text, units, pack):
            reports += [(index, r) for r in find_reports(p, pack)]
    weights = pack.weights
    if weights is not None and "report" in weights.forests:
        chances = sigmoid(weights.forests["report"].scores([report_row(r) for _, r in reports])).tolist()
        floor = REPORT_FLOOR
    else:
        chances = [report_by_rule(r) for _, r in reports]
        floor = 0.5
    sure = [
        (index, r, chance) for (index, r), chance in zip(reports, chances, strict=True) if chance >= floor and r.mention is not None
    ]
    starts = _choose_bounds([first_tokens(r) for _, r, _ in sure], pack, "report_start", 0)
    ends = _choose_bounds(
        [last_tokens(r, a) if a >= 0 else ([], []) for (_, r, _), a in zip(sure, starts, strict=True)], pack, "report_end", -1
    )
    out: list[list[Reported]] = [[] for _ in texts]
    taken = [sorted((min(u.content[0], u.segment.start), max(u.content[1], u.segment.end)) for u in units) for units in kept]
    for (index, r, chance), first, last in zip(sure, starts, ends, strict=True):
        if first < 0 or last < first:
            continue
        start, end = clause_offsets(r, first, last)
        if end - start >= SHORTEST_CLAUSE and not _overlaps(taken[index], start, end):
            out[index].append(Reported(r, start, end, chance))
    return [_apart(found) for found in out]


def _choose_bounds(choices: list[tuple[list[int], list[tuple[int, ...]]]], pack: Pack, forest: str, rule: int) -> list[int]:
    """The best token of each choice, -1 where there is none; without weights the one at index `rule`."""
    if pack.weights is None or forest not in pack.weights.forests:
        return [tokens[rule] if tokens else -1 for tokens, _ in choices]
    scores = pack.weights.forests[forest].scores([row for _, rows in choices for row in rows])
    best = []
    at = 0
    for tokens, rows in choices:
        own = scores[at : at + len(rows)]
        at += len(rows)
        best.append(tokens[int(own.argmax())] if tokens else -1)
    return best


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    k = bisect_right(spans, (end,)) - 1
    return any(spans[j][1] > start and spans[j][0] < end for j in range(k, max(-1, k - 3), -1))


def _apart(found: list[Reported]) -> list[Reported]:
    """No two clauses that overlap: the likelier stays."""
    kept: list[Reported] = []
    for item in sorted(found, key=lambda r: (r.start, -r.certainty)):
        if kept and item.start < kept[-1].end:
            if item.certainty > kept[-1].certainty:
                kept[-1] = item
            continue
        kept.append(item)
    return kept


# --- the answer


def _finish(text: str, units: list[Unit], reported: list[Reported], turns: list[Turn], pack: Pack) -> list[Quote]:
    names = Names(text, pack, [(u.segment.start, u.segment.end) for u in units])
    quotes: list[Quote] = []
    place: dict[int, int] = {}  # index of a unit -> index of its quote
    roots: dict[int, int] = {}  # index of a unit -> index of the quote it continues, or its own
    order: list[tuple[int, int, int]] = [(u.segment.inner_start, 0, i) for i, u in enumerate(units)]
    clauses = _apart_from_turns(reported, turns)
    order += [(r.start, 1, i) for i, r in enumerate(clauses)]
    order += [(t.start, 2, i) for i, t in enumerate(turns)]
    for _, sort, i in sorted(order):
        if sort == 2:
            quotes.append(_turn(turns[i], names))
            continue
        if sort == 1:
            quotes.append(_indirect(clauses[i], names, pack))
            continue
        place[i] = len(quotes)
        previous = units[i - 1] if i else None
        quote, root = _marked(text, units[i], previous, quotes, place.get(i - 1), roots.get(i - 1), names, pack)
        roots[i] = place[i] if root is None else root
        quotes.append(quote)
    return quotes


def _apart_from_turns(reported: list[Reported], turns: list[Turn]) -> list[Reported]:
    spans = [(t.label_start, t.end) for t in turns]
    return [r for r in reported if not spans or not _overlaps(spans, r.start, r.end)]


def _turn(turn: Turn, names: Names) -> Quote:
    speaker = None
    if not turn.anonymous:
        found = names.label(turn.label_start, turn.label_end)
        speaker = Speaker(turn.label_start, turn.label_end, found.start, found.end, found.kind, found.role)
    return Quote(turn.start, turn.end, QuoteType.DIRECT, turn.start, turn.end, None, None, speaker, None, TURN_CONFIDENCE)


def _marked(
    text: str,
    unit: Unit,
    previous: Unit | None,
    quotes: list[Quote],
    before: int | None,
    root_before: int | None,
    names: Names,
    pack: Pack,
) -> tuple[Quote, int | None]:
    """The quote of a segment, and the index of the quote that it continues. `before`, `root_before`: those of the segment before."""
    segment = unit.segment
    start, end = segment.inner_start, segment.inner_end
    root: int | None = None
    speaker: Speaker | None = None
    cue: tuple[int | None, int | None] = (None, None)
    whole = _whole(text, segment)
    mention = unit.mention if _may_speak(unit) else None
    if mention is not None and unit.where is not None:
        part = (
            unit.continues
            and previous is not None
            and before is not None
            and previous.mention == mention
            and previous.where is unit.where
        )
        if part and previous is not None and _is_continuation(text, previous, unit):
            root = root_before
            whole = whole or (root is not None and quotes[root].type is QuoteType.DIRECT and _is_split(text, previous, unit))
        speaker = quotes[before].speaker if part and before is not None else _speaker(unit.where, mention, names, pack)
        if unit.cue is not None:
            cue = (unit.where.starts[unit.cue[0]], unit.where.ends[unit.cue[1]])
    elif not unit.alone:
        whole = False
    kind = QuoteType.DIRECT if whole and unit.content == (start, end) else QuoteType.PARTIAL
    confidence = round(unit.is_quote * (unit.is_speaker if speaker else 1.0), 3)
    return Quote(start, end, kind, unit.content[0], unit.content[1], cue[0], cue[1], speaker, root, confidence), root


def _may_speak(unit: Unit) -> bool:
    """A thing of no known kind speaks only where the cue touches it ("The sign reads"), and hardly otherwise."""
    p, mention = unit.where, unit.mention
    if p is None or mention is None or mention.kind != NOUN or p.flags[mention.head] & _SPEAKING or unit.continues:
        return True
    if unit.cue is None:
        return False
    between = range(mention.group_last + 1, unit.cue[0]) if unit.cue[0] > mention.last else range(unit.cue[1] + 1, mention.first)
    return all(p.flags[k] & (ADVERB | AUXILIARY) for k in between)


def _indirect(item: Reported, names: Names, pack: Pack) -> Quote:
    report = item.report
    p, cue = report.p, report.cue
    speaker = _speaker(p, report.mention, names, pack) if report.mention is not None else None
    confidence = round(item.certainty, 3)
    return Quote(
        item.start,
        item.end,
        QuoteType.INDIRECT,
        item.start,
        item.end,
        p.starts[cue.first],
        p.ends[cue.last],
        speaker,
        None,
        confidence,
    )


def _is_continuation(text: str, previous: Unit, unit: Unit) -> bool:
    """Whether the unit goes on where the one before stopped: only the attribution or a paragraph break stands between."""
    between = text[previous.segment.end : unit.segment.start]
    return len(between) < 250 and (previous.p is not unit.p or unit.alone or previous.segment.end < unit.p.starts[unit.token])


def _is_split(text: str, previous: Unit, unit: Unit) -> bool:
    """`"We will," she said, "go on"`: the sentence between the marks runs on."""
    last = text[previous.segment.inner_end - 1]
    behind = text[previous.segment.end : previous.segment.end + 1]
    return (
        previous.p is unit.p
        and (last == "," or behind == ",")
        and previous.p.sentence_of[previous.token] == unit.p.sentence_of[unit.token]
    )


def _speaker(p: Paragraph, mention: Mention, names: Names, pack: Pack) -> Speaker:
    """The mention as it is given out, with its apposition, and who it is."""
    clause = clause_of(p, p.sentence_of[mention.first], pack)
    mention = _cited(p, clause.mentions, mention)
    pair = apposed(p, clause.mentions, mention)
    a, b = full_mention(p, mention, clause.end)
    core = (p.starts[mention.first], p.ends[mention.last])
    if mention.kind == PRON:
        found = names.pronoun(*core)
    elif pair is not None:
        person, role = pair
        a, b = min(a, p.starts[person.first], p.starts[role.first]), max(b, p.ends[person.group_last], p.ends[role.group_last])
        found = names.name(p.starts[person.first], p.ends[person.last], role_word(p, role))
    elif mention.kind == NAME:
        found = names.name(*core)
    else:
        found = names.noun(*core)
    return Speaker(a, b, found.start, found.end, found.kind, found.role)


def _cited(p: Paragraph, mentions: list[Mention], mention: Mention) -> Mention:
    """`The Post, citing two officials, reported`: the officials speak, the paper passes it on."""
    k = mention.group_last + 1
    if k + 1 < len(p.flags) and p.flags[k] & COMMA:
        k += 1
    if k >= len(p.flags) or not p.flags[k] & CITING:
        return mention
    return next((m for m in mentions if m.first > k and m.first <= k + 3 and m.kind != PRON), mention)
