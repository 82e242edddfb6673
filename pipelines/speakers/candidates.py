"""Which names are worth comparing in full. Whether they are of one person does not stand here: see `people`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.speakers import given
from pipelines.speakers.kernels.load import KERNELS
from pipelines.speakers.people import joined_words, parse_name, plain_word, small_places
from pipelines.speakers.settings import NameSettings
from pipelines.speakers.skeletons import skeleton
from pipelines.speakers.sounds import columns_of, kernel_costs, script_of

_DEFAULT = NameSettings()
_SKELETONS_ALIKE = 0.6  # of two words that are worth comparing by their sounds
_WORK_OF_A_PAIR = 100  # letters compared


def may_be_one(names: Mapping[int, Collection[str]], first: NDArray[np.int64], second: NDArray[np.int64]) -> list[tuple[int, int]]:
    """The pairs `first[k], second[k]` of names, each given by its words, that are not told apart by a cheap look at their words.

    Two names that both have a word which is none of the other's are never one; words are looked at as skeletons.
    """
    there = np.zeros(max(first.max(initial=-1), second.max(initial=-1)) + 1, bool)
    there[first] = there[second] = True
    asked, place_of = np.flatnonzero(there), np.cumsum(there) - 1
    of_names = [sorted(set(names[place])) for place in asked.tolist()]
    vocabulary = {word: number for number, word in enumerate(sorted({word for name in of_names for word in name}))}
    letters = [[ord(letter) for letter in skeleton(word)] for word in vocabulary]
    related = [[vocabulary[form] for form in sorted(given.forms(word)) if form in vocabulary] for word in vocabulary]
    lists = [*_flat([[vocabulary[word] for word in name] for name in of_names]), *_flat(letters), *_flat(related)]
    longest = max(map(len, letters), default=0) + 1
    kernels = KERNELS.for_work(len(first) * _WORK_OF_A_PAIR)
    one, other = place_of[first], place_of[second]
    if kernels.compiled:
        found = np.zeros(len(first), bool)
        arrays = [np.array(values, np.int64) for values in lists]
        kernels.may_be_one(*arrays, one, other, _SKELETONS_ALIKE, np.zeros((3, longest), np.int64), found)
        return list(zip(first[found].tolist(), second[found].tolist(), strict=True))
    out = [False] * len(first)
    rows = [[0] * longest for _ in range(3)]
    kernels.may_be_one(*lists, one.tolist(), other.tolist(), _SKELETONS_ALIKE, rows, out)
    return [pair for pair, kept in zip(zip(first.tolist(), second.tolist(), strict=True), out, strict=True) if kept]


class _Vocabulary:
    """Words by their numbers, with all that the kernel asks of them."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        return self.numbers.setdefault(word, len(self.numbers))

    def lists(self, settings: NameSettings) -> tuple[Any, ...]:
        """What `told_apart` calls words, letters, sounds and related."""
        words = list(self.numbers)
        plain: dict[str, int] = {}
        forms = [plain.setdefault(plain_word(word), len(plain)) for word in words]
        scripts: dict[str, int] = {}
        in_script = [scripts.setdefault(script_of(word), len(scripts)) for word in words]
        related = _flat([[plain[form] for form in sorted(given.forms(word)) if form in plain] for word in plain])
        sounds = columns_of(words, settings.sounds)
        return (
            (list(map(len, words)), in_script, forms, sounds.weights),
            _flat([[ord(letter) for letter in word] for word in plain]),
            (*sounds.rows, sounds.starts),
            related,
        )


def not_told_apart(
    names: Sequence[str], pairs: Sequence[tuple[int, int]], settings: NameSettings = _DEFAULT
) -> Sequence[tuple[int, int]]:
    """The pairs of places of names but those of which each has a word that is like none of the other's: `same_person` is false for these.

    >>> not_told_apart(["Peter Quill", "Mara Quill", "Quill, P."], [(0, 1), (0, 2), (1, 2)])
    [(0, 2)]
    """
    if 1 - settings.contradiction >= settings.same_name:  # a word too many on both sides need not count
        return pairs
    asked = sorted({place for pair in pairs for place in pair})
    place_of = {place: k for k, place in enumerate(asked)}
    vocabulary = _Vocabulary()
    values: list[list[int]] = []
    joined: list[list[tuple[int, int, int]]] = []
    for place in asked:
        words = parse_name(names[place], settings.most_words).words
        small = small_places(words)
        telling = [k not in small and words.count(word) == 1 for k, word in enumerate(words)]
        numbers = [vocabulary.number(word) for word in words]
        values.append([number if tells else -1 - number for number, tells in zip(numbers, telling, strict=True)])
        joined.append([(first, end, vocabulary.number(word)) for first, end, word in joined_words(words)])
    parts, starts = _flat_parts(joined)
    of_words, letters, sounds, related = vocabulary.lists(settings)
    longest = 1 + max((b - a for ends in (letters[1], sounds[3]) for a, b in pairwise(ends)), default=0)
    costs, vowels = kernel_costs(settings.sounds)
    bounds = ((settings.same_word, settings.same_word_across), (settings.joined_word, settings.joined_word))
    kernels = KERNELS.for_work(len(pairs) * _WORK_OF_A_PAIR)
    lists = (_flat(values), (*parts, starts), of_words, letters, sounds, related)
    first, second = [place_of[a] for a, _ in pairs], [place_of[b] for _, b in pairs]
    if kernels.compiled:
        apart = np.zeros(len(pairs), bool)
        arrays = [tuple(_array(values) for values in some) for some in lists]
        rows, row = np.zeros((3, longest), np.int64), np.zeros(longest)
        kernels.told_apart(*arrays, _array(first), _array(second), bounds, np.array(costs), vowels, rows, row, apart)
        return [pair for pair, told in zip(pairs, apart.tolist(), strict=True) if not told]
    out = [False] * len(pairs)
    kernels.told_apart(*lists, first, second, bounds, costs, vowels, [[0] * longest for _ in range(3)], [0.0] * longest, out)
    return [pair for pair, told in zip(pairs, out, strict=True) if not told]


def _array(values: Sequence[float]) -> NDArray[Any]:
    return np.array(values, np.float64 if values and isinstance(values[0], float) else np.int64)


def _flat_parts(rows: Sequence[Sequence[tuple[int, int, int]]]) -> tuple[list[list[int]], list[int]]:
    """The columns of lists of triples one after another, and where each list begins."""
    flat, starts = [triple for row in rows for triple in row], [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    return [[triple[k] for triple in flat] for k in range(3)], starts


def _flat(rows: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    """Lists one after another, and where each begins."""
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    return [value for row in rows for value in row], starts
