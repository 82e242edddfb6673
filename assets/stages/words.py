"""The words of all articles, from the numbers by which the working file holds them to the hashes that stages work on.

Some articles at a time: unpacking and sorting take several times the room of what is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.schemas import ARTICLE_WORDS
from warehouse import unpack_sets

if TYPE_CHECKING:
    from warehouse import WorkingFile

AT_ONCE = 4096  # articles


def words_of_all(working: WorkingFile) -> pa.Table:
    """`ARTICLE_WORDS`: the distinct words of each article, hashes ascending."""
    hashes = np.sort(of_number := hashes_of_numbers(working))
    rank = np.searchsorted(hashes, of_number)
    parts = [ARTICLE_WORDS.empty_table()]
    for held in _slices(working.table("SELECT article_id AS id, words FROM internal.article_words")):
        bounds, numbers = unpack_sets(held["words"])
        keys = np.sort((np.repeat(np.arange(held.num_rows), np.diff(bounds)) << 32) | rank[numbers])
        parts.append(pa.table([held["id"], _lists(bounds, hashes[keys & 0xFFFFFFFF])], schema=ARTICLE_WORDS))
    return pa.concat_tables(parts)


def _slices(held: pa.Table) -> Iterator[pa.Table]:
    return (held.slice(first, AT_ONCE) for first in range(0, held.num_rows, AT_ONCE))


def hashes_of_numbers(working: WorkingFile) -> NDArray[np.uint64]:
    """The hash of each number."""
    return working.table("SELECT hash FROM internal.terms ORDER BY number")["hash"].to_numpy()


def _lists(bounds: NDArray[np.int64], values: NDArray[np.uint64]) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(bounds.astype(np.int32)), pa.array(values, pa.uint64()))
