"""Title, date, byline, section and photo credit, read from the blocks that are not body and from the opening of the body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pipelines.cleaning.agency_lines import agency_credited, agency_of, take_agency_lines
from pipelines.cleaning.author_candidates import page_of
from pipelines.cleaning.authors import find_authors, find_signed, may_be_names
from pipelines.cleaning.credits import opens_with_credit, photo_credit_of
from pipelines.cleaning.dates import day_in_url, is_date_alone, year_in_url
from pipelines.cleaning.folding import fold
from pipelines.cleaning.glued import GluedPrefix
from pipelines.cleaning.kinds import name_kinds
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import BODY_LINES_OF_HEAD, INTO_BODY, TAIL, Line, extent, of_kind
from pipelines.cleaning.markup import Markup
from pipelines.cleaning.stamps import dateline_and_day, day_in_text, find_stamp, is_day_first, partial_date, take_date_lines
from pipelines.vocabulary import BlockKind, DateSource

_CREDITING = frozenset({BlockKind.CAPTION, BlockKind.PHOTO_CREDIT})
NO_BUCKETS: Mapping[int, int] = MappingProxyType({})
STANDFIRST_WORDS = 6  # least words of a standfirst
_TRAIL, MIN_TRAIL, MAX_TRAIL_WORDS = re.compile(r" ?[>›»] ?"), 3, 3  # signs between links, links of a trail, words of each
SECTION_REACH = 6  # lines over the headline


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


def take_biography(lines: Sequence[Line], names: Sequence[str]) -> None:
    """The last line of the body is none if it is a sentence that begins with the whole name of an author whom the page's markup names."""
    kept = [line for line in lines if line.kept]
    if len(kept) > 1 and kept[-1].sentence and any(kept[-1].text.startswith(f"{name} ") for name in names if " " in name):
        kept[-1].remove(BlockKind.AUTHOR_BIO, "rule: starts with the author's name")


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
    in_biography = False
    for line in reversed(tail):
        if line.kept and line.sentence and any(line.text.startswith(name) for name in names):
            in_biography = True
            line.remove(BlockKind.AUTHOR_BIO, "repeated: starts with the author's name")
        elif in_biography and line.kept:
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


def _section(lines: Sequence[Line], body_start: int) -> str | None:
    """The section label right above the headline, else the nearest of a section's name close over it. A menu's first entry is none."""
    headline = next((place for place, line in enumerate(lines[:body_start]) if line.kind == BlockKind.TITLE), None)
    above = lines[headline - 1] if headline else None
    if above is not None and not above.kept and (trail := _trail(above.text)):
        return trail
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


def _trail(text: str) -> str | None:
    """The section in a trail of links: "Home > Business > Technology" leads to Business."""
    parts = [part.strip() for part in _TRAIL.split(text)]
    short = len(parts) >= MIN_TRAIL and all(0 < len(part.split()) <= MAX_TRAIL_WORDS and part[0].isupper() for part in parts)
    return parts[1] if short else None


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
    removed = [line for line in lines if not line.kept]
    name_kinds(lines, texts, end, lexicon)
    for line in lines[:start]:
        if not line.kept and line.kind in (BlockKind.COPYRIGHT, BlockKind.OTHER) and is_date_alone(line.folded, lexicon):
            line.kind = BlockKind.DATE_STAMP
    glued = next((p.value for p in prefixes if p.kind == BlockKind.DATE_STAMP), None)
    stamped = (
        ((glued,), DateSource.STAMP)
        if glued
        else find_stamp(lines, lexicon, start, end, lambda: is_day_first(url, lexicon, buckets))
    )
    days = stamped[0] if stamped else ()
    stamp = (days[0], stamped[1]) if stamped and len(days) == 1 else None
    dateline, day = dateline_and_day([line.text for line in lines if line.kept], lexicon)
    credit = next((p.value for p in prefixes if p.kind == BlockKind.PHOTO_CREDIT), None)
    if credit is None:
        first = lines[start : start + BODY_LINES_OF_HEAD]
        shown = [
            *(line for line in removed if line.kind in _CREDITING),
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
    if stamp and days and stamp[0] not in days:
        stamp = None  # it is neither of the two days that the stamp can be
    partial = None if stamp or days else partial_date(lines, start, dateline, lexicon)
    if partial and (year := year_in_url(url or "")):
        stamp = (f"{year}{partial[1:]}", DateSource.URL)
        partial = None
    return Metadata(
        date_partial=partial,
        byline_agency=agency_of(names, of_kind(removed, BlockKind.BYLINE), dateline, lexicon)
        or agency_credited(lines, start, end, lexicon, by_people=bool(names)),
        correction="\n\n".join(of_kind(removed, BlockKind.CORRECTION)) or None,
        date=stamp[0] if stamp else None,
        date_source=stamp[1] if stamp else None,
        byline=", ".join(names) or None,
        dateline=dateline,
        section=_section(lines, start),
        photo_credit=credit,
    )
