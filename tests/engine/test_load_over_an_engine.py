"""A load over an engine gives the tables of a load without one."""

import json

import duckdb
from engine.runs import few_articles, loaded

from warehouse import sql_names


def test_every_table_is_the_same_and_there_as_parquet(tmp_path):
    corpus = few_articles(tmp_path / "corpus")
    wanted = loaded(tmp_path / "plain", corpus, None)
    assert loaded(tmp_path / "over", corpus, "local") == wanted
    assert wanted["duplicate_pairs"]
    assert wanted["quotes"]
    folder = tmp_path / "over" / "engine" / "tables"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["tables"]
    assert set(manifest) == set(sql_names("tables"))
    with duckdb.connect() as scratch:
        for name, told in manifest.items():
            rows = sum(scratch.execute(f"SELECT count(*) FROM '{folder / file}'").fetchone()[0] for file in told["files"])
            assert (name, rows) == (name, told["rows"])
            assert name == "loads" or rows == len(wanted[name])
