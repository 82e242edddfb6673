"""The learned numbers of English are those of the features that the code has."""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.attribution import extent, reported
from pipelines.quotes.attribution.order import CUE_NAMES
from pipelines.quotes.attribution.ranking import NAMES, UNIT_NAMES
from pipelines.quotes.lexicon import load_lexicon
from pipelines.quotes.weights import load_weights


def test_the_weights_are_those_of_these_features() -> None:
    weights = load_weights("en")
    assert weights is not None
    assert {name: list(forest.features) for name, forest in weights.forests.items()} == {
        "speaker": NAMES,
        "quote": UNIT_NAMES,
        "right": UNIT_NAMES,
        "cue": CUE_NAMES,
        "start": extent.START_NAMES,
        "end": extent.END_NAMES,
        "report": reported.REPORT_NAMES,
        "report_start": reported.BOUND_NAMES,
        "report_end": reported.BOUND_NAMES,
    }
    lexicon = load_lexicon("en")
    assert lexicon is not None
    assert all(lexicon.words[word] & F.CUE for word in weights.cues), "a cue weight without a word of our own lists"
