"""From candidates to attributions: the ranker chooses the speaker, two small forests say how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.quotes.candidates import NAMES, Candidate
from pipelines.quotes.weights import Weights

UNIT_NAMES = [*NAMES, "best", "margin", "nobody_best"]


class Choice(NamedTuple):
    """Index of the chosen candidate, probability that the segment is a quotation, and that this is its speaker."""

    candidate: int
    is_quote: float
    is_speaker: float


def best_rows(rows: Sequence[Sequence[tuple[int, ...]]], scores: NDArray[np.float64]) -> tuple[list[int], list[tuple[int, ...]]]:
    """Per segment the best candidate (the last, nobody, only where it is alone), and the row that judges it."""
    chosen: list[int] = []
    judged: list[tuple[int, ...]] = []
    at = 0
    for group in rows:
        count = len(group)
        own = scores[at : at + count]
        at += count
        if count == 1:
            chosen.append(0)
            judged.append((*group[0], 0, 0, 1))
            continue
        best = int(np.argmax(own[:-1]))
        rest = max((float(own[i]) for i in range(count - 1) if i != best), default=float(own[best]) - 8.0)
        judged.append((*group[best], level(float(own[best])), level(float(own[best]) - rest - 8.0), 0))
        chosen.append(best)
    return chosen, judged


def level(score: float) -> int:
    """A raw ranker score as a feature: 63 steps of .25 from -8 on."""
    return max(0, min(63, round((score + 8.0) * 4)))


def sigmoid(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Raw tree sums of a binary forest as probabilities."""
    out: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-values))
    return out


def choose(candidates: Sequence[Sequence[Candidate]], rows: Sequence[Sequence[tuple[int, ...]]], weights: Weights) -> list[Choice]:
    """One choice per segment."""
    flat = [row for group in rows for row in group]
    if not flat:
        return []
    chosen, judged = best_rows(rows, weights.forests["speaker"].scores(flat))
    table = np.asarray(judged, dtype=np.int64)
    is_quote = sigmoid(weights.forests["quote"].scores(table))
    is_speaker = sigmoid(weights.forests["right"].scores(table))
    return [Choice(best, float(q), float(s)) for best, q, s in zip(chosen, is_quote, is_speaker, strict=True)]
