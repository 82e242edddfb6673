"""Articles and statements as arrays, which pairs of statements are worth a look, and how alike they are.

Which of them are one utterance is decided in `alignment`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.utterances.folding import folded
from pipelines.utterances.kernels.load import KERNELS
from pipelines.utterances.rarity import gram_buckets, rarity, word_buckets, word_hash
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Statement

_LEAST_COSINE, _LEAST_INSIDE, _LEAST_SHARED = 0.12, 0.5, 100.0
_STEM = 5  # letters
_BASE = 0.3  # weight of the most common word


class Lists(NamedTuple):
    """Ascending lists of whole numbers, one after another; list k is `values[starts[k]:starts[k + 1]]`."""

    values: NDArray[Any]
    starts: NDArray[np.int64]


class Pairs(NamedTuple):
    """Pairs of statements and what was measured of them."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    articles_alike: NDArray[np.float64]
    cosine: NDArray[np.float64]  # of rare four-grams
    weight: NDArray[np.float64]  # of the rare four-grams of the one that has less
    in_order: NDArray[np.float64]  # share of the shorter one's words, by rarity, that stand in the other in their order
    rarity: NDArray[np.float64]  # of the words of the shorter one
    around: NDArray[np.float64]  # likeness of what stands around them


TextsOf = Callable[[Sequence[int]], Sequence[str]]  # the texts of articles, by place


def measure(articles: Lists, statements: Sequence[Statement], texts_of: TextsOf, settings: UtteranceSettings) -> Pairs:
    """All pairs of statements of different articles that are at all alike. Statements are in order of their article.

    `articles`: the hashes of the distinct words of each, ascending. The texts of articles that are much alike are asked for.
    """
    vocabulary: dict[str, int] = {}
    words = [[vocabulary.setdefault(word, len(vocabulary)) for word in s.folded.split()] for s in statements]
    weights = _weights(np.array([word_hash(word) for word in vocabulary], np.uint64))
    held, numbers = np.unique(articles.values, return_inverse=True)
    of_articles, article_weights = Lists(numbers.reshape(-1).astype(np.int64), articles.starts), _weights(held.astype(np.uint64))
    total = _totals(of_articles, article_weights**2)
    pairs, alike = _article_pairs(of_articles, total, article_weights, _shingles(words, statements), settings)
    firsts = np.searchsorted([s.article for s in statements], np.arange(len(articles.starts))).astype(np.int64)
    grams = _grams([s.folded for s in statements])
    gram_weights = rarity().grams.astype(np.float64) ** 2
    totals = _totals(grams, gram_weights)
    found, measures = _compared(grams, gram_weights, totals, firsts, pairs, alike)
    first, second, of = found.T
    in_order, rare = _in_order(words, weights, list(vocabulary), first, second)
    near = alike[of]
    around = np.zeros(len(first))
    look = np.flatnonzero(near > settings.articles_alike[2])
    around[look] = _around(texts_of, statements, first[look], second[look], gram_weights, settings)
    return Pairs(first, second, near, measures[:, 0], np.minimum(totals[first], totals[second]), in_order, rare, around)


def _weights(hashes: NDArray[np.uint64]) -> NDArray[np.float64]:
    return rarity().words[word_buckets(hashes)].astype(np.float64)


def _lists(rows: Sequence[Sequence[int]]) -> Lists:
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)]).astype(np.int64)
    return Lists(np.array([value for row in rows for value in row], np.int64), starts)


def _totals(lists: Lists, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    sums = np.concatenate([[0.0], np.cumsum(weights[lists.values])])
    return np.asarray(sums[lists.starts[1:]] - sums[lists.starts[:-1]])


def _grams(texts: Sequence[str]) -> Lists:
    """The buckets of the four-grams of each text, each once."""
    padded = [f" {text} " for text in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), np.uint32)
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in padded])
    whole = owner[: max(len(owner) - 3, 0)] == owner[3:]
    keys = np.unique(owner[: len(whole)][whole] << 16 | gram_buckets(codes)[whole])
    starts = np.searchsorted(keys >> 16, np.arange(len(texts) + 1)).astype(np.int64)
    return Lists(keys & 0xFFFF, starts)


def _shingles(words: Sequence[Sequence[int]], statements: Sequence[Statement]) -> dict[tuple[int, ...], set[int]]:
    """The articles of every five words in a row of a statement."""
    found: dict[tuple[int, ...], set[int]] = {}
    for row, statement in zip(words, statements, strict=True):
        for at in range(len(row) - 4):
            found.setdefault(tuple(row[at : at + 5]), set()).add(statement.article)
    return found


def _article_pairs(
    articles: Lists,
    totals: NDArray[np.float64],
    weights: NDArray[np.float64],
    shingles: dict[tuple[int, ...], set[int]],
    settings: UtteranceSettings,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Pairs of articles to compare, and how alike they are: those that share rare words and are alike, or five words of a statement."""
    rows = [_sharing(articles, weights, len(totals), settings)]
    verbatim = sorted(
        {(a, b) for held in shingles.values() if 1 < len(held) <= settings.common_shingle for a in held for b in held if a < b}
    )
    pairs = np.unique(np.concatenate([*rows, np.array(verbatim, np.int64).reshape(-1, 2)]), axis=0)
    shared = np.zeros(len(pairs))
    KERNELS.for_work(len(pairs) * 100).shared_weights(
        articles.values, articles.starts, weights**2, pairs[:, 0], pairs[:, 1], shared
    )
    alike = shared / np.sqrt(np.maximum(totals[pairs[:, 0]] * totals[pairs[:, 1]], 1e-9))
    asked = set(verbatim)
    kept = np.array([a >= settings.least_alike or (int(p), int(q)) in asked for a, (p, q) in zip(alike, pairs, strict=True)], bool)
    return pairs[kept], alike[kept]


def _sharing(articles: Lists, weights: NDArray[np.float64], count: int, settings: UtteranceSettings) -> NDArray[np.int64]:
    owner = np.repeat(np.arange(count), np.diff(articles.starts))
    order = np.argsort(articles.values, kind="stable")
    starts = np.searchsorted(articles.values[order], np.arange(len(weights) + 1)).astype(np.int64)
    room = 1 << 16
    while True:
        out, shares = np.empty((room, 2), np.int64), np.empty(room)
        n = KERNELS.for_work(len(owner)).common_pairs(
            owner[order], starts, weights, 2, settings.common_word, np.zeros(count), np.zeros(count), np.zeros(count, np.int64),
            np.zeros(count, np.int64), out, shares, settings.shared_words,
        )  # fmt: skip
        if n <= room:
            return out[:n]
        room = n


def _compared(
    grams: Lists, weights: NDArray[np.float64], totals: NDArray[np.float64], firsts: NDArray[np.int64],
    pairs: NDArray[np.int64], alike: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:  # fmt: skip
    bounds = np.array([_LEAST_COSINE, _LEAST_INSIDE, _LEAST_SHARED])
    sizes = np.diff(firsts)
    work = int((sizes[pairs[:, 0]] * sizes[pairs[:, 1]]).sum()) * 150
    room = 1 << 14
    while True:
        out, measures = np.empty((room, 3), np.int64), np.empty((room, 2))
        n = KERNELS.for_work(work).compare_statements(
            grams.values, grams.starts, weights, totals, firsts, pairs, alike, bounds, out, measures
        )
        if n <= room:
            return out[:n], measures[:n]
        room = n


def _in_order(
    words: Sequence[Sequence[int]],
    weights: NDArray[np.float64],
    vocabulary: Sequence[str],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    lists = _lists(words)
    stems: dict[str, int] = {}
    stem_of = np.array(
        [stems.setdefault(word[:_STEM], len(stems)) if len(word) >= _STEM else -1 for word in vocabulary], np.int64
    ).reshape(-1)
    placed = weights[lists.values] + _BASE
    totals = _totals(Lists(np.arange(len(placed)), lists.starts), placed)
    out = np.zeros(len(first))
    longest = int(np.diff(lists.starts).max(initial=0))
    KERNELS.for_work(len(first) * 200).words_in_order(
        lists.values, stem_of[lists.values], lists.starts, placed, first, second, np.zeros(longest + 1), out
    )
    least = np.minimum(totals[first], totals[second])
    return out / np.maximum(least, 1e-9), least


def _around(
    texts_of: TextsOf,
    statements: Sequence[Statement],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    weights: NDArray[np.float64],
    settings: UtteranceSettings,
) -> NDArray[np.float64]:
    """The cosine of the four-grams that stand before and after each of the two statements."""
    wanted, places = np.unique(np.concatenate([first, second]), return_inverse=True)
    asked = sorted({statements[number].article for number in wanted.tolist()})
    texts = dict(zip(asked, texts_of(asked), strict=True))
    sides = []
    for number in wanted.tolist():
        statement = statements[number]
        text = texts[statement.article]
        before = folded(text[max(0, statement.start - settings.around) : statement.start])
        sides.append(before + "  " + folded(text[statement.end : statement.end + settings.around]))
    grams = _grams(sides)
    totals = _totals(grams, weights)
    a, b = places[: len(first)], places[len(first) :]
    shared = np.zeros(len(first))
    KERNELS.for_work(len(first) * 600).shared_weights(grams.values, grams.starts, weights, a, b, shared)
    return np.asarray(shared / np.sqrt(np.maximum(totals[a] * totals[b], 1e-9)))
