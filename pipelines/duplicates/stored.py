"""Stored signatures as arrays, and the texts of articles that are compared once more.

What an update and a match against stored articles have in common; whole runs need none of it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.duplicates.arrays import as_column, as_numpy, as_text_column
from pipelines.duplicates.candidates import Index, Signatures, propose
from pipelines.duplicates.corpus import Corpus, Links, codes_of, column, corpus_of, days_of, order_of
from pipelines.duplicates.matching import Proposed, Read
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import TextBuffers, lists_of, sketch_texts

TextsOf = Callable[[list[str]], pa.Table]  # from ids to a table with `id` and `text`, in any order


def indexed(
    signatures: pa.Table, articles_meta: pa.Table, settings: DuplicateSettings, marks: int = 0
) -> tuple[Corpus, Index, np.ndarray]:
    """The corpus of stored `SIGNATURES`, its texts by what they hold, and the words of each article; what of the signatures is still needed stands in
    the index. `marks` characters before an id are not part of it."""
    order = order_of(signatures["id"])
    ids, words, texts = (signatures[name].take(as_column(order)) for name in ("id", "words", "text_hash"))
    ids = ids.cast(pa.string()).combine_chunks()
    meta_rows = pc.index_in(ids, articles_meta["id"].cast(pa.string()))
    if meta_rows.null_count:
        lost = ids.filter(pc.is_null(meta_rows))[0].as_py()[marks:]
        raise ValueError(f"id {lost!r} has a signature and no row in articles_meta: give publisher and date of every article")
    meta = articles_meta.take(meta_rows)
    hashes = np.frombuffer(bytes.fromhex("".join(texts.to_pylist())), ">u8").astype(np.uint64).reshape(-1, 2)
    publishers, corrections = (codes_of(column(meta, name)) for name in ("publisher", "correction"))
    corpus = corpus_of(ids, days_of(column(meta, "date")), publishers, corrections, as_numpy(words), hashes)
    rows = order[corpus.firsts]
    sketch, neighbourhoods, minhash = (lists_of(signatures[name]) for name in ("sketch", "beside", "signature"))
    starts = np.append(0, np.cumsum(sketch.lengths[rows]))
    minhashes = Signatures(minhash.addresses()[rows], settings.num_perm, minhash)
    index = Index(minhashes, sketch.taken(rows), neighbourhoods.taken(rows), starts, corpus.ranks)
    return corpus, index, as_numpy(words)


def proposed_from(corpus: Corpus, index: Index, words: np.ndarray, settings: DuplicateSettings) -> Proposed:
    return Proposed(corpus, index, propose(index, settings), words)


def needed_articles(corpus: Corpus, left: np.ndarray, right: np.ndarray, links: Links, equal: np.ndarray) -> np.ndarray:
    """The articles whose texts are read: one of each text compared, those of the links, and equal ones."""
    return np.unique(np.concatenate([corpus.firsts[left], corpus.firsts[right], links.a, links.b, equal[:, 0], equal[:, 1]]))


def fetched(ids: pa.Array, texts_of: TextsOf) -> pa.Array:
    """The texts of these ids, in their order."""
    if not len(ids):
        return as_text_column([]).cast(pa.large_string())
    table = texts_of(ids.to_pylist())
    rows = pc.index_in(ids, table["id"].cast(pa.string()))
    if rows.null_count:
        lost = ids.filter(pc.is_null(rows))[0].as_py()
        raise ValueError(f"texts_of gave no text for id {lost!r}: it must give one for every id that it is asked for")
    texts = table["text"].cast(pa.large_string()).take(rows)
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def read_again(
    corpus: Corpus, pairs: tuple[np.ndarray, np.ndarray], articles: np.ndarray, texts: pa.Array, settings: DuplicateSettings
) -> Read:
    """The words of the texts in `pairs`. `articles` are those whose `texts` are there."""
    row_of_article = np.full(len(corpus.text_of), -1, np.int64)
    row_of_article[articles] = np.arange(len(articles))
    compared = np.unique(np.concatenate(pairs))
    sketches = sketch_texts([texts.take(as_column(row_of_article[corpus.firsts[compared]]))], settings)
    row_of_text = np.full(len(corpus.hashes), -1, np.int64)
    row_of_text[compared] = np.arange(len(compared))
    return Read(sketches, row_of_text, TextBuffers(texts), row_of_article)
