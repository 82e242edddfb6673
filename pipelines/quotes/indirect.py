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
    CUE,
    CUE_SHIFT,
    DASH,
    DAY,
    LETTER,
    PAREN,
    PUNCTUATION,
    QUOTE,
    REPORT_SHIFT,
    REPORTING,
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


def reports_of(p: Paragraph, sentence: int, pack: Pack) -> list[Report]:
    """The cues of a sentence that may govern a clause; only a token with REPORTING can."""
    clause = clause_of(p, sentence, pack)
    found = []
    for cue in clause.cues:
        if not cue.follows and not p.flags[cue.last] & REPORTING:
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
        if (
            flags[mention.group_last + 1] & (COMMA | DASH | PAREN)
            and flags[cue.first - 1] & (COMMA | DASH | PAREN)
            and len(gap) > 2
        ):
            return mention
    after = next((m for m in clause.mentions if m.first == cue.last + 1), None)
    if after is not None and (cue.first == clause.first or flags[cue.first - 1] & (COMMA | DASH)) and after.kind != PRON:
        return after
    return next((m for m in ahead if m.first == clause.first or not flags[m.first - 1] & BOUNDARY), None)


def _behind_apposition(p: Paragraph, ahead: Sequence[Mention], mention: Mention) -> Mention:
    """ "Ada Quill, the mayor, said": the name is the subject."""
    for other in ahead:
        if (
            other.kind == NAME
            and other.group_last == mention.first - 2
            and p.flags[mention.first - 1] & COMMA
            and mention.kind != PRON
        ):
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

    a, b, first, last = clause.first, clause.end, cue.first, cue.last
    ahead, ahead_2 = flags[first - 1] if first > a else 0, flags[first - 2] if first > a + 1 else 0
    behind = flags[last + 1 : min(last + 6, b)]
    gap = 15
    if mention is not None:
        gap = min(15, cue.first - mention.group_last - 1 if mention.group_last < cue.first else mention.first - cue.last - 1)
    that = follows = 5
    for j in range(len(behind) - 1, -1, -1):
        if behind[j] & COMPLEMENTIZER:
            that = j
        if behind[j] & QUOTE:
            follows = j
    codes = [*[flag >> CODE_SHIFT & 63 for flag in behind[:3]], 0, 0, 0]
    return (
        flags[cue.last] >> CUE_SHIFT & 15,
        flags[cue.last] >> REPORT_SHIFT & 15,
        3 if cue.follows else 2 if p.words[cue.last].endswith("ing") else 1 + 3 * int(cue.first < cue.last),
        int(cue.strong),
        ahead >> CODE_SHIFT & 63,
        ahead_2 >> CODE_SHIFT & 63,
        *codes[:3],
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


def first_tokens(r: Report) -> tuple[list[int], list[tuple[int, ...]]]:
    """Tokens at which the clause may begin, with rows."""
    clause, flags = r.clause, r.p.flags
    if r.direction == BEFORE:
        ks = [clause.first, *[k + 1 for k in range(clause.first, r.cue.first - 3) if flags[k] & (COMMA | COMPLEMENTIZER)]][:8]
    else:
        after = r.cue.last + 1
        if r.mention is not None and r.mention.first >= after and (r.cue.follows or r.mention.first == after):
            after = r.mention.group_last + 1
        ks = [k for k in range(after, min(after + 12, clause.end)) if not flags[k] & PUNCTUATION]
    return ks, _bound_rows(r, ks, ks[0] if ks else 0, -1)


def last_tokens(r: Report, start: int) -> tuple[list[int], list[tuple[int, ...]]]:
    """Tokens with which the clause may end (inclusive), with rows: those before punctuation or a new clause, and the sentence's last."""
    flags, clause = r.p.flags, r.clause
    if r.direction == BEFORE:
        first = min(r.cue.first, r.mention.first) if r.mention is not None and r.mention.first > start else r.cue.first
        limit = first - 1
        while limit > start and flags[limit] & PUNCTUATION:
            limit -= 1
        return [limit], _bound_rows(r, [limit], start, 1)
    last = clause.end - 1
    while last > start and flags[last] & (PUNCTUATION & ~PAREN):
        last -= 1
    ks = []
    for k in range(start, min(last, start + _LONGEST)):
        following = flags[k + 1]
        if following & (COMMA | DASH | COLON | QUOTE) or (following & BOUNDARY and k > start + 1 and not following & CAPITAL):
            ks.append(k)
    ks.append(last)
    return ks, _bound_rows(r, ks, start, 1)


def _bound_rows(r: Report, ks: list[int], start: int, side: int) -> list[tuple[int, ...]]:
    """Rows of the bounds `ks` (ascending, from `start` on); `side`: 1 where the token behind counts, -1 where the one before does."""
    p, clause = r.p, r.clause
    flags = p.flags
    weight, report = flags[r.cue.last] >> CUE_SHIFT & 15, flags[r.cue.last] >> REPORT_SHIFT & 15
    form = 3 if r.cue.follows else 2 if p.words[r.cue.last].endswith("ing") else 1
    length = min(clause.end - clause.first, 60)
    a, b = clause.first, clause.end
    rows: list[tuple[int, ...]] = []
    if not ks:
        return rows
    tail = b
    while tail > a and flags[tail - 1] & PUNCTUATION:
        tail -= 1
    low, high = max(a, ks[0] - 2), min(b, ks[-1] + 2)  # what the rows look at
    codes = [flag >> CODE_SHIFT & 63 for flag in flags[low:high]]
    codes = [0] * (low - ks[0] + 2) + codes + [0]
    zero = ks[0] - 2  # the token of codes[0]
    near = 6  # tokens from the one behind k to the next auxiliary, 6 where none is near
    nearness = [6] * (ks[-1] + 2 - ks[0])
    for k in range(min(b - 1, ks[-1] + 6), ks[0], -1):
        near = 1 if flags[k] & AUXILIARY else near + 1 if near < 6 else 6
        if k <= ks[-1] + 1:
            nearness[k - ks[0]] = near
    commas = cues = quotes = 0
    at = start
    for k in ks:
        while at <= k:
            flag = flags[at]
            if flag & COMMA:
                commas += 1
            elif flag & QUOTE:
                quotes += 1
            elif flag & CUE and not flag & CAPITAL:
                cues += 1
            at += 1
        beyond = k + side
        rows.append(
            (
                min(k - start, 60),
                codes[k - zero],
                codes[k - zero - 1],
                codes[k - zero - 2],
                codes[k - zero + 1],
                flags[beyond] >> REPORT_SHIFT & 15 if a <= beyond < b else 0,
                weight,
                report,
                form,
                min(commas, 6),
                min(cues, 5),
                int(k + 1 >= tail) + 2 * int(k == a),
                length,
                r.direction,
                int(bool(flags[k] & CAPITAL)),
                min(quotes, 3),
                nearness[k + 1 - ks[0]],
            )
        )
    return rows


def clause_offsets(r: Report, first: int, last: int) -> tuple[int, int]:
    """Text offsets of the clause, "that" and the day right behind the cue left out."""
    p = r.p
    while first < last and p.flags[first] & (COMPLEMENTIZER | DAY | COMMA) and not p.flags[first] & QUOTE:
        first += 1
    return p.starts[first], p.ends[last]
