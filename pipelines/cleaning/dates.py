"""Days that a line gives in full: day, month and year. A day without a year is a DayMonth, never a date."""

from __future__ import annotations

import functools
import re
from datetime import date
from typing import NamedTuple

from pipelines.cleaning.rules import Pack


class FoundDate(NamedTuple):
    """`other` is the day where 3/4/2021 is read the other way round, None where only one way is a date."""

    start: int
    end: int
    iso: str
    other: str | None = None


class DayMonth(NamedTuple):
    month: int
    day: int


_HAS_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([-/.]) ?(\d{1,2})\2 ?((?:19|20)\d\d)(?!\d)")
_SHORT = re.compile(r"(?<![\d./-])(\d{1,2})([-/.])(\d{1,2})\2(\d\d)(?![\d./-]*\d)")
_CJK = re.compile(r"((?:19|20)\d\d) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]")
_CENTURY = 70  # two-figure years from here on are of the last century
GLUED_MONTH = 5  # letters of a month's name that is known without a blank before it
_YEAR = r"((?:19|20)\d\d)(?!\d(?!\d?:\d\d))"  # a clock may be glued to it
_DAY = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.|er|º)?"


@functools.cache
def _patterns(language: str, months: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    long_names = "|".join(sorted([re.escape(name) for name in months if len(name) >= GLUED_MONTH], key=len, reverse=True))
    glued = rf"((?<![^\W\d_])(?:{names})|{long_names})(?![^\W\d_])\.?"  # "2 min readApril 4, 2021"
    month = rf"(?<![^\W\d_])({names})(?![^\W\d_])\.?"
    clock = r",? (?:at )?\d\d?:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: [a-z]{2,5})?,?"
    month_first = re.compile(rf"{glued},?[ -]{_DAY}(?:,|,? at [\d:]+ ?[ap]\.?m\.?,?|{clock})?[ -]{_YEAR}")
    day_first = re.compile(rf"{_DAY}(?: de| of)?[ /-]{month}(?: de[l]?)?,?[ /-]{_YEAR}")
    bare_month_first = re.compile(rf"{month} {_DAY}(?![\d,]*\d)")
    bare_day_first = re.compile(rf"{_DAY} (?:de )?{month}")
    return month_first, day_first, bare_month_first, bare_day_first


def find_date(folded: str, pack: Pack) -> FoundDate | None:
    """The first full date of a folded line; `start`, `end` are places in it.

    >>> from pipelines.cleaning.rules import load_pack
    >>> find_date("updated march 3rd, 2021 at noon", load_pack("en"))
    FoundDate(start=8, end=23, iso='2021-03-03', other=None)
    >>> find_date("on 31 february 2020, or on march 3", load_pack("en")) is None
    True
    """
    return next(iter(find_dates(folded, pack)), None)


def find_dates(folded: str, pack: Pack) -> list[FoundDate]:
    """The full dates of a folded line in order. 3/4/2021 is March in English, April elsewhere; the other reading is beside it.

    >>> from pipelines.cleaning.rules import load_pack
    >>> [(d.iso, d.other) for d in find_dates("posted 3/4/2021, updated wed mar 10 09:15:00 est 2021", load_pack("en"))]
    [('2021-03-04', '2021-04-03'), ('2021-03-10', None)]
    >>> [d.iso for d in find_dates("am 3. 4. 2021", load_pack("de"))]
    ['2021-04-03']
    """
    if ("20" not in folded and "19" not in folded) or _HAS_YEAR.search(folded) is None:
        return []
    found: list[FoundDate] = []
    for pattern in (_ISO, _CJK):
        for match in pattern.finditer(folded):
            _add(found, match, int(match[1]), int(match[2]), int(match[3]))
    for match in _NUMERIC.finditer(folded):
        _add_numeric(found, match, int(match[4]), pack)
    month_first, day_first, _, _ = _patterns(pack.language, tuple(pack.months))
    for match in month_first.finditer(folded):
        _add(found, match, int(match[3]), pack.months[match[1]], int(match[2]))
    for match in day_first.finditer(folded):
        _add(found, match, int(match[3]), pack.months[match[2]], int(match[1]))
    return sorted(found, key=lambda date: (date.start, date.end))


def find_short_date(folded: str, pack: Pack) -> FoundDate | None:
    """A date with a year of two figures; only for a line that is known to give one, since scores and sizes look the same.

    >>> from pipelines.cleaning.rules import load_pack
    >>> find_short_date("posted 12/22/23", load_pack("en")).iso, find_short_date("22.12.23", load_pack("de")).iso
    ('2023-12-22', '2023-12-22')
    """
    match = _SHORT.search(folded)
    if match is None:
        return None
    found: list[FoundDate] = []
    year = int(match[4])
    _add_numeric(found, match, 1900 + year if year >= _CENTURY else 2000 + year, pack)
    return found[0] if found else None


def _add_numeric(found: list[FoundDate], match: re.Match[str], year: int, pack: Pack) -> None:
    first, second = int(match[1]), int(match[3])
    american = match[2] == "/" and pack.language in ("en", "any")
    month, day = (first, second) if (american and first <= 12) or second > 12 else (second, first)
    other = date(year, day, month).isoformat() if max(first, second) <= 12 and month != day and min(first, second) > 0 else None
    _add(found, match, year, month, day, other)


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


def _add(found: list[FoundDate], match: re.Match[str], year: int, month: int, day: int, other: str | None = None) -> None:
    try:
        found.append(FoundDate(match.start(), match.end(), date(year, month, day).isoformat(), other))
    except ValueError:
        return
