"""The views answer what their names say, on a small corpus made for it."""

import json

import pytest

from assets.stages.open import open_load
from assets.stages.runner import run_all
from warehouse import WarehousePaths

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
BOILERPLATE = "Support the Gazette: become a member today."


@pytest.fixture(scope="module")
def working(tmp_path_factory):
    corpus = tmp_path_factory.mktemp("corpus")
    changed = [*PARAGRAPHS[:3], PARAGRAPHS[3].replace("two million", "three million"), PARAGRAPHS[4], CORRECTED]
    stories = {
        "gazette/a": {"title": "Pier to be rebuilt", "date": "2031-04-02", "text": "\n\n".join([*PARAGRAPHS, BOILERPLATE])},
        "gazette/b": {"title": "Loaf ten thousand", "date": "2031-04-05", "text": "\n\n".join([*OTHER, BOILERPLATE])},
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
    ]


def test_reprints_names_the_first_report_and_the_evidence(working):
    rows = working.rows(
        "SELECT publisher, kind, first_publisher, CAST(first_date AS VARCHAR), jaccard > 0.7, reason <> '' FROM reprints ORDER BY publisher DESC"
    )
    assert rows == [
        ("herald", "exact", "gazette", "2031-04-02", True, True),
        ("gazette", "near", "gazette", "2031-04-02", True, True),  # the correction is no part of the body
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
    assert count("SELECT count(*) FROM unique_articles") == count("SELECT count(DISTINCT cluster_id) FROM article_clusters")
    assert count("SELECT count(*) FROM reprints") == count("SELECT count(*) FROM article_clusters WHERE article_id <> canonical_id")
    assert count("SELECT sum(times) FROM removed_text") == count("SELECT count(*) FROM blocks WHERE kind <> 'body'")
