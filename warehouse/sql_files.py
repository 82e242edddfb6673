"""Reads the `.sql` files: one per table, view, query and check, named by its path below `sql/`."""

from __future__ import annotations

import hashlib
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


def rows_that_break(check: str) -> str:
    """The query that counts the rows which break an invariant of `sql/checks/`."""
    return f"SELECT count(*) FROM ({named_sql(f'checks/{check}')})"


@cache
def published_form() -> str:
    """Changes where any table or view that people read is declared or described in another way."""
    declared = [named_sql(f"{folder}/{name}") for folder in ("tables", "views") for name in sql_names(folder)]
    return hashlib.sha256("\n".join(declared).encode()).hexdigest()[:16]
