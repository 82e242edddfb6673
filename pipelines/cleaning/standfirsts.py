"""The standfirst of a page, by its description, its class or its place, and the headline: put over a text that lacks them."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from pipelines.cleaning.marked_page import elements_below
from pipelines.cleaning.page_names import PICTURE, STANDFIRST
from pipelines.cleaning.page_tree import BLOCKS, END, MIN_SENTENCE, bare, text_in

LONGEST_STANDFIRST, MOST_PARTS = 600, 8  # characters of a standfirst, and elements inside its own
MOST_ABOVE = 3  # paragraphs of text over it
LEAST_OF_STANDFIRST, NEAR_HEADING = 20, 16  # characters of what its class calls so, and elements below the headline
SAME_OPENING = 40  # letters and digits by which a standfirst is found again in a text


def described_standfirst(tree: HtmlElement, descriptions: Sequence[str]) -> str | None:
    """The description of a page that stands on it word for word, over most of its paragraphs, in an element of its own: its standfirst."""
    wanted = {bare(text): text for text in descriptions if len(text) >= MIN_SENTENCE and END.search(text)}
    if not wanted:
        return None
    paragraphs = 0
    for element in tree.iter("p", "div", "h2", "h3", "span", "strong", "section", "header"):
        text = text_in(element) if len(element) <= MOST_PARTS else ""
        if len(text) > LONGEST_STANDFIRST:
            continue
        if bare(text) in wanted:
            return " ".join(text.split())
        paragraphs += element.tag == "p" and len(text) >= MIN_SENTENCE
        if paragraphs > MOST_ABOVE:
            return None
    return None


def named_standfirst(tree: HtmlElement) -> str | None:
    """The standfirst of a page: what is called so by its class, or is a heading of second rank, right below the headline."""
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return None
    paragraphs = 0
    for element in elements_below(heading, NEAR_HEADING):
        text = " ".join(text_in(element).split())
        named = (
            STANDFIRST.search(element.get("class") or element.get("data-gu-name") or element.get("data-component") or "")
            is not None
            or (element.tag in ("h2", "h3") and element.getprevious() is heading)
            or (element.tag == "div" and _holds_sentence(element))
        )
        if (
            named
            and LEAST_OF_STANDFIRST <= len(text) <= LONGEST_STANDFIRST
            and len(element) <= MOST_PARTS
            and not is_linked(element)
            and not _has_linked_heading(element)
        ):
            return text
        paragraphs += element.tag == "p" and len(text) >= MIN_SENTENCE
        if paragraphs > MOST_ABOVE:
            return None
    return None


def _holds_sentence(element: HtmlElement) -> bool:
    """Whether an element holds a whole sentence, no other block, and no picture's caption."""
    text = text_in(element).strip() if not any(child.tag in BLOCKS for child in element) else ""
    return len(text) >= MIN_SENTENCE and END.search(text) is not None and not PICTURE.search(element.get("class") or "")


def _has_linked_heading(element: HtmlElement) -> bool:
    """Whether an element has the headline of another story."""
    return any(link.find(f".//{name}") is not None for link in element.iter("a") for name in ("h2", "h3", "h4")) or any(
        element.find(f".//{name}//a") is not None for name in ("h2", "h3", "h4")
    )


def is_linked(element: HtmlElement) -> bool:
    """Whether half of the text of an element stands on links."""
    return 2 * sum([len(text_in(link)) for link in element.iter("a")]) > len(text_in(element))


def headed(text: str, title: str | None, standfirst: str | None) -> str:
    """The text of a page with its headline and standfirst over it, where the extractor left them out: without the headline another line
    would be taken for it."""
    if not text:
        return text
    lines = text.split("\n\n")
    if title and not any(bare(line) == bare(title) for line in lines):
        lines.insert(0, title)
    if standfirst and bare(standfirst)[:SAME_OPENING] not in bare(text):
        lines.insert(1 if title and bare(lines[0]) == bare(title) else 0, standfirst)
    return "\n\n".join(lines)
