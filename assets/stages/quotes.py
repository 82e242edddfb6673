"""Article bodies to rows of `quotes` and `speakers`, and of `failures` where an article cannot be read."""

from collections.abc import Iterator
from functools import partial

import pyarrow as pa

from assets.stages.load import Load, batches
from assets.stages.parallel import Job, map_batches
from pipelines.guarded import fault, guarded
from pipelines.quotes import QuoteSettings, extract_quotes
from pipelines.schemas import BODIES, QUOTES
from warehouse import named_sql

_FAILURES = pa.schema({"id": pa.string(), "message": pa.string()})
BATCH_ARTICLES = 512
WORTH_A_POOL = 5000


def quotes(load: Load) -> None:
    """Extract the quotes of every article whose body is new or changed, and drop those of articles that are gone."""
    stale = stale_articles(load)
    load.log(f"{stale.num_rows} articles to read for quotes")
    work = partial(read_quotes, settings=load.settings.quotes)
    for (bodies,), (found, failures) in map_batches(work, _jobs(load, stale), stale.num_rows, WORTH_A_POOL):
        _write(load, bodies, found, failures, stale)
    _drop_gone(load)


def read_quotes(bodies: pa.Table, settings: QuoteSettings) -> tuple[pa.Table, pa.Table]:
    """The quotes of all articles that can be read, and id and message of those that cannot."""
    failures: list[dict[str, str]] = []

    def give_up(body: pa.Table, told: str) -> pa.Table:
        failures.append({"id": body["id"][0].as_py(), "message": fault("reading quotes", told)})
        return QUOTES.empty_table()

    parts = guarded(partial(extract_quotes, settings=settings), bodies, give_up)
    return pa.concat_tables(parts) if parts else QUOTES.empty_table(), pa.Table.from_pylist(failures, schema=_FAILURES)


def stale_articles(load: Load) -> pa.Table:
    return load.working.table(named_sql("queries/stale_by_body"), {"stage": "quotes", "version": load.version("quotes")})


def gone_articles(load: Load) -> pa.Table:
    return load.working.table(named_sql("queries/gone_from_articles"), {"stage": "quotes"})


def speakers(load: Load) -> None:
    """Make the table of speakers from the quotes, where they changed since."""
    if load.working.state("speakers_stale") != "yes":
        return
    rows = load.working.table(named_sql("queries/all_speakers"))
    with load.working.transaction():
        load.working.replace_table("speakers", rows)
        load.working.set_state("speakers_stale", "no")
        load.note_write()


def _jobs(load: Load, stale: pa.Table) -> Iterator[Job]:
    query = "SELECT article_id AS id, body AS text FROM articles WHERE article_id IN (SELECT id FROM wanted) ORDER BY article_id"
    for ids in batches(stale, BATCH_ARTICLES):
        yield (load.working.table(query, wanted=ids.select(["id"])).cast(BODIES),)


def _write(load: Load, bodies: pa.Table, found: pa.Table, failures: pa.Table, stale: pa.Table) -> None:
    working, ids = load.working, bodies.select(["id"])
    done = working.table("SELECT s.* FROM stale AS s WHERE s.id IN (SELECT id FROM ids)", stale=stale, ids=ids)
    with working.transaction():
        working.delete("quotes", "article_id", ids)
        working.run("DELETE FROM failures WHERE stage = 'quotes' AND article_id IN (SELECT id FROM ids)", None, ids=ids)
        working.run("INSERT INTO failures SELECT id, 'quotes', message FROM failed", None, failed=failures)
        working.run(named_sql("queries/write_quotes"), None, found=found)
        working.run(named_sql("queries/write_ledger"), {"stage": "quotes", "version": load.version("quotes")}, done=done)
        working.set_state("speakers_stale", "yes")
        load.note_write()


def _drop_gone(load: Load) -> None:
    gone = gone_articles(load)
    orphans = load.working.value("SELECT count(*) FROM quotes AS q ANTI JOIN articles AS a ON a.article_id = q.article_id")
    if not gone.num_rows and not orphans:
        return
    with load.working.transaction():
        for table in ("quotes", "failures"):
            load.working.run(f"DELETE FROM {table} WHERE article_id NOT IN (SELECT article_id FROM articles)")
        load.working.run("DELETE FROM internal.ledger WHERE stage = 'quotes' AND id IN (SELECT id FROM gone)", None, gone=gone)
        load.working.set_state("speakers_stale", "yes")
        load.note_write()
