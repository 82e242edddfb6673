"""Title, date, byline, section and photo credit, read from the blocks that are not body and from the opening of the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.cleaning.bylines import (
    BEFORE_BYLINE,
    SIGNATURE_WORDS,
    names_after_date,
    names_after_signature,
    names_at_start,
    names_in_byline,
    names_of,
    names_of_biography,
    organisation,
    person_name,
)
from pipelines.cleaning.datelines import find_dateline
from pipelines.cleaning.dates import FoundDate, find_date, find_dates, find_day, find_short_date, year_of_month
from pipelines.cleaning.kinds import name_kinds
from pipelines.cleaning.lines import Line, is_credited
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
_PARTY = r"[^\W\d_a-z][\w.'’-]*(?: (?:of |de |la |the )?[^\W\d_a-z][\w.'’-]*){0,4}"
_TWO_PARTIES = re.compile(rf"{_PARTY} ?(?:/| via ) ?(?:{_PARTY}|[a-z]+)")  # a photographer and an outlet
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
        if match and (
            pattern is _AFTER_LABEL or _AGENCY.search(match[1]) or _CREDIT_LABEL.match(match[1]) or _TWO_PARTIES.fullmatch(match[1])
        ):
            inner = match[1].strip()
            label = _CREDIT_LABEL.match(inner)
            return (inner[label.end() :] if label else inner).strip()
    return None


_CREDITING = (BlockKind.CAPTION, BlockKind.PHOTO_CREDIT)
MORE_NAMES_WITHIN = 4  # lines under a byline where more names may stand, one by one
MOST_BIOGRAPHIES = 4
UNDER_HEADLINE = 3  # lines within which a name alone is the author's
SIGNED_AFTER = 2  # lines after the body within which a name with a role is a signature
BIOGRAPHY_NAMES = 40  # characters at the start of a biography that hold the name
GLUED_BYLINE = 160  # characters at the start of a body that may hold a byline
MOST_SIGNED = 70  # characters of a kept line that may be a name and an outlet
STANDFIRST_WORDS = 6  # least words of a standfirst
INTO_BODY, BODY_LINES_OF_HEAD = 12, 4  # lines below the body's start, and kept ones, among which removed lines are the head's
NEAR_HEADLINE = 3  # lines over the headline within which a date is the article's
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:\d\d)?\d\d(?!\d)")
STAMP_HEAD, BARE_HEAD = 60, 30  # lines above the body where a date that says "published" may stand, and a bare one
STAMP_SHARE = 0.12  # of a line's characters in its date
STAMP_WITHIN = 160  # characters of a kept line
SECTION_REACH = 6  # lines over the headline
TOLD_KEPT = 3  # last lines of the body where a sentence may say when it was published
STAMP_TAIL = 8  # lines below the body where one that says so may stand
FAR_HEAD, HEAD, TAIL = 60, 30, 20  # lines above the body where a byline may stand under the headline, and others; and below it


def extent(lines: Sequence[Line]) -> tuple[int, int]:
    """First and one past last line of the body."""
    count = len(lines)
    first = next((place for place in range(count) if lines[place].kept), count)
    last = next((place for place in range(count - 1, first, -1) if lines[place].kept), first)
    return first, min(last + 1, count)


def take_standfirst_repeats(lines: Sequence[Line], body_start: int) -> None:
    """Of a sentence that stands twice at the head with furniture between, the second goes."""
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


def take_bylines(lines: Sequence[Line], texts: Sequence[str], pack: Pack) -> list[str]:
    """The names of find_bylines; the lines that hold them are no longer body."""
    names, at = find_bylines(lines, texts, pack, *extent(lines))
    if at.issuperset(place for place, line in enumerate(lines) if line.kept) and not any(lines[place].flagged for place in at):
        return []  # a text that is nothing but names is its own body
    for place in at:
        lines[place].remove(BlockKind.BYLINE, "rule: byline")
    _name_biographies(lines, names, extent(lines)[1])
    return names


def _name_biographies(lines: Sequence[Line], names: Sequence[str], body_end: int) -> None:
    """Calls a removed sentence below the body that starts with an author's name what it is."""
    for line in lines[body_end : body_end + TAIL]:
        if line.kept or line.kind == BlockKind.BYLINE or line.word_count <= 5:
            continue
        if any(line.text.startswith(name) for name in names):
            line.remove(BlockKind.AUTHOR_BIO, "rule: starts with the author's name")


def find_bylines(
    lines: Sequence[Line], texts: Sequence[str], pack: Pack, body_start: int, body_end: int
) -> tuple[list[str], set[int]]:
    """Names, and which lines hold nothing else. What stands under the headline comes first, then what stands over it, then what
    follows the body.

    `texts` are the lines with stretches of blanks as ` | `: what stands apart is not one name."""
    head = _head(lines, body_start, FAR_HEAD)
    headline = max((place for place in head if lines[place].kind == BlockKind.TITLE), default=-1)
    tail = range(body_end, min(body_end + TAIL, len(lines)))
    head = [place for place in head if place >= body_start - HEAD or 0 <= headline < place]
    under = [place for place in head if place > headline]
    for where in (under, [place for place in head if place < headline], tail):
        found, at = _names_signed(lines, texts, pack, where)
        if where is tail and len(at) > 1 and max(at) - min(at) >= len(at):
            found, at = [], set()  # the bylines of other stories, each under its headline
        if not found:
            found, at = _names_alone(lines, texts, pack, where, where is not tail, headline if where is under else -1)
        if not found and where is under and headline >= 0:
            found, at = _name_under_headline(lines, pack, under, headline)
        if found:
            return found, at
    return _names_in_body(lines, pack, body_start, body_end), set()


def _names_signed(lines: Sequence[Line], texts: Sequence[str], pack: Pack, where: Sequence[int]) -> tuple[list[str], set[int]]:
    found: list[str] = []
    at: set[int] = set()
    for place in where:
        if at and place > max(at) + MORE_NAMES_WITHIN:
            break
        names, places = _signed(lines, texts, place, pack)
        found.extend(name for name in names if name not in found)
        at |= places
    return found, at


def _name_under_headline(lines: Sequence[Line], pack: Pack, under: Sequence[int], headline: int) -> tuple[list[str], set[int]]:
    """Names with nothing beside them, close under the headline: the authors, where the page names them again outside the article."""
    found: list[str] = []
    at: set[int] = set()
    for place in under:
        line = lines[place]
        if place > max(at, default=headline) + UNDER_HEADLINE or (line.kept and line.sentence and place > headline + 1):
            break
        name = _name_alone(line, pack)
        if name and not line.kept and not line.hits and _stands_again(name, place, lines) and _is_no_matter(name, lines, pack):
            found.append(name)
            at.add(place)
    return found, at


def _stands_again(name: str, place: int, lines: Sequence[Line]) -> bool:
    return any(name in line.text for other, line in enumerate(lines) if other != place and not line.kept)


def _name_alone(line: Line, pack: Pack) -> str | None:
    """The name that a line is, also one in capitals."""
    if line.name:
        return line.text.strip()
    bare = line.text.strip(" ,•*|·–—-:+/")
    if len(bare) > 40 or not 2 <= line.word_count <= 4 or not (bare.isupper() or len(bare) < len(line.text)):
        return None
    name = person_name(bare, pack)
    return name if name and name.casefold() == bare.casefold() else None


def _is_no_matter(name: str, lines: Sequence[Line], pack: Pack) -> bool:
    """Whether neither the labels nor the sentences of the page know the last word of a name, other than in a biography of it."""
    words = name.split()
    if not pack.label_words.isdisjoint(name.lower().split()):
        return False
    low = words[-1].lower()
    return not any(low in line.folded and low in line.words for line in lines if line.kept and line.sentence)


def _names_in_body(lines: Sequence[Line], pack: Pack, body_start: int, body_end: int) -> list[str]:
    """Names that the body itself gives: a byline glued to its first sentence; as its last paragraph a biography or who reported it."""
    if body_start >= body_end:
        return []
    last = lines[body_end - 1]
    names: list[str] = []
    for first in lines[body_start : body_start + 2]:
        names = names or names_in_byline(first.text[:GLUED_BYLINE], pack)
    if names or not last.kept or body_end - body_start < 3:
        return names
    if last.word_count <= 40:
        names = names_in_byline(last.text[:160], pack) or (names_after_signature(last.text, pack) if " by " in last.folded else [])
    if not names and last.counts[2]:
        names = names_of_biography(last.text, pack)
        if not names and not last.sentence and len(last.text) <= MOST_SIGNED:
            names = names_at_start(last.text, pack)
    if not names:
        return _name_of_writer(lines[body_start:body_end], pack)
    return names if all(_is_no_matter(name, lines[: body_end - 1], pack) for name in names) else []


_WRITER = re.compile(
    r"^(?:[^\W\d_a-z][\w.'’-]+ ){2,4}is an? (?:[\w-]+ ){0,4}(?i:writer|reporter|editor|columnist|correspondent|contributor|journalist|critic)\b"
)


def _name_of_writer(body: Sequence[Line], pack: Pack) -> list[str]:
    """The one whom a paragraph of the body calls its writer or reporter, where no other paragraph speaks of them."""
    for place, line in enumerate(body):
        if line.kept and " is a" in line.text and line.counts[2] and _WRITER.search(line.text[:120]):
            names = names_of_biography(line.text, pack)
            rest = [*body[:place], *body[place + 1 :]]
            if names and all(_is_no_matter(name, rest, pack) for name in names):
                return names
    return []


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
    line, text = lines[place], texts[place].replace("\xa0", " ")
    if (
        len(text) > (160 if line.kept or not line.sentence else 400)
        or (line.kept and len(text) > 90)
        or line.kind == BlockKind.TITLE
    ):
        return [], set()
    if len(text) <= 24 and line.folded.strip(" :—–-") in pack.byline_words:
        return _names_below(lines, texts, place, pack)
    names = names_in_byline(text, pack) if line.folded.lstrip(BEFORE_BYLINE).startswith(pack.byline_words) else []
    if (
        not names
        and not line.kept
        and (" by " in line.folded or " told to " in line.folded or line.folded.startswith(SIGNATURE_WORDS))
    ):
        names = names_after_signature(text, pack)
    return names, {place} if names else set()


def _names_below(lines: Sequence[Line], texts: Sequence[str], place: int, pack: Pack) -> tuple[list[str], set[int]]:
    """Names, or one organisation, on the lines after a line that is only "By"."""
    found: list[str] = []
    at = {place}
    for below in range(place + 1, min(place + 2 + 2 * MORE_NAMES_WITHIN, len(lines))):
        line = lines[below]
        plain = pack.label_words.isdisjoint(line.words)
        names = names_of(texts[below], pack) if plain else []
        joiner = found and line.folded in pack.byline_joiners
        if names and (not found or line.name):
            found.extend(name for name in names if name not in found)
            at.add(below)
        elif not joiner and (found or below > place + 1):
            break
        elif not found and line.label in (None, BlockKind.PHOTO_CREDIT) and line.word_count <= 4:
            found = organisation(texts[below], pack)
            if found:
                return found, {place, below}
    return (found, at) if found else ([], set())


def _names_alone(
    lines: Sequence[Line], texts: Sequence[str], pack: Pack, where: Sequence[int], head: bool, headline: int
) -> tuple[list[str], set[int]]:
    """Names without "By": signed with an outlet or a date, on a line of their own beside a role or a date, in a biography."""
    found: list[str] = []
    at: set[int] = set()
    last = -1
    for place in reversed(where) if head else where:
        if head and found and last - place > 2:
            break
        text = texts[place].replace("\xa0", " ")
        near = head and headline >= 0 and place <= headline + UNDER_HEADLINE
        line, names = lines[place], _names_without_by(lines, text, place, pack, head, near)
        if not names and found and near and not lines[place].kept:
            alone = _name_alone(lines[place], pack)
            names = [alone] if alone and _is_no_matter(alone, lines, pack) else []
        if not names:
            continue
        if any(_is_ordinary(name.lower().split(), lines, pack) for name in names):
            continue
        surnames = {name.split()[-1] for name in found}
        new = [name for name in names if name.split()[-1] not in surnames]
        found = new + found if head else found + new
        last = place
        if line.name or line.kept or (head and line.label is None):
            at.add(place)
        if len(found) >= MOST_BIOGRAPHIES:
            break
    if head and at:
        for place in range(max(at) + 1, min(max(at) + 3, len(lines))):
            alone = None if lines[place].kept else _name_alone(lines[place], pack)
            if alone and alone not in found and _is_no_matter(alone, lines, pack):
                found.append(alone)
                at.add(place)
    return found, at


_IS_SOMEBODY = re.compile(r" is (?:an? |the )?(?:[\w-]+ ){1,4}(?:of|at|for|with|in|and) ")


def _is_ordinary(words: Sequence[str], lines: Sequence[Line], pack: Pack) -> bool:
    """Whether the words are of labels, or all of them such as the page writes small elsewhere."""
    if not pack.label_words.isdisjoint(words[1:]):
        return True
    told = [line.text for line in lines if line.sentence]
    return all(word in pack.label_words or any(f" {word} " in text for text in told) for word in words)


def _names_without_by(lines: Sequence[Line], text: str, place: int, pack: Pack, head: bool, near: bool) -> list[str]:
    line = lines[place]
    if line.label is not None or line.kind in (BlockKind.TITLE, BlockKind.CAPTION, BlockKind.PHOTO_CREDIT):
        return []
    if line.kept and (line.sentence or len(text) > MOST_SIGNED or not head):
        return []
    alone = _name_alone(line, pack)
    if alone:
        beside = _beside_role_or_date(lines, place, pack) if head else _above_biography(lines, place, pack)
        return [alone] if beside else []
    if head:
        return (names_at_start(text, pack, near) or names_after_date(text, pack)) if len(text) <= 110 else []
    if not line.sentence and len(text) <= 110 and line.counts[2] and any(x.kept for x in lines[place - SIGNED_AFTER : place]):
        return names_at_start(text, pack) or names_of_biography(text, pack)
    if line.kind == BlockKind.RELATED and not (line.sentence and (line.counts[2] or "@" in text)):
        names = names_of_biography(text, pack) if place and lines[place - 1].kept and _IS_SOMEBODY.search(text[:80]) else []
        return names if all(_is_no_matter(name, lines, pack) for name in names) else []  # a headline can begin with a name, too
    return names_of_biography(text, pack)


def _above_biography(lines: Sequence[Line], place: int, pack: Pack) -> bool:
    name = lines[place].text
    below = [line for line in lines[place + 1 : place + 3] if line.word_count > 6]
    named = any(line.text[:4] == name[:4] and name.split()[-1] in line.text[:BIOGRAPHY_NAMES] for line in below)
    return named or _starts_with_role(lines, place + 1, pack) or lines[place].reason.startswith("card")


def _starts_with_role(lines: Sequence[Line], place: int, pack: Pack) -> bool:
    return place < len(lines) and 0 < lines[place].word_count <= 8 and not pack.role_words.isdisjoint(lines[place].words)


def _beside_role_or_date(lines: Sequence[Line], place: int, pack: Pack) -> bool:
    if _starts_with_role(lines, place + 1, pack):
        return True
    near = [lines[i] for i in (place - 1, place + 1, place + 2) if 0 <= i < len(lines) and len(lines[i].text) <= 80]
    return any(find_date(line.folded, pack) for line in near)


_PUBLISHED = re.compile(
    r"\b(?:published|posted|first published|originally published|publication date|release date|released|issued|date|filed|"
    r"veröffentlicht|erschienen|erstellt|stand|datum|publié|mis en ligne|publicado|fecha|pubblicato|"
    r"опубликовано|дата|опубліковано)\b[^.!?]{0,24}$"
)


def find_stamp(lines: Sequence[Line], pack: Pack, body_start: int, body_end: int) -> tuple[str, DateSource] | None:
    """The day of the date line that is likeliest the article's: under the headline or just over it, then one that says
    "published", then one just below the body, then an update's under the headline. A bare date far over the headline is today's."""
    first_lines = [place for place in range(body_start, min(body_start + BODY_LINES_OF_HEAD, len(lines))) if lines[place].kept]
    head = sorted({*_head(lines, body_start, STAMP_HEAD), *first_lines})
    headline = max((place for place in head if lines[place].kind == BlockKind.TITLE), default=-1)
    ranked: list[tuple[int, str, DateSource]] = []
    for place in [*reversed(head), *range(body_end, min(body_end + STAMP_TAIL, len(lines)))]:
        line = lines[place]
        found = _stamp_of(line, place - body_start, pack)
        if found is None:
            continue
        rank = _rank(found[1], place, headline, body_end)
        if place < body_start - BARE_HEAD and found[1] != "published":
            continue
        if rank is not None:
            source = DateSource.BYLINE if line.kind == BlockKind.BYLINE else DateSource.STAMP
            ranked.append((rank, _read_day(found[0], lines, pack), source))
    best = min(ranked, key=lambda row: row[0], default=None)
    return best[1:] if best else None


def _rank(says: str, place: int, headline: int, body_end: int) -> int | None:
    """0 is the best; None where a date does not speak of this article."""
    if place >= body_end:
        return 3 if says == "published" else None
    if headline < 0 or place > headline - NEAR_HEADLINE:
        return {"published": 0, "": 1, "updated": 5}[says]
    return {"published": None, "": 4, "updated": 6}[says]  # "published" there is said of another story


def _stamp_of(line: Line, into_body: int, pack: Pack) -> tuple[FoundDate, str] | None:
    """The date of a date line, and whether it says "published", "updated" or nothing."""
    if line.kind in (BlockKind.TITLE, BlockKind.CAPTION, BlockKind.COPYRIGHT) or (len(line.text) > 200 and not line.kept):
        return None
    folded = line.folded[:STAMP_WITHIN] if line.kept else line.folded
    dates = find_dates(folded, pack)
    if not dates and line.kind == BlockKind.DATE_STAMP and len(line.text) <= 40:
        short = find_short_date(line.folded, pack)
        dates = [short] if short else []
    updated: FoundDate | None = None
    for found in dates:
        before = folded[max(0, found.start - 40) : found.start]
        published = _PUBLISHED.search(before) is not None
        if not _stands_as_stamp(line, found, into_body, published):
            continue
        if not pack.update_words.isdisjoint(words_of(before)[-3:]):
            updated = updated or found
            continue
        return found, "published" if published else ""
    return (updated, "updated") if updated else None


def _stands_as_stamp(line: Line, found: FoundDate, into_body: int, published: bool) -> bool:
    """Whether a date is a stamp rather than told of: it is much of its line, or "published" stands before it; in the first lines
    of the body only where the line is no sentence or starts so."""
    share = (found.end - found.start) / len(line.text)
    if not line.kept:
        return share >= (0.08 if published or line.kind in (BlockKind.BYLINE, BlockKind.DATE_STAMP) else STAMP_SHARE)
    if line.sentence or len(line.text) > 120:
        return published and into_body < BODY_LINES_OF_HEAD and found.start < 30
    return share >= (STAMP_SHARE if into_body < 2 else 0.5) or (published and into_body < BODY_LINES_OF_HEAD)


def _read_day(found: FoundDate, lines: Sequence[Line], pack: Pack) -> str:
    """The day of a date that can be read two ways, as the other dates of the page are written."""
    if found.other is None:
        return found.iso
    first = second = 0
    for line in lines:
        if "/" in line.text and len(line.text) <= 200:
            for match in _SLASHED.finditer(line.text):
                first += int(match[1]) > 12
                second += int(match[2]) > 12
    month_first_read = found.iso[5:7] != found.other[5:7] and pack.language in ("en", "any")
    return found.other if month_first_read and first > second else found.iso


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


_SAID_PUBLISHED = re.compile(
    r"\b(?:this|der|dieser|dieses|diese|cet|cette|este|esta|эта|этот|цей|ця) (?:\w+ ){0,2}?(?:article|story|post|piece|column|report|interview|"
    r"essay|review|artikel|text|beitrag|artículo|nota|texto|статья|материал|стаття|матеріал)\b.{0,60}\b(?:published|appeared|posted|ran|aired|"
    r"erschien\w*|veröffentlicht|publié|paru|publicad[oa]|опубликован\w*|опублікован\w*)\b[^.!?]{0,60}$"
)


def told_day(lines: Sequence[Line], pack: Pack, body_end: int) -> str | None:
    """The day on which a sentence near the end says that the article was published."""
    kept = [place for place, line in enumerate(lines[:body_end]) if line.kept][-TOLD_KEPT:]
    for place in [*kept, *range(body_end, min(body_end + STAMP_TAIL, len(lines)))]:
        folded = lines[place].folded[:400]
        for found in find_dates(folded, pack) if lines[place].sentence else ():
            if _SAID_PUBLISHED.search(folded[max(0, found.start - 200) : found.start]):
                return found.iso
    return None


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


def read_metadata(lines: Sequence[Line], texts: Sequence[str], prefixes: Sequence[GluedPrefix], pack: Pack) -> Metadata:
    """Fields of a judged page but for its title; `texts` as find_bylines has them. Lines that hold the byline are no longer body."""
    take_standfirst_repeats(lines, extent(lines)[0])
    names = take_bylines(lines, texts, pack)
    start, end = extent(lines)
    name_kinds(lines, texts, end, pack)
    glued = next((p.value for p in prefixes if p.kind == BlockKind.DATE_STAMP), None)
    stamp = (glued, DateSource.STAMP) if glued else find_stamp(lines, pack, start, end)
    dateline, day = dateline_and_day([line.text for line in lines if line.kept], pack)
    credit = next((p.value for p in prefixes if p.kind == BlockKind.PHOTO_CREDIT), None)
    if credit is None:
        first = lines[start : start + BODY_LINES_OF_HEAD]
        shown = [
            *(line for line in lines if line.kind in _CREDITING),
            *(line for line in first if line.kept and is_credited(line.folded)),
        ]
        credits = (photo_credit_of(line.text) for line in shown)
        credit = next((credit for credit in credits if credit), None)
    if stamp is None and day:
        stamp = day, DateSource.DATELINE
    if stamp is None:
        told = told_day(lines, pack, end)
        stamp = (told, DateSource.TEXT) if told else None
    return Metadata(
        date=stamp[0] if stamp else None,
        date_source=stamp[1] if stamp else None,
        byline=", ".join(names) or None,
        dateline=dateline,
        section=_section(lines, start),
        photo_credit=credit,
    )
