"""This machine: processes of its own for stages, DuckDB for SQL, both over Parquet files, so that neither needs all rows in memory."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from assets.engine.table import COMPRESSION, ROWS_IN_GROUP, Table, part_name, write_part
from assets.engine.work import Part, begun_tables, row_groups, run_group, run_parts, write_made
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
        work = partial(_run_parts, stage, settings, out)
        return _run(stage, work, row_groups(table, stage), table.rows() * (stage.rows if stage.context else 1), out)

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
        groups = (sorted(folder.rglob("*.parquet")) for folder in sorted(parts.glob("*=*")))
        made = _run(stage, partial(_run_group, stage, settings, out), groups, table.rows(), out)
        shutil.rmtree(parts)
        return made

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


def _run(stage: Stage, work: Callable[..., None], jobs: Iterable[Any], rows: int, out: Path) -> dict[str, Table]:
    tables = begun_tables(stage, out)
    numbered = ((job, number) for number, job in enumerate(jobs, 1))
    for _ in map_batches(work, numbered, rows, stage.worth_a_pool, stage.compiles):
        pass
    return tables


def _run_parts(stage: Stage, settings: Any, out: Path, parts: Sequence[Part], number: int) -> None:
    write_made(run_parts(stage, settings, parts), out, part_name(number))


def _run_group(stage: Stage, settings: Any, out: Path, files: Sequence[Path], number: int) -> None:
    rows = pa.concat_tables(pq.read_table(file) for file in files)
    write_made([run_group(stage, rows, settings)], out, part_name(number))


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
