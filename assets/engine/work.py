"""What runs where the rows are, in a process of a pool or of a cluster: stored rows to a stage and back."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from assets.engine.table import as_stored, restored, stored_schema
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


def packed_schema(stage: Stage) -> pa.Schema:
    """One table for all that a stage gives: a row has one column that is not null, the row of the table of that name."""
    return pa.schema([pa.field(name, pa.struct(list(stored_schema(schema)))) for name, schema in gives(stage).items()])


def packed(stage: Stage, made: dict[str, pa.Table]) -> Iterator[pa.RecordBatch]:
    """The tables that a stage gave, one after the other, as rows of `packed_schema`."""
    schema = packed_schema(stage)
    for name, table in made.items():
        for batch in as_stored(table).combine_chunks().to_batches():
            struct = pa.StructArray.from_arrays(batch.columns, fields=list(schema.field(name).type))
            columns = [struct if field.name == name else pa.nulls(len(struct), field.type) for field in schema]
            yield pa.RecordBatch.from_arrays(columns, schema=schema)
