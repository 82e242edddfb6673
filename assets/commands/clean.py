"""`copydesk clean`: dirty texts to bodies and metadata."""

import argparse
from typing import Any

import pyarrow as pa

from assets.commands.rows import InputRow, check_writable, encodable, optional_text, progress, read_rows, text_problem, write_rows
from pipelines.cleaning import clean_documents, document_lines, repeated_lines
from pipelines.cleaning.html import with_page_texts
from pipelines.schemas import CLEANED, DOCUMENTS

FIELDS = ("text", "title", "date", "date_source", "byline", "dateline", "section", "photo_credit", "language", "removed", "repairs")
EMPTY: dict[str, Any] = {field: [] if field in ("removed", "repairs") else "" if field == "text" else None for field in FIELDS}
BATCH_ROWS = 512


def run(options: argparse.Namespace) -> int:
    rows = read_rows(options.input)
    check_writable(options.output)
    problems = [row.reject or (None if any(_source(row)) else text_problem(row.fields, ("text", "html"))) for row in rows]
    documents = with_page_texts(_documents(rows, problems))
    repeated = None if options.alone else repeated_lines(document_lines(documents))
    cleaned: list[dict[str, Any]] = []
    for start in range(0, documents.num_rows, BATCH_ROWS):
        cleaned += clean_documents(documents.slice(start, BATCH_ROWS), repeated).select(_wanted()).to_pylist()
        progress(f"cleaned {min(start + BATCH_ROWS, documents.num_rows)} of {documents.num_rows}")
    results = zip(cleaned, documents["text"].to_pylist(), strict=True)
    write_rows(
        options.output,
        [
            _output(row, *next(results)) if problem is None else _rejected(row, problem)
            for row, problem in zip(rows, problems, strict=True)
        ],
    )
    return 0


def _wanted() -> list[str]:
    return [name for name in CLEANED.names if name not in ("id", "blocks")]


def _source(row: InputRow) -> tuple[str | None, str | None]:
    """The row's text or its page, whichever holds something; the text where both do, as in ingest."""
    text, html = (encodable(value) if isinstance(value, str) else None for value in map(row.fields.get, ("text", "html")))
    if html and html.strip() and not (text and text.strip()):
        return None, html
    return (html if text is None else text), None


def _documents(rows: list[InputRow], problems: list[dict[str, str] | None]) -> pa.Table:
    """The rows that can be cleaned; ids are their places, so that equal ids of the input do no harm."""
    taken = [
        {
            "id": str(place),
            "text": _source(row)[0],
            "html": _source(row)[1],
            "publisher": optional_text(row.fields.get("publisher")),
            "url": optional_text(row.fields.get("url")),
        }
        for place, (row, problem) in enumerate(zip(rows, problems, strict=True))
        if problem is None
    ]
    return pa.Table.from_pylist(taken, schema=DOCUMENTS)


def _output(row: InputRow, cleaned: dict[str, Any], text: str) -> dict[str, Any]:
    result = {"id": row.id, **{field: cleaned[field] for field in FIELDS}}
    if _source(row)[1] is not None:
        result["source_text"] = text
    if cleaned["reject"] is not None:
        result["reject"] = cleaned["reject"]
    return result


def _rejected(row: InputRow, problem: dict[str, str]) -> dict[str, Any]:
    return {"id": row.id, **EMPTY, "reject": problem}
