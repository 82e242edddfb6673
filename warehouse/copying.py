"""The rows of the working file in other files: all of them in a new one, what changed in a copy of the published one, or as Parquet."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.memory import Held
from warehouse.sql_files import compressed, named_sql, sql_names, without_keys
from warehouse.working import WorkingFile, open_to_write, quoted

# Of all rows, of which more than so many differ it takes longer to write those than to write all.
MOST_CHANGED = 0.3

# The schema for rows of a published file that do not hold all that people read of them, since another table has it.
PARTS = "parts"
_SOURCE = re.compile(rf"\b(FROM|JOIN) (?:{PARTS}\.)?")


def copy_all(working: WorkingFile, path: Path) -> None:
    """Write tables, without keys and what is internal, and views to a new file. Raises duckdb.Error, as where the disk is full."""
    with _written(working, path) as copy:
        copy.execute(f"CREATE SCHEMA {PARTS}")
        for name in Held(copy).between(sql_names("tables")):
            declared = named_sql(f"tables/{name}")
            copy.execute(compressed(without_keys(declared.replace(f" {name}", f" {_place(name)}"))))
            copy.execute(f"INSERT INTO {_place(name)} BY NAME FROM held.{name}")
        for name in sql_names("publish"):
            described = named_sql(f"tables/{name}").partition(";")[2].replace(f"TABLE {name}", f"VIEW {name}")
            copy.execute(f"CREATE VIEW {name} AS {named_sql(f'publish/{name}')}; {described}")
        for name in sql_names("views"):
            copy.execute(named_sql(f"views/{name}"))


def copy_changes(working: WorkingFile, path: Path) -> bool:
    """Write a copy of the published file in which the rows that differ are those of the working file; whether all are there after that.

    They are not where too many differ. Which do shows by 64-bit hashes of the rows of both files, in which the hash of a text stands for it. Tables and views
    have to be of today's form. What was deleted may stay in blocks that are free. Raises duckdb.Error where either file cannot be read or the copy not be
    written, and OSError.
    """
    shutil.copyfile(working.paths.published, path)
    with _written(working, path) as copy:
        wanted = {name: _count(copy, f"held.{name}") for name in sql_names("tables")}
        differing = 0
        for name in Held(copy).between(wanted):
            listed = _columns(copy, name)
            old, new = (f"(SELECT rowid AS row, hash({listed}) AS print FROM {rows})" for rows in (_place(name), f"held.{name}"))
            copy.execute(
                f"CREATE TEMP TABLE differing_{name} AS SELECT old.row AS gone, new.row AS added FROM {old} AS old "
                f"FULL JOIN {new} AS new ON new.print = old.print WHERE old.row IS NULL OR new.row IS NULL"
            )
            differing += _count(copy, f"differing_{name}")
        if differing > MOST_CHANGED * sum(wanted.values()):
            return False
        for name in wanted:
            if _count(copy, f"differing_{name}"):
                copy.execute(f"DELETE FROM {_place(name)} WHERE rowid IN (SELECT gone FROM differing_{name})")
                copy.execute(
                    f"INSERT INTO {_place(name)} BY NAME FROM held.{name} WHERE rowid IN (SELECT added FROM differing_{name})"
                )
        return all(_count(copy, _place(name)) == rows for name, rows in wanted.items())


def copy_to_parquet(working: WorkingFile, folder: Path) -> dict[str, int]:
    """Write every table to a folder of Parquet files, as the published file would have it; how many rows each has."""
    scratch = folder / ".scratch.duckdb"
    rows = {}
    with _written(working, scratch) as copy:
        for name in sql_names("tables"):
            target = f"'{quoted(folder / name)}' (FORMAT parquet, COMPRESSION zstd, PER_THREAD_OUTPUT true)"
            rows[name] = copy.execute(f"COPY ({_rows(name)}) TO {target}").fetchall()[0][0]
    scratch.unlink()
    return rows


@contextmanager
def _written(working: WorkingFile, path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that writes to a file in one transaction, with the working file attached as `held`."""
    with working.released(), open_to_write(path) as copy:
        copy.execute(f"ATTACH '{quoted(working.paths.working)}' AS held (READ_ONLY)")
        copy.execute("BEGIN TRANSACTION")
        yield copy
        copy.execute("COMMIT")
        copy.execute("CHECKPOINT")


def _place(table: str) -> str:
    """Where a published file has the rows of a table: in `PARTS`, where people read them through a view, `sql/publish/<table>.sql`."""
    return f"{PARTS}.{table}" if table in sql_names("publish") else table


def _rows(table: str) -> str:
    """All rows of a table of the working file, as people read them."""
    return _SOURCE.sub(r"\1 held.", named_sql(f"publish/{table}")) if table in sql_names("publish") else f"FROM held.{table}"


def _columns(copy: duckdb.DuckDBPyConnection, table: str) -> str:
    """The columns by which rows of a table differ: all, but those of which another one is the hash."""
    names = [column[0] for column in copy.execute(f"SELECT * FROM {table} LIMIT 0").description or []]
    return ", ".join(f'"{name}"' for name in names if f"{name}_hash" not in names)


def _count(copy: duckdb.DuckDBPyConnection, rows: str) -> int:
    return int(copy.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])
