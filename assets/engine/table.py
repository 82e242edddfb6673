"""A table as engines hold it: a folder of Parquet files, in types that every engine has.

Spark has no unsigned numbers and one type of string, so that numbers are kept by their bits as signed ones, and given back as they were.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.duplicates.arrays import as_column

COMPRESSION = "zstd"
ROWS_IN_GROUP = 4096  # rows of a file that are read at once

_SIGNED = {pa.uint8(): pa.int8(), pa.uint16(): pa.int16(), pa.uint32(): pa.int32(), pa.uint64(): pa.int64()}


@dataclass(frozen=True)
class Table:
    """A folder of Parquet files. `schema` is that of the rows as stages know them."""

    folder: Path
    schema: pa.Schema

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.parquet"))

    def rows(self) -> int:
        return sum(pq.read_metadata(file).num_rows for file in self.files)

    def bytes(self) -> int:
        return sum(file.stat().st_size for file in self.files)

    def read(self) -> pa.Table:
        """All rows, in no order. Raises MemoryError where they are too many for this machine."""
        return pa.concat_tables([*self.batches(1 << 30), self.schema.empty_table()])

    def batches(self, size: int) -> Iterator[pa.Table]:
        """All rows, at most `size` at once."""
        for file in self.files:
            with pq.ParquetFile(file) as parquet:
                for batch in parquet.iter_batches(min(size, 1 << 20)):
                    yield restored(pa.Table.from_batches([batch]), self.schema)


def write_table(rows: pa.Table, folder: Path, rows_in_file: int = 1 << 20) -> Table:
    """A table of these rows, in files of at most so many."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, start in enumerate(range(0, max(1, rows.num_rows), rows_in_file)):
        write_part(rows.slice(start, rows_in_file), folder, number)
    return Table(folder, rows.schema)


def write_part(rows: pa.Table, folder: Path, number: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(as_stored(rows), folder / part_name(number), compression=COMPRESSION, row_group_size=ROWS_IN_GROUP)


def part_name(part: int | str) -> str:
    """The name of a file of a table."""
    return f"part-{part:06d}.parquet" if isinstance(part, int) else f"part-{part}.parquet"


def stored_schema(schema: pa.Schema) -> pa.Schema:
    """The types that rows have in files, and in which engines give them to functions."""
    return pa.schema([pa.field(field.name, _stored(field.type)) for field in schema])


def as_stored(rows: pa.Table) -> pa.Table:
    return restored(rows, stored_schema(rows.schema))


def restored(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """The columns of a schema, in its order and types. Raises KeyError where one is not there."""
    columns = [
        pa.chunked_array([_converted(chunk, field.type) for chunk in rows[field.name].chunks], field.type) for field in schema
    ]
    return pa.table(columns, schema=schema)


def _stored(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.list_(_stored(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(field.name, _stored(field.type)) for field in kind])
    if pa.types.is_large_string(kind):
        return pa.string()
    return _SIGNED.get(kind, kind)


def _converted(array: pa.Array, kind: pa.DataType) -> pa.Array:
    if array.type == kind:
        return array
    if pa.types.is_list(kind) and pa.types.is_list(array.type):
        if array.offset or array.null_count:
            array = array.take(as_column(np.arange(len(array))))
        offsets = pa.Array.from_buffers(pa.int32(), len(array) + 1, [None, array.buffers()[1]])
        return pa.Array.from_buffers(
            kind,
            len(array),
            [array.buffers()[0], offsets.buffers()[1]],
            array.null_count,
            children=[_converted(array.values, kind.value_type)],
        )
    if pa.types.is_struct(kind) and pa.types.is_struct(array.type):
        given = dict(zip((field.name for field in array.type), array.flatten(), strict=True))
        parts = [_converted(given[field.name], field.type) for field in kind]
        return pa.StructArray.from_arrays(parts, fields=list(kind), mask=array.is_null() if array.null_count else None)
    if pa.types.is_integer(kind) and pa.types.is_integer(array.type) and kind.bit_width == array.type.bit_width:
        return array.view(kind)
    return array.cast(kind)
