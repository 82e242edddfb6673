"""Articles from text to quotes: paragraphs, segments, candidates, attributions, contents, names.

Several articles are read side by side only so that one call scores all their candidates; none sees anything of another.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipelines.quotes import flags as F
from pipelines.quotes.answer import Speakers, quotes_of, read_speakers
from pipelines.quotes.attribution.borrowed import names_something, read_second_halves, settle, share_runs
from pipelines.quotes.attribution.clause_reports import by_grammar, likeliest
from pipelines.quotes.attribution.extent import bound
from pipelines.quotes.attribution.grammar import (
    NOBODY_LIKELY,
    according_to,
    beside_cue,
    by_cue,
    credited,
    first_speaker,
    has_lower_case_object,
    labelled,
    names_no_reporter,
    signed,
    signed_on_line,
    subject_before,
)
from pipelines.quotes.attribution.order import attribute, find_cues
from pipelines.quotes.attribution.ranking import CARRY, CARRY_ABOVE, NOBODY_KIND, SAME_AFTER, SAME_BEFORE, choose, offers
from pipelines.quotes.attribution.reported import Reported, apart, overlap
from pipelines.quotes.attribution.reports import find_reported, paragraphs_to_scan
from pipelines.quotes.attribution.subjects import by_subject
from pipelines.quotes.kernels.columns import Inside
from pipelines.quotes.lexicon import Lexicon, elisions_on_pages_of, known_languages, load_lexicon
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.name_parts import NameParts
from pipelines.quotes.people.name_reader import NameReader
from pipelines.quotes.people.name_tokens import NameRuns, read_names
from pipelines.quotes.text.capitals import without_capitals
from pipelines.quotes.text.dashes import with_dashes
from pipelines.quotes.text.entities import with_marks
from pipelines.quotes.text.headlines import headline_of
from pipelines.quotes.text.joined import with_joined_names
from pipelines.quotes.text.marks import Segment
from pipelines.quotes.text.openers import (
    attach_genitives,
    begin_at_roles,
    begin_behind_answers,
    end_at_names,
    join_names,
    own_by_ending,
    part_names,
    read_cases,
    read_openers,
    without_elisions,
)
from pipelines.quotes.text.paragraphs import Paragraph, paragraphs_above, read_lines
from pipelines.quotes.text.segments import Unit, is_title, is_whole, look_around, look_below, units_of
from pipelines.quotes.text.table import TokenTable
from pipelines.quotes.text.transcripts import Turn, turns_of
from pipelines.quotes.text.unknown import may_be_said
from pipelines.quotes.text.words import Source
from pipelines.quotes.types import Quote, QuoteSettings
from pipelines.quotes.weights import BY_RULE, Weights, load_weights
from pipelines.vocabulary import QuoteType

_NEXT_PARAGRAPH = 3  # `Unit.distance` of what is in the paragraph before
_SHORT_ANSWER = 8  # words
_LONGEST_SIGNATURE = 90  # characters of a line that says below a quotation whose it is


@dataclass
class Batch:
    """Articles read side by side: per article its turns and the units outside them; the paragraphs in which to look for reports."""

    texts: Sequence[str]
    turns: list[list[Turn]]
    units: list[list[Unit]]
    scanned: list[Paragraph]
    table: TokenTable


class Language(NamedTuple):
    """What is known of a language: its words, and what was learned of them or of those of a language that it follows (None: nothing)."""

    lexicon: Lexicon
    weights: Weights | None


@cache
def load_language(code: str) -> Language | None:
    """The language with this ISO 639-1 code, or None where there is no lexicon for it."""
    if code not in known_languages():
        return None
    own = load_weights(code)
    lexicon = load_lexicon(code, own.cues if own else {})
    return Language(lexicon, own or load_weights(lexicon.file.follows))


def read_articles(texts: Sequence[str], settings: QuoteSettings, language: Language | None) -> list[list[Quote]]:
    """The quotes of each article, in order of their start. `language` None: spans without speakers."""
    texts = [with_marks(text) for text in texts]
    if language is None:
        elisions = elisions_on_pages_of(None)
        return [[_bare(t, s) for line in read_lines(t, elisions) for s in line.segments if may_be_said(t, s)] for t in texts]
    lexicon, weights = language
    texts = [without_elisions(with_joined_names(without_capitals(text, lexicon), lexicon.language), lexicon) for text in texts]
    batch = prepare(texts, lexicon, settings.indirect)
    if weights is None:
        for text, units in zip(texts, batch.units, strict=True):
            _carry_over(text, units)
    else:
        _decide(batch, lexicon, weights)
    thresholds = weights.thresholds if weights else BY_RULE
    kept = [[u for u in units if _is_quotation(u, thresholds) and not names_something(u, lexicon)] for units in batch.units]
    bound([u for units in kept for u in units], batch.table, weights)
    reported = _reported(batch, kept, lexicon)
    found: list[list[Quote]] = [[] for _ in texts]
    said = read_speakers(kept, reported, batch.table)
    headlines = [
        None if turns or lexicon.file.follows or not settings.indirect else headline_of(t)
        for t, turns in zip(texts, batch.turns, strict=True)
    ]
    which = [k for k in range(len(texts)) if kept[k] or reported[k] or batch.turns[k] or headlines[k]]
    for k, (tokens, capitals) in zip(which, read_names(batch.table.source, lexicon, which), strict=True):
        marked = [u for u in batch.units[k] if not names_something(u, lexicon)]  # a title in marks names nobody, a firm does
        runs = NameRuns(tokens, capitals, [(u.segment.start, u.segment.end) for u in marked])
        parts = NameParts(runs)
        index = NameIndex(runs, NameReader(runs, parts), _who_say_i(kept[k], lexicon))
        found[k] = quotes_of(texts[k], kept[k], reported[k], batch.turns[k], headlines[k], Speakers(said, index, parts))
    batch.table.close()
    return found


def _who_say_i(units: Sequence[Unit], lexicon: Lexicon) -> frozenset[str]:
    """The single names (lower case) behind words in marks with an "I" in them: `"I never gave up," Marlow said`."""
    i = lexicon.file.pronouns.forms.first
    if lexicon.file.follows or not i:
        return frozenset()
    found = set()
    for unit in units:
        p, mention = unit.where, unit.mention
        if (
            p is not None
            and mention is not None
            and mention.kind == F.NAME
            and mention.first == mention.last
            and not unit.continues
        ):
            words = p.text[unit.segment.inner_start : unit.segment.inner_end].replace("’", " ").replace("'", " ").split()
            if any(word.lower().strip(",.") in i for word in words):
                found.add(p.word(mention.first).lower())
    return frozenset(found)


def prepare(texts: Sequence[str], lexicon: Lexicon, indirect: bool = True) -> Batch:
    """Everything that is read before anything is decided."""
    source = Source(texts)
    turns = [turns_of(text, lexicon.anonymous, lexicon.answers) for text in texts]
    paragraphs: list[Paragraph] = []
    above: list[tuple[Paragraph, Paragraph]] = []
    for text, offset, spoken in zip(texts, source.offsets, turns, strict=True):
        lines = [Paragraph(text, offset, line) for line in with_dashes(text, read_lines(text, lexicon.elisions, lexicon), lexicon)]
        pairs = paragraphs_above(lines, lexicon.elisions, trust_units=not spoken)
        paragraphs += lines
        paragraphs += [upper for _, upper in pairs if upper.line.nth < 0]
        above += pairs
    table = TokenTable(source, paragraphs, lexicon)
    join_names(table)
    if lexicon.file.follows:
        read_openers(table)
    units = [_outside(some, t) for some, t in zip(_by_text(units_of(table), source), turns, strict=True)]
    above_of = {p.first: upper for p, upper in above}
    below_of = _signatures(paragraphs)
    for some in units:
        look_around(some, above_of)
        look_below(some, below_of)
    scanned = paragraphs_to_scan(table) if indirect else []
    wanted = [*scanned, *(p for some in units for unit in some for p in (unit.p, unit.above, unit.below) if p is not None)]
    table.read(wanted)
    if lexicon.file.follows:
        part_names(table)
        attach_genitives(table)
        begin_at_roles(table)
        begin_behind_answers(table)
        own_by_ending(table)
        read_cases(table)
        if lexicon.file.genitive_names:
            end_at_names(table)
    attribute([unit for some in units for unit in some], table)
    return Batch(texts, turns, units, scanned, table)


def _signatures(paragraphs: Sequence[Paragraph]) -> dict[int, Paragraph]:
    """Of the paragraphs with segments those that a short one follows which opens with a dash, by their first token: "— Ada Quill, mayor"."""
    found = {}
    for p, below in pairwise(p for p in paragraphs if p.line.nth >= 0):
        if not p.line.segments or below.line.segments or p.offset != below.offset or below.line.nth != p.line.nth + 1:
            continue
        if below.flags[below.first] & F.DASH and below.line.end - below.line.start <= _LONGEST_SIGNATURE:
            found[p.first] = below
    return found


def _by_text(units: Sequence[Unit], source: Source) -> list[list[Unit]]:
    found: dict[int, list[Unit]] = {offset: [] for offset in source.offsets}
    for unit in units:
        found[unit.p.offset].append(unit)
    return list(found.values())


def _is_quotation(unit: Unit, thresholds: Mapping[str, float]) -> bool:
    """Whether a segment is likely enough to be a quotation; what looks like the title of a work has to be more so."""
    if unit.is_quote < thresholds["quotation"]:
        return has_lower_case_object(unit)
    if unit.inside[Inside.ALL_CAPITALS] and _is_named_work(unit):
        return False
    if not is_title(unit):
        return True
    return not _is_work(unit) and (unit.is_quote >= thresholds["title"] or _has_strong_cue(unit))


def _is_named_work(unit: Unit) -> bool:
    """`The novel "A House of Salt" tells of two sisters`, `In her memoir, "Salt and Smoke," she writes`."""
    p, k = unit.p, unit.token - 1
    if k > p.first and p.flags[k] & F.COMMA and p.text[unit.segment.inner_end - 1] == ",":
        k -= 1
    return k >= p.first and p.word(k).lower() in p.table.lexicon.file.cues.works


def _is_work(unit: Unit) -> bool:
    """`Ada Quill has read "A History of Quays" twice`: right behind a verb of reading or singing that has a person as its subject."""
    p, mention = unit.where, unit.mention
    if p is None or p is not unit.p or mention is None or unit.token == p.first or mention.kind == F.NOUN:
        return False
    lexicon = p.table.lexicon
    named = mention.kind == F.PRON or not p.flags[mention.head] & (F.DOCUMENT | F.MEDIUM | F.ORGANISATION)
    article = p.text[unit.segment.inner_start : unit.segment.inner_end].split()[0].lower() in lexicon.file.words.determiners
    word = p.word(unit.token - 1).lower()
    return named and word in lexicon.file.cues.of_works and (article or word not in lexicon.reports.verbs)


def _has_strong_cue(unit: Unit) -> bool:
    return unit.cue is not None and unit.where is not None and bool(unit.where.flags[unit.cue[1]] & F.STRONG_CUE)


def _outside(units: list[Unit], turns: list[Turn]) -> list[Unit]:
    """The segments that lie in no turn of a transcript; there the whole turn is the quote."""
    starts = [t.label_start for t in turns]
    return [u for u in units if not (k := bisect_right(starts, u.segment.start)) or u.segment.start >= turns[k - 1].end]


def _bare(text: str, segment: Segment) -> Quote:
    start, end = segment.inner_start, segment.inner_end
    kind = QuoteType.DIRECT if is_whole(text, segment) else QuoteType.PARTIAL
    return Quote(start, end, kind, start, end, None, None, None, None, 0.5)


# --- who speaks


def _decide(batch: Batch, lexicon: Lexicon, weights: Weights) -> None:
    flat = [u for units in batch.units for u in units]
    for offer in offers(flat, batch.table):
        for unit, choice in zip(offer.units, choose(offer, weights), strict=True):
            unit.is_quote, unit.is_speaker = choice.is_quote, choice.is_speaker
            candidate = offer.candidate(choice.row)
            if candidate.mention is not None:
                unit.where, unit.mention = candidate.p, candidate.mention
                if candidate.relation == SAME_BEFORE and candidate.p is not None:
                    unit.mention = subject_before(candidate.p, unit.token, candidate.mention)
                elif candidate.relation == SAME_AFTER and candidate.p is not None:
                    unit.mention = first_speaker(candidate.p, unit.token, candidate.mention)
            unit.continues = candidate.relation in (CARRY, CARRY_ABOVE)
            if candidate.relation == NOBODY_KIND or choice.is_speaker < weights.thresholds["speaker"]:
                unit.mention, unit.continues, unit.is_speaker = None, False, NOBODY_LIKELY
    for units in batch.units:
        answer_each_other(units, weights.thresholds["quotation"])
    for unit in flat:
        credited(unit, lexicon)
        signed(unit)
        signed_on_line(unit)
        labelled(unit)
        according_to(unit)
        beside_cue(unit, lexicon)
        by_subject(unit, lexicon)
        if lexicon.file.follows:
            settle(unit, lexicon)
    find_cues(flat, batch.table, weights)
    for unit in flat:
        by_cue(unit, lexicon)
    for units in batch.units:
        if lexicon.file.follows:
            read_second_halves(units)
        take_over(units)
        share_runs(units, lexicon)


def answer_each_other(units: Sequence[Unit], threshold: float) -> None:
    """`“Will you go?”`, `“No.”`: a short sentence in marks that is a paragraph by itself and no heading, next to a likely quotation, is one too.
    So are short paragraphs of which each opens a mark and only the last closes it."""
    lines = [unit.alone and unit.p.end - unit.p.first == 1 and _closes_sentence(unit) for unit in units]
    short = [unit.inside[Inside.WORDS] <= _SHORT_ANSWER and not _is_heading(unit) for unit in units]
    for k, (unit, below) in enumerate(pairwise(units)):
        if not unit.segment.closed and _closes_sentence(unit) and below.alone and below.distance == _NEXT_PARAGRAPH:
            opens = below.segment.start < below.segment.inner_start and below.token == below.p.first
            for which in (k, k + 1) if opens and (unit.alone or unit.is_quote >= threshold) else ():
                units[which].is_quote = max(units[which].is_quote, threshold if short[which] else 0.0)
    for k, unit in enumerate(units):
        if not lines[k] or not short[k] or unit.is_quote >= threshold:
            continue
        before = k > 0 and unit.distance == _NEXT_PARAGRAPH and units[k - 1].is_quote >= threshold
        behind = k + 1 < len(units) and lines[k + 1] and units[k + 1].distance == _NEXT_PARAGRAPH
        if before or (behind and units[k + 1].is_quote >= threshold):
            unit.is_quote = threshold


def _is_heading(unit: Unit) -> bool:
    """Several words, all with a capital."""
    return unit.inside[Inside.WORDS] > 1 and bool(unit.inside[Inside.ALL_CAPITALS])


def _closes_sentence(unit: Unit) -> bool:
    return unit.p.text[unit.segment.inner_end - 1] in ".!?…"


def take_over(units: Sequence[Unit]) -> None:
    """Mention and cue of the unit before, where the choice was to carry them over or fell on the same mention."""
    before: Unit | None = None
    for unit in units:
        if unit.continues:
            if before is None:
                unit.continues = False
            else:
                unit.where, unit.mention, unit.cue = before.where, before.mention, before.cue
                if before.teller is not None and unit.token != before.token + 1:
                    unit.mention, unit.cue = before.teller, None
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
        distance = unit.distance
        if unit.rule.mention is not None:
            unit.where, unit.mention = unit.p, unit.rule.mention
            unit.cue = (unit.rule.cue_first, unit.rule.cue_last) if unit.rule.cue_first >= 0 else None
        elif before is not None and before.mention is not None:
            split = (
                distance == 1 and before.cue is not None and before.token < before.cue[0] < unit.token and before.where is unit.p
            )
            unit.continues = split or (unit.alone and (distance == 2 or (distance == 3 and unit.token == unit.p.first)))
            if unit.continues:
                unit.where, unit.mention, unit.cue = before.where, before.mention, before.cue
        words = len(text[unit.segment.inner_start : min(unit.segment.inner_end, unit.segment.inner_start + 200)].split())
        likely = unit.mention is not None or words >= 4 or (words >= 3 and text[unit.segment.inner_end - 1] in ".!?")
        unit.is_quote = 0.8 if likely else 0.2
        unit.is_speaker = unit.is_quote if unit.mention is not None else 1.0
        before = unit


# --- what is reported without marks


def _reported(batch: Batch, kept: list[list[Unit]], lexicon: Lexicon) -> list[list[Reported]]:
    """Per article the reported clauses that overlap nothing in marks."""
    article_of = {offset: index for index, offset in enumerate(batch.table.source.offsets)}
    taken = [sorted((min(u.content[0], u.segment.start), max(u.content[1], u.segment.end)) for u in units) for units in kept]
    out: list[list[Reported]] = [[] for _ in batch.texts]
    if lexicon.file.follows:
        said = {u.p.sentence_of[u.token]: u.mention for units in kept for u in units if u.mention is not None}
        items: Iterable[Reported] = by_grammar(batch.scanned, batch.table, said)
    else:
        items = find_reported(batch.scanned, batch.table)
    for item in items:
        index = article_of[item.p.offset]
        if (
            item.cue is not None
            and item.mention is not None
            and names_no_reporter(item.p, item.mention, (item.cue.first, item.cue.last), lexicon)
        ):
            continue
        if not overlap(taken[index], item.start, item.end):
            out[index].append(item)
    return [likeliest(found) if lexicon.file.follows else apart(found) for found in out]
