"""A stage: a pure function over rows, with all that its result depends on declared next to it.

Where the rows come from, when they are stale and where results are kept is no business of this module: see `assets/stages`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from typing import Any, TypeVar

import pyarrow as pa

from pipelines.learned.model import ModelError
from pipelines.lexicons import LexiconError

Tables = Mapping[str, pa.Table]
T = TypeVar("T")

# What every stage gives besides its own tables: the rows that it failed on.
FAILED = pa.schema([pa.field("id", pa.string(), False), pa.field("message", pa.string(), False)])


@dataclass(frozen=True, eq=False)
class Stage:
    """`work(rows, *context, settings)` gives one table where `gives` has one, else a table for each name of `gives`.

    Its module is where the version of the stage begins, so it stands apart from the modules that declare stages. `does` stands in
    messages ("reading quotes"). `context` are the schemas of further tables that `work` takes, the same for all rows of a batch. `settings`
    names a part of `Settings`; without one `work` takes none. `rows` is the size of a batch; from `worth_a_pool` rows on several
    processes share the work; `kernels` are the modules of the `KERNELS` that they compile. `seeds` are patterns of files below `seeds/`, `packages` the
    distributions that shape the result.
    """

    name: str
    does: str
    takes: pa.Schema
    gives: Mapping[str, pa.Schema]
    work: Callable[..., pa.Table | Tables]
    context: tuple[pa.Schema, ...] = ()
    settings: str = ""
    rows: int = 512
    worth_a_pool: int = 10**9
    seeds: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    kernels: tuple[str, ...] = ()

    @property
    def compiles(self) -> bool:
        """Whether much work would compile something that no cache has."""
        return not all(import_module(name).KERNELS.cached for name in self.kernels)

    def run(self, rows: pa.Table, *context: pa.Table, settings: Any = None) -> dict[str, pa.Table]:
        """The tables of `gives`, and `failed`: id and message of every row that `work` raises for.

        Raises TypeError where `work` gives other columns than declared.
        """
        failed: list[dict[str, str]] = []
        further = (*context, settings) if self.settings else context

        def give_up(row: pa.Table, error: str) -> Tables:
            failed.append({"id": row["id"][0].as_py(), "message": fault(self.does, error)})
            return {}

        parts = guarded(lambda some: self._by_name(self.work(some, *further)), rows, give_up)
        made = {name: self._joined(name, [part[name] for part in parts if name in part]) for name in self.gives}
        return made | {"failed": pa.Table.from_pylist(failed, schema=FAILED)}

    def _by_name(self, made: pa.Table | Tables) -> Tables:
        return {next(iter(self.gives)): made} if isinstance(made, pa.Table) else made

    def _joined(self, name: str, parts: list[pa.Table]) -> pa.Table:
        for part in parts:
            if part.schema != self.gives[name]:
                raise TypeError(f"stage {self.name!r} gives {name!r} with {part.schema}; declared is {self.gives[name]}")
        return pa.concat_tables(parts) if parts else self.gives[name].empty_table()


def guarded(work: Callable[[pa.Table], T], rows: pa.Table, give_up: Callable[[pa.Table, str], T]) -> list[T]:
    """What `work` makes of the rows, in order, in as few calls as possible.

    On an exception, bisects to the failing row; that one gets `give_up(row, error)`, with the error in words. `work` must give for a part
    of the rows what it gives for them among others. What is no fault of a row is raised: no memory, a file that is not there, a file of
    a language or a model that is wrong.
    """
    try:
        return [work(rows)]
    except (MemoryError, OSError, LexiconError, ModelError):
        raise
    except Exception as error:
        if rows.num_rows <= 1:
            return [give_up(rows, _in_words(error))] if rows.num_rows else []
    middle = rows.num_rows // 2
    return guarded(work, rows.slice(0, middle), give_up) + guarded(work, rows.slice(middle), give_up)


def fault(does: str, error: str) -> str:
    """The message for a reject: nothing is wrong with the row, so the program is."""
    return (
        f"{does} failed on this text ({error}); any text is allowed, so this is a fault of Copydesk: report it with the text. "
        "The next version of it tries again"
    )


def _in_words(error: Exception) -> str:
    """Kind of error, its words and where it came up, without anything of the machine."""
    place = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} in {Path(place.filename).name}, line {place.lineno}"
