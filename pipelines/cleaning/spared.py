"""Lines that are kept although the model scores them too low, for where they stand and what they are: inside the article, at its edges,
under its headline, on a page that reads clean, in a list whose other items stay. `settings.py` has the floor of each place."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from pipelines.cleaning.boxes import is_teaser, names_other_story
from pipelines.cleaning.headlines import CARD, gives_facts
from pipelines.cleaning.lines import Line
from pipelines.cleaning.scored import ANNOUNCING, FULL_STOPS, STOP_INSIDE, Bools, ScoredPage, ends_of, is_caption, within
from pipelines.cleaning.settings import Where
from pipelines.vocabulary import BlockKind

_STOPS = frozenset(".!?…。।؟")
_ASKING = frozenset("?？؟")
_QUOTING = frozenset('"“„«「『')
MIN_ITEMS = 3  # of a list
SIGNED = 0.3  # the least score of a last paragraph that ends with a credit
REACH_OF_POINTS = 6  # lines between the points that sum up an article and its first line
QUOTING_WORDS = 10  # of a paragraph that quotes somebody
_BETWEEN = (BlockKind.ADVERTISEMENT, BlockKind.PHOTO_CREDIT, BlockKind.CAPTION)
_ITEM_STARTS = frozenset("-–—•*▪■►▶→➔✓✔0123456789")
_ITEM_NUMBER = re.compile(r"(\d{1,3})[.)]")


def add_standfirst(page: ScoredPage, kept: Bools) -> None:
    """Keeps the first line under the headline that reads as its standfirst."""
    first, _ = ends_of(kept) or (0, 0)
    if not 0 <= page.title < first:
        return
    fit = page.known.fit(Where.STANDFIRST) & ~page.known.marked
    end = min(page.title + 1 + (page.numbers.spared_where(Where.STANDFIRST).reach or 0), first)
    for place in range(page.title + 1, end):
        line = page.lines[place]
        if fit[place] and line.folded != page.lines[page.title].folded and not (line.dated and not line.sentence):
            kept[place] = True
            return


def add_edges(page: ScoredPage, kept: Bools) -> None:
    """Keeps the sentences right above the first kept line and right below the last one that only the score is against, the facts of what it
    tells of right above, and a last paragraph that an agency signs."""
    ends = ends_of(kept)
    if ends is None:
        return
    fit = page.known.fit(Where.EDGE) & page.known.free
    if ends[1] + 1 < len(kept) and _is_signed(page, ends[1] + 1):
        kept[ends[1] + 1] = True
        return
    beyond = page.known.fit(Where.BEYOND_TEASER) & fit
    above = page.known.free[ends[0] - 1] and page.known.scores[ends[0] - 1] > page.numbers.spared_where(Where.EDGE).floor
    if ends[0] and above and gives_facts(page.lines[ends[0] - 1]):
        fit[ends[0] - 1] = True
    for place, step in ((ends[0] - 1, -1), (ends[1] + 1, 1)):
        while 0 <= place < len(kept):
            if step > 0 and not fit[place]:
                place = _below_teasers(page, place, beyond, fit)
            if not fit[place]:
                break
            kept[place] = True
            place += step


def _is_signed(page: ScoredPage, place: int) -> bool:
    """Whether a line is a paragraph of several sentences, which only ends like a caption, with a credit, and which the model does not rule out."""
    line = page.lines[place]
    is_credited = line.weak is not None and line.weak.kind == BlockKind.CAPTION and not page.known.decided[place]
    return is_credited and page.known.scores[place] >= SIGNED and STOP_INSIDE.search(line.text) is not None


def _below_teasers(page: ScoredPage, place: int, beyond: Bools, fit: Bools) -> int:
    """The line below links to other stories, where most of the next lines go on with the article, or below whatever else parts an article
    where it is a likely sentence behind advertisements or quotes somebody; `place` where they do not."""
    end = place
    while end < len(page.lines) and is_teaser(page.lines[end]):
        end += 1
    if place < end < len(page.lines) and page.lines[end].text[0] in _QUOTING and fit[end]:
        return end  # a quotation is the article's, however much of other things follows
    last = min(end + page.numbers.beyond_lines, len(page.lines))
    following = [beyond[at] and not _is_numbered(page.lines[at]) for at in range(end, last)]
    if end > place and following and 2 * sum(following) > len(following):
        return end
    end = place
    while end < len(page.lines) and _parts_articles(page.lines[end]):
        end += 1
    if not place < end < len(page.lines):
        return place
    only_advertisements = all(line.label == BlockKind.ADVERTISEMENT for line in page.lines[place:end])
    return end if (fit[end] and _quotes(page.lines[end])) or (only_advertisements and beyond[end]) else place


def _parts_articles(line: Line) -> bool:
    """Whether a line is of those that pages put between the paragraphs of an article."""
    return is_teaser(line) or line.reason.startswith(CARD) or (line.label or (line.sure and line.sure.kind)) in _BETWEEN


def _quotes(line: Line) -> bool:
    """Whether a line is a paragraph that quotes somebody."""
    return (
        line.word_count >= QUOTING_WORDS and sum(map(line.text.count, _QUOTING)) > 0 and STOP_INSIDE.search(line.text) is not None
    )


def add_tail(page: ScoredPage, kept: Bools) -> int:
    """Keeps what goes on directly below the last kept line, a list or a short last paragraph: lines that nothing marks and that score
    well together, up to the last that does so by itself. A section's name among them is a sub-heading. Gives how
    many."""
    ends = ends_of(kept)
    if ends is None:
        return 0
    known, numbers = page.known, page.numbers
    total, best, unmarked = 0.0, ends[1], not known.flagged.any()
    for place in range(ends[1] + 1, len(kept)):
        section = page.lines[place].label == BlockKind.SECTION_LABEL and not known.decided[place]
        if (known.flagged[place] and not section) or known.linked[place]:
            break
        total += known.scores[place]
        line, above = page.lines[place].text, page.lines[place - 1].text
        of_form = line[-1] in _STOPS and ":" in line and ":" in above
        least = numbers.tail_end if unmarked else numbers.tail_of_form if of_form else numbers.tail
        counted = of_form and place == best + 1 and known.free[place] and any(map(str.isdigit, line))
        if counted or (total >= least * (place - ends[1]) and known.scores[place] >= numbers.tail_end):
            best = place
    kept[ends[1] + 1 : best + 1] = True
    return best - ends[1]


def add_near(page: ScoredPage, kept: Bools) -> None:
    """Keeps likely lines that dates, names and buttons part from the article: standfirst and first line above it, a last
    sentence below."""
    ends = ends_of(kept)
    if ends is None:
        return
    first, last = ends
    fit = page.known.free.copy()
    titled = 0 <= page.title < first
    if titled:
        headline = page.lines[page.title].folded
        fit[[place for place, line in enumerate(page.lines) if line.folded == headline]] = False
    where = Where.ABOVE if titled else Where.ABOVE_UNTITLED
    reach = page.numbers.spared_where(where).reach or 0
    kept |= within(fit & page.known.fit(where), max(page.title + 1 if titled else 0, first - reach), first)
    reach = page.numbers.spared_where(Where.BELOW).reach or 0
    kept |= within(fit & page.known.fit(Where.BELOW), last + 1, last + 1 + reach)


def add_prose(page: ScoredPage, kept: Bools) -> None:
    """Keeps the sentences of a short page that reads clean without its marked lines: a button or a credit among its few paragraphs
    does not part them. What stands below the comments does not belong to the article. Of a longer page where hardly any other line is
    no sentence, the last sentences below links to other stories and advertisements."""
    known, numbers = page.known, page.numbers
    rest = within(page.known.free, 0, page.comments)
    ended = np.array([_is_short_sentence(line, numbers.short_sentence) for line in page.lines]) | known.sentence
    loose = (rest & ~ended)[1:].sum()  # the first line is the headline, or may be
    worded, enough = known.words[rest & ended].sum(), numbers.clean_prose * known.words[rest].sum()
    whole = loose <= numbers.loose and ended.sum() >= MIN_ITEMS and worded >= numbers.loose_prose * known.words[rest].sum()
    if len(kept) > numbers.short_page:
        if whole:
            _add_last_sentences(page, rest & ended & ~known.speaking, kept)
        return
    if not whole and worded < enough:
        return
    if whole:
        kept[1:] |= (rest & known.sentence & ~page.known.speaking)[1:]
    kept |= rest & page.known.fit(Where.SHORT)
    first, last = ends_of(kept & known.sentence) or (0, -1)
    kept |= within(rest & ended, first, last + 1)
    _, last = ends_of(kept & ended) or (0, last)
    goes_on = (kept & known.sentence)[page.comments :].sum() >= numbers.going_on  # below a note that comments are closed
    closing = (known.free if goes_on else rest) & ended & ~page.known.speaking
    start = _below_notes(page, last + 1)
    end = next((place for place in range(start, len(kept)) if not closing[place]), len(kept))
    kept[start : min(end, start + numbers.closing)] = True


def _add_last_sentences(page: ScoredPage, fit: Bools, kept: Bools) -> None:
    """Keeps the lines below the last kept one that only links to other stories, advertisements or captions part from it."""
    _, last = ends_of(kept) or (0, len(kept))
    plain = np.array([_is_plain(line) for line in page.lines])
    fit = fit & (page.known.fit(Where.SHORT) | plain)
    while True:
        start = next((place for place in range(last + 1, len(kept)) if not _is_inserted(page.lines[place])), len(kept))
        end = next((place for place in range(start, len(kept)) if not fit[place]), len(kept))
        if start == last + 1:  # nothing parts them
            end = next((place for place in range(start, end) if not plain[place]), end)
        if start == end:
            return
        kept[start:end] = True
        last = end - 1


def _is_plain(line: Line) -> bool:
    """Whether a line too short to count as a sentence has a sentence's stop, and no name at its end or address."""
    stopped = line.text[-1] in FULL_STOPS and not line.sentence
    return stopped and "@" not in line.text and not line.text.split()[-1][0].isupper()


def _is_inserted(line: Line) -> bool:
    """Whether a line is a link that names its story, an advertisement's label, or a caption."""
    return names_other_story(line) or is_caption(line) or (line.label or (line.sure and line.sure.kind)) in _BETWEEN


def _is_short_sentence(line: Line, least: int) -> bool:
    """Whether a line of so many words, or one less where the last is no name, ends like a sentence or announces something."""
    plain = line.word_count == least - 1 and line.text[-1] in FULL_STOPS and not line.text.split()[-1][0].isupper()
    return (line.word_count >= least or plain) and line.text[-1] in ANNOUNCING


def _below_notes(page: ScoredPage, place: int) -> int:
    """The first line from `place` on below a note or two that part the last sentences of an article from the others."""
    for _ in range(page.numbers.notes):
        if place < len(page.lines) and (page.known.decided[place] or _parts_articles(page.lines[place])):
            place += 1
    return place


def add_items(page: ScoredPage, kept: Bools) -> None:
    """Keeps all items of a list with bullets of which all but one are kept, and the rest of a numbered list whose first items are, with the
    lines between them, and a list close below the article that is likely on the whole; whole sentences with bullets close above the article
    sum it up."""
    starts = [place for place, opening in enumerate(page.openings) if opening in _ITEM_STARTS]
    if len(starts) < MIN_ITEMS:
        return
    free = ~page.known.flagged
    first, last = ends_of(kept) or (0, len(kept))
    for run in _item_runs(page.lines, starts):
        stay = int(kept[run].sum())
        numbered = page.lines[run[0]].text[0].isdigit()
        enough = stay >= MIN_ITEMS and bool(kept[run[:MIN_ITEMS]].all()) if numbered else stay >= max(len(run) - 1, 2)
        announced = 0 < first - run[-1] <= REACH_OF_POINTS and all(page.lines[place].sentence and free[place] for place in run)
        if len(run) >= MIN_ITEMS and (enough or (announced and not numbered) or _goes_on(page, run, last)):
            kept[run[0] : run[-1] + 1] |= free[run[0] : run[-1] + 1]
            last = max(last, run[-1])


def _goes_on(page: ScoredPage, run: Sequence[int], last: int) -> bool:
    """Whether a list close below the last kept line, above the comments, has items of several words that score like body on average."""
    known, near = page.known, 0 < run[0] - last <= REACH_OF_POINTS and run[0] < page.comments
    worded = near and known.words[run].mean() >= page.numbers.list_words_each
    return bool(worded and known.scores[run].mean() > page.threshold)


def add_tables(page: ScoredPage, kept: Bools) -> None:
    """Keeps the rows of tables between kept lines, with the line right above each that heads it: results, prices."""
    ends = ends_of(kept)
    if ends is None or "|" not in page.openings:
        return
    rows = [place for place, line in enumerate(page.lines) if line.text[0] == "|" and line.text.rstrip()[-1] == "|"]
    inside = within(~page.known.flagged, ends[0], ends[1] + 1)
    for place in rows:
        kept[place] |= inside[place]
        kept[max(place - 1, 0)] |= inside[max(place - 1, 0)]


def add_opening(page: ScoredPage, kept: Bools) -> None:
    """Keeps the first sentence above the article, and what stands between them, where only a few lines stand above it and nothing marks any of
    them: what introduces a list. So does a single line below the first one of the page that stays."""
    first, _ = ends_of(kept) or (0, 0)
    if first > page.numbers.opening or page.known.flagged[:first].any():
        return
    plain = (page.known.sentence & page.known.free & ~page.known.speaking)[:first].nonzero()[0].tolist()
    found = next((place for place in plain if page.lines[place].text[-1] not in "?!"), first)
    kept[found:first] = True
    first, second, *_ = [*kept.nonzero()[0].tolist(), 0, 0]
    if second == first + 2 and page.known.free[: second + 1].all():
        kept[first + 1] = True


def add_paragraphs(page: ScoredPage, kept: Bools) -> None:
    """Keeps the paragraphs of several sentences, with words of the article, that names, prices and captions part from it: a gallery, a
    list of products. What stands above the article or below the comments is not its own; between its lines less is asked."""
    known, numbers = page.known, page.numbers
    first, _ = ends_of(kept) or (len(kept), 0)
    fit = known.fit(Where.PARAGRAPH) & ~known.flagged & (known.topic >= numbers.paragraph_topic)
    _add_of_several_sentences(page, within(fit, first, page.comments), kept)
    fit = known.fit(Where.PARAGRAPH_INSIDE) & known.free & (known.topic >= numbers.paragraph_topic_inside)
    _add_of_several_sentences(page, within(fit, *(ends_of(kept) or (0, 0))), kept)


def _add_of_several_sentences(page: ScoredPage, fit: Bools, kept: Bools) -> None:
    for place in (fit & ~kept).nonzero()[0].tolist():
        kept[place] = STOP_INSIDE.search(page.lines[place].text) is not None


def add_headings(page: ScoredPage, kept: Bools) -> None:
    """Keeps lines of a few words right over a kept sentence and right below another, or below a link to another story that stands below one
    and names that story: a further link would have a title of its own length."""
    lines, known = page.lines, page.known
    prose = kept & known.sentence & ~known.flagged
    fit = known.fit(Where.HEADING) & ~known.flagged & ~kept
    for place in (fit[:-1] & prose[1:]).nonzero()[0].tolist():
        above = place - 2 if place > 1 and names_other_story(lines[place - 1]) else place - 1
        if above >= 0 and prose[above]:
            kept[place] = lines[place].text[0].isupper() and _ends_like_heading(lines[place])


def _ends_like_heading(line: Line) -> bool:
    return line.text[-1].isalpha() or line.text[-1] in _ASKING


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
        if first > comments or (above and is_teaser(above[-1]) and kept[:first].any()):  # a headline may look like a link
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


def _is_numbered(line: Line) -> bool:
    """Whether a line begins with a bullet or a number."""
    return bool(line.counts[5]) or line.text[0].isdigit()
