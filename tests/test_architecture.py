"""The layers of the code and the habits of its files."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("pipelines", "warehouse", "assets")
MAY_IMPORT = {"pipelines": {"pipelines"}, "warehouse": {"warehouse"}, "assets": {"assets", "pipelines", "warehouse"}}
NOT_IN_PIPELINES = {"dagster", "duckdb", "time", "requests", "urllib", "socket", "subprocess"}
FILES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Top-level names of everything a file imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").split(".")[0])
    return found


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


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is_in_its_first_line(path):
    text = path.read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring, f"{path} has no docstring"
    assert "utils" not in path.name
