"""Statements as arrays, and how alike pairs of them are.

Which articles are compared stands in `article_pairs`; which statements are one utterance is decided in `alignment`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.folding import folded
from pipelines.utterances.article_words import Lists, Said, said_words
from pipelines.utterances.kernels.load import KERNELS, in_threads
from pipelines.utterances.rarity import BUCKETS, MULTIPLIERS, TIMES, rarity, word_buckets
from pipelines.utterances.settings import UtteranceSettings
from pipelines.utterances.statements import Spoken

_LEAST_COSINE, _LEAST_INSIDE, _LEAST_SHARED = 0.12, 0.5, 100.0
_AT_ONCE = 1 << 13  # statements that are turned into arrays together
_PAIRS_AT_ONCE = 1 << 14  # of articles
_PAIRS_IN_THREAD = 1 << 10
_ROOM = 1 << 16  # for pairs of statements that are alike, at first
_STATEMENTS_IN_THREAD = 1 << 14  # pairs of them
_ARTICLES_AT_ONCE = 256  # that one is compared with
_MOST_AROUND = 1.01  # likeness of what stands around two statements, and room for what is lost in sums
_NUMBERS_AT_ONCE = 1 << 18
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
    worth = _totals(Lists(weights, said.words.starts), lambda some: some.astype(np.float64) + _BASE)
    firsts = np.searchsorted(spoken.article, np.arange(len(publishers) + 1)).astype(np.int64)
    grams = _grams(spoken.table["words"])
    gram_weights = rarity().grams.astype(np.float64) ** 2
    totals = _totals(grams, gram_weights.__getitem__)
    by_place = _frequent_first(grams, gram_weights)
    marks = _marks(said, weights, settings)
    of_statement = publishers[spoken.article]
    for at in range(0, max(len(pairs), 1), _PAIRS_AT_ONCE):
        found, measures = _compared(grams, by_place, totals, marks, firsts, pairs[at : at + _PAIRS_AT_ONCE])
        likeness = alike[at : at + _PAIRS_AT_ONCE][found[:, 2]]
        one = of_statement[found[:, 0]] == of_statement[found[:, 1]]
        looked = ~one & (likeness > settings.articles_alike[2])
        near = np.where(one, np.minimum(likeness, settings.alike_in_form), likeness)
        weight, rare = (np.minimum(held[found[:, 0]], held[found[:, 1]]) for held in (totals, worth))
        whole = np.ones(len(found))
        most = Pairs(found[:, 0], found[:, 1], near, measures[:, 0], weight, whole, rare, np.where(looked, _MOST_AROUND, 0.0))
        kept = may_be_one(most, settings)
        first, second = (np.ascontiguousarray(column[kept]) for column in found.T[:2])
        in_order = _in_order(said, weights, first, second) / np.maximum(rare[kept], 1e-9)
        around, look = np.zeros(len(first)), np.flatnonzero(looked[kept])
        around[look] = _around(texts_of, spoken, first[look], second[look], gram_weights, settings)
        yield Pairs(first, second, near[kept], measures[kept, 0], weight[kept], in_order, rare[kept], around)


def words_alike(pairs: Pairs, settings: UtteranceSettings) -> NDArray[np.float64]:
    alike = pairs.cosine * np.clip(settings.without_rarity + pairs.weight / settings.rare_grams, 0, 1)
    in_order = np.clip((pairs.in_order - settings.in_order) / (1 - settings.in_order), 0, 1)
    in_order *= np.clip(pairs.rarity / settings.rare_enough, 0, 1) * settings.in_order_worth
    own = np.maximum(alike, in_order)
    around = settings.surroundings * pairs.around * np.clip((pairs.articles_alike - 0.2) / 0.3, 0, 1)
    return np.asarray(own + around * np.clip(own / settings.alike_alone, 0, 1))


def may_be_one(pairs: Pairs, settings: UtteranceSettings) -> NDArray[np.bool_]:
    """Whether pairs may be one, or nearly, whoever speaks; what articles need that are far apart in time is not looked at."""
    needed = np.interp(pairs.articles_alike, settings.articles_alike, settings.needed)
    return np.asarray(words_alike(pairs, settings) + settings.one_speaker >= needed - settings.core_slack)


def _weights(hashes: NDArray[np.uint64]) -> NDArray[np.float32]:
    out = np.empty(len(hashes), np.float32)
    for some in _slices(len(hashes)):
        out[some] = rarity().words[word_buckets(hashes[some])]
    return out


def _slices(count: int) -> Iterator[slice]:
    """Of numbers, some at a time, since what is made on the way takes more memory than they do."""
    return (slice(first, first + _NUMBERS_AT_ONCE) for first in range(0, count, _NUMBERS_AT_ONCE))


def _totals(lists: Lists, worth: Callable[[NDArray[Any]], NDArray[np.float64]]) -> NDArray[np.float64]:
    """What each list is worth, by itself: what stands before it in the array makes no difference, not the least."""
    out = np.zeros(len(lists.starts) - 1)
    for first in range(0, len(out), _AT_ONCE):
        bounds = lists.starts[first : first + _AT_ONCE + 1]
        some = np.flatnonzero(np.diff(bounds))
        if len(some):
            out[first + some] = np.add.reduceat(worth(lists.values[bounds[0] : bounds[-1]]), bounds[some] - bounds[0])
    return out


def _grams(texts: pa.ChunkedArray) -> Lists:
    """The buckets of the four-grams of each text, each once; some texts at a time, since all letters of all texts take much memory."""
    parts = [texts.slice(first, _AT_ONCE) for first in range(0, len(texts), _AT_ONCE)]
    kernels = KERNELS.for_work(10 * sum(part.nbytes for part in parts))

    def of(part: slice) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
        some = parts[part.start].to_pylist()
        letters = np.frombuffer("".join(some).encode("utf-32-le", "surrogatepass"), np.uint32)
        ends, starts = (np.zeros(len(some) + 1, np.int64) for _ in range(2))
        np.cumsum([len(text) for text in some], out=ends[1:])
        values = np.empty(len(letters) + len(some), np.uint16)
        n = kernels.grams_of_letters(letters, ends, MULTIPLIERS, TIMES, np.zeros(BUCKETS, np.int32), values, starts)
        return values[:n].copy(), np.diff(starts)

    found = in_threads(kernels, of, len(parts), 1)
    values, counts = (list(columns) for columns in zip(*found, strict=True)) if found else ([], [])
    ends = np.cumsum(np.concatenate([np.zeros(1, np.int64), *counts]))
    return Lists(np.concatenate([np.zeros(0, np.uint16), *values]), ends)


def _frequent_first(grams: Lists, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Puts other numbers in the lists, each of which stays in its order, and gives the weights of these: what many hold gets a low one, so that a table
    of them is read near its beginning. Comparing takes a third less time so."""
    held = np.zeros(len(weights), np.int64)
    for some in _slices(len(grams.values)):
        held += np.bincount(grams.values[some], minlength=len(weights))
    order = np.argsort(-held, kind="stable")
    number = np.empty(len(order), np.uint16)
    number[order] = np.arange(len(order))
    for some in _slices(len(grams.values)):
        grams.values[some] = number[grams.values[some]]
    return weights[order]


def _marks(said: Said, weights: NDArray[np.float32], settings: UtteranceSettings) -> NDArray[np.uint64]:
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
    each = sizes[pairs[:, 0]] * sizes[pairs[:, 1]]
    kernels = KERNELS.for_work(int(each.sum()) * 150)

    def work(part: slice) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        some = pairs[part]
        room = _ROOM
        held, shared = np.zeros(len(weights)), np.empty(_ARTICLES_AT_ONCE * int(each[part].max(initial=0)))
        while True:
            out, measures = np.empty((room, 3), np.int64), np.empty((room, 2))
            n = kernels.compare_statements(
                grams.values,
                grams.starts,
                weights,
                totals,
                marks,
                firsts,
                some,
                _ARTICLES_AT_ONCE,
                bounds,
                held,
                shared,
                out,
                measures,
            )
            if n <= room:
                out[:n, 2] += part.start
                return out[:n].copy(), measures[:n].copy()
            room = n

    found = in_threads(kernels, work, len(pairs), _PAIRS_IN_THREAD)
    nothing = np.zeros((0, 3), np.int64), np.zeros((0, 2))
    out, measures = (np.concatenate(columns) for columns in zip(nothing, *found, strict=True))
    return out, measures


def _in_order(said: Said, weights: NDArray[np.float32], first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float64]:
    """What the words are worth that stand in the order of both."""
    words, out = said.words, np.zeros(len(first))
    longest = int(np.diff(words.starts).max(initial=0))
    kernels = KERNELS.for_work(len(first) * 200)

    def work(part: slice) -> None:
        row = np.zeros(longest + 1)
        kernels.words_in_order(words.values, said.stems, words.starts, weights, _BASE, first[part], second[part], row, out[part])

    in_threads(kernels, work, len(first), _STATEMENTS_IN_THREAD)
    return out


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
    totals = _totals(grams, weights.__getitem__)
    a, b = places[: len(first)], places[len(first) :]
    shared = np.zeros(len(first))
    kernels = KERNELS.for_work(len(first) * 600)

    def work(part: slice) -> None:
        kernels.shared_weights(grams.values, grams.starts, weights, a[part], b[part], np.zeros(len(weights)), shared[part])

    in_threads(kernels, work, len(first), _STATEMENTS_IN_THREAD)
    return np.asarray(shared / np.sqrt(np.maximum(totals[a] * totals[b], 1e-9)))
