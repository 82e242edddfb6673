"""The threads that the steps share, and work cut into parts for them."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

_PARTS = 8  # for each thread: some take longer than others


class _Here(Executor):
    """Does what it is given in the thread that asks, at once."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(work(*given, **named))
        except Exception as error:
            future.set_exception(error)
        return future


def pool(threads: int) -> Executor:
    """A pool of so many threads, started at the first use and kept, since starting one costs a millisecond. With one thread the caller does the work itself: a process
    without other threads can be forked."""
    return _Here() if threads == 1 else _pool_of(threads, os.getpid())


@cache
def _pool_of(threads: int, process: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads)  # a forked process has none of its parent's threads, so it gets its own


def in_parts(work: Callable[[slice], None], left: np.ndarray, threads: int) -> None:
    """Run `work` over parts of the pairs, cut where `left` changes."""
    if not len(left):
        return
    changes = np.append(np.flatnonzero(left[1:] != left[:-1]) + 1, len(left))
    wanted = np.linspace(0, len(left), _PARTS * threads + 1).astype(int)[1:]
    cuts = np.unique(np.append(0, changes[np.minimum(np.searchsorted(changes, wanted), len(changes) - 1)]))
    for job in [pool(threads).submit(work, slice(first, last)) for first, last in pairwise(cuts.tolist())]:
        job.result()
