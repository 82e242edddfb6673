"""How far the attributed clause reaches around a quoted segment: candidate starts and ends, and their rows of features."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np

from pipelines.quotes import flags as F
from pipelines.quotes.kernels.columns import Columns, Feature, caps, put_row


class Unit(IntEnum):
    """What the caller says of each segment. Tokens and kind are -1 where cue or mention lie in another sentence or are none."""

    TOKEN = 0
    BEGIN = 1  # of its sentence
    END = 2
    CUE_FIRST = 3
    CUE_LAST = 4
    MENTION_FIRST = 5
    MENTION_LAST = 6
    MENTION_GROUP_LAST = 7
    MENTION_KIND = 8
    FIRST_CASE = 9
    LAST_MARK = 10
    LENGTH = 11
    INNER_FIRST = 12
    INNER_LAST = 13
    INNER_AUXILIARIES = 14
    INNER_PRONOUNS = 15


class Start(Feature):
    """What tells whether the clause starts at a token. Weights are shares in 15ths, codes those of `lexicon`."""

    DISTANCE = 40, "tokens to the segment"
    CODE = 63, "the token"
    CODE_BEFORE = 63, "the one before"
    CODE_BEFORE_2 = 63, "and the one before that"
    FROM_CUE = 63, "tokens from the cue, 20 more, 63 where there is none"
    FROM_MENTION = 63, "and from the mention"
    CUE_SIDE = 2, "1 where the cue stands before the segment, 2 behind"
    MENTION_SIDE = 2, "and the mention"
    EDGE = 3, "1 where the sentence begins with it, 2 where it is the farthest one"
    QUOTES_BETWEEN = 4, "segments on the way"
    COMMAS_BETWEEN = 6, "commas"
    CUES_BETWEEN = 4, "and cues"
    CUE_WEIGHT_BEFORE = 15, "quotation weight of the token before"
    REPORT_WEIGHT_BEFORE = 15, "and its report weight"
    OWN_CUE_WEIGHT = 15, "quotation weight of the cue"
    OWN_REPORT_WEIGHT = 15, "and its report weight"
    FIRST_CASE = 2, "1 where the words between the marks begin with a capital, 2 with a small letter"
    LAST_MARK = 7, "how they end"
    LENGTH = 12, "bits of the number of their characters"
    BEFORE_SEGMENT = 63, "code of the token before the segment"
    AFTER_SEGMENT = 63, "and of the one behind"
    CAPITAL = 1, "whether the token has one"
    TOKENS_TO_EDGE = 40, "from the start of the sentence"
    MENTION_KIND = 3, "1 name, 2 pronoun, 3 noun"
    CUE_FORM = 2, "1 finite, 2 participle"
    MENTION_PART = 2, "1 where a mention begins with the token, 2 inside one"
    VERBS_BETWEEN = 3, "auxiliaries on the way"
    OPENERS_BETWEEN = 5, "words at which a mention ends"
    INNER_FIRST = 63, "code of the first token between the marks"
    INNER_LAST = 63, "and of the last"
    INNER_AUXILIARIES = 5, "how many are there"
    INNER_PRONOUNS = 5, "and how many that may speak"


class End(Feature):
    """What tells whether it ends with a token: the same seen to the other side, and where the clause starts."""

    DISTANCE = 40, "tokens from the segment"
    CODE = 63, "the token"
    CODE_BEFORE = 63, "the one behind"
    CODE_BEFORE_2 = 63, "and the next"
    FROM_CUE = 63, "tokens to the cue, 20 more, 63 where there is none"
    FROM_MENTION = 63, "and to the mention"
    CUE_SIDE = 2, "as of a start"
    MENTION_SIDE = 2, "as of a start"
    EDGE = 3, "1 where the sentence ends with it, 2 where it is the farthest one"
    QUOTES_BETWEEN = 4, "segments on the way"
    COMMAS_BETWEEN = 6, "commas"
    CUES_BETWEEN = 4, "and cues"
    CUE_WEIGHT_BEFORE = 15, "quotation weight of the token behind"
    REPORT_WEIGHT_BEFORE = 15, "and its report weight"
    OWN_CUE_WEIGHT = 15, "as of a start"
    OWN_REPORT_WEIGHT = 15, "as of a start"
    FIRST_CASE = 2, "as of a start"
    LAST_MARK = 7, "as of a start"
    LENGTH = 12, "as of a start"
    BEFORE_SEGMENT = 63, "as of a start"
    AFTER_SEGMENT = 63, "as of a start"
    CAPITAL = 1, "whether the token behind has one"
    TOKENS_TO_EDGE = 40, "to the end of the sentence"
    MENTION_KIND = 3, "as of a start"
    CUE_FORM = 2, "as of a start"
    MENTION_PART = 2, "of the token behind"
    VERBS_BETWEEN = 3, "auxiliaries on the way"
    OPENERS_BETWEEN = 5, "words at which a mention ends"
    INNER_FIRST = 63, "as of a start"
    INNER_LAST = 63, "as of a start"
    INNER_AUXILIARIES = 5, "as of a start"
    INNER_PRONOUNS = 5, "as of a start"
    START_DISTANCE = 40, "tokens from the start of the clause to the segment"
    START_CODE = 63, "code of the token before that start"
    START_IS_SEGMENT = 1, "whether it starts with the segment"


START_CAPS, END_CAPS = np.array(caps(Start)), np.array(caps(End))
NONE = 63  # distance to a cue or mention that is not there
NOUGHT = 20  # and the number that says 0, so that there are distances to either side
FARTHEST = 40  # tokens a content may reach to either side of the segment, unless it reaches the sentence's edge
MAX_QUOTES = 3  # other segments that a content may reach across
MAX_BOUNDS = FARTHEST + 1


def start_rows(t: Columns, parts: Any, units: Any, tokens: Any, bounds: Any, rows: Any, row: Any) -> None:
    """Tokens at which each content may start, the segment's own first, and their rows. `parts[k]`: 1 where a mention begins at token k, 2
    inside one, else 0. `row` is room for one."""
    flags = t.flags
    n = 0
    for u in range(len(units)):
        token, a = units[u, Unit.TOKEN], units[u, Unit.BEGIN]
        cue_last, mention = units[u, Unit.CUE_LAST], units[u, Unit.MENTION_GROUP_LAST]
        lowest = max(a, token - FARTHEST)
        quotes, commas, cue_words, verbs, openers = 0, 0, 0, 0, 0
        fill_shared(flags, units, u, row)
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
            row[Start.DISTANCE] = token - k
            row[Start.CODE] = flag >> F.CODE_SHIFT & 63
            row[Start.CODE_BEFORE] = before >> F.CODE_SHIFT & 63
            row[Start.CODE_BEFORE_2] = before_2 >> F.CODE_SHIFT & 63
            row[Start.FROM_CUE] = distance(k - 1 - cue_last, cue_last)
            row[Start.FROM_MENTION] = distance(k - 1 - mention, mention)
            row[Start.EDGE] = (1 if k == a else 0) + (2 if k == lowest else 0)
            row[Start.QUOTES_BETWEEN] = quotes
            row[Start.COMMAS_BETWEEN] = commas
            row[Start.CUES_BETWEEN] = cue_words
            row[Start.CUE_WEIGHT_BEFORE] = before >> F.CUE_SHIFT & 15
            row[Start.REPORT_WEIGHT_BEFORE] = before >> F.REPORT_SHIFT & 15
            row[Start.CAPITAL] = 1 if flag & F.CAPITAL else 0
            row[Start.TOKENS_TO_EDGE] = k - a
            row[Start.MENTION_PART] = parts[k]
            row[Start.VERBS_BETWEEN] = verbs
            row[Start.OPENERS_BETWEEN] = openers
            put_row(rows, n, row, START_CAPS)
            n += 1
        bounds[u + 1] = n


def end_rows(t: Columns, parts: Any, units: Any, starts: Any, tokens: Any, bounds: Any, rows: Any, row: Any) -> None:
    """Last tokens of each content (inclusive), the segment's own first, and their rows; `starts`: the starts already chosen."""
    flags = t.flags
    n = 0
    for u in range(len(units)):
        token, a, b, start = units[u, Unit.TOKEN], units[u, Unit.BEGIN], units[u, Unit.END], starts[u]
        cue_first, mention = units[u, Unit.CUE_FIRST], units[u, Unit.MENTION_FIRST]
        highest = min(b, token + 1 + FARTHEST)
        quotes, commas, cue_words, verbs, openers = 0, 0, 0, 0, 0
        fill_shared(flags, units, u, row)
        row[End.START_DISTANCE] = token - start
        row[End.START_CODE] = flags[start - 1] >> F.CODE_SHIFT & 63 if start > a else 0
        row[End.START_IS_SEGMENT] = 1 if start == token else 0
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
            closes = k + 1 == b or (k + 2 == b and flags[k + 1] & F.STOP != 0)
            tokens[n] = k
            row[End.DISTANCE] = k - token
            row[End.CODE] = flag >> F.CODE_SHIFT & 63
            row[End.CODE_BEFORE] = after >> F.CODE_SHIFT & 63
            row[End.CODE_BEFORE_2] = after_2 >> F.CODE_SHIFT & 63
            row[End.FROM_CUE] = distance(cue_first - 1 - k, cue_first)
            row[End.FROM_MENTION] = distance(mention - 1 - k, mention)
            row[End.EDGE] = (1 if closes else 0) + (2 if k == highest - 1 else 0)
            row[End.QUOTES_BETWEEN] = quotes
            row[End.COMMAS_BETWEEN] = commas
            row[End.CUES_BETWEEN] = cue_words
            row[End.CUE_WEIGHT_BEFORE] = after >> F.CUE_SHIFT & 15
            row[End.REPORT_WEIGHT_BEFORE] = after >> F.REPORT_SHIFT & 15
            row[End.CAPITAL] = 1 if after & F.CAPITAL else 0
            row[End.TOKENS_TO_EDGE] = b - k
            row[End.MENTION_PART] = parts[k + 1]
            row[End.VERBS_BETWEEN] = verbs
            row[End.OPENERS_BETWEEN] = openers
            put_row(rows, n, row, END_CAPS)
            n += 1
        bounds[u + 1] = n


def distance(tokens: int, other: int) -> int:
    """Tokens between a bound and another token, as a feature; `other` -1: there is none."""
    return NONE if other < 0 else max(0, min(NONE - 1, tokens + NOUGHT))


def fill_shared(flags: Any, units: Any, u: int, row: Any) -> None:
    """What every bound of a segment shares; starts and ends have it in the same places."""
    token, a, b = units[u, Unit.TOKEN], units[u, Unit.BEGIN], units[u, Unit.END]
    cue_first, cue_last, mention_last = units[u, Unit.CUE_FIRST], units[u, Unit.CUE_LAST], units[u, Unit.MENTION_LAST]
    row[Start.CUE_SIDE] = 0 if cue_first < 0 else 1 if cue_last < token else 2
    row[Start.MENTION_SIDE] = 0 if mention_last < 0 else 1 if mention_last < token else 2
    row[Start.OWN_CUE_WEIGHT], row[Start.OWN_REPORT_WEIGHT], row[Start.CUE_FORM] = 0, 0, 0
    if cue_last >= 0:
        row[Start.OWN_CUE_WEIGHT] = flags[cue_last] >> F.CUE_SHIFT & 15
        row[Start.OWN_REPORT_WEIGHT] = flags[cue_last] >> F.REPORT_SHIFT & 15
        row[Start.CUE_FORM] = 2 if flags[cue_last] & F.ENDS_ING else 1
    row[Start.FIRST_CASE] = units[u, Unit.FIRST_CASE]
    row[Start.LAST_MARK] = units[u, Unit.LAST_MARK]
    row[Start.LENGTH] = units[u, Unit.LENGTH]
    row[Start.BEFORE_SEGMENT] = flags[token - 1] >> F.CODE_SHIFT & 63 if token > a else 0
    row[Start.AFTER_SEGMENT] = flags[token + 1] >> F.CODE_SHIFT & 63 if token + 1 < b else 0
    row[Start.MENTION_KIND] = units[u, Unit.MENTION_KIND] + 1
    row[Start.INNER_FIRST] = units[u, Unit.INNER_FIRST]
    row[Start.INNER_LAST] = units[u, Unit.INNER_LAST]
    row[Start.INNER_AUXILIARIES] = units[u, Unit.INNER_AUXILIARIES]
    row[Start.INNER_PRONOUNS] = units[u, Unit.INNER_PRONOUNS]
