"""DuckDB: the working file that loads write, the lock, the published file that people read, and all SQL as files."""

from warehouse.checks import Check, checks_of_files, known_values, warnings_of_files
from warehouse.lock import LoadRunningError, exclusive_lock
from warehouse.packing import unpack
from warehouse.publish import InvariantError, LossError, publish, published_stamp
from warehouse.reading import open_published
from warehouse.rebuilding import compact, rebuild, source_of
from warehouse.sql_files import (
    description,
    named_sql,
    published_form,
    sql_names,
    stage_sql,
    stage_sql_names,
)
from warehouse.working import DISK_FULL, FULL_ERRORS, WarehousePaths, WorkingFile, WorkingFileError, why_broken

__all__ = [
    "DISK_FULL",
    "FULL_ERRORS",
    "Check",
    "InvariantError",
    "LoadRunningError",
    "LossError",
    "WarehousePaths",
    "WorkingFile",
    "WorkingFileError",
    "checks_of_files",
    "compact",
    "description",
    "exclusive_lock",
    "known_values",
    "named_sql",
    "open_published",
    "publish",
    "published_form",
    "published_stamp",
    "rebuild",
    "source_of",
    "sql_names",
    "stage_sql",
    "stage_sql_names",
    "unpack",
    "warnings_of_files",
    "why_broken",
]
