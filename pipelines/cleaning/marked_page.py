"""A parsed page: what its `meta` elements and its JSON-LD hold, which of its objects describe the article, and the text of its elements.

What all this says of the article is read in `markup.py` and the modules that it joins.
"""

from __future__ import annotations

import html as entities
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipelines.cleaning.page_names import (
    ARTICLE_TYPES,
    BOX_TAGS,
    COMMENT,
    DESCRIPTION_META,
    HEADINGS_OF_CARDS,
    PAGE_TYPES,
    XML_LANGUAGE,
)

STEPS_TO_CARD, LONGEST_CARD, LEAST_OF_A_HEADLINE = 3, 400, 4  # elements above one on a card, characters, words of a link
LEAST_OF_A_PARAGRAPH = 60  # characters
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")


class Page:
    """A parsed page and what its `meta` and `script` elements hold. `url`: where it was fetched, for links and to know the outlet."""

    def __init__(self, tree: HtmlElement, url: str | None) -> None:
        self.tree = tree
        self.url = url
        self.meta: dict[str, list[str]] = {}
        for element in tree.iter("meta"):
            content = (element.get("content") or element.get("value") or "").strip()
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                name = (element.get(attribute) or "").strip().lower()
                if name and content:
                    self.meta.setdefault(name, []).append(content)
        self.items = list(_linked_data(tree))

    def first(self, names: Iterable[str]) -> str | None:
        """The first value of the first of these meta names that the page has."""
        return next((flat(value) for name in names for value in self.meta.get(name, ()) if flat(value)), None)

    def article_body(self) -> str | None:
        """The longest `articleBody` of the page's JSON-LD: some pages have their text nowhere else."""
        bodies = [body for item in self.items if isinstance(body := item.get("articleBody"), str) and body.strip()]
        return _once(entities.unescape(max(bodies, key=len))) if bodies else None

    def descriptions(self) -> list[str]:
        """What the page says it is about, in meta elements and JSON-LD."""
        said = [item.get("description") for item in self.items if types_of(item) & ARTICLE_TYPES]
        return [*self.values(DESCRIPTION_META), *(flat(text) for text in said if isinstance(text, str))]

    def values(self, names: Iterable[str]) -> list[str]:
        return [flat(value) for name in names for value in self.meta.get(name, ()) if flat(value)]


OPENING_OF_A_BODY = 80  # characters by which a body is recognised that a page gives twice in a row


def _once(body: str) -> str:
    """A body without its second copy: some pages join theirs to itself.

    >>> _once("The bridge over the Tern stays closed until the end of March next year, the county said. " * 2).count("bridge")
    1
    """
    body = body.strip()
    again = body.find(body[:OPENING_OF_A_BODY], 1)
    first, second = body[:again].rstrip(), body[again:]
    return first if again > OPENING_OF_A_BODY and first.startswith(second[: len(first)]) else body


def articles_of(page: Page) -> list[dict[str, Any]]:
    """The JSON-LD objects that describe the article, the likeliest first; pages that list others have many."""
    found = [item for item in page.items if types_of(item) & ARTICLE_TYPES]
    if len(found) > 1:
        names = set(words_in(page.first(("og:title", "twitter:title")) or text_of(page.tree.find(".//title")) or ""))
        here = _address(page.first(("og:url",)) or page.url)

        def likely(item: dict[str, Any]) -> tuple[bool, int]:
            own = _address(string_of(item.get("url")) or _id_of(item.get("mainEntityOfPage")))
            return own is not None and own == here, len(names & set(words_in(string_of(item.get("headline")) or "")))

        found.sort(key=likely, reverse=True)
    return found + [item for item in page.items if types_of(item) & PAGE_TYPES]


def _id_of(value: Any) -> str | None:
    return string_of(value.get("@id")) if isinstance(value, dict) else string_of(value)


def _address(url: str | None) -> str | None:
    """Host and path, so that scheme, query and a closing slash do not tell two addresses apart."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, the outer ones first."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text_content() or "").strip()
        text = re.sub(r"^\s*(?://)?\s*<!(?:--|\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*$", "", text).strip().rstrip(";")
        yield from _objects(_lenient(text))


def _lenient(text: str) -> Any:
    """JSON as pages write it: raw line breaks in strings, trailing commas, several objects in a row."""
    for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except RecursionError:  # as a page that is built to break readers
            return None
        except ValueError:
            continue
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text)
    except ValueError:
        return None
    return found


def _objects(found: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(found, list):
        for part in found:
            yield from _objects(part, depth + 1)
    elif isinstance(found, dict):
        yield found
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "liveBlogUpdate"):
            if key != "liveBlogUpdate" and isinstance(found.get(key), dict | list):
                yield from _objects(found[key], depth + 1)


def types_of(item: dict[str, Any]) -> set[str]:
    given = item.get("@type")
    names = given if isinstance(given, list) else [given]
    return {str(name).rsplit("/", 1)[-1] for name in names if name}


def language_of(page: Page, articles: list[dict[str, Any]]) -> str | None:
    root = page.tree.getroottree().getroot()
    said = [
        root.get("lang"),
        root.get(XML_LANGUAGE),
        page.first(("og:locale", "content-language", "language")),
    ]
    said += [string_of(item.get("inLanguage")) for item in articles]
    for value in said:
        match = re.match(r"([a-zA-Z]{2})(?![a-zA-Z])", value or "")
        if match:
            return match.group(1).lower()
    return None


def string_of(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return flat(entities.unescape(value)) or None if isinstance(value, str) else None


def flat(text: str | None) -> str:
    return _SPACE.sub(" ", entities.unescape(text or "")).strip()


def elements_below(heading: HtmlElement, count: int) -> list[HtmlElement]:
    """The heading's page from behind the heading on: so many elements, those inside of the heading with them."""
    behind = itertools.dropwhile(lambda element: element is not heading, heading.getroottree().iter("*"))
    return list(itertools.islice(behind, 1, count + 1))


def lines_behind(heading: HtmlElement) -> list[str]:
    """The lines that follow a heading within a short element that holds it."""
    title = flat(text_of(heading))
    around = itertools.islice(heading.iterancestors(), STEPS_TO_CARD)
    short = [lines_of(above) for above in around if len(text_of(above)) <= LONGEST_CARD]
    return [line for lines in short if title in lines for line in lines[lines.index(title) + 1 :]]


def text_of(element: HtmlElement | None) -> str:
    return "" if element is None else str(element.text_content() or "")


def lines_of(element: HtmlElement) -> list[str]:
    """The text of an element, divided where its lines break."""
    parts = (node if isinstance(node, str) else "\0" for node in element.xpath(".//text() | .//br"))
    return [flat(line) for line in "".join(parts).split("\0")]


def is_on_card(element: HtmlElement, headline: str | None = None) -> bool:
    """Whether an element stands on the card of another story: with the link that is its headline, which is not that of the page."""
    for above in list(element.iterancestors())[:STEPS_TO_CARD]:
        if len(text_of(above)) > LONGEST_CARD or above.find(".//h1") is not None:
            return False
        links = [text_of(link) for link in above.iter("a") if link.get("href") and link.find(".//time") is None]
        if any(len(text.split()) >= LEAST_OF_A_HEADLINE and flat(text) != headline for text in links):
            return True
    return False


def words_in(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def letters_of(text: str) -> str:
    return "".join(words_in(text))


def holds_comments(element: HtmlElement) -> bool:
    """Whether an element is called after comments and does not hold the headline: some outlets call opinions so."""
    return element.find(".//h1") is None and COMMENT.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def is_among_comments(element: HtmlElement) -> bool:
    """Whether an element stands in one that is called after comments, or is itself such a box."""
    around = [above for above in (element, *element.iterancestors()) if above.tag in BOX_TAGS]
    return any(map(holds_comments, around))


def is_below_heading_of_other(element: HtmlElement) -> bool:
    """Whether an element is, or stands on, a card whose heading leads to another story."""
    around = itertools.islice((element, *element.iterancestors()), STEPS_TO_CARD + 1)
    cards = itertools.takewhile(lambda above: len(text_of(above)) <= LONGEST_CARD and above.find(".//h1") is None, around)
    links = [link for card in cards for name in HEADINGS_OF_CARDS for link in card.iterfind(f".//{name}//a[@href]")]
    window = letters_of(text_of(element.getroottree().getroot().find(".//title")))
    headlines = [letters_of(text) for text in map(text_of, links) if len(text.split()) >= LEAST_OF_A_HEADLINE]
    return any(headline not in window for headline in headlines)


def own_elements_below(heading: HtmlElement | None, count: int) -> list[HtmlElement]:
    """Those of the elements below a heading that stand neither on cards of other stories, among comments nor at the foot of the page."""
    below = elements_below(heading, count) if heading is not None else []
    return [
        element
        for element in below
        if not is_among_comments(element) and not is_below_heading_of_other(element) and not is_at_foot(element)
    ]


def is_at_foot(element: HtmlElement) -> bool:
    """Whether an element is or stands in a `footer` of the page, behind all paragraphs, and not in one of an article."""
    footer = element if element.tag == "footer" else next(element.iterancestors("footer"), None)
    if footer is None or footer.find(".//h1") is not None or next(footer.iterancestors("article"), None) is not None:
        return False
    return not any(len(text_of(paragraph)) >= LEAST_OF_A_PARAGRAPH for paragraph in footer.xpath("following::p"))
