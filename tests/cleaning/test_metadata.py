"""Bylines, dates and headlines in the forms in which pages give them, and the look-alikes that are none."""

import pyarrow as pa
import pytest

from pipelines.cleaning import CleanSettings, clean_documents
from pipelines.cleaning.biographies import names_of_biography, tells_of_writer
from pipelines.cleaning.bylines import names_after_date, names_at_start, names_in_byline, organisation
from pipelines.cleaning.credits import photo_credit_of
from pipelines.cleaning.datelines import find_dateline
from pipelines.cleaning.dates import find_date, find_dates, find_short_date
from pipelines.cleaning.folding import fold
from pipelines.cleaning.kinds import name_kinds
from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.lines import line_of
from pipelines.cleaning.person_names import person_name
from pipelines.schemas import DOCUMENTS
from pipelines.vocabulary import BlockKind, DateSource
from tests.prose import PROSE

EN = load_lexicon("en")
HEADLINE = "Eastbrook to close its old bridge for two years"


def clean(texts):
    rows = [{"id": str(n), "text": text, "html": None, "publisher": None, "url": None} for n, text in enumerate(texts)]
    return clean_documents(pa.Table.from_pylist(rows, schema=DOCUMENTS), None, CleanSettings()).to_pylist()


def page(*head, body=PROSE, tail=()):
    return clean(["\n\n".join([HEADLINE, *head, *body, *tail])])[0]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Carver", ["Ann Carver"]),
        ("By\xa0Ann Carver and Theo Lund".replace("\xa0", " "), ["Ann Carver", "Theo Lund"]),
        ("By Ann Carver, Theo Lund and Mia de Vries", ["Ann Carver", "Theo Lund", "Mia de Vries"]),
        ("By Ann Carver, Laura May Oduya, Theo Lund, +12 more", ["Ann Carver", "Laura May Oduya", "Theo Lund"]),
        ("By ANN CARVER, Staff Writer", ["Ann Carver"]),
        ("By Ann Carver | Evening Gazette | March 4, 2021", ["Ann Carver"]),
        ("By Ann Carver, Eastbrook Gazette", ["Ann Carver"]),
        ("By Ann Carver EVENING NETWORK", ["Ann Carver"]),
        ("By Ann CarverThe Eastbrook Courier", ["Ann Carver"]),
        ("ByAnn Carver", ["Ann Carver"]),
        ("(Reporting by Ann Carver; Editing by Theo Lund)", ["Ann Carver"]),
        ("By Northern Weather Desk | March 4, 2021", ["Northern Weather Desk"]),
        ("By Theresa May in Oslo", ["Theresa May"]),
        ("By April Stone", ["April Stone"]),
        ("By Observer weather desk | March 4, 2021", ["Observer weather desk"]),
        ("By the time the council met", []),
        ("By Monday the water had gone", []),
        ("By March 4 the bridge had gone", []),
    ],
)
def test_names_after_by(line, names):
    assert names_in_byline(line, EN) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Carver, economics editor", ["Ann Carver"]),
        ("Ann Carver in Port Hallow", ["Ann Carver"]),
        ("Ann Carver for the Evening Post", ["Ann Carver"]),
        ("Ann Carver Eastbrook Enquirer", ["Ann Carver"]),
        ("Ann Carver@anncarver", ["Ann Carver"]),
        ("Ann Carver March 4, 2021 8:05 AM", ["Ann Carver"]),
        ("Ann Carver 3 hours ago", ["Ann Carver"]),
        ("Ann Carver and Theo Lund, Evening Times - Dec 20, 2021 3:06 pm", ["Ann Carver", "Theo Lund"]),
        ("Ann Carver and Theo Lund at the opening of the new bridge over the harbour", []),
        ("Old Farm 2025 Red, France ($14.99)", []),
        ("Hip Hop 50", []),
        ("Ann Carver walked home", []),
    ],
)
def test_names_at_the_start_of_a_line(line, names):
    assert names_at_start(line, EN) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Carver, who joined the paper in 2019, covers the harbour.", ["Ann Carver"]),
        ("Contact reporter Ann Carver at acarver@example.org", ["Ann Carver"]),
        ("—Staff writer Ann Carver can be reached at the desk.", ["Ann Carver"]),
        ("Follow Ann Carver on the usual channels.", ["Ann Carver"]),
        ("Follow Europe on the radio.", []),
        ("The bridge is closed.", []),
    ],
)
def test_names_of_a_biography(line, names):
    assert names_of_biography(line, EN) == names


@pytest.mark.parametrize(
    "part", ["Related Stories", "Los Angeles Times", "Eastbrook School", "Harvard Medical School", "March 4", "By Ann"]
)
def test_what_is_no_persons_name(part):
    assert person_name(part, EN) is None


def test_a_date_is_no_organisation():
    assert organisation("March 4, 2021", EN) == []


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("en", "Thursday, March 4, 2021 at 8:05 a.m. EST", "2021-03-04"),
        ("en", "Thu Mar 04 08:05:11 EST 2021", "2021-03-04"),
        ("en", "4th of March, 2021", "2021-03-04"),
        ("en", "04-Mar-2021 08:05", "2021-03-04"),
        ("en", "2021-03-04T08:05:11Z", "2021-03-04"),
        ("en", "https://example.org/2021/03/04/bridge", "2021-03-04"),
        ("en", "3/4/2021", "2021-03-04"),
        ("en", "25/3/2021", "2021-03-25"),
        ("en", "2 minute readMarch 4, 20218:05 AM UTC", "2021-03-04"),
        ("en", "Evening PressMarch 4, 2021 GMT", "2021-03-04"),
        ("en", "March 4, 20218", None),
        ("en", "Kumar 4, 2021", None),
        ("de", "Donnerstag, 4. März 2021, 08:05 Uhr", "2021-03-04"),
        ("de", "4. 3. 2021", "2021-03-04"),
        ("fr", "Publié le 1er mars 2021 à 8h05", "2021-03-01"),
        ("es", "4 de marzo de 2021", "2021-03-04"),
        ("ru", "4 марта 2021", "2021-03-04"),
        ("uk", "4 березня 2021", "2021-03-04"),
        ("en", "2021年3月4日", "2021-03-04"),
        ("en", "March 2021", None),
        ("en", "March 4", None),
        ("en", "2 hours ago", None),
        ("en", "Yesterday at 8:05", None),
        ("en", "31 February 2021", None),
    ],
)
def test_dates_in_the_usual_forms(language, line, day):
    found = find_date(fold(line), load_lexicon(language))
    assert (found.iso if found else None) == day


def test_a_date_with_a_year_of_two_figures_is_only_read_on_request():
    assert find_date("posted 12/22/21", EN) is None
    assert find_short_date("posted 12/22/21", EN).iso == "2021-12-22"
    assert find_short_date("ratio 1/2/3/21", EN) is None


def test_three_numbers_are_read_as_the_other_dates_of_the_page_are():
    assert [date.other for date in find_dates("3/4/2021 and 25/3/2021", EN)] == ["2021-04-03", None]
    assert page("Published 3/4/2021")["date"] is None
    assert page("Published 3/4/2021", tail=["Updated 25/4/2021"])["date"] == "2021-04-03"


@pytest.mark.parametrize(
    ("head", "tail", "day", "source"),
    [
        (["Published March 4, 2021"], [], "2021-03-04", DateSource.STAMP),
        (["By Ann Carver | March 4, 2021"], [], "2021-03-04", DateSource.BYLINE),
        (["Updated March 9, 2021", "Published March 4, 2021"], [], "2021-03-04", DateSource.STAMP),
        (["Updated March 9, 2021 | Published March 4, 2021"], [], "2021-03-04", DateSource.STAMP),
        (["Last updated: March 9, 2021"], [], "2021-03-09", DateSource.STAMP),
        ([], ["Last updated: March 9, 2021"], None, None),
        ([], ["Thursday, April 22, 2021"], None, None),
        ([], ["© 2021 Eastbrook Courier, March 4, 2021. All rights reserved."], None, None),
        (["2 hours ago"], [], None, None),
        (["Yesterday, 8:05 a.m."], [], None, None),
        ([], ["This article was first published on March 4, 2021."], "2021-03-04", DateSource.TEXT),
    ],
)
def test_which_date_is_the_articles(head, tail, day, source):
    row = page(*head, tail=tail)
    assert (row["date"], row["date_source"]) == (day, source)


def test_the_first_of_a_full_page_is_not_the_date_of_the_article():
    row = clean(
        [
            "\n".join(
                ["Thursday, April 22, 2021", "Menu", "Search", "Sections", "Weather", "", HEADLINE, "", "March 4, 2021", "", *PROSE]
            )
        ]
    )[0]
    assert row["date"] == "2021-03-04"


def test_a_weekday_and_its_date_at_the_top_of_a_page_are_the_masthead():
    assert clean(["\n\n".join(["Thursday, April 22, 2021", HEADLINE, *PROSE, "Share this"])])[0]["date"] is None
    for line in ("Thursday, April 22, 2021, 8:05 AM", "Published Thursday, April 22, 2021", "April 22, 2021"):
        assert clean(["\n\n".join([line, HEADLINE, *PROSE, "Share this"])])[0]["date"] == "2021-04-22"
    assert page("Thursday, April 22, 2021")["date"] == "2021-04-22"


def test_a_kept_line_that_only_says_when_is_the_date():
    lead = ["Eastbrook", "A bridge and its river, seen from the harbour"]
    row = clean(["\n\n".join([HEADLINE, *lead, "By Ann Carver", "Friday, 5 Mar 2021 4:55 PM EST", *PROSE])])[0]
    assert (row["date"], row["byline"]) == ("2021-03-05", "Ann Carver")


def test_several_names_on_lines_of_their_own():
    row = page("By", "Ann Carver", "and", "Theo Lund", "March 4, 2021")
    assert (row["byline"], row["date"]) == ("Ann Carver, Theo Lund", "2021-03-04")


def test_a_name_under_the_headline_is_an_author_only_where_something_says_so():
    assert page("Ann Carver", "March 4, 2021")["byline"] == "Ann Carver"
    assert page("Ann Carver", "Staff writer")["byline"] == "Ann Carver"
    assert page("Marta Hollis")["byline"] is None  # the article quotes her
    assert page("Real Estate")["byline"] is None


def test_bylines_of_other_stories_below_the_article_are_not_its_own():
    others = [
        "Read more",
        "Ferry is late again",
        "By Ann Carver",
        "Mill burns down",
        "By Theo Lund",
        "School opens late",
        "By Mia Stone",
    ]
    assert page("March 4, 2021", tail=others)["byline"] is None


def kinds_of(row, text):
    return {text[block["start"] : block["end"]]: block["kind"] for block in row["removed"]}


def test_a_biography_of_the_author_is_called_one():
    biography = "Ann Carver has written about the harbour since she joined the paper in 2019."
    head, tail = ["By Ann Carver", "March 4, 2021"], ["Read more: The ferry is late", biography, "Sign up for our newsletter"]
    row = page(*head, tail=tail)
    assert row["byline"] == "Ann Carver"
    found = kinds_of(row, "\n\n".join([HEADLINE, *head, *PROSE, *tail]))
    assert found["By Ann Carver"] == BlockKind.BYLINE
    assert found.get(biography, BlockKind.AUTHOR_BIO) == BlockKind.AUTHOR_BIO


def test_a_standfirst_that_stands_again_below_the_picture_goes():
    standfirst = "The deck is to be replaced, and traffic led through the harbour district."
    row = page(
        "March 4, 2021",
        standfirst,
        "4 min read",
        "Share",
        "Photo: Ann Carver / Agency",
        standfirst,
        tail=["Read more: The ferry is late", "Subscribe"],
    )
    assert row["text"].count(standfirst) == 1
    assert [block["reason"] for block in row["removed"] if block["kind"] == BlockKind.STANDFIRST_REPEAT] == [
        "rule: the standfirst again"
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Readers keep this newsroom going, nobody else.", BlockKind.APPEAL),
        ("Seen something? Write to desk@courier.example or call us.", BlockKind.CONTACT),
        ("Eastbrook Courier, 12 Quay Street, +44 20 7946 0018", BlockKind.CONTACT),
        ("You must log in before you comment here.", BlockKind.COMMENTS),
        ("One story every weekday at seven, subscribe free.", BlockKind.NEWSLETTER),
        ("Prices are delayed and no advice to investors.", BlockKind.OTHER),
        ("A road that nobody wanted and everybody uses", BlockKind.RELATED),
        ("Storm of 1957-1963 remembered in a book", BlockKind.RELATED),
        ("04.03.2021, 08:05 Uhr", BlockKind.DATE_STAMP),
        ("Share | Print | Save", BlockKind.SHARE_WIDGET),
    ],
)
def test_removed_lines_are_called_by_their_words(text, kind):
    line = line_of(text, 1, EN)
    line.remove(BlockKind.RELATED, "score: below the article")
    line.label = line.sure = line.weak = None
    name_kinds([line], [text], 0, EN)
    assert line.kind == kind


def test_the_headline_is_told_from_kicker_standfirst_menu_and_page_title():
    standfirst = "The deck of the bridge is to be replaced, and traffic led through the harbour district."
    assert page(standfirst, "By Ann Carver", "March 4, 2021")["title"] == HEADLINE
    menu = ["Home | News | Sport | Weather", "Local news", ""]
    assert clean(["\n".join([*menu, HEADLINE, "By Ann Carver", "March 4, 2021", "", *PROSE])])[0]["title"] == HEADLINE
    twice = clean(["\n\n".join([f"{HEADLINE} | Eastbrook Courier", HEADLINE, "March 4, 2021", *PROSE])])[0]
    assert twice["title"] == HEADLINE
    assert HEADLINE not in twice["text"]
    assert clean(["\n\n".join([f"{HEADLINE} | Eastbrook Courier", "March 4, 2021", *PROSE])])[0]["title"] == HEADLINE


@pytest.mark.parametrize(
    "headline",
    [
        "Is the old bridge of Eastbrook worth fourteen million crowns?",  # a question over a byline
        "Eastbrook asks whether an old bridge is worth the money that it costs in the U.S.",  # the stop is the abbreviation's
    ],
)
def test_a_headline_may_end_like_a_sentence(headline):
    row = clean(["\n\n".join([headline, "By Ann Carver", "March 4, 2021", *PROSE])])[0]
    assert row["title"] == headline
    assert headline not in row["text"]


@pytest.mark.parametrize(("first", "title"), [("Council delays bridge", "Council delays bridge"), ("Weather and tides", None)])
def test_three_words_over_a_brief_are_its_headline_where_its_first_sentence_tells_of_them(first, title):
    sentence = "The council of Marrow has put off the second bridge over the Tell by a year, its leader said on Tuesday evening."
    assert (
        clean([f"{first}\n\n{sentence}\n\nThere was no money for it, Ada Quill told reporters after the meeting."])[0]["title"]
        == title
    )


def test_three_words_over_byline_and_day_are_the_headline_of_a_brief():
    row = clean([f"Council delays bridge\n\nBy Ann Carver\n\nMarch 4, 2021\n\n{PROSE[0]} The council met late.\n\n{PROSE[1]}"])[0]
    assert (row["title"], row["byline"]) == ("Council delays bridge", "Ann Carver")


def test_a_text_without_a_headline_has_none():
    assert clean(["\n\n".join(PROSE)])[0]["title"] is None


def test_a_small_letter_outside_ascii_begins_no_name():
    assert tells_of_writer("Éric Œuvre is a reporter in Lille.", EN)
    assert not tells_of_writer("éric œuvre is a reporter in Lille.", EN)
    assert photo_credit_of("A bridge in May. (Élise Roe / Évening)", EN) == "Élise Roe / Évening"
    assert photo_credit_of("A bridge in May. (élise roe / évening)", EN) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Roe, Jr., and Tara Dorn, MD", "Jane Roe Jr., Tara Dorn"),
        ("By Tara Dorn, M.D., MPH and Joe Schmitt III", "Tara Dorn, Joe Schmitt III"),
        ("By Ann Lee, Jane Roe, and John Doe", "Ann Lee, Jane Roe, John Doe"),
        ("Monday August 27, 2018 10:05 am PDT by Nora Hale", "Nora Hale"),
        ("August 27, 2018 | By Nora Hale and Tom Reed", "Nora Hale, Tom Reed"),
    ],
)
def test_names_with_degrees_generations_and_days(line, names):
    assert ", ".join(names_in_byline(line, EN) or names_after_date(line, EN)) == names


def test_a_dateline_with_its_day_between_two_dashes():
    french = load_lexicon("fr")
    assert find_dateline('VALMONT - 22 sept 2014 - "Le pont tiendra", a dit le maire.', french) == "VALMONT - 22 sept 2014"


def alone(text):
    documents = pa.Table.from_pylist([{"id": "a", "text": text}], schema=DOCUMENTS)
    return clean_documents(documents, None, CleanSettings()).to_pylist()[0]


CREDITED = (
    "A bridge collapsed in Varn on Monday and two people were hurt, police said.",
    "The bridge was built in 1911 and had been closed to lorries since May.",
    "Engineers are to examine the pillars this week, the county said.",
)


@pytest.mark.parametrize(
    ("above", "below", "agency"),
    [
        ("AFP", None, "AFP"),
        ("Reuters / AFP", None, "Reuters"),
        ("Eastbrook (AP)", None, "Associated Press"),
        (None, "With files from The Canadian Press", "Canadian Press"),
        (None, "The Associated Press contributed to this report.", "Associated Press"),
        ("By agencies", "Source: dpa", "dpa"),
    ],
)
def test_a_line_that_credits_an_agency_is_read_and_goes(above, below, agency):
    lines = ["Bridge collapses in Varn", above, *CREDITED, below]
    row = alone("\n\n".join(line for line in lines if line))
    assert row["byline_agency"] == agency
    assert row["text"] == "\n\n".join(CREDITED)


def test_a_list_of_agencies_stays():
    text = "\n\n".join(["The agencies whose reports differ:", "AFP", "Reuters", "dpa"])
    assert alone(text)["text"] == text


def test_buttons_for_the_size_of_type_are_no_agency():
    row = alone("\n".join(["Bridge collapses in Varn", "AA", *CREDITED]))
    assert (row["byline_agency"], row["text"].split("\n\n")[-3:]) == (None, list(CREDITED))


def test_a_day_alone_under_the_headline_is_read_and_goes():
    row = alone("\n".join(["Bridge collapses in Varn", "March 4", *CREDITED]))
    assert (row["date_partial"], row["text"].split("\n\n")[-3:]) == ("--03-04", list(CREDITED))


def test_the_days_of_a_tour_are_no_date_of_the_article():
    days = ["March 4 – Eastbrook", "March 9 – Varn", "March 11 – Kelby", "March 15 – Selmouth"]
    row = alone("\n".join(["Four nights of brass", CREDITED[0], *days]))
    assert (row["date"], row["date_partial"]) == (None, None)


@pytest.mark.parametrize(
    ("line", "day"), [("令和6年1月15日", "2024-01-15"), ("令和元年6月1日 10時00分", "2019-06-01"), ("平成30年3月2日", "2018-03-02")]
)
def test_years_of_an_era_are_read(line, day):
    assert find_date(fold(line), load_lexicon("ja")).iso == day


@pytest.mark.parametrize(
    ("language", "paragraph", "dateline"),
    [
        ("de", "GRENZHAFEN, 4. Februar. Der Rat stimmt ab.", "GRENZHAFEN, 4. Februar"),
        ("de", "Bad Selm, 4. Februar (dpn). Der Rat stimmt ab.", "Bad Selm, 4. Februar (dpn)"),
        ("en", "On Friday, 4 February. The council met.", None),
        ("en", "Eastbrook, 40 February. The council met.", None),
    ],
)
def test_a_dateline_may_end_with_a_stop(language, paragraph, dateline):
    assert find_dateline(paragraph, load_lexicon(language)) == dateline


def test_a_short_date_alone_is_read_as_the_pages_other_dates_are():
    assert page("07/02/24", tail=["Last updated 27/02/24"])["date"] == "2024-02-07"


def test_three_words_with_an_outlets_last_are_no_person():
    assert person_name("Northern Public Radio", EN) is None
    assert person_name("Femke de Wit", load_lexicon("nl")) == "Femke de Wit"
