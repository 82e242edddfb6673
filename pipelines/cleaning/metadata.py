"""Title, date, byline, section and photo credit, read from the blocks that are not body and from the opening of the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.cleaning.bylines import (
    name_at_start,
    name_of_biography,
    names_after_signature,
    names_in_byline,
    names_of,
    organisation,
)
from pipelines.cleaning.datelines import find_dateline
from pipelines.cleaning.dates import find_date, find_day, year_of_month
from pipelines.cleaning.lines import Line
from pipelines.cleaning.prefixes import AGENCIES, GluedPrefix
from pipelines.cleaning.rules import Pack, fold
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


MORE_NAMES_WITHIN = 4  # lines under a byline where more names may stand, one by one
MOST_BIOGRAPHIES = 4
MOST_SIGNED = 70  # characters of a kept line that may be a name and an outlet
INTO_BODY, BODY_LINES_OF_HEAD = 12, 4  # lines below the body's start, and kept ones, among which removed lines are the head's
STAMP_HEAD, STAMP_TAIL = 30, 8  # lines above and below the body where a date may stand
HEAD, TAIL = 30, 20  # lines above and below the body where a byline may stand


def _extent(lines: Sequence[Line]) -> tuple[int, int]:
    """First and one past last line of the body."""
    places = [place for place, line in enumerate(lines) if line.kept]
    return (places[0], places[-1] + 1) if places else (len(lines), len(lines))


def take_bylines(lines: Sequence[Line], texts: Sequence[str], pack: Pack) -> list[str]:
    """The names of find_bylines; the lines that hold them are no longer body."""
    names, at = find_bylines(lines, texts, pack, *_extent(lines))
    if at.issuperset(place for place, line in enumerate(lines) if line.kept) and not any(lines[place].flagged for place in at):
        return []  # a text that is nothing but names is its own body
    for place in at:
        lines[place].remove(BlockKind.BYLINE, "rule: byline")
    return names


def find_bylines(
    lines: Sequence[Line], texts: Sequence[str], pack: Pack, body_start: int, body_end: int
) -> tuple[list[str], set[int]]:
    """Names, and which lines hold nothing else. The head comes first, then what follows the body.

    `texts` are the lines with stretches of blanks as ` | `: what stands apart is not one name."""
    head = _head(lines, body_start, HEAD)
    tail = range(body_end, min(body_end + TAIL, len(lines)))
    for where in (head, tail):
        found: list[str] = []
        at: set[int] = set()
        for place in where:
            if at and place > max(at) + MORE_NAMES_WITHIN:
                break
            names, places = _signed(lines, texts, place, pack)
            found.extend(name for name in names if name not in found)
            at |= places
        if not found:
            found, at = _names_alone(lines, texts, pack, where, where is head)
        if found:
            return found, at
    return [], set()


def _head(lines: Sequence[Line], body_start: int, reach: int) -> list[int]:
    """Lines above the body, its first two, and removed ones among its first."""
    below: list[int] = []
    kept = 0
    for place in range(body_start, min(body_start + INTO_BODY, len(lines))):
        kept += lines[place].kept
        if kept > BODY_LINES_OF_HEAD:
            break
        if place < body_start + 2 or not lines[place].kept:
            below.append(place)
    return [*range(max(0, body_start - reach), body_start), *below]


def _signed(lines: Sequence[Line], texts: Sequence[str], place: int, pack: Pack) -> tuple[list[str], set[int]]:
    """Names after a byline word, on its line or under it."""
    line, text = lines[place], texts[place]
    if len(text) > 160 or (line.kept and len(text) > 90) or line.kind == BlockKind.TITLE:
        return [], set()
    if len(text) <= 24 and line.folded.strip(" :—–-") in pack.byline_words:
        for below in range(place + 1, min(place + 3, len(lines))):
            plain = pack.label_words.isdisjoint(lines[below].words)
            names = names_of(texts[below], pack) if plain else []
            if not names and lines[below].label is None and lines[below].word_count <= 4:
                names = organisation(texts[below])
            if names:
                return names, {place, below}
        return [], set()
    names = names_in_byline(text, pack)
    if not names and not line.kept:
        names = names_after_signature(text, pack)
    return names, {place} if names else set()


def _names_alone(
    lines: Sequence[Line], texts: Sequence[str], pack: Pack, where: Sequence[int], head: bool
) -> tuple[list[str], set[int]]:
    """Names without "By": signed with an outlet or a date, on a line of their own beside a role or a date, in a biography."""
    common: set[str] | None = None
    found: list[str] = []
    at: set[int] = set()
    for place in reversed(where) if head else where:
        line, text = lines[place], texts[place]
        name = _name_without_by(lines, text, place, pack, head)
        if name is None or not pack.label_words.isdisjoint(name.lower().split()):
            continue
        if common is None:
            common = {word for x in lines if x.sentence for word in x.text.split() if word.islower()}
        if not common.isdisjoint(word.lower() for word in name.split() if len(word) > 3):
            continue
        if name not in found:
            found.append(name)
        if line.name or line.kept:
            at.add(place)
        if head or len(found) == MOST_BIOGRAPHIES:
            break
    return found, at


def _name_without_by(lines: Sequence[Line], text: str, place: int, pack: Pack, head: bool) -> str | None:
    line = lines[place]
    if line.kind in (BlockKind.TITLE, BlockKind.CAPTION, BlockKind.PHOTO_CREDIT) or (
        line.kind == BlockKind.RELATED and not line.name
    ):
        return None
    if line.kept and (line.sentence or len(text) > MOST_SIGNED or not head):
        return None
    if line.name:
        beside = _beside_role_or_date(lines, place, pack) if head else _above_biography(lines, place, pack)
        return text.strip() if beside else None
    if head:
        return name_at_start(text, pack) if len(text) <= 110 else None
    return name_of_biography(text, pack)


def _above_biography(lines: Sequence[Line], place: int, pack: Pack) -> bool:
    following = " ".join(line.text for line in lines[place + 1 : place + 3])
    return _starts_with_role(lines, place + 1, pack) or lines[place].text in following or lines[place].reason.startswith("card")


def _starts_with_role(lines: Sequence[Line], place: int, pack: Pack) -> bool:
    words = lines[place].words if place < len(lines) else []
    return 0 < len(words) <= 8 and any(word in pack.role_words for word in words)


def _beside_role_or_date(lines: Sequence[Line], place: int, pack: Pack) -> bool:
    if _starts_with_role(lines, place + 1, pack):
        return True
    near = [lines[i] for i in (place - 1, place + 1, place + 2) if 0 <= i < len(lines) and len(lines[i].text) <= 80]
    return any(find_date(line.folded, pack) for line in near)


def find_stamp(lines: Sequence[Line], pack: Pack, body_start: int, body_end: int) -> tuple[str, DateSource] | None:
    """The day of a date line nearest above the body's start, then just below its end. An update's date comes last."""
    head = _head(lines, body_start, STAMP_HEAD)
    tail = range(body_end, min(body_end + STAMP_TAIL, len(lines)))
    updated: tuple[str, DateSource] | None = None
    for place in [*reversed(head), *tail]:
        line = lines[place]
        if (
            len(line.text) > 200
            or (line.kept and len(line.text) > 60)
            or line.kind in (BlockKind.TITLE, BlockKind.CAPTION, BlockKind.COPYRIGHT)
        ):
            continue
        found = find_date(line.folded, pack)
        if found is None or found.end - found.start < 0.08 * len(line.text):
            continue
        if not any(word in pack.update_words for word in line.words[:3]):
            return found.iso, DateSource.BYLINE if line.kind == BlockKind.BYLINE else DateSource.STAMP
        updated = updated or (found.iso, DateSource.STAMP)
    return updated


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


def _section(lines: Sequence[Line], body_start: int) -> str | None:
    """The section label right above the headline, else the first one above the body."""
    headline = next((place for place, line in enumerate(lines[:body_start]) if line.kind == BlockKind.TITLE), 0)
    above = lines[headline - 1] if headline else None
    if above is not None and not above.kept and _short_label(above):
        above.kind = BlockKind.SECTION_LABEL
        return above.text.strip(" :")
    return next((line.text.strip(" :") for line in lines[:body_start] if line.label == BlockKind.SECTION_LABEL), None)


def _short_label(line: Line) -> bool:
    if line.label is not None:
        return line.label == BlockKind.SECTION_LABEL
    return (
        1 <= line.word_count <= 3
        and not line.hits
        and not line.bucket
        and line.text[0].isupper()
        and line.text.replace(" ", "").isalpha()
    )


def read_metadata(lines: Sequence[Line], texts: Sequence[str], prefixes: Sequence[GluedPrefix], pack: Pack) -> Metadata:
    """Fields of a judged page but for its title; `texts` as find_bylines has them. Lines that hold the byline are no longer body."""
    names = take_bylines(lines, texts, pack)
    start, end = _extent(lines)
    glued = next((p.value for p in prefixes if p.kind == BlockKind.DATE_STAMP), None)
    stamp = (glued, DateSource.STAMP) if glued else find_stamp(lines, pack, start, end)
    dateline, day = dateline_and_day([line.text for line in lines if line.kept], pack)
    credit = next((p.value for p in prefixes if p.kind == BlockKind.PHOTO_CREDIT), None)
    if credit is None:
        credits = (photo_credit_of(line.text) for line in lines if line.kind in (BlockKind.CAPTION, BlockKind.PHOTO_CREDIT))
        credit = next((credit for credit in credits if credit), None)
    return Metadata(
        date=stamp[0] if stamp else day,
        date_source=stamp[1] if stamp else DateSource.DATELINE if day else None,
        byline=", ".join(names) or None,
        dateline=dateline,
        section=_section(lines, start),
        photo_credit=credit,
    )
