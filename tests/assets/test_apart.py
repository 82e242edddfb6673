"""Stages on all rows in a process of their own: the same rows, and nothing left behind."""

import os
from functools import partial
from pathlib import Path

import duckdb
import pytest

from assets.stages import runner
from assets.stages.apart import work_apart
from assets.stages.open import open_load
from assets.stages.stories import compile_stories, stories_of_all
from pipelines import compiled
from pipelines.compiled import Functions
from pipelines.stories.kernels.load import KERNELS
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
    return (
        load.working.value("SELECT count(*) FROM given", given=given),
        load.working.rows("SELECT ? || id FROM given ORDER BY id", ["a "], given=given),
        load.load_id,
        gone.num_rows,
    )


def leaves_note(place, load):
    place.write_text(f"{os.getpid()} {load.working.value('SELECT 1')}")


def reads_note(place, load, stale, gone):
    return [*map(int, place.read_text().split()), os.getpid()]


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

    def recorded(work, load, stale, gone, compiles):
        stages.append(work.__name__)
        return work_apart(partial(plainly, work), load, stale, gone)

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
        assert work_apart(reads, load, rows, rows.slice(0, 1)) == (2, [("a one",), ("a two",)], "a load", 1)
        with pytest.raises(duckdb.CatalogException, match="no_such_table"):
            work_apart(fails, load, rows, rows)
        assert load.working.value("SELECT 1") == 1


def test_what_compiles_for_a_stage_does_so_before_in_another_process(tmp_path):
    note = tmp_path / "note"
    with open_load(WarehousePaths(tmp_path / "warehouse"), "a load", 0) as load:
        rows = load.working.table("SELECT 'one' AS id")
        first, read, second = work_apart(partial(reads_note, note), load, rows, rows, partial(leaves_note, note))
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
    monkeypatch.setattr(WorkingFile, "give_back", lambda working: given_back.append(working))
    with open_load(WarehousePaths(tmp_path / "warehouse"), "a load", 0) as load:
        rows = load.working.table("SELECT * FROM (VALUES ('one'), ('two')) AS ids (id)")
        work_apart(reads, load, rows, rows)
        assert len(given_back) == 2  # each of the questions
