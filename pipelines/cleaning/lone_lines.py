"""Lines that only their shape tells from the article, in a text that is all sentences else: what closes it without a stop, and a link to
another story behind a label or an arrow.

What a line is by its words is said in `lines.py`, what stands at the head of a page in `heads.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.cleaning.boilerplate_file import unspaced_words
from pipelines.cleaning.lines import Line
from pipelines.vocabulary import BlockKind

LEAST_SENTENCES = 3
MOST_LONE, MOST_CLOSING = 2, 3  # lines that are no sentences: those that do not close the text, and those that do
MOST_WORDS = 18  # of such a line
MOST_WORDS_OF_A_LABEL = 4
LEAST_OF_A_TITLE = 3  # words of another story's headline; letters where no blanks part them count half
_STOPS = frozenset('.!?…。！？؟।"”’»')
_END_MARKS = " ♦■●◆□∎*"
_BULLETS = frozenset("-–—•*▪■·→➔✓✔0123456789")
_CLOSING = frozenset(")]】）")
_MARK = r"[:：|｜>＞»→]"
_LABEL = r"[^\W\d_][\w'’-]*\.?(?: [\w'’-]+){0,3}"
# "Read on: …", "[More] …", "» …", "… » More"
_LINKING = re.compile(
    rf"\W{{0,2}}{_LABEL} ?{_MARK}+ ?(?P<behind>\w.*)|[\[【〔＜<]{_LABEL}[\]】〕＞>] ?(?P<boxed>\w.*)|[»☞›] ?(?P<pointed>[^«]+)|(?P<before>\w.*?) ?[»→›>]+ ?(?:{_LABEL})?"
)


def take_lone_lines(lines: Sequence[Line]) -> None:
    """Of a text that is all sentences but for a few lines, those that close it and those that lead to another story are no body."""
    if len(lines) > 1 and not any(map(str.isalnum, lines[-1].text)):
        lines[-1].remove(BlockKind.OTHER, "rule: a mark that closes the text")
        lines = lines[:-1]
    odd = [place for place, line in enumerate(lines) if not line.sentence and _is_odd(line)]
    if not odd or sum([line.sentence or _ends(line) for line in lines]) < LEAST_SENTENCES:
        return
    closing = [place for number, place in enumerate(reversed(odd)) if place == len(lines) - 1 - number]
    if len(odd) - len(closing) > MOST_LONE:
        return
    if (
        len(closing) <= MOST_CLOSING
        and all(_may_close(lines[place]) for place in closing)
        and _ends(lines[len(lines) - 1 - len(closing)])
    ):
        for place in closing:
            lines[place].remove(BlockKind.OTHER, "rule: closes the text without a stop")
    for place in odd:
        if _is_pair(lines, place, odd):
            for line in lines[place - 1 : place + 1]:
                line.remove(BlockKind.RELATED, "rule: a label and another story's headline, among sentences")
        alone = 0 < place < len(lines) - 1 and place - 1 not in odd and place + 1 not in odd
        if alone and _links(lines[place].text):
            lines[place].remove(BlockKind.RELATED, "rule: leads to another story, among sentences")


def _is_odd(line: Line) -> bool:
    """Whether a line that is no sentence does not end like one either; one with a bullet or an entry's is part of a list. Titles with a price
    in brackets count: three of them say that the text is more than sentences."""
    return (
        (not line.entry or line.text[-1] in _CLOSING)
        and not _ends(line)
        and line.text[-1] not in ":;,"
        and line.text[0] not in _BULLETS
    )


def _is_pair(lines: Sequence[Line], place: int, odd: Sequence[int]) -> bool:
    """Whether a headline stands below a label, and both among sentences."""
    if not 2 <= place < len(lines) - 1 or place + 1 in odd or place - 2 in odd:
        return False
    label, title = lines[place - 1], lines[place]
    worded = 0 < label.word_count <= MOST_WORDS_OF_A_LABEL and not any(map(str.isdigit, label.text))
    labels = worded and not label.sentence and label.text[-1] not in ":;,.!"  # "Roe told the Post:" announces what it said
    goes_on = lines[place + 1].text[0] in _BULLETS and not lines[place + 1].sentence  # the two are over a list
    return labels and not goes_on and LEAST_OF_A_TITLE <= title.word_count <= MOST_WORDS


def _may_close(line: Line) -> bool:
    return line.word_count <= MOST_WORDS and ("@" in line.text or not any(map(str.isdigit, line.text)))


def _ends(line: Line) -> bool:
    """Whether a line ends like the last sentence of a text, with or without an end mark."""
    return line.text.rstrip(_END_MARKS)[-1:] in _STOPS


def _links(text: str) -> bool:
    """Whether a line leads to another story. One all in brackets may be what a transcript says of sounds: "[Music: a waltz]"."""
    match = None if text[-1] in _CLOSING else _LINKING.fullmatch(text)
    if match is None:
        return False
    title = next(part for part in match.groups() if part)
    return max(len(title.split()), unspaced_words(title)) >= LEAST_OF_A_TITLE
