"""Checks on the working file. All of them block: what breaks one is not published."""

import dagster as dg

from assets.resources import LoadResource
from warehouse import rows_that_break

# Which asset each check of `warehouse/sql/checks/` stands at, and what it promises.
CHECKS = {
    "unique_ids": ("documents", "No id stands twice."),
    "documents_partition": ("rejects", "Every document is in exactly one of articles and rejects."),
    "pairs_verified": ("duplicate_pairs", "Every pair is of two known articles and rests on an exact comparison."),
    "clusters_verified": ("article_clusters", "Every article is in one cluster and verified against its canonical article."),
    "quotes_match_body": ("quotes", "body[start:end] is the quote, the cue and the mention."),
    "quotes_refer": ("speakers", "Every quote's speaker and the quote it continues exist."),
    "known_values": ("speakers", "Kinds and types are of the closed vocabularies."),
}


def _check(name: str, asset: str, promise: str) -> dg.AssetChecksDefinition:
    @dg.asset_check(asset=asset, name=name, blocking=True, description=promise)
    def check(desk: LoadResource) -> dg.AssetCheckResult:
        count = desk.load.working.value(rows_that_break(name))
        return dg.AssetCheckResult(passed=count == 0, metadata={"rows_that_break_it": count})

    return check


ALL_CHECKS = [_check(name, asset, promise) for name, (asset, promise) in CHECKS.items()]
