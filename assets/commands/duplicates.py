"""`copydesk duplicates`: texts to verified pairs and clusters, or to the articles of a warehouse that they match."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets.commands.formats import rows_of
from assets.commands.rows import (
    InputRow,
    Rows,
    all_rejected,
    check_writable,
    counted,
    encodable,
    optional_text,
    progress,
    read_rows,
    refuse_same,
    reject,
    text_problem,
    write_rows,
)
from assets.errors import CommandError, UsageError
from assets.reading import published
from pipelines.duplicates import find_duplicates, match_against
from pipelines.schemas import COMPARED, REJECT, SIGNATURES
from pipelines.vocabulary import RejectReason

PAIR_FIELDS = ("kind", "jaccard", "containment_a", "containment_b")
_PASSAGE = pa.struct([pa.field(name, pa.int64()) for name in ("start", "end", "b_start", "b_end")])
_GIVES = pa.schema(
    [
        *(pa.field(name, pa.null()) for name in ("a_id", "b_id")),
        pa.field("kind", pa.string()),
        *(pa.field(name, pa.float64()) for name in PAIR_FIELDS[1:]),
        pa.field("reason", pa.string()),
        pa.field("passages", pa.list_(_PASSAGE)),
    ]
)
_CLUSTER_GIVES = pa.schema(
    [*(pa.field(name, pa.null()) for name in ("id", "cluster_id", "canonical_id")), pa.field("reject", REJECT)]
)


@dataclass(frozen=True)
class Texts:
    """The texts that can be compared, the ids of all rows as given and in input order, and why some rows cannot be compared."""

    articles: pa.Table
    ids: list[Any]
    problems: dict[int, dict[str, str]]  # by place
    rows: Rows  # what stands in them besides the text; empty where that was not asked for

    @cached_property
    def given(self) -> dict[str, Any]:
        """The ids of the compared rows, by how they are written."""
        return {str(value): value for place, value in enumerate(self.ids) if place not in self.problems}


def run(options: argparse.Namespace) -> int:
    if options.clusters and options.against:
        raise UsageError("--clusters and --against are both given: clusters are of the rows of IN among each other; leave one out")
    if options.clusters and options.clusters == options.output:
        raise UsageError(f"pairs and clusters would both be written to {options.output!r}: give --clusters a file of its own")
    refuse_same(options.input, options.output, options.clusters)
    texts = read_texts(options.input, with_rows=bool(options.clusters))
    for path in filter(None, (options.output, options.clusters)):
        check_writable(path)
    for place, problem in texts.problems.items():
        progress(f"row {place + 1} (id {texts.ids[place]!r}) is not compared: {problem['message']}")
    try:
        if options.against:
            pairs = _match(texts.articles, Path(options.against))
            write_rows(options.output, (_pair(row, texts.given, {}) for row in pairs.to_pylist()), _GIVES)
            progress(f"{counted(pairs.num_rows, 'match', 'matches')} for {counted(texts.articles.num_rows, 'text')}")
            return all_rejected(len(texts.ids), len(texts.problems))
        found = find_duplicates(texts.articles)
    except ValueError as error:
        raise CommandError(str(error)) from error
    write_rows(options.output, (_pair(row, texts.given, texts.given) for row in found.pairs.to_pylist()), _GIVES)
    if options.clusters:
        write_rows(options.clusters, _clusters(texts, found.clusters), _CLUSTER_GIVES, texts.rows)
    copies = found.clusters.num_rows - len(pc.unique(found.clusters["cluster_id"]))
    progress(f"{counted(found.pairs.num_rows, 'pair')} in {counted(texts.articles.num_rows, 'text')}; copies of another: {copies}")
    return all_rejected(len(texts.ids), len(texts.problems))


def _pair(row: dict[str, Any], a_given: dict[str, Any], b_given: dict[str, Any]) -> dict[str, Any]:
    extra = [
        {"start": p["a_start"], "end": p["a_end"], "b_start": p["b_start"], "b_end": p["b_end"]} for p in row.get("passages") or []
    ]
    return {
        "a_id": a_given.get(row["a_id"], row["a_id"]),
        "b_id": b_given.get(row["b_id"], row["b_id"]),
        **{field: row[field] for field in PAIR_FIELDS},
        "reason": row["reason"],
        "passages": extra,
    }


def _clusters(texts: Texts, clusters: pa.Table) -> Iterator[dict[str, Any]]:
    """One row for each input row, in input order, with its fields but the text. A row that cannot be compared stands alone; it has no cluster where it has no id."""
    found = {row["id"]: row for row in clusters.select(["id", "cluster_id", "canonical_id"]).to_pylist()}
    for place, (value, given) in enumerate(zip(texts.ids, texts.rows, strict=True)):
        passed = {name: field for name, field in given.fields.items() if name not in ("id", "text", "reject")}
        if place not in texts.problems:
            row = found[str(value)]
            yield {"id": value, **passed, "cluster_id": row["cluster_id"], "canonical_id": texts.given[row["canonical_id"]]}
            continue
        alone = value if _id_problem(value) is None and str(value) not in texts.given else None
        cluster_id = None if alone is None else str(alone)
        yield {"id": value, **passed, "cluster_id": cluster_id, "canonical_id": alone, "reject": texts.problems[place]}


def read_texts(path: str, with_rows: bool = False) -> Texts:
    """Parquet is known by its name or its first bytes. Of its columns only those that are compared are read, unless `with_rows` asks for all."""
    if path.lower().endswith(".parquet") or _begins_as_parquet(path):
        return _read_parquet(path, with_rows)
    rows = read_rows(path)
    ids = [encodable(row.id) if isinstance(row.id, str) else row.id for row in rows]
    problems = {
        place: problem
        for place, row in enumerate(rows)
        if (problem := row.reject or _id_problem(row.id) or text_problem(row.fields, ("text",)))
    }
    taken = [
        {
            "id": str(ids[place]),
            "text": encodable(row.fields["text"]),
            "publisher": optional_text(row.fields.get("publisher")),
            "date": optional_text(row.fields.get("date")),
        }
        for place, row in enumerate(rows)
        if place not in problems
    ]
    return Texts(pa.Table.from_pylist(taken, schema=COMPARED), ids, problems, rows)


def _begins_as_parquet(path: str) -> bool:
    try:
        with open(path, "rb") as stream:
            return stream.read(4) == b"PAR1"
    except OSError:
        return False


def _id_problem(value: Any) -> dict[str, str] | None:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return None
    return reject(RejectReason.BAD_VALUE, f"id is {value!r}; allowed is a string or a whole number. Give each row an id of its own")


def _read_parquet(path: str, with_rows: bool) -> Texts:
    try:
        names = pq.read_schema(path).names
        table = pq.read_table(path, columns=[name for name in COMPARED.names if name in names])
    except (OSError, pa.ArrowException) as error:
        raise CommandError(
            f"cannot read {path!r} as Parquet ({error}): give a Parquet file with the columns id and text"
        ) from error
    for needed in ("id", "text"):
        if needed not in table.column_names:
            raise CommandError(f"{path!r} has no column {needed!r}, only {names}: give at least id and text")
    columns = {field.name: _as_text(table, field, path) for field in COMPARED}
    ids = table["id"].to_pylist()
    problems = {place: problem for place, value in enumerate(ids) if (problem := _id_problem(value))}
    missing = pc.is_null(columns["text"]).to_pylist()
    problems |= {place: text_problem({}, ("text",)) or {} for place, null in enumerate(missing) if null and place not in problems}
    articles = pa.table(columns).filter(pa.array([place not in problems for place in range(len(ids))], pa.bool_()))
    rows = Rows()
    if with_rows:
        rest = pq.read_table(path, columns=[name for name in names if name != "text"])
        rows = Rows(map(InputRow, rows_of(rest)))
        rows.table = rest
    return Texts(articles.cast(COMPARED), ids, problems, rows)


def _as_text(table: pa.Table, field: pa.Field, path: str) -> pa.ChunkedArray:
    if field.name not in table.column_names:
        return pa.chunked_array([pa.nulls(table.num_rows, field.type)])
    try:
        return table[field.name].cast(field.type)
    except pa.ArrowException as error:
        kind = table[field.name].type
        raise CommandError(
            f"the column {field.name!r} of {path!r} is of type {kind}, which is no text ({error}): write it as string"
        ) from error


def _match(articles: pa.Table, warehouse: Path) -> pa.Table:
    """Compare with the articles of a published file, opened for reading only."""
    file = warehouse / "copydesk.duckdb" if warehouse.is_dir() else warehouse
    with published(file) as connection:
        signatures = connection.sql("SELECT article_id AS id, * EXCLUDE article_id FROM signatures").to_arrow_table()
        columns = "article_id AS id, body AS text, publisher, strftime(date, '%Y-%m-%d') AS date"
        meta = connection.sql(f"SELECT {columns.replace('body AS text, ', '')} FROM articles").to_arrow_table()

        def texts_of(ids: list[str]) -> pa.Table:
            wanted = pa.table({"id": pa.array(ids, pa.string())})
            connection.register("wanted", wanted)
            query = f"SELECT {columns} FROM articles WHERE article_id IN (SELECT id FROM wanted) ORDER BY article_id"
            return connection.sql(query).to_arrow_table().cast(COMPARED)

        return match_against(articles, signatures.cast(SIGNATURES), meta, texts_of)
