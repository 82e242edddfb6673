"""`copydesk duplicates`: texts to verified pairs and clusters, or to the articles of a warehouse that they match."""

import argparse
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets.commands.rows import encodable, optional_text, progress, read_rows, text_problem, write_rows
from assets.errors import CommandError
from pipelines.duplicates import find_duplicates, match_against
from pipelines.schemas import COMPARED, SIGNATURES
from pipelines.vocabulary import RejectReason

PAIR_FIELDS = ("kind", "jaccard", "containment_a", "containment_b")


def run(options: argparse.Namespace) -> int:
    articles, rejected = _read(options.input)
    if options.against:
        pairs = _match(articles, Path(options.against))
        write_rows(options.output, [*(_pair(row) for row in pairs.to_pylist()), *rejected])
        progress(f"{pairs.num_rows} matches for {articles.num_rows} texts")
        return 0
    try:
        found = find_duplicates(articles)
    except ValueError as error:
        raise CommandError(str(error)) from error
    write_rows(options.output, (_pair(row) for row in found.pairs.to_pylist()))
    if options.clusters:
        write_rows(options.clusters, [*found.clusters.select(["id", "cluster_id", "canonical_id"]).to_pylist(), *rejected])
    clusters = found.clusters.num_rows - len(pc.unique(found.clusters["cluster_id"]))
    progress(
        f"{found.pairs.num_rows} pairs in {articles.num_rows} texts, {clusters} of them copies; {len(rejected)} rows could not be read"
    )
    return 0


def _pair(row: dict[str, Any]) -> dict[str, Any]:
    extra = [
        {"start": p["a_start"], "end": p["a_end"], "b_start": p["b_start"], "b_end": p["b_end"]} for p in row.get("passages") or []
    ]
    return {
        "a_id": row["a_id"],
        "b_id": row["b_id"],
        **{field: row[field] for field in PAIR_FIELDS},
        "reason": row["reason"],
        "passages": extra,
    }


def _read(path: str) -> tuple[pa.Table, list[dict[str, Any]]]:
    """The texts, in input order, and a row for each that cannot be compared. Raises CommandError where ids repeat."""
    if path.endswith(".parquet"):
        return _read_parquet(path), []
    rows, taken, rejected = read_rows(path), [], []
    for place, row in enumerate(rows):
        problem = row.reject or _id_problem(row.id) or text_problem(row.fields, ("text",))
        if problem:
            rejected.append({"id": row.id, "cluster_id": None, "canonical_id": None, "reject": problem})
            continue
        fields = row.fields
        taken.append(
            {
                "id": str(row.id),
                "text": encodable(fields["text"]),
                "publisher": optional_text(fields.get("publisher")),
                "date": optional_text(fields.get("date")),
            }
        )
        _ = place
    return pa.Table.from_pylist(taken, schema=COMPARED), rejected


def _id_problem(value: Any) -> dict[str, str] | None:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return None
    return {
        "reason": str(RejectReason.BAD_VALUE),
        "message": f"id is {value!r}; allowed is a string or a whole number. Give each row an id of its own",
    }


def _read_parquet(path: str) -> pa.Table:
    try:
        names = pq.read_schema(path).names
        table = pq.read_table(path, columns=[name for name in COMPARED.names if name in names])
    except (OSError, pa.ArrowInvalid) as error:
        raise CommandError(
            f"cannot read {path!r} as Parquet ({error}): give a Parquet file with the columns id and text"
        ) from error
    for needed in ("id", "text"):
        if needed not in table.column_names:
            raise CommandError(f"{path!r} has no column {needed!r}, only {names}: give at least id and text")
    columns = {}
    for field in COMPARED:
        column = table[field.name] if field.name in table.column_names else pa.nulls(table.num_rows, pa.string())
        columns[field.name] = column.cast(field.type)
    columns["text"] = pc.fill_null(columns["text"], "")
    return pa.table(columns).cast(COMPARED)


def _match(articles: pa.Table, warehouse: Path) -> pa.Table:
    """Compare with the articles of a published file, opened for reading only."""
    import duckdb

    file = warehouse / "copydesk.duckdb" if warehouse.is_dir() else warehouse
    if not file.exists():
        raise CommandError(
            f"no warehouse at {str(file)!r}: give a published copydesk.duckdb or its folder; `copydesk load` makes one"
        )
    with duckdb.connect(str(file), read_only=True) as connection:
        signatures = connection.sql(
            "SELECT article_id AS id, * EXCLUDE article_id FROM signatures ORDER BY article_id"
        ).to_arrow_table()
        columns = "article_id AS id, body AS text, publisher, strftime(date, '%Y-%m-%d') AS date"
        meta = connection.sql(f"SELECT {columns.replace('body AS text, ', '')} FROM articles ORDER BY article_id").to_arrow_table()

        def texts_of(ids: list[str]) -> pa.Table:
            wanted = pa.table({"id": pa.array(ids, pa.string())})
            connection.register("wanted", wanted)
            query = f"SELECT {columns} FROM articles WHERE article_id IN (SELECT id FROM wanted) ORDER BY article_id"
            return connection.sql(query).to_arrow_table().cast(COMPARED)

        return match_against(articles, signatures.cast(SIGNATURES), meta, texts_of)
