"""Pages made for training from the parts of real ones, so that the trees learn what a page is and not which publisher it is of.

Boilerplate of one page around the body of another; and on such pages and real ones what the few hundred real ones have too little of: boxes of
other stories in many forms, buttons that come back, and what readers say, which are no body; lists, headings and signed letters, which are.
Publishers left out (two deals of the folds, mean), F1 rises from .957, .938 to .958, .942 on mild, full, and body loss falls from .026, .039 to
.025, .039. Deterministic by seed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.lines import Line, lines_of
from pipelines.vocabulary import BlockKind

MIXED = 800  # pages with the boilerplate of one and the body of another
BOX_WEIGHT = 0.5  # of a box, at most, where the body weighs 1
WITH_LIST = 0.3  # chance that a page with a box gets a list, too
LEAST_BODY = 6  # lines of a body that lists and buttons are put into
MOST_OTHER_TEXT = 0.8  # words of what readers say, for each of the body: more would be the article

# A box: of each story its headline, opening, name or day. "cut": an opening that breaks off. "glued": headline and opening without a space.
FORMS = (
    ("headline",),
    ("headline", "opening"),
    ("headline", "opening", "name"),
    ("headline", "opening", "day"),
    ("headline", "day"),
    ("headline", "name", "day"),
    ("headline", "cut"),
    ("opening",),
    ("bullet",),
    ("bullet and opening",),
    ("glued",),
)
_OPENING = re.compile(r"(.{30,260}?[.!?])(?=\s|$)")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?")
_AROUND_WORDS = '.,;:!?"“”’() -–—'

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
    paragraphs: list[tuple[list[Line], str]]


class New(NamedTuple):
    """A line put in before a place of a page."""

    place: int
    line: Line
    is_body: bool
    weight: float


def made_pages(pages: Sequence[Page], seed: int) -> list[Page]:
    """Pages made from parts of these."""
    mixed = _mixed_pages(pages, MIXED, seed)
    rng, parts, sources = Random(1000 + seed), parts_of(pages), [*pages, *mixed]
    made = []
    for make, count in MAKERS.items():
        left = count
        while left:
            page = make(sources[rng.randint(len(sources))], parts, rng)
            if page is None:
                continue
            if make in (with_box, with_buttons, with_readers) and rng.rand() < WITH_LIST:
                page = with_list(page, parts, rng) or page
            made.append(page)
            left -= 1
    return [*mixed, *made]


# --- boilerplate of one page around the body of another


def mixed_page(frame: Page, body: Page) -> Page:
    """The body of one page in the boilerplate of another, which stands where it stood, in proportion."""
    new = [(line, weight) for line, is_body, weight in zip(body.lines, body.body, body.weight, strict=True) if is_body]
    slots = sum(is_body is True for is_body in frame.body)
    title, own_title = (body.gold.get("title") or "").strip(), (frame.gold.get("title") or "").strip()
    headline = next((line for line in body.lines if title and line.text == title), None)
    lines: list[Line] = []
    labels: list[bool | None] = []
    weights: list[float] = []
    seen = used = 0
    for line, is_body, weight in zip(frame.lines, frame.body, frame.weight, strict=True):
        if is_body:
            seen += 1
            while used < round(seen / slots * len(new)):
                lines.append(new[used][0])
                labels.append(True)
                weights.append(new[used][1])
                used += 1
            continue
        if headline is not None and own_title and line.text == own_title:
            line = replace(headline, gap=line.gap)
        lines.append(line)
        labels.append(is_body)
        weights.append(weight)
    return Page(body.gold, frame.set, lines, labels, weights, True)


def _mixed_pages(pages: Sequence[Page], count: int, seed: int) -> list[Page]:
    rng = Random(seed)

    def list_likeness(page: Page) -> float:
        lines = [line for line, is_body in zip(page.lines, page.body, strict=True) if is_body]
        return 0.3 + 1 - sum(line.sentence for line in lines) / max(len(lines), 1)

    chances = np.array([list_likeness(page) for page in pages])
    chances /= chances.sum()
    made = []
    for _ in range(count):
        frame, body = pages[rng.randint(len(pages))], pages[rng.choice(len(pages), p=chances)]
        enough = min(sum(b is True for b in page.body) for page in (frame, body)) >= 2
        if enough and frame.gold["publisher"] != body.gold["publisher"]:
            made.append(mixed_page(frame, body))
    return made


# --- what is no body


def parts_of(pages: Sequence[Page]) -> Parts:
    parts = Parts([], [], [], [], [], [])
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
            *_, month, year = line.counts
            if line.name and line.word_count <= 4:
                parts.names.append(line)
            elif month and year and line.word_count <= 6 and not line.sentence:
                parts.days.append(line)
            elif line.label is BlockKind.RELATED:
                parts.labels.append(line)
            if line.word_count <= 6 and not line.sentence and not line.name:
                parts.buttons.append(line)
    return parts


def with_box(page: Page, parts: Parts, rng: Random) -> Page | None:
    """With a box of other stories right below the article, inside it, above it, or further down."""
    body = page.places()
    if len(body) < 3:
        return None
    where = rng.rand()
    if where < 0.5:
        place = body[-1] + 1
    elif where < 0.7:
        place = body[rng.randint(1, len(body))]
    elif where < 0.9:
        place = max(body[0] - rng.randint(0, 4), 0)
    else:
        place = len(page.lines) - rng.randint(0, min(8, len(page.lines) - body[-1]))
    bullet = "* " if any(line.text.startswith("* ") for line in page.lines) else ("- ", "• ", "")[rng.randint(3)]
    return _with_other_text(page, place, _box(parts, page.gold["publisher"], bullet, rng))


def _box(parts: Parts, publisher: str, bullet: str, rng: Random) -> list[Line]:
    """Two to eight stories of other publishers in one form, below a label or not."""
    form, stories = FORMS[rng.randint(len(FORMS))], [story for story in parts.stories if story.publisher != publisher]
    gaps = ((1, 0), (0, 0), (1, 1))[rng.choice(3, p=(0.5, 0.25, 0.25))]
    box = [replace(_one_of(parts.labels, rng), gap=1)] if parts.labels and rng.rand() < 0.3 else []
    for _ in range(rng.randint(2, 9)):
        headline, opening, _publisher = _one_of(stories, rng)
        words = opening.split()
        texts = {
            "headline": headline,
            "opening": opening,
            "cut": " ".join(words[: max(6, int(0.7 * len(words)))]) + "...",
            "bullet": bullet + headline,
            "bullet and opening": f"{bullet}{headline} {opening}",
            "glued": headline + opening,
        }
        given = {"name": parts.names, "day": parts.days}
        for number, part in enumerate(form):
            line = _lines([texts[part]])[0] if part in texts else _one_of(given[part], rng)
            box.append(replace(line, gap=gaps[number > 0]))
    return box


def with_buttons(page: Page, parts: Parts, rng: Random) -> Page | None:
    """With short lines of boilerplate that come back between the paragraphs."""
    body = page.places()
    if len(body) < LEAST_BODY:
        return None
    buttons = [_one_of(parts.buttons, rng) for _ in range(rng.randint(1, 4))]
    places = body[1 : -1 : rng.randint(1, 5)]
    weights = _weights(page, buttons)
    new = [
        New(place + 1, replace(line, gap=rng.randint(0, 2)), False, weight)
        for place in places
        for line, weight in zip(buttons, weights, strict=True)
    ]
    return _with_lines(page, new)


def with_readers(page: Page, parts: Parts, rng: Random) -> Page | None:
    """With what readers say below the article: paragraphs of other publishers, each with a name and mostly a day."""
    body = page.places()
    if len(body) < 3:
        return None
    others = [paragraphs for paragraphs, publisher in parts.paragraphs if publisher != page.gold["publisher"]]
    names_first, dated = rng.rand() < 0.6, rng.rand() < 0.6
    said: list[Line] = []
    for _ in range(rng.randint(2, 8)):
        head = [replace(_one_of(parts.names, rng), gap=1)] + ([replace(_one_of(parts.days, rng), gap=0)] if dated else [])
        paragraphs = _one_of(others, rng)
        start = rng.randint(len(paragraphs))
        text = [replace(line, gap=rng.randint(0, 2)) for line in paragraphs[start : start + rng.randint(1, 3)]]
        said += [*head, *text] if names_first else [*text, *head]
    words = sum(page.lines[place].word_count for place in body)
    while len(said) > 3 and sum(line.word_count for line in said) > MOST_OTHER_TEXT * words:
        said.pop()
    place = min(body[-1] + 1 + (rng.randint(0, 6) if rng.rand() < 0.5 else 0), len(page.lines))
    return _with_other_text(page, place, said)


# --- what is body


def with_list(page: Page, _: Parts, rng: Random) -> Page | None:
    """With items of a list or headings over the paragraphs, made of the body's own words."""
    body = page.places(sentences=True)
    if len(body) < LEAST_BODY:
        return None
    return _with_items(page, body, rng) if rng.rand() < 0.5 else _with_headings(page, body, rng)


def _with_items(page: Page, body: Sequence[int], rng: Random) -> Page | None:
    bullet = ("* ", "- ", "• ", "")[rng.choice(4, p=(0.6, 0.1, 0.1, 0.2))]
    least, most = sorted(rng.randint(2, 16, 2))
    texts = []
    for place in rng.choice(body, rng.randint(3, min(10, len(body) - 2)), replace=False):
        text = _some_words(page.lines[place].text.split(), least, most, rng)
        if text:
            texts.append(bullet + text[0].upper() + text[1:])
    if len(texts) < 3:
        return None
    place, gap = body[rng.randint(1, len(body))] + (rng.rand() < 0.3), rng.randint(0, 2)
    usual = float(np.mean([page.weight[place] for place in body]))
    items = [replace(line, gap=gap if number else 1) for number, line in enumerate(_lines(texts))]
    return _with_lines(page, [New(place, line, True, usual * min(1.0, (line.word_count + 4) / 20)) for line in items])


def _with_headings(page: Page, body: Sequence[int], rng: Random) -> Page:
    start = rng.randint(0, len(body) - 3)
    places = body[start : start + rng.randint(3, 12)][:: rng.randint(1, 3)]
    texts = []
    for place in places:
        words = [word.strip(_AROUND_WORDS) for word in page.lines[place].text.split()]
        names = [word for word in words[1:] if word[:1].isupper()]
        if names and rng.rand() < 0.6:
            texts.append(" ".join(names[: rng.randint(1, 4)]))
        else:
            texts.append(_some_words([word.capitalize() for word in words], 1, 4, rng) or "More")
    headings = zip(places, _lines(texts), strict=True)
    return _with_lines(
        page,
        [
            New(place, replace(line, gap=max(page.lines[place].gap, rng.randint(0, 2))), True, 0.3 * page.weight[place])
            for place, line in headings
        ],
    )


def with_letters(page: Page, parts: Parts, rng: Random) -> Page | None:
    """With a name, and mostly a place, below each paragraph or every second one; some with a headline."""
    body = page.places(sentences=True)[rng.randint(0, 2) :: rng.randint(1, 3)]
    if len(body) < 3:
        return None
    has_places, has_headlines = rng.rand() < 0.7, rng.rand() < 0.3
    new = []
    for place in body:
        weight = 0.3 * page.weight[place]
        if has_headlines and rng.rand() < 0.5:
            text = _some_words(page.lines[place].text.split(), 2, 5, rng) or "More"
            new.append(New(place, replace(_lines([text[0].upper() + text[1:]])[0], gap=1), True, weight))
        new.append(New(place + 1, replace(_one_of(parts.names, rng), gap=rng.randint(0, 2)), True, weight))
        if has_places:
            names = _CAPITALISED.findall(_one_of(parts.stories, rng).opening) or ["London"]
            new.append(New(place + 1, _lines([_one_of(names, rng)])[0], True, weight))
    return _with_lines(page, new)


MAKERS: dict[Callable[[Page, Parts, Random], Page | None], int] = {
    with_box: 500,
    with_list: 300,
    with_buttons: 50,
    with_readers: 50,
    with_letters: 40,
}


# --- lines


def _one_of(things: Sequence[Any], rng: Random) -> Any:
    return things[rng.randint(len(things))]


def _lines(texts: Sequence[str]) -> list[Line]:
    return lines_of(texts, [0] * len(texts), load_lexicon("en"))


def _some_words(words: Sequence[str], least: int, most: int, rng: Random) -> str:
    """Words that follow each other, without the marks at either end."""
    start = rng.randint(0, max(1, len(words) - most))
    return " ".join(words[start : start + rng.randint(least, most + 1)]).strip(_AROUND_WORDS)


def _weights(page: Page, lines: Sequence[Line]) -> list[float]:
    words = max(sum(page.lines[place].word_count for place in page.places()), 30)
    return [min((line.word_count + 4) / words, 1.0) for line in lines]


def _with_other_text(page: Page, place: int, lines: Sequence[Line]) -> Page:
    weights = _weights(page, lines)
    body = sum(page.weight[place] for place in page.places()) or 1.0
    part = min(1.0, BOX_WEIGHT * body / sum(weights))
    return _with_lines(page, [New(place, line, False, weight * part) for line, weight in zip(lines, weights, strict=True)])


def _with_lines(page: Page, new: Sequence[New]) -> Page:
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
