"""The lines that make the article: the span with most of the likely ones, the block that holds it by itself, a list page, and the entries
of an interview, a live blog or verse."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.boxes import is_teaser
from pipelines.cleaning.characters import KERNELS
from pipelines.cleaning.scored import ANNOUNCING, STOP_INSIDE, Bools, ScoredPage, within
from pipelines.cleaning.settings import Where


def article_span(page: ScoredPage) -> Bools:
    """Of the likely lines, those of the span that has most of them."""
    known, numbers, threshold = page.known, page.numbers, page.threshold
    likely = (known.scores > threshold) & ~known.decided
    worth = np.minimum(known.words, numbers.max_words) * (known.scores - threshold) / (1 - threshold)
    often = (known.repeats >= numbers.often) & (known.words <= numbers.short_line)
    cost = np.where(known.flagged, numbers.cost_flagged, numbers.cost) * np.where(often, numbers.cost_often, 1.0) * page.shortness
    place = np.arange(len(cost))
    deep = place - np.maximum.accumulate(np.where(likely, place, -1)) > numbers.near_lines
    cost = np.where(deep & ~known.flagged, cost * numbers.cost_deep, cost)
    return within(likely, *best_span(np.where(likely, worth, -cost)))


def dominant_block(page: ScoredPage) -> Bools:
    """The block that holds most of the page's sentences, if one does: the score never removes it."""
    known, numbers = page.known, page.numbers
    sizes = np.where(known.sentence, known.sizes, 0)
    place = int(sizes.argmax())
    least = numbers.dominant_words * (numbers.dominant_flagged if known.flagged[place] else 1)
    alone = known.words[place] >= least and sizes[place] > numbers.dominant_share * sizes.sum()
    dominant = np.zeros(len(sizes), bool)
    dominant[place] = (
        alone and not known.decided[place] and len(STOP_INSIDE.findall(page.lines[place].text)) >= numbers.dominant_stops
    )
    return dominant


def with_list(page: ScoredPage, kept: Bools) -> Bools:
    """The lines of a list page, a transcript or a live blog, whose lines score like boilerplate one by one."""
    known, numbers = page.known, page.numbers
    below = ~known.flagged
    below[: int(np.flatnonzero(kept)[0])] = False
    light = page.flagged_share < (numbers.light if len(kept) <= numbers.long_page else numbers.light_for_list)
    unmarked = known.words[~known.flagged].sum()
    if light and known.words[kept & ~known.flagged].sum() < page.settings.least_kept * unmarked:
        return kept | below
    if known.words[kept].sum() >= numbers.list_kept * known.words.sum():
        return kept  # so little is left out that no span is a list
    worth = np.minimum(known.words, numbers.max_words) - numbers.list_words
    first, last = best_span(np.where(known.flagged, -numbers.list_flagged_cost, worth))
    span = within(below, first, last)
    return kept | span if _is_list(page, kept, span, float(known.flagged[first:last].mean())) else kept


def _is_list(page: ScoredPage, kept: Bools, span: Bools, flagged: float) -> bool:
    """Whether most of the span was left out, hardly a line of it is marked as boilerplate, and it has the article's words."""
    known, numbers = page.known, page.numbers
    topics = known.topic[span & ~kept]
    topics = topics[topics >= 0]
    if not len(topics) or flagged > numbers.list_max_flagged:
        return False
    left_out = known.words[kept].sum() < numbers.list_kept * known.words[kept | span].sum()
    return bool(left_out and topics.mean() >= numbers.list_topic)


def entries_near(page: ScoredPage, kept: Bools) -> Bools:
    """The lines of an interview, a live blog, a tour or verse that stand near the article, or in whose place nothing is likely, with
    the sentences right above that announce them; not below comments or links to other stories."""
    known, reach = page.known, page.numbers.entry_reach
    near = np.zeros(len(page.lines), bool)
    entries = [line.entry for line in page.lines]
    if True not in entries:
        return near
    found = np.array(entries) & ~known.decided
    places = found.nonzero()[0]
    comments = page.comments if len(places) else 0
    if not len(places) or (not kept.any() and len(found) > page.numbers.long_page):
        return near
    for run in np.split(places, np.flatnonzero(np.diff(places) > reach) + 1):
        first, last = int(run[0]), int(run[-1])
        if kept.any() and not kept[max(first - reach, 0) : last + 1 + reach].any():
            continue
        above = page.lines[:first]
        if first > comments or (above and is_teaser(above[-1])):
            continue
        near[run] = True
        for place in range(first - 1, max(first - 1 - page.numbers.announcing, -1), -1):
            line = page.lines[place]
            announces = line.sentence or (line.text[-1] in ANNOUNCING and known.words[place] >= page.numbers.announcing_words)
            if known.flagged[place] or not announces:
                break
            near[place] = True
        below = page.lines[last + 1] if last + 1 < len(found) else None
        ends = below is not None and below.text[-1] in ANNOUNCING and below.word_count >= page.numbers.announcing_words
        if ends and not known.flagged[last + 1] and known.scores[last + 1] > page.numbers.spared_where(Where.EDGE).floor:
            near[last + 1] = True
    return near


def best_span(worth: NDArray[np.float64]) -> tuple[int, int]:
    """First and one past last place of the span with the greatest sum (Kadane); all of it where no place is worth anything."""
    first, last = KERNELS.for_work(0).densest_run(worth, 0, len(worth))
    return first, last
