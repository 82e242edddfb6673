"""Spark in a process of its own: if that process ends, it is started again and does the step again that it was at, and the load goes on.

With the parameters of a Dagster Pipes session, the process says there what Spark did. How stages run on Spark is not known here.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets.engine.spark import SparkEngine, require_spark
from assets.engine.table import Table
from assets.errors import CommandError
from assets.stages.parallel import ending_with_parent
from pipelines.stage import Stage

TRIES = 3  # of a step whose process ends
PATIENCE = 20.0  # seconds that Spark has to stop

Session = Callable[[], AbstractContextManager[Mapping[str, str]]]


class SparkDriver:
    """What SparkEngine is, held by another process that the first step starts.

    `session` is entered for every try of a step and gives the parameters of a Pipes session, none where nobody listens.
    """

    name = SparkEngine.name

    def __init__(
        self,
        master: str = "",
        options: Mapping[str, str] | None = None,
        session: Session = lambda: nullcontext({}),
        log: Callable[[str], None] = lambda line: None,
    ) -> None:
        require_spark()
        self._how = master, dict(options or {})
        self.session, self.log = session, log
        self.process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def map(self, table: Table, stage: Stage, out: Path, settings: Any = None) -> dict[str, Table]:
        return self._asked("map", table, stage, out, settings)

    def join(self, query: str, tables: Mapping[str, Table], out: Path, schema: pa.Schema) -> Table:
        return self._asked("join", query, dict(tables), out, schema)

    def gather(self, table: Table, by: str, stage: Stage, out: Path, settings: Any = None) -> dict[str, Table]:
        return self._asked("gather", table, by, stage, out, settings)

    def stop(self) -> None:
        process, pipe, self.process, self._pipe = self.process, self._pipe, None, None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.join(PATIENCE)
            process.kill()

    def _asked(self, verb: str, *given: Any) -> Any:
        for tried in range(1, TRIES + 1):
            with self.session() as params:
                try:
                    pipe = self._connection()
                    pipe.send((verb, given, dict(params)))
                    fine, made = pipe.recv()
                    break
                except (EOFError, ConnectionError):
                    self.stop()
                    self.log(f"the process of Spark ended in {verb}, try {tried} of {TRIES}")
        else:
            raise CommandError(
                f"the process of Spark ended {TRIES} times in one step: look above for what it said last, give it more memory "
                "(spark.driver.memory in spark-defaults.conf), or leave --engine out; finished steps are kept, the next load goes on from there"
            )
        if not fine:
            raise made
        return made

    def _connection(self) -> Connection:
        if self._pipe is None:
            spawn = multiprocessing.get_context("spawn")
            self._pipe, theirs = spawn.Pipe()
            self.process = spawn.Process(target=_serve, args=(theirs, *self._how), name="copydesk-spark")
            self.process.start()
            theirs.close()
        return self._pipe


def _serve(pipe: Connection, master: str, options: Mapping[str, str]) -> None:
    """Does what it is asked until nobody is there to ask."""
    with ending_with_parent():
        engine: SparkEngine | None = None
        while True:
            try:
                verb, given, params = pipe.recv()
            except EOFError:
                break
            try:
                engine = engine or SparkEngine(master, options)
                answer: tuple[bool, Any] = True, _done(engine, verb, given, params)
            except CommandError as error:
                answer = False, error
            except Exception as error:  # of Java, which no other process can read
                answer = False, RuntimeError(f"{type(error).__name__}: {error}")
            pipe.send(answer)
        if engine is not None:
            engine.stop()


def _done(engine: SparkEngine, verb: str, given: tuple[Any, ...], params: Mapping[str, str]) -> Any:
    if not params:
        return getattr(engine, verb)(*given)
    from dagster_pipes import PipesContext, PipesDefaultContextLoader, PipesDefaultMessageWriter, PipesMappingParamsLoader

    # Not `open_dagster_pipes`, which gives one session for as long as a process lives: here each step has its own.
    with PipesContext(PipesMappingParamsLoader(params), PipesDefaultContextLoader(), PipesDefaultMessageWriter()) as pipes:
        started = time.monotonic()
        made = getattr(engine, verb)(*given)
        tables = made if isinstance(made, dict) else {"rows": made}
        out = next(iter(tables.values())).folder.parent
        said = {"step": out.name, "verb": verb, "seconds": round(time.monotonic() - started, 1)} | engine.tasks()
        said |= {"rows": sum(table.rows() for table in tables.values()), "bytes": sum(table.bytes() for table in tables.values())}
        pipes.log.info(", ".join(f"{name} {value}" for name, value in said.items()))
        if said["failed"]:
            pipes.log.warning(f"{said['failed']} tasks failed in {out.name}, and were done again")
        pipes.report_custom_message({"application": engine.application(), "step": said})
        return made
