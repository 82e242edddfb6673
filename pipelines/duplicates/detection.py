"""The whole way, from articles to verified pairs and clusters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa

from pipelines import schemas
from pipelines.duplicates.arrays import as_column
from pipelines.duplicates.candidates import Index, Signatures, propose
from pipelines.duplicates.corpus import Corpus, codes_of, column, corpus_of, days_of, equal_pairs, order_of
from pipelines.duplicates.matching import Duplicates, Proposed, Read, conclude, verify
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import TextBuffers, sketch_texts
from pipelines.duplicates.threads import pool


def find_duplicates(
    articles: pa.Table | Iterable[pa.Table | pa.RecordBatch], settings: DuplicateSettings | None = None
) -> Duplicates:
    """All verified pairs and clusters of the articles (`COMPARED`; publisher and date may be missing).

    A column `correction` with what an article says was corrected is used where it is there.

    Given batches instead of a table, such as `ParquetFile.iter_batches` yields, it works on the first ones while later ones are
    read. A repeated or missing id is a ValueError that names it. The result does not depend on the order of the rows.
    """
    settings = settings or DuplicateSettings()
    corpus, index, words, read = sketched(articles, settings)
    candidates = propose(index, settings)
    proposed = Proposed(corpus, index, candidates, words)
    found = verify(proposed, read, (candidates.left, candidates.right), equal_pairs(corpus, settings), settings)
    made = conclude(proposed, [found], settings)
    return replace(made, pairs=made.pairs.cast(schemas.PAIRS))


def sketched(
    articles: pa.Table | Iterable[pa.Table | pa.RecordBatch], settings: DuplicateSettings
) -> tuple[Corpus, Index, np.ndarray, Read]:
    """The articles as a corpus, what is remembered of its texts, how many words each article has, and the texts themselves."""
    given = _Given()
    found = sketch_texts(given.texts_of(articles), settings)
    order = given.order
    corpus = corpus_of(given.ids, given.days, given.publishers, given.corrections, found.words[order], found.text_hashes[order])
    rows = order[corpus.firsts]
    starts = np.append(0, np.cumsum(found.sketch.lengths[rows]))
    sketch, neighbourhoods = pool(settings.threads).map(lambda lists: lists.taken(rows), (found.sketch, found.neighbourhoods))
    signatures = Signatures(found.signatures.addresses()[rows], settings.num_perm, found)
    index = Index(signatures, sketch, neighbourhoods, starts, corpus.ranks)
    return corpus, index, found.words[order], Read(found, rows, TextBuffers(given.articles["text"]), order)


class _Given:
    """The articles in the order that they came in; ids, days and publishers are in order of their ids."""

    articles: pa.Table
    order: np.ndarray
    ids: pa.Array
    days: np.ndarray
    publishers: np.ndarray
    corrections: np.ndarray

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
        self.corrections = codes_of(column(self.articles, "correction"))[self.order]
