"""Articles are read from files anywhere, in parts of any size, and a row that is none is said to be none."""

import gzip
import json
import sys

import dagster as dg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from duplicates.corpora import one_of_each
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.engine import files, job
from assets.engine.files import parts_of, read_parts
from assets.errors import CommandError
from pipelines.duplicates import find_duplicates


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("of articles")  # with a blank in its name, as addresses have to say it
    rows = [{"id": f"a{number:02d}", "text": "Größe " * (number % 5 + 1), "extra": number} for number in range(40)]
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (folder / "a.jsonl").write_text("".join(lines[:15]) + "{broken\n\n" + '{"id": "no text"}\n["a list"]', encoding="utf-8")
    with gzip.open(folder / "b.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(lines[15:20])
    (folder / "below").mkdir()
    pq.write_table(pa.Table.from_pylist([*rows[20:], {"id": None, "text": "x"}]), folder / "below" / "c.parquet", row_group_size=6)
    (folder / "notes.txt").write_text("not read")
    return folder


@settings(max_examples=25, deadline=None, derandomize=True)
@given(size=st.integers(1, 900), as_address=st.booleans())
def test_parts_of_any_size_give_every_row_once(folder, size, as_address):
    before, files.BYTES_OF_LINES = files.BYTES_OF_LINES, size
    try:
        read = read_parts(parts_of(folder.as_uri() if as_address else str(folder)))
    finally:
        files.BYTES_OF_LINES = before
    assert sorted(read["articles"]["id"].to_pylist()) == [f"a{number:02d}" for number in range(40)]
    assert set(read["articles"]["text"].to_pylist()) == {"Größe " * times for times in range(1, 6)}
    assert len(set(read["refused"]["id"].to_pylist())) == 4
    assert all(message.startswith("no article: needed are id and text") for message in read["refused"]["message"].to_pylist())


@pytest.mark.parametrize("uri", ["nowhere", "ftp://host/x", "s4:/", "file:///nowhere/at/all"])
def test_where_nothing_can_be_read_it_says_so(uri):
    with pytest.raises(CommandError, match=r"give a path or an address|no file to read"):
        parts_of(uri)


def test_a_job_that_dagster_starts_finds_what_one_machine_finds_and_says_so_in_the_run(tmp_path, capsys):
    rows = one_of_each()
    (tmp_path / "in").mkdir()
    lines = [json.dumps(row) + "\n" for row in rows.to_pylist()]
    (tmp_path / "in" / "rows.jsonl").write_text("".join([*lines, "{}\n"]), encoding="utf-8")
    command = [sys.executable, "-m", "assets.engine.job", str(tmp_path / "in"), str(tmp_path / "out"), "--engine", "local"]

    @dg.asset(check_specs=[dg.AssetCheckSpec(job.EVERY_ROW_READ, asset="duplicates")])
    def duplicates(context: dg.AssetExecutionContext, pipes: dg.PipesSubprocessClient):
        return pipes.run(context=context, command=command, extras={"checks": [job.EVERY_ROW_READ]}).get_results()

    with dg.DagsterInstance.ephemeral() as history:
        result = dg.materialize([duplicates], resources={"pipes": dg.PipesSubprocessClient()}, instance=history)
        said = [entry.user_message for entry in history.all_logs(result.run_id)]
    assert any(line.startswith("meetings: ") for line in said)
    (made,) = result.asset_materializations_for_node("duplicates")
    (checked,) = result.get_asset_check_evaluations()
    assert (checked.passed, checked.metadata["refused"].value) == (False, 1)
    told = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["tables"]
    wanted = find_duplicates(rows)
    assert told["pairs"]["rows"] == made.metadata["rows_pairs"].value == wanted.pairs.num_rows
    assert told["refused"]["rows"] == 1
    got = pa.concat_tables(pq.read_table(tmp_path / "out" / file) for file in told["clusters"]["files"])
    assert sorted(got["cluster_id"].to_pylist()) == sorted(wanted.clusters["cluster_id"].to_pylist())
    assert job.main([str(tmp_path / "in"), str(tmp_path / "out"), "--engine", "local"]) == 0
    assert "pairs: done before" in capsys.readouterr().err
    with (tmp_path / "in" / "rows.jsonl").open("a", encoding="utf-8") as file:
        file.write(lines[0])
    assert job.main([str(tmp_path / "in"), str(tmp_path / "out"), "--engine", "local"]) == 1
    assert "stands in 2 rows" in capsys.readouterr().err
