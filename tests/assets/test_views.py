"""The views answer what their names say, on a small corpus made for it."""

import json

import pytest

from assets.cli import main
from assets.stages.open import open_load
from assets.stages.runner import run_all
from warehouse import WarehousePaths, open_published

PARAGRAPHS = [
    "The town of Eskmouth will rebuild its wooden pier before the summer season begins, the council decided on Tuesday evening after a debate of four hours.",
    "The pier has been closed since a storm in January tore away the last forty metres of it and left the ticket house leaning over the water.",
    "“We could not let another season pass without it,” said Oda Brannick, who chairs the harbour committee, after the vote was counted.",
    "The work will cost two million crowns, of which the region pays a third, and is to be done by carpenters from the town's own yard.",
    "Fishermen had asked for a stone pier instead, which would have taken three years and closed the inner basin for two winters in a row.",
]
CORRECTED = "Correction: an earlier version of this article gave a wrong sum. The work will cost three million crowns."
OTHER = [
    "A bakery in Nordwick sold its ten thousandth rye loaf on Saturday, and gave it away to the first customer who came through the door.",
    "“He asked whether it was fresh,” the baker said with a laugh, and told how the recipe had come down from her grandmother in the hills.",
    "The shop opened nine years ago in a former post office and now employs eleven people, most of whom learned the trade from the owner herself.",
]
SNOW = [
    "Two metres of snow fell on the pass above Torrin overnight and shut the only road between the valleys for the third time this spring.",
    "Ploughs would need until Friday to clear it, the road office said, since drifts had buried the gallery at the upper end of the climb.",
    "Drivers of forty lorries spent the night in a school, where the cook opened her kitchen and made soup until four in the morning.",
]
BOILERPLATE = "Support the Gazette: become a member today."


@pytest.fixture(scope="module")
def working(tmp_path_factory):
    corpus = tmp_path_factory.mktemp("corpus")
    changed = [*PARAGRAPHS[:3], PARAGRAPHS[3].replace("two million", "three million"), PARAGRAPHS[4], CORRECTED]
    stories = {
        "gazette/a": {"title": "Pier to be rebuilt", "date": "2031-04-02", "text": "\n\n".join([*PARAGRAPHS, BOILERPLATE])},
        "gazette/b": {"title": "Loaf ten thousand", "date": "2031-04-05", "text": "\n\n".join([*OTHER, BOILERPLATE])},
        "courier/e": {
            "title": "Snow on the pass",
            "date": "2031-04-06",
            "text": "\n\n".join(["ESKMOUTH (Reuters) - " + SNOW[0], *SNOW[1:]]),
        },
        "herald/f": {"title": "Pass shut", "date": "2031-04-06", "text": "\n\n".join(SNOW)},
        "herald/c": {"title": "Pier to be rebuilt", "date": "2031-04-03", "text": "\n\n".join(PARAGRAPHS)},
        "gazette/d": {"title": "Pier to be rebuilt", "date": "2031-04-04", "text": "\n\n".join([*changed, BOILERPLATE])},
    }
    for name, record in stories.items():
        path = corpus / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(record), encoding="utf-8")
    with open_load(WarehousePaths(tmp_path_factory.mktemp("warehouse")), "load", 0) as load:
        run_all(load, [corpus])
        yield load.working


def test_unique_articles_has_each_story_once_in_its_latest_version(working):
    rows = working.rows(
        "SELECT title, publisher, CAST(date AS VARCHAR), copies, first_publisher, CAST(first_date AS VARCHAR) FROM unique_articles ORDER BY title"
    )
    assert rows == [
        ("Loaf ten thousand", "gazette", "2031-04-05", 1, "gazette", "2031-04-05"),
        ("Pier to be rebuilt", "gazette", "2031-04-04", 3, "gazette", "2031-04-02"),
        ("Snow on the pass", "courier", "2031-04-06", 2, "courier", "2031-04-06"),
    ]


def test_reprints_names_the_first_report_and_the_evidence(working):
    rows = working.rows(
        "SELECT publisher, kind, first_publisher, CAST(first_date AS VARCHAR), jaccard > 0.7, reason <> '' FROM reprints ORDER BY publisher DESC, kind"
    )
    assert rows == [
        ("herald", "exact", "gazette", "2031-04-02", True, True),
        ("herald", "near", "courier", "2031-04-06", True, True),
        ("gazette", "update", "gazette", "2031-04-02", True, True),  # the correction is no part of the body
    ]


def test_quotes_with_context_gives_speaker_and_the_words_around(working):
    query = "SELECT speaker, quote, before, after, copies FROM quotes_with_context WHERE type = 'direct' AND title = 'Pier to be rebuilt' AND publisher = 'herald'"
    [(speaker, quote, before, after, copies)] = working.rows(query)
    assert speaker == "Oda Brannick"
    assert quote == "We could not let another season pass without it,"
    assert before.endswith("over the water.\n\n“")
    assert after.startswith("” said Oda Brannick")
    assert len(after) == 160
    assert copies == 3


def test_removed_text_counts_what_was_taken_out_of_whom(working):
    assert working.rows(f"SELECT publisher, times, documents FROM removed_text WHERE text = '{BOILERPLATE}'") == [("gazette", 3, 3)]
    assert working.rows("SELECT count(*) FROM removed_text WHERE publisher = 'herald'") == [(0,)]


def test_every_view_joins_without_losing_or_doubling_rows(working):
    count = working.value
    shown = count("SELECT count(*) FROM quotes WHERE type <> 'indirect' OR confidence >= 0.75")
    assert count("SELECT count(*) FROM quotes_with_context") == shown
    assert count("SELECT count(*) FROM utterances_with_context") == count("SELECT count(*) FROM utterance_reports")
    assert count("SELECT count(*) FROM unique_articles") == count("SELECT count(DISTINCT cluster_id) FROM article_clusters")
    assert count("SELECT count(*) FROM reprints") == count("SELECT count(*) FROM article_clusters WHERE article_id <> canonical_id")
    assert count("SELECT sum(times) FROM removed_text") == count("SELECT count(*) FROM blocks WHERE kind <> 'body'")


def test_reprints_says_where_the_order_is_not_known(working):
    rows = working.rows("SELECT publisher, first_publisher, first_is_certain FROM reprints ORDER BY publisher, first_publisher")
    assert rows == [("gazette", "gazette", True), ("herald", "courier", False), ("herald", "gazette", True)]


def test_credits_and_copies_say_what_is_wire_and_who_republishes_whom(working):
    rows = working.rows("SELECT publisher, credited_to, round(wire, 2) FROM articles WHERE wire > 0 ORDER BY ALL")
    assert rows == [("courier", "Reuters", 1.0), ("herald", None, 1.0), ("herald", None, 1.0)]
    rows = working.rows("SELECT source, republisher, articles, median_hours, round(share_copied, 1) FROM syndication ORDER BY ALL")
    assert rows == [("Reuters", "courier", 1, None, 1.0), ("Reuters", "herald", 1, 0.0, 1.0), ("gazette", "herald", 1, 24.0, 1.0)]


def test_corrections_has_the_notes_that_cleaning_took_from_the_body(working):
    assert working.rows("SELECT publisher, correction FROM corrections") == [("gazette", CORRECTED)]


def test_article_versions_has_each_text_of_a_changed_article_and_what_changed(tmp_path):
    corpus, first = tmp_path / "gazette", [*PARAGRAPHS[:3], PARAGRAPHS[4]]
    corpus.mkdir()
    for paragraphs in (first, PARAGRAPHS[:4]):
        (corpus / "a.json").write_text(json.dumps({"id": "pier", "text": "\n\n".join(paragraphs)}), encoding="utf-8")
        with open_load(WarehousePaths(tmp_path / "warehouse"), "load", 0) as load:
            run_all(load, [tmp_path / "gazette"])
            rows = load.working.rows(
                "SELECT version, is_current, body, quotes, added, dropped FROM article_versions ORDER BY version"
            )
    quoted = ["We could not let another season pass without it,"]
    assert [(*row[:3], row[3][:1]) for row in rows] == [
        (1, False, "\n\n".join(first), quoted),
        (2, True, "\n\n".join(PARAGRAPHS[:4]), quoted),
    ]
    assert [row[4:] for row in rows] == [(None, None), ([PARAGRAPHS[3]], [PARAGRAPHS[4]])]
    with open_published(tmp_path / "warehouse" / "copydesk.duckdb") as connection:
        [(article,)] = connection.execute("SELECT DISTINCT article_id FROM article_versions").fetchall()
    assert main(["compare", f"{article}@1", article, "--warehouse", str(tmp_path / "warehouse"), "--width", "100"]) == 0
    assert main(["compare", f"{article}@3", article, "--warehouse", str(tmp_path / "warehouse")]) == 1


TIMES = {
    "two outlets of one day": ([("gazette", "2031-04-02", ""), ("herald", "2031-04-02", "")], None),
    "the one with the earlier time": (
        [("gazette", "2031-04-02T14:00:00+02:00", ""), ("herald", "2031-04-02T11:00:00+00:00", "")],
        "herald",
    ),
    "an agency, of which the other has it": (
        [("gazette", "2031-04-02", "OSK (Reuters) - "), ("Reuters", "2031-04-02", "")],
        "Reuters",
    ),
    "the earlier day": ([("gazette", "2031-04-02", ""), ("herald", "2031-04-01", "")], "herald"),
}


def test_who_was_first_among_copies_is_read_from_times_and_credits_before_content(tmp_path):
    for place, (copies, _) in enumerate(TIMES.values()):
        body = [
            p.replace("pier", f"pier {place} of {'abcd'[place] * 5}") for p in (PARAGRAPHS, OTHER, SNOW, PARAGRAPHS[::-1])[place]
        ]
        for publisher, published, credit in copies:
            path = tmp_path / "corpus" / publisher / f"{place}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            record = {"title": f"Story {place}", "published_at": published, "text": "\n\n".join([credit + body[0], *body[1:]])}
            path.write_text(json.dumps(record), encoding="utf-8")
    with open_load(WarehousePaths(tmp_path / "warehouse"), "load", 0) as load:
        run_all(load, [tmp_path / "corpus"])
        rows = load.working.rows(
            "SELECT DISTINCT o.title, o.publisher, c.first_is_certain FROM article_clusters AS c JOIN articles AS o ON o.article_id = c.canonical_id WHERE size > 1"
        )
    assert len(rows) == len(TIMES)
    for title, publisher, certain in rows:
        copies, first = list(TIMES.values())[int(title[-1])]
        assert certain == (first is not None)
        assert first in (None, publisher)
