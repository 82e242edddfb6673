"""Archives, documents, feeds and mails: what is in them is read as it would be by itself, or refused by name."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.ingest import IngestSettings
from pipelines.ingest.opening import COMPRESSED
from pipelines.ingest.registry import ENDINGS, READERS
from tests.ingest.test_exports import LEAD, SECOND, factiva, nexis
from tests.ingest.test_ingest_read import lines, read, reason

TEXT = f"{LEAD}\n\n{SECOND}"


def zipped(files: dict[str, bytes | str]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return sink.getvalue()


def docx(paragraphs: list[str]) -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inside = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{p.replace('&', '&amp;')}</w:t></w:r></w:p>" for p in paragraphs)
    return zipped(
        {"word/document.xml": f"<?xml version='1.0'?><w:document xmlns:w='{word}'><w:body>{inside}</w:body></w:document>"}
    )


def test_every_ending_and_compression_is_documented() -> None:
    root = Path(__file__).resolve().parents[2]
    page, readme = (root.joinpath(name).read_text(encoding="utf-8") for name in ("docs/input.md", "README.md"))
    assert [ending for ending in (*ENDINGS, *COMPRESSED) if f"`{ending}`" not in page] == []
    assert [reader.name for reader in READERS if f"`{reader.endings[0]}`" not in readme] == []


@pytest.mark.parametrize(
    ("ending", "compress"),
    [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress), ("zst", pa.Codec("zstd").compress)],
)
def test_every_format_may_be_compressed(tmp_path: Path, ending: str, compress: Callable[[bytes], bytes]) -> None:
    records = lines(*({"id": n, "text": "x" * n} for n in range(1, 400)))
    data = bytes(compress(records.encode()))
    rows = read(tmp_path, f"feed.jsonl.{ending}", data)
    assert [len(row["text"]) for row in rows] == list(range(1, 400))
    torn = read(tmp_path, f"torn.jsonl.{ending}", data[: len(data) // 2])
    assert reason(torn[-1]) in ("unreadable_bytes", "broken_json")
    assert reason(read(tmp_path, f"no.txt.{ending}", "not compressed")[0]) == "unreadable_bytes"


def test_the_files_of_an_archive_are_read_each_by_its_ending(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "herald/a.txt": TEXT,
        "herald/b.jsonl": lines({"id": 1, "text": "one"}, {"id": 1, "text": "two"}, {"text": "three"}),
        "c.xyz": "?",
        "README.md": "what this is",
        "__MACOSX/._a.txt": "leftover",
        "inner.zip": zipped({"a.txt": "inside"}),
    }
    rows = read(tmp_path, "post.zip", zipped(files))
    found = {row["record_key"]: (row["format"], row["publisher"], row["text"], reason(row)) for row in rows}
    assert len(found) == len(rows) == 7
    assert found["herald/a.txt"] == ("text", "herald", TEXT, None)
    assert found["herald/b.jsonl/1"] == ("jsonl", "herald", "one", None)
    assert sorted(str(reason(row)) for row in rows) == sorted(
        ["None", "None", "None", "repeated_record", "unsupported_format", "unsupported_format", "not_a_record"]
    )
    assert read(tmp_path, "outlet/post.zip", zipped({"herald/a.txt": TEXT}))[0]["publisher"] == "outlet"


def test_a_damaged_file_of_an_archive_is_rejected_alone(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT * 50, "b.txt": "fine"}))
    data[60] ^= 0xFF
    rows = read(tmp_path, "post.zip", bytes(data))
    assert [(row["record_key"], reason(row)) for row in rows] == [("a.txt", "unreadable_bytes"), ("b.txt", None)]


def test_limits_of_an_archive(tmp_path: Path) -> None:
    bomb = zipped({"a.txt": b"x" * 100_000, "b.txt": "fine"})
    assert [reason(row) for row in read(tmp_path, "a.zip", bomb, IngestSettings(max_record_bytes=1000))] == ["too_large", None]
    assert [reason(row) for row in read(tmp_path, "a.zip", bomb, IngestSettings(max_members=1))] == ["too_large"]
    assert reason(read(tmp_path, "b.zip", zipped({}))[0]) == "empty"


def test_the_paragraphs_of_a_word_document(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "a.docx", docx([LEAD, "", "Fish & chips", SECOND]))
    assert (row["text"], row["format"]) == (f"{LEAD}\n\nFish & chips\n\n{SECOND}", "docx")
    assert reason(read(tmp_path, "b.docx", zipped({"other.xml": "<a/>"}))[0]) == "unreadable_bytes"
    assert reason(read(tmp_path, "c.docx", docx([]))[0]) == "empty"


def test_a_box_in_a_word_document_is_read_once_and_what_was_deleted_is_not(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Beside it.</w:t></w:r></w:p></w:txbxContent>"
    inside = "<w:p><w:r><w:t xml:space='preserve'>The pier </w:t></w:r><w:del><w:r><w:delText>opens</w:delText></w:r></w:del>"
    inside += f"<w:ins><w:r><w:t>closes.</w:t></w:r></w:ins><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
    inside += f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    names = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "
    names += "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    data = zipped({"word/document.xml": f"<w:document {names}><w:body>{inside}</w:body></w:document>"})
    (row,) = read(tmp_path, "a.docx", data)
    assert row["text"] == "The pier closes.\n\nBeside it."


def test_a_page_under_the_name_of_a_text_is_a_page(tmp_path: Path) -> None:
    page = f"<!DOCTYPE html>\n<html><body><p>{LEAD}</p></body></html>\n"
    (row,) = read(tmp_path, "a.txt", page)
    assert (row["html"], row["text"], row["format"]) == (page, None, "html")
    (row,) = read(tmp_path, "b.txt", f"{LEAD} It said <html> and </html>")
    assert row["html"] is None


def test_times_inside_of_a_parquet_struct_are_read_to_the_nanosecond_too(tmp_path: Path) -> None:
    kind = pa.struct([("published", pa.timestamp("ns", "UTC")), ("tags", pa.list_(pa.timestamp("ns")))])
    meta = pa.array([{"published": 1620036900123456789, "tags": [1620036900123456789]}], kind)
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT], "meta": meta}), sink)
    (row,) = read(tmp_path, "a.parquet", sink.getvalue())
    assert (row["date"], row["reject"]) == ("2021-05-03", None)


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    text = "---\ntitle: A talk\nauthor: Ada Roe\n---\n\n# A *talk*\n\nWe met in [her kitchen](https://e.example/k).\n\n![The kitchen](k.jpg)\n\n"
    text += (
        "**Who came?**\n\n1. Her *son*\n2. a <neighbour>\n\n***\n\n> He <b>left</b>.\n\n| day | hour |\n|---|---|\n| Monday | 7 |\n"
    )
    [row] = read(tmp_path, "talk.md", text)
    assert (row["title"], row["byline"], row["format"]) == ("A talk", "Ada Roe", "markdown")
    assert row["text"] == (
        "A talk\n\nWe met in her kitchen.\n\nWho came?\n\n1. Her son\n2. a <neighbour>\n\nHe left.\n\nday | hour\nMonday | 7"
    )
    assert reason(read(tmp_path, "talk.md", "![](k.jpg)\n")[0]) == "empty"


def test_the_first_paragraph_of_a_word_document_is_its_title_where_its_style_says_so(tmp_path: Path) -> None:
    data = docx(["Reprieved", LEAD])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    titled = xml.replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>', 1)
    assert [row["title"] for row in read(tmp_path, "a.docx", zipped({"word/document.xml": titled}))] == ["Reprieved"]
    assert [row["title"] for row in read(tmp_path, "b.docx", data)] == [None]


def test_an_archives_export_in_a_word_document_or_on_a_page_is_split(tmp_path: Path) -> None:
    export = factiva(1, 2, "Pier to close") + factiva(2, 2, "Board meets again")
    rows = read(tmp_path, "a.docx", docx(export.split("\n")))
    assert len(rows) == 2 or all(row["reject"] for row in rows)
    page = (
        "<html><body>Factiva"
        + "".join(f"<p>{block.replace(chr(10), '<br/>')}</p>" for block in export.split("\n\n"))
        + "</body></html>"
    )
    rows = read(tmp_path, "a.html", page)
    assert len(rows) == 2 or all(row["reject"] for row in rows)


@pytest.mark.parametrize(("name", "data", "package"), [("a.rtf", "{\\rtf1 text}", "striprtf"), ("a.pdf", "%PDF-1.4\n", "pypdf")])
def test_a_format_whose_package_is_not_there_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: str, package: str
) -> None:
    for module in (package, f"{package}.{package}"):
        monkeypatch.setitem(sys.modules, module, None)
    (row,) = read(tmp_path, name, data)
    assert reason(row) == "unsupported_format"
    assert "copydesk[archives]" in row["reject"]["message"]


def test_rtf_where_its_package_is_there(tmp_path: Path) -> None:
    pytest.importorskip("striprtf", reason="the extra `archives` is not installed")
    (row,) = read(tmp_path, "a.rtf", "{\\rtf1\\ansi\\ansicpg1252 Caf\\'e9 \\u8211? closed.\\par Second.}")
    assert "Café – closed." in row["text"]
    export = (nexis(1, 2, "Pier to close") + nexis(2, 2, "Board meets again")).replace("\n", "\\par\n")
    assert [row["title"] for row in read(tmp_path, "b.rtf", "{\\rtf1\\ansi " + export + "}")] == [
        "Pier to close",
        "Board meets again",
    ]


def test_a_mail_is_an_article_with_subject_day_and_sender(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = (
        "Pier to close – soon",
        "Ada Roe <ada@herald.example>",
        "Mon, 3 May 2021 10:15:00 +0200",
    )
    mail.set_content(TEXT)
    mail.add_alternative(f"<p>{LEAD}</p>", subtype="html")
    (row,) = read(tmp_path, "a.eml", mail.as_bytes())
    assert (row["title"], row["byline"], row["published_at"]) == ("Pier to close – soon", "Ada Roe", "2021-05-03T10:15:00+02:00")
    assert row["text"].strip() == TEXT


def a_mail(headers: str, body: str) -> bytes:
    return f"From: Ada Roe <ada@herald.example>\nSubject: Pier to close\nDate: Mon, 3 May 2021 10:15:00 +0200\n{headers}\n{body}\n".replace(
        "\n", "\r\n"
    ).encode()


def test_the_mails_of_a_mailbox_are_articles_each(tmp_path: Path) -> None:
    first = b"From ada@herald.example Mon May  3 10:15:00 2021\r\n" + a_mail("", LEAD)
    second = b"\r\nFrom bo@herald.example Tue May  4 10:15:00 2021\r\n" + a_mail("", f"{SECOND}\n\nFrom here on it was quiet.")
    for name in ("a.mbox", "a.eml"):
        rows = read(tmp_path, name, first + second)
        assert [(row["title"], row["text"].split()[:2], reason(row)) for row in rows] == [
            ("Pier to close", LEAD.split()[:2], None),
            ("Pier to close", SECOND.split()[:2], None),
        ]
    assert [
        reason(row) for row in read(tmp_path, "b.mbox", first + second.replace(SECOND.encode(), b"").split(b"From here")[0])
    ] == [None, "empty"]


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        ("Content-Type: text/plain; charset=x-nobody-knows\n", LEAD, LEAD),
        ("", "Das Café schließt.", "Das Café schließt."),
        (
            "Content-Type: text/plain; charset=utf-8; format=flowed\n",
            "The pier closes \nin June.\n\n From then on.",
            "The pier closes in June.\n\nFrom then on.",
        ),
        (
            "Content-Type: multipart/mixed; boundary=b\n",
            f"--b\nContent-Type: message/rfc822\n\nSubject: Inside\nContent-Type: text/plain\n\n{LEAD}\n--b--",
            LEAD,
        ),
    ],
    ids=["unknown encoding", "no encoding", "flowed", "sent on"],
)
def test_the_text_of_a_mail_as_programs_write_it(tmp_path: Path, headers: str, body: str, text: str) -> None:
    (row,) = read(tmp_path, "a.eml", a_mail(headers, body))
    assert (row["text"].strip(), row["reject"]) == (text, None)
    assert row["title"] == ("Inside" if "rfc822" in body else "Pier to close")


def test_members_of_an_archive_belong_to_the_first_folder_however_it_is_written(tmp_path: Path) -> None:
    names = ["../herald/a.txt", "/herald/b.txt", "herald\\c.txt", "./herald/d.txt", "e.txt", "../.git/f.txt"]
    rows = read(tmp_path, "post.zip", zipped({name: f"{TEXT} {place}" for place, name in enumerate(names)}))
    assert sorted((row["record_key"], row["publisher"]) for row in rows) == sorted(
        (name, None if name == "e.txt" else "herald") for name in names if ".git" not in name
    )


def test_an_ending_is_told_whole_where_no_reader_knows_it(tmp_path: Path) -> None:
    said = {name: read(tmp_path, name, "x")[0]["reject"]["message"].partition(";")[0] for name in ("a.tar.gz", "article", "a.XYZ")}
    assert said == {
        "a.tar.gz": "no reader for '.tar.gz'",
        "article": "no reader for a name without an ending",
        "a.XYZ": "no reader for '.xyz'",
    }


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Herald</title><item><title>One</title><link>https://h.example/1</link><guid>1</guid><pubDate>Mon, 03 May 2021 10:15:00 GMT</pubDate>
<dc:creator>Ada Roe</dc:creator><description>Short.</description><content:encoded><![CDATA[<p>{LEAD}</p><p>It &amp; more.</p>]]></content:encoded></item>
<item><title>Two</title><link>https://h.example/2</link></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title><id>urn:1</id><link href="https://h.example/1"/>
<published>2021-05-03T10:15:00Z</published><author><name>Ada Roe</name></author><content type="html">&lt;p&gt;{LEAD}&lt;/p&gt;&lt;p&gt;It &amp;amp; more.&lt;/p&gt;</content></entry></feed>"""
NITF = f"""<nitf><head><title>t</title><pubdata date.publication="20210503T101500Z" name="Herald"/></head><body><body.head><hedline><hl1>One</hl1></hedline>
<byline>By Ada Roe<byttl>Reporter</byttl></byline></body.head><body.content><p>{LEAD}</p>\n<p>It &amp; more.</p></body.content></body></nitf>"""
NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"><contentMeta><contentCreated>2021-05-03T10:15:00Z</contentCreated><by>Ada Roe</by>
<headline>One</headline><language tag="en-US"/></contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{LEAD}</p><p>It &amp; more.</p>
</body></html></inlineXML></contentSet></newsItem>"""


@pytest.mark.parametrize("xml", [RSS, ATOM, NITF, NEWSML], ids=["rss", "atom", "nitf", "newsml"])
def test_an_item_of_news_in_xml_is_a_record(tmp_path: Path, xml: str) -> None:
    row, *others = read(tmp_path, "a.xml", xml)
    assert (row["title"], row["byline"], row["published_at"], row["text"]) == (
        "One",
        "Ada Roe",
        "2021-05-03T10:15:00+00:00",
        f"{LEAD}\n\nIt & more.",
    )
    assert [reason(other) for other in others] == ["no_text"] * len(others)


def test_names_and_titles_in_xml_are_as_people_read_them(tmp_path: Path) -> None:
    feed = f"<rss><channel><item><title><![CDATA[Pier &amp; quay &#8211; closed]]></title><author>ada@h.example (Ada Roe)</author><description>{LEAD}</description></item></channel></rss>"
    assert [(row["title"], row["byline"]) for row in read(tmp_path, "a.rss", feed)] == [("Pier & quay – closed", "Ada Roe")]
    two = NITF.replace("By Ada Roe<byttl>Reporter</byttl>", "By <person>Ada Roe</person> and <person>Bo Day</person>")
    twice = two.replace(
        "<body.content>", f'<body.content><block class="lead_paragraph"><p>{LEAD}</p></block><block class="full_text">'
    ).replace("</body.content>", "</block></body.content>")
    (row,) = read(tmp_path, "a.xml", twice)
    assert (row["byline"], row["text"]) == ("Ada Roe, Bo Day", f"{LEAD}\n\nIt & more.")


@pytest.mark.parametrize(
    ("xml", "wanted"),
    [
        ("<catalogue><book/></catalogue>", "unsupported_format"),
        ("<rss><channel/></rss>", "empty"),
        ("<rss><channel>", "unreadable_bytes"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><rss><item><description>&b;</description></item></rss>', "no_text"),
    ],
)
def test_other_xml_is_refused_by_name(tmp_path: Path, xml: str, wanted: str) -> None:
    (row,) = read(tmp_path, "a.xml", xml)
    assert reason(row) == wanted


def answer(url: str, body: bytes, status: str = "200 OK", kind: str = "text/html; charset=windows-1252", more: str = "") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-05-04T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


def test_the_pages_of_a_web_archive(tmp_path: Path) -> None:
    page = "<html><p>Café</p></html>".encode("cp1252")
    chunked = b"5\r\n<html\r\n%x\r\n" % (len(page) - 5) + page[5:] + b"\r\n0\r\n\r\n"
    records = [
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\ninfo\r\n\r\n",
        answer("https://h.example/1", page),
        answer("https://h.example/2", gzip.compress(page), more="Content-Encoding: gzip\r\n"),
        answer("https://h.example/3", chunked, more="Transfer-Encoding: chunked\r\n"),
        answer("https://h.example/gone", page, status="404 Not Found"),
        answer("https://h.example/a.png", b"\x89PNG", kind="image/png"),
    ]
    wanted = [(f"https://h.example/{number}", "<html><p>Café</p></html>", None) for number in (1, 2, 3)]
    for name, data in {
        "a.warc": b"".join(records),
        "a.warc.gz": b"".join(map(gzip.compress, records)),
        "a.wacz": zipped(
            {"archive/data.warc.gz": b"".join(map(gzip.compress, records)), "indexes/index.cdx": "x", "datapackage.json": "{}"}
        ),
    }.items():
        assert [(row["url"], row["html"], row["reject"]) for row in read(tmp_path, name, data)] == wanted, name
    rows = read(tmp_path, "torn.warc", b"".join(records)[:-100])
    assert [reason(row) for row in rows] == [None, None, None, "unreadable_bytes"]
    assert json.loads(rows[0]["extra"]) == {"warc-date": "2021-05-04T00:00:00Z"}


def test_a_file_that_was_put_into_an_archive_again_is_read_in_its_later_form_and_the_older_is_told(tmp_path: Path) -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("post/a.txt", LEAD)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("post/a.txt", SECOND)
    old, new = read(tmp_path, "a.zip", sink.getvalue())
    assert (old["text"], reason(old)) == (None, "repeated_record")
    assert (new["text"], new["record_key"], reason(new)) == (SECOND, "post/a.txt", None)
    assert old["record_key"] != new["record_key"]


def test_mails_that_were_sent_on_are_articles_and_other_attachments_are_named(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Digest", "ada@herald.example"
    mail.set_content("See below.")
    for subject, text in (("One", LEAD), ("Two", SECOND)):
        inside = EmailMessage()
        inside["Subject"] = subject
        inside.set_content(text)
        mail.add_attachment(inside)
    mail.add_attachment(b"...", maintype="image", subtype="png", filename="quay.png")
    rows = read(tmp_path, "digest.eml", mail.as_bytes())
    assert [(row["title"], row["text"].strip()) for row in rows] == [("Digest", "See below."), ("One", LEAD), ("Two", SECOND)]
    assert json.loads(rows[0]["extra"]) == {"attachments": ["message/rfc822", "message/rfc822", "quay.png"]}
    assert len({row["record_key"] for row in rows}) == 3


def test_the_folders_of_a_web_archive_name_no_publisher(tmp_path: Path) -> None:
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{LEAD}</p>".encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nWARC-Target-URI: https://e.example/1\r\nContent-Length: {len(page)}\r\n\r\n"
    (row,) = read(tmp_path, "a.wacz", zipped({"archive/data.warc": head.encode() + page + b"\r\n\r\n"}))
    assert (row["url"], row["publisher"], reason(row)) == ("https://e.example/1", None, None)


def test_what_stands_before_the_damage_of_a_compressed_file_is_kept(tmp_path: Path) -> None:
    records = [gzip.compress(lines({"id": number, "text": f"{LEAD} {number}"}).encode() + b"\n") for number in range(6)]
    rows = read(tmp_path, "a.jsonl.gz", b"".join(records)[:-20])
    assert [row["text"][-1] for row in rows[:5]] == ["0", "1", "2", "3", "4"]
    assert reason(rows[-1]) == "unreadable_bytes"


def test_an_export_that_a_page_shows_as_it_was_is_split(tmp_path: Path) -> None:
    whole = "".join(nexis(number, 3, f"Quay to close {number}") for number in (1, 2, 3))
    for name, ends in (("unix.html", whole), ("windows.html", whole.replace("\n", "\r\n"))):
        rows = read(tmp_path, name, f"<html><body>LexisNexis<pre>{ends}</pre></body></html>")
        assert [row["title"] for row in rows] == ["Quay to close 1", "Quay to close 2", "Quay to close 3"]
        assert {row["format"] for row in rows} == {"nexis"}


def test_the_style_of_a_title_is_known_by_its_name_in_a_word_of_any_language(tmp_path: Path) -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{word}"><w:body><w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>Reprieved</w:t></w:r></w:p><w:p><w:r><w:t>{LEAD}</w:t></w:r></w:p></w:body></w:document>'
    for name, title in (("heading 1", "Reprieved"), ("Body Text", None)):
        styles = f'<w:styles xmlns:w="{word}"><w:style w:styleId="berschrift1"><w:name w:val="{name}"/></w:style></w:styles>'
        (row,) = read(tmp_path, "a.docx", zipped({"word/document.xml": document, "word/styles.xml": styles}))
        assert row["title"] == title


def test_an_export_of_a_blog_gives_its_posts_and_refuses_what_is_no_article(tmp_path: Path) -> None:
    def item(kind: str, body: str, excerpt: str = "") -> str:
        words = f"<content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>"
        return f"<item><title>Quay</title><link>https://h.example/{kind}</link>{words}<wp:post_type>{kind}</wp:post_type></item>"

    spaces = "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/' xmlns:wp='http://wordpress.org/export/1.2/'"
    items = (
        item("post", f"<p>{LEAD}</p><p>{SECOND}</p>", "In short.")
        + item("attachment", "A quay.")
        + item("custom_css", "p { color: red }")
    )
    rows = read(tmp_path, "blog.xml", f"<rss version='2.0' {spaces}><channel>{items}</channel></rss>")
    assert [reason(row) for row in rows] == [None, "not_a_record", "not_a_record"]
    assert (rows[0]["text"], json.loads(rows[0]["extra"])["excerpt:encoded"]) == (TEXT, "In short.")
    kind = "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{}'/>"
    entries = "".join(
        f"<entry><id>{name}</id>{kind.format(name)}<title>Quay</title><content>{LEAD}</content></entry>"
        for name in ("settings", "post", "comment")
    )
    rows = read(tmp_path, "blog.atom", f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>")
    assert [reason(row) for row in rows] == ["not_a_record", None, "not_a_record"]


def test_pictures_beside_the_text_of_a_feeds_item_do_not_take_its_place(tmp_path: Path) -> None:
    media = (
        "<media:content url='quay.jpg'/><media:title>The quay at dawn</media:title><media:description>Boats.</media:description>"
    )
    item = f"<item>{media}<title>Quay shut</title><description>{LEAD}</description>{media}</item>"
    (row,) = read(
        tmp_path, "f.rss", f"<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel>{item}</channel></rss>"
    )
    assert (row["title"], row["text"]) == ("Quay shut", LEAD)


def test_texts_and_pages_of_a_web_archive_without_their_answers_are_read(tmp_path: Path) -> None:
    def record(kind: str, media: str, body: str) -> bytes:
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://h.example/{kind}\r\nContent-Type: {media}\r\nContent-Length: {len(body.encode())}\r\n\r\n"
        return (head + body + "\r\n\r\n").encode()

    page = f"<html><body><p>{LEAD}</p></body></html>"
    records = [
        record("warcinfo", "application/warc-fields", "software: none"),
        record("conversion", "text/plain", TEXT),
        record("resource", "text/html; charset=utf-8", page),
        record("resource", "image/png", "png"),
        record("response", "application/http; msgtype=response", f"HTTP/1.1 200 OK\r\nServer: s\r\n\r\n{page}"),
    ]
    rows = read(tmp_path, "a.warc.wet.gz", b"".join(map(gzip.compress, records)))
    assert [(row["url"].rpartition("/")[2], row["text"] or row["html"]) for row in rows] == [
        ("conversion", TEXT),
        ("resource", page),
        ("response", page),
    ]


def test_words_that_were_moved_in_a_document_stand_where_they_are_now(tmp_path: Path) -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    old = f"<w:moveFrom><w:r><w:t>{SECOND}</w:t></w:r></w:moveFrom>"
    body = f"<w:p>{old}<w:r><w:t>{LEAD}</w:t></w:r></w:p><w:p><w:moveTo><w:r><w:t>{SECOND}</w:t></w:r></w:moveTo></w:p><w:p><w:r><w:t>re</w:t><w:noBreakHyphen/><w:t>let</w:t></w:r></w:p>"
    for space in (word, "http://purl.oclc.org/ooxml/wordprocessingml/main"):
        document = f"<?xml version='1.0'?><w:document xmlns:w='{space}'><w:body>{body}</w:body></w:document>"
        (row,) = read(tmp_path, "a.docx", zipped({"word/document.xml": document}))
        assert row["text"] == f"{TEXT}\n\nre-let"


def test_a_text_that_is_json_is_read_as_its_records_and_one_with_other_words_is_a_text(tmp_path: Path) -> None:
    record = json.dumps({"id": 1, "title": "Pool", "text": "The pool closes."})
    assert [row["text"] for row in read(tmp_path, "a.txt", f"{record}\n".encode())] == ["The pool closes."]
    assert [row["text"] for row in read(tmp_path, "b.txt", f"[{record}]".encode())] == ["The pool closes."]
    other = '{"title": "Pool"}\n\nThe pool closes.'
    assert [row["text"] for row in read(tmp_path, "c.txt", other.encode())] == [other]
