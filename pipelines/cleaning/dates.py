"""Days that a line gives in full. The dateline that opens a story is found in `datelines.py`.

A day without a year is a DayMonth, never a date. Which of several dates is the article's is weighed in `stamps.py`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from pipelines.cleaning.folding import words_of
from pipelines.cleaning.lexicon import Lexicon
from pipelines.lexicons import alternation
from pipelines.vocabulary import BlockKind


class FoundDate(NamedTuple):
    """`other` is the day where 3/4/2021 is read the other way round, None where only one way is a date; `day_first` says how `iso` was
    read then."""

    start: int
    end: int
    iso: str
    other: str | None = None
    day_first: bool = False


class Order(Enum):
    """How a date in numbers is written, as far as its numbers show."""

    DAY_FIRST = auto()
    MONTH_FIRST = auto()
    EITHER = auto()


class DayMonth(NamedTuple):
    """A day without a year; `start`, `end` are places in the line."""

    month: int
    day: int
    start: int = 0
    end: int = 0


class _Patterns(NamedTuple):
    months: frozenset[str]  # the letters that the name of a month begins with, up to a blank or a sign
    month_first: re.Pattern[str]
    day_first: re.Pattern[str]
    month_first_alone: re.Pattern[str]
    day_first_alone: re.Pattern[str]
    month_and_year: re.Pattern[str]
    year_first: re.Pattern[str]  # 2021年3月4日
    era: re.Pattern[str]  # 令和6年3月4日
    year_and_month_first: re.Pattern[str]  # 2021. március 4.
    time: re.Pattern[str]
    time_after_name: re.Pattern[str]
    ago: re.Pattern[str]
    published: re.Pattern[str]
    article_published: re.Pattern[str]


_HAS_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-/]|\. ?)(\d{1,2})(?:[-/]|\. ?)(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([-/.]) ?(\d{1,2})\2 ?((?:19|20)\d\d)(?!\d|:\d\d)")
_SHORT = re.compile(r"(?<![\d./-])(\d{1,2})([-/.])(\d{1,2})\2(\d\d)(?![\d./-]*\d)")
_ORDERED = re.compile(r"(?<![\d/.-])(\d{1,2})(?:/(\d{1,2})/(?:19|20)?\d\d|([.-])(\d{1,2})\3(?:19|20)\d\d)(?![\d/])")
_IN_URL = re.compile(r"[/_-]((?:19|20)\d\d)([/_-])([01]?\d)\2([0-3]?\d)(?=[/_.-]|$)")
_RUN_IN_URL = re.compile(r"[/_=-]((?:19|20)\d\d)([01]\d)([0-3]\d)(?=[/_.&-]|$)")
_QUERY_IN_URL = re.compile(r"[?&]\w+=((?:19|20)\d\d)-([01]?\d)-([0-3]?\d)(?=[&T#]|$)")
_YEAR_LAST_IN_URL = re.compile(r"[/_-]([0-3]\d)([-/_])([01]\d)\2((?:19|20)\d\d)(?=[/_.-]|$)")
_MONTH_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]([a-z]{3,9})[/-]([0-3]?\d)(?=[/_.-]|$)")
_SHORT_MONTH_IN_URL = re.compile(r"/(\d\d)_([a-z]{3,12})_([0-3]\d)(?=[/_.-]|$)")
_HALF_RUN_IN_URL = re.compile(r"/((?:19|20)\d\d)/([01]\d)([0-3]\d)(?=/)")
_YEAR_IN_URL = re.compile(r"/((?:19|20)\d\d)(?=/)")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_EASTERN = re.compile("[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]")
_WESTERN = {first + digit: str(digit) for first in (0x660, 0x6F0, 0xFF10) for digit in range(10)}
_ONLY_SHORT = re.compile(r"\W{0,3}\d{1,2}([-/.])\d{1,2}\1\d\d(?:[ ,]+\d{1,2}[:.]\d\d)?\W{0,2}")
_CENTURY = 70  # two-figure years from here on are of the last century
GLUED_MONTH = 5  # letters of a month's name that is known without a blank before it
_YEAR = r"((?:19|20)\d\d)(?!\d(?!\d?:\d\d))"  # a clock may be glued to it


@functools.cache
def _patterns(lexicon: Lexicon) -> _Patterns:
    words = lexicon.dates
    links, clock, ages, said = words.links, words.clock, words.ages, words.said_published
    names = alternation(words.months)
    long_names = alternation([name for name in words.months if len(name) >= GLUED_MONTH])
    glued = rf"((?<![^\W\d_]){names}|{long_names})(?![^\W\d_])\.?"  # "2 min readApril 4, 2021"
    month = rf"(?<![^\W\d_])({names})(?![^\W\d_])\.?"
    day = rf"(?<!\d)(\d{{1,2}})(?:{alternation(words.ordinals)}|\.)?"
    before, halves = alternation(clock.before), alternation(clock.halves)
    time = rf",? (?:{before} )?\d\d?:\d\d(?::\d\d)?(?: ?{halves})?(?: [a-z]{{2,5}})?,?"
    year, month_sign, day_sign = map(alternation, (words.year_signs, words.month_signs, words.day_signs))
    return _Patterns(
        months=frozenset([_LETTERS.findall(name)[0] for name in words.months]),
        month_first=re.compile(rf"{glued},?[ -]{day}(?:,|,? {before} [\d:]+ ?{halves},?|{time})?[ -]{_YEAR}"),
        day_first=re.compile(
            rf"{day}(?: {alternation(links.before_month)})?[ /.-]{month}(?: {alternation(links.before_year_of_day)})?,?[ /.-]{_YEAR}"
        ),
        month_first_alone=re.compile(rf"{month} {day}(?![\d,]*\d)"),
        day_first_alone=re.compile(rf"{day} (?:{alternation(links.before_month_alone)} )?{month}"),
        month_and_year=re.compile(rf"{month}(?: \d{{1,2}},)? (?:{alternation(links.before_year)} )?{_YEAR}"),
        year_first=re.compile(rf"((?:19|20)\d\d) ?{year} ?(\d{{1,2}}) ?{month_sign} ?(\d{{1,2}}) ?{day_sign}"),
        era=re.compile(
            rf"({alternation(words.eras)}) ?(\d{{1,2}}|{alternation(words.first_year)}) ?{year} ?(\d{{1,2}}) ?{month_sign} ?(\d{{1,2}}) ?{day_sign}"
        ),
        year_and_month_first=re.compile(rf"(?<!\d)((?:19|20)\d\d)\.? {month} (\d{{1,2}})(?!\d)"),
        time=re.compile(rf"\b\d{{1,2}}[:.]\d\d\b|\b\d+ ?{alternation(ages.units)}\b|\b{alternation(ages.ago)}\b"),
        time_after_name=re.compile(rf"\s*,?\s*\d{{1,2}}(?::\d\d|\s*(?:{alternation(ages.begin)}|{alternation(ages.letters)}\b))"),
        ago=re.compile(rf" {alternation(ages.ago)}"),
        published=re.compile(rf"\b{alternation(words.published)}\b[^.!?]{{0,24}}$"),
        article_published=re.compile(
            rf"\b{alternation(said.this)} (?:\w+ ){{0,2}}?{alternation(said.article)}\b.{{0,60}}\b{alternation(said.appeared)}\b[^.!?]{{0,60}}$"
        ),
    )


def find_date(folded: str, lexicon: Lexicon) -> FoundDate | None:
    """The first full date of a folded line; `start`, `end` are places in it.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> find_date("updated march 3rd, 2021 at noon", load_lexicon("en"))
    FoundDate(start=8, end=23, iso='2021-03-03', other=None, day_first=False)
    >>> find_date("on 31 february 2020, or on march 3", load_lexicon("en")) is None
    True
    """
    return next(iter(find_dates(folded, lexicon)), None)


def find_dates(folded: str, lexicon: Lexicon) -> list[FoundDate]:
    """The full dates of a folded line in order. 3/4/2021 is March in English, April elsewhere; the other reading comes with it.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> [(d.iso, d.other) for d in find_dates("posted 3/4/2021, updated wed mar 10 09:15:00 est 2021", load_lexicon("en"))]
    [('2021-03-04', '2021-04-03'), ('2021-03-10', None)]
    >>> [d.iso for d in find_dates("am 3. 4. 2021", load_lexicon("de"))]
    ['2021-04-03']
    >>> [d.iso for d in find_dates("٤ مارس ٢٠٢١", load_lexicon("ar"))]
    ['2021-03-04']
    """
    folded = folded if folded.isascii() else _with_western_digits(folded)
    eras = lexicon.dates.eras
    if ("20" not in folded and "19" not in folded) or _HAS_YEAR.search(folded) is None:
        return list(_dates_of(folded, lexicon)) if eras and any(map(folded.__contains__, eras)) else []
    return list(_dates_of(folded, lexicon))


@functools.lru_cache(maxsize=256)
def _dates_of(folded: str, lexicon: Lexicon) -> tuple[FoundDate, ...]:
    """The dates of a text with a year. Kept for the several readers that ask for those of the same lines of a page."""
    patterns, months = _patterns(lexicon), lexicon.dates.months
    found: list[FoundDate] = []
    for pattern in (_ISO, patterns.year_first) if any(map(folded.__contains__, lexicon.dates.year_signs)) else (_ISO,):
        for match in pattern.finditer(folded):
            _add(found, match, int(match[1]), int(match[2]), int(match[3]))
    for match in patterns.era.finditer(folded) if lexicon.dates.eras else ():
        year = int(match[2]) if match[2].isdecimal() else 1
        _add(found, match, lexicon.dates.eras[match[1]] + year, int(match[3]), int(match[4]))
    for match in _NUMERIC.finditer(folded):
        _add_numeric(found, match, int(match[4]), lexicon)
    for match in patterns.month_first.finditer(folded):
        _add(found, match, int(match[3]), months[match[1]], int(match[2]))
    for match in patterns.year_and_month_first.finditer(folded) if lexicon.dates.year_first else ():
        _add(found, match, int(match[1]), months[match[2]], int(match[3]))
    for match in patterns.day_first.finditer(folded):
        _add(found, match, int(match[3]), months[match[2]], int(match[1]))
    return tuple(sorted(found, key=lambda date: (date.start, date.end)))


def _with_western_digits(folded: str) -> str:
    """A text with the digits of Arabic, Persian and full-width type as 0 to 9; each stays one character."""
    return folded if _EASTERN.search(folded) is None else folded.translate(_WESTERN)


def find_short_date(folded: str, lexicon: Lexicon) -> FoundDate | None:
    """A date with a year of two figures; only for a line that is known to give one, since scores and sizes look the same.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> find_short_date("posted 12/22/23", load_lexicon("en")).iso, find_short_date("22.12.23", load_lexicon("de")).iso
    ('2023-12-22', '2023-12-22')
    """
    match = _SHORT.search(folded)
    if match is None:
        return None
    found: list[FoundDate] = []
    year = int(match[4])
    _add_numeric(found, match, 1900 + year if year >= _CENTURY else 2000 + year, lexicon)
    return found[0] if found else None


def is_short_date(folded: str) -> bool:
    """Whether a folded line is a date with a year of two figures, and at most a clock.

    >>> [is_short_date(line) for line in ("27/02/24", "27.02.24, 10:15", "27/02/24 reds 3-2", "6-4-12")]
    [True, True, False, True]
    """
    return _ONLY_SHORT.fullmatch(folded) is not None


def _add_numeric(found: list[FoundDate], match: re.Match[str], year: int, lexicon: Lexicon) -> None:
    first, second = int(match[1]), int(match[3])
    month_first = match[2] == "/" and lexicon.dates.month_first
    month, day = (first, second) if (month_first and first <= 12) or second > 12 else (second, first)
    other = date(year, day, month).isoformat() if max(first, second) <= 12 and month != day and min(first, second) > 0 else None
    _add(found, match, year, month, day, other, day == first)


def orders_of(text: str) -> list[Order]:
    """How each date in numbers of a text is written.

    >>> [order.name for order in orders_of("13/03/2024, 03/28/24, 4-5-2024; 1.20.30, 3/4")]
    ['DAY_FIRST', 'MONTH_FIRST', 'EITHER']
    """
    found = []
    for match in _ORDERED.finditer(text):
        first, second = int(match[1]), int(match[2] or match[4])
        if 0 < first <= 31 and 0 < second <= 31 and min(first, second) <= 12:
            found.append(Order.DAY_FIRST if first > 12 else Order.MONTH_FIRST if second > 12 else Order.EITHER)
    return found


def find_day(folded: str, lexicon: Lexicon) -> DayMonth | None:
    """A day and month without a year."""
    if _DIGIT.search(folded) is None or _patterns(lexicon).months.isdisjoint(_LETTERS.findall(folded)):
        return None
    return _day_of(folded, lexicon)


@functools.lru_cache(maxsize=256)
def _day_of(folded: str, lexicon: Lexicon) -> DayMonth | None:
    """That of a text with a digit and a month. Kept as `_dates_of`."""
    patterns, months = _patterns(lexicon), lexicon.dates.months
    match = patterns.month_first_alone.search(folded)
    if match:
        month, day = months[match[1]], int(match[2])
    else:
        match = patterns.day_first_alone.search(folded)
        if not match:
            return None
        month, day = months[match[2]], int(match[1])
    return DayMonth(month, day, match.start(), match.end()) if 1 <= day <= 31 else None


def year_of_month(folded: str, wanted: DayMonth, lexicon: Lexicon) -> int | None:
    """The one year that the text gives for that month ("in November 2025"), if it gives one only."""
    months, pattern = lexicon.dates.months, _patterns(lexicon).month_and_year
    places = [place for name, month in months.items() if month == wanted.month for place in _places_of(name, folded)]
    matches = [match for place in places if (match := pattern.match(folded, place)) is not None]
    years = {int(match[2]) for match in matches if months[match[1]] == wanted.month}
    return years.pop() if len(years) == 1 else None


def _places_of(word: str, text: str) -> Iterator[int]:
    """Where a word begins in a text, inside of others too."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def _add(
    found: list[FoundDate], match: re.Match[str], year: int, month: int, day: int, other: str | None = None, day_first: bool = False
) -> None:
    try:
        found.append(FoundDate(match.start(), match.end(), date(year, month, day).isoformat(), other, day_first))
    except ValueError:
        return


def says_published(before: str, lexicon: Lexicon) -> bool:
    """Whether what stands before a date says that something was published then."""
    return _patterns(lexicon).published.search(before) is not None


def says_article_published(before: str, lexicon: Lexicon) -> bool:
    """Whether what stands before a date says that this article was published then."""
    return _patterns(lexicon).article_published.search(before) is not None


def day_in_url(url: str, months: Mapping[str, int]) -> str | None:
    """The day in an address; `months`: numbers of months by their names. One that may be read two ways is none.

    >>> [day_in_url(f"https://example.com/{path}", {"may": 5}) for path in ("2024/03/12/a-headline", "2024/03/a-headline")]
    ['2024-03-12', None]
    >>> [day_in_url(f"https://example.com/{path}", {"may": 5}) for path in ("20240312/a", "2024/may/12/a", "12-03-2024/a", "a-31-03-2024")]
    ['2024-03-12', '2024-05-12', None, '2024-03-31']
    """
    if match := _IN_URL.search(url):
        found = match[1], match[3], match[4]
    elif (match := _RUN_IN_URL.search(url) or _QUERY_IN_URL.search(url)) or (match := _HALF_RUN_IN_URL.search(url)):
        found = match[1], match[2], match[3]
    elif (match := _SHORT_MONTH_IN_URL.search(url.lower())) and match[2] in months:
        found = f"20{match[1]}", str(months[match[2]]), match[3]
    elif (match := _MONTH_IN_URL.search(url.lower())) and match[2] in months:
        found = match[1], str(months[match[2]]), match[3]
    elif (match := _YEAR_LAST_IN_URL.search(url)) and (int(match[1]) > 12 or match[1] == match[3]):
        found = match[4], match[3], match[1]
    else:
        return None
    try:
        return date(*map(int, found)).isoformat()
    except ValueError:
        return None


def year_in_url(url: str) -> int | None:
    """The year that stands in the path of an address on its own."""
    match = _YEAR_IN_URL.search(url)
    return int(match[1]) if match else None


def has_time(folded: str, lexicon: Lexicon) -> bool:
    """Whether a folded line says when: a clock, an age, a date or a day."""
    if _DIGIT.search(folded) is None:
        return _patterns(lexicon).ago.search(folded) is not None
    return (
        _patterns(lexicon).time.search(folded) is not None
        or find_date(folded, lexicon) is not None
        or find_day(folded, lexicon) is not None
    )


def starts_with_time(rest: str, lexicon: Lexicon) -> bool:
    """Whether what follows a name is a clock or an age."""
    return _patterns(lexicon).time_after_name.match(rest) is not None


_PARTS = re.compile(" ?[|•·] ?")
MAX_OF_A_TIME, LONGEST_ZONE = 90, 4  # characters of a line that only says when, and of "gmt", "uhr", "p", "m"


def is_date_alone(folded: str, lexicon: Lexicon) -> bool:
    """Whether a folded line says nothing but when: a day with its weekday, time and zone, and that it was published or updated then.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> [is_date_alone(line, load_lexicon("en")) for line in ("updated: wed march 3, 2021, 10:05 gmt", "march 3, 2021 was freezing")]
    [True, False]
    """
    if len(folded) > MAX_OF_A_TIME or _DIGIT.search(folded) is None:
        return False
    return _is_only_date(_without_time_to_read(folded, lexicon), lexicon)


def _without_time_to_read(folded: str, lexicon: Lexicon) -> str:
    """A folded line without the part behind a stroke or a point that says how long it takes to read."""
    parts = _PARTS.split(folded)
    if len(parts) < 2:
        return folded
    rules = [rule for rule in lexicon.rules if rule.kind is BlockKind.READING_TIME]
    return " ".join(part for part in parts if not any(rule.hit(part) for rule in rules))


@functools.lru_cache(maxsize=1024)
def _is_only_date(folded: str, lexicon: Lexicon) -> bool:
    """`is_date_alone` of a short line with a digit. Kept, since every pass asks for the same lines again."""
    dates = find_dates(folded, lexicon)
    short = find_short_date(folded, lexicon) if not dates else None
    found = dates[0] if dates else short
    if found is None:
        return False
    return _says_only_when([folded[end:start] for end, start in _gaps(dates or [found], len(folded))], lexicon)


def is_day_alone(folded: str, lexicon: Lexicon) -> bool:
    """Whether a folded line says nothing but a day and month without a year, with weekday and time.

    >>> from pipelines.cleaning.lexicon import load_lexicon
    >>> [is_day_alone(line, load_lexicon("en")) for line in ("tuesday, march 4, 10:05 am", "march 4 – eastbrook", "march 4, 2025")]
    [True, False, False]
    """
    found = find_day(folded, lexicon) if len(folded) <= MAX_OF_A_TIME else None
    if found is None or is_date_alone(folded, lexicon):
        return False
    return _says_only_when([folded[: found.start], folded[found.end :]], lexicon)


def _says_only_when(rests: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether what stands around a date are a weekday, a time, a zone, and that something was published or updated then."""
    known = lexicon.dates
    says = known.update_words | known.labels | known.clock.before | frozenset(" ".join(known.published).split())
    words = words_of("".join(rests))
    return all(word in known.weekdays or word in says or word[0].isdigit() or len(word) <= LONGEST_ZONE for word in words)


def _gaps(dates: Sequence[FoundDate], size: int) -> list[tuple[int, int]]:
    """What stands between dates that do not overlap, from end to start."""
    gaps, end = [], 0
    for found in dates:
        if found.start >= end:
            gaps.append((end, found.start))
        end = max(end, found.end)
    return [*gaps, (end, size)]
