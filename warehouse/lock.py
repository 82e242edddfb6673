"""One load at a time: a kernel lock that dies with its process."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

POLL_SECONDS = 0.2


class LoadRunningError(RuntimeError):
    """Another load holds the lock and did not end in the time given."""


@contextmanager
def exclusive_lock(path: Path, wait_seconds: float = 0.0, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock file at `path`. `on_wait` is called once, with who holds it, before waiting begins.

    The lock is a `flock`: the kernel releases it when the process ends, however it ends. Raises LoadRunningError after
    `wait_seconds`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        _acquire(handle, wait_seconds, on_wait)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()}".encode(), 0)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, wait_seconds: float, on_wait: Callable[[str], None] | None) -> None:
    deadline = time.monotonic() + wait_seconds
    said = False
    while not _try(handle):
        holder = os.pread(handle, 100, 0).decode(errors="replace") or "another process"
        if time.monotonic() >= deadline:
            raise LoadRunningError(
                f"another load is running ({holder}) and only one may write at a time: wait for it to end, or give --wait SECONDS"
            )
        if on_wait and not said:
            on_wait(f"another load is running ({holder}): waiting up to {wait_seconds:.0f} seconds for it to end")
            said = True
        time.sleep(POLL_SECONDS)


def _try(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
