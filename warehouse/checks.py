"""What the working file promises, as queries for the rows that break it, and what is unusual in it. What a check rests on is no business
of this module."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from warehouse.sql_files import named_sql, sql_names

_HEAD = re.compile(r"\A-- asset: (\w+)\n-- promise: (.+)\n(?:-- do: (.+)\n)?")

BROKEN = "Not published. Run `copydesk load --full-refresh`; if that does not help, report it with the rows."


@dataclass(frozen=True)
class Check:
    """`query` finds the rows that break the promise, which stands in the UI at an asset; `todo` says what one does about them.

    What breaks a promise is not published; a warning, which is not `blocking`, is shown only.
    """

    name: str
    asset: str
    promise: str
    query: str
    todo: str = BROKEN
    blocking: bool = True

    @property
    def counting(self) -> str:
        """The query for how many rows break it."""
        return f"SELECT count(*) FROM ({self.query})"


def checks_of_files() -> list[Check]:
    """The checks of `sql/checks/`, which block publishing. Raises ValueError where the head of one is missing."""
    return [_check("checks", name) for name in sql_names("checks")]


def warnings_of_files() -> list[Check]:
    """Those of `sql/warnings/`, which are shown only. Raises ValueError where the head of one is missing or does not say what to do."""
    return [_check("warnings", name) for name in sql_names("warnings")]


def _check(folder: str, name: str) -> Check:
    sql, blocking = named_sql(f"{folder}/{name}"), folder == "checks"
    head = _HEAD.match(sql)
    if head is None or not (blocking or head[3]):
        raise ValueError(
            f"warehouse/sql/{folder}/{name}.sql has no head; it has to begin with `-- asset: <asset>` and, in the next line, `-- promise: "
            "<sentence>`; a warning also needs `-- do: <what one does about it>`"
        )
    return Check(name, head[1], head[2], sql, head[3] or BROKEN, blocking)


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
