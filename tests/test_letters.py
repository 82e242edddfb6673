"""Capitals of any script are told from small letters."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipelines.letters import CAPITAL


@given(st.characters(max_codepoint=0xFFFF))
def test_a_capital_is_what_unicode_calls_one(char):
    assert (re.fullmatch(CAPITAL, char) is not None) == (unicodedata.category(char) in ("Lu", "Lt"))


def test_small_letters_outside_ascii_are_no_capitals():
    assert re.findall(CAPITAL, "Éé Ии Її ßẞ ǅ 漢 ١ _ Ωω") == ["É", "И", "Ї", "ẞ", "ǅ", "Ω"]
