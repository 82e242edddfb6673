"""Rows in and out, by default as JSON Lines: one output row per input row, in input order, whatever a row holds."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from assets.errors import CommandError, UsageError
from pipelines.vocabulary import RejectReason

if TYPE_CHECKING:
    import pyarrow as pa

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
NEEDS_ESCAPE = re.compile("[\ud800-\udfff\x85\u2028\u2029]")


@dataclass(frozen=True)
class InputRow:
    """A row as read: its fields, or the reason why there are none."""

    fields: dict[str, Any]
    reject: dict[str, str] | None = None

    @property
    def id(self) -> Any:
        return self.fields.get("id")


class Rows(list[InputRow]):
    """The rows of an input, and the table that they stand in, if it is one that has types."""

    table: pa.Table | None = None


def read_rows(path: str) -> Rows:
    """All rows of a file, `-` for standard input: CSV and Parquet by the file's ending, else JSON Lines, where blank lines are no rows. Raises
    CommandError where it cannot be opened."""
    if path == "-":
        return _json_lines(sys.stdin.buffer.read())
    head = b""
    try:
        with open(path, "rb") as stream:
            if stream.seekable():  # what comes from a pipe can be read once
                head = stream.read(4)
    except OSError as error:
        raise CommandError(
            f"cannot read {path!r} ({error.strerror}): give a file of JSON Lines (.jsonl), .csv or .parquet, or - for standard input"
        ) from error
    from assets.commands import formats

    formats.refuse_spreadsheet(path)
    kind = formats.PARQUET if head == b"PAR1" else formats.format_of(path)
    with formats.bytes_of(path) as stream:
        if kind == formats.JSON_LINES:
            return _json_lines(stream.read())
        if kind == formats.CSV:
            return Rows(InputRow(fields or {}, problem and reject(*problem)) for fields, problem in formats.read_csv(stream))
        table = formats.read_parquet(path, stream)
    rows = Rows(InputRow(_without_empty_reject(fields)) for fields in formats.rows_of(table))
    rows.table = table
    return rows


def _without_empty_reject(fields: dict[str, Any]) -> dict[str, Any]:
    """In a table every row has the column `reject`; a row that was taken has none."""
    return {name: value for name, value in fields.items() if name != "reject" or value is not None}


def _json_lines(raw: bytes) -> Rows:
    lines = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return Rows(_row(line, number) for number, line in enumerate(lines, 1) if line.strip())


def _row(line: bytes, number: int) -> InputRow:
    try:
        value = json.loads(line, parse_constant=_nothing)
    except UnicodeDecodeError as error:
        message = f"line {number} is not UTF-8: byte {line[error.start]:#04x} at {error.start}. Convert the file to UTF-8"
        return InputRow({}, reject(RejectReason.UNREADABLE_BYTES, message))
    except (ValueError, RecursionError) as error:
        return InputRow({}, reject(RejectReason.BROKEN_JSON, f"line {number} is not JSON: {error}. Give one JSON object a line"))
    if not isinstance(value, dict):
        message = f"line {number} holds a {type(value).__name__}. Give a JSON object with id and text"
        message += ": of a list, `jq -c '.[]'` makes one object a line" if isinstance(value, list) else ""
        return InputRow({}, reject(RejectReason.NOT_A_RECORD, message))
    return InputRow(value)


def _nothing(_constant: str) -> None:
    """NaN and Infinity, which are not JSON but what some tools write for a missing value."""
    return


def text_problem(fields: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, str] | None:
    """Why none of the fields `names` holds a text, or None where one does."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str):
            return None
        if value is not None:
            message = f"{name} is a {type(value).__name__}; allowed is a string. Give the article's text as a string"
            return reject(RejectReason.BAD_VALUE, message)
    return reject(RejectReason.NO_TEXT, f"the row has no {' or '.join(names)}. Give the article's text there")


def reject(reason: RejectReason, message: str) -> dict[str, str]:
    return {"reason": str(reason), "message": message}


def encodable(text: str) -> str:
    """Lone surrogates, which no UTF-8 can hold, as U+FFFD; as many characters as before, so that offsets hold."""
    return LONE_SURROGATE.sub("\ufffd", text)


def optional_text(value: Any) -> str | None:
    return encodable(value).strip() or None if isinstance(value, str) else None


def all_rejected(rows: int, rejected: int) -> int:
    """The exit status: 1 where there are rows and none could be taken."""
    if rows and rejected == rows:
        taken = f"none of the {rows} rows could" if rows > 1 else "the one row could not"
        complain(f"nothing was done: {taken} be taken; `reject` {'of each ' if rows > 1 else ''}says why and what to do")
        return 1
    return 0


def refuse_same(given: str, *outputs: str | None) -> None:
    """Raises UsageError where an output that does not hold the rows of the input would take its place."""
    for path in filter(None, outputs):
        if path != "-" and os.path.exists(path) and os.path.exists(given) and os.path.samefile(path, given):
            raise UsageError(
                f"IN and OUT are the same file, {path!r}, and OUT does not hold the texts of IN: give OUT another name"
            )


def check_writable(path: str) -> None:
    """Raises CommandError where `path` cannot be written, so that it is known before the work and not after it."""
    if path != "-":
        from assets.commands import formats

        formats.refuse_spreadsheet(path)
        there = Path(path).exists()
        _opened(path, "ab").close()
        if not there:
            Path(path).unlink()


def _opened(path: str, mode: str) -> IO[bytes]:
    try:
        return cast(IO[bytes], open(path, mode))
    except OSError as error:
        raise CommandError(
            f"cannot write {path!r} ({error.strerror}): give a file in a folder that is there, or - for standard output"
        ) from error


@contextmanager
def _in_place_of(path: str) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` when it is whole, so that a step that breaks off leaves the earlier rows, which may be its input."""
    target = Path(path).resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}")
    if not target.is_file() or not os.access(target.parent, os.W_OK):
        with _opened(path, "wb") as stream:
            yield stream
        return
    try:
        with open(part, "wb") as stream:
            shutil.copymode(target, part)
            yield stream
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def write_rows(path: str, rows: Iterable[dict[str, Any]], columns: pa.Schema | None = None, given: Rows | None = None) -> None:
    """Write rows in the format that the ending asks for, `-` for standard output: JSON Lines, one object a line, as the rows come; CSV and Parquet
    at the end. `columns` are what the step gives, with types, null for the type of the values; `given` are the rows of the input, if these are as many.
    """
    if path == "-":
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # whatever the terminal's locale says
        for row in rows:
            sys.stdout.write(_dumps(row) + "\n")
        sys.stdout.flush()
        return
    from assets.commands import formats

    with _in_place_of(path) as stream, formats.compressed(path, stream) as inner:
        if formats.format_of(path) == formats.JSON_LINES:
            for row in rows:
                inner.write((_dumps(row) + "\n").encode())
        else:
            import pyarrow as pa

            table = formats.as_table(rows, pa.schema([]) if columns is None else columns, None if given is None else given.table)
            formats.write_table(path, inner, table)


def _dumps(row: dict[str, Any]) -> str:
    """One line, also for readers that take U+0085, U+2028 and U+2029 for line ends."""
    line = json.dumps(row, ensure_ascii=False)
    return json.dumps(row) if NEEDS_ESCAPE.search(line) else line


def counted(number: int, one: str, many: str = "") -> str:
    """A number of things, in words.

    >>> counted(1, "article"), counted(0, "story", "stories")
    ('1 article', '0 stories')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


_quiet = False


def be_quiet(quiet: bool) -> None:
    """From now on commands do not say how far they are."""
    global _quiet
    _quiet = quiet


def is_quiet() -> bool:
    return _quiet


def progress(line: str) -> None:
    """Say how far the work is, or what it gave, unless that is not wanted."""
    if not _quiet:
        complain(line)


def complain(line: str) -> None:
    """Say what is wrong."""
    print(line, file=sys.stderr, flush=True)
