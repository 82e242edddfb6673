"""The text of a piece of HTML or XML, paragraph by paragraph, with nothing left out: for bodies in feeds and exports, not for pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html

_BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt figure figcaption footer h1 h2 h3 h4 h5 h6 header hl1 hl2 hr html li main ol p pre "
    "section table tbody td th tr ul block nitf-table".split()
)
_SILENT = frozenset({"script", "style", "head", "title", "noscript", "template"})
_TAG = re.compile(r"</?(?:p|br|div|span|a|em|strong|b|i|h[1-6]|ul|ol|li|img|figure|blockquote)\b[^<>]*>", re.I)

_FIRST_BLOCK = re.compile(r"<(?:!doctype|html|body|article|section|main|div|p|h[1-6]|figure|ul|ol|table|blockquote)\b[^<>]*>", re.I)
_LAST_END = re.compile(r"</[a-z][a-z0-9]*\s*>$", re.I)


def looks_like_html(text: str) -> bool:
    """Whether tags of HTML stand in a text."""
    return _TAG.search(text) is not None


def is_html(text: str) -> bool:
    """Whether a text begins with an element of HTML that holds blocks or is one, and ends with its end or another's.

    >>> is_html("<p>One.</p>\\n<p>Two.</p>"), is_html("<p> is the tag of a paragraph."), is_html("One <b>and</b> two.")
    (True, False, False)
    """
    text = text.strip()
    return (
        text[:1] == "<" and text[-1:] == ">" and _FIRST_BLOCK.match(text) is not None and _LAST_END.search(text[-40:]) is not None
    )


def html_text(html: str) -> str:
    """Paragraphs of HTML, separated by one blank line.

    >>> html_text("<p>One <b>and</b> two.</p>Three<br/>four &amp; five.")
    'One and two.\\n\\nThree\\n\\nfour & five.'
    """
    try:
        tree = lxml.html.fragment_fromstring(html, create_parent="div")
    except (lxml.etree.LxmlError, ValueError):
        return html
    return element_text(tree)


def preformatted_text(html: str) -> str:
    """What stands in `pre`, with its lines and blanks as they are."""
    try:
        tree = lxml.html.fragment_fromstring(html, create_parent="div")
    except (lxml.etree.LxmlError, ValueError):
        return ""
    return "\n\n".join(element.text_content() for element in tree.iter("pre"))


def element_text(element: Any) -> str:
    """Paragraphs of an element, separated by one blank line; runs of white space are one blank."""
    parts = "".join(_pieces(element)).split("\n")
    return "\n\n".join(part for part in (" ".join(part.split()) for part in parts) if part)


def _pieces(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    name = lxml.etree.QName(element).localname.lower()
    if name in _SILENT:
        return
    edge = "\n" if name in _BLOCKS else ""
    yield edge
    yield (element.text or "").replace("\n", " ")
    for child in element:
        yield from _pieces(child)
        yield (child.tail or "").replace("\n", " ")
    yield edge
