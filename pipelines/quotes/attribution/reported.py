"""Reported clauses without quotation marks: "She said that the bridge was safe", "The bridge is safe, she said"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.extent import Choices, room_for
from pipelines.quotes.kernels import reports as kernel
from pipelines.quotes.lexicon import Lexicon
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.segments import LINE, Unit
from pipelines.quotes.text.table import TokenTable
from pipelines.quotes.types import Cue, Mention
from pipelines.quotes.weights import BY_RULE, Weights

SHORTEST_CLAUSE = 8  # characters
_TOGETHER = 1024  # reports whose bounds are in memory at once
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


@dataclass(slots=True)
class Reported:
    """A reported clause: text offsets, its cue and who reports, in tokens of `p`."""

    p: Paragraph
    cue: Cue
    mention: Mention
    start: int
    end: int
    certainty: float


def paragraphs_to_scan(text: str, units: Sequence[Unit], lexicon: Lexicon) -> list[Paragraph]:
    """Paragraphs that hold a word which reports; those with marks as they were read already."""
    known = {u.p.starts[0]: u.p for u in units}
    found = []
    trigger = lexicon.reporting_tokens()
    for match in LINE.finditer(text):
        line = match.group()
        if trigger.isdisjoint(line.split()):
            continue
        start = match.end() - len(line.lstrip())
        p = known.get(start)
        found.append(p if p is not None else Paragraph(text, start, match.start() + len(line.rstrip()), [], lexicon))
    return [p for p in found if p.words]


def possible_reports(scanned: Sequence[Paragraph], table: TokenTable) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Every cue of the paragraphs that may govern a clause (columns in `kernels.reports`), and what the forest looks at."""
    sentences = [p.first_sentence + s for p in scanned for s in range(len(p.sentences))]
    nths = [s for p in scanned for s in range(len(p.sentences))]
    most = int(sum(table.cue_bounds[p.first_sentence + len(p.sentences)] - table.cue_bounds[p.first_sentence] for p in scanned))
    reports = np.empty((most, kernel.REPORT_COLUMNS), dtype=np.int64)
    rows = np.empty((most, kernel.REPORT_FEATURES), dtype=np.uint8)
    count = table.kernels.reports_of(
        table.flags, np.array(sentences, dtype=np.int64), np.array(nths, dtype=np.int64), *table.tables()[1:], reports, rows
    )
    return reports[:count], rows[:count]


def first_choices(reports: NDArray[np.int64], table: TokenTable) -> Choices:
    """Where the clause of each report may begin."""
    tokens, bounds, rows = room_for(len(reports), kernel.MAX_STARTS, kernel.BOUND_FEATURES)
    table.kernels.first_bounds(table.flags, table.firsts, table.ends, table.cues, table.mentions, reports, tokens, bounds, rows)
    return Choices(tokens[: bounds[-1]], bounds.tolist(), rows[: bounds[-1]])


def last_choices(reports: NDArray[np.int64], starts: Sequence[int], table: TokenTable) -> Choices:
    """The last tokens that the clause of each report may have, given its first (-1: none)."""
    tokens, bounds, rows = room_for(len(reports), kernel.MAX_BOUNDS, kernel.BOUND_FEATURES)
    given = np.array(starts, dtype=np.int64)
    table.kernels.last_bounds(
        table.flags, table.firsts, table.ends, table.cues, table.mentions, reports, given, tokens, bounds, rows
    )
    return Choices(tokens[: bounds[-1]], bounds.tolist(), rows[: bounds[-1]])


def find_reported(scanned: Sequence[Paragraph], table: TokenTable, weights: Weights | None) -> Iterator[Reported]:
    """The reported clauses of the paragraphs, in their order."""
    reports, rows = possible_reports(scanned, table)
    learned = weights is not None and "report" in weights.forests
    chances = weights.forests["report"].chances(rows) if weights is not None and learned else _by_rule(rows)
    threshold = (weights.thresholds if weights is not None else BY_RULE)["report"]
    sure = np.nonzero((chances >= threshold) & (reports[:, kernel.REPORTER] >= 0))[0]
    for at in range(0, len(sure), _TOGETHER):
        chosen = sure[at : at + _TOGETHER]
        some = reports[chosen]
        firsts = first_choices(some, table)
        starts = firsts.best(weights.forests["report_start"]) if weights is not None and learned else _given(firsts, 0)
        lasts = last_choices(some, starts, table)
        ends = lasts.best(weights.forests["report_end"]) if weights is not None and learned else _given(lasts, -1)
        for (cue, sentence, reporter, _), chance, first, last in zip(
            some.tolist(), chances[chosen].tolist(), starts, ends, strict=True
        ):
            if first < 0 or last < first:
                continue
            p = table.paragraphs[table.paragraph_of[sentence]]
            start, end = clause_offsets(p, first - p.base, last - p.base)
            if end - start >= SHORTEST_CLAUSE:
                yield Reported(p, table.cue(cue), table.mention(reporter), start, end, chance)


def _given(choices: Choices, index: int) -> list[int]:
    """The first or last token of each item, -1 where it has none."""
    tokens = choices.tokens.tolist()
    return [tokens[a:b][index] if a < b else -1 for a, b in zip(choices.bounds, choices.bounds[1:], strict=False)]


_FORM, _STRONG, _SIDE, _GAP, _QUOTES, _THAT = (
    REPORT_NAMES.index(name) for name in ("form", "strong", "subject", "subject_gap", "quotes", "that_follows")
)


def _by_rule(rows: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Without learned weights: .8 where a strong cue touches its subject and "that" or "according to" makes the clause plain, else 0."""
    plain = (rows[:, _THAT] <= 1) | (rows[:, _FORM] == 3)
    sure = plain & (rows[:, _STRONG] > 0) & (rows[:, _SIDE] > 0) & (rows[:, _GAP] <= 2) & (rows[:, _QUOTES] == 0)
    return np.where(sure, 0.8, 0.0)


def overlap(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the ascending `spans` overlaps `start, end`."""
    k = bisect_right(spans, (end,)) - 1
    return any(spans[j][1] > start and spans[j][0] < end for j in range(k, max(-1, k - 3), -1))


def apart(found: list[Reported]) -> list[Reported]:
    """No two clauses that overlap: the likelier stays."""
    kept: list[Reported] = []
    for item in sorted(found, key=lambda r: (r.start, -r.certainty)):
        if kept and item.start < kept[-1].end:
            if item.certainty > kept[-1].certainty:
                kept[-1] = item
            continue
        kept.append(item)
    return kept


def clause_offsets(p: Paragraph, first: int, last: int) -> tuple[int, int]:
    """Text offsets of the clause, "that" and the day right behind the cue left out."""
    while first < last and p.flags[first] & (F.COMPLEMENTIZER | F.DAY | F.COMMA) and not p.flags[first] & F.QUOTE:
        first += 1
    return p.starts[first], p.ends[last]
