"""Candidate speakers of quoted segments, and the row of features of each."""

from __future__ import annotations

from typing import Any

from pipelines.quotes import flags as F
from pipelines.quotes.kernels.phrases import ATTACHED, FIRST, FOLLOWS, GROUP_LAST, KIND, LAST

SAME_BEFORE, SAME_AFTER, PREVIOUS, NEXT, PREVIOUS_2, ABOVE, CARRY, CARRY_ABOVE, NOBODY_KIND = range(9)
# columns of `units`: what the caller says of each segment
(
    TOKEN,
    SENTENCE,
    SENTENCE_FIRST,  # the paragraph's first sentence
    SENTENCES,  # and how many it has
    NTH,  # segment of its paragraph
    SEGMENTS,
    DISTANCE,
    SURROUNDED,
    RULE,
    RULE_MENTION,  # first token, -1: none
    HAS_BEFORE,  # 0, or CARRY, CARRY_ABOVE where a speaker can be carried over
    ABOVE_SENTENCE,  # the last of the paragraph above, -1: not asked
    WORDS,
    CAPITALS,
    PERSON,
    MARK_KIND,
    LAST_MARK,
    FIRST_CASE,
    LENGTH,
) = range(19)
UNIT_COLUMNS = 19
UNIT, RELATION, MENTION = range(3)  # columns of `candidates`
CANDIDATE_COLUMNS = 3
SHARED_FEATURES = 33
OWN_FEATURES = 36
FEATURES = SHARED_FEATURES + OWN_FEATURES
MAX_CANDIDATES = 64  # of one segment
FARTHEST = 70  # tokens from the segment within its sentence
MAX_QUOTES = 4  # segments between a mention and its quotation
MAX_PER_SIDE = 14  # mentions taken from one sentence on one side of the segment
SEPARATOR = F.STOP | F.COLON | F.DASH | F.PAREN
BRACKET = F.COMMA | F.DASH | F.PAREN
BRACKET_OR_SMALL = BRACKET | F.ADVERB | F.AUXILIARY
OWN_GAP, OWN_WEIGHT, OWN_SUBJECT, OWN_FOLLOWS, OWN_BETTER = (SHARED_FEATURES + i for i in (1, 10, 28, 29, 33))


def speaker_rows(
    flags: Any,
    firsts: Any,
    ends: Any,
    cues: Any,
    cue_bounds: Any,
    mentions: Any,
    mention_bounds: Any,
    units: Any,
    bounds: Any,
    candidates: Any,
    rows: Any,
) -> None:
    """Fills `candidates` and `rows`; those of unit u are from `bounds[u]` to `bounds[u + 1]`, nobody always the last."""
    n = 0
    for u in range(len(units)):
        begin = n
        s, token = units[u, SENTENCE], units[u, TOKEN]
        shared_features(flags, firsts[s], ends[s], cues, cue_bounds[s], cue_bounds[s + 1], units, u, rows[n])
        m, m_end = mention_bounds[s], mention_bounds[s + 1]
        cut = m
        while cut < m_end and mentions[cut, FIRST] < token:
            cut += 1
        low, high = reach_of(flags, token, firsts[s], ends[s])
        nth = s - units[u, SENTENCE_FIRST]
        for side in range(6):
            where, at, most, k, k_end = s, token, 0, 0, 0
            if side == 0:
                relation, k, k_end = SAME_BEFORE, max(m, cut - MAX_PER_SIDE), cut
            elif side == 1:
                relation, k, k_end = SAME_AFTER, cut, min(cut + MAX_PER_SIDE, m_end)
            elif side == 2 and nth > 0:
                relation, where, at, most = PREVIOUS, s - 1, firsts[s], MAX_PER_SIDE
            elif side == 3 and nth > 1:
                relation, where, at, most = PREVIOUS_2, s - 2, firsts[s], 4
            elif side == 4 and nth + 1 < units[u, SENTENCES]:
                relation, where, at, most = NEXT, s + 1, ends[s] - 1, 5
            elif side == 5 and units[u, ABOVE_SENTENCE] >= 0:
                where = units[u, ABOVE_SENTENCE]
                relation, at, most = ABOVE, ends[where], 8
            else:
                continue
            if side > 1:
                k = mention_bounds[where]
                k_end = min(k + most, mention_bounds[where + 1])
            for c in range(k, k_end):
                if (side == 0 and mentions[c, LAST] < low) or (side == 1 and mentions[c, FIRST] > high):
                    continue
                candidates[n, UNIT], candidates[n, RELATION], candidates[n, MENTION] = u, relation, c
                if n > begin:
                    for f in range(SHARED_FEATURES):
                        rows[n, f] = rows[begin, f]
                own_features(
                    flags,
                    firsts,
                    ends,
                    cues,
                    cue_bounds,
                    mentions,
                    mention_bounds,
                    where,
                    c,
                    at,
                    relation,
                    units[u, RULE_MENTION],
                    rows[n],
                )
                n += 1
        for last in range(2):
            relation = units[u, HAS_BEFORE] if last == 0 else NOBODY_KIND
            if relation == 0:
                continue
            candidates[n, UNIT], candidates[n, RELATION], candidates[n, MENTION] = u, relation, -1
            for f in range(SHARED_FEATURES):
                rows[n, f] = rows[begin, f]
            for f in range(SHARED_FEATURES, FEATURES):
                rows[n, f] = 0
            rows[n, SHARED_FEATURES] = relation
            n += 1
        compare(rows, begin, n)
        bounds[u + 1] = n


def reach_of(flags: Any, token: int, first: int, end: int) -> tuple[int, int]:
    """The tokens of the sentence between which its mentions count as near."""
    low, high = token - FARTHEST, min(token + FARTHEST, end)
    quotes = 0
    k = token - 1
    while k >= first and quotes < MAX_QUOTES:
        if flags[k] & F.QUOTE:
            quotes += 1
            if quotes == MAX_QUOTES:
                low = max(low, k)
        k -= 1
    quotes = 0
    k = token + 1
    while k < end and quotes < MAX_QUOTES:
        if flags[k] & F.QUOTE:
            quotes += 1
            if quotes == MAX_QUOTES:
                high = min(high, k)
        k += 1
    return low, high


def shared_features(flags: Any, a: int, b: int, cues: Any, c: int, c_end: int, units: Any, u: int, row: Any) -> None:
    """What every candidate of a segment shares. `a`, `b`: its sentence's tokens, `c`, `c_end`: the sentence's cues."""
    token = units[u, TOKEN]
    split = c
    while split < c_end and cues[split, FIRST] < token:
        split += 1
    for side in range(2):
        for f in range(4):
            row[4 * side + f] = 0
        row[4 * side] = 15
        near = split - 1 if side == 0 else split
        if near < c or near >= c_end:
            continue
        first, last = cues[near, FIRST], cues[near, LAST]
        row[4 * side] = min(token - last - 1 if side == 0 else first - token - 1, 20)
        row[4 * side + 1] = flags[last] >> F.CUE_SHIFT & 15
        row[4 * side + 2] = 3 if cues[near, FOLLOWS] else 2 if flags[last] & F.ENDS_ING else 1
        row[4 * side + 3] = flags[first - 1] >> F.CODE_SHIFT & 63 if first > a else 0
    quotes = 0
    for k in range(a, token):
        if flags[k] & F.QUOTE:
            quotes += 1
    before = flags[token - 1] if token > a else 0
    after = flags[token + 1] if token + 1 < b else 0
    nth = units[u, SENTENCE] - units[u, SENTENCE_FIRST]
    row[8] = min(units[u, WORDS], 40)
    row[9] = units[u, CAPITALS]
    row[10] = units[u, PERSON]
    row[11] = units[u, MARK_KIND]
    row[12] = before >> F.CUE_SHIFT & 15
    row[13] = after >> F.CUE_SHIFT & 15
    row[14] = units[u, LAST_MARK]
    row[15] = units[u, FIRST_CASE]
    row[16] = units[u, LENGTH]
    row[17] = before >> F.CODE_SHIFT & 63
    row[18] = flags[token - 2] >> F.CODE_SHIFT & 63 if token > a + 1 else 0
    row[19] = after >> F.CODE_SHIFT & 63
    row[20] = flags[token + 2] >> F.CODE_SHIFT & 63 if token + 2 < b else 0
    row[21] = min(token - a, 40)
    row[22] = min(b - token, 40)
    row[23] = min(units[u, NTH], 6)
    row[24] = min(units[u, SEGMENTS], 8)
    row[25] = min(quotes, 5)
    row[26] = units[u, DISTANCE]
    row[27] = units[u, SURROUNDED]
    row[28] = min(nth, 7)
    row[29] = min(units[u, SENTENCES] - nth, 7)
    row[30] = units[u, RULE]
    row[31] = min(split - c, 5)
    row[32] = min(c_end - split, 5)


def kind_of(flags: Any, mentions: Any, m: int) -> int:
    head = flags[mentions[m, LAST]]
    if mentions[m, KIND] == F.PRON:
        return max(1, head >> F.FORM_SHIFT & 7)
    if mentions[m, KIND] == F.NAME:
        if head & (F.ORGANISATION | F.MEDIUM):
            return 9
        if flags[mentions[m, FIRST]] & (F.TITLE | F.ROLE):
            return 8
        return 10 if mentions[m, FIRST] == mentions[m, LAST] else 11
    if head & F.UNNAMED:
        return 12
    if head & (F.ROLE | F.TITLE):
        return 13
    if head & F.GROUP:
        return 14
    if head & F.DOCUMENT:
        return 15
    return 16 if head & (F.MEDIUM | F.ORGANISATION) else 17


def own_features(
    flags: Any,
    firsts: Any,
    ends: Any,
    cues: Any,
    cue_bounds: Any,
    mentions: Any,
    mention_bounds: Any,
    s: int,
    m: int,
    token: int,
    relation: int,
    rule_mention: int,
    row: Any,
) -> None:
    """The candidate's own part of a row. `token` is where the segment stands, seen from the candidate's sentence `s`."""
    first, last, group_last = mentions[m, FIRST], mentions[m, LAST], mentions[m, GROUP_LAST]
    a, b = firsts[s], ends[s]
    if last < token:
        left, right = group_last + 1, token
    else:
        left, right = token + 1, first
    right = max(left, right)
    commas, stops, quotes, cue_words, best = 0, 0, 0, 0, 0
    for k in range(left, min(right, left + FARTHEST)):
        flag = flags[k]
        if flag & F.COMMA:
            commas += 1
        elif flag & F.QUOTE:
            quotes += 1
        elif flag & SEPARATOR:
            stops += 1
        elif flag & F.CUE and not flag & F.CAPITAL:
            cue_words += 1
        if flag & F.LETTER:
            best = max(best, flag >> F.CUE_SHIFT & 15)
    between = 0
    for k in range(mention_bounds[s], mention_bounds[s + 1]):
        if left <= mentions[k, FIRST] < right:
            between += 1
    # to the right of the mention: the first cue, small words and commas passed over
    k = group_last + 1
    gap_right, cue_right, weight_right, report_right, form, comma_seen = 15, 0, 0, 0, 0, 0
    while k < b and k < group_last + 16:
        flag = flags[k]
        if flag & F.QUOTE:
            break
        if flag & F.CUE and not flag & F.CAPITAL:
            gap_right = k - group_last - 1
            cue_right = 2 if comma_seen else 1
            weight_right, report_right = flag >> F.CUE_SHIFT & 15, flag >> F.REPORT_SHIFT & 15
            form = 2 if flag & F.ENDS_ING else 1
            break
        if flag & F.COMMA:
            comma_seen = 1
        k += 1
    subject = 1 if cue_right else 0
    for j in range(group_last + 1, min(k, b)):
        if not flags[j] & (F.ADVERB | F.AUXILIARY):
            subject = 0
            break
    apposition = 1 if cue_right == 2 and flags[group_last + 1] & BRACKET and flags[k - 1] & BRACKET_OR_SMALL else 0
    k = first - 1
    gap_left, weight_left = 15, 0
    while k >= a and k > first - 8:
        flag = flags[k]
        if flag & (F.QUOTE | F.STOP):
            break
        if flag & F.CUE and not flag & F.CAPITAL:
            gap_left, weight_left = first - 1 - k, flag >> F.CUE_SHIFT & 15
            break
        k -= 1
    comma_left = first - 1
    while comma_left >= a and comma_left > first - 16 and not flags[comma_left] & (F.COMMA | F.QUOTE | F.COLON | F.DASH):
        comma_left -= 1
    before = flags[first - 1] if first > a else 0
    n = SHARED_FEATURES
    row[n] = relation
    row[n + 1] = min(right - left, 40)
    row[n + 2] = min(between, 10)
    row[n + 3] = min(quotes, 4)
    row[n + 4] = min(commas, 6)
    row[n + 5] = min(stops, 4)
    row[n + 6] = kind_of(flags, mentions, m)
    row[n + 7] = mentions[m, ATTACHED]
    row[n + 8] = cue_right
    row[n + 9] = gap_right
    row[n + 10] = weight_right
    row[n + 11] = report_right
    row[n + 12] = gap_left
    row[n + 13] = weight_left
    row[n + 14] = best
    row[n + 15] = min(cue_words, 4)
    row[n + 16] = (1 if first == a else 0) + (2 if before & F.COMMA else 0)
    row[n + 17] = before >> F.CODE_SHIFT & 63
    row[n + 18] = flags[first - 2] >> F.CODE_SHIFT & 63 if first > a + 1 else 0
    row[n + 19] = flags[group_last + 1] >> F.CODE_SHIFT & 63 if group_last + 1 < b else 0
    row[n + 20] = flags[group_last + 2] >> F.CODE_SHIFT & 63 if group_last + 2 < b else 0
    row[n + 21] = 1 if rule_mention == first and relation <= SAME_AFTER else 0
    row[n + 22] = min(last - first, 10)
    row[n + 23] = min(m - mention_bounds[s], 10)
    row[n + 24] = min(mention_bounds[s + 1] - m, 10)
    row[n + 25] = 1 if flags[last] & F.POSSESSIVE else 0
    row[n + 26] = 1 if before & F.RELATIVE else 0
    row[n + 27] = apposition
    row[n + 28] = subject
    row[n + 29] = 1 if gap_left == 0 else 0
    row[n + 30] = min(cue_bounds[s + 1] - cue_bounds[s], 5)
    row[n + 31] = min(first - a, 30)
    row[n + 32] = min(first - 1 - comma_left, 15)
    row[n + 33] = 0
    row[n + 34] = 0
    row[n + 35] = form


def compare(rows: Any, begin: int, end: int) -> None:
    """Adds what the other candidates offer: how many subjects of a cue stand nearer, and the best weight among the others."""
    heaviest, next_heaviest, most = -1, 0, -1
    for i in range(begin, end):
        if rows[i, OWN_SUBJECT] or rows[i, OWN_FOLLOWS]:
            weight = int(rows[i, OWN_WEIGHT])
            if weight > heaviest:
                heaviest, next_heaviest, most = weight, max(heaviest, 0), i
            else:
                next_heaviest = max(next_heaviest, weight)
    if most < 0:
        return
    for i in range(begin, end):
        nearer = 0
        for j in range(begin, end):
            if (rows[j, OWN_SUBJECT] or rows[j, OWN_FOLLOWS]) and rows[j, OWN_GAP] < rows[i, OWN_GAP]:
                nearer += 1
        rows[i, OWN_BETTER] = min(nearer, 5)
        rows[i, OWN_BETTER + 1] = next_heaviest if i == most else heaviest
