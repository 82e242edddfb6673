"""Boxes of other things below and between an article, which score like it line by line: stories listed by turns of headline, name and day,
links with bullets below a label, what readers say, and appeals of several paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.cleaning.dates import is_date_alone
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line
from pipelines.cleaning.reached import is_reached
from pipelines.vocabulary import BlockKind

OTHER_STORIES = "card: other stories with their days, below a label"
BY_TURNS = "card: other stories by turns of headline, name and day"
BULLETS = "card: links with bullets below a label"
READERS = "card: what readers say, each with name and time"
APPEALS = "card: an appeal of several paragraphs"
NOTES = "card: how to reach the press, below the end mark"
MAX_BELOW_END, END_WORDS = 12, 1  # lines below the mark that ends a press release, and words of the mark
MAX_SHARE_BELOW = 0.75  # of the words above it
MIN_TURNS, TURN = 3, (3, 4)  # stories, and lines of each: headline, name, day, and mostly its opening
MIN_ARTICLE = 3  # sentences that nothing marks above a box that only stands below an article
HEADLINE_WORDS = 3
LINK_WORDS, MIN_LINKS = (5, 30), 2  # of each link, and links of a list
MIN_HEADS, HEAD_WORDS = 2, 12
TO_FIRST_HEAD, TO_ONLY_HEAD = 8, 2  # lines below the number of comments, to the first of several and to the only one
APPEAL_REACH = 3  # lines between two lines of one appeal
_BULLETS = frozenset("*+•·-–—>»▶►")
_CLOCK = re.compile(r"\d[:.h]\d\d(?!\d)")
_APPEALS = (BlockKind.APPEAL,)
_SPOKEN = (BlockKind.COMMENTS, BlockKind.COUNTER)


def mark_boxes(lines: Sequence[Line], marked: Sequence[int], named: Sequence[int], lexicon: Lexicon) -> None:
    """Sets the verdict of every line of a box. `marked` and `named`: the places of lines that a rule or a label marks, and of names."""
    marked = [place for place in marked if lines[place].kept]
    found = [(place, BlockKind.RELATED, BY_TURNS) for place in _by_turns(lines, named, lexicon)]
    found += [(place, BlockKind.RELATED, BULLETS) for place in _links(lines, marked)]
    found += [(place, BlockKind.COMMENTS, READERS) for place in _readers(lines, marked)]
    found += [(place, BlockKind.APPEAL, APPEALS) for place in _appeals(lines, marked)]
    found += [(place, BlockKind.CONTACT, NOTES) for place in _below_end(lines)]
    for place, kind, reason in found:
        if lines[place].kept:
            lines[place].remove(kind, reason)


def is_teaser(line: Line) -> bool:
    """Whether a line leads to another story."""
    if line.reason == OTHER_STORIES:
        return True
    if line.label is not None:
        return line.label == BlockKind.RELATED
    return line.sure is not None and line.sure.kind == BlockKind.RELATED


def names_other_story(line: Line) -> bool:
    """Whether a line is a link with the title of the story that it leads to, and no label above one."""
    return line.label is None and line.rule is not None and line.rule.kind == BlockKind.RELATED


def _kind(line: Line) -> BlockKind | None:
    return line.label or (line.rule.kind if line.rule else None)


def _article_above(lines: Sequence[Line], place: int) -> bool:
    return sum(line.sentence and not line.flagged for line in lines[:place]) >= MIN_ARTICLE


def _prose(lines: Sequence[Line]) -> int:
    """Words in sentences that nothing marks."""
    return sum(line.word_count for line in lines if line.sentence and not line.flagged)


def _by_turns(lines: Sequence[Line], named: Sequence[int], lexicon: Lexicon) -> Iterator[int]:
    """Stories that each have a headline, a name and a day below one another, and one sentence at most between them."""
    days = [
        place + 1
        for place in named
        if 0 < place < len(lines) - 1
        and not lines[place - 1].sentence
        and lines[place - 1].word_count >= HEADLINE_WORDS
        and is_date_alone(lines[place + 1].folded, lexicon)
    ]
    for run in _runs(days, TURN):
        if len(run) >= MIN_TURNS and _article_above(lines, run[0] - 2):
            has_opening = run[-1] - run[-2] == TURN[1]
            yield from range(run[0] - 2, min(run[-1] + 1 + has_opening, len(lines)))


def _runs(places: Sequence[int], steps: tuple[int, int]) -> list[list[int]]:
    """Places that follow each other at a distance within `steps`."""
    runs: list[list[int]] = []
    for place in places:
        if runs and steps[0] <= place - runs[-1][-1] <= steps[1]:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _links(lines: Sequence[Line], marked: Sequence[int]) -> Iterator[int]:
    """Items with bullets right below a line that leads to other stories, none of which is a sentence."""
    for label in marked:
        if _kind(lines[label]) is not BlockKind.RELATED or lines[label].sentence:
            continue
        end = label + 1
        while end < len(lines) and _is_link(lines[end]):
            end += 1
        if end - label > MIN_LINKS:
            yield from range(label + 1, end)


def _is_link(line: Line) -> bool:
    return line.text[0] in _BULLETS and not line.sentence and LINK_WORDS[0] <= line.word_count <= LINK_WORDS[1]


def _readers(lines: Sequence[Line], marked: Sequence[int]) -> Iterator[int]:
    """From the first of several lines with a name, a day and a clock, a little below the number of comments under an article, to the next
    line that something else marks, or to the end where less follows than stood above."""
    counters = [place for place in marked if _kind(lines[place]) in _SPOKEN and _article_above(lines, place)]
    if not counters:
        return
    heads = [place for place in range(counters[0] + 1, len(lines)) if _is_head(lines[place])]
    distances = [
        heads[0] - counter
        for counter in counters
        if heads and not any(line.sentence and not line.flagged for line in lines[counter : heads[0]])
    ]
    near = min([distance for distance in distances if distance > 0], default=TO_FIRST_HEAD + 1)
    if near <= (TO_FIRST_HEAD if len(heads) >= MIN_HEADS else TO_ONLY_HEAD):
        end = next((place for place in range(heads[-1] + 1, len(lines)) if lines[place].flagged), len(lines))
        yield from range(heads[0], end if _prose(lines[: heads[0]]) < _prose(lines[end:]) else len(lines))


def _below_end(lines: Sequence[Line]) -> Iterator[int]:
    """What stands below the one mark that ends a press release, a few lines that say how the press is reached; several such marks part the
    items of a newsletter."""
    marks = [place for place, line in enumerate(lines) if _is_end_mark(line)]
    if len(marks) != 1 or not 0 < len(lines) - 1 - marks[0] <= MAX_BELOW_END or not _article_above(lines, marks[0]):
        return
    above, below = lines[: marks[0]], lines[marks[0] + 1 :]
    reached = any(is_reached(line.text) or _kind(line) is BlockKind.CONTACT for line in below)
    if reached and sum(line.word_count for line in below) <= MAX_SHARE_BELOW * sum(line.word_count for line in above):
        yield from range(marks[0] + 1, len(lines))


def _is_end_mark(line: Line) -> bool:
    return line.word_count <= END_WORDS and (_kind(line) is BlockKind.OTHER or not line.text.strip("# "))


def _is_head(line: Line) -> bool:
    return line.dated and line.word_count <= HEAD_WORDS and not line.sentence and _CLOCK.search(line.text) is not None


def _appeals(lines: Sequence[Line], marked: Sequence[int]) -> Iterator[int]:
    """Lines between two that ask the reader for something, below an article."""
    asking = [place for place in marked if lines[place].counts[1] and _kind(lines[place]) in _APPEALS]
    for one, other in pairwise(asking):
        if other - one <= APPEAL_REACH and _article_above(lines, one):
            yield from range(one, other + 1)
