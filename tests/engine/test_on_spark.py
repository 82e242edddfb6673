"""Spark for real, in local[2]: the tables of one machine, also where a worker dies. Skipped where pyspark or Java is not there."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa
import pytest
from duplicates.corpora import corpora, noisy_corpora, one_of_each, prose, table
from engine.runs import SAMPLE, SMALL, articles, assert_same, found_over, loaded, opened
from engine.test_names_over_an_engine import compared_over
from engine.test_stories_over_an_engine import found_at_once as stories_at_once
from engine.test_stories_over_an_engine import found_over as stories_over
from engine.test_stories_over_an_engine import some_articles
from engine.test_utterances_over_an_engine import few_spoken, found_at_once
from engine.test_utterances_over_an_engine import found_over as found_in_parts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loading import tables

from assets.engine import Steps
from assets.engine.driver import TRIES, SparkDriver
from assets.engine.spark import MissingEngineError, SparkEngine, require_spark
from assets.engine.table import write_table
from assets.resources import LoadResource
from assets.tables import STEPS, documents
from benchmarks.processes import descendants
from pipelines.duplicates import find_duplicates
from pipelines.speakers import NameSettings
from pipelines.speakers.comparing import NOTHING_COMPARED, compare_people
from pipelines.stage import Stage

try:
    require_spark()
except MissingEngineError as error:
    pytest.skip(str(error), allow_module_level=True)

MASTER = "local[2,4]"  # two threads, and four tries of a task
QUICK = {"spark.sql.shuffle.partitions": "2", "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1"}
NUMBERS = pa.schema([pa.field("id", pa.string(), False), pa.field("number", pa.int64(), False)])


os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)  # of the workers, which import what the tests do


@pytest.fixture(scope="module")
def engine():
    made = SparkEngine(MASTER, QUICK)
    yield made
    made.stop()


def dies_once(rows: pa.Table, settings: str) -> pa.Table:
    """Ends the process that it is called in at the last row, when others are written, but for the second time."""
    if "n3" in rows["id"].to_pylist() and not Path(settings).exists():
        Path(settings).touch()
        os._exit(9)
    return rows


def test_a_worker_that_dies_costs_its_task(engine, tmp_path):
    rows = pa.table([[f"n{i}" for i in range(4)], [i % 2 for i in range(4)]], schema=NUMBERS)
    stage = Stage("dies", "dying", NUMBERS, {"rows": NUMBERS}, dies_once, settings="marker", rows=2)
    given = write_table(rows, tmp_path / "in")
    made = engine.map(given, stage, tmp_path / "out", str(tmp_path / "died"))
    assert (tmp_path / "died").exists()
    assert made["rows"].read().sort_by("id").equals(rows)
    assert {folder.name for folder in (tmp_path / "out").iterdir()} == {"rows", "failed"}
    again = engine.gather(given, "number", stage, tmp_path / "out2", str(tmp_path / "died2"))
    assert (tmp_path / "died2").exists()
    assert again["rows"].read().sort_by("id").equals(rows)


def dies_first(work: Callable[..., Any], mark: str, rows: pa.Table, *settings: Any) -> Any:
    """As `work`, but the process that is the first to call it ends instead."""
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return work(rows, *settings)
    os._exit(9)


class Deadly:
    """Spark, in which a worker dies in every step that has one."""

    name = "spark"

    def __init__(self, engine: SparkEngine, marks: Path) -> None:
        self.engine, self.marks, self.join = engine, marks, engine.join
        marks.mkdir()

    def _deadly(self, stage: Stage, out: Path) -> Stage:
        return replace(stage, work=partial(dies_first, stage.work, str(self.marks / out.name)))

    def map(self, table, stage, out, settings=None):
        return self.engine.map(table, self._deadly(stage, out), out, settings)

    def gather(self, table, by, stage, out, settings=None):
        return self.engine.gather(table, by, self._deadly(stage, out), out, settings)


def test_duplicates_are_those_of_one_machine_though_a_worker_dies_in_every_step(engine, tmp_path):
    copies = [" ".join(prose(seed % 3, 60)) for seed in range(8)]
    more = table(copies, [f"2031-05-{1 + i:02d}" for i in range(8)], ["gazette", "herald"] * 4)
    others = articles(more.set_column(0, "id", pa.array([f"m{i}" for i in range(8)])))
    rows = pa.concat_tables([articles(one_of_each()), others])
    wanted = find_duplicates(rows, SMALL)
    assert wanted.capped.num_rows
    assert_same(found_over(rows, SMALL, 4, Deadly(engine, tmp_path / "died")), wanted)
    assert {mark.name for mark in (tmp_path / "died").iterdir()} == {"signatures", "keys", "meetings", "dated", "pairs"}


@pytest.mark.faults
def test_utterances_names_and_stories_are_the_same_where_a_worker_dies_in_every_step(engine, tmp_path):
    spoken, names = few_spoken(), ["Wei Li", "Li Wei", "Mara Quill", "Quill", "Yelena Tarvashko"]
    deadly = Deadly(engine, tmp_path / "died")
    assert stories_over(some_articles(), 7, 9, engine=deadly) == stories_at_once(some_articles())
    assert found_in_parts(spoken, 2, deadly) == found_at_once(spoken)
    assert compared_over(names, 2, 2, deadly) == compare_people(sorted(names), NameSettings(), NOTHING_COMPARED)
    steps = {"said_keys", "said_meetings", "said_links", "said", "names_by_words", "names_read", "names_compared"}
    steps |= {f"story_{name}" for name in ("keys", "held", "described", "near", "scored", "groups")}
    assert {mark.name for mark in (tmp_path / "died").iterdir()} == steps


@settings(max_examples=2, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpora() | noisy_corpora(), st.data())
def test_any_partition_and_order_gives_what_one_machine_finds(engine, corpus, data):
    rows = articles(corpus)
    mixed = rows.take(pa.array(data.draw(st.permutations(range(corpus.num_rows)))))
    assert_same(found_over(mixed, SMALL, data.draw(st.integers(1, 6)), engine), find_duplicates(rows, SMALL))


class Struck:
    """Spark on a cluster of two executors, one of which is killed in every step, whatever the step is."""

    name = "spark"

    def __init__(self) -> None:
        options = {"spark.deploy.maxExecutorRetries": "-1", "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1"}
        self.engine, self.killed = SparkEngine("local-cluster[2,1,1024]", QUICK | options), 0

    def _kill(self) -> None:
        def is_executor(process: int) -> bool:
            with suppress(OSError):
                return b"CoarseGrainedExecutorBackend" in Path(f"/proc/{process}/cmdline").read_bytes()
            return False

        for _ in range(600):
            if executors := [process for process in descendants() if is_executor(process)]:
                os.kill(executors[0], signal.SIGKILL)
                self.killed += 1
                return
            time.sleep(0.1)

    def __getattr__(self, verb):
        def struck(*given):
            killer = threading.Timer(0.2, self._kill)
            killer.start()
            try:
                return getattr(self.engine, verb)(*given)
            finally:
                killer.join()

        return struck


@pytest.mark.faults
def test_duplicates_are_the_same_where_an_executor_is_killed_in_every_step():
    struck = Struck()
    try:
        rows = articles(one_of_each())
        assert_same(found_over(rows, SMALL, 4, struck), find_duplicates(rows, SMALL))
        assert struck.killed > 10
    finally:
        struck.engine.stop()


def waits_once(rows: pa.Table, settings: str) -> pa.Table:
    """The first call leaves a mark and does not come back."""
    if not Path(settings).exists():
        Path(settings).touch()
        time.sleep(60)
    return rows


@pytest.mark.faults
def test_a_driver_that_dies_is_started_again_and_only_its_step_is_done_again(tmp_path):
    lines: list[str] = []
    driver = SparkDriver(MASTER, QUICK, log=lines.append)
    rows = pa.table([["a", "b"], [1, 2]], schema=NUMBERS)
    marker = tmp_path / "begun"
    stage = Stage("waits", "waiting", NUMBERS, {"rows": NUMBERS}, waits_once, settings="marker")
    steps = Steps(tmp_path / "steps", driver, lines.append)
    given_ = steps.given(write_table(rows, tmp_path / "in"), "two")

    def kill() -> None:
        while not marker.exists():
            time.sleep(0.1)
        os.kill(driver.process.pid, signal.SIGKILL)

    first = steps.join("first", "SELECT id, number + 1 AS number FROM rows", NUMBERS, rows=given_)
    killer = threading.Thread(target=kill)
    killer.start()
    second = steps.map("second", first, stage, "1", str(marker))["rows"]
    killer.join()
    driver.stop()
    assert second.read().sort_by("id")["number"].to_pylist() == [2, 3]
    assert lines == ["first: 2 rows", f"the process of Spark ended in map, try 1 of {TRIES}", "second: 2 rows, 0 failed"]


def test_a_load_gives_the_tables_of_one_machine_and_its_run_says_what_spark_did(tmp_path, monkeypatch):
    (tmp_path / "spark-defaults.conf").write_text("spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1\n", encoding="utf-8")
    monkeypatch.setenv("SPARK_CONF_DIR", str(tmp_path))
    desk = LoadResource(corpus=[str(SAMPLE)], warehouse=str(tmp_path / "spark"), engine=f"spark:{MASTER}")
    with dg.DagsterInstance.ephemeral() as history:
        result = dg.materialize([documents, *STEPS], resources={"desk": desk}, instance=history)
        said = [entry.user_message for entry in history.all_logs(result.run_id)]
    assert result.success
    assert [line for line in said if line.startswith("step quotes, verb map, seconds ")]
    (made,) = result.asset_materializations_for_node("quotes")
    assert made.metadata["spark_master"].value == MASTER
    assert made.metadata["spark_application_id"].value.startswith("local-")
    assert "| quotes | map |" in made.metadata["spark_steps"].value
    with opened(tmp_path / "spark", None) as load:
        assert tables(load) == loaded(tmp_path / "plain", SAMPLE, None)
