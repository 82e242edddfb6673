"""Keeps files of Dagster's run history open while a load writes to them, and Dagster's own words off the terminal where that fails.

Dagster opens and closes one for each of the 250 events of a load, and SQLite puts its log away at each closing: a second of a small load. It also makes the
file of a run before that has a log, and waits for the disk a hundred times.
What is written does not belong here.
"""

import functools
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from typing import Any, TextIO, cast

import dagster as dg
from dagster._core.instance.types import _EventListenerLogHandler
from dagster._core.storage.event_log.sqlite import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

_SAID = "Exception while writing logger call to event log"
_PATIENCE = 60  # seconds to wait for another writer, as Dagster does


@contextmanager
def kept_open(history: dg.DagsterInstance, run_id: str) -> Iterator[None]:
    """Within, the events of this run and the index of all runs are written over one connection each."""
    storage = history.event_log_storage
    if not isinstance(storage, SqliteEventLogStorage):
        yield
        return
    opened, lock, before, has_table = dict[str, Engine](), threading.Lock(), storage._connect, storage.has_table

    @contextmanager
    def connect(shard: str) -> Iterator[Connection]:
        if shard not in (run_id, INDEX_SHARD_NAME):
            with before(shard) as connection:
                yield connection
            return
        with lock:
            if shard not in opened:
                opened[shard] = _engine(storage.conn_string_for_shard(shard))
                storage._initdb(opened[shard])  # makes its tables, where there are none
            with opened[shard].connect() as connection, connection.begin():
                yield connection

    vars(storage)["_connect"] = connect
    vars(storage)["has_table"] = functools.cache(has_table)  # asked three times an asset, by opening the file
    vars(history)["get_event_log_handler"] = lambda: _quiet_handler(history)
    try:
        yield
    finally:
        del vars(storage)["_connect"], vars(storage)["has_table"], vars(history)["get_event_log_handler"]
        for engine in opened.values():
            engine.dispose()


class _QuietHandler(_EventListenerLogHandler):
    """Writes events without saying on the terminal that one cannot be written: that ends the load, whose one message tells of it."""

    def emit(self, record: logging.LogRecord) -> None:
        with redirect_stderr(cast(TextIO, _WithoutFailedEvents(sys.stderr))):
            super().emit(record)


class _WithoutFailedEvents:
    """A stream that leaves out what Dagster says of an event that it cannot write."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return len(text) if text.startswith(_SAID) else self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _quiet_handler(history: dg.DagsterInstance) -> logging.Handler:
    handler = _QuietHandler(history)
    handler.setLevel(logging.DEBUG)
    return handler


def _engine(place: str) -> Engine:
    engine = create_engine(place, poolclass=StaticPool, connect_args={"timeout": _PATIENCE, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def relax(connection: object, record: object) -> None:
        """The history stays whole where the machine stops; its last events may then be missing."""
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL")  # type: ignore[attr-defined]

    return engine
