"""The files of a language: each example of a rule hits or misses, each label is found, and what is wrong is said."""

import re

import pytest

from pipelines.cleaning.boilerplate_file import BoilerplateFile
from pipelines.cleaning.kind_groups import KindGroups, load_kind_groups
from pipelines.cleaning.language_files import BylinesFile, CreditsFile, DatesFile
from pipelines.cleaning.lexicon import known_languages, load_lexicon
from pipelines.cleaning.lines import line_of, rules_of
from pipelines.lexicons import LexiconError, parse_language_file
from pipelines.vocabulary import BlockKind
from pipelines.words_file import WordsFile

LEXICONS = [load_lexicon(language) for language in known_languages()]
RULES = [
    pytest.param(lexicon, place, id=f"{lexicon.language}-{rule.name}")
    for lexicon in LEXICONS
    for place, rule in enumerate(lexicon.rules)
]


def hits(lexicon, place, text):
    """Whether a rule is tried on a line, for its keywords, and hits it."""
    return any(rule is lexicon.rules[place] for rule in rules_of(text, lexicon))


@pytest.mark.parametrize(("lexicon", "place"), RULES)
def test_the_examples_of_a_rule_hit_and_miss(lexicon, place):
    rule = lexicon.rules[place]
    assert rule.hits
    assert rule.misses
    assert [text for text in rule.hits if not hits(lexicon, place, text)] == []
    assert [text for text in rule.misses if hits(lexicon, place, text)] == []


@pytest.mark.parametrize("lexicon", LEXICONS, ids=lambda lexicon: lexicon.language)
def test_a_label_is_a_whole_line(lexicon):
    for label, kind in lexicon.labels.items():
        assert line_of(label, 0, lexicon).label == kind
        assert line_of(f"{label.title()}:", 0, lexicon).label == kind or not label[-1].isalnum()


def test_every_language_of_the_product_has_a_folder():
    assert {"de", "en", "es", "fr", "it", "ru", "uk"} <= set(known_languages())


def test_an_unknown_language_gets_the_rules_of_every_language():
    assert {rule.name for rule in load_lexicon("xx").rules} >= {"copyright sign"}
    assert load_lexicon(None).rules == load_lexicon("xx").rules


RULE = """[[rule]]
name = "tags"
kind = "navigation"
pattern = "tags: .*"
keywords = ["tags"]
hits = ["tags: a, b"]
misses = ["tags on bags"]
"""


@pytest.mark.parametrize(
    ("text", "model", "parts"),
    [
        (RULE.replace("pattern", "patern"), BoilerplateFile, ["rule[0].patern", "pattern"]),
        (RULE + 'where = "egde"', BoilerplateFile, ["rule[0].where", "'egde'", "'any' or 'edge'"]),
        (RULE + 'match = "ends"', BoilerplateFile, ["rule[0].match", "'ends'", "'line', 'start', 'end' or 'any'"]),
        (RULE.replace("navigation", "menu"), BoilerplateFile, ["rule[0].kind", "'menu'", "'share_widget'"]),
        (RULE.replace("tags: .*", "tags: (.*"), BoilerplateFile, ["rule[0].pattern", "'tags: (.*'", "regular expression"]),
        (RULE.replace("tags: a, b", "tag: a"), BoilerplateFile, ["rule[0].hits", "'tag: a' is no hit of the rule 'tags'"]),
        (RULE.replace('["tags"]', '["labels"]'), BoilerplateFile, ["rule[0].hits", "'tags: a, b' is no hit"]),
        (RULE.replace("tags on bags", "tags: c"), BoilerplateFile, ["rule[0].misses", "'tags: c' is a hit of the rule 'tags'"]),
        (RULE.replace('["tags on bags"]', "[]"), BoilerplateFile, ["rule[0].misses", "is empty"]),
        (RULE + 'words = "many"', BoilerplateFile, ["rule[0].words", "'many'", "integer"]),
        ('[labels]\nmenu = ["home"]', BoilerplateFile, ["labels.menu", "'navigation'"]),
        ('role_words = ["grand reporter"]', WordsFile, ["role_words", "'grand reporter' is no single word"]),
        ('[kinds]\nshare = "button"', WordsFile, ["kinds.share", "'share_widget'"]),
        ('[months]\nfull_names = "jan feb"', DatesFile, ["months", "full_names has 2 names"]),
        ("[months]\njan = 13", DatesFile, ["months", "jan is 13", "1 to 12"]),
        ('shared = ["dates"]', BylinesFile, ["shared", "'dates' is no key", "byline_words"]),
        ('[label]\npictures = "photo"', CreditsFile, ["label.pictures", "picture"]),
        (
            '[[link]]\npattern = "more by "\nhits = ["less by "]\nmisses = ["x"]',
            BylinesFile,
            ["link[0].hits", "'less by ' is no hit"],
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_file_key_value_and_what_is_allowed(text, model, parts):
    with pytest.raises(LexiconError) as error:
        parse_language_file(text, "seeds/languages/xx/some.toml", model)
    for part in ("seeds/languages/xx/some.toml", *parts):
        assert part in str(error.value)


KIND_ROWS = "".join(f'{kind} = "b"\n' for kind in BlockKind)
TABLE = 'groups = ["a", "b"]\nfoot = ["a"]\n[kinds]\n' + KIND_ROWS


def test_every_kind_of_block_has_a_group():
    assert set(load_kind_groups().kinds) == set(BlockKind)
    assert parse_language_file(TABLE, "x", KindGroups).number("b") == 1


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (TABLE.replace('caption = "b"\n', ""), "caption has no group; every BlockKind has a row"),
        (TABLE.replace('caption = "b"', 'caption = "c"'), "'c' is no group; allowed are a, b"),
        (TABLE.replace('foot = ["a"]', 'foot = ["feet"]'), "'feet' is no group; allowed are a, b"),
        (TABLE + 'banner = "b"', "kinds.banner"),
    ],
)
def test_a_kind_without_a_group_is_an_error(text, part):
    with pytest.raises(LexiconError, match=re.escape(part)):
        parse_language_file(text, "seeds/kinds.toml", KindGroups)
