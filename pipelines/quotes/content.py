"""How far the attributed clause reaches around a quoted segment: candidate starts and ends, and what the ranker looks at."""

from __future__ import annotations

from typing import NamedTuple

from pipelines.quotes.mentions import Mention
from pipelines.quotes.pack import (
    CAPITAL,
    CODE_SHIFT,
    COLON,
    COMMA,
    COMPLEMENTIZER,
    CUE,
    CUE_SHIFT,
    DASH,
    LETTER,
    PUNCTUATION,
    QUOTE,
    STOP,
)
from pipelines.quotes.sentences import Paragraph

_FARTHEST = 40  # tokens a content may reach to either side of the segment, unless it reaches the sentence's edge
_MOST_QUOTES = 3  # other segments that a content may reach across
START_NAMES = [
    "distance",
    "code",
    "code_before",
    "code_before_2",
    "from_cue",
    "from_mention",
    "cue_side",
    "mention_side",
    "edge",
    "quotes_between",
    "commas_between",
    "cues_between",
    "cue_weight_before",
    "report_weight_before",
    "own_cue_weight",
    "own_report_weight",
    "first_case",
    "last_mark",
    "length",
    "before_segment",
    "after_segment",
    "capital",
    "tokens_to_edge",
    "mention_kind",
    "cue_form",
]
END_NAMES = [*START_NAMES, "start_distance", "start_code", "start_is_segment"]
_MARKS = {",": 1, ".": 2, "?": 3, "!": 4, "…": 5, "—": 6, "–": 6, "-": 6}


class Attributed(NamedTuple):
    """What content extraction takes: the segment's token, its sentence, the cue's tokens (-1: none) and the mention (None: elsewhere)."""

    p: Paragraph
    token: int
    first: int
    end: int
    cue_first: int
    cue_last: int
    mention: Mention | None


def _shared(a: Attributed) -> tuple[int, ...]:
    p, token = a.p, a.token
    segment = p.segments[p.segment[token]]
    text = p.text
    head = text[segment.inner_start]
    last = text[segment.inner_end - 1]
    return (
        1 if head.isupper() else 2 if head.islower() else 0,
        7 if not segment.closed else _MARKS.get(last, 0),
        min(12, (segment.inner_end - segment.inner_start).bit_length()),
        p.flags[token - 1] >> CODE_SHIFT & 63 if token > a.first else 0,
        p.flags[token + 1] >> CODE_SHIFT & 63 if token + 1 < a.end else 0,
    )


def _sides(a: Attributed) -> tuple[int, int, int, int, int, int]:
    cue = 0 if a.cue_first < 0 else 1 if a.cue_last < a.token else 2
    mention = 0 if a.mention is None else 1 if a.mention.last < a.token else 2
    weight = report = form = 0
    if a.cue_last >= 0:
        weight = a.p.flags[a.cue_last] >> CUE_SHIFT & 15
        report = a.p.flags[a.cue_last] >> CUE_SHIFT + 4 & 15
        form = 2 if a.p.words[a.cue_last].endswith("ing") else 1
    return cue, mention, weight, report, 0 if a.mention is None else a.mention.kind + 1, form


def start_rows(a: Attributed) -> tuple[list[int], list[tuple[int, ...]]]:
    """Tokens at which the content may start, the segment's own first, and their rows."""
    p, token = a.p, a.token
    flags = p.flags
    shared = _shared(a)
    cue_side, mention_side, weight, report, kind, form = _sides(a)
    # distances are given out with 20 added, 0 to 62
    cue_place, mention_place = a.cue_last - 19, a.mention.group_last - 19 if a.mention else 0
    lowest = max(a.first, token - _FARTHEST)
    tokens: list[int] = []
    rows: list[tuple[int, ...]] = []
    quotes = commas = cues = 0
    for k in range(token, lowest - 1, -1):
        flag = flags[k]
        if k < token:
            if flag & QUOTE:
                quotes += 1
                if quotes > _MOST_QUOTES:
                    break
            elif flag & COMMA:
                commas += 1
            elif flag & CUE and not flag & CAPITAL:
                cues += 1
            if flag & PUNCTUATION and not flag & QUOTE:
                continue
        before = flags[k - 1] if k > a.first else 0
        before_2 = flags[k - 2] if k > a.first + 1 else 0
        tokens.append(k)
        rows.append(
            (
                min(token - k, 40),
                flag >> CODE_SHIFT & 63,
                before >> CODE_SHIFT & 63,
                before_2 >> CODE_SHIFT & 63,
                63 if cue_side == 0 else max(0, min(62, k - cue_place)),
                63 if mention_side == 0 else max(0, min(62, k - mention_place)),
                cue_side,
                mention_side,
                int(k == a.first) + 2 * int(k == lowest),
                min(quotes, 4),
                min(commas, 6),
                min(cues, 4),
                before >> CUE_SHIFT & 15,
                before >> CUE_SHIFT + 4 & 15,
                weight,
                report,
                *shared,
                int(bool(flag & CAPITAL)),
                min(k - a.first, 40),
                kind,
                form,
            )
        )
    return tokens, rows


def end_rows(a: Attributed, start: int) -> tuple[list[int], list[tuple[int, ...]]]:
    """Last tokens of the content (inclusive), the segment's own first, and their rows; `start` is the start already chosen."""
    p, token = a.p, a.token
    flags = p.flags
    shared = _shared(a)
    cue_side, mention_side, weight, report, kind, form = _sides(a)
    cue_place, mention_place = a.cue_first + 19, a.mention.first + 19 if a.mention else 0
    highest = min(a.end, token + 1 + _FARTHEST)
    tokens: list[int] = []
    rows: list[tuple[int, ...]] = []
    quotes = commas = cues = 0
    start_code = flags[start - 1] >> CODE_SHIFT & 63 if start > a.first else 0
    for k in range(token, highest):
        flag = flags[k]
        if k > token:
            if flag & QUOTE:
                quotes += 1
                if quotes > _MOST_QUOTES:
                    break
            elif flag & COMMA:
                commas += 1
            elif flag & CUE and not flag & CAPITAL:
                cues += 1
            if flag & PUNCTUATION:
                continue
        after = flags[k + 1] if k + 1 < a.end else 0
        after_2 = flags[k + 2] if k + 2 < a.end else 0
        tokens.append(k)
        rows.append(
            (
                min(k - token, 40),
                flag >> CODE_SHIFT & 63,
                after >> CODE_SHIFT & 63,
                after_2 >> CODE_SHIFT & 63,
                63 if cue_side == 0 else max(0, min(62, cue_place - k)),
                63 if mention_side == 0 else max(0, min(62, mention_place - k)),
                cue_side,
                mention_side,
                int(k + 1 == a.end or (k + 2 == a.end and bool(flags[k + 1] & STOP))) + 2 * int(k == highest - 1),
                min(quotes, 4),
                min(commas, 6),
                min(cues, 4),
                after >> CUE_SHIFT & 15,
                after >> CUE_SHIFT + 4 & 15,
                weight,
                report,
                *shared,
                int(bool(after & CAPITAL)),
                min(a.end - k, 40),
                kind,
                form,
                min(token - start, 40),
                start_code,
                int(start == token),
            )
        )
    return tokens, rows


def rule_bounds(a: Attributed) -> tuple[int, int]:
    """First and last token of the content by rule: from the cue (or the sentence's start) as far as the sentence goes."""
    flags = a.p.flags
    first = last = a.token
    if a.cue_first >= 0 and a.cue_last < a.token:
        first = a.cue_last + 1
        if a.mention is not None and first <= a.mention.first < a.token:
            first = a.mention.group_last + 1
        while first < a.token and flags[first] & (COMMA | COLON | DASH):
            first += 1
        last = a.end - 1
    elif a.cue_first > a.token or (a.mention is not None and a.mention.first > a.token):
        first = a.first
        behind = [x for x in (a.cue_first, a.mention.first if a.mention else -1) if x > a.token]
        last = min(behind) - 1
    while last > a.token and flags[last] & (STOP | COMMA | COLON | DASH):
        last -= 1
    return first, last


def offsets(a: Attributed, first: int, last: int) -> tuple[int, int]:
    """Text offsets of the content: "that" and outer quotation marks left out, as the interface has them."""
    p = a.p
    while first < a.token and p.flags[first] & COMPLEMENTIZER and p.flags[first] & LETTER:
        first += 1
    segment = p.segments[p.segment[a.token]]
    start = p.starts[first] if p.segment[first] < 0 else p.segments[p.segment[first]].inner_start
    end = p.ends[last] if p.segment[last] < 0 else p.segments[p.segment[last]].inner_end
    return min(start, segment.inner_start), max(end, segment.inner_end)
