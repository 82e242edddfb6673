"""Spark: the same stages in its Python workers, its SQL for joins. Imports pyspark only where an engine is made."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa

from assets.engine.table import Table, part_name, write_part
from assets.engine.work import Part, begun_tables, row_groups, run_group, run_parts, takes, write_made
from assets.errors import CommandError
from pipelines.stage import Stage

OLDEST_JAVA = 17
MOST_TASKS = 10_000  # of a step, whose names Spark holds at once
BYTES_OF_TASK = 1 << 25  # on disk, of rows that are brought together
_UNDER_WAY = ".under_way"  # not the name of a table
_FILES = pa.schema([pa.field("name", pa.string()), pa.field("file", pa.string())])
_GLOB = re.compile(r"[\[\]{}*?\\]")  # what Spark takes for a pattern in the name of a folder
LOCAL = {  # of a master that is named as this machine; all others are as the configuration of Spark says
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class MissingEngineError(CommandError):
    """What Spark needs is not here; the message says what to install."""


class SparkEngine:
    """A session on `master`, such as local[2] or spark://HOST:7077; without one, what spark-submit or the configuration says.

    Files are read and written where Spark runs: the folders of tables must be the same for the driver and for all workers.
    """

    name = "spark"

    def __init__(self, master: str = "", options: Mapping[str, str] | None = None) -> None:
        require_spark()
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = import_module("pyspark.sql").SparkSession.builder.appName("copydesk")
        local = master.startswith("local")
        if master:
            builder = builder.master(master)
        fixed = {"spark.sql.session.timeZone": "UTC", "spark.sql.execution.arrow.useLargeVarTypes": "false"}
        for name, value in ((LOCAL if local else {}) | fixed | dict(options or {})).items():
            builder = builder.config(name, value)
        self.session = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")
        self._groups = 0
        self.session.sparkContext.setJobGroup(self._group(), "copydesk")

    def stop(self) -> None:
        self.session.stop()

    def application(self) -> dict[str, str]:
        """The id under which Spark's own pages show this session."""
        context = self.session.sparkContext
        return {"version": context.version, "master": context.master, "application_id": context.applicationId}

    def tasks(self) -> dict[str, int]:
        """How many tasks ran since the last call, and how many of them failed and were done again."""
        context = self.session.sparkContext
        tracker = context.statusTracker()
        jobs = [tracker.getJobInfo(job) for job in tracker.getJobIdsForGroup(self._group())]
        stages = [tracker.getStageInfo(stage) for job in jobs if job for stage in job.stageIds]
        self._groups += 1
        context.setJobGroup(self._group(), "copydesk")
        ran = [(stage.numCompletedTasks, stage.numFailedTasks) for stage in stages if stage]
        return {"tasks": sum(done for done, _ in ran), "failed": sum(failed for _, failed in ran)}

    def _group(self) -> str:
        return f"copydesk-{self._groups}"

    def map(self, table: Table, stage: Stage, out: Path, settings: Any = None) -> dict[str, Table]:
        def each(some: Sequence[Part]) -> list[tuple[str, str]]:
            return _written(run_parts(stage, settings, some), out)

        parts = list(row_groups(table, stage))
        tasks = self.session.sparkContext.parallelize(parts, max(1, min(len(parts), MOST_TASKS)))
        return _kept(stage, tasks.flatMap(each).collect(), out)

    def join(self, query: str, tables: Mapping[str, Table], out: Path, schema: pa.Schema) -> Table:
        for name, table in tables.items():
            self._frame(table).createOrReplaceTempView(name)
        return self._write(self.session.sql(query), out, schema)

    def gather(self, table: Table, by: str, stage: Stage, out: Path, settings: Any = None) -> dict[str, Table]:
        def each(rows: pa.Table) -> pa.Table:
            made = _written([run_group(stage, rows, settings)], out)
            return pa.table({"name": [name for name, _ in made], "file": [file for _, file in made]}, schema=_FILES)

        names = [by, *(name for name in takes(stage).names if name != by)]
        # As many tasks as can be sorted in memory: how few Spark would make of them, it judges by their size and not by the work of the stage.
        tasks = max(int(self.session.conf.get("spark.sql.shuffle.partitions")), table.bytes() // BYTES_OF_TASK)
        rows = self._frame(table).select(*names).repartition(tasks, by).groupBy(by)
        return _kept(stage, rows.applyInArrow(each, "name string, file string").collect(), out)

    def _frame(self, table: Table) -> Any:
        return self.session.read.parquet(_GLOB.sub(r"\\\g<0>", str(table.folder)))

    def _write(self, frame: Any, out: Path, schema: pa.Schema) -> Table:
        frame.write.mode("overwrite").option("compression", "zstd").parquet(str(out))
        table = Table(out, schema)
        if not table.files:
            write_part(schema.empty_table(), out, 0)
        return table


def _written(made: Iterable[dict[str, pa.Table]], out: Path) -> list[tuple[str, str]]:
    """Writes what a task made where nobody reads it, since the task may be tried again, and says which files these are, each by its table."""
    file = part_name(uuid4().hex)
    return [(name, file) for name in write_made(made, out / _UNDER_WAY, file)]


def _kept(stage: Stage, files: Iterable[tuple[str, str]], out: Path) -> dict[str, Table]:
    """The tables of the files that tasks wrote which came to their end; what others wrote is deleted."""
    tables = begun_tables(stage, out)
    for name, file in files:
        os.replace(out / _UNDER_WAY / name / file, out / name / file)
    shutil.rmtree(out / _UNDER_WAY, ignore_errors=True)
    return tables


def require_spark() -> None:
    """Raises MissingEngineError where pyspark or a Java that it runs on is not there."""
    absent = [name for name in ("pyspark", "pandas") if find_spec(name) is None]
    if absent:
        raise MissingEngineError(
            f"the engine 'spark' needs the Python packages pyspark and pandas, and of these {' and '.join(absent)} cannot be found: "
            "pip install 'copydesk[spark]'; or leave --engine out, which loads on this machine alone"
        )
    found = java_version()
    if found is None or found < OLDEST_JAVA:
        said = "no java was found on PATH or in JAVA_HOME" if found is None else f"java here is version {found}"
        raise MissingEngineError(
            f"the engine 'spark' needs Java {OLDEST_JAVA} or later, and {said}: on Debian apt-get install openjdk-17-jre-headless (or default-jre-headless), or set "
            "JAVA_HOME; or leave --engine out, which loads on this machine alone"
        )


def java_version(run: Callable[..., Any] = subprocess.run) -> int | None:
    """The major version of the Java that Spark would start; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if not java:
        return None
    try:
        said = run([java, "-version"], capture_output=True, text=True, timeout=60).stderr
    except OSError:
        return None
    number = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(number[1]) if number else None
