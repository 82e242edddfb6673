"""What a page's markup says of itself: headline, times, authors, outlet, canonical address.

JSON-LD, Open Graph and other meta elements, microdata and the elements of the article are read by rank of trust. The text of the
page is not looked at here (`metadata.py` does that), and which of both is right is decided in `clean.py`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from pipelines.cleaning.marked_page import Page, articles_of, flat, language_of, string_of
from pipelines.cleaning.markup_authors import find_authors
from pipelines.cleaning.markup_times import find_likely_day, find_modified, find_published
from pipelines.cleaning.markup_titles import find_title, heading_of
from pipelines.cleaning.page_names import SECTION_META, SITE_META


@dataclass(frozen=True, slots=True)
class Markup:
    """What the markup says; None or empty where it says nothing. Times are ISO 8601, with a zone where the page gives one."""

    title: str | None = None
    published_at: str | None = None
    modified_at: str | None = None
    likely_day: str | None = None  # where no element says when it was published: what its address or elements suggest
    authors: tuple[str, ...] = ()
    site_name: str | None = None
    canonical: str | None = None
    section: str | None = None
    language: str | None = None


NO_MARKUP = Markup()


def to_json(markup: Markup) -> str | None:
    """What a markup says as a JSON object, without what it does not say; None where it says nothing."""
    said = {name: value for name, value in asdict(markup).items() if value}
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else None


def from_json(text: str | None) -> Markup:
    """What `to_json` wrote."""
    if not text:
        return NO_MARKUP
    said = json.loads(text)
    return Markup(**said | {"authors": tuple(said.get("authors", ()))})


def read_markup(page: Page) -> Markup:
    """What a page's markup says of the article on it."""
    articles = articles_of(page)
    site = _site_name(page, articles)
    published = find_published(page, articles)
    modified = find_modified(page, articles)
    title = find_title(page, articles, site)
    heading = heading_of(page, title)
    return Markup(
        title=title,
        published_at=published,
        likely_day=None if published else find_likely_day(page, modified, heading),
        modified_at=modified,
        authors=tuple(find_authors(page, articles, site, heading)),
        site_name=site,
        canonical=_canonical(page),
        section=_section(page, articles),
        language=language_of(page, articles),
    )


def _site_name(page: Page, articles: list[dict[str, Any]]) -> str | None:
    named = page.first(SITE_META)
    if named and not named.startswith("@"):
        return named
    for item in articles:
        publisher = item.get("publisher")
        name = string_of(publisher.get("name")) if isinstance(publisher, dict) else None
        if name:
            return name
    return None


def _canonical(page: Page) -> str | None:
    for link in page.tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            try:
                found = urljoin(page.url or "", link.get("href").strip())
            except ValueError:
                return None
            return found if urlsplit(found).scheme in ("http", "https") else None
    return page.first(("og:url",))


def _section(page: Page, articles: list[dict[str, Any]]) -> str | None:
    for item in articles:
        value = item.get("articleSection")
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, str) and first.strip():
            return flat(first)
    return page.first(SECTION_META)
