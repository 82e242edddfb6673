"""What assets show in the UI once they are made: row counts, a look at the rows, and figures of them, which are drawn over time."""

import dagster as dg
import pyarrow as pa

from assets.stages.catalogue import Shown
from assets.stages.load import Load
from pipelines.vocabulary import COLUMNS
from warehouse import named_sql, sql_names

PREVIEW_ROWS = 10
QUERY_ROWS = 50
CELL_CHARACTERS = 80


def table_metadata(load: Load, shown: Shown) -> dict[str, dg.MetadataValue]:
    """Row count, preview, counts and figures of a table or view of the working file. A figure that is null is left out."""
    names = ["dagster/row_count", *shown.numbers]
    [numbers] = load.working.rows(f"SELECT {', '.join(['count(*)', *shown.numbers.values()])} FROM {shown.table}")
    figures = dict(zip(names, numbers, strict=True))
    for name, (rows, column) in shown.counts.items():
        figures |= {f"{name}/{value}": count for value, count in counts(load, rows, column).items()}
    return {
        "preview": dg.MetadataValue.md(preview(load, shown)),
        **{name: _number(figure) for name, figure in figures.items() if figure is not None},
        **{name: dg.MetadataValue.md(rows_of(load, query)) for name, query in shown.queries.items()},
    }


def preview(load: Load, shown: Shown) -> str:
    """The rows of `sql/previews/<table>.sql`, where there is none the first of the table, as a Markdown table, long cells cut."""
    written = shown.table in sql_names("previews")
    query = (
        named_sql(f"previews/{shown.table}") if written else f"SELECT {shown.columns} FROM {shown.table} ORDER BY ALL LIMIT $rows"
    )
    return as_markdown(load.working.table(query, {"rows": PREVIEW_ROWS}))


def rows_of(load: Load, query: str) -> str:
    """The first rows of a query, a file of `warehouse/sql`, as a Markdown table; numbers to three places."""
    return as_markdown(load.working.table(named_sql(query)).slice(0, QUERY_ROWS))


def as_markdown(rows: pa.Table) -> str:
    """Rows as a Markdown table, long cells cut."""
    lines = [rows.column_names, ["---"] * rows.num_columns, *(row.values() for row in rows.to_pylist())]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


def counts(load: Load, rows: str, column: str) -> dict[str, int]:
    """How often each value of a column occurs; of one that has a vocabulary also those that do not, so that they are drawn as none."""
    known = dict.fromkeys(sorted(COLUMNS.get((rows, column), ())), 0)
    found = load.working.rows(f"SELECT {column}, count(*) FROM {rows} GROUP BY 1 HAVING {column} IS NOT NULL ORDER BY 1")
    return {str(value): count for value, count in known.items()} | dict(found)


def _number(figure: float) -> dg.MetadataValue:
    return dg.MetadataValue.int(figure) if isinstance(figure, int) else dg.MetadataValue.float(float(figure))


def _cell(value: object) -> str:
    value = round(value, 3) if isinstance(value, float) else value
    text = "" if value is None else " ".join(str(value).split()).replace("|", "\\|")
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…"
