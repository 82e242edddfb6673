"""Statements of all articles to utterances. What makes an utterance stands in `pipelines/utterances`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from assets.stages.article_words import words_of_articles
from assets.stages.changes import Changes
from assets.stages.speakers import decided_names
from assets.stages.texts import texts_by_id
from pipelines.duplicates.arrays import encoded
from pipelines.schemas import LINKS, STATEMENTS, WIRE_INPUT
from pipelines.stories.wire import first_reports
from pipelines.utterances import Before, Corpus, describe_tables, regrow
from pipelines.utterances.article_pairs import Common
from pipelines.utterances.article_words import Hashes
from pipelines.utterances.places import Comparing
from pipelines.utterances.tables import TABLES
from warehouse.sql_files import stage_sql

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets.engine.loading import EngineLoad
    from assets.stages.load import Load
    from warehouse import WorkingFile

_WANTED = "WHERE article_id IN (SELECT id FROM wanted)"
_SAID = f"SELECT article_id AS id, words FROM internal.statements {_WANTED}"
_STATEMENTS = (
    'SELECT article_id AS id, statement_start AS start, statement_end AS "end", * EXCLUDE (article_id, statement_start, statement_end) '
    "FROM internal.statements "
)


class _Found(NamedTuple):
    """`made`: utterances that are new or may have changed; `kept`: the ids of those that stand as they are; `links`: those that are gone, and the new ones."""

    made: Mapping[str, pa.Table]
    kept: pa.Table
    links: Changes
    common: Common


def utterances_of_all(load: Load, stale: pa.Table, gone: pa.Table) -> Mapping[str, pa.Table | Changes]:
    """Compare the statements of changed articles with those of all, and make again what that touches."""
    working, over = load.working, load.over
    if over is not None and over.worth(stale.num_rows, working.value("SELECT count(*) FROM articles")):
        found = _over(load, over)
    else:
        found = _updated(load, stale, gone)
    made, kept, outlets = found.made, found.kept, working.value(_OUTLETS)
    none, same_outlets = kept.slice(0, 0), [outlets] == _common(working, "outlets").tolist()
    standing, again = (kept, none) if same_outlets else (none, kept)
    return {
        "utterances": _instead(working, "utterances", standing, _with_firsts(working, again, made)),
        **{name: _instead(working, name, kept, made[name]) for name in ("utterance_reports", "utterance_conflicts")},
        "internal.statement_links": found.links,
        "internal.common_words": pa.concat_tables(
            pa.table({"kind": pa.array([kind] * len(hashes), pa.string()), "hash": pa.array(hashes, pa.uint64())})
            for kind, hashes in (("word", found.common.words), ("shingle", found.common.shingles), ("outlets", [outlets]))
        ),
    }


def _over(load: Load, over: EngineLoad) -> _Found:
    """All over the load's engine."""
    said = over.utterances(load.working, Comparing(load.settings.utterances, decided_names(load)))
    common = said.common.read()
    words, shingles = (
        np.sort(common.filter(pc.equal(common["shingle"], pa.scalar(shingle)))["key"].to_numpy()) for shingle in (False, True)
    )
    rows = load.working.table("SELECT rowid AS row FROM internal.statement_links")
    order = [(name, "ascending") for name in LINKS.names if name.partition("_")[2] in ("article", "start", "end")]
    return _Found(
        {name: table.read() for name, table in said.tables.items()},
        pa.table({"id": pa.array([], pa.string())}),
        Changes(rows, said.links.read().sort_by(order)),
        Common(words, shingles),
    )


def _updated(load: Load, stale: pa.Table, gone: pa.Table) -> _Found:
    working, settings, same_all = load.working, load.settings.utterances, decided_names(load).same_all
    copies = working.table("SELECT article_id AS id, cluster_id FROM article_clusters WHERE size > 1")
    articles = working.table("SELECT article_id AS id, publisher, strftime(date, '%Y-%m-%d') AS date FROM articles")

    def statements_of(ids: pa.Array) -> pa.Table:
        sql = _STATEMENTS if len(ids) == articles.num_rows else _STATEMENTS + _WANTED
        return working.table(sql, wanted=pa.table({"id": ids})).cast(STATEMENTS)

    corpus = Corpus(
        articles,
        lambda ids: working.table(_SAID, wanted=pa.table({"id": ids})),
        lambda ids: words_of_articles(working, ids),
        statements_of,
        texts_by_id(load, "utterances"),
        dict(zip(copies["id"].to_pylist(), copies["cluster_id"].to_pylist(), strict=True)),
    )
    links = working.table("SELECT rowid AS row, * FROM internal.statement_links")
    before = Before(
        links.drop_columns(["row"]).cast(LINKS),
        Common(_common(working, "word"), _common(working, "shingle")),
        working.table("SELECT utterance_id, article_id, report_start, report_end FROM utterance_reports"),
        pa.concat_arrays([rows["id"].combine_chunks().cast(pa.string()) for rows in (stale, gone)]),
    )
    made = regrow(corpus, before, settings, same_all)
    parts = [{name: encoded(schema.empty_table()) for name, schema in TABLES.items()}]
    parts += ({name: encoded(table) for name, table in describe_tables(*job, same_all, settings).items()} for job in made.jobs)
    tables = {name: _in_order([part.pop(name) for part in parts]) for name in TABLES}
    rows = Changes(links.select(["row"]).filter(pa.array(~made.links_kept)), made.links())
    return _Found(tables, pa.table({"id": made.kept}), rows, made.common)


def _in_order(parts: list[pa.Table]) -> pa.Table:
    """Encoded rows of utterances in order of their ids; column by column, so that only one stands there twice."""
    rows = pa.concat_tables(parts)
    parts.clear()
    order, columns = pc.sort_indices(rows["utterance_id"].cast(pa.string())), {}
    for name in rows.column_names:
        columns[name] = rows[name].take(order)
        rows = rows.drop_columns([name])
    return pa.table(columns)


_OUTLETS = "SELECT md5_number_lower(coalesce(string_agg(publisher, chr(0) ORDER BY publisher), '')) FROM (SELECT DISTINCT publisher FROM articles)"


def _with_firsts(working: WorkingFile, again: pa.Table, made: Mapping[str, pa.Table]) -> pa.Table:
    """The utterances that were found, with the report that was first; and those that stand of which this is asked `again`, since an article may name an
    outlet that is new or gone in its dateline. Of articles that report none, one of each publisher says which outlets there are."""
    reports = working.table(_REPORTS, again=again, made=made["utterance_reports"].select(["utterance_id", "article_id"]))
    asked = f"WITH every AS NOT MATERIALIZED ({stage_sql('sources', 'articles')}) {_ASKED}"
    articles = working.table(asked, reports=reports).cast(WIRE_INPUT)
    utterances, reporting = (reports[name].combine_chunks().dictionary_encode() for name in reports.column_names)
    ids = list(map(reporting.dictionary.to_pylist().__getitem__, reporting.indices.to_pylist()))  # each as one object
    bounds = [*np.flatnonzero(np.diff(utterances.indices.to_numpy(), prepend=-1)).tolist(), len(ids)]
    groups = {name: ids[first:end] for name, (first, end) in zip(utterances.dictionary.to_pylist(), pairwise(bounds), strict=True)}
    firsts = first_reports(groups, articles)
    tables = {
        "standing": working.table(_HELD, again=again),
        "made": made["utterances"],
        "firsts": pa.table([[*firsts], [id for id, _ in firsts.values()], [sure for _, sure in firsts.values()]], schema=_FIRSTS),
    }
    return working.table(stage_sql("utterances", "make_utterances"), **tables)


_HELD = "SELECT utterance_id, text, speaker_name, articles, reports, conflicts FROM utterances WHERE utterance_id IN (SELECT id FROM again)"
_REPORTS = (
    "SELECT utterance_id, article_id FROM utterance_reports WHERE utterance_id IN (SELECT id FROM again) "
    "UNION SELECT utterance_id, article_id FROM made ORDER BY ALL"
)
_ASKED = "SELECT * REPLACE (0::BIGINT AS characters) FROM every WHERE id IN (SELECT article_id FROM reports) OR id IN (SELECT min(id) FROM every GROUP BY publisher) ORDER BY id"
_FIRSTS = pa.schema([("utterance_id", pa.string()), ("article_id", pa.string()), ("certain", pa.bool_())])


def _instead(working: WorkingFile, table: str, kept: pa.Table, found: pa.Table) -> Changes:
    if not working.value(f"SELECT count(*) FROM {table}"):  # what is large is not sent there and back
        return Changes(pa.table({"row": pa.array([], pa.int64())}), found)
    return Changes(*working.differing(table, found, "utterance_id NOT IN (SELECT id FROM kept)", kept=kept))


def _common(working: WorkingFile, kind: str) -> Hashes:
    return working.table("SELECT hash FROM internal.common_words WHERE kind = $kind ORDER BY hash", {"kind": kind})[
        "hash"
    ].to_numpy()
