"""Which names are worth comparing in full. Whether they are of one person does not stand here: see `people`."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.speakers import given
from pipelines.speakers.kernels.load import KERNELS
from pipelines.speakers.people import MOST_LONGER, joined_words, parse_name, plain_word, small_places
from pipelines.speakers.settings import NameSettings
from pipelines.speakers.skeletons import skeleton
from pipelines.speakers.sounds import columns_of, kernel_costs, script_of

_DEFAULT = NameSettings()
_SKELETONS_ALIKE = 0.6  # of two words that are worth comparing by their sounds
_WORK_OF_A_PAIR = 100  # letters compared
_IN_A_THREAD = 20_000  # pairs that are worth one
Ints = NDArray[np.int64]


def may_be_one(names: Mapping[int, Collection[str]], first: Ints, second: Ints) -> NDArray[np.bool_]:
    """Whether the pairs `first[k], second[k]` of names, each given by its words, are not told apart by a cheap look at their words.

    Two names that both have a word which is none of the other's are never one; words are looked at as skeletons.
    """
    asked, one, other = _numbered(first, second)
    of_names = [sorted(set(names[place])) for place in asked.tolist()]
    vocabulary = {word: number for number, word in enumerate(sorted({word for name in of_names for word in name}))}
    letters = _letters([skeleton(word) for word in vocabulary])
    related = _flat([[vocabulary[form] for form in sorted(given.forms(word)) if form in vocabulary] for word in vocabulary])
    words = _flat([[vocabulary[word] for word in name] for name in of_names])
    return _asked_of_pairs("may_be_one", (*words, *letters, *related), one, other, (_SKELETONS_ALIKE,), _room(letters))


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
            (_ints(map(len, words)), _ints(in_script), _ints(forms), sounds.weights),
            _letters(list(plain)),
            (*sounds.rows, sounds.starts),
            related,
        )


def not_told_apart(
    names: Sequence[str], pairs: Sequence[tuple[int, int]] | Ints, settings: NameSettings = _DEFAULT
) -> list[tuple[int, int]]:
    """The pairs of places of names but those of which each has a word that is like none of the other's: `same_person` is false for these.

    >>> not_told_apart(["Peter Quill", "Mara Quill", "Quill, P."], [(0, 1), (0, 2), (1, 2)])
    [(0, 2)]
    """
    columns = np.array(pairs, np.int64).reshape(-1, 2)
    if 1 - settings.contradiction >= settings.same_name:  # a word too many on both sides need not count
        return _as_pairs(columns)
    asked, first, second = _numbered(columns[:, 0], columns[:, 1])
    of_names = [parse_name(names[place], settings.most_words).words for place in asked.tolist()]
    vocabulary = _Vocabulary()
    values: list[list[int]] = []
    joined: list[list[tuple[int, int, int]]] = []
    for words, most in zip(of_names, _longest_met(of_names, first, second), strict=True):
        small = small_places(words)
        telling = [k not in small and words.count(word) == 1 for k, word in enumerate(words)]
        numbers = [vocabulary.number(word) for word in words]
        values.append([number if tells else -1 - number for number, tells in zip(numbers, telling, strict=True)])
        some = joined_words(words)
        joined.append([(begin, end, vocabulary.number(word)) for begin, end, word in some if len(word) <= most + MOST_LONGER])
    of_words, letters, sounds, related = vocabulary.lists(settings)
    starts = np.append(0, np.cumsum(_ints(map(len, joined))))
    parts = np.array([triple for row in joined for triple in row], np.int64).reshape(-1, 3)
    costs, vowels = kernel_costs(settings.sounds)
    bounds = ((settings.same_word, settings.same_word_across), (settings.joined_word, settings.joined_word))
    lists = (_flat(values), (*map(np.ascontiguousarray, parts.T), starts), of_words, letters, sounds, related)
    room = max(_room(letters), _room(sounds))
    apart = _asked_of_pairs("told_apart", lists, first, second, (bounds, np.array(costs), vowels), room, np.float64)
    return _as_pairs(columns[~apart])


def _as_pairs(columns: Ints) -> list[tuple[int, int]]:
    return list(zip(columns[:, 0].tolist(), columns[:, 1].tolist(), strict=True))


def _longest_met(names: Sequence[Sequence[str]], first: Ints, second: Ints) -> list[int]:
    """Of each name the letters of the longest word of any with which it is compared."""
    longest, most = _ints(max(map(len, words), default=0) for words in names), np.zeros(len(names), np.int64)
    np.maximum.at(most, first, longest[second])
    np.maximum.at(most, second, longest[first])
    return most.tolist()


def _asked_of_pairs(
    kernel: str, lists: Sequence[Any], first: Ints, second: Ints, further: Sequence[Any], room: int, *rows: type
) -> NDArray[np.bool_]:
    """What a kernel finds of pairs, in as many threads as there are processors; `rows`: kinds of rows of numbers in which it works, next to the three."""
    kernels = KERNELS.for_work(len(first) * _WORK_OF_A_PAIR)
    out = np.zeros(len(first), bool)
    if not kernels.compiled:
        found = [False] * len(out)
        own = [[0] * room for _ in range(3)], *([0.0] * room for _ in rows)
        getattr(kernels, kernel)(*map(_plain, (*lists, first, second, *further)), *own, found)
        return np.array(found, bool)

    def work(part: slice) -> None:
        own = np.zeros((3, room), np.int64), *(np.zeros(room, kind) for kind in rows)
        getattr(kernels, kernel)(*lists, first[part], second[part], *further, *own, out[part])

    _in_parts(work, len(out))
    return out


def _in_parts(work: Callable[[slice], None], count: int) -> None:
    threads = max(1, min(os.cpu_count() or 1, count // _IN_A_THREAD))
    cuts = np.linspace(0, count, threads + 1).astype(int).tolist()
    parts = [slice(begin, end) for begin, end in pairwise(cuts)]
    if threads == 1:
        work(parts[0])
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, parts))


def _plain(values: Any) -> Any:
    """Arrays as lists, which plain Python reads faster."""
    if isinstance(values, tuple):
        return tuple(map(_plain, values))
    return values.tolist() if isinstance(values, np.ndarray) else values


def _numbered(first: Ints, second: Ints) -> tuple[Ints, Ints, Ints]:
    """The places that are in pairs, ascending, and the pairs by the numbers of these."""
    there = np.zeros(max(first.max(initial=-1), second.max(initial=-1)) + 1, bool)
    there[first] = there[second] = True
    numbers = np.cumsum(there) - 1
    return np.flatnonzero(there), numbers[first], numbers[second]


def _letters(words: Sequence[str]) -> tuple[Ints, Ints]:
    """The letters of words one after another, and where each word begins."""
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
    return codes.astype(np.int64), np.append(0, np.cumsum(_ints(map(len, words))))


def _room(lists: Sequence[Ints]) -> int:
    """One more than the longest has."""
    return int(np.diff(lists[-1]).max(initial=0)) + 1


def _flat(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Lists one after another, and where each begins."""
    return _ints(chain.from_iterable(rows)), np.append(0, np.cumsum(_ints(map(len, rows))))


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)
