"""New articles against stored ones, of which only the texts are read that share something with a new one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.duplicates.arrays import as_column, as_numpy
from pipelines.duplicates.corpus import Corpus, Links, column, order_of
from pipelines.duplicates.matching import verify
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import sketch_articles
from pipelines.duplicates.stored import TextsOf, fetched, indexed, needed_articles, proposed_from, read_again

_NEW, _STORED = "0", "1"  # before ids, so that new ones are the a of every pair


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
    settings = settings or DuplicateSettings()
    order_of(new_articles["id"])  # refuses ids that repeat
    fresh = sketch_articles(new_articles, settings)
    marked = pa.concat_tables([_marked(fresh, _NEW), _marked(signatures.select(fresh.column_names).cast(fresh.schema), _STORED)])
    meta = pa.concat_tables([_marked(_meta(new_articles), _NEW), _marked(_meta(articles_meta), _STORED)])
    proposed = proposed_from(*indexed(marked, meta, settings, marks=1), settings)
    corpus, candidates = proposed.corpus, proposed.candidates
    is_new = as_numpy(pc.starts_with(corpus.ids, _NEW))
    has_new, has_stored = np.zeros(len(corpus.hashes), bool), np.zeros(len(corpus.hashes), bool)
    spoken = corpus.text_of >= 0
    has_new[corpus.text_of[spoken & is_new]] = True
    has_stored[corpus.text_of[spoken & ~is_new]] = True
    left, right = candidates.left, candidates.right
    across = (has_new[left] & has_stored[right]) | (has_new[right] & has_stored[left])
    left, right = left[across], right[across]
    equal = _equal_across(corpus, is_new, settings)
    links = Links.of(corpus, left, right, settings)
    needed = needed_articles(corpus, left, right, links, equal)
    texts = _texts_across(corpus.ids.take(as_column(needed)), is_new[needed], new_articles, texts_of)
    read = read_again(corpus, (left, right), needed, texts, settings)
    every = verify(proposed, read, (left, right), equal, settings).pairs
    mixed = pc.and_(pc.starts_with(every["a_id"], _NEW), pc.starts_with(every["b_id"], _STORED))
    return _unmarked(every.filter(mixed).sort_by([("a_id", "ascending"), ("b_id", "ascending")]), ("a_id", "b_id"))


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
    for text in np.flatnonzero(corpus.copy_counts > 1).tolist():
        copies = corpus.copies.articles[corpus.copies.starts[text] : corpus.copies.starts[text + 1]]
        stored = copies[~is_new[copies]][: settings.equal_cap]
        pairs += [(int(new), int(old), text) for new in copies[is_new[copies]] for old in stored]
    return np.array(pairs, np.int64).reshape(-1, 3)


def _texts_across(ids: pa.Array, is_new: np.ndarray, new_articles: pa.Table, texts_of: TextsOf) -> pa.Array:
    plain = pc.utf8_slice_codeunits(ids, 1)
    rows = pc.index_in(plain.filter(as_column(is_new)), new_articles["id"].cast(pa.string()))
    fresh = new_articles["text"].cast(pa.large_string()).take(rows).combine_chunks()
    stored = fetched(plain.filter(as_column(~is_new)), texts_of)
    places = np.where(is_new, np.cumsum(is_new) - 1, len(fresh) + np.cumsum(~is_new) - 1)
    return pa.concat_arrays([fresh, stored]).take(as_column(places))
