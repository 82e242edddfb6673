"""Many records per file: JSON Lines, and `.json` with a list, one object, or in truth JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from pipelines.ingest.decoding import bad_byte, decode_file, opened, read_whole, too_large_whole, utf8_stream
from pipelines.ingest.entry import Entry, FileRejectedError, Reject
from pipelines.ingest.fields import entry_of, shown, too_large
from pipelines.ingest.files import FoundFile
from pipelines.ingest.settings import IngestSettings
from pipelines.vocabulary import RejectReason

_NO_RECORDS = "the file holds no records; allowed: one JSON object per line, or a list of objects; write it again, or delete it"


def read_json_lines(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """One record per line; a line that cannot be read is rejected by itself. Blank lines are no records."""
    empty = True
    with opened(found) as stream:
        for number, line in _lines(utf8_stream(stream, settings.max_whole_file_bytes), settings.max_record_bytes):
            if line.strip():
                empty = False
                yield _line_entry(line, number, settings)
    if empty:
        raise FileRejectedError(RejectReason.EMPTY, _NO_RECORDS)


def read_json(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """A list of records, or one record that is then the whole file. Falls back to JSON Lines where the first line is a whole value."""
    limit = settings.max_whole_file_bytes
    with opened(found) as stream:
        text = decode_file(read_whole(stream, limit, too_large_whole(limit)))
    if not text.strip():
        raise FileRejectedError(RejectReason.EMPTY, _NO_RECORDS)
    value, reject = _parsed(text)
    if reject and _parsed(text.lstrip().partition("\n")[0])[1] is None:
        yield from read_json_lines(found, settings)
    elif reject:
        kept = text if len(text) <= settings.max_record_bytes else None
        yield Entry(text=kept, raw=text.encode(), reject=reject)
    elif isinstance(value, list):
        yield from _list_entries(value, settings)
    else:
        yield _value_entry(value, None, text, settings)


def _lines(stream: IO[bytes], limit: int) -> Iterator[tuple[int, bytes]]:
    """Numbered lines; one of more than `limit` bytes is cut to `limit + 1`, its rest passed over."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        rest = line
        while len(rest) > limit and not rest.endswith(b"\n"):
            rest = stream.readline(limit + 1)
        yield number, line


def _line_entry(line: bytes, number: int, settings: IngestSettings) -> Entry:
    if len(line) > settings.max_record_bytes:
        return Entry(line=number, raw=line, reject=too_large(settings.max_record_bytes))
    try:
        text = line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        place = f"line {number}, offset {error.start} in it,"
        return Entry(line=number, raw=line, reject=Reject(RejectReason.UNREADABLE_BYTES, bad_byte(line[error.start], place)))
    value, reject = _parsed(text, number)
    if reject:
        return Entry(line=number, text=text, raw=line, reject=reject)
    return _value_entry(value, number, text, settings)


def _list_entries(values: list[object], settings: IngestSettings) -> Iterator[Entry]:
    if not values:
        raise FileRejectedError(RejectReason.EMPTY, _NO_RECORDS)
    for number, value in enumerate(values, start=1):
        yield _value_entry(value, number, None, settings)


def _value_entry(value: object, number: int | None, text: str | None, settings: IngestSettings) -> Entry:
    if isinstance(value, dict):
        return entry_of(value, number, settings.max_record_bytes, (text or "").encode())
    message = f'a record is {shown(value)}; allowed: an object with a text, as in {{"text": "..."}}; write it so'
    return Entry(line=number, text=text, raw=(text or shown(value)).encode(), reject=Reject(RejectReason.NOT_A_RECORD, message))


def _parsed(text: str, number: int | None = None) -> tuple[object, Reject | None]:
    try:
        return json.loads(text), None
    except json.JSONDecodeError as error:
        place = f"line {number or error.lineno}, column {error.colno}: {error.msg}"
    except RecursionError:
        place = f"line {number or 1}: nested too deeply"
    except ValueError as error:  # a whole number of more digits than Python reads
        place = f"line {number or 1}: {error}"
    return None, Reject(RejectReason.BROKEN_JSON, f"{place}; allowed: a JSON object on each line; correct it there")
