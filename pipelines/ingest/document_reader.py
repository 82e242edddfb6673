"""Documents of office programs, pages to print and mails: their text, and the articles of an archive's export in them one by one."""

from __future__ import annotations

import codecs
import email
import email.policy
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeVar

import lxml.etree

from pipelines.ingest.dates import iso_moment
from pipelines.ingest.decoding import decode
from pipelines.ingest.entry import Entry, FileRejectedError
from pipelines.ingest.exports import export_entries
from pipelines.ingest.files import FoundFile
from pipelines.ingest.markup_text import html_text
from pipelines.ingest.opening import opened, read_whole
from pipelines.ingest.seconds import at_most
from pipelines.ingest.settings import IngestSettings
from pipelines.ingest.values import encodable, shown
from pipelines.vocabulary import RejectReason

_BETWEEN_MAILS = re.compile(rb"(?:(?<=\n\n)|(?<=\n\r\n))(?=From \S+ +\w{3} )")
_TITLE_STYLES = ("title", "heading 1")  # by the names that Word writes in any language
_TITLE_IDS = ("Title", "Heading1")
_SENT_ON = 4  # mails inside of mails
_MAIL = "message/rfc822"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a box again, for older programs
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The same names in the strict form of the standard.
_STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _WORD.strip("{}").encode())
_MOVED_FROM = f"{_WORD}moveFrom"  # where tracked words stood before
_MARKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}

Converted = TypeVar("Converted")

# Packages that come with the extra `archives`.
_LIBRARIES = ("pypdf", "striprtf")


def libraries() -> tuple[str, ...]:
    """Which of the packages of the extra `archives` are there, in which version: with another set, files are read in another way."""
    found = []
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return tuple(found)


def read_docx(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """Paragraphs of a Word document; notes, headers and comments are no part of it."""
    title, text = _converted("Word document", lambda: _paragraphs(_bytes(found, settings), settings), settings.max_seconds)
    entries = list(_articles(text, "docx"))
    yield from [replace(entries[0], title=title)] if len(entries) == 1 and entries[0].title is None else entries


def read_rtf(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """The text of an RTF document, by striprtf."""
    convert = _library("striprtf.striprtf", "rtf").rtf_to_text
    data = _bytes(found, settings)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise _unreadable("RTF document", "it does not begin as one")
    yield from _articles(
        _converted("RTF document", lambda: convert(data.decode("latin-1"), errors="ignore"), settings.max_seconds), "rtf"
    )


def read_pdf(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """The text layer of a PDF, by pypdf, page by page."""
    data = _bytes(found, settings)
    if not data.lstrip().startswith(b"%PDF-"):
        raise _unreadable("PDF", "it does not begin as one")
    pypdf = _library("pypdf", "pdf")

    def pages() -> str:
        return "\n\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)

    yield from _articles(_converted("PDF", pages, settings.max_seconds), "pdf")


def read_mail(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """A mail as an article: its subject, day and sender, and its plain text, else that of its HTML. Attachments are no part of it, and
    named in `extra`; a mail that was sent on as one is a record by itself. A folder of mails in one file, as Unix keeps them, is one a mail."""
    data = _bytes(found, settings)
    mails = _mails(data)
    if len(mails) == 1:
        entries = list(_mail(mails[0], settings))
        yield from entries if len(entries) == 1 else (replace(entry, line=place) for place, entry in enumerate(entries, 1))
        return
    for number, mail in enumerate(mails, 1):
        try:
            entries = list(_mail(mail, settings))
        except FileRejectedError as error:
            entries = [Entry(raw=mail, reject=error.reject)]
        yield from (replace(entry, line=number) for entry in entries)


def _mails(data: bytes) -> list[bytes]:
    """The mails of a file, each of which begins with a line of sender and day; all of it where that does not stand first."""
    if not data.startswith(b"From "):
        return [data]
    return [mail.partition(b"\n")[2] for mail in _BETWEEN_MAILS.split(data) if mail.strip()]


def _mail(data: bytes, settings: IngestSettings, depth: int = _SENT_ON) -> Iterator[Entry]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise _unreadable("mail", "it has no headers")
    message = _sent_on(message)
    attached = _attached(message)
    mails = [part for part in attached if depth and part.get_content_type() == _MAIL]
    text, encoding = _converted("mail", lambda: _mail_text(message), settings.max_seconds)
    if text.strip() or not mails:
        yield from _said(message, text, encoding, [_title(part) for part in attached])
    for part in mails:
        inside = next(iter(part.iter_parts()), None)
        raw = inside.as_bytes() if inside is not None else b""
        try:
            yield from _mail(raw, settings, depth - 1)
        except FileRejectedError as error:
            yield Entry(raw=raw, reject=error.reject)


def _said(message: EmailMessage, text: str, encoding: str | None, attachments: list[str]) -> Iterator[Entry]:
    """The articles of an export, or the mail as one."""
    entries = list(_articles(text, "mail"))
    if len(entries) > 1:
        yield from entries
        return
    published = iso_moment(_header(message, "date") or "")
    sender, _ = parseaddr(_header(message, "from") or "")
    yield Entry(
        text=text,
        title=_header(message, "subject"),
        byline=encodable(sender) or None,
        date=published and published[:10],
        published_at=published,
        extra=json.dumps({"attachments": attachments}, ensure_ascii=False) if attachments else None,
        encoding=encoding,
    )


def _attached(message: EmailMessage) -> list[EmailMessage]:
    try:
        return [part for part in message.iter_attachments() if isinstance(part, EmailMessage)]
    except (AttributeError, KeyError, ValueError, LookupError):  # parts that are damaged
        return []


def _title(part: EmailMessage) -> str:
    """What an attachment is called, else what it is."""
    return encodable(part.get_filename() or part.get_content_type())


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        return encodable(" ".join(str(message[name] or "").split())) or None
    except (ValueError, LookupError, AttributeError, IndexError):  # a header that is damaged
        return None


def _sent_on(message: EmailMessage) -> EmailMessage:
    """The mail inside of one that has no text but that."""
    for _ in range(_SENT_ON):
        inside = [part for part in message.walk() if part.get_content_type() == _MAIL]
        if message.get_body(("plain", "html")) is not None or len(inside) != 1:
            break
        first = next(iter(inside[0].iter_parts()), None)
        if not isinstance(first, EmailMessage):
            break
        message = first
    return message


def _mail_text(message: EmailMessage) -> tuple[str, str | None]:
    """The text, and in which encoding it is where the mail does not say so, or names one that nobody knows."""
    body = message.get_body(("plain", "html"))
    if body is None:
        return "", None
    named = body.get_content_charset()
    encoding = None
    if _is_encoding(named):
        content = str(body.get_content())
    else:
        payload = body.get_payload(decode=True)
        content, encoding = decode(payload if isinstance(payload, bytes) else b"")
    if body.get_content_subtype() == "html":
        return html_text(content), encoding
    return _flowed(content) if body.get_param("format") == "flowed" else content, encoding


def _is_encoding(name: str | None) -> bool:
    """Whether text may be read by a name; ASCII is what a mail is in that says nothing, and often is not."""
    try:
        return name is not None and codecs.lookup(name).name != "ascii"
    except LookupError:
        return False


def _flowed(text: str) -> str:
    """Paragraphs whose lines a mail program broke, RFC 3676: a blank at the end of a line says that it goes on."""
    lines = [line if line == "-- " else line.removeprefix(" ") for line in text.replace("\r\n", "\n").split("\n")]
    return "".join(line if line.endswith(" ") and line != "-- " else f"{line}\n" for line in lines).removesuffix("\n")


def _bytes(found: FoundFile, settings: IngestSettings) -> bytes:
    with opened(found) as stream:
        return read_whole(stream, settings.max_record_bytes)


def _articles(text: str, kind: str) -> Iterator[Entry]:
    if not text.strip():
        message = f"the {kind} holds no text, or only pictures of it; allowed: a document with text; write its text to a .txt file"
        raise FileRejectedError(RejectReason.EMPTY, message)
    text = encodable(text.replace("\0", ""))
    yield from export_entries(text) or [Entry(text=text)]


def _paragraphs(data: bytes, settings: IngestSettings) -> tuple[str | None, str]:
    """The first paragraph where its style says that it is the title, and all paragraphs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("word/document.xml") as stream:
            xml = read_whole(stream, settings.max_record_bytes)
            styles = _title_styles(archive, settings)
        body = lxml.etree.fromstring(
            xml.replace(*_STRICT), lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        )
    except (
        zipfile.BadZipFile,
        KeyError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        lxml.etree.LxmlError,
    ) as error:
        raise _unreadable("Word document", str(error)) from error
    lxml.etree.strip_elements(body, _FALLBACK, _MOVED_FROM, with_tail=False)
    paragraphs = [(paragraph, line) for paragraph in body.iter(f"{_WORD}p") if (line := _line(paragraph)).strip()]
    style = paragraphs[0][0].find(f"{_WORD}pPr/{_WORD}pStyle") if paragraphs else None
    titled = style is not None and style.get(f"{_WORD}val") in styles
    title = " ".join(encodable(paragraphs[0][1]).split()) if titled else None
    return title, "\n\n".join(line for _, line in paragraphs)


def _title_styles(archive: zipfile.ZipFile, settings: IngestSettings) -> set[str]:
    """The ids of the styles of titles, which are in the language of the program that wrote the document."""
    found = set(_TITLE_IDS)
    with suppress(KeyError, FileRejectedError, lxml.etree.LxmlError, ValueError), archive.open("word/styles.xml") as stream:
        xml = read_whole(stream, settings.max_record_bytes)
        parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        for style in lxml.etree.fromstring(xml, parser).iter(f"{_WORD}style"):
            name = style.find(f"{_WORD}name")
            if name is not None and str(name.get(f"{_WORD}val")).lower() in _TITLE_STYLES:
                found.add(str(style.get(f"{_WORD}styleId")))
    return found


def _line(paragraph: Any) -> str:
    """The words of a paragraph, without those of paragraphs in boxes that hang on it."""
    return "".join(map(_words, paragraph))


def _words(piece: Any) -> str:
    if piece.tag == f"{_WORD}t":
        return piece.text or ""
    return _MARKS.get(piece.tag) or ("" if piece.tag == f"{_WORD}p" else "".join(map(_words, piece)))


def _library(module: str, kind: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        message = f"files of this format are read by the package {module.partition('.')[0]}, which is not installed; allowed: with it, or as text; "
        message += f'pip install "copydesk[archives]", or convert the .{kind} to .txt'
        raise FileRejectedError(RejectReason.UNSUPPORTED_FORMAT, message) from error


def _converted(kind: str, convert: Callable[[], Converted], seconds: float) -> Converted:
    """The text, or why there is none: libraries raise whatever a damaged file leads them into."""
    try:
        with at_most(seconds):
            return convert()
    except FileRejectedError:
        raise
    except Exception as error:
        raise _unreadable(kind, f"{type(error).__name__}: {error}") from error


def _unreadable(kind: str, why: str) -> FileRejectedError:
    message = f"the {kind} cannot be read: {shown(why, 160)}; allowed: a whole one without a password; write it again, or its text to a .txt file"
    return FileRejectedError(RejectReason.UNREADABLE_BYTES, message)
