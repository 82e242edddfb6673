"""Readable documents to rows of `articles`, `blocks`, `repairs`, and of `rejects` where nothing of an article is left."""

from collections.abc import Iterator
from functools import partial

import pyarrow as pa

from assets.stages.load import Load, batches
from assets.stages.parallel import Job, map_batches
from pipelines.cleaning import clean_documents, document_lines
from pipelines.cleaning.html import with_page_texts
from pipelines.schemas import DOCUMENTS, REPEATED_LINES
from warehouse import named_sql

BATCH_DOCUMENTS = 512
WORTH_A_POOL = 3000
WORTH_A_POOL_OF_PAGES = 300


def clean(load: Load) -> None:
    """Clean every document that is new, changed, or stands in another context than when it was cleaned."""
    count_lines(load)
    stale = stale_articles(load)
    load.log(f"{stale.num_rows} documents to clean")
    work = partial(clean_documents, settings=load.settings.cleaning)
    for (documents, _), cleaned in map_batches(work, _jobs(load, stale), stale.num_rows, WORTH_A_POOL):
        _write(load, documents, cleaned, stale)


def count_lines(load: Load) -> None:
    """Bring the texts of pages and the counts of repeated lines up to date."""
    stale = load.working.table(named_sql("queries/stale_lines"), {"version": load.version("lines")})
    pages = load.working.value(
        "SELECT count(*) FROM documents WHERE raw_html IS NOT NULL AND document_id IN (SELECT id FROM stale)", stale=stale
    )
    jobs = ((_documents(load, ids, "queries/documents_to_read"),) for ids in batches(stale, BATCH_DOCUMENTS))
    for (read,), documents in map_batches(with_page_texts, jobs, pages, WORTH_A_POOL_OF_PAGES):
        ids, lines = read.select(["id"]), document_lines(documents)
        done = load.working.table(
            "SELECT document_id AS id, content_hash AS input_hash, '' AS context_hash FROM documents WHERE document_id IN (SELECT id FROM wanted)",
            wanted=ids,
        )
        with load.working.transaction():
            load.working.run(named_sql("queries/write_source_text"), None, read=documents)
            load.working.delete("internal.document_lines", "id", ids)
            load.working.append("internal.document_lines", lines)
            load.working.run(named_sql("queries/write_ledger"), {"stage": "lines", "version": load.version("lines")}, done=done)
            load.note_write()


def stale_articles(load: Load) -> pa.Table:
    """id, input_hash and context_hash of every document to clean."""
    load.working.run(named_sql("queries/count_repeated_lines"))
    load.working.run(named_sql("queries/clean_contexts"))
    return load.working.table(named_sql("queries/stale_articles"), {"version": load.version("cleaning")})


def _jobs(load: Load, stale: pa.Table) -> Iterator[Job]:
    for ids in batches(stale, BATCH_DOCUMENTS):
        repeated = load.working.table(named_sql("queries/repeated_lines_of"), wanted=ids.select(["id"])).cast(REPEATED_LINES)
        yield _documents(load, ids), repeated


def _documents(load: Load, ids: pa.Table, query: str = "queries/documents_to_clean") -> pa.Table:
    return load.working.table(named_sql(query), wanted=ids.select(["id"])).cast(DOCUMENTS)


def _write(load: Load, documents: pa.Table, cleaned: pa.Table, stale: pa.Table) -> None:
    working, ids = load.working, documents.select(["id"])
    done = working.table("SELECT s.* FROM stale AS s WHERE s.id IN (SELECT id FROM ids)", None, stale=stale, ids=ids)
    with working.transaction():
        for table, column in (
            ("articles", "article_id"),
            ("rejects", "document_id"),
            ("blocks", "document_id"),
            ("repairs", "document_id"),
        ):
            working.delete(table, column, ids)
        working.run(named_sql("queries/write_articles"), {"load_id": load.load_id}, cleaned=cleaned)
        working.run(named_sql("queries/write_clean_rejects"), None, cleaned=cleaned)
        working.run(named_sql("queries/write_blocks"), None, cleaned=cleaned)
        working.run(named_sql("queries/write_repairs"), None, cleaned=cleaned)
        working.run(named_sql("queries/write_ledger"), {"stage": "cleaning", "version": load.version("cleaning")}, done=done)
        load.note_write()
