"""Candidate speakers of the quoted segments of a batch, and what the ranker looks at: small whole numbers, 0 to 63, one row per candidate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.quotes.kernels import speaker_features
from pipelines.quotes.kernels import speakers as kernel
from pipelines.quotes.kernels.columns import Feature, Inside, names
from pipelines.quotes.kernels.speaker_features import (
    ABOVE,
    CARRY,
    CARRY_ABOVE,
    NOBODY_KIND,
    SAME_AFTER,
    SAME_BEFORE,
    Speaker,
)
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.segments import Unit
from pipelines.quotes.text.table import TokenTable
from pipelines.quotes.types import Mention
from pipelines.quotes.weights import Weights

__all__ = ["CARRY", "CARRY_ABOVE", "NAMES", "NOBODY_KIND", "SAME_AFTER", "SAME_BEFORE", "Candidate", "Offer", "offers"]

_TOGETHER = 1024  # segments whose rows are in memory at once
_LAST = {",": 1, ".": 2, "?": 3, "!": 4, "…": 5, "—": 6, "–": 6, "-": 6}


class Judged(Feature):
    """What tells, besides the row of the chosen candidate and what stands between the marks, whether a segment is a quotation and its speaker right."""

    BEST = 63, "the ranker's score of the candidate, see `level`"
    MARGIN = 63, "how far it is from the next one"
    NOBODY_BEST = 1, "whether nobody is the only candidate"


NAMES = names(Speaker)
UNIT_NAMES = [*NAMES, *names(Judged), *(f"inside_{name}" for name in names(Inside))]


class Candidate(NamedTuple):
    """A mention of paragraph `p` that may be the speaker; both are None for the carried-over speaker and for nobody."""

    relation: int
    p: Paragraph | None
    mention: Mention | None


class Offer(NamedTuple):
    """Candidates and rows of some units: those of unit u from `bounds[u]` to `bounds[u + 1]`, the last of which is nobody."""

    units: Sequence[Unit]
    bounds: list[int]
    candidates: NDArray[np.int64]
    rows: NDArray[np.uint8]
    table: TokenTable

    def candidate(self, row: int) -> Candidate:
        """Candidate number `row`."""
        u, relation, mention = self.candidates[row].tolist()
        if mention < 0:
            return Candidate(relation, None, None)
        p = self.units[u].above if relation == ABOVE else self.units[u].p
        assert p is not None
        return Candidate(relation, p, self.table.mention(mention))


def offers(units: Sequence[Unit], table: TokenTable) -> Iterator[Offer]:
    """The candidates of all units, some units at a time."""
    for at in range(0, len(units), _TOGETHER):
        some = units[at : at + _TOGETHER]
        described = np.array([_described(unit, table.lexicon.spoken) for unit in some], dtype=np.int64)
        bounds = np.zeros(len(some) + 1, dtype=np.int64)
        candidates = np.empty((len(some) * kernel.MAX_CANDIDATES, len(speaker_features.Candidate)), dtype=np.int64)
        rows = np.empty((len(candidates), kernel.FEATURES), dtype=np.uint8)
        table.kernels.speaker_rows(table.columns, described, bounds, candidates, rows, table.room_for_row(kernel.FEATURES))
        count = int(bounds[-1])
        yield Offer(some, bounds.tolist(), candidates[:count], rows[:count], table)


def _described(unit: Unit, spoken: frozenset[str]) -> tuple[int, ...]:
    """The row of `units` in `kernels.speaker_features` for one segment."""
    p, segment, rule = unit.p, unit.segment, unit.rule
    text = p.text
    nth = p.segment_of[unit.token] - p.table.first_segment(p)
    sentence = p.sentence_of[unit.token]
    if not segment.closed:
        last = 7
    else:
        last = _LAST.get(text[segment.inner_end - 1], 0)
        if not last and text[segment.end : segment.end + 1] == ",":
            last = 8
    first = text[segment.inner_start]
    above = -1
    if unit.above is not None and sentence == p.first_sentence and unit.above.end_sentence > unit.above.first_sentence:
        above = unit.above.end_sentence - 1
    return (
        unit.token,
        sentence,
        p.first_sentence,
        p.end_sentence - p.first_sentence,
        nth,
        len(p.line.segments),
        unit.distance,
        int(unit.colon_above) + 2 * int(unit.alone),
        rule.pattern,
        rule.mention.first if rule.mention is not None else -1,
        unit.carry,
        above,
        *_inside(text, segment.inner_start, segment.inner_end, spoken),
        min(3, '"“«'.find(text[segment.start]) + 1),
        last,
        1 if first.isupper() else 2 if first.islower() else 0,
        min(12, (segment.inner_end - segment.inner_start).bit_length()),
    )


def _inside(text: str, start: int, end: int, spoken: frozenset[str]) -> tuple[int, int, int]:
    """Of the quoted words: how many, the share that is capitalised in eighths, and whether they say I, we or you."""
    part = text[start : min(end, start + 300)]
    words = part.split()
    capitals = sum([w[0].isupper() for w in words])
    person = "’" in part or "'" in part or not spoken.isdisjoint(part.lower().split())
    return min(len(words), 40), 8 * capitals // max(1, len(words)), int(person)


class Choice(NamedTuple):
    """The row of the chosen candidate, probability that the segment is a quotation, and that this is its speaker."""

    row: int
    is_quote: float
    is_speaker: float


def best_rows(
    rows: NDArray[np.uint8], bounds: Sequence[int], scores: Sequence[float], units: Sequence[Unit]
) -> tuple[list[int], NDArray[np.uint8]]:
    """Per segment the row of the best candidate (the last, nobody, only where it is alone), and the row that judges it."""
    chosen: list[int] = []
    extra: list[tuple[int, ...]] = []
    for unit, (a, b) in zip(units, pairwise(bounds), strict=True):
        own = scores[a : b - 1]
        if not own:
            chosen.append(a)
            extra.append((0, 0, 1, *unit.inside))
            continue
        top = max(own)
        best = own.index(top)
        rest = max((*own[:best], *own[best + 1 :]), default=top - 8.0)
        chosen.append(a + best)
        extra.append((level(top), level(top - rest - 8.0), 0, *unit.inside))
    return chosen, np.hstack([rows[chosen], np.array(extra, dtype=np.uint8)])


def level(score: float) -> int:
    """A raw ranker score as a feature: 63 steps of .25 from -8 on."""
    return max(0, min(63, round((score + 8.0) * 4)))


def choose(offer: Offer, weights: Weights) -> list[Choice]:
    """One choice per segment."""
    chosen, judged = best_rows(offer.rows, offer.bounds, weights.forests["speaker"].scores(offer.rows).tolist(), offer.units)
    is_quote = weights.forests["quote"].chances(judged).tolist()
    is_speaker = weights.forests["right"].chances(judged).tolist()
    return [Choice(*choice) for choice in zip(chosen, is_quote, is_speaker, strict=True)]
