"""From attributed segments, reported clauses and turns to the quotes that are given out, with the names of their speakers."""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.order import apposed, full_mention, role_word
from pipelines.quotes.attribution.reported import Reported, overlap
from pipelines.quotes.lexicon import Lexicon
from pipelines.quotes.people.resolver import Names
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.segments import Unit, is_whole
from pipelines.quotes.text.table import clause_of
from pipelines.quotes.text.transcripts import Turn
from pipelines.quotes.types import Mention, Quote, Speaker
from pipelines.vocabulary import QuoteType

_SPEAKING = F.ROLE | F.TITLE | F.GROUP | F.DOCUMENT | F.MEDIUM | F.ORGANISATION | F.UNNAMED
TURN_CONFIDENCE = 0.9


def quotes_of(text: str, units: list[Unit], reported: list[Reported], turns: list[Turn], lexicon: Lexicon) -> list[Quote]:
    names = Names(text, lexicon, [(u.segment.start, u.segment.end) for u in units])
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
            quotes.append(_indirect(clauses[i], names))
            continue
        place[i] = len(quotes)
        previous = units[i - 1] if i else None
        quote, root = _marked(text, units[i], previous, quotes, place.get(i - 1), roots.get(i - 1), names)
        roots[i] = place[i] if root is None else root
        quotes.append(quote)
    return quotes


def _apart_from_turns(reported: list[Reported], turns: list[Turn]) -> list[Reported]:
    spans = [(t.label_start, t.end) for t in turns]
    return [r for r in reported if not spans or not overlap(spans, r.start, r.end)]


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
) -> tuple[Quote, int | None]:
    """The quote of a segment, and the index of the quote that it continues. `before`, `root_before`: those of the segment before."""
    segment = unit.segment
    start, end = segment.inner_start, segment.inner_end
    root: int | None = None
    speaker: Speaker | None = None
    cue: tuple[int | None, int | None] = (None, None)
    whole = is_whole(text, segment)
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
        speaker = quotes[before].speaker if part and before is not None else _speaker(unit.where, mention, names)
        if unit.cue is not None:
            cue = (unit.where.starts[unit.cue[0]], unit.where.ends[unit.cue[1]])
    elif not unit.alone:
        whole = False
    kind = QuoteType.DIRECT if whole and unit.content == (start, end) else QuoteType.PARTIAL
    confidence = round(unit.is_quote * unit.is_speaker, 3)
    return Quote(start, end, kind, unit.content[0], unit.content[1], cue[0], cue[1], speaker, root, confidence), root


def _may_speak(unit: Unit) -> bool:
    """A thing of no known kind speaks only where the cue touches it ("The sign reads"), and hardly otherwise."""
    p, mention = unit.where, unit.mention
    if p is None or mention is None or mention.kind != F.NOUN or p.flags[mention.head] & _SPEAKING or unit.continues:
        return True
    if unit.cue is None:
        return False
    between = range(mention.group_last + 1, unit.cue[0]) if unit.cue[0] > mention.last else range(unit.cue[1] + 1, mention.first)
    return all(p.flags[k] & (F.ADVERB | F.AUXILIARY) for k in between)


def _indirect(item: Reported, names: Names) -> Quote:
    p, cue = item.p, item.cue
    speaker = _speaker(p, item.mention, names)
    confidence = 0.9
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


def _speaker(p: Paragraph, mention: Mention, names: Names) -> Speaker:
    """The mention as it is given out, with its apposition, and who it is."""
    clause = clause_of(p, p.sentence_of[mention.first])
    mention = _cited(p, clause.mentions, mention)
    noun = _stood_for(p, clause.mentions, mention)
    if noun is not None:
        return _speaker(p, noun, names)._replace(start=p.starts[mention.first], end=p.ends[mention.last])
    pair = apposed(p, clause.mentions, mention)
    a, b = full_mention(p, mention, clause.end)
    core = (p.starts[mention.first], p.ends[mention.last])
    if mention.kind == F.PRON:
        found = names.pronoun(*core)
    elif pair is not None:
        person, role = pair
        a, b = min(a, p.starts[person.first], p.starts[role.first]), max(b, p.ends[person.group_last], p.ends[role.group_last])
        found = names.name(p.starts[person.first], p.ends[person.last], role_word(p, role))
    elif mention.kind == F.NAME:
        found = names.name(*core)
    else:
        found = names.noun(*core)
    return Speaker(a, b, found.start, found.end, found.kind, found.role)


def _stood_for(p: Paragraph, mentions: list[Mention], mention: Mention) -> Mention | None:
    """`The harbour board, which said`: of a relative pronoun, what it stands for."""
    k = mention.first - 1
    if mention.kind != F.PRON or k < 0 or not p.flags[mention.first] & (F.RELATIVE | F.COMPLEMENTIZER):
        return None
    if p.flags[k] & F.COMMA:
        k -= 1
    return next((m for m in mentions if m.group_last == k and not m.attached and m.kind != F.PRON), None)


def _cited(p: Paragraph, mentions: list[Mention], mention: Mention) -> Mention:
    """`The Post, citing two officials, reported`: the officials speak, the paper passes it on."""
    k = mention.group_last + 1
    if k + 1 < len(p.flags) and p.flags[k] & F.COMMA:
        k += 1
    if k >= len(p.flags) or not p.flags[k] & F.CITING:
        return mention
    return next((m for m in mentions if m.first > k and m.first <= k + 3 and m.kind != F.PRON), mention)
