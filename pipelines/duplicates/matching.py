"""From pairs worth a comparison to tables: compared in full, located in the texts, named and clustered.

Whole runs, updates and matches against stored articles all end here; where their pairs and texts come from is said in `detection`,
`updating` and `against`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from pipelines import schemas
from pipelines.duplicates.arrays import as_column, encoded
from pipelines.duplicates.candidates import Candidates, Index
from pipelines.duplicates.corpus import Corpus, Links, context_of
from pipelines.duplicates.kernels.shapes import LocatedPassages, Passage, Span
from pipelines.duplicates.kinds import hinging_on_insertion, verdicts_of
from pipelines.duplicates.reading import read_what_verdicts_hang_on
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import Sketches, TextBuffers
from pipelines.duplicates.tables import capped_table, cluster_table, equal_table, pair_table, passage_lists, passages_in_order
from pipelines.duplicates.verification import cohesion, compare, locate
from pipelines.vocabulary import MERGING_KINDS, DuplicateKind

# Copies merge by having the same text.
MERGING = [kind.value for kind in MERGING_KINDS if kind != DuplicateKind.EXACT]
_PASSAGES = pa.list_(pa.struct([field.with_type(pa.int32()) for field in schemas.PASSAGE]))


@dataclass(frozen=True)
class Duplicates:
    """What duplicate detection gives, sorted by id: tables of `PAIRS`, `CLUSTERS` and `CAPPED`. Where pairs are packed, each different text is there
    once, and passages are in 32 bits."""

    pairs: pa.Table
    clusters: pa.Table
    capped: pa.Table


@dataclass
class Proposed:
    """A corpus and its pairs of texts that are worth a comparison: all that is known before texts are compared."""

    corpus: Corpus
    index: Index
    candidates: Candidates
    words: np.ndarray  # of each article, how many


@dataclass
class Read:
    """The texts that are compared or looked through for passages."""

    sketches: Sketches
    row_of_text: np.ndarray  # among the sketches, of each text of the corpus that is compared
    texts: TextBuffers
    row_of_article: np.ndarray  # among the texts, of each article that is compared or stands in a pair


@dataclass
class Verified:
    """Rows of `PAIRS` of the articles `a` and `b`, and the pairs of texts among them that merge."""

    pairs: pa.Table
    a: np.ndarray
    b: np.ndarray
    left: np.ndarray
    right: np.ndarray
    weights: np.ndarray


def verify(
    proposed: Proposed, read: Read, pairs: tuple[np.ndarray, np.ndarray], equal: np.ndarray, settings: DuplicateSettings
) -> Verified:
    """Compares `pairs` of texts in full; kinds and passages of those that pass and of `equal` pairs of articles.

    No pair depends on another one, so any part of them can be verified by itself.
    """
    corpus, index = proposed.corpus, proposed.index
    compared, aligned = compare(read.sketches, read.row_of_text, pairs, settings)
    links = Links.of(corpus, compared.left, compared.right, settings)
    spans = _Spans.of(aligned.passages, links, equal, proposed.words)
    places, equal_places = spans.located(read, proposed.words, settings.threads)
    context = context_of(corpus, index, compared.left, compared.right, proposed.words, settings)
    hinging = hinging_on_insertion(compared, aligned, context, settings)
    aligned.cohesion = cohesion(read.sketches, read.row_of_text, compared, aligned, hinging, settings.threads)
    read.sketches.forget_words()
    first_link = np.searchsorted(links.pair, np.arange(len(compared.left)))
    rows = (read.row_of_article[corpus.firsts[compared.left]], read.row_of_article[corpus.firsts[compared.right]])
    passages = LocatedPassages(
        spans.starts[first_link],
        spans.starts[first_link + 1],
        aligned.passages[spans.passage, Passage.IN_ORDER] == 1,
        np.ascontiguousarray(places[:, :, [Span.FIRST_BYTE, Span.LAST_BYTE]]).reshape(-1, 4),
    )
    read_what_verdicts_hang_on(read.texts, rows, compared, aligned, context, settings, passages, settings.threads)
    verdicts = verdicts_of(compared, aligned, context, settings)
    kept, lengths = verdicts.kept[links.pair], np.diff(spans.starts)
    links = links.of_pairs(verdicts.kept)
    lists_of_passages = passage_lists(np.append(0, np.cumsum(lengths[kept])), places[np.repeat(kept, lengths)])
    tables = [
        equal_table(corpus, equal, passage_lists(np.arange(len(equal) + 1), equal_places)),
        pair_table(corpus, index, proposed.candidates, compared, context, verdicts, links, lists_of_passages),
    ]
    merging = verdicts.of_kinds(*MERGING)
    return Verified(
        pa.concat_tables(tables),
        np.concatenate([equal[:, 0], links.a]),
        np.concatenate([equal[:, 1], links.b]),
        compared.left[merging],
        compared.right[merging],
        compared.jaccard[merging],
    )


def conclude(proposed: Proposed, verified: Iterable[Verified], settings: DuplicateSettings) -> Duplicates:
    """All verified pairs of a corpus in order, packed, and its clusters."""
    parts = [replace(part, pairs=_packed(part.pairs)) for part in verified]
    a, b, left, right, weights = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("a", "b", "left", "right", "weights")
    )
    pairs = pa.concat_tables([part.pairs for part in parts])
    del parts
    return Duplicates(
        _in_order(pairs, np.lexsort((b, a))),
        cluster_table(proposed.corpus, proposed.words, left, right, weights),
        capped_table(proposed.corpus, proposed.candidates, settings),
    )


def _packed(pairs: pa.Table) -> pa.Table:
    """The rows in a third of the room."""
    place = pairs.column_names.index("passages")
    return encoded(pairs.set_column(place, "passages", pairs["passages"].cast(_PASSAGES)))


def _in_order(pairs: pa.Table, order: np.ndarray) -> pa.Table:
    """The rows in order; column by column, so that only one stands there twice."""
    rows, columns = as_column(order), {}
    for name in schemas.PAIRS.names:
        column = pairs[name]
        pairs = pairs.drop_columns([name])
        columns[name] = passages_in_order(column, order) if name == "passages" else column.take(rows)
    return pa.table(columns)


@dataclass
class _Spans:
    """The runs of words to find places for: on the a side of all passages of all links, on the b side, then of equal articles."""

    articles: np.ndarray
    first: np.ndarray
    last: np.ndarray  # exclusive
    starts: np.ndarray  # where each link's passages start
    passage: np.ndarray  # row among the passages, of each passage of each link
    equal: int  # how many pairs of equal articles

    @staticmethod
    def of(passages: np.ndarray, links: Links, equal: np.ndarray, word_counts: np.ndarray) -> _Spans:
        bounds = np.searchsorted(passages[:, Passage.PAIR], np.arange(links.pair[-1] + 2 if len(links.pair) else 1))
        lengths = np.diff(bounds)[links.pair] if len(links.pair) else np.empty(0, np.int64)
        starts = np.append(0, np.cumsum(lengths))
        passage = np.arange(starts[-1]) + np.repeat(bounds[links.pair] - starts[:-1], lengths)
        swapped = np.repeat(links.swapped, lengths)
        left, left_end, right, right_end = passages[passage, Passage.LEFT : Passage.IN_ORDER].T
        whole = word_counts[equal[:, 0]]
        return _Spans(
            np.concatenate([np.repeat(links.a, lengths), np.repeat(links.b, lengths), equal[:, 0], equal[:, 1]]),
            np.concatenate([np.where(swapped, right, left), np.where(swapped, left, right), 0 * whole, 0 * whole]),
            np.concatenate([np.where(swapped, right_end, left_end), np.where(swapped, left_end, right_end), whole, whole]),
            starts,
            passage,
            len(equal),
        )

    def located(self, read: Read, word_counts: np.ndarray, threads: int) -> tuple[np.ndarray, np.ndarray]:
        """Of links' passages and of equal pairs, where they stand: [row, side, Span]."""
        row = np.zeros(len(word_counts), np.int64)
        row[self.articles] = 1
        used = np.flatnonzero(row)
        row[used] = np.arange(len(used))
        found = locate(read.texts, read.row_of_article[used], word_counts[used], row[self.articles], self.first, self.last, threads)
        count = len(self.passage)
        return (
            np.stack([found[:count], found[count : 2 * count]], axis=1),
            np.stack([found[2 * count : 2 * count + self.equal], found[2 * count + self.equal :]], axis=1),
        )
