"""Parts of an article whose names, or styles, sound like those of menus, comments or buttons: extractors would leave them out.

They lose these names here. Steps that take away what really is none of the article stand in `page_steps.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from lxml.html import HtmlElement

from pipelines.cleaning.page_names import COMMENT, CONSENT, EMBED, HIDING, NO_PART, WRITTEN_IN
from pipelines.cleaning.page_tree import END, MIN_SENTENCE, bare, long_texts, text_in
from pipelines.cleaning.standfirsts import is_linked

HOLDER_SHARE = 0.5  # of a page's sentences in one element that is the article whatever its name says
MIN_SENTENCES = 2  # in a box of which the sentences are some of the article's
MAX_LINKED = 0.3  # of the text of such a box


def unname_parts(tree: HtmlElement) -> None:
    """Takes the names from elements that the extractor would leave out for them, though they hold sentences of the article: those with most of
    the page's sentences, boxes and paragraphs among its paragraphs, words within a sentence."""
    found = list(_left_out(tree))
    whole = sum(map(len, long_texts(tree))) if found else 0
    for element in found:
        if _holds_article(element, whole) or _is_box_of_it(element) or _is_paragraph_of_it(element) or _is_in_sentence(element):
            for name in HIDING:
                element.attrib.pop(name, None)


def _left_out(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that the extractor leaves out for what their attributes say, in the order of the page."""
    from trafilatura.xpaths import OVERALL_DISCARD_XPATH, PRECISION_DISCARD_XPATH, REMOVE_COMMENTS_XPATH, TEASER_DISCARD_XPATH

    paths = chain(OVERALL_DISCARD_XPATH, PRECISION_DISCARD_XPATH, REMOVE_COMMENTS_XPATH, TEASER_DISCARD_XPATH)
    wanted = {element for path in paths for element in path(tree)}
    return (element for element in tree.iter("div", "section", "p", "span", "details") if element in wanted) if wanted else iter(())


def _named(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _holds_article(element: HtmlElement, whole: int) -> bool:
    """Whether an element holds most of a page's sentences, and its headline if it is called after comments."""
    if element.tag in ("p", "span") or sum(map(len, long_texts(element))) < max(HOLDER_SHARE * whole, 1) or _is_menu(element):
        return False
    return COMMENT.search(_named(element)) is None or element.find(".//h1") is not None or _has_headline(element)


def _has_headline(element: HtmlElement) -> bool:
    window = element.getroottree().getroot().find(".//title")
    title = bare(text_in(window)) if window is not None else ""
    return any((heading := bare(text_in(part))) and heading in title for part in element.iter("h2", "h3"))


def _is_menu(element: HtmlElement) -> bool:
    """Whether an element asks for something to be written, or holds links and headings that are links."""
    fields = any((field.get("type") or "").lower() in WRITTEN_IN for field in element.iter("input"))
    linked = sum([len(text_in(link)) for link in element.iter("a")]) > MAX_LINKED * len(text_in(element))
    return fields or linked or any(heading.find(".//a") is not None for heading in element.iter("h2", "h3", "h4", "h5"))


def _is_box_of_it(element: HtmlElement) -> bool:
    """Whether a box of several sentences stands next to sentences, or to boxes of them."""
    if element.tag in ("p", "span") or _is_other(element) or not _sentences(element) or _is_menu(element):
        return False
    if sum(END.search(text_in(part)) is not None for part in element.iter("p", "li", "blockquote")) < MIN_SENTENCES:
        return False
    outer = _outermost(element)
    return any(_sentences(other) for other in chain(outer.itersiblings(), outer.itersiblings(preceding=True)) if not _is_other(other))


def _is_paragraph_of_it(element: HtmlElement) -> bool:
    """Whether a paragraph is a sentence between two others."""
    if element.tag != "p" or _is_other(element) or is_linked(element) or not _sentences(element):
        return False
    above, below = element.getprevious(), element.getnext()
    return above is not None and below is not None and all(other.tag == "p" and _sentences(other) for other in (above, below))


def _is_in_sentence(element: HtmlElement) -> bool:
    """Whether words stand within a sentence, where readers see them."""
    above = element.getparent()
    if element.tag != "span" or above is None or above.tag not in ("p", "li") or any(element.get(name) for name in ("style", "aria-hidden")):
        return False
    return 2 * len(text_in(element)) < len(text_in(above)) and bool((element.tail or "").strip()) and bool(_sentences(above))


def _is_other(element: HtmlElement) -> bool:
    named = _named(element)
    return any(names.search(named) for names in (COMMENT, CONSENT, EMBED, NO_PART))


def _outermost(element: HtmlElement) -> HtmlElement:
    """The last of the elements around one that hold nothing else."""
    own = bare(text_in(element))
    while (above := element.getparent()) is not None and above.tag != "body" and bare(text_in(above)) == own:
        element = above
    return element


def _sentences(element: HtmlElement) -> list[str]:
    """The paragraphs in an element, or the paragraph that it is, which are long enough for a sentence and end as one."""
    return [text for text in long_texts(element) if END.search(text)] if isinstance(element.tag, str) else []
