"""What assets show in the UI besides their name: row counts, a look at the rows, and figures of them."""

import dagster as dg
import pyarrow as pa

from assets.stages.catalogue import Shown
from assets.stages.load import Load
from warehouse import named_sql

PREVIEW_ROWS = 8
QUERY_ROWS = 50
CELL_CHARACTERS = 80


def table_metadata(load: Load, shown: Shown) -> dict[str, dg.MetadataValue]:
    """Row count, preview, counts and figures of a table of the working file. A number that is null is left out."""
    numbers = {name: load.working.value(f"SELECT {number} FROM {shown.table}") for name, number in shown.numbers.items()}
    return {
        "dagster/row_count": dg.MetadataValue.int(load.working.value(f"SELECT count(*) FROM {shown.table}")),
        "preview": dg.MetadataValue.md(preview(load, shown)),
        **{name: dg.MetadataValue.text(counts(load, rows, column)) for name, (rows, column) in shown.counts.items()},
        **{name: dg.MetadataValue.float(float(number)) for name, number in numbers.items() if number is not None},
        **{name: dg.MetadataValue.md(rows_of(load, query)) for name, query in shown.queries.items()},
    }


def preview(load: Load, shown: Shown) -> str:
    """The first rows as a Markdown table, long cells cut."""
    return as_markdown(load.working.table(f"SELECT {shown.columns} FROM {shown.table} ORDER BY ALL LIMIT {PREVIEW_ROWS}"))


def rows_of(load: Load, query: str) -> str:
    """The first rows of a query, a file of `warehouse/sql`, as a Markdown table; numbers to three places."""
    return as_markdown(load.working.table(named_sql(query)).slice(0, QUERY_ROWS))


def as_markdown(rows: pa.Table) -> str:
    """Rows as a Markdown table, long cells cut."""
    lines = [rows.column_names, ["---"] * rows.num_columns, *(row.values() for row in rows.to_pylist())]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


def counts(load: Load, rows: str, column: str) -> str:
    """How often each value of a column occurs, as `value count, …`."""
    found = load.working.rows(f"SELECT {column}, count(*) FROM {rows} GROUP BY 1 ORDER BY 2 DESC, 1")
    return ", ".join(f"{value} {count}" for value, count in found) or "none"


def _cell(value: object) -> str:
    value = round(value, 3) if isinstance(value, float) else value
    text = "" if value is None else " ".join(str(value).split()).replace("|", "\\|")
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…"
