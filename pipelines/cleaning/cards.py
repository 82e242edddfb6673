"""Boilerplate that shows by what stands together: a teaser with label and age, an author with role and biography, a counter
next to a share button."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line
from pipelines.vocabulary import BlockKind

_NUMERIC = "0123456789.,"
LONGEST_TEASER = 4  # lines between the section label and the age
OUTLET_WORDS = 4
MAX_AUTHORS = 2  # with nothing but a biography; more names, each with a text that begins with it, are what the article tells of


def mark_cards(lines: Sequence[Line], lexicon: Lexicon) -> None:
    """Sets the verdict of every line of a card."""
    for place in _teaser_lines(lines):
        line = lines[place]
        kind = line.label or (line.sure.kind if line.sure else BlockKind.RELATED)
        line.remove(kind, "card: a section label, a text and its age at the end of the page")
    tells_of_people = sum(line.name and _has_biography(lines, place) for place, line in enumerate(lines)) > MAX_AUTHORS
    for place, line in enumerate(lines):
        if line.name and line.kept:
            _mark_author(lines, place, lexicon, tells_of_people)
        elif line.kept and _is_outlet(lines, place, lexicon):
            for part in lines[place : place + 2]:
                part.remove(BlockKind.AUTHOR_BIO if part is not line else BlockKind.BYLINE, "card: an outlet's name and what it is")
        elif line.word_count == 0 or (line.text[0] in _NUMERIC and line.text.replace(",", "").replace(".", "").isdigit()):
            _mark_counter(lines, place)


def _teaser_lines(lines: Sequence[Line]) -> list[int]:
    found: list[int] = []
    end = len(lines)
    while end > 1 and _is_age(lines[end - 1]):
        labels = (i for i in range(end - 2, max(end - 3 - LONGEST_TEASER, 0), -1) if lines[i].label == BlockKind.SECTION_LABEL)
        start = next(labels, None)
        if start is None:
            break
        found.extend(range(start, end))
        end = start
    return found


def _is_age(line: Line) -> bool:
    return line.sure is not None and line.sure.kind == BlockKind.TIMESTAMP


def _is_outlet(lines: Sequence[Line], place: int, lexicon: Lexicon) -> bool:
    """Whether a line of few words is the name of an outlet that the next line tells about as one does at the foot of a page."""
    line = lines[place]
    if not 0 < line.word_count <= OUTLET_WORDS or line.sentence or not line.text[0].isupper() or place + 1 == len(lines):
        return False
    note = lines[place + 1]
    tells = tuple(f"{line.text} {word} " for word in lexicon.words.being)
    return note.weak is not None and note.weak.kind == BlockKind.AUTHOR_BIO and note.text.startswith(tells)


def _has_biography(lines: Sequence[Line], place: int, after: int | None = None) -> bool:
    """Whether the line at `after` (the next one, unless said) begins with the name at `place` and tells of it."""
    after = place + 1 if after is None else after
    return after < len(lines) and lines[after].text.startswith(lines[place].text + " ") and lines[after].word_count > 6


def _mark_author(lines: Sequence[Line], place: int, lexicon: Lexicon, tells_of_people: bool) -> None:
    """A name, up to two lines with a role, and a text that begins with the name; one of the two must be there, and among
    people that the article tells of, the role."""
    after = place + 1
    while (
        after < len(lines)
        and after <= place + 2
        and (_is_role(lines[after], lexicon) or lines[after].label == BlockKind.AUTHOR_BIO)
    ):
        after += 1
    has_bio = _has_biography(lines, place, after)
    if after == place + 1 and (tells_of_people or not has_bio):
        return
    for line in lines[place:after]:
        line.remove(BlockKind.BYLINE, "card: an author's name with role or biography")
    if has_bio:
        lines[after].remove(BlockKind.AUTHOR_BIO, "card: an author's name with role or biography")


def _is_role(line: Line, lexicon: Lexicon) -> bool:
    return 0 < line.word_count <= 8 and not line.sentence and any(word in lexicon.words.role_words for word in line.words)


def _mark_counter(lines: Sequence[Line], place: int) -> None:
    neighbours = [lines[i] for i in (place - 1, place + 1) if 0 <= i < len(lines)]
    if any(x.label == BlockKind.SHARE_WIDGET or (x.sure and x.sure.kind == BlockKind.SHARE_WIDGET) for x in neighbours):
        lines[place].remove(BlockKind.COUNTER, "card: a number beside a share button")
