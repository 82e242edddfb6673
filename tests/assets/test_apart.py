"""Stages on all rows in a process of their own: the same rows, and nothing left behind."""

import os
import weakref
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from assets.stages import runner
from assets.stages.apart import work_apart
from assets.stages.open import open_load
from assets.stages.stories import compile_stories, stories_of_all
from pipelines import compiled
from pipelines.compiled import Functions
from pipelines.stories.kernels.load import KERNELS
from tests.loading import load_folder
from warehouse import WarehousePaths
from warehouse.memory import Held

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
EVENTS = (
    "The ferry Anna Brekke ran aground off Eskmouth on Monday with 212 people on board, the coast guard of Eskmouth said. Two tugs pulled the ferry "
    "free at high water, and nobody was hurt. The captain of the Anna Brekke had left the channel in fog near the lighthouse of Eskmouth.",
    "Fire destroyed the timber yard of Karsten Oude at Lindmere on Thursday, and 40 firemen fought it until Friday noon. Karsten Oude said that the "
    "timber yard had been checked in spring. The mayor of Lindmere closed two schools because of the smoke of the timber.",
)


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


def leaves_note(place, load):
    place.write_text(f"{os.getpid()} {load.working.value('SELECT 1')}")


def reads_note(place, load, stale, gone):
    return {"seen": pa.table({"number": [*map(int, place.read_text().split()), os.getpid()]})}


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

    def recorded(work, load, stale, gone, put, compiles):
        stages.append(work.__name__)
        work_apart(partial(plainly, work), load, stale, gone, put)

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


def test_what_compiles_for_a_stage_does_so_before_in_another_process(tmp_path):
    note = tmp_path / "note"
    with open_load(WarehousePaths(tmp_path / "warehouse"), "a load", 0) as load:
        rows = load.working.table("SELECT 'one' AS id")
        put = {}
        work_apart(partial(reads_note, note), load, rows, rows, put.__setitem__, partial(leaves_note, note))
    first, read, second = put["seen"]["number"].to_pylist()
    assert read == 1
    assert len({first, second, os.getpid()}) == 3


def test_what_is_compiled_ahead_for_stories_is_all_that_grouping_them_calls(tmp_path, monkeypatch):
    for event, words in enumerate(EVENTS):
        for outlet in ("gazette", "herald", "mirror"):
            place = tmp_path / "corpus" / outlet / f"{event}.txt"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(f"{words} {outlet.title()} readers sent pictures of {event + 1} places.")
    called: set[str] = set()

    def noted(name, kernel):
        return lambda *given: called.add(name) or kernel(*given)

    plain = {name: noted(name, kernel) for name, kernel in vars(KERNELS.plain()).items() if callable(kernel)}
    monkeypatch.setitem(vars(KERNELS), "_plain", Functions(compiled=False, **plain))
    monkeypatch.setitem(vars(KERNELS), "cached", False)
    with KERNELS.always(compiled=False), open_load(WarehousePaths(tmp_path / "w"), "a load", 0) as load:
        runner.run_all(load, [tmp_path / "corpus"])
        called.clear()
        stories = stories_of_all(load, load.working.table("SELECT 1"), load.working.table("SELECT 1"))["stories"]
        whole = called.copy()
        called.clear()
        compile_stories(load)
    assert stories["articles"].to_pylist() == [3, 3]
    assert {"beginnings", "neighbours", "nearer_pairs"} <= whole
    assert whole <= called


def test_what_was_read_for_another_process_is_given_back(tmp_path, monkeypatch):
    given_back = []
    monkeypatch.setattr(Held, "give_back", lambda held: given_back.append(held))
    with open_load(WarehousePaths(tmp_path / "warehouse"), "a load", 0) as load:
        rows = load.working.table("SELECT * FROM (VALUES ('one'), ('two')) AS ids (id)")
        work_apart(reads, load, rows, rows, lambda table, made: None)
        assert len(given_back) >= 2 * 3 + 3  # before and behind each of the questions, and what was made


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
