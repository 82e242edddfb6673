"""A verdict for each line: body, or furniture of a kind for a reason.

The model gives each line a chance of being body. From these one stretch is chosen as the article, what stands inside it is
kept unless something speaks against it, pages that are lists keep their lines, and a standfirst under the headline is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.characters import KERNELS
from pipelines.cleaning.columns import Number
from pipelines.cleaning.credits import is_credited
from pipelines.cleaning.features import Batch, describe, matrix
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line
from pipelines.cleaning.settings import CleanSettings
from pipelines.learned.model import Model
from pipelines.vocabulary import BlockKind

Bools = NDArray[np.bool_]

# Chosen on the development pages, cross-validated by publisher; F1 moves by less than .002 over a third up or down.
MOST_WORDS = 80  # of one line that count when stretches are compared
LOST_BY_LINE, LOST_BY_FLAGGED_LINE = 6.0, 7.0  # words that a line left out costs a stretch
OFTEN, OFTEN_COST = 3, 0.3  # a short line that a page repeats so often stands between the paragraphs of one article: what it costs
SHORT_LINE = 8  # words
SHORT_PAGE = 12  # lines; on a page of fewer, lines left out cost less and lines inside need less score, in proportion
INSIDE, INSIDE_LIGHT = 0.15, 0.07  # least score of an unflagged line inside the article, on a page heavy or light of furniture
UNMARKED = 0.2  # threshold on a page where no rule, label or repetition marks any line: it has been cleaned already
CLEAN_PROSE = 0.8  # share of words in whole sentences
LIGHT = 0.2  # share of flagged lines under which a page is light
LONG_PAGE, VERY_LIGHT = 40, 0.1  # a page of more lines is light for a list only under this share
LIST_WORDS = 4.0  # words of a line over which it speaks for a list
LIST_FLAGGED = 8.0  # words that a flagged line costs a list
LIST_KEPT, LIST_CLEAN, LIST_TOPIC = 0.8, 0.25, 0.6  # when a list's lines are kept: see _is_list
TOLD_WORDS, TOLD_SCORE = 12, 0.15  # words of a sentence that one suspect word does not make furniture
LAST_LINK_SCORE, LAST_LINK_FURNITURE = 0.5, 0.87  # score that a headline under the last sentence needs; where furniture follows it
LINK_WORDS, LINK_SCORE = (
    6,
    0.55,
)  # a line without end mark between two sentences: more words than a sub-heading's, and less score than it needs
SURE_SCORE = 0.8  # of the sentence above a last line that may be a link
NEIGHBOUR_SCORE, TELLING_SCORE = (
    0.55,
    0.65,
)  # of the sentences around a line; of one between them that stays although a rule hits it
BRIEF_LINES = 5  # a text of no more lines that nothing marks is a brief: too little for the score to judge
LEFT_SENTENCES, LEFT_WORDS = 0.5, 60  # share of a page's sentences, and words in sentences, that are an article by themselves
LEAST_LEFT = 0.2  # share of the characters of a light page's unmarked lines that the score alone must leave
COPY_WORDS = 5  # least words of a line that goes as a copy
HEAD_LINES = 4  # first kept lines, among which a copy is the standfirst again
DATE_SCORE = 0.7  # that a line which is little more than a date needs there
MOST_COPIES = 0.2  # of the kept lines; a text with more is verse or a table
EDGE_SCORE, EDGE_WORDS = 0.1, 5  # of a sentence right above or below the article that belongs to it
NEAR_ABOVE, NEAR_ABOVE_SCORE = 8, 0.12  # lines over the article in which a standfirst or a first line stands among dates and names
NEAR_BELOW, NEAR_BELOW_SCORE = 4, 0.6  # lines under it in which its last sentence stands
NEAR_UNTITLED_SCORE = 0.2  # of such a line where nothing above the article is likely to be its headline
NEAR_WORDS = 5
NEAR_TOPIC, NEAR_CAPITALS = (
    0.3,
    0.6,
)  # share of words that the article has, least, and that have capitals, most, where no stop ends the line
STANDFIRST_SCORE, STANDFIRST_REACH, STANDFIRST_WORDS = 0.04, 5, (5, 60)


def judge(documents: Sequence[list[Line]], lexicons: Sequence[Lexicon], model: Model, settings: CleanSettings) -> None:
    """Sets kind, reason and score of every line; `lexicons` are those of the documents."""
    asked = []
    for document, lexicon in zip(documents, lexicons, strict=True):
        why = _kept_unasked(document)
        if why is not None:
            _keep_all(document, why)
        elif document:
            asked.append((document, lexicon))
    if not asked:
        return
    documents = [document for document, _ in asked]
    captions = np.array([_is_credited_caption(line, lexicon) for document, lexicon in asked for line in document])
    batch = Batch(documents)
    columns = describe(batch)
    forest = model.forests["body"]
    scores = forest.chances(matrix({name: columns[name] for name in forest.features}))
    threshold = model.thresholds["body"] if settings.threshold is None else settings.threshold
    evidence = _evidence(batch, scores, columns, captions, settings)
    rows = zip(asked, batch.titles, batch.starts.tolist(), batch.ends.tolist(), strict=True)
    for (document, lexicon), title, start, end in rows:
        Page(document, evidence, slice(start, end), title, threshold, lexicon, settings).set_verdicts()


def _kept_unasked(lines: Sequence[Line]) -> str | None:
    """Why every line of a text stays without the model being asked; None where it has to be."""
    if reads_clean(lines):
        return "clean: whole sentences, and nothing marks a line as furniture"
    if len(lines) <= BRIEF_LINES and all(line.kept and not line.flagged and not line.bucket for line in lines):
        return "brief: a few lines, and nothing marks one as furniture"
    return None


def _keep_all(lines: Sequence[Line], reason: str) -> None:
    for line in lines:
        line.keep(reason)


def reads_clean(lines: Sequence[Line]) -> bool:
    """Whether a text looks as cleaning leaves it: paragraphs with one blank line between, nearly all sentences, none marked."""
    words = prose = 0
    for place, line in enumerate(lines):
        if line.gap != (place > 0) or line.flagged or line.bucket or not line.kept:
            return False
        words += line.word_count
        prose += line.word_count if line.sentence else 0
    return prose >= CLEAN_PROSE * words


class Evidence(NamedTuple):
    """What is known of each line of a batch, beside its score; arrays of one number per line."""

    scores: NDArray
    words: NDArray
    sizes: NDArray  # characters
    between: NDArray  # directly between two sentences of the article that nothing marks
    decided: NDArray  # furniture whatever the score
    flagged: NDArray
    told: NDArray  # sentences that one suspect word does not make furniture
    linked: NDArray  # among sentences, a link to another story
    topic: NDArray  # share of its words that the run of sentences has
    capitalised: NDArray
    repeats: NDArray  # how often the line stands in its document


def _evidence(
    batch: Batch, scores: NDArray[np.float64], columns: dict[str, NDArray], captions: Bools, settings: CleanSettings
) -> Evidence:
    numbers, lines = batch.numbers, batch.lines
    bucket = np.array([line.bucket for line in lines])
    by_itself = np.array([_by_itself(line) for line in lines])
    told = batch.sentence & ~batch.flagged & (bucket == 0) & (scores > NEIGHBOUR_SCORE)
    between = batch.shifted(told, -1, False) & batch.shifted(told, 1, False)
    tells = batch.sentence & (numbers[Number.LABELLED] == 0) & (numbers[Number.WORDS] >= TOLD_WORDS)
    telling = between & tells & (numbers[Number.READER_WORDS] == 0) & (scores > TELLING_SCORE)
    decided = ~np.array([line.kept for line in lines]) | (bucket >= settings.repeated_in) | (by_itself & ~telling)
    decided |= captions
    linked = between & (scores < LINK_SCORE)
    linked[linked] = [_is_headline_like(lines[place]) for place in np.flatnonzero(linked)]
    return Evidence(
        scores=scores,
        words=numbers[Number.WORDS].astype(np.float64),
        sizes=numbers[Number.CHARACTERS],
        between=between,
        decided=decided,
        flagged=batch.flagged | decided,
        told=(tells & (numbers[Number.SURE] == 0)) | (telling & ~decided),
        linked=linked,
        topic=columns["run_words"],
        capitalised=columns["capitalised_share"],
        repeats=columns["repeats"],
    )


class Page:
    """The lines of one document with their scores, as arrays."""

    def __init__(
        self,
        lines: list[Line],
        evidence: Evidence,
        rows: slice,
        title: int,
        threshold: float,
        lexicon: Lexicon,
        settings: CleanSettings,
    ) -> None:
        self.lines = lines
        self.lexicon = lexicon
        self.settings = settings
        self.shortness = min(1.0, len(lines) / SHORT_PAGE)
        self.title = title
        page = Evidence(*[values[rows] for values in evidence])
        self.scores, self.words, self.sizes = page.scores, page.words, page.sizes
        self.between, self.decided, self.flagged, self.told = page.between, page.decided, page.flagged, page.told
        self.linked, self.topic, self.capitalised = page.linked, page.topic, page.capitalised
        self.often = (page.repeats >= OFTEN) & (page.words <= SHORT_LINE)
        self.sentence = np.array([line.sentence for line in lines])
        self.copies: dict[int, int] = {}  # of lines that repeat a kept one: how many kept ones are above
        self.threshold = threshold if self.flagged.any() else min(threshold, UNMARKED)

    def set_verdicts(self) -> None:
        kept = self.kept()
        spared = self._spared(kept)
        places = np.flatnonzero(kept)
        first, last = (int(places[0]), int(places[-1])) if len(places) else (len(self.lines), -1)
        columns = zip(self.lines, self.scores.tolist(), kept.tolist(), spared.tolist(), strict=True)
        for place, (line, score, stays, is_spared) in enumerate(columns):
            line.score = round(score, 4)
            if not line.kept:
                continue
            if stays:
                line.reason = line.reason or (_SPARED if is_spared else _why_kept(line, score > self.threshold))
                continue
            if place in self.copies:
                line.remove(*_kind_of_copy(self.copies[place]))
                continue
            where = "above the article" if place < first else "below the article" if place > last else "inside the article"
            line.remove(*_kind_and_reason(line, where, place > last, self.lexicon, self.settings))

    def _spared(self, kept: Bools) -> Bools:
        """Adds to `kept` every line that nothing but the score is against, where the score would leave hardly any text.

        On a page heavy of marked furniture a small rest is what one expects; there the score may leave little, but not nothing."""
        unmarked = ~self.decided & (~self.flagged | self.told)
        sizes = self.sizes
        spared = unmarked & ~kept
        heavy = self.flagged.mean() >= LIGHT and kept.any()
        if heavy or self._leaves_article(kept, unmarked) or sizes[kept].sum() >= LEAST_LEFT * sizes[unmarked | kept].sum():
            spared[:] = False
        kept |= spared
        return spared

    def _leaves_article(self, kept: Bools, unmarked: Bools) -> bool:
        """Whether most sentences are kept, and enough of them for an article: what goes besides is lists of links."""
        told = self.sizes[kept & self.sentence].sum()
        enough = self.words[kept & self.sentence].sum() >= LEFT_WORDS
        return bool(enough and told >= LEFT_SENTENCES * self.sizes[(unmarked | kept) & self.sentence].sum())

    def kept(self) -> Bools:
        """Which lines are the body."""
        likely = (self.scores > self.threshold) & ~self.decided
        kept = self._article(likely)
        if not kept.any():
            return kept
        kept = self._with_list(kept)
        kept = self._with_inside(kept)
        self._add_standfirst(kept)
        kept &= ~self.decided & ~self.linked
        self._drop_last_link(kept)
        self._add_edges(kept)
        self._add_near(kept)
        self._drop_dates(kept)
        self._drop_copies(kept)
        return kept

    def _add_edges(self, kept: Bools) -> None:
        """Keeps the sentences right above the first kept line and right below the last one that only the score is against."""
        places = np.flatnonzero(kept)
        if not len(places):
            return
        belongs = ~self.flagged & ~self.linked & (self.words >= EDGE_WORDS) & (self.scores > EDGE_SCORE)
        for place, step in ((int(places[0]) - 1, -1), (int(places[-1]) + 1, 1)):
            while 0 <= place < len(kept) and belongs[place] and self.lines[place].sentence:
                kept[place] = True
                place += step

    def _add_near(self, kept: Bools) -> None:
        """Keeps likely lines that dates, names and buttons part from the article: standfirst and first line above it, a last
        sentence below."""
        places = np.flatnonzero(kept)
        if not len(places):
            return
        first, last = int(places[0]), int(places[-1])
        reads = self.sentence | ((self.topic >= NEAR_TOPIC) & (self.capitalised < NEAR_CAPITALS))
        belongs = ~self.flagged & ~self.linked & (self.words >= NEAR_WORDS) & reads
        below_headline = 0 <= self.title < first
        if below_headline:
            headline = self.lines[self.title].folded
            belongs &= np.array([line.folded != headline for line in self.lines])
        above = slice(max(self.title + 1 if below_headline else 0, first - NEAR_ABOVE), first)
        least = NEAR_ABOVE_SCORE if below_headline else NEAR_UNTITLED_SCORE
        kept[above] |= (belongs & (self.scores > least))[above]
        below = slice(last + 1, last + 1 + NEAR_BELOW)
        kept[below] |= (belongs & self.sentence & (self.scores > NEAR_BELOW_SCORE))[below]

    def _drop_dates(self, kept: Bools) -> None:
        """Takes away a date among the first kept lines: it says when the article was published."""
        for place in np.flatnonzero(kept)[:HEAD_LINES].tolist():
            line = self.lines[place]
            dated = line.counts[6] and line.counts[7] and line.word_count <= SHORT_LINE and not line.sentence
            if dated and self.scores[place] < DATE_SCORE:
                kept[place] = False

    def _drop_copies(self, kept: Bools) -> None:
        """Takes away what stands further up in the article already: pull quotes, captions and summaries that a page repeats."""
        seen: set[str] = set()
        copies: dict[int, int] = {}
        for number, place in enumerate(np.flatnonzero(kept).tolist()):
            text = self.lines[place].folded
            if self.words[place] >= COPY_WORDS and text in seen:
                copies[place] = number
            seen.add(text)
        if len(copies) <= MOST_COPIES * kept.sum():
            kept[list(copies)] = False
            self.copies = copies

    def _drop_last_link(self, kept: Bools) -> None:
        """Takes away a headline under the last sentence: it leads to another story."""
        places = np.flatnonzero(kept)
        if len(places) < 2:
            return
        above, last = int(places[-2]), int(places[-1])
        told = self.lines[above].sentence and self.scores[above] > SURE_SCORE
        followed = last + 1 < len(kept) and self.flagged[last + 1]
        least = LAST_LINK_FURNITURE if followed else LAST_LINK_SCORE
        if told and _is_headline_like(self.lines[last]) and self.scores[last] < least:
            kept[last] = False

    def _article(self, likely: Bools) -> Bools:
        """Of the likely lines, those of the stretch that has most of them."""
        threshold = self.threshold
        worth = np.minimum(self.words, MOST_WORDS) * (self.scores - threshold) / (1 - threshold)
        cost = np.where(self.flagged, LOST_BY_FLAGGED_LINE, LOST_BY_LINE) * np.where(self.often, OFTEN_COST, 1.0) * self.shortness
        first, last = best_stretch(np.where(likely, worth, -cost))
        kept = np.zeros(len(likely), bool)
        kept[first:last] = likely[first:last]
        return kept

    def _with_list(self, kept: Bools) -> Bools:
        """The lines of a list page, a transcript or a live blog, whose lines score like furniture one by one."""
        below = ~self.flagged
        below[: int(np.flatnonzero(kept)[0])] = False
        light = self.flagged.mean() < (LIGHT if len(kept) <= LONG_PAGE else VERY_LIGHT)
        if light and self.words[kept & ~self.flagged].sum() < self.settings.least_kept * self.words[~self.flagged].sum():
            return kept | below
        first, last = best_stretch(np.where(self.flagged, -LIST_FLAGGED, np.minimum(self.words, MOST_WORDS) - LIST_WORDS))
        stretch = np.zeros(len(kept), bool)
        stretch[first:last] = below[first:last]
        return kept | stretch if self._is_list(kept, stretch, float(self.flagged[first:last].mean())) else kept

    def _is_list(self, kept: Bools, stretch: Bools, flagged: float) -> bool:
        """Whether most of the stretch was left out, hardly a line of it is marked as furniture, and it has the article's words."""
        added = stretch & ~kept
        topics = self.topic[added]
        topics = topics[topics >= 0]
        if not len(topics) or flagged > LIST_CLEAN:
            return False
        return bool(self.words[kept].sum() < LIST_KEPT * self.words[kept | stretch].sum() and topics.mean() >= LIST_TOPIC)

    def _with_inside(self, kept: Bools) -> Bools:
        """Unflagged lines between the first and last kept one: sub-headings, list items, short quotes; and long sentences in
        which only the words are suspect: articles tell of cookies, donations and subscriptions too."""
        places = np.flatnonzero(kept)
        least = INSIDE_LIGHT * self.shortness if self.flagged.mean() < LIGHT else INSIDE
        inside = np.zeros(len(kept), bool)
        inside[places[0] : places[-1] + 1] = True
        told = self.told & (self.scores > TOLD_SCORE)
        above = places[0] - 1
        if above >= 0 and told[above] and self.flagged[above] and not self.lines[above].counts[1]:
            kept[above] = True
        return kept | (inside & (~self.flagged | told) & (self.scores > np.where(self.between, min(INSIDE_LIGHT, least), least)))

    def _add_standfirst(self, kept: Bools) -> None:
        """Keeps the first line under the headline that reads as its standfirst."""
        first = int(np.flatnonzero(kept)[0])
        if not 0 <= self.title < first:
            return
        headline = self.lines[self.title].folded
        for place in range(self.title + 1, min(self.title + 1 + STANDFIRST_REACH, first)):
            line = self.lines[place]
            if line.flagged or not STANDFIRST_WORDS[0] <= self.words[place] < STANDFIRST_WORDS[1] or line.folded == headline:
                continue
            if line.counts[6] and line.counts[7] and not line.sentence:  # month and year
                continue
            reads = line.sentence or (self.topic[place] >= NEAR_TOPIC and self.capitalised[place] < NEAR_CAPITALS)
            if reads and self.scores[place] > STANDFIRST_SCORE:
                kept[place] = True
                return


def _kind_of_copy(kept_above: int) -> tuple[BlockKind, str]:
    if kept_above < HEAD_LINES:
        return BlockKind.STANDFIRST_REPEAT, "rule: the standfirst again"
    return BlockKind.OTHER, "repeated: stands further up in the article"


def _why_kept(line: Line, likely: bool) -> str:
    rule = line.sure or line.weak
    if rule is not None:
        return f"context: a sentence of the article, for all that it looks like {rule.name}"
    return "score: in the article" if likely else "context: among the lines of the article"


def best_stretch(worth: NDArray[np.float64]) -> tuple[int, int]:
    """First and one past last place of the stretch with the greatest sum (Kadane); all of it where no place is worth anything."""
    first, last = KERNELS.for_work(0).densest_run(worth, 0, len(worth))
    return first, last


def _by_itself(line: Line) -> bool:
    """Whether a line goes for a rule that holds whatever stands around it."""
    return line.sure is not None and line.sure.where != "edge"


def _is_credited_caption(line: Line, lexicon: Lexicon) -> bool:
    """Whether a line ends with who took the picture; brackets with digits hold measures, not names."""
    return is_credited(line.folded, lexicon) and not any(char.isdigit() for char in line.folded[line.folded.rfind("(") :])


def _is_headline_like(line: Line) -> bool:
    """Whether a line has the length of a headline and ends like one: among sentences it is a link to another story."""
    return line.word_count >= LINK_WORDS and not line.sentence and line.text[-1].isalpha()


def _kind_and_reason(line: Line, where: str, below: bool, lexicon: Lexicon, settings: CleanSettings) -> tuple[BlockKind, str]:
    rule = line.sure or line.weak
    kind = line.label or (rule.kind if rule else _kind_by_shape(line, below, lexicon))
    if line.bucket >= settings.repeated_in:
        return kind, f"repeated: stands in {_STORIES[line.bucket]} stories of the publisher"
    if line.sure is not None and line.label is None:
        return kind, f"rule: {line.sure.name}"
    if line.label is not None:
        return kind, f"rule: label, {where}"
    if _is_credited_caption(line, lexicon):
        return BlockKind.CAPTION, "rule: who took the picture at the end"
    return kind, f"score: {where}" + (f", {rule.name}" if rule else "")


_SPARED = "spared: without it the score alone would leave hardly any text"
_STORIES = {2: "2", 3: "3 or 4", 5: "5 or more"}


def _kind_by_shape(line: Line, below: bool, lexicon: Lexicon) -> BlockKind:
    """The likeliest kind of a line that no rule names."""
    month, year = line.counts[6], line.counts[7]
    if is_credited(line.folded, lexicon):
        return BlockKind.CAPTION
    if line.folded.startswith(tuple(f"{word} " for word in lexicon.words.share_openers)):
        return BlockKind.SHARE_WIDGET
    if line.name:
        return BlockKind.BYLINE
    if month and year and line.word_count <= 8:
        return BlockKind.DATE_STAMP
    if below and line.word_count >= 5:
        return BlockKind.RELATED
    return BlockKind.NAVIGATION if line.word_count <= 4 else BlockKind.OTHER
