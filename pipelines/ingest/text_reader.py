"""One article per file: plain text and HTML pages."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace

from pipelines.ingest.decoding import decode
from pipelines.ingest.entry import Entry, FileRejectedError
from pipelines.ingest.exports import export_entries
from pipelines.ingest.files import FoundFile
from pipelines.ingest.front_matter import labelled_entry
from pipelines.ingest.json_reader import read_json
from pipelines.ingest.markdown_text import markdown_text
from pipelines.ingest.markup_text import html_text, preformatted_text
from pipelines.ingest.opening import opened, read_whole
from pipelines.ingest.settings import IngestSettings
from pipelines.vocabulary import RejectReason

# Where a page names its encoding: browsers look for it in 1,024 bytes first, and read again where it stands behind them.
_HEAD_BYTES = 65536
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.I
)

_ORDER_OF_LETTERS = re.compile(r"(?<=8859-8)-[ie]$", re.I)  # of Hebrew, in names of encodings: logical or visual
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.I)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*\"|\[\s*\{).*[\]}]\s*", re.S)
_PAGE_END = re.compile(rb"</html>\s*$", re.I)
_ARCHIVE = re.compile(r"factiva|lexis ?nexis|nexis uni|proquest|europresse|enHeadline|enarticleParagraph", re.I)


def read_text(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """The decoded text as it is, so that offsets count in it; the articles of an archive's export one by one. A whole page is read as one."""
    data = _bytes(found, settings)
    if _PAGE.match(data) and _PAGE_END.search(data[-40:]):
        yield from (replace(entry, format=entry.format or "html") for entry in _page(data))
        return
    if records := _records(data, found, settings):
        yield from records
        return
    text, encoding = decode(data)
    entries = export_entries(_filled(text)) or [labelled_entry(text, settings) or Entry(text=text)]
    yield from (replace(entry, encoding=encoding) for entry in entries)


def _records(data: bytes, found: FoundFile, settings: IngestSettings) -> list[Entry]:
    """The records of a text that is JSON or JSON Lines and nothing else; none where a part of it is not."""
    if not _JSON.fullmatch(data):
        return []
    try:
        entries = list(read_json(found, settings))
    except FileRejectedError:
        return []
    return [replace(entry, format="json") for entry in entries] if not any(entry.reject for entry in entries) else []


def read_markdown(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """The text without the marks of Markdown, in whose words offsets count; what its front matter says is read."""
    for entry in read_text(found, settings):
        yield replace(entry, text=_filled(markdown_text(entry.text))) if entry.text else entry


def read_html(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """The page as it is; its title, date and author are left to cleaning."""
    yield from _page(_bytes(found, settings))


def _page(data: bytes) -> Iterator[Entry]:
    html, encoding = decode(data, declared_encoding(data))
    yield from (replace(entry, encoding=encoding) for entry in _export_on_page(_filled(html)) or [Entry(html=html)])


def _export_on_page(html: str) -> list[Entry] | None:
    """The articles of an archive's export that is written as a page. A page that only names an archive is none."""
    if not _ARCHIVE.search(html):
        return None
    return export_entries(html_text(html)) or export_entries(preformatted_text(html))


def _bytes(found: FoundFile, settings: IngestSettings) -> bytes:
    with opened(found) as stream:
        return read_whole(stream, settings.max_record_bytes)


def _filled(text: str) -> str:
    if not text.strip():
        raise FileRejectedError(
            RejectReason.EMPTY, "the file holds no text; allowed: an article; write it again, or delete the file"
        )
    return text


def declared_encoding(data: bytes, sent: str | None = None) -> str | None:
    """The encoding that a page names for itself, or that was `sent` with it. Browsers read ISO-8859-1 and ASCII as Windows-1252, and so does
    this."""
    match = _DECLARED.search(data[:_HEAD_BYTES])
    named = sent or (match and (match[1] or match[2]).decode("ascii", "replace"))
    if not named:
        return None
    named = _ORDER_OF_LETTERS.sub("", named)
    try:
        name = codecs.lookup(named).name
    except LookupError:
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name
