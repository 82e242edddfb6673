"""Reported clauses without quotation marks: which cues may govern one, where it may begin and end, and the rows of features."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np

from pipelines.quotes import flags as F
from pipelines.quotes.kernels.columns import Columns, Cue, Feature, Mention, caps, put_row

AFTER, BEFORE = 0, 1  # directions: where the clause stands, seen from its cue


class Report(IntEnum):
    """Columns of reports."""

    CUE = 0  # a row of cues
    SENTENCE = 1
    REPORTER = 2  # a row of mentions, -1: nobody
    DIRECTION = 3


class Reporting(Feature):
    """What tells whether a cue reports a clause. Weights are shares in 15ths, codes those of `lexicon`."""

    WEIGHT = 15, "how often its word is the cue of a quotation"
    REPORT = 15, "and of any report"
    FORM = 4, "1 finite, 2 participle, 3 followed by its speaker, 4 finite with an auxiliary"
    STRONG = 1, "whether hardly anything else follows its word"
    CODE_BEFORE = 63, "the token before it"
    CODE_BEFORE_2 = 63, "and the one before that"
    CODE_AFTER = 63, "the token behind it"
    CODE_AFTER_2 = 63, "the next"
    CODE_AFTER_3 = 63, "and the one behind that"
    FROM_START = 40, "tokens from the start of the sentence"
    TO_END = 40, "and to its end"
    SUBJECT = 2, "1 where its subject stands before it, 2 behind, 0 nowhere"
    SUBJECT_KIND = 3, "1 name, 2 pronoun, 3 noun"
    SUBJECT_GAP = 15, "tokens between the two, 15 where there is none"
    DIRECTION = 1, "1 where the clause stands before the cue"
    QUOTES = 4, "segments in the sentence"
    QUOTE_FOLLOWS = 5, "tokens to the segment behind, 5 where none is near"
    THAT_FOLLOWS = 5, "tokens to the complementizer behind, 5 where none is near"
    CUES = 6, "in the sentence"
    NTH = 6, "which of them it is"
    SENTENCE = 10, "which of the paragraph it is in"


class Bound(Feature):
    """What tells whether a clause begins or ends at a token."""

    DISTANCE = 60, "tokens from its first"
    CODE = 63, "the token"
    CODE_BEFORE = 63, "the one before"
    CODE_BEFORE_2 = 63, "and the one before that"
    CODE_AFTER = 63, "the one behind"
    WEIGHT_HERE = 15, "report weight of the token beyond"
    CUE_WEIGHT = 15, "quotation weight of the cue"
    CUE_REPORT = 15, "and its report weight"
    CUE_FORM = 3, "1 finite, 2 participle, 3 followed by its speaker"
    COMMAS = 6, "on the way"
    CUES_PASSED = 5, "on the way"
    EDGE = 3, "1 where the sentence ends with it, 2 where it begins with it"
    LENGTH = 60, "tokens of the sentence"
    DIRECTION = 1, "1 where the clause stands before the cue"
    CAPITAL = 1, "whether the token has one"
    QUOTES = 3, "segments on the way"
    VERB_NEAR = 6, "tokens to the next auxiliary, 6 where none is near"


REPORTING_CAPS, BOUND_CAPS = np.array(caps(Reporting)), np.array(caps(Bound))
LONGEST_CLAUSE = 60  # tokens of a reported clause whose end is chosen among its tokens; longer ones end with the sentence
MAX_STARTS = 12
MAX_BOUNDS = LONGEST_CLAUSE + 1  # candidate bounds of one clause
SMALL = F.ADVERB | F.AUXILIARY
BRACKET = F.COMMA | F.DASH | F.PAREN
BREAK = F.COMMA | F.DASH | F.COLON | F.QUOTE
CLAUSE_OPENER = F.COMMA | F.COMPLEMENTIZER
THAT_OR_QUOTE = F.COMPLEMENTIZER | F.QUOTE
NOT_PAREN = F.PUNCTUATION & ~F.PAREN


def reports_of(t: Columns, sentences: Any, nths: Any, reports: Any, rows: Any, row: Any) -> int:
    """Fills `reports` and `rows` with the cues of `sentences` that may govern a clause; `nths`: which of its paragraph each sentence is.
    `row` is room for one."""
    n = 0
    for i in range(len(sentences)):
        s = sentences[i]
        reporting = False
        for k in range(t.firsts[s], t.stops[s]):
            if t.flags[k] & F.REPORTING:
                reporting = True
                break
        if not reporting:
            continue
        for c in range(t.cue_bounds[s], t.cue_bounds[s + 1]):
            if not t.cues[c, Cue.FOLLOWS] and not t.flags[t.cues[c, Cue.LAST]] & F.REPORTING:
                continue
            reports[n, Report.CUE], reports[n, Report.SENTENCE] = c, s
            m = reporter_of(t, s, c)
            reports[n, Report.REPORTER], reports[n, Report.DIRECTION] = m, direction_of(t, s, c, m)
            report_features(t, reports, n, row)
            row[Reporting.SENTENCE] = nths[i]
            put_row(rows, n, row, REPORTING_CAPS)
            n += 1
    return n


def reporter_of(t: Columns, s: int, c: int) -> int:
    """The subject of the cue: right before it, behind a comma pair, right after it, else the subject the participle leans on."""
    flags, mentions, first = t.flags, t.mentions, t.firsts[s]
    m, m_end = t.mention_bounds[s], t.mention_bounds[s + 1]
    cue_first, cue_last = t.cues[c, Cue.FIRST], t.cues[c, Cue.LAST]
    if t.cues[c, Cue.FOLLOWS]:
        for k in range(m, m_end):
            if mentions[k, Mention.FIRST] > cue_last:
                return k
        return -1
    for k in range(m_end - 1, m - 1, -1):
        if mentions[k, Mention.GROUP_LAST] >= cue_first or mentions[k, Mention.ATTACHED]:
            continue
        gap = mentions[k, Mention.GROUP_LAST] + 1
        touches = True
        for j in range(gap, cue_first):
            touches = touches and flags[j] & SMALL != 0
        if touches:
            return behind_apposition(flags, mentions, m, m_end, k, cue_first)
        if flags[gap] & BRACKET and flags[cue_first - 1] & BRACKET and cue_first - gap > 2:
            return k
    for k in range(m, m_end):
        if mentions[k, Mention.FIRST] == cue_last + 1:
            if (cue_first == first or flags[cue_first - 1] & (F.COMMA | F.DASH)) and mentions[k, Mention.KIND] != F.PRON:
                return k
            break
    for k in range(m, m_end):
        if mentions[k, Mention.GROUP_LAST] >= cue_first or mentions[k, Mention.ATTACHED]:
            continue
        if mentions[k, Mention.FIRST] == first or not flags[mentions[k, Mention.FIRST] - 1] & F.BOUNDARY:
            return k
    return -1


def behind_apposition(flags: Any, mentions: Any, m: int, m_end: int, chosen: int, cue_first: int) -> int:
    """ "Ada Quill, the mayor, said": the name is the subject."""
    at = mentions[chosen, Mention.FIRST]
    if mentions[chosen, Mention.KIND] == F.PRON or not flags[at - 1] & F.COMMA:
        return chosen
    for k in range(m, m_end):
        if mentions[k, Mention.GROUP_LAST] >= cue_first or mentions[k, Mention.ATTACHED]:
            continue
        if mentions[k, Mention.KIND] == F.NAME and mentions[k, Mention.GROUP_LAST] == at - 2:
            return k
    return chosen


def direction_of(t: Columns, s: int, c: int, m: int) -> int:
    """BEFORE where the attribution stands behind a comma at the sentence's end: "…, she said on Monday."."""
    flags, mentions, a, b = t.flags, t.mentions, t.firsts[s], t.stops[s]
    first, last = t.cues[c, Cue.FIRST], t.cues[c, Cue.LAST]
    ending = flags[last] & F.ENDS_ING
    if m >= 0:
        if mentions[m, Mention.FIRST] > a:
            first = min(first, mentions[m, Mention.FIRST])
        last = max(last, mentions[m, Mention.GROUP_LAST])
    if first <= a or not flags[first - 1] & (F.COMMA | F.DASH):
        return AFTER
    for k in range(last + 1, min(last + 4, b)):
        if flags[k] & THAT_OR_QUOTE:
            return AFTER
    rest = 0
    for k in range(last + 1, b):
        if flags[k] & F.LETTER:
            rest += 1
    return BEFORE if rest <= 8 and not ending else AFTER


def form_of(flags: Any, cues: Any, c: int) -> int:
    """3 "according to", 2 participle, 1 finite."""
    return 3 if cues[c, Cue.FOLLOWS] else 2 if flags[cues[c, Cue.LAST]] & F.ENDS_ING else 1


def report_features(t: Columns, reports: Any, n: int, row: Any) -> None:
    """Fills in what the forest looks at to say whether this cue reports a clause, but for the sentence's number."""
    flags, mentions = t.flags, t.mentions
    c, s, m = reports[n, Report.CUE], reports[n, Report.SENTENCE], reports[n, Report.REPORTER]
    a, b = t.firsts[s], t.stops[s]
    first, last = t.cues[c, Cue.FIRST], t.cues[c, Cue.LAST]
    form = form_of(flags, t.cues, c)
    quotes = 0
    for k in range(a, b):
        if flags[k] & F.QUOTE:
            quotes += 1
    that, follows = 5, 5
    for j in range(4, -1, -1):
        if last + 1 + j < b:
            if flags[last + 1 + j] & F.COMPLEMENTIZER:
                that = j
            if flags[last + 1 + j] & F.QUOTE:
                follows = j
    row[Reporting.WEIGHT] = flags[last] >> F.CUE_SHIFT & 15
    row[Reporting.REPORT] = flags[last] >> F.REPORT_SHIFT & 15
    row[Reporting.FORM] = 4 if form == 1 and first < last else form
    row[Reporting.STRONG] = t.cues[c, Cue.STRONG]
    row[Reporting.CODE_BEFORE] = flags[first - 1] >> F.CODE_SHIFT & 63 if first > a else 0
    row[Reporting.CODE_BEFORE_2] = flags[first - 2] >> F.CODE_SHIFT & 63 if first > a + 1 else 0
    row[Reporting.CODE_AFTER] = flags[last + 1] >> F.CODE_SHIFT & 63 if last + 1 < b else 0
    row[Reporting.CODE_AFTER_2] = flags[last + 2] >> F.CODE_SHIFT & 63 if last + 2 < b else 0
    row[Reporting.CODE_AFTER_3] = flags[last + 3] >> F.CODE_SHIFT & 63 if last + 3 < b else 0
    row[Reporting.FROM_START] = first - a
    row[Reporting.TO_END] = b - last
    row[Reporting.SUBJECT], row[Reporting.SUBJECT_KIND], row[Reporting.SUBJECT_GAP] = 0, 0, 15
    if m >= 0:
        before = mentions[m, Mention.FIRST] < first
        group_last = mentions[m, Mention.GROUP_LAST]
        row[Reporting.SUBJECT] = 1 if before else 2
        row[Reporting.SUBJECT_KIND] = mentions[m, Mention.KIND] + 1
        row[Reporting.SUBJECT_GAP] = first - group_last - 1 if group_last < first else mentions[m, Mention.FIRST] - last - 1
    row[Reporting.DIRECTION] = reports[n, Report.DIRECTION]
    row[Reporting.QUOTES] = quotes
    row[Reporting.QUOTE_FOLLOWS] = follows
    row[Reporting.THAT_FOLLOWS] = that
    row[Reporting.CUES] = t.cue_bounds[s + 1] - t.cue_bounds[s]
    row[Reporting.NTH] = c - t.cue_bounds[s]


def first_bounds(t: Columns, reports: Any, tokens: Any, bounds: Any, rows: Any, row: Any) -> None:
    """Tokens at which each clause may begin, with rows; those of report r are from `bounds[r]` to `bounds[r + 1]`. `row` is room for one."""
    flags, cues, mentions = t.flags, t.cues, t.mentions
    n = 0
    for r in range(len(reports)):
        c, s, m = reports[r, Report.CUE], reports[r, Report.SENTENCE], reports[r, Report.REPORTER]
        a, b = t.firsts[s], t.stops[s]
        begin = n
        if reports[r, Report.DIRECTION] == BEFORE:
            tokens[n] = a
            n += 1
            for k in range(a, cues[c, Cue.FIRST] - 3):
                if flags[k] & CLAUSE_OPENER and n < begin + 8:
                    tokens[n] = k + 1
                    n += 1
        else:
            after = cues[c, Cue.LAST] + 1
            if m >= 0 and mentions[m, Mention.FIRST] >= after and (cues[c, Cue.FOLLOWS] or mentions[m, Mention.FIRST] == after):
                after = mentions[m, Mention.GROUP_LAST] + 1
            for k in range(after, min(after + MAX_STARTS, b)):
                if not flags[k] & F.PUNCTUATION:
                    tokens[n] = k
                    n += 1
        bounds[r + 1] = n
        if n > begin:
            bound_rows(t, reports, r, tokens, begin, n, tokens[begin], -1, rows, row)


def last_bounds(t: Columns, reports: Any, starts: Any, tokens: Any, bounds: Any, rows: Any, row: Any) -> None:
    """Tokens with which each clause may end (inclusive), with rows: those before punctuation or a new clause, and the sentence's last.

    `starts`: the first token of each clause, -1 where it has none. `row` is room for one.
    """
    flags, cues, mentions = t.flags, t.cues, t.mentions
    n = 0
    for r in range(len(reports)):
        c, s, m, start = reports[r, Report.CUE], reports[r, Report.SENTENCE], reports[r, Report.REPORTER], starts[r]
        begin = n
        if start >= 0 and reports[r, Report.DIRECTION] == BEFORE:
            first = cues[c, Cue.FIRST]
            if m >= 0 and mentions[m, Mention.FIRST] > start:
                first = min(first, mentions[m, Mention.FIRST])
            limit = first - 1
            while limit > start and flags[limit] & F.PUNCTUATION:
                limit -= 1
            tokens[n] = limit
            n += 1
        elif start >= 0:
            last = t.stops[s] - 1
            while last > start and flags[last] & NOT_PAREN:
                last -= 1
            for k in range(start, min(last, start + LONGEST_CLAUSE)):
                following = flags[k + 1]
                if following & BREAK or (following & F.BOUNDARY and k > start + 1 and not following & F.CAPITAL):
                    tokens[n] = k
                    n += 1
            tokens[n] = last
            n += 1
        bounds[r + 1] = n
        if n > begin:
            bound_rows(t, reports, r, tokens, begin, n, start, 1, rows, row)


def bound_rows(
    t: Columns, reports: Any, r: int, tokens: Any, begin: int, end: int, start: int, side: int, rows: Any, row: Any
) -> None:
    """Rows of the bounds `tokens[begin:end]` (ascending, from `start` on); `side`: 1 where the token behind counts, -1 the one before."""
    flags, cues = t.flags, t.cues
    c, s = reports[r, Report.CUE], reports[r, Report.SENTENCE]
    a, b = t.firsts[s], t.stops[s]
    weight, report = flags[cues[c, Cue.LAST]] >> F.CUE_SHIFT & 15, flags[cues[c, Cue.LAST]] >> F.REPORT_SHIFT & 15
    form = form_of(flags, cues, c)
    tail = b
    while tail > a and flags[tail - 1] & F.PUNCTUATION:
        tail -= 1
    commas, cue_words, quotes = 0, 0, 0
    at = start
    for n in range(begin, end):
        k = tokens[n]
        while at <= k:
            flag = flags[at]
            if flag & F.COMMA:
                commas += 1
            elif flag & F.QUOTE:
                quotes += 1
            elif flag & F.CUE and not flag & F.CAPITAL:
                cue_words += 1
            at += 1
        verb = 6  # tokens from the one behind to the next auxiliary, 6 where none is near
        for j in range(4, -1, -1):
            if k + 1 + j < b and flags[k + 1 + j] & F.AUXILIARY:
                verb = j + 1
        beyond = k + side
        row[Bound.DISTANCE] = k - start
        row[Bound.CODE] = flags[k] >> F.CODE_SHIFT & 63 if a <= k < b else 0
        row[Bound.CODE_BEFORE] = flags[k - 1] >> F.CODE_SHIFT & 63 if k - 1 >= a else 0
        row[Bound.CODE_BEFORE_2] = flags[k - 2] >> F.CODE_SHIFT & 63 if k - 2 >= a else 0
        row[Bound.CODE_AFTER] = flags[k + 1] >> F.CODE_SHIFT & 63 if k + 1 < b else 0
        row[Bound.WEIGHT_HERE] = flags[beyond] >> F.REPORT_SHIFT & 15 if a <= beyond < b else 0
        row[Bound.CUE_WEIGHT] = weight
        row[Bound.CUE_REPORT] = report
        row[Bound.CUE_FORM] = form
        row[Bound.COMMAS] = commas
        row[Bound.CUES_PASSED] = cue_words
        row[Bound.EDGE] = (1 if k + 1 >= tail else 0) + (2 if k == a else 0)
        row[Bound.LENGTH] = b - a
        row[Bound.DIRECTION] = reports[r, Report.DIRECTION]
        row[Bound.CAPITAL] = 1 if flags[k] & F.CAPITAL else 0
        row[Bound.QUOTES] = quotes
        row[Bound.VERB_NEAR] = verb
        put_row(rows, n, row, BOUND_CAPS)
