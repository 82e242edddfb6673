"""Runs the load job in this process, recorded in the project's Dagster instance, so that it appears in the UI's history."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import dagster as dg
from dagster._core.instance.ref import InstanceRef

from assets.commands.rows import progress
from assets.definitions import defs
from assets.project import project_root
from assets.stages.load import Load


def run_load(load: Load, roots: list[Path], full_refresh: bool) -> bool:
    """Whether all assets were materialized. Shares the load that this process holds. Raises KeyboardInterrupt where it was stopped."""
    job = defs.resolve_job_def("load")
    config = {
        "ops": {"documents": {"config": {"paths": [str(root) for root in roots], "full_refresh": full_refresh}}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    with instance() as history, stop_signals() as stopped:
        result = job.execute_in_process(config, instance=history, raise_on_error=False, run_id=load.load_id)
        if not result.success and stopped():
            raise KeyboardInterrupt
    for event in result.all_events:
        if event.is_failure and event.event_specific_data is not None:
            progress(
                f"{event.step_key or 'run'}: {event.message}\n{getattr(event.event_specific_data, 'error_display_string', '')}"
            )
    return result.success


@contextmanager
def stop_signals() -> Iterator[Callable[[], bool]]:
    """Whether the process was told to stop, also where Dagster, which has handlers of its own, made something else of it. Main thread only."""
    reader, writer = os.pipe()
    for end in (reader, writer):
        os.set_blocking(end, False)
    before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)

    def stopped() -> bool:
        with suppress(BlockingIOError):
            return bool({signal.SIGINT, signal.SIGTERM} & set(os.read(reader, 4096)))
        return False

    try:
        yield stopped
    finally:
        signal.set_wakeup_fd(before)
        os.close(reader)
        os.close(writer)


def _opened(root: Path) -> dg.DagsterInstance:
    if os.environ.get("DAGSTER_HOME"):
        return dg.DagsterInstance.get()
    (root / ".dagster").mkdir(exist_ok=True)
    return dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(root / ".dagster"), config_dir=str(root)))


@contextmanager
def instance() -> Iterator[dg.DagsterInstance]:
    """The instance that `dagster dev` uses in the project's folder: DAGSTER_HOME, else the checked-in dagster.yaml."""
    root = project_root()
    before = Path.cwd()
    os.chdir(root)  # the folders in dagster.yaml are relative to the project, as for `dagster dev`
    try:
        with _opened(root) as found:
            yield found
    finally:
        os.chdir(before)
