"""News in XML: RSS and Atom feeds, NITF, and NewsML-G2 with the text inside. Other XML is refused by the name of its root."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lxml.etree

from pipelines.ingest.dates import iso_moment
from pipelines.ingest.decoding import too_large_whole
from pipelines.ingest.entry import Entry, FileRejectedError, Reject
from pipelines.ingest.fields import entry_of
from pipelines.ingest.files import FoundFile
from pipelines.ingest.markup_text import element_text, html_text, looks_like_html
from pipelines.ingest.opening import opened, read_whole
from pipelines.ingest.settings import IngestSettings
from pipelines.ingest.values import encodable, shown
from pipelines.vocabulary import RejectReason

_KNOWN = "RSS, Atom, NITF and NewsML-G2"
# Elements of a feed's item that hold the text, the fullest first.
_TEXTS = ("encoded", "content", "description", "summary")

_BESIDE = ("excerpt", "mrss")
_NO_ARTICLES = frozenset(
    {
        "attachment",
        "comment",
        "custom_css",
        "customize_changeset",
        "nav_menu_item",
        "oembed_cache",
        "revision",
        "settings",
        "template",
        "user_request",
        "wp_block",
    }
    | {"wp_font_face", "wp_font_family", "wp_global_styles", "wp_navigation", "wp_template", "wp_template_part"}
)


def read_xml(found: FoundFile, settings: IngestSettings) -> Iterator[Entry]:
    """One record per item of a feed or message."""
    limit = settings.max_whole_file_bytes
    with opened(found) as stream:
        data = read_whole(stream, limit, too_large_whole(limit))
    if not data.strip():
        raise FileRejectedError(
            RejectReason.EMPTY, "the file holds nothing; allowed: a feed or an article; write it again, or delete it"
        )
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False, load_dtd=False)
    try:
        root = lxml.etree.fromstring(data.lstrip(), parser)
    except (lxml.etree.XMLSyntaxError, ValueError) as error:
        message = f"the XML cannot be read: {shown(str(error), 200)}; allowed: well-formed {_KNOWN}; correct it there"
        raise FileRejectedError(RejectReason.UNREADABLE_BYTES, message) from error
    name, number = _name(root), 0
    for number, entry in enumerate(_entries(root, settings), start=1):
        yield entry(number)
    if number == 0:
        if name in ("rss", "feed", "RDF", "nitf", "newsItem", "newsMessage"):
            raise FileRejectedError(
                RejectReason.EMPTY, f"there is no item in this {name}; allowed: {_KNOWN} with items; write it again, or delete it"
            )
        message = f"XML with the root {name!a} is not known; allowed: {_KNOWN}; convert it to .jsonl"
        raise FileRejectedError(RejectReason.UNSUPPORTED_FORMAT, message)


def _entries(root: Any, settings: IngestSettings) -> Iterator[Any]:
    name = _name(root)
    if name in ("rss", "RDF"):
        for item in (element for element in root.iter() if _name(element) == "item"):
            yield lambda number, item=item: _item(item, number, settings)
    elif name == "feed":
        for item in (element for element in root if _name(element) == "entry"):
            yield lambda number, item=item: _item(item, number, settings)
    elif name == "nitf":
        yield lambda number: _nitf(root, None, number)
    elif name in ("newsItem", "newsMessage"):
        for item in [root] if name == "newsItem" else [element for element in root.iter() if _name(element) == "newsItem"]:
            yield lambda number, item=item: _news_item(item, number)


def _name(element: Any) -> str:
    return lxml.etree.QName(element).localname if isinstance(element.tag, str) else ""


def _item(item: Any, number: int, settings: IngestSettings) -> Entry:
    """An item of a feed, as a record of the same names."""
    record: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for child in item:
        name = _name(child)
        if name and (space := _space_beside(child)):
            record.setdefault(f"{space}:{name}", child.text)
        elif name in _TEXTS:
            whole = element_text(child) if len(child) else child.text or ""
            texts.setdefault(name, html_text(whole) if looks_like_html(whole) else whole)
        elif name == "link" and child.get("href"):
            if child.get("rel", "alternate") == "alternate":
                record.setdefault("link", child.get("href"))
        elif name == "author" and len(child):
            record.setdefault("author", []).append(next((inner.text for inner in child if _name(inner) == "name"), None))
        elif name == "source" and len(child):
            record["source"] = next((inner.text for inner in child if _name(inner) == "title"), None)
        elif name == "category":
            record.setdefault("category", child.text or child.get("term"))
        elif name:
            record.setdefault(name, child.text)
    if kind := _kind_of_no_article(item):
        message = f"item {number} is a {kind!a} of a blog's export; allowed: posts and pages; export these alone"
        return Entry(line=number, raw=lxml.etree.tostring(item), reject=Reject(RejectReason.NOT_A_RECORD, message))
    used = next((name for name in _TEXTS if texts.get(name, "").strip()), None)
    record |= {name: text for name, text in texts.items() if name not in (used, "content")}
    return entry_of(record | {"text": texts.get(used or "", "")}, number, settings)


def _space_beside(child: Any) -> str | None:
    """The last word of the namespace of what stands beside an item's own text under the same names: WordPress's excerpts, pictures of Media RSS."""
    space = (lxml.etree.QName(child).namespace or "").rstrip("/").rpartition("/")[2]
    return space if space in _BESIDE else None


def _kind_of_no_article(item: Any) -> str | None:
    """What an item of a blog's export is where that says that it is no article: WordPress's `post_type`, Blogger's category of kinds."""
    kinds = [child.text or "" for child in item if _name(child) == "post_type"]
    kinds += [child.get("term", "").rpartition("#")[2] for child in item if str(child.get("scheme", "")).endswith("#kind")]
    return next((kind for kind in kinds if kind in _NO_ARTICLES), None)


def _nitf(root: Any, item: dict[str, str | None] | None, number: int) -> Entry:
    body = _first(root, "body.content")
    # Some write the first paragraphs twice: by themselves, and in the whole text.
    whole = None if body is None else next((block for block in body.iter() if block.get("class") == "full_text"), body)
    text = element_text(whole) if whole is not None else ""
    published = next(
        (at for at in (_attribute(root, "pubdata", "date.publication"), _attribute(root, "date.issue", "norm")) if at), None
    )
    said = item or {}
    return _made(
        text,
        number,
        title=_text(root, "hl1") or said.get("title") or _text(root, "title"),
        byline=_byline(root) or said.get("byline"),
        published=said.get("published") or published,
        publisher=_attribute(root, "pubdata", "name") or said.get("publisher"),
        id=_attribute(root, "doc-id", "id-string") or said.get("id"),
        section=_attribute(root, "pubdata", "position.section") or said.get("section"),
        language=said.get("language"),
    )


def _byline(root: Any) -> str | None:
    """The names in NITF's byline, without the titles behind them."""
    line = _first(root, "byline")
    if line is None:
        return None
    people = [" ".join("".join(person.itertext()).split()) for person in line.iter() if _name(person) == "person"]
    names = ", ".join(filter(None, people)) or " ".join(filter(None, [line.text, *(child.tail for child in line)]))
    return encodable(" ".join(names.split())) or None


def _news_item(item: Any, number: int) -> Entry:
    """NewsML-G2: what is said of the item, and its text as NITF, as HTML or as it is."""
    said = {
        "title": _text(item, "headline"),
        "byline": _text(item, "by"),
        "published": _text(item, "contentCreated") or _text(item, "firstCreated") or _text(item, "versionCreated"),
        "publisher": _attribute(item, "provider", "literal") or _text(item, "provider") or _text(item, "creditline"),
        "id": item.get("guid"),
        "section": None,
        "language": _attribute(item, "language", "tag"),
    }
    inner = _first(item, "inlineXML")
    nitf = None if inner is None else _first(inner, "nitf")
    if nitf is not None:
        return _nitf(nitf, said, number)
    text = element_text(inner) if inner is not None else _text(item, "inlineData") or ""
    return _made(text, number, **said)


def _made(text: str, number: int, **said: str | None) -> Entry:
    record = {name: value for name, value in said.items() if value} | {"text": text}
    if text.strip():
        return entry_of(record, number, IngestSettings(max_record_bytes=len(text.encode("utf-8", "replace")) + 1))
    message = f"item {number} holds no text; allowed: items with their text inside; export them so"
    return Entry(
        line=number,
        id=said.get("id"),
        title=said.get("title"),
        raw=repr(record).encode(),
        reject=Reject(RejectReason.NO_TEXT, message),
    )


def _first(element: Any, name: str) -> Any:
    return next((found for found in element.iter() if _name(found) == name), None)


def _text(element: Any, name: str) -> str | None:
    found = _first(element, name)
    return None if found is None else encodable(" ".join("".join(found.itertext()).split())) or None


def _attribute(element: Any, name: str, attribute: str) -> str | None:
    found = _first(element, name)
    value = None if found is None else found.get(attribute)
    return value if value and (attribute != "date.publication" or iso_moment(value)) else None
