"""Publishing: a checked copy of the working file takes the place of the file that people read, in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from warehouse.checks import Check, checks_of_files
from warehouse.working import WarehousePaths, WorkingFile, open_to_write


class InvariantError(RuntimeError):
    """The working file breaks a promise, so it is not published; the last good file stays."""


def publish(working: WorkingFile, read_only_file: bool = False, checks: Iterable[Check] | None = None) -> Path:
    """Copy, strip what is internal, check, and replace the published file atomically. Readers see the old file or the new one.

    `checks` are those of `sql/checks/` where none are given. `read_only_file` makes it mode 0444, for folders that several people share. Raises InvariantError.
    """
    paths = working.paths
    temporary = paths.folder / ".copydesk.duckdb.tmp"
    _remove(temporary)
    with working.released():
        shutil.copyfile(paths.working, temporary)
    _strip_and_check(temporary, checks_of_files() if checks is None else checks)
    _sync(temporary)
    if read_only_file:
        temporary.chmod(0o444)
    _replace(temporary, paths)
    return paths.published


def _strip_and_check(path: Path, checks: Iterable[Check]) -> None:
    with open_to_write(path) as copy:
        copy.execute("DROP SCHEMA internal CASCADE")
        failures = {check.name: count for check in checks if (count := copy.execute(check.counting).fetchall()[0][0])}
        copy.execute("CHECKPOINT")
    if failures:
        _remove(path)
        raise InvariantError(
            "not published, the last good file stays: "
            + ", ".join(f"{count} rows break {name}" for name, count in failures.items())
            + ". Run `copydesk load --full-refresh`; if that does not help, report it with these numbers."
        )


def _replace(temporary: Path, paths: WarehousePaths) -> None:
    """A client that wrote to the old file may have left a write-ahead log, which new readers would apply to the new file."""
    foreign_log = paths.published.with_name(paths.published.name + ".wal")
    foreign_log.unlink(missing_ok=True)
    os.replace(temporary, paths.published)
    foreign_log.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
