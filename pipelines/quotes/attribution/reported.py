"""Reported clauses without quotation marks: "She said that the bridge was safe", "The bridge is safe, she said"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.quotes import flags as F
from pipelines.quotes.attribution.choices import Choices
from pipelines.quotes.attribution.clauses import find_clauses
from pipelines.quotes.kernels import reports as kernel
from pipelines.quotes.kernels.columns import names
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.table import TokenTable
from pipelines.quotes.types import Cue, Mention
from pipelines.quotes.weights import BY_RULE, Weights

SHORTEST_CLAUSE = 8  # characters
_TOGETHER = 1024  # reports whose bounds are in memory at once
REPORT_NAMES, BOUND_NAMES = names(kernel.Reporting), names(kernel.Bound)
_CHUNK = re.compile(r"\S+")


@dataclass(slots=True)
class Reported:
    """A reported clause: text offsets, its cue (None: it goes on from the sentence before) and who reports (None: no word names them), in tokens
    of `p`."""

    p: Paragraph
    cue: Cue | None
    mention: Mention | None
    start: int
    end: int
    certainty: float


def paragraphs_to_scan(table: TokenTable) -> list[Paragraph]:
    """The paragraphs that hold a word which reports, standing by itself between blanks or before a mark."""
    trigger = table.lexicon.reporting_tokens()
    scanned: dict[int, bool] = {}  # of paragraphs with a reporting token
    for token, index in table.places_of(F.REPORTING):
        if not scanned.get(index):
            p = table.paragraphs[index]
            start = p.starts[token]
            chunk = _CHUNK.match(p.text, start)
            begins = start == p.line.start or p.text[start - 1].isspace()
            scanned[index] = begins and chunk is not None and chunk.group() in trigger
    paragraphs = [table.paragraphs[index] for index in scanned]
    # where no token does, a word between quotation marks may still stand so
    return [
        p
        for p, found in zip(paragraphs, scanned.values(), strict=True)
        if p.line.nth >= 0 and (found or not trigger.isdisjoint(p.text[p.line.start : p.line.end].split()))
    ]


def possible_reports(scanned: Sequence[Paragraph], table: TokenTable) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Every cue of the paragraphs that may govern a clause (columns `kernels.reports.Report`), and what the forest looks at."""
    sentences = [s for p in scanned for s in range(p.first_sentence, p.end_sentence)]
    nths = [s - p.first_sentence for p in scanned for s in range(p.first_sentence, p.end_sentence)]
    most = sum(map(table.cues_of, scanned))
    reports = np.empty((most, len(kernel.Report)), dtype=np.int64)
    rows = np.empty((most, len(kernel.Reporting)), dtype=np.uint8)
    count = table.kernels.reports_of(
        table.columns,
        np.array(sentences, dtype=np.int64),
        np.array(nths, dtype=np.int64),
        reports,
        rows,
        table.room_for_row(len(kernel.Reporting)),
    )
    return reports[:count], rows[:count]


def first_choices(reports: NDArray[np.int64], table: TokenTable) -> Choices:
    """Where the clause of each report may begin."""
    tokens, bounds, rows = Choices.room_for(len(reports), kernel.MAX_STARTS, len(kernel.Bound))
    table.kernels.first_bounds(table.columns, reports, tokens, bounds, rows, table.room_for_row(len(kernel.Bound)))
    return Choices(tokens[: bounds[-1]], bounds.tolist(), rows[: bounds[-1]])


def last_choices(reports: NDArray[np.int64], starts: Sequence[int], table: TokenTable) -> Choices:
    """The last tokens that the clause of each report may have, given its first (-1: none)."""
    tokens, bounds, rows = Choices.room_for(len(reports), kernel.MAX_BOUNDS, len(kernel.Bound))
    given = np.array(starts, dtype=np.int64)
    table.kernels.last_bounds(table.columns, reports, given, tokens, bounds, rows, table.room_for_row(len(kernel.Bound)))
    return Choices(tokens[: bounds[-1]], bounds.tolist(), rows[: bounds[-1]])


def find_reported(scanned: Sequence[Paragraph], table: TokenTable, weights: Weights | None) -> Iterator[Reported]:
    """The reported clauses of the paragraphs, in their order."""
    reports, rows = possible_reports(scanned, table)
    learned = weights is not None and "report" in weights.forests
    chances = weights.forests["report"].chances(rows) if weights is not None and learned else _by_rule(rows)
    threshold = (weights.thresholds if weights is not None else BY_RULE)["report"]
    sure = np.nonzero((chances >= threshold) & (reports[:, kernel.Report.REPORTER] >= 0))[0]
    for at in range(0, len(sure), _TOGETHER):
        chosen = sure[at : at + _TOGETHER]
        some = reports[chosen]
        firsts = first_choices(some, table)
        starts = firsts.best(weights.forests["report_start"]) if weights is not None and learned else firsts.given(0)
        lasts = last_choices(some, starts, table)
        ends = lasts.best(weights.forests["report_end"]) if weights is not None and learned else lasts.given(-1)
        for (cue, sentence, reporter, _), chance, first, last in zip(
            some.tolist(), chances[chosen].tolist(), starts, ends, strict=True
        ):
            if first < 0 or last < first:
                continue
            p = table.paragraph_of(sentence)
            start, end = clause_offsets(p, first, last)
            if end - start >= SHORTEST_CLAUSE:
                yield Reported(p, table.cue(cue), table.mention(reporter), start, end, chance)


def by_grammar(scanned: Sequence[Paragraph], table: TokenTable, said: Mapping[int, Mention]) -> Iterator[Reported]:
    """The reported clauses of a language that follows the weights of another. `said`: see `find_clauses`."""
    for clue in find_clauses(scanned, table, said):
        start, end = clause_offsets(clue.p, clue.first, clue.last)
        if end - start >= SHORTEST_CLAUSE:
            yield Reported(clue.p, clue.cue, clue.mention, start, end, clue.certainty)


def _by_rule(rows: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Without learned weights: .8 where a strong cue touches its subject and "that" or "according to" makes the clause plain, else 0."""
    plain = (rows[:, kernel.Reporting.THAT_FOLLOWS] <= 1) | (rows[:, kernel.Reporting.FORM] == 3)
    sure = (
        plain
        & (rows[:, kernel.Reporting.STRONG] > 0)
        & (rows[:, kernel.Reporting.SUBJECT] > 0)
        & (rows[:, kernel.Reporting.SUBJECT_GAP] <= 2)
        & (rows[:, kernel.Reporting.QUOTES] == 0)
    )
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
