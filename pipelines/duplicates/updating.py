"""The same result as a whole run, from stored signatures and pairs, reading only the texts that a change touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines import schemas
from pipelines.duplicates.arrays import as_column, as_numpy, as_text_column
from pipelines.duplicates.candidates import Candidates, members_of
from pipelines.duplicates.corpus import Corpus, Links, context_of, equal_pairs
from pipelines.duplicates.kinds import CORRECTED, EQUAL, EQUAL_BUT_CORRECTED, FOREIGN, GROWN, KEPT, OWN_FOREIGN, Context
from pipelines.duplicates.matching import Duplicates, Proposed, Verified, conclude, verify
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.stored import TextsOf, fetched, indexed, needed_articles, proposed_from, read_again
from pipelines.duplicates.tables import capped_table, equal_bucket
from pipelines.vocabulary import MERGING_KINDS

# What is compared at once: words of the texts (about 30 bytes each, with what is made of them), and pairs of texts.
_MOST_WORDS = 2_000_000
_MOST_PAIRS = 50_000


def update_duplicates(
    signatures: pa.Table,
    articles_meta: pa.Table,
    changed_ids: Iterable[str],
    known_pairs: pa.Table,
    texts_of: TextsOf,
    settings: DuplicateSettings | None = None,
    known_capped: pa.Table | None = None,
) -> Duplicates:
    """What `find_duplicates` gives on all current articles, knowing what it gave before the change; pairs packed.

    `signatures` (`SIGNATURES`) and `articles_meta` (id, publisher, date, perhaps correction) hold every current article, in any order;
    `changed_ids` those that are new or whose text changed (a changed date, publisher or correction needs no mention, an article that is
    gone is simply not there any more). `known_pairs` and `known_capped` are what was found before, with the same settings. `texts_of` is asked
    for the texts that are needed, some at a time so that they fit, and gives a table with `id` and `text` in any order.
    """
    settings = settings or DuplicateSettings()
    known_texts = indexed(signatures, articles_meta, settings)
    del signatures
    proposed = proposed_from(*known_texts, settings)
    corpus, candidates = proposed.corpus, proposed.candidates
    changed = np.zeros(len(corpus.text_of), bool)
    changed[_rows_of(corpus.ids, as_text_column(list(changed_ids)))] = True
    known = _Known.of(corpus, known_pairs, changed)
    equal = equal_pairs(corpus, settings)
    equal_rows = known.rows_of_equal(corpus, equal)
    left, right = candidates.left, candidates.right
    links = Links.of(corpus, left, right, settings)
    link_rows = known.rows(links.a, links.b, exact=False)
    context = context_of(corpus, proposed.index, left, right, proposed.words, settings)
    fits = (link_rows >= 0) & known.same_context(link_rows, context, links.pair)
    missing = np.bincount(links.pair, weights=~fits, minlength=len(left)) > 0
    was_found = np.isin((left << 32) | right, known.text_pairs(corpus))
    old = np.zeros(len(corpus.hashes), bool)
    old[corpus.text_of[(corpus.text_of >= 0) & ~changed]] = True
    refused_before = ~was_found & old[left] & old[right] & ~_unsettled(proposed, known_capped, settings)
    reused = _reused(proposed, known_pairs, known, equal, equal_rows, links, link_rows, ~missing)

    todo = missing & ~refused_before
    pairs, equal = np.stack([left[todo], right[todo]], axis=1), equal[equal_rows < 0]
    del links, link_rows, context, fits, missing, was_found, known
    weights = proposed.words[corpus.firsts] * np.minimum(corpus.copy_counts, settings.equal_cap)
    parts = zip_longest(_parts(pairs, weights), _parts(equal, proposed.words), fillvalue=slice(0, 0))
    found = (_verified(proposed, pairs[some], equal[same], texts_of, settings) for some, same in parts)
    return conclude(proposed, chain(found, [reused]), settings)


def _parts(pairs: np.ndarray, weights: np.ndarray) -> list[slice]:
    """Halves of halves of the pairs, rows of two members, until the different members of each weigh no more than `_MOST_WORDS`."""

    def halves(first: int, last: int) -> Iterator[slice]:
        if last - first < 2 or (last - first <= _MOST_PAIRS and weights[np.unique(pairs[first:last, :2])].sum() <= _MOST_WORDS):
            yield slice(first, last)
        else:
            middle = (first + last) // 2
            yield from halves(first, middle)
            yield from halves(middle, last)

    return list(halves(0, len(pairs)))


def _verified(proposed: Proposed, pairs: np.ndarray, equal: np.ndarray, texts_of: TextsOf, settings: DuplicateSettings) -> Verified:
    corpus, (left, right) = proposed.corpus, np.ascontiguousarray(pairs.T)
    needed = needed_articles(corpus, left, right, Links.of(corpus, left, right, settings), equal)
    texts = fetched(corpus.ids.take(as_column(needed)), texts_of)
    read = read_again(corpus, (left, right), needed, texts, settings)
    return verify(proposed, read, (left, right), equal, settings)


def _reused(
    proposed: Proposed,
    known_pairs: pa.Table,
    known: _Known,
    equal: np.ndarray,
    equal_rows: np.ndarray,
    links: Links,
    link_rows: np.ndarray,
    kept: np.ndarray,
) -> Verified:
    """The rows of `known_pairs` that still hold: `equal_rows` (-1 for none), and those of links of the `kept` candidates."""
    candidates, equal_kept = proposed.candidates, equal_rows >= 0
    links_kept = kept[links.pair]
    rows = np.concatenate([equal_rows[equal_kept], link_rows[links_kept]])
    old_pairs = known_pairs.select(schemas.PAIRS.names).cast(schemas.PAIRS).take(as_column(rows))
    first_rows = link_rows[np.searchsorted(links.pair, np.flatnonzero(kept))]
    merges = known.merging[first_rows]
    return Verified(
        _with_current_source(old_pairs, candidates, links.pair[links_kept], int(equal_kept.sum())),
        np.concatenate([equal[equal_kept, 0], links.a[links_kept]]),
        np.concatenate([equal[equal_kept, 1], links.b[links_kept]]),
        candidates.left[kept][merges],
        candidates.right[kept][merges],
        known.jaccard[first_rows][merges],
    )


def _rows_of(ids: pa.Array, wanted: pa.Array | pa.ChunkedArray) -> np.ndarray:
    return as_numpy(pc.drop_null(pc.index_in(wanted, ids))).astype(np.int64)


def _unsettled(proposed: Proposed, known_capped: pa.Table | None, settings: DuplicateSettings) -> np.ndarray:
    """Candidates (bool) from a bucket that is capped now and was not before, or the other way round, or that keeps another article.

    A text whose copies were, or are now, too many to be paired one by one may have lost the copy that stood for it.
    """
    corpus, candidates = proposed.corpus, proposed.candidates
    now = {(row["bucket"], row["kept_id"]) for row in capped_table(corpus, candidates, settings).to_pylist()}
    rows = known_capped.to_pylist() if known_capped is not None else []
    buckets = {bucket for bucket, _ in now ^ {(row["bucket"], row["kept_id"]) for row in rows}}
    inside = members_of(proposed.index, buckets, settings)
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
    own_version: np.ndarray  # the reason says so
    may_be_own: np.ndarray  # the reason depends on it
    corrected: np.ndarray  # the reason says so
    may_be_corrected: np.ndarray  # the reason depends on it

    @staticmethod
    def of(corpus: Corpus, pairs: pa.Table, changed: np.ndarray) -> _Known:
        a = as_numpy(pc.index_in(pairs["a_id"].cast(pa.string()), corpus.ids), -1).astype(np.int64)
        b = as_numpy(pc.index_in(pairs["b_id"].cast(pa.string()), corpus.ids), -1).astype(np.int64)
        row = np.flatnonzero((a >= 0) & (b >= 0))
        row = row[~changed[a[row]] & ~changed[b[row]]]
        row = row[np.argsort((a[row] << 32) | b[row])]
        kinds = pairs["kind"].cast(pa.string())
        merging = as_text_column([kind.value for kind in MERGING_KINDS])
        reasons = pairs["reason"].cast(pa.string())

        def said(*some: str) -> np.ndarray:
            return as_numpy(pc.is_in(reasons, as_text_column(list(some))))

        return _Known(
            (a[row] << 32) | b[row],
            row,
            a[row],
            b[row],
            said(EQUAL, EQUAL_BUT_CORRECTED),
            as_numpy(pc.is_in(kinds, merging)),
            as_numpy(pairs["jaccard"]),
            as_numpy(pairs["days_apart"], -1),
            as_numpy(pairs["common_share"]),
            as_numpy(pairs["own_containment"]),
            said(GROWN),
            said(GROWN, CORRECTED, KEPT),
            said(OWN_FOREIGN),
            said(FOREIGN, OWN_FOREIGN),
            said(CORRECTED, EQUAL_BUT_CORRECTED),
            said(CORRECTED, KEPT),
        )

    def rows(self, a: np.ndarray, b: np.ndarray, exact: bool) -> np.ndarray:
        """The row of each pair of articles, -1 where none was found before."""
        if not len(self.keys):
            return np.full(len(a), -1, np.int64)
        at = np.minimum(np.searchsorted(self.keys, (a << 32) | b), len(self.keys) - 1)
        rows = self.row[at]
        return np.where((self.keys[at] == (a << 32) | b) & (self.exact[rows] == exact), rows, -1)

    def rows_of_equal(self, corpus: Corpus, equal: np.ndarray) -> np.ndarray:
        """The row of each pair of equal articles, -1 where none was found before or their dates or corrections have changed."""
        rows = self.rows(equal[:, 0], equal[:, 1], exact=True)
        found = np.flatnonzero(rows >= 0)
        same_days = self.days_apart[rows[found]] == corpus.days_between(equal[found, 0], equal[found, 1])
        corrected = corpus.corrections[equal[found, 0]] != corpus.corrections[equal[found, 1]]
        rows[found[~same_days | (self.corrected[rows[found]] != corrected)]] = -1
        return rows

    def same_context(self, rows: np.ndarray, context: Context, pair: np.ndarray) -> np.ndarray:
        if not len(self.days_apart):
            return np.zeros(len(rows), bool)
        return (
            (self.days_apart[rows] == context.days_apart[pair])
            & (self.common_share[rows] == context.common_share[pair])
            & (self.own_containment[rows] == context.own_containment[pair])
            & (~self.may_grow[rows] | (self.grown[rows] == context.grown[pair]))
            & (~self.may_be_corrected[rows] | (self.corrected[rows] == context.corrected[pair]))
            & (~self.may_be_own[rows] | (self.own_version[rows] == context.own_version[pair]))
        )

    def text_pairs(self, corpus: Corpus) -> np.ndarray:
        """Pairs of texts, as left << 32 | right, that were found to share enough."""
        x, y = corpus.text_of[self.a], corpus.text_of[self.b]
        other = (x != y) & (x >= 0) & (y >= 0)
        x, y = x[other], y[other]
        return np.unique((np.minimum(x, y) << 32) | np.maximum(x, y))
