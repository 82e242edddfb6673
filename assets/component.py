"""Copydesk as a Dagster component: another Dagster project adds it with a few lines of YAML. What it adds is declared elsewhere."""

import dagster as dg
from pydantic import Field

from assets.automation import automated
from assets.checks import ALL_CHECKS
from assets.errors import CommandError
from assets.resources import LoadResource
from assets.settings import known_languages
from assets.tables import ALL_ASSETS

PREFIX = "copydesk_"


class CopydeskComponent(dg.Component, dg.Model, dg.Resolvable):
    """Loads folders of news articles into one DuckDB file: clean articles, what is a copy of what, who said what.

    Adds the assets with their checks, and a job, a schedule and a sensor for it, whose names begin with `copydesk_`. Paths count from the
    project's folder.
    """

    corpus: list[str] = Field(description="Folders with articles, such as data/articles.", min_length=1)
    target: str = Field(description="Folder of the warehouse: copydesk.duckdb and report.html are written there.")
    languages: list[str] = Field(
        default_factory=list,
        description="Codes of the languages to load, such as en; articles in others become rejects. Empty: any language.",
    )
    engine: str = Field(
        default="", description="What stages run on: local, spark, or spark:MASTER; this machine alone where empty."
    )
    automatic: bool = Field(default=False, description="Load what is new by itself: schedule and sensor are on from the start.")

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:
        known = known_languages()
        unknown = [code for code in self.languages if code not in known]
        if unknown:
            raise CommandError(
                f"languages: {', '.join(unknown)} is not known; known are {', '.join(known)}: correct it, or leave it out"
            )
        root = context.project_root
        desk = LoadResource(
            corpus=[str(root / folder) for folder in self.corpus],
            warehouse=str(root / self.target),
            engine=self.engine,
            languages=self.languages,
        )
        keys = [key for definition in ALL_ASSETS for key in definition.keys]
        job, schedule, sensor = automated(desk, dg.AssetSelection.assets(*keys), PREFIX, self.automatic)
        return dg.Definitions(
            assets=ALL_ASSETS,
            asset_checks=ALL_CHECKS,
            jobs=[job],
            schedules=[schedule],
            sensors=[sensor],
            resources={"desk": desk},
        )
