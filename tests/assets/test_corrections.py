"""Reviewed corrections: each kind takes effect in a load, is shown where, and leaves nothing behind when it is withdrawn."""

import json
import shutil

import pytest

from assets.commands.summary import as_text, summary_of
from assets.stages.catalogue import CATALOGUE
from assets.stages.corrections import read_corrections
from assets.stages.open import open_load
from assets.stages.runner import pending_work, run_all, to_do
from pipelines.decisions import read_decisions
from pipelines.ingest import scan
from tests.loading import load_folder, tables
from warehouse import WarehousePaths, open_published

PIER = [
    "The town of Eskmouth will rebuild its wooden pier before the summer season begins, the council decided on Tuesday after a debate of four hours.",
    "The pier has been closed since a storm in January tore away the last forty metres of it and left the ticket house leaning over the water.",
    "“We could not let another season pass without it,” said Oda Brannigan, who chairs the harbour committee, after the vote was counted.",
    "The work will cost two million crowns, of which the region pays a third, and is to be done by carpenters from the town's own yard.",
]
LOAF = [
    "A bakery in Nordwick sold its ten thousandth rye loaf on Saturday, and gave it away to the first customer who came through the door.",
    "“It was still warm when she took it,” said Jon Dale, the baker, who had come down from the hills with his grandmother's recipe.",
    "The shop opened nine years ago in a former post office and now employs eleven people, most of whom learned the trade from the owner.",
]
PASS = [
    "Two metres of snow fell on the pass above Torrin overnight and shut the only road between the valleys for the third time this spring.",
    "“We shall need until Friday to clear it,” said Johann Dahl of the road office, since drifts had buried the gallery at the upper end.",
    "“Nobody slept,” the cook said, and told how drivers of forty lorries had soup in a school until four in the morning.",
]
FERRY = [
    "The ferry to Osk sailed again on Monday after a week of repairs to her engine, which had failed halfway between the two islands.",
    "“The mechanics worked three nights for this,” said Oda Branigan, who has run the harbour office of Osk for as long as anybody knows.",
    "Passengers were given coffee and a free ticket home, and the band of the fire brigade played on the quay until it began to rain.",
]
LINE = "The lighthouse watches over all of us who read by lamplight."
CORRECTIONS = f"""
[[line]]
publisher = "gazette"
text = "{LINE}"
kind = "advertisement"
note = "their motto, in every page since spring; seen by both of us"

[[names]]
same = ["Jon Dale", "Johann Dahl"]

[[names]]
different = ["Oda Brannigan", "Oda Branigan"]

[[articles]]
different = ["gazette/pier.json", "herald/pier.json"]

[[quote]]
article = "herald/pass.json"
words = "nobody  slept"
speaker = "Mira Fenwick"
"""
REFUSED = """
[[line]]
publisher = "herald"
text = "No page has this line."
kind = "body"

[[names]]
same = ["Jon Dale", "Nobody Known"]

[[articles]]
different = ["gazette/pier.json", "gazette/none.json"]

[[quote]]
article = "herald/pass.json"
words = "e"
speaker = "Mira Fenwick"

[[quote]]
article = "herald/loaf.json"
words = "These words were never said"
speaker = "Mira Fenwick"

[[line]]
publisher = "herald"
text = "No page has this line."
kind = "other"

[[line]]
publisher = "herald"
text = "A kind that is none."
kind = "furniture"
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a corpus, and a warehouse that holds it, loaded without corrections."""
    folder = tmp_path_factory.mktemp("corrections")
    pages = {
        "gazette/pier": ("2031-04-02", [*PIER[:2], LINE, *PIER[2:]]),
        "herald/pier": ("2031-04-03", PIER),
        "herald/loaf": ("2031-04-05", LOAF),
        "herald/pass": ("2031-04-06", PASS),
        "herald/ferry": ("2031-04-02", FERRY),
        "corrections/ferry": (
            "2031-04-09",
            [*FERRY[:1], "A publisher that calls itself Corrections is read as any other is, whatever it prints."],
        ),
    }
    for name, (day, text) in pages.items():
        path = folder / "corpus" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"title": f"Of {name}", "date": day, "text": "\n\n".join(text)}), encoding="utf-8")
    return folder, load_folder(folder / "plain", folder / "corpus")


def write(folder, text, name="desk.toml"):
    (folder / "corrections").mkdir(exist_ok=True)
    (folder / "corrections" / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def corrected(place):
    """What was stale when the corrections came, and the tables of the warehouse after it."""
    folder, _ = place
    write(folder, CORRECTIONS)
    with open_load(WarehousePaths(shutil.copytree(folder / "plain", folder / "upgraded")), "second", 0) as load:
        work = pending_work(load, [folder / "corpus"])
        read_corrections(load)
        paths = dict(load.working.rows("SELECT document_id, path FROM documents"))
        stale = {d.name: {paths[i] for i in to_do(load, d)[0]["id"].to_pylist() if i in paths} for d in CATALOGUE}
        run_all(load, [folder / "corpus"])
        return work, stale, tables(load), pending_work(load, [folder / "corpus"]), as_text(summary_of(load))


def test_an_upgraded_warehouse_equals_a_fresh_one(place, corrected):
    assert corrected[2] == load_folder(place[0] / "fresh", place[0] / "corpus")


def test_only_the_rows_that_depend_on_a_correction_are_stale(corrected):
    work, stale, _, again, _ = corrected
    assert (work, again) == ({"changed corrections": 5}, {})
    assert stale["clean"] == {"gazette/pier.json"}
    assert stale["quotes"] == {"herald/pass.json"}
    assert stale["pairs"] == {"gazette/pier.json", "herald/pier.json"}
    assert stale["speakers"] == {
        "gazette/pier.json",
        "herald/pier.json",
        "herald/loaf.json",
        "herald/pass.json",
        "herald/ferry.json",
    }
    assert stale["lines"] == stale["signatures"] == stale["story_terms"] == set()


def published(place, name, query):
    with open_load(WarehousePaths(place[0] / name), "look", 0) as load:
        return load.working.rows(query)


def test_each_kind_takes_effect(place, corrected):
    speakers = "SELECT list(DISTINCT name ORDER BY name) FROM speaker_articles WHERE name <> 'cook' GROUP BY speaker_id ORDER BY 1"
    assert published(place, "plain", speakers) == [(["Johann Dahl"],), (["Jon Dale"],), (["Oda Branigan", "Oda Brannigan"],)]
    assert published(place, "upgraded", speakers) == [
        (["Johann Dahl", "Jon Dale"],),
        (["Mira Fenwick"],),
        (["Oda Branigan"],),
        (["Oda Brannigan"],),
    ]
    asked = "SELECT kind, reason FROM blocks WHERE text LIKE 'The lighthouse%'"
    with open_published(place[0] / "plain" / "copydesk.duckdb") as file:
        assert file.execute(asked).fetchall()[0][0] == "body"
    assert published(place, "upgraded", asked) == [("advertisement", "reviewed: line[1] of corrections/desk.toml")]
    assert published(place, "upgraded", "SELECT DISTINCT size FROM article_clusters") == [(1,)]
    assert len(published(place, "plain", "FROM duplicate_pairs")) == len(published(place, "upgraded", "FROM duplicate_pairs")) + 1
    told = "SELECT speaker_name, speaker_mention, confidence FROM quotes WHERE quote LIKE 'Nobody slept%'"
    assert published(place, "upgraded", told) == [("Mira Fenwick", "the cook", 1.0)]


def test_what_took_effect_is_shown(corrected):
    rows = corrected[2]["applied_corrections"]
    assert [(row[1], row[4]) for row in rows] == [
        ("articles[1]", "duplicate_pairs"),
        ("line[1]", "blocks"),
        ("names[1]", "speakers"),
        ("names[2]", "speakers"),
        ("names[2]", "speakers"),
        ("quote[1]", "quotes"),
    ]
    assert "corrections 5 applied in 6 places\n" in corrected[4]


def test_what_names_nothing_says_so_and_stops_nothing_and_what_is_withdrawn_leaves_nothing(place, corrected):
    folder, plain = place
    write(folder, REFUSED)
    write(folder, "this = is = no TOML", "other.toml")
    with open_load(WarehousePaths(folder / "upgraded"), "third", 0) as load:
        run_all(load, [folder / "corpus"])
        found = tables(load)
        messages = {row[1]: row[7] for row in found.pop("applied_corrections") if row[4] is None}
    assert found == {name: rows for name, rows in plain.items() if name != "applied_corrections"}
    assert messages == {
        "line[1]": 'no page of the publisher "herald" has this line by itself',
        "line[2]": "corrections/desk.toml: line[2] contradicts line[1] of corrections/desk.toml: take out one",
        "line[3]": messages["line[3]"],
        "names[1]": 'nobody is quoted as "Nobody Known"',
        "articles[1]": 'no article has the id, url or path "gazette/none.json"',
        "quote[1]": "3 quotes of the article hold these words: give more of them",
        "quote[2]": "no quote of the article holds these words",
        None: messages[None],
    }
    assert "kind is 'furniture': input should be 'body', 'title'" in messages["line[3]"]
    assert messages[None].startswith("corrections/other.toml is no TOML")


def test_decisions_in_a_corpus_folder_are_no_articles_and_a_publisher_of_that_name_is(place, tmp_path):
    shutil.copytree(place[0] / "corpus", tmp_path / "corpus")
    (tmp_path / "corpus" / "corrections" / "desk.toml").write_text(CORRECTIONS, encoding="utf-8")
    found = [file.path for file in scan(tmp_path / "corpus")]
    assert [path for path in found if path.startswith("corrections/")] == ["corrections/ferry.json"]


def problem(text):
    return read_decisions([("a.toml", text)])["problem"].to_pylist()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "[[lines]]\ntext = 'x'",
            "a.toml: 'lines' is no list of corrections; allowed: [[line]], [[names]], [[articles]], [[quote]]",
        ),
        ("[[names]]\nsame = ['Ann Roe']", "allowed are two names or more"),
        ("[[names]]\nsame = ['Ann Roe', 'ann roé']", "differ in more than case and accents"),
        ("[[names]]\nsame = ['A', 'B']\ndifferent = ['C', 'D']", "allowed is either same or different"),
        ("[[articles]]\ndifferent = ['a.txt']", "articles[1]: different is ['a.txt']"),
        ("[[line]]\npublisher = 'p'\ntext = 'one\\ntwo'\nkind = 'body'", None),
        ("[[line]]\npublisher = 'p'\ntext = \"one\\ntwo\"\nkind = 'body'", "text has 2 lines"),
        ("[[quote]]\narticle = 'a'\nwords = 'b'\nspeaker = 'c'\nkind = 'robot'", "quote[1]: kind is 'robot'"),
    ],
)
def test_an_entry_that_is_wrong_says_what_is_allowed(text, says):
    [found] = problem(text)
    assert found is None if says is None else says in found


def test_names_that_are_one_by_way_of_others_contradict_an_entry_that_says_two():
    one = "[[names]]\nsame = ['A', 'B']\n[[names]]\nsame = ['B', 'C']\n"
    two = "[[names]]\ndifferent = ['C', 'A']\n"
    assert [found and "contradicts" in found for found in problem(one + two)] == [None, None, True]
    assert [found and "contradicts" in found for found in problem(two + one)] == [None, None, True]
