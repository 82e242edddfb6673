"""What makes rows stale: every edit that can shape them, and none of comments, docstrings and layout."""

import ast
import re
import shutil
from pathlib import Path

import pytest

from assets.sources import Sources
from assets.stages import ingest
from assets.stages.catalogue import CATALOGUE, Kept
from assets.versions import WRITERS, imported, version_at
from pipelines.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
ALL = frozenset({"ingest", *(declared.name for declared in CATALOGUE)})
SQL = "warehouse/sql/stages"


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of the checkout's code and data."""
    folder = tmp_path_factory.mktemp("tree")
    for name in ("assets", "pipelines", "seeds", "warehouse"):
        ignored = shutil.ignore_patterns("__pycache__", "*.duckdb*", "articles")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    return folder


@pytest.fixture
def tree(copied, tmp_path_factory, monkeypatch):
    """The copy, as it was again after the test, and a cache of its own."""
    monkeypatch.setattr("assets.sources.cache_directory", lambda: copied)
    before = {file: file.read_bytes() for file in copied.rglob("*") if file.suffix in (".py", ".toml", ".txt", ".sql")}
    yield copied
    for file, content in before.items():
        if file.read_bytes() != content:
            file.write_bytes(content)


def parts_of(settings):
    """Of each stage what its version is made from."""
    yield "ingest", ingest.ingest_roots, settings.ingest, (), ("pyarrow",)
    for declared in CATALOGUE:
        told = declared.stage if isinstance(declared, Kept) else declared
        part = getattr(settings, told.settings) if told.settings else None
        yield declared.name, declared.work, part, told.seeds, told.packages


def versions_of(root, settings=Settings()):  # noqa: B008
    return {name: version_at(root, name, *parts) for name, *parts in parts_of(settings)}


def stale(before, after):
    return {name for name in before if before[name] != after[name]}


def edit(file: Path, pattern: str, replacement: str) -> None:
    text = file.read_text(encoding="utf-8")
    changed = re.sub(pattern, replacement, text, count=1, flags=re.M)
    assert changed != text, f"{pattern} is not in {file}"
    file.write_text(changed, encoding="utf-8")


class OtherDocstrings(ast.NodeTransformer):
    def visit_Expr(self, node):
        is_text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return ast.Expr(ast.Constant("Says something else.")) if is_text else node


def test_comments_docstrings_and_layout_of_any_file_make_nothing_stale(tree):
    before = versions_of(tree)
    for file in tree.rglob("*.py"):
        written = ast.unparse(OtherDocstrings().visit(ast.parse(file.read_bytes())))
        file.write_text(f"# New comment.\n\n{written}\n\n\n# The end.\n", encoding="utf-8")
    for file in (*tree.rglob("*.toml"), *tree.rglob("*.sql")):
        mark = "#" if file.suffix == ".toml" else "--"
        file.write_text(f"{mark} New comment.\n{file.read_text(encoding='utf-8')}\n\n{mark} The end.\n", encoding="utf-8")
    assert stale(before, versions_of(tree)) == set()


def test_an_edit_of_any_module_makes_stale_what_imports_it_and_nothing_else(tree):
    """Every fourth module in turn, for a stage that imports it and for one that does not."""
    parts = {name: rest for name, *rest in parts_of(Settings())}
    sources = Sources(tree)
    used = {name: set(imported(rest[0], sources).values()) for name, rest in parts.items() if rest[0]}
    before = versions_of(tree)
    modules = sorted(set().union(*used.values()))
    assert len(modules) > 80
    for module in modules[::4]:
        text = module.read_text(encoding="utf-8")
        module.write_text(text + "\nEDITED = True\n", encoding="utf-8")
        writes = module in {sources.module(name) for name in WRITERS}
        for uses in (True, False):
            name = next((name for name, files in used.items() if (module in files) == uses), None)
            if name is not None:
                after = version_at(tree, name, *parts[name])
                assert (after != before[name]) == (uses or writes), (module, name)
        module.write_text(text, encoding="utf-8")


# What is edited: file, what in it, with what; then what is stale. A stage that takes what these give is stale by its input.
EDITS = {
    "a boilerplate rule": ("seeds/boilerplate/en.toml", r"\A", '[[new_rule]]\nname = "x"\n', {"lines", "clean"}),
    "an example of a rule, which only tests read": ("seeds/boilerplate/de.toml", r'hits = \["', 'hits = ["Neu: ', {"lines", "clean"}),
    "weights of a model": ("seeds/boilerplate/weights.txt", r"\Z", "\n0", {"lines", "clean"}),
    "a word of a quotes lexicon": ("seeds/quotes/en.toml", r"\A", 'new_words = "chortled"\n', {"quotes", "lines", "clean"}),
    "a word list in code": ("pipelines/language.py", r'"the",', '"thee",', {"lines", "clean", "quotes"}),
    "a value of an enum": ("pipelines/vocabulary.py", r'"navigation"', '"menu"', ALL - {"speakers", "signatures"}),
    "a column of a schema": ("pipelines/schemas.py", r'pa\.field\("byline", pa\.string\(\)\)', 'pa.field("byline", pa.large_string())', ALL - {"speakers"}),
    "a threshold": ("pipelines/cleaning/settings.py", r"^    short_page: int = 12", "    short_page: int = 13", {"lines", "clean"}),
    "the default of a setting": ("pipelines/quotes/model.py", r'default_language: str = "en"', 'default_language: str = "de"', {"quotes"}),
    "a module imported inside a function": ("pipelines/cleaning/html.py", r"favor_precision=True", "favor_recall=True", {"lines", "clean"}),
    "a kernel": ("pipelines/duplicates/pair_kernels.py", r"\Z", "\nEDITED = 1\n", {"signatures", "pairs"}),
    "the bisection around all stages": ("pipelines/stage.py", r"// 2", "// 3", ALL),
    "a reader of files": ("pipelines/ingest/text_reader.py", r"\Z", "\nEDITED = 1\n", {"ingest"}),
    "how files become records": ("assets/stages/ingest.py", r"\Z", "\nEDITED = 1\n", {"ingest"}),
    "SQL that writes a table": (f"{SQL}/quotes/write_quotes.sql", r"q\.confidence", "1 - q.confidence", {"quotes"}),
    "SQL that makes a table": (f"{SQL}/speakers/make_speakers.sql", r"DESC", "ASC", {"speakers"}),
    "SQL of each article": (f"{SQL}/each_article/takes.sql", r"ORDER BY article_id", "ORDER BY body", {"quotes", "speakers", "ingest"}),
    "the code that compares": ("assets/stages/pairs.py", r"\Z", "\nEDITED = 1\n", {"pairs"}),
    "the code that runs all stages": ("assets/stages/runner.py", r"\Z", "\nEDITED = 1\n", ALL),
}  # fmt: skip


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_makes_stale_what_rests_on_it(tree, what):
    place, pattern, replacement, expected = EDITS[what]
    before = versions_of(tree)
    edit(tree / place, pattern, replacement)
    assert stale(before, versions_of(tree)) == expected
