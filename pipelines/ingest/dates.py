"""The day in a record's date field, where it can be read in one way only."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
_MONTH += r"nov(?:ember)?|dec(?:ember)?)\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = r"(?:[T\s,].*)?"

_FORMS = (
    re.compile(rf"(?P<year>[0-9]{{4}})(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}}){_TIME}", re.I | re.S),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?:T?[0-9]{6}.*|T[0-9]{4}.*)?", re.I | re.S),
    re.compile(rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+(?P<year>[0-9]{{4}}){_TIME}", re.I | re.S),
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{{4}}){_TIME}", re.I | re.S),
)


def iso_day(value: str) -> str | None:
    """The day as it is written, without moving it to another time zone; null where a reader would have to guess.

    >>> iso_day("2025-11-21T23:40:00-05:00"), iso_day("Fri, 21 Nov 2025 08:00:00 GMT"), iso_day("November 21, 2025")
    ('2025-11-21', '2025-11-21', '2025-11-21')
    >>> iso_day("04/05/2025"), iso_day("21 November"), iso_day("2025-02-30")
    (None, None, None)
    """
    value = value.strip()[:100]
    for form in _FORMS:
        match = form.fullmatch(value)
        if match:
            return _checked_day(match["year"], match["month"], match["day"])
    return None


def _checked_day(year: str, month: str, day: str) -> str | None:
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None
