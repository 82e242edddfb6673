"""Names of quotes to speakers. Who is who stands in `pipelines/speakers`; what is counted of a speaker, in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from assets.stages.article_words import words_of_articles
from assets.stages.texts import texts_by_id
from pipelines.speakers.corpus import NOTHING_COMPARED, Compared, Mention
from pipelines.speakers.decided import DecidedNames, assign_decided
from pipelines.utterances.article_pairs import article_likeness
from warehouse.sql_files import stage_sql

if TYPE_CHECKING:
    from assets.stages.load import Load
    from pipelines.stage import Tables
    from warehouse import WorkingFile


def decided_names(load: Load) -> DecidedNames:
    """What reviewed corrections say of names."""
    return DecidedNames.of(
        load.working.rows("SELECT same, names FROM internal.decisions WHERE names IS NOT NULL ORDER BY decision")
    )


def speakers_of_all(load: Load, stale: pa.Table, gone: pa.Table) -> Tables:
    """Say of every name of every article whose it is, and count again. Names that were compared before are not compared again."""
    working = load.working
    given = working.table(stage_sql("speakers", "mentions"))
    columns = (given[name].to_pylist() for name in ("article_id", "day", "name", "kind", "roles", "quotes"))
    mentions = [
        Mention(article, day, name, kind, frozenset(roles or ()), quotes)
        for article, day, name, kind, roles, quotes in zip(*columns, strict=True)
    ]
    ids = working.table("SELECT article_id AS id FROM internal.article_words ORDER BY id")["id"].combine_chunks()
    assigned, compared = assign_decided(
        mentions,
        texts_by_id(load, "speakers"),
        article_likeness(ids.to_pylist(), words_of_articles(working, ids)),
        load.settings.names,
        decided_names(load),
        _compared_before(working, stale, gone),
    )
    names = ("speakers", "speaker_names", "speaker_articles")
    made = {name: working.table(stage_sql("speakers", f"make_{name}"), assigned=assigned) for name in names}
    return made | {"internal.compared_names": _as_rows(compared)}


_COMPARED = pa.schema(
    [("kind", pa.string()), ("name", pa.string()), ("other", pa.string()), ("score", pa.float64()), ("article_id", pa.string())]
)
_FULL, _PART, _ALIKE, _SHORT = "full", "part", "alike", "short"


def _compared_before(working: WorkingFile, stale: pa.Table, gone: pa.Table) -> Compared:
    """What earlier loads compared; nothing where all articles are stale, since then other code, or other settings, may have done it."""
    if stale.num_rows == working.value("SELECT count(*) FROM inputs"):
        return NOTHING_COMPARED
    rows = working.rows("SELECT kind, name, other, score, article_id FROM internal.compared_names")
    return Compared(
        {name: kind == _FULL for kind, name, *_ in rows if kind in (_FULL, _PART)},
        {(name, other): score for kind, name, other, score, _ in rows if kind == _ALIKE},
        {(name, other): article for kind, name, other, _, article in rows if kind == _SHORT},
        frozenset([*stale["id"].to_pylist(), *gone["id"].to_pylist()]),
    )


def _as_rows(compared: Compared) -> pa.Table:
    rows: list[tuple[str, str, str | None, float | None, str | None]] = []
    rows += [(_FULL if full else _PART, name, None, None, None) for name, full in compared.names.items()]
    rows += [(_ALIKE, *pair, score, None) for pair, score in compared.same.items()]
    rows += [(_SHORT, *pair, None, article) for pair, article in compared.given.items()]
    columns = zip(*rows, strict=True) if rows else [()] * len(_COMPARED)
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, _COMPARED, strict=True)], schema=_COMPARED)
