"""Pairs with chances to groups: average linkage over a sparse graph. What a pair's chance is made of stands in `likeness.py`, what holds groups apart in
`breadth.py`."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from pipelines.stories.likeness import Pairs

_NONE = 0.02  # a chance below this counts as none


Apart = Callable[[Sequence[int], Sequence[int], float], bool]


def groups_of(count: int, pairs: Pairs, join: float, apart: Apart = lambda one, other, mean: False) -> NDArray[np.int64]:
    """For each of `count` places the lowest place in its group. The two groups with the highest mean chance over all pairs between them
    join, again and again, while that mean is at least `join`; of equal ones, those with the lowest places. A pair without a chance counts as 0.
    Groups that are `apart`, given the places in each and the mean between them, do not join unless one of them grows.

    The mean of two joined groups to a third is never above the higher one before, so that only pairs of groups at `join` or above need
    be kept in the queue.

    >>> groups_of(4, Pairs(np.array([0, 1, 2]), np.array([1, 2, 3]), np.array([.9, .3, .8])), .4).tolist()
    [0, 0, 2, 2]
    """
    joining = (
        pairs.chance >= join
    )  # a mean is as high as that only where a pair is, so groups do not go beyond what such pairs connect
    likely = sparse.coo_matrix((np.ones(int(joining.sum()), bool), (pairs.a[joining], pairs.b[joining])), shape=(count, count))
    part = connected_components(likely, directed=False)[1] if count else np.zeros(0, np.int64)
    kept = (pairs.chance >= _NONE) & (part[pairs.a] == part[pairs.b])
    links: list[dict[int, float]] = [{} for _ in range(count)]
    queue: list[tuple[float, int, int]] = []
    for a, b, chance in zip(pairs.a[kept].tolist(), pairs.b[kept].tolist(), pairs.chance[kept].tolist(), strict=True):
        links[a][b] = links[b][a] = chance
        if chance >= join:
            queue.append((-chance, a, b))
    heapq.heapify(queue)
    members, group = [[place] for place in range(count)], list(range(count))
    while queue:
        mean, a, b = heapq.heappop(queue)
        total = links[a].get(b)
        if total is None or -mean != total / (len(members[a]) * len(members[b])):
            continue  # one of them has joined another since
        if apart(members[a], members[b], -mean):
            continue
        _join(a, b, links)
        members[a] += members[b]
        group[b] = a
        for other, total in links[a].items():
            mean = total / (len(members[a]) * len(members[other]))
            if mean >= join:
                heapq.heappush(queue, (-mean, min(a, other), max(a, other)))
    for place in range(count):  # a group is named by its lowest place, and that comes first
        group[place] = group[group[place]]
    return np.array(group, np.int64)


def _join(a: int, b: int, links: list[dict[int, float]]) -> None:
    """Take `b` into `a`: sums of chances add up."""
    del links[a][b], links[b][a]
    for other, chance in links[b].items():
        links[a][other] = links[other][a] = links[a].get(other, 0.0) + chance
        del links[other][b]
    links[b] = {}
