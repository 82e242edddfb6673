"""The word lists of the languages, and the learned numbers of English."""

from __future__ import annotations

import random
import tomllib
from importlib.resources import files

import numpy as np
import pytest

from pipelines.quotes import flags as F
from pipelines.quotes.attribution import extent, reported
from pipelines.quotes.attribution.order import CUE_NAMES
from pipelines.quotes.attribution.ranking import NAMES, UNIT_NAMES
from pipelines.quotes.forest import VALUES, Forest
from pipelines.quotes.lexicon import known_languages, load_lexicon
from pipelines.quotes.weights import load_weights

LANGUAGES = ["de", "en", "es", "fr", "ru", "uk"]


def test_the_packs_that_are_promised_are_there() -> None:
    assert known_languages() == LANGUAGES
    assert load_lexicon("xx") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_is_lower_case_and_has_what_extraction_needs(language: str) -> None:
    data = tomllib.loads(files("seeds").joinpath("quotes", f"{language}.toml").read_text(encoding="utf-8"))
    for table in ("cues", "pronouns", "words", "titles", "roles", "given_names"):
        for key, value in data[table].items():
            words = value.split() if isinstance(value, str) else [w for phrase in value for w in phrase.split()]
            assert words == [w.lower() for w in words], (table, key)
    lexicon = load_lexicon(language)
    assert lexicon is not None
    assert sum(1 for flag in lexicon.words.values() if flag & F.CUE) > 50
    assert any(flag & F.PRONOUN and flag & F.MASCULINE for flag in lexicon.words.values())
    assert any(flag & F.PRONOUN and flag & F.FEMININE for flag in lexicon.words.values())
    both = [w for w, f in lexicon.words.items() if f & F.GIVEN and f & F.MASCULINE and f & F.FEMININE]
    assert len(both) <= 3, both


def test_the_weights_are_those_of_these_features() -> None:
    weights = load_weights("en")
    assert weights is not None
    assert weights.features == {
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


def test_the_weights_file_is_small_enough_to_review() -> None:
    assert len(files("seeds").joinpath("quotes", "en.weights.txt").read_bytes()) < 500_000


def _walk(tree: tuple[list[tuple[int, int, int, int]], list[float]], row: list[int]) -> float:
    nodes, leaves = tree
    at = 0
    while nodes:
        feature, threshold, left, right = nodes[at]
        at = left if row[feature] <= threshold else right
        if at < 0:
            return leaves[-1 - at]
    return leaves[0]


def _grow(rnd: random.Random, features: int, leaves: int) -> tuple[list[tuple[int, int, int, int]], list[float]]:
    nodes: list[list[int]] = []
    ends: list[float] = [rnd.uniform(-1, 1)]
    places: list[tuple[int, int]] = []  # (node, side) of each leaf
    while len(ends) < leaves:
        node = len(nodes)
        leaf = rnd.randrange(len(ends)) if nodes else 0
        if nodes:
            parent, side = places[leaf]
            nodes[parent][side] = node
        nodes.append([rnd.randrange(features), rnd.randrange(VALUES - 1), -1 - leaf, -1 - len(ends)])
        if nodes[:-1]:
            places[leaf] = (node, 2)
        else:
            places.append((node, 2))
        places.append((node, 3))
        ends.append(rnd.uniform(-1, 1))
    return [(a, b, c, d) for a, b, c, d in nodes], ends


def test_bit_masks_give_what_walking_the_trees_gives() -> None:
    rnd = random.Random(5)
    trees = [_grow(rnd, 7, rnd.choice([1, 2, 8, 16])) for _ in range(21)]
    rows = [[rnd.randrange(VALUES) for _ in range(7)] for _ in range(300)]
    expected = [sum(_walk(tree, row) for tree in trees) for row in rows]
    np.testing.assert_allclose(Forest(7, trees).scores(rows), expected, rtol=1e-12, atol=1e-12)
