"""Pairs with chances to groups: average linkage over a sparse graph. What a pair's chance is made of stands in `likeness.py`."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from pipelines.stories.kernels.load import KERNELS
from pipelines.stories.likeness import Pairs

NONE = 0.02  # a chance below this counts as none


def groups_of(
    count: int,
    pairs: Pairs,
    join: float,
    vectors: sparse.csr_matrix | None = None,
    columns: ArrayLike = (0,),
    sure: float = 0.0,
    narrow: float = 0.0,
) -> NDArray[np.int64]:
    """For each of `count` places the lowest place in its group. The two groups with the highest mean chance over all pairs between them
    join, again and again, while that mean is at least `join`; of equal ones, those with the lowest places. A pair without a chance counts as 0.

    Two groups of several places, whose mean is below `sure`, do not join unless one of them grows, where they are alike by fewer than `narrow` terms in each
    description of their `vectors`; the terms of each begin at one of `columns`.

    The mean of two joined groups to a third is never above the higher one before, so that only pairs of groups at `join` or above need
    be kept in the queue.

    >>> groups_of(4, Pairs(np.array([0, 1, 2]), np.array([1, 2, 3]), np.array([.9, .3, .8])), .4).tolist()
    [0, 0, 2, 2]
    """
    kept, _ = that_may_join(count, pairs, join)
    a, b, chance = kept.a.astype(np.int32), kept.b.astype(np.int32), kept.chance
    vectors = sparse.csr_matrix((count, 0), dtype=np.float32) if vectors is None else vectors
    arrays = vectors.indptr.astype(np.int64), vectors.indices, vectors.data
    return np.asarray(KERNELS.for_work(0).linked(count, a, b, chance, join, *arrays, np.array(columns, np.int64), sure, narrow))


def that_may_join(count: int, pairs: Pairs, join: float) -> tuple[Pairs, NDArray[np.int32]]:
    """The pairs that count where groups join, and for each place a number of its part, which no group goes beyond: a mean is as high as `join` only where a
    pair is, so that a part is what such pairs connect."""
    joining = pairs.chance >= join
    likely = sparse.coo_matrix((np.ones(int(joining.sum()), bool), (pairs.a[joining], pairs.b[joining])), shape=(count, count))
    part = connected_components(likely, directed=False)[1] if count else np.zeros(0, np.int32)
    kept = (pairs.chance >= NONE) & (part[pairs.a] == part[pairs.b])
    return Pairs(pairs.a[kept], pairs.b[kept], pairs.chance[kept]), part
