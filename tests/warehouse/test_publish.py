"""Readers of the published file see whole loads only."""

import multiprocessing
import os
import re
import time
from pathlib import Path

import duckdb
import pytest

from warehouse import InvariantError, WarehousePaths, WorkingFile, copying, description, open_published, publish, sql_names
from warehouse.working import ROWS_IN_GROUP

PUBLISHES = 20
ROWS = 500


def fill(working: WorkingFile, generation: int) -> None:
    """All documents of one generation: a reader that sees two has seen half a load."""
    with working.transaction():
        working.run("DELETE FROM documents")
        working.run("DELETE FROM rejects")
        working.run(
            f"""INSERT INTO documents SELECT i::VARCHAR, i || '.txt', NULL, 'text', 'p{generation}', NULL, NULL, NULL, NULL, NULL, NULL,
            'h', false, '', 'load', now(), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM range({ROWS}) AS r(i)"""
        )
        working.run("INSERT INTO rejects SELECT document_id, path, NULL, NULL, 'ingest', 'empty', 'm' FROM documents")


def poll(path: Path, stop, seen) -> None:
    while not stop.is_set():
        with open_published(path) as reader:
            seen.append(
                tuple(reader.execute("SELECT count(*), count(DISTINCT publisher), min(publisher) FROM documents").fetchall()[0])
            )


def test_the_published_file_has_the_text_of_every_block(tmp_path):
    """The working file has it not where it can be counted to in the raw text."""
    working = WorkingFile(WarehousePaths(tmp_path))
    fill(working, 1)
    working.run("UPDATE documents SET raw_text = 'Menü\n\nDie Fähre fährt. 🚢 Sie hält.' WHERE document_id = '7'")
    working.run(
        "INSERT INTO blocks VALUES ('7', 0, 4, 'navigation', 'r', NULL, 'Menü'), ('7', 6, 22, 'body', 'r', 1, NULL), ('7', 23, 34, 'body', 'r', 1, NULL)"
    )
    published = publish(working)
    working.close()
    with open_published(published) as reader:
        found = reader.execute("SELECT text FROM blocks ORDER BY block_start").fetchall()
    assert found == [("Menü",), ("Die Fähre fährt.",), ("🚢 Sie hält.",)]


def test_blocks_have_the_columns_and_the_descriptions_that_are_declared_also_where_a_program_attaches_the_file(tmp_path):
    working = WorkingFile(WarehousePaths(tmp_path))
    fill(working, 1)
    working.run("INSERT INTO blocks SELECT document_id, 0, 4, 'navigation', 'r', NULL, 'Menu' FROM documents")
    asked = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'blocks' AND schema_name = 'main' ORDER BY column_index"
    declared = working.rows(asked)
    published = publish(working)
    working.close()
    with duckdb.connect() as program:
        program.execute(f"ATTACH '{published}' AS news (READ_ONLY)")
        assert program.execute(asked).fetchall() == declared
        assert program.execute("SELECT DISTINCT text FROM news.blocks").fetchall() == [("Menu",)]
        described = program.execute("SELECT comment FROM duckdb_views() WHERE view_name = 'blocks' AND NOT internal").fetchall()
        assert described[0][0] == description("tables/blocks")
        assert program.execute(f"SELECT bool_and(comment <> '') FROM ({asked.replace('data_type', 'comment')})").fetchall() == [
            (True,)
        ]


def test_both_files_say_of_every_text_how_it_is_compressed(tmp_path):
    working = WorkingFile(WarehousePaths(tmp_path))
    published = publish(working)
    working.close()
    for file in (published, working.paths.working):
        with duckdb.connect(str(file), read_only=True) as reader:
            tables = [sql for (sql,) in reader.execute("SELECT sql FROM duckdb_tables()").fetchall()]
        assert len(tables) >= len(sql_names("tables"))
        assert not [sql for sql in tables if re.search(r"(VARCHAR|BLOB)(?! USING COMPRESSION|\[)", sql)]


def everything(file: Path) -> dict[str, list[tuple]]:
    """All rows of all tables of a file in order, and what it says of its tables and views."""
    with duckdb.connect(str(file), read_only=True) as reader:
        rows = {name: reader.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in sql_names("tables")}
        for kind in ("table", "view"):
            rows[kind] = reader.execute(
                f"SELECT {kind}_name, comment FROM duckdb_{kind}s() WHERE NOT internal ORDER BY ALL"
            ).fetchall()
        return rows


@pytest.fixture
def changed(tmp_path):
    """A published file, and a working file of which since then rows were changed, deleted and added, and rows doubled."""
    working = WorkingFile(WarehousePaths(tmp_path))
    fill(working, 1)
    working.run("UPDATE documents SET raw_text = 'Die Fähre ' || document_id || ' fährt. 🚢 Sie hält.'")
    working.run("INSERT INTO blocks SELECT document_id, 0, 9, 'body', 'r', 1, NULL FROM documents")
    working.run("INSERT INTO failures SELECT 'b', 'quotes', 'm' FROM range(2)")
    publish(working)
    working.run("UPDATE documents SET raw_text = 'Kein Boot fährt mehr.' WHERE document_id IN ('7', '8')")
    working.run("UPDATE documents SET title = 'Fähre' WHERE document_id = '9'")
    working.run("DELETE FROM documents WHERE document_id = '10'; DELETE FROM rejects WHERE document_id = '10'")
    working.run("INSERT INTO documents BY NAME SELECT * REPLACE ('x' AS document_id) FROM documents WHERE document_id = '11'")
    working.run("INSERT INTO rejects BY NAME SELECT * REPLACE ('x' AS document_id) FROM rejects WHERE document_id = '11'")
    working.run("INSERT INTO failures VALUES ('c', 'quotes', 'm')")
    yield working
    working.close()


def test_the_last_file_with_the_rows_that_changed_is_the_file_that_is_written_whole(changed, tmp_path, monkeypatch):
    copying.copy_all(changed, tmp_path / "whole.duckdb")
    monkeypatch.setattr(copying, "copy_all", None)
    found = everything(publish(changed, onto_last=True, allow_loss=True))
    assert found == everything(tmp_path / "whole.duckdb")
    assert [row[-1] for row in found["blocks"] if row[0] in ("7", "8")] == ["Kein Boot"] * 2
    assert len(found["failures"]) == 3


def test_a_body_that_changed_is_known_by_its_hash(tmp_path, monkeypatch):
    working = WorkingFile(WarehousePaths(tmp_path))
    fill(working, 1)
    working.run(
        "INSERT INTO articles BY NAME SELECT document_id AS article_id, 'Old ' || document_id AS body, md5(body) AS body_hash, 2 AS words, load_id, missing "
        "FROM documents"
    )
    publish(working, checks=[])
    working.run("UPDATE articles SET body = 'New 7', body_hash = md5('New 7') WHERE article_id = '7'")
    monkeypatch.setattr(copying, "copy_all", None)
    published = publish(working, checks=[], onto_last=True)
    working.close()
    with open_published(published) as reader:
        bodies = dict(reader.execute("SELECT article_id, body FROM articles").fetchall())
    assert bodies == {str(number): f"Old {number}" for number in range(ROWS)} | {"7": "New 7"}


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("INSERT INTO failures SELECT 'b', 'quotes', 'm' FROM range(2)", id="a row stands twice more"),
        pytest.param("UPDATE documents SET title = 'all'", id="most rows differ"),
        pytest.param(None, id="the last file is damaged"),
    ],
)
def test_a_file_is_written_whole_where_the_last_one_is_of_no_use(changed, tmp_path, monkeypatch, sql):
    if sql:
        changed.run(sql)
    else:
        changed.paths.published.write_bytes(changed.paths.published.read_bytes()[: 1 << 17] + b"damaged" * 9999)
    written, whole = [], copying.copy_all
    monkeypatch.setattr(copying, "copy_all", lambda *given: written.append(given) or whole(*given))
    found = everything(publish(changed, onto_last=True, allow_loss=True))
    assert len(written) == 1
    assert len(found["documents"]) == ROWS
    assert list(tmp_path.glob(".copydesk*")) == []


def test_a_reader_polling_during_20_publishes_sees_only_whole_loads(tmp_path):
    working = WorkingFile(WarehousePaths(tmp_path))
    fill(working, 0)
    publish(working)
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager:
        stop, seen = manager.Event(), manager.list()
        reader = context.Process(target=poll, args=(working.paths.published, stop, seen))
        reader.start()
        while not seen:
            time.sleep(0.05)
        for generation in range(1, PUBLISHES + 1):
            fill(working, generation)
            publish(working)
        time.sleep(0.2)
        stop.set()
        reader.join(30)
        results = list(seen)
    assert reader.exitcode == 0
    assert {row[:2] for row in results} == {(ROWS, 1)}
    assert len({row[2] for row in results}) > 2
    working.close()


def test_a_file_that_is_replaced_while_it_is_opened_is_opened_again(tmp_path, monkeypatch):
    working = WorkingFile(WarehousePaths(tmp_path))
    fill(working, 1)
    published = publish(working)
    connect, opened = duckdb.connect, []

    def replaced_meanwhile(path, **options):
        opened.append(path)
        if len(opened) < 3:
            second = tmp_path / "second.duckdb"
            second.write_bytes(published.read_bytes())
            os.replace(second, published)
            if len(opened) == 1:
                raise duckdb.IOException("parts of two files")
        return connect(path, **options)

    monkeypatch.setattr("warehouse.reading.duckdb.connect", replaced_meanwhile)
    with open_published(published) as reader:
        assert reader.execute("SELECT DISTINCT publisher FROM documents").fetchall() == [("p1",)]
    assert len(opened) == 3
    working.close()


def test_a_published_file_that_is_damaged_is_an_error_at_once(tmp_path):
    damaged = tmp_path / "copydesk.duckdb"
    damaged.write_bytes(b"no database" * 2000)
    with pytest.raises(duckdb.Error):
        open_published(damaged)


def test_a_load_that_breaks_an_invariant_leaves_the_last_good_file(tmp_path):
    working = WorkingFile(WarehousePaths(tmp_path))
    fill(working, 1)
    publish(working)
    working.run("DELETE FROM rejects WHERE document_id = '7'")
    with pytest.raises(InvariantError, match="1 rows break documents_partition"):
        publish(working)
    with duckdb.connect(str(working.paths.published), read_only=True) as reader:
        assert reader.execute("SELECT count(*) FROM rejects").fetchall() == [(ROWS,)]
    assert list(tmp_path.glob(".copydesk*")) == []
    working.close()


def test_a_write_ahead_log_that_a_client_left_is_removed(tmp_path):
    working = WorkingFile(WarehousePaths(tmp_path))
    fill(working, 1)
    publish(working)
    (tmp_path / "copydesk.duckdb.wal").write_bytes(b"left by a client that wrote")
    fill(working, 2)
    publish(working)
    assert not (tmp_path / "copydesk.duckdb.wal").exists()
    with duckdb.connect(str(working.paths.published), read_only=True) as reader:
        assert reader.execute("SELECT DISTINCT publisher FROM documents").fetchall() == [("p2",)]
    working.close()


def test_the_published_file_holds_nothing_internal_and_can_be_read_only(tmp_path):
    working = WorkingFile(WarehousePaths(tmp_path))
    fill(working, 1)
    published = publish(working, read_only_file=True)
    assert os.stat(published).st_mode & 0o777 == 0o444
    publish(working, read_only_file=True)
    with duckdb.connect(str(published), read_only=True) as reader:
        assert reader.execute("SELECT DISTINCT schema_name FROM duckdb_tables() ORDER BY 1").fetchall() == [("main",), ("parts",)]
        version = reader.execute(
            "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'copydesk'"
        ).fetchall()
    assert version[0][0].startswith("v1.4")
    working.close()


def test_adding_few_rows_leaves_the_other_groups_of_rows_where_they_are(tmp_path):
    """Also in the published file, which would be rewritten as a whole otherwise; the quote is one that SQL could trip over."""
    paths = WarehousePaths(tmp_path / "it's here")
    working = WorkingFile(paths)
    add = "INSERT INTO capped_buckets SELECT 'b' || i, i, 1, 'a' FROM range({}, {}) AS r(i)"
    working.run(add.format(0, 50_000))
    publish(working)
    size = paths.published.stat().st_size
    working.run(add.format(50_000, 50_010))
    publish(working)
    working.close()
    with open_published(paths.published) as reader:
        groups = reader.execute(
            "SELECT row_group_id, max(start + count) FROM pragma_storage_info('capped_buckets') GROUP BY 1"
        ).fetchall()
        assert reader.execute("SELECT count(*) FROM capped_buckets").fetchall() == [(50_010,)]
    assert len(groups) >= 50_000 // ROWS_IN_GROUP
    assert paths.published.stat().st_size < 1.5 * size
