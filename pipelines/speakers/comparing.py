"""Which names of people in a corpus may be of one person, and how sure that is; what was compared before is not compared again.

What two names say of each other stands in `people`, which names are one speaker in `corpus`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipelines.speakers import given
from pipelines.speakers.candidates import may_be_one, not_told_apart
from pipelines.speakers.people import parse_name, same_person, words_alike
from pipelines.speakers.settings import NameSettings
from pipelines.speakers.skeletons import skeleton
from pipelines.speakers.spellings import fold

_LEAST_TURNED = 3  # consonants of a family name that is looked for in other places of a name too
FULL, PART, ORGANISATION = "full", "part", "organisation"  # what a name is of: a full one of a person, or a part of one


@dataclass(frozen=True)
class Compared:
    """What was compared in an earlier load, by the same code: all names that were, each with what it is; pairs of those of people that may be of one
    person, and how sure that is; and for short forms and full names of organisations the article that gives both, None where none does.

    `changed`: the articles that are new, changed or gone since; `mentioned`: the names that those gave.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[tuple[str, str], float] = field(default_factory=dict)
    given: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    changed: Collection[str] = frozenset()
    mentioned: Collection[str] = frozenset()


NOTHING_COMPARED = Compared()


def compare_people(
    listed: Sequence[str], settings: NameSettings, before: Compared
) -> tuple[dict[str, str], dict[tuple[str, str], float]]:
    """Whether names of people are full ones, and the pairs that may be of one person, of all that share a sound. Of two names that were there before
    it is known."""
    names = sorts_of(listed)
    known = {name: before.names.get(name) == sort for name, sort in names.items()}
    same = {pair: score for pair, score in before.same.items() if known.get(pair[0]) and known.get(pair[1])}
    return names, same | of_one_person(listed, names, known, settings)


def sorts_of(listed: Sequence[str]) -> dict[str, str]:
    """Whether names of people are full ones. All that have the same words have to be there."""
    whole = {sorted_words(name) for name in listed if _is_full(name)}
    # "Li Wei" is as full as "Wei Li", though "Li Causi" is a family name
    return {name: FULL if sorted_words(name) in whole else PART for name in listed}


def of_one_person(
    listed: Sequence[str], sorts: Mapping[str, str], known: Mapping[str, bool], settings: NameSettings
) -> dict[tuple[str, str], float]:
    """The pairs that may be of one person, of those that share a sound and of which one name is not known."""
    full = {name: sorts[name] == FULL for name in listed}
    same: dict[tuple[str, str], float] = {}
    for a, b in not_told_apart(listed, _worth_comparing(listed, full, known, settings), settings):
        # a part of a name first
        one, other = (listed[b], listed[a]) if full[listed[a]] and not full[listed[b]] else (listed[a], listed[b])
        answer = same_person(one, other, settings)
        if answer.same:
            same[min(one, other), max(one, other)] = answer.score
    return same


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
            in_any_order.setdefault(sorted_words(name), []).append(place)
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


def sorted_words(name: str) -> tuple[str, ...]:
    """The words of a name, folded."""
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


def _family(name: str) -> str:
    parsed = parse_name(name)
    return parsed.words[parsed.family] if parsed.words else ""


def _long_words(name: str) -> list[str]:
    """The words of a name but for initials and particles."""
    return [word for word in parse_name(name).words if len(word) > 1 and word not in given.particles()]


def _keys(name: str) -> set[str]:
    return {skeleton(word) for word in parse_name(name).words if len(word) > 1}


def meeting_keys(name: str) -> set[str]:
    """Names are compared only where they share one of these."""
    return _keys(name) | {skeleton(_family(name)), " ".join(sorted_words(name))}
