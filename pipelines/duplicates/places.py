"""Duplicate detection in parts that need not know of each other: keys of texts, meetings in a bucket, pairs of texts in one place.

Candidates come out as `candidates` finds them over all texts at once; what a pair is, the very same functions say. How rows are brought
together does not belong here.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import schemas
from pipelines.duplicates.arrays import as_column, as_numpy, as_text_column
from pipelines.duplicates.candidates import MIN_SHARE, SHORT_SKETCH, Candidates, Index, Signatures
from pipelines.duplicates.corpus import NO_DAY, Corpus, codes_of, corpus_of, days_of, equal_pairs, order_of
from pipelines.duplicates.detection import sketched
from pipelines.duplicates.matching import MERGING, Proposed, verify
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import lists_of
from pipelines.duplicates.tables import cluster_table

# A text is known by its hash, so that lower texts are those of lower rank.
TEXT_KEYS = pa.schema(
    [
        pa.field("part", pa.int32(), False),  # all rows of a bucket have one
        pa.field("bucket", pa.uint64(), False),
        pa.field("band", pa.bool_(), False),  # else an entry of the sketch
        pa.field("text", pa.string(), False),
        pa.field("neighbourhood", pa.uint32(), False),
        pa.field("nth", pa.int32(), False),  # entry of the text
        pa.field("entries", pa.int32(), False),  # of its sketch
    ]
)

MEETINGS = pa.schema(
    [
        pa.field("a_text", pa.string(), False),  # the lower
        pa.field("b_text", pa.string(), False),
        pa.field("times", pa.int64(), False),  # in buckets of sketches
        pa.field("needed", pa.int64(), False),  # of them, over all parts
        pa.field("sure", pa.bool_(), False),  # the neighbourhoods agree too
        pa.field("band", pa.bool_(), False),
    ]
)

CAPPED_TEXTS = pa.schema(
    [pa.field("bucket", pa.string(), False), pa.field("members", pa.int64(), False), pa.field("kept", pa.string(), False)]
)

# Who is in a bucket of so many that it may be what a publisher prints again and again.
FREQUENT = pa.schema([pa.field("bucket", pa.uint64(), False), pa.field("text", pa.string(), False)])

DATED = pa.schema(
    [pa.field("id", pa.string(), False), pa.field("publisher", pa.string()), pa.field("day", pa.int64())]  # since 1970
)

ARTICLES = pa.schema([*schemas.COMPARED, pa.field("correction", pa.string())])

# What a place is given: articles; pairs of texts to compare (a text with itself: its copies are paired here); and the common entries of
# texts. What does not belong to a row is null.
PLACED = pa.schema(
    [
        pa.field("part", pa.string(), False),
        pa.field("id", pa.string()),
        pa.field("text", pa.large_string()),
        pa.field("publisher", pa.string()),
        pa.field("date", pa.string()),
        pa.field("correction", pa.string()),
        pa.field("a_text", pa.string()),
        pa.field("b_text", pa.string()),
        pa.field("band", pa.bool_()),
        pa.field("bucket", pa.uint64()),
    ]
)

MERGES = pa.schema(
    [pa.field("a_text", pa.string(), False), pa.field("b_text", pa.string(), False), pa.field("jaccard", pa.float64(), False)]
)

MERGED = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("text_hash", pa.string(), False),
        pa.field("words", pa.int64(), False),
        pa.field("date", pa.string()),
        pa.field("correction", pa.string()),
    ]
)


def dated(articles: pa.Table) -> pa.Table:
    """The day of each article of `ARTICLES`, null where there is none, as `DATED`."""
    days = days_of(articles["date"])
    return pa.table([articles["id"], articles["publisher"], as_column(days, days == NO_DAY)], schema=DATED)


def text_keys(signatures: pa.Table, settings: DuplicateSettings, parts: int = 1) -> pa.Table:
    """The buckets that each text of `SIGNATURES` is in, as `TEXT_KEYS`; `parts` is a power of two."""
    sketch, neighbourhoods, minhash = (lists_of(signatures[name]) for name in ("sketch", "beside", "signature"))
    lengths = sketch.lengths
    signed = np.flatnonzero(lengths > 0)
    bands, rows = settings.bands
    of_bands = Signatures(minhash.addresses(), settings.num_perm, minhash).band_keys(signed, bands, rows)
    text = np.concatenate([np.repeat(np.arange(len(lengths)), lengths), np.repeat(signed, bands)])
    buckets = np.concatenate([sketch.taken(), of_bands])
    entries = int(lengths.sum())
    nth = np.arange(entries) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    none = np.zeros(len(of_bands), np.int64)
    return pa.table(
        [
            as_column((buckets & np.uint64(parts - 1)).astype(np.int32)),
            as_column(buckets),
            as_column(np.arange(len(buckets)) >= entries),
            signatures["text_hash"].cast(pa.string()).take(as_column(text)),
            as_column(np.concatenate([neighbourhoods.taken(), none.astype(np.uint32)])),
            as_column(np.concatenate([nth, none]).astype(np.int32)),
            as_column(lengths[text].astype(np.int32)),
        ],
        schema=TEXT_KEYS,
    )


def meetings(keys: pa.Table, settings: DuplicateSettings) -> dict[str, pa.Table]:
    """Who meets whom in the buckets of `TEXT_KEYS`, each with all of its rows; the buckets that were too full; and the frequent ones."""
    names, text = _numbered(keys["text"])
    bucket, band, nth = (as_numpy(keys[name]) for name in ("bucket", "band", "nth"))
    order = np.lexsort((nth, text, bucket, band))
    bucket, band, text = bucket[order], band[order], text[order]
    new = np.append(True, (bucket[1:] != bucket[:-1]) | (band[1:] != band[:-1])) if len(order) else np.empty(0, bool)
    starts = np.flatnonzero(new)
    sizes = np.diff(np.append(starts, len(order)))
    place = np.arange(len(order)) - np.repeat(starts, sizes)
    size = np.repeat(sizes, sizes)
    full = size > settings.bucket_cap
    # of a bucket that is too full, only its first text meets the others
    later = np.where(full & (place > 0), 0, size - 1 - place)
    a = np.repeat(np.arange(len(order)), later)
    b = np.arange(later.sum()) - np.repeat(np.cumsum(later) - later, later) + a + 1
    others = text[a] != text[b]
    a, b = a[others], b[others]
    beside, lengths = as_numpy(keys["neighbourhood"])[order], as_numpy(keys["entries"])[order].astype(np.int64)
    sketched_both = ~band[a]
    pairs, pair = np.unique(text[a].astype(np.int64) * len(names) + text[b], return_inverse=True)
    first = np.zeros(len(pairs), np.int64)
    first[pair] = np.minimum(lengths[a], lengths[b])
    capped = starts[sizes > settings.bucket_cap]
    kinds = np.where(band[capped], "band", "sketch").tolist()
    often = np.flatnonzero((size >= settings.common_stories) & ~band)
    frequent = np.unique(np.stack([bucket[often], text[often].astype(np.uint64)], axis=1), axis=0)
    return {
        "meetings": pa.table(
            [
                names.take(as_column(pairs // max(1, len(names)))),
                names.take(as_column(pairs % max(1, len(names)))),
                as_column(np.bincount(pair, weights=sketched_both, minlength=len(pairs)).astype(np.int64)),
                as_column(_needed(first)),
                as_column(_any(pair, sketched_both & _goes_on(beside[a], beside[b]), len(pairs))),
                as_column(_any(pair, ~sketched_both, len(pairs))),
            ],
            schema=MEETINGS,
        ),
        "capped": pa.table(
            [
                as_text_column([f"{kind}:{key:016x}" for kind, key in zip(kinds, bucket[capped].tolist(), strict=True)]),
                as_column(sizes[sizes > settings.bucket_cap]),
                names.take(as_column(text[capped])),
            ],
            schema=CAPPED_TEXTS,
        ),
        "frequent": pa.table(
            [as_column(frequent[:, 0].copy()), names.take(as_column(frequent[:, 1].astype(np.int64)))], schema=FREQUENT
        ),
    }


def conclude_place(rows: pa.Table, settings: DuplicateSettings) -> dict[str, pa.Table]:
    """The pairs among the articles of a place (`PLACED`), and the pairs of texts that merge. Every copy of its texts has to be there."""
    settings = replace(settings, threads=1)
    articles = rows.filter(pc.is_valid(rows["id"])).select(ARTICLES.names)
    corpus, index, words, read = sketched(articles, settings)
    names = as_text_column([f"{a:016x}{b:016x}" for a, b in corpus.hashes.tolist()])
    asked = rows.filter(pc.is_valid(rows["b_text"]))
    a, b = (as_numpy(pc.index_in(asked[name], names)).astype(np.int64) for name in ("a_text", "b_text"))
    own = np.zeros(len(names), bool)
    own[a[a == b]] = True
    left, right = np.minimum(a, b)[a != b], np.maximum(a, b)[a != b]
    order = np.lexsort((right, left))
    left, right = left[order], right[order]
    candidates = Candidates(left, right, as_numpy(asked["band"])[a != b][order])
    index.common = _common_entries(index, rows.filter(pc.is_valid(rows["bucket"])), names)
    equal = equal_pairs(corpus, settings)
    found = verify(Proposed(corpus, index, candidates, words), read, (left, right), equal[own[equal[:, 2]]], settings).pairs
    found = found.sort_by([("a_id", "ascending"), ("b_id", "ascending")])
    return {"pairs": found, "merges": _merges(found, corpus, names)}


def cluster_merged(articles: pa.Table, merges: pa.Table) -> pa.Table:
    """`CLUSTERS` of the articles (`MERGED`, with all copies of their texts) whose texts are in `merges`, or have copies."""
    order = order_of(articles["id"])
    ordered = articles.take(as_column(order))
    words = as_numpy(ordered["words"]).astype(np.int64)
    hashes = np.frombuffer(bytes.fromhex("".join(ordered["text_hash"].to_pylist())), ">u8").astype(np.uint64).reshape(-1, 2)
    nobody = np.full(len(words), -1, np.int64)
    ids = ordered["id"].cast(pa.string()).combine_chunks()
    corpus = corpus_of(ids, days_of(ordered["date"]), nobody, codes_of(ordered["correction"]), words, hashes)
    names = as_text_column([f"{a:016x}{b:016x}" for a, b in corpus.hashes.tolist()])
    a, b = (as_numpy(pc.index_in(merges[name].cast(pa.string()), names)).astype(np.int64) for name in ("a_text", "b_text"))
    return cluster_table(corpus, words, np.minimum(a, b), np.maximum(a, b), as_numpy(merges["jaccard"]))


def _numbered(texts: pa.ChunkedArray) -> tuple[pa.Array, np.ndarray]:
    """The different texts in order, and which of them each is."""
    encoded = texts.combine_chunks().dictionary_encode()
    order = as_numpy(pc.array_sort_indices(encoded.dictionary)).astype(np.int64)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return encoded.dictionary.take(as_column(order)), rank[as_numpy(encoded.indices)]


def _needed(shorter: np.ndarray) -> np.ndarray:
    """How often two texts have to meet, by the entries of the shorter sketch."""
    return np.where(shorter <= SHORT_SKETCH, 1, np.maximum(2, np.ceil(MIN_SHARE * shorter))).astype(np.int64)


def _goes_on(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The kernel of this name, over arrays."""
    differ = one ^ other
    before = (differ >> np.uint32(16) == 0) & (one >> np.uint32(16) != 0)
    return before | ((differ & np.uint32(0xFFFF) == 0) & (one & np.uint32(0xFFFF) != 0))


def _any(group: np.ndarray, holds: np.ndarray, groups: int) -> np.ndarray:
    return np.bincount(group, weights=holds, minlength=groups) > 0


def _common_entries(index: Index, common: pa.Table, names: pa.Array) -> np.ndarray:
    marked = np.zeros(len(index.sketch), bool)
    texts = as_numpy(pc.index_in(common["a_text"], names), -1).astype(np.int64)
    buckets = as_numpy(common["bucket"])
    for text in np.unique(texts[texts >= 0]).tolist():
        entries = slice(index.starts[text], index.starts[text + 1])
        marked[entries] = np.isin(index.sketch[entries], buckets[texts == text])
    return marked


def _merges(pairs: pa.Table, corpus: Corpus, names: pa.Array) -> pa.Table:
    """The different pairs of texts among pairs of articles that may merge."""
    merging = pairs.filter(pc.is_in(pairs["kind"].cast(pa.string()), as_text_column(MERGING)))
    a, b = (corpus.text_of[as_numpy(pc.index_in(merging[name], corpus.ids)).astype(np.int64)] for name in ("a_id", "b_id"))
    jaccard = as_numpy(merging["jaccard"])
    left, right = np.minimum(a, b), np.maximum(a, b)
    other = np.flatnonzero(left != right)
    _, first = np.unique(left[other] * max(1, len(names)) + right[other], return_index=True)
    rows = other[first]
    return pa.table(
        [names.take(as_column(left[rows])), names.take(as_column(right[rows])), as_column(jaccard[rows])], schema=MERGES
    )
