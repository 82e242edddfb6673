"""From the credits and pairs of all articles, what each has from others. What a source is stands in `pipelines/stories/wire.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.schemas import WIRE_INPUT
from pipelines.stories.wire import first_copies, sources_of
from warehouse.sql_files import stage_sql

if TYPE_CHECKING:
    from assets.stages.load import Load
    from pipelines.stage import Tables


def sources_of_all(load: Load, stale: pa.Table, gone: pa.Table) -> Tables:
    """Sources and wire shares of all articles; and the first report of every cluster of copies; `finish.sql` writes them where they belong."""
    articles = load.working.table(stage_sql("sources", "articles")).cast(WIRE_INPUT)
    credits, sources = sources_of(articles, load.working.table(stage_sql("sources", "pairs")))
    firsts = first_copies(
        load.working.table("SELECT article_id AS id, cluster_id FROM article_clusters ORDER BY id"),
        load.working.table(
            "SELECT p.a_id, p.b_id FROM duplicate_pairs AS p JOIN article_clusters AS a ON a.article_id = p.a_id "
            "JOIN article_clusters AS b ON b.article_id = p.b_id AND b.cluster_id = a.cluster_id "
            "WHERE p.kind IN ('exact', 'near', 'update')"
        ),
        articles,
    )
    return {
        "article_sources": sources,
        "internal.article_wire": credits,
        "internal.first_copies": firsts.rename_columns({"id": "article_id"}),
    }
