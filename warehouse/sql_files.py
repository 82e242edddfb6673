"""Reads the `.sql` files: one per table, view, query and check, named by its path below `sql/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "sql"


@cache
def named_sql(name: str) -> str:
    """The text of `sql/<name>.sql`. Raises FileNotFoundError where there is none."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


@cache
def sql_names(folder: str) -> tuple[str, ...]:
    """The names in `sql/<folder>/`, sorted."""
    return tuple(sorted(path.stem for path in (FOLDER / folder).glob("*.sql")))
