"""Article bodies to rows of `signatures`, `duplicate_pairs`, `article_clusters` and `capped_buckets`."""

import pyarrow as pa

from assets.stages.load import Load, batches
from pipelines.duplicates import sketch_articles, update_duplicates
from pipelines.schemas import CAPPED, COMPARED, PAIRS, SIGNATURES
from warehouse import named_sql

BATCH_ARTICLES = 4096


def signatures(load: Load) -> None:
    """Sketch every article whose body is new or changed, and drop the signatures of articles that are gone."""
    stale = stale_signatures(load)
    load.log(f"{stale.num_rows} articles to sketch")
    for ids in batches(stale, BATCH_ARTICLES):
        rows = sketch_articles(texts_of(load, ids.select(["id"])), load.settings.duplicates)
        with load.working.transaction():
            load.working.insert("signatures", rows.rename_columns({"id": "article_id"}))
            load.working.run(
                named_sql("queries/write_ledger"), {"stage": "signatures", "version": load.version("signatures")}, done=ids
            )
            load.note_write()
    gone = gone_signatures(load)
    if gone.num_rows:
        with load.working.transaction():
            load.working.delete("signatures", "article_id", gone)
            load.working.run(
                "DELETE FROM internal.ledger WHERE stage = 'signatures' AND id IN (SELECT id FROM gone)", None, gone=gone
            )
            load.note_write()


def stale_signatures(load: Load) -> pa.Table:
    return load.working.table(named_sql("queries/stale_by_body"), {"stage": "signatures", "version": load.version("signatures")})


def gone_signatures(load: Load) -> pa.Table:
    return load.working.table(named_sql("queries/gone_signatures"))


def stale_pairs(load: Load) -> pa.Table:
    return load.working.table(named_sql("queries/stale_pairs"), {"version": load.version("pairs")})


def gone_pairs(load: Load) -> pa.Table:
    return load.working.table(named_sql("queries/gone_pairs"))


def pairs_and_clusters(load: Load) -> None:
    """Find and verify the pairs that changed articles are in, and cluster all articles anew; one transaction."""
    stale, gone = stale_pairs(load), gone_pairs(load)
    load.log(f"{stale.num_rows} articles to compare")
    if not stale.num_rows and not gone.num_rows:
        return
    working = load.working
    found = update_duplicates(
        working.table("SELECT article_id AS id, * EXCLUDE article_id FROM signatures").cast(SIGNATURES),
        working.table("SELECT article_id AS id, publisher, strftime(date, '%Y-%m-%d') AS date FROM articles"),
        [*stale["id"].to_pylist(), *gone["id"].to_pylist()],
        working.table("FROM duplicate_pairs").cast(PAIRS),
        lambda ids: texts_of(load, pa.table({"id": pa.array(ids, pa.string())})),
        load.settings.duplicates,
        working.table("FROM capped_buckets").cast(CAPPED),
    )
    with working.transaction():
        working.replace_table("duplicate_pairs", found.pairs)
        working.replace_table("article_clusters", found.clusters.rename_columns({"id": "article_id"}))
        working.replace_table("capped_buckets", found.capped)
        working.run("DELETE FROM internal.ledger WHERE stage = 'pairs' AND id IN (SELECT id FROM gone)", None, gone=gone)
        working.run(named_sql("queries/write_ledger"), {"stage": "pairs", "version": load.version("pairs")}, done=stale)
        load.note_write()


def texts_of(load: Load, ids: pa.Table) -> pa.Table:
    """The articles of these ids as duplicate detection takes them, ordered by id."""
    return load.working.table(named_sql("queries/articles_to_compare"), wanted=ids).cast(COMPARED)
