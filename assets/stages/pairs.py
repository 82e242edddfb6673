"""Signatures and bodies of articles to verified pairs and clusters. What a pair is stands in `pipelines/duplicates`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.duplicates import Duplicates, update_duplicates
from pipelines.duplicates.decided import clusters_to_cut, undo
from pipelines.schemas import CAPPED, CLUSTERS, COMPARED, PAIRS, SIGNATURES
from warehouse.sql_files import stage_sql

if TYPE_CHECKING:
    from assets.stages.load import Load
    from pipelines.stage import Tables


def pairs_and_clusters(load: Load, stale: pa.Table, gone: pa.Table) -> Tables:
    """Find and verify the pairs that changed articles are in, and cluster all articles again."""
    working = load.working
    over = load.over
    if over is not None and over.worth(stale.num_rows, working.value("SELECT count(*) FROM articles")):
        found = over.duplicates(working, load.settings.duplicates)
    else:
        found = _updated(load, stale, gone)
    alone = working.table("SELECT article_id AS id FROM articles ANTI JOIN signatures USING (article_id) ORDER BY id")["id"]
    reviewed = [
        ids for (ids,) in working.rows("SELECT articles FROM internal.decisions WHERE kind = 'articles' AND articles IS NOT NULL")
    ]
    left = undo(found.pairs, found.clusters, reviewed, _days_and_words(load, clusters_to_cut(found.clusters, reviewed)))
    return {
        "duplicate_pairs": left.pairs,
        "internal.undone_pairs": left.undone,
        "article_clusters": pa.concat_tables([left.clusters, clusters_of_one(alone)]).rename_columns({"id": "article_id"}),
        "capped_buckets": found.capped,
    }


def _updated(load: Load, stale: pa.Table, gone: pa.Table) -> Duplicates:
    working = load.working

    def texts_of(ids: list[str]) -> pa.Table:
        wanted = pa.table({"id": pa.array(ids, pa.string())})
        texts = working.table(stage_sql("pairs", "takes"), wanted=wanted).cast(COMPARED)
        working.give_back()
        return texts

    return update_duplicates(
        working.table("SELECT article_id AS id, * EXCLUDE article_id FROM signatures").cast(SIGNATURES),
        working.table("SELECT article_id AS id, publisher, strftime(date, '%Y-%m-%d') AS date, correction FROM articles"),
        [*stale["id"].to_pylist(), *gone["id"].to_pylist()],
        working.table("FROM duplicate_pairs UNION ALL BY NAME FROM internal.undone_pairs").cast(PAIRS),
        texts_of,
        load.settings.duplicates,
        working.table("FROM capped_buckets").cast(CAPPED),
    )


def _days_and_words(load: Load, clusters: pa.Table) -> dict[str, tuple[str, int]]:
    asked = "SELECT article_id, coalesce(CAST(date AS VARCHAR), ''), words FROM articles WHERE article_id IN (SELECT id FROM cut)"
    return {id: (day, words) for id, day, words in load.working.rows(asked, None, cut=clusters)} if clusters.num_rows else {}


def clusters_of_one(ids: pa.ChunkedArray) -> pa.Table:
    """CLUSTERS of articles that sketching failed on: nothing is known of them, so each is the only copy of its text."""
    return pa.table([ids, ids, ids, ids, pa.array([1] * len(ids), pa.int64())], schema=CLUSTERS)
