"""What the working file promises, as queries for the rows that break it. What a check rests on is no business of this module."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from warehouse.sql_files import named_sql, sql_names

_HEAD = re.compile(r"^-- asset: (\w+)\n-- promise: (.+)\n", re.M)


@dataclass(frozen=True)
class Check:
    """`query` finds the rows that break the promise, which stands in the UI at an asset."""

    name: str
    asset: str
    promise: str
    query: str

    @property
    def counting(self) -> str:
        """The query for how many rows break it."""
        return f"SELECT count(*) FROM ({self.query})"


def checks_of_files() -> list[Check]:
    """The checks of `sql/checks/`. Raises ValueError where the head of one is missing."""
    return [_check(name, named_sql(f"checks/{name}")) for name in sql_names("checks")]


def _check(name: str, sql: str) -> Check:
    head = _HEAD.search(sql)
    if head is None:
        raise ValueError(
            f"warehouse/sql/checks/{name}.sql has no head; it has to begin with `-- asset: <asset>` and, in the next line, `-- promise: <sentence>`"
        )
    return Check(name, head[1], head[2], sql)


def known_values(columns: Mapping[tuple[str, str], Collection[str]], asset: str) -> Check:
    """The check that each column, named by table and column, holds only the values given for it, or nothing."""
    parts = [
        f"SELECT '{table}.{column}' AS place, {column} AS value FROM {table} WHERE {column} NOT IN ({_listed(values)})"
        for (table, column), values in sorted(columns.items())
    ]
    promise = "Kinds, types and reasons are of the closed vocabularies."
    return Check("known_values", asset, promise, "\nUNION ALL\n".join(parts))


def _listed(values: Collection[str]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in sorted(values))
