"""Language files: what is wrong in one is said with file, key, value and what is allowed."""

from typing import Literal

import pytest

from pipelines.lexicons import LanguageFile, LexiconError, Pattern, Words, languages_with, parse_language_file, read_language_file


class Rule(LanguageFile):
    name: str
    pattern: Pattern
    where: Literal["any", "edge"] = "any"


class Example(LanguageFile):
    months: Words = ()
    rule: tuple[Rule, ...] = ()


GOOD = 'months = "jan feb"\n[[rule]]\nname = "a"\npattern = "x+"\n'


def test_words_stand_in_one_string_or_in_a_list():
    assert parse_language_file('months = "jan feb"', "x", Example) == parse_language_file('months = ["jan", "feb"]', "x", Example)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mnths = 'jan'", ["seeds/languages/xx/words.toml", "'mnths'", "months, rule"]),
        (GOOD + "where = 'egde'", ["rule[0].where", "'egde'", "'any' or 'edge'"]),
        (GOOD + "wehre = 'edge'", ["'rule[0].wehre'", "name, pattern, where"]),
        ("[[rule]]\nname = 'a'\npattern = '(x'", ["rule[0].pattern", "'(x'", "regular expression"]),
        ("[[rule]]\nname = 'a'", ["'rule[0].pattern'", "missing"]),
        ("months = 3", ["months", "3"]),
        ("months = ", ["no TOML"]),
    ],
)
def test_an_error_names_file_key_value_and_what_is_allowed(text, told):
    with pytest.raises(LexiconError) as error:
        parse_language_file(text, "seeds/languages/xx/words.toml", Example)
    for part in told:
        assert part in str(error.value)


def test_a_language_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(LexiconError, match="'xx'.*known: .*seeds/languages/xx/words.toml"):
        read_language_file("xx", "words", Example)


def test_every_folder_is_known_by_its_files():
    assert isinstance(languages_with("words"), tuple)
