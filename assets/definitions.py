"""What Dagster loads: assets, checks, job, schedule, sensor. One process for all steps, see docs/architecture.md."""

import dagster as dg

from assets.automation import hourly, load_job, new_files
from assets.checks import ALL_CHECKS
from assets.resources import LoadResource
from assets.tables import ALL_ASSETS

defs = dg.Definitions(
    assets=ALL_ASSETS,
    asset_checks=ALL_CHECKS,
    jobs=[load_job],
    schedules=[hourly],
    sensors=[new_files],
    resources={"desk": LoadResource()},
    executor=dg.in_process_executor,
)
