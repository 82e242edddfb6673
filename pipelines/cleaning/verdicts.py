"""A verdict for each line: body, or boilerplate of a kind for a reason.

The model gives each line a chance of being body. From these one span is chosen as the article, what stands inside it is kept unless
something speaks against it, pages that are lists keep their lines, and a standfirst under the headline is kept. The numbers stand in
`settings.py`; what a line looks like to the model stands in `features.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.cards import OTHER_STORIES
from pipelines.cleaning.characters import KERNELS
from pipelines.cleaning.columns import Number
from pipelines.cleaning.features import Batch, describe, matrix
from pipelines.cleaning.kinds import is_reached
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line
from pipelines.cleaning.settings import CleanSettings, Needs, VerdictSettings, Where
from pipelines.learned.model import Model
from pipelines.vocabulary import BlockKind

Bools = NDArray[np.bool_]

MOST_WORDS_OF_A_CAPTION = 30
SCORED = "score: "  # how the reason of a line begins that only the model is against
OFTEN = 5  # the bucket of lines that stand in so many stories that no event explains it


def judge(documents: Sequence[list[Line]], lexicons: Sequence[Lexicon], model: Model, settings: CleanSettings) -> list[bool]:
    """Sets kind, reason and score of every line; `lexicons` are those of the documents. Of each document, whether the model was asked."""
    asked = []
    was_asked = []
    for document, lexicon in zip(documents, lexicons, strict=True):
        why = _kept_unasked(document, settings.verdicts)
        was_asked.append(why is None)
        if why is not None:
            for line in document:
                line.keep(why)
        elif document:
            asked.append((document, lexicon))
    if not asked:
        return was_asked
    captions = np.array([caption for document, _ in asked for caption in _captions(document)])
    batch = Batch([document for document, _ in asked])
    columns = describe(batch)
    forest = model.forests["body"]
    scores = forest.chances(matrix({name: columns[name] for name in forest.features}))
    threshold = model.thresholds["body"] if settings.threshold is None else settings.threshold
    evidence = _evidence(batch, scores, columns, captions, settings)
    rows = zip(asked, batch.titles, batch.starts.tolist(), batch.ends.tolist(), strict=True)
    for (document, lexicon), title, start, end in rows:
        Page(document, evidence.of(slice(start, end)), title, threshold, lexicon, settings).set_verdicts()
    return was_asked


def _kept_unasked(lines: Sequence[Line], settings: VerdictSettings) -> str | None:
    """Why every line of a text stays without the model being asked; None where it has to be."""
    if any(line.credited and _is_caption(line) for line in lines):
        return None
    if _reads_clean(lines, settings):
        return "clean: whole sentences, and nothing marks a line as furniture"
    if len(lines) <= settings.brief_lines and all(line.kept and not line.flagged and not line.bucket for line in lines):
        return "brief: a few lines, and nothing marks one as furniture"
    return None


def _reads_clean(lines: Sequence[Line], settings: VerdictSettings) -> bool:
    """Whether a text looks as cleaning leaves it: paragraphs with one blank line between, nearly all sentences, none marked."""
    words = prose = 0
    for place, line in enumerate(lines):
        if line.gap != (place > 0) or line.flagged or line.bucket or not line.kept:
            return False
        words += line.word_count
        prose += line.word_count if line.sentence else 0
    return prose >= settings.clean_prose * words


class Evidence(NamedTuple):
    """What is known of each line, besides its score; arrays of one number per line."""

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
    topic: NDArray  # share of its words that the run of sentences has
    repeats: NDArray  # how often the line stands in its document
    fits: NDArray  # [line, Where - 1]: whether it is spared if it stands there

    def of(self, rows: slice) -> Evidence:
        """That of some lines."""
        return Evidence(*[values[rows] for values in self])


def _evidence(
    batch: Batch, scores: NDArray[np.float64], columns: dict[str, NDArray], captions: Bools, settings: CleanSettings
) -> Evidence:
    numbers, lines, verdicts = batch.numbers, batch.lines, settings.verdicts
    bucket = np.array([line.bucket for line in lines])
    by_itself = np.array([line.sure is not None and line.sure.where != "edge" for line in lines])  # whatever stands around it
    likely = batch.sentence & ~batch.flagged & (bucket == 0) & (scores > verdicts.neighbour)
    between = batch.shifted(likely, -1, False) & batch.shifted(likely, 1, False)
    min_words = verdicts.spared_where(Where.SUSPECT).words
    suspect = batch.sentence & (numbers[Number.LABELLED] == 0) & (numbers[Number.WORDS] >= min_words)
    corrected = np.array([line.sure is not None and line.sure.kind == BlockKind.CORRECTION for line in lines])
    telling = between & suspect & (numbers[Number.READER_WORDS] == 0) & (scores > verdicts.telling) & ~corrected
    reporting = (
        batch.sentence
        & ~batch.flagged
        & (numbers[Number.BULLET] == 0)
        & ((numbers[Number.READER_WORDS] == 0) | (numbers[Number.QUOTES] >= 2))
    )
    reporting &= batch.window(likely.astype(np.float32), -2, 2) > 0
    reporting &= scores > np.where(bucket >= OFTEN, verdicts.reporting_often, verdicts.reporting)
    repeated = (bucket >= settings.repeated_in) & ~reporting
    decided = ~np.array([line.kept for line in lines]) | repeated | (by_itself & ~telling)
    decided |= captions
    linked = between & (scores < verdicts.link)
    linked[linked] = [_is_headline_like(lines[place], verdicts) for place in np.flatnonzero(linked)]
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
        topic=columns["run_words"],
        repeats=columns["repeats"],
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


class Page:
    """The lines of one document with what is known of them. `title` is the place of the likeliest headline, -1 where there is none."""

    def __init__(
        self, lines: list[Line], evidence: Evidence, title: int, threshold: float, lexicon: Lexicon, settings: CleanSettings
    ) -> None:
        self.lines, self.evidence, self.title, self.lexicon = lines, evidence, title, lexicon
        self.settings, self.verdicts = settings, settings.verdicts
        self.flagged_share = np.count_nonzero(evidence.flagged) / len(lines)
        self.shortness = min(1.0, len(lines) / self.verdicts.short_page)
        self.copies: dict[int, int] = {}  # of lines that repeat a kept one: how many kept ones are above
        self.threshold = threshold if self.flagged_share else min(threshold, self.verdicts.threshold_unmarked)

    def set_verdicts(self) -> None:
        """Sets kind, reason and score of every line."""
        kept = self.kept()
        restored = self._restored(kept)
        kept |= restored
        first, last = _ends(kept) or (len(self.lines), -1)
        scores = self.evidence.scores
        columns = zip(self.lines, scores.tolist(), _rounded(scores), kept.tolist(), restored.tolist(), strict=True)
        for place, (line, score, rounded, stays, is_restored) in enumerate(columns):
            line.score = rounded
            if not line.kept:
                continue
            if stays:
                line.reason = line.reason or (_RESTORED if is_restored else _why_kept(line, score > self.threshold))
            elif place in self.copies:
                line.remove(*_kind_of_copy(self.copies[place], self.verdicts))
            else:
                where = "above the article" if place < first else "below the article" if place > last else "inside the article"
                line.remove(*_kind_and_reason(line, where, place > last, self.lexicon, self.settings))

    def kept(self) -> Bools:
        """Which lines are the body."""
        likely = (self.evidence.scores > self.threshold) & ~self.evidence.decided
        kept = self._article(likely) | self._dominant()
        if not kept.any():
            entries = self._entries(kept)
            self._add_edges(entries)
            return entries
        kept = self._with_list(kept)
        kept = self._with_inside(kept)
        self._add_standfirst(kept)
        kept &= ~self.evidence.decided & ~self.evidence.linked
        self._drop_last_link(kept)
        self._add_edges(kept)
        self._add_tail(kept)
        self._add_near(kept)
        self._add_prose(kept)
        self._add_items(kept)
        kept |= self._fit(Where.FAR) & ~self.evidence.flagged
        self._add_paragraphs(kept)
        self._drop_dates(kept)
        self._drop_copies(kept)
        entries = self._entries(kept)
        if entries.any():
            kept |= entries
            self._add_edges(kept)
        return kept

    # --- the article ---

    def _article(self, likely: Bools) -> Bools:
        """Of the likely lines, those of the span that has most of them."""
        known, numbers, threshold = self.evidence, self.verdicts, self.threshold
        worth = np.minimum(known.words, numbers.max_words) * (known.scores - threshold) / (1 - threshold)
        often = (known.repeats >= numbers.often) & (known.words <= numbers.short_line)
        cost = (
            np.where(known.flagged, numbers.cost_flagged, numbers.cost) * np.where(often, numbers.cost_often, 1.0) * self.shortness
        )
        place = np.arange(len(cost))
        deep = place - np.maximum.accumulate(np.where(likely, place, -1)) > numbers.near_lines
        cost = np.where(deep & ~known.flagged, cost * numbers.cost_deep, cost)
        return _within(likely, *best_span(np.where(likely, worth, -cost)))

    def _dominant(self) -> Bools:
        """The block that holds most of the page's sentences, if one does: the score never removes it."""
        known, numbers = self.evidence, self.verdicts
        sizes = np.where(known.sentence, known.sizes, 0)
        place = int(sizes.argmax())
        least = numbers.dominant_words * (numbers.dominant_flagged if known.flagged[place] else 1)
        alone = known.words[place] >= least and sizes[place] > numbers.dominant_share * sizes.sum()
        dominant = np.zeros(len(sizes), bool)
        dominant[place] = (
            alone and not known.decided[place] and len(_STOP_INSIDE.findall(self.lines[place].text)) >= numbers.dominant_stops
        )
        return dominant

    def _entries(self, kept: Bools) -> Bools:
        """The lines of an interview, a live blog, a tour or verse that stand near the article, or in whose place nothing is likely, with
        the sentences right above that announce them; not below comments or links to other stories."""
        known, reach = self.evidence, self.verdicts.entry_reach
        near = np.zeros(len(self.lines), bool)
        entries = [line.entry for line in self.lines]
        if True not in entries:
            return near
        found = np.array(entries) & ~known.decided
        places = found.nonzero()[0]
        comments = self._comments() if len(places) else 0
        if not len(places) or (not kept.any() and len(found) > self.verdicts.long_page):
            return near
        for run in np.split(places, np.flatnonzero(np.diff(places) > reach) + 1):
            first, last = int(run[0]), int(run[-1])
            if kept.any() and not kept[max(first - reach, 0) : last + 1 + reach].any():
                continue
            above = self.lines[:first]
            if first > comments or (above and _is_teaser(above[-1])):
                continue
            near[run] = True
            for place in range(first - 1, max(first - 1 - self.verdicts.announcing, -1), -1):
                line = self.lines[place]
                announces = line.sentence or (line.text[-1] in _ANNOUNCING and known.words[place] >= self.verdicts.announcing_words)
                if known.flagged[place] or not announces:
                    break
                near[place] = True
            below = self.lines[last + 1] if last + 1 < len(found) else None
            ends = below is not None and below.text[-1] in _ANNOUNCING and below.word_count >= self.verdicts.announcing_words
            if ends and not known.flagged[last + 1] and known.scores[last + 1] > self.verdicts.spared_where(Where.EDGE).floor:
                near[last + 1] = True
        return near

    def _with_list(self, kept: Bools) -> Bools:
        """The lines of a list page, a transcript or a live blog, whose lines score like boilerplate one by one."""
        known, numbers = self.evidence, self.verdicts
        below = ~known.flagged
        below[: int(np.flatnonzero(kept)[0])] = False
        light = self.flagged_share < (numbers.light if len(kept) <= numbers.long_page else numbers.light_for_list)
        unmarked = known.words[~known.flagged].sum()
        if light and known.words[kept & ~known.flagged].sum() < self.settings.least_kept * unmarked:
            return kept | below
        if known.words[kept].sum() >= numbers.list_kept * known.words.sum():
            return kept  # so little is left out that no span is a list
        worth = np.minimum(known.words, numbers.max_words) - numbers.list_words
        first, last = best_span(np.where(known.flagged, -numbers.list_flagged_cost, worth))
        span = _within(below, first, last)
        return kept | span if self._is_list(kept, span, float(known.flagged[first:last].mean())) else kept

    def _is_list(self, kept: Bools, span: Bools, flagged: float) -> bool:
        """Whether most of the span was left out, hardly a line of it is marked as boilerplate, and it has the article's words."""
        known, numbers = self.evidence, self.verdicts
        topics = known.topic[span & ~kept]
        topics = topics[topics >= 0]
        if not len(topics) or flagged > numbers.list_max_flagged:
            return False
        left_out = known.words[kept].sum() < numbers.list_kept * known.words[kept | span].sum()
        return bool(left_out and topics.mean() >= numbers.list_topic)

    # --- what is spared ---

    def _fit(self, where: Where) -> Bools:
        """The lines that are spared if they stand there."""
        return self.evidence.fits[:, where - 1]

    def _with_inside(self, kept: Bools) -> Bools:
        """Unflagged lines between the first and last kept one: sub-headings, list items, short quotes; and long sentences in
        which only the words are suspect: articles tell of cookies, donations and subscriptions too."""
        known = self.evidence
        first, last = _ends(kept) or (0, -1)
        suspect = known.suspect & self._fit(Where.SUSPECT)
        above = first - 1
        if above >= 0 and suspect[above] and known.flagged[above] and not self.lines[above].counts[1]:
            kept[above] = True
        light = self.verdicts.spared_where(Where.INSIDE_LIGHT).floor * self.shortness
        floor = light if self.flagged_share < self.verdicts.light else self.verdicts.spared_where(Where.INSIDE).floor
        between = min(self.verdicts.spared_where(Where.BETWEEN).floor, floor)
        fit = (~known.flagged | suspect) & (known.scores > np.where(known.between, between, floor))
        return kept | _within(fit, first, last + 1)

    def _add_standfirst(self, kept: Bools) -> None:
        """Keeps the first line under the headline that reads as its standfirst."""
        first, _ = _ends(kept) or (0, 0)
        if not 0 <= self.title < first:
            return
        fit = self._fit(Where.STANDFIRST) & ~self.evidence.marked
        end = min(self.title + 1 + (self.verdicts.spared_where(Where.STANDFIRST).reach or 0), first)
        for place in range(self.title + 1, end):
            line = self.lines[place]
            if fit[place] and line.folded != self.lines[self.title].folded and not (_is_dated(line) and not line.sentence):
                kept[place] = True
                return

    def _add_edges(self, kept: Bools) -> None:
        """Keeps the sentences right above the first kept line and right below the last one that only the score is against."""
        ends = _ends(kept)
        if ends is None:
            return
        fit = self._fit(Where.EDGE) & ~self.evidence.flagged & ~self.evidence.linked
        beyond = self._fit(Where.BEYOND_TEASER) & fit
        for place, step in ((ends[0] - 1, -1), (ends[1] + 1, 1)):
            while 0 <= place < len(kept):
                if step > 0 and not fit[place]:
                    place = self._below_teasers(place, beyond, fit)
                if not fit[place]:
                    break
                kept[place] = True
                place += step

    def _below_teasers(self, place: int, beyond: Bools, fit: Bools) -> int:
        """The line below links to other stories, where most of the next lines go on with the article; `place` where they do not."""
        end = place
        while end < len(self.lines) and _is_teaser(self.lines[end]):
            end += 1
        if place < end < len(self.lines) and self.lines[end].text[0] in _QUOTING and fit[end]:
            return end  # a quotation is the article's, however much of other things follows
        last = min(end + self.verdicts.beyond_lines, len(self.lines))
        following = [beyond[at] and not _is_numbered(self.lines[at]) for at in range(end, last)]
        return end if end > place and following and 2 * sum(following) > len(following) else place

    def _add_tail(self, kept: Bools) -> None:
        """Keeps what goes on directly below the last kept line, a list or a short last paragraph: lines that nothing marks and that score
        well together, up to the last that does so by itself. A section's name among them is a sub-heading."""
        ends = _ends(kept)
        if ends is None:
            return
        known, numbers = self.evidence, self.verdicts
        total, best = 0.0, ends[1]
        for place in range(ends[1] + 1, len(kept)):
            section = self.lines[place].label == BlockKind.SECTION_LABEL and not known.decided[place]
            if (known.flagged[place] and not section) or known.linked[place]:
                break
            total += known.scores[place]
            if total >= numbers.tail * (place - ends[1]) and known.scores[place] >= numbers.tail_end:
                best = place
        kept[ends[1] + 1 : best + 1] = True
        if best == ends[1] + 1:  # no list
            self._drop_last_link(kept)

    def _add_near(self, kept: Bools) -> None:
        """Keeps likely lines that dates, names and buttons part from the article: standfirst and first line above it, a last
        sentence below."""
        ends = _ends(kept)
        if ends is None:
            return
        first, last = ends
        fit = ~self.evidence.flagged & ~self.evidence.linked
        titled = 0 <= self.title < first
        if titled:
            headline = self.lines[self.title].folded
            fit[[place for place, line in enumerate(self.lines) if line.folded == headline]] = False
        where = Where.ABOVE if titled else Where.ABOVE_UNTITLED
        reach = self.verdicts.spared_where(where).reach or 0
        kept |= _within(fit & self._fit(where), max(self.title + 1 if titled else 0, first - reach), first)
        reach = self.verdicts.spared_where(Where.BELOW).reach or 0
        kept |= _within(fit & self._fit(Where.BELOW), last + 1, last + 1 + reach)

    def _add_prose(self, kept: Bools) -> None:
        """Keeps the sentences of a short page that reads clean without its marked lines: a button or a credit among its few paragraphs
        does not part them. What stands below the comments does not belong to the article."""
        known, numbers = self.evidence, self.verdicts
        if len(kept) > numbers.short_page:
            return
        rest = _within(~known.flagged & ~known.linked, 0, self._comments())
        least = numbers.short_sentence
        ended = np.array([line.text[-1] in _ANNOUNCING and line.word_count >= least for line in self.lines]) | known.sentence
        loose = (rest & ~ended)[1:].sum()  # the first line is the headline, or may be
        worded, enough = known.words[rest & ended].sum(), numbers.clean_prose * known.words[rest].sum()
        whole = loose <= numbers.loose and ended.sum() >= MIN_ITEMS and worded >= numbers.loose_prose * known.words[rest].sum()
        if whole:
            kept[1:] |= (rest & known.sentence & ~self._speaking())[1:]
        if whole or worded >= enough:
            kept |= rest & self._fit(Where.SHORT)
            first, last = _ends(kept & known.sentence) or (0, -1)
            kept |= _within(rest & ended, first, last + 1)
            closing = rest & ended & ~self._speaking()
            end = next((place for place in range(last + 1, len(kept)) if not closing[place]), len(kept))
            kept[last + 1 : min(end, last + 1 + numbers.closing)] = True

    def _speaking(self) -> Bools:
        """The lines that speak to the reader."""
        return np.array([line.counts[1] > 0 for line in self.lines])

    def _add_items(self, kept: Bools) -> None:
        """Keeps all items of a list with bullets of which all but one are kept, and the rest of a numbered list whose first items are, with the
        lines between them; whole sentences with bullets close above the article sum it up."""
        starts = [place for place, line in enumerate(self.lines) if line.text[0] in _ITEM_STARTS]
        if len(starts) < MIN_ITEMS:
            return
        free = ~self.evidence.flagged & ~self.evidence.decided
        first, _ = _ends(kept) or (0, 0)
        for run in _item_runs(self.lines, starts):
            stay = int(kept[run].sum())
            numbered = self.lines[run[0]].text[0].isdigit()
            enough = stay >= MIN_ITEMS and bool(kept[run[:MIN_ITEMS]].all()) if numbered else stay >= max(len(run) - 1, 2)
            announced = 0 < first - run[-1] <= REACH_OF_POINTS and all(self.lines[place].sentence and free[place] for place in run)
            if len(run) >= MIN_ITEMS and (enough or (announced and not numbered)):
                kept[run[0] : run[-1] + 1] |= free[run[0] : run[-1] + 1]

    def _add_paragraphs(self, kept: Bools) -> None:
        """Keeps the paragraphs of several sentences, with words of the article, that names, prices and captions part from it: a gallery, a
        list of products. What stands above the article or below the comments is not its own."""
        known = self.evidence
        fit = self._fit(Where.PARAGRAPH) & ~known.flagged & (known.topic >= self.verdicts.paragraph_topic)
        first, _ = _ends(kept) or (len(kept), 0)
        for place in _within(fit & ~kept, first, self._comments()).nonzero()[0].tolist() if fit.any() else ():
            kept[place] = _STOP_INSIDE.search(self.lines[place].text) is not None

    def _comments(self) -> int:
        """The place of the label below which readers speak, past the last line where there is none. Above the first sentence it is a
        counter; what is longer than all above it is the article, unless more lines speak of comments."""
        known = self.evidence
        marks = [place for place in known.flagged.nonzero()[0].tolist() if _is_of_comments(self.lines[place])]
        prose = known.words * (known.sentence & ~known.flagged)
        for place in marks:
            above, below = prose[:place].sum(), prose[place:].sum()
            if above and (above >= below or place != marks[-1]):
                return place
        return len(self.lines)

    # --- what goes ---

    def _drop_last_link(self, kept: Bools) -> None:
        """Drops a headline under the last sentence: it leads to another story."""
        known, numbers = self.evidence, self.verdicts
        places = kept.nonzero()[0]
        if len(places) < 2:
            return
        above, last = int(places[-2]), int(places[-1])
        sure = self.lines[above].sentence and known.scores[above] > numbers.sure
        followed = last + 1 < len(kept) and known.flagged[last + 1]
        least = numbers.last_link_followed if followed else numbers.last_link
        if sure and _is_headline_like(self.lines[last], numbers) and known.scores[last] < least:
            kept[last] = False

    def _drop_dates(self, kept: Bools) -> None:
        """Drops a date among the first kept lines: it says when the article was published."""
        for place in kept.nonzero()[0][: self.verdicts.head_lines].tolist():
            line = self.lines[place]
            dated = not line.sentence and line.word_count <= self.verdicts.short_line and _is_dated(line)
            if dated and self.evidence.scores[place] < self.verdicts.date:
                kept[place] = False

    def _drop_copies(self, kept: Bools) -> None:
        """Drops what stands further up in the article already: pull quotes, captions and summaries that a page repeats. What comes back
        between the sentences and scores low each time is a notice, of which no copy stays."""
        known = self.evidence
        stay = kept.nonzero()[0].tolist()
        if len({self.lines[place].folded for place in stay}) == len(stay):
            return
        places_of: dict[str, list[int]] = {}
        copies: dict[int, int] = {}
        for number, place in enumerate(stay):
            places = places_of.setdefault(self.lines[place].folded, [])
            if places and known.words[place] >= self.verdicts.copy_words:
                copies[place] = number
            places.append(place)
        if not copies or len(copies) > self.verdicts.max_copies * kept.sum():
            return
        for places in places_of.values():
            often = len(places) >= self.verdicts.often and places[1] in copies
            if often and known.between[places].mean() > 0.5 and (known.scores[places] < self.threshold).all():
                kept[places] = False
        kept[list(copies)] = False
        self.copies = copies

    # --- where the model would leave hardly any text ---

    def _restored(self, kept: Bools) -> Bools:
        """The lines rejected only by the model, if it would otherwise keep almost nothing.

        On a page heavy of marked boilerplate a small rest is what one expects; there the model may leave little, but not nothing."""
        known = self.evidence
        unmarked = ~known.decided & (~known.flagged | known.suspect)
        heavy = self.flagged_share >= self.verdicts.light and kept.any()
        enough = known.sizes[kept].sum() >= self.verdicts.min_left * known.sizes[unmarked | kept].sum()
        if heavy or enough or self._leaves_article(kept, unmarked):
            return np.zeros(len(kept), bool)
        return unmarked & ~kept

    def _leaves_article(self, kept: Bools, unmarked: Bools) -> bool:
        """Whether most sentences are kept, and enough of them for an article: what goes besides is lists of links."""
        known, numbers = self.evidence, self.verdicts
        sentences = known.sizes[kept & known.sentence].sum()
        enough = known.words[kept & known.sentence].sum() >= numbers.left_words
        return bool(enough and sentences >= numbers.left_sentences * known.sizes[(unmarked | kept) & known.sentence].sum())


_QUOTING = frozenset('"“„«「『')
MIN_ITEMS = 3  # of a list
REACH_OF_POINTS = 6  # lines between the points that sum up an article and its first line
_ITEM_STARTS = frozenset("-–—•*▪■►▶0123456789")
_ITEM_NUMBER = re.compile(r"(\d{1,3})[.)]")


def _item_runs(lines: Sequence[Line], starts: Sequence[int]) -> list[list[int]]:
    """The places of items that follow each other: with the same bullet one below the other, or numbered on with a line between at most."""
    runs: list[list[int]] = []
    last = -1
    for place in starts:
        text = lines[place].text
        match = _ITEM_NUMBER.match(text)
        if text[0].isdigit() and match is None:
            continue
        number = int(match[1]) if match else 0
        near = bool(runs) and place - runs[-1][-1] <= (2 if match else 1)
        if near and (number == last + 1 if match else last == 0 and lines[runs[-1][-1]].text[0] == text[0]):
            runs[-1].append(place)
        else:
            runs.append([place])
        last = number
    return runs


_ANNOUNCING = '.:!?…。：！？"”»'  # how a line ends that entries follow
# Where a sentence of a line ends and the next begins; in scripts without blanks, where it ends.
_STOP_INSIDE = re.compile(r"[.!?…؟।][\"”’»)]*\s|[。！？]")


def _rounded(scores: NDArray[np.float64]) -> list[float]:
    """Scores with four digits, as `round` has them; it is asked only where one falls between two."""
    shifted = scores.astype(np.float64) * 10_000
    whole = np.rint(shifted)
    found: list[float] = (whole / 10_000).tolist()
    for place in (np.abs(shifted - whole) > 0.499_999).nonzero()[0].tolist():
        found[place] = round(float(scores[place]), 4)
    return found


def best_span(worth: NDArray[np.float64]) -> tuple[int, int]:
    """First and one past last place of the span with the greatest sum (Kadane); all of it where no place is worth anything."""
    first, last = KERNELS.for_work(0).densest_run(worth, 0, len(worth))
    return first, last


def _ends(mask: Bools) -> tuple[int, int] | None:
    """The first and last place where a mask holds."""
    marks = mask.tobytes()
    first = marks.find(1)
    return (first, marks.rfind(1)) if first >= 0 else None


def _within(mask: Bools, first: int, last: int) -> Bools:
    """A mask from `first` on up to `last`, end-exclusive; nothing elsewhere."""
    found = np.zeros(len(mask), bool)
    found[first:last] = mask[first:last]
    return found


def _is_dated(line: Line) -> bool:
    """Whether a line holds a month and a year."""
    *_, month, year = line.counts
    return bool(month and year)


def _kind_of_copy(kept_above: int, settings: VerdictSettings) -> tuple[BlockKind, str]:
    if kept_above < settings.head_lines:
        return BlockKind.STANDFIRST_REPEAT, "rule: the standfirst again"
    return BlockKind.OTHER, "repeated: stands further up in the article"


def _why_kept(line: Line, likely: bool) -> str:
    rule = line.sure or line.weak
    if line.entry and not likely:
        return "context: an entry of an interview, a live blog, a tour or verse"
    if rule is not None:
        return f"context: a sentence of the article, for all that it looks like {rule.name}"
    return "score: in the article" if likely else "context: among the lines of the article"


def _is_teaser(line: Line) -> bool:
    """Whether a line leads to another story."""
    if line.reason == OTHER_STORIES:
        return True
    if line.label is not None:
        return line.label == BlockKind.RELATED
    return line.sure is not None and line.sure.kind == BlockKind.RELATED


def _is_numbered(line: Line) -> bool:
    """Whether a line begins with a bullet or a number."""
    return bool(line.counts[5]) or line.text[0].isdigit()


def _is_of_comments(line: Line) -> bool:
    """Whether a line belongs to what readers say."""
    rule = line.sure or line.weak
    return BlockKind.COMMENTS in (line.label, rule.kind if rule else None)


def _is_caption(line: Line) -> bool:
    """Whether a line ends with who took the picture; brackets with digits hold measures, not names."""
    return line.credited and not any(map(str.isdigit, line.folded[line.folded.rfind("(") :]))


def _captions(lines: Sequence[Line]) -> list[bool]:
    """Of each line, whether it ends with who took the picture, or is what the label above it announces."""
    above = [None, *lines]
    return [
        (line.credited and _is_caption(line)) or (label is not None and label.label is not None and _is_announced(line, label))
        for line, label in zip(lines, above, strict=False)
    ]


def _is_announced(line: Line, label: Line) -> bool:
    """Whether a label that ends in a comma or a colon announces a line: a caption, or how the press is reached."""
    if label.text[-1] not in ",:":
        return False
    if label.label == BlockKind.CAPTION:
        return not line.sentence and line.word_count <= MOST_WORDS_OF_A_CAPTION
    return label.label == BlockKind.CONTACT and is_reached(line.text)


def _is_headline_like(line: Line, settings: VerdictSettings) -> bool:
    """Whether a line has the length of a headline and ends like one: among sentences it is a link to another story."""
    return line.word_count >= settings.link_words and not line.sentence and line.text[-1].isalpha()


def _kind_and_reason(line: Line, where: str, below: bool, lexicon: Lexicon, settings: CleanSettings) -> tuple[BlockKind, str]:
    rule = line.sure or line.weak
    kind = line.label or (rule.kind if rule else _kind_by_shape(line, below, lexicon))
    if line.bucket >= settings.repeated_in:
        return kind, f"repeated: stands in {_STORIES[line.bucket]} stories of the publisher"
    if line.sure is not None and line.label is None:
        return kind, f"rule: {line.sure.name}"
    if line.label is not None:
        return kind, f"rule: label, {where}"
    if _is_caption(line):
        return BlockKind.CAPTION, "rule: who took the picture at the end"
    return kind, f"{SCORED}{where}" + (f", {rule.name}" if rule else "")


_RESTORED = "spared: without it the score alone would leave hardly any text"
_STORIES = {2: "2", 3: "3 or 4", 5: "5 or more"}


def _kind_by_shape(line: Line, below: bool, lexicon: Lexicon) -> BlockKind:
    """The likeliest kind of a line that no rule names."""
    if line.credited:
        return BlockKind.CAPTION
    opener, blank, _ = line.folded.partition(" ")
    if blank and opener in lexicon.words.share_openers:
        return BlockKind.SHARE_WIDGET
    if line.name:
        return BlockKind.BYLINE
    if _is_dated(line) and line.word_count <= 8:
        return BlockKind.DATE_STAMP
    if below and line.word_count >= 5:
        return BlockKind.RELATED
    return BlockKind.NAVIGATION if line.word_count <= 4 else BlockKind.OTHER
