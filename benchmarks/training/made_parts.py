"""What pages for training are made with: a page as they are learned from, its parts, and lines put into it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.lines import Line, lines_of
from pipelines.vocabulary import BlockKind

LEAST_BODY = 6  # lines of a body that lists and buttons are put into
_OPENING = re.compile(r"(.{30,260}?[.!?])(?=\s|$)")
_OPENING_WORDS = re.compile(r"(?:\S+ ){0,7}\S*[^\s.,;:!?]")

AROUND_WORDS = '.,;:!?"“”’() -–—'

Random = np.random.RandomState


@dataclass
class Page:
    """A page: its lines, and of each whether it is body (None where the gold cannot say) and how much it weighs."""

    gold: dict[str, Any]
    set: str
    lines: list[Line]
    body: list[bool | None]
    weight: list[float]
    reliable: bool

    def places(self, sentences: bool = False) -> list[int]:
        """Where its body stands, or only the body's sentences."""
        return [place for place, line in enumerate(self.lines) if self.body[place] and (line.sentence or not sentences)]


class Story(NamedTuple):
    headline: str
    opening: str
    publisher: str


@dataclass(frozen=True)
class Parts:
    """What pages are made with. `paragraphs`: a list for each page, with its publisher."""

    stories: list[Story]
    names: list[Line]
    days: list[Line]
    labels: list[Line]
    buttons: list[Line]
    wordings: list[str]
    paragraphs: list[tuple[list[Line], str]]


class New(NamedTuple):
    """A line put in before a place of a page."""

    place: int
    line: Line
    is_body: bool
    weight: float


def parts_of(pages: Sequence[Page]) -> Parts:
    parts = Parts([], [], [], [], [], [], [])
    for page in pages:
        headline, publisher = (page.gold.get("title") or "").strip(), page.gold["publisher"]
        sentences = [page.lines[place] for place in page.places(sentences=True)]
        opening = next((match[1] for line in sentences if (match := _OPENING.match(line.text))), None)
        if headline and opening:
            parts.stories.append(Story(headline, opening, publisher))
        if len(sentences) > 2:
            parts.paragraphs.append((sentences, publisher))
        for line, is_body in zip(page.lines, page.body, strict=True):
            if is_body is not False:
                continue
            _, reader_words, *_, month, year = line.counts
            if line.name and line.word_count <= 4:
                parts.names.append(line)
            elif month and year and line.word_count <= 6 and not line.sentence:
                parts.days.append(line)
            elif line.label is BlockKind.RELATED:
                parts.labels.append(line)
            if line.word_count <= 6 and not line.sentence and not line.name:
                parts.buttons.append(line)
            wording = _OPENING_WORDS.match(line.text)
            if wording and line.flagged and line.sentence and line.word_count >= LEAST_BODY and not reader_words:
                parts.wordings.append(wording[0])
    return parts


def one_of(things: Sequence[Any], rng: Random) -> Any:
    return things[rng.randint(len(things))]


def lines_from(texts: Sequence[str]) -> list[Line]:
    return lines_of(texts, [0] * len(texts), load_lexicon("en"))


def some_words(words: Sequence[str], least: int, most: int, rng: Random) -> str:
    """Words that follow each other, without the marks at either end."""
    start = rng.randint(0, max(1, len(words) - most))
    return " ".join(words[start : start + rng.randint(least, most + 1)]).strip(AROUND_WORDS)


def weights_of(page: Page, lines: Sequence[Line]) -> list[float]:
    words = max(sum(page.lines[place].word_count for place in page.places()), 30)
    return [min((line.word_count + 4) / words, 1.0) for line in lines]


def with_lines(page: Page, new: Sequence[New]) -> Page:
    before: dict[int, list[New]] = defaultdict(list)
    for line in new:
        before[line.place].append(line)
    made = Page(page.gold, page.set, [], [], [], True)
    own = [*zip(page.lines, page.body, page.weight, strict=True)]
    for place in range(len(own) + 1):
        put_in = [(line.line, line.is_body, line.weight) for line in before[place]]
        for each, is_body, weight in [*put_in, *own[place : place + 1]]:
            made.lines.append(each)
            made.body.append(is_body)
            made.weight.append(weight)
    return made
