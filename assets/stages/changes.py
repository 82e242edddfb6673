"""What a stage gives instead of a whole table, if it knows what changed: which rows are gone, and which are new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pyarrow as pa

_GONE = ".gone"


class Changes(NamedTuple):
    """`gone`: the rowids, one column, of rows that do not stand any more; `added`: rows that are not there yet."""

    gone: pa.Table
    added: pa.Table


def as_tables(made: Mapping[str, pa.Table | Changes]) -> dict[str, pa.Table]:
    """What a stage made as nothing but tables, so that a step can hold it."""
    tables: dict[str, pa.Table] = {}
    for table, rows in made.items():
        if isinstance(rows, Changes):
            tables |= {table: rows.added, table + _GONE: rows.gone}
        else:
            tables[table] = rows
    return tables


def from_tables(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table | Changes]:
    """The other way."""
    return {
        table: Changes(tables[table + _GONE], rows) if table + _GONE in tables else rows
        for table, rows in tables.items()
        if not table.endswith(_GONE)
    }
