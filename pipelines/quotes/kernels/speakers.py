"""Candidate speakers of quoted segments, and the row of features of each. What the features are is declared in `speaker_features`."""

from __future__ import annotations

from typing import Any

import numpy as np

from pipelines.quotes import flags as F
from pipelines.quotes.kernels.columns import Columns, Cue, Mention, caps, put_row
from pipelines.quotes.kernels.speaker_features import (
    ABOVE,
    NEXT,
    NOBODY_KIND,
    PREVIOUS,
    PREVIOUS_2,
    SAME_AFTER,
    SAME_BEFORE,
    Candidate,
    Speaker,
    Unit,
)

CAPS = np.array(caps(Speaker))
CUE_BEFORE, CUE_AFTER = int(Speaker.CUE_BEFORE_GAP), int(Speaker.CUE_AFTER_GAP)
FEATURES = len(Speaker)
SHARED_FEATURES = int(Speaker.OWN_RELATION)
MAX_CANDIDATES = 64  # of one segment
FARTHEST = 70  # tokens from the segment within its sentence
MAX_QUOTES = 4  # segments between a mention and its quotation
MAX_PER_SIDE = 14  # mentions taken from one sentence on one side of the segment
SEPARATOR = F.STOP | F.COLON | F.DASH | F.PAREN
BRACKET = F.COMMA | F.DASH | F.PAREN
BRACKET_OR_SMALL = BRACKET | F.ADVERB | F.AUXILIARY


def speaker_rows(t: Columns, units: Any, bounds: Any, candidates: Any, rows: Any, row: Any) -> None:
    """Fills `candidates` and `rows`; those of unit u are from `bounds[u]` to `bounds[u + 1]`, nobody always the last. `row` is room for one."""
    flags, mentions = t.flags, t.mentions
    n = 0
    for u in range(len(units)):
        begin = n
        s, token = units[u, Unit.SENTENCE], units[u, Unit.TOKEN]
        shared_features(t, units, u, row)
        m, m_end = t.mention_bounds[s], t.mention_bounds[s + 1]
        cut = m
        while cut < m_end and mentions[cut, Mention.FIRST] < token:
            cut += 1
        low, high = reach_of(flags, token, t.firsts[s], t.stops[s])
        nth = s - units[u, Unit.SENTENCE_FIRST]
        for side in range(6):
            where, at, most, k, k_end = s, token, 0, 0, 0
            if side == 0:
                relation, k, k_end = SAME_BEFORE, max(m, cut - MAX_PER_SIDE), cut
            elif side == 1:
                relation, k, k_end = SAME_AFTER, cut, min(cut + MAX_PER_SIDE, m_end)
            elif side == 2 and nth > 0:
                relation, where, at, most = PREVIOUS, s - 1, t.firsts[s], MAX_PER_SIDE
            elif side == 3 and nth > 1:
                relation, where, at, most = PREVIOUS_2, s - 2, t.firsts[s], 4
            elif side == 4 and nth + 1 < units[u, Unit.SENTENCES]:
                relation, where, at, most = NEXT, s + 1, t.stops[s] - 1, 5
            elif side == 5 and units[u, Unit.ABOVE_SENTENCE] >= 0:
                where = units[u, Unit.ABOVE_SENTENCE]
                relation, at, most = ABOVE, t.stops[where], 8
            else:
                continue
            if side > 1:
                k = t.mention_bounds[where]
                k_end = min(k + most, t.mention_bounds[where + 1])
            for c in range(k, k_end):
                if (side == 0 and mentions[c, Mention.LAST] < low) or (side == 1 and mentions[c, Mention.FIRST] > high):
                    continue
                put_candidate(candidates, n, u, relation, c)
                own_features(t, where, c, at, relation, units[u, Unit.RULE_MENTION], row)
                put_row(rows, n, row, CAPS)
                n += 1
        for last in range(2):
            relation = units[u, Unit.HAS_BEFORE] if last == 0 else NOBODY_KIND
            if relation == 0:
                continue
            put_candidate(candidates, n, u, relation, -1)
            for f in range(SHARED_FEATURES, FEATURES):
                row[f] = 0
            row[Speaker.OWN_RELATION] = relation
            put_row(rows, n, row, CAPS)
            n += 1
        compare(rows, begin, n)
        bounds[u + 1] = n


def put_candidate(candidates: Any, n: int, unit: int, relation: int, mention: int) -> None:
    candidates[n, Candidate.UNIT], candidates[n, Candidate.RELATION], candidates[n, Candidate.MENTION] = unit, relation, mention


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


def shared_features(t: Columns, units: Any, u: int, row: Any) -> None:
    """What every candidate of a segment shares."""
    flags, cues = t.flags, t.cues
    token, s = units[u, Unit.TOKEN], units[u, Unit.SENTENCE]
    a, b, c, c_end = t.firsts[s], t.stops[s], t.cue_bounds[s], t.cue_bounds[s + 1]
    split = c
    while split < c_end and cues[split, Cue.FIRST] < token:
        split += 1
    for side in range(2):
        at = CUE_BEFORE if side == 0 else CUE_AFTER
        row[at], row[at + 1], row[at + 2], row[at + 3] = 15, 0, 0, 0
        near = split - 1 if side == 0 else split
        if near < c or near >= c_end:
            continue
        first, last = cues[near, Cue.FIRST], cues[near, Cue.LAST]
        row[at] = token - last - 1 if side == 0 else first - token - 1
        row[at + 1] = flags[last] >> F.CUE_SHIFT & 15
        row[at + 2] = 3 if cues[near, Cue.FOLLOWS] else 2 if flags[last] & F.ENDS_ING else 1
        row[at + 3] = flags[first - 1] >> F.CODE_SHIFT & 63 if first > a else 0
    quotes = 0
    for k in range(a, token):
        if flags[k] & F.QUOTE:
            quotes += 1
    before = flags[token - 1] if token > a else 0
    after = flags[token + 1] if token + 1 < b else 0
    nth = s - units[u, Unit.SENTENCE_FIRST]
    row[Speaker.INNER_WORDS] = units[u, Unit.WORDS]
    row[Speaker.INNER_CAPITALS] = units[u, Unit.CAPITALS]
    row[Speaker.INNER_PERSON] = units[u, Unit.PERSON]
    row[Speaker.MARK] = units[u, Unit.MARK_KIND]
    row[Speaker.BEFORE_WEIGHT] = before >> F.CUE_SHIFT & 15
    row[Speaker.AFTER_WEIGHT] = after >> F.CUE_SHIFT & 15
    row[Speaker.LAST_MARK] = units[u, Unit.LAST_MARK]
    row[Speaker.FIRST_CASE] = units[u, Unit.FIRST_CASE]
    row[Speaker.LENGTH] = units[u, Unit.LENGTH]
    row[Speaker.BEFORE] = before >> F.CODE_SHIFT & 63
    row[Speaker.BEFORE_2] = flags[token - 2] >> F.CODE_SHIFT & 63 if token > a + 1 else 0
    row[Speaker.AFTER] = after >> F.CODE_SHIFT & 63
    row[Speaker.AFTER_2] = flags[token + 2] >> F.CODE_SHIFT & 63 if token + 2 < b else 0
    row[Speaker.TOKENS_BEFORE] = token - a
    row[Speaker.TOKENS_AFTER] = b - token
    row[Speaker.NTH_SEGMENT] = units[u, Unit.NTH]
    row[Speaker.SEGMENTS] = units[u, Unit.SEGMENTS]
    row[Speaker.NTH_IN_SENTENCE] = quotes
    row[Speaker.DISTANCE] = units[u, Unit.DISTANCE]
    row[Speaker.ABOVE] = units[u, Unit.SURROUNDED]
    row[Speaker.SENTENCE] = nth
    row[Speaker.SENTENCES_AFTER] = units[u, Unit.SENTENCES] - nth
    row[Speaker.RULE] = units[u, Unit.RULE]
    row[Speaker.CUES_BEFORE] = split - c
    row[Speaker.CUES_AFTER] = c_end - split


def kind_of(flags: Any, mentions: Any, m: int) -> int:
    head = flags[mentions[m, Mention.LAST]]
    if mentions[m, Mention.KIND] == F.PRON:
        return max(1, head >> F.FORM_SHIFT & 7)
    if mentions[m, Mention.KIND] == F.NAME:
        if head & (F.ORGANISATION | F.MEDIUM):
            return 9
        if flags[mentions[m, Mention.FIRST]] & (F.TITLE | F.ROLE):
            return 8
        return 10 if mentions[m, Mention.FIRST] == mentions[m, Mention.LAST] else 11
    if head & F.UNNAMED:
        return 12
    if head & (F.ROLE | F.TITLE):
        return 13
    if head & F.GROUP:
        return 14
    if head & F.DOCUMENT:
        return 15
    return 16 if head & (F.MEDIUM | F.ORGANISATION) else 17


def own_features(t: Columns, s: int, m: int, token: int, relation: int, rule_mention: int, row: Any) -> None:
    """The candidate's own part of a row. `token` is where the segment stands, seen from the candidate's sentence `s`."""
    flags, mentions = t.flags, t.mentions
    first, last, group_last = mentions[m, Mention.FIRST], mentions[m, Mention.LAST], mentions[m, Mention.GROUP_LAST]
    a, b = t.firsts[s], t.stops[s]
    m_first, m_end = t.mention_bounds[s], t.mention_bounds[s + 1]
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
    for k in range(m_first, m_end):
        if left <= mentions[k, Mention.FIRST] < right:
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
    row[Speaker.OWN_RELATION] = relation
    row[Speaker.OWN_GAP] = right - left
    row[Speaker.OWN_BETWEEN] = between
    row[Speaker.OWN_QUOTES_BETWEEN] = quotes
    row[Speaker.OWN_COMMAS_BETWEEN] = commas
    row[Speaker.OWN_STOPS_BETWEEN] = stops
    row[Speaker.OWN_KIND] = kind_of(flags, mentions, m)
    row[Speaker.OWN_ATTACHED] = mentions[m, Mention.ATTACHED]
    row[Speaker.OWN_CUE_RIGHT] = cue_right
    row[Speaker.OWN_CUE_RIGHT_GAP] = gap_right
    row[Speaker.OWN_CUE_RIGHT_WEIGHT] = weight_right
    row[Speaker.OWN_CUE_RIGHT_REPORT] = report_right
    row[Speaker.OWN_CUE_LEFT_GAP] = gap_left
    row[Speaker.OWN_CUE_LEFT_WEIGHT] = weight_left
    row[Speaker.OWN_CUE_BETWEEN_WEIGHT] = best
    row[Speaker.OWN_CUES_BETWEEN] = cue_words
    row[Speaker.OWN_FIRST_IN_SENTENCE] = (1 if first == a else 0) + (2 if before & F.COMMA else 0)
    row[Speaker.OWN_CODE_BEFORE] = before >> F.CODE_SHIFT & 63
    row[Speaker.OWN_CODE_BEFORE_2] = flags[first - 2] >> F.CODE_SHIFT & 63 if first > a + 1 else 0
    row[Speaker.OWN_CODE_AFTER] = flags[group_last + 1] >> F.CODE_SHIFT & 63 if group_last + 1 < b else 0
    row[Speaker.OWN_CODE_AFTER_2] = flags[group_last + 2] >> F.CODE_SHIFT & 63 if group_last + 2 < b else 0
    row[Speaker.OWN_RULE_SAYS] = 1 if rule_mention == first and relation <= SAME_AFTER else 0
    row[Speaker.OWN_LENGTH] = last - first
    row[Speaker.OWN_RANK_LEFT] = m - m_first
    row[Speaker.OWN_RANK_RIGHT] = m_end - m
    row[Speaker.OWN_POSSESSIVE] = 1 if flags[last] & F.POSSESSIVE else 0
    row[Speaker.OWN_RELATIVE] = 1 if before & F.RELATIVE else 0
    row[Speaker.OWN_APPOSITION_CUE] = apposition
    row[Speaker.OWN_SUBJECT_OF_CUE] = subject
    row[Speaker.OWN_FOLLOWS_CUE] = 1 if gap_left == 0 else 0
    row[Speaker.OWN_CLAUSE_CUES] = t.cue_bounds[s + 1] - t.cue_bounds[s]
    row[Speaker.OWN_FROM_START] = first - a
    row[Speaker.OWN_FROM_COMMA] = first - 1 - comma_left
    row[Speaker.OWN_BETTER_NEAR], row[Speaker.OWN_BETTER_WEIGHT] = 0, 0
    row[Speaker.OWN_CUE_FORM] = form


def compare(rows: Any, begin: int, end: int) -> None:
    """Adds what the other candidates offer: how many subjects of a cue stand nearer, and the best weight among the others."""
    heaviest, next_heaviest, most = -1, 0, -1
    for i in range(begin, end):
        if rows[i, Speaker.OWN_SUBJECT_OF_CUE] or rows[i, Speaker.OWN_FOLLOWS_CUE]:
            weight = int(rows[i, Speaker.OWN_CUE_RIGHT_WEIGHT])
            if weight > heaviest:
                heaviest, next_heaviest, most = weight, max(heaviest, 0), i
            else:
                next_heaviest = max(next_heaviest, weight)
    if most < 0:
        return
    for i in range(begin, end):
        nearer = 0
        for j in range(begin, end):
            if (rows[j, Speaker.OWN_SUBJECT_OF_CUE] or rows[j, Speaker.OWN_FOLLOWS_CUE]) and rows[j, Speaker.OWN_GAP] < rows[
                i, Speaker.OWN_GAP
            ]:
                nearer += 1
        rows[i, Speaker.OWN_BETTER_NEAR] = min(nearer, CAPS[Speaker.OWN_BETTER_NEAR])
        rows[i, Speaker.OWN_BETTER_WEIGHT] = next_heaviest if i == most else heaviest
