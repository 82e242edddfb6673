"""Dagster assets, checks, schedule, sensor and the command line: thin layers over `pipelines` and `warehouse`."""
