"""Making the working file again: from the published file what the corpus does not hold, or as a copy without what deleted rows left."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.working import WarehousePaths, WorkingFile, columns_of, open_to_write, quoted

# What the corpus may not hold any more: records that are missing, older texts, and what loads did.
KEPT = ("documents", "document_revisions", "loads", "rejects")


def source_of(paths: WarehousePaths) -> Path | None:
    """The file to rebuild from: the published one, else the one before it. None where neither can be read to its end."""
    return next((file for file in (paths.published, paths.previous) if file.exists() and _can_be_read(file)), None)


def rebuild(paths: WarehousePaths, source: Path | None, name_root: Callable[[str], str]) -> int:
    """Replace the working file by a new one with what `source` holds and the corpus may no longer have. Returns the number of its records.

    What stages make is not in it, nor which files were read: the next load makes both. `name_root` gives the name of a corpus folder in the
    working file.
    """
    making = WarehousePaths(paths.folder / ".rebuild")
    shutil.rmtree(making.folder, ignore_errors=True)
    working = WorkingFile(making)
    try:
        records = _take_over(working, source, name_root) if source else 0
    finally:
        working.close()
    for log in (paths.working.with_name(paths.working.name + ".wal"), making.working.with_name(making.working.name + ".wal")):
        log.unlink(missing_ok=True)
    os.replace(making.working, paths.working)
    shutil.rmtree(making.folder, ignore_errors=True)
    return records


def compact(working: WorkingFile) -> None:
    """Write the working file again, without the room and the bytes that deleted rows left."""
    path = working.paths.folder / ".compacted.duckdb"
    path.unlink(missing_ok=True)
    with working.released():
        with open_to_write(path) as copy:
            copy.execute(f"ATTACH '{quoted(working.paths.working)}' AS old (READ_ONLY)")
            copy.execute("COPY FROM DATABASE old TO working")
            copy.execute("CHECKPOINT")
        os.replace(path, working.paths.working)


def _take_over(working: WorkingFile, source: Path, name_root: Callable[[str], str]) -> int:
    working.run(f"ATTACH '{quoted(source)}' AS source (READ_ONLY)")
    with working.transaction():
        for table in KEPT:
            there = {
                name
                for (name,) in working.rows(
                    f"SELECT column_name FROM duckdb_columns() WHERE database_name = 'source' AND table_name = '{table}'"
                )
            }
            columns = [name for name, _ in working.columns(table) if name in there]
            condition = "WHERE stage = 'ingest'" if table == "rejects" else ""
            if columns:
                listed = ", ".join(f'"{name}"' for name in columns)
                working.run(f"INSERT INTO {table} BY NAME SELECT {listed} FROM source.{table} {condition}")
        found = [place for (place,) in working.rows("SELECT DISTINCT found_at FROM documents")]
        roots = pa.table(
            {"place": pa.array(found, pa.string()), "root": pa.array([name_root(place) for place in found], pa.string())}
        )
        working.run("INSERT OR IGNORE INTO internal.roots SELECT root FROM named", None, named=roots)
        places = "SELECT document_id, root, path, record_key FROM documents JOIN named ON place = found_at"
        working.run(f"INSERT INTO internal.places BY NAME {places}", None, named=roots)
        working.run("INSERT INTO internal.dropped SELECT document_id, true FROM rejects WHERE reason = 'forgotten'")
        working.set_state("unpublished", "yes")
    working.run("DETACH source")
    return int(working.value("SELECT count(*) FROM documents"))


def _can_be_read(file: Path) -> bool:
    """Whether all that is taken over can be read, not only the file's head."""
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            for (_, table), columns in columns_of(connection).items():
                if table in KEPT:
                    listed = ", ".join(f'count("{name}"), max(hash("{name}"))' for name, _ in columns)
                    connection.execute(f"SELECT {listed} FROM {table}").fetchall()
            return ("main", "documents") in columns_of(connection)
    except duckdb.Error:
        return False
