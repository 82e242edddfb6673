"""The day of an article as its lines give it: date lines, the dateline, a sentence that says when it was published.

How days are written is read in `dates.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from urllib.parse import urlsplit

from pipelines.cleaning.boxes import OTHER_STORIES
from pipelines.cleaning.datelines import find_dateline, shouted_place
from pipelines.cleaning.dates import (
    LONGEST_ZONE,
    MAX_OF_A_TIME,
    DayMonth,
    FoundDate,
    Order,
    find_date,
    find_dates,
    find_day,
    find_short_date,
    is_date_alone,
    is_day_alone,
    is_short_date,
    orders_of,
    says_article_published,
    says_published,
    year_of_month,
)
from pipelines.cleaning.folding import fold, words_of
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.life_days import is_of_a_life
from pipelines.cleaning.lines import BODY_LINES_OF_HEAD, Line, head_of, last_title
from pipelines.cleaning.repetition import DAY_FIRST, LONGEST_DATED, MONTH_FIRST
from pipelines.vocabulary import BlockKind, DateSource

TWO_WAYS = "rule: a day that can be read in two ways, and nothing decides"
NEAR_HEADLINE = 3  # lines over the headline within which a date is the article's
STAMP_HEAD, BARE_HEAD = 60, 30  # lines above the body where a date that says "published" may stand, and a bare one
MASTHEAD = 3  # first lines of a page, where over the headline a weekday and its date are today's
MOST_WORDS_OF_A_TIME = 18
MOST_DATE_LINES = 2  # in a text; more are the entries of a list
HEAD_OF_DATES = 4  # first kept lines
LONGEST_WEEKDAY = 5  # characters before the day of an entry, and least behind it
STAMP_SHARE = 0.12  # of a line's characters in its date
STAMP_WITHIN = 160  # characters of a kept line
LAST_LINES = 3  # last lines of the body where a sentence may say when it was published
STAMP_TAIL = 8  # lines below the body where one that says so may stand


_NO_STAMPS = (BlockKind.TITLE, BlockKind.CAPTION, BlockKind.COPYRIGHT)
_STAMPS = (BlockKind.DATE_STAMP, BlockKind.BYLINE)


class Says(Enum):
    """What stands before a date."""

    PUBLISHED = auto()
    NOTHING = auto()
    UPDATED = auto()


# The best rank is 0; None where a date does not speak of this article. "Published" far over a headline is said of another story.
_RANKS_NEAR = {Says.PUBLISHED: 0, Says.NOTHING: 1, Says.UPDATED: 5}


_RANKS_BELOW = {Says.PUBLISHED: 3, Says.NOTHING: None, Says.UPDATED: None}
_RANKS_FAR = {Says.PUBLISHED: None, Says.NOTHING: 4, Says.UPDATED: 6}


def take_date_lines(lines: Sequence[Line], lexicon: Lexicon) -> None:
    """A line at the head that says nothing but when is no longer body; where several do, they are entries of a list. So is a day without
    its year where another line of the text has one too."""
    kept = [line for line in lines if line.kept]
    head = [line for line in kept[:HEAD_OF_DATES] if _may_say_when(line)]
    if not any(is_date_alone(line.folded, lexicon) or is_day_alone(line.folded, lexicon) for line in head):
        return
    short = [line for line in kept if _may_say_when(line)]
    dated = [line for line in short if is_date_alone(line.folded, lexicon) and not is_of_a_life(line.folded, lexicon)]
    if not dated:
        dated = [line for line in short[:HEAD_OF_DATES] if is_day_alone(line.folded, lexicon)]
        if dated and sum(find_day(line.folded, lexicon) is not None for line in short) > 1:
            return
    if not 0 < len(dated) <= MOST_DATE_LINES or len(dated) == len(kept):
        return
    for line in head:
        if any(line is found for found in dated):
            line.remove(BlockKind.DATE_STAMP, "rule: says only when")


def _may_say_when(line: Line) -> bool:
    return line.word_count <= MOST_WORDS_OF_A_TIME and not line.entry


def find_stamp(
    lines: Sequence[Line], lexicon: Lexicon, body_start: int, body_end: int, day_first: Callable[[], bool | None] = lambda: None
) -> tuple[tuple[str, ...], DateSource] | None:
    """The day of the date line that is likeliest the article's: under the headline or just over it, then one that says
    "published", then one just below the body, then an update's under the headline. A bare date far over the headline is today's.
    Two days where it can be read in two ways and nothing decides."""
    first_lines = [place for place in range(body_start, min(body_start + BODY_LINES_OF_HEAD, len(lines))) if lines[place].kept]
    head = sorted({*head_of(lines, body_start, STAMP_HEAD), *first_lines})
    headline = last_title(lines, head)
    ranked: list[tuple[int, Line, FoundDate]] = []
    for place in [*reversed(head), *range(body_end, min(body_end + STAMP_TAIL, len(lines)))]:
        line = lines[place]
        found = _stamp_of(line, place - body_start, lexicon)
        if found is None:
            continue
        if place < min(headline, MASTHEAD) and _is_masthead(line, lexicon):
            continue
        rank = _rank(found[1], place, headline, body_end)
        if place < body_start - BARE_HEAD and found[1] != Says.PUBLISHED:
            continue
        if rank is not None:
            ranked.append((rank, line, found[0]))
    if not ranked:
        return None
    _, line, best = min(ranked, key=lambda row: row[0])
    days = _days_of(best, lines, lexicon, day_first)
    if len(days) > 1 and not line.kept:
        line.reason = TWO_WAYS
    return days, DateSource.BYLINE if line.kind == BlockKind.BYLINE else DateSource.STAMP


def _rank(says: Says, place: int, headline: int, body_end: int) -> int | None:
    if place >= body_end:
        return _RANKS_BELOW[says]
    return (_RANKS_NEAR if headline < 0 or place > headline - NEAR_HEADLINE else _RANKS_FAR)[says]


def _stamp_of(line: Line, into_body: int, lexicon: Lexicon) -> tuple[FoundDate, Says] | None:
    """The date of a date line, and what stands before it."""
    if line.kind in _NO_STAMPS or line.reason == OTHER_STORIES or line.entry or (len(line.text) > 200 and not line.kept):
        return None
    folded = line.folded[:STAMP_WITHIN] if line.kept else line.folded
    dates = find_dates(folded, lexicon)
    if not dates and len(line.text) <= 60 and (line.kind in _STAMPS or is_short_date(line.folded)):
        short = find_short_date(line.folded, lexicon)
        dates = [short] if short else []
    updated: FoundDate | None = None
    if len(dates) > 1 and is_of_a_life(folded, lexicon):
        return None
    for above, found in zip([None, *dates], dates, strict=False):
        before = folded[max(above.end if above else 0, found.start - 40) : found.start]
        published = says_published(before, lexicon)
        if is_of_a_life(before, lexicon) and not published:
            continue
        if not _stands_as_stamp(line, found, into_body, published, lexicon):
            continue
        if _says_updated(before, lexicon):
            updated = updated or found
            continue
        return found, Says.PUBLISHED if published else Says.NOTHING
    return (updated, Says.UPDATED) if updated else None


def _says_updated(before: str, lexicon: Lexicon) -> bool:
    """Whether what stands before a date says that something was changed then; clocks and small words may stand between."""
    known = lexicon.dates.update_words
    return not known.isdisjoint([word for word in words_of(before) if len(word) > LONGEST_ZONE or word in known][-3:])


def _stands_as_stamp(line: Line, found: FoundDate, into_body: int, published: bool, lexicon: Lexicon) -> bool:
    """Whether a date is a stamp and no part of the story: it is much of its line, or "published" stands before it; in the first lines
    of the body only where the line is no sentence or starts so."""
    share = (found.end - found.start) / len(line.text)
    if line.kept and len(line.text) <= MAX_OF_A_TIME and _says_when_only(line.folded, found, lexicon):
        return True
    if not line.kept:
        return share >= (0.08 if published or line.kind in _STAMPS else STAMP_SHARE)
    if line.sentence or len(line.text) > 120:
        return published and into_body < BODY_LINES_OF_HEAD and found.start < 30
    return share >= (STAMP_SHARE if into_body < 2 else 0.5) or (published and into_body < BODY_LINES_OF_HEAD)


def _says_when_only(folded: str, found: FoundDate, lexicon: Lexicon) -> bool:
    """Whether a line holds nothing but its date, a weekday and a time."""
    rest = words_of(folded[: found.start]) + words_of(folded[found.end :])
    return all(word in lexicon.dates.weekdays or word[0].isdigit() or len(word) <= LONGEST_ZONE for word in rest)


def _is_masthead(line: Line, lexicon: Lexicon) -> bool:
    """Whether a line is a day with its weekday and no time: over a headline, at the top of a page, it is the day of the visit."""
    found = find_date(line.folded, lexicon)
    rest = line.folded[: found.start] + line.folded[found.end :] if found else ""
    words = words_of(rest)
    return bool(words) and all(word in lexicon.dates.weekdays for word in words)


def _days_of(found: FoundDate, lines: Sequence[Line], lexicon: Lexicon, elsewhere: Callable[[], bool | None]) -> tuple[str, ...]:
    """The day of a date that can be read two ways: as the other dates of the page are written, else as `elsewhere` says, else as the
    language has it. English has both orders of 3/4/2021: then both days."""
    if found.other is None:
        return (found.iso,)
    orders = Counter(order for line in lines if len(line.text) <= LONGEST_DATED for order in orders_of(line.text))
    day, month = orders[Order.DAY_FIRST], orders[Order.MONTH_FIRST]
    day_first = elsewhere() if day == month else day > month
    if day_first is None:
        return (found.iso,) if found.day_first or not lexicon.dates.month_first else (found.iso, found.other)
    return (found.iso if day_first == found.day_first else found.other,)


def is_day_first(url: str | None, lexicon: Lexicon, buckets: Mapping[int, int]) -> bool | None:
    """Whether the day stands before the month on pages like this, None where nothing says so: the publisher's other pages, then the country
    of the address."""
    day, month = buckets.get(DAY_FIRST, 0), buckets.get(MONTH_FIRST, 0)
    if day != month:
        return day > month
    host = urlsplit(url).hostname if url and "://" in url else None
    ending = host.rsplit(".", 1)[-1] if host else None
    return True if ending in lexicon.dates.day_first_domains else False if ending in lexicon.dates.month_first_domains else None


def dateline_and_day(body: Sequence[str], lexicon: Lexicon) -> tuple[str | None, str | None]:
    """The dateline of the first paragraphs, and its day where the year is given there or once in the text for that month."""
    for paragraph in body[:4]:
        dateline = find_dateline(paragraph, lexicon)
        if dateline is None:
            continue
        folded = fold(dateline)
        full = find_date(folded, lexicon)
        if full:
            return dateline, full.iso
        day = find_day(folded, lexicon)
        year = year_of_month(fold("\n".join(body)), day, lexicon) if day else None
        return dateline, f"{year:04d}-{day.month:02d}-{day.day:02d}" if day and year else None
    return shouted_place(body, lexicon), None


def day_in_text(lines: Sequence[Line], lexicon: Lexicon, body_end: int) -> str | None:
    """The day on which a sentence near the end says that the article was published."""
    kept = [place for place, line in enumerate(lines[:body_end]) if line.kept][-LAST_LINES:]
    for place in [*kept, *range(body_end, min(body_end + STAMP_TAIL, len(lines)))]:
        folded = lines[place].folded[:400]
        appeared = lines[place].sentence and any(word in folded for word in lexicon.dates.said_published.appeared)
        for found in find_dates(folded, lexicon) if appeared else ():
            if says_article_published(folded[max(0, found.start - 200) : found.start], lexicon):
                return found.iso
    return None


def partial_date(lines: Sequence[Line], body_start: int, dateline: str | None, lexicon: Lexicon) -> str | None:
    """Month and day without a year, `--03-12`: of the dateline, else of a line at the head that says little else. Where several lines of
    the page begin with a day, they are a list: of concerts, of matches."""
    dated = find_day(fold(dateline), lexicon) if dateline else None
    if dated is None:
        head = [lines[place] for place in head_of(lines, body_start, STAMP_HEAD) if not lines[place].kept]
        near = [line for line in reversed(head) if line.word_count <= MOST_WORDS_OF_A_TIME and line.kind != BlockKind.TITLE]
        days = [(line, found) for line in near if (found := find_day(line.folded, lexicon)) is not None]
        stamps = [found for line, found in days if _is_partial_stamp(line, found, lexicon)]
        dated = stamps[0] if stamps and not _is_list_of_days(lines, lexicon) else None
    return f"--{dated.month:02d}-{dated.day:02d}" if dated else None


def _is_partial_stamp(line: Line, found: DayMonth, lexicon: Lexicon) -> bool:
    """Whether a day without its year is what a line is there for."""
    return line.kind in _STAMPS or is_day_alone(line.folded, lexicon)


def _is_list_of_days(lines: Sequence[Line], lexicon: Lexicon) -> bool:
    """Whether several short lines begin with a day and go on with something else."""
    entries = 0
    for line in lines:
        if line.word_count > MOST_WORDS_OF_A_TIME or line.sentence:
            continue
        found = find_day(line.folded[:STAMP_WITHIN], lexicon)
        entries += found is not None and found.start <= LONGEST_WEEKDAY and found.end < len(line.folded) - LONGEST_WEEKDAY
    return entries > MOST_DATE_LINES
