"""Names of quotes to speakers. Who is who stands in `pipelines/speakers`; what is counted of a speaker, in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from assets.stages.texts import texts_by_id
from assets.stages.words import words_of_articles
from pipelines.speakers.corpus import Mention
from pipelines.speakers.decided import DecidedNames, assign_decided
from pipelines.utterances.article_pairs import article_likeness
from warehouse.sql_files import stage_sql

if TYPE_CHECKING:
    from assets.stages.load import Load
    from pipelines.stage import Tables


def decided_names(load: Load) -> DecidedNames:
    """What reviewed corrections say of names."""
    return DecidedNames.of(
        load.working.rows("SELECT same, names FROM internal.decisions WHERE names IS NOT NULL ORDER BY decision")
    )


def speakers_of_all(load: Load, stale: pa.Table, gone: pa.Table) -> Tables:
    """Say of every name of every article whose it is, and count again."""
    working = load.working
    given = working.table(stage_sql("speakers", "mentions"))
    columns = (given[name].to_pylist() for name in ("article_id", "day", "name", "kind", "roles", "quotes"))
    mentions = [
        Mention(article, day, name, kind, frozenset(roles or ()), quotes)
        for article, day, name, kind, roles, quotes in zip(*columns, strict=True)
    ]
    ids = working.table("SELECT article_id AS id FROM internal.article_words ORDER BY id")["id"].combine_chunks()
    alike = article_likeness(ids.to_pylist(), words_of_articles(working, ids))
    assigned = assign_decided(mentions, texts_by_id(load, "speakers"), alike, load.settings.names, decided_names(load))
    names = ("speakers", "speaker_names", "speaker_articles")
    return {name: working.table(stage_sql("speakers", f"make_{name}"), assigned=assigned) for name in names}
