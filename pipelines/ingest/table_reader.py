"""Many records per file, a row each: CSV and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.ingest.decoding import bad_byte, opened, utf8_stream
from pipelines.ingest.entry import Entry, FileRejectedError, Reject
from pipelines.ingest.fields import HTML_KEYS, KNOWN_KEYS, TEXT_KEYS, encodable, entry_of, folded, shown, too_large
from pipelines.ingest.files import FoundFile
from pipelines.ingest.settings import IngestSettings
from pipelines.vocabulary import RejectReason

_DELIMITERS = ",;\t"
_NO_ROWS = "the table has no rows; allowed: one article per row; write it again, or delete it"
_PARQUET_ROWS = 256
_UNREADABLE_VALUES = (pa.ArrowException, OSError, ValueError, OverflowError, KeyError, NotImplementedError)


def read_csv(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """The first row names the columns; the delimiter is the one of comma, semicolon and tab that stands in it most."""
    csv.field_size_limit(max(csv.field_size_limit(), settings.max_record_bytes))
    with opened(found) as stream:
        # Bytes that are not UTF-8 come through as lone surrogates, so that only their row is rejected.
        text = io.TextIOWrapper(utf8_stream(stream, settings.max_whole_file_bytes), "utf-8", "surrogateescape", newline="")
        lines = _bounded_lines(text, settings.max_record_bytes)
        header = next(lines, "")
        rows = _csv_rows(chain([header], lines), max(_DELIMITERS, key=header.count))
        names = next(rows, [])
        number = 0
        if names:
            _refuse_textless(names)
        for number, row in enumerate(filter(None, rows), start=1):
            yield _csv_entry(names, row, number, settings)
    if number == 0:
        raise FileRejectedError(RejectReason.EMPTY, _NO_ROWS)


def _bounded_lines(text: IO[str], limit: int) -> Iterator[str]:
    while line := text.readline(limit + 1):
        if len(line) > limit:
            raise FileRejectedError(*too_large(limit))
        yield line


def _csv_rows(text: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    rows = csv.reader(text, delimiter=delimiter)
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"the CSV cannot be read at line {rows.line_num}: {error}; allowed: CSV with a header (rows before this are kept); correct it there"
            raise FileRejectedError(RejectReason.BAD_VALUE, message) from error


def _csv_entry(names: list[str], row: list[str], number: int, settings: IngestSettings) -> Entry:
    raw = "\x1f".join(row).encode("utf-8", "surrogateescape")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        message = bad_byte(raw[error.start], f"row {number} after the header")
        return Entry(line=number, raw=raw, reject=Reject(RejectReason.UNREADABLE_BYTES, message))
    if len(row) > len(names):
        message = f"row {number} has {len(row)} fields; allowed: {len(names)} as in the header; put quotation marks around fields that hold a delimiter"
        return Entry(line=number, text=encodable("\n".join(row)), raw=raw, reject=Reject(RejectReason.BAD_VALUE, message))
    return entry_of(dict(zip(names, row, strict=False)), number, settings.max_record_bytes, raw)


def read_parquet(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """One record per row; columns that are not known are not read."""
    number = 0
    with opened(found) as stream:
        if stream.read(1):
            for number, row in enumerate(_parquet_rows(stream), start=1):
                yield _parquet_entry(row, number, settings)
    if number == 0:
        raise FileRejectedError(RejectReason.EMPTY, _NO_ROWS)


def _parquet_rows(stream: IO[bytes]) -> Iterator[dict[str, object]]:
    try:
        table = pq.ParquetFile(stream)
        names = [name for name in table.schema_arrow.names if folded(name) in KNOWN_KEYS]
        _refuse_textless(table.schema_arrow.names)
        for batch in table.iter_batches(batch_size=_PARQUET_ROWS, columns=names):
            yield from _plain_rows(batch)
    except _UNREADABLE_VALUES as error:
        if isinstance(error, OSError) and error.errno:
            raise
        message = f"the Parquet file cannot be read: {shown(str(error), 200)}; allowed: a whole Parquet file (rows before the damage are kept); write it again"
        raise FileRejectedError(RejectReason.UNREADABLE_BYTES, message) from error


def _plain_rows(batch: pa.RecordBatch) -> Iterator[dict[str, object]]:
    columns = [_plain(column) for column in batch.columns]
    for index in range(batch.num_rows):
        yield {name: _value(column[index]) for name, column in zip(batch.schema.names, columns, strict=True)}


def _plain(column: pa.Array) -> pa.Array:
    """Times as ISO days: Python has no value for all that Arrow can hold. Dictionaries are unpacked."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp(column.type.unit), safe=False).cast(pa.date32(), safe=False)
    if pa.types.is_date(column.type):
        column = column.cast(pa.string())
    return column


def _value(scalar: pa.Scalar) -> object:
    """The Python value; bytes stay bytes where they are not UTF-8."""
    try:
        value = scalar.as_py()
    except UnicodeDecodeError:
        value = scalar.cast(pa.large_binary()).as_py()
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value
    return value


def _parquet_entry(row: dict[str, object], number: int, settings: IngestSettings) -> Entry:
    for name, value in row.items():
        if isinstance(value, bytes):
            try:
                value.decode("utf-8")
            except UnicodeDecodeError as error:
                message = bad_byte(value[error.start], f"row {number}, column {shown(name)}, offset {error.start},")
                return Entry(line=number, raw=value, reject=Reject(RejectReason.UNREADABLE_BYTES, message))
    return entry_of(row, number, settings.max_record_bytes)


def _refuse_textless(names: list[str]) -> None:
    wanted = TEXT_KEYS + HTML_KEYS
    if not any(folded(name) in wanted for name in names):
        present = ", ".join(shown(name) for name in names[:20]) or "none"
        message = f"no column holds text: the columns are {present}; allowed: one of {', '.join(wanted)}; rename the one that does"
        raise FileRejectedError(RejectReason.NO_TEXT, message)
