"""The words of articles, and of what is said in them, as arrays of numbers. Which articles share some is asked in `article_pairs`."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.utterances.kernels.load import KERNELS, in_threads

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

AT_ONCE = 1 << 13  # texts, or articles, that are turned into arrays together
OF_ARTICLE = np.uint64(24)  # bits for the place of an article, below 40 of what five words are hashed to
PLACE = np.uint64((1 << 24) - 1)
EVERY = np.ones(1, bool)  # what is looked at where nothing is left out
_TEXTS_IN_THREAD = 1 << 14
_MORE = 128  # a byte from which on another one of the number follows


class Lists(NamedTuple):
    """Lists of whole numbers, one after another; list k is `values[starts[k]:starts[k + 1]]`."""

    values: NDArray[Any]
    starts: Ints


class ArticleWords(NamedTuple):
    """The distinct words of each article by their numbers, ascending, and the hash of each number."""

    lists: Lists
    hashes: Hashes


def numbered_words(ids: pa.Array, words: pa.Table) -> ArticleWords:
    """ARTICLE_WORDS in order of ids; an article of which nothing is kept has none."""
    rows = pc.index_in(ids, value_set=words["id"])
    column = words["words"].take(rows).fill_null([])
    lists = column.combine_chunks()
    known = lists.flatten().dictionary_encode()
    hashes = known.dictionary.to_numpy().astype(np.uint64)
    order = np.argsort(hashes)
    number = np.empty(len(order), np.int32)
    number[order] = np.arange(len(order))
    starts = np.append(0, np.cumsum(pc.list_value_length(lists).to_numpy())).astype(np.int64)
    return ArticleWords(Lists(number[known.indices.to_numpy()], starts), hashes[order])


def unpacked_words(packed: pa.ChunkedArray, hashes: Hashes) -> ArticleWords:
    """Sets of the numbers of words, as the warehouse packs them; one that is null is empty."""
    data, ends = _bytes_of(packed)
    kernels = KERNELS.for_work(8 * len(data))
    bounds = ends[[*range(0, len(ends) - 1, AT_ONCE), -1]]
    numbers = [np.count_nonzero(data[first:end] < _MORE) for first, end in pairwise(bounds.tolist())]
    begins = np.append(0, np.cumsum(numbers)).astype(np.int64)
    values = np.empty(begins[-1], np.int32)  # filled by all parts, since to join what they give would take twice the room

    def work(part: slice) -> Ints:
        own, place = ends[part.start : part.stop + 1], part.start // AT_ONCE
        starts = np.zeros(len(own), np.int64)
        kernels.unpacked_sets(data, own, values[begins[place] : begins[place + 1]], starts)
        return begins[place] + starts[:-1]

    starts = in_threads(kernels, work, len(ends) - 1, AT_ONCE)
    return ArticleWords(Lists(values, np.concatenate([*starts, begins[-1:]])), hashes)


class Said(NamedTuple):
    """The words of statements, one after another: by their hashes, and by those of their first letters, 0 for short words."""

    words: Lists
    stems: Hashes


def said_words(texts: pa.ChunkedArray) -> Said:
    """The words of folded texts."""
    letters, ends = _bytes_of(texts)
    starts = np.zeros(len(ends), np.int64)
    most = int(np.count_nonzero(letters == ord(" "))) + len(ends)
    hashes, stems = np.zeros(most, np.uint64), np.zeros(most, np.uint64)
    n = KERNELS.for_work(len(letters)).hashed_words(letters, ends, hashes, stems, starts)
    return Said(Lists(hashes[:n], starts), stems[:n])


def said_shingles(texts: pa.ChunkedArray, articles: Ints, looked_at: NDArray[np.bool_] = EVERY) -> Hashes:
    """Which articles have which five words in a row in a folded text, ascending, each once: 40 bits for the words above the place of the article.

    `articles`: of each text; `looked_at`: whether words in a row are, by the last bits of these 40, a power of two.
    """
    kernels = KERNELS.for_work(texts.nbytes)

    def work(part: slice) -> Hashes:
        letters, ends = _bytes_of(texts.slice(part.start, part.stop - part.start))
        out = np.empty(int(np.count_nonzero(letters == ord(" "))) + len(ends), np.uint64)
        return out[: kernels.words_in_a_row(letters, ends, articles[part], looked_at, out)]

    return ascending(np.concatenate([np.zeros(0, np.uint64), *in_threads(kernels, work, len(texts), _TEXTS_IN_THREAD)]))


def _bytes_of(column: pa.ChunkedArray) -> tuple[NDArray[np.uint8], Ints]:
    """The bytes of texts, one after another, and where each begins and the last one ends."""
    array = column.combine_chunks().cast(pa.large_binary())
    _, offsets, data = array.buffers()
    if not len(array) or data is None:
        return np.zeros(0, np.uint8), np.zeros(len(array) + 1, np.int64)
    ends = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
    return np.frombuffer(data, np.uint8)[ends[0] : ends[-1]], ends - ends[0]


def ascending(values: NDArray[Any]) -> NDArray[Any]:
    """The different values, ascending: by sorting them in place, which takes a tenth of the time of the hash table of `np.unique`."""
    values.sort()
    return values[np.append(True, values[1:] != values[:-1])[: len(values)]]
