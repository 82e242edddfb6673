"""The lines that make the article: the span with most of the likely ones, the block that holds it by itself, a list page, what stands
inside it. All documents of a batch at once; what stands around the article is looked at page by page in `spared.py`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.characters import KERNELS
from pipelines.cleaning.columns import Number
from pipelines.cleaning.features import Batch
from pipelines.cleaning.scored import STOP_INSIDE, Bools, Evidence
from pipelines.cleaning.settings import CleanSettings, VerdictSettings, Where

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


class Documents:
    """The documents of a batch, none without a line, with what is known of their lines. Arrays have one number per line, but those set
    here one per document: the share of its lines that are flagged, how short it is, and the score that a likely line is over, and one that
    a rule or a label marks."""

    def __init__(self, batch: Batch, known: Evidence, threshold: float, settings: CleanSettings) -> None:
        self.batch, self.known, self.settings, self.numbers = batch, known, settings, settings.verdicts
        self.sizes = batch.ends - batch.starts
        self.flagged_share = self.sums(known.flagged) / self.sizes
        self.shortness = np.minimum(1.0, self.sizes / self.numbers.short_page)
        light = np.where(self.flagged_share > 0, self.numbers.threshold_light, self.numbers.threshold_unmarked)
        self.threshold = np.where(self.flagged_share < self.numbers.light, np.minimum(threshold, light), threshold)
        self.threshold_marked = np.where(self.shortness < 1, max(threshold, self.numbers.threshold_marked), threshold)

    def sums(self, values: NDArray) -> Floats:
        """Of each document the sum over its lines."""
        return np.add.reduceat(values, self.batch.starts, dtype=np.float64)

    def words(self, mask: Bools) -> Floats:
        """Of each document the words in some of its lines."""
        return self.sums(np.where(mask, self.known.words, 0))

    def characters(self, mask: Bools) -> Floats:
        return self.sums(np.where(mask, self.known.sizes, 0))

    def ends_of(self, mask: Bools) -> tuple[Places, Places]:
        """The first and the last line of each document where a mask holds; one behind all lines and -1 where it holds nowhere."""
        row, starts = self.batch.row, self.batch.starts
        return np.minimum.reduceat(np.where(mask, row, len(row)), starts), np.maximum.reduceat(np.where(mask, row, -1), starts)

    def within(self, firsts: Places, lasts: Places) -> Bools:
        """The lines from the first to the last of their document."""
        row, document = self.batch.row, self.batch.document
        return (row >= firsts[document]) & (row <= lasts[document])


def article_of(documents: Documents) -> Bools:
    """Of the likely lines those of the span that has most of them, and blocks that hold the article by themselves."""
    known, numbers, batch = documents.known, documents.numbers, documents.batch
    threshold, shortness = documents.threshold[batch.document], documents.shortness[batch.document]
    least = np.where(known.marked, documents.threshold_marked[batch.document], threshold)
    likely = (known.scores > least) & ~known.decided
    worth = np.minimum(known.words, numbers.max_words) * (known.scores - threshold) / (1 - threshold)
    often = (known.repeats >= numbers.often) & (known.words <= numbers.short_line)
    cost = np.where(known.flagged, numbers.cost_flagged, numbers.cost) * np.where(often, numbers.cost_often, 1.0) * shortness
    last_likely = np.maximum(np.maximum.accumulate(np.where(likely, batch.row, -1)), batch.start - 1)
    deep = batch.row - last_likely > numbers.near_lines
    cost = np.where(deep & ~known.flagged, cost * numbers.cost_deep, cost)
    firsts, ends = batch.densest_spans(np.where(likely, worth, -cost))
    return (likely & documents.within(firsts, ends - 1)) | _dominant(documents)


def _dominant(documents: Documents) -> Bools:
    """The blocks that each hold most of their page's sentences: the score never removes them."""
    known, numbers, batch = documents.known, documents.numbers, documents.batch
    least = numbers.dominant_words * np.where(known.flagged, numbers.dominant_flagged, 1)
    sentences = documents.characters(known.sentence)[batch.document]
    found = known.sentence & (known.sizes > numbers.dominant_share * sentences) & (known.words >= least) & ~known.decided
    for place in found.nonzero()[0].tolist():
        found[place] = len(STOP_INSIDE.findall(batch.lines[place].text)) >= numbers.dominant_stops
    return found


def with_lists(documents: Documents, kept: Bools) -> Bools:
    """The lines of a list page, a transcript or a live blog too, whose lines score like boilerplate one by one."""
    known, numbers, batch = documents.known, documents.numbers, documents.batch
    firsts, lasts = documents.ends_of(kept)
    below = ~known.flagged & (batch.row >= firsts[batch.document])
    light = documents.flagged_share < np.where(documents.sizes <= numbers.long_page, numbers.light, numbers.light_for_list)
    few = documents.words(kept & ~known.flagged) < documents.settings.least_kept * documents.words(~known.flagged)
    left_out = documents.words(kept) < numbers.list_kept * documents.sums(known.words)
    kept = kept | (below & (light & few)[batch.document])
    for number in (~(light & few) & left_out & (lasts >= 0)).nonzero()[0].tolist():
        rows = slice(batch.starts[number], batch.ends[number])
        kept[rows] |= _list_in(known.of(rows), kept[rows], below[rows], numbers)
    return kept


def _list_in(known: Evidence, kept: Bools, below: Bools, numbers: VerdictSettings) -> Bools:
    """The span of a page that most speaks for a list, if most of it was left out, hardly a line of it is marked as boilerplate, and it has
    the article's words."""
    worth = np.minimum(known.words, numbers.max_words) - numbers.list_words
    first, last = best_span(np.where(known.flagged, -numbers.list_flagged_cost, worth))
    span = np.zeros(len(kept), bool)
    span[first:last] = below[first:last]
    topics = known.topic[span & ~kept]
    topics = topics[topics >= 0]
    is_list = (
        len(topics)
        and known.flagged[first:last].mean() <= numbers.list_max_flagged
        and known.words[kept].sum() < numbers.list_kept * known.words[kept | span].sum()
        and topics.mean() >= numbers.list_topic
    )
    return span if is_list else np.zeros(len(kept), bool)


def best_span(worth: Floats) -> tuple[int, int]:
    """First and one past last place of the span with the greatest sum (Kadane); all of it where no place is worth anything."""
    first, last = KERNELS.for_work(0).densest_run(worth, 0, len(worth))
    return first, last


def with_inside(documents: Documents, kept: Bools) -> Bools:
    """Unflagged lines between the first and last kept one too: sub-headings, list items, short quotes; and long sentences in which only the
    words are suspect, one right above among them: articles tell of cookies, donations and subscriptions too."""
    known, numbers, batch = documents.known, documents.numbers, documents.batch
    suspect = known.suspect & known.fit(Where.SUSPECT)
    firsts, lasts = documents.ends_of(kept)
    above = firsts[(lasts >= 0) & (firsts > batch.starts)] - 1
    kept[above] |= suspect[above] & known.flagged[above] & (batch.numbers[Number.READER_WORDS][above] == 0)
    light = numbers.spared_where(Where.INSIDE_LIGHT).floor * documents.shortness
    floor = np.where(documents.flagged_share < numbers.light, light, numbers.spared_where(Where.INSIDE).floor)[batch.document]
    items = batch.numbers[Number.BULLET] > 0
    floor = np.where(items, np.minimum(floor, numbers.spared_where(Where.ITEM).floor), floor)
    between = np.minimum(numbers.spared_where(Where.BETWEEN).floor, floor)
    fit = (~known.flagged | suspect) & (known.scores > np.where(known.between, between, floor))
    return kept | (fit & documents.within(firsts, lasts))


def restored(documents: Documents, kept: Bools) -> Bools:
    """The lines rejected only by the model, where it would otherwise keep almost nothing of a page.

    On a page heavy of marked boilerplate a small rest is what one expects; there the model may leave little, but not nothing. Nor where
    most sentences are kept, and enough of them for an article: what else goes are lists of links."""
    known, numbers = documents.known, documents.numbers
    unmarked = ~known.decided & (~known.flagged | known.suspect)
    any_left = documents.sums(kept & ~known.marked) > 0
    heavy = (documents.flagged_share >= numbers.light) & any_left
    enough = any_left & (documents.characters(kept) >= numbers.min_left * documents.characters(unmarked | kept))
    sentences = documents.characters((unmarked | kept) & known.sentence)
    leaves_article = (documents.words(kept & known.sentence) >= numbers.left_words) & (
        documents.characters(kept & known.sentence) >= numbers.left_sentences * sentences
    )
    bare = documents.sums(known.flagged | known.sentence) == 0
    return unmarked & ~kept & (bare | ~(heavy | enough | leaves_article))[documents.batch.document]
