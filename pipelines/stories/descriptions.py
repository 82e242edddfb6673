"""Articles as counted terms: what they are compared by. How terms are weighed stands in `likeness.py`."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.stories.kernels.load import KERNELS
from pipelines.stories.lexicon import words_of_grammar
from pipelines.stories.settings import StorySettings
from pipelines.stories.terms import ArticleWords, Lists, Terms, hash_of, stem


class Counted(NamedTuple):
    """The distinct terms of each article, in the order in which they first stand in it, and how often each does."""

    bounds: NDArray[np.int64]
    terms: NDArray[np.int32]
    counts: NDArray[np.int32]
    known: int  # terms


def described(words: ArticleWords, settings: StorySettings) -> dict[str, Counted]:
    """The words of each article, those of its lead, pairs of neighbouring words, and its numbers."""
    kernels = KERNELS.for_work(len(words.text.values))
    grammar = _languages_of(words.hashes, settings.stem)
    none, nothing = np.zeros(len(words.hashes), np.int64), np.zeros(1, np.int32)
    titles, texts = words.title, words.text
    articles = len(words.ids)
    every = np.iinfo(np.int32).max

    def pairs() -> Counted:
        first = np.repeat([every, settings.paired], articles)
        bounds = np.concatenate([titles.bounds, titles.bounds[-1] + texts.bounds[1:]])
        bounds, numbers, keys = kernels.number_pairs(bounds, np.concatenate([titles.values, texts.values]), first)
        end = bounds[articles]
        found = kernels.count_words(
            bounds[: articles + 1],
            numbers[:end],
            bounds[articles:] - end,
            numbers[end:],
            every,
            settings.title,
            np.zeros(len(keys), np.int64),
            0,
        )
        return Counted(found[0], found[1], found[2], len(keys))

    def counted(first: int) -> Counted:
        found = kernels.count_words(*titles, *texts, first, settings.title, grammar, settings.lead)
        return Counted(found[0], found[1], found[2], len(grammar))

    def single(lists: Lists) -> Counted:
        found = kernels.count_words(np.zeros(articles + 1, np.int64), nothing[:0], *lists, every, 1, none, 0)
        return Counted(found[0], found[1], found[2], len(none))

    with ThreadPoolExecutor(settings.threads) as pool:
        paired = pool.submit(pairs)
        whole, lead = counted(settings.words), counted(settings.lead)
        return {
            "words": whole,
            "lead": lead,
            "pairs": paired.result(),
            "numbers": single(words.numbers),
            "names": single(words.names),
        }


def spread(words: ArticleWords, asked: Sequence[str], settings: StorySettings) -> list[int]:
    """In the beginnings of how many articles each of these lower-case words stands, in any form that begins alike; 1 for one that is not known."""
    known = len(words.hashes)
    articles = KERNELS.for_work(len(words.text.values)).spread(*words.title, *words.text, known)
    hashes = np.fromiter((hash_of(stem(word, settings.stem)) for word in asked), np.uint64, len(asked))
    order = np.argsort(words.hashes)
    at = order[np.minimum(np.searchsorted(words.hashes, hashes, sorter=order), known - 1)] if known else np.zeros(0, np.int64)
    found: list[int] = np.where(words.hashes[at] == hashes, np.maximum(articles[at], 1), 1).tolist() if known else [1] * len(asked)
    return found


def _languages_of(hashes: Terms, letters: int) -> NDArray[np.int64]:
    """The languages in which each word is one of grammar, as bits. Where few articles are in a language, its "the" and "of" look as rare as names."""
    return sum(
        (np.isin(hashes, words).astype(np.int64) << bit for bit, words in enumerate(_grammar(letters))),
        np.zeros(len(hashes), np.int64),
    )


@functools.cache
def _grammar(letters: int) -> tuple[Terms, ...]:
    """The hashes of the words of grammar of each language."""
    return tuple(np.unique(np.array([hash_of(stem(word, letters)) for word in words], np.uint64)) for words in words_of_grammar())
