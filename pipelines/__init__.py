"""The text work: pure functions from table to table. No Dagster, no DuckDB, no clock; files are opened in `ingest` only."""
