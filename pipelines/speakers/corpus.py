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
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True)
class Compared:
    """What was compared in an earlier load, by the same code: all names that were, each with whether it was a full one; pairs of these that may be of one
    person, and how sure that is; and for short forms and full names of organisations the article that gives both, None where none does.

    `changed`: the articles that are new, changed or gone since.
    """

    names: Mapping[str, bool] = field(default_factory=dict)
    same: Mapping[tuple[str, str], float] = field(default_factory=dict)
    given: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    changed: Collection[str] = frozenset()


NOTHING_COMPARED = Compared()


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
    return assign_again(mentions, texts_of, alike, settings, two, NOTHING_COMPARED)[0]


def assign_again(
    mentions: Iterable[Mention], texts_of: TextsOf, alike: Alike, settings: NameSettings, two: Two, before: Compared
) -> tuple[pa.Table, Compared]:
    """`assign_speakers` that compares only pairs of names of which one is new, and what it has compared then."""
    spellings: dict[str, _Spelling] = {}
    unnamed: list[tuple[str, str, str]] = []
    for m in sorted(mentions, key=lambda m: (m.article, m.name, m.kind)):
        if m.kind == SpeakerKind.UNNAMED:
            unnamed.append((m.article, m.name, _id(f"{m.article}:{m.name.strip().lower()}")))
        else:
            key = fold(m.name)
            if key not in spellings:
                spellings[key] = _Spelling(key)
            spellings[key].mentions.append(m)
    kinds = {key: _kind(spelling) for key, spelling in spellings.items()}
    people = [s for key, s in sorted(spellings.items()) if kinds[key] == SpeakerKind.PERSON]
    organisations = [s for key, s in sorted(spellings.items()) if kinds[key] == SpeakerKind.ORGANISATION]
    others = [s for key, s in sorted(spellings.items()) if kinds[key] not in (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)]
    compared = _compare(people, settings, before)
    together, given_in = _given_together(_may_be_short(organisations, two), texts_of, before)
    one: dict[tuple[str, str], str] = {}
    for rows in (
        _people(people, compared, alike, settings, two),
        _organisations(organisations, together),
        ((m.article, m.name, _id(s.key)) for s in others for m in s.mentions),
    ):
        for article, name, speaker in rows:
            one[article, name] = min(one.get((article, name), speaker), speaker)
    # A name is of one speaker in an article, also where some of its quotes have it as unnamed.
    one = {(article, name): speaker for article, name, speaker in unnamed} | one
    articles, names = zip(*one, strict=True) if one else ((), ())
    table = pa.table([pa.array(column, pa.string()) for column in (articles, names, one.values())], schema=ASSIGNED)
    table = table.sort_by([("article_id", "ascending"), ("name", "ascending")])
    return table, replace(compared, given=given_in)


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


def _people(
    people: Sequence[_Spelling], compared: Compared, alike: Alike, settings: NameSettings, two: Two
) -> Iterator[tuple[str, str, str]]:
    full = [s for s in people if compared.names[s.name]]
    persons = _persons(full, compared, alike, settings, two)
    for person in persons:
        number = _id(min(s.key for s in person))
        yield from ((m.article, m.name, number) for s in person for m in s.mentions)
    of_name = {spelling.name: place for place, person in enumerate(persons) for spelling in person}
    near: dict[str, set[int]] = {}
    for a, b in compared.same:
        for one, other in ((a, b), (b, a)):
            if not compared.names[one] and other in of_name:
                near.setdefault(one, set()).add(of_name[other])
    for spelling in people:
        if not compared.names[spelling.name]:
            places = [
                k for k in near.get(spelling.name, ()) if not any(frozenset({spelling.key, s.key}) in two for s in persons[k])
            ]
            may_be = [persons[k] for k in sorted(places)]
            for m in spelling.mentions:
                read = _only_reading(m, spelling.name, may_be, alike, settings)
                yield (
                    m.article,
                    m.name,
                    _id(min(s.key for s in read) if read else f"{m.article}:{spelling.key}" if may_be else spelling.key),
                )


def _compare(people: Sequence[_Spelling], settings: NameSettings, before: Compared) -> Compared:
    """Which names may be of one person, of all pairs that share a sound. Of two names that were there before it is known."""
    whole = {_in_any_order(s.name) for s in people if _is_full(s.name)}
    # "Li Wei" is as full as "Wei Li", though "Li Causi" is a family name
    names = {s.name: _in_any_order(s.name) in whole for s in people}
    known = {name: before.names.get(name) == full for name, full in names.items()}
    same = {pair: score for pair, score in before.same.items() if known.get(pair[0]) and known.get(pair[1])}
    listed = list(names)
    pairs = not_told_apart(listed, _worth_comparing(listed, names, known, settings), settings)
    for a, b in pairs:
        one, other = (
            (listed[b], listed[a]) if names[listed[a]] and not names[listed[b]] else (listed[a], listed[b])
        )  # a part of a name first
        answer = same_person(one, other, settings)
        if answer.same:
            same[min(one, other), max(one, other)] = answer.score
    return Compared(names, same)


def _worth_comparing(
    listed: Sequence[str], full: Mapping[str, bool], known: Mapping[str, bool], settings: NameSettings
) -> list[tuple[int, int]]:
    """Pairs of places of names, one of which is not known: two full names of which one has a sound of the other's family name, and a name that is
    not full with a full one that has a sound of it."""
    keys = [_keys(name) for name in listed]
    families = [_family(name) for name in listed]
    long_words = [_long_words(name) for name in listed]
    by_family: dict[str, list[int]] = {}
    by_word: dict[str, list[int]] = {}
    lone: dict[str, list[int]] = {}
    in_any_order: dict[tuple[str, ...], list[int]] = {}  # "Wei Li" and "Li Wei", whose words are too short to be keys
    for place, name in enumerate(listed):
        if full[name]:
            in_any_order.setdefault(_in_any_order(name), []).append(place)
            by_family.setdefault(skeleton(families[place]), []).append(place)
        for key in keys[place]:
            (by_word if full[name] else lone).setdefault(key, []).append(place)
    met = [(places, places) for places in in_any_order.values() if len(places) > 1]
    met += [(places, places) for places in by_family.values() if len(places) > 1]
    met += [(places, by_word.get(key, [])) for key, places in by_family.items() if len(key) >= _LEAST_TURNED]
    met += [(places, by_word.get(key, [])) for key, places in lone.items()]
    pairs = _ascending([_pairs_of(*places) for places in met], np.array([known[name] for name in listed], bool))
    alone = np.array(
        [len(words) == 1 and len(parse_name(name).words) == 1 for name, words in zip(listed, long_words, strict=True)], bool
    )
    alone &= ~np.array([full[name] for name in listed], bool)
    lower, higher = pairs >> 32, pairs & 0xFFFFFFFF
    by_name_alone = alone[lower] | alone[higher]
    found = may_be_one(long_words, lower[~by_name_alone], higher[~by_name_alone])
    for a, b in zip(lower[by_name_alone].tolist(), higher[by_name_alone].tolist(), strict=True):
        one, other = (a, b) if alone[a] else (b, a)  # a name alone is the family name, or nobody's
        if words_alike(long_words[one][0], families[other], settings)[0] >= settings.same_name + settings.family_name_alone:
            found.append((a, b))
    return found


def _is_full(name: str) -> bool:
    """Whether a name has a given name and a family name, both written out. A particle ends no name."""
    words = parse_name(name).words
    return sum(len(word) > 1 and (word not in given.particles() or place == len(words) - 1) for place, word in enumerate(words)) > 1


def _in_any_order(name: str) -> tuple[str, ...]:
    return tuple(sorted(map(fold, parse_name(name).words)))


def _pairs_of(first: Sequence[int], second: Sequence[int]) -> NDArray[np.int64]:
    """Every pair of one of the first and one of the second, as one number, the lower place above."""
    one, other = np.repeat(np.array(first, np.int64), len(second)), np.tile(np.array(second, np.int64), len(first))
    return np.asarray(np.minimum(one, other) << 32 | np.maximum(one, other))


def _ascending(parts: Sequence[NDArray[np.int64]], known: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The different pairs of two places that are not both known. Sorting takes a tenth of the time of `np.unique`."""
    pairs = np.concatenate([np.zeros(0, np.int64), *parts])
    pairs = pairs[(pairs >> 32 != pairs & 0xFFFFFFFF) & ~(known[pairs >> 32] & known[pairs & 0xFFFFFFFF])]
    pairs.sort()
    return pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]


def _persons(
    full: Sequence[_Spelling], compared: Compared, alike: Alike, settings: NameSettings, two: Two
) -> list[list[_Spelling]]:
    """Full names grouped: the most alike first, and only where every name of the one may be every name of the other."""
    place_of = {spelling.name: place for place, spelling in enumerate(full)}
    scores: dict[tuple[int, int], float] = {}
    for (one, other), score in compared.same.items():
        if one in place_of and other in place_of:
            a, b = place_of[one], place_of[other]
            scores[min(a, b), max(a, b)] = score
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


Organisation = Sequence[_Spelling]  # all spellings of equal words


def _groups(organisations: Sequence[_Spelling]) -> dict[tuple[str, ...], list[_Spelling]]:
    groups: dict[tuple[str, ...], list[_Spelling]] = {}
    for spelling in organisations:
        groups.setdefault(organisation_words(spelling.name), []).append(spelling)
    return groups


def _may_be_short(organisations: Sequence[_Spelling], two: Two) -> list[tuple[Organisation, Organisation]]:
    """Pairs of which the first may be the short form of the second."""
    groups = _groups(organisations)
    full_by_form: dict[str, list[tuple[str, ...]]] = {}
    for words, spellings in groups.items():
        if len(words) > 1:
            for form in short_forms(_in_order(spellings)):
                full_by_form.setdefault(form, []).append(words)
    may_be: list[tuple[Organisation, Organisation]] = []
    for words, spellings in sorted(groups.items()):
        if len(words) != 1 or not 2 <= len(words[0]) <= 8:
            continue
        for other in full_by_form.get(short_letters(spellings[0].name), ()):
            if any(frozenset({s.key, full.key}) in two for s in spellings for full in groups[other]):
                continue
            if any(word[0] == words[0][0] for word in other):
                may_be.append((spellings, groups[other]))
    return may_be


def _organisations(
    organisations: Sequence[_Spelling], together: Sequence[tuple[Organisation, Organisation]]
) -> Iterator[tuple[str, str, str]]:
    """Equal words are one; a short form is that of a full name where some text gives both, and of no other."""
    fuller: dict[str, list[Organisation]] = {}
    for short, full in together:
        fuller.setdefault(short[0].key, []).append(full)
    for spellings in _groups(organisations).values():
        found = fuller.get(spellings[0].key, [])
        home = found[0] if len(found) == 1 else spellings
        number = _id(min(s.key for s in home))
        yield from ((m.article, m.name, number) for s in spellings for m in s.mentions)


def _in_order(spellings: Sequence[_Spelling]) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", fold(spellings[0].name)))


def _given_together(
    pairs: Sequence[tuple[Organisation, Organisation]], texts_of: TextsOf, before: Compared
) -> tuple[list[tuple[Organisation, Organisation]], dict[tuple[str, str], str | None]]:
    """The pairs of a short form and a full name that some text of either gives both; and for the names of each pair the article that does.

    Of a pair that was looked for before, only changed articles are read, unless it is one of these that gave both.
    """
    names = [(short[0].name, full[0].name) for short, full in pairs]
    asked: dict[str, list[int]] = {}
    where: dict[int, str] = {}
    for place, pair in enumerate(pairs):
        known, article_before = names[place] in before.given, before.given.get(names[place])
        articles = {article for spellings in pair for s in spellings for article in s.articles}
        if article_before in articles and article_before not in before.changed:
            where[place] = article_before or ""
            continue
        for article in articles.intersection(before.changed) if known and article_before is None else articles:
            asked.setdefault(article, []).append(place)
    patterns = {name: re.compile(rf"\b{re.escape(name)}\b") for pair in names for name in pair}
    articles_in_order = sorted(asked)
    for first in range(0, len(articles_in_order), _TEXTS_AT_ONCE):
        some = [id for id in articles_in_order[first : first + _TEXTS_AT_ONCE] if not where.keys() >= set(asked[id])]
        texts = texts_of(some) if some else {}
        for id in some:
            text = texts.get(id, "")
            for place in asked[id]:
                if (
                    place not in where
                    and all(name in text for name in names[place])
                    and all(patterns[n].search(text) for n in names[place])
                ):
                    where[place] = id
    return [pairs[place] for place in sorted(where)], {name: where.get(place) for place, name in enumerate(names)}
