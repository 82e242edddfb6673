"""Statements as arrays, and how alike pairs of them are.

Which articles are compared stands in `article_pairs`; which statements are one utterance is decided in `alignment`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.utterances.article_pairs import Lists, Said, said_words
from pipelines.utterances.folding import folded
from pipelines.utterances.kernels.load import KERNELS
from pipelines.utterances.rarity import gram_buckets, rarity, word_buckets
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Spoken

_LEAST_COSINE, _LEAST_INSIDE, _LEAST_SHARED = 0.12, 0.5, 100.0
_AT_ONCE = 1 << 13  # statements that are turned into arrays together, fewer than 65,536
_PAIRS_AT_ONCE = 1 << 16  # of articles
_ARTICLES_AT_ONCE = 256  # that one is compared with
_BASE = 0.3  # weight of the most common word


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


def measure(
    spoken: Spoken,
    pairs: NDArray[np.int64],
    alike: NDArray[np.float64],
    publishers: NDArray[np.int64],
    texts_of: TextsOf,
    settings: UtteranceSettings,
) -> Iterator[Pairs]:
    """The pairs of statements that are at all alike, of the given pairs of articles [n, 2], which are so much `alike`; in parts, each of whole pairs of
    articles, since most will not be needed.

    `publishers`: a number for each article. Articles of one publisher have a form in common: no more than `alike_in_form` of their
    likeness is believed, and what stands around words says nothing. The texts of others that are much alike are asked for.
    """
    said = said_words(spoken.table["words"])
    weights = _weights(said.words.values)
    firsts = np.searchsorted(spoken.article, np.arange(len(publishers) + 1)).astype(np.int64)
    grams = _grams(spoken.table["words"])
    gram_weights = rarity().grams.astype(np.float64) ** 2
    totals = _totals(grams, gram_weights[grams.values])
    looked_up, by_place = _frequent_first(grams, gram_weights)
    marks = _marks(said, weights, settings)
    of_statement = publishers[spoken.article]
    for at in range(0, max(len(pairs), 1), _PAIRS_AT_ONCE):
        found, measures = _compared(looked_up, by_place, totals, marks, firsts, pairs[at : at + _PAIRS_AT_ONCE])
        first, second, of = found.T
        likeness = alike[at : at + _PAIRS_AT_ONCE][of]
        in_order, rare = _in_order(said, weights, first, second)
        one = of_statement[first] == of_statement[second]
        around = np.zeros(len(first))
        look = np.flatnonzero(~one & (likeness > settings.articles_alike[2]))
        near = np.where(one, np.minimum(likeness, settings.alike_in_form), likeness)
        around[look] = _around(texts_of, spoken, first[look], second[look], gram_weights, settings)
        yield Pairs(first, second, near, measures[:, 0], np.minimum(totals[first], totals[second]), in_order, rare, around)


def _weights(hashes: NDArray[np.uint64]) -> NDArray[np.float64]:
    return rarity().words[word_buckets(hashes)].astype(np.float64)


def _totals(lists: Lists, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of the weights of each list, by itself: what stands before it in the array makes no difference, not the least."""
    out = np.zeros(len(lists.starts) - 1)
    some = np.flatnonzero(np.diff(lists.starts))
    if len(some):
        out[some] = np.add.reduceat(weights, lists.starts[some])
    return out


def _grams(texts: pa.ChunkedArray) -> Lists:
    """The buckets of the four-grams of each text, each once; some texts at a time, since all places of all texts take much memory."""
    values, counts = [np.zeros(0, np.int32)], [np.zeros(1, np.int64)]
    for first in range(0, len(texts), _AT_ONCE):
        padded = [f" {text} " for text in texts.slice(first, _AT_ONCE).to_pylist()]
        codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), np.uint32)
        owner = np.repeat(np.arange(len(padded), dtype=np.uint32), [len(text) for text in padded])
        whole = owner[: max(len(owner) - 3, 0)] == owner[3:]
        keys = owner[: len(whole)][whole] << np.uint32(16) | gram_buckets(codes)[whole].astype(np.uint32)
        keys.sort()
        keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
        values.append((keys & np.uint32(0xFFFF)).astype(np.int32))
        counts.append(np.bincount(keys >> np.uint32(16), minlength=len(padded)))
    return Lists(np.concatenate(values), np.cumsum(np.concatenate(counts)))


def _frequent_first(grams: Lists, weights: NDArray[np.float64]) -> tuple[Lists, NDArray[np.float64]]:
    """The lists, each in its order, by other numbers, and the weights of these: what many hold gets a low one, so that a table of them is read near its
    beginning. Comparing takes a third less time so."""
    order = np.argsort(-np.bincount(grams.values, minlength=len(weights)), kind="stable")
    number = np.empty(len(order), np.uint16)
    number[order] = np.arange(len(order))
    return Lists(number[grams.values], grams.starts), weights[order]


def _marks(said: Said, weights: NDArray[np.float64], settings: UtteranceSettings) -> NDArray[np.uint64]:
    """256 bits for each statement, one for the beginning of every word that is not too common; all where it has none."""
    marks = np.zeros((len(said.words.starts) - 1, 4), np.uint64)
    for first in range(0, len(marks), _AT_ONCE):
        ends = said.words.starts[first : first + _AT_ONCE + 1]
        held = slice(ends[0], ends[-1])
        telling = weights[held] >= settings.telling_word
        beginning = np.where(said.stems[held], said.stems[held], said.words.values[held])[telling]
        place = ((beginning >> np.uint64(17)) & np.uint64(255)).astype(np.int64)
        found = np.zeros((len(ends) - 1, 256), bool)
        found[np.repeat(np.arange(len(ends) - 1), np.diff(ends))[telling], place] = True
        marks[first : first + _AT_ONCE] = np.packbits(found, axis=1, bitorder="little").view("<u8")
    marks[~marks.any(axis=1)] = ~np.uint64(0)
    return marks


def _compared(
    grams: Lists, weights: NDArray[np.float64], totals: NDArray[np.float64], marks: NDArray[np.uint64], firsts: NDArray[np.int64],
    pairs: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:  # fmt: skip
    bounds = np.array([_LEAST_COSINE, _LEAST_INSIDE, _LEAST_SHARED])
    sizes = np.diff(firsts)
    work = int((sizes[pairs[:, 0]] * sizes[pairs[:, 1]]).sum()) * 150
    room = max(1 << 14, 8 * len(pairs))
    held, shared = (
        np.zeros(len(weights)),
        np.empty(_ARTICLES_AT_ONCE * int((sizes[pairs[:, 0]] * sizes[pairs[:, 1]]).max(initial=0))),
    )
    while True:
        out, measures = np.empty((room, 3), np.int64), np.empty((room, 2))
        n = KERNELS.for_work(work).compare_statements(
            grams.values,
            grams.starts,
            weights,
            totals,
            marks,
            firsts,
            pairs,
            _ARTICLES_AT_ONCE,
            bounds,
            held,
            shared,
            out,
            measures,
        )
        if n <= room:
            return out[:n].copy(), measures[:n].copy()
        room = n


def _in_order(
    said: Said, weights: NDArray[np.float64], first: NDArray[np.int64], second: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    words, placed = said.words, weights + _BASE
    totals = _totals(words, placed)
    out = np.zeros(len(first))
    longest = int(np.diff(words.starts).max(initial=0))
    KERNELS.for_work(len(first) * 200).words_in_order(
        words.values, said.stems, words.starts, placed, first, second, np.zeros(longest + 1), out
    )
    least = np.minimum(totals[first], totals[second])
    return out / np.maximum(least, 1e-9), least


def _around(
    texts_of: TextsOf,
    spoken: Spoken,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    weights: NDArray[np.float64],
    settings: UtteranceSettings,
) -> NDArray[np.float64]:
    """The cosine of the four-grams that stand before and after each of the two statements."""
    wanted, places = np.unique(np.concatenate([first, second]), return_inverse=True)
    owners = spoken.article[wanted].tolist()
    asked = sorted(set(owners))
    texts = dict(zip(asked, texts_of(asked), strict=True))
    sides = []
    for owner, start, end in zip(owners, spoken.start[wanted].tolist(), spoken.end[wanted].tolist(), strict=True):
        text = texts[owner]
        sides.append(folded(text[max(0, start - settings.around) : start]) + "  " + folded(text[end : end + settings.around]))
    grams = _grams(pa.chunked_array([sides], pa.string()))
    totals = _totals(grams, weights[grams.values])
    a, b = places[: len(first)], places[len(first) :]
    shared = np.zeros(len(first))
    KERNELS.for_work(len(first) * 600).shared_weights(grams.values, grams.starts, weights, a, b, shared)
    return np.asarray(shared / np.sqrt(np.maximum(totals[a] * totals[b], 1e-9)))
