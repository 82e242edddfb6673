"""Writing to the working file."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse import WarehousePaths, WorkingFile, named_sql
from warehouse.memory import GROWN_BYTES, Held, resident
from warehouse.working import INDEXED

ROWS = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(st.sampled_from([None, 0.5, 1.0]), st.lists(st.sampled_from(["x", "y"]), max_size=2)),
    max_size=8,
)


def table(rows):
    schema = pa.schema({"bucket": pa.string(), "share": pa.float64(), "names": pa.list_(pa.string())})
    return pa.Table.from_pylist([{"bucket": key, "share": share, "names": names} for key, (share, names) in rows.items()], schema)


@pytest.fixture
def working(tmp_path):
    file = WorkingFile(WarehousePaths(tmp_path))
    yield file
    file.close()


def test_a_table_that_an_older_copydesk_had_with_an_index_is_written_again_without_it_and_keeps_its_rows(tmp_path):
    paths = WarehousePaths(tmp_path)
    WorkingFile(paths).close()
    with duckdb.connect(str(paths.working)) as old:
        for name in ("tables/signatures", "internal/ledger"):
            old.execute(f"DROP TABLE {'internal.' if 'internal' in name else ''}{name.split('/')[1]}; {named_sql(name)}")
        old.execute("INSERT INTO signatures VALUES ('a', 'h', 1, 1, [1], [2], [3])")
        old.execute("INSERT INTO internal.ledger VALUES ('signatures', 'a', 1, 'v', 2)")
    working = WorkingFile(paths)
    keys = working.rows("SELECT table_name FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'")
    assert {name for (name,) in keys} == INDEXED
    assert working.rows("FROM signatures") == [("a", "h", 1, 1, [1], [2], [3])]
    assert working.rows("FROM internal.ledger") == [("signatures", "a", 1, "v", 2)]
    working.close()


@settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, ROWS)
def test_a_replaced_table_holds_the_new_rows_and_writes_only_those_that_differ(working, before, after):
    working.run("CREATE OR REPLACE TABLE trial (bucket VARCHAR PRIMARY KEY, share DOUBLE, names VARCHAR[])")
    working.replace_table("trial", table(before))
    places = dict(working.rows("SELECT bucket, rowid FROM trial"))
    with working.transaction():
        working.replace_table("trial", table(after))
    found = working.rows("SELECT bucket, share, names FROM trial ORDER BY bucket")
    assert found == [(key, *after[key]) for key in sorted(after)]
    now = dict(working.rows("SELECT bucket, rowid FROM trial"))
    assert all(now[key] == places[key] for key in after if before.get(key) == after[key])


def test_what_was_read_is_given_back_and_what_may_be_taken_stays(working, monkeypatch):
    monkeypatch.setattr("warehouse.memory.MB_KEPT", 2)
    held, allowed = "SELECT sum(memory_usage_bytes) FROM duckdb_memory()", "SELECT current_setting('memory_limit')"
    limit = working.value(allowed)
    working.run("CREATE TABLE internal.large AS SELECT md5(range::VARCHAR) AS word FROM range(300000)")
    working.run("CHECKPOINT")
    working.value("SELECT max(word) FROM internal.large")
    assert working.value(held) > 3_000_000
    working.give_back()
    assert working.value(held) < 3_000_000
    monkeypatch.setattr("warehouse.memory.GROWN_BYTES", 100_000)
    assert working.table("SELECT word FROM internal.large").num_rows == 300_000  # what grows by more gives that back by itself
    assert working.value(held) < 3_000_000
    assert working.value(allowed) == limit


def test_memory_is_given_back_while_a_result_is_read_and_a_transaction_writes(working, monkeypatch):
    monkeypatch.setattr("warehouse.memory.MB_KEPT", 2)
    monkeypatch.setattr("warehouse.memory.GROWN_BYTES", 0)
    working.run("CREATE TABLE internal.large AS SELECT md5(range::VARCHAR) AS word FROM range(300000)")
    with working.transaction():
        working.run("INSERT INTO internal.large FROM internal.large")
        with working.reader("SELECT word FROM internal.large") as (schema, parts):
            sizes = [part.num_rows for part in parts]
    assert (schema.names, sum(sizes), len(sizes) > 10) == (["word"], 600_000, True)
    assert working.value("SELECT count(DISTINCT word) FROM internal.large") == 300_000


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not say how large a process is")
def test_what_a_query_leaves_with_the_allocator_is_given_back(working):
    """Of it DuckDB says that it holds nothing."""
    before = resident()
    hashes = "SELECT md5(range::VARCHAR) AS word FROM range(1500000)"
    working.value(f"SELECT max(n + length(word)) FROM (SELECT word, row_number() OVER (PARTITION BY word) AS n FROM ({hashes}))")
    assert resident() - before < GROWN_BYTES


def test_giving_back_the_memory_of_a_closed_connection_raises_nothing():
    connection = duckdb.connect()
    held = Held(connection)
    connection.close()
    held.give_back()


def test_the_ledger_holds_the_hashes_that_older_versions_wrote(working):
    texts = pa.table({"id": ["a", "b", "c"], "input_hash": ["", "x", "Élan"], "context_hash": ["1", "", "x"]})
    working.run(named_sql("ledger/write"), {"stage": "clean", "version": "v"}, done=texts)
    asked = "SELECT count(*) FROM texts JOIN internal.ledger AS l USING (id) WHERE l.{0} = md5_number_lower(texts.{0})"
    assert [working.value(asked.format(column), None, texts=texts) for column in ("input_hash", "context_hash")] == [3, 3]


def test_only_what_changed_is_to_do_and_is_known_to_be_held(working):
    working.run("CREATE TEMP TABLE inputs (id VARCHAR, input_hash VARCHAR, context_hash VARCHAR)")
    working.run("INSERT INTO inputs VALUES ('new', 'h', ''), ('left', 'h', ''), ('changed', 'h', ''), ('same', 'h', '')")
    working.run("CREATE TEMP VIEW held AS SELECT unnest(['left', 'same', 'left and gone', 'left and gone']) AS id")
    done = pa.table({"id": ["changed", "same", "gone"], "input_hash": ["before", "h", "h"], "context_hash": ["", "", ""]})
    working.run(named_sql("ledger/write"), {"stage": "clean", "version": "v"}, done=done)

    def to_do(version, gone):
        found = working.rows(named_sql("ledger/to_do"), {"stage": "clean", "version": version})
        return [(id, held) for id, _, _, held, is_gone, _ in found if is_gone == gone]

    assert to_do("v", False) == [("changed", True), ("left", True), ("new", False)]
    assert to_do("other", False) == [("changed", True), ("left", True), ("new", False), ("same", True)]
    assert to_do("v", True) == to_do("other", True) == [("gone", True), ("left and gone", True)]
