"""A new stage is one function with its schema, one declaration, one folder of SQL and its table: all else follows.

Made in a copy of the checkout, in which nothing but these files is written.
"""

import json
import re

import pytest

from tests.checkouts import ROOT, copy_checkout, edited, run_in

FUNCTION = '''"""How long the words of an article are."""

import pyarrow as pa

from pipelines import schemas
from pipelines.stage import Stage

WORDS = pa.schema([pa.field("id", pa.string(), False), pa.field("words", pa.int64(), False), pa.field("longest", pa.string(), False)])


def longest_words(bodies):
    rows = [{"id": id, "words": len(text.split()), "longest": max(text.split(), key=len)} for id, text in zip(*bodies.to_pydict().values())]
    return pa.Table.from_pylist(rows, schema=WORDS)


WORD_STAGE = Stage("words", "counting words", schemas.BODIES, {"words": WORDS}, longest_words, packages=("pyarrow",))
'''
DECLARED = """    Kept(
        WORD_STAGE,
        pending="articles to count words of",
        tables={"article_words": "article_id"},
        group="words",
        shows=(Shown("article_words", "words, longest"),),
        command=Batch(
            name="words",
            help="count words",
            answer=lambda rows, options: [{"words": n} for n in WORD_STAGE.run(rows)["words"]["words"].to_pylist()],
            empty=lambda row: {"words": None},
        ),
    ),
)
"""
FILES = {
    "pipelines/words.py": FUNCTION,
    "warehouse/sql/stages/words/write_words.sql": "INSERT INTO article_words SELECT id, words, longest FROM new_words",
    "warehouse/sql/tables/article_words.sql": "CREATE TABLE IF NOT EXISTS article_words (article_id VARCHAR PRIMARY KEY, words BIGINT NOT NULL, longest VARCHAR);\n"
    "COMMENT ON TABLE article_words IS 'Words of each article.';",
    "warehouse/sql/checks/words_counted.sql": "-- asset: article_words\n-- promise: Every article has words.\nSELECT article_id FROM article_words WHERE words < 1",
}
SCRIPT = """
import json, os
from pathlib import Path
import dagster as dg, duckdb
from assets.definitions import defs
from assets.project import corpus_roots, warehouse_paths
from assets.stages.open import open_load
from assets.stages.runner import pending_work
from tests.loading import tables
with open_load(warehouse_paths(), "look", 0) as load:
    pending = pending_work(load, corpus_roots())
result = defs.resolve_implicit_global_asset_job_def().execute_in_process(instance=dg.DagsterInstance.ephemeral(), raise_on_error=False)
specs = {spec.key.to_user_string(): spec for spec in defs.resolve_all_asset_specs()}
with open_load(warehouse_paths(), "look", 0) as load:
    listed = sorted(tables(load))
    again = pending_work(load, corpus_roots())
with duckdb.connect(str(warehouse_paths().published), read_only=True) as published:
    rows = published.sql("SELECT words, longest FROM article_words ORDER BY ALL").fetchall()
print(json.dumps({
    "pending": pending, "again": again, "success": result.success, "rows": rows, "tables": listed,
    "asset": [specs["article_words"].group_name, specs["article_words"].description],
    "after": [dep.asset_key.to_user_string() for dep in specs["article_words"].deps],
    "published_after": "article_words" in [dep.asset_key.to_user_string() for dep in specs["published_warehouse"].deps],
    "checks": {done.check_name: done.passed for done in result.get_asset_check_evaluations()},
}))
"""
COMMAND = """
import json, sys
from assets.cli import main
status = main(["words", *sys.argv[1:]])
print(json.dumps(status))
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    tree = copy_checkout(tmp_path_factory.mktemp("checkout"))
    for name, text in FILES.items():
        (tree / name).parent.mkdir(exist_ok=True)
        (tree / name).write_text(text, encoding="utf-8")
    catalogue = tree / "assets/stages/catalogue.py"
    text = catalogue.read_text(encoding="utf-8").removesuffix(")\n") + DECLARED
    text = text.replace("from pipelines.settings", "from pipelines.words import WORD_STAGE\nfrom pipelines.settings", 1)
    catalogue.write_text(text, encoding="utf-8")
    return tree


@pytest.fixture
def load(checkout, tmp_path):
    """Runs a load through Dagster's assets, and says what was seen of the stage."""
    corpus = tmp_path / "corpus" / "outlet"
    corpus.mkdir(parents=True)
    for name, words in {
        "a": "The harbour of Eskmouth reopened on Monday.",
        "b": "Nordwick's townspeople voted for the bridge on Tuesday.",
    }.items():
        (corpus / f"{name}.txt").write_text(words, encoding="utf-8")
    environment = {"COPYDESK_CORPUS": str(corpus.parent), "COPYDESK_WAREHOUSE": str(tmp_path / "warehouse")}
    return lambda: run_in(checkout, SCRIPT, **environment)


def test_the_files_written_are_those_that_the_docs_name():
    section = (ROOT / "docs/architecture.md").read_text(encoding="utf-8").split("**A table**")[1].split("\n\n")[1]
    named = [re.escape(name) for name in re.findall(r"`([\w/.<>]+\.\w+)`", section)]
    patterns = [re.sub(r"<\w+>", r"\\w+", name) for name in named]
    written = {*FILES, "assets/stages/catalogue.py", "docs/warehouse.md", "README.md", "docs/architecture.md"}
    named_only = {
        "pipelines/schemas.py",
        "pipelines/stages.py",
        "tests/warehouse/test_checks.py",
    }  # where ours stand, and what a check wants
    assert len(patterns) == len(written | named_only)
    assert all(any(re.fullmatch(pattern, name) for pattern in patterns) for name in written)


def test_it_is_run_published_checked_and_shown_after_what_it_reads(load):
    seen = load()
    assert seen["success"]
    assert seen["rows"] == [[7, "Eskmouth"], [8, "townspeople"]]
    assert seen["asset"] == ["words", "Words of each article."]
    assert seen["after"] == ["articles"]
    assert seen["published_after"]
    assert seen["checks"]["words_counted"]
    assert "article_words" in seen["tables"]
    assert seen["again"] == {}


def test_it_is_pending_and_made_again_where_its_code_changed_and_what_breaks_its_promise_is_not_published(load, checkout):
    first = load()
    with edited(checkout / "pipelines/words.py", r"len\(text\.split\(\)\)", "0"):
        broken = load()
    assert broken["pending"] == {"articles to count words of": 2}
    assert not broken["success"]
    assert broken["checks"]["words_counted"] is False
    assert broken["rows"] == first["rows"]
    with edited(checkout / "pipelines/words.py", r"max\(", "min("):
        changed = load()
    assert changed["pending"] == {"articles to count words of": 2, "file to publish": 1}
    assert changed["rows"] == [[7, "of"], [8, "on"]]


def test_it_is_a_command(checkout, tmp_path):
    (tmp_path / "in").write_text(json.dumps({"id": 7, "text": "One two three."}) + "\n" + json.dumps({"id": 8}) + "\n")
    assert run_in(checkout, COMMAND, tmp_path / "in", tmp_path / "out") == 0
    first, second = map(json.loads, (tmp_path / "out").read_text().splitlines())
    assert first == {"id": 7, "words": 3}
    assert (second["words"], second["reject"]["reason"]) == (None, "no_text")
