"""A scored page: the lines of one document, and what the score, the rules and their neighbours say of each. Nothing is decided here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.lines import Line
from pipelines.cleaning.settings import VerdictSettings, Where
from pipelines.vocabulary import BlockKind

Bools = NDArray[np.bool_]

# Where a sentence of a line ends and the next begins; in scripts without blanks, where it ends.
STOP_INSIDE = re.compile(r"[.!?…؟।][\"”’»)]*\s|[。！？]")
FULL_STOPS = frozenset(".。।۔።")
ANNOUNCING = '.:!?…。：！？؟।"”»'  # how a line ends that entries follow


class Evidence(NamedTuple):
    """What is known of each line apart from its score; arrays of one number per line."""

    scores: NDArray
    words: NDArray
    sizes: NDArray  # characters
    sentence: NDArray
    between: NDArray  # directly between two sentences of the article that nothing marks
    decided: NDArray  # boilerplate whatever the score
    marked: NDArray  # by a rule or a label
    flagged: NDArray  # marked or decided
    suspect: NDArray  # sentences that one suspect word does not make boilerplate
    linked: NDArray  # among sentences, a link to another story
    free: NDArray  # neither flagged nor linked: only the score may be against it
    topic: NDArray  # share of its words that the run of sentences has
    repeats: NDArray  # how often the line stands in its document
    speaking: NDArray  # to the reader
    fits: NDArray  # [line, Where - 1]: whether it is spared if it stands there

    def fit(self, where: Where) -> Bools:
        """The lines that are spared if they stand there."""
        fits: Bools = self.fits[:, where - 1]
        return fits

    def of(self, rows: slice) -> Evidence:
        """That of some lines."""
        return Evidence(*[values[rows] for values in self])


class ScoredPage:
    """The lines of one document with what is known of them. `title` is the place of the likeliest headline, -1 where there is none."""

    def __init__(self, lines: Sequence[Line], known: Evidence, title: int, threshold: float, numbers: VerdictSettings) -> None:
        self.lines, self.known, self.title = lines, known, title
        self.threshold, self.numbers = threshold, numbers

    @cached_property
    def openings(self) -> str:
        """The first characters of the lines."""
        return "".join([line.text[0] for line in self.lines])

    @cached_property
    def comments(self) -> int:
        """The place of the label below which readers speak, past the last line where there is none. Above the first sentence it is a
        counter; what is longer than all above it is the article, unless more lines speak of comments."""
        known = self.known
        marks = [place for place in known.flagged.nonzero()[0].tolist() if _is_of_comments(self.lines[place])]
        prose = known.words * (known.sentence & ~known.flagged) if marks else known.words
        for place in marks:
            above, below = prose[:place].sum(), prose[place:].sum()
            if above and (above >= below or place != marks[-1]):
                return place
        return len(self.lines)


def ends_of(mask: Bools) -> tuple[int, int] | None:
    """The first and last place where a mask holds."""
    marks = mask.tobytes()
    first = marks.find(1)
    return (first, marks.rfind(1)) if first >= 0 else None


def within(mask: Bools, first: int, last: int) -> Bools:
    """A mask from `first` on up to `last`, end-exclusive; nothing elsewhere."""
    found = np.zeros(len(mask), bool)
    found[first:last] = mask[first:last]
    return found


def is_headline_like(line: Line, settings: VerdictSettings) -> bool:
    """Whether a line has the length of a headline and ends like one: among sentences it is a link to another story."""
    fits = settings.link_words <= line.word_count <= settings.most_link_words
    return fits and not line.sentence and line.text[-1].isalpha()


def is_caption(line: Line) -> bool:
    """Whether a line ends with who took the picture; brackets with digits hold measures, not names."""
    bracket = line.folded.rfind("(") if line.folded.endswith((")", ").")) else len(line.folded)
    return line.credited and not any(map(str.isdigit, line.folded[bracket:]))


def _is_of_comments(line: Line) -> bool:
    """Whether a line belongs to what readers say."""
    rule = line.rule
    return BlockKind.COMMENTS in (line.label, rule.kind if rule else None)
