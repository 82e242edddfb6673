"""DuckDB: the working file that loads write, the lock, the published file that people read, and all SQL as files."""

from warehouse.lock import LoadRunningError, exclusive_lock
from warehouse.publish import InvariantError, failed_invariants, publish
from warehouse.reading import open_published
from warehouse.sql_files import named_sql, published_form, rows_that_break, sql_names
from warehouse.working import WarehousePaths, WorkingFile, WorkingFileError

__all__ = [
    "InvariantError",
    "LoadRunningError",
    "WarehousePaths",
    "WorkingFile",
    "WorkingFileError",
    "exclusive_lock",
    "failed_invariants",
    "named_sql",
    "open_published",
    "publish",
    "published_form",
    "rows_that_break",
    "sql_names",
]
