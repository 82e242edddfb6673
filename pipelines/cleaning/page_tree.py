"""A page as a tree of elements, however broken or large it is, and the text in elements."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, fromstring

from pipelines.cleaning.page_names import (
    BLOCK_TAG,
    BREAK_TAG,
    FRAME_ELEMENTS,
    FRAME_TAG,
    INLINE_TAG,
    LINE_ELEMENTS,
    SILENT_ELEMENTS,
    WALKED,
)
from pipelines.letters import UNSPACED

MIN_SENTENCE = 60  # characters of a run of text that reads like a sentence
MIN_UNSPACED = 25  # the same in Chinese, say, where a word is a letter or two
BLOCKS = frozenset(("div", "p", "ul", "ol", "table", "blockquote", "section", "article", "aside", "figure", "h1", "h2", "h3", "h4"))
# Where elements stand in each other 256 deep, as they do on pages that never close them, the parser stops, and what follows is lost.
_TOO_DEEP = "Excessive depth"
# It also stops, if not asked to go on, where a text, a comment or the value of an attribute (a picture, say) is longer than 10 million bytes.
_TOO_LONG = "Resource limit exceeded"
END = re.compile(r"[.!?…。！？؟।\"”’»«“]\s*$")


def parse_page(html: str) -> HtmlElement | None:
    """The page as a tree, or None where nothing can be read from it."""
    from trafilatura.utils import HTML_PARSER, load_html

    html = html.replace("\x00", "")
    try:
        found = load_html(html)
        last = HTML_PARSER.error_log.last_error
        if last is not None and last.message.startswith(_TOO_LONG):
            bearing = HTMLParser(
                collect_ids=False, default_doctype=False, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8"
            )
            found = fromstring(html.encode(errors="replace"), parser=bearing)
        elif last is not None and last.message.startswith(_TOO_DEEP):
            found = load_html(_flat(html))
        if found is not None and any(found.find(f".//{name}") is not None for name in FRAME_ELEMENTS):
            found = load_html(FRAME_TAG.sub("", html))  # else what stands there for readers without frames is text
    except Exception:  # whatever the parser fails on
        return None
    return found


def _flat(html: str) -> str:
    """A page with no elements but those of its head, and paragraphs, which do not stand in each other."""
    return INLINE_TAG.sub("", BLOCK_TAG.sub("<p>", html))


def text_in(element: HtmlElement) -> str:
    return str(element.text_content() or "")


def long_texts(element: HtmlElement) -> list[str]:
    """The texts of paragraphs that are long enough for sentences."""
    texts = (text_in(part).strip() for part in element.iter("p", "li", "blockquote", "td"))
    return [text for text in texts if len(text) >= MIN_SENTENCE or (len(text) >= MIN_UNSPACED and UNSPACED.search(text))]


def has_sentence(elements: Iterable[HtmlElement]) -> bool:
    return any(len(text) >= MIN_SENTENCE and END.search(text) for text in map(text_in, elements))


def every_paragraph(html: str) -> str:
    """All paragraphs and lines of a page, wherever they stand on it: which of them are the article's, cleaning decides."""
    tree = parse_page(_flat(BREAK_TAG.sub("<p>", html)))
    if tree is None:
        return ""
    for hidden in list(tree.iter("script", "style", "title")):
        hidden.drop_tree()
    return "\n\n".join(filter(None, (" ".join(text_in(paragraph).split()) for paragraph in tree.iter("p"))))


def bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def blocks_in(tree: HtmlElement) -> list[str]:
    """The text of a page, with single blanks, divided where an element that is a block begins or ends."""
    blocks = [""]
    for event, element in etree.iterwalk(tree, events=WALKED):
        if element.tag in BLOCKS or element.tag in LINE_ELEMENTS:
            blocks.append("")
        if event != "start":
            blocks[-1] += element.tail or ""
        elif element.tag not in SILENT_ELEMENTS:
            blocks[-1] += element.text or ""
    return [block for text in blocks if (block := " ".join(text.split()))]
