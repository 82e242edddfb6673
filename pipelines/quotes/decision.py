"""From candidates to attributions: the ranker chooses the speaker, two small forests say how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.quotes.candidates import NAMES, Offer
from pipelines.quotes.units import INSIDE, Unit
from pipelines.quotes.weights import Weights

UNIT_NAMES = [*NAMES, "best", "margin", "nobody_best", *(f"inside_{name}" for name in INSIDE)]


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
