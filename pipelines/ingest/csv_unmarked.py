"""Tables without quotation marks: those of tabs and backslashes as databases write them, and those of tabs whose last column holds texts of
several lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipelines.ingest.csv_lines import Lines, Row

_SAME = 0.9  # share of the rows that have as many fields as the header

_ODD_BACKSLASHES = re.compile(r"(?<!\\)(?:\\\\)*\\$")
_ESCAPE = re.compile(r"\\(.)", re.S)
_WRITTEN_LINE_END = re.compile(r"\\n\\n|[^\w\s\\:/]\\n")  # behind the end of a sentence, or two: `C:\new` has none
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "Z": "", "N": ""}


def is_escaped(sample: list[str]) -> bool:
    """Whether MySQL or PostgreSQL wrote the lines: no field in marks, and a null as `\\N`, or line ends written as `\\n` in half of the rows, or a line
    end inside of a field behind a backslash where the lines put together have as many fields as the header."""
    rows = [_fields_escaped(row) for row, _, _ in _joined_lines(iter(sample), sum(map(len, sample)))]
    marked = any(field.startswith('"') for row in rows for field in row)
    joined = len(rows) < len(sample) and sum(len(row) == len(rows[0]) for row in rows[:-1]) >= _SAME * len(rows[:-1])
    written = sum(any(map(_WRITTEN_LINE_END.search, row)) for row in rows[1:])
    null = any(field == "\\N" for row in rows for field in row)
    return len(rows) > 1 and not marked and (joined or null or 2 * written >= len(rows) - 1)


def _joined_lines(lines: Iterator[str], limit: int) -> Iterator[tuple[str, int, bool]]:
    """Lines with those that follow where a backslash stands before the line end, of how many lines each is, and whether it is within the limit."""
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size > limit or not _ODD_BACKSLASHES.search(line.rstrip("\r\n")):
            yield "".join(held), len(held), size <= limit
            held, size = [], 0
    if held:
        yield "".join(held), len(held), size <= limit


def _fields_escaped(row: str) -> list[str]:
    """The fields of a row as they are written, cut at tabs without a backslash before them."""
    fields: list[str] = []
    for part in row.rstrip("\r\n").split("\t"):
        if fields and _ODD_BACKSLASHES.search(fields[-1]):
            fields[-1] += "\t" + part
        else:
            fields.append(part)
    return fields


def escaped_rows(lines: Lines, limit: int) -> Iterator[Row]:
    width = 0
    for row, count, fits in _joined_lines(lines, limit):
        start = lines.number - count + 1
        fields = [_ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]), field) for field in _fields_escaped(row)]
        width = width or len(fields)
        if not fits:
            yield Row(
                None,
                start,
                lines.number,
                row,
                f"lines {start} to {lines.number}: the row is longer than the {limit} characters allowed",
            )
        elif width != len(fields) and any(field.strip() for field in fields):
            problem = f"lines {start} to {lines.number}: {len(fields)} fields where the header has {width}"
            yield Row(None, start, lines.number, row, problem)
        elif any(field.strip() for field in fields):
            yield Row(fields, start, lines.number)


# ---------------------------------------------------------------- tables of tabs whose last column holds texts of several lines


def goes_on_in_lines(sample: list[str], is_header: Callable[[list[str]], bool]) -> bool:
    """Whether texts stand last, each line with tabs is a row without marks, and others follow some."""
    rows = [line.rstrip("\r\n").split("\t") for line in sample if "\t" in line]
    others = [line for line in sample[1:] if line.strip() and "\t" not in line]
    if not others or len(rows) < 2 or "\t" not in sample[0] or not is_header([rows[0][-1].strip()]):
        return False
    return all(len(row) == len(rows[0]) and not any(field.startswith('"') for field in row[:-1]) for row in rows) and not any(
        row[-1].startswith('"') and row[-1].count('"') % 2 for row in rows
    )


def rows_of_lines(lines: Lines, limit: int) -> Iterator[Row]:
    width = 0
    for first in lines:
        held, start = [first], lines.number
        while (following := lines.peek(1, 1)) and "\t" not in following[0]:
            held.append(next(lines))
        row = "".join(held).rstrip("\r\n")
        fields = row.split("\t")
        width = width or len(fields)
        if len(fields) != width or len(row) > limit:
            problem = f"lines {start} to {lines.number}: {len(fields)} fields where the header has {width}, or more than the {limit} characters allowed"
            yield Row(None, start, lines.number, row, problem)
        else:
            yield Row(fields, start, lines.number)
