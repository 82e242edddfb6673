"""What a record is known by: the hash of its content, and a key that is unique in its file."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from pipelines.ingest.entry import Entry, Reject
from pipelines.ingest.values import shown
from pipelines.vocabulary import RejectReason


def content_hash(entry: Entry, publisher: str | None) -> str:
    """SHA-256 over every field that later stages see (`extra` is none of them), or over the raw bytes and the reason where there is nothing to read."""
    if entry.text is None and entry.html is None:
        reason = entry.reject.reason if entry.reject else ""
        return _hash("unread", reason, entry.raw)
    said = (entry.text, entry.html, publisher, entry.url, entry.title, entry.date, entry.byline)
    times = (at if at and len(at) > len("2025-11-21") else None for at in (entry.published_at,))
    more = (entry.section, entry.language, entry.canonical_url, *times, entry.modified_at)
    return _hash(*said, *(more if any(more) else ()))  # so that a record that says no more has the hash that it always had


def _hash(*parts: str | bytes | None) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(b"-" if data is None else b"%d:" % len(data))
        digest.update(data or b"")
    return digest.hexdigest()


class RecordKeys:
    """Gives the records of one file their keys: own id, else url, else `<content hash>#<occurrence>`."""

    def __init__(self) -> None:
        self._first_line: dict[str, int] = {}
        self._occurrences: dict[str, int] = {}
        self._members: dict[str, RecordKeys] = {}  # of the files of an archive

    def settle(self, entry: Entry, entry_hash: str) -> tuple[str | None, Entry]:
        """The key, and the entry, rejected where an earlier record of the file has its id or url."""
        if entry.member is None:
            return self._settle(entry, entry_hash)
        if entry.line is None:
            return entry.member, entry
        inside = self._members.setdefault(entry.member, RecordKeys())
        key, entry = inside._settle(entry, entry_hash)
        return f"{entry.member}/{key}", entry

    def _settle(self, entry: Entry, entry_hash: str) -> tuple[str | None, Entry]:
        line = entry.line
        if line is None:
            return None, entry
        key, kind = (entry.id, "id") if entry.id else (entry.url, "url")
        if key and key in self._first_line:
            entry = entry if entry.reject else replace(entry, reject=_repeated(kind, key, self._first_line[key]))
            return self._numbered(_hash("repeated", key, entry_hash), line), entry
        if key is None:
            return self._numbered(entry_hash, line), entry
        self._first_line[key] = line
        return key, entry

    def _numbered(self, entry_hash: str, line: int) -> str:
        while True:
            occurrence = self._occurrences[entry_hash] = self._occurrences.get(entry_hash, 0) + 1
            key = f"{entry_hash}#{occurrence}"
            if key not in self._first_line:
                self._first_line[key] = line
                return key


def _repeated(kind: str, key: str, line: int) -> Reject:
    message = f"the {kind} {shown(key, 200)} stands already at place {line} of this file; allowed: each {kind} once; "
    return Reject(RejectReason.REPEATED_RECORD, message + "delete one of the two, or give it an id of its own")
