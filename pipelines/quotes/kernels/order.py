"""Who speaks by the order of words: the cue near a segment and the mention next to it; and the rows of features of cues.

How far the words for a speaker reach stands in `mentions`. All tokens are those of the table. An edge between paragraphs has no flags, so that a look past it finds nothing.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np

from pipelines.quotes import flags as F
from pipelines.quotes.kernels.columns import Columns, Cue, Feature, Mention, caps, put_row

NONE, DASH, AFTER_ACCORDING, AFTER_SUBJECT_CUE, AFTER_CUE_SUBJECT, BEFORE_ACCORDING, BEFORE_SUBJECT_CUE, COLON = range(8)


class Segment(IntEnum):
    """What the caller says of each segment."""

    TOKEN = 0
    SENTENCE = 1
    GOES_ON = 2  # 1 where its last mark or the one behind it leaves the sentence open


class Rule(IntEnum):
    """What word order says of a segment: tokens of the cue and a row of mentions, -1 where there is none, and which pattern fits."""

    CUE_FIRST = 0
    CUE_LAST = 1
    MENTION = 2
    PATTERN = 3


class Asked(IntEnum):
    """Whose cue is looked for."""

    MENTION = 0  # a row of mentions
    SENTENCE = 1  # and its sentence
    TOKEN = 2  # the segment, or the end of the paragraph where it is in another one
    FIRST_CASE = 3  # of the segment: 1 capital, 2 small letter, 0 in another paragraph


class CueChoice(Feature):
    """What tells whether a cue is the one of a mention and a segment. Weights are shares in 15ths, codes those of `lexicon`."""

    SIDE = 3, "1 where it stands behind the mention, 2 more where it stands behind the segment"
    GAP_MENTION = 40, "tokens to the mention"
    GAP_SEGMENT = 40, "tokens to the segment"
    WEIGHT = 15, "how often its word is the cue of a quotation"
    REPORT = 15, "and of any report"
    FORM = 3, "1 finite, 2 participle, 3 followed by its speaker"
    NTH_FROM_MENTION = 6, "cues on that side that stand nearer to the mention"
    NTH_FROM_SEGMENT = 6, "and nearer to the segment"
    CODE_BEFORE = 63, "the token before it"
    CODE_AFTER = 63, "the token behind it"
    SUBJECT_BETWEEN = 1, "whether another mention is its subject"
    MENTION_SIDE = 1, "whether the mention stands before the segment"
    MENTION_KIND = 2, "0 name, 1 pronoun, 2 noun"
    FIRST_CASE = 2, "1 where the words between the marks begin with a capital, 2 with a small letter"
    BEFORE_SEGMENT = 63, "code of the token before the segment"
    TOUCHES_MENTION = 1, "whether nothing stands between it and the mention"
    SMALL_WORDS_ONLY = 1, "whether nothing but adverbs, auxiliaries and commas does"


CUE_CAPS = np.array(caps(CueChoice))
FARTHEST = 60  # tokens searched on either side of a segment
MAX_CUES = 3  # looked at behind a segment
MAX_AHEAD, MAX_BEHIND = 4, 6  # cues before and behind a mention that may be its own
MAX_CHOICES = MAX_AHEAD + MAX_BEHIND
BRACKET = F.COMMA | F.DASH | F.PAREN
SMALL = F.ADVERB | F.AUXILIARY


def attribute(t: Columns, segments: Any, rules: Any) -> None:
    """Fills in the rule of each segment, from its own sentence."""
    for n in range(len(segments)):
        token, s = segments[n, Segment.TOKEN], segments[n, Segment.SENTENCE]
        rule = rules[n]
        rule[Rule.CUE_FIRST], rule[Rule.CUE_LAST], rule[Rule.MENTION], rule[Rule.PATTERN] = -1, -1, -1, NONE
        if segments[n, Segment.GOES_ON]:
            if not behind_segment(t, s, token, rule):
                before_segment(t, s, token, rule)
        elif not before_segment(t, s, token, rule):
            behind_segment(t, s, token, rule)


def put_rule(rule: Any, first: int, last: int, mention: int, pattern: int) -> bool:
    rule[Rule.CUE_FIRST], rule[Rule.CUE_LAST], rule[Rule.MENTION], rule[Rule.PATTERN] = first, last, mention, pattern
    return True


def behind_segment(t: Columns, s: int, token: int, rule: Any) -> bool:
    """`"…," X said`, `"…," said X`, `"…," according to X`, `"…" — X`."""
    flags, mentions, cues = t.flags, t.mentions, t.cues
    end = min(t.stops[s], token + 1 + FARTHEST)
    limit = token + 1
    while limit < end and not flags[limit] & F.QUOTE:
        limit += 1
    start = token + 1
    while start < limit and flags[start] & (BRACKET | F.STOP):
        start += 1
    if start >= limit:
        return False
    m = first_behind(t, s, start - 1, start, limit)
    looked_at = 0
    for c in range(t.cue_bounds[s], t.cue_bounds[s + 1]):
        if cues[c, Cue.FIRST] < start or cues[c, Cue.LAST] >= limit:
            continue
        if looked_at == MAX_CUES:
            break
        looked_at += 1
        cue_first, cue_last = cues[c, Cue.FIRST], cues[c, Cue.LAST]
        speaker = first_behind(t, s, cue_last, start, limit)
        if cues[c, Cue.FOLLOWS]:
            if speaker >= 0:
                return put_rule(rule, cue_first, cue_last, speaker, AFTER_ACCORDING)
            continue
        subject = subject_before(t, s, cue_first, start, limit)
        if subject >= 0 and introduces(flags, start, mentions[subject, Mention.FIRST]):
            return put_rule(rule, cue_first, cue_last, subject, AFTER_SUBJECT_CUE)
        if cue_first <= start + 2 and speaker >= 0:
            at = mentions[speaker, Mention.FIRST]
            if at <= cue_last + 3 and not holds(flags, cue_last + 1, at, F.BOUNDARY):
                return put_rule(rule, cue_first, cue_last, speaker, AFTER_CUE_SUBJECT)
    named = looked_at == 0 and m >= 0 and mentions[m, Mention.FIRST] == start and mentions[m, Mention.KIND] == F.NAME
    return put_rule(rule, -1, -1, m, DASH) if named and flags[start - 1] & F.DASH else False


def first_behind(t: Columns, s: int, token: int, start: int, limit: int) -> int:
    """The first mention behind a token that lies between two others; -1 none."""
    for m in range(t.mention_bounds[s], t.mention_bounds[s + 1]):
        first = t.mentions[m, Mention.FIRST]
        if first > token and first >= start and t.mentions[m, Mention.LAST] < limit:
            return m
    return -1


def introduces(flags: Any, start: int, first: int) -> bool:
    """Whether only small words stand between the quotation and the mention: "…" as X said."""
    return first - start <= 2 and not holds(flags, start, first, F.QUOTE | F.STOP)


def holds(flags: Any, first: int, end: int, wanted: int) -> bool:
    """Whether one of the tokens has one of the flags."""
    found = False
    for k in range(first, end):
        found = found or flags[k] & wanted != 0
    return found


def has_all(flags: Any, first: int, end: int, wanted: int) -> bool:
    """Whether each of the tokens has one of the flags."""
    found = True
    for k in range(first, end):
        found = found and flags[k] & wanted != 0
    return found


def subject_before(t: Columns, s: int, cue: int, start: int, limit: int) -> int:
    """The mention that ends right before the cue, an apposition or a relative clause between commas skipped; -1 none."""
    flags, mentions = t.flags, t.mentions
    for m in range(t.mention_bounds[s + 1] - 1, t.mention_bounds[s] - 1, -1):
        if mentions[m, Mention.FIRST] < start or mentions[m, Mention.LAST] >= limit:
            continue
        if mentions[m, Mention.LAST] >= cue or mentions[m, Mention.ATTACHED]:
            continue
        gap = mentions[m, Mention.GROUP_LAST] + 1
        touches = gap >= cue or has_all(flags, gap, cue, SMALL)
        bracketed = flags[gap] & BRACKET and flags[cue - 1] & (BRACKET | SMALL)
        if (touches or bracketed) and not inside_apposition(t, s, m, start, limit):
            return m
    return -1


def inside_apposition(t: Columns, s: int, mention: int, start: int, limit: int) -> bool:
    """Whether another mention stands before this one with only a comma between: then that one is the subject."""
    flags, mentions = t.flags, t.mentions
    first = mentions[mention, Mention.FIRST]
    k = first - 1
    while k > start and flags[k] & F.LETTER and not flags[k] & F.COMMA and k > first - 4:
        k -= 1
    if k <= start or not flags[k] & F.COMMA:
        return False
    for m in range(t.mention_bounds[s], t.mention_bounds[s + 1]):
        if mentions[m, Mention.FIRST] < start or mentions[m, Mention.LAST] >= limit:
            continue
        if mentions[m, Mention.GROUP_LAST] == k - 1 and mentions[m, Mention.KIND] != F.PRON and not mentions[m, Mention.ATTACHED]:
            return True
    return False


def before_segment(t: Columns, s: int, token: int, rule: Any) -> bool:
    """`X said: "…"`, `X said that … "…"`, `according to X, "…"`, `X, citing Y, reported "…"`."""
    flags, mentions, cues = t.flags, t.mentions, t.cues
    start = max(t.firsts[s], token - FARTHEST)
    if start >= token:
        return False
    first = first_behind(t, s, start - 1, start, token)
    if first < 0:
        return False
    for c in range(t.cue_bounds[s + 1] - 1, t.cue_bounds[s] - 1, -1):
        cue_first, cue_last = cues[c, Cue.FIRST], cues[c, Cue.LAST]
        if cue_first < start or cue_last >= token:
            continue
        if cues[c, Cue.FOLLOWS]:
            speaker = first_behind(t, s, cue_last, start, token)
            if speaker >= 0:
                return put_rule(rule, cue_first, cue_last, speaker, BEFORE_ACCORDING)
            continue
        subject = subject_before(t, s, cue_first, start, token)
        if subject < 0:
            subject = main_subject(t, s, cue_first, start, token)
        if subject >= 0:
            return put_rule(rule, cue_first, cue_last, subject, BEFORE_SUBJECT_CUE)
    touches = mentions[first, Mention.GROUP_LAST] == token - 2 and mentions[first, Mention.FIRST] == t.firsts[s]
    return put_rule(rule, token - 1, token - 1, first, COLON) if touches and flags[token - 1] & F.COLON else False


def main_subject(t: Columns, s: int, cue: int, start: int, limit: int) -> int:
    """For a participle ("…, adding that"): the first mention of the sentence that no preposition leads in; -1 none."""
    for m in range(t.mention_bounds[s], t.mention_bounds[s + 1]):
        first = t.mentions[m, Mention.FIRST]
        if first < start or t.mentions[m, Mention.LAST] >= limit:
            continue
        if first >= cue:
            break
        if not t.mentions[m, Mention.ATTACHED] and not (first > start and t.flags[first - 1] & F.BOUNDARY):
            return m
    return -1


def cue_choices(t: Columns, asked: Any, chosen: Any, bounds: Any, rows: Any, row: Any) -> None:
    """The cues that each asked mention may have, rows of `t.cues`, and their features; those of item n are from `bounds[n]` to
    `bounds[n + 1]`. `row` is room for one."""
    flags, cues, mentions = t.flags, t.cues, t.mentions
    n = 0
    for item in range(len(asked)):
        m, s, token = asked[item, Asked.MENTION], asked[item, Asked.SENTENCE], asked[item, Asked.TOKEN]
        first, last = mentions[m, Mention.FIRST], mentions[m, Mention.GROUP_LAST]
        c_first, c_end = t.cue_bounds[s], t.cue_bounds[s + 1]
        ahead = c_first
        while ahead < c_end and cues[ahead, Cue.LAST] < first:
            ahead += 1
        behind = ahead
        while behind < c_end and cues[behind, Cue.FIRST] <= last:
            behind += 1
        row[CueChoice.MENTION_SIDE] = 1 if last < token else 0
        row[CueChoice.MENTION_KIND] = mentions[m, Mention.KIND]
        row[CueChoice.FIRST_CASE] = asked[item, Asked.FIRST_CASE]
        row[CueChoice.BEFORE_SEGMENT] = flags[token - 1] >> F.CODE_SHIFT & 63
        for c in range(max(c_first, ahead - MAX_AHEAD), min(c_end, behind + MAX_BEHIND)):
            if ahead <= c < behind:
                continue
            cue_first, cue_last = cues[c, Cue.FIRST], cues[c, Cue.LAST]
            follows = c >= behind
            gap = cue_first - last - 1 if follows else first - cue_last - 1
            a, b = (last + 1, cue_first) if follows else (cue_last + 1, first)
            nearer = 0
            for other in range(c_first, c_end):
                at = cues[other, Cue.FIRST]
                if cue_last < at < token or token < at < cue_first:
                    nearer += 1
            row[CueChoice.SIDE] = (1 if follows else 0) + (2 if cue_first > token else 0)
            row[CueChoice.GAP_MENTION] = gap
            row[CueChoice.GAP_SEGMENT] = abs(token - cue_last)
            row[CueChoice.WEIGHT] = flags[cue_last] >> F.CUE_SHIFT & 15
            row[CueChoice.REPORT] = flags[cue_last] >> F.REPORT_SHIFT & 15
            row[CueChoice.FORM] = 3 if cues[c, Cue.FOLLOWS] else 2 if flags[cue_last] & F.ENDS_ING else 1
            row[CueChoice.NTH_FROM_MENTION] = c - behind if follows else ahead - 1 - c
            row[CueChoice.NTH_FROM_SEGMENT] = nearer
            row[CueChoice.CODE_BEFORE] = flags[cue_first - 1] >> F.CODE_SHIFT & 63
            row[CueChoice.CODE_AFTER] = flags[cue_last + 1] >> F.CODE_SHIFT & 63
            row[CueChoice.SUBJECT_BETWEEN] = 1 if follows and has_subject(t, s, last, cue_first) else 0
            row[CueChoice.TOUCHES_MENTION] = 1 if gap == 0 else 0
            row[CueChoice.SMALL_WORDS_ONLY] = 1 if has_all(flags, a, b, SMALL | F.COMMA) else 0
            chosen[n] = c
            put_row(rows, n, row, CUE_CAPS)
            n += 1
        bounds[item + 1] = n


def has_subject(t: Columns, s: int, last: int, cue: int) -> bool:
    """Whether a mention behind token `last` ends right before the cue."""
    for m in range(t.mention_bounds[s], t.mention_bounds[s + 1]):
        ends_there = t.mentions[m, Mention.FIRST] > last and t.mentions[m, Mention.GROUP_LAST] == cue - 1
        if ends_there and not t.mentions[m, Mention.ATTACHED]:
            return True
    return False
