"""The rows of a CSV file, each as the lines that it stands in: which delimiter, which way to write a quotation mark, and where a row that is
broken ends. What a row means as a record does not stand here: see `table_reader.py`.

A mark that is never closed would swallow the rows behind it, and a fragment would be published as an article. So every row is read
strictly. One that cannot be read so is read by itself where its line alone has the right number of fields; else it is given back as broken,
and reading goes on at the next line that looks like the rows before it.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

DELIMITERS = ",;\t|"
OTHER_DELIMITERS = "^~\x01\x1f\x1e\xa6\xac"  # taken where they give a header, and none of the others does
_HEADER_CHARACTERS = 2**16
_LINES_BEFORE = 10  # in which a program may say what it wrote, before the header
_SAMPLE_LINES = 2000
_SAMPLE_CHARACTERS = 2**20
_SAME = 0.9  # share of the rows in which a column is of one kind, for it to tell rows
_FRAGMENTS = 3  # lines inside of one field that each split into as many fields as a row has

_KINDS = (
    ("number", re.compile(r"-?\d+(?:\.\d+)?")),
    ("address", re.compile(r"(?:https?://|www\.)\S+")),
    ("day", re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\S*(?: \S+)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\S*(?: \S+)?")),
    ("code", re.compile(r"(?=\S*\d)[\w:./-]{3,80}")),
)


class Row(NamedTuple):
    """`fields` is null where the row is broken; then `problem` says why and `source` holds its lines. `line` is that of its begin, from 1."""

    fields: list[str] | None
    line: int
    last_line: int
    source: str = ""
    problem: str = ""


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
        """The rows of lines, which raises csv.Error where a mark stands wrong."""
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
            not kind or not value.strip() or _kind(value) == kind for kind, value in zip(self.kinds, fields, strict=True)
        )

    def is_part_of_a_row(self, fields: list[str], line: str) -> bool:
        """Whether there are fewer fields than columns and other values than those hold, or no field in marks where all rows have one, but the end of
        one."""
        unmarked = self.marked and not self.begins_marked(line)
        other = any(kind and value.strip() and _kind(value) != kind for kind, value in zip(self.kinds, fields, strict=False))
        return (len(fields) < self.width and (other or unmarked)) or (unmarked and line.count('"') % 2 == 1)


class Lines:
    """Lines with their numbers, which can be put back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._waiting: list[str] = []
        self.number = 0  # of the last line given

    def rewrite(self, way: Callable[[str], str]) -> None:
        """Give all lines as `way` makes them."""
        self._waiting = [way(line) for line in self._waiting]
        self._lines = map(way, self._lines)

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else next(self._lines)
        self.number += 1
        return line

    def __iter__(self) -> Lines:
        return self

    def put_back(self, lines: list[str]) -> None:
        self._waiting += reversed(lines)
        self.number -= len(lines)

    def peek(self, lines: int, characters: int) -> list[str]:
        """The next lines, which stay."""
        found: list[str] = []
        while len(found) < lines and characters > 0:
            try:
                found.append(next(self))
            except StopIteration:
                break
            characters -= len(found[-1])
        self.put_back(found)
        return found


def csv_rows(lines: Lines, limit: int, is_header: Callable[[list[str]], bool] = bool) -> Iterator[Row]:
    """The header, then the rows, broken ones in their place. `limit` is how many characters a row may have. Blank lines are no rows.

    `is_header` knows the names of columns: by it a header is found behind other lines, and with a delimiter that is not usual.
    """
    delimiter = _delimiter(lines, is_header)
    if delimiter == "\t" and _is_escaped(lines.peek(_SAMPLE_LINES, _SAMPLE_CHARACTERS)):
        yield from _escaped_rows(lines, limit)
        return
    if delimiter == "\t" and _goes_on_in_lines(lines.peek(_SAMPLE_LINES, _SAMPLE_CHARACTERS), is_header):
        yield from _rows_of_lines(lines, limit)
        return
    dialect, way = _dialect(lines.peek(_SAMPLE_LINES, _SAMPLE_CHARACTERS), delimiter)
    if dialect is None:
        return
    lines.rewrite(way.read)
    header = True
    while (row := _next_row(lines, dialect, limit, header)) is not None:
        if row.fields is None or row.fields:
            header = False
            yield row._replace(fields=row.fields and [way.write(field) for field in row.fields], source=way.write(row.source))


def _delimiter(lines: Lines, is_header: Callable[[list[str]], bool]) -> str:
    """The one that stands in the header most, or that a first line `sep=;` names, which is then passed over as other lines before the header."""
    first = lines.peek(_LINES_BEFORE, _SAMPLE_CHARACTERS)
    if not first:
        return ","
    named = re.fullmatch(r'"?sep=(.)"?', first[0].strip("\r\n"), re.I)
    if named:
        next(lines)
        return named[1]
    usual = max(DELIMITERS, key=first[0].count)
    for place, line in enumerate(first):
        best = max(DELIMITERS, key=line.count)
        for delimiter in (best, *OTHER_DELIMITERS):
            # What stands before a header is no row: it fills one field or two, and fewer than the header.
            most = min(2, _filled(line, delimiter) - 1)
            apart = all(_filled(above, delimiter) <= most for above in first[:place])
            if apart and len(line) < _HEADER_CHARACTERS and is_header(_names(line, delimiter)):
                for _ in range(place):
                    next(lines)
                return delimiter
    return usual


def _filled(line: str, delimiter: str) -> int:
    return sum(bool(name) for name in _names(line, delimiter))


def _names(line: str, delimiter: str) -> list[str]:
    return [name.strip().strip("\"'").strip() for name in line.lstrip("\ufeff").rstrip("\r\n").split(delimiter)]


class _Way(NamedTuple):
    """How lines are rewritten so that they can be read, and fields so that they are as they were."""

    read: Callable[[str], str]
    write: Callable[[str], str]


# A header in which every name stands in single marks.
_SINGLE_MARKS = re.compile(r"'[^'\"]*'(?:[^\w\s'\"]|\t)(?:'[^'\"]*'(?:[^\w\s'\"]|\t))*'[^'\"]*'")
_IN_SINGLE_MARKS = re.compile(r"^(?:[^'\"]*[^\w\s'\"])?'[^'\"]*'[^\w\s'\"]'")  # two fields side by side
_MARKS_SWAPPED = str.maketrans("'\"", "\"'")


def _ways(delimiter: str) -> list[_Way]:
    """As it stands; with single marks around fields; with marks inside of fields that nobody doubled; with blanks around the marks of a field."""
    escaped, blank = re.escape(delimiter), " " if delimiter == "\t" else "[ \t]"
    blanks = re.compile(rf'(?<={escaped}){blank}+(?="(?!"))|(?<="){blank}+(?={escaped}{blank}*")')
    return [
        _Way(str, str),
        _Way(lambda line: line.translate(_MARKS_SWAPPED), lambda field: field.translate(_MARKS_SWAPPED)),
        _Way(lambda line: _marks_doubled(line, delimiter), str),
        _Way(lambda line: blanks.sub("", line), str),
    ]


def _marks_doubled(line: str, delimiter: str) -> str:
    """A line with the marks inside of its fields doubled: those that stand not at an edge of a field, as before a comma and a blank.

    >>> _marks_doubled('1,"He said "no", and left.",2', ",")
    '1,"He said ""no"", and left.",2'
    """
    escaped = re.escape(delimiter)
    return re.sub(rf'(?<=[^{escaped}"])"(?!"|{escaped}(?:\S|$)|\s*$)|(?<={escaped})"(?= \w)', '""', line)


def _dialect(sample: list[str], delimiter: str) -> tuple[Dialect | None, _Way]:
    """The way of writing marks by which more of the sample's rows have as many fields as the header, and what stands in its columns. Unusual
    ways are tried where most rows cannot be read in the usual one, and taken where nearly all can then. Where blanks stand behind all delimiters
    of the header, those before a field in marks are none of it."""
    usual, *others = _ways(delimiter)
    if not sample:
        return None, usual
    spaced = sample[0].count(delimiter) == len(re.findall(rf"{re.escape(delimiter)} +\S", sample[0])) > 0
    if spaced and delimiter != "\t":
        return _dialect_of([others[-1].read(line) for line in sample], delimiter)[1], others[-1]
    if _SINGLE_MARKS.fullmatch(sample[0].strip()):
        return _dialect_of([others[0].read(line) for line in sample], delimiter)[1], others[0]
    wrong, dialect = _dialect_of(sample, delimiter)
    if 2 * wrong > len(sample) - 1:
        for way in others:
            still, other = _dialect_of([way.read(line) for line in sample], delimiter)
            if 10 * still <= wrong:
                return other, way
    if wrong and sum(_IN_SINGLE_MARKS.search(line) is not None for line in sample[1:]) > 1:
        still, other = _dialect_of([others[0].read(line) for line in sample], delimiter)
        if not still:
            return other, others[0]
    return dialect, usual


def _dialect_of(sample: list[str], delimiter: str) -> tuple[int, Dialect]:
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
    counts = Counter(_kind(value) for value in values if value.strip())
    kind, count = counts.most_common(1)[0] if counts else ("", 0)
    return kind if count >= 2 and count >= _SAME * sum(counts.values()) else ""


def _kind(value: str) -> str:
    return next((name for name, pattern in _KINDS if pattern.fullmatch(value.strip())), "")


# ---------------------------------------------------------------- tables without marks, as databases write them

_ODD_BACKSLASHES = re.compile(r"(?<!\\)(?:\\\\)*\\$")
_ESCAPE = re.compile(r"\\(.)", re.S)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "Z": "", "N": ""}


def _is_escaped(sample: list[str]) -> bool:
    """Whether MySQL or PostgreSQL wrote the lines: no field in marks, and a null as `\\N`, or a line end inside of a field behind a backslash
    where the lines put together have as many fields as the header."""
    rows = [_fields_escaped(row) for row, _, _ in _joined_lines(iter(sample), sum(map(len, sample)))]
    marked = any(field.startswith('"') for row in rows for field in row)
    joined = len(rows) < len(sample) and sum(len(row) == len(rows[0]) for row in rows[:-1]) >= _SAME * len(rows[:-1])
    return len(rows) > 1 and not marked and (joined or any(field == "\\N" for row in rows for field in row))


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


def _escaped_rows(lines: Lines, limit: int) -> Iterator[Row]:
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


# ---------------------------------------------------------------- tables of tabs whose last column holds texts of several lines, without marks


def _goes_on_in_lines(sample: list[str], is_header: Callable[[list[str]], bool]) -> bool:
    """Whether texts stand last, each line with tabs is a row without marks, and others follow some."""
    rows = [line.rstrip("\r\n").split("\t") for line in sample if "\t" in line]
    others = [line for line in sample[1:] if line.strip() and "\t" not in line]
    if not others or len(rows) < 2 or "\t" not in sample[0] or not is_header([rows[0][-1].strip()]):
        return False
    return all(len(row) == len(rows[0]) and not any(field.startswith('"') for field in row[:-1]) for row in rows) and not any(
        row[-1].startswith('"') and row[-1].count('"') % 2 for row in rows
    )


def _rows_of_lines(lines: Lines, limit: int) -> Iterator[Row]:
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


# ---------------------------------------------------------------- one row after the other


def _next_row(lines: Lines, dialect: Dialect, limit: int, header: bool) -> Row | None:
    used: list[str] = []
    start = lines.number + 1
    try:
        fields = next(dialect.strict(_noted(lines, used, limit)))
    except StopIteration:
        return None
    except csv.Error as error:
        return _recovered(lines, dialect, used, start, str(error))
    if not header and len(used) > 1 and _swallows_rows(used[1:], dialect):
        return _recovered(lines, dialect, used, start, "a field holds what looks like further rows")
    if not header and fields and dialect.is_part_of_a_row(fields, used[0]):
        return _recovered(lines, dialect, used, start, "it looks like a part of a row", part=True)
    return Row(fields, start, lines.number, "".join(used) if len(fields) != dialect.width else "")


def _noted(lines: Lines, used: list[str], limit: int) -> Iterator[str]:
    size = 0
    for line in lines:
        used.append(line)
        size += len(line)
        if size > limit:
            raise csv.Error(f"the row is longer than the {limit} characters allowed")
        yield line


def _swallows_rows(inside: list[str], dialect: Dialect) -> bool:
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
        place < len(fields) and _kind(fields[place].strip().strip('"')) == dialect.kinds[place]
        for place in telling
        if place <= _leading(dialect)
    )


def _ends_like_a_row(line: str, dialect: Dialect) -> bool:
    """Whether the last fields of a line are those behind the last text of a row; not where a text stands last."""
    behind = next((place for place, kind in enumerate(reversed(dialect.kinds)) if not kind), 0)
    fields = line.rstrip("\r\n").rsplit(dialect.delimiter, behind)
    return 0 < behind == len(fields) - 1 and all(
        _kind(value.strip().strip('"')) == kind for value, kind in zip(fields[1:], dialect.kinds[-behind:], strict=True)
    )


def _leading(dialect: Dialect) -> int:
    """The last of the first columns that are of one kind; else the first such column."""
    last = next(place for place, kind in enumerate(dialect.kinds) if kind)
    while last + 1 < dialect.width and dialect.kinds[last + 1]:
        last += 1
    return last


def _recovered(lines: Lines, dialect: Dialect, used: list[str], start: int, why: str, part: bool = False) -> Row:
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
        rows = list(dialect.strict(iter([_marks_doubled(line, dialect.delimiter)])))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 and len(rows[0]) == dialect.width else None


# By which a line may be a row that cannot be read strictly, the surest first.
_WAYS_OF_A_LINE: tuple[Callable[[str, Dialect], list[str] | None], ...] = (
    _with_marks_inside,
    _marks_as_letters,
    _with_marks_doubled,
)
