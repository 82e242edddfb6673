"""The words of all articles, from the numbers by which the working file holds them to the hashes that stages work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.schemas import ARTICLE_WORDS, STORY_TOKENS
from warehouse import unpack, unpack_sets

if TYPE_CHECKING:
    from warehouse import WorkingFile


def words_of_all(working: WorkingFile) -> pa.Table:
    """`ARTICLE_WORDS`: the distinct words of each article, hashes ascending."""
    held = working.table("SELECT article_id AS id, words FROM internal.article_words")
    bounds, numbers = unpack_sets(held["words"])
    hashes = np.sort(of_number := _hashes(working))
    rank = np.searchsorted(hashes, of_number)
    keys = np.sort((np.repeat(np.arange(held.num_rows), np.diff(bounds)) << 32) | rank[numbers])
    return pa.table([held["id"], _lists(bounds, hashes[keys & 0xFFFFFFFF])], schema=ARTICLE_WORDS)


def tokens_of_all(working: WorkingFile) -> pa.Table:
    """`STORY_TOKENS` of all articles, in order of their ids."""
    held = working.table("SELECT article_id AS id, * EXCLUDE article_id FROM internal.story_terms ORDER BY id")
    hashes = _hashes(working)
    columns = []
    for name in ("title", "text", "numbers"):
        bounds, numbers = unpack(held[name])
        columns.append(_lists(bounds, hashes[numbers]))
    return pa.table([held["id"], *columns, held["days"]], schema=STORY_TOKENS)


def _hashes(working: WorkingFile) -> NDArray[np.uint64]:
    """The hash of each number."""
    return working.table("SELECT hash FROM internal.terms ORDER BY number")["hash"].to_numpy()


def _lists(bounds: NDArray[np.int64], values: NDArray[np.uint64]) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(bounds.astype(np.int32)), pa.array(values, pa.uint64()))
