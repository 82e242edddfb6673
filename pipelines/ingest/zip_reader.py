"""The files of a zip archive, each read as it would be in a folder. Nothing is written to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO, Any

from pipelines.ingest.entry import Entry, FileRejectedError, Reject, unforeseen
from pipelines.ingest.files import FoundFile, is_about_the_folder, is_skipped
from pipelines.ingest.opening import opened
from pipelines.ingest.settings import IngestSettings
from pipelines.vocabulary import RejectReason

_PAGES = "archive/"  # where a .wacz holds its pages; what else is in it is of the program that wrote it


def read_zip(found: FoundFile, settings: IngestSettings, reader_for: Callable[[str], Any]) -> Iterator[Entry]:
    """The records of all members by name, those that cannot be read as rejects. `reader_for` gives the reader for a member's path."""
    with opened(found) as stream:
        archive = zipfile.ZipFile(stream)
        members = sorted((member for member in archive.infolist() if _is_read(member, found)), key=lambda member: member.filename)
        if len(members) > settings.max_members:
            message = f"the archive holds {len(members)} files; allowed: {settings.max_members}; unpack it, or make several"
            raise FileRejectedError(RejectReason.TOO_LARGE, message)
        if not members:
            raise FileRejectedError(
                RejectReason.EMPTY, "the archive holds no files; allowed: files of articles; write it again, or delete it"
            )
        latest = {member.filename: member for member in members}  # a program that puts a file in again leaves the older one
        for member in members:
            if member is latest[member.filename]:
                yield from _entries(found, archive, member, settings, reader_for)
            else:
                yield _replaced(member)


def _is_read(member: zipfile.ZipInfo, found: FoundFile) -> bool:
    if found.path.lower().endswith(".wacz") and not member.filename.startswith(_PAGES):
        return False
    return not member.is_dir() and not any(is_skipped(part) for part in path_parts(member.filename))


def path_parts(name: str) -> list[str]:
    """Folders and name of a member, as some programs write them: with a slash before, with backslashes, with steps up and on the spot."""
    return [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]


def _entries(
    found: FoundFile, archive: zipfile.ZipFile, member: zipfile.ZipInfo, settings: IngestSettings, reader_for: Callable[[str], Any]
) -> Iterator[Entry]:
    def content() -> IO[bytes]:
        return archive.open(member)

    name = member.filename.encode("utf-8", "backslashreplace").decode()
    inside = FoundFile(f"{found.path}/{name}", found.absolute, member.file_size, found.mtime_ns, found.max_bytes, content=content)
    reader = reader_for(name)
    try:
        if is_about_the_folder(name):
            message = f"{name!a} tells of the folder by its name; allowed: articles; give it another name if it is one"
            raise FileRejectedError(RejectReason.NOT_A_RECORD, message)
        if reader is None:
            message = f"no reader for the archive's file {name!a}; allowed: files that could lie in the corpus, no archives; unpack or convert it"
            raise FileRejectedError(RejectReason.UNSUPPORTED_FORMAT, message)
        for entry in reader.read(inside, settings):
            yield replace(entry, member=name, format=entry.format or reader.name)
    except FileRejectedError as error:
        yield _rejected(name, member, error.reject)
    except (RuntimeError, NotImplementedError, zlib.error) as error:
        message = (
            f"the archive's file {name!a} cannot be unpacked: {str(error)[:200]}; allowed: files without a password; unpack it"
        )
        yield _rejected(name, member, Reject(RejectReason.UNREADABLE_BYTES, message))
    except Exception as error:
        yield _rejected(name, member, unforeseen(error))


def _replaced(member: zipfile.ZipInfo) -> Entry:
    name = member.filename.encode("utf-8", "backslashreplace").decode()
    message = f"the archive holds {name!a} again, and the later one is read; allowed: each file once; unpack it, or give each a name of its own"
    raw = f"{member.CRC} {member.file_size} {member.header_offset}".encode()
    return Entry(line=member.header_offset, member=name, raw=raw, reject=Reject(RejectReason.REPEATED_RECORD, message))


def _rejected(name: str, member: zipfile.ZipInfo, reject: Reject) -> Entry:
    raw = f"{member.CRC} {member.file_size}".encode()
    return Entry(member=name, raw=raw, reject=reject)
