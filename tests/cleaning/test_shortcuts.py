"""Ways around a slow pattern give what the pattern gives."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cleaning import dates, repair
from pipelines.cleaning.blocks import Block, Spaced, squeeze
from pipelines.cleaning.characters import EXOTIC_BLANKS
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
    found, expected = dates._find_dash(text), dates._DASH.search(text)
    assert (found and found.span()) == (expected and expected.span())


@given(st.text(alphabet="a.,!  \t\n", max_size=20))
@MANY
def test_a_line_whose_stops_are_passed_over_has_none_that_is_off(text):
    fixed = repair._STRAY_STOP.sub(lambda match: match.group(1) or "", repair._SPACED_ELLIPSIS.sub("...", text))
    assert repair.fix_stops(text) == fixed


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=40))
@MANY
def test_letters_of_ascii_are_those_of_the_pattern(text):
    assert text.translate(_LETTERS).split() == _WORD.findall(text)
