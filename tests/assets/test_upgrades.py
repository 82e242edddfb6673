"""A warehouse that is loaded again by other code equals one that this code loads from nothing.

Each edit is made in a copy of the checkout. Files are read again by newer code too, but a record that is read in another way keeps its
older text in `document_revisions`, which a new warehouse does not have: that table is history and not compared.
"""

import shutil

import pytest

from tests.checkouts import copy_checkout, edited, run_in

SCRIPT = """
import json, sys
from pathlib import Path
from assets.stages.open import open_load
from assets.stages.runner import pending_work, run_all
from tests.loading import tables
from warehouse import WarehousePaths
corpus, *warehouses = map(Path, sys.argv[1:])
found = []
for warehouse in warehouses:
    with open_load(WarehousePaths(warehouse), f"load {warehouse.name}", 0) as load:
        work = pending_work(load, [corpus])
        run_all(load, [corpus])
        rows = {name: sorted(map(repr, rows)) for name, rows in tables(load).items() if name != "document_revisions"}
        found.append([work, rows, load.working.value("SELECT count(*) FROM loads")])
print(json.dumps(found))
"""

# The longest line of every page, by which the story is known until a rule says that it is none of it: then the pages are several stories.
FOOT = (
    "Ferry people read the Gazette of the Sound, which is printed on the quay of Eskmouth every night but Sunday, on paper from the mills "
    "of the upper valley, and sold by its own boys and girls on every boat between the islands and the mainland in summer and in winter."
)
PAGE = """Ferry sails again after repairs

By Mara Quill

{day}, 4 April 2031

The ferry to Eskmouth sailed again on {day} after a week of repairs to her engine, the harbour office said in a letter.

“We are glad to have her back,” said Oda Brannick, who chairs the harbour committee. “{words}”

The {number} passengers on board, most of them farmers on their way to the market, were given coffee and a free ticket home.

{foot}
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Six stories of one outlet, all with the same foot, which no rule knows; and a German one."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "gazette").mkdir()
    for number, day in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"), 11):
        words = f"Nobody missed the {number} days in the fog."
        page = PAGE.format(day=day, number=number, words=words, foot=FOOT).replace("repairs", f"repair number {number}")
        (folder / "gazette" / f"{day}.txt").write_text(page, encoding="utf-8")
    german = "Die Fähre fährt wieder\n\n„Wir sind froh“, sagte Oda Brannick am Montag in Eskmouth den Gästen.\n\nSie fährt jeden Tag um zehn.\n"
    (folder / "gazette" / "faehre.txt").write_text(german, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return copy_checkout(tmp_path_factory.mktemp("checkout"))


def load(tree, corpus, *warehouses):
    """Of each load: what was pending, the tables, and how many loads changed something."""
    return run_in(tree, SCRIPT, corpus, *warehouses)


@pytest.fixture(scope="module")
def loaded(tree, corpus, tmp_path_factory):
    """A warehouse as the checkout loads it, and its tables."""
    folder = tmp_path_factory.mktemp("loaded")
    [[_, tables, _]] = load(tree, corpus, folder)
    return folder, tables


RULE = f"""[[rule]]
name = "reader appeal"
kind = "appeal"
pattern = "ferry people read the gazette.*"
keywords = ["gazette"]
words = 60
hits = ["{FOOT.lower()}"]
misses = ["nobody reads the gazette"]

"""

# What is edited: file, what in it, with what; the tables that differ after it, none of which is said for those that depend on the corpus.
EDITS = {
    "a boilerplate rule": ("seeds/languages/en/boilerplate.toml", r"^\[\[rule\]\]", RULE + "[[rule]]", {"blocks"}),
    "a word of a lexicon": ("seeds/languages/de/quotes.toml", r"\bsagte\b", "brummte", {"quotes"}),
    "a value of an enum": ("pipelines/vocabulary.py", r'STAMP = "stamp"', 'STAMP = "date line"', {"articles"}),
    "a module": ("pipelines/cleaning/clean.py", r'"\\n\\n"\.join\(body\)', '"\\\\n\\\\n".join(body[:-1])', {"articles", "signatures"}),
    "how names become speakers": ("pipelines/speakers/corpus.py", r"md5\(text\.", "md5(('of ' + text).", {"quotes", "speakers"}),
    "which records are read": ("pipelines/ingest/__init__.py", r"return folder if slash else None", "return None", {"documents", "articles"}),
}  # fmt: skip


@pytest.mark.parametrize("what", EDITS)
def test_an_upgraded_warehouse_equals_a_fresh_one(tree, corpus, loaded, tmp_path, what):
    place, pattern, replacement, expected = EDITS[what]
    with edited(tree / place, pattern, replacement):
        [_, upgraded, loads], [_, fresh, _] = load(tree, corpus, shutil.copytree(loaded[0], tmp_path / "old"), tmp_path / "new")
    assert upgraded == fresh
    assert {name for name, rows in fresh.items() if rows != loaded[1][name]} >= expected
    assert loads == 2


def test_a_rule_that_changes_which_lines_repeat_shows_so_in_an_upgraded_warehouse(tree, corpus, loaded, tmp_path):
    assert not any("repeated" in row and FOOT in row for row in loaded[1]["blocks"])
    place, pattern, replacement, _ = EDITS["a boilerplate rule"]
    with edited(tree / place, pattern, replacement):
        [[_, tables, _]] = load(tree, corpus, shutil.copytree(loaded[0], tmp_path / "old"))
    assert sum("repeated" in row and FOOT in row for row in tables["blocks"]) == 6


def test_edits_of_comments_leave_a_warehouse_with_nothing_to_do(tree, corpus, loaded, tmp_path):
    texts = {file: file.read_text(encoding="utf-8") for file in tree.rglob("*") if file.suffix in (".py", ".toml", ".sql")}
    try:
        for file, text in texts.items():
            file.write_text(f"{'--' if file.suffix == '.sql' else '#'} A comment.\n{text}", encoding="utf-8")
        [[work, tables, loads]] = load(tree, corpus, shutil.copytree(loaded[0], tmp_path / "old"))
    finally:
        for file, text in texts.items():
            file.write_text(text, encoding="utf-8")
    assert work == {}
    assert tables == loaded[1]
    assert loads == 1
