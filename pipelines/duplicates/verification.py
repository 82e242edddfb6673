"""Candidates compared on their full shingle sets, and those that pass put side by side.

Gives facts; what a pair is called by them is said in `kinds`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.duplicates.arrays import fresh
from pipelines.duplicates.folding import character_tables
from pipelines.duplicates.kernels.load import KERNELS
from pipelines.duplicates.kernels.shapes import Fact, Limits, LocatedPassages, Passage, Span, WordSpans
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import Sketches, TextBuffers
from pipelines.duplicates.threads import in_parts

MIN_NOISE_BETWEEN = 0.65  # of the letters between passages that agree in a noisy copy; where words were replaced few do
_MAX_NOISY_JACCARD = 0.7  # from there on a copy with noise is a copy with few changes


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


@dataclass
class Aligned:
    """Pairs put side by side, one row each; lengths are in words."""

    facts: np.ndarray  # [Fact, pair]
    passages: np.ndarray  # [passage, Passage]
    letter_similarity: np.ndarray  # [pair, 2]: from the first to the last passage, and between passages; NaN where not asked for
    cohesion: np.ndarray  # of the largest insertion with its story: about 1, near 0 where foreign; NaN where not asked for
    unrelated: np.ndarray  # bool: the largest insertion names nothing of what stands around it; false where not asked for
    other_facts: np.ndarray  # bool: other persons, places, days or numbers in one form; false where not asked for
    statement: np.ndarray  # bool: all that is shared is one quotation; false where not asked for
    closing: np.ndarray  # bool: one closing passage behind beginnings that report other things; false where not asked for
    listed: np.ndarray  # bool: the longest passage is a list of names, or one line over and over; false where not asked for

    ordered = property(lambda self: self.facts[Fact.ORDERED])
    equal = property(lambda self: self.facts[Fact.EQUAL])
    heads = property(lambda self: self.facts[[Fact.HEAD_LEFT, Fact.HEAD_RIGHT]])
    tails = property(lambda self: self.facts[[Fact.TAIL_LEFT, Fact.TAIL_RIGHT]])
    run = property(lambda self: self.facts[Fact.RUN])
    between = property(lambda self: self.facts[[Fact.BETWEEN_LEFT, Fact.BETWEEN_RIGHT]])
    sizes = property(lambda self: self.ordered + self.between + self.heads + self.tails)
    insert = property(lambda self: self.facts[Fact.INSERT])
    inserted_right = property(lambda self: self.facts[Fact.INSERTED_RIGHT] == 1)
    insertion = property(lambda self: self.facts[[Fact.INSERT_FIRST, Fact.INSERT_LAST]])
    replaced_numbers = property(lambda self: self.facts[Fact.REPLACED_NUMBERS])
    kept_numbers = property(lambda self: self.facts[Fact.KEPT_NUMBERS])


def compare(
    found: Sketches, rows: np.ndarray, texts: tuple[np.ndarray, np.ndarray], settings: DuplicateSettings, everything: bool = False
) -> tuple[Compared, Aligned]:
    """Exact counts for each pair of texts, text t being row `rows[t]` of `found`, and the two side by side.

    Gives the pairs that pass a threshold or may be noisy copies, or `everything`. `cohesion` and `letter_similarity` are left for
    the functions of these names, `unrelated`, `other_facts`, `closing` and `listed` for those in `wording`, `statement` for `speech`.
    """
    left, right = rows[texts[0]], rows[texts[1]]
    kernels = KERNELS.for_work(int(found.words[left].sum() + found.words[right].sum()))
    facts = np.zeros((len(left), len(Fact)), np.int64)
    limits = Limits(settings.jaccard, settings.containment, settings.window)
    made: dict[int, tuple[int, np.ndarray]] = {}

    def work(part: slice) -> None:
        words, width = found.words_of_texts, settings.shingle_words
        made[part.start] = kernels.compare(words, found.distinct, width, left[part], right[part], limits, everything, facts[part])

    in_parts(work, left, settings.threads)
    ordered = sorted(made.items())
    passed = np.concatenate(
        [np.empty((len(Fact), 0), np.int64), *(facts[first : first + count].T for first, (count, _) in ordered)], axis=1
    )
    counts = np.array([count for _, (count, _) in ordered], np.int64)
    passages = np.concatenate([np.empty((0, len(Passage)), np.int64), *(passages for _, (_, passages) in ordered)])
    passages[:, Passage.PAIR] += np.repeat(np.cumsum(counts) - counts, [len(passages) for _, (_, passages) in ordered])
    pair = passed[Fact.PAIR] + np.repeat(np.array([first for first, _ in ordered], np.int64), counts)
    shared, run = passed[Fact.SHARED], passed[Fact.SHARED_RUN]
    in_left, in_right = found.distinct[left[pair]], found.distinct[right[pair]]
    jaccard = shared / np.maximum(1, in_left + in_right - shared)
    compared = Compared(
        texts[0][pair],
        texts[1][pair],
        shared,
        shared / np.maximum(1, in_left),
        shared / np.maximum(1, in_right),
        jaccard,
        np.where(run > 0, run + settings.shingle_words - 1, 0),
        (passed[Fact.NOISY] == 1) & (jaccard < _MAX_NOISY_JACCARD),
    )
    unknown, unseen = np.full(len(pair), np.nan), np.zeros(len(pair), bool)
    return compared, Aligned(passed, passages, np.stack([unknown, unknown], axis=1), unknown, *[unseen] * 5)


def cohesion(found: Sketches, rows: np.ndarray, pairs: Compared, aligned: Aligned, asked: np.ndarray, threads: int) -> np.ndarray:
    """`Aligned.cohesion` of the pairs that are `asked` (bool) for, NaN elsewhere."""
    asked = np.flatnonzero(asked)
    host = rows[np.where(aligned.inserted_right, pairs.right, pairs.left)[asked]]
    first, last = aligned.insertion[:, asked]
    some = np.empty(len(asked))
    kernels = KERNELS.for_work(0)

    def work(part: slice) -> None:
        kernels.cohesion(found.words_of_texts, host[part], first[part], last[part], some[part])

    in_parts(work, np.arange(len(asked)), threads)
    every = np.full(len(pairs.left), np.nan)
    every[asked] = some
    return every


def locate(
    texts: TextBuffers,
    rows: np.ndarray,
    word_counts: np.ndarray,
    text: np.ndarray,
    first_words: np.ndarray,
    last_words: np.ndarray,
    threads: int,
) -> np.ndarray:
    """Where words `first_words[i]` to `last_words[i]` (exclusive) of the text of row `rows[text[i]]` stand: int32 [i, Span]."""
    kernels = KERNELS.for_work(0)
    wanted, starts = kernels.counted_order(text, len(rows))
    out = fresh(len(Span) * len(text), np.int32).reshape(-1, len(Span))

    def work(part: slice) -> None:
        spans = WordSpans(starts[part], starts[part.start + 1 : part.stop + 1], wanted, first_words, last_words)
        kernels.locate(texts.places(rows[part]), character_tables(), word_counts[part], spans, out)

    in_parts(work, np.arange(len(rows)), threads)
    return out


def letter_similarity(
    texts: TextBuffers, rows: tuple[np.ndarray, np.ndarray], asked: np.ndarray, passages: LocatedPassages, threads: int
) -> np.ndarray:
    """`Aligned.letter_similarity` of the pairs that are `asked` (bool) for, NaN elsewhere; texts are rows `rows[0]` and
    `rows[1]`."""
    size, asked = len(asked), np.flatnonzero(asked)
    left, right = rows[0][asked], rows[1][asked]
    starts, ends = passages.starts[asked], passages.ends[asked]
    some = np.empty((len(asked), 2))
    kernels = KERNELS.for_work(0)

    def work(part: slice) -> None:
        kernels.letter_similarity(
            texts.places(left[part]),
            texts.places(right[part]),
            passages._replace(starts=starts[part], ends=ends[part]),
            character_tables(),
            MIN_NOISE_BETWEEN,
            some[part],
        )

    in_parts(work, np.arange(len(asked)), threads)
    every = np.full((size, 2), np.nan)
    every[asked] = some
    return every
