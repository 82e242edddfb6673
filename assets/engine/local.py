"""This machine: processes of its own for stages, DuckDB for SQL, both over Parquet files, so that neither needs all rows in memory."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from assets.engine.table import COMPRESSION, ROWS_IN_GROUP, Table, write_part
from assets.engine.work import gives, run_group, run_stage
from assets.stages.parallel import map_batches
from pipelines.stage import Stage

AT_ONCE = 1 << 26  # bytes that a thread of DuckDB holds before it writes them to the files of their parts
OPEN_FILES = 400  # of parts; of one that is closed, a further file is begun


class LocalEngine:
    """`threads` are those of DuckDB; stages take a process for each processor where there are rows enough."""

    name = "local"

    def __init__(self, threads: int = 2, memory: str = "2GB") -> None:
        self.threads, self.memory = threads, memory

    def map(self, table: Table, stage: Stage, out: Path, settings: Any = None) -> dict[str, Table]:
        return _run(
            stage, run_stage, settings, _row_groups(table, 1 if stage.context else stage.rows), self._weight(table, stage), out
        )

    def join(self, query: str, tables: Mapping[str, Table], out: Path, schema: pa.Schema) -> Table:
        self._copy(query, tables, out, "")
        if not list(out.glob("*.parquet")):
            write_part(schema.empty_table(), out, 0)
        return Table(out, schema)

    def gather(self, table: Table, by: str, stage: Stage, out: Path, settings: Any = None) -> dict[str, Table]:
        parts = out / ".parts"  # not the name of a table
        set_up = (
            f"SET partitioned_write_flush_threshold = {_rows_at_once(table)}; SET partitioned_write_max_open_files = {OPEN_FILES}"
        )
        self._copy("FROM rows", {"rows": table}, parts, f", PARTITION_BY ({by}), WRITE_PARTITION_COLUMNS true", set_up)
        groups = (tuple(sorted(folder.rglob("*.parquet"))) for folder in sorted(parts.glob("*=*")))
        made = _run(stage, run_group, settings, ([(file, None) for file in files] for files in groups), table.rows(), out)
        shutil.rmtree(parts)
        return made

    def _weight(self, table: Table, stage: Stage) -> int:
        return table.rows() * (stage.rows if stage.context else 1)

    def _copy(self, query: str, tables: Mapping[str, Table], out: Path, options: str, set_up: str = "") -> None:
        shutil.rmtree(out, ignore_errors=True)
        out.parent.mkdir(parents=True, exist_ok=True)
        spill = out.with_name(f".{out.name}.spill")
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": self.threads,
            "memory_limit": self.memory,
            "temp_directory": str(spill),
        }
        with duckdb.connect(config=config) as connection:
            connection.execute(f"SET preserve_insertion_order = false; {set_up}")
            for name, table in tables.items():
                files = ", ".join(f"'{_quoted(file)}'" for file in table.files)
                connection.execute(f'CREATE VIEW "{name}" AS FROM read_parquet([{files}], hive_partitioning = false)')
            whole = "" if options else ", PER_THREAD_OUTPUT true"
            connection.execute(
                f"COPY ({query}) TO '{_quoted(out)}' (FORMAT parquet, COMPRESSION {COMPRESSION}, ROW_GROUP_SIZE {ROWS_IN_GROUP}{whole}{options})"
            )
        shutil.rmtree(spill, ignore_errors=True)


def _rows_at_once(table: Table) -> int:
    """So many rows take AT_ONCE, on average. DuckDB's own bound counts rows, however long they are."""
    groups = [read.row_group(k) for read in map(pq.read_metadata, table.files) for k in range(read.num_row_groups)]
    rows, size = sum(group.num_rows for group in groups), sum(group.total_byte_size for group in groups)
    return max(ROWS_IN_GROUP, AT_ONCE * rows // max(1, size))


Part = tuple[Path, int | None]  # a file, and one of its groups of rows or all


def _row_groups(table: Table, most: int) -> Iterator[list[Part]]:
    """Groups of rows, as many together as make `most` rows or more."""
    waiting: list[Part] = []
    rows = 0
    for file in table.files:
        metadata = pq.read_metadata(file)
        for group in range(metadata.num_row_groups):
            waiting.append((file, group))
            rows += metadata.row_group(group).num_rows
            if rows >= most:
                yield waiting
                waiting, rows = [], 0
    if waiting:
        yield waiting


Work = Callable[[Stage, pa.Table, Any], dict[str, pa.Table]]


def _run(stage: Stage, how: Work, settings: Any, parts: Iterator[list[Part]], rows: int, out: Path) -> dict[str, Table]:
    for name in gives(stage):
        (out / name).mkdir(parents=True)
    work = partial(_run_part, stage, how, settings, out)
    jobs = ((part, number) for number, part in enumerate(parts, 1))
    for _ in map_batches(work, jobs, rows, stage.worth_a_pool, stage.compiles):
        pass
    for name, schema in gives(stage).items():
        write_part(schema.empty_table(), out / name, 0)
    return {name: Table(out / name, schema) for name, schema in gives(stage).items()}


def _run_part(stage: Stage, how: Work, settings: Any, out: Path, parts: list[Part], number: int) -> None:
    read = [pq.read_table(file) if group is None else _group(file, group) for file, group in parts]
    for name, made in how(stage, pa.concat_tables(read), settings).items():
        if made.num_rows:
            write_part(made, out / name, number)


def _group(file: Path, group: int) -> pa.Table:
    with pq.ParquetFile(file) as parquet:
        return parquet.read_row_group(group)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
