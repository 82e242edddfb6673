"""What DuckDB may take of the memory of this process, and giving back what it and other allocators hold of it that nothing uses."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa

# Memory that DuckDB may take before it writes to `<file>.tmp`: for itself, and for each of its threads. Its own limit is four fifths of the machine,
# and it fills that. A single record of the largest size that is read (settings, max_record_bytes) needs the first part.
MB_FOR_ITSELF = 384
MB_PER_THREAD = 64
MB_KEPT = 48  # of what it has read, where it gives back the rest
MB_FOR_ANOTHER = 256  # where it reads for another process, whose memory counts too, or writes what that made

# By which this process may grow before that: a join leaves hundreds of MB with DuckDB's allocator of which DuckDB itself says that it holds none.
GROWN_BYTES = 64 * 1024 * 1024

_STATM = Path("/proc/self/statm")
_ARENA_MAX, _ARENAS = -8, 2  # M_ARENA_MAX of GNU's malloc.h; by default each thread has its own, up to eight a processor
T = TypeVar("T")


def memory_mb() -> int:
    """What DuckDB may take."""
    return MB_FOR_ITSELF + MB_PER_THREAD * (os.cpu_count() or 1)


class Held:
    """The memory that a DuckDB connection leaves with this process. A query may be going on when some is given back."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection, self._least = connection, resident()
        self._most_mb = memory_mb()

    def allow(self, most_mb: int) -> None:
        """Give back, and from now on take no more than so much."""
        self._most_mb = most_mb
        self.give_back()

    def give_back(self) -> None:
        """Let go of what DuckDB has read: it fills all that it may take, and keeps that. To set a limit also empties its allocator."""
        for most in (MB_KEPT, self._most_mb):
            with (
                suppress(duckdb.Error),
                self._connection.cursor() as settings,
            ):  # what it works on just now stays; a broken file has said so itself
                settings.execute(f"SET memory_limit = '{most}MB'")
        trim()
        self._least = resident()

    def give_back_much(self) -> None:
        """The same where this process has grown since it was smallest. Not on systems that do not say its size at once."""
        now = resident()
        self._least = min(self._least, now)
        if now - self._least > GROWN_BYTES:
            self.give_back()

    def between(self, parts: Iterable[T]) -> Iterator[T]:
        """The parts of a result; after each, memory is given back where the process has grown much."""
        for part in parts:
            yield part
            self.give_back_much()


def trim() -> None:
    """Give what the allocators of Arrow and C hold and nothing uses to the system, where they let us."""
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError):  # no GNU C library
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def share_arenas() -> None:
    """Let threads of this process that have not begun share the arenas of the C library. What a thread once held stays in its own, full of holes: with
    Dagster's and DuckDB's threads 80 MB of a load of 18,072 articles."""
    with suppress(OSError, AttributeError):  # no GNU C library
        ctypes.CDLL("libc.so.6").mallopt(_ARENA_MAX, _ARENAS)


def resident() -> int:
    """Bytes of this process that are in memory (Linux), else 0."""
    with suppress(OSError):
        return int(_STATM.read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
