"""What a reader gives: one entry per record, before identity is settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pipelines.vocabulary import RejectReason


class Reject(NamedTuple):
    """Why a record could not be read; the message says the value, what was allowed and what to do."""

    reason: RejectReason
    message: str


NO_MEMORY = "there was not enough memory to read it"


def unforeseen(error: Exception) -> Reject:
    """Why a file is refused whose reader had no memory for it, or raised what nobody foresaw: the other files of the corpus are read."""
    if isinstance(error, MemoryError):
        message = f"{NO_MEMORY}; allowed: what fits there (records before are kept); split it into smaller files, or write it as .jsonl, one record per line; "
        return Reject(RejectReason.TOO_LARGE, message + "the next load tries it again")
    why = ascii(f"{type(error).__name__}: {error}"[:160])
    message = f"the reader failed on it with {why}; allowed: any file (records before are kept); save it in another format, and report this message"
    return Reject(RejectReason.FAILED, message)


class FileRejectedError(Exception):
    """Raised by a reader where the file, or the rest of it, cannot be read. Becomes one rejected row."""

    def __init__(self, reason: RejectReason, message: str) -> None:
        super().__init__(message)
        self.reject = Reject(reason, message)


@dataclass(frozen=True, slots=True)
class Entry:
    """One record. `line` is its place in a file of many (line, item or row, from 1), null where the file is one article.

    `raw` is what the identity of a record without readable fields hangs on. `extra` is JSON of what no field takes. `format` is set where
    the file is of another format than its name says, `member` where it is one of an archive's files.
    """

    line: int | None = None
    id: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    date: str | None = None
    byline: str | None = None
    text: str | None = None
    html: str | None = None
    section: str | None = None
    language: str | None = None  # ISO 639-1
    canonical_url: str | None = None
    published_at: str | None = None  # ISO 8601; `date` is its day
    modified_at: str | None = None
    extra: str | None = None
    format: str | None = None
    member: str | None = None
    encoding: str | None = None  # of a text that is not UTF-8, and how it was found
    raw: bytes = b""
    reject: Reject | None = None
