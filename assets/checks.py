"""Checks on the working file at their assets. What breaks a promise is not published; that little is left of many articles is a warning."""

import dagster as dg

from assets.metadata import rows_of
from assets.resources import LoadResource
from assets.stages.publish import all_checks
from warehouse import Check, named_sql

MOST_CUT_SHORT = 0.1  # share of a publisher's articles that keep less than a third
SHARES = "queries/share_kept"  # of each publisher, those cut short most often first


def _at_its_asset(promised: Check) -> dg.AssetChecksDefinition:
    @dg.asset_check(asset=promised.asset, name=promised.name, blocking=True, description=promised.promise)
    def check(desk: LoadResource) -> dg.AssetCheckResult:
        count = desk.load.working.value(promised.counting)
        return dg.AssetCheckResult(passed=count == 0, metadata={"rows_that_break_it": count})

    return check


@dg.asset_check(
    asset="articles", description="Few articles keep less than a third of the characters in sentences, of every publisher."
)
def sentences_are_kept(desk: LoadResource) -> dg.AssetCheckResult:
    """Warns where cleaning leaves little of the articles of a publisher."""
    rows = desk.load.working.rows(named_sql(SHARES))
    cut_short = [cut for _, _, cut, _ in rows if cut > MOST_CUT_SHORT]
    return dg.AssetCheckResult(
        passed=not cut_short,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"publishers_cut_short": len(cut_short), "by_publisher": dg.MetadataValue.md(rows_of(desk.load, SHARES))},
    )


ALL_CHECKS = [*(_at_its_asset(promised) for promised in all_checks()), sentences_are_kept]
