"""Interviews, live blogs, tours and verse keep their lines, however short these are; boxes of links that look like them go."""

import pyarrow as pa
import pytest

from pipelines.cleaning import CleanSettings, clean_documents
from pipelines.cleaning.clean import draft_of
from pipelines.cleaning.entries import mark_entries
from pipelines.schemas import DOCUMENTS

HEAD = ["Menu", "Sport", "The keeper of the lightship", "By Tilda Morn", "March 4, 2025", "Share on Facebook"]
INTRO = "Jon Sele has sailed for forty years. We met him at the quay."
FOOT = ["Related articles", "Ten harbours you should know", "© 2025 Northfold Observer"]
FORMS = {
    "questions and answers": ["Q: Do you like the sea?", "A: Never did.", "Q: Why do you sail?", "A: My father sailed.", "Q: And now?", "A: My knees decide."],
    "two who speak": ["Observer: How many are there?", "Ellen Frost: Four hundred.", "Observer: More than before?", "Ellen Frost: Fewer. Much fewer."],
    "times over lines": ["16:45", "The meeting is closed. Thank you.", "16:30", "The motion passes by one vote.", "15:30", "The council meets."],
    "times before lines": ["14:20 The bridge is closed, police say.", "14:05 Trees are down.", "13:40 Children go home. Nobody was hurt."],
    "days of a tour": ["September 12 – Eastbrook, Corn Hall", "September 14 – Northfold, Town Theatre", "September 17 – Selmouth, The Dock"],
    "verse": ["The water left, the boats lay down", "and nobody was sad in town", "we walked across from shore to shore", "and did not need the ferry more"],
    "a transcript": ["STEVE HALE, HOST:", "The ferry stops on Friday.", "(SOUNDBITE OF SHIP HORN)", "MIA BROCK, BYLINE: It is six.", "HALE: And?", "BROCK: Fog.", "HALE: Thank you."],
    "speech": ["— Do you like the sea?", "— Never did.", "“And now?”", "“My knees decide.”"],
    "songs under what announces them": ["Songs:", "1. Harbour Lights", "2. Cold Tea", "3. Nobody's Boat"],
    "ingredients": ["For the crumble:", "150 g flour", "100 g cold butter", "Some salt", "½ cup of oats"],
    "a hearing": ["SEN. LARCH: Who wrote it?", "MR. DORN: I did.", "(Pause)", "SEN. LARCH: All of it?", "MR. DORN: Yes.", "[Recess]", "SEN. LARCH: Go on."],
    "books with their prices": ["Nine Men (Low Tide, £12)", "You will hear it.", "Cold Store (Quill, £8)", "All in one night.", "Damp Clay (£5)", "It rains a lot."],
    "results": ["Eastbrook 3-1 Northfold", "Varn 0-0 Selmouth", "Kelby 2-5 Lower Tarn"],
}  # fmt: skip


def cleaned(text):
    documents = pa.Table.from_pylist([{"id": "a", "text": text}], schema=DOCUMENTS)
    return clean_documents(documents, None, CleanSettings()).to_pylist()[0]


def entries(*texts):
    draft = draft_of("a", "\n\n".join(texts), {}, CleanSettings())
    mark_entries(draft.lines, draft.lexicon)
    return [line.text for line in draft.lines if line.entry]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_keeps_its_lines(form):
    row = cleaned("\n".join([*HEAD, INTRO, *FORMS[form], *FOOT]))
    assert row["text"].split("\n\n") == [INTRO, *FORMS[form]]
    assert cleaned(row["text"])["text"] == row["text"]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_marked_as_a_whole(form):
    assert entries(INTRO, *FORMS[form]) == FORMS[form]


@pytest.mark.parametrize(
    "box",
    [
        ["14:20 Bridge is closed", "14:05 Trees down in Varn", "13:40 Schools send children home"],
        ["1. Bakery wins prize", "2. Man finds ring in fish", "3. Ten best harbours"],
        ["March 4, 2025", "March 9, 2025", "March 11, 2025"],
        ["OPINION: Ten best harbours", "VIDEO: Man finds ring in fish", "OPINION: Why ferries sink", "VIDEO: Storm at sea"],
        ["- Where do the swifts go?", "- Who pays for the bridge?", "- What is a lightship?"],
        ["online free course", "download sea charts", "harbour map download", "boat parts course"],
        ["https://paper.example/a", "https://paper.example/b", "https://paper.example/c", "https://paper.example/d"],
    ],
)
def test_a_box_of_links_is_no_form(box):
    assert entries(INTRO, *box) == []


LETTERS = [
    "The ferry is our road", "Nobody who needs a doctor in winter can swim to the mainland.", "Morag Sale", "Port Varn",
    "A word for trout", "They were stocked for us, and now the otters have them.", "Carl Ortega, Halloran",
]  # fmt: skip


def test_letters_keep_their_titles_and_who_signed_them():
    row = cleaned("\n".join(["Readers' letters, 3 May", *LETTERS]))
    assert row["text"].split("\n\n") == LETTERS
    assert (row["title"], row["byline"]) == ("Readers' letters, 3 May", None)
    assert cleaned(row["text"])["text"] == row["text"]


def test_names_below_the_sentences_of_an_article_are_no_letters():
    assert (
        entries(*[f"Paragraph {number} of the story tells of the harbour." for number in range(9)], "Jane Roe", INTRO, "John Doe")
        == []
    )


def test_votes_under_a_headline_stay():
    votes = ["Nadia Holt (Independent) 1,204", "Ray Lund (Civic) 702", "Spoilt papers: 19"]
    turnout = "Turnout was 61 per cent, up from 38 per cent four years ago."
    row = cleaned("\n".join(["Ardle council: the result in full", *votes, turnout]))
    assert row["text"].split("\n\n") == [*votes, turnout]


@pytest.mark.parametrize("heading", [["Method"], []])
def test_ingredients_stay_without_a_word_above_them(heading):
    recipe = [
        "4 leeks",
        "100g oats",
        "1.5 litres stock",
        "A handful of parsley",
        *heading,
        "Sweat the leeks in butter until they are soft.",
    ]
    row = cleaned("\n".join([*HEAD, INTRO, "Soup", *recipe, "Stir in the parsley and serve the soup.", *FOOT]))
    assert row["text"].split("\n\n")[-len(recipe) - 1 : -1] == recipe
