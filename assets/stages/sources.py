"""Credits and pairs of all articles to what each has from others. What a source is stands in `pipelines/stories/wire.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.schemas import WIRE_INPUT
from pipelines.stories.wire import sources_of
from warehouse.sql_files import stage_sql

if TYPE_CHECKING:
    from assets.stages.load import Load
    from pipelines.stage import Tables


def sources_of_all(load: Load, stale: pa.Table, gone: pa.Table) -> Tables:
    """Sources and wire shares of all articles; `finish.sql` writes the shares to `articles`."""
    articles = load.working.table(stage_sql("sources", "articles")).cast(WIRE_INPUT)
    credits, sources = sources_of(
        articles, load.working.table("SELECT a_id, b_id, passages FROM duplicate_pairs WHERE kind <> 'statement' ORDER BY a_id, b_id")
    )
    return {"article_sources": sources, "internal.article_wire": credits}
