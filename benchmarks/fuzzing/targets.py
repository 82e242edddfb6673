"""What must hold for any bytes, one function each: it returns, or raises with what was broken. How bytes are found does not stand here.

`tests/test_fuzzed.py` runs each on what was found once, and on what Hypothesis draws.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.cleaning import CleanSettings, clean_documents
from pipelines.ingest import FoundFile, IngestSettings, read_file
from pipelines.quotes import QuoteSettings
from pipelines.quotes.lexicon import Lexicon
from pipelines.quotes.reading import load_language, read_articles
from pipelines.schemas import CLEANED, DOCUMENTS, RECORDS
from pipelines.vocabulary import RejectReason

# What the first byte of an input chooses from.
ENDINGS = (
    *(".csv", ".jsonl", ".json", ".txt", ".html", ".xml", ".eml", ".rtf", ".warc", ".zip", ".docx", ".parquet", ".tsv", ".pdf"),
    *(".csv.gz", ".jsonl.bz2", ".txt.xz", ".txt.zst"),
)
LIMITS = IngestSettings(max_record_bytes=4000, max_whole_file_bytes=20_000, batch_rows=7, batch_bytes=1000)
MAX_BYTES = 4096  # of an input


def readers(data: bytes) -> None:
    """A file gives rows, each with a text or a reject that says what to do, and no key twice."""
    name = f"outlet/a{ENDINGS[data[0] % len(ENDINGS)]}" if data else "outlet/a.txt"
    rest = data[1:]
    found = FoundFile(name, Path(name), len(rest), 1, content=lambda: io.BytesIO(rest))
    keys = []
    for batch in read_file(found, LIMITS):
        assert batch.schema == RECORDS
        batch.validate(full=True)
        for row in batch.to_pylist():
            keys.append(row["record_key"])
            assert (row["reject"] is not None) or bool(row["text"] or row["html"]), row
            assert not (row["text"] and row["html"]), row
            if row["reject"]:
                assert row["reject"]["reason"] in set(RejectReason), row
                assert "allowed" in row["reject"]["message"], row
    assert keys, "no row of a file"
    assert len(keys) == len(set(keys)), keys


def cleaner(data: bytes) -> None:
    """A text gives spans in order, repairs of what stands there, a body or a reject; and a body that is clean stays as it is."""
    raw = data.decode("utf-8", "replace")
    row = _cleaned(raw, None)
    _spans_hold(row, raw)
    if row["text"]:
        assert _cleaned(row["text"], None)["text"] == row["text"], "cleaned again, the body is another"


def pages(data: bytes) -> None:
    """As `cleaner`, of a page."""
    row = _cleaned(None, data.decode("utf-8", "replace"))
    if row["source_text"] is not None:
        _spans_hold(row, row["source_text"])


def quotes(data: bytes) -> None:
    """Quotes lie within the text and in order, with content, speakers and names that do too."""
    text = data.decode("utf-8", "surrogatepass" if data[:1] == b"\xed" else "replace") if data else ""
    found = read_articles([text], QuoteSettings(), _english())[0]
    for index, quote in enumerate(found):
        assert 0 <= quote.content_start <= quote.start < quote.end <= quote.content_end <= len(text), quote
        assert "\n" not in text[quote.start : quote.end], quote
        assert quote.part_of is None or 0 <= quote.part_of < index, quote
        assert 0.0 <= quote.confidence <= 1.0, quote
        if quote.speaker is not None:
            assert 0 <= quote.speaker.start < quote.speaker.end <= len(text), quote
    assert [quote.start for quote in found] == sorted(quote.start for quote in found)


def _cleaned(text: str | None, html: str | None) -> dict[str, Any]:
    row = {"id": "1", "text": text, "html": html, "publisher": None, "url": None, "markup": None}
    table = clean_documents(pa.Table.from_pylist([row], DOCUMENTS), None, CleanSettings())
    assert table.schema.equals(CLEANED)
    return dict(table.to_pylist()[0])


def _spans_hold(row: dict[str, Any], raw: str) -> None:
    ends = 0
    for span in row["removed"]:
        assert ends <= span["start"] < span["end"] <= len(raw), span
        ends = span["end"]
    assert [raw[r["start"] : r["end"]] for r in row["repairs"]] == [r["before"] for r in row["repairs"]], row["repairs"]
    assert (row["reject"] is not None) == (row["text"] == ""), row["reject"]
    assert all(block["reason"] for block in row["blocks"]), row["blocks"]


@cache
def _english() -> Lexicon:
    return load_language("en")  # so that no text escapes as one of no known language


TARGETS: dict[str, Callable[[bytes], None]] = {"readers": readers, "cleaner": cleaner, "pages": pages, "quotes": quotes}
