"""Candidates compared on their full shingle sets, and those that pass put side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.duplicates.blocks import fresh
from pipelines.duplicates.folding import ascii_letters, character_tables
from pipelines.duplicates.loading import kernels
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import Sketches, Texts
from pipelines.duplicates.threads import in_parts

LONG_INSERT = 30  # words that one text has more than the other in one place: they may be a passage of another story
NOISE_BETWEEN = 0.65  # of the letters between passages that agree in a noisy copy; where words were replaced few do


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

    facts: np.ndarray  # what the kernel finds, a row each: see `_align` there
    likeness: np.ndarray  # of letters, from the first to the last passage and between passages; NaN where not asked for
    passages: np.ndarray
    belonging: np.ndarray  # of the largest insertion to the story around it: about 1, near 0 where foreign; NaN where not asked for

    ordered = property(lambda self: self.facts[0])
    equal = property(lambda self: self.facts[1])
    heads = property(lambda self: self.facts[2:4])  # left, right
    tails = property(lambda self: self.facts[4:6])
    run = property(lambda self: self.facts[6])
    between = property(lambda self: self.facts[7:9])
    sizes = property(lambda self: self.ordered + self.between + self.heads + self.tails)  # in words
    insert = property(lambda self: self.facts[10])
    inserted_right = property(lambda self: self.facts[11] == 1)
    insertion = property(lambda self: self.facts[12:14])  # first word and last, exclusive
    replaced_numbers = property(lambda self: self.facts[14])
    kept_numbers = property(lambda self: self.facts[15])


def compare(
    found: Sketches, rows: np.ndarray, texts: tuple[np.ndarray, np.ndarray], settings: DuplicateSettings, everything: bool = False
) -> tuple[Compared, Aligned]:
    """Exact counts for each pair of texts, text t being row `rows[t]` of `found`, and the two side by side.

    Gives the pairs that pass a threshold or may be noisy copies, or `everything`. `belonging` and `likeness` are left for `belong` and `liken`.
    """
    left, right = rows[texts[0]], rows[texts[1]]
    facts = np.zeros((len(left), 20), np.int64)
    limits = np.array([settings.jaccard, settings.containment, settings.window])
    made: dict[int, tuple[int, np.ndarray]] = {}

    def work(part: slice) -> None:
        count, passages = kernels().compare(
            *found.words_of_texts, found.distinct, settings.shingle_words, left[part], right[part], limits, everything, facts[part]
        )
        made[part.start] = count, passages

    in_parts(work, left, settings.threads)
    ordered = sorted(made.items())
    passed = np.concatenate(
        [np.empty((20, 0), np.int64), *(facts[first : first + count].T for first, (count, _) in ordered)], axis=1
    )
    counts = np.array([count for _, (count, _) in ordered], np.int64)
    passages = np.concatenate([np.empty((0, 6), np.int64), *(passages for _, (_, passages) in ordered)])
    passages[:, 0] += np.repeat(np.cumsum(counts) - counts, [len(passages) for _, (_, passages) in ordered])
    pair = passed[16] + np.repeat(np.array([first for first, _ in ordered], np.int64), counts)
    shared = passed[17]
    in_left, in_right = found.distinct[left[pair]], found.distinct[right[pair]]
    jaccard = shared / np.maximum(1, in_left + in_right - shared)
    compared = Compared(
        texts[0][pair],
        texts[1][pair],
        shared,
        shared / np.maximum(1, in_left),
        shared / np.maximum(1, in_right),
        jaccard,
        np.where(passed[18] > 0, passed[18] + settings.shingle_words - 1, 0),
        (passed[19] == 1) & (jaccard < 0.7),
    )
    unknown = np.full(len(pair), np.nan)
    return compared, Aligned(passed[:16], np.stack([unknown, unknown], axis=1), passages, unknown)


def belong(found: Sketches, rows: np.ndarray, pairs: Compared, aligned: Aligned, asked: np.ndarray, threads: int) -> np.ndarray:
    """`Aligned.belonging` of the pairs that are `asked` (bool) for, NaN elsewhere."""
    asked = np.flatnonzero(asked)
    host = rows[np.where(aligned.inserted_right, pairs.right, pairs.left)[asked]]
    first, last = aligned.insertion[:, asked]
    some = np.empty(len(asked))

    def work(part: slice) -> None:
        kernels().belonging(*found.words_of_texts, host[part], first[part], last[part], some[part])

    in_parts(work, np.arange(len(asked)), threads)
    belonging = np.full(len(pairs.left), np.nan)
    belonging[asked] = some
    return belonging


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
    wanted, starts = kernels().counted_order(text, len(rows))
    out = fresh(4 * len(text), np.int32).reshape(-1, 4)
    tables = (*character_tables(), ascii_letters())

    def work(part: slice) -> None:
        after = slice(part.start + 1, part.stop + 1)
        stretches = (starts[part], starts[after], wanted, first_words, last_words)
        kernels().locate(*texts.places(rows[part]), *tables, word_counts[part], *stretches, out)

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
    left, right = rows[0][asked], rows[1][asked]
    starts, ends = stretches[0][asked], stretches[1][asked]
    found = np.empty((len(asked), 2))
    tables = (*character_tables(), ascii_letters())

    def work(part: slice) -> None:
        passages = (starts[part], ends[part], in_order, spans)
        kernels().liken(*texts.places(left[part]), *texts.places(right[part]), *passages, *tables, NOISE_BETWEEN, found[part])

    in_parts(work, np.arange(len(asked)), threads)
    likeness = np.full((size, 2), np.nan)
    likeness[asked] = found
    return likeness
