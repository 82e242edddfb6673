"""Runs a pure stage over batches: in this process for small loads, in processes of their own for large ones.

Where the system forks, one process is started for a stage, does its first batch, and then forks the others: what it has imported, read and
looked up by then they share, in memory and in time. Elsewhere each is started by itself.
"""

import gc
import multiprocessing
import os
import pickle
import queue
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

import pyarrow as pa

from pipelines import compiled

Job = tuple[pa.Table, ...]
Messages = queue.SimpleQueue[str]
T = TypeVar("T")

LISTEN_SECONDS = 0.2  # between two looks at what the processes announce
FORKS = "forkserver" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"  # there system libraries do not stand it
CONTEXT = multiprocessing.get_context("forkserver" if FORKS else "spawn")
CONTEXT.set_forkserver_preload(["assets.stages.preloaded"])


def map_batches(
    work: Callable[..., T], jobs: Iterable[Job], rows: int, worth_it: int, compiles: bool = False
) -> Iterator[tuple[Job, T]]:
    """Yield each job with `work(*job)`, in order. Processes are started only from `worth_it` rows on: that costs about a second.

    At most two jobs for each process are under way, so that memory stays bounded. What a process announces (see
    `pipelines.compiled`) is announced here, once. If the work `compiles`, the first job is done by a process that ends with it: compiling leaves
    much in memory, and what it compiled the other processes find in the cache.
    """
    processes = os.cpu_count() or 1
    jobs = iter(jobs)
    if rows < worth_it or processes < 2:
        for job in jobs:
            yield job, work(*job)
        return
    announced: set[str] = set()
    if compiles:
        yield from _map(work, islice(jobs, 1), 1, announced)
    yield from _map(work, jobs, processes, announced)


def _map(work: Callable[..., T], jobs: Iterable[Job], processes: int, announced: set[str]) -> Iterator[tuple[Job, T]]:
    with Pool(processes) as pool:
        waiting: deque[tuple[Job, Future[T]]] = deque()
        for job in jobs:
            waiting.append((job, pool.submit(work, *job)))
            if len(waiting) >= 2 * processes:
                done, future = waiting.popleft()
                yield done, _result(future, pool.messages, announced)
        for done, future in waiting:
            yield done, _result(future, pool.messages, announced)


def _result(future: Future[T], messages: Messages, announced: set[str]) -> T:
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


class WorkerEndedError(RuntimeError):
    """A process was ended from outside, as where the system has no memory left."""


class Pool:
    """Processes, each with a connection over which it gets one job at a time. They end at once where the work is broken off."""

    def __init__(self, processes: int) -> None:
        self.messages: Messages = queue.SimpleQueue()
        ends = [CONTEXT.Pipe() for _ in range(processes)]
        theirs = [their for _, their in ends]
        shares = [theirs] if FORKS else [[their] for their in theirs]
        self._processes: list[BaseProcess] = [CONTEXT.Process(target=_serve, args=(share,)) for share in shares]  # type: ignore[attr-defined]
        for process in self._processes:
            process.start()
        for their in theirs:
            their.close()
        self._connections = [our for our, _ in ends]
        self._idle: queue.SimpleQueue[Connection] = queue.SimpleQueue()
        for our in self._connections:
            self._idle.put(our)
        self._threads = ThreadPoolExecutor(processes)  # each waits for what one process makes

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is not None:
            for process in self._processes:
                process.kill()
        self._threads.shutdown(cancel_futures=error is not None)
        for our in self._connections:
            our.close()
        for process in self._processes:
            process.join()

    def submit(self, work: Callable[..., T], *job: Any) -> Future[T]:
        return self._threads.submit(self._ask, work, job)

    def _ask(self, work: Callable[..., T], job: tuple[Any, ...]) -> T:
        with self._one_idle() as process:
            try:
                process.send((work, job))
                while isinstance(answer := process.recv(), str):
                    self.messages.put(answer)
            except (EOFError, ConnectionError) as error:
                raise WorkerEndedError("a process of this load was ended by another program, or there was too little memory for it") from error
        made, error = answer
        if error is not None:
            raise error
        return made  # type: ignore[no-any-return]

    @contextmanager
    def _one_idle(self) -> Iterator[Connection]:
        process = self._idle.get()
        try:
            yield process
        finally:
            self._idle.put(process)


def _serve(connections: Sequence[Connection]) -> None:
    """Does jobs of the first connection until there is nobody to give one. After the first job the others get a process each, forked from this."""
    own, *others = connections
    compiled.much, compiled.announce = True, own.send
    if others:
        with ending_with_parent():
            if not _do_job(own):
                return
        gc.collect()
        gc.freeze()  # collecting would write to what is shared
        for other in others:
            multiprocessing.get_context("fork").Process(target=_serve, args=([other],)).start()
            other.close()
    with ending_with_parent():
        while _do_job(own):
            pass


def _do_job(own: Connection) -> bool:
    """Whether there was one."""
    try:
        work, job = own.recv()
    except EOFError:
        return False
    try:
        answer: tuple[Any, Exception | None] = work(*job), None
    except Exception as error:
        error.add_note("".join(traceback.format_exception(error)))
        answer = None, error
    try:
        own.send(answer)
    except (pickle.PicklingError, TypeError, AttributeError):
        own.send((None, RuntimeError(f"{answer[1]!r}")))
    return True


@contextmanager
def ending_with_parent() -> Iterator[None]:
    """While within, this process ends where the one that started it does: a load that is killed leaves no process behind that waits for work
    for ever. Outside it has one thread, so that it can be forked. Ctrl-C is for the load alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is None:
        yield
        return
    stop, stopped = multiprocessing.Pipe()
    watch = threading.Thread(target=_exit_with, args=(parent, stopped), daemon=True)
    watch.start()
    try:
        yield
    finally:
        stop.close()
        watch.join()
        stopped.close()


def _exit_with(parent: BaseProcess, stopped: Connection) -> None:
    sentinel: int = parent.sentinel  # type: ignore[attr-defined]
    if sentinel in connection.wait([sentinel, stopped]):
        os._exit(1)
