"""Bytes to text, strictly: UTF-8, UTF-16 or UTF-32 with a mark, the encoding that a file names; else what `guessing.py` is sure of, or refused."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from functools import cached_property
from typing import IO

from pipelines.ingest.entry import FileRejectedError, Reject
from pipelines.ingest.files import FoundFile
from pipelines.ingest.guessing import guessed
from pipelines.ingest.opening import HEAD_BYTES, head_of, opened, read_whole
from pipelines.vocabulary import RejectReason

# UTF-32 first: its little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MAGIC = (
    (b"%PDF-", "a PDF (name it .pdf)"),
    (b"PK\x03\x04", "a zip file (as .docx, .odt and .epub are; name it .zip or .docx if it is one)"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x1f\x8b", "gzip-compressed (name it .gz)"),
    (b"BZh91AY", "bzip2-compressed (name it .bz2)"),
    (b"\xfd7zXZ\x00", "xz-compressed (name it .xz)"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed (name it .zst)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite file"),
    (b"PAR1\x15", "a Parquet file (name it .parquet)"),
    (b"{\\rtf", "an RTF document (name it .rtf)"),
)
STRAY = 100  # one NUL in so many bytes of a file of records does not make it a binary file
_WHITE = "\t\n\r\f\xa0\u3000\u2028\u200b\ufeff"
_LEAST_NULS = 10  # by which UTF-16 without a mark is known
_ESCAPED = (b"\x1b$B", b"\x1b$@", b"\x1b$A", b"\x1b$)C")
_PIECE_BYTES = 65536
_SAMPLE_BYTES = 262144  # of lines that are not UTF-8, from which their encoding is guessed
# By the names of Python, https://encoding.spec.whatwg.org/#names-and-labels.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "big5": "big5hkscs",
}
_TAGS = re.compile(rb"(?is)<(script|style)\b.*?</\1>|<[^>]*>")
_CONTINUING = bytes(range(0x80, 0xC0))  # bytes of UTF-8 that begin no character


def refuse_binary(head: bytes, one_in: int = 1) -> None:
    """Raise where the first bytes are those of a known binary format, or hold NUL without a mark of UTF-16 or UTF-32: any, or more than one in
    so many bytes."""
    for magic, name in _MAGIC:
        if head.startswith(magic):
            raise FileRejectedError(
                RejectReason.BINARY_FILE, f"this is {name}; allowed: text; extract its text to a .txt or .html file"
            )
    if (one_in == 1 or head.count(0) * one_in > len(head)) and b"\0" in head and not _marked(head):
        message = (
            f"NUL byte at offset {head.index(0)}: a binary file, or UTF-16 without a byte order mark; allowed: text; extract its "
        )
        raise FileRejectedError(RejectReason.BINARY_FILE, message + "text, or convert it: iconv -f UTF-16LE -t UTF-8 OLD > NEW")


def _marked(data: bytes) -> tuple[bytes, str] | None:
    """The byte order mark that data begin with, and the encoding that it says; an empty mark where the bytes themselves say UTF-16."""
    return next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None) or _unmarked_utf16(data[:HEAD_BYTES])


def _unmarked_utf16(head: bytes) -> tuple[bytes, str] | None:
    """UTF-16 without a mark: every other byte of plain characters is NUL, and what comes out are characters that are seen."""
    low, high = head[0::2].count(0), head[1::2].count(0)
    if bool(low) == bool(high) or max(low, high) < max(_LEAST_NULS, len(head) // 40):
        return None
    name = "utf-16-be" if low else "utf-16-le"
    try:
        text = head[: len(head) // 4 * 4].decode(name)
    except UnicodeDecodeError as error:
        text = head[: error.start].decode(name) if error.start >= len(head) - 8 else ""
    seen = text and all(character.isprintable() or character in _WHITE for character in text)
    return (b"", name) if seen and sum(map(str.isalpha, text)) > len(text) // 2 else None


def decode_file(data: bytes, declared: str | None = None) -> str:
    """The text of a whole file, as `decode`, never guessed at.

    >>> decode_file(b"\\xef\\xbb\\xbfone\\r\\ntwo")
    'one\\r\\ntwo'
    """
    return decode(data, declared, guess=False)[0]


def decode(data: bytes, declared: str | None = None, guess: bool = True) -> tuple[str, str | None]:
    """The text of a whole file, newlines as they are, without a byte order mark; and in which encoding it is where that is not UTF-8.

    `declared` is an encoding that the file itself names; it is tried where the bytes are not UTF-8. `guess` lets it be found where there is none, or
    where the one that is named is not what the words show.

    >>> decode(b"Caf\\xe9", "cp1252")
    ('Café', 'cp1252, declared')
    """
    refuse_binary(data)
    marked = _marked(data)
    text, encoding = (
        (_decode_marked(data, *marked), f"{marked[1]}, {'byte order mark' if marked[0] else 'detected'}")
        if marked
        else _decode_utf8(data.removeprefix(codecs.BOM_UTF8), len(data), declared, guess)
    )
    if "\0" in text:
        message = f"NUL at character {text.index(chr(0))}: a binary file; allowed: text; extract its text to a .txt or .html file"
        raise FileRejectedError(RejectReason.BINARY_FILE, message)
    return text, encoding


def _decode_marked(data: bytes, mark: bytes, name: str) -> str:
    try:
        return data[len(mark) :].decode(name)
    except UnicodeDecodeError as error:
        place = error.start + len(mark)
        source = (
            f"the byte order mark says {name.upper()}" if mark else f"the file begins as {name.upper()} without a byte order mark"
        )
        message = f"{source}, but byte 0x{data[place]:02X} at offset {place} does not fit it; "
        message += "allowed: UTF-8, or UTF-16 with a byte order mark; save the file again as UTF-8"
        raise FileRejectedError(RejectReason.UNREADABLE_BYTES, message) from error


def _decode_utf8(data: bytes, size_with_mark: int, declared: str | None, guess: bool) -> tuple[str, str | None]:
    try:
        plain = data.decode("utf-8")
        return _unescaped(data) or (plain, None)
    except UnicodeDecodeError as error:
        text = declared and _decode_declared(data, declared)
        found = _guessed(data) if guess and size_with_mark == len(data) else None
        if found and found[0] != text:
            return found[0], f"{found[1]}, detected" + (f"; the file says {declared}" if declared else "")
        if text:
            return text, f"{declared}, declared"
        offset = error.start + size_with_mark - len(data)
        raise FileRejectedError(RejectReason.UNREADABLE_BYTES, bad_byte(data[error.start], f"offset {offset}")) from error


def _guessed(data: bytes) -> tuple[str, str] | None:
    """As `guessed`, by the words of a page alone."""
    found = guessed(_TAGS.sub(b" ", data[:_SAMPLE_BYTES]) if data.lstrip()[:1] == b"<" else data)
    text = found and _decode_declared(data, found[1])
    return (text, found[1]) if found and text else None


def _unescaped(data: bytes) -> tuple[str, str] | None:
    """A text in one of the encodings that write other scripts in ASCII, behind a sequence that begins with an escape; else None."""
    if not any(mark in data[:HEAD_BYTES] for mark in _ESCAPED) or not data.isascii():
        return None
    for name in ("iso2022_jp_2", "iso2022_kr"):
        text = _decode_declared(data, name)
        if text is not None and not {"\x1b", "\x0e"} & set(text):
            return text, f"{name}, detected"
    return None


def _decode_declared(data: bytes, declared: str) -> str | None:
    """The text in an encoding that is named, or in the one of more characters for which browsers take it; None where it is in neither."""
    for name in filter(None, (declared, _WIDER.get(declared))):
        try:
            text = data.decode(name)
            text.encode()  # some codecs make what cannot be stored
        except (UnicodeError, LookupError):
            continue
        return text
    return None


def bad_byte(byte: int, place: str) -> str:
    """The message for a byte that is not UTF-8."""
    return (
        f"byte 0x{byte:02X} at {place} is not UTF-8; allowed: UTF-8, or UTF-16 with a byte order mark; convert the file from the encoding "
        "it was written in, for example: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
    )


def utf8_stream(stream: IO[bytes], max_whole_file_bytes: int) -> IO[bytes]:
    """The stream as UTF-8 without a byte order mark; UTF-16 and UTF-32 are read whole for it. Bytes are not checked here."""
    head = head_of(stream)
    refuse_binary(head, STRAY)
    if _marked(head):
        return io.BytesIO(decode_file(read_whole(stream, max_whole_file_bytes, too_large_whole(max_whole_file_bytes))).encode())
    if head.startswith(codecs.BOM_UTF8):
        stream.seek(len(codecs.BOM_UTF8))
    return stream


class OtherLines:
    """Lines of a file of UTF-8 that are not: in which encoding they are is found from all of them together, once, where one is met.

    A line by itself is often too short for that, and a file may have been put together from two.
    """

    def __init__(self, found: FoundFile) -> None:
        self._found = found

    @cached_property
    def encoding(self) -> str | None:
        """None where nobody knows."""
        sample = bytearray()
        with opened(self._found) as stream:
            if not _marked(stream.read(4)):
                stream.seek(0)
                for line in _pieces(stream):
                    sample += line
                    if len(sample) > _SAMPLE_BYTES:
                        break
        found = guessed(bytes(sample))
        return found[1] if found else None

    def decode(self, data: bytes) -> tuple[str, str] | None:
        """The text of such a line, or a part of one, and what `Entry.encoding` says of it; None where it cannot be read."""
        if not self.encoding:
            return None
        text = _decode_declared(data, self.encoding)
        return None if text is None else (text, f"{self.encoding}, detected")


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines that are not UTF-8, long ones in parts."""
    cut = False
    while line := stream.readline(_PIECE_BYTES):
        part = line.lstrip(_CONTINUING) if cut else line
        cut = not line.endswith(b"\n")
        if part.isascii():
            continue
        try:
            part.decode("utf-8")
        except UnicodeDecodeError as error:
            if not (cut and error.end == len(part) and error.reason == "unexpected end of data"):
                yield line


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def too_large_whole(limit: int) -> Reject:
    """For formats that cannot be read in parts."""
    message = f"the file is larger than the {limit} bytes allowed where it can only be read whole; write it as .jsonl in UTF-8, one record per line"
    return Reject(RejectReason.TOO_LARGE, message)
