"""Short lines that belong to the article or tell of somebody's life, and names that close a text: invented pages, a test for each kind."""

import pyarrow as pa
import pytest

from pipelines.cleaning import clean_documents
from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.lines import line_of
from pipelines.schemas import DOCUMENTS

HEADLINE = "Smokehouse that told sailors they were home to close in May"
PROSE = (
    "For ninety years the smell of the Hake smokehouse has told sailors that they were home.",
    "It will close in May, the owner said, because nobody wants to stand up at three.",
    "The fish hang for eleven hours over oak and are turned once, by hand.",
    '"I asked the cat," said the smoker.',
)


def cleaned(*lines):
    row = {"id": "1", "text": "\n\n".join(lines), "html": None, "publisher": None, "url": None, "markup": None}
    return clean_documents(pa.Table.from_pylist([row], schema=DOCUMENTS)).to_pylist()[0]


@pytest.mark.parametrize("link", ["Read more: Harbour dues to rise in June", "MORE: The tunnel in five maps"])
def test_a_heading_between_sentences_stays_below_a_link_to_another_story(link):
    kept = (*PROSE[:2], "Salt and smoke", PROSE[2], "Nobody to follow", PROSE[3])
    row = cleaned(HEADLINE, *PROSE[:2], link, *kept[2:])
    assert row["text"].split("\n\n") == list(kept)


def test_the_headline_below_a_label_between_sentences_goes():
    row = cleaned(HEADLINE, *PROSE[:2], "Read next", "Harbour dues to rise", *PROSE[2:])
    assert row["text"].split("\n\n") == list(PROSE)


@pytest.mark.parametrize(
    "life",
    ["Born: 3 May 1931, Port Sall", "Born 3 May 1931, died 12 February 2024", "3 May 1931 – 12 February 2024"],
)
def test_the_days_of_a_life_stay_and_are_no_day_of_publication(life):
    row = cleaned("Ferdy Hale, who drew a dog a day", PROSE[0], life, *PROSE[1:])
    assert life in row["text"]
    assert (row["date"], row["byline"]) == (None, None)


def test_a_day_under_the_byline_is_read_next_to_the_days_of_a_life():
    row = cleaned(
        "A life in brief: Winifred Askew", "Dan Petrie", "1 March 2024", PROSE[0], "Died: 12 February 2024, Loughton", *PROSE[1:]
    )
    assert (row["byline"], row["date"]) == ("Dan Petrie", "2024-03-01")


@pytest.mark.parametrize("name", ["Felix Harrow", "FELIX HARROW", "Words: Felix Harrow"])
def test_a_name_that_closes_a_text_is_its_author(name):
    row = cleaned(HEADLINE, *PROSE, name)
    assert (row["byline"], row["text"].split("\n\n")) == ("Felix Harrow", list(PROSE))


@pytest.mark.parametrize("closing", ["Port Sall", "Paul Dunn"])
def test_a_place_or_somebody_in_the_article_that_closes_a_text_is_no_author(closing):
    row = cleaned(HEADLINE, *PROSE, "The key will go to Paul Dunn, who keeps the museum.", closing)
    assert row["byline"] is None


def test_a_league_below_the_headline_is_no_author():
    row = cleaned("Saturday's results", "Northern League, Division One", "Ashby Town 2, Carrow United 1", "Wexcombe 4, Port Sall 3")
    assert row["byline"] is None


def test_a_speaker_says_who_somebody_is():
    turns = (
        "HOST: With me is the economist Mina Castellan, who is the editor of a newsletter. Why are the shops closing?",
        "CASTELLAN: Because we closed the bus station first.",
        "HOST: You mean people can't get there?",
        "CASTELLAN: They can get there. They can't get home.",
    )
    row = cleaned("Interview: Mina Castellan on the high street", *turns)
    assert row["text"].split("\n\n") == list(turns)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Tide Letter. Every weekday at six. Join free.", "a pitch that ends with an invitation"),
        ("Readers who wish to subscribe to the fund can do so at the post office.", None),
        ("Video from the scene showed smoke above the harbour.", None),
        ("Photo by photo, the tuner laid them out on his table.", None),
        ("We and our 812 partners store information on a device, such as cookies.", "we and our partners"),
    ],
)
def test_what_a_rule_says_of_a_line(text, rule):
    found = line_of(text, 1, load_lexicon("en")).rule
    assert (found and found.name) == rule


def test_a_short_sentence_below_a_link_to_another_story_stays():
    lines = (
        "The rig stands at sixty metres.",
        "No water has come yet.",
        "See also: How the springs died",
        "The mayor called it hard.",
        "A tanker comes on Friday.",
    )
    row = cleaned("Village drills a well", *lines)
    assert row["text"].split("\n\n") == [*lines[:2], *lines[3:]]


@pytest.mark.parametrize(
    ("glued", "paragraph"),
    [
        ("Share Tweet Email", PROSE[2]),
        ("Facebook Twitter WhatsApp Email Print", PROSE[2]),
        ("READ MORE: Who pays for the pier?", PROSE[2]),
        ("Enter your email address Subscribe By submitting you agree to our terms.", PROSE[2]),
        ("", '"Read more: it does no harm," said the smoker\'s mother.'),
        ("", "He told them to share, tweet, print and email it to whoever likes fish."),
    ],
)
def test_buttons_and_links_at_the_end_of_a_paragraph_go(glued, paragraph):
    row = cleaned(HEADLINE, *PROSE[:2], f"{paragraph} {glued}".strip(), PROSE[3])
    assert row["text"].split("\n\n") == [*PROSE[:2], paragraph, PROSE[3]]


@pytest.mark.parametrize("mark", ["-ends-", "ENDS"])
def test_how_the_press_is_reached_below_the_end_mark_goes(mark):
    row = cleaned(HEADLINE, *PROSE, mark, "Contact Jo Marsh, jo@smokehouse.example.", "The smokehouse opened in 1931.")
    assert row["text"].split("\n\n") == list(PROSE)


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("PORT SALL: The", "PORT SALL"),
        ("NEW SALL: The", "NEW SALL"),
        ("PORT SALL, May 3, 2024 /SeaWire/ -- The", "PORT SALL, May 3, 2024 /SeaWire/"),
        ("WARNING: This warning comes late, and the", None),
    ],
)
def test_a_dateline_may_end_with_a_colon_or_a_stroke(opening, dateline):
    row = cleaned(
        HEADLINE, f"{opening} smokehouse that told sailors for ninety years that they were home will close in May.", *PROSE[1:]
    )
    assert row["dateline"] == dateline


def test_a_caption_may_end_with_a_credit_behind_dots_or_a_name_and_an_outlet():
    captions = ("The smokehouse in 1931.Credit...Jo Marsh for The Echo", "The last fish of the day. Jo Marsh | The Sall Echo")
    row = cleaned(HEADLINE, PROSE[0], captions[0], *PROSE[1:3], captions[1], PROSE[3])
    assert row["text"].split("\n\n") == list(PROSE)
