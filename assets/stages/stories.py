"""Counted terms, dates and copies of all articles to stories. What makes a story stands in `pipelines/stories`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from assets.stages.words import tokens_of_all
from pipelines.schemas import GROUPED, STORY_TERMS, WIRE_INPUT
from pipelines.stories import counted_terms, group_articles, name_stories
from warehouse.sql_files import stage_sql

if TYPE_CHECKING:
    from assets.stages.load import Load
    from pipelines.stage import Tables


def stories_of_all(load: Load, stale: pa.Table, gone: pa.Table) -> Tables:
    """Group all articles again; one whose terms could not be counted is a story by itself."""
    working, settings = load.working, load.settings.stories
    grouped = group_articles(
        pa.concat_tables([STORY_TERMS.empty_table(), *(counted_terms(tokens, settings) for tokens in tokens_of_all(working))]),
        working.table("SELECT article_id AS id, strftime(date, '%Y-%m-%d') AS date FROM articles"),
        settings,
        working.table("SELECT article_id AS id, cluster_id FROM article_clusters"),
        working.table("SELECT DISTINCT article_id AS id, utterance_id FROM utterance_reports ORDER BY ALL"),
    )
    alone = working.table("SELECT article_id AS id FROM articles ANTI JOIN internal.story_terms USING (article_id) ORDER BY id")[
        "id"
    ]
    articles = working.table(stage_sql("sources", "articles")).cast(WIRE_INPUT)
    found = name_stories(pa.concat_tables([grouped, pa.table([alone, alone], schema=GROUPED)]), articles)
    found = found.rename_columns({"id": "article_id"})
    return {
        "stories": working.table(stage_sql("stories", "make_stories"), found=found),
        "story_articles": found.drop_columns(["first_is_certain"]),
    }
