"""Whether the extractor leaves out an element for its name or style, found out by trying: its lists of names are not open to others."""

from __future__ import annotations

from functools import lru_cache

from lxml.html import HtmlElement, document_fromstring

from pipelines.cleaning.page_names import HIDING

# Around what is tried: the extractor takes less than a part of a page for a mistake of its own.
FILLER_PARAGRAPHS, FILLER_WORDS = 6, 20
MOST_KEPT = 4096  # names whose result is kept


def is_left_out(element: HtmlElement) -> bool:
    """Whether sentences are left out in any element of this tag with these names.

    >>> from lxml.html import fragment_fromstring
    >>> [is_left_out(fragment_fromstring(f"<div {names}></div>")) for names in ('class="story"', 'class="sidebar"', 'style="display:none"')]
    [False, True, True]
    """
    return _leaves_out(element.tag, tuple((name, value) for name in HIDING if (value := element.get(name)) is not None))


@lru_cache(maxsize=MOST_KEPT)
def _leaves_out(tag: str, names: tuple[tuple[str, str], ...]) -> bool:
    import trafilatura

    page = document_fromstring("<html><body><article></article></body></html>")
    article = next(page.iter("article"))
    for place in range(2 * FILLER_PARAGRAPHS):
        article.append(_paragraph(page, place))
    tried = page.makeelement(tag, dict(names))
    inner = _paragraph(page, 2 * FILLER_PARAGRAPHS)
    sentence = inner.text
    if tag == "p":
        tried.text = sentence
    else:
        tried.append(inner)
    article.insert(FILLER_PARAGRAPHS, tried)
    return sentence not in (trafilatura.extract(page, favor_precision=True, include_comments=False, deduplicate=False) or "")


def _paragraph(page: HtmlElement, place: int) -> HtmlElement:
    """A paragraph of words that no language has."""
    paragraph = page.makeelement("p")
    paragraph.text = (
        " ".join(f"{chr(ord('a') + place)}{'vosk'[word % 4]}el{chr(ord('a') + word)}" for word in range(FILLER_WORDS)) + "."
    )
    return paragraph
