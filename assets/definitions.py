"""What Dagster loads: assets, checks, job, schedule, sensor. One process for all steps, see docs/architecture.md."""

import dagster as dg

from assets.automation import automated
from assets.checks import ALL_CHECKS
from assets.resources import LoadResource
from assets.tables import ALL_ASSETS

# Of a run, the terminal in which the pages were started shows what went wrong; the page of the run shows all.
console = dg.LoggerDefinition(
    dg.colored_console_logger.logger_fn,
    config_schema={
        "log_level": dg.Field(str, default_value="WARNING", is_required=False),
        "name": dg.Field(str, default_value="dagster", is_required=False),
    },
    description="Logs to the terminal, warnings and failures unless log_level says otherwise.",
)

desk = LoadResource()
job, schedule, sensor = automated(desk, dg.AssetSelection.all())

defs = dg.Definitions(
    assets=ALL_ASSETS,
    asset_checks=ALL_CHECKS,
    jobs=[job],
    schedules=[schedule],
    sensors=[sensor],
    resources={"desk": desk},
    loggers={"console": console},
    executor=dg.in_process_executor,
)
