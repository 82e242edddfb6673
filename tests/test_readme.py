"""The documentation is true: outputs are real, and what it names exists, and the other way round.

COPYDESK_UPDATE_README=1 writes the outputs again.
"""

import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import duckdb
import pytest

from assets.arguments import as_page as commands_as_page
from assets.cli import parser
from assets.definitions import defs
from assets.project import sample_corpus
from pipelines.vocabulary import DuplicateKind, RejectReason
from tests.answers import UPDATE, asked, check_answers
from tests.loading import load_folder
from warehouse import sql_names
from warehouse.dictionary import as_page

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
CHANGED = "harbour-courier/council-budget-night.txt"
ADDED = re.compile(r"Pell said that the fight .*\n\n")
SUMMARY = re.compile(r"(?P<head><!-- output of `copydesk load` -->\n```text\n)(?P<shown>.*?)```", re.S)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The sample corpus, one article of which was loaded in an earlier version before."""
    folder, corpus = tmp_path_factory.mktemp("readme"), tmp_path_factory.mktemp("corpus") / "articles"
    first = corpus / CHANGED
    first.parent.mkdir(parents=True)
    text = (sample_corpus() / CHANGED).read_text(encoding="utf-8")
    first.write_text(ADDED.sub("", text), encoding="utf-8")
    load_folder(folder, corpus, load_id="first")
    shutil.copytree(sample_corpus(), corpus, dirs_exist_ok=True)
    load_folder(folder, corpus)
    with duckdb.connect(str(folder / "copydesk.duckdb"), read_only=True) as connection:
        yield connection


def test_the_queries_give_the_output_that_the_readme_shows(published):
    assert check_answers(README, partial(asked, published)) >= 3


def test_the_questions_of_journalists_have_the_answers_that_are_shown(published):
    assert check_answers(ROOT / "docs" / "queries.md", partial(asked, published)) >= 25


def test_the_page_of_tables_says_what_the_sql_files_say():
    page = ROOT / "docs" / "tables.md"
    if UPDATE:
        page.write_text(as_page(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == as_page(), "made again by COPYDESK_UPDATE_README=1 pytest tests/test_readme.py"


def test_the_page_of_commands_says_what_the_parser_says():
    page = ROOT / "docs" / "commands.md"
    if UPDATE:
        page.write_text(commands_as_page(parser()), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == commands_as_page(parser()), (
        "made again by COPYDESK_UPDATE_README=1 pytest tests/test_readme.py"
    )


def test_a_load_ends_as_the_readme_shows(tmp_path):
    environment = {**os.environ, "COPYDESK_WAREHOUSE": str(tmp_path), "DAGSTER_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    environment.pop("COPYDESK_CORPUS", None)
    run = subprocess.run(
        [sys.executable, "-m", "assets.cli", "load"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    lines = run.stdout.replace(str(tmp_path), "warehouse").splitlines(keepends=True)
    ending = "".join(lines[1:])  # the first says how long it took
    text = README.read_text(encoding="utf-8")
    if UPDATE:
        text = SUMMARY.sub(lambda m: f"{m['head']}{ending}```", text)
        README.write_text(text, encoding="utf-8")
    assert SUMMARY.search(text)["shown"] == ending


def test_every_asset_is_in_the_readme_and_the_other_way_round():
    table = README.read_text(encoding="utf-8").split("| asset | what it holds |")[1].split("\n\n")[0]
    named = set(re.findall(r"^\| `(\w+)`", table, re.M))
    assert named == {spec.key.to_user_string() for spec in defs.resolve_all_asset_specs()}


def test_every_command_is_in_the_readme_and_the_other_way_round():
    named = set(re.findall(r"copydesk (load|clean|quotes|duplicates|compare|[a-z]+) [-~\w./]+", README.read_text(encoding="utf-8")))
    action = next(action for action in parser()._actions if action.dest == "command")
    assert named == set(action.choices)


def test_every_make_target_in_the_readme_exists():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"make (run|test|ui|lint|bench)", README.read_text(encoding="utf-8")))
    assert named == {"run", "test", "ui", "lint", "bench"} <= targets


def test_every_table_view_and_reject_reason_is_documented_and_the_other_way_round():
    text = (ROOT / "docs" / "warehouse.md").read_text(encoding="utf-8")

    def names_below(heading: str) -> set[str]:
        return set(re.findall(r"^\| `(\w+)`", text.split(heading)[1].split("\n\n")[0], re.M))

    assert names_below("| table | a row is |") == set(sql_names("tables"))
    assert names_below("| view | answers |") == set(sql_names("views"))
    assert names_below("| reason | what it means |") == {str(reason) for reason in RejectReason}


def test_the_kinds_of_pairs_are_named():
    text = README.read_text(encoding="utf-8")
    assert all(str(kind) in text for kind in DuplicateKind)


def test_links_lead_to_files():
    for page in [README, *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
