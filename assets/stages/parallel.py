"""Runs a pure stage over batches: in this process for small loads, in spawned processes for large ones."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from multiprocessing.queues import SimpleQueue
from typing import TypeVar

import pyarrow as pa

from pipelines import compiled

Job = tuple[pa.Table, ...]
T = TypeVar("T")

LISTEN_SECONDS = 0.2  # between two looks at what the processes announce


def map_batches(
    work: Callable[..., T], jobs: Iterable[Job], rows: int, worth_it: int, compiles: bool = False
) -> Iterator[tuple[Job, T]]:
    """Yield each job with `work(*job)`, in order. A pool is started only from `worth_it` rows on: each process costs about a second.

    At most two jobs for each process are under way, so that memory stays bounded. What a process announces (see
    `pipelines.compiled`) is announced here, once. If the work `compiles`, the first job is done before the others are given out: what it
    compiled, the other processes find in the cache.
    """
    processes = os.cpu_count() or 1
    if rows < worth_it or processes < 2:
        for job in jobs:
            yield job, work(*job)
        return
    spawn = multiprocessing.get_context("spawn")
    messages: SimpleQueue[str] = spawn.SimpleQueue()
    announced: set[str] = set()
    with _pool(processes, spawn, messages) as pool:
        waiting: deque[tuple[Job, Future[T]]] = deque()
        for job in jobs:
            waiting.append((job, pool.submit(work, *job)))
            if compiles:
                compiles = False
                _result(waiting[0][1], messages, announced)
            if len(waiting) >= 2 * processes:
                done, future = waiting.popleft()
                yield done, _result(future, messages, announced)
        for done, future in waiting:
            yield done, _result(future, messages, announced)


@contextmanager
def _pool(processes: int, spawn: SpawnContext, messages: SimpleQueue[str]) -> Iterator[ProcessPoolExecutor]:
    """Processes that end at once where the work is broken off, and do not finish what they are at."""
    with ProcessPoolExecutor(processes, mp_context=spawn, initializer=_begin_worker, initargs=(messages,)) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.kill()
            raise


def _result(future: Future[T], messages: SimpleQueue[str], announced: set[str]) -> T:
    """What a process made. Until it is there, what processes announce is passed on, each message once."""
    finished = False
    while not finished:
        finished = bool(wait([future], LISTEN_SECONDS).done)
        while not messages.empty():
            message = messages.get()
            if message not in announced:
                announced.add(message)
                compiled.announce(message)
    return future.result()


def _begin_worker(messages: SimpleQueue[str]) -> None:
    compiled.much = True
    compiled.announce = messages.put
    end_with_parent()


def end_with_parent() -> None:
    """A load that is killed leaves no process behind that waits for work for ever; Ctrl-C is for the load alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
