"""HTML to text: trafilatura in its precision mode, which leaves less to clean than any reading of all visible text."""

from __future__ import annotations


def text_of_html(html: str) -> str:
    """The main text of a page, one paragraph a line, "" where none is found. Never raises on broken markup."""
    import trafilatura

    try:
        text = trafilatura.extract(html.replace("\x00", ""), favor_precision=True, include_comments=False, include_tables=False)
    except (ValueError, TypeError, RecursionError, AttributeError):
        return ""
    return text or ""
