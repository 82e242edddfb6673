"""What docs/architecture.md shows of one page is what a load makes of it, and it names each stage.

COPYDESK_UPDATE_README=1 writes the answers again.
"""

import re
from pathlib import Path

import pytest

from assets.project import sample_corpus
from assets.stages.catalogue import CATALOGUE, Kept
from assets.stages.open import open_load
from assets.stages.runner import run_all
from tests.answers import check_answers, in_columns
from warehouse import WarehousePaths

DOC = Path(__file__).resolve().parent.parent / "docs" / "architecture.md"


@pytest.fixture(scope="module")
def working(tmp_path_factory):
    with open_load(WarehousePaths(tmp_path_factory.mktemp("warehouse")), "load", 0) as load:
        run_all(load, [sample_corpus()])
        yield load.working


def test_the_answers_are_those_of_a_load(working):
    def answer(sql: str) -> str:
        table = working.table(sql)
        return in_columns(table.column_names, [list(row.values()) for row in table.to_pylist()])

    assert check_answers(DOC, answer) >= 7


def test_the_table_of_stages_is_the_catalogue():
    rows = re.findall(r"^\| (\w+) \| (?:`([\w.]+)`|SQL) \| (.+) \|$", DOC.read_text(encoding="utf-8"), re.M)
    told = {name: (function, set(re.findall(r"`([\w.]+)`", tables))) for name, function, tables in rows}
    assert list(told)[1:-1] == [declared.name for declared in CATALOGUE]
    for declared in CATALOGUE:
        function, tables = told[declared.name]
        assert tables == set(declared.tables)
        if isinstance(declared, Kept):
            assert function == f"{declared.work.__module__}.{declared.work.__name__}" or function.endswith(declared.work.__name__)
