"""All articles as arrays, the different texts among them, and what these say about a pair of texts by dates and publishers.

Everything here is computed from stored signatures; no text is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.duplicates.arrays import as_numpy
from pipelines.duplicates.candidates import Index
from pipelines.duplicates.kernels.load import KERNELS
from pipelines.duplicates.kernels.shapes import Common, Copies, Link, SketchLists
from pipelines.duplicates.kinds import Context
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.threads import in_parts

NO_DAY = np.iinfo(np.int32).min
_NO_DISTANCE = np.iinfo(np.int64).max
_DAY = 86400  # seconds
_GROWN_WORDS = 8  # a later text that is longer by so many words, or another one of the same publisher, is an update, not a copy


@dataclass
class Corpus:
    """All articles in order of their ids, and the different texts among them. Equal texts are compared once.

    `text_of[i]` is the text of article i, -1 where it has no word. The first copy of a text stands for the others.
    """

    ids: pa.Array
    days: np.ndarray  # since 1970, NO_DAY where unknown
    publishers: np.ndarray  # codes, -1 where unknown
    text_of: np.ndarray
    copies: Copies
    hashes: np.ndarray  # of the different texts
    ranks: np.ndarray  # of the different texts by their hashes, an order that no order of input changes
    corrections: np.ndarray  # codes of what the articles say was corrected, -1 where nothing

    def days_between(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Days between the dates of articles, -1 where one is missing."""
        missing = (self.days[a] == NO_DAY) | (self.days[b] == NO_DAY)
        return np.where(missing, -1, np.abs(self.days[a] - self.days[b]))

    @property
    def firsts(self) -> np.ndarray:
        """The first article of each text."""
        return self.copies.articles[self.copies.starts[:-1]]

    @property
    def copy_counts(self) -> np.ndarray:
        """How many articles each text has."""
        return np.diff(self.copies.starts)


def order_of(ids: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """The rows in order of their ids. Ids that are null or repeat are refused."""
    if ids.null_count:
        raise ValueError("an id is null: every article needs an id of its own")
    order = pc.array_sort_indices(ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids)
    ordered = ids.take(order)
    if len(ordered) > 1:
        repeated = pc.equal(ordered[1:], ordered[:-1])
        if pc.any(repeated).as_py():
            value = ordered[pc.index(repeated, True).as_py()].as_py()
            raise ValueError(f"id {value!r} is given to several articles: ids must be unique; give each article an id of its own")
    return as_numpy(order).astype(np.int64)


def days_of(dates: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """Days since 1970 of ISO days, NO_DAY where null or not a day."""
    text = pc.utf8_slice_codeunits(dates.cast(pa.string()), 0, 10)
    parsed = pc.strptime(text, format="%Y-%m-%d", unit="s", error_is_null=True)
    return as_numpy(parsed.cast(pa.int64()), NO_DAY * _DAY) // _DAY


def codes_of(values: pa.Array | pa.ChunkedArray) -> np.ndarray:
    encoded = values.cast(pa.string())
    encoded = (encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded).dictionary_encode()
    return as_numpy(encoded.indices, -1).astype(np.int64)


def column(table: pa.Table, name: str) -> pa.Array | pa.ChunkedArray:
    return table[name] if name in table.column_names else pa.nulls(table.num_rows, pa.string())


def corpus_of(
    ids: pa.Array, days: np.ndarray, publishers: np.ndarray, corrections: np.ndarray, words: np.ndarray, hashes: np.ndarray
) -> Corpus:
    """Rows are in order of their ids; `hashes` are two uint64 a row."""
    spoken = np.flatnonzero(words > 0)
    grouped = spoken[_by_hash(hashes[spoken])]
    text = hashes[grouped]
    new = np.append(True, (text[1:] != text[:-1]).any(axis=1)) if len(grouped) else np.empty(0, bool)
    starts = np.flatnonzero(new)
    # texts are numbered by their first id, so that the left text of a pair is the one with the lower id
    firsts = np.minimum.reduceat(grouped, starts) if len(starts) else starts
    by_first = np.argsort(firsts)
    rank = np.empty_like(by_first)
    rank[by_first] = np.arange(len(rank))
    text_of = np.full(len(words), -1, np.int64)
    text_of[grouped] = np.repeat(rank, np.diff(np.append(starts, len(grouped))))
    order, copy_starts = KERNELS.for_work(0).counted_order(text_of[spoken], len(rank))
    copies = Copies(copy_starts, spoken[order])
    ranks = by_first  # of text i the number of its group, and groups are in order of their hashes
    return Corpus(ids, days, publishers, text_of, copies, hashes[copies.articles[copies.starts[:-1]]], ranks, corrections)


def _by_hash(hashes: np.ndarray) -> np.ndarray:
    """The order of hashes of two numbers; equal ones in any order."""
    order = np.argsort(hashes[:, 0])
    first, second = hashes[order].T
    if ((first[1:] == first[:-1]) & (second[1:] < second[:-1])).any():
        return np.lexsort((hashes[:, 1], hashes[:, 0]))
    return order


@dataclass
class Links:
    """Pairs of articles behind pairs of texts, in order of the pairs."""

    a: np.ndarray
    b: np.ndarray
    pair: np.ndarray  # row among the pairs of texts
    swapped: np.ndarray  # bool: a is a copy of the right text

    @staticmethod
    def of(corpus: Corpus, left: np.ndarray, right: np.ndarray, settings: DuplicateSettings) -> Links:
        found = KERNELS.for_work(0).spread(corpus.copies, left, right, settings.equal_cap)
        return Links(found[:, Link.A], found[:, Link.B], found[:, Link.PAIR], found[:, Link.SWAPPED] == 1)

    def of_pairs(self, chosen: np.ndarray) -> Links:
        """The links of the chosen (bool) pairs of texts."""
        kept = chosen[self.pair]
        return Links(self.a[kept], self.b[kept], self.pair[kept], self.swapped[kept])


def equal_pairs(corpus: Corpus, settings: DuplicateSettings) -> np.ndarray:
    """Pairs of articles with equal texts, a row each: lower, higher, text."""
    return KERNELS.for_work(0).equal_pairs(corpus.copies, settings.equal_cap)


def context_of(
    corpus: Corpus, index: Index, left: np.ndarray, right: np.ndarray, word_counts: np.ndarray, settings: DuplicateSettings
) -> Context:
    """What the corpus says about each pair of texts."""
    links = Links.of(corpus, left, right, settings)
    apart = corpus.days_between(links.a, links.b)
    apart[apart < 0] = _NO_DISTANCE
    starts = np.flatnonzero(np.append(True, links.pair[1:] != links.pair[:-1])) if len(links.pair) else np.empty(0, np.int64)
    nearest = np.minimum.reduceat(apart, starts) if len(starts) else apart
    first_days = _first_days(corpus)
    more = word_counts[corpus.firsts[right]] - word_counts[corpus.firsts[left]]
    longer = more * np.sign(first_days[right] - first_days[left])
    publisher_a, publisher_b = corpus.publishers[links.a], corpus.publishers[links.b]
    own_version = np.bincount(links.pair, weights=(publisher_a == publisher_b) & (publisher_a >= 0), minlength=len(left)) > 0
    own_dated = own_version & (nearest != _NO_DISTANCE)
    known = (first_days[left] != NO_DAY) & (first_days[right] != NO_DAY)
    shares = np.zeros((len(left), len(Common)), np.int64)
    if index.common is None:
        index.common = _common(corpus, index, settings)
    entries = np.diff(index.starts)
    kernels = KERNELS.for_work(int(entries[left].sum() + entries[right].sum()))
    count = partial(kernels.common_shared, SketchLists(index.sketch, index.starts, index.common))
    in_parts(lambda part: count(left[part], right[part], shares[part]), left, settings.threads)
    shared, common, own_left, own_right = (shares[:, column] for column in Common)
    own = shared - common
    return Context(
        days_apart=np.where(nearest == _NO_DISTANCE, -1, nearest),
        common_share=np.round(common / np.maximum(1, shared), 4),
        own_containment=np.round(np.maximum(own / np.maximum(1, own_left), own / np.maximum(1, own_right)), 4),
        grown=(known & (longer >= _GROWN_WORDS)) | (own_version & (np.abs(more) >= _GROWN_WORDS)),
        own_version=own_dated,
        corrected=np.bincount(links.pair, weights=corpus.corrections[links.a] != corpus.corrections[links.b], minlength=len(left))
        > 0,
    )


def _first_days(corpus: Corpus) -> np.ndarray:
    """The first day on which each text was printed, NO_DAY where one of its copies has no date."""
    if not len(corpus.copies.articles):
        return np.empty(0, np.int64)
    return np.minimum.reduceat(corpus.days[corpus.copies.articles], corpus.copies.starts[:-1])


def _common(corpus: Corpus, index: Index, settings: DuplicateSettings) -> np.ndarray:
    """For each sketch entry of each text: does a publisher of the text print it in many texts on many days?"""
    common = np.zeros(len(index.sketch), bool)
    dated = (corpus.publishers >= 0) & (corpus.days != NO_DAY)
    if not dated.any():
        return common
    order = index.shared
    hashes = index.sketch[order]
    starts = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])) if len(hashes) else np.empty(0, np.int64)
    sizes = np.diff(np.append(starts, len(hashes)))
    many = sizes >= settings.common_stories
    order, bucket = order[np.repeat(many, sizes)], np.repeat(np.arange(many.sum()), sizes[many])
    text = np.repeat(np.arange(len(index.starts) - 1), np.diff(index.starts))[order]
    copies = corpus.copy_counts[text]
    entry = np.repeat(np.arange(len(order)), copies)
    places = np.arange(copies.sum()) + np.repeat(corpus.copies.starts[text] - np.cumsum(copies) + copies, copies)
    article = corpus.copies.articles[places]
    entry, article = entry[dated[article]], article[dated[article]]
    publishers = int(corpus.publishers.max()) + 1
    group, printed = np.unique(bucket[entry] * publishers + corpus.publishers[article], return_inverse=True)
    days = _firsts_of_pairs(printed, corpus.days[article])
    stories = _firsts_of_pairs(printed, text[entry])
    often = np.bincount(days, minlength=len(group)) >= settings.common_days
    often &= np.bincount(stories, minlength=len(group)) >= settings.common_stories
    common[order[entry[often[printed]]]] = True
    return common


def _firsts_of_pairs(firsts: np.ndarray, seconds: np.ndarray) -> np.ndarray:
    """The first of every different pair."""
    lowest = int(seconds.min(initial=0))
    width = int(seconds.max(initial=0)) - lowest + 1
    return np.unique(firsts * width + (seconds - lowest)) // width
