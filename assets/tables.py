"""The assets: one for each table that the catalogue shows, between the records read and the file published, then its views. Thin wrappers
around stages."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import dagster as dg
from pydantic import Field

from assets.engine.reporting import reported
from assets.metadata import table_metadata
from assets.resources import LoadResource
from assets.specs import OWNERS, links, table_spec
from assets.stages import runner
from assets.stages.catalogue import CATALOGUE, Declared, Shown
from assets.stages.corpus import refuse_another, write_name
from assets.stages.load import Load
from assets.stages.publish import publish_load, report_load
from warehouse import sql_names
from warehouse.sql_files import tables_read


class LoadConfig(dg.Config):
    """What to load. Nothing needs to be given."""

    paths: list[str] = Field(default_factory=list, description="Folders or files; the corpus where empty.")
    full_refresh: bool = Field(default=False, description="Read and make everything again.")
    prune: bool = Field(default=False, description="Drop records that are missing from the corpus, and what was made of them.")
    allow_loss: bool = Field(
        default=False, description="Publish also where the published file holds records that the working file has lost."
    )


# Nothing that came in for so long is as a rule a feed or crawler that stopped. Loads with nothing to do are skipped, so they count as none.
FRESHNESS = dg.FreshnessPolicy.time_window(fail_window=timedelta(days=7), warn_window=timedelta(days=2))

DOCUMENTS = Shown(
    "documents",
    counts={"formats": ("documents", "format")},
    numbers={"missing": "count(*) FILTER (missing)", "publishers": "count(DISTINCT publisher)"},
)
_DOCUMENTS = table_spec(
    "documents",
    folder="tables",
    group="ingest",
    stage="ingest",
    kinds={"python", "duckdb"},
    works=[runner.read_corpus],
    freshness_policy=FRESHNESS,
)


@dg.multi_asset(name="documents", specs=[_DOCUMENTS])
def documents(config: LoadConfig, desk: LoadResource) -> dg.MaterializeResult:
    load, roots = desk.load, [Path(path) for path in config.paths] or desk.roots()
    load.prune, load.allow_loss = load.prune or config.prune, load.allow_loss or config.allow_loss
    if config.full_refresh:
        runner.forget_all(load)
    refuse_another(load, roots)
    runner.read_corpus(load, roots)
    write_name(load)
    return dg.MaterializeResult("documents", metadata=table_metadata(load, DOCUMENTS))


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


def _assets_of(step: tuple[Declared, ...], shown_with: Mapping[str, str]) -> dg.AssetsDefinition:
    specs = [_spec(shown, step, shown_with) for shown in step[-1].shows]

    @dg.multi_asset(name=step[-1].name, specs=specs)
    def made(context: dg.AssetExecutionContext, desk: LoadResource) -> Iterator[dg.MaterializeResult]:
        with reported(context, desk.load) as by_the_engine:
            for declared in step:
                runner.run_stage(desk.load, declared)
        for shown in step[-1].shows:
            yield dg.MaterializeResult(shown.table, metadata=table_metadata(desk.load, shown) | by_the_engine)

    return made


def _spec(shown: Shown, step: tuple[Declared, ...], shown_with: Mapping[str, str]) -> dg.AssetSpec:
    """`shown_with`: the tables that steps before this one fill, each with the asset that it comes with."""
    reads = {shown_with[table] for declared in step for table in declared.reads if table in shown_with}
    works = [declared.work for declared in step if declared.work]
    numba = any("numba" in declared.packages for declared in step)
    return table_spec(
        shown.table,
        folder="tables",
        group=step[-1].group,
        stage=step[-1].name,
        kinds={"duckdb"} | ({"python"} if works else set()) | ({"numba"} if numba else set()),
        deps=reads,
        works=works,
    )


def _all_steps() -> Iterator[dg.AssetsDefinition]:
    """The assets of every step. What reads a table that the UI does not show comes after an asset of the step that fills it."""
    shown_with = {DOCUMENTS.table: DOCUMENTS.table}
    for step in steps(CATALOGUE):
        yield _assets_of(step, dict(shown_with))
        own = [shown.table for shown in step[-1].shows]
        shown_with |= {table: own[0] for declared in step for table in declared.tables if table not in ASSET_TABLES}
        shown_with |= {table: table for table in own}


ASSET_TABLES = {shown.table for declared in CATALOGUE for shown in declared.shows} | {DOCUMENTS.table}
STEPS = list(_all_steps())
_NOT_READ = ASSET_TABLES - {
    key.to_user_string() for step in STEPS for spec in step.specs for key in [dep.asset_key for dep in spec.deps]
}


@dg.asset(
    deps=sorted(_NOT_READ),
    group_name="publish",
    kinds={"duckdb"},
    owners=OWNERS,
    tags={"copydesk/stage": "publish"},
    freshness_policy=FRESHNESS,
    metadata=links("operations", "publish", [publish_load]),
)
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
            "look_at_it": dg.MetadataValue.text(f"duckdb -readonly {path}"),
        }
    )


REPORT = "report"
_REPORT = dg.AssetSpec(
    REPORT,
    deps=[published_warehouse],
    description="The page `report.html` next to the published file: what came in, what was removed, copies, stories and quotes, to search and follow.",
    group_name="publish",
    kinds={"html"},
    owners=OWNERS,
    tags={"copydesk/stage": "report"},
    metadata=links("report", "publish", [report_load]),
)


def _view_spec(view: str) -> dg.AssetSpec:
    read = tables_read(f"views/{view}") & {*ASSET_TABLES, *sql_names("views")} - {view}
    return table_spec(
        view, folder="views", group="views", stage="views", kinds={"duckdb", "view"}, deps={*read, "published_warehouse"}
    )


@dg.multi_asset(name="report_and_views", specs=[_REPORT, *map(_view_spec, sql_names("views"))], can_subset=True)
def report_and_views(context: dg.AssetExecutionContext, desk: LoadResource) -> Iterator[dg.MaterializeResult]:
    """The report, and, asked while it is written, what the views answer: both of the file as it was just published."""
    load, selected = desk.load, sorted(key.to_user_string() for key in context.selected_asset_keys)
    asked: list[dg.MaterializeResult] = []

    def ask() -> None:
        views = (Shown(name) for name in selected if name != REPORT)
        asked.extend(dg.MaterializeResult(view.table, metadata=table_metadata(load, view)) for view in views)

    if REPORT in selected:
        yield _report(load, report_load(load, meanwhile=ask))
    else:
        ask()
    yield from asked


def _report(load: Load, written: bool) -> dg.MaterializeResult:
    page = load.working.paths.report
    return dg.MaterializeResult(
        REPORT, metadata={"page": dg.MetadataValue.url(page.as_uri()), "written": written, "bytes": page.stat().st_size}
    )


ALL_ASSETS = [documents, *STEPS, published_warehouse, report_and_views]
