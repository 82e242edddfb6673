"""Candidates compared on their full shingle sets, and those that pass put side by side."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa

from pipelines.duplicates.compiled import kernels
from pipelines.duplicates.folding import ascii_letters, character_tables
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import Sketches, letter_table, text_buffers

# A pair below the promised thresholds is put side by side all the same where enough shingles are shared over most of both texts: it
# may be a copy with recognition noise, of which few shingles survive.
LONG_INSERT = 30  # words that one text has more than the other in one place: they may be a passage of another story
_NOISY_SHARED = 4
_NOISY_CONTAINMENT = 0.02
_NOISY_SPAN = 0.5
_NOISY_LENGTHS = 0.7
_NOISY_STEADY = 0.8


@dataclass
class Compared:
    """Pairs that were compared, one row each in every array."""

    left: np.ndarray
    right: np.ndarray
    shared: np.ndarray  # different shingles in both
    containment_left: np.ndarray
    containment_right: np.ndarray
    jaccard: np.ndarray
    run: np.ndarray  # longest shared run, in words
    noisy: np.ndarray  # bool: below the thresholds, but it may be a noisy copy

    def rows(self, chosen: np.ndarray) -> Compared:
        return Compared(**{name: values[chosen] for name, values in vars(self).items()})


@dataclass
class Aligned:
    """Pairs put side by side, one row each; `passages` has (pair, start and end in the left, start and end in the right text)."""

    facts: np.ndarray
    likeness: np.ndarray
    passages: np.ndarray
    belonging: np.ndarray  # of the largest insertion to the story that it stands in: about 1, near 0 where it is foreign

    ordered = property(lambda self: self.facts[:, 0])
    equal = property(lambda self: self.facts[:, 1])
    heads = property(lambda self: self.facts[:, 2:4])
    tails = property(lambda self: self.facts[:, 4:6])
    run = property(lambda self: self.facts[:, 6])
    numbers = property(lambda self: self.facts[:, 7:9])
    shared_numbers = property(lambda self: self.facts[:, 9])
    between = property(lambda self: self.facts[:, 10:12])
    runs = property(lambda self: self.facts[:, 12])
    insert = property(lambda self: self.facts[:, 13])


def compare(
    found: Sketches,
    rows: np.ndarray,
    texts: tuple[np.ndarray, np.ndarray],
    settings: DuplicateSettings,
    everything: bool = False,
) -> Compared:
    """Exact counts for each pair of texts, text t being row `rows[t]` of `found`.

    Gives the pairs that pass a threshold or may be noisy copies, or `everything`.
    """
    left, right = rows[texts[0]], rows[texts[1]]
    facts = np.empty((len(left), 8), np.int64)

    def work(first: int, last: int) -> None:
        part = slice(first, last)
        kernels().verify(found.shingles, found.shingle_starts, found.shingle_ends, left[part], right[part], facts[part])

    _in_parts(work, left, settings.threads)
    sizes = found.shingle_ends - found.shingle_starts
    shared = facts[:, 0]
    in_left, in_right = found.distinct[left], found.distinct[right]
    with np.errstate(divide="ignore", invalid="ignore"):
        jaccard = np.nan_to_num(shared / (in_left + in_right - shared))
        containment_left, containment_right = np.nan_to_num(shared / in_left), np.nan_to_num(shared / in_right)
        span = np.minimum((facts[:, 3] - facts[:, 2]) / sizes[left], (facts[:, 5] - facts[:, 4]) / sizes[right])
    run = np.where(facts[:, 1] > 0, facts[:, 1] + settings.shingle_words - 1, 0)
    most = np.maximum(containment_left, containment_right)
    passed = (jaccard >= settings.jaccard) | (most >= settings.containment) | (run >= settings.shared_run)
    lengths = np.minimum(sizes[left], sizes[right]) / np.maximum(1, np.maximum(sizes[left], sizes[right]))
    noisy = (shared >= _NOISY_SHARED) & (most >= _NOISY_CONTAINMENT) & (span >= _NOISY_SPAN) & (lengths >= _NOISY_LENGTHS)
    noisy &= facts[:, 7] >= _NOISY_STEADY * (facts[:, 6] - 1)
    every = Compared(*texts, shared, containment_left, containment_right, jaccard, run, noisy & (jaccard < 0.7))
    return every if everything else every.rows(np.flatnonzero(passed | noisy))


def align(reading: Reading, pairs: Compared, left: np.ndarray, right: np.ndarray, settings: DuplicateSettings) -> Aligned:
    """Side by side, each pair; `left` and `right` are rows of `reading`."""
    facts = np.zeros((len(left), 17), np.int64)
    likeness = np.empty(len(left))
    kinds, folded = character_tables()
    found: dict[int, np.ndarray] = {}

    numbers, number_starts = _numbers(reading)

    def work(first: int, last: int) -> None:
        part = slice(first, last)
        passages = kernels().align(
            reading.words, reading.starts, numbers, number_starts, left[part], right[part], settings.shingle_words, facts[part]
        )
        kernels().liken(
            reading.data,
            reading.offsets,
            reading.places,
            reading.starts,
            kinds,
            folded,
            ascii_letters(),
            left[part],
            right[part],
            pairs.noisy[part],
            passages,
            likeness[part],
        )
        passages[:, 0] += first
        found[first] = passages

    _in_parts(work, left, settings.threads)
    passages = np.concatenate([found[first] for first in sorted(found)]) if found else np.empty((0, 6), np.int64)
    inserted = np.where(facts[:, 13] >= LONG_INSERT, facts[:, 16] - facts[:, 15], 0)
    belonging = np.empty(len(left))
    host = np.where(facts[:, 14] == 0, left, right)
    kernels().belonging(reading.words, reading.places, reading.starts, host, facts[:, 15], facts[:, 15] + inserted, belonging)
    return Aligned(facts, likeness, passages[np.lexsort((passages[:, 1], passages[:, 0]))], belonging)


def _numbers(reading: Reading) -> tuple[np.ndarray, np.ndarray]:
    """The different words with a digit of each text, ascending, end to end."""
    where = np.flatnonzero(reading.words & np.uint64(1))
    texts = np.searchsorted(reading.starts, where, "right") - 1
    values = reading.words[where]
    order = np.lexsort((values, texts))
    values, texts = values[order], texts[order]
    new = np.append(True, (values[1:] != values[:-1]) | (texts[1:] != texts[:-1])) if len(values) else np.empty(0, bool)
    return values[new], np.append(0, np.cumsum(np.bincount(texts[new], minlength=len(reading.starts) - 1)))


@dataclass
class Reading:
    """Texts read again, for the places of their words."""

    data: np.ndarray
    offsets: np.ndarray
    words: np.ndarray
    places: np.ndarray  # int32 a word: first and last byte, first and last character
    starts: np.ndarray  # where each text's words start


def read(texts: pa.Array | pa.ChunkedArray, word_counts: np.ndarray, threads: int) -> Reading:
    """Tokenise texts, whose numbers of words are known, with the places of their words."""
    starts = np.append(0, np.cumsum(word_counts))
    words, places = np.empty(starts[-1], np.uint64), np.empty((starts[-1], 4), np.int32)
    if not len(texts):
        return Reading(np.zeros(1, np.uint8), np.zeros(1, np.int64), words, places, starts)
    array = pa.concat_arrays(texts.chunks) if isinstance(texts, pa.ChunkedArray) else texts
    data, offsets = next(text_buffers(array))
    kinds, folded = character_tables()

    def work(first: int, last: int) -> None:
        part = slice(first, last + 1)
        kernels().words_and_places(data, offsets[part], kinds, folded, letter_table(), starts[part], words, places)

    _in_parts(work, np.arange(len(texts)), threads)
    return Reading(data, offsets, words, places, starts)


def _in_parts(work: Callable[[int, int], None], left: np.ndarray, threads: int) -> None:
    """Run `work(first, last)` over parts of the pairs, cut where `left` changes."""
    if not len(left):
        return
    changes = np.append(np.flatnonzero(left[1:] != left[:-1]) + 1, len(left))
    wanted = np.linspace(0, len(left), 8 * threads + 1).astype(int)[1:]
    cuts = np.unique(np.append(0, changes[np.minimum(np.searchsorted(changes, wanted), len(changes) - 1)]))
    with ThreadPoolExecutor(threads) as pool:
        for job in [pool.submit(work, first, last) for first, last in pairwise(cuts.tolist())]:
            job.result()
