"""The distinct words of articles, from what the working file holds to what speakers and utterances work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from assets.stages.words import hashes_of_terms, slices
from pipelines.utterances.article_pairs import ArticleWords, Lists
from warehouse import unpack_sets

if TYPE_CHECKING:
    from warehouse import WorkingFile


def words_of_articles(working: WorkingFile, ids: pa.Array) -> ArticleWords:
    """The distinct words of articles, in this order; an article of which nothing is held has none."""
    asked = pa.table({"id": ids, "place": np.arange(len(ids))})
    held = working.table(
        "SELECT w.words FROM asked AS a LEFT JOIN internal.article_words AS w ON w.article_id = a.id ORDER BY a.place", asked=asked
    )
    room = np.empty(int(pc.sum(pc.binary_length(held["words"])).as_py() or 0), np.int32)  # each number takes a byte or more
    filled, counts = 0, [np.zeros(1, np.int64)]
    for part in slices(held):
        bounds, numbers = unpack_sets(pc.fill_null(part["words"], b""))
        room[filled : filled + len(numbers)] = numbers
        filled += len(numbers)
        counts.append(np.diff(bounds))
    return ArticleWords(Lists(room[:filled], np.cumsum(np.concatenate(counts))), hashes_of_terms(working))
