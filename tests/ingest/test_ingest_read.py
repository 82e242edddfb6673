"""From the bytes of a file to rows of records, rejected ones with their reason."""

from __future__ import annotations

import codecs
import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.ingest import IngestSettings, read_file, scan
from pipelines.ingest.registry import READERS, reader_for
from pipelines.schemas import RECORDS
from pipelines.vocabulary import RejectReason

SETTINGS = IngestSettings()


def read(root: Path, name: str, data: bytes | str, settings: IngestSettings = SETTINGS) -> list[dict[str, Any]]:
    """The rows of one file, written below a root."""
    place = root / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data.encode() if isinstance(data, str) else data)
    return rows_of(root, name, settings)


def rows_of(root: Path, name: str, settings: IngestSettings = SETTINGS) -> list[dict[str, Any]]:
    (found,) = [file for file in scan(root) if file.path == name]
    batches = list(read_file(found, settings))
    assert all(batch.schema == RECORDS for batch in batches)
    return [row for batch in batches for row in batch.to_pylist()]


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def reason(row: dict[str, Any]) -> str | None:
    return row["reject"] and row["reject"]["reason"]


# --- text and pages


def test_a_text_file_is_one_article_named_by_its_path(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "The Harbour/2025/a.txt", "First line\r\n\r\nsecond\rthird\u2028 ")
    assert row["text"] == "First line\r\n\r\nsecond\rthird\u2028 "
    assert (row["path"], row["record_key"], row["line"], row["format"]) == ("The Harbour/2025/a.txt", None, None, "text")
    assert (row["publisher"], row["html"], row["reject"]) == ("The Harbour", None, None)


def test_a_file_directly_in_the_root_has_no_publisher(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", "text")[0]["publisher"] is None


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.json", "a.csv", "a.txt.gz"])
def test_marked_encodings_are_read_and_the_mark_is_dropped(tmp_path: Path, name: str, mark: bytes, encoding: str) -> None:
    text = "Wörter und 新聞 😀"
    content = {"jsonl": lines({"text": text}), "json": json.dumps([{"text": text}], ensure_ascii=False), "csv": f"text\n{text}\n"}
    data = mark + content.get(name.split(".")[1], text).encode(encoding)
    (row,) = read(tmp_path, name, gzip.compress(data) if name.endswith(".gz") else data)
    assert (row["text"] or row["html"], row["reject"]) == (text, None)


def test_a_page_is_kept_as_html(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.htm", "<p>Hello</p>")
    assert (row["html"], row["text"], row["format"]) == ("<p>Hello</p>", None, "html")


def test_a_page_in_an_encoding_that_it_names_is_read_in_it(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.html", '<meta charset="iso-8859-1"><p>café – “no”</p>'.encode("cp1252"))
    assert row["html"].endswith("<p>café – “no”</p>")
    (row,) = read(tmp_path, "b.html", '<meta charset="no-such-thing"><p>café</p>'.encode("cp1252"))
    assert reason(row) == "unreadable_bytes"


def test_invalid_bytes_are_refused_with_the_byte_its_offset_and_a_way_out(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.txt", codecs.BOM_UTF8 + "Le café".encode("cp1252"))
    assert reason(row) == "unreadable_bytes"
    assert "byte 0xE9 at offset 9 " in row["reject"]["message"]
    assert "iconv -f" in row["reject"]["message"]
    assert (row["text"], row["html"]) == (None, None)


def test_a_torn_utf16_file_is_refused(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.txt", codecs.BOM_UTF16_LE + "abc".encode("utf-16-le")[:-1])
    assert reason(row) == "unreadable_bytes"


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n...", b"PK\x03\x04rest", b"\x89PNG\r\n\x1a\n", b"text with \x00 inside", "no mark".encode("utf-16-le")],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.json", "a.csv"])
def test_binary_files_are_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (row,) = read(tmp_path, name, data)
    assert reason(row) == "binary_file"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.json", "a.csv", "a.parquet"])
def test_an_empty_file_is_refused_as_empty(tmp_path: Path, name: str) -> None:
    (row,) = read(tmp_path, name, b"")
    assert reason(row) == "empty"


@pytest.mark.parametrize(("name", "data"), [("a.txt", " \n\t\n"), ("a.jsonl", "\n  \n"), ("a.json", "[]"), ("a.csv", "id,text\n")])
def test_a_file_with_nothing_in_it_is_refused_as_empty(tmp_path: Path, name: str, data: str) -> None:
    (row,) = read(tmp_path, name, data)
    assert reason(row) == "empty"


@pytest.mark.parametrize("name", ["a.odt", "noending", "a.odt.gz", "a.gz", "folder.txt/a"])
def test_unknown_endings_are_refused_and_the_known_ones_named(tmp_path: Path, name: str) -> None:
    (row,) = read(tmp_path, name, "text")
    assert (reason(row), row["format"]) == ("unsupported_format", "unknown")
    assert ".jsonl" in row["reject"]["message"]


def test_a_file_that_went_away_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}", encoding="utf-8")
    (found,) = scan(tmp_path)
    found.absolute.unlink()
    (batch,) = read_file(found, SETTINGS)
    assert reason(batch.to_pylist()[0]) == "unreadable_file"
    assert "No such file" in batch.to_pylist()[0]["reject"]["message"]


# --- JSON


def test_a_broken_line_is_rejected_alone_with_line_and_column(tmp_path: Path) -> None:
    data = lines({"id": "a", "text": "one"}) + '{"id": "b", "text" "two"}\n\n' + lines({"id": "c", "text": "three"})
    rows = read(tmp_path, "Outlet/feed.jsonl", data)
    assert [(row["line"], row["record_key"], row["text"], reason(row)) for row in rows if not row["reject"]] == [
        (1, "a", "one", None),
        (4, "c", "three", None),
    ]
    assert reason(rows[1]) == "broken_json"
    assert rows[1]["reject"]["message"].startswith("line 2, column 20:")
    assert rows[1]["text"] == '{"id": "b", "text" "two"}'


def test_a_line_of_invalid_bytes_is_rejected_alone(tmp_path: Path) -> None:
    rows = read(tmp_path, "feed.jsonl", b'{"text": "one"}\n{"text": "caf\xe9"}\n{"text": "three"}')
    assert [reason(row) for row in rows] == [None, "unreadable_bytes", None]
    assert "0xE9 at line 2, offset 13 " in rows[1]["reject"]["message"]


@pytest.mark.parametrize("value", [[1, 2], "text", 5, None, True])
def test_json_that_is_no_object_is_no_record(tmp_path: Path, value: object) -> None:
    rows = read(tmp_path, "feed.jsonl", lines(value, {"text": "one"}))
    assert [reason(row) for row in rows] == ["not_a_record", None]


@pytest.mark.parametrize("record", [{}, {"id": "a", "title": "b"}, {"text": ""}, {"text": " \n"}, {"text": None, "html": ""}])
def test_a_record_without_text_is_rejected(tmp_path: Path, record: object) -> None:
    (row,) = read(tmp_path, "feed.jsonl", lines(record))
    assert reason(row) == "no_text"


@pytest.mark.parametrize(
    "record",
    [
        {"text": 5},
        {"text": ["a", 5]},
        {"html": {"a": 1}},
        {"id": [1, 2], "text": "a"},
        {"id": True, "text": "a"},
        {"id": 1.5, "text": "a"},
        {"text": "half \ud83d pair"},
        {"id": "\udc00", "text": "a"},
    ],
)
def test_values_of_the_wrong_kind_are_rejected(tmp_path: Path, record: object) -> None:
    rows = read(tmp_path, "feed.jsonl", lines(record, {"text": "the next one loads"}))
    assert [reason(row) for row in rows] == ["bad_value", None]


def test_half_of_a_surrogate_pair_in_a_title_does_not_lose_the_article(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "feed.jsonl", lines({"title": "half \ud83d", "text": "whole \U0001f600"}))
    assert (row["title"], row["text"], row["reject"]) == ("half \ufffd", "whole \U0001f600", None)


def test_odd_but_valid_json_is_read(tmp_path: Path) -> None:
    data = '{"text": "last wins not", "text": "last wins", "score": NaN, "big": 1e999}\r\n  {"text": "a\u2028b"}  \r\n'
    rows = read(tmp_path, "feed.ndjson", data)
    assert [row["text"] for row in rows] == ["last wins", "a\u2028b"]
    assert json.loads(rows[0]["extra"])["text.2"] == "last wins not"  # kept


@pytest.mark.parametrize("line", ["[" * 200_000, '{"a": "\x01", "text": "b"}'])
def test_json_beyond_what_python_reads_is_rejected(tmp_path: Path, line: str) -> None:
    rows = read(tmp_path, "feed.jsonl", line + "\n" + lines({"text": "one"}))
    assert [reason(row) for row in rows] == ["broken_json", None]


def test_a_json_list_is_many_records_and_an_object_is_one(tmp_path: Path) -> None:
    rows = read(tmp_path, "list.json", json.dumps([{"id": 7, "text": "a"}, {"text": "b"}, "c"], indent=2))
    assert [(row["line"], row["text"], reason(row)) for row in rows] == [(1, "a", None), (2, "b", None), (3, None, "not_a_record")]
    assert rows[0]["record_key"] == "7"
    (row,) = read(tmp_path, "one.json", json.dumps({"id": "x", "text": "a"}, indent=2))
    assert (row["record_key"], row["line"], row["text"]) == (None, None, "a")


def test_json_lines_under_the_wrong_name_are_read_as_such(tmp_path: Path) -> None:
    rows = read(tmp_path, "feed.json", lines({"id": "a", "text": "one"}) + "{broken\n" + lines({"id": "b", "text": "two"}))
    assert [(row["record_key"], reason(row)) for row in rows if not row["reject"]] == [("a", None), ("b", None)]
    assert [reason(row) for row in rows] == [None, "broken_json", None]


def test_a_broken_document_is_one_reject_with_its_place(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.json", '{\n  "text": "a",\n  "id" 5\n}')
    assert reason(row) == "broken_json"
    assert row["reject"]["message"].startswith("line 3, column 8:")


# --- fields


@pytest.mark.parametrize("key", ["text", "body", "content", "article", "maintext", "Text", "BODY"])
def test_the_text_goes_by_many_names(tmp_path: Path, key: str) -> None:
    assert read(tmp_path, "feed.jsonl", lines({key: "the article"}))[0]["text"] == "the article"


def test_the_first_name_that_holds_something_wins(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "feed.jsonl", lines({"text": "", "content": "c", "article": "a", "html": "<p>"}))
    assert (row["text"], row["html"]) == ("c", None)


def test_all_fields_are_found_under_their_names(tmp_path: Path) -> None:
    for title, date, byline, publisher in [
        ("title", "date", "author", "publisher"),
        ("headline", "published", "authors", "source"),
        ("Headline", "date_publish", "byline", "outlet"),
        ("title", "published-at", "author", "site"),
        ("title", "pubDate", "author", "site"),
    ]:
        record = {
            "id": 5,
            "url": " https://e.example/a ",
            title: "T",
            date: "2025-11-21",
            byline: "A B",
            publisher: "P",
            "text": "x",
        }
        (row,) = read(tmp_path, "Folder/feed.jsonl", lines(record))
        assert [row[name] for name in ("record_key", "url", "title", "date", "byline", "publisher")] == [
            "5",
            "https://e.example/a",
            "T",
            "2025-11-21",
            "A B",
            "P",
        ]


def test_names_may_come_in_lists_and_objects(tmp_path: Path) -> None:
    record = {
        "text": "x",
        "authors": [{"name": "Ann Lee"}, "Bo Day", None],
        "source": {"id": 3, "name": "Harbour Post"},
        "title": [[[1]]],
    }
    (row,) = read(tmp_path, "feed.jsonl", lines(record))
    assert (row["byline"], row["publisher"], row["title"]) == ("Ann Lee, Bo Day", "Harbour Post", None)


def test_an_address_is_no_publisher(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "Folder/feed.jsonl", lines({"text": "x", "source": "https://e.example/a"}))
    assert row["publisher"] == "Folder"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025-11-21", "2025-11-21"),
        ("2025-11-21T23:59:59.123+09:00", "2025-11-21"),
        ("2025-11-21 23:59", "2025-11-21"),
        ("2025/11/21", "2025-11-21"),
        ("20251121", "2025-11-21"),
        ("20251121T235959Z", "2025-11-21"),
        ("Fri, 21 Nov 2025 10:00:00 GMT", "2025-11-21"),
        ("21 November 2025", "2025-11-21"),
        ("Friday, November 21st, 2025, 10:00", "2025-11-21"),
        ("Nov. 21, 2025", "2025-11-21"),
        ("11/21/2025", "2025-11-21"),
        ("04/05/2025", None),
        ("04.05.2025", "2025-05-04"),
        ("2025-02-30", None),
        ("2025-11", None),
        ("November 21", None),
        ("yesterday", None),
        ("20251121123", None),
        ("٢٠٢٥-١١-٢١", "2025-11-21"),
        (1763683200, "2025-11-21"),
        ("1763683200000", "2025-11-21"),
        (1763683200.5, "2025-11-21"),
        (12, None),
        ("0000-00-00", None),
        ("2568-11-21", None),
        ("21 листопада 2025", "2025-11-21"),
        ("2025年11月21日", "2025-11-21"),
        ("21-Nov-25", "2025-11-21"),
        ("Fri Nov 21 10:00:00 +0000 2025", "2025-11-21"),
        (None, None),
        ([2025, 11, 21], "2025-11-21"),
    ],
)
def test_a_day_is_read_where_it_can_be_read_in_one_way_only(tmp_path: Path, value: object, day: str | None) -> None:
    (row,) = read(tmp_path, "feed.jsonl", lines({"text": "x", "date": value}))
    assert (row["date"], row["reject"]) == (day, None)


# --- identity


def test_the_key_is_the_id_else_the_url_else_the_content(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        "feed.jsonl",
        lines({"id": "a", "url": "u", "text": "1"}, {"id": "", "url": "u", "text": "2"}, {"id": None, "text": "3"}, {"text": "3"}),
    )
    hashed = rows[2]["content_hash"]
    assert [row["record_key"] for row in rows] == ["a", "u", f"{hashed}#1", f"{hashed}#2"]
    assert not any(row["reject"] for row in rows)


@pytest.mark.parametrize("second", ["one", "two"])
def test_a_repeated_id_is_rejected_and_names_the_first(tmp_path: Path, second: str) -> None:
    records = [{"id": "a", "text": "one"}, {"text": "other"}, {"id": "a", "text": second}, {"id": "a", "text": second}]
    rows = read(tmp_path, "feed.jsonl", lines(*records))
    assert [reason(row) for row in rows] == [None, None, "repeated_record", "repeated_record"]
    assert "the id 'a' stands already at place 1 " in rows[2]["reject"]["message"]
    assert rows[2]["text"] == second
    assert len({row["record_key"] for row in rows}) == 4


def test_an_id_made_to_look_like_a_generated_key_takes_no_place(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "feed.jsonl", lines({"text": "x"}))
    forged = row["record_key"]
    rows = read(tmp_path, "feed.jsonl", lines({"id": forged, "text": "y"}, {"text": "x"}, {"id": forged, "text": "z"}))
    assert len({row["record_key"] for row in rows}) == 3


def test_keys_and_hashes_do_not_depend_on_the_order_of_lines(tmp_path: Path) -> None:
    records: list[object] = [{"id": "a", "text": "1"}, {"text": "2"}, {"text": "2"}, {"url": "u", "text": "3"}, [4], {"id": "b"}]
    forward = read(tmp_path, "feed.jsonl", lines(*records))
    backward = read(tmp_path, "feed.jsonl", lines(*reversed(records)))

    def known(rows: list[dict[str, Any]]) -> set[tuple[object, ...]]:
        return {(row["record_key"], row["content_hash"], row["text"], reason(row)) for row in rows}

    assert known(forward) == known(backward)


BASE = {"id": "a", "text": "text", "publisher": "P", "url": "u", "title": "t", "date": "2025-11-21", "author": "A"}


@pytest.mark.parametrize(
    "change", [{"text": "x"}, {"publisher": "x"}, {"url": "x"}, {"title": "x"}, {"date": "2025-11-22"}, {"author": "x"}]
)
def test_the_hash_changes_with_everything_that_matters(tmp_path: Path, change: dict[str, str]) -> None:
    (one, other) = read(tmp_path, "feed.jsonl", lines(BASE, BASE | {"id": "b"} | change))
    assert one["content_hash"] != other["content_hash"]


def test_the_hash_does_not_change_with_what_does_not_matter(tmp_path: Path) -> None:
    (one, other) = read(tmp_path, "feed.jsonl", lines(BASE, {"likes": 5, **BASE, "id": "b"}))
    assert one["content_hash"] == other["content_hash"]


def test_text_and_page_of_the_same_words_differ_in_hash(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", "words")[0]["content_hash"] != read(tmp_path, "a.html", "words")[0]["content_hash"]


def test_unreadable_contents_differ_in_hash(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", b"\xff1")[0]["content_hash"] != read(tmp_path, "b.txt", b"\xff2")[0]["content_hash"]


# --- limits and batches


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.txt.gz"])
def test_a_file_over_the_limit_is_rejected(tmp_path: Path, name: str) -> None:
    data = b"x" * 1001
    (row,) = read(tmp_path, name, gzip.compress(data) if name.endswith("gz") else data, IngestSettings(max_record_bytes=1000))
    assert reason(row) == "too_large"
    assert "1000 bytes" in row["reject"]["message"]


@pytest.mark.parametrize("length", [80, 81, 1000])
def test_a_line_over_the_limit_is_rejected_alone(tmp_path: Path, length: int) -> None:
    long = json.dumps({"text": "x" * (length - 12)})
    assert len(long) == length
    data = lines({"text": "a"}) + long + "\n" + lines({"text": "b"})
    rows = read(tmp_path, "a.jsonl", data, IngestSettings(max_record_bytes=80))
    assert [(row["line"], reason(row)) for row in rows] == [(1, None), (2, "too_large"), (3, None)]


def test_a_document_that_can_only_be_read_whole_has_its_own_limit(tmp_path: Path) -> None:
    data = json.dumps([{"text": "x" * 50}] * 10)
    assert len(read(tmp_path, "a.json", data, IngestSettings(max_record_bytes=100))) == 10
    (row,) = read(tmp_path, "a.json", data, IngestSettings(max_whole_file_bytes=100))
    assert reason(row) == "too_large"


def test_batches_are_bounded_in_rows_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines(*({"text": "x" * (10 if n < 10 else 100)} for n in range(20))), encoding="utf-8")
    (found,) = scan(tmp_path)
    sizes = [batch.num_rows for batch in read_file(found, IngestSettings(batch_rows=4, batch_bytes=250))]
    assert sizes == [4, 4, 4, 2, 2, 2, 2]
    assert [batch.num_rows for batch in read_file(found, IngestSettings(batch_bytes=1))] == [1] * 20


@pytest.mark.parametrize("value", [0, -1, 2.5, None])
def test_settings_refuse_limits_that_are_none(value: Any) -> None:
    with pytest.raises(ValueError, match="allowed: whole numbers from 1"):
        IngestSettings(batch_rows=value)


# --- compressed files and tables


def test_damaged_compression_keeps_what_came_before(tmp_path: Path) -> None:
    whole = gzip.compress(lines(*({"id": n, "text": "x" * n} for n in range(1, 3000))).encode())
    rows = read(tmp_path, "feed.jsonl.gz", whole[: len(whole) // 2])
    assert len(rows) > 100
    assert [reason(row) for row in rows[:-2]] == [None] * (len(rows) - 2)
    assert reason(rows[-1]) == "unreadable_bytes"
    (row,) = read(tmp_path, "a.txt.gz", "not compressed")
    assert reason(row) == "unreadable_bytes"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_row_of_a_csv_file_is_a_record(tmp_path: Path, delimiter: str) -> None:
    table = [["id", "Title", "text"], ["a", "x", '"first\nsecond"'], ["b", "", "plain"]]
    rows = read(tmp_path, "P/a.csv", "\r\n".join(delimiter.join(row) for row in table))
    assert [(row["record_key"], row["title"], row["text"]) for row in rows] == [("a", "x", "first\nsecond"), ("b", None, "plain")]


def test_bad_rows_of_a_csv_file_are_rejected_alone(tmp_path: Path) -> None:
    rows = read(tmp_path, "a.csv", b"id,text\na,one\nb,caf\xe9\nc,three,four\nd\ne,five\n")
    assert [(row["record_key"] if not row["reject"] else None, reason(row)) for row in rows] == [
        ("a", None),
        (None, "unreadable_bytes"),
        (None, "bad_value"),
        (None, "no_text"),
        ("e", None),
    ]


def test_a_table_without_a_text_column_is_rejected_once(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.csv", "id,words\n1,a\n2,b\n")
    assert reason(row) == "no_text"
    assert "'id', 'words'" in row["reject"]["message"]


def test_columns_as_lists_are_a_table_where_they_hold_several_titles(tmp_path: Path) -> None:
    table = {"id": [1, 2], "title": ["A", "B"], "text": ["One.", "Two."]}
    rows = read(tmp_path, "a.json", json.dumps(table))
    assert [(row["record_key"], row["title"], row["text"]) for row in rows] == [("1", "A", "One."), ("2", "B", "Two.")]
    (row,) = read(tmp_path, "b.json", json.dumps({"authors": ["Ada Roe", "Bo Day"], "text": ["One.", "Two."]}))
    assert (row["byline"], row["text"]) == ("Ada Roe, Bo Day", "One.\n\nTwo.")


def test_a_row_of_a_parquet_file_is_a_record(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([1.0, None, 3.0]),
            "text": pa.array(["one", "two", None]).dictionary_encode(),
            "date": pa.array([1763683200_000000001, 1763683200_000000000, None], pa.timestamp("ns", "UTC")),
            "authors": pa.array([["A", "B"], [], None]),
            "embedding": pa.array([[0.5], [0.5], None]),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    rows = rows_of(tmp_path, "a.parquet")
    assert [(row["text"], row["date"], row["byline"], reason(row)) for row in rows] == [
        ("one", "2025-11-21", "A, B", None),
        ("two", "2025-11-21", None, None),
        (None, None, None, "no_text"),
    ]
    assert rows[0]["record_key"] == "1"


def test_bytes_in_a_parquet_file_are_decoded_strictly(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": pa.array(["good é".encode(), b"caf\xe9"])}), tmp_path / "a.parquet")
    rows = rows_of(tmp_path, "a.parquet")
    assert [(row["text"], reason(row)) for row in rows] == [("good é", None), (None, "unreadable_bytes")]


def test_a_torn_parquet_file_is_rejected(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["a" * 1000]}), tmp_path / "whole.parquet")
    data = (tmp_path / "whole.parquet").read_bytes()
    for cut in (10, len(data) // 2, len(data) - 1):
        (row,) = read(tmp_path, "torn.parquet", data[:cut])
        assert reason(row) == "unreadable_bytes"


# --- the whole


def test_every_reason_that_ingest_can_give_is_held_by_a_test_here() -> None:
    held = Path(__file__).read_text(encoding="utf-8")
    for known in set(RejectReason) - {
        RejectReason.ALL_FURNITURE,
        RejectReason.FAILED,
        RejectReason.FORGOTTEN,
        RejectReason.OTHER_LANGUAGE,
        RejectReason.OUTSIDE,
    }:
        assert f'"{known}"' in held


def test_endings_belong_to_one_reader_each() -> None:
    endings = [ending for reader in READERS for ending in reader.endings]
    assert len(endings) == len(set(endings))
    assert all(reader_for(f"a/b{ending.upper()}.gz") is reader for reader in READERS for ending in reader.endings)


def test_the_real_articles_are_read_byte_for_byte(shared: Path) -> None:
    found = scan(shared / "seeds")
    assert len(found) == 5
    for file in found:
        (batch,) = read_file(file, SETTINGS)
        (row,) = batch.to_pylist()
        assert row["text"].encode() == file.absolute.read_bytes()
        assert row["reject"] is None


def test_strings_with_line_ends_and_lines_of_several_objects_are_read(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.json", '[{"id": 1, "text": "It closes.\n\nNobody\tcame."}]')
    assert row["text"] == "It closes.\n\nNobody\tcame."
    rows = read(tmp_path, "a.jsonl", '{"id": 1, "text": "one"}{"id": 2, "text": "two"}\n{"id": 3, "text": "three"} {"id": 4\n')
    assert [(row["text"], reason(row)) for row in rows[:2]] == [("one", None), ("two", None)]
    assert [reason(row) for row in rows[2:]] == ["broken_json"]
