"""A process that works for a load of little into much: it reads lexicons, models and compiled code while this one imports Dagster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from assets.stages.apart import answers
from assets.stages.catalogue import CATALOGUE, Kept, settings_of
from assets.stages.load import Load
from assets.stages.memory import MANY
from assets.stages.parallel import FORKS, Job, Pool
from assets.stages.runner import taken

# Articles that are worked on for nothing but what is read for that: so many that compiled code is loaded.
TRIED = 128
_NEWEST = "SELECT article_id AS id FROM articles ORDER BY rowid DESC LIMIT $rows"


@contextmanager
def helped(load: Load) -> Iterator[None]:
    """Within, the load has a helper, where its warehouse is so large that a load of a few articles spends its time on reading, and the system
    has a second processor."""
    if load.over or not FORKS or (os.cpu_count() or 1) < 2 or load.working.value("SELECT count(*) FROM articles") < MANY:
        yield
        return
    with Pool(1, answers(load.working), much=False) as helper:
        helper.submit(_try, list(_tries(load)))
        load.helper = helper
        try:
            yield
        finally:
            load.helper = None


def _tries(load: Load) -> Iterator[tuple[Callable[..., Any], Job]]:
    """What the stages that read most, which are commands too, do with some articles that are there, without their context."""
    newest = load.working.table(_NEWEST, {"rows": TRIED})
    for kept in CATALOGUE:
        if isinstance(kept, Kept) and kept.command:
            stage = kept.stage
            rows = taken(load, kept, "takes", stage.takes, newest)
            work = partial(stage.run, settings=settings_of(stage.settings, load.settings))
            yield work, (rows, *(schema.empty_table() for schema in stage.context))


def _try(tries: list[tuple[Callable[..., Any], Job]]) -> None:
    """Do it; what goes wrong goes wrong again where it counts."""
    for work, job in tries:
        with suppress(Exception):
            work(*job)
