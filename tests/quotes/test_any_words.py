"""Whatever order words of office, given names and particles come in, reading them raises nothing and offsets hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.quotes import quotes_in

WORDS = "secretary Secretary of State minister the Minister John Mary Peter Van Brandt Quill Harrow Ada de President spokesman for Ms council's , and".split()
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
SAID = (
    "{0} was there. “We will mend the bridge,” {2} said.",
    "“We will mend the bridge,” said {0}. {1} agreed.",
    "{1} met {0}. “We will mend it,” {0} said.",
    "“We know that it is good,” {1} said, and {0} said that it was.",
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(NAMES, NAMES, st.sampled_from(SAID))
def test_a_quotation_beside_any_row_of_offices_and_names_is_found_and_its_offsets_hold(first, second, said):
    text = said.format(first, second, first.split()[-1])
    found = quotes_in(text)
    assert [text[quote.start : quote.end] for quote in found if text[quote.start - 1] == "“"]
    for quote in found:
        speaker = quote.speaker
        if speaker is not None and speaker.name_start is not None:
            assert text[speaker.name_start : speaker.name_end].strip()


@pytest.mark.parametrize("who", ["the secretary of Brandt John Quill Harrow", "minister of Brandt Mary Quill Harrow"])
def test_a_name_right_behind_a_place_is_that_of_who_speaks_by_the_family_name(who):
    text = f"{who} was there. “We will mend the bridge,” Harrow said."
    [quote] = quotes_in(text)
    assert text[quote.speaker.name_start : quote.speaker.name_end].endswith("Quill Harrow")
