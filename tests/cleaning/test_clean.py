"""What cleaning promises whatever the text: one row per document, offsets that hold, nothing lost, nothing raised."""

import importlib
import itertools
import time

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cleaning import CleanSettings, clean_documents, document_lines, repeated_lines
from pipelines.cleaning.clean import COUNTED_TO
from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.lines import lines_of
from pipelines.cleaning.settings import VerdictSettings, Where
from pipelines.schemas import CLEANED, DOCUMENT_LINES, DOCUMENTS, REPEATED_LINES
from pipelines.vocabulary import BlockKind, DateSource, RejectReason
from tests.prose import PROSE

PAGE = "\n".join(
    [
        "Skip to main content",
        "Subscribe",
        "Local news",
        "",
        "Eastbrook to close its old bridge for two years",
        "",
        "By Ann Carver and Theo Lund",
        "Published March 4, 2021",
        "Share",
        "12",
        "",
        *(line + "\n" for line in PROSE[:3]),
        "What happens next",
        "",
        *(line + "\n" for line in PROSE[3:]),
        "Read more: Why the ferry is late again",
        "Sign up for our daily newsletter",
        "© 2021 Eastbrook Courier. All rights reserved.",
    ]
)


def documents(texts, publisher=None):
    rows = [{"id": str(n), "text": t, "html": None, "publisher": publisher, "url": None} for n, t in enumerate(texts)]
    return pa.Table.from_pylist(rows, schema=DOCUMENTS)


def clean(texts, repeated=None, settings=None):
    return clean_documents(documents(texts), repeated, settings or CleanSettings()).to_pylist()


def test_a_page_becomes_its_article():
    row = clean([PAGE])[0]
    assert row["text"].split("\n\n") == [*PROSE[:3], "What happens next", *PROSE[3:]]
    assert row["title"] == "Eastbrook to close its old bridge for two years"
    assert (row["date"], row["date_source"]) == ("2021-03-04", DateSource.STAMP)
    assert row["byline"] == "Ann Carver, Theo Lund"
    assert row["section"] == "Local news"
    assert row["language"] == "en"


def test_every_block_is_kept_or_removed_for_a_kind_and_a_reason():
    row = clean([PAGE])[0]
    assert [b["start"] for b in row["blocks"]] == sorted(b["start"] for b in row["blocks"])
    for block in row["blocks"]:
        assert BlockKind(block["kind"])
        assert block["reason"].startswith(("score: in", "context: ")) == (block["kind"] == BlockKind.BODY)
        assert PAGE[block["start"] : block["end"]].strip()
    removed = [b for b in row["blocks"] if b["kind"] != BlockKind.BODY]
    assert [(r["start"], r["end"], r["kind"], r["reason"]) for r in row["removed"]] == [
        (b["start"], b["end"], b["kind"], b["reason"]) for b in removed
    ]
    assert "".join(PAGE[b["start"] : b["end"]] for b in row["blocks"]) == "".join(line for line in PAGE.split("\n") if line)


def test_a_relative_date_or_a_day_without_a_year_is_no_date():
    assert clean(["\n\n".join(["Posted 2 hours ago", *PROSE])])[0]["date"] is None
    row = clean(["\n\n".join(["EASTBROOK, March 4 – " + PROSE[0], *PROSE[1:]])])[0]
    assert (row["date"], row["dateline"]) == (None, "EASTBROOK, March 4")
    row = clean(["\n\n".join(["EASTBROOK, March 4 – " + PROSE[0], *PROSE[1:], "The plan was first shown in March 2021."])])[0]
    assert (row["date"], row["date_source"]) == ("2021-03-04", DateSource.DATELINE)


def test_look_alikes_stay():
    kept = [
        PROSE[0],
        "Two years ago the mill closed for good and its owner moved abroad, taking the looms with him.",
        "Donations to the museum rose by a third after the fire, its director said in a letter to members.",
        "The bakery, where cookies and newsletters lie side by side, is to subscribe to the town's new power scheme.",
        '"No," he said.',
        "- a lower speed limit",
        "- two new crossings",
        PROSE[3],
        PROSE[4],
    ]
    assert clean(["\n\n".join(kept)])[0]["text"].split("\n\n") == kept


def test_a_sentence_or_sub_heading_between_sentences_needs_more_than_a_word_to_go():
    told = "This website uses cookies, as the judge found on Monday, and the county council that pays for it had known of them for nine years."
    page = PAGE.replace("What happens next", "Photo finish").replace(PROSE[4], f"{told}\n\n{PROSE[4]}")
    row = clean([page])[0]
    assert row["text"].split("\n\n") == [*PROSE[:3], "Photo finish", PROSE[3], told, *PROSE[4:]]
    reasons = {page[block["start"] : block["end"]]: block["reason"] for block in row["blocks"]}
    assert reasons[told] == "context: a sentence of the article, for all that it looks like cookie notice"
    addressed = told.replace("as the judge found on Monday", "as you may know, to serve you better")
    assert addressed not in clean([page.replace(told, addressed)])[0]["text"]


def test_of_a_paragraph_that_the_page_repeats_one_stays():
    row = clean([PAGE.replace(PROSE[5], f"{PROSE[5]}\n\n{PROSE[1]}")])[0]
    assert row["text"].split("\n\n") == [*PROSE[:3], "What happens next", *PROSE[3:]]
    assert "repeated: stands further up in the article" in [block["reason"] for block in row["removed"]]


def test_verse_keeps_its_refrain():
    refrain = "And the river carries the lanterns down to the sea again."
    verses = [line for prose in PROSE for line in (prose, refrain)]
    assert clean([PAGE.replace("\n\n".join(PROSE[3:]), "\n\n".join(verses))])[0]["text"].count(refrain) == len(PROSE)


def test_people_that_an_article_tells_of_are_not_its_authors():
    names = ["Marta Hollis", "Theo Lund", "Ann Carver", "Jonas Wick"]
    people = [
        f"{name}\n\n{name} has been a member of the council since the spring of 2011, and voted for the bridge." for name in names
    ]
    row = clean([PAGE.replace(PROSE[3], "\n\n".join([PROSE[3], *people]))])[0]
    assert not [block for block in row["removed"] if block["reason"].startswith("card: an author")]
    assert all(f"{name} has been a member" in row["text"] for name in names)


def test_a_transcript_keeps_its_lines():
    turns = [f"{'HOLLIS' if n % 2 else 'LUND'}: {PROSE[n % 6]}" for n in range(12)]
    assert clean(["\n".join(turns)])[0]["text"].split("\n\n") == turns


def test_a_recipe_keeps_its_lines():
    lines = ["Ingredients", "200 g flour", "2 eggs", "a pinch of salt", "1 tbsp oil", "Method", *PROSE[:3]]
    assert clean(["\n".join(lines)])[0]["text"].split("\n\n")[-3:] == PROSE[:3]


def test_comments_and_the_note_on_the_outlet_are_called_what_they_are():
    foot = ["Comments (2)", "Mill44", "Crossed it every day since the flood. Best view in town.", "Reply", "No comments yet"]
    note = ["Hillwire", "Hillwire is a news agency based in Eastbrook. Its reports are used by papers of the county."]
    kinds = dict(kinds_of("\n\n".join([*PROSE, *note, *foot])))
    assert kinds[foot[2]] == BlockKind.COMMENTS
    assert (kinds[note[0]], kinds[note[1]]) == (BlockKind.BYLINE, BlockKind.AUTHOR_BIO)


def kinds_of(text):
    return [(text[block["start"] : block["end"]], BlockKind(block["kind"])) for block in clean([text])[0]["blocks"]]


def test_a_notice_between_all_paragraphs_does_not_end_the_article():
    text = "\n\n".join(["Share", *(line for paragraph in PROSE for line in (paragraph, "Story content", "Advertisement 2"))])
    assert clean([text])[0]["text"].split("\n\n") == PROSE


def test_a_consent_dialog_longer_than_the_article_is_not_taken_for_it():
    dialog = [
        "Privacy overview",
        "Necessary cookies are needed for the basic functions of this page and cannot be switched off by anybody who reads it here.",
        "Always active",
        "Performance cookies count how often a page is opened, so that the people who run it can see what is read and what is not.",
        "These cookies may be set by partners who advertise here, and they follow what you look at on other pages for up to a year.",
        "If you do not allow these cookies, what you are shown will still be advertising, but none of it will be meant for you.",
        "These cookies are used to remember what you chose, such as your language and the region from which you read this page.",
    ]
    text = "\n".join(["Menu", "Eastbrook to close its old bridge", "By Ann Carver", *PROSE[:4], *dialog])
    assert clean([text])[0]["text"].split("\n\n") == PROSE[:4]


def test_a_question_that_opens_the_article_is_not_its_headline():
    opening = "Is a bridge that nobody has repaired for nine years worth fourteen million crowns and two years of noise?"
    row = clean([PAGE.replace(PROSE[0], f"{opening}\n\n{PROSE[0]}")])[0]
    assert row["text"].split("\n\n")[:2] == [opening, PROSE[0]]
    assert row["title"] == "Eastbrook to close its old bridge for two years"


def test_clean_text_comes_through_and_comes_through_again():
    text = "\n\n".join(PROSE)
    assert clean([text])[0]["text"] == text
    once = clean([PAGE])[0]["text"]
    assert clean([once])[0]["text"] == once


def test_a_text_in_another_language_is_rejected_unless_it_is_too_short_to_tell():
    french = "Le conseil municipal a voté lundi soir la réparation du vieux pont de bois, fermé depuis la tempête de janvier. " * 3
    for languages, reason in (((), None), (("fr",), None), (("de", "en"), RejectReason.OTHER_LANGUAGE)):
        rows = clean([french, french[:110], "12.30 / 45 %"], settings=CleanSettings(languages=languages))
        assert [row["reject"] and row["reject"]["reason"] for row in rows] == [reason, None, None]
    assert rows[0]["text"] == ""
    assert clean(["\n\n".join(PROSE), french], settings=CleanSettings(languages=("en",)))[0] == clean(["\n\n".join(PROSE)])[0]


def test_rejects_say_why():
    rows = clean(["", " \n\n ", "\x00\x01", "Share\nTweet\nSubscribe", None])
    assert [r["reject"]["reason"] for r in rows] == [
        RejectReason.EMPTY, RejectReason.EMPTY, RejectReason.EMPTY, RejectReason.ALL_FURNITURE, RejectReason.NO_TEXT,
    ]  # fmt: skip
    assert all(r["text"] == "" and r["reject"]["message"] for r in rows)


SHORT = [
    "The mayor resigned.",
    "Hello world",
    "Jane Roe",
    "The ferry sank on Monday.\n\nNobody was hurt, police said.",
    "Die Brücke ist wieder offen.",
    ("Word " * 300).strip(),
    "Bridge closes, bridge closes again and again\n\nBridge closes, bridge closes again and again",
    "\n\n".join(f"{word} {number}" for number, word in enumerate("Oslo Riga Bern Rome Kyiv Lima Cork Bath".split())),
]


@pytest.mark.parametrize("text", SHORT)
def test_the_score_alone_never_empties_a_text(text):
    row = clean([text])[0]
    assert row["text"] == text
    assert row["reject"] is None
    assert all(block["reason"] for block in row["blocks"])


@pytest.mark.parametrize(
    "text", ["We use cookies to improve this site.\nAccept all cookies\nReject all", "Home\nNews\nSport\nWeather\nLog in"]
)
def test_a_page_of_boilerplate_has_a_reason_besides_the_score_for_each_block(text):
    row = clean([text])[0]
    assert row["reject"]["reason"] == RejectReason.ALL_FURNITURE
    assert "Check that the extraction" in row["reject"]["message"]
    assert all(block["reason"].startswith(("rule: ", "card: ")) for block in row["blocks"])


def test_a_brief_loses_its_share_button_and_nothing_else():
    assert clean([SHORT[3] + "\n\nShare on Facebook"])[0]["text"] == SHORT[3]


def test_a_text_over_the_limits_is_too_large():
    rows = clean(["a\n" * 50, "a" * 50], settings=CleanSettings(most_blocks=10, most_characters=1000))
    assert rows[0]["reject"]["reason"] == RejectReason.TOO_LARGE
    assert rows[1]["reject"] is None or rows[1]["reject"]["reason"] != RejectReason.TOO_LARGE


def test_a_text_of_nothing_but_quotation_marks_is_too_large_and_names_the_setting():
    many, few = clean(['"a" ' * 5, '"a" ' * 4 + "The dam holds."], settings=CleanSettings(most_marks=8))
    assert many["reject"]["reason"] == RejectReason.TOO_LARGE
    assert "limits.max_marks" in many["reject"]["message"]
    assert few["reject"] is None or few["reject"]["reason"] != RejectReason.TOO_LARGE


def test_settings_out_of_range_say_what_is_allowed():
    with pytest.raises(ValueError, match="repeated_in is 4; it must be a bucket: 2, 3 or 5"):
        CleanSettings(repeated_in=4)


def test_the_table_of_what_is_spared_has_a_row_for_each_place():
    assert {row.where for row in VerdictSettings().spared} == set(Where)
    with pytest.raises(ValueError, match="must have one for each Where"):
        VerdictSettings(spared=VerdictSettings().spared[1:])


def test_html_is_read_and_offsets_count_in_its_text():
    page = (
        "<html><body><nav>Home</nav><article><h1>A bridge closes</h1>"
        + "".join(f"<p>{p}</p>" for p in PROSE)
        + "</article></body></html>"
    )
    table = pa.Table.from_pylist([{"id": "h", "text": None, "html": page, "publisher": None, "url": None}], schema=DOCUMENTS)
    row = clean_documents(table, None, CleanSettings()).to_pylist()[0]
    assert row["text"].split("\n\n")[-6:] == PROSE
    assert [row["source_text"][b["start"] : b["end"]] for b in row["blocks"]][-1] == PROSE[-1]


def test_paragraphs_of_a_page_that_are_of_one_length_stay_apart():
    paragraphs = [
        "The council voted on Tuesday to close the bridge, its mayor said",
        "Anne Hollis told the council that the bridge was in no state to",
        "The harbour ferry took most of the people to the west bank, and",
        "Engineers looked at the deck on Monday and found it wanting, as",
        "Marta Lund said that the county had not been told of the cost",
    ]
    page = "<html><body><article>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</article></body></html>"
    table = pa.Table.from_pylist([{"id": "h", "text": None, "html": page, "publisher": None, "url": None}], schema=DOCUMENTS)
    row = clean_documents(table, None, CleanSettings()).to_pylist()[0]
    assert [row["source_text"][b["start"] : b["end"]] for b in row["blocks"]] == paragraphs


def test_broken_html_is_a_reject():
    table = pa.Table.from_pylist([{"id": "h", "text": None, "html": "<<<\x00>", "publisher": None, "url": None}], schema=DOCUMENTS)
    assert clean_documents(table, None, CleanSettings()).to_pylist()[0]["reject"]["reason"] == RejectReason.EMPTY


def test_unknown_languages_are_cleaned_without_their_own_rules():
    text = "\n\n".join(
        ["Vlada je v ponedeljek potrdila načrt za prenovo starega mostu, ki bo zaprt dve leti."] * 2 + ["© 2021 Primer"]
    )
    row = clean([text])[0]
    assert row["language"] not in ("en", None)
    assert "©" not in row["text"]


@pytest.mark.parametrize(
    ("label", "read_on"),
    [
        ("Teilen", "Lesen Sie auch: Warum die Brücke zu ist"),
        ("Поділитися", "Читайте також: міст закрили до травня"),
        ("Compartir", "Lea también: cierran el puente"),
    ],
)
def test_boilerplate_of_other_languages_goes(label, read_on):
    bodies = {
        "Teilen": "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke für zwei Jahre zu schließen, weil sie nicht mehr sicher ist.",
        "Поділитися": "Міська рада у вівторок вирішила закрити старий міст на два роки, бо він уже не є безпечним для руху транспорту.",
        "Compartir": "El ayuntamiento decidió el martes cerrar el viejo puente durante dos años porque ya no es seguro para los vehículos.",
    }
    row = clean(["\n\n".join([label, bodies[label], bodies[label].replace(" ", "  ", 1), read_on])])[0]
    assert label not in row["text"].split("\n\n")
    assert read_on not in row["text"]
    assert bodies[label] in row["text"]


# --- repetition ----------------------------------------------------------------------------------------------------------------


def stories(count):
    return [
        "\n\n".join(
            [
                *(f"{line} That was on day {n}." for line in PROSE[:4]),
                "We at the Courier love our town dearly and so should you all.",
            ]
        )
        for n in range(count)
    ]


def test_a_line_of_several_stories_is_boilerplate_and_the_bucket_says_of_how_many():
    table = documents(stories(6), "courier")
    repeated = repeated_lines(document_lines(table))
    assert repeated.schema.equals(REPEATED_LINES)
    assert repeated["bucket"].to_pylist() == [5]
    together, alone = (clean_documents(table, r, CleanSettings()).to_pylist() for r in (repeated, None))
    assert all("love our town" not in row["text"] for row in together)
    assert all("love our town" in row["text"] for row in alone)


def test_reprints_of_one_story_count_once():
    table = documents(stories(1) * 5, "courier")
    assert repeated_lines(document_lines(table)).num_rows == 0


def test_an_update_of_a_story_is_no_second_story():
    first = stories(1)[0] + "\n\n" + PROSE[4] + " " + PROSE[5]
    table = documents([first, first.replace("14 million", "15 million")], "courier")
    assert repeated_lines(document_lines(table)).num_rows == 0


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_versions_of_a_story_lose_no_body_line(order):
    first = PROSE
    update = [
        line.replace("14 million", "nearly fifteen and a half million").replace("harbour district", "old fishing quarter")
        for line in first
    ]
    reprint = [
        "Nobody in Eastbrook will cross the river on foot for two years, and on the west bank they are angry about it.",
        *first[1:],
    ]
    versions = [first, update, reprint]
    table = documents(["\n\n".join([*versions[n], "We at the Courier love our town."]) for n in order], "courier")
    repeated = repeated_lines(document_lines(table))
    assert repeated.num_rows > 4
    rows = clean_documents(table, repeated, CleanSettings()).to_pylist()
    assert [row["text"].split("\n\n")[:6] for row in rows] == [versions[n] for n in order]


def test_a_long_notice_on_every_page_does_not_make_them_one_story():
    notice = "All rights reserved. This material may not be published, broadcast or rewritten by anybody. " * 4
    table = documents([f"{text}\n\n{notice}" for text in stories(3)], "courier")
    assert repeated_lines(document_lines(table))["bucket"].to_pylist() == [3, 3]


def test_documents_without_publisher_have_no_lines():
    lines = document_lines(documents(stories(2)))
    assert lines.num_rows == 0
    assert lines.schema.equals(DOCUMENT_LINES)


def test_counts_do_not_depend_on_order_or_batches():
    table = documents(stories(5), "courier")
    shuffled = table.take([3, 0, 4, 2, 1])
    parts = pa.concat_tables([document_lines(shuffled.slice(0, 2)), document_lines(shuffled.slice(2))])
    assert repeated_lines(parts).equals(repeated_lines(document_lines(table)))


def test_a_document_does_not_depend_on_its_neighbours():
    on_one_line = " ".join([*PROSE, "Sign up for our daily newsletter.", *PROSE])
    share = f"{PROSE[0]} Click to share on WhatsApp (Opens in new window)"
    listed = "\n\n".join(f"* A short item of the list, number {number}" for number in range(12))
    texts = [
        PAGE,
        *stories(3),
        "",
        "\n\n".join(PROSE),
        f"Menu\n\n{on_one_line}\n\nShare",
        f"{PAGE}\n\n{share}",
        listed,
        "Menu\n\nHome",
    ]
    alone = [{**clean([text])[0], "id": None} for text in texts]
    assert [{**row, "id": None} for row in clean(texts)] == alone
    assert [{**row, "id": None} for row in clean(texts[::-1])] == alone[::-1]


def test_a_body_block_far_inside_of_its_text_comes_with_its_text():
    raw = "\n\n".join(f"{line} This was year {year}." for year in range(1800, 1900) for line in PROSE[:2])
    blocks = clean([raw])[0]["blocks"]
    assert blocks[-1]["start"] > COUNTED_TO
    assert [b["text"] for b in blocks] == [raw[b["start"] : b["end"]] if b["start"] > COUNTED_TO else None for b in blocks]


# --- properties ----------------------------------------------------------------------------------------------------------------

LINES = st.sampled_from(
    [*PROSE, *PAGE.split("\n"), "Politics", "1 day ago", "* item", "Jane Roe", "(Photo: AFP)", "A headline of five words", "“Yes.”"]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=25), st.sampled_from(["\n", "\n\n"]))
@settings(derandomize=True, deadline=None, max_examples=120)
def test_rows_offsets_and_idempotence_hold_for_any_lines(lines, joint):
    raw = joint.join(lines).encode("utf-8", "replace").decode("utf-8")
    table = clean_documents(documents([raw]), None, CleanSettings())
    assert table.schema.equals(CLEANED)
    row = table.to_pylist()[0]
    ends = 0
    for span in row["removed"]:
        assert ends <= span["start"] < span["end"] <= len(raw)
        ends = span["end"]
    assert [raw[r["start"] : r["end"]] for r in row["repairs"]] == [r["before"] for r in row["repairs"]]
    assert (row["reject"] is not None) == (row["text"] == "")
    assert all(block["reason"] for block in row["blocks"])
    texts = [raw[b["start"] : b["end"]] if b["kind"] != BlockKind.BODY else None for b in row["blocks"]]
    assert [b["text"] for b in row["blocks"]] == texts
    if row["reject"] is not None:
        assert not [b for b in row["blocks"] if b["reason"].startswith("score: ") and b["reason"].endswith(" the article")]
    assert clean([row["text"]])[0]["text"] == row["text"]


@pytest.mark.parametrize(
    "name", ["only quotation marks", "only newlines", "nested brackets", "near a share rule", "near a date", "one line"]
)
def test_hostile_texts_take_time_in_proportion(name, monkeypatch):
    monkeypatch.syspath_prepend("benchmarks")
    make = importlib.import_module("cleaning").HOSTILE[name]
    times = []
    for size in (100_000, 800_000):
        table = documents([make(size)])
        best = min(_timed(clean_documents, table, None, CleanSettings(), clock=time.process_time) for _ in range(2))
        times.append(best)
    assert times[1] < 24 * times[0] + 0.5  # linear is 8, quadratic 64


def _timed(work, *arguments, clock):
    start = clock()
    work(*arguments)
    return clock() - start


def test_a_line_that_stands_twice_is_read_once_and_judged_twice():
    first, other, second = lines_of(["Share this article", PROSE[0], "Share this article"], [0, 1, 2], load_lexicon("en"))
    assert (first.text, first.content, first.numbers, first.hits) == (second.text, second.content, second.numbers, second.hits)
    assert (first.gap, second.gap, other.text) == (0, 2, PROSE[0])
    first.remove(BlockKind.SHARE_WIDGET, "rule: share")
    assert second.kept
