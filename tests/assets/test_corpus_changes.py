"""What happens to a corpus between loads: folders move, rights change, ids are corrected, names are odd."""

import json
import os
from pathlib import Path

import pytest

from assets.stages import ingest, runner
from assets.stages.open import open_load
from tests.loading import load_folder, tables
from warehouse import WarehousePaths

LONG_AGO = 1_900_000_000


def text(number: int) -> str:
    return f"The council of Nordwick met on day {number} and talked about the {number} bridges of the town for a long time, officials said."


def put(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (LONG_AGO // 2, LONG_AGO // 2))


def rows(warehouse: Path, query: str) -> list[tuple]:
    with open_load(WarehousePaths(warehouse), "look", 0) as load:
        return load.working.rows(query)


@pytest.fixture
def corpus(tmp_path):
    return tmp_path / "corpus"


@pytest.fixture
def warehouse(tmp_path):
    return tmp_path / "warehouse"


@pytest.mark.parametrize(("before", "after", "articles"), [({"id": [1, 2]}, {}, 1), ({}, {"id": [1, 2]}, 0)])
def test_an_id_that_is_corrected_or_broken_moves_the_record_although_its_content_is_the_same(
    corpus, warehouse, before, after, articles
):
    for place, fields in enumerate((before, after)):
        put(corpus / "outlet" / "stories.jsonl", json.dumps({**fields, "text": text(1)}) + "\n" * place)
        found = load_folder(warehouse, corpus, load_id=str(place))
    assert (len(found["articles"]), len(found["rejects"])) == (articles, 1 - articles)
    assert found["document_revisions"] == []


def test_a_corpus_folder_that_was_moved_keeps_its_records_and_knows_what_is_missing(corpus, warehouse, tmp_path):
    for name in "ab":
        put(corpus / "outlet" / f"{name}.txt", text(ord(name)))
    before = load_folder(warehouse, corpus)
    corpus.rename(tmp_path / "moved")
    assert load_folder(warehouse, tmp_path / "moved", load_id="2") == before
    assert rows(warehouse, "SELECT DISTINCT found_at FROM documents") == [(str(tmp_path / "moved"),)]
    (tmp_path / "moved" / "outlet" / "a.txt").unlink()
    load_folder(warehouse, tmp_path / "moved", load_id="3")
    assert rows(warehouse, "SELECT path FROM documents WHERE missing") == [("outlet/a.txt",)]


def test_a_record_keeps_its_identity_when_the_equal_path_of_another_folder_goes(warehouse, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    put(one / "outlet" / "a.txt", text(1))
    put(other / "outlet" / "a.txt", text(2))
    load_folder(warehouse, one, other)
    (one / "outlet" / "a.txt").unlink()
    put(other / "outlet" / "a.txt", text(30))
    load_folder(warehouse, one, other, load_id="2")
    assert rows(warehouse, "SELECT raw_text, missing FROM documents ORDER BY missing") == [(text(30), False), (text(1), True)]
    assert rows(warehouse, "SELECT raw_text FROM document_revisions") == [(text(2),)]


def test_a_folder_or_file_inside_a_loaded_one_belongs_to_it(corpus, warehouse):
    for place in ("one/a.txt", "one/b.txt", "two/c.txt"):
        put(corpus / place, text(ord(place[-5])))
    load_folder(warehouse, corpus)
    put(corpus / "one" / "new.txt", text(7))
    (corpus / "one" / "a.txt").unlink()
    (corpus / "two" / "c.txt").unlink()
    load_folder(warehouse, corpus / "one", load_id="2")
    assert rows(warehouse, "SELECT path, publisher, missing FROM documents ORDER BY path") == [
        ("one/a.txt", "one", True),
        ("one/b.txt", "one", False),
        ("one/new.txt", "one", False),
        ("two/c.txt", "two", False),
    ]


def test_a_file_loaded_by_itself_does_not_make_its_folder_a_corpus(corpus, warehouse):
    put(corpus / "note.txt", text(1))
    put(corpus / "news" / "outlet" / "a.txt", text(2))
    load_folder(warehouse, corpus / "note.txt")
    load_folder(warehouse, corpus / "news", load_id="2")
    assert rows(warehouse, "SELECT path, publisher FROM documents ORDER BY path") == [
        ("note.txt", None),
        ("outlet/a.txt", "outlet"),
    ]


def test_a_file_that_is_named_is_read_without_looking_through_its_folder(corpus, warehouse, monkeypatch):
    put(corpus / ".hidden.txt", text(1))
    put(corpus / "other.txt", text(2))
    looked = []
    real = ingest.scan
    monkeypatch.setattr(ingest, "scan", lambda path: looked.append(path) or real(path))
    assert len(load_folder(warehouse, corpus / ".hidden.txt")["articles"]) == 1
    assert looked == [corpus / ".hidden.txt"]


def test_a_file_whose_rights_are_given_is_read_although_its_time_stamp_is_the_same(corpus, warehouse, monkeypatch):
    put(corpus / "outlet" / "a.txt", text(1))

    def refusing(real):
        def opened(file, *arguments, **options):
            if corpus in Path(file).parents:
                raise PermissionError(13, "Permission denied")
            return real(file, *arguments, **options)

        return opened

    with monkeypatch.context() as refused:
        refused.setattr(Path, "open", refusing(Path.open))
        refused.setattr(ingest, "open", refusing(open), raising=False)
        assert [row[5] for row in load_folder(warehouse, corpus)["rejects"]] == ["unreadable_file"]
        with open_load(WarehousePaths(warehouse), "look", 0) as load:
            assert runner.pending_work(load, [corpus]) == {}
    readable = load_folder(warehouse, corpus, load_id="2")
    assert (len(readable["articles"]), len(readable["rejects"])) == (1, 0)


def test_a_file_that_goes_while_a_load_runs_is_as_if_it_had_not_been_there(corpus, warehouse):
    for name in "ab":
        put(corpus / "outlet" / f"{name}.txt", text(ord(name)))
    load_folder(warehouse, corpus)
    put(corpus / "outlet" / "a.txt", text(3) + " More.")

    def gone_after_it_was_found(line):
        if "1 new or changed" in line:
            (corpus / "outlet" / "a.txt").unlink()

    with open_load(WarehousePaths(warehouse), "2", 0, gone_after_it_was_found) as load:
        runner.run_all(load, [corpus])
        after = tables(load)
    assert not (corpus / "outlet" / "a.txt").exists()
    assert (len(after["articles"]), after["rejects"]) == (2, [])
    load_folder(warehouse, corpus, load_id="3")
    assert rows(warehouse, "SELECT path FROM documents WHERE missing") == [("outlet/a.txt",)]


def test_names_with_blanks_odd_letters_broken_bytes_and_links_are_each_one_record(tmp_path, warehouse):
    corpus = tmp_path / "my news ☃"
    put(corpus / "le journal" / "été.txt", text(1))
    for number, name in enumerate((b"caf\xe9.txt", b"caf\\xe9.txt"), 2):
        put(Path(os.fsdecode(os.fsencode(corpus / "le journal") + b"/" + name)), text(number))
    (corpus / "link").symlink_to(corpus / "le journal")
    (corpus / "le journal" / "loop").symlink_to(corpus)
    first = load_folder(warehouse, corpus)
    assert {row[1] for row in first["documents"]} == {"le journal/été.txt", "le journal/caf\\xe9.txt", "le journal/\\caf\\xe9.txt"}
    assert first["rejects"] == []
    assert load_folder(warehouse, corpus, load_id="2") == first


@pytest.mark.parametrize("files", [{}, {"outlet/empty.txt": "", "outlet/binary.bin": b"\0\1", "stories.jsonl": "{broken\n[1]\n"}])
def test_a_corpus_without_any_article_is_published(corpus, warehouse, files):
    corpus.mkdir()
    for name, content in files.items():
        put(corpus / name, content)
    found = load_folder(warehouse, corpus)
    assert len(found["documents"]) == len(found["rejects"]) == len(files) + ("stories.jsonl" in files)
    assert not any(found[name] for name in ("articles", "signatures", "duplicate_pairs", "quotes", "speakers"))
    assert (warehouse / "copydesk.duckdb").exists()


def test_a_full_refresh_after_a_load_that_was_cut_short_leaves_nothing_of_articles_that_are_gone(corpus, warehouse):
    for name in "ab":
        put(corpus / "outlet" / f"{name}.txt", text(1))
    load_folder(warehouse, corpus)
    put(corpus / "outlet" / "a.txt", b"\xff\xfa")
    with open_load(WarehousePaths(warehouse), "cut short", 0) as load:
        ingest.ingest_roots(load, [corpus])
        runner.forget_all(load)
    after = load_folder(warehouse, corpus, load_id="2")
    assert [len(after[name]) for name in ("articles", "signatures", "article_clusters", "duplicate_pairs")] == [1, 1, 1, 0]


def test_copies_that_all_become_unreadable_leave_nothing(corpus, warehouse):
    for name in "ab":
        put(corpus / "outlet" / f"{name}.txt", text(1))
    assert len(load_folder(warehouse, corpus)["duplicate_pairs"]) == 1
    for name in "ab":
        put(corpus / "outlet" / f"{name}.txt", b"\xff\xfa")
    after = load_folder(warehouse, corpus, load_id="2")
    assert [len(after[name]) for name in ("rejects", "articles", "signatures", "article_clusters", "duplicate_pairs")] == [
        2,
        0,
        0,
        0,
        0,
    ]


def test_a_full_refresh_of_a_corpus_whose_only_article_became_unreadable_leaves_no_speaker(corpus, warehouse):
    put(
        corpus / "outlet" / "a.txt",
        "The bridge is safe.\n\n“We checked every bolt of it,” said Mara Quill, the town's engineer, on Monday.",
    )
    assert load_folder(warehouse, corpus)["speakers"]
    put(corpus / "outlet" / "a.txt", b"\xff\xfa")
    with open_load(WarehousePaths(warehouse), "cut short", 0) as load:
        runner.forget_all(load)
    after = load_folder(warehouse, corpus, load_id="2")
    assert [len(after[name]) for name in ("rejects", "articles", "quotes", "speakers", "failures")] == [1, 0, 0, 0, 0]
