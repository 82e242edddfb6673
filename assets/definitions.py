"""What Dagster loads: assets, checks, job, schedule, sensor. One process for all steps, see docs/architecture.md."""

import dagster as dg

from assets.automation import automated
from assets.checks import ALL_CHECKS
from assets.resources import LoadResource
from assets.tables import ALL_ASSETS

desk = LoadResource()
job, schedule, sensor = automated(desk, dg.AssetSelection.all())

defs = dg.Definitions(
    assets=ALL_ASSETS,
    asset_checks=ALL_CHECKS,
    jobs=[job],
    schedules=[schedule],
    sensors=[sensor],
    resources={"desk": desk},
    executor=dg.in_process_executor,
)
