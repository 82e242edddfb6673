"""Credits, sources and first reports: who had a text before whom, and where nobody can know."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cleaning.lexicon import load_lexicon
from pipelines.lexicons import SHARED, read_language_file
from pipelines.schemas import (
    ARTICLE_CREDITS,
    ARTICLE_SOURCES,
    CREDIT_INPUT,
    CREDITS,
    GROUPED,
    NAMED_STORIES,
    PAIRS,
    WIRE_INPUT,
)
from pipelines.stories import article_credits, name_stories, sources_of
from pipelines.stories.credits import SourceWords, agency_of_outlet, credit_of

BODY = "The Tarvel dam burst on Friday after three days of rain.\n\nTwelve people drowned in Quellin, the mayor said.\n\n"


@pytest.mark.parametrize(
    ("text", "agency", "place"),
    [
        ("QUELLIN, Osk (AP) — " + BODY, "Associated Press", "dateline"),
        ("QUELLIN, May 3 (Reuters) - " + BODY, "Reuters", "dateline"),
        ("Quellin (dpa/lno) - " + BODY, "dpa", "dateline"),
        ("Quellin (KNA/ost). " + BODY, "KNA", "dateline"),
        ("QUELLIN, Osk, May 3, 2031 /PRNewswire/ -- " + BODY, "PR Newswire", "dateline"),
        ("Quellin (ots) - " + BODY, "news aktuell", "dateline"),
        ("ALTOONA, Pa. (AP) — " + BODY, "Associated Press", "dateline"),
        (BODY + "The search went on. (dpa/lno)", "dpa", "trailer"),
        (BODY + "The search went on. — AFP", "AFP", "trailer"),
        ("КВЕЛІН, 3 травня (Укрінформ). — " + BODY, "Ukrinform", "dateline"),
        ("QUELLIN, AFP – " + BODY, "AFP", "dateline"),
        (BODY + "A Reuters reporter saw it.\n\n(Reporting by Ada Orme; Editing by Jon Brell)", "Reuters", "trailer"),
        (BODY + "Source: AFP", "AFP", "trailer"),
        (BODY + "Quelle: dpa", "dpa", "trailer"),
        (BODY + "Copyright 2031 The Associated Press. All rights reserved.", "Associated Press", "trailer"),
        (BODY + "The Associated Press contributed to this report.", "Associated Press", "note"),
        (BODY + "With files from Reuters", "Reuters", "note"),
        (BODY + "“We were warned,” the mayor told Reuters by telephone.", "Reuters", "text"),
        ("The dam burst on Friday, AFP reported. " + BODY, "AFP", "text"),
    ],
)
def test_an_agency_is_credited_where_the_article_says_so(text, agency, place):
    credit = credit_of(text)
    assert (credit.agency, credit.place.value) == (agency, place)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "The AP exam starts at nine on Monday. " + BODY,  # no cue
        "Thomson Reuters will cut 200 jobs, the company said on Monday. " + BODY,
        "QUELLIN (Osk) — " + BODY,
        BODY + "(Reporting by Ada Orme; Editing by Jon Brell)",  # whose form it is, and not whose text
        "The Academy of Animal Physicians (AAP) — founded in 1901 — met on Monday. " + BODY,
        BODY + "So says the Academy of Animal Physicians (AAP).",
        BODY + "The dam before it burst. © AFP / ADA ORME",
        BODY + "He once worked for Bloomberg as a driver.",
    ],
)
def test_an_agency_that_is_only_named_is_not_credited(text):
    assert credit_of(text) is None


def test_how_a_desk_signs_names_no_agency_by_itself():
    signed = "(Reporting by Ada Quill; Editing by Tom Reed)"
    opening = "OSK, March 3 ({}) - The dam burst on Friday.\n\nNobody was hurt."
    assert credit_of(opening.format("Nordwire"), below=signed) is None
    assert credit_of(opening.format("Reuters"), below=signed).agency == "Reuters"
    assert credit_of("The dam burst on Friday.\n\nNobody was hurt.", below=signed) is None
    assert credit_of("The dam burst on Friday, Reuters reported.\n\nNobody was hurt.", below=signed).agency == "Reuters"


def test_a_byline_and_the_lines_around_the_body_count_and_the_dateline_says_more():
    assert credit_of(BODY, byline="Ada Orme, Associated Press").place == "byline"
    assert credit_of(BODY, agency="Reuters").agency == "Reuters"
    assert credit_of(BODY, below="© 2031 AFP").place == "trailer"
    assert credit_of("QUELLIN (Reuters) - " + BODY, below="© 2031 AFP").agency == "Reuters"


CREDITED_IN_MANY_LANGUAGES = [
    ("TROSSVIK, Norland (AP) _ {}", "Associated Press", "dateline"),
    ("TROSSVIK – Reuters – {}", "Reuters", "dateline"),
    ("Trossvik, Jan 14 (PTI) {}", "PTI", "dateline"),
    ("Trossvik (sda) {}", "Keystone-SDA", "dateline"),
    ("Trossvik (ats) - {}", "Keystone-SDA", "dateline"),
    ("Trossvik (TT-Reuters) {}", "Reuters", "dateline"),
    ("Trossvik, 14 gen. (askanews) - {}", "askanews", "dateline"),
    ("TROSSVIK (AA) - {}", "Anadolu Agency", "dateline"),
    ("TROSSVIK, NORLAND / ACCESSWIRE / January 14, 2031 / {}", "Accesswire", "dateline"),
    ("TROSSVIK, Norland, January 14, 2031 /EINPresswire.com/ -- {}", "EIN Presswire", "dateline"),
    ("ТРОСВИК, 14 янв — РИА Новости. {}", "RIA Novosti", "dateline"),
    ("ТРОСВИК, 14 января. /ТАСС/. {}", "TASS", "dateline"),
    ("Тросвик. 14 января. ИНТЕРФАКС - {}", "Interfax", "dateline"),
    ("【トロスビク共同】{}", "Kyodo News", "dateline"),
    ("【1月14日 AFP】{}", "AFP", "dateline"),
    ("［トロスビク １４日 ロイター］ - {}", "Reuters", "dateline"),
    ("新华社特罗斯维克1月14日电 {}", "Xinhua", "dateline"),
    ("تروسفيك (رويترز) - {}", "Reuters", "dateline"),
    ("{}码头关闭。（新华社）", "Xinhua", "trailer"),
    ("{}(Edited by a machine.) PTI", "PTI", "trailer"),
    ("{}This article was originally published by Reuters.", "Reuters", "trailer"),
    ("{}Published with permission of AFP.", "AFP", "trailer"),
    ("{}This report by The Canadian Press was first published Jan. 14, 2031.", "Canadian Press", "trailer"),
    ("{}Copyright 2031 UPI.com, Inc. All Rights Reserved.", "UPI", "trailer"),
    ("{}Quelle: apa/dpa", "dpa", "trailer"),
    ("{}Źródło: PAP", "PAP", "trailer"),
    ("{}Zdroj: ČTK", "ČTK", "trailer"),
    ("{}Bron: ANP", "ANP", "trailer"),
    ("{}Kaynak: DHA", "DHA", "trailer"),
    ("{}AAP", "AAP", "trailer"),
    ("{}(With inputs from PTI)", "PTI", "note"),
    ("{}Mit Agenturmaterial von Reuters.", "Reuters", "note"),
    ("{}*Com informações da Agência Brasil", "Agência Brasil", "note"),
    ("{}Le Courrier de Trossvik avec AFP", "AFP", "note"),
    ("{}Об этом сообщает ТАСС.", "TASS", "text"),
    ("{}Про це повідомляє Укрінформ.", "Ukrinform", "text"),
    ("{}She studied with Bloomberg terminals.", None, None),
    ("{}He works with Reuters.", None, None),
    ("Мэр Тросвика сказал (ТАСС) правду. {}", None, None),
    ("The mayor – Bloomberg – spoke. {}", None, None),
    ("{}The paper quoted the Associated Press (AP)", None, None),
    ("{}AA meetings are free.", None, None),
]


@pytest.mark.parametrize(("form", "agency", "place"), CREDITED_IN_MANY_LANGUAGES)
def test_credits_in_the_forms_of_many_agencies_and_languages(form, agency, place):
    credit = credit_of(
        form.format("The ferry Halmar struck a pier on Sunday and 14 passengers were hurt.\n\nTwo berths were closed.\n\n")
    )
    assert (credit and credit.agency, credit and credit.place.value) == (agency, place)


def test_every_agency_of_bylines_is_one_of_credits():
    known = read_language_file(SHARED, "sources", SourceWords).agencies
    assert set(load_lexicon("en").bylines.agencies.values()) <= set(known)
    assert agency_of_outlet("apnews.com") == "Associated Press"
    assert agency_of_outlet(None) is None


def test_the_tables_are_as_declared():
    row = dict.fromkeys(CREDIT_INPUT.names) | {"id": "a", "text": "QUELLIN (Osk Wire) - " + BODY}
    found = article_credits(pa.Table.from_pylist([row], schema=CREDIT_INPUT))
    assert found.schema == CREDITS
    assert found.to_pylist() == [{"id": "a", "agency": None, "place": None, "whole": False, "bracketed": "Osk Wire"}]


def articles(*rows):
    fields = ("id", "publisher", "published", "agency", "whole", "bracketed", "corrected")
    filled = [dict(zip(fields, row, strict=False)) for row in rows]
    return pa.Table.from_pylist([{"whole": False, "characters": 100} | row for row in filled], schema=WIRE_INPUT)


def pairs(*rows):
    spans = {"a_start": 0, "b_start": 0}
    return pa.table(
        {
            "a_id": [a for a, _, _ in rows],
            "b_id": [b for _, b, _ in rows],
            "passages": [[spans | {"a_end": size, "b_end": size}] for _, _, size in rows],
        }
    )


def wire(given, *shared):
    credits, sources = sources_of(given, pairs(*shared))
    assert (credits.schema, sources.schema) == (ARTICLE_CREDITS, ARTICLE_SOURCES)
    return {row["article_id"]: row["wire"] for row in credits.to_pylist()}, sources.to_pylist()


def test_wire_is_the_share_that_an_earlier_text_of_another_outlet_covers():
    given = articles(("a", "gazette", "2031-05-01"), ("b", "herald", "2031-05-02"), ("c", "herald", "2031-05-03"))
    shares, sources = wire(given, ("a", "b", 60), ("b", "c", 90))
    assert shares == {"a": 0.0, "b": 0.6, "c": 0.0}  # an outlet's own earlier text is no wire copy
    assert sources == [{"article_id": "b", "source_id": "a", "source": "gazette", "share": 0.6, "hours": 24.0}]


def test_a_later_version_of_an_outlets_own_text_is_not_from_those_that_copied_the_first():
    given = articles(("a", "gazette", "2031-05-01"), ("b", "herald", "2031-05-02"), ("c", "gazette", "2031-05-03"))
    shares, _ = wire(given, ("a", "b", 90), ("b", "c", 90), ("a", "c", 90))
    assert shares == {"a": 0.0, "b": 0.9, "c": 0.0}


@pytest.mark.parametrize("published", [("2031-05-01", "2031-05-01"), (None, "2031-05-01"), ("2031-05-01", "2031-05-01T10:00Z")])
def test_of_two_that_may_both_have_been_first_neither_has_it_from_the_other(published):
    shares, sources = wire(articles(("a", "gazette", published[0]), ("b", "herald", published[1])), ("a", "b", 60))
    assert (shares, sources) == ({"a": 0.0, "b": 0.0}, [])


def test_times_with_zones_decide_within_a_day():
    given = articles(("a", "gazette", "2031-05-01T10:00:00+02:00"), ("b", "herald", "2031-05-01T09:00:00+00:00"))
    shares, [source] = wire(given, ("a", "b", 60))
    assert shares == {"a": 0.0, "b": 0.6}
    assert source["hours"] == 1.0


def test_a_credit_of_the_whole_text_is_wire_copy_and_outweighs_the_order_of_dates():
    given = articles(
        ("a", "gazette", "2031-05-01", "Reuters", True), ("b", "reuters.com", "2031-05-02"), ("c", "herald", "2031-05-02")
    )
    shares, sources = wire(given, ("a", "b", 90), ("a", "c", 50), ("b", "c", 70))
    assert shares == {"a": 1.0, "b": 1.0, "c": 0.7}
    assert {(row["article_id"], row["source_id"], row["source"]) for row in sources} == {
        ("a", "b", "Reuters"),
        ("a", None, "Reuters"),
        ("c", "a", "Reuters"),
        ("c", "b", "Reuters"),
    }


def test_an_article_without_a_publisher_that_credits_an_agency_for_all_of_it_is_wire_copy():
    given = articles(("a", None, "2031-05-01", "Reuters", True), ("b", None, None), ("c", "reuters.com", "2031-05-02"))
    shares, [credited] = wire(given, ("a", "c", 90))
    assert shares == {"a": 1.0, "b": 0.0, "c": 1.0}
    assert (credited["article_id"], credited["source_id"], credited["source"]) == ("a", None, "Reuters")
    assert first(given) == ("c", False)  # b has no date


def test_an_outlet_of_the_corpus_in_the_dateline_is_credited_too():
    given = articles(
        ("a", "gazette", "2031-05-01", None, False, "Tide Wire"), ("b", "tide-wire", "2031-05-01", None, False, "TIDE WIRE")
    )
    shares, [taken, credited] = wire(given, ("a", "b", 80))
    assert shares == {"a": 1.0, "b": 1.0}
    assert {(taken["source_id"], taken["source"]), (credited["source_id"], credited["source"])} == {
        ("b", "tide-wire"),
        (None, "tide-wire"),
    }


def first(given):
    ids = given["id"]
    found = name_stories(pa.table([ids, pa.array(["s"] * len(ids))], schema=GROUPED), given)
    assert found.schema == NAMED_STORIES
    [named] = {(row["story_id"], row["first_is_certain"]) for row in found.to_pylist()}
    return named


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("a", "x", "2031-05-02"), ("b", "y", "2031-05-01")], ("b", True)),
        ([("a", "x", "2031-05-01"), ("b", "y", "2031-05-01")], ("a", False)),  # a tie is a tie
        ([("a", "x", "2031-05-01T09:00Z"), ("b", "y", "2031-05-01T08:00Z")], ("b", True)),
        ([("a", "x", "2031-05-01T09:00"), ("b", "y", "2031-05-01T08:00")], ("a", False)),  # without zones
        ([("a", "x", "2031-05-01"), ("b", "y", None)], ("a", False)),
        ([("a", "x", None), ("b", "x", None)], ("a", False)),
        ([("a", "x", "2031-05-01"), ("b", "x", "2031-05-01")], ("a", True)),
        (
            [("a", "x", "2031-05-01", None, False, None, True), ("b", "x", "2031-05-01")],
            ("b", True),
        ),  # what was corrected stood otherwise
        ([("a", "x", "2031-05-01", "AFP", True), ("b", "y", "2031-05-01")], ("b", False)),
        ([("a", "x", "2031-05-01", "AFP", True), ("b", "afp", "2031-05-01")], ("b", True)),
        ([("a", "x", "2031-05-01", "AFP", True), ("b", "afp", "2031-05-02")], ("b", True)),  # the copier's clock is ahead
        ([("a", "x", "2031-05-01", "AFP", True), ("b", "y", "2031-05-02")], ("a", False)),  # the agency's text is not there
    ],
)
def test_the_first_report_and_whether_it_is_certain(rows, expected):
    assert first(articles(*rows)) == expected


MOMENTS = st.sampled_from([None, "2031-05-01", "2031-05-02", "2031-05-01T08:00Z", "2031-05-01T09:00+03:00"])
OUTLETS = st.sampled_from([None, "gazette", "herald", "reuters.com"])
CREDITED = st.sampled_from([(None, False), ("Reuters", True), ("Reuters", False)])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(OUTLETS, MOMENTS, CREDITED), min_size=2, max_size=7), st.randoms(use_true_random=False))
def test_the_order_of_articles_and_pairs_changes_nothing(some, order):
    given = articles(*((f"n{i}", outlet, moment, *credit) for i, (outlet, moment, credit) in enumerate(some)))
    shared = [(f"n{i}", f"n{j}", 20 + i + j) for i in range(len(some)) for j in range(i + 1, len(some))]
    places = list(range(len(some)))
    mixed = shared.copy()
    order.shuffle(places)
    order.shuffle(mixed)
    assert sources_of(given, pairs(*shared)) == sources_of(given.take(places), pairs(*mixed))
    assert first(given) == first(given.take(places))


SPANS = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 20), st.integers(0, 80), st.integers(0, 20)), max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(OUTLETS, MOMENTS, CREDITED), min_size=3, max_size=5), st.lists(SPANS, min_size=10, max_size=10))
def test_shares_count_each_character_once(some, spans):
    rows = [(f"n{i}", outlet, moment, *credit) for i, (outlet, moment, credit) in enumerate(some)]
    two = [(i, j) for i in range(len(rows)) for j in range(i + 1, len(rows))]
    shared = [
        {
            "a_id": f"n{i}",
            "b_id": f"n{j}",
            "passages": [{"a_start": a, "a_end": a + m, "b_start": b, "b_end": b + n} for a, m, b, n in spans[k]],
        }
        for k, (i, j) in enumerate(two)
    ]
    credits, sources = sources_of(articles(*rows), pa.Table.from_pylist(shared, schema=PAIRS).select(["a_id", "b_id", "passages"]))
    places = {
        (pair[f"{side}_id"], pair[f"{other}_id"]): {
            c for p in pair["passages"] for c in range(p[f"{side}_start"], p[f"{side}_end"])
        }
        for pair in shared
        for side, other in ("ab", "ba")
    }
    covered = {id: set() for id, *_ in rows}
    for row in sources.to_pylist():
        if row["source_id"] is not None:
            assert row["share"] == round(len(places[row["article_id"], row["source_id"]]) / 100, 4)
            covered[row["article_id"]] |= places[row["article_id"], row["source_id"]]
    whole = {id for id, outlet, _, _, whole in rows if whole or outlet == "reuters.com"}
    assert {row["article_id"]: row["wire"] for row in credits.to_pylist()} == {
        id: 1.0 if id in whole else round(len(covered[id]) / 100, 4) for id in covered
    }
