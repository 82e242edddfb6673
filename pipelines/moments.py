"""Days and times as machines write them in the markup of a page, wherever they stand in a value.

What people write on a page, in its language, is read in `cleaning/dates.py`, the date field of a record, in whatever language, in
`ingest/dates.py`; a date in numbers that can be read two ways is none here.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

# As in the headers of mail and HTTP, and as English programs write days.
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
_MONTH += r"nov(?:ember)?|dec(?:ember)?)\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = r"(?:[T ,]*(?P<hour>[01]?\d|2[0-3]):?(?P<minute>[0-5]\d)(?::?(?P<second>[0-5]\d|60)(?:[.,]\d+)?)?(?:\s*(?P<half>[ap])\.?m\b\.?)?\s*"
_CLOCK += r"(?P<zone>(?:UTC|GMT)?[+-][01]\d:?[0-5]\d|[+-][01]\d(?!\d)|Z|UTC|GMT)?)?"

_FLAGS = re.IGNORECASE | re.ASCII
_NUMBERS = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.]?(?P<month>0[1-9]|1[0-2]|[1-9](?!\d))[-/.]?(?P<day>0[1-9]|[12]\d|3[01]|[1-9])(?!\d){_CLOCK}",
    re.I,
)
_NAMED = (
    re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})(?!\d){_CLOCK}", _FLAGS),
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d){_CLOCK}", _FLAGS),
)
_EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")
_YEARS = range(1993, 2100)  # in which a page of the web may have been published
LONGEST = 80  # characters


def read_moment(value: str | None) -> str | None:
    """An ISO day, or day, time and zone as far as they are given; None where the value is no date that a machine wrote.

    >>> read_moment("2021-03-04T05:06:07+0100"), read_moment("Thu, 04 Mar 2021 05:06:07 GMT")
    ('2021-03-04T05:06:07+01:00', '2021-03-04T05:06:07+00:00')
    >>> read_moment("Thu Mar 04 2021 05:06:07 GMT+0100 (CET)"), read_moment("March 4, 2021 5:06 pm")
    ('2021-03-04T05:06:07+01:00', '2021-03-04T17:06:00')
    >>> read_moment("20210304"), read_moment("2021-3-4"), read_moment("4 March"), read_moment("1614834367000")
    ('2021-03-04', '2021-03-04', None, '2021-03-04T05:06:07+00:00')
    """
    value = (value or "").strip()
    if not value or len(value) > LONGEST:
        return None
    if _EPOCH.fullmatch(value):
        return datetime.fromtimestamp(int(value[:10]), tz=UTC).isoformat()
    match = _NUMBERS.search(value) or next(filter(None, (form.match(value) for form in _NAMED)), None)
    if match is None or (match["hour"] and not match["zone"] and match.re is not _NUMBERS):  # "PST", and the year behind the clock
        sent = _sent(value)
        if sent or match is None:
            return sent
    day = _day(match)
    if day is None or int(day[:4]) not in _YEARS:
        return None
    clock = _clock(match)
    if clock is None or clock == "00:00:00":
        return day
    zone = (match["zone"] or "").upper()
    offset = "" if not zone else "+00:00" if zone in ("Z", "UTC", "GMT") else _offset(zone)
    return f"{day}T{clock}{offset}"


def _clock(match: re.Match[str]) -> str | None:
    if match["hour"] is None:
        return None
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + 12 * (match["half"].lower() == "p")
    return f"{hour:02}:{match['minute']}:{min(int(match['second'] or 0), 59):02}"


def _sent(value: str) -> str | None:
    """A time as in the headers of mail, with a zone by name or the year at its end, if it has a zone."""
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    if found.tzinfo is None or found.year not in _YEARS:
        return None
    return found.isoformat() if found.time() != time() else found.date().isoformat()


def _day(match: re.Match[str]) -> str | None:
    month = match["month"]
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return None


def _offset(zone: str) -> str:
    sign, digits = ("-" if "-" in zone else "+"), re.sub(r"\D", "", zone).ljust(4, "0")
    return f"{sign}{digits[:2]}:{digits[2:]}"
