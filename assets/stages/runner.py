"""Runs the stages of the catalogue: asks the ledger what is stale, works on bounded batches, writes each in one transaction.

Which stages there are is not known here, nor what they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from assets.engine.loading import ROWS, EngineLoad, print_of
from assets.engine.work import CONTEXTS
from assets.progress import some
from assets.stages import corrections, ingest
from assets.stages.apart import work_apart
from assets.stages.catalogue import CATALOGUE, SHARED, Declared, Kept, Whole, settings_of
from assets.stages.changes import Changes, as_tables, from_tables
from assets.stages.load import Load
from assets.stages.memory import MANY, give_back
from assets.stages.parallel import Job, map_batches
from assets.stages.publish import needs_publishing, publish_load
from pipelines.collection import no_collection
from warehouse import named_sql, stage_sql, stage_sql_names

# What a batch holds at most, so that memory stays bounded where pages are large. A hundred thousand characters a page is usual.
BATCH_CHARACTERS = 8_000_000


def run_all(load: Load, roots: Iterable[Path], catalogue: Iterable[Declared] = CATALOGUE) -> None:
    """A whole load, as Dagster's assets do it one by one."""
    read_corpus(load, roots)
    for declared in catalogue:
        run_stage(load, declared)
    publish_load(load)


def read_corpus(load: Load, roots: Iterable[Path]) -> None:
    """Read the files of a corpus that are new or changed, and what corrections say of it. Raises FileNotFoundError where a root is not there."""
    ingest.ingest_roots(load, roots)
    corrections.read_corrections(load)


def run_stage(load: Load, declared: Declared) -> None:
    """Work on what is new or changed, and drop what was made of rows that are gone."""
    with load.doing(f"looking for {declared.pending}", None):
        stale, gone = to_do(load, declared)
    if stale.num_rows:
        load.log(some(stale.num_rows, declared.pending))
    if isinstance(declared, Kept):
        with load.doing(declared.stage.does, stale.num_rows) as advance:
            _run_kept(load, declared, stale, advance)
        _drop(load, declared, gone)
    elif stale.num_rows or gone.num_rows:
        with load.doing(some(stale.num_rows, declared.pending), None), no_collection():  # rows hold no cycles
            _run_whole(load, declared, stale, gone)
    if stale.num_rows >= MANY:
        load.working.renew()
        give_back()


def to_do(load: Load, declared: Declared) -> tuple[pa.Table, pa.Table]:
    """The rows to work on, with the hashes that the ledger will hold, and the ids of those that are gone."""
    working, name = load.working, declared.name
    if "prepare" in stage_sql_names(name):
        working.run(stage_sql(name, "prepare"))
    working.run(f"CREATE OR REPLACE TEMP VIEW inputs AS {stage_sql(name, 'inputs')}")
    working.run(f"CREATE OR REPLACE TEMP VIEW held AS {_held(declared)}")
    found = working.table(named_sql("ledger/to_do"), {"stage": name, "version": declared.version(load.settings)})
    return found.filter(pc.invert(found["gone"])).drop_columns(["gone"]), found.filter(found["gone"]).select(["id"])


def pending_work(load: Load, roots: Iterable[Path], catalogue: Iterable[Declared] = CATALOGUE) -> dict[str, int]:
    """Rows that each stage would work on, by what they are; empty where nothing is new. Asked of the ledger, without starting Dagster.

    Raises FileNotFoundError where a root is not there.
    """
    work = ingest.pending_files(load, roots)
    work |= {"changed corrections": corrections.pending_corrections(load)}
    if not any(work.values()):
        work = {declared.pending: sum(rows.num_rows for rows in to_do(load, declared)) for declared in catalogue}
        work["file to publish"] = int(needs_publishing(load))
    return {what: count for what, count in work.items() if count}


def forget_all(load: Load) -> None:
    """Make all stale, so that every file is read and every row made again. Raw texts and their revisions stay."""
    with load.working.transaction():
        load.working.run("DELETE FROM internal.files")
        load.working.run(named_sql("ledger/forget_all"))
        load.note_write()


def batches(rows: pa.Table, size: int) -> Iterator[pa.Table]:
    """Slices of at most `size` rows, and of at most BATCH_CHARACTERS of raw text where they are more than one."""
    start = characters = 0
    for place, length in enumerate(rows["characters"].to_pylist()):
        if place > start and (place - start == size or characters + length > BATCH_CHARACTERS):
            yield rows.slice(start, place - start)
            start, characters = place, 0
        characters += length
    if start < rows.num_rows:
        yield rows.slice(start)


def _held(declared: Declared) -> str:
    """The ids that a stage has rows of, as a query."""
    parts = [f"SELECT {column} AS id FROM {table} WHERE {_own(table, declared)}" for table, column in _owned(declared).items()]
    return " UNION ".join(parts) or "SELECT '' AS id WHERE false"


def _owned(declared: Declared) -> dict[str, str]:
    """The tables whose rows are each of one row, with the column that says of which."""
    own = {table: column for table, column in declared.tables.items() if column}
    return own | {"failures": "article_id"} if isinstance(declared, Kept) else own


def _own(table: str, declared: Declared) -> str:
    """The condition that tells a stage's rows of a table from those of others."""
    return f"stage = '{declared.name}'" if table in SHARED else "true"


def _run_kept(load: Load, kept: Kept, stale: pa.Table, advance: Callable[[int], None]) -> None:
    stage = kept.stage
    if load.over is not None:
        _run_kept_over(load, load.over, kept, stale, advance)
        return
    work = partial(stage.run, settings=settings_of(stage.settings, load.settings))
    weight = pc.sum(stale["weight"]).as_py() if "weight" in stale.column_names else stale.num_rows
    made_of = map_batches(work, _jobs(load, kept, stale), weight or 0, stage.worth_a_pool, stage.compiles)
    for ids, (_, made) in zip(batches(stale, stage.rows), made_of, strict=True):
        with load.working.transaction():
            _delete(load, kept, _only_held(ids))
            _write(load, kept, made)
            _note(load, kept, ids)
        advance(ids.num_rows)


def _run_kept_over(load: Load, over: EngineLoad, kept: Kept, stale: pa.Table, advance: Callable[[int], None]) -> None:
    """All at once over the load's engine. A load that is killed finds there what was made; here all is written, or nothing."""
    if not stale.num_rows:
        return
    settings = settings_of(kept.stage.settings, load.settings)
    made_of = over.made_of(kept.stage, stale, _jobs(load, kept, stale), kept.version(load.settings), settings)
    with load.working.transaction():
        for ids in batches(stale, ROWS):
            _delete(load, kept, _only_held(ids))
            _write(load, kept, made_of(ids))
            _note(load, kept, ids)
            advance(ids.num_rows)


def _jobs(load: Load, kept: Kept, stale: pa.Table) -> Iterator[Job]:
    """What the stage's function takes, batch by batch."""
    for together in read_together(batches(stale, kept.stage.rows)):
        rows = _taken(load, kept, "takes", kept.stage.takes, pa.concat_tables(together))
        for ids in together:
            contexts = zip(CONTEXTS, kept.stage.context, strict=False)
            own = rows.filter(pc.is_in(rows["id"], ids["id"].combine_chunks()))
            yield own, *(_taken(load, kept, name, schema, ids) for name, schema in contexts)


def read_together(every: Iterable[pa.Table]) -> Iterator[list[pa.Table]]:
    """Batches that hold BATCH_CHARACTERS at most, or one: to read the texts of a few rows takes as long as to read those of many."""
    together: list[pa.Table] = []
    characters = 0
    for ids in every:
        more = pc.sum(ids["characters"]).as_py()
        if together and characters + more > BATCH_CHARACTERS:
            yield together
            together, characters = [], 0
        together.append(ids)
        characters += more
    if together:
        yield together


def _taken(load: Load, kept: Kept, name: str, schema: pa.Schema, ids: pa.Table) -> pa.Table:
    """One of the tables that a stage's function takes, for some rows."""
    return load.working.table(stage_sql(kept.name, name), wanted=ids.select(["id"])).cast(schema)


def _write(load: Load, kept: Kept, made: Mapping[str, pa.Table]) -> None:
    new = {f"new_{name}": table for name, table in made.items()}
    for name in stage_sql_names(kept.name):
        if name.startswith("write_"):
            sql = stage_sql(kept.name, name)
            load.working.run(sql, {"load_id": load.load_id} if "$load_id" in sql else None, **new)
    load.working.run("INSERT INTO failures SELECT id, $stage, message FROM new_failed", {"stage": kept.name}, **new)


def _drop(load: Load, kept: Kept, gone: pa.Table) -> None:
    if gone.num_rows:
        with load.working.transaction():
            _delete(load, kept, gone)
            _forget(load, kept, gone)
            load.note_write()


def _run_whole(load: Load, whole: Whole, stale: pa.Table, gone: pa.Table) -> None:
    finish = stage_sql(whole.name, "finish") if "finish" in stage_sql_names(whole.name) else ""
    added: dict[str, pa.Table] = {}  # rows of which what finishes the stage reads

    def put(table: str, rows: pa.Table | Changes) -> None:
        if isinstance(rows, Changes):
            load.working.delete(table, "rowid", rows.gone)
            load.working.append(table, rows.added)
            if f"added_{table}" in finish:
                added[f"added_{table}"] = rows.added
        else:
            load.working.replace_table(table, rows)

    apart = whole.work if load.over is None and stale.num_rows >= MANY else None
    made = _made(load, whole, stale, gone) if apart is None else {}
    with load.working.transaction():
        if apart is not None:
            work_apart(apart, load, stale, gone, put, whole.compiles)
        for table, rows in made.items():
            put(table, rows)
        if finish:
            load.working.run(finish, None, done=stale, **added)
        _forget(load, whole, gone)
        _note(load, whole, stale)


def _made(load: Load, whole: Whole, stale: pa.Table, gone: pa.Table) -> Mapping[str, pa.Table | Changes]:
    work = whole.work
    if work is None:
        return {table: load.working.table(stage_sql(whole.name, f"make_{table}")) for table in whole.tables}
    if load.over is None:
        return work(load, stale, gone)
    held = f"{_held_in(load, (*whole.reads, *whole.tables))} {print_of(stale)} {print_of(gone)}"
    return from_tables(load.over.whole(whole.name, whole.version(load.settings), held, lambda: as_tables(work(load, stale, gone))))


def _held_in(load: Load, tables: Iterable[str]) -> list[tuple[str, int, int]]:
    """What tables hold, in short, and under which rowids, by which a stage may say what it changes."""
    asked = "SELECT count(*), coalesce(sum(hash(held, rowid)), 0) FROM {} AS held"
    return [(table, *load.working.rows(asked.format(table))[0]) for table in tables]


def _only_held(stale: pa.Table) -> pa.Table:
    """Those of the stale rows that there is something to delete of. Looking through large tables for nothing would make a first load slow."""
    return stale.filter(stale["held"])


def _delete(load: Load, kept: Kept, ids: pa.Table) -> None:
    if not ids.num_rows:
        return
    for table, column in _owned(kept).items():
        load.working.run(f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM ids) AND {_own(table, kept)}", None, ids=ids)


def _note(load: Load, declared: Declared, done: pa.Table) -> None:
    parameters = {"stage": declared.name, "version": declared.version(load.settings)}
    _forget(load, declared, _only_held(done))
    load.working.run(named_sql("ledger/write"), parameters, done=done)
    load.note_write()


def _forget(load: Load, declared: Declared, ids: pa.Table) -> None:
    if ids.num_rows:
        load.working.run(named_sql("ledger/forget"), {"stage": declared.name}, ids=ids)
