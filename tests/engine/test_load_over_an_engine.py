"""A load over an engine gives the tables of a load without one."""

import json
from collections import Counter

import duckdb
import pytest
from engine.runs import few_articles, loaded, opened

from assets.engine.loading import EngineLoad
from assets.stages import publish
from warehouse import sql_names

WHOLE = {"speakers", "utterances", "sources", "stories"}  # what needs all rows


def killed_at(*stages: str) -> type[EngineLoad]:
    """A load that breaks off when one of these stages is made and not written yet, of each the first time."""
    waiting = set(stages)

    class Killed(EngineLoad):
        def made_of(self, stage, *rest):
            return self._ended(stage.name, super().made_of(stage, *rest))

        def whole(self, name, *rest):
            return self._ended(name, super().whole(name, *rest))

        def _ended(self, name, made):
            if name in waiting:
                waiting.remove(name)
                raise KeyboardInterrupt
            return made

    return Killed


def test_a_load_that_was_killed_and_begun_again_gives_every_table_of_a_plain_one_and_parquet_of_each(tmp_path, monkeypatch):
    corpus = few_articles(tmp_path / "corpus")
    wanted = loaded(tmp_path / "plain", corpus, None)
    lines: list[str] = []
    killed = killed_at("quotes", *WHOLE)
    for _ in range(1 + len(WHOLE)):
        with pytest.raises(KeyboardInterrupt):
            loaded(tmp_path / "over", corpus, "local", killed, lines.append)
    assert loaded(tmp_path / "over", corpus, "local", killed, lines.append) == wanted
    assert "local: quotes: done before" in lines
    assert {line for line in lines if "whole: done before" in line} == {f"local: {name}.whole: done before" for name in WHOLE}
    assert set(Counter(line for line in lines if "done before" not in line and ".whole: " in line).values()) == {1}
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
