"""What makes rows stale: every edit that can shape them, and none of comments, docstrings and layout."""

import ast
import os
import shutil
from pathlib import Path

import pytest

from assets import versions
from assets.sources import Sources, parsed
from assets.stages import ingest
from assets.stages.catalogue import CATALOGUE, Kept, settings_of
from assets.versions import WRITERS, imported, outside, seed_files, version_at
from pipelines.cleaning import CleanSettings
from pipelines.settings import Settings
from tests.checkouts import copy_checkout, edited, run_in

ROOT = Path(__file__).resolve().parents[2]
ALL = frozenset({"ingest", *(declared.name for declared in CATALOGUE)})
SQL = "warehouse/sql/stages"


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    return copy_checkout(tmp_path_factory.mktemp("tree"))


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
    yield "ingest", ingest.ingest_roots, settings.ingest, ingest.SEEDS, ingest.PACKAGES
    for declared in CATALOGUE:
        parts = declared.stage if isinstance(declared, Kept) else declared
        yield declared.name, declared.work, settings_of(parts.settings, settings), parts.seeds, parts.packages


def versions_of(root, settings=Settings()):  # noqa: B008
    return {name: version_at(root, name, *parts) for name, *parts in parts_of(settings)}


def stale(before, after):
    return {name for name in before if before[name] != after[name]}


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
    "a boilerplate rule": ("seeds/languages/en/boilerplate.toml", r"\A", '[[new_rule]]\nname = "x"\n', {"lines", "clean"}),
    "an example of a rule, which only tests read": ("seeds/languages/de/boilerplate.toml", r'hits = \["', 'hits = ["Neu: ', {"lines", "clean"}),
    "weights of a model": ("seeds/models/lines.txt", r"\Z", "\n0", {"clean"}),
    "a word of a quotes lexicon": ("seeds/languages/en/quotes.toml", r"\A", 'new_words = "chortled"\n', {"quotes", "statements", "utterances"}),
    "a word that tells a language": ("seeds/languages/en/detection.toml", r"\A", "new = 1\n", {"ingest", "lines", "clean", "quotes", "utterances"}),
    "a name of people": ("seeds/languages/de/names.toml", r"\A", 'more = ["Lisbet"]\n', {"lines", "clean", "quotes", "speakers", "utterances"}),
    "a value of an enum": ("pipelines/vocabulary.py", r'"navigation"', '"menu"', ALL - {"signatures", "corrections"}),
    "a column of a schema": ("pipelines/schemas.py", r'pa\.field\("byline", pa\.string\(\)\)', 'pa.field("byline", pa.large_string())', ALL - {"corrections"}),
    "a threshold": ("pipelines/cleaning/settings.py", r"^    short_page: int = 12", "    short_page: int = 13", {"lines", "clean"}),
    "the default of a setting": ("pipelines/quotes/types.py", r'default_language: str = "en"', 'default_language: str = "de"', {"quotes", "statements", "utterances"}),
    "a module imported inside a function": ("pipelines/cleaning/html.py", r"favor_precision=precise", "favor_precision=not precise", {"lines", "clean"}),
    "a kernel": ("pipelines/duplicates/kernels/pairs.py", r"\Z", "\nEDITED = 1\n", {"signatures", "pairs"}),
    "the bisection around all stages": ("pipelines/stage.py", r"// 2", "// 3", ALL),
    "a reader of files": ("pipelines/ingest/text_reader.py", r"\Z", "\nEDITED = 1\n", {"ingest"}),
    "how files become records": ("assets/stages/ingest.py", r"\Z", "\nEDITED = 1\n", {"ingest"}),
    "SQL that writes a table": (f"{SQL}/quotes/write_quotes.sql", r"q\.confidence", "1 - q.confidence", {"quotes"}),
    "SQL that makes a table": (f"{SQL}/speakers/make_speakers.sql", r"DESC", "ASC", {"speakers"}),
    "SQL of each article": (f"{SQL}/each_article/takes.sql", r"ORDER BY article_id", "ORDER BY body", {"corrections", "quotes", "statements", "speakers", "utterances", "sources", "stories", "ingest"}),
    "the code that compares": ("assets/stages/pairs.py", r"\Z", "\nEDITED = 1\n", {"pairs"}),
    "the code that runs all stages": ("assets/stages/runner.py", r"\Z", "\nEDITED = 1\n", ALL),
}  # fmt: skip


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_makes_stale_what_rests_on_it(tree, what):
    place, pattern, replacement, expected = EDITS[what]
    before = versions_of(tree)
    with edited(tree / place, pattern, replacement):
        assert stale(before, versions_of(tree)) == expected


def test_a_setting_and_the_version_of_a_package_make_stale_what_declares_them(tree, monkeypatch):
    before = versions_of(tree)
    assert stale(before, versions_of(tree, Settings(cleaning=CleanSettings(threshold=0.4)))) == {"clean"}
    real = versions.version
    monkeypatch.setattr(versions, "version", lambda package: "0" if package == "trafilatura" else real(package))
    assert stale(before, versions_of(tree)) == {"lines", "clean"}


def test_a_file_of_a_new_language_makes_stale_what_reads_files_like_it(tree):
    before = versions_of(tree)
    (tree / "seeds/languages/xx").mkdir()
    (tree / "seeds/languages/xx/quotes.toml").write_text("")
    assert stale(before, versions_of(tree)) == {"quotes", "statements", "utterances"}
    shutil.rmtree(tree / "seeds/languages/xx")


def test_data_that_is_declared_and_not_there_is_an_error(tree):
    with pytest.raises(FileNotFoundError, match=r"seeds/quotas/\*\.toml, which a stage declares"):
        list(seed_files(tree, ["quotas/*.toml"]))


@pytest.mark.parametrize("declared", [d for d in CATALOGUE if d.work], ids=lambda declared: declared.name)
def test_a_stage_declares_every_package_that_its_code_imports(declared):
    assert outside(declared.work) == set(declared.packages)


# Runs one stage on a text of each publisher of the sample corpus, in three languages, as plain Python. Prints what it opens below `seeds/`,
# and the files of which it calls functions.
TRACE = """
import json, sys, threading
from pathlib import Path
from importlib import import_module
root, name, module = Path(sys.argv[1]), *sys.argv[2:]
opened, called, watching = set(), set(), True
def hook(event, arguments):
    if watching and event == "open" and str(arguments[0]).startswith(f"{root}/seeds/"):
        opened.add(str(arguments[0]))
def profile(frame, event, argument):
    called.add(frame.f_code.co_filename)
sys.addaudithook(hook)
import_module(module)
watching = False  # what is imported for other stages
import pyarrow as pa
from assets.stages.catalogue import CATALOGUE, settings_of
from pipelines.settings import Settings
stage = next(declared.stage for declared in CATALOGUE if declared.name == name)
folders = sorted((root / "seeds/articles").iterdir())
texts = [next(folder.glob("*.txt")).read_text(encoding="utf-8", errors="ignore") for folder in folders]
texts.append("They don\u00e2\u20act know that it isn\u00e2\u20act true, said the mayor of the town on Monday.")
settings = settings_of(stage.settings, Settings())
rows = [{"id": str(place), "text": text, "publisher": "outlet"} for place, text in enumerate(texts)]
rows = [{field: row.get(field) for field in stage.takes.names} for row in rows]
watching = True
sys.setprofile(profile), threading.setprofile(profile)
stage.run(pa.Table.from_pylist(rows, schema=stage.takes), *(schema.empty_table() for schema in stage.context),
          settings=settings)
sys.setprofile(None)
print(json.dumps([sorted(opened), sorted(called)]))
"""


@pytest.fixture(scope="module", params=[d for d in CATALOGUE if isinstance(d, Kept)], ids=lambda kept: kept.name)
def traced(request):
    """A stage, the files below `seeds/` that it opens, and those of our code that it runs."""
    opened, called = (map(Path, files) for files in run_in(ROOT, TRACE, ROOT, request.param.name, request.param.work.__module__))
    data = {file for file in opened if file.suffix not in (".py", ".pyc") and ROOT / "seeds/articles" not in file.parents}
    return request.param.stage, data, {file for file in called if file.is_relative_to(ROOT / "pipelines")}


def test_a_stage_declares_every_file_below_seeds_that_it_opens_and_no_other(traced):
    stage, opened, _ = traced
    assert opened <= set(seed_files(ROOT, stage.seeds))
    for pattern in stage.seeds:
        assert opened & set(seed_files(ROOT, [pattern])), f"{stage.name} opens nothing of seeds/{pattern}"


def test_the_version_of_a_stage_covers_every_module_that_it_runs(traced):
    stage, _, called = traced
    sources = Sources(ROOT)
    assert called - set(imported(stage.work, sources).values()) <= {sources.module(name) for name in WRITERS}


def test_functions_named_by_strings_and_relative_imports_are_followed(tmp_path, monkeypatch):
    """The ways in which a module can be reached; `odd` by none of them."""
    monkeypatch.setattr("assets.sources.cache_directory", lambda: None)
    package = tmp_path / "pipelines"
    files = {
        "__init__": "from pipelines import odd",
        "odd": "",
        "work": "import pipelines.plain\nfrom pipelines import member\nfrom .near import thing\nfrom pipelines.deep.inner import it\n"
        "def work():\n    from pipelines import lazy\n    load('pipelines.named', 'pipelines.called:run', f'pipelines.many.{1}', f'{HERE}.beside')\n"
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pipelines.odd\n",
        **dict.fromkeys(("plain", "member", "near", "lazy", "named", "called", "beside"), ""),
        "deep/__init__": "import pipelines.odd",
        "deep/inner": "it = 1",
        "many/__init__": "",
        "many/one": "",
        "many/two": "",
    }
    for name, text in files.items():
        (package / f"{name}.py").parent.mkdir(parents=True, exist_ok=True)
        (package / f"{name}.py").write_text(text)

    def work():
        """Stands in for the function of a stage."""

    work.__module__ = "pipelines.work"
    expected = {"pipelines", "pipelines.many", "pipelines.deep", "pipelines.deep.inner", "pipelines.many.one", "pipelines.many.two"}
    expected |= {f"pipelines.{name}" for name in ("work", "plain", "member", "near", "lazy", "named", "called", "beside")}
    assert set(imported(work, Sources(tmp_path))) == expected


def test_no_cache_a_damaged_one_and_a_file_edited_twice_in_a_moment_give_the_same_digests(tmp_path, monkeypatch):
    file = tmp_path / "module.py"
    place = {"cache": None}
    monkeypatch.setattr("assets.sources.cache_directory", lambda: place["cache"])

    def digest():
        sources = Sources(tmp_path)
        found = sources.of(file).digest
        sources.keep()
        return found

    for cache in (None, tmp_path, tmp_path):
        place["cache"] = cache
        for number in (1, 2, 3):  # of one size, and within one tick of the clock that stamps files
            file.write_text(f"LIMIT = {number}")
            assert digest() == parsed(f"LIMIT = {number}").digest
        for kept in tmp_path.glob("sources-*.json"):
            kept.write_text("{damaged")


def test_what_was_read_before_is_not_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr("assets.sources.cache_directory", lambda: tmp_path)
    file = tmp_path / "module.py"
    file.write_text("LIMIT = 1")
    os.utime(file, (10**9, 10**9))
    first = Sources(tmp_path)
    found = first.of(file)
    first.keep()
    monkeypatch.setattr("assets.sources.parsed", None)
    assert Sources(tmp_path).of(file) == found
