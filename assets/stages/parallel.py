"""Runs a pure stage over batches: in this process for small loads, in spawned processes for large ones."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.process import BaseProcess
from typing import TypeVar

import pyarrow as pa

Job = tuple[pa.Table, ...]
T = TypeVar("T")


def map_batches(work: Callable[..., T], jobs: Iterable[Job], rows: int, worth_it: int) -> Iterator[tuple[Job, T]]:
    """Yield each job with `work(*job)`, in order. A pool is started only from `worth_it` rows on: each process costs about a second.

    At most two jobs for each process are under way, so that memory stays bounded.
    """
    processes = os.cpu_count() or 1
    if rows < worth_it or processes < 2:
        for job in jobs:
            yield job, work(*job)
        return
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent) as pool:
        waiting: deque[tuple[Job, Future[T]]] = deque()
        for job in jobs:
            waiting.append((job, pool.submit(work, *job)))
            if len(waiting) >= 2 * processes:
                done, future = waiting.popleft()
                yield done, future.result()
        for done, future in waiting:
            yield done, future.result()


def _end_with_parent() -> None:
    """In a worker: a load that is killed leaves no process behind that waits for work for ever; Ctrl-C is for the load alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
