"""Runs the load job in this process, recorded in the project's Dagster instance, so that it appears in the UI's history."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import sqlalchemy.exc

from assets.commands.rows import complain
from assets.definitions import defs
from assets.errors import CommandError
from assets.history import FILES, PROCESS, close_dead_runs, close_stopped_run, drop_old_runs, instance, this_process
from assets.kept_open import kept_open
from assets.project import history_home, ui_command
from assets.stages.ingest import scan_fingerprint
from assets.stages.load import Load
from warehouse import DISK_FULL, FULL_ERRORS, why_broken

PATIENCE = 3.5  # seconds between the signal to stop and the end

# Errors whose message tells a person what to do, and those of the database that say something of a file or the disk.
SAYS_WHAT_TO_DO = (
    "InvariantError",
    "LossError",
    "OtherCorpusError",
    "LoadRunningError",
    "WorkingFileError",
    "LexiconError",
    "ModelError",
    "SettingError",
    "MissingEngineError",
)
DUCKDB_ERRORS = {
    error.__name__: error
    for error in (
        duckdb.IOException,
        duckdb.SerializationException,
        duckdb.InternalException,
        duckdb.FatalException,
        duckdb.OutOfMemoryException,
    )
}


def run_load(load: Load, roots: list[Path], full_refresh: bool) -> bool:
    """Whether all assets were materialized. Shares the load that this process holds. Raises CommandError where a step failed, and
    KeyboardInterrupt where it was stopped."""
    job = defs.resolve_job_def("load")
    config = {
        "ops": {"documents": {"config": {"paths": [str(root) for root in roots], "full_refresh": full_refresh}}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    tags = {PROCESS: this_process(), FILES: scan_fingerprint(roots)}
    try:
        return _run(load, job, config, tags)
    except sqlalchemy.exc.DatabaseError as error:
        raise CommandError(
            f"the run history in {str(history_home(load.working.paths))!r} cannot be written ({error.orig}); the last published file stays: make room on "
            "its disk, or delete its folder .dagster if it is damaged; runs are lost with it, articles are not"
        ) from error


def _run(load: Load, job: dg.JobDefinition, config: dict[str, Any], tags: dict[str, str]) -> bool:
    def last_words() -> None:
        close_stopped_run(history, load.load_id)
        complain("copydesk load: stopped; what was written is kept, the next load goes on from there")

    with instance(load.working.paths) as history, stop_signals(last_words) as stopped:
        close_dead_runs(history)
        try:
            with kept_open(history, load.load_id):
                result = job.execute_in_process(config, instance=history, raise_on_error=False, run_id=load.load_id, tags=tags)
            if not result.success and stopped():
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            close_stopped_run(history, load.load_id)
            raise
        drop_old_runs(history)
    failed = next((event for event in result.all_events if event.is_step_failure), None)
    if failed is not None:
        raise CommandError(_why_failed(load, failed))
    return result.success


def _why_failed(load: Load, event: dg.DagsterEvent) -> str:
    """One message of a failed step, without what only its authors read: that stands in the run."""
    error: Any = getattr(event.event_specific_data, "error", None)
    while error is not None and error.cause is not None:
        error = error.cause
    kind, message = (error.cls_name, error.message.partition(": ")[2].strip()) if error is not None else ("", event.message or "")
    if kind in SAYS_WHAT_TO_DO:
        return message
    working = load.working.paths.working
    if kind == "OSError" and any(f"[Errno {number}]" in message for number in FULL_ERRORS):
        return DISK_FULL.format(folder=str(working.parent))
    if kind in DUCKDB_ERRORS or "Corrupt database file" in message:
        return why_broken(working, DUCKDB_ERRORS.get(kind, duckdb.Error)(message))
    return (
        f"the load failed at {event.step_key} ({kind}: {message.splitlines()[0] if message else ''}); the last published file stays. Load again; if it "
        f"comes back, report it with the run {load.load_id}, which `{ui_command(load.working.paths)}` shows in full"
    )


@contextmanager
def stop_signals(last_words: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Whether the process was asked to stop, even if the handlers of Dagster turned the signal into something else. Main thread only.

    Where the work has not ended `PATIENCE` seconds after the first signal, as in a long step of compiled code, `last_words` are called and the
    process ends: what is written is whole at any moment.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    stopped, ended = threading.Event(), threading.Event()

    def wait() -> None:
        while number := os.read(reader, 1):
            if number[0] in (signal.SIGINT, signal.SIGTERM):
                stopped.set()
                break
        if stopped.is_set() and not ended.wait(PATIENCE):
            last_words()
            os._exit(1)

    watcher = threading.Thread(target=wait, daemon=True)
    watcher.start()
    try:
        yield lambda: stopped.wait(0.2)
    finally:
        ended.set()
        signal.set_wakeup_fd(before)
        os.close(writer)
        watcher.join()
        os.close(reader)
