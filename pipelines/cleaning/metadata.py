"""Title, date, byline, section and photo credit, read from the blocks that are not body and from the opening of the body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

from pipelines.cleaning.agencies import agencies_at_end, agencies_of_credit, names_agencies_only, names_material
from pipelines.cleaning.authors import (
    BODY_LINES_OF_HEAD,
    INTO_BODY,
    TAIL,
    find_authors,
    find_signed,
    head_of,
    may_be_names,
    page_of,
)
from pipelines.cleaning.blocks import GluedPrefix
from pipelines.cleaning.boxes import OTHER_STORIES
from pipelines.cleaning.credits import opens_with_credit, photo_credit_of
from pipelines.cleaning.dates import (
    LONGEST_ZONE,
    MAX_OF_A_TIME,
    DayMonth,
    FoundDate,
    Order,
    day_in_url,
    find_date,
    find_dateline,
    find_dates,
    find_day,
    find_short_date,
    is_date_alone,
    is_day_alone,
    orders_of,
    says_article_published,
    says_published,
    year_in_url,
    year_of_month,
)
from pipelines.cleaning.folding import fold, words_of
from pipelines.cleaning.kinds import name_kinds
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line
from pipelines.cleaning.markup import Markup
from pipelines.cleaning.repetition import DAY_FIRST, LONGEST_DATED, MONTH_FIRST
from pipelines.vocabulary import BlockKind, DateSource


class Metadata(NamedTuple):
    """What the text says about itself; None where it does not."""

    title: str | None = None
    date: str | None = None
    date_source: DateSource | None = None
    published_at: str | None = None
    modified_at: str | None = None
    date_partial: str | None = None
    byline: str | None = None
    byline_agency: str | None = None
    correction: str | None = None
    dateline: str | None = None
    section: str | None = None
    photo_credit: str | None = None


_IN_BRACKETS = re.compile(r"\(([^()]{2,40})\)")
_BETWEEN_PARTIES = re.compile(r"\s*[/|()]\s*|,\s+")
_CREDITING = frozenset({BlockKind.CAPTION, BlockKind.PHOTO_CREDIT})
NO_BUCKETS: Mapping[int, int] = MappingProxyType({})
STANDFIRST_WORDS = 6  # least words of a standfirst
NEAR_HEADLINE = 3  # lines over the headline within which a date is the article's
STAMP_HEAD, BARE_HEAD = 60, 30  # lines above the body where a date that says "published" may stand, and a bare one
MASTHEAD = 3  # first lines of a page, where over the headline a weekday and its date are today's
MOST_WORDS_OF_A_TIME = 18
MOST_DATE_LINES = 2  # in a text; more are the entries of a list
HEAD_OF_DATES = 4  # first kept lines
LONGEST_WEEKDAY = 5  # characters before the day of an entry, and least behind it
STAMP_SHARE = 0.12  # of a line's characters in its date
STAMP_WITHIN = 160  # characters of a kept line
_OF_PICTURE = frozenset({BlockKind.PHOTO_CREDIT, BlockKind.CAPTION})
CREDIT_HEAD, CREDIT_TAIL = 12, 3  # lines above the body, and at its end and below it, where an agency may be credited
MOST_CREDITS, MOST_WORDS_OF_A_CREDIT = 2, 14
SECTION_REACH = 6  # lines over the headline
LAST_LINES = 3  # last lines of the body where a sentence may say when it was published
STAMP_TAIL = 8  # lines below the body where one that says so may stand


def extent(lines: Sequence[Line]) -> tuple[int, int]:
    """First and one past last line of the body."""
    count = len(lines)
    first = next((place for place in range(count) if lines[place].kept), count)
    last = next((place for place in range(count - 1, first, -1) if lines[place].kept), first)
    return first, min(last + 1, count)


def take_standfirst_repeats(lines: Sequence[Line], body_start: int) -> None:
    """Of a sentence that stands twice at the head with boilerplate between, the second goes."""
    seen: dict[str, int] = {}
    kept = 0
    for place in range(body_start, min(body_start + INTO_BODY, len(lines))):
        line = lines[place]
        if not line.kept:
            continue
        kept += 1
        if kept > BODY_LINES_OF_HEAD:
            return
        if line.word_count < STANDFIRST_WORDS:
            continue
        first = seen.setdefault(line.folded, place)
        if first < place and not all(between.kept for between in lines[first:place]):
            line.remove(BlockKind.STANDFIRST_REPEAT, "rule: the standfirst again")


def take_date_lines(lines: Sequence[Line], lexicon: Lexicon) -> None:
    """A line at the head that says nothing but when is no longer body; where several do, they are entries of a list. So is a day without
    its year where another line of the text has one too."""
    kept = [line for line in lines if line.kept]
    short = [line for line in kept if line.word_count <= MOST_WORDS_OF_A_TIME and not line.entry]
    dated = [line for line in short if is_date_alone(line.folded, lexicon)]
    if not dated:
        dated = [line for line in short[:HEAD_OF_DATES] if is_day_alone(line.folded, lexicon)]
        if dated and sum(find_day(line.folded, lexicon) is not None for line in short) > 1:
            return
    if not 0 < len(dated) <= MOST_DATE_LINES or len(dated) == len(kept):
        return
    for line in kept[:HEAD_OF_DATES]:
        if any(line is found for found in dated):
            line.remove(BlockKind.DATE_STAMP, "rule: says only when")


def take_agency_lines(lines: Sequence[Line], lexicon: Lexicon) -> None:
    """A line that does no more than credit an agency is no longer body; where several do, they are entries of a list."""
    kept = [line for line in lines if line.kept]
    head, tail = kept[:BODY_LINES_OF_HEAD], kept[-CREDIT_TAIL:]
    near = [*head, *(line for line in tail if not any(line is other for other in head))]
    found = [line for line in near if _is_credit(line, lexicon)]
    if not 0 < len(found) <= MOST_CREDITS or len(found) == len(kept):
        return
    for line in found:
        line.remove(BlockKind.BYLINE, "rule: credits an agency")


def _is_credit(line: Line, lexicon: Lexicon) -> bool:
    return (
        line.label is None
        and line.word_count <= MOST_WORDS_OF_A_CREDIT
        and agencies_of_credit(line.text, lexicon, line.folded) is not None
    )


def take_bylines(lines: Sequence[Line], texts: Sequence[str], lexicon: Lexicon) -> None:
    """Of a text in which all lines are kept, names among the first two are no longer body."""
    if any(may_be_names(line, lexicon) for line in lines[:2]):
        _take_authors(lines, texts, lexicon)


def _take_authors(lines: Sequence[Line], texts: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The authors; the lines that hold nothing but them are no longer body."""
    page = page_of(lines, texts, lexicon, *extent(lines))
    names, at = find_authors(page)
    if not names:
        names, at = find_signed(page)
    for place in [place for place in at if opens_with_credit(lines[place].text, lexicon)]:
        lines[place].remove(BlockKind.PHOTO_CREDIT, "rule: who took the picture")
        names, at = [name for name in names if name not in lines[place].text], at - {place}
    if at.issuperset(place for place, line in enumerate(lines) if line.kept) and not any(lines[place].flagged for place in at):
        return []  # a text that is nothing but names is its own body
    for place in at:
        lines[place].remove(BlockKind.BYLINE, "rule: byline")
    if names:
        _name_biographies(lines, names, extent(lines)[1])
    return names


def _name_biographies(lines: Sequence[Line], names: Sequence[str], body_end: int) -> None:
    """Calls a removed sentence below the body that starts with an author's name what it is, after it took away those that are repeated."""
    _take_repeated_biography(lines, names, body_end)
    for line in lines[body_end : body_end + TAIL]:
        if line.kept or line.kind == BlockKind.BYLINE or line.word_count <= 5:
            continue
        if any(line.text.startswith(name) for name in names):
            line.remove(BlockKind.AUTHOR_BIO, "rule: starts with the author's name")


def _take_repeated_biography(lines: Sequence[Line], names: Sequence[str], body_end: int) -> None:
    """Of the lines at the end of the body that other stories have too, those from an author's biography on are no longer body."""
    tail: list[Line] = []
    for line in reversed(lines[:body_end]):
        if line.kept and not line.bucket:
            break
        tail.append(line)
    told = False
    for line in reversed(tail):
        if line.kept and line.sentence and any(line.text.startswith(name) for name in names):
            told = True
            line.remove(BlockKind.AUTHOR_BIO, "repeated: starts with the author's name")
        elif told and line.kept:
            line.remove(BlockKind.OTHER, "repeated: below the author's biography")


def take_title(lines: Sequence[Line], title: str | None) -> None:
    """The lines that hold the title that the page's markup names are no longer body."""
    if not title:
        return
    wanted = fold(title)
    for line in lines:
        if line.kept and line.folded == wanted:
            line.remove(BlockKind.TITLE, "rule: the title that the page's markup names")


def weighed(found: Metadata, markup: Markup) -> Metadata:
    """What the text says and what the page's markup says: times and authors of the markup come first, since a machine can read them."""
    if markup.published_at:
        found = found._replace(date=markup.published_at[:10], date_source=DateSource.MARKUP, published_at=markup.published_at)
    elif markup.likely_day and not found.date:
        found = found._replace(date=markup.likely_day, date_source=DateSource.MARKUP)
    return found._replace(
        modified_at=markup.modified_at,
        byline=", ".join(markup.authors) or found.byline,
        section=found.section or markup.section,
    )


class Says(Enum):
    """What stands before a date."""

    PUBLISHED = auto()
    NOTHING = auto()
    UPDATED = auto()


# The best rank is 0; None where a date does not speak of this article. "Published" far over a headline is said of another story.
_RANKS_NEAR = {Says.PUBLISHED: 0, Says.NOTHING: 1, Says.UPDATED: 5}
_RANKS_BELOW = {Says.PUBLISHED: 3, Says.NOTHING: None, Says.UPDATED: None}
_RANKS_FAR = {Says.PUBLISHED: None, Says.NOTHING: 4, Says.UPDATED: 6}


def find_stamp(
    lines: Sequence[Line], lexicon: Lexicon, body_start: int, body_end: int, day_first: Callable[[], bool | None] = lambda: None
) -> tuple[str, DateSource] | None:
    """The day of the date line that is likeliest the article's: under the headline or just over it, then one that says
    "published", then one just below the body, then an update's under the headline. A bare date far over the headline is today's."""
    first_lines = [place for place in range(body_start, min(body_start + BODY_LINES_OF_HEAD, len(lines))) if lines[place].kept]
    head = sorted({*head_of(lines, body_start, STAMP_HEAD), *first_lines})
    headline = max((place for place in head if lines[place].kind == BlockKind.TITLE), default=-1)
    ranked: list[tuple[int, str, DateSource]] = []
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
            source = DateSource.BYLINE if line.kind == BlockKind.BYLINE else DateSource.STAMP
            ranked.append((rank, _read_day(found[0], lines, day_first), source))
    best = min(ranked, key=lambda row: row[0], default=None)
    return best[1:] if best else None


def _rank(says: Says, place: int, headline: int, body_end: int) -> int | None:
    if place >= body_end:
        return _RANKS_BELOW[says]
    return (_RANKS_NEAR if headline < 0 or place > headline - NEAR_HEADLINE else _RANKS_FAR)[says]


def _stamp_of(line: Line, into_body: int, lexicon: Lexicon) -> tuple[FoundDate, Says] | None:
    """The date of a date line, and what stands before it."""
    if (
        line.kind in (BlockKind.TITLE, BlockKind.CAPTION, BlockKind.COPYRIGHT)
        or line.reason == OTHER_STORIES
        or (len(line.text) > 200 and not line.kept)
    ):
        return None
    folded = line.folded[:STAMP_WITHIN] if line.kept else line.folded
    dates = find_dates(folded, lexicon)
    if not dates and line.kind in (BlockKind.DATE_STAMP, BlockKind.BYLINE) and len(line.text) <= 60:
        short = find_short_date(line.folded, lexicon)
        dates = [short] if short else []
    updated: FoundDate | None = None
    for found in dates:
        before = folded[max(0, found.start - 40) : found.start]
        published = says_published(before, lexicon)
        if not _stands_as_stamp(line, found, into_body, published, lexicon):
            continue
        if not lexicon.dates.update_words.isdisjoint(words_of(before)[-3:]):
            updated = updated or found
            continue
        return found, Says.PUBLISHED if published else Says.NOTHING
    return (updated, Says.UPDATED) if updated else None


def _stands_as_stamp(line: Line, found: FoundDate, into_body: int, published: bool, lexicon: Lexicon) -> bool:
    """Whether a date is a stamp and no part of the story: it is much of its line, or "published" stands before it; in the first lines
    of the body only where the line is no sentence or starts so."""
    share = (found.end - found.start) / len(line.text)
    if line.kept and len(line.text) <= MAX_OF_A_TIME and _says_when_only(line.folded, found, lexicon):
        return True
    if not line.kept:
        return share >= (0.08 if published or line.kind in (BlockKind.BYLINE, BlockKind.DATE_STAMP) else STAMP_SHARE)
    if line.sentence or len(line.text) > 120:
        return published and into_body < BODY_LINES_OF_HEAD and found.start < 30
    return share >= (STAMP_SHARE if into_body < 2 else 0.5) or (published and into_body < BODY_LINES_OF_HEAD)


def _says_when_only(folded: str, found: FoundDate, lexicon: Lexicon) -> bool:
    """Whether besides its date a line holds nothing but a weekday and a time."""
    rest = words_of(folded[: found.start]) + words_of(folded[found.end :])
    return all(word in lexicon.dates.weekdays or word[0].isdigit() or len(word) <= LONGEST_ZONE for word in rest)


def _is_masthead(line: Line, lexicon: Lexicon) -> bool:
    """Whether a line is a day with its weekday and no time: over a headline, at the top of a page, it is the day of the visit."""
    found = find_date(line.folded, lexicon)
    rest = line.folded[: found.start] + line.folded[found.end :] if found else ""
    words = words_of(rest)
    return bool(words) and all(word in lexicon.dates.weekdays for word in words)


def _read_day(found: FoundDate, lines: Sequence[Line], elsewhere: Callable[[], bool | None]) -> str:
    """The day of a date that can be read two ways: as the other dates of the page are written, else as `elsewhere` says."""
    if found.other is None:
        return found.iso
    orders = Counter(order for line in lines if len(line.text) <= LONGEST_DATED for order in orders_of(line.text))
    day, month = orders[Order.DAY_FIRST], orders[Order.MONTH_FIRST]
    day_first = elsewhere() if day == month else day > month
    return found.iso if day_first is None or day_first == found.day_first else found.other


def is_day_first(url: str | None, lexicon: Lexicon, buckets: Mapping[int, int]) -> bool | None:
    """Whether the day stands before the month on pages like this, None where nothing says so: the publisher's other pages, then the country
    of the address."""
    day, month = buckets.get(DAY_FIRST, 0), buckets.get(MONTH_FIRST, 0)
    if day != month:
        return day > month
    host = urlsplit(url).hostname if url and "://" in url else None
    return True if host is not None and host.rsplit(".", 1)[-1] in lexicon.dates.day_first_domains else None


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
    return None, None


def day_in_text(lines: Sequence[Line], lexicon: Lexicon, body_end: int) -> str | None:
    """The day on which a sentence near the end says that the article was published."""
    kept = [place for place, line in enumerate(lines[:body_end]) if line.kept][-LAST_LINES:]
    for place in [*kept, *range(body_end, min(body_end + STAMP_TAIL, len(lines)))]:
        folded = lines[place].folded[:400]
        for found in find_dates(folded, lexicon) if lines[place].sentence else ():
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
    return line.kind in (BlockKind.BYLINE, BlockKind.DATE_STAMP) or is_day_alone(line.folded, lexicon)


def _is_list_of_days(lines: Sequence[Line], lexicon: Lexicon) -> bool:
    """Whether several short lines begin with a day and go on with something else."""
    entries = 0
    for line in lines:
        if line.word_count > MOST_WORDS_OF_A_TIME or line.sentence:
            continue
        found = find_day(line.folded[:STAMP_WITHIN], lexicon)
        entries += found is not None and found.start <= LONGEST_WEEKDAY and found.end < len(line.folded) - LONGEST_WEEKDAY
    return entries > MOST_DATE_LINES


def agency_of(names: Sequence[str], bylines: Sequence[str], dateline: str | None, lexicon: Lexicon) -> str | None:
    """The news agency that the byline, else the dateline names, in one spelling. `bylines` are lines that give names: an agency may stand
    behind a comma or a stroke there ("By Jane Roe, Agency")."""
    in_dateline = _IN_BRACKETS.findall(dateline) if dateline else []
    behind = [part for line in bylines for part in _BETWEEN_PARTIES.split(line)[1:]]
    for part in [part for name in names for part in [name, *_BETWEEN_PARTIES.split(name)]] + behind + in_dateline:
        found = lexicon.bylines.agencies.get(fold(part).strip(" .,"))
        if found:
            return found
    return None


def agency_credited(lines: Sequence[Line], body_start: int, body_end: int, lexicon: Lexicon, by_people: bool = False) -> str | None:
    """The first agency that a line near the headline or below the article credits, else the one in brackets at its end. `by_people`:
    the page names its authors; then an agency alone at the head counts only right below them, since else the picture is its."""
    kept = [place for place in range(body_start, body_end) if lines[place].kept]
    end = max(kept[-1] - CREDIT_TAIL, 0) if kept else body_end
    for place in reversed(head_of(lines, body_start, CREDIT_HEAD)):
        found = _agency_on(lines[place], lexicon)
        if found and (not by_people or _is_of_text(lines, place, lexicon)):
            return found
    for line in lines[end : body_end + CREDIT_TAIL]:
        found = _agency_on(line, lexicon)
        if found and (not by_people or names_material(line.text, lexicon) or names_agencies_only(line.text, lexicon)):
            return found
    at_end = agencies_at_end(lines[kept[-1]].text, lexicon) if kept else []
    return at_end[0] if at_end else None


def _agency_on(line: Line, lexicon: Lexicon) -> str | None:
    """The first agency of a removed line that is a credit."""
    if line.kept or line.label is not None or line.counts[5] or line.kind == BlockKind.TITLE:
        return None
    found = agencies_of_credit(line.text, lexicon, line.folded) if line.word_count <= MOST_WORDS_OF_A_CREDIT else None
    return found[0] if found else None


def _is_of_text(lines: Sequence[Line], place: int, lexicon: Lexicon) -> bool:
    """Whether a credit on a page that names its authors is of the text: "with files from", or an agency alone right below the authors.
    Elsewhere the picture is the agency's."""
    if lines[place].kind in _OF_PICTURE:
        return False
    if names_material(lines[place].text, lexicon):
        return True
    return place > 0 and lines[place - 1].kind == BlockKind.BYLINE and names_agencies_only(lines[place].text, lexicon)


def _section(lines: Sequence[Line], body_start: int) -> str | None:
    """The section label right above the headline, else the nearest of a section's name close over it. A menu's first entry is none."""
    headline = next((place for place, line in enumerate(lines[:body_start]) if line.kind == BlockKind.TITLE), None)
    above = lines[headline - 1] if headline else None
    if above is not None and not above.kept and _short_label(above):
        above.kind = BlockKind.SECTION_LABEL
        return above.text.strip(" :")
    end = body_start if headline is None else headline
    near = [
        line
        for line in lines[max(0, end - SECTION_REACH) : body_start]
        if line.label == BlockKind.SECTION_LABEL and not line.counts[5]
    ]
    return near[0].text.strip(" :") if near else None


def _short_label(line: Line) -> bool:
    if line.label is not None:
        return line.label == BlockKind.SECTION_LABEL and not line.counts[5]  # no bullet
    return 1 <= line.word_count <= 3 and not line.hits and line.text[0].isupper() and line.text.replace(" ", "").isalpha()


def read_metadata(
    lines: Sequence[Line],
    texts: Sequence[str],
    prefixes: Sequence[GluedPrefix],
    lexicon: Lexicon,
    url: str | None = None,
    buckets: Mapping[int, int] = NO_BUCKETS,
) -> Metadata:
    """Fields of a judged page but for its title; `texts` as authors.Page has them, `buckets` those of its publisher's lines. Lines that
    hold the byline are no longer body."""
    take_standfirst_repeats(lines, extent(lines)[0])
    names = _take_authors(lines, texts, lexicon)
    take_date_lines(lines, lexicon)
    take_agency_lines(lines, lexicon)
    start, end = extent(lines)
    name_kinds(lines, texts, end, lexicon)
    for line in lines[:start]:
        if not line.kept and line.kind in (BlockKind.COPYRIGHT, BlockKind.OTHER) and is_date_alone(line.folded, lexicon):
            line.kind = BlockKind.DATE_STAMP
    glued = next((p.value for p in prefixes if p.kind == BlockKind.DATE_STAMP), None)
    stamp = (
        (glued, DateSource.STAMP) if glued else find_stamp(lines, lexicon, start, end, lambda: is_day_first(url, lexicon, buckets))
    )
    dateline, day = dateline_and_day([line.text for line in lines if line.kept], lexicon)
    credit = next((p.value for p in prefixes if p.kind == BlockKind.PHOTO_CREDIT), None)
    if credit is None:
        first = lines[start : start + BODY_LINES_OF_HEAD]
        shown = [
            *(line for line in lines if line.kind in _CREDITING),
            *(line for line in first if line.kept and line.credited),
        ]
        credits = (photo_credit_of(line.text, lexicon) for line in shown)
        credit = next((credit for credit in credits if credit), None)
    if stamp is None and day:
        stamp = day, DateSource.DATELINE
    if stamp is None:
        said = day_in_text(lines, lexicon, end)
        stamp = (said, DateSource.TEXT) if said else None
    if stamp is None and url:
        in_url = day_in_url(url, lexicon.dates.months)
        stamp = (in_url, DateSource.URL) if in_url else None
    partial = None if stamp else partial_date(lines, start, dateline, lexicon)
    if partial and (year := year_in_url(url or "")):
        stamp = (f"{year}{partial[1:]}", DateSource.URL)
        partial = None
    return Metadata(
        date_partial=partial,
        byline_agency=agency_of(names, [line.text for line in lines if line.kind == BlockKind.BYLINE], dateline, lexicon)
        or agency_credited(lines, start, end, lexicon, by_people=bool(names)),
        correction="\n\n".join(line.text for line in lines if line.kind == BlockKind.CORRECTION) or None,
        date=stamp[0] if stamp else None,
        date_source=stamp[1] if stamp else None,
        byline=", ".join(names) or None,
        dateline=dateline,
        section=_section(lines, start),
        photo_credit=credit,
    )
