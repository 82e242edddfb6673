"""Names that may be the authors: which lines near the headline, in the body and below it give names, and in which way.

Which names a line gives is read in `bylines.py` and `biographies.py`; what speaks for them stands in `author_signs.py`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pipelines.cleaning.biographies import name_in_address, names_of_biography, tells_of_writer
from pipelines.cleaning.bylines import (
    BEFORE_BYLINE,
    name_alone,
    names_after_date,
    names_after_label,
    names_after_signature,
    names_alone,
    names_at_start,
    names_in_byline,
    names_linked,
    organisation,
    outlet_of,
)
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import TAIL, Line, head_of, last_title
from pipelines.cleaning.person_names import names_of, starts_with_name
from pipelines.letters import CAPITAL
from pipelines.vocabulary import BlockKind

FAR_HEAD, HEAD = 60, 30  # lines above the body under the headline, above the body elsewhere
LAST_KEPT = 2  # lines at the end of the body
MAX_INSIDE = 4  # paragraphs inside the body that call someone their writer
MIN_OTHERS = 2  # lines with "By" below a label that leads to other stories
MORE_NAMES_WITHIN = 4  # lines under a byline word where more names may stand, one by one
LONGEST_SIGNED, LONGEST_KEPT, LONGEST_LINE = 160, 90, 400  # characters of a line without end mark, of a kept one, of any
MAX_SEARCHED = 100_000  # characters of the sentences that are searched for a name
GLUED_BYLINE = 160  # characters at the start of a body that may hold a byline


_TITLE, _CAPTION = BlockKind.TITLE, BlockKind.CAPTION
_TWO_CAPITALS = re.compile(rf"{CAPITAL}[\w.'’‘-]*,? (?:[a-z]{{1,3}} )?{CAPITAL}")


class Way(StrEnum):
    """How a line gives names; a weight each."""

    BY = "by"  # one word, "By"
    REPORTED = "reported"  # a phrase, "reporting by"
    BELOW_BY = "below_by"
    SIGNATURE = "signature"
    GLUED = "glued"  # before the first sentence
    LINKED = "linked"
    LABELLED = "labelled"
    ALONE = "alone"
    OUTLET = "house"
    SOURCE = "source"
    SET_OFF = "set_off"
    OPENED = "opened"
    AFTER_DATE = "after_date"
    BIOGRAPHY = "biography"
    ADDRESS = "address"


class Region(StrEnum):
    """Where a line stands."""

    OVER = "over"  # the headline
    UNDER = "under"
    FIRST = "first"  # of the kept lines
    INSIDE = "inside"
    LAST = "last"
    TAIL = "tail"


BY_WORDS = (Way.BY, Way.REPORTED, Way.BELOW_BY, Way.SIGNATURE)


class Candidate(NamedTuple):
    """Names that one line gives, or a few lines one by one. `rest` is what else the line says, folded."""

    place: int
    names: tuple[str, ...]
    found: Way
    where: Region
    places: tuple[int, ...]
    rest: str


class PageText(NamedTuple):
    """`body`: its sentences, folded; `prose`: all sentences as they are; `around`: what was removed near the head and the foot."""

    body: str
    prose: str
    around: str
    title: str


@dataclass(frozen=True)
class Page:
    """A judged page. `texts` are its lines with runs of blanks as ` | `: what stands apart is not one name."""

    lines: Sequence[Line]
    texts: Sequence[str]
    lexicon: Lexicon
    body_start: int
    body_end: int
    headline: int
    head: Sequence[int]

    @functools.cached_property
    def says(self) -> PageText:
        """What it says, to be searched for names; made for pages on which there are candidates."""
        sentences = [line for line in self.lines if line.sentence]
        prose = [line.text for line in sentences]
        body = [line.folded for line in sentences if line.kept]
        near = [*map(self.lines.__getitem__, self.head), *self.lines[self.body_end : self.body_end + TAIL]]
        around = [line.text for line in near if not line.kept and line.kind is not _TITLE]
        title = " ".join([self.lines[place].folded for place in self.head if self.lines[place].kind is _TITLE])
        return PageText("\n".join(body)[:MAX_SEARCHED], "\n".join(prose)[:MAX_SEARCHED], "\n".join(around)[:MAX_SEARCHED], title)


def page_of(lines: Sequence[Line], texts: Sequence[str], lexicon: Lexicon, body_start: int, body_end: int) -> Page:
    """`lines` from the first to the last kept one, end-exclusive, are the body."""
    head = head_of(lines, body_start, FAR_HEAD)
    headline = last_title(lines, head)
    head = [place for place in head if place >= body_start - HEAD or 0 <= headline < place]
    return Page(lines, texts, lexicon, body_start, body_end, headline, head)


def candidates_in(page: Page, regions: Mapping[int, Region]) -> list[Candidate]:
    """Names in the order of the page; no line is in two."""
    found: list[Candidate] = []
    taken: set[int] = set()
    for place, where in regions.items():
        candidate = None if place in taken else _candidate(page, place, where)
        if candidate:
            found.append(candidate)
            taken.update(candidate.places)
    others = [candidate for candidate in found if _is_of_other_story(page, candidate)]
    return [candidate for candidate in found if len(others) < MIN_OTHERS or candidate not in others]


def _is_of_other_story(page: Page, candidate: Candidate) -> bool:
    """Whether a line with "By" stands below the article and a label that leads to other stories; several are theirs, one may be its own."""
    if candidate.found is not Way.BY or candidate.where is not Region.TAIL:
        return False
    return any(line.label is BlockKind.RELATED for line in page.lines[page.body_end : candidate.place])


def head_regions(page: Page) -> dict[int, Region]:
    """The lines of the head that may hold an author's name, and where each stands: `over` or `under` the headline, or `first` of the
    kept ones."""
    start, end = page.body_start, page.body_end
    first, over, under = Region.FIRST, Region.OVER, Region.UNDER
    return {
        place: first if start <= place < end and page.lines[place].kept else over if place < page.headline else under
        for place in page.head
    }


def other_regions(page: Page) -> dict[int, Region]:
    """The same of other lines: `inside` the body those that call someone a writer, `last` of the kept ones, the `tail` below them."""
    lines, start, end = page.lines, page.body_start, page.body_end
    inside = [
        place
        for place, line in enumerate(lines[start:end], start)
        if line.kept and line.sentence and line.counts[2] and tells_of_writer(line.text, page.lexicon)
    ]
    last = [place for place in range(max(start, end - 2 * LAST_KEPT), end) if lines[place].kept][-LAST_KEPT:]
    where = dict.fromkeys(inside[:MAX_INSIDE], Region.INSIDE)
    where |= dict.fromkeys(last, Region.LAST)
    where |= dict.fromkeys(range(end, min(end + TAIL, len(lines))), Region.TAIL)
    return {place: region for place, region in where.items() if place not in page.head}


def _candidate(page: Page, place: int, where: Region) -> Candidate | None:
    line, lexicon = page.lines[place], page.lexicon
    kind = line.kind
    if line.entry or kind is _TITLE or (kind is _CAPTION and not _is_of_author(line, lexicon)):
        return None
    text = page.texts[place]
    text = text if text.isascii() else text.replace("\xa0", " ")
    if len(text) <= 24:
        label = line.folded.strip(" :—–-•*")
        if label in lexicon.byline_words:
            return _below(page, place, where)
        if label in lexicon.bylines.source_words and place + 1 < len(page.lines):
            outlet = organisation(page.texts[place + 1], lexicon)
            return Candidate(place + 1, tuple(outlet), Way.SOURCE, where, (place + 1,), "") if outlet else None
    given = (_names_in_sentence if _is_sentence_like(line, text, where) else _names_on)(line, text, where, lexicon)
    if given is None or not given[0]:
        return None
    names, found = given
    rest = line.folded
    for name in names:
        rest = rest.replace(name.lower(), " ")
    return Candidate(place, tuple(names), found, where, (place,), rest)


def _is_of_author(line: Line, lexicon: Lexicon) -> bool:
    """Whether a line that ends with an agency is a byline all the same: a name, "By", "Words:", or a name with "(with AFP)"."""
    inside = line.folded.partition("(")[2]
    named = line.name or line.folded.startswith(lexicon.byline_words) or bool(names_after_label(line.text, lexicon))
    return named or inside.startswith(tuple(lexicon.bylines.agency_openers))


def _is_sentence_like(line: Line, text: str, where: Region) -> bool:
    """Whether a line is a sentence or too long for a byline; one with a date in the head, that ends in "p.m.", is not."""
    if len(text) > LONGEST_SIGNED or not line.sentence:
        return len(text) > LONGEST_SIGNED
    *_, month, year = line.counts
    return where in (Region.LAST, Region.INSIDE, Region.TAIL) or len(text) > LONGEST_KEPT or not (month and year)


def _names_on(line: Line, text: str, where: Region, lexicon: Lexicon) -> tuple[list[str], Way] | None:
    """The names that a line without end mark gives, and how it gives them."""
    if line.folded.lstrip(BEFORE_BYLINE).startswith(lexicon.byline_words):
        names = names_in_byline(text, lexicon)
        if names:
            return names, _by_what(line, lexicon)
    if _TWO_CAPITALS.search(text) is None:
        return None
    names = names_after_signature(text, lexicon)
    if names:
        return names, Way.SIGNATURE
    if line.label is not None:
        return None
    for found, names_by in _FIELDS:
        names = names_by(text, lexicon)
        if names:
            return names, found
    if starts_with_name(text.lstrip(BEFORE_BYLINE), lexicon):
        names = _alone(line, lexicon)
        if names:
            return names, Way.ALONE
        names = names_at_start(text, lexicon, True)
        if names:
            return names, Way.SET_OFF if names_at_start(text, lexicon) else Way.OPENED
    if where in (Region.TAIL, Region.LAST):
        names = names_of_biography(text, lexicon) if line.counts[2] or "@" in text else []
        return (names, Way.BIOGRAPHY) if names else (name_in_address(text), Way.ADDRESS)
    names = names_after_date(text, lexicon)
    if names or line.folded.startswith(lexicon.byline_words):
        return names, Way.AFTER_DATE
    return outlet_of(text, lexicon), Way.OUTLET


def _by_what(line: Line, lexicon: Lexicon) -> Way:
    """Whether it is one word or a phrase that names the authors."""
    start = line.folded.lstrip(BEFORE_BYLINE)
    return Way.REPORTED if " " in next(word for word in lexicon.byline_words if start.startswith(word)) else Way.BY


def _signed_with_bar(text: str, lexicon: Lexicon) -> list[str]:
    """Names after "written by" in the last of several fields of a line."""
    fields = text[:LONGEST_LINE].split(" | ")
    return names_after_signature(fields[-1] + " ", lexicon) if len(fields) > 1 else []


def _names_in_sentence(line: Line, text: str, where: Region, lexicon: Lexicon) -> tuple[list[str], Way] | None:
    """The names of a sentence: "written by", a biography, an address."""
    if where == Region.FIRST:
        return names_in_byline(text[:GLUED_BYLINE], lexicon) or _signed_with_bar(text, lexicon), Way.GLUED
    if len(text) > LONGEST_LINE and where != Region.TAIL:
        return None
    if line.folded.lstrip(BEFORE_BYLINE).startswith(lexicon.byline_words):
        names = names_in_byline(text[:GLUED_BYLINE], lexicon)
        if names:
            return names, _by_what(line, lexicon)
    names = names_after_signature(text, lexicon)
    if names:
        return names, Way.SIGNATURE
    if where in (Region.UNDER, Region.OVER):
        return None
    names = names_of_biography(text, lexicon)
    return (names, Way.BIOGRAPHY) if names else (name_in_address(text[:LONGEST_LINE]), Way.ADDRESS)


def _alone(line: Line, lexicon: Lexicon) -> list[str]:
    """The name or names that a line is, also in capitals."""
    alone = line.text.strip() if line.name else name_alone(line.text, lexicon)
    return [alone] if alone else names_alone(line.text, lexicon)


_FIELDS = ((Way.LINKED, names_linked), (Way.LABELLED, names_after_label))


def _below(page: Page, place: int, where: Region) -> Candidate | None:
    """Names, or one organisation, on the lines after a line that is only "By"."""
    found: list[str] = []
    at = [place]
    for below in range(place + 1, min(place + 2 + 2 * MORE_NAMES_WITHIN, len(page.lines))):
        line = page.lines[below]
        text = page.texts[below].lstrip(BEFORE_BYLINE)
        if found and line.folded.strip(" :") in page.lexicon.byline_words:
            at.append(below)
            continue
        if line.sentence or len(text) > LONGEST_SIGNED:
            break
        names = names_linked(text, page.lexicon) or names_of(text, page.lexicon)
        if not page.lexicon.label_words.isdisjoint(word for name in names for word in name.lower().split()[1:]):
            names = []
        joiner = found and line.folded in page.lexicon.bylines.line_joiners
        if names and (not found or line.name or page.lines[below - 1].folded.strip(" :") in page.lexicon.byline_words):
            found.extend(name for name in names if name not in found)
            at.append(below)
        elif not joiner and (found or below > place + 1):
            break
        elif not found and line.label in (None, BlockKind.PHOTO_CREDIT) and line.word_count <= 4:
            found = organisation(text, page.lexicon)
            if found:
                at.append(below)
                break
    return Candidate(place, tuple(found), Way.BELOW_BY, where, tuple(at), "") if found else None
