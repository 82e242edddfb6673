"""Publishing: a checked copy of the working file takes the place of the file that people read, in one step."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import duckdb

from warehouse import copying
from warehouse.checks import Check, checks_of_files
from warehouse.sql_files import named_sql
from warehouse.working import WarehousePaths, WorkingFile, quoted

# A larger file is known by its size and time stamp alone: reading it would take longer than a load with nothing to do.
CHECKED_BYTES = 64 * 1024 * 1024

# The state that has how many bytes the published file had when all of it was written.
WHOLE_BYTES = "whole_bytes"


class InvariantError(RuntimeError):
    """The working file breaks a promise, so it is not published; the last good file stays."""


class LossError(RuntimeError):
    """The published file holds rows that the working file does not, so it is not replaced; the message says how many and what to do."""


def publish(
    working: WorkingFile,
    read_only_file: bool = False,
    checks: Iterable[Check] | None = None,
    allow_loss: bool = False,
    onto_last: bool = False,
) -> Path:
    """Check, write all but what is internal into a new file, and replace the published one by it. Readers see the old file or the new one.

    `checks` are those of `sql/checks/` where none are given. `read_only_file` makes it mode 0444, for folders that several people share.
    `allow_loss` replaces a file that holds records which the new one does not, and keeps it as `copydesk.previous.duckdb`. `onto_last` says
    that the published file is as the last load left it, and of today's form: the new one is then a copy of it, in which only rows that differ
    are written, unless that does not work. Raises InvariantError and LossError.
    """
    paths = working.paths
    lost = lost_rows(working)
    if lost and not allow_loss:
        raise LossError(
            f"not published, the last good file stays: it holds {lost}, which the working file {str(paths.working)!r} does not know, as after "
            "its loss. Run `copydesk rebuild`, which takes them over, or put the working file back; `copydesk load --allow-loss` publishes without them, and keeps the old file "
            f"as {paths.previous.name}"
        )
    temporary = paths.folder / ".copydesk.duckdb.tmp"
    _remove(temporary)
    refuse_broken(working, checks_of_files() if checks is None else checks)
    try:
        if not (onto_last and _copied_changes(working, temporary)):
            copying.copy_all(working, temporary)
            working.set_state(WHOLE_BYTES, str(temporary.stat().st_size))
        _sync(temporary)
    except BaseException:
        _remove(temporary)
        raise
    if read_only_file:
        temporary.chmod(0o444)
    if lost:
        os.replace(paths.published, paths.previous)
    _replace(temporary, paths)
    return paths.published


def _copied_changes(working: WorkingFile, temporary: Path) -> bool:
    """Whether the new file could be made from the published one."""
    try:
        if copying.copy_changes(working, temporary):
            return True
    except (duckdb.Error, OSError):  # where it lies at the disk or the working file, copying all says so
        pass
    _remove(temporary)
    return False


def refuse_broken(working: WorkingFile, checks: Iterable[Check]) -> None:
    """Raises InvariantError where rows break one of the checks."""
    failures = {check.name: count for check in checks if (count := working.count(check.query))}
    if failures:
        raise InvariantError(
            "not published, the last good file stays: "
            + ", ".join(f"{count} rows break {name}" for name, count in failures.items())
            + ". Run `copydesk load --full-refresh`; if that does not help, report it with these numbers."
        )


def lost_rows(working: WorkingFile) -> str | None:
    """What the published file holds and the working file does not, in words. None where that is nothing, or the file cannot be read."""
    if not working.paths.published.exists():
        return None
    try:
        working.run(f"ATTACH '{quoted(working.paths.published)}' AS published (READ_ONLY)")
    except duckdb.Error:
        return None
    try:
        records, revisions = working.rows(named_sql("queries/lost_rows"))[0]
    except duckdb.Error:  # not a file of ours
        return None
    finally:
        working.run("DETACH published")
    return f"{records} records and {revisions} older texts" if records or revisions else None


def published_stamp(paths: WarehousePaths) -> str:
    """What tells the published file from one that was damaged, edited or taken away: its size, time stamp and, where it has at most
    `CHECKED_BYTES`, its content; and whether a client left a write-ahead log next to it."""
    log = paths.published.with_name(paths.published.name + ".wal")
    try:
        status = paths.published.stat()
        digest = ""
        if status.st_size <= CHECKED_BYTES:
            with paths.published.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return f"{status.st_size} {status.st_mtime_ns} {digest}{' log' if log.exists() else ''}"
    except OSError as error:
        return f"cannot be read: {error.strerror}"


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
