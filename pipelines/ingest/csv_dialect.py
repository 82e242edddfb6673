"""How a CSV file writes quotation marks, and what stands in its columns, from a sample of its lines."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

_SAME = 0.9  # share of the rows in which a column is of one kind, for it to tell rows

_KINDS = (
    ("number", re.compile(r"-?\d+(?:\.\d+)?")),
    ("address", re.compile(r"(?:https?://|www\.)\S+")),
    ("day", re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\S*(?: \S+)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\S*(?: \S+)?")),
    ("code", re.compile(r"(?=\S*\d)[\w:./-]{3,80}")),
)


@dataclass(frozen=True)
class Dialect:
    """How a file is written. `kinds`: of each column the kind of value that stands in nearly all rows, "" where none does. `marked`: whether
    in nearly all rows a field in marks begins on the first line."""

    delimiter: str
    backslash: bool
    width: int
    kinds: tuple[str, ...]
    marked: bool = False

    def strict(self, lines: Iterator[str]) -> Iterator[list[str]]:
        """The rows in these lines. Raises csv.Error where a quotation mark is misplaced."""
        if self.backslash:
            null = re.compile(rf"(?:(?<={re.escape(self.delimiter)})|^)\\N(?={re.escape(self.delimiter)}|\s*$)")
            lines = (null.sub("", line) for line in lines)
            return csv.reader(lines, delimiter=self.delimiter, doublequote=False, escapechar="\\", strict=True)
        return csv.reader(lines, delimiter=self.delimiter, strict=True)

    def tells_rows(self) -> bool:
        return any(self.kinds)

    def begins_marked(self, line: str) -> bool:
        """Whether a field in marks begins on a line; a doubled mark inside of one is none."""
        delimiter = re.escape(self.delimiter)
        return re.search(rf'(?:^|{delimiter})"(?!"(?!{delimiter}|$))', line.rstrip("\r\n")) is not None

    def looks_like_a_row(self, fields: list[str]) -> bool:
        """Whether there are as many fields as columns, with what stands in those columns that hold one kind of value."""
        return len(fields) == self.width and all(
            not kind or not value.strip() or kind_of(value) == kind for kind, value in zip(self.kinds, fields, strict=True)
        )

    def is_part_of_a_row(self, fields: list[str], line: str) -> bool:
        """Whether there are fewer fields than columns and other values than those hold, or no field in marks where all rows have one, but the end of
        one."""
        unmarked = self.marked and not self.begins_marked(line)
        other = any(kind and value.strip() and kind_of(value) != kind for kind, value in zip(self.kinds, fields, strict=False))
        return (len(fields) < self.width and (other or unmarked)) or (unmarked and line.count('"') % 2 == 1)


class Way(NamedTuple):
    """How lines are rewritten so that they can be read, and fields so that they are as they were."""

    read: Callable[[str], str]
    write: Callable[[str], str]


# A header in which every name stands in single marks.
_SINGLE_MARKS = re.compile(r"'[^'\"]*'(?:[^\w\s'\"]|\t)(?:'[^'\"]*'(?:[^\w\s'\"]|\t))*'[^'\"]*'")
_IN_SINGLE_MARKS = re.compile(r"^(?:[^'\"]*[^\w\s'\"])?'[^'\"]*'[^\w\s'\"]'")  # two fields side by side
_MARKS_SWAPPED = str.maketrans("'\"", "\"'")


def _ways(delimiter: str) -> list[Way]:
    """As it stands; with single marks around fields; with marks inside of fields that nobody doubled; with blanks around the marks of a field."""
    escaped, blank = re.escape(delimiter), " " if delimiter == "\t" else "[ \t]"
    blanks = re.compile(rf'(?<={escaped}){blank}+(?="(?!"))|(?<="){blank}+(?={escaped}{blank}*")')
    return [
        Way(str, str),
        Way(lambda line: line.translate(_MARKS_SWAPPED), lambda field: field.translate(_MARKS_SWAPPED)),
        Way(lambda line: marks_doubled(line, delimiter), str),
        Way(lambda line: blanks.sub("", line), str),
    ]


def marks_doubled(line: str, delimiter: str) -> str:
    """The line with the quotation marks inside its fields doubled; a mark at the edge of a field, such as before a comma, stays as it is.

    >>> marks_doubled('1,"He said "no", and left.",2', ",")
    '1,"He said ""no"", and left.",2'
    """
    escaped = re.escape(delimiter)
    return re.sub(rf'(?<=[^{escaped}"])"(?!"|{escaped}(?:\S|$)|\s*$)|(?<={escaped})"(?= \w)', '""', line)


def dialect_of(sample: list[str], delimiter: str) -> tuple[Dialect | None, Way]:
    """The way of writing marks by which more of the sample's rows have as many fields as the header, and what stands in its columns. Unusual
    ways are tried where most rows cannot be read in the usual one, and taken where nearly all can then. Where blanks stand behind all delimiters
    of the header, those before a field in marks are none of it."""
    usual, *others = _ways(delimiter)
    if not sample:
        return None, usual
    spaced = sample[0].count(delimiter) == len(re.findall(rf"{re.escape(delimiter)} +\S", sample[0])) > 0
    if spaced and delimiter != "\t":
        return _measured([others[-1].read(line) for line in sample], delimiter)[1], others[-1]
    if _SINGLE_MARKS.fullmatch(sample[0].strip()):
        return _measured([others[0].read(line) for line in sample], delimiter)[1], others[0]
    wrong, dialect = _measured(sample, delimiter)
    if 2 * wrong > len(sample) - 1:
        for way in others:
            still, other = _measured([way.read(line) for line in sample], delimiter)
            if 10 * still <= wrong:
                return other, way
    if wrong and sum(_IN_SINGLE_MARKS.search(line) is not None for line in sample[1:]) > 1:
        still, other = _measured([others[0].read(line) for line in sample], delimiter)
        if not still:
            return other, others[0]
    return dialect, usual


def _measured(sample: list[str], delimiter: str) -> tuple[int, Dialect]:
    """How many rows cannot be read, or have another number of fields, and the dialect by which it is the fewest."""
    tried = []
    for backslash in (False, True) if any('\\"' in line for line in sample) else (False,):
        dialect = Dialect(delimiter, backslash, 0, ())
        rows, wrong = _tolerant(sample, dialect)
        width = len(rows[0][1]) if rows else 0
        good = [(line, row) for line, row in rows[1:] if len(row) == width]
        kinds = tuple(map(_column_kind, zip(*(row for _, row in good), strict=True))) or ("",) * width
        marked = sum(dialect.begins_marked(line) for line, _ in good)
        tried.append(
            (
                len(rows) - bool(rows) - len(good) + wrong,
                Dialect(delimiter, backslash, width, kinds, 2 <= marked >= min(_SAME * len(good), max(4, len(good) - 1))),
            )
        )
    return min(tried, key=lambda found: found[0])


def _tolerant(sample: list[str], dialect: Dialect) -> tuple[list[tuple[str, list[str]]], int]:
    """The rows of a sample with their first lines, going on behind the first line of each that cannot be read, and how many cannot."""
    rows: list[tuple[str, list[str]]] = []
    wrong = place = 0
    while place < len(sample):
        reader = dialect.strict(iter(sample[place:]))
        read = 0  # lines
        try:
            for row in reader:
                rows += [(sample[place + read], row)] if row else []
                read = reader.line_num  # type: ignore[attr-defined]
            return rows, wrong
        except csv.Error:
            wrong += 1
            place += read + 1
    return rows, wrong


def _column_kind(values: tuple[str, ...]) -> str:
    counts = Counter(kind_of(value) for value in values if value.strip())
    kind, count = counts.most_common(1)[0] if counts else ("", 0)
    return kind if count >= 2 and count >= _SAME * sum(counts.values()) else ""


def kind_of(value: str) -> str:
    return next((name for name, pattern in _KINDS if pattern.fullmatch(value.strip())), "")
