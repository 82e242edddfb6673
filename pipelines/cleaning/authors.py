"""Which names are the authors: a linear score over the names that stand near the headline, in the last lines and below the body.

bylines.py says which names a line gives and how; here the lines around it, the place and what else the page says of the name are
weighed. A name whose chance is too small is not given."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pipelines.cleaning.bylines import (
    BEFORE_BYLINE,
    is_outlet,
    name_alone,
    name_in_address,
    names_after_date,
    names_after_label,
    names_after_signature,
    names_alone,
    names_at_start,
    names_in_byline,
    names_linked,
    names_of,
    names_of_biography,
    only_contributed,
    organisation,
    outlet_of,
    person_name,
    starts_with_name,
    tells_of_writer,
)
from pipelines.cleaning.credits import mentions_picture
from pipelines.cleaning.dates import has_time
from pipelines.cleaning.folding import words_of
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line
from pipelines.learned.linear import Linear
from pipelines.learned.model import load_model
from pipelines.letters import CAPITAL
from pipelines.vocabulary import BlockKind

MAX_OWN = 3  # times that a biography may repeat its name
MAX_SCORE = 30.0
SURE_SCALE = 3.0  # so that training shrinks what "By" weighs less than the rest
UNDER_FAVOUR = 0.2  # what a name between headline and article has ahead of one that stands elsewhere
FAR_HEAD, HEAD, TAIL = 60, 30, 20  # lines above the body under the headline, above the body elsewhere, below the body
INTO_BODY, BODY_LINES_OF_HEAD = 12, 4  # lines below the body's start, and kept ones, among which removed lines are the head's
LAST_KEPT = 2  # lines at the end of the body
MAX_INSIDE = 4  # paragraphs inside the body that call someone their writer
TOGETHER = 4  # lines within which names belong together
MAX_NAMES = 8
MORE_NAMES_WITHIN = 4  # lines under a byline word where more names may stand, one by one
LONGEST_SIGNED, LONGEST_KEPT, LONGEST_LINE = 160, 90, 400  # characters of a line without end mark, of a kept one, of any
BIOGRAPHY_NAMES = 40  # characters at the start of a biography that hold the name
CONTRIBUTED = 40  # characters, the names left out, that say that someone only contributed
NEAR_LINE = 60  # characters of a line that can be a sign next to a name
MAX_SEARCHED = 100_000  # characters of the sentences that are searched for a name
GLUED_BYLINE = 160  # characters at the start of a body that may hold a byline
_TWO_CAPITALS = re.compile(rf"{CAPITAL}[\w.'’‘-]*,? (?:[a-z]{{1,3}} )?{CAPITAL}")
_ADDRESS = re.compile(r"[\w.+-]{0,60}@[\w.-]{1,60}")
_TIMES = (BlockKind.TIMESTAMP, BlockKind.DATE_STAMP, BlockKind.READING_TIME)


class Way(StrEnum):
    """How a line gives names; a weight each."""

    BY = "by"  # one word, "By"
    REPORTED = "reported"  # a phrase, "reporting by"
    BELOW_BY = "below_by"
    SIGNATURE = "signature"
    GLUED = "glued"  # before the first sentence
    LINKED = "linked"
    LABELLED = "labelled"
    ALONE = "alone"
    OUTLET = "house"
    SOURCE = "source"
    SET_OFF = "set_off"
    OPENED = "opened"
    AFTER_DATE = "after_date"
    BIOGRAPHY = "biography"
    ADDRESS = "address"


class Group(StrEnum):
    """Ways that are alike in what else must speak for the names; a weight each for every sign."""

    SURE = "sure"
    WEAK = "weak"
    MENTIONED = "mentioned"


class Region(StrEnum):
    """Where a line stands."""

    OVER = "over"  # the headline
    UNDER = "under"
    FIRST = "first"  # of the kept lines
    INSIDE = "inside"
    LAST = "last"
    TAIL = "tail"


_BY_WORDS = (Way.BY, Way.REPORTED, Way.BELOW_BY, Way.SIGNATURE)
_OUTLETS = (Way.OUTLET, Way.SOURCE)
_MAY_BE_OUTLETS = (Way.BY, Way.REPORTED, Way.BELOW_BY, Way.GLUED, *_OUTLETS)
_GROUP = dict.fromkeys((*_BY_WORDS, Way.GLUED, Way.LINKED), Group.SURE) | {Way.BIOGRAPHY: Group.MENTIONED}


class Candidate(NamedTuple):
    """Names that one line gives, or a few lines one by one. `rest` is what else the line says, folded."""

    place: int
    names: tuple[str, ...]
    found: Way
    where: Region
    places: tuple[int, ...]
    rest: str


class Signs(NamedTuple):
    """What speaks for and against a candidate: `shared` weighs in each group of ways to be found, and next to it in the candidate's
    own group, `plain` weighs the same in all."""

    found: Way
    group: Group
    shared: dict[str, float]
    plain: dict[str, float]


class PageText(NamedTuple):
    """`body`: its sentences, folded; `prose`: all sentences as they are; `around`: what was removed near the head and the foot."""

    body: str
    prose: str
    around: str
    title: str


@dataclass(frozen=True)
class Page:
    """A judged page. `texts` are its lines with runs of blanks as ` | `: what stands apart is not one name."""

    lines: Sequence[Line]
    texts: Sequence[str]
    lexicon: Lexicon
    body_start: int
    body_end: int
    headline: int
    head: Sequence[int]

    @functools.cached_property
    def says(self) -> PageText:
        """What it says, to be searched for names; made for pages on which there are candidates."""
        body, prose, around = [], [], []
        for line in self.lines:
            if line.sentence:
                prose.append(line.text)
                if line.kept:
                    body.append(line.folded)
        for place in (*self.head, *range(self.body_end, min(self.body_end + TAIL, len(self.lines)))):
            line = self.lines[place]
            if not line.kept and line.kind != BlockKind.TITLE:
                around.append(line.text)
        title = " ".join([self.lines[place].folded for place in self.head if self.lines[place].kind == BlockKind.TITLE])
        return PageText("\n".join(body)[:MAX_SEARCHED], "\n".join(prose)[:MAX_SEARCHED], "\n".join(around)[:MAX_SEARCHED], title)


def page_of(lines: Sequence[Line], texts: Sequence[str], lexicon: Lexicon, body_start: int, body_end: int) -> Page:
    """`lines` from the first to the last kept one, end-exclusive, are the body."""
    head = head_of(lines, body_start, FAR_HEAD)
    headline = max((place for place in head if lines[place].kind == BlockKind.TITLE), default=-1)
    head = [place for place in head if place >= body_start - HEAD or 0 <= headline < place]
    return Page(lines, texts, lexicon, body_start, body_end, headline, head)


def head_of(lines: Sequence[Line], body_start: int, reach: int) -> list[int]:
    """Lines above the body, its first two, and removed ones among its first."""
    below: list[int] = []
    kept = 0
    for place in range(body_start, min(body_start + INTO_BODY, len(lines))):
        kept += lines[place].kept
        if kept > BODY_LINES_OF_HEAD:
            break
        if place < body_start + 2 or not lines[place].kept:
            below.append(place)
    return [*range(max(0, body_start - reach), body_start), *below]


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
    return choose(page, found, chances, model.thresholds) if found else ([], set())


def find_signed(page: Page) -> tuple[list[str], set[int]]:
    """The names of the first line at the head, else at the end, that has the form of a byline in its script, and that line."""
    forms = page.lexicon.bylines.signed
    if not forms:
        return [], set()
    for place in [*page.head, *other_regions(page)]:
        text = page.lines[place].text
        names = next((names for form in forms if (names := form.names(text))), []) if len(text) <= LONGEST_SIGNED else []
        if names:
            return names[:MAX_NAMES], {place}
    return [], set()


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
    people = [candidate for candidate in chosen if candidate.found not in _OUTLETS]
    chosen = people or chosen
    names: list[str] = []
    surnames: set[str] = set()
    for candidate in chosen:
        for name in candidate.names:
            surname = _surname(name, page.lexicon)
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
        return place < page.body_start + 2 and may_be_names(line, page.lexicon)
    return candidate.found != Way.BIOGRAPHY and (
        line.name or candidate.found in _BY_WORDS or (line.label is None and not line.sentence)
    )


def candidates_in(page: Page, regions: Mapping[int, Region]) -> list[Candidate]:
    """Names in the order of the page; no line is in two."""
    found: list[Candidate] = []
    taken: set[int] = set()
    for place, where in regions.items():
        candidate = None if place in taken else _candidate(page, place, where)
        if candidate:
            found.append(candidate)
            taken.update(candidate.places)
    return found


def head_regions(page: Page) -> dict[int, Region]:
    """The lines of the head that may hold an author's name, and where each stands: `over` or `under` the headline, or `first` of the
    kept ones."""
    start, end = page.body_start, page.body_end
    return {
        place: Region.FIRST
        if start <= place < end and page.lines[place].kept
        else Region.OVER
        if place < page.headline
        else Region.UNDER
        for place in page.head
    }


def other_regions(page: Page) -> dict[int, Region]:
    """The same of other lines: `inside` the body those that call someone a writer, `last` of the kept ones, the `tail` below them."""
    lines, start, end = page.lines, page.body_start, page.body_end
    inside = [
        place
        for place, line in enumerate(lines[start:end], start)
        if line.kept and line.sentence and line.counts[2] and tells_of_writer(line.text, page.lexicon)
    ]
    last = [place for place in range(max(start, end - 2 * LAST_KEPT), end) if lines[place].kept][-LAST_KEPT:]
    where = dict.fromkeys(inside[:MAX_INSIDE], Region.INSIDE)
    where |= dict.fromkeys(last, Region.LAST)
    where |= dict.fromkeys(range(end, min(end + TAIL, len(lines))), Region.TAIL)
    return {place: region for place, region in where.items() if place not in page.head}


def _candidate(page: Page, place: int, where: Region) -> Candidate | None:
    line, lexicon = page.lines[place], page.lexicon
    if (
        line.entry
        or line.kind == BlockKind.TITLE
        or (line.kind == BlockKind.CAPTION and not line.name and not line.folded.startswith(lexicon.byline_words))
    ):
        return None
    text = page.texts[place]
    text = text if text.isascii() else text.replace("\xa0", " ")
    if len(text) <= 24:
        label = line.folded.strip(" :—–-•*")
        if label in lexicon.byline_words:
            return _below(page, place, where)
        if label in lexicon.bylines.source_words and place + 1 < len(page.lines):
            outlet = organisation(page.texts[place + 1], lexicon)
            return Candidate(place + 1, tuple(outlet), Way.SOURCE, where, (place + 1,), "") if outlet else None
    given = (_names_in_sentence if _is_sentence_like(line, text, where) else _names_on)(line, text, where, lexicon)
    if given is None or not given[0]:
        return None
    names, found = given
    rest = line.folded
    for name in names:
        rest = rest.replace(name.lower(), " ")
    return Candidate(place, tuple(names), found, where, (place,), rest)


def _is_sentence_like(line: Line, text: str, where: Region) -> bool:
    """Whether a line is a sentence or too long for a byline; one with a date in the head, that ends in "p.m.", is not."""
    if len(text) > LONGEST_SIGNED or not line.sentence:
        return len(text) > LONGEST_SIGNED
    *_, month, year = line.counts
    return where in (Region.LAST, Region.INSIDE, Region.TAIL) or len(text) > LONGEST_KEPT or not (month and year)


def _names_on(line: Line, text: str, where: Region, lexicon: Lexicon) -> tuple[list[str], Way] | None:
    """The names that a line without end mark gives, and how it gives them."""
    if line.folded.lstrip(BEFORE_BYLINE).startswith(lexicon.byline_words):
        names = names_in_byline(text, lexicon)
        if names:
            return names, _by_what(line, lexicon)
    if _TWO_CAPITALS.search(text) is None:
        return None
    names = names_after_signature(text, lexicon)
    if names:
        return names, Way.SIGNATURE
    if line.label is not None:
        return None
    for found, names_by in _FIELDS:
        names = names_by(text, lexicon)
        if names:
            return names, found
    if starts_with_name(text.lstrip(BEFORE_BYLINE), lexicon):
        names = _alone(line, lexicon)
        if names:
            return names, Way.ALONE
        names = names_at_start(text, lexicon, True)
        if names:
            return names, Way.SET_OFF if names_at_start(text, lexicon) else Way.OPENED
    if where in (Region.TAIL, Region.LAST):
        names = names_of_biography(text, lexicon) if line.counts[2] or "@" in text else []
        return (names, Way.BIOGRAPHY) if names else (name_in_address(text), Way.ADDRESS)
    names = names_after_date(text, lexicon)
    if names or line.folded.startswith(lexicon.byline_words):
        return names, Way.AFTER_DATE
    return outlet_of(text, lexicon), Way.OUTLET


def _by_what(line: Line, lexicon: Lexicon) -> Way:
    """Whether it is one word or a phrase that names the authors."""
    start = line.folded.lstrip(BEFORE_BYLINE)
    return Way.REPORTED if " " in next(word for word in lexicon.byline_words if start.startswith(word)) else Way.BY


def _signed_with_bar(text: str, lexicon: Lexicon) -> list[str]:
    """Names after "written by" in the last of several fields of a line."""
    fields = text[:LONGEST_LINE].split(" | ")
    return names_after_signature(fields[-1] + " ", lexicon) if len(fields) > 1 else []


def _names_in_sentence(line: Line, text: str, where: Region, lexicon: Lexicon) -> tuple[list[str], Way] | None:
    """The names of a sentence: "written by", a biography, an address."""
    if where == Region.FIRST:
        return names_in_byline(text[:GLUED_BYLINE], lexicon) or _signed_with_bar(text, lexicon), Way.GLUED
    if len(text) > LONGEST_LINE and where != Region.TAIL:
        return None
    if line.folded.lstrip(BEFORE_BYLINE).startswith(lexicon.byline_words):
        names = names_in_byline(text[:GLUED_BYLINE], lexicon)
        if names:
            return names, _by_what(line, lexicon)
    names = names_after_signature(text, lexicon)
    if names:
        return names, Way.SIGNATURE
    if where in (Region.UNDER, Region.OVER):
        return None
    names = names_of_biography(text, lexicon)
    return (names, Way.BIOGRAPHY) if names else (name_in_address(text[:LONGEST_LINE]), Way.ADDRESS)


def _alone(line: Line, lexicon: Lexicon) -> list[str]:
    """The name or names that a line is, also in capitals."""
    alone = line.text.strip() if line.name else name_alone(line.text, lexicon)
    return [alone] if alone else names_alone(line.text, lexicon)


_FIELDS = ((Way.LINKED, names_linked), (Way.LABELLED, names_after_label))


def _below(page: Page, place: int, where: Region) -> Candidate | None:
    """Names, or one organisation, on the lines after a line that is only "By"."""
    found: list[str] = []
    at = [place]
    for below in range(place + 1, min(place + 2 + 2 * MORE_NAMES_WITHIN, len(page.lines))):
        line = page.lines[below]
        text = page.texts[below].lstrip(BEFORE_BYLINE)
        if found and line.folded.strip(" :") in page.lexicon.byline_words:
            at.append(below)
            continue
        if line.sentence or len(text) > LONGEST_SIGNED:
            break
        names = names_linked(text, page.lexicon) or names_of(text, page.lexicon)
        if not page.lexicon.label_words.isdisjoint(word for name in names for word in name.lower().split()[1:]):
            names = []
        joiner = found and line.folded in page.lexicon.bylines.line_joiners
        if names and (not found or line.name or page.lines[below - 1].folded.strip(" :") in page.lexicon.byline_words):
            found.extend(name for name in names if name not in found)
            at.append(below)
        elif not joiner and (found or below > place + 1):
            break
        elif not found and line.label in (None, BlockKind.PHOTO_CREDIT) and line.word_count <= 4:
            found = organisation(text, page.lexicon)
            if found:
                at.append(below)
                break
    return Candidate(place, tuple(found), Way.BELOW_BY, where, tuple(at), "") if found else None


def describe(page: Page, found: Sequence[Candidate]) -> list[Signs]:
    """What the score of each candidate is made of."""
    ways = {(candidate.found, candidate.where, candidate.names[0]) for candidate in found}
    alike = Counter([(way, where) for way, where, _ in ways])
    return [_describe(page, candidate, alike[candidate.found, candidate.where]) for candidate in found]


def row_of(signs: Signs) -> dict[str, float]:
    """A value for every weight, as training wants it."""
    row: dict[str, float] = {way.value: float(signs.found == way) for way in Way}
    row |= signs.shared
    row |= {f"{group}_{name}": value * (group == signs.group) for group in Group for name, value in signs.shared.items()}
    return row | signs.plain


def _describe(page: Page, candidate: Candidate, alike: int) -> Signs:
    says, lines, lexicon, where, place = page.says, page.lines, page.lexicon, candidate.where, candidate.place
    line = lines[place]
    after = candidate.places[-1] + 1
    next_line = lines[after] if after < len(lines) else None
    previous = lines[place - 1] if place else None
    name = candidate.names[0]
    surname = _surname(name, lexicon)
    person = candidate.found not in _MAY_BE_OUTLETS or person_name(name, lexicon) is not None
    group = _GROUP.get(candidate.found, Group.WEAK)
    time = has_time(candidate.rest, lexicon) or any(_is_time(near, lexicon) for near in (previous, next_line) if near is not None)
    role = _has_role(candidate.rest, lexicon) or (next_line is not None and _is_role(next_line, lexicon))
    role = role or (previous is not None and previous.label == BlockKind.AUTHOR_BIO)
    outlet = (len(candidate.rest) <= NEAR_LINE and is_outlet(candidate.rest, lexicon)) or (
        next_line is not None and len(next_line.text) <= NEAR_LINE and is_outlet(next_line.folded, lexicon)
    )
    again = _times_again(page, candidate, says.around) if person else 0
    address = _address_near(page, candidate, surname)
    bare = candidate.found in (Way.ALONE, Way.OUTLET, Way.OPENED) and not (time or role or again or address or outlet)
    shared: dict[str, float] = {
        "headline_near": 1 / (place - page.headline) if where == Region.UNDER and 0 <= page.headline < place else 0.0,
        "body_near": 1 / (1 + abs(page.body_start - place)) if where in (Region.UNDER, Region.OVER, Region.FIRST) else 0.0,
        "end_near": 1 / (1 + place - page.body_end) if where == Region.TAIL else 0.0,
        "over": where == Region.OVER,
        "first": where == Region.FIRST,
        "last": where in (Region.LAST, Region.INSIDE),
        "tail": where == Region.TAIL,
        "organisation": not person,
        "time": time,
        "role": role,
        "outlet": outlet,
        "again": again,
        "address": address,
        "mentioned": person and _is_mentioned(line, surname, says.body),
        "given": person and _has_given_name(name, lexicon),
        "ordinary": person and min([_ordinary(other.lower().split(), lexicon, says.prose) for other in candidate.names]),
        "bare": bare,
        "alike": math.log(alike),
        "rest": 0 if group == Group.SURE else len(candidate.rest.split()),
    }
    plain: dict[str, float] = {
        "sure": SURE_SCALE * (group == Group.SURE),
        "over_near": 1 / (page.headline - place) if where == Region.OVER else 0.0,
        "three_words": person and _is_three_words(name),
        "no_headline": page.headline < 0,
        "inside": where == Region.INSIDE,
        "titled": person and surname in says.title,
        "above_biography": _above_biography(page, candidate, surname),
        "photo": line.kind == BlockKind.PHOTO_CREDIT or mentions_picture(candidate.rest, lexicon) or line.credited,
        "photo_above": previous is not None
        and (previous.kind == BlockKind.PHOTO_CREDIT or mentions_picture(previous.folded[:NEAR_LINE], lexicon)),
        "sentence": line.sentence,
        "hit": line.hits > 0,
        "label": line.label is not None,
        "repeated": line.bucket > 0,
        "shouted": line.text.isupper(),
        "contributed": only_contributed(candidate.rest[:CONTRIBUTED], lexicon),
    }
    return Signs(candidate.found, group, shared, plain)


def _above_biography(page: Page, candidate: Candidate, surname: str) -> bool:
    """Whether one of the next lines is a sentence that begins with the name."""
    after = candidate.places[-1] + 1
    return any(
        line.word_count > 6 and surname in line.folded[:BIOGRAPHY_NAMES] and (not line.kept or line.counts[2] > 0)
        for line in page.lines[after : after + 3]
    )


def _is_three_words(name: str) -> bool:
    """Whether a name is three whole words: more often something else."""
    words = name.split()
    return len(words) == 3 and len(words[1].rstrip(".")) > 1 and not words[1].islower()


def _has_given_name(name: str, lexicon: Lexicon) -> bool:
    words = name.lower().split()
    return words[0].split("-")[0] in lexicon.given_names or (len(words) > 2 and words[1] in lexicon.given_names)


def _surname(name: str, lexicon: Lexicon) -> str:
    words = [word.strip(".,").lower() for word in name.split()]
    behind = lexicon.bylines.generations | lexicon.bylines.numerals
    return words[-2] if len(words) > 2 and words[-1] in behind else words[-1]


def _is_mentioned(line: Line, surname: str, body: str) -> bool:
    """Whether a sentence of the body other than its own knows the surname."""
    if surname not in body:
        return False
    own = _times_whole(surname, line.folded, MAX_OWN) if line.kept and line.sentence else 0
    return _times_whole(surname, body, own + 1) > own


def _times_whole(word: str, text: str, most: int) -> int:
    """How often a word stands in a text by itself; counts no further than `most`."""
    count, place = 0, text.find(word)
    while place >= 0 and count < most:
        before, after = text[place - 1 : place], text[place + len(word) : place + len(word) + 1]
        count += not (before.isalnum() or after.isalnum())
        place = text.find(word, place + len(word))
    return count


def _is_time(line: Line, lexicon: Lexicon) -> bool:
    return len(line.text) <= NEAR_LINE and (line.kind in _TIMES or line.label in _TIMES or has_time(line.folded, lexicon))


def _has_role(folded: str, lexicon: Lexicon) -> bool:
    return len(folded) <= LONGEST_LINE and not lexicon.words.role_words.isdisjoint(words_of(folded))


def _is_role(line: Line, lexicon: Lexicon) -> bool:
    return 0 < line.word_count <= 8 and not line.sentence and not lexicon.words.role_words.isdisjoint(line.words)


def _times_again(page: Page, candidate: Candidate, around: str) -> int:
    """How often lines that were removed hold the name, its own left out."""
    name = candidate.names[0]
    own = sum(page.lines[place].text.count(name) for place in candidate.places if not page.lines[place].kept)
    return max(around.count(name) - own, 0)


def _address_near(page: Page, candidate: Candidate, surname: str) -> float:
    """1 where an address or a handle near the names holds the surname, 1/2 for any other."""
    best = 0.0
    for place in range(candidate.place, min(candidate.places[-1] + 3, len(page.lines))):
        folded = page.lines[place].folded[:LONGEST_LINE]
        for match in _ADDRESS.finditer(folded) if "@" in folded else ():
            best = max(best, 1.0 if surname in match.group() else 0.5)
    return best


def _ordinary(words: Sequence[str], lexicon: Lexicon, prose: str) -> float:
    """The share of words that are of labels or that the page writes small elsewhere; 1 where a label's word stands for a surname."""
    known = lexicon.label_words
    if not known.isdisjoint(words[1:]):
        return 1.0
    return sum([word in known or f" {word} " in prose for word in words]) / len(words)
