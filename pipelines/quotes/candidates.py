"""Candidate speakers of a quoted segment, and what the ranker looks at: small whole numbers, 0 to 63, one row per candidate."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from pipelines.quotes.attribution import Attribution, Clause, Cue, clause_of
from pipelines.quotes.mentions import NAME, PRON, Mention
from pipelines.quotes.pack import (
    ADVERB,
    AUXILIARY,
    CAPITAL,
    CODE_SHIFT,
    COLON,
    COMMA,
    CUE,
    CUE_SHIFT,
    DASH,
    DOCUMENT,
    GROUP,
    LETTER,
    MEDIUM,
    ORGANISATION,
    PAREN,
    POSSESSIVE,
    QUOTE,
    RELATIVE,
    ROLE,
    STOP,
    TITLE,
    UNNAMED,
    Pack,
)
from pipelines.quotes.sentences import Paragraph

TOP = 63  # the largest feature value
SAME_BEFORE, SAME_AFTER, PREVIOUS, NEXT, PREVIOUS_2, ABOVE, CARRY, CARRY_ABOVE, NOBODY_KIND = range(9)
_FARTHEST = 70  # tokens from the segment within its sentence
_MOST_QUOTES = 4  # segments between a mention and its quotation
_SEPARATOR = STOP | COLON | DASH | PAREN
_TELLING = COMMA | QUOTE | _SEPARATOR | CUE | 15 << CUE_SHIFT  # tokens that are counted between a mention and a segment
_MOST_PER_SIDE = 14  # mentions taken from one sentence on one side of the segment


class Candidate(NamedTuple):
    """A mention of paragraph `p` that may be the speaker; `mention` is None for the carried-over speaker and for nobody."""

    relation: int
    p: Paragraph | None
    mention: Mention | None
    cue: Cue | None


_LAST = {",": 1, ".": 2, "?": 3, "!": 4, "…": 5, "—": 6, "–": 6, "-": 6}


class Context(NamedTuple):
    """What of a segment's surroundings every candidate of it shares."""

    shared: tuple[int, ...]
    clause: Clause
    sentence: int


def context_of(p: Paragraph, token: int, rule: Attribution, distance: int, colon_above: bool, alone: bool, pack: Pack) -> Context:
    """`distance`: how the segment before lies (0 none, 1 same sentence, 2 same paragraph, 3 paragraph before, 4 farther)."""
    sentence = p.sentence_of[token]
    clause = clause_of(p, sentence, pack)
    a, b = clause.first, clause.end
    segment = p.segments[p.segment[token]]
    text = p.text
    last = text[segment.inner_end - 1]
    if not segment.closed:
        last_code = 7
    else:
        last_code = _LAST.get(last, 0)
        if not last_code and text[segment.end : segment.end + 1] == ",":
            last_code = 8
    first = text[segment.inner_start]
    length = segment.inner_end - segment.inner_start
    nth = p.segment[token]
    before = p.flags[token - 1] >> CODE_SHIFT & 63 if token > a else 0
    before_2 = p.flags[token - 2] >> CODE_SHIFT & 63 if token > a + 1 else 0
    after = p.flags[token + 1] >> CODE_SHIFT & 63 if token + 1 < b else 0
    after_2 = p.flags[token + 2] >> CODE_SHIFT & 63 if token + 2 < b else 0
    near_before = near_after = None
    for cue in clause.cues:
        if cue.first < token:
            near_before = cue
        else:
            near_after = cue
            break
    cue_before = _near_cue(p, near_before, token - near_before.last - 1, a) if near_before else (15, 0, 0, 0)
    cue_after = _near_cue(p, near_after, near_after.first - token - 1, a) if near_after else (15, 0, 0, 0)
    shared = (
        *cue_before,
        *cue_after,
        *_inside(text, segment.inner_start, segment.inner_end, pack),
        min(3, '"“«'.find(text[segment.start]) + 1),
        p.flags[token - 1] >> CUE_SHIFT & 15 if token > a else 0,
        p.flags[token + 1] >> CUE_SHIFT & 15 if token + 1 < b else 0,
        last_code,
        1 if first.isupper() else 2 if first.islower() else 0,
        min(12, length.bit_length()),
        before,
        before_2,
        after,
        after_2,
        min(token - a, 40),
        min(b - token, 40),
        min(nth, 6),
        min(len(p.segments), 8),
        min(bisect_left(clause.quotes, token), 5),
        distance,
        int(colon_above) + 2 * int(alone),
        min(sentence, 7),
        min(len(p.sentences) - sentence, 7),
        _PATTERNS.get(rule.pattern, 0),
        min(sum(1 for c in clause.cues if c.first < token), 5),
        min(sum(1 for c in clause.cues if c.first > token), 5),
    )
    return Context(shared, clause, sentence)


def _inside(text: str, start: int, end: int, pack: Pack) -> tuple[int, int, int]:
    """Of the quoted words: how many, the share that is capitalised in eighths, and whether they say I, we or you."""
    words = text[start : min(end, start + 300)].split()
    capitals = sum(1 for w in words if w[0].isupper())
    person = any(w.lower() in _PERSONS or "’" in w or "'" in w for w in words)
    return min(len(words), 40), 8 * capitals // max(1, len(words)), int(person)


_PERSONS = frozenset(["i", "we", "you", "me", "us", "my", "our", "your", "i'm", "i’m", "we're", "we’re"])


def _near_cue(p: Paragraph, cue: Cue, gap: int, a: int) -> tuple[int, int, int, int]:
    """Gap, weight, form (1 finite, 2 participle, 3 "according to") and what stands before it."""
    form = 3 if cue.follows else 2 if p.words[cue.last].endswith("ing") else 1
    before = p.flags[cue.first - 1] >> CODE_SHIFT & 63 if cue.first > a else 0
    return min(gap, 20), p.flags[cue.last] >> CUE_SHIFT & 15, form, before


_PATTERNS = {
    "none": 0,
    "dash": 1,
    "after_according": 2,
    "after_subject_cue": 3,
    "after_cue_subject": 4,
    "before_according": 5,
    "before_subject_cue": 6,
    "colon": 7,
}
SHARED = [
    "cue_before_gap",
    "cue_before_weight",
    "cue_before_form",
    "cue_before_code",
    "cue_after_gap",
    "cue_after_weight",
    "cue_after_form",
    "cue_after_code",
    "inner_words",
    "inner_capitals",
    "inner_person",
    "mark",
    "before_weight",
    "after_weight",
    "last_mark",
    "first_case",
    "length",
    "before",
    "before_2",
    "after",
    "after_2",
    "tokens_before",
    "tokens_after",
    "nth_segment",
    "segments",
    "nth_in_sentence",
    "distance",
    "above",
    "sentence",
    "sentences_after",
    "rule",
    "cues_before",
    "cues_after",
]
OWN = [
    "relation",
    "gap",
    "between",
    "quotes_between",
    "commas_between",
    "stops_between",
    "kind",
    "attached",
    "cue_right",
    "cue_right_gap",
    "cue_right_weight",
    "cue_right_report",
    "cue_left_gap",
    "cue_left_weight",
    "cue_between_weight",
    "cues_between",
    "first_in_sentence",
    "code_before",
    "code_before_2",
    "code_after",
    "code_after_2",
    "rule_says",
    "length",
    "rank_left",
    "rank_right",
    "possessive",
    "relative",
    "apposition_cue",
    "subject_of_cue",
    "follows_cue",
    "clause_cues",
    "from_start",
    "from_comma",
    "better_near",
    "better_weight",
    "cue_form",
]
NAMES = SHARED + ["own_" + name for name in OWN]


def _kind(p: Paragraph, mention: Mention) -> int:
    head = p.flags[mention.head]
    if mention.kind == PRON:
        word = p.words[mention.head].lower()
        return {"he": 1, "she": 1, "they": 2, "it": 3, "i": 4, "we": 5, "you": 6, "who": 7}.get(word, 1)
    if mention.kind == NAME:
        first = p.flags[mention.first]
        if head & (ORGANISATION | MEDIUM):
            return 9
        return 8 if first & (TITLE | ROLE) else 10 if mention.first == mention.last else 11
    if head & UNNAMED:
        return 12
    if head & (ROLE | TITLE):
        return 13
    if head & GROUP:
        return 14
    if head & DOCUMENT:
        return 15
    if head & (MEDIUM | ORGANISATION):
        return 16
    return 17


def own_features(p: Paragraph, clause: Clause, mention: Mention, token: int, relation: int, rule: Attribution) -> tuple[int, ...]:
    """The candidate's own part of a row. `token` is where the segment stands, seen from the candidate's sentence."""
    flags = p.flags
    first, last, group_last = mention.first, mention.last, mention.group_last
    left, right = (group_last + 1, token) if last < token else (token + 1, first)
    right = max(left, right)
    commas = stops = quotes = cues = best = 0
    telling = p.telling
    if telling is None:
        telling = p.telling = [k for k, flag in enumerate(flags) if flag & _TELLING]
    for k in telling[bisect_left(telling, left) : bisect_left(telling, min(right, left + _FARTHEST))]:
        flag = flags[k]
        if flag & COMMA:
            commas += 1
        elif flag & QUOTE:
            quotes += 1
        elif flag & _SEPARATOR:
            stops += 1
        elif flag & CUE and not flag & CAPITAL:
            cues += 1
        weight = flag >> CUE_SHIFT & 15
        if weight > best and flag & LETTER:
            best = weight
    known = clause.around.get(first)
    if known is None:
        known = clause.around[first] = _around(p, clause, mention)
    manner, place, rest = known
    rule_says = int(rule.mention is not None and rule.mention.first == first and relation in (SAME_BEFORE, SAME_AFTER))
    mentions = clause.mentions
    return (
        relation,
        min(right - left, 40),
        min(bisect_left(mentions, (right,)) - bisect_left(mentions, (left,)), 10),
        min(quotes, 4),
        min(commas, 6),
        min(stops, 4),
        *manner,
        best,
        min(cues, 4),
        *place,
        rule_says,
        *rest,
    )


_Row = tuple[int, ...]


def _around(p: Paragraph, clause: Clause, mention: Mention) -> tuple[_Row, _Row, _Row]:
    """What stands around a mention, whichever segment asks: three stretches of its rows."""
    flags = p.flags
    first, last, group_last = mention.first, mention.last, mention.group_last
    a, b = clause.first, clause.end
    # to the right of the mention: the first cue, small words and commas passed over
    k = group_last + 1
    gap_right, cue_right, weight_right, report_right, comma_seen, cue_at = 15, 0, 0, 0, 0, 0
    while k < b and k < group_last + 16:
        flag = flags[k]
        if flag & QUOTE:
            break
        if flag & CUE and not flag & CAPITAL:
            gap_right = k - group_last - 1
            cue_right, cue_at = 2 if comma_seen else 1, k
            weight_right, report_right = flag >> CUE_SHIFT & 15, flag >> CUE_SHIFT + 4 & 15
            break
        if flag & COMMA:
            comma_seen = 1
        k += 1
    subject = 1
    for j in range(group_last + 1, min(k, b)):
        if not flags[j] & (ADVERB | AUXILIARY):
            subject = 0
            break
    if cue_right == 0:
        subject = 0
    apposition = int(
        cue_right == 2
        and bool(flags[group_last + 1] & (COMMA | DASH | PAREN))
        and bool(flags[k - 1] & (COMMA | DASH | PAREN | ADVERB | AUXILIARY))
    )
    next_raw = flags[group_last + 1] if group_last + 1 < b else 0
    k = first - 1
    gap_left, weight_left = 15, 0
    while k >= a and k > first - 8:
        flag = flags[k]
        if flag & (QUOTE | STOP):
            break
        if flag & CUE and not flag & CAPITAL:
            gap_left, weight_left = first - 1 - k, flag >> CUE_SHIFT & 15
            break
        k -= 1
    comma_left = first - 1
    while comma_left >= a and comma_left > first - 16 and not flags[comma_left] & (COMMA | QUOTE | COLON | DASH):
        comma_left -= 1
    index = bisect_left(clause.mentions, mention)
    before = flags[first - 1] if first > a else 0
    before_2 = flags[first - 2] if first > a + 1 else 0
    next_2 = flags[group_last + 2] if group_last + 2 < b else 0
    manner = (
        _kind(p, mention),
        int(mention.attached),
        cue_right,
        gap_right,
        weight_right,
        report_right,
        gap_left,
        weight_left,
    )
    place = (
        int(first == a) + (2 if first > a and before & COMMA else 0),
        before >> CODE_SHIFT & 63,
        before_2 >> CODE_SHIFT & 63,
        next_raw >> CODE_SHIFT & 63,
        next_2 >> CODE_SHIFT & 63,
    )
    rest = (
        min(last - first, 10),
        min(index, 10),
        min(len(clause.mentions) - index, 10),
        int(bool(flags[last] & POSSESSIVE)),
        int(bool(before & RELATIVE)),
        apposition,
        subject,
        int(gap_left == 0),
        min(len(clause.cues), 5),
        min(first - a, 30),
        min(first - 1 - comma_left, 15),
        0,
        0,
        0 if not cue_right else 2 if p.words[cue_at].endswith("ing") else 1,
    )
    return manner, place, rest


_CARRY_FILL = (0,) * (len(OWN) - 1)


def rows_of(
    p: Paragraph,
    token: int,
    rule: Attribution,
    context: Context,
    has_before: int,
    above: Paragraph | None,
    pack: Pack,
) -> tuple[list[Candidate], list[tuple[int, ...]]]:
    """Candidates of the segment at `token` and their rows. `has_before`: 0, or CARRY, CARRY_ABOVE where a speaker can be carried over."""
    shared, clause, sentence = context
    candidates: list[Candidate] = []
    rows: list[tuple[int, ...]] = []

    def take(paragraph: Paragraph, where: Clause, mentions: list[Mention], at: int, relation: int) -> None:
        candidates.extend([Candidate(relation, paragraph, mention, None) for mention in mentions])
        rows.extend([shared + own_features(paragraph, where, mention, at, relation, rule) for mention in mentions])

    same = clause.mentions
    cut = bisect_left(same, (token,))
    nth = bisect_left(clause.quotes, token)
    low = max(token - _FARTHEST, clause.quotes[nth - _MOST_QUOTES] if nth >= _MOST_QUOTES else 0)
    high = min(token + _FARTHEST, clause.quotes[nth + _MOST_QUOTES] if nth + _MOST_QUOTES < len(clause.quotes) else clause.end)
    take(p, clause, [m for m in same[max(0, cut - _MOST_PER_SIDE) : cut] if m.last >= low], token, SAME_BEFORE)
    take(p, clause, [m for m in same[cut : cut + _MOST_PER_SIDE] if m.first <= high], token, SAME_AFTER)
    if sentence > 0:
        before = clause_of(p, sentence - 1, pack)
        take(p, before, before.mentions[:_MOST_PER_SIDE], clause.first, PREVIOUS)
        if sentence > 1:
            before = clause_of(p, sentence - 2, pack)
            take(p, before, before.mentions[:4], clause.first, PREVIOUS_2)
    if sentence + 1 < len(p.sentences):
        after = clause_of(p, sentence + 1, pack)
        take(p, after, after.mentions[:5], clause.end - 1, NEXT)
    if above is not None and above.sentences and sentence == 0:
        where = clause_of(above, len(above.sentences) - 1, pack)
        take(above, where, where.mentions[:8], where.end, ABOVE)
    if has_before:
        candidates.append(Candidate(has_before, None, None, None))
        rows.append((*shared, has_before, *_CARRY_FILL))
    candidates.append(Candidate(NOBODY_KIND, None, None, None))
    rows.append((*shared, NOBODY_KIND, *_CARRY_FILL))
    return candidates, _compared(rows)


_AT = {name: len(SHARED) + i for i, name in enumerate(OWN)}
_GAP, _WEIGHT, _SUBJECT = _AT["gap"], _AT["cue_right_weight"], _AT["subject_of_cue"]
_FOLLOWS, _BETTER_NEAR = _AT["follows_cue"], _AT["better_near"]


def _compared(rows: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Adds what the other candidates offer: how many subjects of a cue stand nearer, and the best weight among the others."""
    subjects = [(row[_GAP], row[_WEIGHT], i) for i, row in enumerate(rows) if row[_SUBJECT] or row[_FOLLOWS]]
    if not subjects:
        return rows
    gaps = sorted(gap for gap, _, _ in subjects)
    weights = sorted((weight for _, weight, _ in subjects), reverse=True)
    heaviest, next_heaviest = weights[0], weights[1] if len(weights) > 1 else 0
    most = next(i for _, weight, i in subjects if weight == heaviest)
    out = []
    for i, row in enumerate(rows):
        others = (min(bisect_left(gaps, row[_GAP]), 5), next_heaviest if i == most else heaviest)
        out.append(row[:_BETTER_NEAR] + others + row[_BETTER_NEAR + 2 :])
    return out
