"""Which names are the authors: a linear score over the names that stand near the headline, in the last lines and below the body.

The names come from `author_candidates.py`, what is weighed from `author_signs.py`. A name whose chance is too small is not given."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from pipelines.cleaning.author_candidates import (
    BY_WORDS,
    LONGEST_KEPT,
    LONGEST_SIGNED,
    Candidate,
    Page,
    Region,
    Way,
    candidates_in,
    head_regions,
    other_regions,
)
from pipelines.cleaning.author_signs import OUTLETS, Group, Signs, describe, surname_of
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line
from pipelines.learned.linear import Linear
from pipelines.learned.model import load_model

MAX_SCORE = 30.0
UNDER_FAVOUR = 0.2  # what a name between headline and article has ahead of one that stands elsewhere
TOGETHER = 4  # lines within which names belong together
MAX_NAMES = 8
CLOSING_SENTENCES = 3  # of a body that a name closes
LEAST_LETTERS = 2


def find_authors(page: Page) -> tuple[list[str], set[int]]:
    """The authors, and the lines that hold nothing else. Where the head of the page is sure of them, nothing else is read."""
    model = load_model("authors")
    weights = model.weights["authors"]
    found = candidates_in(page, head_regions(page))
    chances = [chance_of(signs, weights) for signs in describe(page, found)]
    if not any(
        chance >= 1 - UNDER_FAVOUR and candidate.where == Region.UNDER for candidate, chance in zip(found, chances, strict=True)
    ):
        more = candidates_in(page, other_regions(page))
        found += more
        chances += [chance_of(signs, weights) for signs in describe(page, more)]
    letters = _signed_letters(page.lines)
    own = [place for place, candidate in enumerate(found) if candidate.place not in letters]
    found, chances = [found[place] for place in own], [chances[place] for place in own]
    chosen = choose(page, found, chances, model.thresholds) if found else ([], set())
    return chosen if chosen[0] else _closing(page, found)


def _closing(page: Page, found: Sequence[Candidate]) -> tuple[list[str], set[int]]:
    """The names below the last sentence of a page that gives none elsewhere: the last line is nothing else, and the article mentions none of
    them. A name alone begins with a given name, else it may be a place."""
    lines, lexicon = page.lines, page.lexicon
    for candidate in found:
        place = candidate.place
        if candidate.found not in (Way.ALONE, Way.LABELLED) or place != len(lines) - 1 or lines[place].entry:
            continue
        above = lines[place - 1]
        sentences = sum(line.kept and line.sentence for line in lines)
        known = candidate.found == Way.LABELLED or all(name.split()[0].lower() in lexicon.given_names for name in candidate.names)
        told_of = any(surname_of(name, lexicon) in page.says.body for name in candidate.names)
        if known and not told_of and above.kept and above.sentence and not above.entry and sentences >= CLOSING_SENTENCES:
            return list(candidate.names), {place}
    return [], set()


def _signed_letters(lines: Sequence[Line]) -> set[int]:
    """The names that stand below the sentences of a body, each a line, where there are several: they sign letters, and none the page. One of
    them may have been taken from the body where another stands in it."""
    below = [place for place, line in enumerate(lines) if line.name and place and lines[place - 1].sentence]
    names = {place for place in below if lines[place].kept}
    if names:
        names |= {place for place in below if lines[place - 1].kept and not lines[place].flagged and place > min(names)}
    return names if len({lines[place].folded for place in names}) >= LEAST_LETTERS else set()


def find_signed(page: Page) -> tuple[list[str], set[int]]:
    """The names of the first line at the head, else at the end, that has the form of a byline in its script, and that line."""
    forms = page.lexicon.bylines.signed
    if not forms:
        return [], set()
    for place in [*page.head, *other_regions(page)]:
        text = page.lines[place].text
        if len(text) > LONGEST_SIGNED:
            continue
        for form in forms:
            names = form.names(text)
            if names and not (form.bare and _are_named_elsewhere(names, page.lines, place)):
                return names[:MAX_NAMES], {place}
    return [], set()


def _are_named_elsewhere(names: Sequence[str], lines: Sequence[Line], place: int) -> bool:
    """Whether another line of the page has one of the names."""
    return any(name in line.text for other, line in enumerate(lines) if other != place for name in names)


def chance_of(signs: Signs, weights: Linear) -> float:
    """The chance that the names are the authors. Someone whom the article mentions is none where nothing else speaks for it."""
    shared = signs.shared
    if shared["mentioned"] and (shared["bare"] or (signs.group == Group.MENTIONED and not shared["role"])):
        return 0.0
    terms, group = weights.terms, signs.group
    score = terms[signs.found].of(1.0)
    score += sum([terms[name].of(value) + terms[f"{group}_{name}"].of(value) for name, value in signs.shared.items() if value])
    score += sum([terms[name].of(value) for name, value in signs.plain.items() if value])
    return 1 / (1 + math.exp(-min(max(score, -MAX_SCORE), MAX_SCORE)))


def choose(
    page: Page, found: Sequence[Candidate], chances: Sequence[float], thresholds: Mapping[str, float]
) -> tuple[list[str], set[int]]:
    """The names of the best candidate and of those near it that have a chance as well, in the order of the page.

    `thresholds`: `min_chance`, under which no name is given, and `min_chance_beside` of a name next to the best one."""
    least = thresholds["min_chance"]
    favour = [UNDER_FAVOUR * (candidate.where == Region.UNDER) for candidate in found]
    best = max(range(len(found)), key=lambda place: (chances[place] + favour[place] * (chances[place] >= least), -place))
    if chances[best] < least:
        return [], set()
    chosen = _cluster(found, chances, best, thresholds["min_chance_beside"])
    people = [candidate for candidate in chosen if candidate.found not in OUTLETS]
    title = page.says.title
    chosen = people or chosen
    names: list[str] = []
    surnames: set[str] = set()
    for candidate in chosen:
        for name in candidate.names:
            if len(candidate.names) > 1 and name.lower() in title:  # a place: "Jane Roe / Granby Point"
                continue
            surname = surname_of(name, page.lexicon)
            if surname not in surnames and len(names) < MAX_NAMES:
                surnames.add(surname)
                names.append(name)
    return names, {place for candidate in chosen for place in candidate.places if _is_names_only(page, candidate, place)}


def _cluster(found: Sequence[Candidate], chances: Sequence[float], best: int, least: float) -> list[Candidate]:
    """The candidates about the best one, each near the next and with a chance of `least` or more."""
    chosen = [best]
    for step in (1, -1):
        at = best
        for other in range(best + step, len(found) if step > 0 else -1, step):
            if abs(found[other].place - found[at].place) > TOGETHER or found[other].where != found[best].where:
                break
            if chances[other] >= least:
                chosen.append(other)
                at = other
    return [found[place] for place in sorted(chosen)]


def may_be_names(line: Line, lexicon: Lexicon) -> bool:
    """Whether a kept line may be nothing but names."""
    return not line.sentence or (len(line.text) <= LONGEST_KEPT and line.folded.startswith(lexicon.byline_words))


def _is_names_only(page: Page, candidate: Candidate, place: int) -> bool:
    """Whether a line goes with its names: it is no sentence, or was removed as it is."""
    line = page.lines[place]
    if line.kept:
        return place in page.head and may_be_names(line, page.lexicon)
    return candidate.found != Way.BIOGRAPHY and (
        line.name or candidate.found in BY_WORDS or (line.label is None and not line.sentence)
    )
