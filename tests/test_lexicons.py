"""Language files: what is wrong in one is said with file, key, value and what is allowed."""

from typing import Literal

import pytest

from pipelines.lexicons import (
    LanguageFile,
    LanguageTable,
    LexiconError,
    Pattern,
    Words,
    files_for_pages,
    languages_with,
    parse_language_file,
    read_language_file,
)
from pipelines.names import Names, given_names


class Rule(LanguageTable):
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
        ("mnths = 'jan'", ["seeds/languages/xx/words.toml", "'mnths'", "months, rule, shared"]),
        (GOOD + "where = 'egde'", ["rule[0].where", "'egde'", "'any' or 'edge'"]),
        (GOOD + "wehre = 'edge'", ["'rule[0].wehre'", "name, pattern, where"]),
        ("[[rule]]\nname = 'a'\npattern = '(x'", ["rule[0].pattern", "'(x'", "regular expression"]),
        ("[[rule]]\nname = 'a'", ["'rule[0].pattern'", "missing"]),
        ("months = 3", ["months", "3"]),
        ("months = ", ["no TOML"]),
        ("shared = ['mnths']", ["shared", "'mnths'", "months, rule"]),
    ],
)
def test_an_error_names_file_key_value_and_what_is_allowed(text, told):
    with pytest.raises(LexiconError) as error:
        parse_language_file(text, "seeds/languages/xx/words.toml", Example)
    for part in told:
        assert part in str(error.value)


def test_a_language_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(LexiconError, match=r"'xx'.*known: .*seeds/languages/xx/words.toml"):
        read_language_file("xx", "words", Example)


@pytest.fixture
def languages(tmp_path):
    """Three languages, one of which shares its rules, and what holds for all."""
    for code, text in {
        "any": 'months = "any"',
        "aa": 'months = "aa"\nshared = ["rule"]\n[[rule]]\nname = "a"\npattern = "a"',
        "bb": 'months = "bb"\n[[rule]]\nname = "b"\npattern = "b"',
        "cc": None,
    }.items():
        (tmp_path / code).mkdir()
        if text:
            (tmp_path / code / "words.toml").write_text(text)
    return tmp_path


def test_a_language_is_known_by_its_files(languages):
    assert languages_with("words", languages) == ("aa", "bb")


@pytest.mark.parametrize(
    ("language", "months", "rules"),
    [
        ("aa", ["any", "aa"], ["a"]),
        ("bb", ["any", "bb"], ["b", "a"]),
        ("cc", ["any"], ["a"]),
        ("xx", ["any"], ["a"]),
        (None, ["any"], ["a"]),
    ],
)
def test_a_page_knows_its_own_language_and_what_others_share(languages, language, months, rules):
    files = files_for_pages(language, "words", Example, languages)
    assert [month for file in files for month in file.months] == months
    assert [rule.name for file in files for rule in file.rule] == rules


@pytest.mark.parametrize("code", languages_with("names"))
def test_names_are_read(code):
    names = read_language_file(code, "names", Names)
    assert names.given_names.masculine
    assert names.given_names.feminine
    assert given_names(code) >= {*names.given_names.masculine, *names.given_names.feminine}


def test_a_short_title_stands_for_one_word():
    with pytest.raises(LexiconError, match=r"titles.in_full .*one word each"):
        parse_language_file('[titles.in_full]\nsen = "the senator"', "x", Names)
