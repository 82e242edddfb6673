"""Where a row of a CSV file that is broken ends: its first line is a row by itself, or all up to the next line that looks like a row is refused."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

from pipelines.ingest.csv_dialect import Dialect, kind_of, marks_doubled
from pipelines.ingest.csv_lines import Lines, Row

_FRAGMENTS = 3  # lines inside of one field that each split into as many fields as a row has


def swallows_rows(inside: list[str], dialect: Dialect) -> bool:
    """Whether lines inside of a row begin like rows."""
    lines = [line.rstrip("\r\n") for line in inside if dialect.delimiter in line]
    split = [line.split(dialect.delimiter) for line in lines if not dialect.marked or dialect.begins_marked(line)]
    if dialect.tells_rows():
        return any(_begins_like_a_row(fields, dialect) for fields in split)
    fitting = sum(len(fields) == dialect.width for fields in split)
    return dialect.width > 2 and fitting >= _FRAGMENTS and fitting >= len(inside) - 1


def _begins_like_a_row(fields: list[str], dialect: Dialect) -> bool:
    """Whether the first fields are those of a row up to the last column of one kind; texts behind it may hold delimiters and line ends."""
    telling = [place for place, kind in enumerate(dialect.kinds) if kind]
    if len(fields) < dialect.width and not (fields[-1].lstrip().startswith('"') and telling[-1] < len(fields)):
        return False
    return all(
        place < len(fields) and kind_of(fields[place].strip().strip('"')) == dialect.kinds[place]
        for place in telling
        if place <= _leading(dialect)
    )


def _ends_like_a_row(line: str, dialect: Dialect) -> bool:
    """Whether the last fields of a line are those behind the last text of a row; not where a text stands last."""
    behind = next((place for place, kind in enumerate(reversed(dialect.kinds)) if not kind), 0)
    fields = line.rstrip("\r\n").rsplit(dialect.delimiter, behind)
    return 0 < behind == len(fields) - 1 and all(
        kind_of(value.strip().strip('"')) == kind for value, kind in zip(fields[1:], dialect.kinds[-behind:], strict=True)
    )


def _leading(dialect: Dialect) -> int:
    """The last of the first columns that are of one kind; else the first such column."""
    last = next(place for place, kind in enumerate(dialect.kinds) if kind)
    while last + 1 < dialect.width and dialect.kinds[last + 1]:
        last += 1
    return last


def recovered(lines: Lines, dialect: Dialect, used: list[str], start: int, why: str, part: bool = False) -> Row:
    """The first of the lines as a row, where it is one by itself (no `part` of one) and what follows goes on well; else all up to the next row as
    broken."""
    lines.put_back(used[1:])
    fields = next((found for way in _WAYS_OF_A_LINE if (found := way(used[0], dialect))), None)
    if fields and not part and dialect.looks_like_a_row(fields) and _goes_on_well(lines, dialect):
        return Row(fields, start, lines.number)
    broken = [used[0]]
    for line in lines:
        ended = _ends_like_a_row(broken[-1], dialect) and (not dialect.marked or dialect.begins_marked(line))
        if line.strip() and (ended or _is_begin(line, lines, dialect)):
            lines.put_back([line])
            break
        broken.append(line)
    place = f"lines {start} to {start + len(broken) - 1}" if len(broken) > 1 else f"line {start}"
    message = f"{place}: {why}; a quotation mark stands where none is allowed, or is not closed"
    return Row(None, start, lines.number, "".join(broken), message)


def _goes_on_well(lines: Lines, dialect: Dialect) -> bool:
    """Whether nothing follows, or a row."""
    following = lines.peek(1, 1)
    return not following or _is_begin(following[0], lines, dialect, peeked=True)


def _is_begin(line: str, lines: Lines, dialect: Dialect, peeked: bool = False) -> bool:
    """Whether a row begins with a line: one that reads strictly, with the columns that tell rows; without such, two of them."""
    if not line.strip() or (dialect.marked and not dialect.begins_marked(line)):
        return False
    if dialect.tells_rows():
        if any((fields := way(line, dialect)) and dialect.looks_like_a_row(fields) for way in _WAYS_OF_A_LINE):
            return True
        return line.count('"') % 2 == 1 and _begins_like_a_row(line.rstrip("\r\n").split(dialect.delimiter), dialect)
    following = lines.peek(200, 2**16)
    given = following if peeked else [line, *following]
    rows: list[list[str]] = []
    try:
        for row in dialect.strict(iter(given)):
            rows.append(row)
            if len(rows) == 2:
                break
    except csv.Error:
        return False
    return bool(rows) and all(len(row) == dialect.width for row in rows)


def _marks_as_letters(line: str, dialect: Dialect) -> list[str] | None:
    """The fields of a line in which quotation marks are nothing but letters; not where a field in marks seems to go on, or to be cut off."""
    fields = line.rstrip("\r\n").split(dialect.delimiter)
    in_marks = [field for field in fields if field.startswith('"')]
    if (
        len(fields) != dialect.width
        or any('""' in field for field in in_marks)
        or (fields[-1] in in_marks and fields[-1].count('"') % 2)
    ):
        return None
    return fields


def _with_marks_inside(line: str, dialect: Dialect) -> list[str] | None:
    """The fields of a line in which a mark closes a field only where the field ends; other marks are letters."""
    mark, rest, fields = '"', line.rstrip("\r\n"), []
    delimiter = re.escape(dialect.delimiter)
    field = re.compile(
        rf'"((?:[^"]++|""|"(?!"|{delimiter}|$))*)"(?={delimiter}|$)|([^{delimiter}"][^{delimiter}]*|)(?={delimiter}|$)'
    )
    place = 0
    while True:
        match = field.match(rest, place)
        if match is None:
            return None
        fields.append(match[2] if match[1] is None else match[1].replace(mark * 2, mark))
        place = match.end()
        if place == len(rest):
            return fields if len(fields) == dialect.width else None
        place += 1


def _with_marks_doubled(line: str, dialect: Dialect) -> list[str] | None:
    """The fields of a line in which nobody doubled the marks, nor put a blank behind a delimiter."""
    if dialect.backslash or '""' in line:
        return None
    try:
        rows = list(dialect.strict(iter([marks_doubled(line, dialect.delimiter)])))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 and len(rows[0]) == dialect.width else None


# By which a line may be a row that cannot be read strictly, the surest first.
_WAYS_OF_A_LINE: tuple[Callable[[str, Dialect], list[str] | None], ...] = (
    _with_marks_inside,
    _marks_as_letters,
    _with_marks_doubled,
)
