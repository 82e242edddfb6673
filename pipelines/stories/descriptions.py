"""Articles as counted terms: what they are compared by. How terms are weighed stands in `likeness.py`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipelines.stories.kernels.load import KERNELS
from pipelines.stories.lexicon import words_of_grammar
from pipelines.stories.rows import Rows, end_to_end, matrix
from pipelines.stories.settings import StorySettings
from pipelines.stories.terms import ArticleWords, Lists, Terms, hash_of, stem

Ints = NDArray[np.int64]

_PAIRS = 1 << 23  # of neighbouring words, of which those of a part are numbered in one table
_ROWS = 2048  # articles whose words are counted in one step: what is made of all at once takes more room than what is kept of it


class Counted(NamedTuple):
    """The distinct terms of each article, in the order in which they first stand in it, and how often each does."""

    bounds: Ints
    terms: NDArray[np.int32]
    counts: NDArray[np.int32]


class Held(NamedTuple):
    """Some terms of each article, each of a number below `known`, and how many it has with those that no other article has."""

    bounds: Ints
    terms: NDArray[np.int32]
    known: int
    sizes: Ints


class Described(NamedTuple):
    """What articles are compared by: as vectors the words of each, those of its lead and pairs of neighbouring words, one description after the other in
    one matrix, in which the terms of each begin at one of `columns`; the vectors of their numbers; and the numbers, names and pairs themselves."""

    vectors: Rows
    columns: Ints
    numbers: sparse.csr_matrix
    held: dict[str, Held]


class Counts(NamedTuple):
    """In how many of all articles each term stands: of each word in titles and beginnings, and in titles and leads; of each pair of neighbours by its
    number, with the numbers of the pairs of each article in order; and of each number in figures."""

    articles: int  # in all
    highest: int  # of these numbers
    words: Ints
    pairs: NDArray[np.int32]
    pairs_in: NDArray[np.int32]
    numbers: Ints


def described(words: ArticleWords, places: Ints, settings: StorySettings, counts: Counts | None = None) -> Described:
    """The descriptions of the articles at `places`; `counts` where these are not all there are."""
    kernels = KERNELS.for_work(len(words.text.values))
    articles, known = len(places), len(words.hashes)
    prose, firsts = (*words.title, *words.text), (settings.words, settings.lead)
    steps = [slice(begin, min(begin + _ROWS, articles)) for begin in range(0, articles, _ROWS)]
    weigh = _weighing(articles, articles, settings) if counts is None else _weighing(counts.articles, counts.highest, settings)
    in_titles, in_texts = (np.maximum(np.diff(lists.bounds)[places] - 1, 0) for lists in (words.title, words.text))
    bounds = np.concatenate([[0], np.cumsum(in_titles + np.minimum(in_texts, settings.paired - 1))])
    pairs = counts.pairs if counts else np.empty(bounds[-1], np.int32)  # of each article, in order
    bits = max(1, (len(pairs) // _PAIRS).bit_length())

    def number(part: int) -> NDArray[np.int32]:
        return np.asarray(kernels.number_pairs(places, *prose, settings.paired, part, bits, pairs))

    def count(rows: slice, first: int) -> Counted:
        return Counted(*kernels.count_words(places[rows], *prose, first, settings.title, grammar, own[rows]))

    def held_in(rows: slice) -> Ints:
        return np.stack([np.bincount(count(rows, first).terms, minlength=known) for first in firsts])

    def vectors(rows: slice) -> tuple[sparse.csr_matrix, NDArray[np.int32], Ints, Ints]:
        of_rows = bounds[rows.start : rows.stop + 1]
        *found, once = kernels.count_pairs(pairs, of_rows, in_titles[rows], settings.title, pairs_in)
        paired = Counted(*found)
        parts = [weigh(count(rows, first), held) for first, held in zip(firsts, in_articles, strict=True)]
        together = sparse.hstack([*parts, weigh(paired, pairs_in, once)], format="csr") * np.float32(3**-0.5)
        return together, paired.terms, np.diff(paired.bounds), once.sum(1)

    with ThreadPoolExecutor(settings.threads) as pool:
        numbered = pool.map(number, range(0 if counts else 1 << bits))
        grammar = languages_of(words.hashes, settings.stem)
        own = kernels.own_languages(places, *prose, grammar, settings.lead)
        pairs_in = counts.pairs_in if counts else _in_turn(list(numbered))
        in_articles = counts.words if counts else np.zeros((len(firsts), known), np.int64)
        for held in pool.map(held_in, steps if counts is None else ()):
            in_articles += held
        columns = np.array([0, known, 2 * known, 2 * known + len(pairs_in)])
        rows = Rows(int(columns[-1]))
        terms: list[NDArray[np.int32]] = []
        sizes: list[Ints] = []
        once: list[Ints] = []
        for of_rows, paired, in_row, once_in_row in pool.map(vectors, steps):
            rows.append(of_rows)
            terms.append(paired)
            sizes.append(in_row)
            once.append(once_in_row)
    in_rows = end_to_end(sizes, np.int64)
    numbers = single(places, words.numbers, known)
    return Described(
        rows,
        columns[:-1],
        weigh(numbers, counts.numbers if counts else np.bincount(numbers.terms, minlength=known)),
        {
            "numbers": _held(numbers, known),
            "names": _held(single(places, words.names, known), known),
            "pairs": Held(
                np.concatenate([[0], np.cumsum(in_rows)]),
                end_to_end(terms, np.int32),
                len(pairs_in),
                in_rows + end_to_end(once, np.int64),
            ),
        },
    )


def single(places: Ints, lists: Lists, known: int) -> Counted:
    """The words of some lists, without a title, and of grammar too."""
    title, none = (np.zeros(len(lists.bounds), np.int64), np.zeros(0, np.int32)), np.zeros(known, np.int64)
    every = np.iinfo(np.int32).max
    return Counted(*KERNELS.for_work(0).count_words(places, *title, *lists, every, 1, none, np.zeros(len(places), np.int64)))


def _held(counted: Counted, known: int) -> Held:
    return Held(counted.bounds, counted.terms, known, np.diff(counted.bounds))


def _in_turn(parts: list[NDArray[np.int32]]) -> NDArray[np.int32]:
    """The first of each part, then the second of each, and so on, 0 where a part has ended."""
    found = np.zeros((max(map(len, parts)), len(parts)), np.int32)
    for column, part in enumerate(parts):
        found[: len(part), column] = part
    return found.ravel()


def _weighing(articles: int, highest: int, settings: StorySettings) -> Callable[..., sparse.csr_matrix]:
    """What makes counted terms unit vectors: the log of each count times the log of the term's rarity among so many articles. No term stands in more than
    `highest`."""
    by_number = np.arange(1 + max(1, highest))
    telling = by_number <= max(settings.few, min(settings.common * (articles + settings.imagined), settings.most))
    rarity = np.log((articles + 1 + settings.imagined) / np.maximum(by_number, 1))
    lone = (settings.lone * articles + settings.few) / (articles + settings.few)

    def weigh(counted: Counted, held: Ints, once: NDArray[np.int32] | None = None) -> sparse.csr_matrix:
        """`held`: in how many articles each term stands. `once` is that of the kernel."""
        of_count = 1 + np.log(np.maximum(np.arange(1 + counted.counts.max(initial=settings.title)), 1))
        once = np.zeros((len(counted.bounds) - 1, 2), np.int32) if once is None else once
        weights = (settings.title, held, of_count, rarity, telling, lone, settings.kept)
        bounds, terms, values = KERNELS.for_work(0).weigh(*counted, once, *weights)
        return matrix(values, terms, bounds, len(held))

    return weigh


def spread(hashes: Terms, articles: Ints, asked: Sequence[str], settings: StorySettings) -> list[int]:
    """In the beginnings of how many articles each of these lower-case words stands, in any form that begins alike; 1 for one that is not known. `articles`
    says so of the words of `hashes`."""
    known = len(hashes)
    wanted = hashes_of(asked, settings)
    order = np.argsort(hashes)
    at = order[np.minimum(np.searchsorted(hashes, wanted, sorter=order), known - 1)] if known else np.zeros(0, np.int64)
    found: list[int] = np.where(hashes[at] == wanted, np.maximum(articles[at], 1), 1).tolist() if known else [1] * len(asked)
    return found


def hashes_of(words: Sequence[str], settings: StorySettings) -> Terms:
    """By what lower-case words are known, whatever their forms."""
    return np.fromiter((hash_of(stem(word, settings.stem)) for word in words), np.uint64, len(words))


def languages_of(hashes: Terms, letters: int) -> NDArray[np.int64]:
    """The languages in which each word is one of grammar, as bits. Where few articles are in a language, its "the" and "of" look as rare as names."""
    grammar, languages = _grammar(letters)
    at = np.minimum(np.searchsorted(grammar, hashes), len(grammar) - 1)
    return np.where(grammar[at] == hashes, languages[at], 0)


@functools.cache
def _grammar(letters: int) -> tuple[Terms, NDArray[np.int64]]:
    """The hashes of the words of grammar of all languages, ascending, and the languages of each, as bits."""
    found: dict[int, int] = {}
    for language, words in enumerate(words_of_grammar()):
        for word in words:
            key = hash_of(stem(word, letters))
            found[key] = found.get(key, 0) | 1 << language
    order = sorted(found)
    return np.array(order, np.uint64), np.array([found[key] for key in order], np.int64)
