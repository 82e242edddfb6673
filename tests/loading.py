"""Loads in tests: the stages in the order of the assets, without Dagster's start-up; and tables to compare."""

from pathlib import Path

from assets.stages.catalogue import CATALOGUE
from assets.stages.load import Load
from assets.stages.open import open_load
from assets.stages.runner import read_corpus, run_all, run_stage
from warehouse import WarehousePaths, sql_names


def load_folder(warehouse: Path, *roots: Path, load_id: str = "load") -> dict[str, list[tuple]]:
    """Load, publish, and give all published tables."""
    with open_load(WarehousePaths(warehouse), load_id, 0) as load:
        run_all(load, roots)
        return tables(load)


def load_unpublished(warehouse: Path, *roots: Path, load_id: str = "load") -> None:
    """All of a load but its last step, for where another load follows."""
    with open_load(WarehousePaths(warehouse), load_id, 0) as load:
        read_corpus(load, roots)
        for declared in CATALOGUE:
            run_stage(load, declared)


def tables(load: Load) -> dict[str, list[tuple]]:
    """Every table without what depends on the run or the clock, rows in order."""
    return {name: _rows(load, name) for name in sql_names("tables") if name != "loads"}


def _rows(load: Load, table: str) -> list[tuple]:
    columns = [
        name
        for (name,) in load.working.rows(
            f"SELECT column_name FROM duckdb_columns() WHERE table_name = '{table}' AND database_name = current_database()"
        )
    ]
    kept = ", ".join(name for name in columns if name != "load_id" and not name.endswith("_at"))
    return load.working.rows(f"SELECT {kept} FROM {table} ORDER BY ALL")
