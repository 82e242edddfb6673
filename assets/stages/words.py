"""The words of articles, from the numbers by which the working file holds them to what stages work on.

Some articles at a time: unpacking and sorting take several times the room of what is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.utterances.article_pairs import ArticleWords, Lists
from warehouse import unpack_sets

if TYPE_CHECKING:
    from warehouse import WorkingFile

AT_ONCE = 4096  # articles


def words_of_articles(working: WorkingFile, ids: pa.Array) -> ArticleWords:
    """The distinct words of articles, in this order; an article of which nothing is held has none."""
    asked = pa.table({"id": ids, "place": np.arange(len(ids))})
    held = working.table(
        "SELECT w.words FROM asked AS a LEFT JOIN internal.article_words AS w ON w.article_id = a.id ORDER BY a.place", asked=asked
    )
    lists, counts = [np.zeros(0, np.int32)], [np.zeros(1, np.int64)]
    for part in _slices(held):
        bounds, numbers = unpack_sets(pc.fill_null(part["words"], b""))
        lists.append(numbers.astype(np.int32))
        counts.append(np.diff(bounds))
    return ArticleWords(Lists(np.concatenate(lists), np.cumsum(np.concatenate(counts))), hashes_of_numbers(working))


def _slices(held: pa.Table) -> Iterator[pa.Table]:
    return (held.slice(first, AT_ONCE) for first in range(0, held.num_rows, AT_ONCE))


def hashes_of_numbers(working: WorkingFile) -> NDArray[np.uint64]:
    """The hash of each number."""
    return working.table("SELECT hash FROM internal.terms ORDER BY number")["hash"].to_numpy()
