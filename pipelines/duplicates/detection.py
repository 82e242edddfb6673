"""The whole way, from articles to verified pairs and clusters; `Corpus` is the part that needs no text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import schemas
from pipelines.duplicates.candidates import Candidates, Index, Signatures, propose
from pipelines.duplicates.clusters import cluster
from pipelines.duplicates.columns import as_column, as_numpy, as_text_column, repeated_text
from pipelines.duplicates.kinds import Context, Verdicts, hinging_on_insertion, hinging_on_letters, judge
from pipelines.duplicates.loading import kernels
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import Sketches, Texts, sketch_texts
from pipelines.duplicates.threads import in_parts, pool
from pipelines.duplicates.verification import Compared, belong, compare, liken, locate
from pipelines.vocabulary import DuplicateKind

_NO_DAY = np.iinfo(np.int32).min
_DAY = 86400  # seconds
_MERGING = ("near", "update")
_GROWN_WORDS = 8  # a later text that is longer by so many words, or another one of the same publisher, is an update, not a copy


@dataclass(frozen=True)
class Duplicates:
    """What duplicate detection gives, sorted by id: tables of `PAIRS`, `CLUSTERS` and `CAPPED`."""

    pairs: pa.Table
    clusters: pa.Table
    capped: pa.Table


@dataclass
class Corpus:
    """All articles in order of their ids, and the different texts among them. Equal texts are compared once.

    `text_of[i]` is the text of article i, -1 where it has no word; the articles of text t are
    `copies[copy_starts[t]:copy_starts[t + 1]]`, by id, and the first stands for the others.
    """

    ids: pa.Array
    days: np.ndarray  # since 1970, _NO_DAY where unknown
    publishers: np.ndarray  # codes, -1 where unknown
    text_of: np.ndarray
    copies: np.ndarray
    copy_starts: np.ndarray
    hashes: np.ndarray  # of the different texts
    ranks: np.ndarray  # of the different texts by their hashes, an order that no order of input changes

    def days_between(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Days between the dates of articles, -1 where one is missing."""
        missing = (self.days[a] == _NO_DAY) | (self.days[b] == _NO_DAY)
        return np.where(missing, -1, np.abs(self.days[a] - self.days[b]))

    @property
    def firsts(self) -> np.ndarray:
        return self.copies[self.copy_starts[:-1]]


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
    """Days since 1970 of ISO days, _NO_DAY where null or not a day."""
    text = pc.utf8_slice_codeunits(dates.cast(pa.string()), 0, 10)
    parsed = pc.strptime(text, format="%Y-%m-%d", unit="s", error_is_null=True)
    return as_numpy(parsed.cast(pa.int64()), _NO_DAY * _DAY) // _DAY


def codes_of(values: pa.Array | pa.ChunkedArray) -> np.ndarray:
    encoded = values.cast(pa.string())
    encoded = (encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded).dictionary_encode()
    return as_numpy(encoded.indices, -1).astype(np.int64)


def column(table: pa.Table, name: str) -> pa.Array | pa.ChunkedArray:
    return table[name] if name in table.column_names else pa.nulls(table.num_rows, pa.string())


def corpus_of(ids: pa.Array, days: np.ndarray, publishers: np.ndarray, words: np.ndarray, hashes: np.ndarray) -> Corpus:
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
    order, copy_starts = kernels().counted_order(text_of[spoken], len(rank))
    copies = spoken[order]
    ranks = by_first  # of text i the number of its group, and groups are in order of their hashes
    return Corpus(ids, days, publishers, text_of, copies, copy_starts, hashes[copies[copy_starts[:-1]]], ranks)


def _by_hash(hashes: np.ndarray) -> np.ndarray:
    """The order of hashes of two numbers; equal ones in any order."""
    order = np.argsort(hashes[:, 0])
    first, second = hashes[order].T
    if ((first[1:] == first[:-1]) & (second[1:] < second[:-1])).any():
        return np.lexsort((hashes[:, 1], hashes[:, 0]))
    return order


def find_duplicates(
    articles: pa.Table | Iterable[pa.Table | pa.RecordBatch], settings: DuplicateSettings | None = None
) -> Duplicates:
    """All verified pairs and clusters of the articles (`COMPARED`; publisher and date may be missing).

    Given batches instead of a table, such as `ParquetFile.iter_batches` yields, it works on the first ones while later ones are read.
    A repeated or missing id is a ValueError that names it. The result does not depend on the order of the rows.
    """
    settings = settings or DuplicateSettings()
    given = _Given()
    found = sketch_texts(given.texts_of(articles), settings)
    order = given.order
    corpus = corpus_of(given.ids, given.days, given.publishers, found.words[order], found.text_hashes[order])
    rows = order[corpus.firsts]
    starts = np.append(0, np.cumsum(found.sketch.lengths[rows]))
    sketch, beside = pool(settings.threads).map(lambda lists: lists.taken(rows), (found.sketch, found.beside))
    signatures = Signatures(found.signatures.addresses()[rows], settings.num_perm, found)
    index = Index(signatures, sketch, beside, starts, corpus.ranks)
    candidates = propose(index, settings)
    equal = kernels().equal_pairs(corpus.copy_starts, corpus.copies, settings.equal_cap)
    located = (Texts(given.articles["text"]), order)
    pairs = (candidates.left, candidates.right)
    return _conclude(corpus, index, candidates, found, rows, pairs, equal, located, found.words[order], settings)


class _Given:
    """The articles in the order that they came in; ids, days and publishers are in order of their ids."""

    articles: pa.Table
    order: np.ndarray
    ids: pa.Array
    days: np.ndarray
    publishers: np.ndarray

    def texts_of(self, articles: pa.Table | Iterable[pa.Table | pa.RecordBatch]) -> Iterator[pa.ChunkedArray]:
        """The texts of each batch. When all are out and the last are still being sketched, the attributes are set."""
        parts = []
        for batch in [articles] if isinstance(articles, pa.Table) else articles:
            parts.append(pa.Table.from_batches([batch]) if isinstance(batch, pa.RecordBatch) else batch)
            yield parts[-1]["text"]
        self.articles = pa.concat_tables(parts) if parts else schemas.COMPARED.empty_table()
        pa.default_memory_pool().release_unused()  # what reading the batches took
        self.order = order_of(self.articles["id"])
        self.ids = self.articles["id"].cast(pa.string()).take(as_column(self.order))
        self.days = days_of(column(self.articles, "date"))[self.order]
        self.publishers = codes_of(column(self.articles, "publisher"))[self.order]


@dataclass
class _Links:
    """Pairs of articles behind pairs of texts, in order of the pairs."""

    a: np.ndarray
    b: np.ndarray
    pair: np.ndarray  # row among the pairs of texts
    swapped: np.ndarray  # bool: a is a copy of the right text

    @staticmethod
    def of(corpus: Corpus, left: np.ndarray, right: np.ndarray, settings: DuplicateSettings) -> _Links:
        found = kernels().spread(corpus.copy_starts, corpus.copies, left, right, settings.equal_cap)
        return _Links(found[:, 0], found[:, 1], found[:, 2], found[:, 3] == 1)


def context_of(
    corpus: Corpus, index: Index, left: np.ndarray, right: np.ndarray, word_counts: np.ndarray, settings: DuplicateSettings
) -> Context:
    """What the corpus says about each pair of texts. Needs no text."""
    links = _Links.of(corpus, left, right, settings)
    apart = corpus.days_between(links.a, links.b)
    apart[apart < 0] = np.iinfo(np.int64).max
    starts = np.flatnonzero(np.append(True, links.pair[1:] != links.pair[:-1])) if len(links.pair) else np.empty(0, np.int64)
    nearest = np.minimum.reduceat(apart, starts) if len(starts) else apart
    first_days = _first_days(corpus)
    more = word_counts[corpus.firsts[right]] - word_counts[corpus.firsts[left]]
    longer = more * np.sign(first_days[right] - first_days[left])
    publisher_a, publisher_b = corpus.publishers[links.a], corpus.publishers[links.b]
    own_version = np.bincount(links.pair, weights=(publisher_a == publisher_b) & (publisher_a >= 0), minlength=len(left)) > 0
    known = (first_days[left] != _NO_DAY) & (first_days[right] != _NO_DAY)
    counts = np.zeros((len(left), 4), np.int64)
    if index.common is None:
        index.common = _common(corpus, index, settings)
    common_shares = partial(kernels().common_shared, index.sketch, index.starts, index.common)
    in_parts(lambda part: common_shares(left[part], right[part], counts[part]), left, settings.threads)
    shared, common, own_left, own_right = counts.T
    own = shared - common
    return Context(
        days_apart=np.where(nearest == np.iinfo(np.int64).max, -1, nearest),
        common_share=np.round(common / np.maximum(1, shared), 4),
        own_containment=np.round(np.maximum(own / np.maximum(1, own_left), own / np.maximum(1, own_right)), 4),
        grown=(known & (longer >= _GROWN_WORDS)) | (own_version & (np.abs(more) >= _GROWN_WORDS)),
    )


def _first_days(corpus: Corpus) -> np.ndarray:
    """The first day on which each text was printed, _NO_DAY where one of its copies has no date."""
    if not len(corpus.copies):
        return np.empty(0, np.int64)
    return np.minimum.reduceat(corpus.days[corpus.copies], corpus.copy_starts[:-1])


def _common(corpus: Corpus, index: Index, settings: DuplicateSettings) -> np.ndarray:
    """For each sketch entry of each text: does a publisher of the text print it in many texts on many days?"""
    common = np.zeros(len(index.sketch), bool)
    told = (corpus.publishers >= 0) & (corpus.days != _NO_DAY)
    if not told.any():
        return common
    order = index.shared
    hashes = index.sketch[order]
    starts = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])) if len(hashes) else np.empty(0, np.int64)
    sizes = np.diff(np.append(starts, len(hashes)))
    many = sizes >= settings.common_stories
    order, bucket = order[np.repeat(many, sizes)], np.repeat(np.arange(many.sum()), sizes[many])
    text = np.repeat(np.arange(len(index.starts) - 1), np.diff(index.starts))[order]
    copies = np.diff(corpus.copy_starts)[text]
    entry = np.repeat(np.arange(len(order)), copies)
    article = corpus.copies[np.arange(copies.sum()) + np.repeat(corpus.copy_starts[text] - np.cumsum(copies) + copies, copies)]
    entry, article = entry[told[article]], article[told[article]]
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
    least = int(seconds.min(initial=0))
    width = int(seconds.max(initial=0)) - least + 1
    return np.unique(firsts * width + (seconds - least)) // width


@dataclass
class _Reused:
    """What an earlier run found and nothing has changed: rows of `PAIRS`, and the pairs of texts among them that merge."""

    pairs: pa.Table
    a: np.ndarray
    b: np.ndarray
    left: np.ndarray
    right: np.ndarray
    weights: np.ndarray


def _conclude(
    corpus: Corpus,
    index: Index,
    candidates: Candidates,
    found: Sketches,
    rows: np.ndarray,
    pairs: tuple[np.ndarray, np.ndarray],
    equal: np.ndarray,
    texts: tuple[Texts, np.ndarray],
    word_counts: np.ndarray,
    settings: DuplicateSettings,
    reused: _Reused | None = None,
) -> Duplicates:
    """Compares `pairs` of texts in full; kinds, passages and clusters of those that pass and of `equal` pairs of articles.

    Text t is text `rows[t]` of `found`; `texts` are texts and the row among them of each article, where it is needed.
    """
    compared, aligned = compare(found, rows, pairs, settings)
    links = _Links.of(corpus, compared.left, compared.right, settings)
    stretches = _Stretches.of(aligned.passages, links, equal, word_counts)
    row = np.zeros(len(corpus.text_of), np.int64)
    row[stretches.articles] = 1
    used = np.flatnonzero(row)
    row[used] = np.arange(len(used))
    places = locate(
        texts[0], texts[1][used], word_counts[used], row[stretches.articles], stretches.first, stretches.last, settings.threads
    )
    spans, equal_spans = stretches.both_sides(places)
    context = context_of(corpus, index, compared.left, compared.right, word_counts, settings)
    hinging = hinging_on_insertion(compared, aligned, context, settings)
    aligned.belonging = belong(found, rows, compared, aligned, hinging, settings.threads)
    found.forget_words()
    first_link = np.searchsorted(links.pair, np.arange(len(compared.left)))
    aligned.likeness = liken(
        texts[0],
        (texts[1][corpus.firsts[compared.left]], texts[1][corpus.firsts[compared.right]]),
        hinging_on_letters(compared, aligned, context, settings),
        (stretches.starts[first_link], stretches.starts[first_link + 1]),
        aligned.passages[stretches.passage, 5] == 1,
        np.ascontiguousarray(spans[:, :, :2]).reshape(-1, 4),
        settings.threads,
    )
    verdicts = judge(compared, aligned, context, settings)
    kept = verdicts.kept[links.pair]
    lengths = np.diff(stretches.starts)
    spans = spans[np.repeat(kept, lengths)]
    links = _Links(links.a[kept], links.b[kept], links.pair[kept], links.swapped[kept])
    passages = _passages(np.append(0, np.cumsum(lengths[kept])), spans[:, :, 2:].reshape(-1, 4))
    tables = [
        _equal_table(corpus, equal, _passages(np.arange(len(equal) + 1), equal_spans[:, :, 2:].reshape(-1, 4))),
        _pair_table(corpus, index, candidates, compared, context, verdicts, links, passages),
    ]
    a, b = [equal[:, 0], links.a], [equal[:, 1], links.b]
    merging = verdicts.of_kinds(*_MERGING)
    merged = [compared.left[merging]], [compared.right[merging]], [compared.jaccard[merging]]
    if reused is not None:
        tables.append(reused.pairs)
        a.append(reused.a)
        b.append(reused.b)
        for parts, more in zip(merged, (reused.left, reused.right, reused.weights), strict=True):
            parts.append(more)
    order = np.lexsort((np.concatenate(b), np.concatenate(a)))
    return Duplicates(
        pa.concat_tables(tables).take(as_column(order)),
        cluster_table(corpus, word_counts, *(np.concatenate(parts) for parts in merged)),
        capped_table(corpus, candidates, settings),
    )


@dataclass
class _Stretches:
    """The stretches of words to find places for: on the a side of all passages of all links, on the b side, then of equal articles."""

    articles: np.ndarray
    first: np.ndarray
    last: np.ndarray  # exclusive
    starts: np.ndarray  # where each link's passages start
    passage: np.ndarray  # row among the passages, of each passage of each link
    equal: int  # how many pairs of equal articles

    @staticmethod
    def of(passages: np.ndarray, links: _Links, equal: np.ndarray, word_counts: np.ndarray) -> _Stretches:
        bounds = np.searchsorted(passages[:, 0], np.arange(links.pair[-1] + 2 if len(links.pair) else 1))
        lengths = np.diff(bounds)[links.pair] if len(links.pair) else np.empty(0, np.int64)
        starts = np.append(0, np.cumsum(lengths))
        passage = np.arange(starts[-1]) + np.repeat(bounds[links.pair] - starts[:-1], lengths)
        words = passages[passage, 1:5]
        words = np.where(np.repeat(links.swapped, lengths)[:, None], words[:, [2, 3, 0, 1]], words)
        whole = word_counts[equal[:, 0]]
        return _Stretches(
            np.concatenate([np.repeat(links.a, lengths), np.repeat(links.b, lengths), equal[:, 0], equal[:, 1]]),
            np.concatenate([words[:, 0], words[:, 2], 0 * whole, 0 * whole]),
            np.concatenate([words[:, 1], words[:, 3], whole, whole]),
            starts,
            passage,
            len(equal),
        )

    def both_sides(self, found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of links' passages and of equal pairs: (row, side, first and last byte, first and last character)."""
        count = len(self.passage)
        return (
            np.stack([found[:count], found[count : 2 * count]], axis=1),
            np.stack([found[2 * count : 2 * count + self.equal], found[2 * count + self.equal :]], axis=1),
        )


def _pair_table(
    corpus: Corpus,
    index: Index,
    candidates: Candidates,
    compared: Compared,
    context: Context,
    verdicts: Verdicts,
    links: _Links,
    passages: pa.Array,
) -> pa.Table:
    rule = as_column(verdicts.rule[links.pair])
    left, right = compared.containment_left[links.pair], compared.containment_right[links.pair]
    keys = (candidates.left << 32) | candidates.right
    by_band = candidates.by_band[np.searchsorted(keys, (compared.left << 32) | compared.right)]
    estimate = index.signatures.estimates(compared.left, compared.right)
    return pa.table(
        [
            corpus.ids.take(as_column(links.a)),
            corpus.ids.take(as_column(links.b)),
            as_text_column([kind for kind, _ in verdicts.names]).take(rule),
            as_column(compared.jaccard[links.pair]),
            as_column(np.where(links.swapped, right, left)),
            as_column(np.where(links.swapped, left, right)),
            as_column(estimate[links.pair]),
            as_text_column(["sketch", "band"]).take(as_column(by_band[links.pair].astype(np.int64))),
            as_text_column([reason for _, reason in verdicts.names]).take(rule),
            passages,
            *_context_columns(
                context.days_apart[links.pair], context.common_share[links.pair], context.own_containment[links.pair]
            ),
        ],
        schema=schemas.PAIRS,
    )


def _equal_table(corpus: Corpus, equal: np.ndarray, passages: pa.Array) -> pa.Table:
    a, b = equal[:, 0], equal[:, 1]
    ones = as_column(np.ones(len(a)))
    apart = corpus.days_between(a, b)
    zeros = np.zeros(len(a))
    return pa.table(
        [
            corpus.ids.take(as_column(a)),
            corpus.ids.take(as_column(b)),
            repeated_text(DuplicateKind.EXACT.value, len(a)),
            ones,
            ones,
            ones,
            ones,
            repeated_text("equal", len(a)),
            repeated_text("the same words in the same order", len(a)),
            passages,
            *_context_columns(apart, zeros, zeros + 1),
        ],
        schema=schemas.PAIRS,
    )


def _context_columns(days_apart: np.ndarray, common_share: np.ndarray, own_containment: np.ndarray) -> list[pa.Array]:
    return [as_column(days_apart, days_apart < 0), as_column(common_share), as_column(own_containment)]


def _passages(starts: np.ndarray, spans: np.ndarray) -> pa.Array:
    columns = [as_column(spans[:, i].astype(np.int64)) for i in range(4)]
    return pa.ListArray.from_arrays(
        as_column(starts.astype(np.int32)), pa.StructArray.from_arrays(columns, fields=list(schemas.PASSAGE))
    )


def equal_bucket(hashes: list[int]) -> str:
    return f"equal:{hashes[0]:016x}{hashes[1]:016x}"


def capped_table(corpus: Corpus, candidates: Candidates, settings: DuplicateSettings) -> pa.Table:
    """The buckets that were too full, and the article that each links its members to."""
    ids = corpus.ids
    firsts = corpus.firsts
    rows = [(bucket, members, ids[int(firsts[kept])].as_py()) for bucket, members, kept in candidates.capped]
    sizes = np.diff(corpus.copy_starts)
    for text in np.flatnonzero(sizes > settings.equal_cap).tolist():
        rows.append((equal_bucket(corpus.hashes[text].tolist()), int(sizes[text]), ids[int(firsts[text])].as_py()))
    rows.sort()
    members = np.array([members for _, members, _ in rows], np.int64)
    columns = [as_text_column([r[0] for r in rows]), as_column(members), as_column(np.ones(len(rows), np.int64))]
    return pa.table([*columns, as_text_column([r[2] for r in rows])], schema=schemas.CAPPED)


def cluster_table(corpus: Corpus, word_counts: np.ndarray, left: np.ndarray, right: np.ndarray, weights: np.ndarray) -> pa.Table:
    """`CLUSTERS`: the canonical is the first report, the representative the latest version; articles without a word stand alone.

    First report: the earliest day (none counts as latest); of one day, the text that may merge with most others; then by content.
    Latest version: the latest day, of one day the longest text, then by content.
    """
    size = len(corpus.text_of)
    days = np.where(corpus.days == _NO_DAY, np.iinfo(np.int64).max, corpus.days)
    first_copy = corpus.firsts.copy()
    copied = np.diff(corpus.copy_starts) > 1
    copies = corpus.copies[np.repeat(copied, np.diff(corpus.copy_starts))]
    by_day = copies[np.lexsort((copies, days[copies], corpus.text_of[copies]))]
    first_copy[copied] = by_day[np.searchsorted(corpus.text_of[by_day], np.flatnonzero(copied))]
    canonical_text = np.arange(len(corpus.hashes))
    paired, places = np.unique(np.concatenate([left, right]), return_inverse=True)  # all others stand for themselves
    degree = np.bincount(places, minlength=len(paired))
    order = np.lexsort((corpus.ranks[paired], -degree, days[first_copy[paired]]))
    canonical_text[paired] = paired[cluster(len(paired), places[: len(left)], places[len(left) :], weights, order)]
    canonical = np.arange(size)
    spoken = corpus.text_of >= 0
    canonical[spoken] = first_copy[canonical_text[corpus.text_of[spoken]]]
    sizes = np.bincount(canonical, minlength=size)
    representative = np.arange(size)
    many = np.flatnonzero(sizes[canonical] > 1)  # all others stand for themselves
    latest_first = (corpus.ranks[corpus.text_of[many]], -word_counts[many], -corpus.days[many], canonical[many])
    latest = many[np.lexsort((many, *latest_first))]
    heads = np.flatnonzero(np.append(True, canonical[latest][1:] != canonical[latest][:-1])) if len(many) else many
    representative[canonical[latest][heads]] = latest[heads]
    ids = corpus.ids
    named = ids.take(as_column(canonical))
    return pa.table(
        [ids, named, named, ids.take(as_column(representative[canonical])), as_column(sizes[canonical])], schema=schemas.CLUSTERS
    )
