"""Boxes of other things go as a whole, though their lines read like an article's; what only looks like one stays."""

import pytest

from pipelines.cleaning import boxes
from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.lines import lines_of

ARTICLE = (
    "The council of Eastbrook voted on Tuesday to close the old bridge over the Selm for two years.",
    "Engineers had warned in a report that two of the pillars could give way in a flood.",
    "Buses will go round by the mill until the new deck is laid, the county said on Monday.",
)
MORE = "Traders in the old town asked for a ferry, and the council will vote on that in May."
STORIES = (
    (
        "+ Bakers ask for cheaper flour",
        "Ada Quill",
        "Tuesday March 4, 2031",
        "The guild of bakers met in the old town on Monday night.",
    ),
    (
        "+ Town hall closes for the winter",
        "Rolf Anders",
        "Monday March 3, 2031",
        "Its roof lets the rain in, the mayor said last week.",
    ),
    (
        "+ Why the ferry is late again",
        "Lioba Strand",
        "Monday March 3, 2031",
        "Fog lay over the bay for the third morning in a row.",
    ),
)
TICKER = (
    "* Bakers of the old town ask the county for cheaper flour",
    "* Town hall of Selmford closes for the winter",
    "* Ferry to Ostrel Bay is late for the third day",
)


def gone(*texts):
    """The texts that go as part of a box, each with its reason."""
    lexicon = load_lexicon("en")
    lines = lines_of(texts, [1] * len(texts), lexicon)
    places = range(len(lines))
    boxes.mark_boxes(lines, [p for p in places if lines[p].flagged], [p for p in places if lines[p].name], lexicon)
    return [(line.text, line.reason) for line in lines if not line.kept]


def of(reason, *texts):
    return [(text, reason) for text in texts]


@pytest.mark.parametrize("size", [3, 4])
def test_stories_by_turns_of_headline_name_and_day_go(size):
    listed = [line for story in STORIES for line in story[:size]]
    assert gone(*ARTICLE, *listed, "Copyright 2031 Eastbrook Post") == of(boxes.BY_TURNS, *listed)


def test_two_such_stories_and_those_above_an_article_stay():
    listed = [line for story in STORIES for line in story]
    assert gone(*ARTICLE, *listed[:8]) == gone(*listed, *ARTICLE) == []


def test_what_reporters_write_in_a_live_blog_under_name_and_time_stays():
    entries = [line for story in STORIES for line in (*story[1:3], *ARTICLE[:2])]
    assert gone(*ARTICLE, *entries) == []


@pytest.mark.parametrize("label", ["Related stories", "More on: Eastbrook", "Read also:"])
def test_links_with_bullets_below_a_label_go(label):
    assert gone(*ARTICLE, label, *TICKER, MORE) == of(boxes.BULLETS, *TICKER)
    assert gone(label, *TICKER, *ARTICLE) == of(boxes.BULLETS, *TICKER)


def test_bullets_that_a_sentence_announces_or_that_are_sentences_stay():
    assert gone(*ARTICLE, "These are what the county asks for:", *TICKER, MORE) == []
    assert gone(*ARTICLE, "Related stories", *(f"* {line}" for line in ARTICLE)) == []


def test_what_readers_say_below_the_number_of_comments_goes():
    said = (
        "1. rolf March 4, 2031 at 1:24 pm",
        "Nobody asked us who live by the mill.",
        "2. ada March 5, 2031 at 8:02 am",
        "So true!",
    )
    assert gone(*ARTICLE, "2 comments", *said) == of(boxes.READERS, *said)


def test_the_article_goes_on_below_a_few_comments():
    said = ("1. rolf March 4, 2031 at 1:24 pm", "Nobody asked us.", "2. ada March 5, 2031 at 8:02 am", "So true!")
    rest = (MORE, *ARTICLE, MORE)
    assert gone(*ARTICLE, "2 comments", *said, "Related stories", *rest) == of(boxes.READERS, *said)


def test_lines_with_a_time_below_sentences_are_not_what_readers_say():
    times = ("Selm gauge, March 4, 2031, 1:24 pm", "Selm gauge, March 5, 2031, 8:02 am")
    assert gone(*ARTICLE, "2 comments", MORE, *times) == gone(*ARTICLE, *times) == []


def test_what_one_reader_says_goes_right_below_the_number_of_comments():
    said = ("March 4, 2031 at 1:24 pm", "Nobody asked us.")
    assert gone(*ARTICLE, "1 comment", "rolf", *said) == of(boxes.READERS, *said)
    assert gone(*ARTICLE, "1 comment", MORE, MORE, *said) == gone("1 comment", "rolf", *said, *ARTICLE) == []


def test_an_appeal_goes_with_what_stands_between_its_paragraphs():
    asking = "Support our newsroom by contributing as little as $1 a month."
    praise = "Our reporters spend weeks on each investigation and on what follows from it."
    again = "Your contribution helps us: donate today to support our journalism."
    assert gone(*ARTICLE, asking, praise, again) == of(boxes.APPEALS, asking, praise, again)
    assert gone(*ARTICLE, asking, praise, MORE) == gone(asking, praise, again, *ARTICLE) == []
