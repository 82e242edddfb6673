"""Reported clauses without quotation marks: "She said that the bridge was safe", "The bridge is safe, she said"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.quotes.attribution import Clause, Cue, clause_of
from pipelines.quotes.mentions import NAME, PRON, Mention
from pipelines.quotes.pack import (
    ADVERB,
    AUXILIARY,
    BOUNDARY,
    CAPITAL,
    CODE_SHIFT,
    COLON,
    COMMA,
    COMPLEMENTIZER,
    CUE_SHIFT,
    DASH,
    DAY,
    LETTER,
    PAREN,
    PUNCTUATION,
    QUOTE,
    STOP,
    Pack,
)
from pipelines.quotes.sentences import Paragraph

AFTER, BEFORE = 0, 1
_LONGEST = 60  # tokens of a reported clause whose end is chosen among its tokens; longer ones end with the sentence
REPORT_NAMES = [
    "weight",
    "report",
    "form",
    "strong",
    "code_before",
    "code_before_2",
    "code_after",
    "code_after_2",
    "code_after_3",
    "from_start",
    "to_end",
    "subject",
    "subject_kind",
    "subject_gap",
    "direction",
    "quotes",
    "quote_follows",
    "that_follows",
    "cues",
    "nth",
    "sentence",
]
BOUND_NAMES = [
    "distance",
    "code",
    "code_before",
    "code_before_2",
    "code_after",
    "weight_here",
    "cue_weight",
    "cue_report",
    "cue_form",
    "commas",
    "cues_passed",
    "edge",
    "length",
    "direction",
    "capital",
    "quotes",
    "verb_near",
]


class Report(NamedTuple):
    """A possible indirect report: its cue, who reports, and on which side of the cue the clause lies."""

    p: Paragraph
    clause: Clause
    cue: Cue
    mention: Mention | None
    direction: int


def reports_of(p: Paragraph, sentence: int, pack: Pack, least: int) -> list[Report]:
    """The cues of a sentence with a report weight of at least `least` (0 to 15) that may govern a clause."""
    clause = clause_of(p, sentence, pack)
    found = []
    for cue in clause.cues:
        if not cue.follows and p.flags[cue.last] >> CUE_SHIFT + 4 & 15 < least:
            continue
        mention = _reporter(p, clause, cue)
        found.append(Report(p, clause, cue, mention, _direction(p, clause, cue, mention)))
    return found


def _reporter(p: Paragraph, clause: Clause, cue: Cue) -> Mention | None:
    """The subject of the cue: right before it, behind a comma pair, right after it, else the subject the participle leans on."""
    flags = p.flags
    if cue.follows:
        return next((m for m in clause.mentions if m.first > cue.last), None)
    ahead = [m for m in clause.mentions if m.group_last < cue.first and not m.attached]
    for mention in reversed(ahead):
        gap = range(mention.group_last + 1, cue.first)
        if all(flags[k] & (ADVERB | AUXILIARY) for k in gap):
            return _behind_apposition(p, ahead, mention)
        if flags[mention.group_last + 1] & (COMMA | DASH | PAREN) and flags[cue.first - 1] & (COMMA | DASH | PAREN) and len(gap) > 2:
            return mention
    after = next((m for m in clause.mentions if m.first == cue.last + 1), None)
    if after is not None and (cue.first == clause.first or flags[cue.first - 1] & (COMMA | DASH)) and after.kind != PRON:
        return after
    return next((m for m in ahead if m.first == clause.first or not flags[m.first - 1] & BOUNDARY), None)


def _behind_apposition(p: Paragraph, ahead: Sequence[Mention], mention: Mention) -> Mention:
    """"Ada Quill, the mayor, said": the name is the subject."""
    for other in ahead:
        if other.kind == NAME and other.group_last == mention.first - 2 and p.flags[mention.first - 1] & COMMA and mention.kind != PRON:
            return other
    return mention


def _direction(p: Paragraph, clause: Clause, cue: Cue, mention: Mention | None) -> int:
    """BEFORE where the attribution stands behind a comma at the sentence's end: "…, she said on Monday."."""
    flags = p.flags
    first = min(cue.first, mention.first) if mention is not None and mention.first > clause.first else cue.first
    if first <= clause.first or not flags[first - 1] & (COMMA | DASH):
        return AFTER
    last = max(cue.last, mention.group_last if mention is not None else -1)
    rest = [k for k in range(last + 1, clause.end) if flags[k] & LETTER]
    if any(flags[k] & (COMPLEMENTIZER | QUOTE) for k in range(last + 1, min(last + 4, clause.end))):
        return AFTER
    return BEFORE if len(rest) <= 8 and p.words[cue.last][-3:] != "ing" else AFTER


def report_row(r: Report) -> tuple[int, ...]:
    """What the forest looks at to say whether this cue reports a clause."""
    p, clause, cue, mention = r.p, r.clause, r.cue, r.mention
    flags = p.flags

    def code(k: int) -> int:
        return flags[k] >> CODE_SHIFT & 63 if clause.first <= k < clause.end else 0

    gap = 15
    if mention is not None:
        gap = min(15, cue.first - mention.group_last - 1 if mention.group_last < cue.first else mention.first - cue.last - 1)
    that = next((j for j in range(5) if cue.last + 1 + j < clause.end and flags[cue.last + 1 + j] & COMPLEMENTIZER), 5)
    follows = next((j for j in range(5) if cue.last + 1 + j < clause.end and flags[cue.last + 1 + j] & QUOTE), 5)
    return (
        flags[cue.last] >> CUE_SHIFT & 15,
        flags[cue.last] >> CUE_SHIFT + 4 & 15,
        3 if cue.follows else 2 if p.words[cue.last].endswith("ing") else 1 + 3 * int(cue.first < cue.last),
        int(cue.strong),
        code(cue.first - 1),
        code(cue.first - 2),
        code(cue.last + 1),
        code(cue.last + 2),
        code(cue.last + 3),
        min(cue.first - clause.first, 40),
        min(clause.end - cue.last, 40),
        0 if mention is None else 1 if mention.first < cue.first else 2,
        0 if mention is None else mention.kind + 1,
        gap,
        r.direction,
        min(len(clause.quotes), 4),
        follows,
        that,
        min(len(clause.cues), 6),
        min(clause.cues.index(cue), 6),
        min(p.sentence_of[cue.first], 10),
    )


def report_by_rule(r: Report) -> float:
    """Without learned weights: .8 where a strong cue touches its subject and "that" or "according to" makes the clause plain, else 0."""
    if r.mention is None:
        return 0.0
    row = dict(zip(REPORT_NAMES, report_row(r), strict=True))
    plain = row["that_follows"] <= 1 or r.cue.follows
    return 0.8 if plain and row["strong"] and row["subject_gap"] <= 2 and not row["quotes"] else 0.0


def _around(r: Report) -> tuple[int, int, int]:
    weight, report = r.p.flags[r.cue.last] >> CUE_SHIFT & 15, r.p.flags[r.cue.last] >> CUE_SHIFT + 4 & 15
    return weight, report, 3 if r.cue.follows else 2 if r.p.words[r.cue.last].endswith("ing") else 1


def first_tokens(r: Report) -> tuple[list[int], list[tuple[int, ...]]]:
    """Tokens at which the clause may begin, with rows."""
    clause = r.clause
    if r.direction == BEFORE:
        ks = [clause.first, *[k + 1 for k in range(clause.first, r.cue.first - 3) if r.p.flags[k] & (COMMA | COMPLEMENTIZER)]][:8]
    else:
        after = r.cue.last + 1
        if r.mention is not None and r.mention.first >= after and (r.cue.follows or r.mention.first == after):
            after = r.mention.group_last + 1
        ks = [k for k in range(after, min(after + 12, clause.end)) if not r.p.flags[k] & PUNCTUATION]
    return ks, [_bound_row(r, k, ks[0] if ks else 0, k - 1) for k in ks]


def last_tokens(r: Report, start: int) -> tuple[list[int], list[tuple[int, ...]]]:
    """Tokens with which the clause may end (inclusive), with rows: those before punctuation or a new clause, and the sentence's last."""
    flags, clause = r.p.flags, r.clause
    if r.direction == BEFORE:
        first = min(r.cue.first, r.mention.first) if r.mention is not None and r.mention.first > start else r.cue.first
        limit = first - 1
        while limit > start and flags[limit] & PUNCTUATION:
            limit -= 1
        return [limit], [_bound_row(r, limit, start, limit + 1)]
    last = clause.end - 1
    while last > start and flags[last] & (PUNCTUATION & ~PAREN):
        last -= 1
    ks = []
    for k in range(start, min(last, start + _LONGEST)):
        following = flags[k + 1]
        if following & (COMMA | DASH | COLON | QUOTE) or (following & BOUNDARY and k > start + 1 and not following & CAPITAL):
            ks.append(k)
    ks.append(last)
    return ks, [_bound_row(r, k, start, k + 1) for k in ks]


def _bound_row(r: Report, k: int, start: int, beyond: int) -> tuple[int, ...]:
    p, clause = r.p, r.clause
    flags = p.flags

    def code(j: int) -> int:
        return flags[j] >> CODE_SHIFT & 63 if clause.first <= j < clause.end else 0

    low, high = min(start, k), max(start, k)
    high = min(high, low + _LONGEST)
    out = beyond if beyond > k else k
    return (
        min(k - start, 60),
        code(k),
        code(k - 1),
        code(k - 2),
        code(k + 1),
        flags[out] >> CUE_SHIFT + 4 & 15 if clause.first <= out < clause.end else 0,
        *_around(r),
        min(sum(1 for j in range(low, high + 1) if flags[j] & COMMA), 6),
        min(sum(1 for c in clause.cues if low <= c.first <= high and c is not r.cue), 5),
        int(k == clause.end - 1 or all(flags[j] & (STOP | PUNCTUATION) for j in range(k + 1, clause.end))) + 2 * int(k == clause.first),
        min(clause.end - clause.first, 60),
        r.direction,
        int(bool(flags[k] & CAPITAL)),
        min(sum(1 for j in clause.quotes if low <= j <= high), 3),
        next((j - k for j in range(k + 1, min(k + 6, clause.end)) if flags[j] & AUXILIARY), 6),
    )


def clause_offsets(r: Report, first: int, last: int) -> tuple[int, int]:
    """Text offsets of the clause, "that" and the day right behind the cue left out."""
    p = r.p
    while first < last and p.flags[first] & (COMPLEMENTIZER | DAY | COMMA) and not p.flags[first] & QUOTE:
        first += 1
    return p.starts[first], p.ends[last]
