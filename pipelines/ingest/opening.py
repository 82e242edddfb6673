"""Files as bytes: opened, decompressed where their ending says so, and never more of them than is allowed. What the bytes say does not belong here."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, cast

import pyarrow as pa

from pipelines.ingest.entry import FileRejectedError, Reject
from pipelines.ingest.files import FoundFile
from pipelines.ingest.texts import too_large
from pipelines.vocabulary import RejectReason

HEAD_BYTES = 8192

# Endings of compressed files, which stand behind that of the format.
COMPRESSED = (".gz", ".bz2", ".xz", ".zst")


def without_compression(path: str) -> str:
    """A path without the ending that says how it is compressed.

    >>> without_compression("post/a.jsonl.ZST"), without_compression("post/a.txt")
    ('post/a.jsonl', 'post/a.txt')
    """
    ending = next((ending for ending in COMPRESSED if path.lower().endswith(ending)), "")
    return path[: len(path) - len(ending)]


class _Zstd(io.RawIOBase):
    """A zstd file as bytes. Going back reads it again from its start."""

    def __init__(self, opened: Callable[[], IO[bytes]]) -> None:
        self._opened = opened
        self._start()

    def _start(self) -> None:
        self._stream = pa.CompressedInputStream(pa.PythonFile(self._opened(), "r"), "zstd")
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_CUR:
            place += self._place
        elif whence == io.SEEK_END:
            place += self._length()
        if place < self._place:
            self._start()
        while self._place < place and self.readinto(bytearray(min(place - self._place, 2**20))):
            pass
        return self._place

    def _length(self) -> int:
        while self.readinto(bytearray(2**20)):
            pass
        return self._place

    def tell(self) -> int:
        return self._place


_DAMAGE = (gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, pa.ArrowException)


@contextmanager
def opened(found: FoundFile) -> Iterator[IO[bytes]]:
    """The file's bytes, decompressed where its ending says that it is compressed. What the system or the compression refuses becomes
    `FileRejectedError`."""
    try:
        with _open(found) as stream:
            yield stream
    except _DAMAGE as error:
        raise _damaged(found, error) from error
    except OSError as error:
        if error.errno is None:
            raise _damaged(found, error) from error
        why = error.strerror or type(error).__name__
        message = f"the system does not let {found.path!a} be read: {why}; allowed: a readable file; check it and its permissions"
        raise FileRejectedError(RejectReason.UNREADABLE_FILE, message) from error


def _damaged(found: FoundFile, error: Exception) -> FileRejectedError:
    kind = found.path.lower()[len(without_compression(found.path)) :] or "archive"
    message = f"the {kind} data breaks off or is damaged: {str(error)[:200]!a}; allowed: a whole {kind} file (records before the damage are kept); "
    return FileRejectedError(RejectReason.UNREADABLE_BYTES, message + "compress it again")


class _Limited(io.RawIOBase):
    """A stream that refuses to give more than `limit` bytes of a file."""

    def __init__(self, stream: Any, limit: int) -> None:
        self._stream, self._limit = stream, limit

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read1(len(buffer))  # what comes before damage is given
        buffer[: len(data)] = data
        if self._stream.tell() > self._limit:
            message = f"more than {self._limit} bytes come out of the compressed file, which are allowed; what came before is kept; split it, or raise "
            raise FileRejectedError(RejectReason.TOO_LARGE, message + "the setting limits.max_file_bytes")
        return len(data)

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(place, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def close(self) -> None:
        self._stream.close()
        super().close()


def _open(found: FoundFile) -> IO[bytes]:
    stream = _decompressed(found)
    if found.max_bytes and (found.content or without_compression(found.path) != found.path):
        return cast(IO[bytes], io.BufferedReader(_Limited(stream, found.max_bytes), 2**17))
    return stream


def _decompressed(found: FoundFile) -> IO[bytes]:
    path = found.path.lower()
    if path.endswith(".zst"):
        return cast(IO[bytes], io.BufferedReader(_Zstd(lambda: _stored(found))))
    for ending, decompressed in ((".gz", gzip.open), (".bz2", bz2.open), (".xz", lzma.open)):
        if path.endswith(ending):
            return cast(IO[bytes], decompressed(_stored(found), "rb"))
    return _stored(found)


def _stored(found: FoundFile) -> IO[bytes]:
    return found.content() if found.content else found.absolute.open("rb")


def read_whole(stream: IO[bytes], limit: int, reject: Reject | None = None) -> bytes:
    """All bytes, at most `limit` of them, for which room is taken at once. Decompressed bytes count, so that a small `.gz` cannot fill the memory."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise FileRejectedError(*(reject or too_large(limit)))
    return data


def head_of(stream: Any) -> bytes:
    """The first HEAD_BYTES of a stream, which is at its start again; those before damage, which is said where the stream is read."""
    head = b""
    with suppress(*_DAMAGE, OSError):
        while len(head) < HEAD_BYTES and (more := stream.read1(HEAD_BYTES - len(head))):
            head += more
    stream.seek(0)
    return head
