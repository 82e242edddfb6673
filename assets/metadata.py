"""What assets show in the UI beside their name: row counts and a look at the rows."""

import dagster as dg

from assets.stages.catalogue import Shown
from assets.stages.load import Load

PREVIEW_ROWS = 8
CELL_CHARACTERS = 80


def table_metadata(load: Load, shown: Shown) -> dict[str, dg.MetadataValue]:
    """Row count, preview and counts of a table of the working file."""
    return {
        "dagster/row_count": dg.MetadataValue.int(load.working.value(f"SELECT count(*) FROM {shown.table}")),
        "preview": dg.MetadataValue.md(preview(load, shown)),
        **{name: dg.MetadataValue.text(counts(load, rows, column)) for name, (rows, column) in shown.counts.items()},
    }


def preview(load: Load, shown: Shown) -> str:
    """The first rows as a Markdown table, long cells cut."""
    rows = load.working.table(f"SELECT {shown.columns} FROM {shown.table} ORDER BY ALL LIMIT {PREVIEW_ROWS}")
    lines = [rows.column_names, ["---"] * rows.num_columns, *(row.values() for row in rows.to_pylist())]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


def counts(load: Load, rows: str, column: str) -> str:
    """How often each value of a column occurs, as `value count, …`."""
    found = load.working.rows(f"SELECT {column}, count(*) FROM {rows} GROUP BY 1 ORDER BY 2 DESC, 1")
    return ", ".join(f"{value} {count}" for value, count in found) or "none"


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split()).replace("|", "\\|")
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…"
