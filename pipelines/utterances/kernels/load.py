"""The kernels of this package, as plain Python until a process compares so much that compiling pays."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pipelines.compiled import Functions, Kernels

T = TypeVar("T")

KERNELS = Kernels(
    "pipelines.utterances.kernels.pairs",
    worth=3_000_000,  # steps along lists of four-grams
    worth_cached=600_000,
    seconds=6,
    small="pipelines.utterances.kernels.small",
)


def in_threads(kernels: Functions, work: Callable[[slice], T], count: int, at_once: int) -> list[T]:
    """The results of `work` on `at_once` things at a time, in order. Compiled kernels run without the GIL, so one thread for each processor shares the work."""
    parts = [slice(first, min(first + at_once, count)) for first in range(0, count, at_once)]
    if len(parts) < 2 or not kernels.compiled:
        return [work(part) for part in parts]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(work, parts))
