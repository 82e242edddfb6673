"""Limits of reading: what is beyond one is refused with the setting's name, what came before is kept."""

import bz2
import gzip
import io
import json
import time
import zipfile
from pathlib import Path

import pytest

from pipelines.ingest import FoundFile, IngestSettings, document_reader, json_reader, read_file

ROW = json.dumps({"text": "The council of Nordwick met."}).encode() + b"\n"


def read(folder: Path, name: str, data: bytes, **limits: int) -> list[dict]:
    file = folder / name
    file.write_bytes(data)
    return [row for batch in read_file(FoundFile(name, file, len(data), 1), IngestSettings(**limits)) for row in batch.to_pylist()]


def refused(rows: list[dict]) -> list[tuple[str, str]]:
    return [(row["reject"]["reason"], row["reject"]["message"]) for row in rows if row["reject"]]


def test_records_beyond_the_limit_of_a_file_are_refused_as_one_and_those_before_are_kept(tmp_path):
    rows = read(tmp_path, "a.jsonl", ROW * 7, max_rows=5)
    assert [row["line"] for row in rows] == [1, 2, 3, 4, 5, None]
    [(reason, message)] = refused(rows)
    assert reason == "too_large"
    assert "limits.max_rows" in message


def test_refused_records_beyond_the_limit_are_counted_and_good_ones_among_them_are_kept(tmp_path):
    rows = read(tmp_path, "a.jsonl", b"{broken\n" * 5 + ROW + b"{broken\n", max_rejects=2)
    assert [bool(row["reject"]) for row in rows] == [True, True, False, True]
    reason, message = refused(rows)[-1]
    assert reason == "too_large"
    assert message.startswith("4 more records")
    assert "limits.max_rejects" in message
    assert len(refused(read(tmp_path, "b.jsonl", b"{broken\n" * 2, max_rejects=2))) == 2


@pytest.mark.parametrize("compress", [("gz", gzip.compress), ("bz2", bz2.compress)])
def test_what_comes_out_of_a_compressed_file_is_limited(tmp_path, compress):
    ending, pack = compress
    rows = read(tmp_path, f"a.jsonl.{ending}", pack(ROW * 20_000), max_file_bytes=300_000)
    assert sum(row["reject"] is None for row in rows) > 1000
    [(reason, message)] = refused(rows)
    assert reason == "too_large"
    assert "limits.max_file_bytes" in message
    assert refused(read(tmp_path, f"b.jsonl.{ending}", pack(ROW * 10), max_file_bytes=300_000)) == []


def test_members_of_an_archive_are_limited_each(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.jsonl", ROW * 20_000)
        archive.writestr("good.jsonl", ROW)
    rows = read(tmp_path, "a.zip", packed.getvalue(), max_file_bytes=300_000)
    assert [reason for reason, _ in refused(rows)] == ["too_large"]
    assert rows[-1]["reject"] is None


def test_fields_of_a_record_are_limited_those_inside_of_it_too(tmp_path):
    wide = {"text": "A text.", "more": {str(number): [number] for number in range(60)}}
    [row] = read(tmp_path, "a.jsonl", json.dumps(wide).encode(), max_fields=100)
    assert "limits.max_fields" in row["reject"]["message"]
    assert read(tmp_path, "b.jsonl", json.dumps(wide).encode(), max_fields=200)[0]["reject"] is None


def test_attributes_of_a_tag_are_limited_and_words_inside_of_one_are_none(tmp_path):
    many = "".join(f" a{number}=1" for number in range(200))
    page = "<html><body><div{}><p>The council met.</p></div></body></html>"
    [row] = read(tmp_path, "a.html", page.format(many).encode(), max_attributes=100)
    assert "limits.max_attributes" in row["reject"]["message"]
    assert read(tmp_path, "b.html", page.format(f' data-x="{many}"').encode(), max_attributes=100)[0]["reject"] is None
    assert len(read(tmp_path, "c.jsonl", json.dumps({"html": page.format(many)}).encode(), max_attributes=100)) == 1


def test_a_document_that_takes_too_long_to_unpack_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(document_reader, "_paragraphs", lambda data, settings: time.sleep(5))
    started = time.monotonic()
    [row] = read(tmp_path, "a.docx", b"PK", max_seconds=1)
    assert time.monotonic() - started < 4
    assert "limits.max_seconds" in row["reject"]["message"]


def test_a_page_that_is_too_long_is_refused_whatever_holds_it(tmp_path):
    page = "<html><body><p>" + "The council met. " * 100 + "</p></body></html>"
    for name, data in (("a.html", page), ("b.jsonl", json.dumps({"html": page})), ("c.txt", page)):
        [row] = read(tmp_path, name, data.encode(), max_page_bytes=1000)
        assert row["reject"]["reason"] == "too_large"
        assert "limits.max_page_bytes" in row["reject"]["message"]
        assert read(tmp_path, name, data.encode(), max_page_bytes=2000)[0]["reject"] is None


@pytest.mark.parametrize(
    ("error", "wanted"), [(MemoryError(), "too_large"), (LookupError("a fault"), "failed"), (RecursionError(), "failed")]
)
def test_a_file_that_its_reader_fails_on_is_refused_and_what_came_before_is_kept(tmp_path, monkeypatch, error, wanted):
    made = json_reader.entry_of

    def fails(record, line, *rest):
        if line == 3:
            raise error
        return made(record, line, *rest)

    monkeypatch.setattr(json_reader, "entry_of", fails)
    rows = read(tmp_path, "a.jsonl", ROW * 5)
    assert [row["line"] for row in rows] == [1, 2, None]
    assert [reason for reason, _ in refused(rows)] == [wanted]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.jsonl", ROW * 5)
        archive.writestr("b.txt", "The council of Nordwick met.")
    rows = read(tmp_path, "a.zip", packed.getvalue())
    assert [(row["record_key"], bool(row["reject"])) for row in rows][2:] == [("a.jsonl", True), ("b.txt", False)]
