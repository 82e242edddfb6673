"""Every rule lexicon: each example hits or misses, and each label is found."""

import pytest

from pipelines.cleaning.lexicon import known_languages, load_lexicon
from pipelines.cleaning.lines import line_of, rules_of

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


def test_every_language_of_the_product_has_a_pack():
    assert {"de", "en", "es", "fr", "ru", "uk"} <= set(known_languages())


def test_an_unknown_language_gets_the_rules_of_every_language():
    assert {rule.name for rule in load_lexicon("xx").rules} >= {"copyright sign"}
    assert load_lexicon(None).rules == load_lexicon("xx").rules
