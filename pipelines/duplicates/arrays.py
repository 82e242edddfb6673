"""Between numpy and Arrow through their buffers, and room for large arrays. What the numbers mean does not belong here.

Numbers are not copied, and pandas is not imported: `pyarrow.array` and `to_numpy` import it wherever it is installed, which costs
37 MB and a third of a second.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

_BLOCK_BYTES = 36 << 20  # glibc maps what is larger than 32 MB by itself, whatever was freed before
_LINE = 64


def as_column(values: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Numbers or truth values as an Arrow array of the same type; null where `missing` (bool)."""
    if values.dtype == bool:
        return as_column(values.view(np.uint8)).cast(pa.bool_())
    values = np.ascontiguousarray(values)
    valid = None if missing is None else as_column(~missing).buffers()[1]
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [valid, pa.py_buffer(values)])


def as_text_column(values: Sequence[str]) -> pa.Array:
    """Strings as an Arrow array; each different one is encoded once."""
    different = sorted(set(values))
    encoded = [value.encode() for value in different]
    starts = np.zeros(len(encoded) + 1, np.int32)
    np.cumsum([len(value) for value in encoded], out=starts[1:])
    names = pa.StringArray.from_buffers(len(encoded), pa.py_buffer(starts), pa.py_buffer(b"".join(encoded)))
    number = {value: i for i, value in enumerate(different)}
    return names.take(as_column(np.fromiter((number[value] for value in values), np.int64, len(values))))


def repeated_text(value: str, times: int) -> pa.Array:
    """The same string so many times."""
    return as_text_column([value]).take(as_column(np.zeros(times, np.int64)))


def as_numpy(column: pa.Array | pa.ChunkedArray, missing: int | None = None) -> np.ndarray:
    """The numbers or truth values of a column, `missing` for each null; a null is a ValueError where that is None."""
    if column.null_count:
        if missing is None:
            raise ValueError(f"{column.null_count} of {len(column)} values are null: say what stands for them")
        return np.where(as_numpy(column.is_valid()), _plain(column), missing)
    if pa.types.is_boolean(column.type):
        return _plain(column.cast(pa.uint8())).view(bool)
    return _plain(column)


def _plain(column: pa.Array | pa.ChunkedArray) -> np.ndarray:
    kind = np.dtype(column.type.to_pandas_dtype())
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    parts = [np.frombuffer(c.buffers()[1], kind, len(c), c.offset * kind.itemsize) for c in chunks if len(c)]
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, kind)


def encoded(table: pa.Table) -> pa.Table:
    """The rows with each different text once: a third of the room, where texts are ids and names."""
    columns = [column.dictionary_encode() if pa.types.is_string(column.type) else column for column in table.columns]
    return pa.table(columns, names=table.column_names)


class Blocks:
    """Room for arrays that are let go of together, for one thread.

    What malloc cuts from its own heaps stays with the process when it is freed: for duplicates that was a fifth of all memory. A
    block is mapped by itself, only what is written to takes memory, and all of it goes back when the last array in it does.
    """

    def __init__(self) -> None:
        self._left = np.empty(0, np.uint8)

    def room(self, size: int, kind: type) -> np.ndarray:
        """An array of at least `size` values. Those that `keep` gets, before room is asked for again, stay."""
        needed = size * np.dtype(kind).itemsize
        if len(self._left) < needed:
            self._left = np.empty(max(_BLOCK_BYTES, needed), np.uint8)
        return self._left[:needed].view(kind)

    def keep(self, values: np.ndarray) -> np.ndarray:
        """The same values, which begin where the room does: what comes after them is free again."""
        self._left = self._left[-(-values.nbytes // _LINE) * _LINE :]
        return values


def fresh(size: int, kind: type) -> np.ndarray:
    """An array in a block of its own."""
    return Blocks().room(size, kind)
