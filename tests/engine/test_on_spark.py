"""Spark for real, in local[2]: the tables of one machine, also where a worker dies. Skipped where pyspark or Java is not there."""

import os
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from duplicates.corpora import one_of_each, prose, table
from engine.runs import SMALL, articles, assert_same, few_articles, found_over, loaded

from assets.engine.spark import MissingEngineError, SparkEngine, require_spark
from assets.engine.table import write_table
from pipelines.duplicates import find_duplicates
from pipelines.stage import Stage

try:
    require_spark()
except MissingEngineError as error:
    pytest.skip(str(error), allow_module_level=True)

MASTER = "local[2,4]"  # two threads, and four tries of a task
QUICK = {"spark.sql.shuffle.partitions": "2", "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1"}
NUMBERS = pa.schema([pa.field("id", pa.string(), False), pa.field("number", pa.int64(), False)])


@pytest.fixture(scope="module")
def engine():
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)  # of the workers, which import what the tests do
    made = SparkEngine(MASTER, QUICK)
    yield made
    made.stop()


def dies_once(rows: pa.Table, settings: str) -> pa.Table:
    """Ends the process that it is called in, but for the second time."""
    if not Path(settings).exists():
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
    again = engine.gather(given, "number", stage, tmp_path / "out2", str(tmp_path / "died2"))
    assert (tmp_path / "died2").exists()
    assert again["rows"].read().sort_by("id").equals(rows)


def test_duplicates_are_those_of_one_machine(engine):
    copies = [" ".join(prose(seed % 3, 60)) for seed in range(8)]
    more = table(copies, [f"2031-05-{1 + i:02d}" for i in range(8)], ["gazette", "herald"] * 4)
    others = articles(more.set_column(0, "id", pa.array([f"m{i}" for i in range(8)])))
    rows = pa.concat_tables([articles(one_of_each()), others])
    wanted = find_duplicates(rows, SMALL)
    assert wanted.capped.num_rows
    assert_same(found_over(rows, SMALL, 4, engine), wanted)


def test_a_load_gives_the_tables_of_one_machine(engine, tmp_path):
    corpus = few_articles(tmp_path / "corpus")
    assert loaded(tmp_path / "spark", corpus, f"spark:{MASTER}") == loaded(tmp_path / "plain", corpus, None)
