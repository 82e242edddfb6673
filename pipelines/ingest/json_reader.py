"""Many records per file: JSON Lines, and `.json` in the shapes in which programs write lists of records.

Which keys of a record hold what does not stand here: see `fields.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import IO, Any

from pipelines.ingest.decoding import OtherLines, bad_byte, decode, decode_file, too_large_whole, utf8_stream
from pipelines.ingest.entry import Entry, FileRejectedError, Reject
from pipelines.ingest.fields import entry_of
from pipelines.ingest.files import FoundFile
from pipelines.ingest.names import field_names, field_of, folded, told_apart
from pipelines.ingest.opening import head_of, opened, read_whole
from pipelines.ingest.people import name_in
from pipelines.ingest.record import Record
from pipelines.ingest.settings import IngestSettings
from pipelines.ingest.texts import has_text, has_text_name, too_large
from pipelines.ingest.values import shown
from pipelines.vocabulary import RejectReason

_NO_RECORDS = "the file holds no records; allowed: one JSON object per line, or a list of objects; write it again, or delete it"
_DEPTH = 4  # objects inside of each other in which a list of records is looked for
_CONTROL = "Invalid control character at"
_OTHER_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1d\x1f]")
_NEXT_RECORD = re.compile(r"^\s*,?\s*\{", re.M)
_BETWEEN_VALUES = re.compile(
    r"[\s,\x1e\ufeff]*"
)  # U+001E stands before each value of a JSON text sequence, U+FEFF where files were joined
_OF_A_SHELL = re.compile(
    r"\b(?:ObjectId|ISODate|NumberLong|NumberInt|NumberDecimal|UUID)\((\"[^\"]*\"|-?[0-9.]+)\)"
)  # as MongoDB's prints values
_IN_A_SCRIPT = re.compile(r"\s*(?:(?:var|let|const)\s+)?[\w.$]+\s*(?:=|\()\s*(?P<value>[\[{].*[\]}])\s*\)?\s*;?\s*", re.S)


def read_json_lines(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """One record per line; a line that cannot be read is rejected by itself. Blank lines are no records.

    Where the first line is the beginning of a value that goes on in the next ones, the file is read as `.json` is.
    """
    if _goes_on(found):
        text = _whole_text(found, settings)
        if text is not None:
            yield from _entries(text, found, settings)
            return
    yield from _line_entries(found, settings)


def _line_entries(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    empty, others = True, OtherLines(found)
    with opened(found) as stream:
        for number, line in _lines(utf8_stream(stream, settings.max_whole_file_bytes), settings.max_record_bytes):
            if line.strip():
                empty = False
                yield from _entries_of_line(line, number, settings, others)
    if empty:
        raise FileRejectedError(RejectReason.EMPTY, _NO_RECORDS)


def read_json(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """A list of records, one record that is then the whole file, an object that holds a list or a table of records, or values one after another.
    Falls back to JSON Lines where the first line is a whole value."""
    limit = settings.max_whole_file_bytes
    with opened(found) as stream:
        text, encoding = decode(read_whole(stream, limit, too_large_whole(limit)))
    yield from (replace(entry, encoding=entry.encoding or encoding) for entry in _entries(text, found, settings))


def _goes_on(found: FoundFile) -> bool:
    """Whether the first line that is not blank is the beginning of a value, which is not wrong but has no end there."""
    try:
        with opened(found) as stream:
            head = head_of(stream)
    except FileRejectedError:  # said where it is read
        return False
    lines = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n").splitlines()
    if len(lines) < 2 or not lines[0].startswith(("{", "[")):
        return False
    try:
        json.loads(lines[0])
    except json.JSONDecodeError as error:
        return error.pos >= len(lines[0].rstrip()) or lines[0].strip() in ("{", "[")
    except (ValueError, RecursionError):
        pass
    return False


def _whole_text(found: FoundFile, settings: IngestSettings) -> str | None:
    """The text of the file, None where only its lines can be read."""
    limit = settings.max_whole_file_bytes
    try:
        with opened(found) as stream:
            return decode_file(read_whole(stream, limit, too_large_whole(limit)))
    except FileRejectedError:
        return None


def _entries(text: str, found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    if not text.strip():
        raise FileRejectedError(RejectReason.EMPTY, _NO_RECORDS)
    value, reject = _parsed(text)
    if reject is not None and (
        script := _IN_A_SCRIPT.fullmatch(text)
    ):  # as an answer that a page calls for, or a file that it includes
        value, reject = (found, None) if (found := _parsed(script["value"])[0]) is not None else (value, reject)
    if reject is None:
        yield from _document_entries(value, text, settings)
    elif "\n" in text.strip() and _parsed(text.lstrip().partition("\n")[0])[1] is None:
        yield from _line_entries(found, settings)
    else:
        yield from _entries_one_after_another(text, reject, settings)


def _document_entries(value: Any, text: str, settings: IngestSettings) -> Iterator[Entry]:
    records = (_of_rows(value) or value) if isinstance(value, list) else _records_in(value)
    if records is None:
        yield _value_entry(value, None, text, settings)
    elif not records:
        raise FileRejectedError(RejectReason.EMPTY, _NO_RECORDS)
    else:
        for number, record in enumerate(records, start=1):
            yield from _value_entries(record, number, None, settings)


def _entries_one_after_another(text: str, whole: Reject, settings: IngestSettings) -> Iterator[Entry]:
    """The values of a text that is not one value: written one after another, or a list that breaks off or is damaged. What is no value is
    rejected, up to where the next object starts on a line of its own. One broken object is rejected as a whole, with `whole`."""
    decoder, place, number, readable = json.JSONDecoder(object_pairs_hook=_object), 0, 0, False
    if text.lstrip().startswith("["):
        place = text.index("[") + 1
    broken: list[Entry] = []
    while (place := _BETWEEN_VALUES.match(text, place).end()) < len(text):  # type: ignore[union-attr]
        if text[place] == "]" and not text[place + 1 :].strip():
            break
        number += 1
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            end = _next_record(text, place)
            entry = _broken_entry(text[place:end], number, place, text, error, settings)
            if readable:
                yield entry
            else:
                broken.append(entry)
        else:
            if not readable and isinstance(value, Mapping):
                readable = True
                yield from broken
            if readable:
                yield from _value_entries(value, number, text[place:end], settings)
            else:
                broken.append(_value_entry(value, number, text[place:end], settings))
        place = end
    if not readable:
        kept = text if len(text) <= settings.max_record_bytes else None
        yield Entry(text=kept, raw=text.encode(), reject=whole)


def _next_record(text: str, place: int) -> int:
    match = _NEXT_RECORD.search(text, text.find("\n", place)) if "\n" in text[place:] else None
    return match.end() - 1 if match else len(text)


def _broken_entry(part: str, number: int, place: int, text: str, error: Exception, settings: IngestSettings) -> Entry:
    at = error.pos if isinstance(error, json.JSONDecodeError) else place
    why = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply, or a number too long"
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    message = f"line {line}, column {column}: {why}; allowed: JSON objects, in a list or one after another (what can be read is kept); fix it there"
    kept = part if len(part) <= settings.max_record_bytes else None
    return Entry(
        line=number, text=kept, raw=part.encode("utf-8", "surrogatepass"), reject=Reject(RejectReason.BROKEN_JSON, message)
    )


# ---------------------------------------------------------------- lists of records in an object


def _records_in(value: Any) -> list[Any] | None:
    """The records that an object holds in place of being one: in lists inside of it, by their ids, or as a table. None where it holds none."""
    if not isinstance(value, Mapping) or (has_text(value) and not _is_table(value)):
        return None
    table = _of_table(value)
    if table is not None:
        return table
    lists = list(_lists_in(value, _DEPTH))
    if lists:
        return list(chain.from_iterable(lists))
    if (
        value
        and all(isinstance(record, Mapping) for record in value.values())
        and any(map(has_text, value.values()))
        and len(value) > 1
    ):
        return [{"id": key, **record} for key, record in value.items()]
    return None


def _lists_in(value: Mapping[str, Any], depth: int) -> Iterator[list[Any]]:
    """The lists that hold a record with a text, and objects that hold nothing but records, by their ids."""
    other_objects = field_names().no_records if _is_titled(value) else frozenset()
    for name, inner in value.items():
        if folded(str(name)) in other_objects:
            continue
        if isinstance(inner, list) and any(has_text(item) for item in inner):
            yield inner
        elif isinstance(inner, list) and depth:
            for item in inner:
                if isinstance(item, Mapping):
                    yield from _lists_in(item, depth - 1)
        elif isinstance(inner, Mapping) and depth and not has_text(inner):
            by_id = bool(inner) and all(map(has_text, inner.values()))
            yield from [[{"id": key, **record} for key, record in inner.items()]] if by_id else _lists_in(inner, depth - 1)


def _is_titled(value: Mapping[str, Any]) -> bool:
    """Whether an object has a title or an address, as an article has: what hangs on it is about it."""
    values = Record(value)
    return any(name_in(found) for field in ("title", "url") for _, found in values.found(field))


def _is_table(value: Mapping[str, Any]) -> bool:
    """Whether each key is a column: an object from numbers of rows to values, the same rows in each; or a list of as many values as the others,
    several titles among them, of which one article has none."""
    columns = list(value.values())
    if len(columns) > 1 and all(isinstance(column, list) and len(column) == len(columns[0]) > 1 for column in columns):
        return any(field_of(name) == "title" and len(set(map(str, column))) > 1 for name, column in value.items())
    if len(columns) < 2 or not all(isinstance(column, Mapping) and column.keys() == columns[0].keys() for column in columns):
        return False
    return bool(columns[0]) and all(str(row).isdecimal() for row in columns[0])


def _of_rows(value: list[Any]) -> list[Any] | None:
    """The rows of a table as a list of lists, of which the first names the columns; None where it is none."""
    if len(value) < 2 or not all(isinstance(row, list) for row in value) or not all(isinstance(name, str) for name in value[0]):
        return None
    return [dict(zip(value[0], row, strict=False)) for row in value[1:]] if has_text_name(value[0]) else None


def _of_table(value: Mapping[str, Any]) -> list[Any] | None:
    """The rows of a table as data frames write it, by columns or with the names apart; None where it is none."""
    names, rows = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(rows, list) and all(isinstance(row, list) for row in rows):
        return [dict(zip(map(str, names), row, strict=False)) for row in rows]
    if _is_table(value) and has_text_name(list(value)):
        first = next(iter(value.values()))
        return [
            {name: column[row] for name, column in value.items()}
            for row in (range(len(first)) if isinstance(first, list) else first)
        ]
    return None


# ---------------------------------------------------------------- lines and values


def _lines(stream: IO[bytes], limit: int) -> Iterator[tuple[int, bytes]]:
    """Numbered lines; one of more than `limit` bytes is cut to `limit + 1`, its rest passed over."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        rest = line
        while len(rest) > limit and not rest.endswith(b"\n"):
            rest = stream.readline(limit + 1)
        yield number, line


def _entries_of_line(line: bytes, number: int, settings: IngestSettings, others: OtherLines) -> Iterator[Entry]:
    if len(line) > settings.max_record_bytes:
        yield Entry(line=number, raw=line, reject=too_large(settings.max_record_bytes))
        return
    try:
        decoded: tuple[str, str | None] = line.decode("utf-8"), None
    except UnicodeDecodeError as error:
        in_another = others.decode(line)
        if in_another is None:
            place = f"line {number}, offset {error.start} in it,"
            yield Entry(line=number, raw=line, reject=Reject(RejectReason.UNREADABLE_BYTES, bad_byte(line[error.start], place)))
            return
        decoded = in_another
    text, encoding = decoded[0].strip("\r\n\x1e\ufeff"), decoded[1]
    value, reject = _parsed(text, number)
    if reject and (values := _values_of_line(text)):
        for one in values:
            yield from (
                replace(entry, encoding=encoding) if encoding else entry for entry in _value_entries(one, number, None, settings)
            )
    elif reject:
        yield Entry(line=number, text=text, raw=line, encoding=encoding, reject=reject)
    else:
        yield from (
            replace(entry, encoding=encoding) if encoding else entry for entry in _value_entries(value, number, text, settings)
        )


def _values_of_line(text: str) -> list[Any]:
    """The objects of a line that holds several and nothing else, as where a stream was written without line ends; none where it does not."""
    decoder, place = json.JSONDecoder(object_pairs_hook=_object), 0
    values: list[Any] = []
    while (place := _BETWEEN_VALUES.match(text, place).end()) < len(text):  # type: ignore[union-attr]
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            return []
        if not isinstance(value, Mapping):
            return []
        values.append(value)
    return values


def _value_entries(value: Any, number: int, text: str | None, settings: IngestSettings) -> Iterator[Entry]:
    """The record, or those of a list, or of an object without a text that holds lists of them, as a page of an interface's answers does."""
    if isinstance(value, list):
        lists = [value] if any(map(has_text, value)) else []
    else:
        lists = [] if not isinstance(value, Mapping) or has_text(value) else list(_lists_in(value, _DEPTH))
    if not lists:
        yield _value_entry(value, number, text, settings)
    for record in chain.from_iterable(lists):
        yield _value_entry(record, number, None, settings)


def _value_entry(value: Any, number: int | None, text: str | None, settings: IngestSettings) -> Entry:
    if isinstance(value, Mapping):
        return entry_of(value, number, settings, (text or "").encode("utf-8", "surrogatepass"))
    message = f'a record is {shown(value)}; allowed: an object with a text, as in {{"text": "..."}}; write it so'
    raw = (text or shown(value)).encode("utf-8", "surrogatepass")
    return Entry(line=number, text=text, raw=raw, reject=Reject(RejectReason.NOT_A_RECORD, message))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. Of values under one name the last counts, as with other programs; those before stay under the name with a number."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = told_apart([name for name, _ in reversed(pairs)])
        return dict(zip(reversed(names), (value for _, value in pairs), strict=True))
    return found


def _with_line_ends(text: str) -> Any:
    """The value of a text whose strings hold line ends and tabs as they are, as programs write that put JSON together by hand; None where it is none."""
    if _OTHER_CONTROLS.search(text):
        return None
    try:
        return json.loads(text, object_pairs_hook=_object, strict=False)
    except (ValueError, RecursionError):
        return None


def _parsed(text: str, number: int | None = None) -> tuple[Any, Reject | None]:
    try:
        try:
            return json.loads(text, object_pairs_hook=_object), None
        except json.JSONDecodeError:
            raise
        except ValueError:  # a whole number of more digits than Python reads
            return json.loads(text, object_pairs_hook=_object, parse_int=str), None
    except json.JSONDecodeError as error:
        if error.msg == _CONTROL and (found := _with_line_ends(text)) is not None:
            return found, None
        if (plain := _OF_A_SHELL.sub(r"\1", text)) != text:
            return _parsed(plain, number)
        place = f"line {number or error.lineno}, column {error.colno}: {error.msg}"
    except RecursionError:
        place = f"line {number or 1}: nested too deeply"
    return None, Reject(RejectReason.BROKEN_JSON, f"{place}; allowed: a JSON object on each line; fix it there")
