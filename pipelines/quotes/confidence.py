"""How sure a row is: the chance that its words, its mention and the resolved name are all right.

The weights stand in seeds/models/quotes.confidence.txt, `benchmarks/training/confidence.py` fits them. How likely a segment is a quotation
and who may speak it is said elsewhere (`attribution.ranking`), and how a name was found too (`people`): this weighs them together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from pipelines.learned.model import load_model
from pipelines.quotes.attribution.reported import Form, Reported
from pipelines.quotes.text.segments import Unit
from pipelines.quotes.types import How, Speaker

MODEL, ROW = "quotes.confidence", "row"  # the model, and its weights
_LEAST, _MOST = 0.01, 0.99
_LEAST_WORDS, _MOST_WORDS = 0.05, 0.98  # of a chance before its log-odds are taken
_PLAIN = frozenset((How.FULL, How.SURNAME, How.ALONE, How.HELD))
_OF_GUESS = 0.85  # of the chance by its evidence, where it is open who else a role may mean (benchmarks/training/confidence.py has too few to weigh)
_EVIDENCE = ("words", "clause", "long_way", "body", "own_words", "pronoun", "rival", "unclear")  # in this order
_BY_NAME = {How.BODY: "body", How.WORDS: "own_words", How.PRONOUN: "pronoun"}


def of_segment(unit: Unit, speaker: Speaker | None) -> dict[str, float]:
    """The evidence for words in marks."""
    chance = min(_MOST_WORDS, max(_LEAST_WORDS, unit.is_quote * unit.is_speaker))
    return _evidence(speaker) | {"words": math.log(chance / (1.0 - chance))}


def of_clause(item: Reported, speaker: Speaker | None) -> dict[str, float]:
    """The evidence for a clause without marks."""
    return _evidence(speaker) | {"clause": 1.0, "long_way": float(item.form in (Form.THAT, Form.SOURCE))}


def _evidence(speaker: Speaker | None) -> dict[str, float]:
    """What says how sure the name is: all 0 where it stands at the cue, or where one person of the text has it."""
    found = dict.fromkeys(_EVIDENCE, 0.0)
    how = How.NOBODY if speaker is None else speaker.how
    if how in _BY_NAME:
        found[_BY_NAME[how]] = 1.0
    elif how not in _PLAIN:
        found["unclear"] = 1.0
    if speaker is not None and how is How.PRONOUN:
        found["rival"] = 1.0 - min(1.0, max(0.0, speaker.lead))
    return found


def certainty(speaker: Speaker | None) -> float:
    """What is left of the chance where the name is a guess."""
    return _OF_GUESS if speaker is not None and speaker.how is How.GUESS else 1.0


def chance(evidence: Mapping[str, float]) -> float:
    """The confidence of a row with this evidence, three digits."""
    return _chance_of(tuple(evidence.values()))


@lru_cache(maxsize=4096)
def _chance_of(values: tuple[float, ...]) -> float:
    """Kept, since most clauses have the same evidence."""
    odds = load_model(MODEL).weights[ROW].score({"constant": 1.0, **dict(zip(_EVIDENCE, values, strict=True))})
    return round(min(_MOST, max(_LEAST, 1.0 / (1.0 + math.exp(-odds)))), 3)
