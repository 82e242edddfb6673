"""The report of a warehouse: what is in the page, whatever page was there before."""

import base64
import gzip
import json
import re
import threading
from pathlib import Path

import pytest

from assets.report import texts, write_report
from assets.report.texts import CHUNK
from assets.stages.open import open_load
from assets.stages.publish import report_load
from warehouse import WarehousePaths, WorkingFile, open_published, publish

ARTICLES = 20 * CHUNK
SENTENCE = "The ferry to Nordwick stays in the harbour until the <b>storm</b> is over & the “pier” is dry, article {}."


def published(folder: Path, numbers: range, changed: tuple[int, ...] = ()) -> Path:
    """A published file of some articles, each with a block and a quote; those changed say something else."""
    working = WorkingFile(WarehousePaths(folder))
    said = [(f"a{number}", SENTENCE.format(number if number not in changed else f"{number}, corrected")) for number in numbers]
    working.run(
        "INSERT INTO documents BY NAME SELECT unnest($ids) AS document_id, document_id || '.txt' AS path, 'text' AS format, 'h' AS content_hash, '' AS found_at, "
        "false AS missing, unnest($texts) AS raw_text, 'load' AS load_id, TIMESTAMP '2031-03-01' AS ingested_at",
        {"ids": [name for name, _ in said], "texts": [text for _, text in said]},
    )
    working.run(
        "INSERT INTO articles BY NAME SELECT document_id AS article_id, raw_text AS body, 9 AS words, 'h' AS body_hash, load_id, missing, 0.0 AS wire, 'en' AS language, "
        "DATE '2031-01-01' + (hash(document_id) % 50)::INTEGER AS date, 'gazette' AS publisher FROM documents"
    )
    working.run("INSERT INTO blocks SELECT document_id, 0, length(raw_text), 'body', 'r', 1, NULL FROM documents")
    working.run(
        "INSERT INTO quotes BY NAME SELECT article_id || 'q' AS quote_id, article_id, 0 AS quote_index, 'direct' AS type, left(body, 9) AS quote, "
        "0 AS quote_start, 9 AS quote_end, 0 AS content_start, 9 AS content_end, 'Ada' AS speaker_name, 's' AS speaker_id, 0.9 AS confidence FROM articles"
    )
    file = publish(working, checks=())
    working.close()
    return file


def in_page(page: Path) -> dict[str, list]:
    """The lists of a page, and its texts in order."""
    text = page.read_text(encoding="utf-8")
    lists = re.findall(r'<script type="application/json" id="data-(\w+)">(.*?)</script>', text)
    packed = re.findall(r'<script type="text/plain" class="texts"[^>]*>(.*?)</script>', text)
    unpacked = [article for chunk in packed for article in json.loads(gzip.decompress(base64.b64decode(chunk)))]
    return {name: json.loads(rows) for name, rows in lists} | {"texts": unpacked}


@pytest.fixture
def packs(monkeypatch):
    """The keys of the chunks that are packed."""
    packed, pack = [], texts._pack
    monkeypatch.setattr(texts, "_pack", lambda key, text: packed.append(key) or pack(key, text))
    return packed


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Published files of the articles at first, and later, with two more, one changed and one gone."""
    first = published(tmp_path_factory.mktemp("first"), range(ARTICLES))
    return first, published(tmp_path_factory.mktemp("later"), range(1, ARTICLES + 2), changed=(7,))


def test_the_report_over_an_older_one_is_that_of_a_fresh_load_and_packs_only_what_changed(files, tmp_path, packs):
    first, later = files
    page = write_report(first, tmp_path / "report.html")
    of_first = len(packs)
    fresh = write_report(later, tmp_path / "fresh.html")
    del packs[:]
    assert write_report(later, page).read_bytes() == fresh.read_bytes()
    assert 0 < len(packs) <= 6 < of_first  # of one more, one changed and one gone, where a chunk may end too
    del packs[:]
    assert write_report(later, page).read_bytes() == fresh.read_bytes()
    assert packs == []


def test_texts_are_read_through_once_for_all_chunks_that_changed(files, tmp_path, monkeypatch):
    whole = write_report(files[1], tmp_path / "fresh.html").read_bytes()
    page = write_report(files[0], tmp_path / "report.html")
    read, texts_of = [], texts._texts
    monkeypatch.setattr(
        texts, "_texts", lambda connection, numbers, *rest: read.append(len(numbers)) or texts_of(connection, numbers, *rest)
    )
    monkeypatch.setattr(texts, "PART", ARTICLES // 2)
    assert write_report(files[1], page).read_bytes() == whole
    assert read[0] > 1 == len(read)
    assert write_report(files[1], tmp_path / "in_parts.html").read_bytes() == whole
    assert len(read) > 2


def test_a_damaged_page_gives_nothing_to_the_next_report(files, tmp_path, packs):
    page = write_report(files[0], tmp_path / "report.html")
    whole = page.read_bytes()
    place = whole.rindex(b"</script>", 0, whole.index(b'id="data-chunks"')) - 20
    page.write_bytes(whole[:place] + (b"A" if whole[place : place + 1] != b"A" else b"B") + whole[place + 1 :])
    del packs[:]
    assert write_report(files[0], page).read_bytes() == whole
    assert len(packs) == 1
    page.write_bytes(b"no page of ours\n")
    assert write_report(files[0], page).read_bytes() == whole


def test_lists_and_texts_of_a_page_are_the_rows_of_the_file_in_one_order(files, tmp_path):
    found = in_page(write_report(files[1], tmp_path / "report.html"))
    with open_published(files[1]) as reader:
        rows = reader.execute("SELECT article_id, body FROM articles ORDER BY date DESC, article_id").fetchall()
    assert [article["id"] for article in found["articles"]] == [article for article, _ in rows]
    assert found["texts"] == [
        {"body": body, "page": [["body", "r", 0, body]], "quotes": [[0, 9, "direct", "Ada", 0.9]]} for _, body in rows
    ]
    assert sum(found["chunks"]) == len(rows) == len(found["quotes"])
    assert found["pairs"] == found["stories"] == []


def test_of_a_very_long_article_the_beginning_is_shown_with_what_stands_in_it(files, tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "LONGEST", 8)
    found = in_page(write_report(files[0], tmp_path / "report.html"))
    assert {(article["body"], str(article["quotes"])) for article in found["texts"]} == {(f"{SENTENCE[:8]} …", "[]")}
    assert {str(article["page"]) for article in found["texts"]} == {str([["body", "r", 0, SENTENCE[:8]]])}


def test_rows_that_a_load_counted_are_not_counted_again(files, tmp_path):
    """The load that publishes has run the checks on the same rows. These articles have no clusters."""
    run, known = (
        write_report(files[0], tmp_path / "report.html", counted=counted).read_text(encoding="utf-8")
        for counted in ({}, {"clusters_verified": 0, "bodies_are_long": ARTICLES})
    )
    assert [f'aria-label="Rows of {name}"' in run for name in ("clusters_verified", "bodies_are_long")] == [True, True]
    assert [f'aria-label="Rows of {name}"' in known for name in ("clusters_verified", "bodies_are_long")] == [False, True]


@pytest.mark.parametrize("is_large", [False, True])
def test_something_else_is_done_while_a_load_writes_its_report_or_before_where_the_file_is_large(tmp_path, monkeypatch, is_large):
    began, done = threading.Event(), threading.Event()

    def write(file: Path, target: Path, counted: dict[str, int]) -> None:
        began.set()
        assert done.wait(20)
        target.write_text("a page")

    def meanwhile() -> None:
        assert not began.is_set() if is_large else began.wait(20)
        done.set()

    monkeypatch.setattr("assets.stages.publish.write_report", write)
    monkeypatch.setattr("assets.stages.publish.LARGE_BYTES", 3)
    (tmp_path / "copydesk.duckdb").write_bytes(b"rows" if is_large else b"row")
    with open_load(WarehousePaths(tmp_path), "load", 0) as load:
        assert report_load(load, meanwhile)
        done.clear()
        assert not report_load(load, meanwhile=done.set)
    assert done.is_set()
    assert (tmp_path / "report.html").read_text() == "a page"
