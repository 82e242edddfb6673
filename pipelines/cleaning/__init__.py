"""Cleaning: documents to bodies, with metadata, and every removed block and repaired character on record.

`document_lines` and `repeated_lines` count what comes back in several stories of a publisher; `clean_documents` takes the
documents and those counts. The result for a document depends on nothing but the document and the buckets of its own lines."""

from __future__ import annotations

import pyarrow as pa

from pipelines.cleaning.clean import clean_table, rejected_row
from pipelines.cleaning.html import with_page_texts
from pipelines.cleaning.repetition import count_repeated, lines_of_documents
from pipelines.cleaning.settings import CleanSettings
from pipelines.schemas import CLEANED, DOCUMENT_LINES
from pipelines.stage import Tables, fault, guarded
from pipelines.vocabulary import RejectReason

__all__ = ["CleanSettings", "clean_documents", "clean_with_decisions", "document_lines", "pages_and_lines", "repeated_lines"]


def document_lines(documents: pa.Table) -> pa.Table:
    """DOCUMENTS to DOCUMENT_LINES: the distinct lines of each document that names a publisher."""
    parts = guarded(lines_of_documents, documents, lambda document, error: DOCUMENT_LINES.empty_table())
    return pa.concat_tables(parts) if parts else DOCUMENT_LINES.empty_table()


def pages_and_lines(documents: pa.Table) -> Tables:
    """`pages`: DOCUMENTS with the main text of each page in its place; `lines`: the DOCUMENT_LINES of these."""
    pages = with_page_texts(documents)
    return {"pages": pages, "lines": document_lines(pages)}


def repeated_lines(lines: pa.Table) -> pa.Table:
    """DOCUMENT_LINES to REPEATED_LINES: lines in two or more distinct stories of a publisher, with their bucket."""
    return count_repeated(lines)


def clean_documents(
    documents: pa.Table, repeated: pa.Table | None = None, settings: CleanSettings | None = None, decided: pa.Table | None = None
) -> pa.Table:
    """DOCUMENTS to CLEANED, one row per document in the same order. Without `repeated` each document is judged alone.

    `decided`: DECIDED_LINES, whatever else speaks for or against a line.

    A document on which cleaning fails comes back with a reject and does no harm to the others.
    """
    settings = settings or CleanSettings()
    parts = guarded(lambda some: clean_table(some, repeated, settings, decided=decided), documents, _given_up)
    return pa.concat_tables(parts) if parts else CLEANED.empty_table()


def clean_with_decisions(documents: pa.Table, repeated: pa.Table, decided: pa.Table, settings: CleanSettings) -> pa.Table:
    """`clean_documents` as a load calls it."""
    return clean_documents(documents, repeated, settings, decided)


def _given_up(document: pa.Table, error: str) -> pa.Table:
    identity, text = document["id"][0].as_py(), document["text"][0].as_py()
    return pa.Table.from_pylist([rejected_row(identity, text, RejectReason.FAILED, fault("cleaning", error))], schema=CLEANED)
