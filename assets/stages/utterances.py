"""Statements of all articles to utterances. What makes an utterance stands in `pipelines/utterances`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from assets.stages.speakers import decided_names
from assets.stages.texts import texts_by_id
from assets.stages.words import words_of_all
from pipelines.schemas import STATEMENTS, WIRE_INPUT
from pipelines.stories.wire import first_reports
from pipelines.utterances import group_statements, utterance_tables
from warehouse.sql_files import stage_sql

if TYPE_CHECKING:
    from assets.stages.load import Load
    from pipelines.stage import Tables


def utterances_of_all(load: Load, stale: pa.Table, gone: pa.Table) -> Tables:
    """Group the statements of all articles again. The statements themselves are kept."""
    working = load.working
    copies = working.table("SELECT article_id AS id, cluster_id FROM article_clusters WHERE size > 1")
    clusters = dict(zip(copies["id"].to_pylist(), copies["cluster_id"].to_pylist(), strict=True))
    found = group_statements(
        working.table("SELECT article_id AS id, publisher, strftime(date, '%Y-%m-%d') AS date FROM articles"),
        working.table(
            'SELECT article_id AS id, statement_start AS start, statement_end AS "end", * EXCLUDE (article_id, statement_start, statement_end) '
            "FROM internal.statements"
        ).cast(STATEMENTS),
        words_of_all(working),
        texts_by_id(load, "utterances"),
        clusters,
        load.settings.utterances,
        decided_names(load).same,
    )
    reporting = {u.utterance_id: sorted({member.article_id for member in u.members}) for u in found}
    articles = working.table(stage_sql("sources", "articles")).cast(WIRE_INPUT)
    return utterance_tables(found, clusters, first_reports(reporting, articles))
