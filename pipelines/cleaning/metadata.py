"""Title, date, byline, section and photo credit, read from the blocks that are not body and from the opening of the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.cleaning.bylines import is_name_line, names_in_byline, names_of
from pipelines.cleaning.datelines import find_dateline
from pipelines.cleaning.dates import find_date, find_day, year_of_month
from pipelines.cleaning.lines import Line
from pipelines.cleaning.prefixes import AGENCIES, GluedPrefix
from pipelines.cleaning.rules import Pack, fold, words_of
from pipelines.vocabulary import BlockKind, DateSource


class Metadata(NamedTuple):
    """What the text says about itself; None where it does not."""

    title: str | None = None
    date: str | None = None
    date_source: DateSource | None = None
    byline: str | None = None
    dateline: str | None = None
    section: str | None = None
    photo_credit: str | None = None


_CREDIT_LABEL = re.compile(
    r"^\W*(?:(?:file|lead|cover|top|main|featured|stock)\s+)?(?:photos?|images?|pictures?|illustrations?|photographs?|credits?|graphic|фото|foto|bild|source)"
    r"(?:\s+(?:credits?|source|courtesy))?(?:\s*[:|/–-]\s*|\s+(?:by|courtesy of|from|courtesy)\s+)",
    re.IGNORECASE,
)
_IN_PARENTHESES = re.compile(r"[(\[]([^()\[\]]{3,90})[)\]][.\s]*$")
_AFTER_LABEL = re.compile(
    r"(?:photo|image|picture|photograph|credit|illustration|courtesy|фото|foto)s?(?: credit| by)?\s*[:/]\s*([^.]{3,90})\.?$",
    re.IGNORECASE,
)
_AGENCY = re.compile(rf"\b(?:{AGENCIES})\b", re.IGNORECASE)


def photo_credit_of(line: str) -> str | None:
    """Who took the picture, from a caption or credit line.

    >>> photo_credit_of("A bridge in May. (Jane Roe / AFP via Getty Images)")
    'Jane Roe / AFP via Getty Images'
    >>> photo_credit_of("Photo: Jane Roe")
    'Jane Roe'
    """
    label = _CREDIT_LABEL.match(line)
    if label and 3 <= len(line) - label.end() <= 90:
        return line[label.end() :].strip(" .)]")
    for pattern in (_IN_PARENTHESES, _AFTER_LABEL):
        match = pattern.search(line[-220:])
        if match and (pattern is _AFTER_LABEL or _AGENCY.search(match[1]) or _CREDIT_LABEL.match(match[1])):
            inner = match[1].strip()
            label = _CREDIT_LABEL.match(inner)
            return (inner[label.end() :] if label else inner).strip()
    return None


def find_bylines(
    lines: Sequence[str], kinds: Sequence[str], pack: Pack, body_start: int, body_end: int
) -> tuple[list[str], set[int]]:
    """Names, and which lines they stand on. The head comes first, then what follows the body."""
    head = range(max(0, body_start - 14), min(body_start + 2, len(lines)))
    tail = range(body_end, min(body_end + 8, len(lines)))
    for place in [*head, *tail]:
        line = lines[place]
        if len(line) > 160 or (kinds[place] == BlockKind.BODY and len(line) > 90):
            continue
        names = names_in_byline(line, pack)
        if names:
            return names, {place}
        if fold(line).strip(" :") in pack.byline_words and place + 1 < len(lines):
            names = names_of(lines[place + 1], pack)
            if names:
                return names, {place, place + 1}
    return _names_alone(lines, kinds, pack, head, tail)


def _names_alone(lines: Sequence[str], kinds: Sequence[str], pack: Pack, head: range, tail: range) -> tuple[list[str], set[int]]:
    for place in reversed(head):
        if kinds[place] != BlockKind.BODY and is_name_line(lines[place], pack) and _beside_role_or_date(lines, place, pack):
            return [lines[place].strip()], {place}
    for place in tail:
        if kinds[place] == BlockKind.BODY or not is_name_line(lines[place], pack):
            continue
        following = " ".join(lines[place + 1 : place + 3])
        if _starts_with_role(lines, place + 1, pack) or lines[place].strip() in following:
            return [lines[place].strip()], {place}
    return [], set()


def _starts_with_role(lines: Sequence[str], place: int, pack: Pack) -> bool:
    words = words_of(fold(lines[place])) if place < len(lines) else []
    return 0 < len(words) <= 8 and any(word in pack.role_words for word in words)


def _beside_role_or_date(lines: Sequence[str], place: int, pack: Pack) -> bool:
    if _starts_with_role(lines, place + 1, pack):
        return True
    near = [lines[i] for i in (place - 1, place + 1, place + 2) if 0 <= i < len(lines) and len(lines[i]) <= 80]
    return any(find_date(fold(line), pack) for line in near)


def find_stamp(lines: Sequence[str], kinds: Sequence[str], pack: Pack, body_start: int, body_end: int) -> str | None:
    """The day of a date line nearest above the body's start, then just below its end."""
    head = list(range(max(0, body_start - 15), min(body_start + 2, len(lines))))
    tail = list(range(body_end, min(body_end + 6, len(lines))))
    for place in [*reversed(head), *tail]:
        line = lines[place]
        if len(line) > 160 or (kinds[place] == BlockKind.BODY and len(line) > 60):
            continue
        found = find_date(fold(line), pack)
        if found and found.end - found.start >= 0.2 * len(line):
            return found.iso
    return None


def dateline_and_day(body: Sequence[str], pack: Pack) -> tuple[str | None, str | None]:
    """The dateline of the first paragraphs, and its day where the year is given there or once in the text for that month."""
    for paragraph in body[:4]:
        dateline = find_dateline(paragraph, pack)
        if dateline is None:
            continue
        folded = fold(dateline)
        full = find_date(folded, pack)
        if full:
            return dateline, full.iso
        day = find_day(folded, pack)
        year = year_of_month(fold("\n".join(body)), day, pack) if day else None
        return dateline, f"{year:04d}-{day.month:02d}-{day.day:02d}" if day and year else None
    return None, None


def read_metadata(lines: Sequence[Line], prefixes: Sequence[GluedPrefix], pack: Pack, title: str | None) -> Metadata:
    """Fields of a judged page. Lines that hold the byline are no longer body."""
    places = [place for place, line in enumerate(lines) if line.kept]
    start, end = (places[0], places[-1] + 1) if places else (len(lines), len(lines))
    texts = [line.text for line in lines]
    kinds = [line.kind for line in lines]
    names, at = find_bylines(texts, kinds, pack, start, end)
    for place in at:
        lines[place].remove(BlockKind.BYLINE, "rule: byline")
    stamp = next((p.value for p in prefixes if p.kind == BlockKind.DATE_STAMP), None) or find_stamp(texts, kinds, pack, start, end)
    dateline, day = dateline_and_day([line.text for line in lines if line.kept], pack)
    credit = next((p.value for p in prefixes if p.kind == BlockKind.PHOTO_CREDIT), None)
    if credit is None:
        credits = (photo_credit_of(line.text) for line in lines if line.kind in (BlockKind.CAPTION, BlockKind.PHOTO_CREDIT))
        credit = next((credit for credit in credits if credit), None)
    return Metadata(
        title=title,
        date=stamp or day,
        date_source=DateSource.STAMP if stamp else DateSource.DATELINE if day else None,
        byline=", ".join(names) or None,
        dateline=dateline,
        section=next((line.text.strip(" :") for line in lines[:start] if line.label == BlockKind.SECTION_LABEL), None),
        photo_credit=credit,
    )
