"""A verdict for each line: body, or boilerplate of a kind for a reason.

The model gives each line a chance of being body. From these one span is chosen as the article (`article.py`), what stands inside it and at
its edges is kept unless something speaks against it (`spared.py`), and what repeats it or leads elsewhere goes. What speaks for and against a line
besides its score is gathered in `evidence.py`; what is said of it stands in `reasons.py`, the numbers in `settings.py`, and what a line looks
like to the model in `features.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.article import article_span, dominant_block, entries_near, with_list
from pipelines.cleaning.evidence import evidence_of
from pipelines.cleaning.features import Batch, describe, matrix
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line
from pipelines.cleaning.reasons import RESTORED, kind_and_reason, kind_of_copy, why_kept
from pipelines.cleaning.scored import Bools, ScoredPage, ends_of, is_caption, is_headline_like
from pipelines.cleaning.settings import CleanSettings, VerdictSettings, Where
from pipelines.cleaning.spared import (
    add_edges,
    add_items,
    add_near,
    add_paragraphs,
    add_prose,
    add_standfirst,
    add_tail,
    with_inside,
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
    rows = zip(asked, batch.titles, batch.starts.tolist(), batch.ends.tolist(), strict=True)
    for (document, lexicon), title, start, end in rows:
        _set_verdicts(ScoredPage(document, known.of(slice(start, end)), title, threshold, settings), lexicon)
    return was_asked


def _kept_unasked(lines: Sequence[Line], settings: VerdictSettings) -> str | None:
    """Why every line of a text stays without the model being asked; None where it has to be."""
    if any(is_caption(line) for line in lines):
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


def _set_verdicts(page: ScoredPage, lexicon: Lexicon) -> None:
    """Sets kind and reason of every line."""
    kept, copies = _kept(page)
    restored = _restored(page, kept)
    kept |= restored
    first, last = ends_of(kept) or (len(page.lines), -1)
    columns = zip(page.lines, page.known.scores.tolist(), kept.tolist(), restored.tolist(), strict=True)
    for place, (line, score, stays, is_restored) in enumerate(columns):
        if not line.kept:
            continue
        if stays:
            line.reason = line.reason or (RESTORED if is_restored else why_kept(line, score > page.threshold))
        elif place in copies:
            line.remove(*kind_of_copy(copies[place], page.numbers))
        else:
            where = "above the article" if place < first else "below the article" if place > last else "inside the article"
            line.remove(*kind_and_reason(line, where, place > last, lexicon, page.settings))


def _kept(page: ScoredPage) -> tuple[Bools, Copies]:
    """Which lines are the body, and which of the others repeat one of them."""
    known = page.known
    kept = article_span(page) | dominant_block(page)
    copies: Copies = {}
    if kept.any():
        kept = with_list(page, kept)
        kept = with_inside(page, kept)
        add_standfirst(page, kept)
        kept &= ~known.decided & ~known.linked
        _drop_last_link(page, kept)
        add_edges(page, kept)
        if add_tail(page, kept) == 1:  # no list
            _drop_last_link(page, kept)
        add_near(page, kept)
        add_prose(page, kept)
        add_items(page, kept)
        kept |= page.fit(Where.FAR) & ~known.flagged
        add_paragraphs(page, kept)
        _drop_dates(page, kept)
        copies = _drop_copies(page, kept)
    entries = entries_near(page, kept)
    if entries.any():
        kept |= entries
        add_edges(page, kept)
    return kept, copies


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
    stay = kept.nonzero()[0].tolist()
    if len({page.lines[place].folded for place in stay}) == len(stay):
        return {}
    places_of: dict[str, list[int]] = {}
    copies: Copies = {}
    for number, place in enumerate(stay):
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


def _restored(page: ScoredPage, kept: Bools) -> Bools:
    """The lines rejected only by the model, if it would otherwise keep almost nothing.

    On a page heavy of marked boilerplate a small rest is what one expects; there the model may leave little, but not nothing."""
    known = page.known
    unmarked = ~known.decided & (~known.flagged | known.suspect)
    heavy = page.flagged_share >= page.numbers.light and kept.any()
    enough = known.sizes[kept].sum() >= page.numbers.min_left * known.sizes[unmarked | kept].sum()
    if heavy or enough or _leaves_article(page, kept, unmarked):
        return np.zeros(len(kept), bool)
    return unmarked & ~kept


def _leaves_article(page: ScoredPage, kept: Bools, unmarked: Bools) -> bool:
    """Whether most sentences are kept, and enough of them for an article: what goes besides is lists of links."""
    known, numbers = page.known, page.numbers
    sentences = known.sizes[kept & known.sentence].sum()
    enough = known.words[kept & known.sentence].sum() >= numbers.left_words
    return bool(enough and sentences >= numbers.left_sentences * known.sizes[(unmarked | kept) & known.sentence].sum())


def _rounded(scores: NDArray[np.float64]) -> list[float]:
    """Scores with four digits, as `round` has them; it is asked only where one falls between two."""
    shifted = scores.astype(np.float64) * 10_000
    whole = np.rint(shifted)
    found: list[float] = (whole / 10_000).tolist()
    for place in (np.abs(shifted - whole) > 0.499_999).nonzero()[0].tolist():
        found[place] = round(float(scores[place]), 4)
    return found
