"""The word lists of the languages, and the learned numbers of English."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from pipelines.quotes import content, indirect
from pipelines.quotes.attribution import CUE_NAMES
from pipelines.quotes.candidates import NAMES
from pipelines.quotes.decision import UNIT_NAMES
from pipelines.quotes.flags import CUE, FEMININE, GIVEN, MASCULINE, PRONOUN
from pipelines.quotes.pack import known_languages, load_pack
from pipelines.quotes.weights import load_weights

LANGUAGES = ["de", "en", "es", "fr", "ru", "uk"]


def test_the_packs_that_are_promised_are_there() -> None:
    assert known_languages() == LANGUAGES
    assert load_pack("xx") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_is_lower_case_and_has_what_extraction_needs(language: str) -> None:
    data = tomllib.loads(files("seeds").joinpath("quotes", f"{language}.toml").read_text(encoding="utf-8"))
    for table in ("cues", "pronouns", "words", "titles", "roles", "given_names"):
        for key, value in data[table].items():
            words = value.split() if isinstance(value, str) else [w for phrase in value for w in phrase.split()]
            assert words == [w.lower() for w in words], (table, key)
    pack = load_pack(language)
    assert pack is not None
    assert sum(1 for flag in pack.words.values() if flag & CUE) > 50
    assert any(flag & PRONOUN and flag & MASCULINE for flag in pack.words.values())
    assert any(flag & PRONOUN and flag & FEMININE for flag in pack.words.values())
    both = [w for w, f in pack.words.items() if f & GIVEN and f & MASCULINE and f & FEMININE]
    assert len(both) <= 3, both


def test_the_weights_are_those_of_these_features() -> None:
    weights = load_weights("en")
    assert weights is not None
    assert {name: list(forest.features) for name, forest in weights.forests.items()} == {
        "speaker": NAMES,
        "quote": UNIT_NAMES,
        "right": UNIT_NAMES,
        "cue": CUE_NAMES,
        "start": content.START_NAMES,
        "end": content.END_NAMES,
        "report": indirect.REPORT_NAMES,
        "report_start": indirect.BOUND_NAMES,
        "report_end": indirect.BOUND_NAMES,
    }
    pack = load_pack("en")
    assert pack is not None
    assert all(pack.words[word] & CUE for word in weights.cues), "a cue weight without a word of our own lists"
