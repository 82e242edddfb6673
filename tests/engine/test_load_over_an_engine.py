"""A load over an engine gives the tables of a load without one."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from loading import tables

from assets.engine.loading import EngineLoad
from assets.stages.open import open_load
from assets.stages.runner import run_all
from warehouse import WarehousePaths, sql_names

SAMPLE = Path(__file__).resolve().parents[2] / "seeds" / "articles"
FEW = ("northfold-observer", "tidewire")  # which share texts


def few_articles(folder: Path) -> Path:
    """A part of the sample corpus, with copies in it."""
    for publisher in FEW:
        shutil.copytree(SAMPLE / publisher, folder / publisher)
    return folder


def loaded(warehouse: Path, corpus: Path, engine: str | None) -> dict[str, list[tuple]]:
    with open_load(WarehousePaths(warehouse), "load", 0) as load:
        if engine:
            load.over = EngineLoad(engine, warehouse / "engine", lambda line: None)
        run_all(load, [corpus])
        return tables(load)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return few_articles(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def wanted(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple]]:
    return loaded(tmp_path_factory.mktemp("plain"), corpus, None)


def test_every_table_is_the_same_and_there_as_parquet(corpus, wanted, tmp_path):
    assert loaded(tmp_path, corpus, "local") == wanted
    assert wanted["duplicate_pairs"]
    assert wanted["quotes"]
    folder = tmp_path / "engine" / "tables"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["tables"]
    assert set(manifest) == set(sql_names("tables"))
    with duckdb.connect() as scratch:
        for name, told in manifest.items():
            rows = sum(scratch.execute(f"SELECT count(*) FROM '{folder / file}'").fetchone()[0] for file in told["files"])
            assert (name, rows) == (name, told["rows"])
            assert name == "loads" or rows == len(wanted[name])
