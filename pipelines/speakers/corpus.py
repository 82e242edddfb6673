"""Who is who in a corpus: from the names that articles give their speakers to one id for each speaker.

Whether two spellings may be one name is said by `people` and `organisations`. Here it is weighed whether they are one speaker: two people may
have names that sound alike, and a family name alone may be anybody's. Which names an article gives is no business of this module.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.schemas import ASSIGNED
from pipelines.speakers import given
from pipelines.speakers.candidates import may_be_one, not_told_apart
from pipelines.speakers.organisations import organisation_words, short_forms, short_letters
from pipelines.speakers.people import parse_name, same_person, words_alike
from pipelines.speakers.settings import NameSettings
from pipelines.speakers.skeletons import skeleton
from pipelines.vocabulary import SpeakerKind

_DEFAULT = NameSettings()
_TEXTS_AT_ONCE = 512
_LEAST_TURNED = 3  # consonants of a family name that is looked for in other places of a name too
TextsOf = Callable[[Sequence[str]], Mapping[str, str]]
Alike = Callable[[str, str], float]  # how alike two articles are, 0 to 1
Two = Collection[frozenset[str]]
NOT_DECIDED: Two = frozenset()


class Mention(NamedTuple):
    """How often an article quotes somebody by a name, and in which roles."""

    article: str
    day: int | None
    name: str
    kind: str
    roles: frozenset[str]
    quotes: int


@dataclass
class _Spelling:
    """A name as it is written, folded, and where."""

    key: str
    mentions: list[Mention] = field(default_factory=list)

    @functools.cached_property
    def name(self) -> str:
        """The form most often used; asked for when all mentions are there."""
        times: dict[str, int] = {}
        for m in self.mentions:
            times[m.name] = times.get(m.name, 0) + m.quotes
        return min(times, key=lambda name: (-times[name], name))

    @functools.cached_property
    def articles(self) -> set[str]:
        return {m.article for m in self.mentions}

    @functools.cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(role for m in self.mentions for role in m.roles)


def assign_speakers(
    mentions: Iterable[Mention], texts_of: TextsOf, alike: Alike, settings: NameSettings = _DEFAULT, two: Two = NOT_DECIDED
) -> pa.Table:
    """The speaker of each name of each article, `ASSIGNED`, in order of article and name. The order of `mentions` does not matter.

    `texts_of`: texts of a few articles, to see whether one gives a full name with its short form. An unnamed speaker is of one article.
    `two`: pairs of folded names that are known to be of two speakers.
    """
    spellings: dict[str, _Spelling] = {}
    unnamed: list[tuple[str, str, str]] = []
    for m in sorted(mentions, key=lambda m: (m.article, m.name, m.kind)):
        if m.kind == SpeakerKind.UNNAMED:
            unnamed.append((m.article, m.name, _id(f"{m.article}:{m.name.strip().lower()}")))
        else:
            spellings.setdefault(fold(m.name), _Spelling(fold(m.name))).mentions.append(m)
    kinds = {key: _kind(spelling) for key, spelling in spellings.items()}
    people = [s for key, s in sorted(spellings.items()) if kinds[key] == SpeakerKind.PERSON]
    organisations = [s for key, s in sorted(spellings.items()) if kinds[key] == SpeakerKind.ORGANISATION]
    others = [s for key, s in sorted(spellings.items()) if kinds[key] not in (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)]
    found = [*_people(people, alike, settings, two), *_organisations(organisations, texts_of, two)]
    found += [(m.article, m.name, _id(s.key)) for s in others for m in s.mentions]
    # A name is of one speaker in an article, also where some of its quotes have it as unnamed.
    one = {(article, name): speaker for rows in (unnamed, sorted(found, reverse=True)) for article, name, speaker in rows}
    rows = sorted((article, name, speaker) for (article, name), speaker in one.items())
    columns = zip(*rows, strict=True) if rows else [()] * len(ASSIGNED)
    return pa.table([pa.array(column, pa.string()) for column in columns], schema=ASSIGNED)


@functools.lru_cache(1 << 16)
def fold(name: str) -> str:
    """A name without case and accents, as ids are made of it.

    >>> fold(" Élan Ruiz")
    'elan ruiz'
    """
    return "".join(c for c in unicodedata.normalize("NFD", name.strip()) if not unicodedata.combining(c)).lower()


def _id(text: str) -> str:
    return hashlib.md5(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def _kind(spelling: _Spelling) -> str:
    times: dict[str, int] = {}
    for m in spelling.mentions:
        times[m.kind] = times.get(m.kind, 0) + m.quotes
    return min(times, key=lambda kind: (-times[kind], kind))


# --- people


def _people(people: Sequence[_Spelling], alike: Alike, settings: NameSettings, two: Two) -> Iterator[tuple[str, str, str]]:
    whole = {_in_any_order(s.name) for s in people if _is_full(s.name)}
    full = [
        s for s in people if _in_any_order(s.name) in whole
    ]  # "Li Wei" is as full as "Wei Li", though "Li Causi" is a family name
    full_keys = {s.key for s in full}
    persons = _persons(full, alike, settings, two)
    for person in persons:
        number = _id(min(s.key for s in person))
        yield from ((m.article, m.name, number) for s in person for m in s.mentions)
    by_word = _by_word(persons)
    words = [frozenset(word for s in person[:1] for word in _long_words(s.name)) for person in persons]
    families = [_family(person[0].name) for person in persons]
    for spelling in people:
        if spelling.key not in full_keys:
            own = _long_words(spelling.name)
            near = sorted({k for key in _keys(spelling.name) for k in by_word.get(key, ())})
            if len(own) == 1 and len(parse_name(spelling.name).words) == 1:  # a name alone is the family name, or nobody's
                near = [
                    k
                    for k in near
                    if words_alike(own[0], families[k], settings)[0] >= settings.same_name + settings.family_name_alone
                ]
            else:
                candidates = may_be_one([frozenset(own), *(words[k] for k in near)], *_first_with_others(len(near)))
                near = [near[other - 1] for _, other in candidates]
            near = [k for k in near if not any(frozenset({spelling.key, s.key}) in two for s in persons[k])]
            may_be = [persons[k] for k in near if same_person(spelling.name, persons[k][0].name, settings).same]
            for m in spelling.mentions:
                one = _only_reading(m, spelling.name, may_be, alike, settings)
                yield (
                    m.article,
                    m.name,
                    _id(min(s.key for s in one) if one else f"{m.article}:{spelling.key}" if may_be else spelling.key),
                )


def _is_full(name: str) -> bool:
    """Whether a name has a given name and a family name, both written out. A particle ends no name."""
    words = parse_name(name).words
    return sum(len(word) > 1 and (word not in given.particles() or place == len(words) - 1) for place, word in enumerate(words)) > 1


def _in_any_order(name: str) -> tuple[str, ...]:
    return tuple(sorted(map(fold, parse_name(name).words)))


def _persons(full: Sequence[_Spelling], alike: Alike, settings: NameSettings, two: Two) -> list[list[_Spelling]]:
    """Full names grouped: the most alike first, and only where every name of the one may be every name of the other."""
    names = [spelling.name for spelling in full]
    words = [frozenset(_long_words(name)) for name in names]
    families = [skeleton(_family(name)) for name in names]
    by_key: dict[str, list[int]] = {}
    in_any_order: dict[tuple[str, ...], list[int]] = {}  # "Wei Li" and "Li Wei", whose words are too short to be keys
    for place, family in enumerate(families):
        in_any_order.setdefault(_in_any_order(names[place]), []).append(place)
        turned = {key for key in _keys(names[place]) if len(key) >= _LEAST_TURNED}
        for key in {family} | turned:
            by_key.setdefault(key, []).append(place)
    turned_round = {place: places for places in in_any_order.values() for place in places}
    beside = [by_key[family] + turned_round[place] for place, family in enumerate(families)]
    near = not_told_apart(names, may_be_one(words, *_pairs_of(beside)), settings)
    answers = {(a, b): same_person(names[a], names[b], settings) for a, b in near}
    scores = {pair: answer.score for pair, answer in answers.items() if answer.same}
    group = {place: [place] for place in range(len(full))}
    apart = {(a, b) for a, b in scores if full[a].articles & full[b].articles or frozenset({full[a].key, full[b].key}) in two}
    for a, b in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        if group[a] is group[b]:
            continue
        across = [(min(x, y), max(x, y)) for x in group[a] for y in group[b]]
        if any(pair in apart or pair not in scores for pair in across):
            continue
        if any(_one_person(full[x], full[y], alike, settings) for x, y in across):
            joined = sorted(group[a] + group[b])
            group |= dict.fromkeys(joined, joined)
    return [[full[k] for k in places] for place, places in sorted(group.items()) if places[0] == place]


def _pairs_of(near: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every two places of which one is near the other: the lower ones, and the higher ones."""
    one = np.repeat(np.arange(len(near)), [len(places) for places in near])
    other = np.array([place for places in near for place in places], np.int64)
    keys = np.unique(np.minimum(one, other)[one != other] << 32 | np.maximum(one, other)[one != other])
    return keys >> 32, keys & 0xFFFFFFFF


def _first_with_others(others: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs of place 0 with each of so many others."""
    return np.zeros(others, np.int64), np.arange(1, others + 1)


def _family(name: str) -> str:
    parsed = parse_name(name)
    return parsed.words[parsed.family] if parsed.words else ""


def _long_words(name: str) -> list[str]:
    """The words of a name but for initials and particles."""
    return [word for word in parse_name(name).words if len(word) > 1 and word not in given.particles()]


def _keys(name: str) -> set[str]:
    return {skeleton(word) for word in parse_name(name).words if len(word) > 1}


def _one_person(a: _Spelling, b: _Spelling, alike: Alike, settings: NameSettings) -> bool:
    """Whether two spellings that may be one name are one person: by their letters, or since a role or a story speaks for it."""
    if _one_by_letters(a.name, b.name, settings):
        return True
    return bool(a.roles & b.roles) or _one_story(a.mentions, b.mentions, alike, settings)


def _one_by_letters(a: str, b: str, settings: NameSettings) -> bool:
    """Equal words, forms of one given name and slips in a long family name; "Hassan" and "Hussein" need more."""
    first, second = parse_name(a).words, parse_name(b).words
    for word in first:
        likeness, how = max((words_alike(word, other, settings) for other in second), default=(0.0, ""))
        if how in ("equal", "initial", "forms of one name") or not likeness:
            continue
        if likeness < settings.slip or len(word) < settings.slip_letters:
            return False
    return True


def _one_story(first: Sequence[Mention], second: Sequence[Mention], alike: Alike, settings: NameSettings) -> bool:
    """Whether some article of the one and some of the other are near in time and alike."""
    return any(
        _near(m.day, n.day, settings) and (m.article == n.article or alike(m.article, n.article) >= settings.one_story)
        for m in first[: settings.most_compared]
        for n in second[: settings.most_compared]
    )


def _near(a: int | None, b: int | None, settings: NameSettings) -> bool:
    return a is None or b is None or abs(a - b) <= settings.window


def _by_word(persons: Sequence[Sequence[_Spelling]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for place, person in enumerate(persons):
        for spelling in person:
            for key in _keys(spelling.name):
                found.setdefault(key, set()).add(place)
    return found


def _only_reading(
    mention: Mention, name: str, may_be: Sequence[Sequence[_Spelling]], alike: Alike, settings: NameSettings
) -> Sequence[_Spelling] | None:
    """The one person whom a family name alone can mean here, by story and time; None where that is open."""
    in_time = [p for p in may_be if any(_near(mention.day, m.day, settings) for s in p for m in s.mentions)]
    told = [
        p for p in in_time if _one_story([mention], [m for s in p for m in s.mentions], alike, settings) or _role_of(mention, p)
    ]
    if len(told) == 1:
        return told[0]
    has_initial = len(parse_name(name).words) > 1
    return in_time[0] if has_initial and len(in_time) == 1 and not told else None


def _role_of(mention: Mention, person: Sequence[_Spelling]) -> bool:
    return any(mention.roles & s.roles for s in person)


# --- organisations


def _organisations(organisations: Sequence[_Spelling], texts_of: TextsOf, two: Two) -> Iterator[tuple[str, str, str]]:
    """Equal words are one; a short form is that of a full name where some text gives both, and of no other."""
    groups: dict[tuple[str, ...], list[_Spelling]] = {}
    for spelling in organisations:
        groups.setdefault(organisation_words(spelling.name), []).append(spelling)
    full_by_form: dict[str, list[tuple[str, ...]]] = {}
    for words, spellings in groups.items():
        if len(words) > 1:
            for form in short_forms(_in_order(spellings)):
                full_by_form.setdefault(form, []).append(words)
    may_be: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for words, spellings in sorted(groups.items()):
        if len(words) != 1 or not 2 <= len(words[0]) <= 8:
            continue
        for other in full_by_form.get(short_letters(spellings[0].name), ()):
            if any(frozenset({s.key, full.key}) in two for s in spellings for full in groups[other]):
                continue
            if any(word[0] == words[0][0] for word in other):
                may_be.append((words, other))
    fuller: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for place in _given_together([(groups[words], groups[other]) for words, other in may_be], texts_of):
        fuller.setdefault(may_be[place][0], set()).add(may_be[place][1])
    for words, spellings in groups.items():
        full = fuller.get(words, set())
        home = groups[next(iter(full))] if len(full) == 1 else spellings
        number = _id(min(s.key for s in home))
        yield from ((m.article, m.name, number) for s in spellings for m in s.mentions)


def _in_order(spellings: Sequence[_Spelling]) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", fold(spellings[0].name)))


def _given_together(pairs: Sequence[tuple[Sequence[_Spelling], Sequence[_Spelling]]], texts_of: TextsOf) -> set[int]:
    """The places of those pairs of a short form and a full name that some text of either gives both."""
    asked: dict[str, list[int]] = {}
    for place, pair in enumerate(pairs):
        for article in {article for spellings in pair for s in spellings for article in s.articles}:
            asked.setdefault(article, []).append(place)
    names = [[re.compile(rf"\b{re.escape(spellings[0].name)}\b") for spellings in pair] for pair in pairs]
    found: set[int] = set()
    articles = sorted(asked)
    for first in range(0, len(articles), _TEXTS_AT_ONCE):
        some = [id for id in articles[first : first + _TEXTS_AT_ONCE] if not found.issuperset(asked[id])]
        texts = texts_of(some) if some else {}
        for id in some:
            text = texts.get(id, "")
            for place in asked[id]:
                both = place not in found and all(spellings[0].name in text for spellings in pairs[place])
                if both and all(name.search(text) for name in names[place]):
                    found.add(place)
    return found
