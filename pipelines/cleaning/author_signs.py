"""What speaks for and against a name that may be an author's: the lines around it, its place, and what else the page says of it.

The weight of each sign is learned; `authors.py` adds them up.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from pipelines.cleaning.author_candidates import BY_WORDS, LONGEST_LINE, Candidate, Page, Region, Way
from pipelines.cleaning.biographies import only_contributed
from pipelines.cleaning.bylines import is_outlet
from pipelines.cleaning.credits import mentions_picture
from pipelines.cleaning.dates import has_time
from pipelines.cleaning.folding import words_of
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line
from pipelines.cleaning.person_names import person_name
from pipelines.vocabulary import BlockKind

MAX_OWN = 3  # times that a biography may repeat its name
SURE_SCALE = 3.0  # so that training shrinks what "By" weighs less than the rest
BIOGRAPHY_NAMES = 40  # characters at the start of a biography that hold the name
CONTRIBUTED = 40  # characters, the names left out, that say that someone only contributed
NEAR_LINE = 60  # characters of a line that can be a sign next to a name


_ADDRESS = re.compile(r"[\w.+-]{0,60}@[\w.-]{1,60}")
_TIMES = (BlockKind.TIMESTAMP, BlockKind.DATE_STAMP, BlockKind.READING_TIME)


class Group(StrEnum):
    """Ways that are alike in what else must speak for the names; a weight each for every sign."""

    SURE = "sure"
    WEAK = "weak"
    MENTIONED = "mentioned"


OUTLETS = (Way.OUTLET, Way.SOURCE)
_MAY_BE_OUTLETS = (Way.BY, Way.REPORTED, Way.BELOW_BY, Way.GLUED, *OUTLETS)
_GROUP = dict.fromkeys((*BY_WORDS, Way.GLUED, Way.LINKED), Group.SURE) | {Way.BIOGRAPHY: Group.MENTIONED}


class Signs(NamedTuple):
    """What speaks for and against a candidate: `shared` weighs in each group of ways to be found, and next to it in the candidate's
    own group, `plain` weighs the same in all."""

    found: Way
    group: Group
    shared: dict[str, float]
    plain: dict[str, float]


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
    surname = surname_of(name, lexicon)
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


def surname_of(name: str, lexicon: Lexicon) -> str:
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
