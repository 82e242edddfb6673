"""A verdict for each line: body, or boilerplate of a kind for a reason.

The model gives each line a chance of being body. From these one span is chosen as the article (`article.py`), what stands inside it and at
its edges is kept unless something speaks against it (`spared.py`), and what repeats it or leads elsewhere goes. What speaks for and against a line
apart from its score is gathered in `evidence.py`; what is said of it stands in `reasons.py`, the numbers in `settings.py`, and what a line
looks like to the model in `features.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.article import Documents, article_of, restored, with_inside, with_lists
from pipelines.cleaning.evidence import evidence_of
from pipelines.cleaning.features import Batch, describe, matrix
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line
from pipelines.cleaning.reasons import RESTORED, kind_and_reason, kind_of_copy, why_kept
from pipelines.cleaning.scored import Bools, ScoredPage, is_caption, is_headline_like
from pipelines.cleaning.settings import CleanSettings, VerdictSettings, Where
from pipelines.cleaning.spared import (
    add_edges,
    add_headings,
    add_items,
    add_near,
    add_opening,
    add_paragraphs,
    add_prose,
    add_standfirst,
    add_tables,
    add_tail,
    entries_near,
)
from pipelines.learned.model import Model

Copies = dict[int, int]  # of lines that repeat a kept one: how many kept ones are above


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
    batch = Batch([document for document, _ in asked])
    columns = describe(batch)
    forest = model.forests["body"]
    scores = forest.chances(matrix({name: columns[name] for name in forest.features}))
    threshold = model.thresholds["body"] if settings.threshold is None else settings.threshold
    for line, score in zip(batch.lines, _rounded(scores), strict=True):
        line.score = score
    known = evidence_of(batch, scores, columns, settings)
    pages = Documents(batch, known, threshold, settings)
    kept = with_inside(pages, with_lists(pages, article_of(pages)))
    copies: list[Copies] = []
    rows = zip(batch.documents, pages.threshold.tolist(), batch.titles, batch.starts.tolist(), batch.ends.tolist(), strict=True)
    for lines, over, title, start, end in rows:
        copies.append(_settle(ScoredPage(lines, known.of(slice(start, end)), title, over, settings.verdicts), kept[start:end]))
    _set_verdicts(pages, [lexicon for _, lexicon in asked], kept, copies)
    return was_asked


def _kept_unasked(lines: Sequence[Line], settings: VerdictSettings) -> str | None:
    """Why every line of a text stays without the model being asked; None where it has to be."""
    if any(is_caption(line) for line in [line for line in lines if line.credited]):
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
        if line.gap != (place > 0) or line.label is not None or line.hits or line.bucket or not line.kept:
            return False
        words += line.word_count
        prose += line.word_count if line.sentence else 0
    return prose >= settings.clean_prose * words


def _settle(page: ScoredPage, kept: Bools) -> Copies:
    """Adds to the kept lines of a page what is spared around the article and takes off what repeats it or leads elsewhere. Gives the copies."""
    known = page.known
    copies: Copies = {}
    if kept.any():
        add_standfirst(page, kept)
        kept &= ~known.decided & ~known.linked
        _drop_last_link(page, kept)
        add_edges(page, kept)
        if add_tail(page, kept) == 1:  # no list
            _drop_last_link(page, kept)
        add_near(page, kept)
        add_prose(page, kept)
        add_items(page, kept)
        add_tables(page, kept)
        add_opening(page, kept)
        kept |= known.fit(Where.FAR) & ~known.flagged
        add_paragraphs(page, kept)
        _drop_dates(page, kept)
        copies = _drop_copies(page, kept)
    entries = entries_near(page, kept)
    if entries.any():
        kept |= entries
        add_edges(page, kept)
        add_prose(page, kept)
    add_headings(page, kept)
    return copies


def _set_verdicts(pages: Documents, lexicons: Sequence[Lexicon], kept: Bools, copies: Sequence[Copies]) -> None:
    """Sets kind and reason of every line of the pages."""
    back = restored(pages, kept)
    firsts, lasts = pages.ends_of(kept | back)
    likely = pages.known.scores > pages.threshold[pages.batch.document]
    stay, are_back, are_likely = (kept | back).tolist(), back.tolist(), likely.tolist()
    documents = zip(
        pages.batch.documents, lexicons, copies, pages.batch.starts.tolist(), firsts.tolist(), lasts.tolist(), strict=True
    )
    for document, lexicon, own_copies, start, first, last in documents:
        for row, line in enumerate(document, start):
            if not line.kept:
                continue
            if stay[row]:
                line.reason = line.reason or (RESTORED if are_back[row] else why_kept(line, are_likely[row]))
            elif row - start in own_copies:
                line.remove(*kind_of_copy(own_copies[row - start], pages.numbers))
            else:
                where = "above the article" if row < first else "below the article" if row > last else "inside the article"
                line.remove(*kind_and_reason(line, where, row > last, lexicon, pages.settings))


def _drop_last_link(page: ScoredPage, kept: Bools) -> None:
    """Drops a headline under the last sentence: it leads to another story."""
    known, numbers = page.known, page.numbers
    places = kept.nonzero()[0]
    if len(places) < 2:
        return
    above, last = int(places[-2]), int(places[-1])
    sure = page.lines[above].sentence and known.scores[above] > numbers.sure
    followed = last + 1 < len(kept) and known.flagged[last + 1]
    least = numbers.last_link_followed if followed else numbers.last_link
    if sure and is_headline_like(page.lines[last], numbers) and known.scores[last] < least:
        kept[last] = False


def _drop_dates(page: ScoredPage, kept: Bools) -> None:
    """Drops a date among the first kept lines: it says when the article was published."""
    for place in kept.nonzero()[0][: page.numbers.head_lines].tolist():
        line = page.lines[place]
        dated = not line.sentence and line.word_count <= page.numbers.short_line and line.dated
        if dated and page.known.scores[place] < page.numbers.date:
            kept[place] = False


def _drop_copies(page: ScoredPage, kept: Bools) -> Copies:
    """Drops what stands further up in the article already: pull quotes, captions and summaries that a page repeats. What comes back
    between the sentences and scores low each time is a notice, of which no copy stays. Gives the copies."""
    known = page.known
    if not (known.repeats[kept] > 1).any():
        return {}
    stay = kept.nonzero()[0].tolist()
    places_of: dict[str, list[int]] = {}
    copies: Copies = {}
    for number in (known.repeats[stay] > 1).nonzero()[0].tolist():
        place = stay[number]
        places = places_of.setdefault(page.lines[place].folded, [])
        if places and known.words[place] >= page.numbers.copy_words:
            copies[place] = number
        places.append(place)
    if not copies or len(copies) > page.numbers.max_copies * kept.sum():
        return {}
    for places in places_of.values():
        often = len(places) >= page.numbers.often and places[1] in copies
        if often and known.between[places].mean() > 0.5 and (known.scores[places] < page.threshold).all():
            kept[places] = False
    kept[list(copies)] = False
    return copies


def _rounded(scores: NDArray[np.float64]) -> list[float]:
    """Scores with four digits, as `round` has them; it is asked only where one falls between two."""
    shifted = scores.astype(np.float64) * 10_000
    whole = np.rint(shifted)
    found: list[float] = (whole / 10_000).tolist()
    for place in (np.abs(shifted - whole) > 0.499_999).nonzero()[0].tolist():
        found[place] = round(float(scores[place]), 4)
    return found
