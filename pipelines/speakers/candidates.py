"""Which names are worth comparing in full. Whether they are of one person does not stand here: see `people`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipelines.speakers import given
from pipelines.speakers.kernels.load import KERNELS
from pipelines.speakers.skeletons import skeleton

_SKELETONS_ALIKE = 0.6  # of two words that are worth comparing by their sounds
_WORK_OF_A_PAIR = 100  # letters compared


def may_be_one(names: Sequence[frozenset[str]], first: NDArray[np.int64], second: NDArray[np.int64]) -> list[tuple[int, int]]:
    """The pairs `first[k], second[k]` of names, each given by its words, that are not told apart by a cheap look at their words.

    Two names that both have a word which is none of the other's are never one; words are looked at as skeletons.
    """
    vocabulary = {word: number for number, word in enumerate(sorted({word for name in names for word in name}))}
    letters = [[ord(letter) for letter in skeleton(word)] for word in vocabulary]
    related = [[vocabulary[form] for form in sorted(given.forms(word)) if form in vocabulary] for word in vocabulary]
    lists = [*_flat([sorted(vocabulary[word] for word in name) for name in names]), *_flat(letters), *_flat(related)]
    longest = max(map(len, letters), default=0) + 1
    kernels = KERNELS.for_work(len(first) * _WORK_OF_A_PAIR)
    if kernels.compiled:
        found = np.zeros(len(first), bool)
        arrays = [np.array(values, np.int64) for values in lists]
        kernels.may_be_one(*arrays, first, second, _SKELETONS_ALIKE, np.zeros((3, longest), np.int64), found)
        return list(zip(first[found].tolist(), second[found].tolist(), strict=True))
    pairs = list(zip(first.tolist(), second.tolist(), strict=True))
    out = [False] * len(pairs)
    rows = [[0] * longest for _ in range(3)]
    kernels.may_be_one(*lists, first.tolist(), second.tolist(), _SKELETONS_ALIKE, rows, out)
    return [pair for pair, kept in zip(pairs, out, strict=True) if kept]


def _flat(rows: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    """Lists one after another, and where each begins."""
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    return [value for row in rows for value in row], starts
