"""Files to records: find the candidates below a folder, read each in bounded batches, reject with a reason what cannot be read.

>>> files = scan(corpus)                                  # doctest: +SKIP
>>> for batch in read_file(files[0], IngestSettings()):   # doctest: +SKIP
...     batch.schema == RECORDS
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa

from pipelines.ingest.document_reader import libraries
from pipelines.ingest.entry import Entry, FileRejectedError, Reject, unforeseen
from pipelines.ingest.files import FoundFile, is_about_the_folder, scan
from pipelines.ingest.identity import RecordKeys, content_hash
from pipelines.ingest.opening import COMPRESSED, without_compression
from pipelines.ingest.registry import ENDINGS, WEB_ARCHIVE, Reader, ending_of, reader_for
from pipelines.ingest.settings import MEBIBYTE, IngestSettings
from pipelines.ingest.zip_reader import path_parts
from pipelines.schemas import RECORDS
from pipelines.vocabulary import RejectReason

__all__ = ["FoundFile", "IngestSettings", "libraries", "read_file", "scan"]

_TAG = re.compile(r"<[A-Za-z][^<>]*")
_VALUES = re.compile(r"\"[^\"]*\"|'[^']*'")

UNKNOWN_FORMAT = "unknown"
_CHMOD = "give this user the right to read and enter it"


def read_file(found: FoundFile, settings: IngestSettings) -> Iterator[pa.RecordBatch]:
    """The file's records as batches of RECORDS in file order, one row per record, rejected ones too.

    Never raises for what stands in the file. A file without any record gives one rejected row, so that every file is accounted for.
    """
    reader = reader_for(found.path)
    rows: list[dict[str, object]] = []
    size = 0
    keys = RecordKeys()
    for entry in _entries(found, reader, settings):
        row = _row(found, reader.name if reader else UNKNOWN_FORMAT, entry, keys)
        added = len(str(row["text"] or row["html"] or "").encode())
        if rows and (len(rows) >= settings.batch_rows or size + added > settings.batch_bytes):
            yield pa.RecordBatch.from_pylist(rows, schema=RECORDS)
            rows, size = [], 0
        rows.append(row)
        size += added
    if rows:
        yield pa.RecordBatch.from_pylist(rows, schema=RECORDS)


def _entries(found: FoundFile, reader: Reader | None, settings: IngestSettings) -> Iterator[Entry]:
    try:
        if found.outside:
            message = f"the link {found.path!a} leads out of the corpus folder; allowed: links inside of it; copy there what it leads to, or set follow_links"
            raise FileRejectedError(RejectReason.OUTSIDE, message)
        _check_reachable(found)
        if os.path.isdir(found.absolute):
            raise FileRejectedError(
                RejectReason.UNREADABLE_FILE, f"the folder {found.path!a} cannot be listed; allowed: a readable one; {_CHMOD}"
            )
        if is_about_the_folder(found.path):
            message = f"{found.path.rpartition('/')[2]!a} tells of the folder by its name; allowed: articles; give it another name if it is one"
            raise FileRejectedError(RejectReason.NOT_A_RECORD, message)
        if reader is None:
            raise _unsupported(found)
        yield from _limited(reader.read(replace(found, max_bytes=settings.max_file_bytes), settings), settings)
    except FileRejectedError as error:
        yield Entry(raw=_fingerprint(found, error.reject.reason), reject=error.reject)
    except Exception as error:  # a fault of ours, or no memory: the other files are read all the same
        reject = unforeseen(error)
        yield Entry(raw=_fingerprint(found, reject.reason), reject=reject)


def _limited(entries: Iterator[Entry], settings: IngestSettings) -> Iterator[Entry]:
    """At most `max_rows` records, and at most `max_rejects` refused ones by themselves; what is refused beyond that is counted in one."""
    refused = 0
    for rows, entry in enumerate(entries, 1):
        if rows > settings.max_rows:
            message = f"the file holds more records than the {settings.max_rows} allowed; those before are kept; split it, or raise the setting limits.max_rows"
            raise FileRejectedError(RejectReason.TOO_LARGE, message)
        checked = _with_small_page(entry, settings)
        refused += checked.reject is not None
        if checked.reject is None or refused <= settings.max_rejects:
            yield checked
    if refused > settings.max_rejects:
        more = refused - settings.max_rejects
        message = f"{more} more records of the file were refused, beyond the {settings.max_rejects} that are listed one by one; correct the file, or raise "
        message += "the setting limits.max_rejects"
        yield Entry(raw=b"%d more" % more, reject=Reject(RejectReason.TOO_LARGE, message))


def _with_small_page(entry: Entry, settings: IngestSettings) -> Entry:
    """The entry; refused, without its page, where that is too long, or one of its tags has more attributes than allowed."""
    html, bytes_allowed, most = entry.html, settings.max_page_bytes, settings.max_attributes
    if html is None:
        return entry
    raw = html.encode("utf-8", "surrogatepass")
    if len(raw) > bytes_allowed:
        message = f"the page has {len(raw)} bytes, and {bytes_allowed} are allowed; write its text to a .txt file, or raise the setting limits.max_page_bytes"
    elif len(html) > 2 * most and any(len(_VALUES.sub("", tag[0]).split()) > most for tag in _tags_from(html, 2 * most)):
        message = f"a tag of the page has more than the {most} attributes allowed; take them out, or raise the setting limits.max_attributes"
    else:
        return entry
    return replace(entry, html=None, raw=raw, reject=Reject(RejectReason.TOO_LARGE, message))


def _tags_from(html: str, length: int) -> Iterator[re.Match[str]]:
    """The tags that are at least so long."""
    return (tag for tag in _TAG.finditer(html) if tag.end() - tag.start() >= length)


def _check_reachable(found: FoundFile) -> None:
    try:
        os.lstat(found.absolute)
    except FileNotFoundError:  # said where it is read
        return
    except OSError as error:
        message = f"the system does not reach {found.path[-100:]!a}: {error.strerror}; allowed: a path that it does; move it to a shorter one"
        raise FileRejectedError(RejectReason.UNREADABLE_FILE, message) from error


def _unsupported(found: FoundFile) -> FileRejectedError:
    compressed = ", ".join(COMPRESSED)
    message = f"no reader for {_endings(found.path)}; allowed: {', '.join(ENDINGS)}, each also with one of {compressed}; convert the file to one of them, or add "
    return FileRejectedError(RejectReason.UNSUPPORTED_FORMAT, message + "a reader in pipelines/ingest/registry.py")


def _endings(path: str) -> str:
    """What a path ends in, for a message: the ending that a compression stands behind too."""
    inside = ending_of(without_compression(path))
    whole = inside + path[len(without_compression(path)) :].lower()
    return repr(whole).encode("ascii", "backslashreplace").decode() if inside else "a name without an ending"


def _fingerprint(found: FoundFile, reason: RejectReason) -> bytes:
    """What tells one unreadable content from another: size and first mebibyte, nothing where the file cannot be opened."""
    if reason in (RejectReason.UNREADABLE_FILE, RejectReason.OUTSIDE):
        return b""
    try:
        with found.absolute.open("rb") as stream:
            return b"%d:" % found.size + stream.read(MEBIBYTE)
    except OSError:
        return b""


def _row(found: FoundFile, reader_name: str, entry: Entry, keys: RecordKeys) -> dict[str, object]:
    inside = "" if reader_name == WEB_ARCHIVE else "/".join(path_parts(entry.member or ""))  # whose folders are those of the format
    publisher = entry.publisher or _first_folder(found.path) or _first_folder(inside)
    entry_hash = content_hash(entry, publisher)
    record_key, entry = keys.settle(entry, entry_hash)
    reject = entry.reject
    return {
        "path": found.path,
        "record_key": record_key,
        "line": entry.line,
        "format": entry.format or reader_name,
        "publisher": publisher,
        "url": entry.url,
        "title": entry.title,
        "date": entry.date,
        "byline": entry.byline,
        "text": entry.text,
        "html": entry.html,
        "content_hash": entry_hash,
        "section": entry.section,
        "language": entry.language,
        "canonical_url": entry.canonical_url,
        "published_at": entry.published_at,
        "modified_at": entry.modified_at,
        "extra": entry.extra,
        "encoding": entry.encoding,
        "reject": {"reason": reject.reason.value, "message": reject.message} if reject else None,
    }


def _first_folder(path: str) -> str | None:
    folder, slash, _ = path.partition("/")
    return folder if slash else None
