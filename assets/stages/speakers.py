"""Names of quotes to speakers. Who is who stands in `pipelines/speakers`; what is counted of a speaker, in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.stages.article_words import words_of_articles
from assets.stages.changes import Changes
from assets.stages.texts import texts_by_id
from pipelines.collection import no_collection
from pipelines.speakers.comparing import NOTHING_COMPARED, Compared, Read, compare_people
from pipelines.speakers.corpus import Asked, assign_again
from pipelines.speakers.decided import DecidedNames
from pipelines.speakers.spellings import Mention, Tally
from pipelines.utterances.article_pairs import article_likeness
from warehouse.sql_files import stage_sql

if TYPE_CHECKING:
    from assets.stages.load import Load
    from pipelines.speakers.corpus import Alike
    from warehouse import WorkingFile


def decided_names(load: Load) -> DecidedNames:
    """What reviewed corrections say of names."""
    return DecidedNames.of(
        load.working.rows("SELECT same, names FROM internal.decisions WHERE names IS NOT NULL ORDER BY decision")
    )


def speakers_of_all(load: Load, stale: pa.Table, gone: pa.Table) -> Mapping[str, pa.Table | Changes]:
    """Say whose the names are on which changed articles bear, and count the speakers again of whom any is, or was."""
    working, over = load.working, load.over
    changed = pa.table({"id": pa.concat_arrays([rows["id"].combine_chunks().cast(pa.string()) for rows in (stale, gone)])})

    def mentions_of(names: Sequence[str]) -> Iterator[Mention]:
        rows = working.table(stage_sql("speakers", "mentions"), changed=changed, names=_names(names))
        columns = (_values(rows[name]) for name in ("article_id", "day", "name", "kind", "roles", "quotes"))
        of_roles = {None: frozenset[str]()}
        for article, day, name, kind, roles, quotes in zip(*columns, strict=True):
            if roles not in of_roles:
                of_roles[roles] = frozenset(roles.split(_AND))
            yield Mention(article, day, name, kind, of_roles[roles], quotes)

    def alike_of(articles: Sequence[str]) -> Alike:
        return article_likeness(articles, words_of_articles(working, pa.array(articles, pa.string())))

    articles = working.value("SELECT count(*) FROM articles")
    all_are_stale = stale.num_rows == articles  # then other code may have compared, or other settings
    before = NOTHING_COMPARED if all_are_stale else _compared_before(working, changed)
    with no_collection():
        found = assign_again(
            map(Tally, *_columns(working.table(stage_sql("speakers", "tallies"), changed=changed))),
            Asked(mentions_of, alike_of, texts_by_id(load, "speakers")),
            load.settings.names,
            decided_names(load),
            before,
            compare_people if over is None or not over.worth(stale.num_rows, articles) else over.compare_names,
        )
    asked = {"changed": changed, "names": _names(found.names), "found": found.speakers}
    touched = working.table(stage_sql("speakers", "touched"), **asked)
    said = working.table(stage_sql("speakers", "said"), touched=touched, **asked)
    made: dict[str, pa.Table | Changes] = {}
    for name in ("speakers", "speaker_names", "speaker_articles"):
        rows = working.table(stage_sql("speakers", f"make_{name}"), said=said)
        made[name] = Changes(*working.differing(name, rows, "speaker_id IN (SELECT speaker_id FROM touched)", touched=touched))
    now = found.compared
    made["internal.compared_names"] = _rows(now) if all_are_stale else _changes(working, before, now)
    return made


def _columns(table: pa.Table) -> list[list[Any]]:
    """What columns hold: a third of the time of rows, where they are many."""
    return [column.to_pylist() for column in table.columns]


def _values(column: pa.ChunkedArray) -> Iterator[Any]:
    """What a column holds, equal values as one object."""
    encoded = column.combine_chunks().dictionary_encode()
    values = [*encoded.dictionary.to_pylist(), None]
    return map(values.__getitem__, pc.fill_null(encoded.indices, -1).to_pylist())


def _names(names: Sequence[str]) -> pa.Table:
    return pa.table({"name": pa.array(names, pa.string())})


_COLUMNS = ("kind", "name", "other", "score", "article_id")
_COMPARED = pa.schema([(name, pa.float64() if name == "score" else pa.string()) for name in _COLUMNS])
_ALIKE, _SHORT = "alike", "short"  # pairs; the rows of single names have their own kinds
_THEN, _AND = "\t", "\x1f"  # between the words of a name and their sounds, and between roles
_READ_BEFORE = (
    "SELECT name, kind, split_part(other, chr(9), 1) AS words, split_part(other, chr(9), 2) AS sounds "
    "FROM internal.compared_names WHERE kind NOT IN ('alike', 'short')"
)
Row = tuple[str, str, str, float | None, str | None]


def _compared_before(working: WorkingFile, changed: pa.Table) -> Compared:
    names, *read = _columns(working.table(_READ_BEFORE))
    pairs = working.rows(
        "SELECT kind, name, other, score, article_id FROM internal.compared_names WHERE kind IN ('alike', 'short')"
    )
    mentioned = working.rows(
        "SELECT DISTINCT name FROM speaker_articles WHERE article_id IN (SELECT id FROM changed)", changed=changed
    )
    return Compared(
        dict(zip(names, map(Read, *read), strict=True)),
        {(name, other): score for kind, name, other, score, _ in pairs if kind == _ALIKE},
        {(name, other): article for kind, name, other, _, article in pairs if kind == _SHORT},
        frozenset(changed["id"].to_pylist()),
        frozenset(name for (name,) in mentioned),
    )


def _rows(compared: Compared, but_for: Compared = NOTHING_COMPARED) -> pa.Table:
    """What is held of what was compared, but for rows that are held of other things in the same way."""
    nothing = object()
    rows: list[Row] = [
        (read.kind, name, read.words + _THEN + read.sounds, None, None)
        for name, read in compared.names.items()
        if but_for.names.get(name) != read
    ]
    rows += [(_ALIKE, *pair, score, None) for pair, score in compared.same.items() if but_for.same.get(pair) != score]
    rows += [(_SHORT, *pair, None, id) for pair, id in compared.given.items() if but_for.given.get(pair, nothing) != id]
    columns = zip(*rows, strict=True) if rows else [()] * len(_COMPARED)
    table = pa.table([pa.array(column, field.type) for column, field in zip(columns, _COMPARED, strict=True)], schema=_COMPARED)
    return table.sort_by([(name, "ascending") for name in _COLUMNS])


def _changes(working: WorkingFile, before: Compared, now: Compared) -> Changes:
    gone = "SELECT c.rowid AS row FROM internal.compared_names AS c JOIN gone ON c.kind = gone.kind AND c.name = gone.name AND c.other = gone.other"
    return Changes(working.table(gone, gone=_rows(before, now)), _rows(now, before))
