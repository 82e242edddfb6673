"""Runs over engines: duplicates of a made corpus, and loads of a part of the sample corpus."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
from loading import tables

from assets.engine import Engine, LocalEngine, Steps
from assets.engine.duplicates import duplicates_over
from assets.engine.loading import EngineLoad
from assets.engine.table import write_table
from assets.stages.load import Load
from assets.stages.open import open_load
from assets.stages.runner import run_all
from pipelines.duplicates import Duplicates, DuplicateSettings
from pipelines.duplicates.places import ARTICLES
from warehouse import WarehousePaths

SAMPLE = Path(__file__).resolve().parents[2] / "seeds" / "articles"
FEW = ("northfold-observer", "tidewire")  # which share texts
SMALL = DuplicateSettings(bucket_cap=2, equal_cap=2, common_days=2, common_stories=2)


def articles(table: pa.Table, corrections: list[str | None] | None = None) -> pa.Table:
    return table.append_column("correction", pa.array(corrections or [None] * table.num_rows, pa.string())).cast(ARTICLES)


def found_over(rows: pa.Table, how: DuplicateSettings, in_file: int, engine: Engine | None = None) -> Duplicates:
    with tempfile.TemporaryDirectory() as folder:
        steps = Steps(Path(folder) / "steps", engine or LocalEngine())
        return duplicates_over(steps, steps.given(write_table(rows, Path(folder) / "in", in_file), "in"), how).read()


def assert_same(got: Duplicates, wanted: Duplicates) -> None:
    for name in ("pairs", "clusters", "capped"):
        assert getattr(got, name).equals(getattr(wanted, name)), name


def few_articles(folder: Path) -> Path:
    """A part of the sample corpus."""
    for publisher in FEW:
        shutil.copytree(SAMPLE / publisher, folder / publisher)
    return folder


@contextmanager
def opened(
    warehouse: Path,
    engine: str | None,
    kind: type[EngineLoad] = EngineLoad,
    log: Callable[[str], None] = lambda line: None,
) -> Iterator[Load]:
    with open_load(WarehousePaths(warehouse), "load", 0) as load:
        if engine:
            load.over = kind(engine, load.working.paths.engine, log)
        yield load


def loaded(warehouse: Path, corpus: Path, engine: str | None, *how: Any) -> dict[str, list[tuple]]:
    """All tables after a load; `how` as of `opened`."""
    with opened(warehouse, engine, *how) as load:
        run_all(load, [corpus])
        return tables(load)
