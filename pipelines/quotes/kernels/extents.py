"""How far the attributed clause reaches around a quoted segment: candidate starts and ends, and their rows of features.

`parts[k]`: 1 where a mention begins at token k, 2 inside one, else 0.
"""

from __future__ import annotations

from typing import Any

from pipelines.quotes import flags as F

# columns of `units`: what the caller says of each segment; tokens and kind are -1 where cue or mention lie in another sentence or are none
(
    TOKEN,
    BEGIN,
    END,
    CUE_FIRST,
    CUE_LAST,
    MENTION_FIRST,
    MENTION_LAST,
    MENTION_GROUP_LAST,
    MENTION_KIND,
    FIRST_CASE,
    LAST_MARK,
    LENGTH,
    INNER_FIRST,
    INNER_LAST,
    INNER_AUXILIARIES,
    INNER_PRONOUNS,
) = range(16)
UNIT_COLUMNS = 16
FARTHEST = 40  # tokens a content may reach to either side of the segment, unless it reaches the sentence's edge
MAX_QUOTES = 3  # other segments that a content may reach across
MAX_BOUNDS = FARTHEST + 1
START_FEATURES = 32
END_FEATURES = 35


def start_rows(flags: Any, parts: Any, units: Any, tokens: Any, bounds: Any, rows: Any) -> None:
    """Tokens at which each content may start, the segment's own first, and their rows."""
    n = 0
    for u in range(len(units)):
        token, a = units[u, TOKEN], units[u, BEGIN]
        cue_last, mention = units[u, CUE_LAST], units[u, MENTION_GROUP_LAST]
        lowest = max(a, token - FARTHEST)
        quotes, commas, cue_words, verbs, openers = 0, 0, 0, 0, 0
        for k in range(token, lowest - 1, -1):
            flag = flags[k]
            if k < token:
                if flag & F.QUOTE:
                    quotes += 1
                    if quotes > MAX_QUOTES:
                        break
                elif flag & F.COMMA:
                    commas += 1
                elif flag & F.CUE and not flag & F.CAPITAL:
                    cue_words += 1
                if flag & F.AUXILIARY:
                    verbs += 1
                elif flag & F.BOUNDARY:
                    openers += 1
                if flag & F.PUNCTUATION and not flag & F.QUOTE:
                    continue
            before = flags[k - 1] if k > a else 0
            before_2 = flags[k - 2] if k > a + 1 else 0
            tokens[n] = k
            row = rows[n]
            row[0] = min(token - k, 40)
            row[1] = flag >> F.CODE_SHIFT & 63
            row[2] = before >> F.CODE_SHIFT & 63
            row[3] = before_2 >> F.CODE_SHIFT & 63
            # distances are given out with 20 added, 0 to 62
            row[4] = 63 if cue_last < 0 else max(0, min(62, k - cue_last + 19))
            row[5] = 63 if mention < 0 else max(0, min(62, k - mention + 19))
            row[8] = (1 if k == a else 0) + (2 if k == lowest else 0)
            row[9] = min(quotes, 4)
            row[10] = min(commas, 6)
            row[11] = min(cue_words, 4)
            row[12] = before >> F.CUE_SHIFT & 15
            row[13] = before >> F.REPORT_SHIFT & 15
            row[21] = 1 if flag & F.CAPITAL else 0
            row[22] = min(k - a, 40)
            row[25] = parts[k]
            row[26] = min(verbs, 3)
            row[27] = min(openers, 5)
            fill_shared(flags, units, u, row)
            n += 1
        bounds[u + 1] = n


def end_rows(flags: Any, parts: Any, units: Any, starts: Any, tokens: Any, bounds: Any, rows: Any) -> None:
    """Last tokens of each content (inclusive), the segment's own first, and their rows; `starts`: the starts already chosen."""
    n = 0
    for u in range(len(units)):
        token, a, b, start = units[u, TOKEN], units[u, BEGIN], units[u, END], starts[u]
        cue_first, mention = units[u, CUE_FIRST], units[u, MENTION_FIRST]
        highest = min(b, token + 1 + FARTHEST)
        quotes, commas, cue_words, verbs, openers = 0, 0, 0, 0, 0
        for k in range(token, highest):
            flag = flags[k]
            if k > token:
                if flag & F.QUOTE:
                    quotes += 1
                    if quotes > MAX_QUOTES:
                        break
                elif flag & F.COMMA:
                    commas += 1
                elif flag & F.CUE and not flag & F.CAPITAL:
                    cue_words += 1
                if flag & F.AUXILIARY:
                    verbs += 1
                elif flag & F.BOUNDARY:
                    openers += 1
                if flag & F.PUNCTUATION:
                    continue
            after = flags[k + 1] if k + 1 < b else 0
            after_2 = flags[k + 2] if k + 2 < b else 0
            tokens[n] = k
            row = rows[n]
            row[0] = min(k - token, 40)
            row[1] = flag >> F.CODE_SHIFT & 63
            row[2] = after >> F.CODE_SHIFT & 63
            row[3] = after_2 >> F.CODE_SHIFT & 63
            row[4] = 63 if cue_first < 0 else max(0, min(62, cue_first + 19 - k))
            row[5] = 63 if mention < 0 else max(0, min(62, mention + 19 - k))
            closes = k + 1 == b or (k + 2 == b and flags[k + 1] & F.STOP != 0)
            row[8] = (1 if closes else 0) + (2 if k == highest - 1 else 0)
            row[9] = min(quotes, 4)
            row[10] = min(commas, 6)
            row[11] = min(cue_words, 4)
            row[12] = after >> F.CUE_SHIFT & 15
            row[13] = after >> F.REPORT_SHIFT & 15
            row[21] = 1 if after & F.CAPITAL else 0
            row[22] = min(b - k, 40)
            row[25] = parts[k + 1]
            row[26] = min(verbs, 3)
            row[27] = min(openers, 5)
            fill_shared(flags, units, u, row)
            row[32] = min(token - start, 40)
            row[33] = flags[start - 1] >> F.CODE_SHIFT & 63 if start > a else 0
            row[34] = 1 if start == token else 0
            n += 1
        bounds[u + 1] = n


def fill_shared(flags: Any, units: Any, u: int, row: Any) -> None:
    """What every bound of a segment shares."""
    token, a, b = units[u, TOKEN], units[u, BEGIN], units[u, END]
    cue_first, cue_last, mention_last = units[u, CUE_FIRST], units[u, CUE_LAST], units[u, MENTION_LAST]
    row[6] = 0 if cue_first < 0 else 1 if cue_last < token else 2
    row[7] = 0 if mention_last < 0 else 1 if mention_last < token else 2
    row[14], row[15], row[24] = 0, 0, 0
    if cue_last >= 0:
        row[14] = flags[cue_last] >> F.CUE_SHIFT & 15
        row[15] = flags[cue_last] >> F.REPORT_SHIFT & 15
        row[24] = 2 if flags[cue_last] & F.ENDS_ING else 1
    row[16] = units[u, FIRST_CASE]
    row[17] = units[u, LAST_MARK]
    row[18] = units[u, LENGTH]
    row[19] = flags[token - 1] >> F.CODE_SHIFT & 63 if token > a else 0
    row[20] = flags[token + 1] >> F.CODE_SHIFT & 63 if token + 1 < b else 0
    row[23] = units[u, MENTION_KIND] + 1
    row[28] = units[u, INNER_FIRST]
    row[29] = units[u, INNER_LAST]
    row[30] = units[u, INNER_AUXILIARIES]
    row[31] = units[u, INNER_PRONOUNS]
