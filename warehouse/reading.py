"""Opening the published file, which a load may replace at any moment."""

from __future__ import annotations

from pathlib import Path

import duckdb

_TRIES = 5


def open_published(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection for reading only. Raises duckdb.Error where the file cannot be read.

    DuckDB opens a file three times, the header before the rest, so a file that is replaced in between would be read in parts of two.
    Where another file stands at the path after opening than before, it is opened again.
    """
    for _ in range(_TRIES - 1):
        before = _identity(path)
        try:
            connection = duckdb.connect(str(path), read_only=True)
        except duckdb.Error:
            if _identity(path) == before:
                raise
            continue
        if _identity(path) == before:
            return connection
        connection.close()
    return duckdb.connect(str(path), read_only=True)


def _identity(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_mtime_ns
