"""The published file as a folder of Parquet and CSV files, for programs that do not read DuckDB: one for each table, articles by month.

`manifest.json` says what is in the folder: columns with their descriptions, rows, and the hash of each file. `sources.yml` says the same to dbt.
The same published file gives the same bytes. Which folder and which warehouse is no business of this module.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.sql_files import named_sql, sql_names
from warehouse.working import quoted

MANIFEST, SOURCES = "manifest.json", "sources.yml"
MADE_BY = "copydesk export"
FORM = 1  # of the manifest
PARTITIONED, MONTH = "articles", "month"
NO_MONTH = "__HIVE_DEFAULT_PARTITION__"  # what readers of hive-style folders take for null

_PARQUET = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 16384"
_UNFINISHED = ".copydesk-export"
_KEY_COLUMN = re.compile(r"^    (\w+) [\w\[\]]+ PRIMARY KEY", re.M)
_KEY = re.compile(r"^    PRIMARY KEY \(([^)]*)\)", re.M)


class NotOursError(RuntimeError):
    """The folder holds what no export wrote; the message says what to do."""


@dataclass(frozen=True)
class Column:
    """`type` as DuckDB names it."""

    name: str
    type: str
    nullable: bool
    description: str


def export(connection: duckdb.DuckDBPyConnection, folder: Path, csv: bool, version: str) -> dict[str, Any]:
    """Write the tables of a published file into a folder that is new, empty, or an earlier export, and give the manifest.

    Files of an earlier export are replaced, and those that are there no more are removed; files that no export wrote are left alone. Raises NotOursError
    where the folder holds something else, and OSError and duckdb.IOException where it cannot be written.
    """
    earlier = _files_of(folder)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / _UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    try:
        connection.execute("SET threads = 1")  # several write groups of rows in any order
        manifest = _write_all(connection, unfinished, csv, version)
        new = {file["path"] for file in _files(manifest)}
        for path in sorted(new):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(unfinished / path, folder / path)
        for path in earlier - new:
            _remove(folder, path)
        os.replace(unfinished / MANIFEST, folder / MANIFEST)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return manifest


def _files_of(folder: Path) -> set[str]:
    """The files of the export that is in a folder; none where it is empty or not there."""
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise NotOursError(f"{str(folder)!r} is a file: give a folder")
    if all(path.name == _UNFINISHED for path in folder.iterdir()):
        return set()
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["made_by"] == MADE_BY:
            return {path for file in _files(manifest) if _is_inside(path := str(file["path"]))}
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise NotOursError(
        f"{str(folder)!r} is not empty, and what is in it is no export: nothing was written. Give a new or empty folder, or that of an "
        f"earlier export, which has a {MANIFEST}"
    )


def _is_inside(path: str) -> bool:
    return not path.startswith(("/", "\\")) and ".." not in Path(path).parts


def _remove(folder: Path, path: str) -> None:
    """Remove a file, and the folders that are empty then."""
    (folder / path).unlink(missing_ok=True)
    for above in Path(path).parents:
        if above != Path() and (folder / above).is_dir() and not any((folder / above).iterdir()):
            (folder / above).rmdir()


def _files(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {"path": SOURCES}
    for table in manifest["tables"].values():
        yield from table["files"]
        yield from [table["csv"]] if table.get("csv") else []


def _write_all(connection: duckdb.DuckDBPyConnection, folder: Path, csv: bool, version: str) -> dict[str, Any]:
    described = dict(connection.execute("SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal").fetchall())
    tables = {name: _columns(connection, name) for name in sorted(described)}
    manifest: dict[str, Any] = {"made_by": MADE_BY, "form": FORM, "version": version, "tables": {}}
    for name, columns in tables.items():
        manifest["tables"][name] = {
            "description": described[name] or "",
            "rows": connection.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0],
            **({"partitioned_by": MONTH} if name == PARTITIONED else {}),
            "columns": [column.__dict__ for column in columns],
            "files": list(_write_parquet(connection, folder, name)),
            **({"csv": _write_csv(connection, folder, name, columns)} if csv else {}),
        }
    (folder / SOURCES).write_text(_sources(manifest), encoding="utf-8")
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return manifest


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[Column]:
    query = (
        "SELECT column_name, data_type, is_nullable, c.comment FROM duckdb_columns() AS c JOIN duckdb_tables() AS t USING (database_oid, table_oid) "
        "WHERE t.table_name = ? ORDER BY column_index"
    )
    return [
        Column(name, kind, bool(null), comment or "") for name, kind, null, comment in connection.execute(query, [table]).fetchall()
    ]


def _write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path, table: str) -> Iterator[dict[str, Any]]:
    if table != PARTITIONED:
        yield _written(connection, folder, f"{table}.parquet", _ordered(table), _PARQUET)
        return
    months = connection.execute(f"SELECT DISTINCT strftime(date, '%Y-%m') FROM {table} ORDER BY 1 NULLS LAST").fetchall()
    for (month,) in months or [(None,)]:
        where = "date IS NULL" if month is None else f"strftime(date, '%Y-%m') = '{month}'"
        path = f"{table}/{MONTH}={month or NO_MONTH}/{table}.parquet"
        yield _written(connection, folder, path, _ordered(table, where), _PARQUET)


def _write_csv(connection: duckdb.DuckDBPyConnection, folder: Path, table: str, columns: list[Column]) -> dict[str, Any]:
    """Lists and objects as JSON text."""
    nested = [
        f'CAST(to_json("{c.name}") AS VARCHAR) AS "{c.name}"'
        for c in columns
        if c.type.endswith("]") or c.type.startswith("STRUCT")
    ]
    replaced = f"REPLACE ({', '.join(nested)}) " if nested else ""
    query = f"SELECT * {replaced}FROM ({_ordered(table)})"
    return _written(connection, folder, f"csv/{table}.csv", query, "FORMAT csv, HEADER")


def _written(connection: duckdb.DuckDBPyConnection, folder: Path, path: str, query: str, options: str) -> dict[str, Any]:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = connection.execute(f"COPY ({query}) TO '{quoted(file)}' ({options})").fetchall()[0][0]
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"path": path, "rows": rows, "bytes": file.stat().st_size, "sha256": digest}


def _ordered(table: str, where: str = "true") -> str:
    return f'SELECT * FROM "{table}" WHERE {where} ORDER BY {", ".join(_key_of(table)) or "ALL"}'


def _key_of(table: str) -> list[str]:
    """The columns that name a row of a table; none where a row has no name of its own."""
    declared = named_sql(f"tables/{table}") if table in sql_names("tables") else ""
    found = _KEY_COLUMN.search(declared) or _KEY.search(declared)
    return [name.strip() for name in found[1].split(",")] if found else []


# ---------------------------------------------------------------- dbt

_SOURCES_HEAD = """# Made by `copydesk export`: the tables as sources of a dbt project with dbt-duckdb. Copy it to models/, and set COPYDESK_EXPORT to this folder.
version: 2

sources:
  - name: copydesk
    description: Clean articles, duplicates, quotes and stories, as Copydesk published them.
    config:
      meta:
        external_location: "read_parquet('{{ env_var('COPYDESK_EXPORT', '.') }}/{name}.parquet')"
    tables:
"""
_PARTITIONED_LOCATION = "read_parquet('{{ env_var('COPYDESK_EXPORT', '.') }}/{name}/*/*.parquet', hive_partitioning = true)"


def _sources(manifest: dict[str, Any]) -> str:
    lines = []
    for name, table in manifest["tables"].items():
        lines += [f"      - name: {name}", f"        description: {_text(table['description'])}"]
        if "partitioned_by" in table:
            lines += ["        config:", "          meta:", f"            external_location: {_text(_PARTITIONED_LOCATION)}"]
        lines += ["        columns:"]
        key = _key_of(name)
        for column in table["columns"]:
            lines += [f"          - name: {column['name']}", f"            description: {_text(column['description'])}"]
            lines += [f"            data_type: {_text(column['type'])}"]
            tests = ["unique"] if key == [column["name"]] else []
            tests += ["not_null"] if column["name"] in key or not column["nullable"] else []
            lines += [f"            data_tests: [{', '.join(tests)}]"] if tests else []
    return _SOURCES_HEAD + "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """As YAML, which takes strings as JSON writes them."""
    return json.dumps(text, ensure_ascii=False)
