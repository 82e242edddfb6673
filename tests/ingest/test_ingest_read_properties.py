"""What holds for any bytes and any JSON: no exception, nothing lost, keys unique."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.ingest import IngestSettings, read_file, scan
from pipelines.schemas import RECORDS
from pipelines.vocabulary import RejectReason

SMALL = IngestSettings(max_record_bytes=300, max_whole_file_bytes=2000, batch_rows=3, batch_bytes=100)
SEVERAL = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

NAMES = ("text", "body", "html", "id", "url", "title", "date", "author", "source", "other")
TEXTS = st.text(st.characters(), max_size=40)  # lone surrogates too
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=3), inner, max_size=4),
    max_leaves=8,
)
RECORD = st.dictionaries(st.sampled_from(NAMES), VALUES | TEXTS, max_size=6)


def rows_of(root: Path, name: str, data: bytes, limits: IngestSettings) -> list[dict[str, Any]]:
    (root / name).write_bytes(data)
    (found,) = [file for file in scan(root) if file.path == name]
    batches = list(read_file(found, limits))
    assert all(batch.schema == RECORDS and 0 < batch.num_rows <= limits.batch_rows for batch in batches)
    for batch in batches:
        batch.validate(full=True)
    return [row for batch in batches for row in batch.to_pylist()]


def check(rows: list[dict[str, Any]]) -> None:
    assert rows
    keys = [row["record_key"] for row in rows]
    assert len(keys) == len(set(keys))
    for row in rows:
        assert (row["reject"] is not None) or bool(row["text"] or row["html"])
        assert not (row["text"] and row["html"])
        if row["reject"]:
            assert row["reject"]["reason"] in set(RejectReason) - {RejectReason.FAILED}
            assert "allowed" in row["reject"]["message"]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.json", "a.csv", "a.parquet", "a.jsonl.gz", "a.unknown"])
@given(data=st.binary(max_size=400))
@SEVERAL
def test_any_bytes_give_rows_and_no_exception(tmp_path: Path, name: str, data: bytes) -> None:
    check(rows_of(tmp_path, name, data, SMALL))
    if name.endswith(".gz"):
        check(rows_of(tmp_path, name, gzip.compress(data), SMALL))


BEGINS = {
    "a.zip": b"PK\x03\x04",
    "a.docx": b"PK\x03\x04",
    "a.xml": b"<rss><channel><item>",
    "a.eml": b"Subject: x\n",
    "a.warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: ",
    "a.txt.zst": b"\x28\xb5\x2f\xfd",
    "a.txt.xz": b"\xfd7zXZ\x00",
    "a.txt.bz2": b"BZh91AY",
    "a.rtf": b"{\\rtf1 ",
    "a.pdf": b"%PDF-1.4\n",
}


@pytest.mark.parametrize("name", BEGINS)
@given(data=st.binary(max_size=200), begins=st.booleans())
@settings(SEVERAL, max_examples=40)
def test_any_bytes_in_an_archive_or_document_give_rows_and_no_exception(
    tmp_path: Path, name: str, data: bytes, begins: bool
) -> None:
    check(rows_of(tmp_path, name, BEGINS[name] * begins + data, SMALL))


@given(values=st.lists(RECORD | VALUES, min_size=1, max_size=8))
@SEVERAL
def test_any_json_gives_one_row_per_line_and_item(tmp_path: Path, values: list[object]) -> None:
    as_lines = rows_of(tmp_path, "a.jsonl", "\n".join(json.dumps(value) for value in values).encode(), IngestSettings())
    as_list = rows_of(tmp_path, "b.json", json.dumps(values).encode(), IngestSettings())
    assert len(as_lines) == len(as_list) >= len(values)  # an object may hold a list of records
    check(as_lines)
    check(as_list)
    columns = ("line", "title", "date", "byline", "url", "html")
    assert [[row[c] for c in columns] for row in as_lines] == [[row[c] for c in columns] for row in as_list]


@given(values=st.lists(RECORD, min_size=1, max_size=6), data=st.data())
@SEVERAL
def test_the_order_of_lines_changes_no_record_that_loads(
    tmp_path: Path, values: list[dict[str, object]], data: st.DataObject
) -> None:
    """Ids that stand twice are left out here: of those the first in the file is kept."""
    ids = [str(value.get("id") or value.get("url")).strip() for value in values]
    distinct = [
        value for value, key in zip(values, ids, strict=True) if Counter(ids)[key] == 1 and isinstance(value.get("id"), str | None)
    ]
    distinct = [value for value in distinct if value.get("url") is None] or [{"text": "one"}]
    shuffled = data.draw(st.permutations(distinct))

    def known(records: list[dict[str, object]]) -> Counter[tuple[object, ...]]:
        rows = rows_of(tmp_path, "a.jsonl", "\n".join(map(json.dumps, records)).encode(), IngestSettings())
        return Counter((row["record_key"], row["content_hash"], row["text"], row["html"]) for row in rows)

    assert known(distinct) == known(shuffled)


@given(text=st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), min_size=1, max_size=60))
@SEVERAL
def test_any_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    (row,) = rows_of(tmp_path, "a.txt", text.encode(), IngestSettings())
    kept = text.removeprefix("\ufeff")
    if kept.strip():
        assert (row["text"], row["reject"]) == (kept, None)
    else:
        assert row["reject"]["reason"] == "empty"


@given(cut=st.integers(0, 100), noise=st.binary(min_size=1, max_size=5), at=st.integers(0, 100))
@SEVERAL
def test_damaged_tables_give_rows_and_no_exception(tmp_path: Path, cut: int, noise: bytes, at: int) -> None:
    sink = pa.BufferOutputStream()
    pa.parquet.write_table(pa.table({"id": ["a", "b"], "text": ["one", "two"]}), sink)
    whole = sink.getvalue().to_pybytes()
    place = len(whole) * at // 100
    damaged = whole[:place] + noise + whole[place + len(noise) :]
    check(rows_of(tmp_path, "a.parquet", damaged[: len(damaged) - cut], SMALL))
