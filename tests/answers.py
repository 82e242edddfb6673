"""Queries in pages of the documentation with the answers below them: run, compared, and written again."""

import os
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import duckdb

UPDATE = bool(os.environ.get("COPYDESK_UPDATE_README"))
_ANSWERED = re.compile(r"```sql\n(?P<sql>.*?)```\n\n```text\n(?P<shown>.*?)```", re.S)
_NUMBERS = ("BIGINT", "DOUBLE", "INTEGER", "HUGEINT")


def check_answers(page: Path, answer: Callable[[str], str]) -> int:
    """Asserts that below each query of the page stands what `answer` gives for it. Returns how many there are.

    COPYDESK_UPDATE_README=1 writes the answers again.
    """
    text = page.read_text(encoding="utf-8")
    if UPDATE:
        text = _ANSWERED.sub(lambda m: f"```sql\n{m['sql']}```\n\n```text\n{answer(m['sql'])}```", text)
        page.write_text(text, encoding="utf-8")
    queries = list(_ANSWERED.finditer(text))
    for query in queries:
        assert query["shown"] == answer(query["sql"]), query["sql"]
    return len(queries)


def asked(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """The result of a query as text, numbers to the right."""
    relation = connection.sql(sql)
    right = {place for place, kind in enumerate(relation.types) if str(kind) in _NUMBERS}
    return in_columns(relation.columns, relation.fetchall(), right)


def in_columns(names: Sequence[str], rows: Sequence[Sequence[Any]], right: Collection[int] = ()) -> str:
    """A heading and rows as text in columns; those at the places `right` end together."""
    cells = [list(names), *([_cell(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    aligned = [
        [c.rjust(w) if n in right else c.ljust(w) for n, (c, w) in enumerate(zip(row, widths, strict=True))] for row in cells
    ]
    return "\n".join("  ".join(row).rstrip() for row in aligned) + "\n"


def _cell(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
