"""Days that a line gives in full: day, month and year. A day without a year is a DayMonth, never a date."""

from __future__ import annotations

import functools
import re
from datetime import date
from typing import NamedTuple

from pipelines.cleaning.rules import Pack


class FoundDate(NamedTuple):
    start: int
    end: int
    iso: str


class DayMonth(NamedTuple):
    month: int
    day: int


_DIGIT = re.compile(r"\d")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_YEAR = r"((?:19|20)\d\d)(?!\d)"
_DAY = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.|er|º)?"


@functools.cache
def _patterns(language: str, months: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    month = rf"(?<![^\W\d_])({names})(?![^\W\d_])\.?"
    month_first = re.compile(rf"{month},? {_DAY}(?:,|,? at [\d:]+ ?[ap]\.?m\.?,?|,? \d\d?:\d\d(?: ?[ap]m)?,?)? {_YEAR}")
    day_first = re.compile(rf"{_DAY}(?: de| of)?[ -]{month}(?: de[l]?)?,?[ -]{_YEAR}")
    bare_month_first = re.compile(rf"{month} {_DAY}(?![\d,]*\d)")
    bare_day_first = re.compile(rf"{_DAY} (?:de )?{month}")
    return month_first, day_first, bare_month_first, bare_day_first


def find_date(folded: str, pack: Pack) -> FoundDate | None:
    """The first full date of a folded line; `start`, `end` are places in it.

    >>> from pipelines.cleaning.rules import load_pack
    >>> find_date("updated march 3rd, 2021 at noon", load_pack("en"))
    FoundDate(start=8, end=23, iso='2021-03-03')
    >>> find_date("on 31 february 2020, or on march 3", load_pack("en")) is None
    True
    """
    if _DIGIT.search(folded) is None:
        return None
    found: list[FoundDate] = []
    for match in _ISO.finditer(folded):
        _add(found, match, int(match[1]), int(match[2]), int(match[3]))
    for match in _NUMERIC.finditer(folded):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        american = match[2] == "/" and pack.language in ("en", "any")
        month, day = (first, second) if (american and first <= 12) or second > 12 else (second, first)
        _add(found, match, year, month, day)
    month_first, day_first, _, _ = _patterns(pack.language, tuple(pack.months))
    for match in month_first.finditer(folded):
        _add(found, match, int(match[3]), pack.months[match[1]], int(match[2]))
    for match in day_first.finditer(folded):
        _add(found, match, int(match[3]), pack.months[match[2]], int(match[1]))
    return min(found, default=None)


def find_day(folded: str, pack: Pack) -> DayMonth | None:
    """A day and month without a year."""
    _, _, month_first, day_first = _patterns(pack.language, tuple(pack.months))
    match = month_first.search(folded)
    if match:
        month, day = pack.months[match[1]], int(match[2])
    else:
        match = day_first.search(folded)
        if not match:
            return None
        month, day = pack.months[match[2]], int(match[1])
    return DayMonth(month, day) if 1 <= day <= 31 else None


def year_of_month(folded: str, wanted: DayMonth, pack: Pack) -> int | None:
    """The one year that the text gives for that month ("in November 2025"), if it gives one only."""
    years = {
        int(match[2])
        for match in _month_year(pack.language, tuple(pack.months)).finditer(folded)
        if pack.months[match[1]] == wanted.month
    }
    return years.pop() if len(years) == 1 else None


@functools.cache
def _month_year(language: str, months: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])({names})(?![^\W\d_])\.?(?: \d{{1,2}},)? (?:de |of )?{_YEAR}")


def _add(found: list[FoundDate], match: re.Match[str], year: int, month: int, day: int) -> None:
    try:
        found.append(FoundDate(match.start(), match.end(), date(year, month, day).isoformat()))
    except ValueError:
        return
