"""The lock and the working file, held for a whole run."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import dagster as dg
from pydantic import Field, PrivateAttr

from assets.engine.choice import refuse_engine
from assets.history import FILES, PROCESS, this_process
from assets.progress import Doing, both, in_lines, silent
from assets.project import corpus_roots, given_warehouse
from assets.stages.ingest import scan_fingerprint
from assets.stages.load import Load
from assets.stages.open import held_load, open_load
from warehouse import LoadRunningError, WarehousePaths


class LoadResource(dg.ConfigurableResource):
    """Gives assets the run's `Load`. Opened once for the whole run, as all steps run in one process."""

    corpus: list[str] = Field(default_factory=list, description="Folders to load; the configured corpus where empty.")
    warehouse: str = Field(default="", description="Folder of the warehouse; that of the corpus where empty.")
    engine: str = Field(
        default="",
        description="What stages run on: local, spark, or spark:MASTER such as spark:local[2]; the setting `engine` where empty.",
    )
    languages: list[str] = Field(
        default_factory=list, description="Codes of the languages to load, such as en; those of the settings where empty."
    )
    wait_seconds: float = Field(default=3600.0, description="How long a run waits for another load of the same warehouse to end.")

    _load: Load | None = PrivateAttr(default=None)
    _before: tuple[Callable[[str], None], Doing] | None = PrivateAttr(default=None)
    _stack: ExitStack | None = PrivateAttr(default=None)

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Take the lock, or share the load that this process holds already. Raises LoadRunningError after `wait_seconds`."""
        if self.engine:
            refuse_engine(self.engine)
        self._load = held_load()
        if self._load is not None:
            self._before = self._load.log, self._load.doing
            self._load.log = _both(self._load.log, _logger(context))
            if sys.stderr.isatty():  # else lines say it, which the log of the run has too
                self._load.doing = both(self._load.doing, in_lines(_logger(context)))
        else:
            self._stack = ExitStack()
            load_id = context.run.run_id if context.run else "run"
            if context.run and context.instance:
                files = scan_fingerprint(root for root in self.roots() if root.exists())
                context.instance.add_run_tags(load_id, {PROCESS: this_process(), FILES: files})
            self._load = self._stack.enter_context(
                open_load(self.paths(), load_id, self.wait_seconds, _logger(context), self.engine, self.languages)
            )

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        if self._load and self._before:
            self._load.log, self._load.doing = self._before
        if self._stack:
            self._stack.close()
        self._load = self._stack = self._before = None

    def roots(self) -> list[Path]:
        return [Path(folder).expanduser().resolve() for folder in self.corpus] or corpus_roots()

    def paths(self) -> WarehousePaths:
        return given_warehouse(self.warehouse, self.corpus)

    @property
    def load(self) -> Load:
        if self._load is None:
            raise RuntimeError("the load is open only while a run executes")
        return self._load


def _logger(context: dg.InitResourceContext) -> Callable[[str], None]:
    return context.log.info if context.log else print


def _both(first: Callable[[str], None], second: Callable[[str], None]) -> Callable[[str], None]:
    """A log that writes to the terminal and to the run."""

    def log(line: str) -> None:
        first(line)
        second(line)

    return log


@contextmanager
def idle_load(paths: WarehousePaths, languages: Sequence[str] = ()) -> Iterator[Load | None]:
    """A load to look at the ledger with, or None where one is running: for schedule and sensor, which never wait."""
    try:
        with open_load(paths, "look", 0.0, languages=languages) as load:
            load.doing = silent
            yield load
    except LoadRunningError:
        yield None
