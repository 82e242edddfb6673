"""What tables and views hold, in the words of their comments: for the UI and for docs/tables.md. No rows are read here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import duckdb

from warehouse.sql_files import named_sql, sql_names

_PAGE = """# Tables and views

Made from `warehouse/sql/tables` and `warehouse/sql/views` by `COPYDESK_UPDATE_README=1 python -m pytest tests/test_readme.py`; a test holds
it equal. The file says the same of itself: `FROM duckdb_columns()` has a `comment` for each column. What each is for: [warehouse.md](warehouse.md);
questions and their queries: [queries.md](queries.md).
"""


@dataclass(frozen=True)
class Column:
    """`type` as DuckDB names it."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True)
class Relation:
    """A table or a view that people read."""

    name: str
    is_view: bool
    comment: str
    columns: tuple[Column, ...]


@cache
def dictionary() -> dict[str, Relation]:
    """Every table, then every view, by name. A comment that is not there is empty."""
    with duckdb.connect(":memory:") as scratch:
        for folder in ("tables", "views"):
            for name in sql_names(folder):
                scratch.execute(named_sql(f"{folder}/{name}"))
        comments = dict(
            scratch.execute(
                "SELECT table_name, comment FROM duckdb_tables() UNION ALL SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
            ).fetchall()
        )
        columns = scratch.execute(
            "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index"
        ).fetchall()
    return {
        name: Relation(
            name,
            folder == "views",
            comments[name] or "",
            tuple(Column(column, kind, comment or "") for table, column, kind, comment in columns if table == name),
        )
        for folder in ("tables", "views")
        for name in sql_names(folder)
    }


def as_page() -> str:
    """All of it as Markdown."""
    parts = [_PAGE]
    for relation in dictionary().values():
        rows = [f"| `{c.name}` | {c.type} | {c.comment.replace('|', chr(92) + '|')} |" for c in relation.columns]
        parts.append(
            "\n".join(
                [
                    f"## {relation.name}",
                    "",
                    f"{'View. ' if relation.is_view else ''}{relation.comment}",
                    "",
                    "| column | type | what it is |",
                    "|---|---|---|",
                    *rows,
                    "",
                ]
            )
        )
    return "\n".join(parts)
