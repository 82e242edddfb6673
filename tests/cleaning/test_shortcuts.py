"""Ways around a slow pattern give what the pattern gives."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cleaning import datelines, repair
from pipelines.cleaning.blocks import Block, Spaced, squeeze
from pipelines.cleaning.characters import EXOTIC_BLANKS
from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.lines import lines_of, rules_of, rules_to_try
from pipelines.language import _LETTERS, _WORD

MANY = settings(derandomize=True, deadline=None, max_examples=500)


@given(st.text(alphabet="a  \t\u2003\u3000.", max_size=20))
@MANY
def test_runs_of_blanks_become_one(text):
    assert squeeze(text) == re.sub(f"[ {EXOTIC_BLANKS}]+", " ", text).strip()


@given(st.text(alphabet="a  \t\xa0", min_size=1, max_size=20))
@MANY
def test_runs_of_blanks_become_bars(raw):
    spaced = Spaced(raw, [Block(0, len(raw), squeeze(raw), (), 0)])
    needed = len(raw) > len(squeeze(raw)) or "\xa0" in raw
    assert spaced[0] == (re.sub(r"[ \t\xa0]{2,}", " | ", raw) if needed else squeeze(raw))


@given(st.text(alphabet="aB.)  -–—\n", max_size=20))
@MANY
def test_the_first_dash_that_is_set_off_is_found(text):
    found, expected = datelines._find_dash(text), datelines._DASH.search(text)
    assert (found and found.span()) == (expected and expected.span())


@given(st.text(alphabet="a.,!  \t\n", max_size=20))
@MANY
def test_stops_that_are_off_are_those_of_the_pattern(text):
    stray = r"(?<=[.!?]) +\.(?=\s|$)(?! \.)|(?<=[^\s.]) +([.,])(?=\s|$)(?! \.)"
    fixed = re.sub(stray, lambda match: match.group(1) or "", re.sub(r"(?<!\.)\. \. \.(?! ?\.)", "...", text))
    assert repair.fix_stops(text) == fixed


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=40))
@MANY
def test_letters_of_ascii_are_those_of_the_pattern(text):
    assert text.translate(_LETTERS).split() == _WORD.findall(text)


def test_rules_are_tried_on_the_lines_that_they_hit_however_many_lines_there_are(monkeypatch):
    monkeypatch.setattr("pipelines.cleaning.lines._AT_ONCE", 3)
    lines = ["the ferry was late.", "sign up for our newsletter", "the mayor said no.", "share on facebook", "the pier is shut."]
    lexicon = load_lexicon("en")
    hits = {place for place, rule in rules_to_try(lines, lexicon) if rule.hit(lines[place])}
    assert hits == {place for place, line in enumerate(lines) if rules_of(line, lexicon)} == {1, 3}


def test_a_letter_of_a_script_without_blanks_is_found_among_lines_of_other_scripts():
    texts = ["The ferry’s late – “again”.", "点击订阅我们的每日新闻简报", "\ud83d lost half"]
    lines = lines_of(texts, [0, 1, 1], load_lexicon("zh"))
    assert [line.word_count > 4 for line in lines] == [False, True, False]
