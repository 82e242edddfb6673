"""The moment in a record's date field, where it can be read in one way only.

Words of languages do not stand here: months, weekdays and the small words between them come from `seeds/languages/<code>/dates.toml`.
Which field holds a date says `seeds/fields.toml`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Annotated, Any, NamedTuple

from babel import Locale
from pydantic import BeforeValidator, ConfigDict, Field

from pipelines.ingest.names import field_names
from pipelines.lexicons import LanguageTable, WordSet, alternation, as_words, parse_language_file, seeds_folder

YEARS = range(1600, 2101)  # others are of another calendar, or stand for "none"
_LONGEST = 100  # characters that are looked at
# Seconds since 1970 that are taken for a moment: 1990 to 2033. Outside they are also days and hours written without marks.
_EPOCH_SECONDS = range(631_152_000, 1_990_000_000)
_EPOCH_UNITS = {9: 1, 10: 1, 12: 10**3, 13: 10**3, 15: 10**6, 16: 10**6, 18: 10**9, 19: 10**9}  # by number of digits
_SHEET_BEGIN = datetime(1899, 12, 30)  # day 0 of a spreadsheet
_SHEET_DAYS = range(36_526, 54_790)  # 2000 to 2049: other numbers of five digits may be a year and a day in it
_SHEET_DAY = re.compile(r"[345][0-9]{4}(?:\.[0-9]+)?")
_NO_DAY = date(1970, 1, 1)  # what programs write for nothing

# Zones that mail headers name, RFC 5322 4.3, and the two everyone knows.
_ZONES = {
    "z": 0,
    "ut": 0,
    "utc": 0,
    "gmt": 0,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
}

_TIME = re.compile(
    r"(?<![0-9:])(?P<hour>[0-9]{1,2})(?::|\s?h\s?)(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<zone>z\b|(?:utc|gmt)?\s?[+-][0-9]{1,2}:?(?:[0-9]{2})?(?![0-9])|[a-z]{2,3}\b)?",
    re.I,
)
_PLAIN_TIME = re.compile(
    r"T?(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})?(?:\.[0-9]+)?(?P<zone>z|[+-][0-9]{2}:?[0-9]{2})?", re.I
)
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")  # of writing direction and the like: they are not seen
_HYPHENS = re.compile("[\u2010\u2011\u2212\uff0d]")
# The clock before the day: "10:15 AM EDT, Fri May 3, 2024".
_CLOCK_FIRST = re.compile(
    r"(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s*[ap]\.?m\.?)?(?:\s(?:[A-Z]{2,4}|[+-][0-9]{2}:?[0-9]{2})\b)?)[,\s|–-]+(?P<day>\S.*)",
    re.I | re.S,
)
# As Python writes it: "datetime.date(2024, 5, 3)", "datetime.datetime(2024, 5, 3, 10, 15)", [2024, 5, 3, 10, 15, 0], "Timestamp('2024-05-03 10:15:00')".
_AS_PYTHON = re.compile(
    r"(?:(?:datetime\.)?(?:datetime|date)\()?(?P<year>[0-9]{4}), (?P<month>[0-9]{1,2}), (?P<day>[0-9]{1,2})(?:, (?P<hour>[0-9]{1,2}), (?P<minute>[0-9]{1,2})(?:, .*)?)?\)?"
)
_QUOTED = re.compile(r"=?\w*\(?(?P<mark>['\"])(?P<inside>.+)(?P=mark)(?:, .*)?\)?")
_BRACKETED = re.compile(r"[(\[](?P<inside>[^()\[\]]+)[)\]]")
_OF_A_CELL = re.compile(r"'(?P<inside>[^']+)")  # of which a spreadsheet is told that it is no number
_ROMAN_MONTH = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<mark>[\s./-]\s?)(?P<month>i{1,3}|iv|vi{0,3}|ix|xi{0,2})(?P=mark)(?P<year>[0-9]{4})", re.I
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")  # "١٢"
_DAY_AND_WORD = re.compile(r"[0-9].*[^\W\d_]{3}|[^\W\d_]{3}.*[0-9]", re.S)
_JSON_OF_NET = re.compile(r"/?Date\((?P<digits>[0-9]{9,19})(?:[+-][0-9]{4})?\)/?")
_SHORT = re.compile(r"(?P<one>[0-9]{1,2})/(?P<two>[0-9]{1,2})/(?P<three>[0-9]{2})(?P<rest>(?:[\s,].*)?)", re.S)
# As cameras, PDFs and databases write it: "2023:11:14 09:15:00", "D:20231114091500Z", "2023-11-14-09.15.00.000000".
_MARKED_TIME = re.compile(
    r"(?:D:)?(?P<year>[0-9]{4})[:-]?(?P<month>[0-9]{2})[:-]?(?P<day>[0-9]{2})[ -]?(?P<hour>[0-9]{2})[:.]?(?P<minute>[0-9]{2})[:.]?(?P<second>[0-9]{2})"
    r"(?:\.[0-9]+)?(?P<zone>Z|[+-][0-9]{2}'?:?[0-9]{2})?'?"
)
_ISO_WEEK = re.compile(r"(?P<year>[0-9]{4})-?W(?P<week>[0-9]{2})-?(?P<day>[1-7])", re.I)
_ISO_DAY_OF_YEAR = re.compile(r"(?P<year>[0-9]{4})-(?P<day>[0-9]{3})")
_BEHIND = r"(?:[T\s,;|(（].*)?"  # a time, or words


class _Links(LanguageTable):
    model_config = ConfigDict(extra="ignore")
    before_month: WordSet = frozenset()
    before_year_of_day: WordSet = frozenset()


def _numbered(value: Any) -> Any:
    """Names of months with their numbers, from the lists of twelve and the single ones."""
    if not isinstance(value, Mapping):
        return value
    names = {name: number for name, number in value.items() if isinstance(number, int)}
    for key in value.keys() - names.keys():
        names |= {name: number for number, name in enumerate(as_words(value[key]), 1)}
    return names


class _DayWords(LanguageTable):
    """What reading a day takes of `dates.toml`; the whole file is held against its model where pages are read."""

    model_config = ConfigDict(extra="ignore")
    published: tuple[str, ...] | str = ()
    months: Annotated[dict[str, int], BeforeValidator(_numbered)] = Field(default_factory=dict)
    weekdays: WordSet = frozenset()
    ordinals: WordSet = frozenset()
    links: _Links = _Links()
    year_signs: WordSet = frozenset()
    month_signs: WordSet = frozenset()
    day_signs: WordSet = frozenset()
    eras: dict[str, int] = Field(default_factory=dict)
    first_year: WordSet = frozenset()


class _Forms(NamedTuple):
    months: Mapping[str, int]
    patterns: tuple[str, ...]
    before: re.Pattern[str]  # what may stand before a day: "Published on", "le"
    eras: Mapping[str, int]  # and the year before the first of each
    era_year: re.Pattern[str]


@functools.cache
def _forms(everywhere: bool = False) -> _Forms:
    """The forms of a day, with the words of all languages. A name that is another month elsewhere is no name of a month. `everywhere`: with the
    names that CLDR has for the languages without a folder, too."""
    files = sorted(seeds_folder().glob("*/dates.toml"))
    words = [
        parse_language_file(file.read_text(encoding="utf-8"), f"seeds/languages/{file.parent.name}/dates.toml", _DayWords)
        for file in files
    ]
    months: dict[str, int] = {}
    contested = set()
    for name, number in (item for found in words for item in found.months.items()):
        contested |= {name} if months.setdefault(name, number) != number else set()
    months = {name: number for name, number in months.items() if name not in contested}
    weekdays = {day for found in words for day in found.weekdays}
    if everywhere:
        more_months, more_days = _of_cldr()
        months, weekdays = more_months | months, weekdays | more_days
    weekday = rf"(?:{alternation(weekdays)}\.?,?\s+(?:[^\W\d_]{{2,3}}\s+(?=[0-9]))?)?"  # "Friday, the 3rd"
    ordinal = rf"(?:{alternation({end for found in words for end in found.ordinals})}|\.|º)?"
    month = rf"(?P<month>{alternation(months)})\.?"
    of = rf"(?:{alternation({link for found in words for link in found.links.before_month})}\s+)?"
    of_year = rf"(?:{alternation({link for found in words for link in found.links.before_year_of_day} | set(field_names().dates.year))}\s+)?"
    signs = [
        alternation({sign for found in words for sign in getattr(found, name)})
        for name in ("year_signs", "month_signs", "day_signs")
    ]
    apart = r"(?:\s?,\s*|[\s-]+)"
    day, year, short_year = r"(?P<day>[0-9]{1,2})", r"(?P<year>[0-9]{4})", r"(?P<short>[0-9]{2})"
    forms = (
        rf"{year}(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark){day}\.?{_BEHIND}",
        rf"{year}(?P<month>[0-9]{{2}}){'(?P<day>[0-9]{2})'}(?:T?[0-9]{{4}}(?:[0-9]{{2}})?(?:\.[0-9]+)?(?:Z|[+-][0-9:]+)?)?",
        rf"{weekday}{day}\s?{ordinal},?[\s-]*{of}{month}{apart}{of_year}{year}{_BEHIND}",
        rf"{weekday}{month}[\s-]+{day}\s?{ordinal}{apart}{of_year}{year}{_BEHIND}",
        rf"{weekday}{month}\s+{day}\s+[0-9][0-9:.]+\s+(?:[a-z+-][a-z0-9:+-]*\s+)?{year}",
        rf"{year}(?:[-\s/]|\.\s){month}[-\s/]{day}\.?{_BEHIND}",
        rf"{year}(?P<mark>\.\s)(?P<month>[0-9]{{1,2}})(?P=mark){day}\.?{_BEHIND}",
        rf"{day}/?{month}/?{year}(?::.*)?",
        rf"{year}\s?{signs[0]}\s?(?P<month>[0-9]{{1,2}})\s?{signs[1]}\s?{day}\s?{signs[2]}.*",
        rf"{weekday}{day}[-\s]{month}[-\s]['’]?{short_year}(?:\s.*)?",
        rf"{weekday}{day}\.\s?(?P<month>[0-9]{{1,2}})\.\s?{year}{_BEHIND}",
        rf"{weekday}(?![0-9]{{2}}\.\s?[0-9]{{2}}\.){day}\.\s?(?P<month>[0-9]{{1,2}})\.\s?{short_year}(?:\s.*)?",  # 03.04.12 may be of 2003
        rf"{weekday}(?P<one>[0-9]{{1,2}})(?P<mark>[-/])(?P<two>[0-9]{{1,2}})(?P=mark){year}{_BEHIND}",
    )
    said = alternation({word for found in words for word in found.published})
    small = rf"(?!{alternation(months)}\b)[^\W\d_]{{2,3}}\s+"
    before = re.compile(
        rf"(?:{said}\s*:?\s+(?:{small})?|(?:{small}|{alternation(field_names().dates.day)}\s+)(?=[0-9]))(?=\S)", re.I
    )
    eras = {name: year for found in words for name, year in found.eras.items()}
    era_year = re.compile(
        rf"(?P<era>{alternation(eras)})(?:(?P<year>[0-9]{{1,2}})|{alternation({sign for found in words for sign in found.first_year})})"
    )
    return _Forms(months, forms, before, eras, era_year)


@functools.cache
def _compiled(form: str) -> re.Pattern[str]:
    """Each form when it is first asked for: a corpus whose days are written in one way needs one, and all take a quarter of a second."""
    return re.compile(form, re.I | re.S)


def _of_cldr() -> tuple[dict[str, int], set[str]]:
    """Names of months with their numbers, and of weekdays, in languages without a folder; without a month that is another one elsewhere."""
    months: dict[str, int] = {}
    days, contested = set(), set()
    for locale in map(Locale.parse, field_names().dates.locales):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in locale.months[context][width].items():
                    name = name.lower().rstrip(".")
                    contested |= {name} if months.setdefault(name, number) != number else set()
                days |= {name.lower().rstrip(".") for name in locale.days[context][width].values()}
    return {name: number for name, number in months.items() if name not in contested and not name[:1].isdecimal()}, days


def iso_day(value: str) -> str | None:
    """The day as it is written, without moving it to another time zone; null where a reader would have to guess.

    >>> iso_day("2025-11-21T23:40:00-05:00"), iso_day("Fri, 21 Nov 2025 08:00:00 GMT"), iso_day("November 21, 2025")
    ('2025-11-21', '2025-11-21', '2025-11-21')
    >>> iso_day("21.3.25"), iso_day("Nov-21-2025"), iso_day("21 नवंबर 2025")
    ('2025-03-21', '2025-11-21', '2025-11-21')
    >>> iso_day("04/05/2025"), iso_day("21 November"), iso_day("2025-02-30"), iso_day("21.03.25")
    (None, None, None, None)
    """
    found = iso_moment(value)
    return found and found[:10]


def iso_moment(value: str) -> str | None:
    """Day, and time and zone as far as they are given, as ISO 8601; null where the day could be two days, or none.

    >>> iso_moment("Fri, 21 Nov 2025 08:00:00 EST"), iso_moment("21.11.2025, 8:05 pm"), iso_moment("21/11/2025")
    ('2025-11-21T08:00:00-05:00', '2025-11-21T20:05:00', '2025-11-21')
    >>> iso_moment("1763683200"), iso_moment("1763683200000"), iso_moment("12"), iso_moment("1403/01/25")
    ('2025-11-21T00:00:00+00:00', '2025-11-21T00:00:00+00:00', None, None)
    >>> iso_moment("Published on 10:15 AM EDT, Fri May 3, 2024"), iso_moment("le 3 mai 2024 à 10h15"), iso_moment("2024-W18-5")
    ('2024-05-03T10:15:00-04:00', '2024-05-03T10:15:00', '2024-05-03')
    >>> iso_moment("02/27/24 08:05"), iso_moment("27/02/24"), iso_moment("令和6年2月4日")
    ('2024-02-27T08:05:00', None, '2024-02-04')
    >>> iso_moment("2024-124"), iso_moment("Friday, the 3rd of May 2024"), iso_moment("2024.5.3.")
    ('2024-05-03', '2024-05-03', '2024-05-03')
    """
    value = _HYPHENS.sub("-", _MARKS.sub("", unescape(value) if "&" in value else value)).strip()[:_LONGEST]
    if (bracketed := _BRACKETED.fullmatch(value)) or (bracketed := _OF_A_CELL.fullmatch(value)):
        value = bracketed["inside"].strip()
    if match := _JSON_OF_NET.fullmatch(value.strip("\\")):
        value = match["digits"]
    if re.fullmatch(r"[0-9]{9,19}(?:\.[0-9]*)?", value) and (found := _epoch(value.partition(".")[0])):
        return found
    if is_day_of_sheet(value):
        return _of_sheet(float(value))
    if not value.isascii():
        value = _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), value)
    found = _read(value, _forms())
    if found is None and _DAY_AND_WORD.search(value):
        found = _read(value, _forms(everywhere=True))
    return found


def is_day_of_sheet(value: str) -> bool:
    """Whether a value is a number as spreadsheets keep a day, and no other form of one."""
    return bool(_SHEET_DAY.fullmatch(value)) and int(value[:5]) in _SHEET_DAYS


def _of_sheet(days: float) -> str:
    """The moment of a spreadsheet's number of days.

    >>> _of_sheet(45244.0), _of_sheet(45244.38541666)
    ('2023-11-14', '2023-11-14T09:15:00')
    """
    moment = _SHEET_BEGIN + timedelta(seconds=round(days * 86400))
    return moment.date().isoformat() if days.is_integer() else moment.isoformat()


def _read(value: str, forms: _Forms) -> str | None:
    return _written(value, forms) or next((found for other in _other_writings(value) if (found := _written(other, forms))), None)


def _written(value: str, forms: _Forms) -> str | None:
    for form in forms.patterns:
        match = _compiled(form).fullmatch(value.lower())
        if match:
            day = _day(match.groupdict(), forms.months)
            return day.isoformat() + _time(match.groupdict(), value) if day else None
    return None


def _other_writings(value: str) -> Iterator[str]:
    """The same moment as the forms have it: without words before it, with the clock behind the day, out of what Python or ISO 8601 wrote."""
    if match := _AS_PYTHON.fullmatch(value):
        clock = f" {match['hour']}:{int(match['minute']):02}" if match["hour"] else ""
        yield f"{match['year']}-{match['month']}-{match['day']}{clock}"
    if match := _QUOTED.fullmatch(value):
        yield match["inside"]
    if match := _ISO_WEEK.fullmatch(value):
        with suppress(ValueError):
            yield date.fromisocalendar(int(match["year"]), int(match["week"]), int(match["day"])).isoformat()
    if match := _ISO_DAY_OF_YEAR.fullmatch(value):
        yield (date(int(match["year"]), 1, 1) + timedelta(days=int(match["day"]) - 1)).isoformat()
    if match := _MARKED_TIME.fullmatch(value):
        yield f"{match['year']}-{match['month']}-{match['day']} {match['hour']}:{match['minute']}:{match['second']}{match['zone'] or ''}"
    if match := _ROMAN_MONTH.fullmatch(value):
        yield f"{match['year']}-{_ROMAN.index(match['month'].lower()) + 1:02}-{int(match['day']):02}"
    if match := _SHORT.fullmatch(value):
        yield from _only_day(match)
    if match := _forms().era_year.match(value):
        yield f"{_forms().eras[match['era']] + int(match['year'] or 1)}{value[match.end() :]}"
    bare = _forms().before.sub("", value, count=1) if _forms().before.match(value) else value
    if bare != value:
        yield bare
    if match := _CLOCK_FIRST.fullmatch(bare):
        yield f"{_forms().before.sub('', match['day'], count=1) if _forms().before.match(match['day']) else match['day']} {match['clock']}"


def _only_day(match: re.Match[str]) -> Iterator[str]:
    """The day of 02/27/24, where no other order of its numbers is a day."""
    one, two, three = (int(match[name]) for name in ("one", "two", "three"))
    orders = ((three, two, one), (three, one, two), (one, two, three))
    days = {day for year, month, number in orders if (day := _checked(_full_year(year), month, number))}
    if len(days) == 1:
        yield f"{days.pop().isoformat()}{match['rest']}"


def _full_year(short: int) -> int:
    return short + (2000 if short < 70 else 1900)


def _epoch(digits: str) -> str | None:
    unit = _EPOCH_UNITS.get(len(digits))
    seconds = int(digits) // unit if unit else 0
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds in _EPOCH_SECONDS else None


def _day(parts: Mapping[str, str | None], months: Mapping[str, int]) -> date | None:
    """The day, where the parts give one and only one."""
    short = parts.get("short")
    year = int(parts["year"] or 0) if short is None else _full_year(int(short))
    if "one" in parts:
        return _either(year, int(parts["one"] or 0), int(parts["two"] or 0))
    month = parts["month"] or ""
    return _checked(year, int(month) if month.isdecimal() else months[month], int(parts["day"] or 0))


def _either(year: int, one: int, two: int) -> date | None:
    """The day of 25/03/2024, where the other order is no day."""
    days = {day for month, number in ((one, two), (two, one)) if (day := _checked(year, month, number))}
    return days.pop() if len(days) == 1 else None


def _checked(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if year in YEARS and found != _NO_DAY else None


def _time(parts: Mapping[str, str | None], value: str) -> str:
    """`T08:00:00-05:00`, from the first clock in the value; empty where there is none, or the midnight that stands for a day."""
    match = _TIME.search(value) or (_PLAIN_TIME.fullmatch(value[8:]) if value[:8].isdecimal() else None)
    if match is None:
        return ""
    found = match.groupdict()
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    half = (found.get("half") or "")[:1].lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or (hour, minute, second) == (0, 0, 0):
        return ""
    return f"T{hour:02}:{minute:02}:{min(second, 59):02}{_zone(found['zone'])}"


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    zone = zone.lower().strip()
    if zone in _ZONES:
        hours = _ZONES[zone]
        return f"{'-' if hours < 0 else '+'}{abs(hours):02}:00"
    match = re.search(r"([+-])([0-9]{1,2}):?([0-9]{2})?$", zone)
    return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}" if match else ""
