"""What runs where the rows are, in a process of a pool or of a cluster: stored rows to a stage and back."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from assets.engine.table import as_stored, restored, stored_schema
from pipelines.stage import FAILED, Stage

# The columns with the rows of the further tables that a stage's function takes, in order.
CONTEXTS = ("context", "decided")


def takes(stage: Stage) -> pa.Schema:
    """The columns of a table that is mapped over: a row holds those rows of further tables that are needed for it."""
    further = [pa.field(name, pa.list_(pa.struct(list(schema)))) for name, schema in zip(CONTEXTS, stage.context, strict=False)]
    return pa.schema([*stage.takes, *further])


def gives(stage: Stage) -> dict[str, pa.Schema]:
    return dict(stage.gives) | {"failed": FAILED}


def run_stage(stage: Stage, rows: pa.Table, settings: Any) -> dict[str, pa.Table]:
    """The tables that a stage makes of stored rows."""
    given = restored(rows, takes(stage))
    further = [_different(given[name], schema) for name, schema in zip(CONTEXTS[: len(stage.context)], stage.context, strict=True)]
    return stage.run(given.select(stage.takes.names), *further, settings=settings)


def run_group(stage: Stage, rows: pa.Table, settings: Any) -> dict[str, pa.Table]:
    """The tables that a stage makes of rows that belong together: not of some of them, so that whatever it raises is raised."""
    given = restored(rows, stage.takes)
    made = stage.work(given, settings) if stage.settings else stage.work(given)
    tables = {next(iter(stage.gives)): made} if isinstance(made, pa.Table) else dict(made)
    return {name: tables[name].cast(schema) for name, schema in stage.gives.items()} | {"failed": FAILED.empty_table()}


def _different(lists: pa.ChunkedArray, schema: pa.Schema) -> pa.Table:
    """The different rows that stand in lists, in order."""
    rows = [pa.RecordBatch.from_struct_array(chunk.flatten()).cast(schema) for chunk in lists.chunks]
    names = schema.names
    different = pa.Table.from_batches(rows, schema).group_by(names).aggregate([]).select(names)
    return different.sort_by([(name, "ascending") for name in names]).cast(schema)


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
