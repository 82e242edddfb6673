"""Who is given as the author: names next to what speaks for them, and the look-alikes that are none."""

import math

import pytest

from pipelines.cleaning import author_candidates
from pipelines.cleaning.author_candidates import Way, candidates_in, head_regions, page_of
from pipelines.cleaning.author_signs import Group, Signs, describe, row_of
from pipelines.cleaning.authors import chance_of
from pipelines.cleaning.biographies import name_in_address
from pipelines.cleaning.bylines import names_alone, names_linked, outlet_of
from pipelines.cleaning.clean import draft_of
from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.lines import extent, lines_of
from pipelines.cleaning.metadata import take_biography
from pipelines.cleaning.settings import CleanSettings
from pipelines.learned.linear import Linear, Term
from pipelines.learned.model import load_model
from tests.cleaning.test_metadata import EN, HEADLINE, PROSE, clean, page

WEIGHTS = load_model("authors").weights["authors"]
BOILERPLATE = ["Share this", "Read more: The ferry is late again", "Sign up for our newsletter", "© 2021 Eastbrook Courier"]


@pytest.mark.parametrize(
    "head",
    [
        ["Ann Carver Published: 4 Mar 2021"],
        ["Ann Carver Updated 3 hours ago"],
        ["Words: Ann Carver"],
        ["Reporter: Ann Carver"],
        ["Opinion by Ann Carver"],
        ["By : Ann Carver"],
        ["By", "* Ann Carver"],
        ["By", "Social links for Ann Carver"],
        ["View all posts by Ann Carver"],
        ["Ann Carver", "2 hours ago"],
        ["Ann Carver", "3 min read"],
        ["Ann Carver", "@anncarver"],
        ["Ann Carver", "acarver@example.org"],
        ["Ann Carver", "Eastbrook Gazette"],
        ["By Ann Carver Last updated March 4, 2021"],
        ["By Ann Carver For The Evening Post"],
        ["By Ann Carver | NORTH Media for the Courier"],
        ["Ann Carver NORTHNews", "March 4, 2021"],
        ["Ann Carver Gazette Correspondent,Updated March 4, 2021, 5:49 p.m."],
    ],
)
def test_an_author_near_the_headline(head):
    assert page(*head, tail=BOILERPLATE)["byline"] == "Ann Carver"


@pytest.mark.parametrize(
    "head", [["Ann Carver and Theo Lund"], ["Ann Carver", "Theo Lund", "March 4, 2021"], ["By", "Ann Carver", "By", "Theo Lund"]]
)
def test_two_authors_near_the_headline(head):
    assert page(*head, tail=BOILERPLATE)["byline"] == "Ann Carver, Theo Lund"


@pytest.mark.parametrize(
    "note",
    [
        "Reporting by Ann Carver; editing by Theo Lund",
        "Reporting by Ann Carver, additional reporting by Theo Lund, editing by Mia Stone",
        "Ann Carver is the author of three books.",
        "The writer, Ann Carver, is a journalist in Oslo.",
        "Dr. Ann Carver is a columnist at the Harbour Institute.",
        "Email Ann Carver at acarver@example.org",
        "Contact Ann with tips, ann.carver@example.org, or by phone.",
    ],
)
def test_an_author_below_the_article(note):
    assert page("March 4, 2021", tail=[note, *BOILERPLATE])["byline"] == "Ann Carver"


def test_who_is_under_the_headline_goes_before_who_is_at_the_foot():
    assert page("By Ann Carver", "March 4, 2021", tail=["Reporting by Theo Lund", *BOILERPLATE])["byline"] == "Ann Carver"


def test_a_newspaper_or_an_agency_is_the_author_where_no_person_is():
    assert page("Eastbrook Gazette Staff", "March 4, 2021")["byline"] == "Eastbrook Gazette Staff"
    assert page("Ann Carver", "Eastbrook Gazette Staff", "March 4, 2021")["byline"] == "Ann Carver"
    assert outlet_of("Eastbrook Mill", EN) == []


@pytest.mark.parametrize(
    "head",
    [["Marta Hollis"], ["Key Points"], ["Latest Stories"], ["Photo: Theo Lund"], ["Eastbrook"], ["Who Lives in Eastbrook"]],
)
def test_a_head_that_names_nobody_who_wrote_gives_no_byline(head):
    assert page(*head)["byline"] is None


def test_whom_the_article_tells_of_is_no_author_for_a_line_about_them():
    assert page("March 4, 2021", tail=["Marta Hollis is chair of the transport committee.", *BOILERPLATE])["byline"] is None
    assert (
        page("March 4, 2021", tail=["Ann Carver is chair of the writers' union and a journalist.", *BOILERPLATE])["byline"]
        == "Ann Carver"
    )


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Carver, Theo Lund and Mia Stone", ["Ann Carver", "Theo Lund", "Mia Stone"]),
        ("ANN CARVER & THEO LUND", ["Ann Carver", "Theo Lund"]),
        ("Ann Carver", []),
        ("Ann Carver and others", []),
        ("Health, Real Estate and Sports News", []),
    ],
)
def test_names_alone_on_a_line(line, names):
    assert names_alone(line, EN) == names


def test_links_and_addresses():
    assert names_linked("More stories by Ann Carver", EN) == ["Ann Carver"]
    assert names_linked("Photo by Ann Carver", EN) == []
    assert names_linked("More from our archive", EN) == []
    assert name_in_address("Write to Ann, ann.carver@example.org") == ["Ann Carver"]
    assert name_in_address("Write to news.desk@example.org") == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Von Ann Carver und Theo Lund"),
        ("fr", "Par Ann Carver et Theo Lund"),
        ("es", "Por Ann Carver y Theo Lund"),
        ("uk", "Автор: Ann Carver та Theo Lund"),
        ("ru", "Авторы: Ann Carver и Theo Lund"),
    ],
)
def test_by_in_other_languages(language, line):
    body = {
        "de": "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke für zwei Jahre zu sperren, während die Fahrbahn erneuert wird.",
        "fr": "Le conseil municipal a voté mardi la fermeture du vieux pont pendant deux ans, le temps de remplacer le tablier.",
        "es": "El ayuntamiento votó el martes cerrar el viejo puente durante dos años mientras se sustituye el tablero.",
        "uk": "Міська рада у вівторок проголосувала за закриття старого мосту на два роки, поки замінять його полотно.",
        "ru": "Городской совет во вторник проголосовал за закрытие старого моста на два года, пока заменят его полотно.",
    }[language]
    row = clean(["\n\n".join(["Eastbrook", line, body, body.replace("1", "2"), body[::1].upper().lower().capitalize()])])[0]
    assert (row["language"], row["byline"]) == (language, "Ann Carver, Theo Lund")


def candidates_of(text):
    draft = draft_of("1", text, {}, CleanSettings())
    read = page_of(draft.lines, draft.spaced, load_lexicon("en"), *extent(draft.lines))
    return describe(read, candidates_in(read, head_regions(read)))


def test_the_weights_are_those_of_what_is_described():
    found = candidates_of("\n\n".join([HEADLINE, "By Ann Carver", *PROSE]))
    assert found
    assert list(row_of(found[0])) == list(WEIGHTS.terms)


def test_the_chance_is_the_sum_of_what_training_weighs():
    """The score is computed without the rows that training sees; both must say the same."""
    for signs in candidates_of("\n\n".join([HEADLINE, "By Ann Carver", "Theo Lund, Evening Post", "March 4, 2021", *PROSE])):
        assert math.log(1 / chance_of(signs, WEIGHTS) - 1) == pytest.approx(-WEIGHTS.score(row_of(signs)))


def test_each_group_of_ways_weighs_by_itself():
    zero = dict.fromkeys(WEIGHTS.terms, Term(0.0))
    signs = Signs("by", "sure", {"bare": 0.0, "mentioned": 0.0, "role": 1.0}, {})
    assert set(Way) <= set(zero)
    assert [chance_of(signs, Linear(zero | {f"{group}_role": Term(5.0)})) > 0.9 for group in Group] == [True, False, False]


@pytest.mark.parametrize("line", ["Jane Roe and John Doe, Evening Post", "By", "Jane a.b@c.d", "By Jane Roe"])
def test_of_names_without_end_a_set_number_is_looked_at(line, monkeypatch):
    """However often names, handles and "By" stand on a page, as many lines of it are read for names, and the article stays."""
    looked_at = []
    read = author_candidates._candidate
    monkeypatch.setattr(
        author_candidates, "_candidate", lambda page, place, where: looked_at.append(place) or read(page, place, where)
    )
    counts = []
    for times in (200, 20_000):
        looked_at.clear()
        row = clean(["\n\n".join([HEADLINE, *[line] * times, *PROSE])])[0]
        counts.append(len(looked_at))
        assert row["reject"] is None
        assert PROSE[-1] in row["text"]
    assert counts[1] <= counts[0]


def test_a_last_sentence_that_begins_with_an_author_of_the_markup_is_no_body():
    texts = [*PROSE, "Ada Quill has covered bridges and roads for the Courier since 2011."]
    for names, gone in ((("Ada Quill",), [texts[-1]]), (("Quill",), []), ((), [])):
        lines = lines_of(texts, [1] * len(texts), EN)
        take_biography(lines, names)
        assert [line.text for line in lines if not line.kept] == gone
