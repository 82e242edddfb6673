"""Lists of numbers as bytes: what the working file holds of the words of articles. What the numbers mean is not known here.

A number takes a byte for each seven bits, the lowest first; where another byte of it follows, the eighth bit is set. `internal.terms` gives frequent words
low numbers, and DuckDB compresses the bytes: the distinct words of an article take a seventh of the room of their hashes.
"""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from duckdb.func import PythonUDFType
from numpy.typing import NDArray

_BITS = 7
_MORE = 1 << _BITS  # set where another byte follows
_BYTES = 5  # of a number of 32 bits
_AT_ONCE = 512  # lists: what is made of more does not stay in the cache, and to get memory for it takes longer than the work


def add_packing(connection: duckdb.DuckDBPyConnection) -> None:
    """Give SQL the functions `packed(numbers)`, and `packed_set(numbers)` for distinct numbers whose order does not matter."""
    takes: list[Any] = ["UINTEGER[]"]
    connection.create_function("packed", pack, takes, "BLOB", type=PythonUDFType.ARROW)
    connection.create_function("packed_set", pack_sets, takes, "BLOB", type=PythonUDFType.ARROW)


def pack(lists: Any) -> pa.Array:
    """A column of bytes from one of lists of numbers of 32 bits.

    >>> pack(pa.array([[1, 300], []], pa.list_(pa.uint32()))).to_pylist()
    [b'\\x01\\xac\\x02', b'']
    """
    of, numbers = _flat(lists)
    return _packed(of, numbers, len(lists))


def pack_sets(lists: Any) -> pa.Array:
    """As `pack`, for distinct numbers in any order: what is held are the steps from one to the next, which are small."""
    of, numbers = _flat(lists)
    keys = np.sort((of << 32) | numbers)
    of, numbers = keys >> 32, keys & 0xFFFFFFFF
    steps = np.diff(numbers, prepend=0)
    first = np.diff(of, prepend=-1) > 0
    return _packed(of, np.where(first, numbers, steps), len(lists))


def unpack(column: pa.Array | pa.ChunkedArray, kind: type[np.integer[Any]] = np.int64) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """The numbers of a column of `pack`, end to end, and where those of each list begin and end.

    >>> [part.tolist() for part in unpack(pack(pa.array([[1, 300], [], [7]], pa.list_(pa.uint32()))))]
    [[0, 2, 2, 3], [1, 300, 7]]
    """
    column = (column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column).cast(pa.large_binary())
    sizes, numbers = [np.zeros(1, np.int64)], [np.zeros(0, kind)]
    for first in range(0, len(column), _AT_ONCE):
        some_sizes, some = _unpacked(column.slice(first, _AT_ONCE))
        sizes.append(some_sizes)
        numbers.append(some.astype(kind, copy=False))
    return np.cumsum(np.concatenate(sizes)), np.concatenate(numbers)


def _unpacked(column: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many numbers each list has, and the numbers."""
    _, offsets, data = column.buffers()
    bounds = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    given = np.frombuffer(data, np.uint8)[bounds[0] : bounds[-1]] if data is not None else np.zeros(0, np.uint8)
    last = given < _MORE
    ends = np.flatnonzero(last)
    begins = np.concatenate([[0], ends[:-1] + 1]) if len(ends) else ends
    numbers = (given[begins] & (_MORE - 1)).astype(np.int64)
    longer = np.flatnonzero(begins < ends)
    at = begins[longer] + 1
    for place in range(1, _BYTES):
        if not len(longer):
            break
        byte = given[at]
        numbers[longer] |= (byte & (_MORE - 1)).astype(np.int64) << (_BITS * place)
        more = np.flatnonzero(byte >= _MORE)
        longer, at = longer[more], at[more] + 1
    return np.diff(np.concatenate([[0], np.cumsum(last)])[bounds - bounds[0]]).astype(np.int64), numbers


def unpack_sets(column: pa.Array | pa.ChunkedArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers of a column of `pack_sets`, ascending, as `unpack` gives them."""
    bounds, steps = unpack(column)
    total = np.concatenate([[0], np.cumsum(steps)])
    counts = np.diff(bounds)
    return bounds, total[1:] - np.repeat(total[bounds[:-1]], counts)


def _flat(lists: Any) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The list that each number is of, and the number."""
    column = lists.combine_chunks() if isinstance(lists, pa.ChunkedArray) else lists
    return pc.list_parent_indices(column).to_numpy().astype(np.int64), pc.list_flatten(column).to_numpy().astype(np.int64)


def _packed(of: NDArray[np.int64], numbers: NDArray[np.int64], rows: int) -> pa.Array:
    sizes = np.ones(len(numbers), np.int64)
    for place in range(1, _BYTES):
        sizes += numbers >> (_BITS * place) > 0
    begins = np.cumsum(sizes) - sizes
    out = np.zeros(int(sizes.sum()), np.uint8)
    for place in range(_BYTES):
        has = np.flatnonzero(sizes > place)
        more = np.where(sizes[has] > place + 1, _MORE, 0)
        out[begins[has] + place] = (numbers[has] >> (_BITS * place)) & (_MORE - 1) | more
    bounds = np.append(begins, len(out))[np.searchsorted(of, np.arange(rows + 1))].astype(np.int32)
    return pa.Array.from_buffers(pa.binary(), rows, [None, pa.py_buffer(bounds), pa.py_buffer(out)])
