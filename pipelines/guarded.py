"""One row that a stage fails on must not stop the others: it is found, and the rest goes on without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

import pyarrow as pa

T = TypeVar("T")


def guarded(work: Callable[[pa.Table], T], rows: pa.Table, give_up: Callable[[pa.Table, str], T]) -> list[T]:
    """What `work` makes of the rows, in order, in as few calls as go through.

    Where it raises, the rows are halved until it is one; of that one comes `give_up(row, what)`, with what went wrong in words. `work`
    must give for a part of the rows what it gives for them among others. Running out of memory is no fault of a row and is raised.
    """
    try:
        return [work(rows)]
    except MemoryError:
        raise
    except Exception as error:
        if rows.num_rows <= 1:
            return [give_up(rows, _told(error))] if rows.num_rows else []
    middle = rows.num_rows // 2
    return guarded(work, rows.slice(0, middle), give_up) + guarded(work, rows.slice(middle), give_up)


def fault(what: str, told: str) -> str:
    """The message for a reject: nothing is wrong with the row, so the program is."""
    return (
        f"{what} failed on this text ({told}); any text is allowed, so this is a fault of Copydesk: report it with the text. "
        "The next version of it tries again"
    )


def _told(error: Exception) -> str:
    """Kind of error, its words and where it came up, without anything of the machine."""
    place = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} in {Path(place.filename).name}, line {place.lineno}"
