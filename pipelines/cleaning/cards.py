"""Boilerplate that shows by what stands together: a teaser with label and age, other stories with their days, an author with role and
biography, a counter next to a share button."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.cleaning.boxes import OTHER_STORIES, mark_boxes
from pipelines.cleaning.datelines import find_dateline
from pipelines.cleaning.dates import is_date_alone
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line
from pipelines.vocabulary import BlockKind

LINK = "card: another story's headline, below a label or behind an arrow"
_RELATED, _BIOGRAPHY = BlockKind.RELATED, BlockKind.AUTHOR_BIO
_ARROWS = frozenset("►▶➤→>☞👉🔗")
_NO_LINK = frozenset(".:,;。：，；")
_NUMERIC = frozenset("0123456789.,")
_TELLING_SIGNS = _ARROWS | _NUMERIC
LONGEST_TEASER = 4  # lines between the section label and the age
MOST_WORDS_OF_A_LINK = 18
HEADLINE_WORDS = 3  # least of another story's headline
MIN_ENTRIES, MAX_COMMON = (
    2,
    0.1,
)  # headlines with days above an opening without a dateline, and its share of words that the article has
OUTLET_WORDS = 4
MOST_LINKS, LINK_WORDS = 5, 5  # below one label, and words of those after the first without bullets
MAX_AUTHORS = 2  # with nothing but a biography; more names, each with a text that begins with it, are what the article tells of


def mark_cards(lines: Sequence[Line], lexicon: Lexicon) -> None:
    """Sets the verdict of every line of a card."""
    for place in _teaser_lines(lines):
        line = lines[place]
        kind = line.label or (line.sure.kind if line.sure else BlockKind.RELATED)
        line.remove(kind, "card: a section label, a text and its age at the end of the page")
    marked = [place for place, line in enumerate(lines) if line.label is not None or line.hits]
    short = [
        place for place, line in enumerate(lines) if line.word_count <= OUTLET_WORDS or line.name or line.text[0] in _TELLING_SIGNS
    ]
    named = [place for place in short if lines[place].name]
    leads = any(lines[place].label is _RELATED for place in marked)
    for place in _other_stories(lines, lexicon) if leads else ():
        lines[place].remove(BlockKind.RELATED, OTHER_STORIES)
    for place in _links(lines) if leads or any(lines[place].text[0] in _ARROWS for place in short) else ():
        lines[place].remove(BlockKind.RELATED, LINK)
    mark_boxes(lines, marked, named, lexicon)
    tells_of_people = len(named) > MAX_AUTHORS and sum(_has_biography(lines, place) for place in named) > MAX_AUTHORS
    outlets = {place - 1 for place in marked if (weak := lines[place].weak) and weak.kind is _BIOGRAPHY}
    for place in short:
        line = lines[place]
        if line.name and line.kept:
            _mark_author(lines, place, lexicon, tells_of_people)
        elif place in outlets and line.kept and _is_outlet(line, lines[place + 1], lexicon):
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


def _links(lines: Sequence[Line]) -> list[int]:
    """Headlines that stand between an article's lines as links: right below a label that leads to other stories, or behind an arrow of
    their own. Several with an arrow are a list."""
    found: list[int] = []
    read = False
    for place, line in enumerate(lines):
        below = place > 0 and lines[place - 1].label is _RELATED
        if read and line.kept and (below or line.text[0] in _ARROWS) and _may_be_headline(line) and _is_link(line):
            near = [lines[other].text[0] for other in (place - 1, place + 1) if other < len(lines)]
            if below or line.text[0] not in near:
                found += [place, *_more_links(lines, place)] if below else [place]
        read = read or line.sentence
    return found


def _more_links(lines: Sequence[Line], first: int) -> list[int]:
    """The headlines right below the first one under a label, up to the article's next sentence. One of a few words, or with a word of that
    sentence, may be a heading over it, and so may one without the bullet of the first."""
    found: list[int] = []
    bullet = None if lines[first].text[0].isalnum() else lines[first].text[0]
    for place in range(first + 1, min(first + MOST_LINKS, len(lines))):
        line = lines[place]
        if line.sentence:
            return [other for other in found if other < place - 1 or bullet or lines[other].long_words.isdisjoint(line.long_words)]
        listed = line.text[0] == bullet if bullet else line.word_count >= LINK_WORDS
        if not (listed and _may_be_headline(line) and _is_link(line)):
            return found
        found.append(place)
    return []


def _is_link(line: Line) -> bool:
    return line.word_count <= MOST_WORDS_OF_A_LINK and line.text[-1] not in _NO_LINK


def _other_stories(lines: Sequence[Line], lexicon: Lexicon) -> list[int]:
    """Headlines that each stand next to a day, below a label that leads to other stories and an article, with the openings of those
    stories. The opening of the last is told from the article's next paragraph by its dateline, or where nothing else follows by its
    words."""
    found: list[int] = []
    labels = [place for place, line in enumerate(lines) if line.kept and line.label is _RELATED]
    label = labels[0] if labels else None
    if label is None:
        return []
    article = [line for line in lines[:label] if line.sentence]
    place, entries = label + 1, 0
    while _is_entry(lines, place, lexicon):
        found += [place, place + 1]
        place, entries = place + 2, entries + 1
        if place < len(lines) and lines[place].sentence and _is_entry(lines, place + 1, lexicon):
            found.append(place)
            place += 1
    openings = sum(len(lines[place].text) for place in found if lines[place].sentence)
    if not entries or not article or openings > sum(len(line.text) for line in article):
        return []
    if place < len(lines) and lines[place].sentence:
        last = not any(line.sentence for line in lines[place + 1 :])
        if find_dateline(lines[place].text, lexicon) or (last and entries >= MIN_ENTRIES and _is_elsewhere(lines[place], article)):
            found.append(place)
    return found


def _is_entry(lines: Sequence[Line], place: int, lexicon: Lexicon) -> bool:
    """Whether two lines are a headline and a day or an age, in either order."""
    if place + 1 >= len(lines):
        return False
    one, other = lines[place], lines[place + 1]
    return (_may_be_headline(one) and _is_day(other, lexicon)) or (_is_day(one, lexicon) and _may_be_headline(other))


def _may_be_headline(line: Line) -> bool:
    return line.word_count >= HEADLINE_WORDS and line.label is None and (not line.sentence or line.text[-1] in "?!")


def _is_day(line: Line, lexicon: Lexicon) -> bool:
    return _is_age(line) or is_date_alone(line.folded, lexicon)


def _is_elsewhere(line: Line, article: Sequence[Line]) -> bool:
    """Whether a line has hardly a longer word of the article."""
    known = frozenset[int]().union(*(other.long_words for other in article))
    return len(line.long_words & known) <= MAX_COMMON * len(line.long_words)


def _is_age(line: Line) -> bool:
    return line.sure is not None and line.sure.kind == BlockKind.TIMESTAMP


def _is_outlet(line: Line, note: Line, lexicon: Lexicon) -> bool:
    """Whether a line of few words is the name of an outlet that the next line tells about as one does at the foot of a page."""
    if not 0 < line.word_count <= OUTLET_WORDS or line.sentence or not line.text[0].isupper():
        return False
    return note.text.startswith(tuple(f"{line.text} {word} " for word in lexicon.words.being))


def _has_biography(lines: Sequence[Line], place: int, after: int | None = None) -> bool:
    """Whether the line at `after` (the next one, unless said) begins with the name at `place` and tells of it."""
    after = place + 1 if after is None else after
    return after < len(lines) and lines[after].text.startswith(lines[place].text + " ") and lines[after].word_count > 6


def _mark_author(lines: Sequence[Line], place: int, lexicon: Lexicon, tells_of_people: bool) -> None:
    """A name, up to two lines with a role, and a text that begins with the name; one of the two must be there, and among
    people that the article tells of, the role."""
    if lines[place].folded.startswith(tuple(lexicon.words.letter_openings)):
        return
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
