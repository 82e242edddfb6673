"""The SQL files: one a table or view, all described, and in step with the Arrow schemas."""

import subprocess
import sys

import duckdb
import pyarrow as pa
import pytest

from assets.stages.publish import all_checks
from pipelines import schemas
from warehouse import WarehousePaths, WorkingFile, WorkingFileError, named_sql, sql_names
from warehouse.dictionary import dictionary

# The columns of an Arrow border that a table stores, where they bear the same name.
STORED = {
    "signatures": (schemas.SIGNATURES, {"id": "article_id"}),
    "duplicate_pairs": (schemas.PAIRS, {}),
    "article_clusters": (schemas.CLUSTERS, {"id": "article_id"}),
    "capped_buckets": (schemas.CAPPED, {}),
    "story_articles": (schemas.GROUPED, {"id": "article_id"}),
    "quotes": (schemas.QUOTES, {"id": "article_id", "start": "quote_start", "end": "quote_end"}),
}


@pytest.fixture
def working(tmp_path):
    file = WorkingFile(WarehousePaths(tmp_path))
    yield file
    file.close()


@pytest.fixture
def declared():
    """A database with everything that the files declare."""
    with duckdb.connect(":memory:") as scratch:
        scratch.execute("CREATE SCHEMA internal")
        for folder in ("internal", "tables", "views"):
            for name in sql_names(folder):
                scratch.execute(named_sql(f"{folder}/{name}"))
        yield scratch


COMMENTS = """
    SELECT table_name, NULL, comment FROM duckdb_tables() WHERE NOT internal AND schema_name = 'main'
    UNION ALL SELECT view_name, NULL, comment FROM duckdb_views() WHERE NOT internal
    UNION ALL SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main'
"""


def test_every_table_view_and_column_is_described(declared):
    assert [(table, column) for table, column, comment in declared.execute(COMMENTS).fetchall() if comment is None] == []


def test_comments_are_read_from_the_files_as_duckdb_reads_them(declared):
    ours = {(name, None): relation.comment for name, relation in dictionary().items()}
    ours |= {(name, column.name): column.comment for name, relation in dictionary().items() for column in relation.columns}
    assert ours == {(table, column): comment for table, column, comment in declared.execute(COMMENTS).fetchall()}


def test_each_file_makes_what_its_name_says(working):
    made = {name for (name,) in working.rows("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'")}
    views = {name for (name,) in working.rows("SELECT view_name FROM duckdb_views() WHERE NOT internal")}
    assert made == set(sql_names("tables"))
    assert views == set(sql_names("views"))


def test_the_promised_tables_and_views_are_there():
    promised = {
        "documents",
        "rejects",
        "articles",
        "blocks",
        "signatures",
        "duplicate_pairs",
        "article_clusters",
        "quotes",
        "speakers",
        "loads",
    }
    assert promised <= set(sql_names("tables"))
    assert {"unique_articles", "quotes_with_context", "reprints", "removed_text"} <= set(sql_names("views"))


@pytest.mark.parametrize("table", STORED)
def test_tables_hold_what_the_arrow_schema_says(working, table):
    schema, renamed = STORED[table]
    columns = dict(working.rows(f"SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '{table}'"))
    with duckdb.connect() as scratch:
        empty = pa.table([pa.array([], field.type) for field in schema], schema=schema)
        scratch.register("empty", empty)
        expected = scratch.execute("SELECT column_name, column_type FROM (DESCRIBE empty)").fetchall()
    for name, kind in expected:
        assert columns[renamed.get(name, name)] == kind


def test_every_check_runs_on_an_empty_warehouse_and_finds_nothing(working):
    for check in all_checks():
        assert (check.name, working.value(check.counting)) == (check.name, 0)


def test_a_table_whose_columns_changed_is_made_again_and_sources_are_kept(tmp_path):
    paths = WarehousePaths(tmp_path)
    WorkingFile(paths).close()
    with duckdb.connect(str(paths.working)) as old:
        old.execute("DROP VIEW unique_articles; DROP VIEW quotes_with_context; DROP VIEW reprints; DROP VIEW removed_text")
        old.execute("ALTER TABLE quotes DROP COLUMN confidence")
        old.execute("ALTER TABLE loads DROP COLUMN quotes")
        old.execute(
            "INSERT INTO loads (load_id, started_at, documents_new, documents_changed, documents_missing) VALUES ('x', now(), 1, 0, 0)"
        )
        old.execute("INSERT INTO internal.ledger VALUES ('quotes', 'a', 1, 'v', 2)")
    working = WorkingFile(paths)
    assert ("confidence",) in working.rows("SELECT column_name FROM duckdb_columns() WHERE table_name = 'quotes'")
    assert working.rows("SELECT load_id, quotes FROM loads") == [("x", None)]
    assert working.rows("SELECT id, version FROM internal.ledger") == [("a", "")]
    working.close()


def test_columns_of_kept_tables_take_the_type_that_is_declared(tmp_path):
    paths = WarehousePaths(tmp_path)
    WorkingFile(paths).close()
    with duckdb.connect(str(paths.working)) as old:
        old.execute("DROP TABLE documents; DROP TABLE rejects")
        changed = named_sql("tables/documents").replace("ingested_at TIMESTAMP", "ingested_at TIMESTAMP WITH TIME ZONE")
        old.execute(changed + ";" + named_sql("tables/rejects"))
        old.execute(
            "INSERT INTO documents VALUES ('d', 'p', NULL, 'text', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'h', false, '', 'l', now(), "
            + ", ".join(["NULL"] * 9)
            + ")"
        )
        old.execute("INSERT INTO rejects VALUES ('d', 'p', NULL, NULL, 'ingest', 'empty', 'm')")
        old.execute("INSERT INTO internal.files VALUES ('r', 'p', 1, 1, 'h', 'v')")
    working = WorkingFile(paths)
    assert working.rows("SELECT typeof(ingested_at) FROM documents") == [("TIMESTAMP",)]
    assert working.rows("SELECT count(*) FROM rejects") == [(1,)]
    working.close()


def test_every_column_can_be_fetched_by_a_client_that_has_only_duckdb(working):
    """Python's client asks for another package where a column is a time with a zone."""
    kinds = working.rows("SELECT DISTINCT data_type FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main'")
    assert not [kind for (kind,) in kinds if "ZONE" in kind]


@pytest.mark.parametrize(("content", "message"), [(b"no DuckDB file at all", "copydesk rebuild")])
def test_a_damaged_working_file_says_what_to_do(tmp_path, content, message):
    paths = WarehousePaths(tmp_path)
    paths.working.write_bytes(content)
    with pytest.raises(WorkingFileError, match=message):
        WorkingFile(paths)


def test_a_working_file_that_another_program_has_open_says_so(tmp_path):
    paths = WarehousePaths(tmp_path)
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code, str(paths.working)], stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(WorkingFileError, match="close that program"):
            WorkingFile(paths)
        other.stdin.close()
