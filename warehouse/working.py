"""The working file: where loads keep their state. Only the process that holds the lock opens it."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from warehouse.counting import Counts
from warehouse.memory import MB_FOR_ANOTHER, Held, memory_mb
from warehouse.packing import add_packing
from warehouse.spans import add_spans
from warehouse.sql_files import compressed, named_sql, sql_names, without_keys, without_remarks

# Readable by DuckDB 1.4 and later, whatever version writes it.
STORAGE_VERSION = "v1.4.0"

# DuckDB writes a group of rows again when one is added to it. With its usual 122,880 that was the whole of most tables: adding 180 articles to 18,072
# rewrote 195 MB, with this 31. Queries of tables of this size also get more than one thread to work for them.
ROWS_IN_GROUP = 8192

# What DuckDB writes at once. With its usual 262,144 a file of three articles has 3.4 MB, with this 0.9; one of 3,000 is 7 % smaller.
BYTES_IN_BLOCK = 65536

ROWS_READ = 1 << 15  # of a result that is read in parts

# Counts up where an older Copydesk could not go on with the file.
FORM = 1

# What the system says of a disk, a share of it or a size of files that is used up.
FULL_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

DISK_FULL = (
    "the disk of {folder!r} is full; what was written before is kept, and the published file is the last good one: make room (a load needs "
    "about as much again as the two files hold), and load again"
)

# Tables that cannot be made again from others: new columns are added to them. All others are dropped when their columns change.
# `rejects` are those of files that may be gone.
SOURCE_TABLES = frozenset({"documents", "document_revisions", "loads", "rejects", "places", "roots", "state", "moved", "dropped"})

# Tables whose key is held by an index, since rows are put in the place of those that are there by it. All others are written without: an index
# of texts takes as much room as the rows of some tables, and the check `unique_ids` holds their keys before they are published.
INDEXED = frozenset(
    {"loads", "document_revisions", "rejects", "state", "roots", "files", "correction_files", "arrivals", "moved", "dropped"}
)


@dataclass(frozen=True)
class WarehousePaths:
    """Where the files of one warehouse are."""

    folder: Path

    @property
    def working(self) -> Path:
        return self.folder / "working.duckdb"

    @property
    def published(self) -> Path:
        return self.folder / "copydesk.duckdb"

    @property
    def previous(self) -> Path:
        return self.folder / "copydesk.previous.duckdb"

    @property
    def report(self) -> Path:
        return self.folder / "report.html"

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus.txt"

    @property
    def engine(self) -> Path:
        """Steps and tables of loads over an engine."""
        return self.folder / "engine"

    @property
    def lock(self) -> Path:
        return self.folder / ".lock"


# Names and types of the columns of tables, by schema and table.
Columns = Mapping[tuple[str, str], Sequence[tuple[str, str]]]


class WorkingFileError(RuntimeError):
    """The working file cannot be opened; the message says why and what to do."""


class WorkingFile:
    """A connection to the working file, with its tables made or brought up to date.

    Raises WorkingFileError where it is damaged, or another process has it open.
    """

    def __init__(self, paths: WarehousePaths) -> None:
        self.paths, self._counts = paths, Counts()
        paths.folder.mkdir(parents=True, exist_ok=True)
        self._connection = self._connect()
        try:
            self._refuse_newer()
            self._make_tables()
        except duckdb.Error as error:
            self._connection.close()
            raise WorkingFileError(why_broken(paths.working, error)) from error
        except WorkingFileError:
            self._connection.close()
            raise

    def _connect(self) -> duckdb.DuckDBPyConnection:
        try:
            connection = open_to_write(self.paths.working)
        except duckdb.Error as error:
            raise WorkingFileError(why_broken(self.paths.working, error)) from error
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET enable_progress_bar = false")
        self._held = Held(connection)
        return connection

    def close(self) -> None:
        self._connection.close()

    def give_back(self) -> None:
        """Let go of the memory in which DuckDB keeps what it has read, before something else takes long or needs much."""
        self._held.give_back()

    def renew(self) -> None:
        """Close the connection and open it again: with it goes what DuckDB's allocators keep of work that is over (60 MB after 18,000 articles)."""
        with self.released():
            pass

    @contextmanager
    def for_another(self) -> Iterator[None]:
        """DuckDB takes less memory while another process works on what it reads, or what that made is written."""
        self._held.allow(MB_FOR_ANOTHER)
        try:
            yield
        finally:
            self._held.allow(memory_mb())

    @contextmanager
    def released(self) -> Iterator[None]:
        """Close the connection, so that the file on disk is whole, and open it again after: also where the disk was full, as DuckDB works on with no
        file of which it could not write that."""
        try:
            try:
                self._connection.execute("CHECKPOINT")
                self._held.give_back()
            finally:
                self._connection.close()
            yield
        finally:
            self._connection = self._connect()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written, or nothing."""
        self._connection.execute("BEGIN TRANSACTION")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            self._counts = Counts()
            raise
        self._connection.execute("COMMIT")

    def run(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None, **tables: pa.Table) -> None:
        """Execute SQL; Arrow tables given by name can be read in it as views of these names."""
        with self._registered(tables):
            self._counts.note(sql)
            self._connection.execute(sql, parameters)

    def table(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None, **tables: pa.Table) -> pa.Table:
        """The result of a query as an Arrow table."""
        with self._registered(tables):
            return self._connection.sql(sql, params=parameters).to_arrow_table()

    @contextmanager
    def reader(
        self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None, **tables: pa.Table
    ) -> Iterator[tuple[pa.Schema, Iterator[pa.RecordBatch]]]:
        """The result of a query while it is read, `ROWS_READ` rows at a time; nothing else is asked for meanwhile."""
        with self._registered(tables):
            rows = self._connection.sql(sql, params=parameters).to_arrow_reader(ROWS_READ)
            yield rows.schema, self._held.between(rows)

    def rows(
        self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None, **tables: pa.Table
    ) -> list[tuple[Any, ...]]:
        """The result of a query as tuples."""
        with self._registered(tables):
            return self._connection.execute(sql, parameters).fetchall()

    def value(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None, **tables: pa.Table) -> Any:
        """The first column of the first row."""
        return self.rows(sql, parameters, **tables)[0][0]

    def count(self, query: str) -> int:
        """How many rows a query without parameters has, known from the last time where nothing that it reads was written since."""
        return self._counts.of(query, lambda: self.value(f"SELECT count(*) FROM ({query})"))

    def append(self, table: str, rows: pa.Table) -> None:
        """Append rows by column name; a key that is there already is an error."""
        if rows.num_rows:
            self.run(f"INSERT INTO {table} BY NAME SELECT * FROM incoming", incoming=rows)

    def delete(self, table: str, column: str, ids: pa.Table) -> None:
        """Delete the rows whose `column` is in the first column of `ids`."""
        if ids.num_rows:
            self.run(f"DELETE FROM {table} WHERE {column} IN (SELECT {ids.column_names[0]} FROM doomed)", doomed=ids)

    def replace_table(self, table: str, rows: pa.Table) -> None:
        """Put `rows` in the place of all rows; only those that differ are written, since rows cost more to write than to compare."""
        gone, added = self.differing(table, rows)
        self.delete(table, "rowid", gone)
        self.append(table, added)

    def differing(self, table: str, rows: pa.Table, among: str = "true", **tables: pa.Table) -> tuple[pa.Table, pa.Table]:
        """The rowids of those rows of a table, `among` which to look, that are not in `rows`; and the rows that are not in the table."""
        if not self.value(f"SELECT count(*) FROM {table}"):
            return pa.table({"row": pa.array([], pa.int64())}), rows
        equal = " AND ".join(f'old."{name}" IS NOT DISTINCT FROM new."{name}"' for name in rows.column_names)
        found = self.table(
            f"SELECT old.row, new.* FROM (SELECT true AS is_new, * FROM incoming) AS new "
            f"FULL JOIN (SELECT rowid AS row, * FROM {table} WHERE {among}) AS old ON {equal} WHERE old.row IS NULL OR new.is_new IS NULL",
            incoming=rows,
            **tables,
        )
        is_new = found["is_new"].is_valid()
        gone, added = found.filter(pc.invert(is_new)).select(["row"]), found.filter(is_new).select(rows.column_names)
        return gone, added

    def columns(self, table: str) -> list[tuple[str, str]]:
        """Names and types of the columns of a table that is not internal."""
        return columns_of(self._connection)["main", table]

    def state(self, key: str) -> str | None:
        found = self.rows("SELECT value FROM internal.state WHERE key = ?", [key])
        return found[0][0] if found else None

    def set_state(self, key: str, value: str) -> None:
        self.run("INSERT OR REPLACE INTO internal.state VALUES (?, ?)", [key, value])

    @contextmanager
    def _registered(self, tables: Mapping[str, pa.Table]) -> Iterator[None]:
        for name, table in tables.items():
            self._connection.register(name, table)
        try:
            yield
        finally:
            for name in tables:
                with suppress(duckdb.TransactionException):  # a statement that failed: the view goes with the transaction
                    self._connection.unregister(name)
            self._held.give_back_much()

    def _refuse_newer(self) -> None:
        if ("internal", "state") in columns_of(self._connection) and (form := self.state("form")) and int(form) > FORM:
            raise WorkingFileError(
                f"the working file {str(self.paths.working)!r} is of form {form}, and this Copydesk knows those up to {FORM}: a newer one wrote "
                "it. Upgrade Copydesk, or give another folder with --warehouse"
            )

    def _make_tables(self) -> None:
        self._connection.execute("CREATE SCHEMA IF NOT EXISTS internal")
        there = columns_of(self._connection)
        wanted = declared_columns() if there else {}
        older = {name for (name,) in self.rows(_INDEXED_TABLES)} - INDEXED | {name for (name,) in self.rows(_UNCOMPRESSED_TABLES)}
        with self.transaction():
            for folder in ("internal", "tables"):
                for name in sql_names(folder):
                    schema = "internal" if folder == "internal" else "main"
                    self._bring_up_to_date(schema, name, wanted, there)
                    if name in older:
                        self._connection.execute(f"ALTER TABLE {schema}.{name} RENAME TO made_before")
                    self._connection.execute(declaration(folder, name))
                    if name in older:
                        self._connection.execute(f"INSERT INTO {schema}.{name} BY NAME FROM {schema}.made_before")
                        self._connection.execute(f"DROP TABLE {schema}.made_before")
        with self.transaction():
            self.run("INSERT OR IGNORE INTO internal.state VALUES ('made', CAST(uuid() AS VARCHAR))")
            if self.state("form") != str(FORM):
                self.set_state("form", str(FORM))
            for name in sql_names("views"):
                self._connection.execute(without_remarks(named_sql(f"views/{name}")))

    def _bring_up_to_date(self, schema: str, name: str, wanted: Columns, there: Columns) -> None:
        have = there.get((schema, name))
        if have is None or list(have) == list(want := wanted[schema, name]):
            return
        if name in SOURCE_TABLES:
            for column, kind in want:
                if column not in dict(have):
                    self._connection.execute(f'ALTER TABLE {schema}.{name} ADD COLUMN "{column}" {kind}')
                elif dict(have)[column] != kind:
                    self._connection.execute(f'ALTER TABLE {schema}.{name} ALTER COLUMN "{column}" SET DATA TYPE {kind}')
            return
        for view in sql_names("views"):
            self._connection.execute(f"DROP VIEW IF EXISTS {view}")
        self._connection.execute(f"DROP TABLE {schema}.{name}")
        self._connection.execute(declaration("internal" if schema == "internal" else "tables", name))
        if name != "ledger" and ("internal", "ledger") in there:
            self._connection.execute(named_sql("ledger/forget_all"))


_INDEXED_TABLES = (
    "SELECT table_name FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY' AND database_name = current_database()"
)

# Those that an older Copydesk made, whose texts would take more room than before if DuckDB were left to choose.
_UNCOMPRESSED_TABLES = (
    "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() "
    "AND regexp_matches(sql, '(VARCHAR|BLOB)[ ,)]') AND NOT contains(sql, 'COMPRESSION')"
)


def declaration(folder: str, name: str) -> str:
    """How the working file has a table of `sql/<folder>`; what columns mean, the published one says."""
    declared = compressed(without_remarks(named_sql(f"{folder}/{name}")))
    return declared if name in INDEXED else without_keys(declared)


def open_to_write(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a warehouse file that keeps to our groups of rows: with DuckDB's own a checkpoint would put them together again."""
    connection = duckdb.connect(config={"temp_directory": f"{path}.tmp", "memory_limit": f"{memory_mb()}MB"})
    try:
        size = "" if path.exists() else f", BLOCK_SIZE {BYTES_IN_BLOCK}"  # that of a file never changes
        connection.execute(
            f"ATTACH '{quoted(path)}' AS working (STORAGE_VERSION '{STORAGE_VERSION}', ROW_GROUP_SIZE {ROWS_IN_GROUP}{size})"
        )
    except duckdb.Error:
        connection.close()
        raise
    connection.execute("USE working")
    add_spans(connection)
    add_packing(connection)
    return connection


def quoted(path: Path) -> str:
    """A path as it stands between quotation marks in SQL."""
    return str(path).replace("'", "''")


def why_broken(path: Path, error: Exception) -> str:
    """Why a file of the warehouse cannot be opened or used, in words, and what to do about it."""
    first = next(iter(str(error).splitlines()), type(error).__name__)[:300]
    low = str(error).lower()
    if "could not set lock" in low or "conflicting lock" in low:
        return (
            f"another program has the working file {str(path)!r} open ({first}): only loads may open it; close that "
            "program, and read copydesk.duckdb next to it instead"
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return f"DuckDB had too little memory for {str(path)!r} ({first}): end other programs, or take a machine with more, and load again"
    if any(words in low for words in ("no space left", "disk full", "could not write", "file too large", "disk is full")):
        return DISK_FULL.format(folder=str(path.parent))
    if "permission denied" in low or "read-only" in low:
        return f"the file {str(path)!r} cannot be written ({first}): give this user the right to write it and its folder"
    return (
        f"the working file {str(path)!r} cannot be used ({first}): allowed is a DuckDB file that `copydesk load` wrote. "
        "It is damaged; move nothing away: `copydesk rebuild` makes it again from the corpus and the published file, with all older texts"
    )


def columns_of(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Column names and types of every table, by schema and table."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    query = """
        SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns()
        WHERE NOT internal AND database_name = current_database() ORDER BY schema_name, table_name, column_index
    """
    for schema, table, column, kind in connection.execute(query).fetchall():
        found.setdefault((schema, table), []).append((column, kind))
    return found


@cache
def declared_columns() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Column names and types as the `.sql` files declare them."""
    with duckdb.connect(":memory:") as scratch:
        scratch.execute("CREATE SCHEMA internal")
        for folder in ("internal", "tables"):
            for name in sql_names(folder):
                scratch.execute(without_remarks(named_sql(f"{folder}/{name}")))
        return columns_of(scratch)
