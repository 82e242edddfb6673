"""Days of the solar calendar of Iran, "14 اسفند 1409" and "1409/12/14", as days of ours.

Which languages write them says `dates.toml` by the names of the months. Other days are found in `dates.py`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pipelines.lexicons import alternation

if TYPE_CHECKING:
    from pipelines.cleaning.lexicon import Lexicon

FIRST_YEAR, LAST_YEAR = 1244, 1472  # in which the rule of leap years below is that of the calendar
_LEAP = frozenset((1, 5, 9, 13, 17, 22, 26, 30))  # of each 33 years
_KNOWN_YEAR, _KNOWN_DAY = 1348, date(1969, 3, 21)  # a first day of spring
_LONG_MONTHS = 6  # of 31 days; the others have 30, and the last one 29 where the year is no leap year
_YEAR = re.compile(r"(?<!\d)1[34]\d\d(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/.-])(1[34]\d\d)([/.-])(\d\d?)\2(\d\d?)(?![\d/-])")


class SolarDay(NamedTuple):
    """Places in the line, and the day."""

    start: int
    end: int
    day: date


def is_leap(year: int) -> bool:
    """Whether the last month of the year has 30 days.

    >>> [year for year in range(1399, 1413) if is_leap(year)]
    [1399, 1403, 1408, 1412]
    """
    return year % 33 in _LEAP


def day_of_solar(year: int, month: int, day: int) -> date | None:
    """The day in our calendar; None where there is none.

    >>> str(day_of_solar(1403, 1, 1)), str(day_of_solar(1399, 12, 30)), day_of_solar(1400, 12, 30), day_of_solar(1400, 13, 1)
    ('2024-03-20', '2021-03-20', None, None)
    """
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    longest = 31 if month <= _LONG_MONTHS else 30 if month < 12 or is_leap(year) else 29
    if not 1 <= day <= longest:
        return None
    between = range(_KNOWN_YEAR, year) if year >= _KNOWN_YEAR else range(year, _KNOWN_YEAR)
    years = sum(365 + is_leap(one) for one in between) * (1 if year >= _KNOWN_YEAR else -1)
    months = 30 * (month - 1) + min(month - 1, _LONG_MONTHS)
    return _KNOWN_DAY + timedelta(days=years + months + day - 1)


def may_hold_solar_days(folded: str, lexicon: Lexicon) -> bool:
    """Whether the language writes such days and a year of theirs stands in the line."""
    return bool(lexicon.dates.solar_months) and _YEAR.search(folded) is not None


@functools.lru_cache(maxsize=8)
def _named(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d)(\d{{1,2}}) ({alternation(lexicon.dates.solar_months)})(?![^\W\d_])[،,]? (1[34]\d\d)(?!\d)")


def solar_days(folded: str, lexicon: Lexicon) -> Iterator[SolarDay]:
    """The days of a line whose digits are western."""
    months = lexicon.dates.solar_months
    if not months:
        return
    for match in _named(lexicon).finditer(folded):
        day = day_of_solar(int(match[3]), months[match[2]], int(match[1]))
        if day is not None:
            yield SolarDay(match.start(), match.end(), day)
    for match in _NUMERIC.finditer(folded):
        day = day_of_solar(int(match[1]), int(match[3]), int(match[4]))
        if day is not None:
            yield SolarDay(match.start(), match.end(), day)
