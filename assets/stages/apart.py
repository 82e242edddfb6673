"""Runs the work of a stage on all rows in a process of its own, which ends with it: what it compiles and holds stays in no memory.

Only this process has the working file open, so the other one asks it for rows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import pyarrow as pa

from assets.stages.load import Load
from assets.stages.parallel import apart, ask

if TYPE_CHECKING:
    from pipelines.settings import Settings
    from warehouse import WorkingFile

T = TypeVar("T")


def work_apart(
    work: Callable[[Load, pa.Table, pa.Table], T],
    load: Load,
    stale: pa.Table,
    gone: pa.Table,
    compiles: Callable[[Load], None] | None = None,
) -> T:
    """`work(load, stale, gone)`, which may read the working file, and not write to it. What `compiles` for it does so in a process before, which ends
    too: it leaves as much in memory as some work needs."""
    answer = partial(_answered, load.working)
    if compiles is not None:
        apart(_compile, compiles, load.load_id, load.settings, answer=answer)
    return apart(_work, work, load.load_id, load.settings, stale, gone, answer=answer)


class _Asked:
    """What reads in `WorkingFile`, done where that is open."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *given, **named: ask((name, given, named))


def _work(work: Callable[[Load, pa.Table, pa.Table], T], load_id: str, settings: Settings, stale: pa.Table, gone: pa.Table) -> T:
    return work(Load(_Asked(), load_id, settings), stale, gone)  # type: ignore[arg-type]


def _compile(compiles: Callable[[Load], None], load_id: str, settings: Settings) -> None:
    compiles(Load(_Asked(), load_id, settings))  # type: ignore[arg-type]


def _answered(working: WorkingFile, question: tuple[str, tuple[Any, ...], dict[str, Any]]) -> Any:
    name, given, named = question
    found = getattr(working, name)(*given, **named)
    working.give_back()  # the other process works on it for long, and the memory of both counts
    return found
