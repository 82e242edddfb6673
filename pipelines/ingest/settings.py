"""How much ingest may hold at once."""

from __future__ import annotations

from dataclasses import dataclass, fields

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """Limits of one read. All are positive."""

    max_record_bytes: int = 64 * MEBIBYTE  # one article: a text file, a JSON line, a row
    max_page_bytes: int = 16 * MEBIBYTE  # one page of HTML; reading one of 50 MB takes minutes and 2.6 GB
    max_whole_file_bytes: int = 512 * MEBIBYTE  # files of many that can only be read whole: `.json`, and UTF-16
    max_file_bytes: int = 64 * 1024 * MEBIBYTE  # of a compressed file or an archive's member, after decompression
    max_members: int = 200_000  # files in an archive
    max_rows: int = 20_000_000  # records in a file
    max_rejects: int = 20_000  # of a file, each by itself; further ones are counted in one
    max_fields: int = 200_000  # of a record, in objects and lists too
    max_attributes: int = 10_000  # of one tag of a page; the parser needs their square
    max_seconds: int = 120  # for one document of an office program or a PDF
    batch_rows: int = 1000
    batch_bytes: int = 16 * MEBIBYTE  # of text and html, counted in UTF-8 before the row that goes over it

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, int) or value < 1:
                raise ValueError(f"{field.name} is {value!r}; allowed: whole numbers from 1; leave it out for the default")
