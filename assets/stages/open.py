"""Opens a load: takes the lock, then the working file. One at a time in each process."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from assets.engine.loading import EngineLoad
from assets.progress import doing
from assets.settings import ingest_settings, value_of
from assets.stages.load import Load
from pipelines import compiled
from pipelines.cleaning import CleanSettings
from pipelines.settings import Settings
from warehouse import WarehousePaths, WorkingFile, exclusive_lock
from warehouse.memory import share_arenas

_held: list[Load] = []


def held_load() -> Load | None:
    """The load that this process has open, if any."""
    return _held[-1] if _held else None


@contextmanager
def open_load(
    paths: WarehousePaths,
    load_id: str,
    wait_seconds: float,
    log: Callable[[str], None] = lambda line: None,
    engine: str = "",
    languages: Sequence[str] = (),
) -> Iterator[Load]:
    """Raises LoadRunningError where another load holds the lock longer than `wait_seconds`. Stages run on `engine`, and articles in `languages`
    are loaded; by default those of the settings."""
    share_arenas()
    with exclusive_lock(paths.lock, wait_seconds, log):
        wanted = tuple(sorted({*(languages or value_of("languages"))}))
        settings = Settings(
            ingest=ingest_settings(), cleaning=CleanSettings(languages=wanted, most_marks=value_of("limits.max_marks"))
        )
        load = Load(WorkingFile(paths), load_id, settings, log)
        load.doing = doing(lambda line: load.log(line))
        if engine := engine or value_of("engine"):
            load.over = EngineLoad(engine, paths.engine, lambda line: load.log(line))
        before, compiled.announce = compiled.announce, lambda message: load.log(message)
        _held.append(load)
        try:
            yield load
        finally:
            compiled.announce = before
            _held.remove(load)
            load.working.close()
            if load.over is not None:
                load.over.close()
