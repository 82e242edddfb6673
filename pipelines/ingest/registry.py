"""Which reader a file's name asks for. A new format is one reader and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipelines.ingest.entry import Entry
from pipelines.ingest.files import FoundFile
from pipelines.ingest.json_reader import read_json, read_json_lines
from pipelines.ingest.settings import IngestSettings
from pipelines.ingest.table_reader import read_csv, read_parquet
from pipelines.ingest.text_reader import read_html, read_text


@dataclass(frozen=True, slots=True)
class Reader:
    """`read` gives one entry per record in file order, and raises `FileRejectedError` where it cannot go on."""

    name: str
    endings: tuple[str, ...]
    read: Callable[[FoundFile, IngestSettings], Iterator[Entry]]


READERS = (
    Reader("text", (".txt", ".text", ".md"), read_text),
    Reader("html", (".html", ".htm"), read_html),
    Reader("jsonl", (".jsonl", ".ndjson"), read_json_lines),
    Reader("json", (".json",), read_json),
    Reader("csv", (".csv", ".tsv"), read_csv),
    Reader("parquet", (".parquet",), read_parquet),
)

_BY_ENDING = {ending: reader for reader in READERS for ending in reader.endings}
ENDINGS = tuple(sorted(_BY_ENDING))


def reader_for(path: str) -> Reader | None:
    """The reader for a path's ending, `.gz` behind it or not; null where none is registered."""
    return _BY_ENDING.get(ending_of(path.lower().removesuffix(".gz")))


def ending_of(path: str) -> str:
    """The last dot of the name and what follows, in lower case; empty where there is none."""
    name = path.lower().rpartition("/")[2]
    return "." + name.rpartition(".")[2] if "." in name else ""
