"""Lines that only their shape tells from an article of sentences: what closes it without a stop, and links to other stories."""

import pyarrow as pa
import pytest

from pipelines.cleaning import CleanSettings, clean_documents
from pipelines.schemas import DOCUMENTS

HEADLINE = "Old mill gets a new wheel"
BODY = [
    "The mill at Corran turned again on Saturday for the first time since 1961, in front of some 300 people.",
    "Its wheel is of oak and weighs two tons, said the miller, who had worked on it with his sons for four years.",
    '"I had given up twice, and twice my wife hid the letter," he told the crowd before he opened the gate.',
    "Flour is to be had from May, on Saturdays only.",
]


def cleaned(lines):
    documents = pa.Table.from_pylist([{"id": "a", "text": "\n\n".join(lines)}], schema=DOCUMENTS)
    return clean_documents(documents, None, CleanSettings()).to_pylist()[0]


def body_of(lines):
    """The paragraphs of the body, which must stay as they are when they are cleaned again."""
    row = cleaned(lines)
    assert cleaned(row["text"].split("\n\n"))["text"] == row["text"]
    return row["text"].split("\n\n")


CLOSING = [["Valley life"], ["Seen by many", "Mills and millers"], ["Write to the valley desk: desk@post.example"]]


@pytest.mark.parametrize("closing", CLOSING, ids=[lines[0] for lines in CLOSING])
def test_lines_without_a_stop_below_the_last_sentence_go(closing):
    assert body_of([HEADLINE, *BODY, *closing]) == BODY


LISTS = [["Corran 212, Wick 180", "Barrow 99, Lorne 100"], ["• rye", "• spelt", "• oats"], ["The wheel is of oak. ♦"]]


@pytest.mark.parametrize("kept", LISTS, ids=[lines[0] for lines in LISTS])
def test_lists_and_end_marks_below_the_last_sentence_stay(kept):
    assert body_of([HEADLINE, *BODY, *kept]) == [*BODY, *kept]


LINKS = [
    "Zaps on: Who pays for the old mills",
    "[Zaps] Who pays for the old mills",
    "Who pays for the old mills » Zaps",
    "» Who pays for the old mills",
]


@pytest.mark.parametrize("link", LINKS)
def test_a_lone_link_behind_a_label_of_no_list_goes(link):
    assert body_of([HEADLINE, *BODY[:2], link, *BODY[2:]]) == BODY


def test_what_a_transcript_says_of_sounds_stays():
    sound = "[Sound: the wheel turns in the water]"
    assert body_of([HEADLINE, *BODY[:2], sound, *BODY[2:]]) == [*BODY[:2], sound, *BODY[2:]]


def test_a_label_and_a_headline_among_sentences_go():
    assert body_of([HEADLINE, *BODY[:2], "Zaps on", "Who pays for the old mills", *BODY[2:]]) == BODY


def test_what_another_outlet_said_stays_below_its_name():
    report = ["The Valley Post reports:", "Who pays for the old mills"]
    assert body_of([HEADLINE, *BODY[:2], *report, *BODY[2:]]) == [*BODY[:2], *report, *BODY[2:]]


@pytest.mark.parametrize("label", ["Cf. also", "Read on"])
def test_a_label_leads_to_another_story_between_short_sentences_too(label):
    short = [BODY[0], "It is of oak.", "It weighs two tons.", BODY[3]]
    assert body_of([HEADLINE, *short[:2], f"{label}: Who pays for old mills", *short[2:]]) == short


def test_a_heading_among_sentences_stays():
    assert body_of([HEADLINE, *BODY[:2], "Two tons of oak", *BODY[2:]]) == [*BODY[:2], "Two tons of oak", *BODY[2:]]


def test_entries_with_one_label_each_stay():
    entries = ["Strike one: the price of oak", "Strike two: the price of flour", "Strike three: the wife of the miller"]
    lines = [BODY[0], entries[0], BODY[1], entries[1], BODY[2], entries[2], BODY[3]]
    assert body_of([HEADLINE, *lines]) == lines


def test_a_row_of_signs_that_closes_a_text_goes_and_one_inside_stays():
    assert body_of([HEADLINE, *BODY, "* * *"]) == BODY
    assert body_of([HEADLINE, *BODY[:2], "* * *", *BODY[2:]]) == [*BODY[:2], "* * *", *BODY[2:]]


def test_a_label_and_a_line_over_a_list_are_no_link():
    items = ["- 500 g of flour from the mill", "- 10 g of salt"]
    assert body_of([HEADLINE, *BODY, "Mill bread", "Makes one loaf", *items, BODY[0]])[4:6] == ["Mill bread", "Makes one loaf"]


def test_a_caption_that_names_in_capitals_sign_off_goes():
    for caption in ("The wheel on Saturday. / ADA QUILL", "The wheel. ADA QUILL / AFP", "The wheel. / L. QUILL (EFE)"):
        assert body_of([HEADLINE, *BODY[:2], caption, *BODY[2:]]) == BODY


def test_a_box_that_asks_for_consent_goes():
    asked = "We and our 187 partners store and read information on your device in order to show you advertisements that suit you."
    assert body_of([asked, HEADLINE, *BODY]) == BODY
