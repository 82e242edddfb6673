"""What a load would have to do, asked of the ledger without starting Dagster."""

from collections.abc import Iterable
from pathlib import Path

from assets.stages import cleaning, duplicates, ingest, quotes
from assets.stages.load import Load
from assets.stages.publish import needs_publishing
from warehouse import named_sql


def pending_work(load: Load, roots: Iterable[Path]) -> dict[str, int]:
    """Rows that each stage would work on, by what they are; empty where nothing is new.

    Raises FileNotFoundError where a root is not there.
    """
    work = _pending_files(load, roots)
    if not work:
        work = {
            "documents to count lines of": load.working.table(
                named_sql("queries/stale_lines"), {"version": load.version("lines")}
            ).num_rows,
            "documents to clean": cleaning.stale_articles(load).num_rows,
            "articles to sketch": duplicates.stale_signatures(load).num_rows + duplicates.gone_signatures(load).num_rows,
            "articles to compare": duplicates.stale_pairs(load).num_rows + duplicates.gone_pairs(load).num_rows,
            "articles to read for quotes": quotes.stale_articles(load).num_rows + quotes.gone_articles(load).num_rows,
            "file to publish": int(needs_publishing(load)),
        }
    return {what: count for what, count in work.items() if count}


def _pending_files(load: Load, roots: Iterable[Path]) -> dict[str, int]:
    changed = missing = 0
    for path in roots:
        found = ingest.files_below(load.working, path)
        changed += len(ingest.changed_files(load, found))
        missing += len(ingest.missing_files(load, found))
    return {what: count for what, count in (("files to read", changed), ("files gone", missing)) if count}
