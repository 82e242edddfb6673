"""The language files of quotes: what is in them, and what is said of a wrong one."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from pipelines.lexicons import LexiconError, parse_language_file, read_language_file
from pipelines.quotes import flags as F
from pipelines.quotes.language_file import QuotesFile
from pipelines.quotes.lexicon import CODE_OF_FUNCTION, Lexicon, known_languages, load_lexicon
from pipelines.quotes.reading import load_language

LANGUAGES = ["cs", "de", "en", "es", "fr", "it", "pl", "pt", "ru", "uk"]
ONE_PRONOUN = {"fi", "hu", "tr"}  # one word for he and she


def test_the_languages_that_are_promised_are_there() -> None:
    assert set(LANGUAGES) <= set(known_languages())
    assert load_language("xx") is None
    with pytest.raises(LexiconError, match=r"xx.*known: "):
        load_lexicon("xx")


@pytest.mark.parametrize("language", known_languages())
def test_a_language_has_what_extraction_needs(language: str) -> None:
    words = load_lexicon(language).words
    assert sum(1 for flag in words.values() if flag & F.CUE) > 50
    genders = [any(flag & F.PRONOUN and flag & gender for flag in words.values()) for gender in (F.MASCULINE, F.FEMININE)]
    assert genders == [language not in ONE_PRONOUN] * 2
    both = [w for w, f in words.items() if f & F.GIVEN and f & F.MASCULINE and f & F.FEMININE]
    assert len(both) <= 3, both


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('[cues]\nstrnog = "said"', ["'cues.strnog'", "strong"]),
        ('[cue]\nstrong = "said"', ["'cue'", "cues"]),
        ('[cues]\nstrong = "Said"', ["cues.strong", "'Said'", "lower case"]),
        ('[cues]\npreceding = ["according to", " "]', ["cues.preceding", "empty phrase"]),
        ('[words]\nabbreviations = "mr u.s"', ["words.abbreviations", "'u.s'", "without its stop"]),
        ("[roles]\naged = '(\\d+'", ["roles.aged", "regular expression"]),
        ("[[regular_verbs]]\nending = '$'\nforms = ['', 's']", ["regular_verbs[0].forms"]),
        ('[[role_predicates]]\ndoes = "wrote"', ["'role_predicates[0].roles'", "missing"]),
        ('pronouns_tell_gender = "perhaps"', ["pronouns_tell_gender", "'perhaps'", "boolean"]),
        ('shared = ["cue"]', ["shared", "'cue'", "cues"]),
    ],
)
def test_a_wrong_file_is_told_with_key_and_what_is_allowed(text: str, parts: list[str]) -> None:
    with pytest.raises(LexiconError) as error:
        parse_language_file(text, "seeds/languages/xx/quotes.toml", QuotesFile)
    for part in ["seeds/languages/xx/quotes.toml", *parts]:
        assert part in str(error.value)


def empty_lists(table: BaseModel, place: str = "") -> list[str]:
    """The keys of an English file that have nothing in them."""
    found: list[str] = []
    for name in type(table).model_fields:
        value: Any = getattr(table, name)
        found += empty_lists(value, f"{place}{name}.") if isinstance(value, BaseModel) else [] if value else [place + name]
    return found


def test_every_key_is_used_by_some_language() -> None:
    unused = [set(empty_lists(read_language_file(language, "quotes", QuotesFile))) for language in known_languages()]
    assert set.intersection(*unused) == set()


def test_function_words_of_any_language_get_the_codes_that_the_trees_know() -> None:
    english = load_lexicon("en")
    assert english.flags("the") >> F.CODE_SHIFT & 63 == CODE_OF_FUNCTION["definite"] == 17
    assert english.flags("that") >> F.CODE_SHIFT & 63 == CODE_OF_FUNCTION["that"] == 8
    file = english.file.model_copy(update={"codes": english.file.codes.model_copy(update={"that": ("dass",)})})
    other = Lexicon("xx", file, english.names)
    assert other.flags("dass") >> F.CODE_SHIFT & 63 == 8
    assert other.flags("that") >> F.CODE_SHIFT & 63 != 8


def test_cue_weights_are_part_of_the_flags() -> None:
    lexicon = load_lexicon("en", {"said": (3, 9)})
    assert lexicon.flags("said") >> F.CUE_SHIFT & 15 == 3
    assert lexicon.flags("said") >> F.REPORT_SHIFT & 15 == 9
    assert load_lexicon("en").flags("said") >> F.CUE_SHIFT & 15 == 12, "a strong cue of which nothing was learned"
