"""What must not be doubled, lost or trusted: moved files, a published file that is not as it was published, a lost working file."""

import os
from pathlib import Path

import duckdb
import pytest

from assets.stages.open import open_load
from assets.stages.publish import needs_publishing
from assets.stages.runner import pending_work, run_all
from tests.assets.test_corpus_changes import put, rows, text
from tests.loading import load_folder, tables
from warehouse import LossError, WarehousePaths


@pytest.fixture
def corpus(tmp_path):
    corpus = tmp_path / "corpus"
    for number in (1, 20):
        put(corpus / "herald" / f"{number}.txt", text(number))
    return corpus


@pytest.fixture
def warehouse(tmp_path):
    return tmp_path / "warehouse"


def moved_file(corpus: Path) -> None:
    (corpus / "herald" / "1.txt").rename(corpus / "herald" / "first.txt")


def renamed_folder(corpus: Path) -> None:
    (corpus / "herald").rename(corpus / "the-herald")


@pytest.mark.parametrize("change", [moved_file, renamed_folder])
def test_what_was_moved_is_as_if_it_had_always_been_there_and_keeps_its_older_texts(corpus, warehouse, tmp_path, change):
    put(corpus / "herald" / "1.txt", text(300))
    load_folder(warehouse, corpus)
    put(corpus / "herald" / "1.txt", text(1))
    load_folder(warehouse, corpus, load_id="2")
    change(corpus)
    moved = load_folder(warehouse, corpus, load_id="3")
    fresh = load_folder(tmp_path / "fresh", corpus)
    assert rows(warehouse, "SELECT r.raw_text FROM document_revisions AS r JOIN documents USING (document_id)") == [(text(300),)]
    assert {**moved, "document_revisions": []} == {**fresh, "document_revisions": []}
    assert rows(warehouse, "SELECT count(*) FROM documents WHERE missing") == [(0,)]


def test_a_copy_is_no_move_and_of_two_equal_files_one_stays_gone(corpus, warehouse):
    put(corpus / "herald" / "copy.txt", text(1))
    load_folder(warehouse, corpus)
    (corpus / "herald" / "1.txt").unlink()
    load_folder(warehouse, corpus, load_id="2")
    assert rows(warehouse, "SELECT path FROM documents WHERE missing") == [("herald/1.txt",)]


def damaged(published: Path) -> None:
    with published.open("r+b") as stream:
        stream.seek(published.stat().st_size // 2)
        stream.write(b"\xa5" * 64)


def damaged_without_a_trace(published: Path) -> None:
    status = published.stat()
    damaged(published)
    os.utime(published, ns=(status.st_atime_ns, status.st_mtime_ns))


def edited(published: Path) -> None:
    with duckdb.connect(str(published)) as connection:
        connection.execute("DELETE FROM articles")


@pytest.mark.parametrize(
    "change", [damaged, damaged_without_a_trace, edited, Path.unlink, lambda published: published.write_bytes(b"")]
)
def test_a_published_file_that_is_not_as_it_was_published_is_published_again(corpus, warehouse, change):
    load_folder(warehouse, corpus)
    paths = WarehousePaths(warehouse)
    with open_load(paths, "look", 0) as load:
        assert not needs_publishing(load)
        assert pending_work(load, [corpus]) == {}
    change(paths.published)
    with open_load(paths, "2", 0) as load:
        assert pending_work(load, [corpus]) == {"file to publish": 1}
        run_all(load, [corpus])
        assert not needs_publishing(load)
    with duckdb.connect(str(paths.published), read_only=True) as published:
        assert published.execute("SELECT count(*) FROM articles").fetchall() == [(2,)]


def lose_the_working_file(paths: WarehousePaths) -> None:
    for file in (paths.working, paths.working.with_name(paths.working.name + ".wal")):
        file.unlink(missing_ok=True)


def test_a_file_that_would_lose_what_is_gone_from_the_corpus_is_not_published_unless_it_is_said(corpus, warehouse):
    paths = WarehousePaths(warehouse)
    load_folder(warehouse, corpus)
    put(corpus / "herald" / "20.txt", text(2100))
    (corpus / "herald" / "1.txt").unlink()
    load_folder(warehouse, corpus, load_id="2")
    before = paths.published.read_bytes()
    lose_the_working_file(paths)
    with open_load(paths, "3", 0) as load:
        with pytest.raises(LossError, match=r"1 records and 1 older texts.*--allow-loss"):
            run_all(load, [corpus])
        assert paths.published.read_bytes() == before
        load.allow_loss = True
        run_all(load, [corpus])
        assert len(tables(load)["articles"]) == 1
    assert paths.previous.read_bytes() == before


def test_a_working_file_that_can_be_made_again_from_the_corpus_needs_no_word(corpus, warehouse):
    before = load_folder(warehouse, corpus)
    lose_the_working_file(WarehousePaths(warehouse))
    assert load_folder(warehouse, corpus, load_id="2") == before
    assert not WarehousePaths(warehouse).previous.exists()
