"""Parts of an article whose names, or styles, sound like those of menus, comments or buttons: extractors would leave them out.

They lose these names here. Steps that take away what really is none of the article stand in `page_steps.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from pipelines.cleaning.marked_page import words_in
from pipelines.cleaning.page_names import COMMENT, CONSENT, EMBED, HIDING, NO_PART, WRITTEN_IN
from pipelines.cleaning.page_tree import END, bare, long_texts, text_in
from pipelines.cleaning.standfirsts import is_linked
from pipelines.letters import UNSPACED

BOXES = ("div", "section", "p", "details")
HOLDER_SHARE = 0.5  # of a page's sentences in one element that is the article whatever its name says
MOST_KNOWN = 0.5  # of the sentences of an element that was left out
MIN_SENTENCES = 2  # in a box of which the sentences are some of the article's
MIN_SHARE = 0.25  # of the page's sentences in such boxes, from which on they need no words in common with the others
MIN_COMMON, MIN_COHESION = 2, 0.04  # longer words that they have in common with the others else, and the part of theirs
LONGER = 5  # letters of a longer word
MIN_SAME = 0.03  # of all their words that the others have
MAX_LINKED = 0.3  # of the text of such a box


def unname_words(tree: HtmlElement) -> None:
    """Takes the names from words within a sentence that readers see."""
    for element in _with_names(tree, "span"):
        if _is_in_sentence(element):
            _unname(element)


def unname_parts(tree: HtmlElement, text: str) -> str:
    """Takes the names from elements that the extractor left out for them, though they hold sentences of the article: those with most of the
    page's sentences, boxes and paragraphs among its paragraphs. `text`: what was extracted. The letters and digits of all that it found."""
    known = bare(text)
    found = [element for element in _with_names(tree, *BOXES) if _is_missing(element, known)]
    texts = long_texts(tree) if found else []
    whole = sum(map(len, texts))
    kept = [element for element in found if _holds_article(element, whole) or _is_paragraph_of_it(element)]
    alike = {(element.getparent(), element.get("class")) for element in kept if element.tag == "p"}
    kept += [element for element in found if (element.getparent(), element.get("class")) in alike or _is_box_of_it(element, texts)]
    for element in kept:
        _unname(element)
    return " ".join(bare(text_in(element)) for element in kept)


def _unname(element: HtmlElement) -> None:
    for name in HIDING:
        element.attrib.pop(name, None)


def _is_missing(element: HtmlElement, known: str) -> bool:
    """Whether most of what stands in an element was left out."""
    texts = [text_in(element)] if element.tag == "p" else long_texts(element)
    return sum(len(text) for text in texts if bare(text) in known) < MOST_KNOWN * sum(map(len, texts))


def _with_names(tree: HtmlElement, *tags: str) -> Iterator[HtmlElement]:
    """The elements of these tags with an attribute for which the extractor may leave them out, in the order of the page."""
    return (element for element in tree.iter(*tags) if any(name in element.attrib for name in HIDING))


def _named(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _holds_article(element: HtmlElement, whole: int) -> bool:
    """Whether an element holds most of a page's sentences, and its headline if it is called after comments."""
    if element.tag == "p" or sum(map(len, long_texts(element))) < max(HOLDER_SHARE * whole, 1) or _is_menu(element):
        return False
    return COMMENT.search(_named(element)) is None or element.find(".//h1") is not None or _has_headline(element)


def _has_headline(element: HtmlElement) -> bool:
    window = element.getroottree().getroot().find(".//title")
    title = bare(text_in(window)) if window is not None else ""
    return any((heading := bare(text_in(part))) and heading in title for part in element.iter("h2", "h3"))


def _is_menu(element: HtmlElement) -> bool:
    """Whether an element asks for something to be written or pressed, or holds links and headings that are links."""
    fields = (
        any((field.get("type") or "").lower() in WRITTEN_IN for field in element.iter("input"))
        or element.find(".//button") is not None
    )
    linked = sum([len(text_in(link)) for link in element.iter("a")]) > MAX_LINKED * len(text_in(element))
    return fields or linked or any(heading.find(".//a") is not None for heading in element.iter("h2", "h3", "h4", "h5"))


def _is_box_of_it(element: HtmlElement, texts: Sequence[str]) -> bool:
    """Whether a box of several sentences stands next to sentences of the page, or to boxes of them, and belongs to these; `texts`: all of them."""
    if element.tag == "p" or _is_other(element) or not _sentences(element) or _is_menu(element):
        return False
    outer = _outermost(element)
    around = [*outer.itersiblings(), *outer.itersiblings(preceding=True)]
    inside = [
        element,
        *(other for other in around if other.get("class") and other.get("class") == outer.get("class") and _sentences(other)),
    ]
    if sum(END.search(text_in(part)) is not None for box in inside for part in box.iter("p", "li", "blockquote")) < MIN_SENTENCES:
        return False
    own = [text for box in inside for text in long_texts(box)]
    return any(_sentences(other) for other in around if not _is_other(other)) and _belongs(
        own, [text for text in texts if text not in own]
    )


def _belongs(own: Sequence[str], others: Sequence[str]) -> bool:
    """Whether texts are a good part of a page's, or share some longer words with the others."""
    words, known = (set(words_in(" ".join(texts))) for texts in (own, others))
    if UNSPACED.search(own[0]) is None and len(words & known) < MIN_SAME * len(words):
        return False  # letters stand in others' places until the reader pays
    if sum(map(len, own)) >= MIN_SHARE * sum(map(len, (*own, *others))):
        return True
    longer = [word for word in words if len(word) >= LONGER]
    return len(known.intersection(longer)) >= max(MIN_COMMON, MIN_COHESION * len(longer))


def _is_paragraph_of_it(element: HtmlElement) -> bool:
    """Whether a paragraph is a sentence between two others."""
    if element.tag != "p" or _is_other(element) or is_linked(element) or not _sentences(element):
        return False
    above, below = element.getprevious(), element.getnext()
    return above is not None and below is not None and all(other.tag == "p" and _sentences(other) for other in (above, below))


def _is_in_sentence(element: HtmlElement) -> bool:
    """Whether words stand within a sentence, where readers see them."""
    above = element.getparent()
    if above is None or above.tag not in ("p", "li") or any(element.get(name) for name in ("style", "aria-hidden")):
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
