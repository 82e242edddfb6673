"""Rows of the single steps as CSV and Parquet, and what is compressed: which format a name asks for, reading it, and writing it.

What a row means, and JSON Lines, do not stand here: see `rows.py`.
"""

from __future__ import annotations

import base64
import bz2
import csv
import datetime
import gzip
import io
import json
import lzma
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from assets.errors import CommandError
from pipelines.ingest.csv_lines import Lines
from pipelines.ingest.csv_rows import csv_rows
from pipelines.ingest.decoding import bad_byte, utf8_stream
from pipelines.ingest.entry import FileRejectedError
from pipelines.ingest.files import FoundFile
from pipelines.ingest.opening import opened, without_compression
from pipelines.vocabulary import RejectReason

JSON_LINES, CSV, PARQUET = "JSON Lines", "CSV", "Parquet"
_ENDINGS = {".csv": CSV, ".tsv": CSV, ".parquet": PARQUET}
_SPREADSHEETS = frozenset({".xls", ".xlsx", ".ods", ".numbers"})
_LONGEST_ROW = 2**31 - 1  # characters
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

# Fields of the single steps that are objects or lists. In CSV they are JSON text, and are read back from it.
NESTED = frozenset({"removed", "repairs", "quotes", "passages", "first", "members", "conflicts", "reject"})

_PLAIN_TYPES = (
    *(pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal),
    *(pa.types.is_string, pa.types.is_large_string, pa.types.is_date, pa.types.is_timestamp),
)

# A row's fields; or null, and why it cannot be read.
Read = tuple[dict[str, Any] | None, tuple[RejectReason, str] | None]


def format_of(path: str) -> str:
    """The format that a file's ending asks for; JSON Lines for every other name.

    >>> format_of("a.csv.gz"), format_of("A.PARQUET"), format_of("a.jsonl.zst"), format_of("-")
    ('CSV', 'Parquet', 'JSON Lines', 'JSON Lines')
    """
    return _ENDINGS.get(Path(without_compression(path)).suffix.lower(), JSON_LINES)


def refuse_spreadsheet(path: str) -> None:
    """Raises CommandError for the ending of a spreadsheet: what such a file holds is no lines."""
    ending = Path(path).suffix.lower()
    if ending in _SPREADSHEETS:
        raise CommandError(f"{path!r} is a spreadsheet; allowed: .jsonl, .csv, .tsv, .parquet: save it, or name it, as .csv")


def delimiter_of(path: str) -> str:
    return "\t" if without_compression(path).lower().endswith(".tsv") else ","


@contextmanager
def bytes_of(path: str) -> Iterator[IO[bytes]]:
    """A file's bytes, decompressed. Raises CommandError where they cannot be read."""
    try:
        with opened(FoundFile(path, Path(path), 0, 0)) as stream:
            yield stream
    except FileRejectedError as error:
        raise CommandError(f"cannot read {path!r}: {error}") from error


def read_csv(stream: IO[bytes]) -> Iterator[Read]:
    """Each row by the names of the header; an empty cell is null, an empty `text` is an empty text. Raises CommandError where two columns have one
    name."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_ROW))
    # Bytes that are not UTF-8 come through as lone surrogates, so that only their row is refused.
    text = io.TextIOWrapper(utf8_stream(stream, _LONGEST_ROW), "utf-8", "surrogateescape", newline="")
    rows = csv_rows(Lines(iter(text)), _LONGEST_ROW)
    header = next(rows, None)
    names = header.fields or [] if header else []
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise CommandError(f"the first row names two columns {twice!r}, of which one would be lost: give each a name of its own")
    for number, row in enumerate(rows, 1):
        if row.fields is None:
            yield (
                None,
                (RejectReason.BAD_VALUE, f"row {number}, {row.problem}. Double the quotation marks inside of a field in marks"),
            )
        elif len(row.fields) > len(names):
            message = f"row {number} has {len(row.fields)} fields, the header {len(names)}. Put quotation marks around fields that hold a delimiter"
            yield None, (RejectReason.BAD_VALUE, message)
        elif (wrong := _wrong_byte(row.fields)) is not None:
            yield None, (RejectReason.UNREADABLE_BYTES, bad_byte(wrong, f"row {number}"))
        else:
            yield {name: _of_cell(name, cell) for name, cell in zip(names, row.fields, strict=False)}, None


def _wrong_byte(fields: Sequence[str]) -> int | None:
    for field in fields:
        if found := _LONE_SURROGATE.search(field):
            return ord(found[0]) - 0xDC00
    return None


def _of_cell(name: str, cell: str) -> Any:
    if name in NESTED and cell[:1] in ("[", "{"):
        try:
            return json.loads(cell)
        except ValueError:
            return cell
    return cell if cell or name == "text" else None


def read_parquet(path: str, stream: IO[bytes]) -> pa.Table:
    try:
        return pq.read_table(pa.BufferReader(stream.read()))
    except (OSError, ValueError, NotImplementedError, pa.ArrowException) as error:
        raise CommandError(f"cannot read {path!r} as Parquet ({error}): give a whole Parquet file, one article a row") from error


def rows_of(table: pa.Table) -> Iterator[dict[str, Any]]:
    """The rows of a table as values that JSON has: days and times as ISO writes them, what is no number as null."""
    columns = [_plain_column(column) for column in table.columns]
    for values in zip(*columns, strict=True):
        yield dict(zip(table.column_names, values, strict=True))


def _plain_column(column: pa.ChunkedArray) -> list[Any]:
    if pa.types.is_dictionary(column.type):
        column = pc.cast(column, column.type.value_type)
    if pa.types.is_timestamp(column.type):
        zone = "Z" if column.type.tz else ""
        seconds = column.cast(pa.timestamp(column.type.unit), safe=False).cast(pa.timestamp("s"), safe=False)
        column = pc.binary_join_element_wise(pc.strftime(seconds, "%Y-%m-%dT%H:%M:%S"), zone, "")
    return [_plain(value) for value in column.to_pylist()]


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | datetime.timedelta) else value


# ---------------------------------------------------------------- writing


@contextmanager
def compressed(path: str, stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """What is written to it goes to `stream`, compressed as the name says; the same rows give the same bytes at any time."""
    low = path.lower()
    if low.endswith(".gz"):
        with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as inner:
            yield cast(IO[bytes], inner)
    elif low.endswith(".zst"):
        with pa.CompressedOutputStream(pa.PythonFile(stream, "w"), "zstd") as inner:
            yield cast(IO[bytes], inner)
    elif low.endswith((".bz2", ".xz")):
        with (bz2.BZ2File if low.endswith(".bz2") else lzma.LZMAFile)(stream, "wb") as inner:
            yield cast(IO[bytes], inner)
    else:
        yield stream


def write_table(path: str, stream: IO[bytes], table: pa.Table) -> None:
    if format_of(path) == PARQUET:
        pq.write_table(table, stream, compression="zstd")
        return
    flat = pa.table({name: _flat(table[name]) for name in table.column_names})
    options = pyarrow.csv.WriteOptions(delimiter=delimiter_of(path), quoting_style="needed")
    pyarrow.csv.write_csv(flat, stream, options)


def _flat(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column that CSV can hold: what is nested as JSON text, what only Parquet has as text."""
    if pa.types.is_dictionary(column.type):
        column = pc.cast(column, column.type.value_type)
    if any(is_kind(column.type) for is_kind in _PLAIN_TYPES):
        return column
    nested = pa.types.is_nested(column.type)
    values = [None if value is None else _plain(value) for value in column.to_pylist()]
    texts = [value if value is None or not nested else json.dumps(value, ensure_ascii=False) for value in values]
    return pa.chunked_array([pa.array(texts, pa.large_string())])


def as_table(rows: Iterable[Mapping[str, Any]], columns: pa.Schema, given: pa.Table | None = None) -> pa.Table:
    """The rows as a table. `columns` are those of the step, which have a type and are there whatever the rows hold; a column of `given`, which has
    as many rows, is taken as it is; others, and those of the step whose type is null, get the type that their values have, or are text.
    """
    held = list(rows)
    typed = {field.name: field.type for field in columns if not pa.types.is_null(field.type)}
    names = dict.fromkeys(name for row in held for name in row) | dict.fromkeys(columns.names)
    made: dict[str, pa.Array | pa.ChunkedArray] = {}
    for name in names:
        if given is not None and name in given.column_names and name not in typed:
            made[name] = given[name]
        else:
            made[name] = _typed([_storable(row.get(name)) for row in held], typed.get(name))
    return pa.table(made)


def _typed(values: list[Any], kind: pa.DataType | None) -> pa.Array:
    """The values in a type, or in the one that they have in common; as JSON text where they have none, or one that Parquet has not."""
    try:
        found = pa.array(values, kind)
        if not _is_hollow(found.type):
            return found.cast(pa.string()) if pa.types.is_null(found.type) else found
    except (pa.ArrowException, ValueError, TypeError, OverflowError):
        pass
    texts = [value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values]
    return pa.array(texts, pa.large_string())


def _is_hollow(kind: pa.DataType) -> bool:
    """Whether nothing says what stands inside of a type: lists that are all empty, objects without fields."""
    inner = [kind.field(place).type for place in range(kind.num_fields)]
    return pa.types.is_nested(kind) and (not inner or any(pa.types.is_null(part) or _is_hollow(part) for part in inner))


def _storable(value: Any) -> Any:
    """Lone surrogates, which no table holds, as U+FFFD."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {_storable(name): _storable(inner) for name, inner in value.items()}
    return [_storable(inner) for inner in value] if isinstance(value, list) else value
