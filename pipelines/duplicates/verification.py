"""Candidates compared on their full shingle sets, and those that pass put side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.duplicates.blocks import fresh
from pipelines.duplicates.folding import ascii_letters, character_tables
from pipelines.duplicates.loading import kernels
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import Sketches, Texts, Words
from pipelines.duplicates.threads import in_parts

# A pair below the promised thresholds is put side by side all the same where enough shingles are shared over most of both texts: it
# may be a copy with recognition noise, of which few shingles survive.
LONG_INSERT = 30  # words that one text has more than the other in one place: they may be a passage of another story
NOISE_BETWEEN = 0.65  # of the letters between passages that agree in a noisy copy; where words were replaced few do
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
    likeness: np.ndarray  # of letters, from the first to the last passage and between passages; NaN where not asked for
    passages: np.ndarray
    belonging: np.ndarray  # of the largest insertion to the story that it stands in: about 1, near 0 where it is foreign

    ordered = property(lambda self: self.facts[:, 0])
    equal = property(lambda self: self.facts[:, 1])
    heads = property(lambda self: self.facts[:, 2:4])
    tails = property(lambda self: self.facts[:, 4:6])
    run = property(lambda self: self.facts[:, 6])
    between = property(lambda self: self.facts[:, 7:9])
    runs = property(lambda self: self.facts[:, 9])
    sizes = property(lambda self: self.ordered[:, None] + self.between + self.heads + self.tails)  # in words
    insert = property(lambda self: self.facts[:, 10])
    replaced_numbers = property(lambda self: self.facts[:, 14])
    kept_numbers = property(lambda self: self.facts[:, 15])


def compare(
    found: Sketches,
    words: Words,
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

    def work(part: slice) -> None:
        kernels().verify(words.hashes, words.starts, settings.shingle_words, left[part], right[part], facts[part])

    in_parts(work, left, settings.threads)
    sizes = found.shingles
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


def align(words: Words, rows: np.ndarray, pairs: Compared, settings: DuplicateSettings) -> Aligned:
    """Side by side, each pair of texts, text t being text `rows[t]` of `words`; `likeness` is left for `liken`."""
    left, right = rows[pairs.left], rows[pairs.right]
    facts = np.zeros((len(left), 16), np.int64)
    belonging = np.empty(len(left))
    hashes, starts = words.hashes, words.starts
    passages: dict[int, np.ndarray] = {}

    def work(part: slice) -> None:
        first = part.start
        passages[first] = kernels().align(hashes, starts, left[part], right[part], settings.shingle_words, facts[part])
        passages[first][:, 0] += first
        inserted = np.where(facts[part, 10] >= LONG_INSERT, facts[part, 13] - facts[part, 12], 0)
        host = np.where(facts[part, 11] == 0, left[part], right[part])
        kernels().belonging(hashes, starts, host, facts[part, 12], facts[part, 12] + inserted, belonging[part])

    in_parts(work, left, settings.threads)
    every = np.concatenate([passages[first] for first in sorted(passages)]) if passages else np.empty((0, 6), np.int64)
    return Aligned(facts, np.full((len(left), 2), np.nan), every, belonging)


def locate(
    texts: Texts,
    rows: np.ndarray,
    word_counts: np.ndarray,
    text: np.ndarray,
    first_words: np.ndarray,
    last_words: np.ndarray,
    threads: int,
) -> np.ndarray:
    """Where words `first_words[i]` to `last_words[i]` (exclusive) of the text of row `rows[text[i]]` stand.

    A row of int32 each: first and last byte, the last exclusive, and the same in characters, counted from the text's start.
    """
    part_of = texts.part_of[rows]
    by_part = np.argsort(part_of, kind="stable")
    place = np.empty(len(rows), np.int64)
    place[by_part] = np.arange(len(rows))
    wanted, starts = kernels().counted_order(place[text], len(rows))
    begins, ends, counts = texts.begins[rows[by_part]], texts.ends[rows[by_part]], word_counts[by_part]
    out = fresh(4 * len(text), np.int32).reshape(-1, 4)
    kinds, codes = character_tables()
    bounds = np.searchsorted(part_of[by_part], np.arange(len(texts.parts) + 1)).tolist()

    def work(rows: slice) -> None:
        for part, data in enumerate(texts.parts):
            some = slice(max(rows.start, bounds[part]), min(rows.stop, bounds[part + 1]))
            after = slice(some.start + 1, some.stop + 1)
            if some.start < some.stop:
                kernels().locate(
                    data,
                    begins[some],
                    ends[some],
                    kinds,
                    codes,
                    ascii_letters(),
                    counts[some],
                    starts[some],
                    starts[after],
                    wanted,
                    first_words,
                    last_words,
                    out,
                )

    in_parts(work, np.arange(len(rows)), threads)
    return out


def liken(
    texts: Texts,
    rows: tuple[np.ndarray, np.ndarray],
    asked: np.ndarray,
    stretches: tuple[np.ndarray, np.ndarray],
    in_order: np.ndarray,
    spans: np.ndarray,
    threads: int,
) -> np.ndarray:
    """Shares of letters that agree, two a pair, NaN where not `asked` (bool) for; texts are rows `rows[0]` and `rows[1]`.

    `spans` are bytes on the left and on the right; pair p's passages are rows `stretches[0][p]` to `stretches[1][p]`. See the kernel.
    """
    size, asked = len(asked), np.flatnonzero(asked)
    read, places = np.unique(np.concatenate([rows[0][asked], rows[1][asked]]), return_inverse=True)
    data, offsets = texts.joined(read)
    left, right = offsets[places[: len(asked)]], offsets[places[len(asked) :]]
    starts, ends = stretches[0][asked], stretches[1][asked]
    found = np.empty((len(asked), 2))
    kinds, codes = character_tables()

    def work(part: slice) -> None:
        kernels().liken(
            data,
            left[part],
            right[part],
            starts[part],
            ends[part],
            in_order,
            spans,
            kinds,
            codes,
            ascii_letters(),
            NOISE_BETWEEN,
            found[part],
        )

    in_parts(work, np.arange(len(asked)), threads)
    likeness = np.full((size, 2), np.nan)
    likeness[asked] = found
    return likeness
