"""Which delimiter a CSV file has, and where its header stands."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelines.ingest.csv_lines import Lines

DELIMITERS = ",;\t|"
OTHER_DELIMITERS = "^~\x01\x1f\x1e\xa6\xac"  # taken where they give a header, and none of the others does
_HEADER_CHARACTERS = 2**16
_LINES_BEFORE = 10  # in which a program may say what it wrote, before the header
_SAMPLE_CHARACTERS = 2**20


def delimiter_of(lines: Lines, is_header: Callable[[list[str]], bool]) -> str:
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
