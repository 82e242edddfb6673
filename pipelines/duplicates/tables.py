"""The tables of duplicate detection: pairs, clusters, and the buckets that were too full.

What goes into them is found elsewhere; only clusters are made here, from the pairs that may merge.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import schemas
from pipelines.duplicates.arrays import as_column, as_numpy, as_text_column, repeated_text
from pipelines.duplicates.candidates import Candidates, Index
from pipelines.duplicates.corpus import NO_DAY, Corpus, Links
from pipelines.duplicates.kernels.load import KERNELS
from pipelines.duplicates.kernels.shapes import Span
from pipelines.duplicates.kinds import EQUAL, EQUAL_BUT_CORRECTED, Context, Verdicts
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.verification import Compared
from pipelines.vocabulary import DuplicateKind

_LAST_DAY = np.iinfo(np.int64).max  # for those without a date


def pair_table(
    corpus: Corpus,
    index: Index,
    candidates: Candidates,
    compared: Compared,
    context: Context,
    verdicts: Verdicts,
    links: Links,
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


def equal_table(corpus: Corpus, equal: np.ndarray, passages: pa.Array) -> pa.Table:
    a, b = equal[:, 0], equal[:, 1]
    ones = as_column(np.ones(len(a)))
    apart = corpus.days_between(a, b)
    zeros = np.zeros(len(a))
    corrected = as_column((corpus.corrections[a] != corpus.corrections[b]).astype(np.int64))
    return pa.table(
        [
            corpus.ids.take(as_column(a)),
            corpus.ids.take(as_column(b)),
            as_text_column([DuplicateKind.EXACT.value, DuplicateKind.UPDATE.value]).take(corrected),
            ones,
            ones,
            ones,
            ones,
            repeated_text("equal", len(a)),
            as_text_column([EQUAL, EQUAL_BUT_CORRECTED]).take(corrected),
            passages,
            *_context_columns(apart, zeros, zeros + 1),
        ],
        schema=schemas.PAIRS,
    )


def _context_columns(days_apart: np.ndarray, common_share: np.ndarray, own_containment: np.ndarray) -> list[pa.Array]:
    return [as_column(days_apart, days_apart < 0), as_column(common_share), as_column(own_containment)]


def passage_lists(starts: np.ndarray, spans: np.ndarray) -> pa.Array:
    """A list of passages for each pair, from `starts[i]` to `starts[i + 1]`; `spans` are [passage, side, Span]."""
    places = (spans[:, side, place] for side in range(2) for place in (Span.FIRST_CHARACTER, Span.LAST_CHARACTER))
    columns = [as_column(place.astype(np.int64)) for place in places]
    return pa.ListArray.from_arrays(
        as_column(starts.astype(np.int32)), pa.StructArray.from_arrays(columns, fields=list(schemas.PASSAGE))
    )


def passages_in_order(lists: pa.ChunkedArray, order: np.ndarray) -> pa.Array:
    """Packed lists of passages in another order. One number of all passages is put there after another: to take them together needs three times their
    room."""
    lengths = as_numpy(pc.list_value_length(lists))
    starts, lengths = (np.cumsum(lengths) - lengths)[order], lengths[order]
    ends = np.cumsum(lengths)
    passages = np.repeat(starts - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)
    fields = list(lists.type.value_type)
    numbers = (pa.chunked_array([chunk.flatten().field(field.name) for chunk in lists.chunks], field.type) for field in fields)
    columns = [as_column(as_numpy(column)[passages]) for column in numbers]
    return pa.ListArray.from_arrays(
        as_column(np.append(0, ends).astype(np.int32)), pa.StructArray.from_arrays(columns, fields=fields)
    )


def equal_bucket(hashes: list[int]) -> str:
    return f"equal:{hashes[0]:016x}{hashes[1]:016x}"


def capped_table(corpus: Corpus, candidates: Candidates, settings: DuplicateSettings) -> pa.Table:
    """The buckets that were too full, and the article that each links its members to."""
    ids = corpus.ids
    firsts = corpus.firsts
    rows = [(bucket, members, ids[int(firsts[kept])].as_py()) for bucket, members, kept in candidates.capped]
    sizes = corpus.copy_counts
    for text in np.flatnonzero(sizes > settings.equal_cap).tolist():
        rows.append((equal_bucket(corpus.hashes[text].tolist()), int(sizes[text]), ids[int(firsts[text])].as_py()))
    rows.sort()
    members = np.array([members for _, members, _ in rows], np.int64)
    columns = [as_text_column([r[0] for r in rows]), as_column(members), as_column(np.ones(len(rows), np.int64))]
    return pa.table([*columns, as_text_column([r[2] for r in rows])], schema=schemas.CAPPED)


def cluster_table(corpus: Corpus, word_counts: np.ndarray, left: np.ndarray, right: np.ndarray, weights: np.ndarray) -> pa.Table:
    """`CLUSTERS`: the canonical is the first report, the representative the latest version; articles without a word stand alone.

    First report: the earliest day (none counts as latest); of one day, the text that may merge with most others; then by content.
    Latest version: the latest day, of one day the longest text, then by content; of equal ones of one day one with a correction.
    """
    size = len(corpus.text_of)
    days = np.where(corpus.days == NO_DAY, _LAST_DAY, corpus.days)
    first_copy = corpus.firsts.copy()
    copied = corpus.copy_counts > 1
    copies = corpus.copies.articles[np.repeat(copied, corpus.copy_counts)]
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
    latest_first = (
        corpus.corrections[many] < 0,
        corpus.ranks[corpus.text_of[many]],
        -word_counts[many],
        -corpus.days[many],
        canonical[many],
    )
    latest = many[np.lexsort((many, *latest_first))]
    heads = np.flatnonzero(np.append(True, canonical[latest][1:] != canonical[latest][:-1])) if len(many) else many
    representative[canonical[latest][heads]] = latest[heads]
    ids = corpus.ids
    named = ids.take(as_column(canonical))
    return pa.table(
        [ids, named, named, ids.take(as_column(representative[canonical])), as_column(sizes[canonical])], schema=schemas.CLUSTERS
    )


def cluster(size: int, left: np.ndarray, right: np.ndarray, weights: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Clusters without chaining: the canonical of each of `size` nodes. `left` and `right` are verified pairs that may merge.

    In `order`, a node that is verified against a canonical before it joins the one it shares most with by `weights` (the earlier at a tie);
    else it is a canonical itself. So every member is verified against its canonical.
    """
    kernels = KERNELS.for_work(0)
    rows, starts = kernels.counted_order(np.concatenate([left, right]), size)
    others = np.concatenate([right, left])[rows]
    return kernels.join_canonicals(starts, others, np.concatenate([weights, weights])[rows], order)
