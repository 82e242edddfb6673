"""What docs/architecture.md shows of one page is what a load makes of it, and it names each stage.

COPYDESK_UPDATE_README=1 writes the answers again.
"""

import os
import re
from pathlib import Path

import pytest

from assets.project import sample_corpus
from assets.stages.catalogue import CATALOGUE, Kept
from assets.stages.open import open_load
from assets.stages.runner import run_all
from warehouse import WarehousePaths

DOC = Path(__file__).resolve().parent.parent / "docs" / "architecture.md"
QUERY = re.compile(r"```sql\n(?P<sql>.*?)```\n\n```text\n(?P<shown>.*?)```", re.S)


@pytest.fixture(scope="module")
def working(tmp_path_factory):
    with open_load(WarehousePaths(tmp_path_factory.mktemp("warehouse")), "load", 0) as load:
        run_all(load, [sample_corpus()])
        yield load.working


def shown_by(working, sql: str) -> str:
    """The result as text in columns."""
    table = working.table(sql)
    rows = [table.column_names, *([_cell(value) for value in row.values()] for row in table.to_pylist())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows) + "\n"


def _cell(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def test_the_answers_are_those_of_a_load(working):
    text = DOC.read_text(encoding="utf-8")
    if os.environ.get("COPYDESK_UPDATE_README"):
        text = QUERY.sub(lambda m: f"```sql\n{m['sql']}```\n\n```text\n{shown_by(working, m['sql'])}```", text)
        DOC.write_text(text, encoding="utf-8")
    queries = list(QUERY.finditer(text))
    assert len(queries) >= 7
    for query in queries:
        assert query["shown"] == shown_by(working, query["sql"])


def test_the_table_of_stages_is_the_catalogue():
    rows = re.findall(r"^\| (\w+) \| (?:`([\w.]+)`|SQL) \| (.+) \|$", DOC.read_text(encoding="utf-8"), re.M)
    told = {name: (function, set(re.findall(r"`([\w.]+)`", tables))) for name, function, tables in rows}
    assert list(told)[1:-1] == [declared.name for declared in CATALOGUE]
    for declared in CATALOGUE:
        function, tables = told[declared.name]
        assert tables == set(declared.tables)
        if isinstance(declared, Kept):
            assert function == f"{declared.work.__module__}.{declared.work.__name__}" or function.endswith(declared.work.__name__)
