"""What is known of each line apart from its score: which rules and counts decide it, what it stands between, and where it would be spared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.boxes import names_other_story
from pipelines.cleaning.cards import LINK
from pipelines.cleaning.columns import Number
from pipelines.cleaning.features import Batch
from pipelines.cleaning.lines import Line
from pipelines.cleaning.reached import is_reached
from pipelines.cleaning.scored import FULL_STOPS, Bools, Evidence, is_caption, is_headline_like
from pipelines.cleaning.settings import CleanSettings, Needs, VerdictSettings, Where
from pipelines.vocabulary import BlockKind

MOST_WORDS_OF_A_CAPTION = 30
_CORRECTION = BlockKind.CORRECTION
_LEADING = frozenset((BlockKind.RELATED, BlockKind.NAVIGATION))
MIN_ENTRIES = 3  # lines of one form
OFTEN = 5  # the bucket of lines that stand in so many stories that no event explains it


def evidence_of(batch: Batch, scores: NDArray[np.float64], columns: dict[str, NDArray], settings: CleanSettings) -> Evidence:
    """The evidence of all lines of a batch; `columns` are its features."""
    numbers, lines, verdicts = batch.numbers, batch.lines, settings.verdicts
    bucket = np.array([line.bucket for line in lines])
    sure = [line.sure for line in lines]
    by_itself = np.array([rule is not None and rule.where != "edge" for rule in sure])  # whatever stands around it
    likely = batch.sentence & ~batch.flagged & (bucket == 0) & (scores > verdicts.neighbour)
    between = batch.shifted(likely, -1, False) & batch.shifted(likely, 1, False)
    min_words = verdicts.spared_where(Where.SUSPECT).words
    suspect = batch.sentence & (numbers[Number.LABELLED] == 0) & (numbers[Number.WORDS] >= min_words)
    corrected = np.array([rule is not None and rule.kind is _CORRECTION for rule in sure])
    telling = between & suspect & (numbers[Number.READER_WORDS] == 0) & (scores > verdicts.telling) & ~corrected
    reporting = (
        batch.sentence
        & ~batch.flagged
        & (numbers[Number.BULLET] == 0)
        & (
            (numbers[Number.READER_WORDS] == 0)
            | (numbers[Number.QUOTES] >= 2)
            | ((scores > verdicts.reporting_often) & (bucket < OFTEN))
        )
    )
    reporting &= batch.window(likely.astype(np.float32), -2, 2) > 0
    reporting &= scores > np.where(bucket >= OFTEN, verdicts.reporting_often, verdicts.reporting)
    heading = between & ~batch.sentence & ~batch.flagged & (numbers[Number.BULLET] == 0) & (bucket < OFTEN)
    reporting |= heading & (scores > verdicts.reporting_between)
    repeated = (bucket >= settings.repeated_in) & ~reporting
    decided = ~np.array([line.kept for line in lines]) | repeated | (by_itself & ~telling)
    decided |= np.array([caption for document in batch.documents for caption in _captions(document)])
    linked = between & (scores < verdicts.link)
    linked[linked] = [
        is_headline_like(lines[place], verdicts) and not _is_entry(lines[place], batch.documents[batch.document[place]])
        for place in np.flatnonzero(linked)
    ]
    linked |= _below_links(batch, scores, verdicts)
    return Evidence(
        scores=scores,
        words=numbers[Number.WORDS].astype(np.float64),
        sizes=numbers[Number.CHARACTERS],
        sentence=batch.sentence,
        between=between,
        decided=decided,
        marked=batch.flagged,
        flagged=batch.flagged | decided,
        suspect=(suspect & (numbers[Number.SURE] == 0)) | (telling & ~decided),
        linked=linked,
        free=~(batch.flagged | decided | linked),
        topic=columns["run_words"],
        repeats=columns["repeats"],
        speaking=numbers[Number.READER_WORDS] > 0,
        fits=_fits(batch, scores, columns, verdicts),
    )


def _fits(batch: Batch, scores: NDArray[np.float64], columns: dict[str, NDArray], settings: VerdictSettings) -> Bools:
    words, fits = batch.numbers[Number.WORDS], np.empty((len(scores), len(Where)), np.bool_)
    prose = (columns["run_words"] >= settings.topic) & (columns["capitalised_share"] < settings.capitals)
    for row in settings.spared:
        fit = (scores > row.floor) & (words >= row.words)
        if row.max_words is not None:
            fit &= words < row.max_words
        if row.needs != Needs.ANYTHING:
            fit &= batch.sentence | (prose & (row.needs == Needs.PROSE))
        fits[:, row.where - 1] = fit
    return fits


def _below_links(batch: Batch, scores: NDArray[np.float64], settings: VerdictSettings) -> Bools:
    """Unlikely lines, no sentences, right below a label that leads elsewhere or a link to another story: another such link. A short sentence is none, and
    no line with a stop below a link that names its story."""
    lines = batch.lines
    short = np.array([line.text[-1] == "." and line.word_count >= settings.short_sentence for line in lines])
    leads = np.array([line.reason == LINK for line in lines])
    for place in batch.flagged.nonzero()[0].tolist():
        line = lines[place]
        leads[place] |= (line.label or (line.rule and line.rule.kind)) in _LEADING
    below = (
        batch.shifted(leads & ~batch.sentence, -1, False)
        & ~batch.sentence
        & ~short
        & ~batch.flagged
        & (scores < settings.below_link)
    )
    for place in below.nonzero()[0].tolist():
        below[place] = lines[place].text[-1] not in FULL_STOPS or not names_other_story(lines[place - 1])
    return below


def _is_entry(line: Line, page: Sequence[Line]) -> bool:
    """Whether a line begins with the word that others of its page begin with, and all have a colon: "Day one: …", "Day two: …"."""
    opening = line.text.split(" ")[0]
    return ":" in line.text and sum(":" in other.text and other.text.split(" ")[0] == opening for other in page) >= MIN_ENTRIES


def _captions(lines: Sequence[Line]) -> list[bool]:
    """Of each line, whether it ends with who took the picture, or is what the label above it announces."""
    above = [None, *lines]
    return [
        (line.credited and is_caption(line)) or (label is not None and label.label is not None and _is_announced(line, label))
        for line, label in zip(lines, above, strict=False)
    ]


def _is_announced(line: Line, label: Line) -> bool:
    """Whether a label that ends in a comma or a colon announces a line: a caption, another story, or how the press is reached."""
    if label.text[-1] not in ",:":
        return False
    if label.label in (BlockKind.CAPTION, BlockKind.RELATED):
        return not line.sentence and line.word_count <= MOST_WORDS_OF_A_CAPTION
    return label.label == BlockKind.CONTACT and is_reached(line.text)
