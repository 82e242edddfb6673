"""Which names of people in a corpus may be of one person, and how sure that is; what was compared before is not compared again.

What two names say of each other stands in `people`, which names are one speaker in `corpus`.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.speakers.candidates import may_be_one, not_told_apart
from pipelines.speakers.people import parse_name, same_person, small_places, words_alike
from pipelines.speakers.settings import NameSettings
from pipelines.speakers.skeletons import skeleton
from pipelines.speakers.spellings import fold

Places = NDArray[np.int64]
_LEAST_TURNED = 3  # consonants of a family name that is looked for in other places of a name too
FULL, TURNED, PART, ORGANISATION = "full", "turned", "part", "organisation"


class Read(NamedTuple):
    """A name as it meets others. `kind`: a full name of a person; one that is full since another one of the same words is; a part of one; or a name of an
    organisation. `words`: in order of letters; of an organisation those that tell it from others. `sounds`: of the words, that of the family name
    first; of an organisation its short forms."""

    kind: str
    words: str
    sounds: str

    @property
    def is_full(self) -> bool:
        return self.kind in (FULL, TURNED)

    @property
    def is_alone(self) -> bool:
        """Whether a name of a person is one word, which is a family name, or nobody's."""
        return self.kind == PART and " " not in self.words and " " in self.sounds


@dataclass(frozen=True)
class Compared:
    """What was compared in an earlier load, by the same code: all names that were; pairs of those of people that may be of one
    person, and how sure that is; and for short forms and full names of organisations the article that gives both, None where none does.

    `changed`: the articles that are new, changed or gone since; `mentioned`: the names that those gave.
    """

    names: Mapping[str, Read] = field(default_factory=dict)
    same: Mapping[tuple[str, str], float] = field(default_factory=dict)
    given: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    changed: Collection[str] = frozenset()
    mentioned: Collection[str] = frozenset()


NOTHING_COMPARED = Compared()


def compare_people(
    listed: Sequence[str], settings: NameSettings, before: Compared
) -> tuple[dict[str, Read], dict[tuple[str, str], float]]:
    """Names of people as they meet others, and the pairs that may be of one person, of all that share a sound. Of two names that were there before it is
    known."""
    names = read_people(listed, before)
    known = {name: before.names.get(name) == read for name, read in names.items()}
    same = {pair: score for pair, score in before.same.items() if known.get(pair[0]) and known.get(pair[1])}
    return names, same | of_one_person(names, known, settings)


def of_one_person(names: Mapping[str, Read], known: Mapping[str, bool], settings: NameSettings) -> dict[tuple[str, str], float]:
    """The pairs that may be of one person, of those that share a sound and of which one name is not known."""
    names, same = _meeting_new(names, known), {}
    listed = list(names)
    for a, b in not_told_apart(listed, _worth_comparing(names, known), settings):
        # a part of a name first
        one, other = (listed[b], listed[a]) if names[listed[a]].is_full and not names[listed[b]].is_full else (listed[a], listed[b])
        if names[one].is_alone and not _may_be_family(one, other, settings):
            continue
        answer = same_person(one, other, settings)
        if answer.same:
            same[min(one, other), max(one, other)] = answer.score
    return same


def read_people(listed: Iterable[str], before: Compared = NOTHING_COMPARED) -> dict[str, Read]:
    """Names of people as they meet others. All that have the same words have to be there."""
    names = {}
    for name in listed:
        known = before.names.get(name)
        names[name] = known if known and known.kind != ORGANISATION else read_one(name)
    whole = {read.words for read in names.values() if read.kind == FULL}
    for name, read in names.items():
        # "Li Wei" is as full as "Wei Li", though "Li Causi" is a family name
        kind = FULL if read.kind == FULL else TURNED if read.words in whole else PART
        if kind != read.kind:
            names[name] = read._replace(kind=kind)
    return names


def read_one(name: str) -> Read:
    """As if there was no other name."""
    words = parse_name(name).words
    sounds = sorted({skeleton(word) for word in words if len(word) > 1})
    return Read(FULL if _is_full(name) else PART, " ".join(sorted(map(fold, words))), " ".join([skeleton(_family(name)), *sounds]))


def _meeting_new(names: Mapping[str, Read], known: Mapping[str, bool]) -> Mapping[str, Read]:
    """The names that share a key with one that is not known, in their order."""
    if not any(known.values()):
        return names
    keys = {key for name, read in names.items() if not known[name] for key in meeting_keys(read)}
    return {name: read for name, read in names.items() if not keys.isdisjoint(meeting_keys(read))}


def _worth_comparing(names: Mapping[str, Read], known: Mapping[str, bool]) -> Places:
    """Pairs [n, 2] of places of names, one of which is not known: two full names of which one has a sound of the other's family name, a word alone with a
    full name whose family name has its sound, and another part of a name with a full one that has a sound of it; but those that a look at their initials
    and words tells apart."""
    listed, read = list(names), list(names.values())
    alone = np.fromiter((name.is_alone for name in read), bool, len(names))
    pairs = _sharing_a_key(read, np.fromiter(map(known.__getitem__, names), bool, len(names)), alone)
    lower, higher = pairs >> 32, pairs & 0xFFFFFFFF
    by_name_alone = alone[lower] | alone[higher]
    first, second = lower[~by_name_alone], higher[~by_name_alone]
    begun = _initials_begin_words(read, first, second)
    first, second = first[begun], second[begun]
    asked = np.zeros(len(listed), bool)
    asked[first] = asked[second] = True
    found = may_be_one({place: _long_words(listed[place]) for place in np.flatnonzero(asked).tolist()}, first, second)
    return np.column_stack([np.append(first[found], lower[by_name_alone]), np.append(second[found], higher[by_name_alone])])


def _initials_begin_words(names: Sequence[Read], first: Places, second: Places) -> NDArray[np.bool_]:
    """Whether in pairs of names each initial of one that is a part begins a word of the other: "Quill P" may be Pat Quill, but not Mara Quill. Initials
    that are not of ASCII tell nothing, nor do they where a word of the other is not."""
    initials, begins = np.zeros(len(names), np.int64), np.zeros(len(names), np.int64)
    for place in np.unique(np.append(first, second)).tolist():
        words = names[place].words.split(" ")
        begins[place] = functools.reduce(operator.or_, map(_bit_of_letter, words))
        if not names[place].is_full:
            initials[place] = functools.reduce(operator.or_, (max(0, _bit_of_letter(word)) for word in words if len(word) == 1), 0)
    return np.asarray((initials[first] & ~begins[second] == 0) & (initials[second] & ~begins[first] == 0))


def _bit_of_letter(word: str) -> int:
    """Of the first letter; all bits for one that is not of ASCII."""
    return 1 << (ord(word[0]) - ord("a")) if "a" <= word[:1] <= "z" else -1


def _sharing_a_key(read: Sequence[Read], known: NDArray[np.bool_], alone: NDArray[np.bool_]) -> Places:
    """The pairs of places of names that meet, each as one number, the lower place above; ascending."""
    numbers: dict[str, int] = {}
    words, families, sounds, owners = [], [], [], []
    for place, name in enumerate(read):
        family, *rest = [numbers.setdefault(sound, len(numbers)) for sound in name.sounds.split(" ")]
        # "Wei Li" and "Li Wei" have words that are too short to be keys
        words.append(numbers.setdefault(f"words {name.words}", len(numbers)))
        families.append(family)
        sounds += rest
        owners += [place] * len(rest)
    turned = np.zeros(len(numbers), bool)
    turned[[number for key, number in numbers.items() if len(key) >= _LEAST_TURNED]] = True
    is_full = np.fromiter((name.is_full for name in read), bool, len(read))
    full, of_name = np.flatnonzero(is_full), np.array(owners, np.int64)
    by_words, by_family = (Keyed(np.array(keys, np.int64)[full], full) for keys in (words, families))
    by_sound, of_parts = (Keyed(np.array(sounds, np.int64), of_name).only(some[of_name]) for some in (is_full, ~is_full & ~alone))
    lone = Keyed(np.array(families, np.int64), np.arange(len(read))).only(alone)
    met = [
        (by_words, by_words),
        (by_family, by_family),
        (by_family.only(turned[by_family.keys]), by_sound),
        (of_parts, by_sound),
        (lone, by_family),
    ]
    pairs = np.concatenate(
        [
            _pairs_of(some, others)
            for left, right in met
            for some, others in (
                (left, right.only(~known[right.places])),
                (left.only(~known[left.places]), right.only(known[right.places])),
            )
        ]
    )
    pairs = pairs[pairs >> 32 != pairs & 0xFFFFFFFF]
    pairs.sort()  # takes a tenth of the time of `np.unique`
    return pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]


def _may_be_family(word: str, name: str, settings: NameSettings) -> bool:
    likeness, _ = words_alike(_long_words(word)[0], _family(name), settings)
    return likeness >= settings.same_name + settings.family_name_alone


def _is_full(name: str) -> bool:
    """Whether a name has a given name and a family name, both written out."""
    return len(_long_words(name)) > 1


class Keyed(NamedTuple):
    """Places of names, each with the number of a key."""

    keys: Places
    places: Places

    def only(self, kept: NDArray[np.bool_]) -> Keyed:
        return Keyed(self.keys[kept], self.places[kept])


def _pairs_of(some: Keyed, others: Keyed) -> Places:
    """Every pair of places with one key."""
    order = np.argsort(others.keys, kind="stable")
    keys, places = others.keys[order], others.places[order]
    begins = np.searchsorted(keys, some.keys)
    counts = np.searchsorted(keys, some.keys, "right") - begins
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    a, b = np.repeat(some.places, counts), places[np.repeat(begins, counts) + steps]
    return np.asarray(np.minimum(a, b) << 32 | np.maximum(a, b))


def _family(name: str) -> str:
    parsed = parse_name(name)
    return parsed.words[parsed.family] if parsed.words else ""


def _long_words(name: str) -> list[str]:
    """The words of a name but for initials and particles."""
    words = parse_name(name).words
    small = small_places(words)
    return [word for place, word in enumerate(words) if len(word) > 1 and place not in small]


def meeting_keys(read: Read) -> set[str]:
    """Names are compared only where they share one of these."""
    return {*read.sounds.split(" "), f"words {read.words}"}
