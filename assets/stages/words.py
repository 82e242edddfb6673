"""The tokens of articles, from the numbers by which the working file holds them to what stages work on.

Some articles at a time: unpacking and sorting take several times the room of what is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.schemas import STORY_TOKENS
from warehouse import unpack

if TYPE_CHECKING:
    from warehouse import WorkingFile

AT_ONCE = 4096  # articles


def tokens_of_all(working: WorkingFile) -> Iterator[pa.Table]:
    """`STORY_TOKENS` of all articles, in order of their ids, in parts."""
    hashes = hashes_of_terms(working)
    for held in slices(
        working.table("SELECT article_id AS id, * EXCLUDE article_id FROM internal.story_terms ORDER BY article_id")
    ):
        columns = []
        for name in ("title", "text", "numbers"):
            bounds, numbers = unpack(held[name])
            columns.append(_lists(bounds, hashes[numbers]))
        yield pa.table([held["id"], *columns, held["days"]], schema=STORY_TOKENS)


def slices(held: pa.Table) -> Iterator[pa.Table]:
    return (held.slice(first, AT_ONCE) for first in range(0, held.num_rows, AT_ONCE))


def hashes_of_terms(working: WorkingFile) -> NDArray[np.uint64]:
    """The hash of each number."""
    return working.table("SELECT hash FROM internal.terms ORDER BY number")["hash"].to_numpy()


def _lists(bounds: NDArray[np.int64], values: NDArray[np.uint64]) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(bounds.astype(np.int32)), pa.array(values, pa.uint64()))
