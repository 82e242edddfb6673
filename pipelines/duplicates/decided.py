"""Takes back pairs and clusters of articles that a person says are no copies of each other.

Works on what detection gives, so that a later load finds the same pairs again where the decision is withdrawn. What is decided, and where
that is read, does not belong here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schemas import CLUSTERS
from pipelines.vocabulary import MERGING_KINDS

Pair = tuple[str, str]


class Undone(NamedTuple):
    """Tables of `PAIRS` that stay and that go, and `CLUSTERS`."""

    pairs: pa.Table
    undone: pa.Table
    clusters: pa.Table


def undo(
    pairs: pa.Table, clusters: pa.Table, decisions: Sequence[Sequence[str]], articles: Mapping[str, tuple[str, int]]
) -> Undone:
    """Pairs and clusters without what `decisions`, each the ids of articles that are no copies of each other, forbid.

    `articles`: ISO day ("" where unknown) and number of words of each article of the clusters that are cut.
    """
    apart = {pair for ids in decisions for pair in combinations(sorted(set(ids)), 2)}
    if not apart:
        return Undone(pairs, pairs.slice(0, 0), clusters)
    ids = list(zip(pairs["a_id"].to_pylist(), pairs["b_id"].to_pylist(), strict=True))
    gone = pa.array([pair in apart for pair in ids], pa.bool_())
    kept = pairs.filter(pc.invert(gone))
    return Undone(kept, pairs.filter(gone), _cut(clusters, kept, apart, articles))


def clusters_to_cut(clusters: pa.Table, decisions: Sequence[Sequence[str]]) -> pa.Table:
    """The rows of the clusters in which two of one decision are."""
    of = dict(zip(clusters["id"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True))
    homes = [[of[id] for id in set(ids) if id in of] for ids in decisions]
    cut = {home for some in homes for home in some if some.count(home) > 1}
    return clusters.filter(pc.is_in(clusters["cluster_id"], pa.array(sorted(cut), pa.string())))


def _cut(clusters: pa.Table, pairs: pa.Table, apart: Collection[Pair], articles: Mapping[str, tuple[str, int]]) -> pa.Table:
    rows = clusters_to_cut(clusters, list(apart)).to_pylist()
    if not rows:
        return clusters
    merging = pairs.filter(pc.is_in(pairs["kind"].cast(pa.string()), pa.array([kind.value for kind in MERGING_KINDS])))
    verified = set(zip(merging["a_id"].to_pylist(), merging["b_id"].to_pylist(), strict=True))
    by_cluster: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_cluster.setdefault(row["cluster_id"], []).append(row)
    made = [row for members in by_cluster.values() for row in _parts(members, verified, apart, articles)]
    others = clusters.filter(pc.invert(pc.is_in(clusters["cluster_id"], pa.array(list(by_cluster), pa.string()))))
    return pa.concat_tables([others, pa.Table.from_pylist(made, schema=CLUSTERS)]).sort_by("id")


def _parts(
    members: Sequence[Mapping[str, Any]],
    verified: Collection[Pair],
    apart: Collection[Pair],
    articles: Mapping[str, tuple[str, int]],
) -> list[dict[str, Any]]:
    """One cluster as several. In order of their days, the first report before all, each article joins the first part whose canonical it
    is verified against and in which nothing forbids it; else it begins a part of its own."""
    canonical = members[0]["canonical_id"]
    representative = members[0]["representative_id"]
    ids = sorted((row["id"] for row in members), key=lambda id: (id != canonical, articles[id][0] or "9999", id))
    parts: list[list[str]] = []
    for id in ids:
        home = next((p for p in parts if _pair(id, p[0]) in verified and not any(_pair(id, other) in apart for other in p)), None)
        if home is None:
            parts.append([id])
        else:
            home.append(id)
    return [
        {
            "id": id,
            "cluster_id": part[0],
            "canonical_id": part[0],
            "representative_id": representative if representative in part else max(part, key=lambda id: (*articles[id], id)),
            "size": len(part),
        }
        for part in parts
        for id in part
    ]


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)
