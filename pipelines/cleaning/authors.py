"""Which names are the authors: a linear score over the names that stand near the headline, in the last lines and below the body.

bylines.py says which names a line gives and how; here the lines beside it, the place and what else the page says of the name are
weighed. A name whose chance is too small is not given."""

from __future__ import annotations

import functools
import math
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import NamedTuple

from pipelines.cleaning.bylines import (
    BEFORE_BYLINE,
    SIGNATURE_WORDS,
    house_of,
    is_house,
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
    organisation,
    person_name,
    tells_of_writer,
)
from pipelines.cleaning.dates import find_date, find_day
from pipelines.cleaning.lines import Line, is_credited
from pipelines.cleaning.rules import Pack
from pipelines.vocabulary import BlockKind

WEIGHTS = "authors.txt"  # beside the rule packs; benchmarks/train_authors.py writes it
LEAST_CHANCE = 0.5  # under it no name is given
WITH_CHANCE = 0.5  # least chance of a name beside the best one
MOST_SCORE = 30.0
UNDER_FAVOUR = 0.2  # what a name between headline and article has ahead of one that stands elsewhere
FAR_HEAD, HEAD, TAIL = 60, 30, 20  # lines above the body under the headline, above the body elsewhere, below the body
INTO_BODY, BODY_LINES_OF_HEAD = 12, 4  # lines below the body's start, and kept ones, among which removed lines are the head's
LAST_KEPT = 2  # lines at the end of the body
SOURCE_WORDS = ("source", "quelle", "fuente", "источник", "джерело")
MOST_INSIDE = 4  # paragraphs inside the body that call someone their writer
TOGETHER = 4  # lines within which names belong together
MOST_NAMES = 8
MORE_NAMES_WITHIN = 4  # lines under a byline word where more names may stand, one by one
LONGEST_SIGNED, LONGEST_KEPT, LONGEST_LINE = 160, 90, 400  # characters of a line without end mark, of a kept one, of any
BIOGRAPHY_NAMES = 40  # characters at the start of a biography that hold the name
BESIDE = 60  # characters of a line that can be a sign beside a name
MOST_TOLD = 100_000  # characters of the sentences that are searched for a name
GLUED_BYLINE = 160  # characters at the start of a body that may hold a byline
_PHOTO = re.compile(r"\b(?:photos?|photograph\w*|images?|pictures?|credits?|illustrations?|foto|фото|bild|getty)\b")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d+ ?(?:h|hrs?|hours?|mins?|minutes?|days?|weeks?|months?)\b|\bago\b")
_ADDRESS = re.compile(r"(?<!\w)@\w+|\S+@\S+\.\w+")
_TIMES = (BlockKind.TIMESTAMP, BlockKind.DATE_STAMP, BlockKind.READING_TIME)
SURE = ("by", "below_by", "signature")


class Candidate(NamedTuple):
    """Names that one line gives, or a few lines one by one. `found` is how, `rest` what the line says beside them, folded."""

    place: int
    names: tuple[str, ...]
    found: str
    places: tuple[int, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Page:
    """A judged page. `texts` are its lines with stretches of blanks as ` | `: what stands apart is not one name. `told` are the
    sentences of the body, folded, `prose` all sentences as they are."""

    lines: Sequence[Line]
    texts: Sequence[str]
    pack: Pack
    body_start: int
    body_end: int
    headline: int
    head: Sequence[int]
    told: str
    prose: str


def page_of(lines: Sequence[Line], texts: Sequence[str], pack: Pack, body_start: int, body_end: int) -> Page:
    """`lines` from the first to the last kept one, end-exclusive, are the body."""
    head = head_of(lines, body_start, FAR_HEAD)
    headline = max((place for place in head if lines[place].kind == BlockKind.TITLE), default=-1)
    head = [place for place in head if place >= body_start - HEAD or 0 <= headline < place]
    told = "\n".join([line.folded for line in lines if line.kept and line.sentence])[:MOST_TOLD]
    prose = "\n".join([line.text for line in lines if line.sentence])[:MOST_TOLD]
    return Page(lines, texts, pack, body_start, body_end, headline, head, told, prose)


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
    """The authors, and the lines that hold nothing else."""
    found = candidates(page)
    if not found:
        return [], set()
    return choose(page, found, [chance_of(row, load_weights()) for row in describe(page, found)])


def chance_of(row: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The chance that the names are the authors. Someone of whom the article tells is none where nothing else speaks for it."""
    if row["bare_told"]:
        return 0.0
    score = sum(weights[name] * value for name, value in row.items())
    return 1 / (1 + math.exp(-min(max(score, -MOST_SCORE), MOST_SCORE)))


def choose(page: Page, found: Sequence[Candidate], chances: Sequence[float]) -> tuple[list[str], set[int]]:
    """The names of the best candidate and of those near it that have a chance as well, in the order of the page."""
    favour = [UNDER_FAVOUR * (_where(page, candidate.place) == "under") for candidate in found]
    best = max(range(len(found)), key=lambda place: (chances[place] + favour[place] * (chances[place] >= LEAST_CHANCE), -place))
    if chances[best] < LEAST_CHANCE:
        return [], set()
    chosen = _cluster(page, found, chances, best)
    names: list[str] = []
    surnames: set[str] = set()
    for candidate in chosen:
        for name in candidate.names:
            if _surname(name) not in surnames and len(names) < MOST_NAMES:
                surnames.add(_surname(name))
                names.append(name)
    return names, {place for candidate in chosen for place in candidate.places if _is_names_only(page, candidate, place)}


def _cluster(page: Page, found: Sequence[Candidate], chances: Sequence[float], best: int) -> list[Candidate]:
    """The candidates about the best one, each near the next."""
    chosen = [best]
    for step in (1, -1):
        at = best
        for other in range(best + step, len(found) if step > 0 else -1, step):
            near = abs(found[other].place - found[at].place) <= TOGETHER
            if not near or _where(page, found[other].place) != _where(page, found[best].place):
                break
            if chances[other] >= WITH_CHANCE:
                chosen.append(other)
                at = other
    return [found[place] for place in sorted(chosen)]


def _is_names_only(page: Page, candidate: Candidate, place: int) -> bool:
    """Whether a line goes with its names: it is no sentence, or was removed as it is."""
    line = page.lines[place]
    if line.kept:
        return place < page.body_start + 2 and not line.sentence
    return candidate.found != "biography" and (line.name or candidate.found in SURE or (line.label is None and not line.sentence))


def candidates(page: Page) -> list[Candidate]:
    """Names in the order of the page; no line is in two."""
    found: list[Candidate] = []
    taken: set[int] = set()
    tail = range(page.body_end, min(page.body_end + TAIL, len(page.lines)))
    last = [place for place in range(page.body_start, page.body_end) if page.lines[place].kept][-LAST_KEPT:]
    inside = [place for place in range(page.body_start, page.body_end) if _may_tell_of_writer(page.lines[place])]
    for place in dict.fromkeys([*page.head, *inside[:MOST_INSIDE], *last, *tail]):
        if place in taken:
            continue
        candidate = _candidate(page, place)
        if candidate:
            found.append(candidate)
            taken.update(candidate.places)
    return found


def _may_tell_of_writer(line: Line) -> bool:
    return line.kept and line.sentence and " is a" in line.text[:120] and line.counts[2] > 0 and tells_of_writer(line.text)


def _where(page: Page, place: int) -> str:
    if place < page.body_start:
        return "over" if place < page.headline else "under"
    if place >= page.body_end:
        return "tail"
    if place in page.head:
        return "first" if page.lines[place].kept else "under"
    return "last" if page.body_end - place <= 2 * LAST_KEPT else "inside"


def _candidate(page: Page, place: int) -> Candidate | None:
    line, pack = page.lines[place], page.pack
    text = page.texts[place].replace("\xa0", " ")
    if line.kind == BlockKind.TITLE or (line.kind == BlockKind.CAPTION and not line.name):
        return None
    if len(text) <= 24:
        label = line.folded.strip(" :—–-•*")
        if label in pack.byline_words:
            return _below(page, place)
        if label in SOURCE_WORDS and place + 1 < len(page.lines):
            house = organisation(page.texts[place + 1], pack)
            return Candidate(place + 1, tuple(house), "source", (place + 1,), "") if house else None
    names, found = _names_on(page, place, text)
    if not names:
        return None
    rest = line.folded
    for name in names:
        rest = rest.replace(name.lower(), " ")
    return Candidate(place, tuple(names), found, (place,), rest)


def _names_on(page: Page, place: int, text: str) -> tuple[list[str], str]:
    """The names that a line gives and how it gives them."""
    line, pack = page.lines[place], page.pack
    where = _where(page, place)
    if where == "first" and (line.sentence or len(text) > LONGEST_KEPT):
        return names_in_byline(text[:GLUED_BYLINE], pack) or _signed_with_bar(text, pack), "glued"
    if line.sentence or len(text) > LONGEST_SIGNED:
        return _names_told(line, text, where, pack)
    if line.folded.lstrip(BEFORE_BYLINE).startswith(pack.byline_words):
        names = names_in_byline(text, pack)
        if names:
            return names, "by"
    ways = (
        ("signature", lambda: names_after_signature(text, pack) if _may_be_signed(line) else []),
        ("linked", lambda: names_linked(text, pack)),
        ("labelled", lambda: names_after_label(text, pack)),
        ("alone", lambda: _alone(line, pack)),
        ("set_off", lambda: names_at_start(text, pack)),
        ("opened", lambda: names_at_start(text, pack, True)),
        ("after_date", lambda: names_after_date(text, pack)),
        ("biography", lambda: names_of_biography(text, pack) if where in ("tail", "last") else []),
        ("address", lambda: name_in_address(text)),
        ("house", lambda: house_of(text, pack) if where in ("under", "over", "first") else []),
    )
    for found, names_by in ways:
        names = names_by() if found in SURE or line.label is None else []
        if names:
            return names, found
    return [], ""


def _may_be_signed(line: Line) -> bool:
    return " by " in line.folded or " told to " in line.folded or line.folded.startswith(SIGNATURE_WORDS)


def _signed_with_bar(text: str, pack: Pack) -> list[str]:
    """Names after "written by" in the last of several fields of a line."""
    fields = text[:LONGEST_LINE].split(" | ")
    return names_after_signature(fields[-1] + " ", pack) if len(fields) > 1 else []


def _names_told(line: Line, text: str, where: str, pack: Pack) -> tuple[list[str], str]:
    """The names of a sentence: "written by", a biography, an address."""
    if len(text) > LONGEST_LINE and where != "tail":
        return [], ""
    names: list[str] = []
    if line.folded.lstrip(BEFORE_BYLINE).startswith(pack.byline_words):
        names = names_in_byline(text[:GLUED_BYLINE], pack)
    if names:
        return names, "by"
    if _may_be_signed(line):
        names = names_after_signature(text, pack)
    if names:
        return names, "signature"
    names = names_of_biography(text, pack)
    if names:
        return names, "biography"
    return name_in_address(text[:LONGEST_LINE]), "address"


def _alone(line: Line, pack: Pack) -> list[str]:
    """The name or names that a line is, also in capitals."""
    alone = line.text.strip() if line.name else name_alone(line.text, pack)
    return [alone] if alone else names_alone(line.text, pack)


def _below(page: Page, place: int) -> Candidate | None:
    """Names, or one organisation, on the lines after a line that is only "By"."""
    found: list[str] = []
    at = [place]
    for below in range(place + 1, min(place + 2 + 2 * MORE_NAMES_WITHIN, len(page.lines))):
        line = page.lines[below]
        text = page.texts[below].lstrip(BEFORE_BYLINE)
        if found and line.folded.strip(" :") in page.pack.byline_words:
            at.append(below)
            continue
        if line.sentence or len(text) > LONGEST_SIGNED:
            break
        names = names_linked(text, page.pack) or names_of(text, page.pack)
        if not page.pack.label_words.isdisjoint(word for name in names for word in name.lower().split()[1:]):
            names = []
        joiner = found and line.folded in page.pack.byline_joiners
        if names and (not found or line.name or page.lines[below - 1].folded.strip(" :") in page.pack.byline_words):
            found.extend(name for name in names if name not in found)
            at.append(below)
        elif not joiner and (found or below > place + 1):
            break
        elif not found and line.label in (None, BlockKind.PHOTO_CREDIT) and line.word_count <= 4:
            found = organisation(text, page.pack)
            if found:
                at.append(below)
                break
    return Candidate(place, tuple(found), "below_by", tuple(at), "") if found else None


FOUND = (
    "by", "below_by", "signature", "glued", "linked", "labelled", "alone", "house", "source", "set_off", "opened", "after_date", "biography", "address",
)  # fmt: skip


GROUPS = {"by": "sure", "below_by": "sure", "signature": "sure", "glued": "sure", "linked": "sure", "biography": "told"}


def describe(page: Page, found: Sequence[Candidate]) -> list[dict[str, float]]:
    """What the score of each candidate is made of."""
    regions = [_where(page, candidate.place) for candidate in found]
    alike = Counter([(candidate.found, region) for candidate, region in zip(found, regions, strict=True)])
    title = " ".join([line.folded for line in page.lines if line.kind == BlockKind.TITLE])
    return [
        _describe(page, candidate, region, alike[candidate.found, region], title)
        for candidate, region in zip(found, regions, strict=True)
    ]


def _describe(page: Page, candidate: Candidate, region: str, alike: int, title: str) -> dict[str, float]:
    lines, pack = page.lines, page.pack
    line = lines[candidate.place]
    after = candidate.places[-1] + 1
    next_line = lines[after] if after < len(lines) else None
    previous = lines[candidate.place - 1] if candidate.place else None
    beside = [near for near in (previous, next_line) if near is not None and len(near.text) <= BESIDE]
    surname = _surname(candidate.names[0])
    person = person_name(candidate.names[0], pack) is not None
    told = person and _is_told(page, line, surname)
    time = _has_time(candidate.rest, pack) or any(_is_time(near, pack) for near in beside)
    role = _has_role(candidate.rest, pack) or (next_line is not None and _is_role(next_line, pack))
    role = role or (previous is not None and previous.label == BlockKind.AUTHOR_BIO)
    house = is_house(candidate.rest, pack) or (
        next_line is not None and len(next_line.text) <= BESIDE and is_house(next_line.folded, pack)
    )
    again = _times_again(page, candidate) if person else 0
    address = _address_beside(page, candidate, surname)
    bare = candidate.found in ("alone", "house", "opened") and not (time or role or again or address or house)
    group = GROUPS.get(candidate.found, "weak")
    signs: dict[str, float] = {
        "headline_near": 1 / (candidate.place - page.headline)
        if 0 <= page.headline < candidate.place and region == "under"
        else 0.0,
        "body_near": 1 / (1 + abs(page.body_start - candidate.place)) if region in ("under", "over", "first") else 0.0,
        "end_near": 1 / (1 + candidate.place - page.body_end) if region == "tail" else 0.0,
        "over": region == "over",
        "first": region == "first",
        "last": region in ("last", "inside"),
        "tail": region == "tail",
        "organisation": not person,
        "time": time,
        "role": role,
        "outlet": house,
        "again": min(again, 2) / 2,
        "address": address,
        "told": told,
        "given": person and _is_given_name(candidate.names[0]),
        "ordinary": person and min(_ordinary(page, name.lower().split()) for name in candidate.names),
        "bare": bare,
        "alike": math.log(alike),
        "rest": min(len(candidate.rest.split()), 12) / 12,
    }
    row: dict[str, float] = {name: candidate.found == name for name in FOUND}
    row |= signs
    row |= {f"{kind}_{name}": value if kind == group else 0.0 for kind in ("sure", "weak", "told") for name, value in signs.items()}
    row |= {
        "bare_told": bare and told,
        "sure": 3.0 * (group == "sure"),
        "over_near": 1 / (page.headline - candidate.place) if region == "over" else 0.0,
        "three_words": person and _is_three_words(candidate.names[0]),
        "no_headline": page.headline < 0,
        "inside": region == "inside",
        "titled": person and surname in title,
        "above_biography": _above_biography(page, candidate, surname),
        "photo": _PHOTO.search(candidate.rest) is not None or line.kind == BlockKind.PHOTO_CREDIT or is_credited(line.folded),
        "photo_above": previous is not None
        and (previous.kind == BlockKind.PHOTO_CREDIT or _PHOTO.search(previous.folded[:BESIDE]) is not None),
        "sentence": line.sentence,
        "hit": line.hits > 0,
        "label": line.label is not None,
        "repeated": line.bucket > 0,
        "shouted": line.text.isupper(),
        "contributed": "additional" in candidate.rest or "contribut" in candidate.rest,
    }
    return row


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


@functools.cache
def _given_names() -> frozenset[str]:
    """First names of people, of every language that quotes are read in."""
    packs = (path for path in resources.files("seeds").joinpath("quotes").iterdir() if path.name.endswith(".toml"))
    lists = (tomllib.loads(path.read_text(encoding="utf-8")).get("given_names", {}) for path in packs)
    return frozenset(name for found in lists for names in found.values() for name in names.split())


def _is_given_name(name: str) -> bool:
    words = name.lower().split()
    return words[0].split("-")[0] in _given_names() or (len(words) > 2 and words[1] in _given_names())


def _surname(name: str) -> str:
    words = [word.strip(".,").lower() for word in name.split()]
    return words[-2] if len(words) > 2 and words[-1] in ("jr", "sr", "ii", "iii") else words[-1]


def _is_told(page: Page, line: Line, surname: str) -> bool:
    """Whether a sentence of the body other than its own knows the surname."""
    if surname not in page.told:
        return False
    pattern = re.compile(rf"(?<!\w){re.escape(surname)}(?!\w)")
    own = len(pattern.findall(line.folded)) if line.kept and line.sentence else 0
    return sum(1 for _, _ in zip(range(own + 1), pattern.finditer(page.told), strict=False)) > own


def _has_time(folded: str, pack: Pack) -> bool:
    if not any(mark.isdigit() for mark in folded):
        return " ago" in folded
    return _CLOCK.search(folded) is not None or find_date(folded, pack) is not None or find_day(folded, pack) is not None


def _is_time(line: Line, pack: Pack) -> bool:
    return line.kind in _TIMES or line.label in _TIMES or _has_time(line.folded, pack)


def _has_role(folded: str, pack: Pack) -> bool:
    return len(folded) <= LONGEST_LINE and not pack.role_words.isdisjoint(folded.replace(",", " ").split())


def _is_role(line: Line, pack: Pack) -> bool:
    return 0 < line.word_count <= 8 and not line.sentence and not pack.role_words.isdisjoint(line.words)


def _times_again(page: Page, candidate: Candidate) -> int:
    """Removed lines that hold the name, its own left out."""
    name = candidate.names[0]
    near = [*page.head, *range(page.body_end, min(page.body_end + TAIL, len(page.lines)))]
    return sum(
        name in page.lines[place].text
        for place in near
        if place not in candidate.places and not page.lines[place].kept and page.lines[place].kind != BlockKind.TITLE
    )


def _address_beside(page: Page, candidate: Candidate, surname: str) -> float:
    """1 where an address or a handle beside the names holds the surname, 1/2 for any other."""
    best = 0.0
    for place in range(candidate.place, min(candidate.places[-1] + 3, len(page.lines))):
        for match in _ADDRESS.finditer(page.lines[place].folded[:LONGEST_LINE]):
            best = max(best, 1.0 if surname in match.group() else 0.5)
    return best


def _ordinary(page: Page, words: Sequence[str]) -> float:
    """The share of words that are of labels or that the page writes small elsewhere; 1 where a label's word stands for a surname."""
    known = page.pack.label_words
    if not known.isdisjoint(words[1:]):
        return 1.0
    return sum(word in known or f" {word} " in page.prose for word in words) / len(words)


@functools.cache
def load_weights() -> Mapping[str, float]:
    """A weight for each name that describe gives."""
    text = resources.files("seeds").joinpath("boilerplate", WEIGHTS).read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, value in rows}
