"""Cleaning: documents to bodies, with metadata, and every removed block and repaired character on record.

`document_lines` and `repeated_lines` count what comes back in several stories of a publisher; `clean_documents` takes the
documents and those counts. The result for a document depends on nothing but the document and the buckets of its own lines."""

from __future__ import annotations

import pyarrow as pa

from pipelines.cleaning.clean import clean_table
from pipelines.cleaning.repetition import count_repeated, lines_of_documents
from pipelines.cleaning.settings import CleanSettings

__all__ = ["CleanSettings", "clean_documents", "document_lines", "repeated_lines"]


def document_lines(documents: pa.Table) -> pa.Table:
    """DOCUMENTS to DOCUMENT_LINES: the distinct lines of each document that names a publisher."""
    return lines_of_documents(documents)


def repeated_lines(lines: pa.Table) -> pa.Table:
    """DOCUMENT_LINES to REPEATED_LINES: lines in two or more distinct stories of a publisher, with their bucket."""
    return count_repeated(lines)


def clean_documents(documents: pa.Table, repeated: pa.Table | None = None, settings: CleanSettings | None = None) -> pa.Table:
    """DOCUMENTS to CLEANED, one row per document in the same order. Without `repeated` each document is judged alone."""
    return clean_table(documents, repeated, settings or CleanSettings())
