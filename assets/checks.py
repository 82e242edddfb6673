"""Checks on the working file at their assets. What breaks a promise is not published; what is unusual is a warning."""

import dagster as dg

from assets.metadata import as_markdown
from assets.resources import LoadResource
from assets.stages.publish import all_checks
from warehouse import Check, warnings_of_files

ROWS_SHOWN = 20


def at_its_asset(promised: Check) -> dg.AssetChecksDefinition:
    """A check of the working file, with the first rows that break it, the query for all, and what to do."""

    @dg.asset_check(
        asset=promised.asset,
        name=promised.name,
        blocking=promised.blocking,
        description=f"{promised.promise} If not: {promised.todo}",
    )
    def check(desk: LoadResource) -> dg.AssetCheckResult:
        count = desk.load.working.value(promised.counting)
        metadata: dict[str, dg.MetadataValue] = {"rows_that_break_it": dg.MetadataValue.int(count)}
        if count:
            rows = desk.load.working.table(f"SELECT * FROM ({promised.query}) LIMIT {ROWS_SHOWN}")
            metadata |= {
                "rows": dg.MetadataValue.md(as_markdown(rows)),
                "query": dg.MetadataValue.md(f"```sql\n{promised.query}```"),
                "what_to_do": dg.MetadataValue.text(promised.todo),
            }
        severity = dg.AssetCheckSeverity.ERROR if promised.blocking else dg.AssetCheckSeverity.WARN
        return dg.AssetCheckResult(passed=count == 0, severity=severity, metadata=metadata)

    return check


ALL_CHECKS = [at_its_asset(promised) for promised in (*all_checks(), *warnings_of_files())]
