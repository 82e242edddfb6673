"""A load over an engine gives the tables of a load without one."""

import json

import duckdb
import pytest
from engine.runs import few_articles, loaded, opened

from assets.engine.loading import EngineLoad
from assets.stages import publish
from warehouse import sql_names


class Killed(EngineLoad):
    """Breaks off when the quotes are made and not written yet."""

    def made_of(self, stage, *rest):
        made = super().made_of(stage, *rest)
        if stage.name == "quotes":
            raise KeyboardInterrupt
        return made


def test_a_load_that_was_killed_and_begun_again_gives_every_table_of_a_plain_one_and_parquet_of_each(tmp_path, monkeypatch):
    corpus = few_articles(tmp_path / "corpus")
    wanted = loaded(tmp_path / "plain", corpus, None)
    with pytest.raises(KeyboardInterrupt):
        loaded(tmp_path / "over", corpus, "local", Killed)
    lines: list[str] = []
    assert loaded(tmp_path / "over", corpus, "local", EngineLoad, lines.append) == wanted
    assert "local: quotes: done before" in lines
    assert wanted["duplicate_pairs"]
    assert wanted["quotes"]
    monkeypatch.setattr(publish, "MOST_PUBLISHED", 1)
    with opened(tmp_path / "over", "local") as load:
        assert not publish.publish_load(load, always=True), "of more articles than that there is Parquet only"
    folder = tmp_path / "over" / "engine" / "tables"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["tables"]
    assert set(manifest) == set(sql_names("tables"))
    with duckdb.connect() as scratch:
        for name, told in manifest.items():
            rows = sum(scratch.execute(f"SELECT count(*) FROM '{folder / file}'").fetchone()[0] for file in told["files"])
            assert (name, rows) == (name, told["rows"])
            assert name == "loads" or rows == len(wanted[name])
