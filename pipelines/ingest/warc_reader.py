"""The pages of a web archive, WARC 1.0 and 1.1: what servers answered with success and HTML, pages archived without their answer, and plain texts
that a program made of pages (WET). Pictures, scripts and errors are no records."""

from __future__ import annotations

import email.parser
import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import IO

from pipelines.ingest.decoding import decode_file
from pipelines.ingest.entry import Entry, FileRejectedError
from pipelines.ingest.files import FoundFile
from pipelines.ingest.opening import opened
from pipelines.ingest.settings import IngestSettings
from pipelines.ingest.text_reader import declared_encoding
from pipelines.ingest.texts import too_large
from pipelines.vocabulary import RejectReason

_LINE = 64 * 1024  # bytes of a header line
_HEADERS = 1000  # lines of headers
_PIECE = 2**20
_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """One record per page, known by its address; `line` is its place among the pages."""
    number = records = 0
    with opened(found) as stream:
        while (head := _head(stream)) is not None:
            records += 1
            length = _length(head)
            whole = _taken(stream, length, settings.max_record_bytes)
            entry = _entry(head, whole, number + 1, settings)
            if entry is not None:
                number += 1
                yield entry
    if number == 0:
        message = f"no page among the {records} records of this web archive; allowed: answers with status 200 and HTML, pages, plain texts of pages; add some, or delete it"
        raise FileRejectedError(RejectReason.EMPTY, message)


def _head(stream: IO[bytes]) -> Mapping[str, str] | None:
    """The header of the next record; None at the end."""
    line = stream.readline(_LINE)
    while line in (b"\r\n", b"\n"):
        line = stream.readline(_LINE)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        message = f"no WARC record begins where one should, but {line[:40]!a}; allowed: WARC 1.0 and 1.1 (records before are kept); write it again"
        raise FileRejectedError(RejectReason.UNREADABLE_BYTES, message)
    head: dict[str, str] = {}
    for _ in range(_HEADERS):
        line = stream.readline(_LINE)
        if line in (b"\r\n", b"\n", b""):
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        head[name.strip().lower()] = value.strip()
    return head


def _length(head: Mapping[str, str]) -> int:
    length = head.get("content-length", "")
    if not length.isdecimal():
        message = f"a WARC record has the length {length[:40]!a}; allowed: a whole number of bytes (records before are kept); write it again"
        raise FileRejectedError(RejectReason.UNREADABLE_BYTES, message)
    return int(length)


def _taken(stream: IO[bytes], length: int, limit: int) -> bytes | None:
    """The block of a record; None, and passed over, where it is longer than the limit. Raises EOFError where the file breaks off."""
    parts: list[bytes] = []
    left = length
    while left:
        part = stream.read(min(left, _PIECE))
        if not part:
            raise EOFError("a WARC record breaks off")
        left -= len(part)
        if length <= limit:
            parts.append(part)
    return b"".join(parts) if length <= limit else None


def _entry(head: Mapping[str, str], block: bytes | None, number: int, settings: IngestSettings) -> Entry | None:
    """The page or the text of a record; None where it holds neither."""
    kind, media = head.get("warc-type"), head.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "response" and media == "application/http":
        return _page(head, block, number, settings)
    if (kind, media) == ("conversion", "text/plain") or (kind == "resource" and media in _PAGES):
        return _stored(head, block, number, settings)
    return None


def _stored(head: Mapping[str, str], block: bytes | None, number: int, settings: IngestSettings) -> Entry | None:
    """A page that was archived without its answer, or the text that a program made of one."""
    url = head.get("warc-target-uri", "").strip("<>") or None
    if block is None:
        return Entry(line=number, url=url, raw=repr(sorted(head.items())).encode(), reject=too_large(settings.max_record_bytes))
    try:
        text = decode_file(block, declared_encoding(block, None))
    except FileRejectedError as error:
        return Entry(line=number, url=url, raw=(url or "").encode() + block[:_PIECE], reject=error.reject)
    if not text.strip():
        return None
    is_page = head.get("warc-type") == "resource"
    return Entry(line=number, url=url, html=text if is_page else None, text=None if is_page else text, extra=_archived(head))


def _archived(head: Mapping[str, str]) -> str | None:
    return json.dumps({"warc-date": head["warc-date"]}) if head.get("warc-date") else None


def _is_page(kind: str, body: bytes) -> bool:
    """By what the server called it; where it called it nothing, by how it begins."""
    return kind in _PAGES or (not kind and body[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")))


def _page(head: Mapping[str, str], block: bytes | None, number: int, settings: IngestSettings) -> Entry | None:
    """The page of an answer; None where the answer is none."""
    url = head.get("warc-target-uri", "").strip("<>") or None
    if block is None:
        return Entry(line=number, url=url, raw=repr(sorted(head.items())).encode(), reject=too_large(settings.max_record_bytes))
    status, _, rest = block.partition(b"\n")
    end = rest.find(b"\r\n\r\n")
    lines, body = (rest[:end], rest[end + 4 :]) if end >= 0 else (rest, b"")
    headers = email.parser.BytesHeaderParser().parsebytes(lines)
    kind, _, parameters = str(headers.get("content-type", "")).partition(";")
    if status.split()[1:2] != [b"200"] or not _is_page(kind.strip().lower(), body):
        return None
    raw = (url or "").encode() + block[:_PIECE]
    try:
        body = _unpacked(
            _joined(body, str(headers.get("transfer-encoding", ""))), str(headers.get("content-encoding", "")), settings
        )
        declared = parameters.rpartition("charset=")[2].strip(" \"'") if "charset=" in parameters else None
        html = decode_file(body, declared_encoding(body, declared))
    except FileRejectedError as error:
        return Entry(line=number, url=url, raw=raw, reject=error.reject)
    if not html.strip():
        return None
    return Entry(line=number, url=url, html=html, extra=_archived(head))


def _joined(body: bytes, encoding: str) -> bytes:
    """The body whose chunks a server numbered; as it is where the archive joined them already."""
    if "chunked" not in encoding.lower():
        return body
    parts: list[bytes] = []
    place = 0
    while (end := body.find(b"\r\n", place)) >= 0:
        size = body[place:end].partition(b";")[0].strip()
        try:
            length = int(size, 16)
        except ValueError:
            return body if not parts else b"".join(parts)
        if length == 0:
            break
        parts.append(body[end + 2 : end + 2 + length])
        place = end + 2 + length + 2
    return b"".join(parts)


def _unpacked(body: bytes, encoding: str, settings: IngestSettings) -> bytes:
    try:
        if "gzip" in encoding.lower() and body.startswith(b"\x1f\x8b"):
            unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        elif "deflate" in encoding.lower():
            unpacker = zlib.decompressobj()
        else:
            return body
        data = unpacker.decompress(body, settings.max_record_bytes + 1)
    except (zlib.error, gzip.BadGzipFile) as error:
        message = f"the page's compression is damaged: {error}; allowed: whole pages; archive it again"
        raise FileRejectedError(RejectReason.UNREADABLE_BYTES, message) from error
    if len(data) > settings.max_record_bytes:
        raise FileRejectedError(*too_large(settings.max_record_bytes))
    return data
