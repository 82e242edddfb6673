"""Logistic weights: the sum of what each feature of a thing weighs. What the features are is for the caller to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Term(NamedTuple):
    """What a feature weighs, after its value was cut to `low` and `high` and divided by `scale`.

    >>> Term(2.0, low=0.0, high=9.0, scale=9.0).of(4.5), Term(2.0, low=0.0, high=9.0, scale=9.0).of(30)
    (1.0, 2.0)
    """

    weight: float
    low: float = float("-inf")
    high: float = float("inf")
    scale: float = 1.0

    def of(self, value: float) -> float:
        return self.weight * (min(max(value, self.low), self.high) / self.scale)


@dataclass(frozen=True)
class Linear:
    """`terms`: by feature."""

    terms: Mapping[str, Term]

    def score(self, values: Mapping[str, float]) -> float:
        """The log-odds of a thing with these values, which are of all features and no others."""
        if values.keys() != self.terms.keys():
            raise ValueError(f"features not weighed or not given: {', '.join(sorted(values.keys() ^ self.terms.keys()))}")
        terms = map(self.terms.__getitem__, values)
        return sum(
            [
                weight * ((low if value < low else high if value > high else value) / scale)
                for value, (weight, low, high, scale) in zip(values.values(), terms, strict=True)
            ]
        )
