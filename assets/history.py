"""The run history of a warehouse: opening it, what became of runs whose process is gone, and how long runs are kept."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.event_log.sqlite import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME

from assets.importing import large_imports
from assets.project import history_home, project_root
from assets.settings import GIVEN, given_environment, is_checkout, value_of
from warehouse import WarehousePaths

# Says of a run which process works on it, and which files there were when it began.
PROCESS, FILES = "copydesk/process", "copydesk/files"

# Copying what this process prints into files would take processes of their own, which a signal to the group ends with a traceback.
NO_COPIES = {"compute_logs": {"module": "dagster._core.storage.noop_compute_log_manager", "class": "NoOpComputeLogManager"}}

AT_ONCE = 100  # runs that are deleted after one load
LAST_RUNS = 100  # among which one is looked for that a person ended

UNDER_WAY = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.CANCELING]


@contextmanager
def instance(paths: WarehousePaths) -> Iterator[dg.DagsterInstance]:
    """The Dagster instance of a warehouse, as `make ui` opens it for this warehouse."""
    root = project_root()
    home = history_home(paths)
    before = Path.cwd()
    os.chdir(root)  # the folders in dagster.yaml are relative to the project, as for `dagster dev`
    try:
        own = home != root or os.environ.get("DAGSTER_HOME")
        base = home if own else root / ".dagster"
        base.mkdir(parents=True, exist_ok=True)
        with large_imports():
            found = dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(base), config_dir=str(home), overrides=NO_COPIES))
        with found:
            yield found
    finally:
        os.chdir(before)


def this_process() -> str:
    """What tells this process from any later one of the same number."""
    return f"{os.getpid()} {_started(os.getpid())}"


def close_dead_runs(history: dg.DagsterInstance) -> int:
    """Runs that a process was working on which is gone are failed ones. Returns how many there were."""
    dead = 0
    for run in history.get_runs(dg.RunsFilter(statuses=UNDER_WAY)):
        process, _, started = run.tags.get(PROCESS, "").partition(" ")
        if process and _started(int(process)) != started:
            history.report_run_failed(
                run, "its process is gone: it was killed, or the machine stopped; the next load goes on from there"
            )
            dead += 1
    return dead


def close_stopped_run(history: dg.DagsterInstance, run_id: str) -> None:
    """A run that a person ended by a signal is canceled, not failed or still under way."""
    run = history.get_run_by_id(run_id)
    if run is not None and run.status is not dg.DagsterRunStatus.CANCELED:
        history.report_run_canceled(run, "stopped by a signal; what was written is kept, the next load goes on from there")


def drop_old_runs(history: dg.DagsterInstance) -> int:
    """Delete runs that ended longer ago than the setting `history_days` says, and those that are more than `history_runs`, with their files. Returns
    how many there were. At most `AT_ONCE`, the oldest first: the next load goes on."""
    old: dict[str, dg.DagsterRun] = {}
    if days := value_of("history_days"):
        before = datetime.now().astimezone() - timedelta(days=days)
        old |= {run.run_id: run for run in history.get_runs(dg.RunsFilter(created_before=before))}
    if (most := value_of("history_runs")) and history.get_runs_count() > most:  # asked often, and quick
        last = history.get_run_records(limit=most)[-1]
        old |= {run.run_id: run for run in history.get_runs(dg.RunsFilter(created_before=last.create_timestamp))}
    ended = [run for run in old.values() if run.is_finished][-AT_ONCE:]
    for run in ended:
        history.delete_run(run.run_id)
        _delete_events_file(history, run.run_id)
    if ended:
        _give_room_back(history)
    return len(ended)


def _delete_events_file(history: dg.DagsterInstance, run_id: str) -> None:
    """Dagster empties the file of a run's events, and leaves it there."""
    storage = history.event_log_storage
    if isinstance(storage, SqliteEventLogStorage):
        place = storage.path_for_shard(run_id)
        for file in (place, f"{place}-wal", f"{place}-shm"):
            Path(file).unlink(missing_ok=True)


def _give_room_back(history: dg.DagsterInstance) -> None:
    """Make the file smaller that holds what is known of all runs, where half of it is free. Another process that has it open leaves it as it is."""
    storage = history.event_log_storage
    if not isinstance(storage, SqliteEventLogStorage):
        return
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(storage.path_for_shard(INDEX_SHARD_NAME))) as index:
        free, pages = (index.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
        if 2 * free > pages:
            index.execute("VACUUM")


def ended_by_a_person(history: dg.DagsterInstance, files: str) -> bool:
    """Whether a person ended a load of these files, and since then there was none of other files and no whole one that went well. Runs of single
    tables, and those that failed, do not count."""
    for run in history.get_runs(limit=LAST_RUNS):
        loaded = run.tags.get(FILES)
        if loaded == files and run.status is dg.DagsterRunStatus.CANCELED:
            return True
        whole = not run.asset_selection and run.status is dg.DagsterRunStatus.SUCCESS
        if loaded is not None and (loaded != files or whole):
            return False
    return False


def erase(paths: WarehousePaths) -> None:
    """Delete all runs and what they showed of rows, so that nothing of it is left in the files of the history."""
    if not (history_home(paths) / ("storage" if os.environ.get("DAGSTER_HOME") else ".dagster")).exists() and not any(
        history_home(paths).glob("**/*.db")
    ):
        return
    with instance(paths) as history:
        history.wipe()
    for file in history_home(paths).glob("**/*.db"):
        if ".venv" not in file.parts:
            with sqlite3.connect(file) as store:
                store.execute("VACUUM")
    for folder in ("compute_logs", ".dagster/compute_logs"):
        shutil.rmtree(history_home(paths) / folder, ignore_errors=True)


def _started(process: int) -> str:
    """When a process began, in ticks since the machine did; nothing where there is none, or it waits to be buried."""
    with suppress(OSError, IndexError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return "" if fields[0] in "ZX" else fields[19]
    return ""


def environment_of_pages(paths: WarehousePaths) -> dict[str, str]:
    """What Dagster's processes are to have in their environment, so that they show the runs of a warehouse. Raises OSError where its folder cannot be
    written to."""
    before = os.environ.get("PYTHONPATH")
    code = {"PYTHONPATH": os.pathsep.join(filter(None, (str(project_root()), before)))} if is_checkout() else {}
    return {
        **os.environ,
        **code,
        GIVEN: given_environment(),
        "DAGSTER_HOME": str(history_home(paths)),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "PYTHONSAFEPATH": "1",  # a folder `assets` that lies where the command is typed is not ours
    }
