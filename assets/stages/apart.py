"""Runs the work of a stage on all rows in a process of its own, which ends with it, so that memory for what it compiles and holds is free again.

Only this process has the working file open, so the other one asks it for rows, which it gets as they are read, and gives it what it made, one table after
another: neither holds what the other one does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from assets.stages.changes import Changes
from assets.stages.load import Load
from assets.stages.parallel import apart, ask

if TYPE_CHECKING:
    from pipelines.settings import Settings
    from warehouse import WorkingFile

Made = Mapping[str, pa.Table | Changes]
Put = Callable[[str, pa.Table | Changes], None]


def work_apart(
    work: Callable[[Load, pa.Table, pa.Table], Made],
    load: Load,
    stale: pa.Table,
    gone: pa.Table,
    put: Put,
    compiles: Callable[[Load], None] | None = None,
) -> None:
    """Do `work(load, stale, gone)`, which may read the working file, and not write to it; then `put` here each table that it gives. What `compiles` for
    it does so in a process before, which ends too: it leaves as much in memory as some work needs."""
    answer = partial(_answered, load.working, put)
    if compiles is not None:
        apart(_compile, compiles, load.load_id, load.settings, answer=answer)
    apart(_work, work, load.load_id, load.settings, stale, gone, answer=answer)


class _Asked:
    """What reads in `WorkingFile`, done where that is open."""

    def table(self, *given: Any, **named: Any) -> pa.Table:
        schema, *batches = ask((_TABLE, given, named))
        return pa.Table.from_batches(batches, schema)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *given, **named: ask((name, given, named))[0]


_TABLE, _PUT = "table", "put"


def _compile(compiles: Callable[[Load], None], load_id: str, settings: Settings) -> None:
    compiles(Load(_Asked(), load_id, settings))  # type: ignore[arg-type]


def _work(
    work: Callable[[Load, pa.Table, pa.Table], Made], load_id: str, settings: Settings, stale: pa.Table, gone: pa.Table
) -> None:
    made = dict(work(Load(_Asked(), load_id, settings), stale, gone))  # type: ignore[arg-type]
    for table in [*made]:
        ask((_PUT, (table, made.pop(table)), {}))  # nobody here holds it while it is written there


def _answered(working: WorkingFile, put: Put, question: tuple[str, tuple[Any, ...], dict[str, Any]]) -> Iterator[Any]:
    name, given, named = question
    with working.for_another():
        if name == _PUT:
            put(*given)
        elif name == _TABLE:
            with working.reader(*given, **named) as (schema, rows):
                yield schema
                yield from rows
        else:
            yield getattr(working, name)(*given, **named)
