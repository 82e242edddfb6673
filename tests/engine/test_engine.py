"""The verbs on this machine, what is kept of a step that was broken off, and what is said where Spark is missing."""

import subprocess
import sys
from collections import Counter
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pytest
from duplicates.corpora import one_of_each
from engine.runs import SMALL, articles, assert_same
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.cli import main
from assets.engine import LocalEngine, Steps, choice, engine_named, spark
from assets.engine.duplicates import duplicates_over
from assets.engine.table import Table, as_stored, restored, stored_schema, write_table
from assets.engine.work import as_batch, run_stage, takes
from assets.errors import UsageError
from pipelines import schemas
from pipelines.duplicates import find_duplicates
from pipelines.settings import Settings
from pipelines.stage import Stage
from pipelines.stages import CLEAN, SIGNATURES, STATEMENTS

NUMBERS = pa.schema([pa.field("id", pa.string(), False), pa.field("part", pa.int64(), False)])
PARTS = pa.schema([pa.field("part", pa.int64(), False), pa.field("ids", pa.string(), False)])


def joined(rows: pa.Table) -> pa.Table:
    """One row for all that is given."""
    return pa.table([rows["part"].slice(0, 1), [",".join(sorted(rows["id"].to_pylist()))]], schema=PARTS)


BY_PART = Stage("parts", "joining", NUMBERS, {"parts": PARTS}, joined)


def numbers(count: int) -> pa.Table:
    return pa.table([[f"n{i:02d}" for i in range(count)], [i % 3 for i in range(count)]], schema=NUMBERS)


@pytest.mark.parametrize("schema", [takes(CLEAN), takes(STATEMENTS), schemas.SIGNATURES, schemas.CLEANED, schemas.PAIRS])
def test_stored_types_are_those_that_spark_has(schema):
    def kinds(kind: pa.DataType):
        yield kind
        for child in range(kind.num_fields):
            yield from kinds(kind.field(child).type)

    stored = {kind for field in stored_schema(schema) for kind in kinds(field.type)}
    assert not [kind for kind in stored if pa.types.is_unsigned_integer(kind) or pa.types.is_large_string(kind)]


row = st.fixed_dictionaries(
    {
        "id": st.text(max_size=3),
        "text_hash": st.just("a"),
        "words": st.integers(0, 9),
        "shingles": st.integers(0, 9),
        "signature": st.lists(st.integers(0, 2**32 - 1), max_size=3),
        "sketch": st.lists(st.integers(0, 2**64 - 1), max_size=3),
        "beside": st.lists(st.integers(0, 2**32 - 1), max_size=3),
    }
)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(row, max_size=6), st.data())
def test_rows_come_back_from_their_stored_form_as_they_were(rows, data):
    table = pa.Table.from_pylist(rows, schema=schemas.SIGNATURES)
    first = data.draw(st.integers(0, len(rows)))
    part = table.slice(first, data.draw(st.integers(0, len(rows))))
    assert restored(as_stored(part), part.schema).equals(part)
    as_rows = pa.table({"rows": pa.array([part.to_pylist()], pa.list_(pa.struct(list(table.schema))))})
    back = restored(as_stored(as_rows), as_rows.schema)
    assert back["rows"].to_pylist() == as_rows["rows"].to_pylist()


def test_map_gives_what_the_stage_gives_whatever_the_files(tmp_path):
    texts = [f"Word{i} and so on, said the mayor of town {i % 4} on a day." for i in range(9)]
    rows = pa.table([[f"a{i}" for i in range(9)], texts, [None] * 9, [None] * 9], schema=schemas.COMPARED)
    how = Settings().duplicates
    made = LocalEngine().map(write_table(rows, tmp_path / "in", 2), SIGNATURES, tmp_path / "out", how)
    assert made["signatures"].read().sort_by("id").equals(SIGNATURES.run(rows, settings=how)["signatures"])
    assert made["failed"].rows() == 0


def test_a_stage_with_further_tables_takes_them_with_the_rows_of_a_batch():
    body = "“We will build it,” said Mayor Ada Lorne. “It is cheap.”"
    bodies = pa.table([["a"], [body]], schema=schemas.BODIES)
    none = schemas.QUOTES.empty_table()
    how = Settings().utterances
    stored = as_stored(as_batch(STATEMENTS, (bodies, none)))
    made, wanted = run_stage(STATEMENTS, stored, how), STATEMENTS.run(bodies, none, settings=how)
    assert {name: table.to_pylist() for name, table in made.items()} == {n: t.to_pylist() for n, t in wanted.items()}


def test_gather_brings_all_rows_of_a_value_together(tmp_path):
    made = LocalEngine().gather(write_table(numbers(7), tmp_path / "in", 2), "part", BY_PART, tmp_path / "out")
    assert made["parts"].read().sort_by("part").to_pylist() == [
        {"part": 0, "ids": "n00,n03,n06"},
        {"part": 1, "ids": "n01,n04"},
        {"part": 2, "ids": "n02,n05"},
    ]


def counted(rows: pa.Table) -> pa.Table:
    return pa.table([[f"{rows.num_rows}"], [0]], schema=NUMBERS)


@pytest.mark.parametrize(
    ("in_file", "calls"),
    [(20, ["3", "3", "3", "3", "1"]), (1, ["3", "3", "3", "3", "1"]), (4, ["3", "3", "3", "1", "1", "1", "1"])],
)
def test_a_stage_is_given_as_many_rows_at_once_as_it_says_whatever_the_size_of_files(tmp_path, in_file, calls):
    stage = Stage("counted", "counting", NUMBERS, {"rows": NUMBERS}, counted, rows=3)
    made = LocalEngine().map(write_table(numbers(13), tmp_path / "in", in_file), stage, tmp_path / "out")
    assert sorted(made["rows"].read()["id"].to_pylist(), reverse=True) == calls


def odd_numbers(rows: pa.Table) -> pa.Table:
    if "n04" in rows["id"].to_pylist():
        raise ValueError("four is not odd")
    return rows


def test_a_row_that_a_stage_fails_on_is_a_row_of_failed(tmp_path):
    stage = Stage("odd", "counting", NUMBERS, {"rows": NUMBERS}, odd_numbers, rows=3)
    made = LocalEngine().map(write_table(numbers(7), tmp_path / "in"), stage, tmp_path / "out")
    (failed,) = made["failed"].read().to_pylist()
    assert failed["id"] == "n04"
    assert "four is not odd" in failed["message"]
    assert made["rows"].rows() == 6


def test_join_of_nothing_is_a_table_without_rows(tmp_path):
    given_ = {"rows": write_table(numbers(3), tmp_path / "in")}
    made = LocalEngine().join("SELECT id, part FROM rows WHERE part > 5", given_, tmp_path / "out", NUMBERS)
    assert made.read().equals(NUMBERS.empty_table())


class Counting(LocalEngine):
    """Ends with an error at one of its calls, as a driver that is killed there: what it wrote up to then stays."""

    def __init__(self, last: int | None = None) -> None:
        super().__init__()
        self.calls, self.last = 0, last

    def join(self, query, tables, out: Path, schema):
        self.calls += 1
        made = super().join(query, tables, out, schema)
        if self.calls == self.last:
            raise KeyboardInterrupt
        return made


def three_steps(folder: Path, engine: Counting, limit: int = 0) -> Table:
    steps = Steps(folder / "steps", engine)
    rows = steps.given(write_table(numbers(5), folder / "in"), "five")
    first = steps.join("first", f"SELECT id, part FROM rows WHERE part >= {limit}", NUMBERS, rows=rows)
    second = steps.join("second", "SELECT id, part + 1 AS part FROM first", NUMBERS, first=first)
    return steps.join("third", "SELECT id, part * 10 AS part FROM second", NUMBERS, second=second)


class Dying(LocalEngine):
    """Ends with an error in its second step, as a driver that is killed there: what it wrote up to then stays."""

    def __init__(self, calls: Counter[str]) -> None:
        super().__init__()
        self.calls, self.left = calls, 2

    def _ran(self, out: Path, made):
        self.calls[out.name if out.name != "rows" else out.parent.name] += 1
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt
        return made

    def map(self, table, stage, out, settings=None):
        return self._ran(out, super().map(table, stage, out, settings))

    def join(self, query, tables, out, schema):
        return self._ran(out, super().join(query, tables, out, schema))

    def gather(self, table, by, stage, out, settings=None):
        return self._ran(out, super().gather(table, by, stage, out, settings))


def test_duplicates_whose_driver_is_killed_in_every_step_are_the_same_and_each_step_is_done_again_once(tmp_path):
    rows = articles(one_of_each())
    calls: Counter[str] = Counter()
    given_ = write_table(rows, tmp_path / "in", 4)
    found = None
    while found is None:
        steps = Steps(tmp_path / "steps", Dying(calls))
        with suppress(KeyboardInterrupt):
            found = duplicates_over(steps, steps.given(given_, "in"), SMALL).read()
    assert_same(found, find_duplicates(rows, SMALL))
    assert len(calls) == 15
    assert set(list(calls.values())[1:-1]) == {2}


@pytest.mark.parametrize("last", [1, 2, 3])
def test_a_run_that_was_broken_off_goes_on_from_the_steps_that_were_finished(tmp_path, last):
    with pytest.raises(KeyboardInterrupt):
        three_steps(tmp_path, Counting(last))
    again = Counting()
    assert sorted(three_steps(tmp_path, again).read()["part"].to_pylist()) == [10, 10, 20, 20, 30]
    assert again.calls == 4 - last


def test_a_step_is_done_again_where_what_it_rests_on_is_another(tmp_path):
    three_steps(tmp_path, Counting())
    again = Counting()
    assert sorted(three_steps(tmp_path, again, limit=2).read()["part"].to_pylist()) == [30]
    assert again.calls == 3


def test_without_pyspark_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(spark, "find_spec", lambda name: None)
    with pytest.raises(spark.MissingEngineError, match=r"pip install 'copydesk\[spark\]'"):
        engine_named("spark")


@pytest.mark.parametrize(("version", "said"), [(None, "no java was found"), (11, "java here is version 11")])
def test_without_a_java_that_fits_it_says_what_to_install(monkeypatch, version, said):
    monkeypatch.setattr(spark, "find_spec", find_spec if find_spec("pyspark") else lambda name: name)
    monkeypatch.setattr(spark, "java_version", lambda: version)
    with pytest.raises(spark.MissingEngineError, match=f"{said}.*openjdk-17-jre-headless"):
        choice.refuse_engine("spark:local[2]")


@pytest.mark.parametrize("said", ['openjdk version "17.0.15" 2025-04-15', 'java version "21" 2023-09-19 LTS'])
def test_the_version_of_java_is_read(monkeypatch, said):
    monkeypatch.setenv("JAVA_HOME", "/usr")
    done = subprocess.CompletedProcess([], 0, "", said)
    assert spark.java_version(lambda *_, **__: done) in (17, 21)


@pytest.mark.parametrize("name", ["flink", "spark:", "local:2", ""])
def test_an_unknown_engine_says_what_is_allowed(name):
    with pytest.raises(UsageError, match="allowed are local, spark and spark:MASTER"):
        engine_named(name)


def test_the_command_refuses_an_unknown_engine_before_it_reads_anything(tmp_path, capsys):
    assert main(["load", "--engine", "flink", "--warehouse", str(tmp_path / "w"), str(tmp_path)]) == 2
    assert "engine 'flink' is not known" in capsys.readouterr().err
    assert not (tmp_path / "w").exists()


def test_a_load_on_this_machine_imports_no_spark():
    code = "import assets.engine.loading, assets.stages.runner, sys; print({'pyspark', 'py4j'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
