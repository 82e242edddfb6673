"""The rows of a CSV file, each as the lines that it stands in. What a row means as a record does not stand here: see `table_reader.py`.

A mark that is never closed would swallow the rows behind it, and a fragment would be published as an article. So every row is read
strictly. One that cannot be read so is read by itself where its line alone has the right number of fields; else it is given back as broken,
and reading goes on at the next line that looks like the rows before it (`csv_broken.py`).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator

from pipelines.ingest.csv_broken import recovered, swallows_rows
from pipelines.ingest.csv_delimiter import delimiter_of
from pipelines.ingest.csv_dialect import Dialect, dialect_of
from pipelines.ingest.csv_lines import Lines, Row
from pipelines.ingest.csv_unmarked import escaped_rows, goes_on_in_lines, is_escaped, rows_of_lines

_SAMPLE_LINES = 2000
_SAMPLE_CHARACTERS = 2**20


def csv_rows(lines: Lines, limit: int, is_header: Callable[[list[str]], bool] = bool) -> Iterator[Row]:
    """The header, then the rows, broken ones in their place. `limit` is how many characters a row may have. Blank lines are no rows.

    `is_header` knows the names of columns: by it a header is found behind other lines, and with a delimiter that is not usual.
    """
    delimiter = delimiter_of(lines, is_header)
    if delimiter == "\t" and is_escaped(lines.peek(_SAMPLE_LINES, _SAMPLE_CHARACTERS)):
        yield from escaped_rows(lines, limit)
        return
    if delimiter == "\t" and goes_on_in_lines(lines.peek(_SAMPLE_LINES, _SAMPLE_CHARACTERS), is_header):
        yield from rows_of_lines(lines, limit)
        return
    dialect, way = dialect_of(lines.peek(_SAMPLE_LINES, _SAMPLE_CHARACTERS), delimiter)
    if dialect is None:
        return
    lines.rewrite(way.read)
    header = True
    while (row := _next_row(lines, dialect, limit, header)) is not None:
        if row.fields is None or row.fields:
            header = False
            yield row._replace(fields=row.fields and [way.write(field) for field in row.fields], source=way.write(row.source))


def _next_row(lines: Lines, dialect: Dialect, limit: int, header: bool) -> Row | None:
    used: list[str] = []
    start = lines.number + 1
    try:
        fields = next(dialect.strict(_noted(lines, used, limit)))
    except StopIteration:
        return None
    except csv.Error as error:
        return recovered(lines, dialect, used, start, str(error))
    if not header and len(used) > 1 and swallows_rows(used[1:], dialect):
        return recovered(lines, dialect, used, start, "a field holds what looks like further rows")
    if not header and fields and dialect.is_part_of_a_row(fields, used[0]):
        return recovered(lines, dialect, used, start, "it looks like a part of a row", part=True)
    return Row(fields, start, lines.number, "".join(used) if len(fields) != dialect.width else "")


def _noted(lines: Lines, used: list[str], limit: int) -> Iterator[str]:
    size = 0
    for line in lines:
        used.append(line)
        size += len(line)
        if size > limit:
            raise csv.Error(f"the row is longer than the {limit} characters allowed")
        yield line
