"""DuckDB: the working file that loads write, the lock, the published file that people read, and all SQL as files."""

from warehouse.checks import Check, checks_of_files, known_values, warnings_of_files
from warehouse.lock import LoadRunningError, exclusive_lock
from warehouse.publish import InvariantError, LossError, publish, published_stamp
from warehouse.reading import open_published
from warehouse.sql_files import (
    description,
    named_sql,
    published_form,
    sql_names,
    stage_sql,
    stage_sql_names,
)
from warehouse.working import WarehousePaths, WorkingFile, WorkingFileError

__all__ = [
    "Check",
    "InvariantError",
    "LoadRunningError",
    "LossError",
    "WarehousePaths",
    "WorkingFile",
    "WorkingFileError",
    "checks_of_files",
    "description",
    "exclusive_lock",
    "known_values",
    "named_sql",
    "open_published",
    "publish",
    "published_form",
    "published_stamp",
    "sql_names",
    "stage_sql",
    "stage_sql_names",
    "warnings_of_files",
]
