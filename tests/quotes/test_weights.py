"""The learned numbers of English are those of the features and of the words that the code has."""

from __future__ import annotations

from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import load_lexicon
from pipelines.quotes.weights import load_weights
from tests.quotes.test_features import FEATURES


def test_the_forests_were_learned_from_these_features() -> None:
    weights = load_weights("en")
    assert weights is not None
    assert {name: list(forest.features) for name, forest in weights.forests.items()} == FEATURES


def test_every_cue_weight_is_of_a_word_of_our_own_lists() -> None:
    weights = load_weights("en")
    assert weights is not None
    words = load_lexicon("en").words
    assert [word for word in weights.cues if not words.get(word, 0) & F.CUE] == []
