"""Checks on the working file at their assets. All of them block: what breaks one is not published."""

import dagster as dg

from assets.resources import LoadResource
from assets.stages.publish import all_checks
from warehouse import Check


def _at_its_asset(promised: Check) -> dg.AssetChecksDefinition:
    @dg.asset_check(asset=promised.asset, name=promised.name, blocking=True, description=promised.promise)
    def check(desk: LoadResource) -> dg.AssetCheckResult:
        count = desk.load.working.value(promised.counting)
        return dg.AssetCheckResult(passed=count == 0, metadata={"rows_that_break_it": count})

    return check


ALL_CHECKS = [_at_its_asset(promised) for promised in all_checks()]
