"""Many records per file, a row each: CSV and Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.ingest.csv_lines import Lines, Row
from pipelines.ingest.csv_rows import csv_rows
from pipelines.ingest.decoding import OtherLines, bad_byte, is_utf8, utf8_stream
from pipelines.ingest.entry import Entry, FileRejectedError, Reject
from pipelines.ingest.fields import entry_of
from pipelines.ingest.files import FoundFile
from pipelines.ingest.names import field_of, told_apart
from pipelines.ingest.opening import opened
from pipelines.ingest.settings import IngestSettings
from pipelines.ingest.texts import has_text_name, no_text_column, too_large
from pipelines.ingest.values import encodable, shown
from pipelines.vocabulary import RejectReason

_NO_ROWS = "the table has no rows; allowed: one article per row; write it again, or delete it"
_FORMULA = re.compile(r'="(?P<text>(?:[^"]|"")*)"', re.S)  # by which a spreadsheet is kept from reading a number or a day
_PARQUET_ROWS = 256
_UNREADABLE_VALUES = (pa.ArrowException, OSError, ValueError, OverflowError, KeyError, NotImplementedError)


def read_csv(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """The first row names the columns. Rows that are broken are rejected by themselves; where they end says `csv_rows.py`."""
    csv.field_size_limit(max(csv.field_size_limit(), settings.max_record_bytes))
    number = 0
    with opened(found) as stream:
        # Bytes that are not UTF-8 come through as lone surrogates, so that only their row is rejected.
        text = io.TextIOWrapper(utf8_stream(stream, settings.max_whole_file_bytes), "utf-8", "surrogateescape", newline="")
        others = OtherLines(found)
        rows = csv_rows(Lines(_bounded_lines(text, settings.max_record_bytes)), settings.max_record_bytes, has_text_name)
        header = next(rows, None)
        written = [_read(name, others) for name in header.fields or []] if header else []
        names = told_apart(written)
        if header:
            _refuse_textless(names)
        for number, row in enumerate(rows, start=1):
            yield (
                _repeated_header(row, number) if _without_mark(row) == written else _csv_entry(names, row, number, settings, others)
            )
    if number == 0:
        raise FileRejectedError(RejectReason.EMPTY, _NO_ROWS)


def _without_mark(row: Row) -> list[str]:
    """The fields without a byte order mark, which stands in the middle where files were joined."""
    return [field.removeprefix("\ufeff") if place == 0 else field for place, field in enumerate(row.fields or [])]


def _repeated_header(row: Row, number: int) -> Entry:
    """As where somebody put files together."""
    message = f"row {number} holds the names of the columns again; allowed: one header; take it out"
    return Entry(line=number, raw=b"header", reject=Reject(RejectReason.NOT_A_RECORD, message))


def _bounded_lines(text: IO[str], limit: int) -> Iterator[str]:
    while line := text.readline(limit + 1):
        if len(line) > limit:
            raise FileRejectedError(*too_large(limit))
        yield line


def _read(part: str, others: OtherLines) -> str:
    """Part of a row, in another encoding where it has bytes that are not UTF-8."""
    if part.isascii():
        return part
    raw = part.encode("utf-8", "surrogateescape")
    decoded = None if is_utf8(raw) else others.decode(raw)
    return decoded[0] if decoded else part


def _csv_entry(names: list[str], row: Row, number: int, settings: IngestSettings, others: OtherLines) -> Entry:
    fields = row.fields or []
    raw = ("\x1f".join(fields) or row.source).encode("utf-8", "surrogateescape")
    encoding = None
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        decoded = others.decode(raw)
        if decoded is None:
            message = bad_byte(raw[error.start], f"row {number} after the header")
            return Entry(line=number, raw=raw, reject=Reject(RejectReason.UNREADABLE_BYTES, message))
        encoding = decoded[1]
        fields, row = [_read(field, others) for field in fields], row._replace(source=_read(row.source, others))
    if row.fields is None:
        message = f"row {number}, {row.problem}; allowed: marks doubled, or all with a backslash, inside of fields in marks; correct it there"
        return _broken_row(number, row.source, raw, message, settings)
    if not any(field.strip() for field in fields[len(names) :]):  # a delimiter at the end of the row
        fields = fields[: len(names)]
    if len(fields) > len(names):
        message = f"row {number} has {len(fields)} fields; allowed: {len(names)} as in the header; put quotation marks around fields that hold a delimiter"
        return _broken_row(number, "\n".join(fields), raw, message, settings)
    fields = [_without_formula(field) if field.startswith("=") else field for field in fields]
    return replace(entry_of(dict(zip(names, fields, strict=False)), number, settings, raw), encoding=encoding)


def _without_formula(field: str) -> str:
    found = _FORMULA.fullmatch(field)
    return found["text"].replace('""', '"') if found else field


def _broken_row(number: int, text: str, raw: bytes, message: str, settings: IngestSettings) -> Entry:
    kept = encodable(text) if len(text) <= settings.max_record_bytes and text.strip() else None
    return Entry(line=number, text=kept, raw=raw, reject=Reject(RejectReason.BAD_VALUE, message))


def read_parquet(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """One record per row."""
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
        _refuse_textless(table.schema_arrow.names)
        for batch in table.iter_batches(batch_size=_PARQUET_ROWS):
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
    """Days and times as ISO writes them, to the second and in UTC where they have a zone: Python has no value for all that Arrow can hold.
    Dictionaries are unpacked."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_timestamp(column.type):
        zone = "Z" if column.type.tz else ""
        seconds = column.cast(pa.timestamp(column.type.unit), safe=False).cast(pa.timestamp("s"), safe=False).cast(pa.string())
        column = pc.binary_join_element_wise(seconds, zone, "")
    if pa.types.is_date(column.type):
        column = column.cast(pa.string())
    inner = _to_microseconds(column.type)
    return column if inner == column.type else column.cast(inner, safe=False)


def _to_microseconds(kind: pa.DataType) -> pa.DataType:
    """A type whose times Python can hold, those in lists and structs too."""
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us", kind.tz)
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_to_microseconds(field.type)) for field in kind])
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        made = pa.large_list if pa.types.is_large_list(kind) else pa.list_
        return made(kind.value_field.with_type(_to_microseconds(kind.value_type)))
    return kind


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
        if isinstance(value, bytes) and field_of(name):
            try:
                value.decode("utf-8")
            except UnicodeDecodeError as error:
                message = bad_byte(value[error.start], f"row {number}, column {shown(name)}, offset {error.start},")
                return Entry(line=number, raw=value, reject=Reject(RejectReason.UNREADABLE_BYTES, message))
    return entry_of(row, number, settings)


def _refuse_textless(names: list[str]) -> None:
    if not has_text_name(names):
        raise FileRejectedError(*no_text_column(names))
