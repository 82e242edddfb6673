"""Which reader a file's name asks for. A new format is one reader, one line here, and its endings in `docs/input.md` and `README.md`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipelines.ingest.document_reader import read_docx, read_mail, read_pdf, read_rtf
from pipelines.ingest.entry import Entry
from pipelines.ingest.files import FoundFile
from pipelines.ingest.json_reader import read_json, read_json_lines
from pipelines.ingest.opening import without_compression
from pipelines.ingest.settings import IngestSettings
from pipelines.ingest.table_reader import read_csv, read_parquet
from pipelines.ingest.text_reader import read_html, read_markdown, read_text
from pipelines.ingest.warc_reader import read_warc
from pipelines.ingest.xml_reader import read_xml
from pipelines.ingest.zip_reader import read_zip


@dataclass(frozen=True, slots=True)
class Reader:
    """`read` gives one entry per record in file order, and raises `FileRejectedError` where it cannot go on."""

    name: str
    endings: tuple[str, ...]
    read: Callable[[FoundFile, IngestSettings], Iterator[Entry]]


_FILE_READERS = (
    Reader("text", (".txt", ".text"), read_text),
    Reader("markdown", (".md", ".markdown"), read_markdown),
    Reader("html", (".html", ".htm", ".xhtml"), read_html),
    Reader("jsonl", (".jsonl", ".ndjson"), read_json_lines),
    Reader("json", (".json",), read_json),
    Reader("csv", (".csv", ".tsv"), read_csv),
    Reader("parquet", (".parquet",), read_parquet),
    Reader("docx", (".docx",), read_docx),
    Reader("rtf", (".rtf",), read_rtf),
    Reader("pdf", (".pdf",), read_pdf),
    Reader("mail", (".eml", ".mbox"), read_mail),
    Reader("xml", (".xml", ".rss", ".atom"), read_xml),
    Reader("warc", (".warc", ".wet"), read_warc),
)

_FILES = {ending: reader for reader in _FILE_READERS for ending in reader.endings}


WEB_ARCHIVE = "wacz"


def _read_archive(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """The members of an archive, each by the reader for its ending; archives inside of archives are not opened."""
    yield from read_zip(found, settings, lambda path: _FILES.get(ending_of(without_compression(path))))


READERS = (*_FILE_READERS, Reader("zip", (".zip",), _read_archive), Reader(WEB_ARCHIVE, (".wacz",), _read_archive))

_BY_ENDING = {ending: reader for reader in READERS for ending in reader.endings}
ENDINGS = tuple(sorted(_BY_ENDING))


def reader_for(path: str) -> Reader | None:
    """The reader for a path's ending, without that of a compression behind it; null where none is registered."""
    return _BY_ENDING.get(ending_of(without_compression(path)))


def ending_of(path: str) -> str:
    """The last dot of the name and what follows, in lower case; empty where there is none."""
    name = path.lower().rpartition("/")[2]
    return "." + name.rpartition(".")[2] if "." in name else ""
