"""The assets: one for each table that the catalogue shows, between the records read and the file published. Thin wrappers around stages."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import dagster as dg
from pydantic import Field

from assets.metadata import table_metadata
from assets.project import corpus_roots
from assets.resources import LoadResource
from assets.stages import runner
from assets.stages.catalogue import CATALOGUE, Declared, Kept, Shown
from assets.stages.corpus import refuse_another, write_name
from assets.stages.publish import publish_load, report_load
from warehouse import description


class LoadConfig(dg.Config):
    """What to load. Nothing needs to be given."""

    paths: list[str] = Field(default_factory=list, description="Folders or files; the configured corpus where empty.")
    full_refresh: bool = Field(default=False, description="Read and make everything again.")


DOCUMENTS = Shown("documents", "publisher, path, record_key, date, raw_text", {"formats": ("documents", "format")})


@dg.asset(group_name="ingest", kinds={"python", "duckdb"}, description=description("tables/documents"))
def documents(config: LoadConfig, desk: LoadResource) -> dg.MaterializeResult:
    if config.full_refresh:
        runner.forget_all(desk.load)
    roots = [Path(path) for path in config.paths] or corpus_roots()
    refuse_another(desk.load, roots)
    runner.read_corpus(desk.load, roots)
    write_name(desk.load)
    return dg.MaterializeResult(metadata=table_metadata(desk.load, DOCUMENTS))


def steps(catalogue: Iterable[Declared]) -> Iterator[tuple[Declared, ...]]:
    """What one step of a run does: a stage, after those before it that show no table. Raises ValueError where the last shows none."""
    waiting: tuple[Declared, ...] = ()
    for declared in catalogue:
        waiting += (declared,)
        if declared.shows:
            yield waiting
            waiting = ()
    if waiting:
        raise ValueError(f"stage {waiting[-1].name!r} is the last of the catalogue and shows no table, so no asset would run it")


def _assets_of(step: tuple[Declared, ...]) -> dg.AssetsDefinition:
    specs = [_spec(shown, step) for shown in step[-1].shows]

    @dg.multi_asset(name=step[-1].name, specs=specs)
    def made(desk: LoadResource) -> Iterator[dg.MaterializeResult]:
        for declared in step:
            runner.run_stage(desk.load, declared)
        for shown in step[-1].shows:
            yield dg.MaterializeResult(shown.table, metadata=table_metadata(desk.load, shown))

    return made


def _spec(shown: Shown, step: tuple[Declared, ...]) -> dg.AssetSpec:
    makes_itself = {shown.table for declared in step for shown in declared.shows}
    reads = {table for declared in step for table in declared.reads} - makes_itself
    python = any(isinstance(declared, Kept) or declared.work for declared in step)
    numba = any("numba" in declared.packages for declared in step)
    return dg.AssetSpec(
        shown.table,
        deps=sorted(reads & ASSET_TABLES),
        group_name=step[-1].group,
        kinds={"duckdb"} | ({"python"} if python else set()) | ({"numba"} if numba else set()),
        description=description(f"tables/{shown.table}"),
    )


ASSET_TABLES = {shown.table for declared in CATALOGUE for shown in declared.shows} | {DOCUMENTS.table}
_STEPS = [_assets_of(step) for step in steps(CATALOGUE)]
_NOT_READ = ASSET_TABLES - {
    key.to_user_string() for step in _STEPS for spec in step.specs for key in [dep.asset_key for dep in spec.deps]
}


@dg.asset(deps=sorted(_NOT_READ), group_name="publish", kinds={"duckdb"})
def published_warehouse(desk: LoadResource) -> dg.MaterializeResult:
    """The file `copydesk.duckdb` that people read, replaced in one step after all checks."""
    replaced = publish_load(desk.load)
    path = desk.load.working.paths.published
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(path),
            "replaced": replaced,
            "bytes": path.stat().st_size,
            "report": dg.MetadataValue.path(desk.load.working.paths.report),
        }
    )


@dg.asset(deps=[published_warehouse], group_name="publish", kinds={"html"})
def report(desk: LoadResource) -> dg.MaterializeResult:
    """The page `report.html` next to the published file: what came in, what was removed, copies, stories and quotes, to search and follow."""
    written = report_load(desk.load)
    path = desk.load.working.paths.report
    return dg.MaterializeResult(
        metadata={"page": dg.MetadataValue.url(path.as_uri()), "written": written, "bytes": path.stat().st_size}
    )


ALL_ASSETS = [documents, *_STEPS, published_warehouse, report]
