"""JSON Lines in and out: one output row per input row, in input order, whatever a row holds."""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO, cast

from assets.errors import CommandError, UsageError
from pipelines.vocabulary import RejectReason

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


def read_rows(path: str) -> list[InputRow]:
    """All rows of a JSON Lines file, `-` for standard input; blank lines are no rows. Raises CommandError where it cannot be opened."""
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise CommandError(f"cannot read {path!r} ({error.strerror}): give a JSON Lines file, or - for standard input") from error
    lines = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return [_row(line, number) for number, line in enumerate(lines, 1) if line.strip()]


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


@contextmanager
def output(path: str) -> Iterator[TextIO]:
    """The file to write to, `-` for standard output. Raises CommandError where it cannot be opened."""
    if path == "-":
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # whatever the terminal's locale says
        yield sys.stdout
        sys.stdout.flush()
        return
    with _opened(path, "w") as handle:
        yield handle


def all_rejected(rows: int, rejected: int) -> int:
    """The exit status: 1 where there are rows and none could be taken."""
    if rows and rejected == rows:
        progress(f"nothing was done: none of the {rows} rows could be taken; `reject` of each says why and what to do")
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
        there = Path(path).exists()
        _opened(path, "a").close()
        if not there:
            Path(path).unlink()


def _opened(path: str, mode: str) -> TextIO:
    try:
        return cast(TextIO, open(path, mode, encoding="utf-8", newline="\n"))
    except OSError as error:
        raise CommandError(
            f"cannot write {path!r} ({error.strerror}): give a file in a folder that is there, or - for standard output"
        ) from error


def write_rows(path: str, rows: Iterable[dict[str, Any]]) -> None:
    """Write one JSON object a line."""
    with output(path) as handle:
        for row in rows:
            handle.write(_dumps(row) + "\n")


def _dumps(row: dict[str, Any]) -> str:
    """One line, also for readers that take U+0085, U+2028 and U+2029 for line ends."""
    line = json.dumps(row, ensure_ascii=False)
    return json.dumps(row) if NEEDS_ESCAPE.search(line) else line


def progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
