"""How sure a quote is: the chance that its words, its mention and the resolved name are all right.

What each part says of itself (the trees of a segment, the form of a reported clause, how a name was resolved) does not stand here; this weighs
them together. The numbers were fitted by `benchmarks/confidence.py` on the judged development sets, which no model was learned from.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from pipelines.quotes.attribution.reported import Form, Reported, Reporter

_LEAST, _MOST = 0.02, 0.98  # what no part goes below or above


class Weights(NamedTuple):
    """Of the log-odds of a part each: a constant, the words' and the name's."""

    constant: float
    words: float
    name: float


MARKED = Weights(0.0, 1.0, 1.0)
REPORTED = Weights(0.0, 1.0, 1.0)
# Share of right clauses by how they hang on their cue, on the judged development sets.
OF_FORM = {Form.THAT: 0.93, Form.QUESTION: 0.8, Form.BARE: 0.9, Form.SOURCE: 0.85, Form.BEFORE: 0.92, Form.AROUND: 0.8}
OF_REPORTER = {Reporter.BESIDE: 1.0, Reporter.APPOSED: 0.97, Reporter.BEHIND: 0.97, Reporter.FAR: 0.88}
NOBODY = 0.5  # certainty of a name where nobody is named


def of_marked(is_quote: float, is_speaker: float, name: float) -> float:
    """Of words in marks: whether they are a quote, whether the mention is their speaker, whether the name is the mention's."""
    return _joined(MARKED, is_quote * is_speaker, name)


def of_reported(item: Reported, name: float) -> float:
    """Of a clause without marks."""
    return _joined(REPORTED, OF_FORM[item.form] * OF_REPORTER[item.found], name)


def _joined(weights: Weights, words: float, name: float) -> float:
    odds = weights.constant + weights.words * _log_odds(words) + weights.name * _log_odds(name)
    return round(min(0.99, max(0.01, 1.0 / (1.0 + math.exp(-odds)))), 3)


def _log_odds(chance: float) -> float:
    bounded = min(_MOST, max(_LEAST, chance))
    return math.log(bounded / (1.0 - bounded))
