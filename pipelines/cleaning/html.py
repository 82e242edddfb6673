"""HTML to text: trafilatura in its precision mode, which leaves less to clean than any reading of all visible text."""

from __future__ import annotations

import pyarrow as pa

from pipelines.schemas import DOCUMENTS


def text_of_html(html: str) -> str:
    """The main text of a page, "" where none is found. Never raises on broken markup.

    Paragraphs are separated by a blank line: where they stand one under the other and are of about one length, they would read
    as one paragraph broken into lines."""
    import trafilatura

    try:
        text = trafilatura.extract(html.replace("\x00", ""), favor_precision=True, include_comments=False, include_tables=False)
    except Exception:  # whatever the parser and the extractor fail on
        return ""
    return "\n\n".join(text.splitlines()) if text else ""


def with_page_texts(documents: pa.Table) -> pa.Table:
    """DOCUMENTS with the main text of each page in the place of the page, so that its lines count among the publisher's."""
    rows = documents.select(DOCUMENTS.names).to_pylist()
    for row in rows:
        if row["text"] is None and row["html"] is not None:
            row["text"], row["html"] = text_of_html(row["html"]), None
    return pa.Table.from_pylist(rows, schema=DOCUMENTS)
