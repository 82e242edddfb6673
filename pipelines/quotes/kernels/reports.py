"""Reported clauses without quotation marks: which cues may govern one, where it may begin and end, and the rows of features."""

from __future__ import annotations

from typing import Any

from pipelines.quotes import flags as F
from pipelines.quotes.kernels.phrases import ATTACHED, FIRST, FOLLOWS, GROUP_LAST, KIND, STRONG

AFTER, BEFORE = 0, 1
CUE_INDEX, SENTENCE, REPORTER, DIRECTION = range(4)  # columns of reports; `REPORTER`: a row of mentions, -1: nobody
REPORT_COLUMNS = 4
REPORT_FEATURES = 21
BOUND_FEATURES = 17
LONGEST_CLAUSE = 60  # tokens of a reported clause whose end is chosen among its tokens; longer ones end with the sentence
MAX_STARTS = 12
MAX_BOUNDS = LONGEST_CLAUSE + 1  # candidate bounds of one clause
SMALL = F.ADVERB | F.AUXILIARY
BRACKET = F.COMMA | F.DASH | F.PAREN
BREAK = F.COMMA | F.DASH | F.COLON | F.QUOTE
CLAUSE_OPENER = F.COMMA | F.COMPLEMENTIZER
THAT_OR_QUOTE = F.COMPLEMENTIZER | F.QUOTE
NOT_PAREN = F.PUNCTUATION & ~F.PAREN


def reports_of(
    flags: Any,
    sentences: Any,
    nths: Any,
    firsts: Any,
    ends: Any,
    cues: Any,
    cue_bounds: Any,
    mentions: Any,
    mention_bounds: Any,
    reports: Any,
    rows: Any,
) -> int:
    """Fills `reports` and `rows` with the cues of `sentences` that may govern a clause; `nths`: which of its paragraph each sentence is."""
    n = 0
    for i in range(len(sentences)):
        s = sentences[i]
        reporting = False
        for k in range(firsts[s], ends[s]):
            if flags[k] & F.REPORTING:
                reporting = True
                break
        if not reporting:
            continue
        for c in range(cue_bounds[s], cue_bounds[s + 1]):
            if not cues[c, FOLLOWS] and not flags[cues[c, 1]] & F.REPORTING:
                continue
            m = reporter_of(flags, firsts[s], cues, c, mentions, mention_bounds[s], mention_bounds[s + 1])
            reports[n, CUE_INDEX], reports[n, SENTENCE], reports[n, REPORTER] = c, s, m
            reports[n, DIRECTION] = direction_of(flags, firsts[s], ends[s], cues, c, mentions, m)
            report_features(
                flags, firsts[s], ends[s], cues, cue_bounds[s], cue_bounds[s + 1], mentions, reports, n, nths[i], rows[n]
            )
            n += 1
    return n


def reporter_of(flags: Any, first: int, cues: Any, c: int, mentions: Any, m: int, m_end: int) -> int:
    """The subject of the cue: right before it, behind a comma pair, right after it, else the subject the participle leans on."""
    cue_first, cue_last = cues[c, 0], cues[c, 1]
    if cues[c, FOLLOWS]:
        for k in range(m, m_end):
            if mentions[k, FIRST] > cue_last:
                return k
        return -1
    for k in range(m_end - 1, m - 1, -1):
        if mentions[k, GROUP_LAST] >= cue_first or mentions[k, ATTACHED]:
            continue
        gap = mentions[k, GROUP_LAST] + 1
        touches = True
        for j in range(gap, cue_first):
            touches = touches and flags[j] & SMALL != 0
        if touches:
            return behind_apposition(flags, mentions, m, m_end, k, cue_first)
        if flags[gap] & BRACKET and flags[cue_first - 1] & BRACKET and cue_first - gap > 2:
            return k
    for k in range(m, m_end):
        if mentions[k, FIRST] == cue_last + 1:
            if (cue_first == first or flags[cue_first - 1] & (F.COMMA | F.DASH)) and mentions[k, KIND] != F.PRON:
                return k
            break
    for k in range(m, m_end):
        if mentions[k, GROUP_LAST] >= cue_first or mentions[k, ATTACHED]:
            continue
        if mentions[k, FIRST] == first or not flags[mentions[k, FIRST] - 1] & F.BOUNDARY:
            return k
    return -1


def behind_apposition(flags: Any, mentions: Any, m: int, m_end: int, chosen: int, cue_first: int) -> int:
    """ "Ada Quill, the mayor, said": the name is the subject."""
    at = mentions[chosen, FIRST]
    if mentions[chosen, KIND] == F.PRON or not flags[at - 1] & F.COMMA:
        return chosen
    for k in range(m, m_end):
        if mentions[k, GROUP_LAST] >= cue_first or mentions[k, ATTACHED]:
            continue
        if mentions[k, KIND] == F.NAME and mentions[k, GROUP_LAST] == at - 2:
            return k
    return chosen


def direction_of(flags: Any, a: int, b: int, cues: Any, c: int, mentions: Any, m: int) -> int:
    """BEFORE where the attribution stands behind a comma at the sentence's end: "…, she said on Monday."."""
    first, last = cues[c, 0], cues[c, 1]
    ending = flags[last] & F.ENDS_ING
    if m >= 0:
        if mentions[m, FIRST] > a:
            first = min(first, mentions[m, FIRST])
        last = max(last, mentions[m, GROUP_LAST])
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
    return 3 if cues[c, FOLLOWS] else 2 if flags[cues[c, 1]] & F.ENDS_ING else 1


def report_features(
    flags: Any, a: int, b: int, cues: Any, c_first: int, c_end: int, mentions: Any, reports: Any, n: int, nth: int, row: Any
) -> None:
    """What the forest looks at to say whether this cue reports a clause."""
    c, m = reports[n, CUE_INDEX], reports[n, REPORTER]
    first, last = cues[c, 0], cues[c, 1]
    form = form_of(flags, cues, c)
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
    row[0] = flags[last] >> F.CUE_SHIFT & 15
    row[1] = flags[last] >> F.REPORT_SHIFT & 15
    row[2] = 4 if form == 1 and first < last else form
    row[3] = cues[c, STRONG]
    row[4] = flags[first - 1] >> F.CODE_SHIFT & 63 if first > a else 0
    row[5] = flags[first - 2] >> F.CODE_SHIFT & 63 if first > a + 1 else 0
    for j in range(3):
        row[6 + j] = flags[last + 1 + j] >> F.CODE_SHIFT & 63 if last + 1 + j < b else 0
    row[9] = min(first - a, 40)
    row[10] = min(b - last, 40)
    row[11], row[12], row[13] = 0, 0, 15
    if m >= 0:
        row[11] = 1 if mentions[m, FIRST] < first else 2
        row[12] = mentions[m, KIND] + 1
        row[13] = min(15, first - mentions[m, GROUP_LAST] - 1 if mentions[m, GROUP_LAST] < first else mentions[m, FIRST] - last - 1)
    row[14] = reports[n, DIRECTION]
    row[15] = min(quotes, 4)
    row[16] = follows
    row[17] = that
    row[18] = min(c_end - c_first, 6)
    row[19] = min(c - c_first, 6)
    row[20] = min(nth, 10)


def first_bounds(
    flags: Any, firsts: Any, ends: Any, cues: Any, mentions: Any, reports: Any, tokens: Any, bounds: Any, rows: Any
) -> None:
    """Tokens at which each clause may begin, with rows; those of report r are from `bounds[r]` to `bounds[r + 1]`."""
    n = 0
    for r in range(len(reports)):
        c, s, m = reports[r, CUE_INDEX], reports[r, SENTENCE], reports[r, REPORTER]
        a, b = firsts[s], ends[s]
        begin = n
        if reports[r, DIRECTION] == BEFORE:
            tokens[n] = a
            n += 1
            for k in range(a, cues[c, 0] - 3):
                if flags[k] & CLAUSE_OPENER and n < begin + 8:
                    tokens[n] = k + 1
                    n += 1
        else:
            after = cues[c, 1] + 1
            if m >= 0 and mentions[m, FIRST] >= after and (cues[c, FOLLOWS] or mentions[m, FIRST] == after):
                after = mentions[m, GROUP_LAST] + 1
            for k in range(after, min(after + MAX_STARTS, b)):
                if not flags[k] & F.PUNCTUATION:
                    tokens[n] = k
                    n += 1
        bounds[r + 1] = n
        if n > begin:
            bound_rows(flags, a, b, cues, c, reports[r, DIRECTION], tokens, begin, n, tokens[begin], -1, rows)


def last_bounds(
    flags: Any, firsts: Any, ends: Any, cues: Any, mentions: Any, reports: Any, starts: Any, tokens: Any, bounds: Any, rows: Any
) -> None:
    """Tokens with which each clause may end (inclusive), with rows: those before punctuation or a new clause, and the sentence's last.

    `starts`: the first token of each clause, -1 where it has none.
    """
    n = 0
    for r in range(len(reports)):
        c, s, m, start = reports[r, CUE_INDEX], reports[r, SENTENCE], reports[r, REPORTER], starts[r]
        begin = n
        if start >= 0 and reports[r, DIRECTION] == BEFORE:
            first = cues[c, 0]
            if m >= 0 and mentions[m, FIRST] > start:
                first = min(first, mentions[m, FIRST])
            limit = first - 1
            while limit > start and flags[limit] & F.PUNCTUATION:
                limit -= 1
            tokens[n] = limit
            n += 1
        elif start >= 0:
            last = ends[s] - 1
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
            bound_rows(flags, firsts[s], ends[s], cues, c, reports[r, DIRECTION], tokens, begin, n, start, 1, rows)


def bound_rows(
    flags: Any,
    a: int,
    b: int,
    cues: Any,
    c: int,
    direction: int,
    tokens: Any,
    begin: int,
    end: int,
    start: int,
    side: int,
    rows: Any,
) -> None:
    """Rows of the bounds `tokens[begin:end]` (ascending, from `start` on); `side`: 1 where the token behind counts, -1 the one before."""
    weight, report = flags[cues[c, 1]] >> F.CUE_SHIFT & 15, flags[cues[c, 1]] >> F.REPORT_SHIFT & 15
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
        row = rows[n]
        row[0] = min(k - start, 60)
        row[1] = flags[k] >> F.CODE_SHIFT & 63 if a <= k < b else 0
        row[2] = flags[k - 1] >> F.CODE_SHIFT & 63 if k - 1 >= a else 0
        row[3] = flags[k - 2] >> F.CODE_SHIFT & 63 if k - 2 >= a else 0
        row[4] = flags[k + 1] >> F.CODE_SHIFT & 63 if k + 1 < b else 0
        row[5] = flags[beyond] >> F.REPORT_SHIFT & 15 if a <= beyond < b else 0
        row[6] = weight
        row[7] = report
        row[8] = form
        row[9] = min(commas, 6)
        row[10] = min(cue_words, 5)
        row[11] = (1 if k + 1 >= tail else 0) + (2 if k == a else 0)
        row[12] = min(b - a, 60)
        row[13] = direction
        row[14] = 1 if flags[k] & F.CAPITAL else 0
        row[15] = min(quotes, 3)
        row[16] = verb
