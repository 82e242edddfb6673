"""What runs where the rows are, in a process of a pool or of a cluster: stored rows to a stage and back."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from assets.engine.table import COMPRESSION, ROWS_IN_GROUP, Table, as_stored, restored, write_part
from pipelines.stage import FAILED, Stage

# The further tables that a stage's function takes, in order: columns of a batch, and the SQL files that give them.
CONTEXTS = ("context", "decided")


def takes(stage: Stage) -> pa.Schema:
    """The columns of a table that a stage is mapped over: its own; or, where it takes further tables, a list of rows for each table, so
    that a row is a batch with all that belongs to it."""
    if not stage.context:
        return stage.takes
    schemas = dict(zip(("rows", *CONTEXTS[: len(stage.context)]), (stage.takes, *stage.context), strict=True))
    return pa.schema([pa.field(name, pa.list_(pa.struct(list(schema)))) for name, schema in schemas.items()])


def as_batch(stage: Stage, tables: tuple[pa.Table, ...]) -> pa.Table:
    """The tables that a stage takes, as one row."""
    columns = []
    for table, kind in zip(tables, takes(stage).types, strict=True):
        arrays = [column.combine_chunks() for column in table.columns]
        rows = pa.StructArray.from_arrays(arrays, fields=list(kind.value_type))
        columns.append(pa.ListArray.from_arrays(pa.array([0, len(rows)], pa.int32()), rows, type=kind))
    return pa.table(columns, schema=takes(stage))


def gives(stage: Stage) -> dict[str, pa.Schema]:
    return dict(stage.gives) | {"failed": FAILED}


def run_stage(stage: Stage, rows: pa.Table, settings: Any) -> dict[str, pa.Table]:
    """The tables that a stage makes of stored rows."""
    given = restored(rows, takes(stage))
    if not stage.context:
        return stage.run(given, settings=settings)
    made = [_run_batch(stage, given.slice(row, 1), settings) for row in range(given.num_rows)]
    return {
        name: pa.concat_tables([schema.empty_table(), *(tables[name] for tables in made)]) for name, schema in gives(stage).items()
    }


def _run_batch(stage: Stage, row: pa.Table, settings: Any) -> dict[str, pa.Table]:
    first, *further = (
        pa.Table.from_batches([pa.RecordBatch.from_struct_array(row[name].combine_chunks().flatten()).cast(schema)])
        for name, schema in zip(row.column_names, (stage.takes, *stage.context), strict=True)
    )
    return stage.run(first, *further, settings=settings)


def run_group(stage: Stage, rows: pa.Table, settings: Any) -> dict[str, pa.Table]:
    """The tables that a stage makes of rows that belong together: not of some of them, so that whatever it raises is raised."""
    given = restored(rows, stage.takes)
    made = stage.work(given, settings) if stage.settings else stage.work(given)
    tables = {next(iter(stage.gives)): made} if isinstance(made, pa.Table) else dict(made)
    return {name: tables[name].cast(schema) for name, schema in stage.gives.items()} | {"failed": FAILED.empty_table()}


Part = tuple[Path, int]  # a file, and one of its groups of rows


def row_groups(table: Table, stage: Stage) -> Iterator[list[Part]]:
    """Groups of rows, as many together as are worth a call of the stage."""
    waiting: list[Part] = []
    rows = 0
    for file in table.files:
        metadata = pq.read_metadata(file)
        for group in range(metadata.num_row_groups):
            waiting.append((file, group))
            rows += metadata.row_group(group).num_rows
            if rows >= _at_once(stage):
                yield waiting
                waiting, rows = [], 0
    if waiting:
        yield waiting


def run_parts(stage: Stage, settings: Any, parts: Sequence[Part]) -> Iterator[dict[str, pa.Table]]:
    """What a stage makes of groups of rows, however large these are."""
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for file, group in parts:
        with pq.ParquetFile(file) as parquet:
            for batch in parquet.iter_batches(_at_once(stage), [group], takes(stage).names):
                waiting.append(batch)
                rows += batch.num_rows
                if rows >= _at_once(stage):
                    yield run_stage(stage, pa.Table.from_batches(waiting), settings)
                    waiting, rows = [], 0
    if waiting:
        yield run_stage(stage, pa.Table.from_batches(waiting), settings)


def _at_once(stage: Stage) -> int:
    return 1 if stage.context else stage.rows


def begun_tables(stage: Stage, out: Path) -> dict[str, Table]:
    """The tables that a stage gives, before they have rows: each is there, whatever comes of the stage."""
    tables = {name: Table(out / name, schema) for name, schema in gives(stage).items()}
    for table in tables.values():
        write_part(table.schema.empty_table(), table.folder, 0)
    return tables


def write_made(made: Iterable[dict[str, pa.Table]], out: Path, name: str) -> list[str]:
    """Writes the tables that a stage gave, part by part, as a file of this name for each table that has rows. Gives the names of these tables."""
    waiting: dict[str, list[pa.Table]] = {}
    writers: dict[str, pq.ParquetWriter] = {}

    def write(table: str) -> None:
        rows = pa.concat_tables(waiting.pop(table))
        if table not in writers:
            (out / table).mkdir(parents=True, exist_ok=True)
            writers[table] = files.enter_context(pq.ParquetWriter(out / table / name, rows.schema, compression=COMPRESSION))
        writers[table].write_table(rows, ROWS_IN_GROUP)

    with ExitStack() as files:
        for tables in made:
            for table, rows in tables.items():
                if rows.num_rows:
                    waiting.setdefault(table, []).append(as_stored(rows))
                    if sum(part.num_rows for part in waiting[table]) >= ROWS_IN_GROUP:
                        write(table)
        for table in list(waiting):
            write(table)
    return list(writers)
