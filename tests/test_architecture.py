"""The layers of the code and the habits of its files."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from assets.sources import Sources
from assets.stages.catalogue import CATALOGUE, NUMBERS, Kept
from assets.versions import modules_of
from pipelines.vocabulary import COLUMNS
from warehouse.sql_files import named_sql, sql_names, stage_sql, stage_sql_names, without_comments

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("pipelines", "warehouse", "assets")
MAY_IMPORT = {"pipelines": {"pipelines"}, "warehouse": {"warehouse"}, "assets": {"assets", "pipelines", "warehouse"}}
NOT_IN_PIPELINES = {"dagster", "duckdb", "time", "requests", "urllib", "socket", "subprocess"}
FILES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
MAX_FLOORS = 10  # modules above the ground of their package, one resting on the other


def imports(path: Path) -> set[str]:
    """Top-level names of everything a file imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module != "urllib.parse":  # which opens nothing
            found.add((node.module or "").split(".")[0])
    return found


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def rests_on(module: str) -> frozenset[str]:
    """Our modules that a module imports as it is itself imported."""
    sources, found = Sources(ROOT), set()
    for node in ast.parse(sources.module(module).read_bytes()).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(other for name in found if name.split(".")[0] in LAYERS for other in modules_of(name, sources)) - {module}


def package_of(module: str) -> str:
    return ".".join(module.split(".")[: 2 if module.startswith("pipelines.") else 1])


@cache
def floor(module: str, above: tuple[str, ...] = ()) -> int:
    """How many modules of its package a module stands on, one on the other. Fails on a circle."""
    assert module not in above, f"import circle: {' > '.join([*above, module])}"
    below = [floor(other, (*above, module)) for other in rests_on(module) if package_of(other) == package_of(module)]
    return 1 + max(below, default=-1)


def test_no_package_is_a_high_tower_and_none_holds_a_circle():
    heights = {module_of(path): floor(module_of(path)) for path in FILES}
    assert {module: height for module, height in heights.items() if height > MAX_FLOORS} == {}


def test_no_package_imports_one_that_imports_it():
    packages = {package_of(module_of(path)): set() for path in FILES}
    for path in FILES:
        packages[package_of(module_of(path))] |= {package_of(other) for other in rests_on(module_of(path))}
    waiting = dict(packages)
    while ground := {name for name, others in waiting.items() if not (others - {name}) & set(waiting)}:
        waiting = {name: others for name, others in waiting.items() if name not in ground}
    assert waiting == {}, "these import each other in a circle"


def layer_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_layer_imports_only_what_lies_below_it(path):
    ours = imports(path) & {*LAYERS, "tests", "benchmarks"}
    assert ours <= MAY_IMPORT[layer_of(path)]


@pytest.mark.parametrize(
    "path", [p for p in FILES if layer_of(p) == "pipelines"], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_pipelines_have_no_engine_no_clock_and_no_network(path):
    assert not imports(path) & NOT_IN_PIPELINES


@pytest.mark.parametrize(
    "path", [p for p in FILES if layer_of(p) == "warehouse"], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_warehouse_knows_no_dagster(path):
    assert "dagster" not in imports(path)


def test_only_ingest_opens_files_in_pipelines():
    """Others may read the data that comes with the package, below `seeds/`, through one named function."""
    offenders = []
    for path in FILES:
        if layer_of(path) != "pipelines" or "ingest" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
        if "open" in calls:
            offenders.append(path.relative_to(ROOT).as_posix())
    assert offenders == []


def test_assets_do_not_postpone_annotations_which_dagster_reads():
    for path in (ROOT / "assets").glob("*.py"):
        assert "from __future__ import annotations" not in path.read_text(encoding="utf-8"), path


def test_asset_functions_are_thin():
    tree = ast.parse((ROOT / "assets" / "tables.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            lines = node.end_lineno - node.body[0].lineno + 1
            assert lines <= 15, f"{node.name} has {lines} lines: move the work into assets/stages or pipelines"


def tables_in(sql: str, words: str) -> set[str]:
    """The tables that stand after the words given."""
    return set(re.findall(rf"\b(?:{words}) (internal\.\w+|\w+)", without_comments(sql)))


@pytest.mark.parametrize("declared", CATALOGUE, ids=lambda declared: declared.name)
def test_a_stage_reads_the_tables_that_it_declares_and_fills_its_own(declared):
    known = set(sql_names("tables")) | {f"internal.{name}" for name in sql_names("internal")} - {"internal.ledger"}
    sql = {name: stage_sql(declared.name, name) for name in stage_sql_names(declared.name)}
    given = {name: text for name, text in sql.items() if not name.startswith("write_")}
    read = set().union(*(tables_in(text, "FROM|JOIN") for text in given.values())) & known
    assert read - tables_in(sql.get("finish", ""), "FROM|JOIN") <= {*declared.reads, "articles"}
    assert tables_in(sql.get("finish", ""), "FROM|JOIN") & known <= {*declared.tables, *tables_in(sql.get("finish", ""), "UPDATE")}
    written = set().union(*(tables_in(text, "INTO") for name, text in sql.items() if name.startswith("write_")))
    assert written - {NUMBERS} == (set(declared.tables) if isinstance(declared, Kept) else set())


def test_each_stage_of_the_catalogue_reads_what_those_before_it_fill():
    filled = {"documents", "document_revisions", "rejects", "internal.decisions"}
    for declared in CATALOGUE:
        assert set(declared.reads) <= filled
        filled |= set(declared.tables)
    made_elsewhere = {"document_revisions", "documents", "failures", "loads"}
    assert {name for name in filled if "." not in name} | made_elsewhere == set(sql_names("tables"))


def test_every_column_that_holds_a_kind_has_a_vocabulary():
    columns = [
        (table, name)
        for table in sql_names("tables")
        for name in re.findall(r"^    (\w+) VARCHAR", named_sql(f"tables/{table}"), re.M)
    ]
    kinds = {(table, name) for table, name in columns if re.fullmatch(r"kind|type|\w+_kind|\w+_source|found_by", name)}
    assert kinds <= set(COLUMNS) <= set(columns)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is_in_its_first_line(path):
    text = path.read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring, f"{path} has no docstring"
    assert "utils" not in path.name
