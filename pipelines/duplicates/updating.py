"""The same result as a whole run, from stored signatures and pairs, reading only the texts that a change touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import schemas
from pipelines.duplicates.candidates import Candidates, Index, Signatures, members_of, propose
from pipelines.duplicates.columns import as_column, as_numpy, as_text_column
from pipelines.duplicates.detection import (
    Corpus,
    Duplicates,
    _conclude,
    _Links,
    _Reused,
    capped_table,
    codes_of,
    column,
    context_of,
    corpus_of,
    days_of,
    equal_bucket,
    order_of,
)
from pipelines.duplicates.kinds import GROWN, KEPT, Context
from pipelines.duplicates.loading import kernels
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import Texts, lists_of, sketch_texts
from pipelines.vocabulary import MERGING_KINDS, DuplicateKind

TextsOf = Callable[[list[str]], pa.Table]


@dataclass
class _Stored:
    """Stored signatures as arrays, in order of the ids."""

    corpus: Corpus
    index: Index
    words: np.ndarray


def update_duplicates(
    signatures: pa.Table,
    articles_meta: pa.Table,
    changed_ids: Iterable[str],
    known_pairs: pa.Table,
    texts_of: TextsOf,
    settings: DuplicateSettings | None = None,
    known_capped: pa.Table | None = None,
) -> Duplicates:
    """What `find_duplicates` gives on all current articles, knowing what it gave before the change.

    `signatures` (`SIGNATURES`) and `articles_meta` (id, publisher, date) hold every current article, in any order; `changed_ids`
    those that are new or whose text changed (a changed date or publisher needs no mention, an article that is gone is simply not
    there any more). `known_pairs` and `known_capped` are what was found before, with the same settings. `texts_of` is asked at
    most once, for the ids whose texts are needed, and gives a table with `id` and `text` in any order.
    """
    settings = settings or DuplicateSettings()
    stored = _stored(signatures, articles_meta, settings)
    corpus, index = stored.corpus, stored.index
    candidates = propose(index, settings)
    changed = np.zeros(len(corpus.text_of), bool)
    changed[_rows_of(corpus.ids, as_text_column(list(changed_ids)))] = True
    known = _Known.of(corpus, known_pairs, changed)

    equal = kernels().equal_pairs(corpus.copy_starts, corpus.copies, settings.equal_cap)
    equal_rows = known.rows(equal[:, 0], equal[:, 1], exact=True)
    equal_rows[equal_rows >= 0] = np.where(
        known.same_days(corpus, equal[equal_rows >= 0], equal_rows[equal_rows >= 0]), equal_rows[equal_rows >= 0], -1
    )
    left, right = candidates.left, candidates.right
    links = _Links.of(corpus, left, right, settings)
    link_rows = known.rows(links.a, links.b, exact=False)
    context = context_of(corpus, index, left, right, stored.words, settings)
    fits = (link_rows >= 0) & known.same_context(link_rows, context, links.pair)
    missing = np.bincount(links.pair, weights=~fits, minlength=len(left)) > 0
    was_found = np.isin((left << 32) | right, known.text_pairs(corpus))
    unsettled = _unsettled(corpus, index, candidates, known_capped, settings)
    old = np.zeros(len(corpus.hashes), bool)
    old[corpus.text_of[(corpus.text_of >= 0) & ~changed]] = True
    refused_before = ~was_found & old[left] & old[right] & ~unsettled
    todo = np.flatnonzero(missing & ~refused_before)
    keep = ~missing

    kept_links = keep[links.pair]
    rows = np.concatenate([equal_rows[equal_rows >= 0], link_rows[kept_links]])
    old_pairs = known_pairs.select(schemas.PAIRS.names).cast(schemas.PAIRS).take(as_column(rows))
    first_link = np.searchsorted(links.pair, np.flatnonzero(keep))
    first_rows = link_rows[first_link]
    merges = known.merging[first_rows]
    reused = _Reused(
        _with_current_source(old_pairs, candidates, links.pair[kept_links], int((equal_rows >= 0).sum())),
        np.concatenate([equal[equal_rows >= 0, 0], links.a[kept_links]]),
        np.concatenate([equal[equal_rows >= 0, 1], links.b[kept_links]]),
        left[keep][merges],
        right[keep][merges],
        known.jaccard[first_rows][merges],
    )
    equal = equal[equal_rows < 0]
    wanted = np.isin(links.pair, todo)
    left, right = left[todo], right[todo]
    needed = _needed(corpus, left, right, (links.a[wanted], links.b[wanted]), equal)
    texts = _fetched(corpus.ids.take(as_column(needed)), texts_of)
    return _verified(stored, candidates, (left, right), equal, (needed, texts), settings, reused)


def _needed(
    corpus: Corpus, left: np.ndarray, right: np.ndarray, linked: tuple[np.ndarray, np.ndarray], equal: np.ndarray
) -> np.ndarray:
    """The articles whose texts are read: one of each text compared, those of the pairs they stand for, and equal ones."""
    return np.unique(np.concatenate([corpus.firsts[left], corpus.firsts[right], *linked, equal[:, 0], equal[:, 1]]))


def _verified(
    stored: _Stored,
    candidates: Candidates,
    pairs: tuple[np.ndarray, np.ndarray],
    equal: np.ndarray,
    read: tuple[np.ndarray, pa.Array | pa.ChunkedArray],
    settings: DuplicateSettings,
    reused: _Reused | None = None,
) -> Duplicates:
    """Compares the `pairs` of texts in full. `read` are the articles whose texts are there, and these texts."""
    corpus, (needed, texts) = stored.corpus, read
    place = np.full(len(corpus.text_of), -1, np.int64)
    place[needed] = np.arange(len(needed))
    compared_texts = np.unique(np.concatenate(pairs))
    found = sketch_texts([texts.take(as_column(place[corpus.firsts[compared_texts]]))], settings)
    row_of_text = np.full(len(corpus.hashes), -1, np.int64)
    row_of_text[compared_texts] = np.arange(len(compared_texts))
    located = (Texts(texts), place)
    return _conclude(corpus, stored.index, candidates, found, row_of_text, pairs, equal, located, stored.words, settings, reused)


def match_against(
    new_articles: pa.Table,
    signatures: pa.Table,
    articles_meta: pa.Table,
    texts_of: TextsOf,
    settings: DuplicateSettings | None = None,
) -> pa.Table:
    """Pairs of each new article (a, `COMPARED`) with the stored articles (b) that it shares something with, as `PAIRS`.

    Nothing is said of pairs among the new or among the stored. Ids of the new may be equal to stored ones. Sorted by a_id and b_id.
    """
    from pipelines.duplicates.sketching import sketch_articles

    settings = settings or DuplicateSettings()
    order_of(new_articles["id"])  # refuses ids that repeat
    fresh = sketch_articles(new_articles, settings)
    marked = pa.concat_tables([_marked(fresh, _NEW), _marked(signatures.select(fresh.column_names).cast(fresh.schema), _STORED)])
    meta = pa.concat_tables([_marked(_meta(new_articles), _NEW), _marked(_meta(articles_meta), _STORED)])
    stored = _stored(marked, meta, settings, marks=1)
    corpus, index = stored.corpus, stored.index
    is_new = as_numpy(pc.starts_with(corpus.ids, _NEW))
    candidates = propose(index, settings)
    has_new, has_stored = np.zeros(len(corpus.hashes), bool), np.zeros(len(corpus.hashes), bool)
    spoken = corpus.text_of >= 0
    has_new[corpus.text_of[spoken & is_new]] = True
    has_stored[corpus.text_of[spoken & ~is_new]] = True
    left, right = candidates.left, candidates.right
    across = (has_new[left] & has_stored[right]) | (has_new[right] & has_stored[left])
    left, right = left[across], right[across]
    equal = _equal_across(corpus, is_new, settings)
    links = _Links.of(corpus, left, right, settings)
    needed = _needed(corpus, left, right, (links.a, links.b), equal)
    texts = _texts_across(corpus.ids.take(as_column(needed)), is_new[needed], new_articles, texts_of)
    every = _verified(stored, candidates, (left, right), equal, (needed, texts), settings).pairs
    mixed = pc.and_(pc.starts_with(every["a_id"], _NEW), pc.starts_with(every["b_id"], _STORED))
    return _unmarked(every.filter(mixed), ("a_id", "b_id"))


_NEW, _STORED = "0", "1"  # before ids, so that new ones are the a of every pair


def _marked(table: pa.Table, mark: str) -> pa.Table:
    ids = pc.binary_join_element_wise(mark, table["id"].cast(pa.string()), "")
    return table.set_column(table.column_names.index("id"), "id", ids)


def _unmarked(table: pa.Table, names: tuple[str, ...]) -> pa.Table:
    for name in names:
        table = table.set_column(table.column_names.index(name), table.schema.field(name), pc.utf8_slice_codeunits(table[name], 1))
    return table


def _meta(table: pa.Table) -> pa.Table:
    return pa.table({name: column(table, name).cast(pa.string()) for name in ("id", "publisher", "date")})


def _equal_across(corpus: Corpus, is_new: np.ndarray, settings: DuplicateSettings) -> np.ndarray:
    """Every new article with the stored copies of its text, at most `equal_cap` of them."""
    pairs = []
    for text in np.flatnonzero(np.diff(corpus.copy_starts) > 1).tolist():
        copies = corpus.copies[corpus.copy_starts[text] : corpus.copy_starts[text + 1]]
        stored = copies[~is_new[copies]][: settings.equal_cap]
        pairs += [(int(new), int(old), text) for new in copies[is_new[copies]] for old in stored]
    return np.array(pairs, np.int64).reshape(-1, 3)


def _texts_across(ids: pa.Array, is_new: np.ndarray, new_articles: pa.Table, texts_of: TextsOf) -> pa.Array:
    plain = pc.utf8_slice_codeunits(ids, 1)
    rows = pc.index_in(plain.filter(as_column(is_new)), new_articles["id"].cast(pa.string()))
    fresh = new_articles["text"].cast(pa.large_string()).take(rows).combine_chunks()
    stored = _fetched(plain.filter(as_column(~is_new)), texts_of)
    places = np.where(is_new, np.cumsum(is_new) - 1, len(fresh) + np.cumsum(~is_new) - 1)
    return pa.concat_arrays([fresh, stored]).take(as_column(places))


def _stored(signatures: pa.Table, articles_meta: pa.Table, settings: DuplicateSettings, marks: int = 0) -> _Stored:
    """As arrays, in order of the ids; `marks` characters before an id are not part of it."""
    order = order_of(signatures["id"])
    ids, words, texts = (signatures[name].take(as_column(order)) for name in ("id", "words", "text_hash"))
    ids = ids.cast(pa.string()).combine_chunks()
    meta_rows = pc.index_in(ids, articles_meta["id"].cast(pa.string()))
    if meta_rows.null_count:
        lost = ids.filter(pc.is_null(meta_rows))[0].as_py()[marks:]
        raise ValueError(f"id {lost!r} has a signature and no row in articles_meta: give publisher and date of every article")
    meta = articles_meta.take(meta_rows)
    hashes = np.frombuffer(bytes.fromhex("".join(texts.to_pylist())), ">u8").astype(np.uint64).reshape(-1, 2)
    corpus = corpus_of(ids, days_of(column(meta, "date")), codes_of(column(meta, "publisher")), as_numpy(words), hashes)
    rows = order[corpus.firsts]
    sketch, beside, minhash = (lists_of(signatures[name]) for name in ("sketch", "beside", "signature"))
    starts = np.append(0, np.cumsum(sketch.lengths[rows]))
    index = Index(
        Signatures(minhash.addresses()[rows], settings.num_perm, minhash),
        sketch.taken(rows),
        beside.taken(rows),
        starts,
        corpus.ranks,
    )
    return _Stored(corpus, index, as_numpy(words))


def _rows_of(ids: pa.Array, wanted: pa.Array | pa.ChunkedArray) -> np.ndarray:
    return as_numpy(pc.drop_null(pc.index_in(wanted, ids))).astype(np.int64)


def _fetched(ids: pa.Array, texts_of: TextsOf) -> pa.Array:
    if not len(ids):
        return as_text_column([]).cast(pa.large_string())
    table = texts_of(ids.to_pylist())
    rows = pc.index_in(ids, table["id"].cast(pa.string()))
    if rows.null_count:
        lost = ids.filter(pc.is_null(rows))[0].as_py()
        raise ValueError(f"texts_of gave no text for id {lost!r}: it must give one for every id that it is asked for")
    texts = table["text"].cast(pa.large_string()).take(rows)
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def _unsettled(
    corpus: Corpus, index: Index, candidates: Candidates, known_capped: pa.Table | None, settings: DuplicateSettings
) -> np.ndarray:
    """Candidates (bool) from a bucket that is capped now and was not before, or the other way round, or that keeps another article.

    A text whose copies were, or are now, too many to be paired one by one may have lost the copy that stood for it.
    """
    now = {(row["bucket"], row["kept_id"]) for row in capped_table(corpus, candidates, settings).to_pylist()}
    rows = known_capped.to_pylist() if known_capped is not None else []
    buckets = {bucket for bucket, _ in now ^ {(row["bucket"], row["kept_id"]) for row in rows}}
    inside = members_of(index, buckets, settings)
    copied = np.array([bucket in buckets for bucket in _equal_buckets(corpus)], bool) if buckets else np.zeros(len(inside), bool)
    left, right = candidates.left, candidates.right
    return (inside[left] & inside[right]) | copied[left] | copied[right]


def _equal_buckets(corpus: Corpus) -> list[str]:
    return [equal_bucket(hashes) for hashes in corpus.hashes.tolist()]


def _with_current_source(pairs: pa.Table, candidates: Candidates, text_pairs: np.ndarray, equal: int) -> pa.Table:
    """How a pair is found may change when buckets fill up; the rest of a reused row does not."""
    sources = ["equal"] * equal + np.where(candidates.by_band[text_pairs], "band", "sketch").tolist()
    return pairs.set_column(pairs.column_names.index("found_by"), schemas.PAIRS.field("found_by"), as_text_column(sources))


@dataclass
class _Known:
    """Pairs found before between articles that are still as they were."""

    keys: np.ndarray  # a << 32 | b, ascending
    row: np.ndarray  # of the table, for each key
    a: np.ndarray
    b: np.ndarray
    exact: np.ndarray  # by row of the table, as all below
    merging: np.ndarray
    jaccard: np.ndarray
    days_apart: np.ndarray
    common_share: np.ndarray
    own_containment: np.ndarray
    grown: np.ndarray  # the reason says so
    may_grow: np.ndarray  # the reason depends on it

    @staticmethod
    def of(corpus: Corpus, pairs: pa.Table, changed: np.ndarray) -> _Known:
        a = as_numpy(pc.index_in(pairs["a_id"].cast(pa.string()), corpus.ids), -1).astype(np.int64)
        b = as_numpy(pc.index_in(pairs["b_id"].cast(pa.string()), corpus.ids), -1).astype(np.int64)
        row = np.flatnonzero((a >= 0) & (b >= 0))
        row = row[~changed[a[row]] & ~changed[b[row]]]
        row = row[np.argsort((a[row] << 32) | b[row])]
        kinds = pairs["kind"].cast(pa.string())
        merging = as_text_column([kind.value for kind in MERGING_KINDS])
        return _Known(
            (a[row] << 32) | b[row],
            row,
            a[row],
            b[row],
            as_numpy(pc.equal(kinds, DuplicateKind.EXACT.value)),
            as_numpy(pc.is_in(kinds, merging)),
            as_numpy(pairs["jaccard"]),
            as_numpy(pairs["days_apart"], -1),
            as_numpy(pairs["common_share"]),
            as_numpy(pairs["own_containment"]),
            as_numpy(pc.equal(pairs["reason"].cast(pa.string()), GROWN)),
            as_numpy(pc.is_in(pairs["reason"].cast(pa.string()), as_text_column([GROWN, KEPT]))),
        )

    def rows(self, a: np.ndarray, b: np.ndarray, exact: bool) -> np.ndarray:
        """The row of each pair of articles, -1 where none was found before."""
        if not len(self.keys):
            return np.full(len(a), -1, np.int64)
        at = np.minimum(np.searchsorted(self.keys, (a << 32) | b), len(self.keys) - 1)
        rows = self.row[at]
        return np.where((self.keys[at] == (a << 32) | b) & (self.exact[rows] == exact), rows, -1)

    def same_days(self, corpus: Corpus, equal: np.ndarray, rows: np.ndarray) -> np.ndarray:
        return self.days_apart[rows] == corpus.days_between(equal[:, 0], equal[:, 1])

    def same_context(self, rows: np.ndarray, context: Context, pair: np.ndarray) -> np.ndarray:
        if not len(self.days_apart):
            return np.zeros(len(rows), bool)
        return (
            (self.days_apart[rows] == context.days_apart[pair])
            & (self.common_share[rows] == context.common_share[pair])
            & (self.own_containment[rows] == context.own_containment[pair])
            & (~self.may_grow[rows] | (self.grown[rows] == context.grown[pair]))
        )

    def text_pairs(self, corpus: Corpus) -> np.ndarray:
        """Pairs of texts, as left << 32 | right, that were found to share enough."""
        x, y = corpus.text_of[self.a], corpus.text_of[self.b]
        other = (x != y) & (x >= 0) & (y >= 0)
        x, y = x[other], y[other]
        return np.unique((np.minimum(x, y) << 32) | np.maximum(x, y))
