"""What tables and views hold and checks promise, in their own words: for the UI, docs/tables.md and docs/checks.md. No rows are read here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import duckdb

from warehouse.checks import BROKEN, Check
from warehouse.sql_files import comments, named_sql, sql_names, without_remarks

_PAGE = """# Tables and views

Made from `warehouse/sql/tables` and `warehouse/sql/views` by `COPYDESK_UPDATE_README=1 python -m pytest tests/test_readme.py`; a test holds
it equal. The file says the same of itself: `FROM duckdb_columns()` has a `comment` for each column. What each is for: [warehouse.md](warehouse.md);
questions and their queries: [queries.md](queries.md).
"""

_CHECKS = f"""# Checks

Made from the heads of `warehouse/sql/checks` and `warehouse/sql/warnings` by `COPYDESK_UPDATE_README=1 python -m pytest tests/warehouse/test_checks.py`; a
test holds it equal, another makes each of them fail. All stand at their assets in Dagster's pages, with the first rows that break them, the query for all, and what to do.
The queries run in the published file too.

## What stops a publish

A fault of Copydesk or of the working file; the last good file stays. {BROKEN}

| check | asset | what it promises |
|---|---|---|
"""

_WARNINGS = """
## What is shown only

Unusual, and published all the same: `copydesk load` names them at its end.

| warning | asset | what is usual | if not |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Column:
    """`type` as DuckDB names it. `unique` where it is the whole primary key. Columns of views are `nullable`."""

    name: str
    type: str
    comment: str
    nullable: bool
    unique: bool


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
                scratch.execute(without_remarks(named_sql(f"{folder}/{name}")))
        columns = scratch.execute(
            "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() WHERE NOT internal "
            "ORDER BY table_name, column_index"
        ).fetchall()
        keys = {
            (table, key[0])
            for table, key in scratch.execute(
                "SELECT table_name, constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
            ).fetchall()
            if len(key) == 1
        }
    return {
        name: Relation(
            name,
            folder == "views",
            said.get(None, ""),
            tuple(
                Column(column, kind, said.get(column, ""), nullable, (name, column) in keys)
                for table, column, kind, nullable in columns
                if table == name
            ),
        )
        for folder in ("tables", "views")
        for name in sql_names(folder)
        for said in (comments(f"{folder}/{name}"),)
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


def checks_as_page(checks: Iterable[Check]) -> str:
    """Every check as Markdown, those that stop a publish before warnings."""
    found = list(checks)
    blocking = [f"| `{check.name}` | `{check.asset}` | {check.promise} |\n" for check in found if check.blocking]
    warnings = [f"| `{check.name}` | `{check.asset}` | {check.promise} | {check.todo} |\n" for check in found if not check.blocking]
    return _CHECKS + "".join(blocking) + _WARNINGS + "".join(warnings)
