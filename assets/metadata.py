"""What assets show in the UI beside their name: row counts and a look at the rows."""

import dagster as dg

from assets.stages.load import Load

PREVIEW_ROWS = 8
CELL_CHARACTERS = 80


def table_metadata(load: Load, table: str, columns: str, **extra: int | str) -> dict[str, dg.MetadataValue]:
    """Row count and a preview of `columns` of a table of the working file."""
    count = load.working.value(f"SELECT count(*) FROM {table}")
    return {
        "dagster/row_count": dg.MetadataValue.int(count),
        "preview": dg.MetadataValue.md(preview(load, table, columns)),
        **{
            key: dg.MetadataValue.int(value) if isinstance(value, int) else dg.MetadataValue.text(value)
            for key, value in extra.items()
        },
    }


def preview(load: Load, table: str, columns: str) -> str:
    """The first rows as a Markdown table, long cells cut."""
    rows = load.working.table(f"SELECT {columns} FROM {table} ORDER BY ALL LIMIT {PREVIEW_ROWS}")
    lines = [rows.column_names, ["---"] * rows.num_columns, *(row.values() for row in rows.to_pylist())]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


def counts(load: Load, table: str, column: str) -> str:
    """How often each value of a column occurs, as `value count, …`."""
    rows = load.working.rows(f"SELECT {column}, count(*) FROM {table} GROUP BY 1 ORDER BY 2 DESC, 1")
    return ", ".join(f"{value} {count}" for value, count in rows) or "none"


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split()).replace("|", "\\|")
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…"
