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
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from enum import IntEnum
from itertools import islice
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

import pyarrow as pa

from pipelines import compiled
from warehouse.memory import trim

Job = tuple[pa.Table, ...]
Messages = queue.SimpleQueue[str]
T = TypeVar("T")

LISTEN_SECONDS = 0.2  # between two looks at what the processes announce
# On macOS system libraries do not bear a fork.
FORKS = "forkserver" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
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


def apart(work: Callable[..., T], *given: Any, answer: Callable[[Any], Iterable[Any]]) -> T:
    """`work(*given)`, done by a process that ends with it, so that nothing of it stays in the memory of this one. What it asks by `ask` it gets
    from `answer`, part by part."""
    with Pool(1, answer) as pool:
        return _result(pool.submit(work, *given), pool.messages, set())


def ask(question: Any) -> list[Any]:
    """In a process of `apart`: the parts of what the other one answers. They must be picklable, and so must the question, which is not held meanwhile."""
    _send(_own, (Said.ASKS, question))
    del question
    trim()  # what was let go of since the last one, and with this, may be more than what is held
    parts: list[Any] = []
    while part := _received(_own):
        parts += part
    return parts


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


class Said(IntEnum):
    """What a process sends, with what it sends."""

    MADE = 0
    FAILED = 1
    ANNOUNCES = 2
    ASKS = 3


_own: Connection  # in a process of a pool: to the one that started it


class WorkerEndedError(RuntimeError):
    """A process was ended from outside, as where the system has no memory left."""


class Pool:
    """Processes, each with a connection over which it gets one job at a time. They end at once where the work is broken off."""

    def __init__(self, processes: int, answer: Callable[[Any], Iterable[Any]] | None = None) -> None:
        self._answer = answer
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
                _send(process, (work, job))
                while True:
                    said, given = _received(process)
                    if said == Said.ANNOUNCES:
                        self.messages.put(given)
                    elif said == Said.ASKS and self._answer is not None:
                        for part in self._answer(given):
                            _send(process, [part])
                        _send(process, [])
                        given = part = None  # a large part is not held while the next question comes
                    else:
                        break
            except (EOFError, ConnectionError) as error:
                raise WorkerEndedError("a process of this load was ended by another program, or for lack of memory") from error
        if said == Said.FAILED:
            raise given
        return given

    @contextmanager
    def _one_idle(self) -> Iterator[Connection]:
        process = self._idle.get()
        try:
            yield process
        finally:
            self._idle.put(process)


def _serve(connections: list[Connection]) -> None:
    """Does jobs until there is nobody to give one. After the first each connection gets a process of its own, forked from this; where the work
    leaves threads, which no fork keeps, this one goes on with all connections."""
    compiled.much, compiled.announce = True, _announce
    with ending_with_parent():
        _do_job(connections)
    if len(connections) > 1 and threading.active_count() == 1:
        gc.collect()
        gc.freeze()  # collecting would write to what is shared
        while len(connections) > 1:
            own = connections.pop()
            multiprocessing.get_context("fork").Process(target=_serve_own, args=(own, connections)).start()
            own.close()
    _do_jobs(connections)


def _serve_own(own: Connection, others: list[Connection]) -> None:
    for other in others:
        other.close()
    _do_jobs([own])


def _do_jobs(connections: list[Connection]) -> None:
    with ending_with_parent():
        while connections:
            _do_job(connections)


def _do_job(connections: list[Connection]) -> None:
    """The next job of one of the connections. What has nobody at its other end is taken out of them."""
    global _own
    _own = connection.wait(connections)[0]  # type: ignore[assignment]
    try:
        work, job = _received(_own)
    except EOFError:
        connections.remove(_own)
        return
    try:
        _send(_own, (Said.MADE, work(*job)))
    except Exception as error:
        error.add_note("".join(traceback.format_exception(error)))
        try:
            _send(_own, (Said.FAILED, error))
        except (pickle.PicklingError, TypeError, AttributeError):
            _send(_own, (Said.FAILED, RuntimeError("".join(error.__notes__))))


def _send(to: Connection, what: Any) -> None:
    """As `to.send`, but for the copy that would make of large tables."""
    buffers: list[pickle.PickleBuffer] = []
    head = pickle.dumps(what, protocol=5, buffer_callback=buffers.append)
    to.send(len(buffers))
    parts: list[Any] = [head, *(buffer.raw() for buffer in buffers)]
    for part in parts:
        to.send_bytes(part)


def _received(from_: Connection) -> Any:
    """What `_send` sent. Raises EOFError where nobody is there to send."""
    count = from_.recv()
    head, *buffers = (from_.recv_bytes() for _ in range(1 + count))
    return pickle.loads(head, buffers=buffers)


def _announce(message: str) -> None:
    _send(_own, (Said.ANNOUNCES, message))


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
    sentinel: int = parent.sentinel
    if sentinel in connection.wait([sentinel, stopped]):
        os._exit(1)
