"""Checks on the working file at their assets. What breaks a promise is not published; what is unusual is a warning."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import dagster as dg

from assets.metadata import as_markdown
from assets.resources import LoadResource
from assets.stages.load import Load
from assets.stages.publish import all_checks
from warehouse import Check, warnings_of_files

ROWS_SHOWN = 20


def at_their_asset(asset: str, promised: Sequence[Check]) -> dg.AssetChecksDefinition:
    """The checks of one asset, as one step: what a step costs by itself is more than most of them take."""
    specs = [
        dg.AssetCheckSpec(check.name, asset=asset, blocking=check.blocking, description=f"{check.promise} If not: {check.todo}")
        for check in promised
    ]

    @dg.multi_asset_check(name=f"checks_of_{asset}", specs=specs, can_subset=True)
    def checks(context: dg.AssetCheckExecutionContext, desk: LoadResource) -> Iterator[dg.AssetCheckResult]:
        wanted = {key.name for key in context.selected_asset_check_keys}
        yield from (_result(desk.load, check) for check in promised if check.name in wanted)

    return checks


def _result(load: Load, check: Check) -> dg.AssetCheckResult:
    """How many rows break a promise, with the first of them, the query for all, and what to do."""
    count = load.working.count(check.query)
    metadata: dict[str, dg.MetadataValue] = {"rows_that_break_it": dg.MetadataValue.int(count)}
    if count:
        rows = load.working.table(f"SELECT * FROM ({check.query}) LIMIT {ROWS_SHOWN}")
        metadata |= {
            "rows": dg.MetadataValue.md(as_markdown(rows)),
            "query": dg.MetadataValue.md(f"```sql\n{check.query}```"),
            "what_to_do": dg.MetadataValue.text(check.todo),
        }
    severity = dg.AssetCheckSeverity.ERROR if check.blocking else dg.AssetCheckSeverity.WARN
    return dg.AssetCheckResult(
        passed=count == 0, asset_key=check.asset, check_name=check.name, severity=severity, metadata=metadata
    )


def _asset(check: Check) -> str:
    return check.asset


ALL_CHECKS = [
    at_their_asset(asset, list(promised))
    for asset, promised in groupby(sorted([*all_checks(), *warnings_of_files()], key=_asset), key=_asset)
]
