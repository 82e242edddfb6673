"""What each asset does: the stages in their order, what is stale of them, and how they are run. Dagster is not known here."""
