"""Every rule pack: each example hits or misses, and each label is found."""

import pytest

from pipelines.cleaning.lines import line_of, rules_of
from pipelines.cleaning.rules import known_languages, load_pack

PACKS = [load_pack(language) for language in known_languages()]
RULES = [pytest.param(pack, place, id=f"{pack.language}-{rule.name}") for pack in PACKS for place, rule in enumerate(pack.rules)]


def hits(pack, place, text):
    """Whether a rule is tried on a line, for its keywords, and hits it."""
    return any(rule is pack.rules[place] for rule in rules_of(text, pack))


@pytest.mark.parametrize(("pack", "place"), RULES)
def test_the_examples_of_a_rule_hit_and_miss(pack, place):
    rule = pack.rules[place]
    assert rule.hits
    assert rule.misses
    assert [text for text in rule.hits if not hits(pack, place, text)] == []
    assert [text for text in rule.misses if hits(pack, place, text)] == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.language)
def test_a_label_is_a_whole_line(pack):
    for label, kind in pack.labels.items():
        assert line_of(label, 0, pack).label == kind
        assert line_of(f"{label.title()}:", 0, pack).label == kind or not label[-1].isalnum()


def test_every_language_of_the_product_has_a_pack():
    assert {"de", "en", "es", "fr", "ru", "uk"} <= set(known_languages())


def test_an_unknown_language_gets_the_rules_of_every_language():
    assert {rule.name for rule in load_pack("xx").rules} >= {"copyright sign"}
    assert load_pack(None).rules == load_pack("xx").rules
