"""Stages on all rows in a process of their own: the same rows, and nothing left behind."""

import weakref
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from assets.stages import runner
from assets.stages.apart import work_apart
from assets.stages.open import open_load
from pipelines import compiled
from tests.loading import load_folder
from warehouse import WarehousePaths, WorkingFile

STORY = """Harbour bridge shut after cracks

By Ada Quill | 4 March 2031

The harbour bridge was shut on Tuesday after divers found cracks in two of its piers, the council said.

"We have measured every pier twice, and two of them have to be made again before winter," Mayor Olan Brisk said on Tuesday.

{}
"""
ENDINGS = {
    "gazette": "Lorries have to go round by the northern road until the piers are made again, which may take a year.",
    "herald": "The ferry will run every ten minutes until then, and nobody who lives on the island has to pay for it.",
}


def plainly(work, load, stale, gone):
    """In the process: without compiling, which takes long."""
    compiled.much = False
    return work(load, stale, gone)


def reads(load, stale, gone):
    given = stale.select(["id"])
    read = load.working.table("SELECT ? || id AS id FROM given ORDER BY id", ["a "], given=given)
    counted = load.working.value("SELECT count(*) FROM given", given=given)
    more = load.working.rows("SELECT ?, ? + 0 FROM gone", [load.load_id, 1], gone=gone)
    return {"read": read, "counted": pa.table({"n": [counted]}), "more": pa.table({"row": [str(row) for row in more]})}


def fails(load, stale, gone):
    load.working.rows("SELECT * FROM no_such_table")


@pytest.fixture
def corpus(tmp_path) -> Path:
    for publisher, ending in ENDINGS.items():
        place = tmp_path / "corpus" / publisher / "bridge.txt"
        place.parent.mkdir(parents=True)
        place.write_text(STORY.format(ending), encoding="utf-8")
    return tmp_path / "corpus"


def test_stages_that_run_in_processes_of_their_own_give_the_same_tables(corpus, tmp_path, monkeypatch):
    here = load_folder(tmp_path / "here", corpus)
    stages = []

    def recorded(work, *given):
        stages.append(work.__name__)
        return work_apart(partial(plainly, work), *given)

    monkeypatch.setattr(runner, "MANY", 1)
    monkeypatch.setattr(runner, "work_apart", recorded)
    assert load_folder(tmp_path / "apart", corpus) == here
    assert stages == [
        declared.work.__name__ for declared in runner.CATALOGUE if not isinstance(declared, runner.Kept) and declared.work
    ]
    assert here["duplicate_pairs"]
    assert here["utterances"]


def test_work_in_a_process_of_its_own_reads_the_working_file_of_the_load(corpus, tmp_path):
    with open_load(WarehousePaths(tmp_path / "warehouse"), "a load", 0) as load:
        rows = load.working.table("SELECT * FROM (VALUES ('one'), ('two')) AS ids (id)")
        put = {}
        work_apart(reads, load, rows, rows.slice(0, 1), put.__setitem__)
        assert {table: made.to_pydict() for table, made in put.items()} == {
            "read": {"id": ["a one", "a two"]},
            "counted": {"n": [2]},
            "more": {"row": ["('a load', 1)"]},
        }
        with pytest.raises(duckdb.CatalogException, match="no_such_table"):
            work_apart(fails, load, rows, rows, put.__setitem__)
        assert load.working.value("SELECT 1") == 1


def test_what_was_read_for_another_process_is_given_back(tmp_path, monkeypatch):
    given_back = []
    monkeypatch.setattr(WorkingFile, "give_back", lambda working: given_back.append(working))
    with open_load(WarehousePaths(tmp_path / "warehouse"), "a load", 0) as load:
        rows = load.working.table("SELECT * FROM (VALUES ('one'), ('two')) AS ids (id)")
        work_apart(reads, load, rows, rows, lambda table, made: None)
        assert len(given_back) == 3 + 3  # each of the questions, and what was made


def makes_two(load, stale, gone):
    return {"one": stale, "other": gone}


def test_tables_that_were_made_apart_are_handed_over_one_by_one_and_held_by_nobody(tmp_path):
    held = []

    def put(table, made):
        held.append((table, [one() for _, one in put.seen]))
        put.seen.append((table, weakref.ref(made)))

    put.seen = []
    with open_load(WarehousePaths(tmp_path / "warehouse"), "a load", 0) as load:
        rows = load.working.table("SELECT * FROM (VALUES ('one'), ('two')) AS ids (id)")
        work_apart(makes_two, load, rows, rows.slice(0, 1), put)
    assert held == [("one", []), ("other", [None])]


def test_what_is_read_apart_has_the_columns_of_the_query_though_there_are_no_rows(tmp_path):
    put = {}
    with open_load(WarehousePaths(tmp_path / "warehouse"), "a load", 0) as load:
        none = load.working.table("SELECT 'one' AS id WHERE false")
        work_apart(reads_many, load, none, none, put.__setitem__)
    assert put["none"].schema == none.schema
    assert put["many"]["n"].to_pylist() == list(range(100_000))


def reads_many(load, stale, gone):
    return {
        "none": load.working.table("FROM stale", stale=stale),
        "many": load.working.table("SELECT range AS n FROM range(100000) ORDER BY n"),
    }
