"""The assets: one for each table, each a thin wrapper around a stage."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
from pydantic import Field

from assets.metadata import counts, table_metadata
from assets.project import corpus_roots
from assets.resources import LoadResource
from assets.stages import cleaning, duplicates, ingest, publish, quotes, refresh


class LoadConfig(dg.Config):
    """What to load. Nothing needs to be given."""

    paths: list[str] = Field(default_factory=list, description="Folders or files; the configured corpus where empty.")
    full_refresh: bool = Field(default=False, description="Read and make everything anew.")


@dg.asset(group_name="ingest", kinds={"python", "duckdb"})
def documents(config: LoadConfig, desk: LoadResource) -> dg.MaterializeResult:
    """Every record found in the corpus folders, read but not yet judged: path, publisher, raw text."""
    if config.full_refresh:
        refresh.forget_all(desk.load)
    ingest.ingest_roots(desk.load, [Path(path) for path in config.paths] or corpus_roots())
    shown = "publisher, path, record_key, date, raw_text"
    return dg.MaterializeResult(
        metadata=table_metadata(desk.load, "documents", shown, formats=counts(desk.load, "documents", "format"))
    )


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            "articles",
            deps=["documents"],
            group_name="clean",
            kinds={"python", "duckdb"},
            description="Clean body and metadata of every readable record.",
        ),
        dg.AssetSpec(
            "blocks",
            deps=["documents"],
            group_name="clean",
            kinds={"python", "duckdb"},
            description="What was kept and what was removed of every record, with kind and reason.",
        ),
        dg.AssetSpec(
            "rejects",
            deps=["documents"],
            group_name="clean",
            kinds={"python", "duckdb"},
            description="Records that could not become articles, each with reason and what to do.",
        ),
    ]
)
def cleaned(desk: LoadResource) -> Iterator[dg.MaterializeResult]:
    """Cleaning: block by block, with repetition counted over each publisher's stories."""
    load = desk.load
    cleaning.clean(load)
    yield dg.MaterializeResult(
        "articles", metadata=table_metadata(load, "articles", "publisher, date, title, byline, language, words, body")
    )
    removed = counts(load, "blocks WHERE kind <> 'body'", "kind")
    yield dg.MaterializeResult("blocks", metadata=table_metadata(load, "blocks", "kind, reason, text", removed=removed))
    reasons = counts(load, "rejects", "reason")
    yield dg.MaterializeResult(
        "rejects", metadata=table_metadata(load, "rejects", "path, record_key, reason, message", reasons=reasons)
    )


@dg.asset(deps=["articles"], group_name="duplicates", kinds={"python", "numba", "duckdb"})
def signatures(desk: LoadResource) -> dg.MaterializeResult:
    """MinHash signature and bottom sketch of every article."""
    duplicates.signatures(desk.load)
    return dg.MaterializeResult(metadata=table_metadata(desk.load, "signatures", "article_id, words, shingles"))


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            "duplicate_pairs",
            deps=["signatures"],
            group_name="duplicates",
            kinds={"python", "duckdb"},
            description="Verified pairs of articles that share text, with kind, measures and passages.",
        ),
        dg.AssetSpec(
            "article_clusters",
            deps=["signatures"],
            group_name="duplicates",
            kinds={"python", "duckdb"},
            description="Which articles are copies of one text, its first report and its latest version.",
        ),
    ]
)
def duplicate_articles(desk: LoadResource) -> Iterator[dg.MaterializeResult]:
    """Candidates from bands and sketches, verified on the full texts, clustered without chaining."""
    load = desk.load
    duplicates.pairs_and_clusters(load)
    kinds = counts(load, "duplicate_pairs", "kind")
    yield dg.MaterializeResult(
        "duplicate_pairs", metadata=table_metadata(load, "duplicate_pairs", "kind, jaccard, reason, a_id, b_id", kinds=kinds)
    )
    yield dg.MaterializeResult(
        "article_clusters", metadata=table_metadata(load, "article_clusters", "size, cluster_id, article_id")
    )


@dg.asset(name="quotes", deps=["articles"], group_name="quotes", kinds={"python", "duckdb"})
def quotes_asset(desk: LoadResource) -> dg.MaterializeResult:
    """Who said what in every article, with cue, mention and resolved name."""
    quotes.quotes(desk.load)
    shown = "type, speaker_name, speaker_mention, cue, quote"
    types, failed = counts(desk.load, "quotes", "type"), counts(desk.load, "failures", "stage")
    return dg.MaterializeResult(metadata=table_metadata(desk.load, "quotes", shown, types=types, failures=failed))


@dg.asset(deps=["quotes"], group_name="quotes", kinds={"duckdb"})
def speakers(desk: LoadResource) -> dg.MaterializeResult:
    """Who is quoted, one row a name."""
    quotes.speakers(desk.load)
    return dg.MaterializeResult(metadata=table_metadata(desk.load, "speakers", "quotes, name, kind, variants, roles"))


@dg.asset(
    deps=["blocks", "rejects", "duplicate_pairs", "article_clusters", "speakers"],
    group_name="publish",
    kinds={"duckdb"},
)
def published_warehouse(desk: LoadResource) -> dg.MaterializeResult:
    """The file `copydesk.duckdb` that people read, replaced in one step after all checks."""
    replaced = publish.publish_load(desk.load)
    path = desk.load.working.paths.published
    return dg.MaterializeResult(metadata={"path": dg.MetadataValue.path(path), "replaced": replaced, "bytes": path.stat().st_size})


ALL_ASSETS = [documents, cleaned, signatures, duplicate_articles, quotes_asset, speakers, published_warehouse]
