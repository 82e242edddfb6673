"""What a page's markup says of itself: headline, times, authors, outlet, canonical address.

JSON-LD, Open Graph and other meta elements, microdata and the elements of the article are read by rank of trust. The text of the
page is not looked at here (`metadata.py` does that), and which of both is right is decided in `clean.py`.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import asdict, dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import regex
from lxml.html import HtmlElement

from pipelines.cleaning.dates import find_date
from pipelines.cleaning.folding import fold
from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.page_names import (
    ARTICLE_TYPES,
    AUTHOR_CLASSES,
    AUTHOR_META,
    DESCRIPTION_META,
    KICKER,
    MODIFIED_META,
    ORGANISATION_TYPES,
    PAGE_TYPES,
    PUBDATE,
    PUBLISHED_META,
    SECTION_META,
    SITE_META,
    TITLE_META,
)
from pipelines.lexicons import alternation
from pipelines.moments import read_moment

_SPACE = re.compile(r"\s+")
_SEPARATOR = re.compile(r"\s+[|•·»«›–—-]+\s+|\s*[|»«]\s*|\s+::\s+|\s+/\s+|: (?=[^:]{2,40}$)")
_WORD = re.compile(r"\w+")


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
        return next((_flat(value) for name in names for value in self.meta.get(name, ()) if _flat(value)), None)

    def article_body(self) -> str | None:
        """The longest `articleBody` of the page's JSON-LD: some pages have their text nowhere else."""
        bodies = [body for item in self.items if isinstance(body := item.get("articleBody"), str) and body.strip()]
        return _once(entities.unescape(max(bodies, key=len))) if bodies else None

    def descriptions(self) -> list[str]:
        """What the page says it is about, in meta elements and JSON-LD."""
        said = [item.get("description") for item in self.items if _types(item) & ARTICLE_TYPES]
        return [*self.values(DESCRIPTION_META), *(_flat(text) for text in said if isinstance(text, str))]

    def values(self, names: Iterable[str]) -> list[str]:
        return [_flat(value) for name in names for value in self.meta.get(name, ()) if _flat(value)]


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


def read_markup(page: Page) -> Markup:
    """What a page's markup says of the article on it."""
    articles = _articles(page)
    site = _site_name(page, articles)
    published = _published(page, articles)
    modified = _modified(page, articles)
    return Markup(
        title=_title(page, articles, site),
        published_at=published,
        likely_day=None if published else _likely_day(page, modified),
        modified_at=modified,
        authors=tuple(_authors(page, articles, site)),
        site_name=site,
        canonical=_canonical(page),
        section=_section(page, articles),
        language=_language(page, articles),
    )


# ---------------------------------------------------------------- JSON-LD


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


def _types(item: dict[str, Any]) -> set[str]:
    given = item.get("@type")
    names = given if isinstance(given, list) else [given]
    return {str(name).rsplit("/", 1)[-1] for name in names if name}


def _articles(page: Page) -> list[dict[str, Any]]:
    """The JSON-LD objects that describe the article, the likeliest first; pages that list others have many."""
    found = [item for item in page.items if _types(item) & ARTICLE_TYPES]
    if len(found) > 1:
        names = set(_words(page.first(("og:title", "twitter:title")) or _text_of(page.tree.find(".//title")) or ""))
        here = _address(page.first(("og:url",)) or page.url)

        def likely(item: dict[str, Any]) -> tuple[bool, int]:
            own = _address(_string(item.get("url")) or _id_of(item.get("mainEntityOfPage")))
            return own is not None and own == here, len(names & set(_words(_string(item.get("headline")) or "")))

        found.sort(key=likely, reverse=True)
    return found + [item for item in page.items if _types(item) & PAGE_TYPES]


def _id_of(value: Any) -> str | None:
    return _string(value.get("@id")) if isinstance(value, dict) else _string(value)


def _address(url: str | None) -> str | None:
    """Host and path, so that scheme, query and a closing slash do not tell two addresses apart."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"


# ---------------------------------------------------------------- title


def _title(page: Page, articles: list[dict[str, Any]], site: str | None) -> str | None:
    """The headline: what og:title, JSON-LD and the first-rank heading agree on, without the outlet's name behind it."""
    headings = [text for element in _main_headings(page.tree) if 1 < len(text := _heading_text(element)) <= 300]
    said = [
        value
        for value in (
            page.first(("og:title",)),
            *(_string(item.get("headline")) for item in articles if _types(item) & ARTICLE_TYPES),
        )
        if value
    ]
    said += [value for value in (page.first(TITLE_META[1:]),) if value]
    window = _flat(_text_of(page.tree.find(".//title")))
    of_page = [*said, *([window] if window else [])]
    signed = _signatures(page)
    stripped = [_without_site(value, site, page.url, signed) for value in of_page]
    for heading in headings:
        if any(
            _same(heading, value) or _same(heading, short) or _heads(heading, value)
            for value, short in zip(of_page, stripped, strict=True)
        ):
            return _without_site(heading, site, page.url)
    for value in stripped:  # the heading also holds a kicker or a second line
        if len(_words(value)) >= 4 and any(_bare(heading).endswith(_bare(value)) for heading in headings):
            return value
    for heading in headings:
        words = set(_words(heading))
        if len(words) >= 3 and any(_overlap(words, set(_words(value))) >= 0.5 for value in stripped):
            return heading
    own = [text for element in page.tree.iter("h1") if len(_words(text := _heading_text(element))) >= 4]
    if len(own) == 1:
        return _without_site(own[0], site, page.url)
    if stripped and not said:
        return _without_last_part(stripped[0])
    return stripped[0] if stripped else headings[0] if len(headings) == 1 else None


MOST_WORDS_OF_A_SITE, LEAST_WORDS_OF_A_TITLE = 4, 4


def _without_last_part(title: str) -> str:
    """The window's title without a few words behind an upright bar, which is how outlets sign it."""
    head, bar, tail = title.rpartition(" | ")
    short = bar and len(tail.split()) <= MOST_WORDS_OF_A_SITE and len(head.split()) >= LEAST_WORDS_OF_A_TITLE
    return head.strip() if short else title


def _heading_text(heading: HtmlElement) -> str:
    """A heading's words without a kicker or section label that stands in it as an element of its own."""
    labels = [part for part in heading.iterdescendants() if isinstance(part.tag, str) and KICKER.search(part.get("class") or "")]
    words = _flat(_text_of(heading))
    for label in labels:
        own = _flat(_text_of(label))
        if own and len(own) < len(words) / 2 and words.startswith(own):
            words = words[len(own) :].lstrip(" :|–—-/")
    return words


def _main_headings(tree: HtmlElement) -> list[HtmlElement]:
    """First-rank headings in their order, and what microdata calls the headline before them."""
    marked = tree.xpath("//*[@itemprop='headline' and not(self::meta)]")
    return [*tree.iter("h1"), *(element for element in marked if element.tag != "h1"), *_titled(tree)]


def _titled(tree: HtmlElement) -> list[HtmlElement]:
    """Second-rank headings, for pages whose first-rank heading is the outlet's name."""
    return list(tree.iter("h2"))[:12]


def _signatures(page: Page) -> set[str]:
    """What the page calls its outlet on the link to its first page and behind the sign of copyright."""
    links = [_text_of(link) for link in page.tree.iter("a") if (link.get("href") or "").strip() in _FIRST_PAGE]
    rights = [match[1] for match in _RIGHTS.finditer(_text_of(page.tree.find(".//body"))[-END_OF_PAGE:])]
    names = {_bare(name) for name in map(_flat, (*links, *rights)) if 2 <= len(name.split()) <= MOST_WORDS_OF_A_SITE + 1}
    return names - {""}


END_OF_PAGE = 1000  # characters among which the notice of rights stands
_FIRST_PAGE = frozenset({"/", "./", "#", "/index.html"})
_RIGHTS = re.compile(r"©\s*(?:(?:19|20)\d\d\s*(?:[-–]\s*(?:19|20)\d\d\s*)?)?([^\n.|©,]{3,60})")


def _without_site(title: str, site: str | None, url: str | None, signed: Set[str] = frozenset()) -> str:
    """The title without the outlet's name (or a section and the name) behind or before it."""
    opening, colon, rest = title.partition(": ")
    if colon and _bare(opening) in signed:
        title = rest.strip()
    parts = [part for part in _SEPARATOR.split(title) if part]
    if len(parts) < 2:
        return title
    names = {_bare(value) for value in (site, _host_word(url)) if value}
    while len(parts) > 1 and (_is_site(parts[-1], names) or _bare(parts[-1]) in signed):
        title = title[: title.rindex(parts[-1])]
        parts.pop()
        title = re.sub(r"[\s|•·»«›–—:/-]+$", "", title)
    while len(parts) > 1 and (_is_site(parts[0], names) or _is_section(parts, title)):
        title = title[title.index(parts[0]) + len(parts[0]) :]
        parts.pop(0)
        title = re.sub(r"^[\s|•·»«›–—:/-]+", "", title)
    return title


def _is_section(parts: list[str], title: str) -> bool:
    """Whether a title begins with a section before an upright bar: `Opinion | Let kids be kids`."""
    return title[len(parts[0]) :].lstrip().startswith("|") and len(parts[0].split()) <= 2 and len(" ".join(parts[1:]).split()) >= 4


def _is_site(part: str, names: set[str]) -> bool:
    own = _bare(part)
    if not own:
        return True
    if own in names or bool(re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", part.strip().lower())):
        return True
    return (
        any(
            len(name) >= 3
            and len(own) >= 3
            and (own.startswith(name) or name.startswith(own) or name.endswith(own) or own.endswith(name))
            for name in names
        )
        and len(part.split()) <= 5
    )


def _host_word(url: str | None) -> str | None:
    """The name in a host: `example` of www.example.co.uk."""
    try:
        host = urlsplit(url or "").netloc.lower().split(":")[0]
    except ValueError:
        return None
    parts = [part for part in host.split(".") if part not in ("www", "m", "amp", "news")]
    long = [part for part in parts[:-1] if len(part) > 3] or parts[:1]
    return long[-1] if long else None


def _heads(heading: str, title: str) -> bool:
    """Whether a title is the heading with something set off behind it."""
    rest = title[len(heading) :]
    return (
        len(heading) >= 10 and title.casefold().startswith(heading.casefold()) and bool(re.match(r"\s+[|•·»«›–—-]|\s*[|»:]", rest))
    )


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(len(one), len(other), 1)


# ---------------------------------------------------------------- times


def _published(page: Page, articles: list[dict[str, Any]]) -> str | None:
    """When the article was first published. JSON-LD of an article before meta elements before microdata and `time`."""
    own = [item for item in articles if _types(item) & ARTICLE_TYPES]
    said = [
        moment
        for item in own[:1]
        for key in ("datePublished", "dateCreated", "uploadDate")
        if (moment := read_moment(_string(item.get(key))))
    ]
    said += [moment for value in page.values(PUBLISHED_META) if (moment := read_moment(value))]
    said += [
        moment
        for item in articles
        for key in ("datePublished", "dateCreated", "uploadDate")
        if (moment := read_moment(_string(item.get(key))))
    ]
    if said:
        return _finest(said)
    for path in (
        "//*[contains(@itemprop,'datePublished') or contains(@itemprop,'dateCreated')]",
        "//time[@pubdate or contains(@class,'publi') or contains(@class,'entry-date') or contains(@class,'posted')]",
        "//abbr[contains(@class,'published') or contains(@class,'date')]",
        "//article//time | //main//time | //header//time",
    ):
        for element in page.tree.xpath(path):
            if _is_in_sentence(element):
                continue
            for value in (element.get("datetime"), element.get("content"), element.get("title"), _flat(_text_of(element))):
                moment = read_moment(value)
                if moment:
                    return moment
    times = [element for element in page.tree.iter("time") if not _is_in_sentence(element)]
    moments = {moment[:10]: moment for element in times if (moment := read_moment(element.get("datetime")))}
    return next(iter(moments.values())) if len(moments) == 1 else None


def _is_in_sentence(element: HtmlElement) -> bool:
    """Whether an element is a word or two of a paragraph: a day that the article speaks of."""
    paragraph = next(element.iterancestors("p", "blockquote"), None)
    if paragraph is None:
        return False
    own, whole = len(_flat(_text_of(element))), len(_flat(_text_of(paragraph)))
    return (
        whole >= LEAST_OF_A_SENTENCE and own < SHARE_OF_A_SENTENCE * whole and _SENTENCE_END.search(_text_of(paragraph)) is not None
    )


LEAST_OF_A_SENTENCE, SHARE_OF_A_SENTENCE = 50, 0.5  # characters of a paragraph, and the part of it that a day in it is
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’»)]*\s*$")


def _likely_day(page: Page, modified: str | None) -> str | None:
    """The day of the elements whose names say that they hold it, else the one that htmldate finds in the page's address, elements and text:
    unless that is only the day on which the page was changed."""
    from htmldate import find_date as likeliest

    own = _day_of_elements(page)
    if own:
        return own
    try:
        found = read_moment(likeliest(page.tree, original_date=True, extensive_search=True, url=page.url))
    except Exception:  # whatever htmldate fails on
        return None
    if found and found.endswith("-01-01") and not _says_first_day(f"{page.url} {_text_of(page.tree)}", found[:4]):
        return None
    return None if modified and found == modified[:10] else found


def _says_first_day(text: str, year: str) -> bool:
    """Whether a one stands near a year: else the year stands alone, in a notice of rights for instance, and is no day.

    >>> _says_first_day("Posted January 1, 2019", "2019"), _says_first_day("© 2019 Harbour Post", "2019")
    (True, False)
    """
    return re.search(rf"(?<!\d)0?1(?!\d).{{0,15}}{year}|{year}.{{0,15}}(?<!\d)0?1(?!\d)", text) is not None


LONGEST_DAY = 60  # characters of an element that holds nothing but when


def _day_of_elements(page: Page) -> str | None:
    """The one day that elements named after the day of publication give, written as people do in the page's language."""
    lexicon = load_lexicon(_language(page, []))
    days = set()
    for element in page.tree.xpath("//*[@class or @id]"):
        if PUBDATE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            text = _flat(_text_of(element))
            found = find_date(fold(text), lexicon) if 0 < len(text) <= LONGEST_DAY else None
            days |= {found.iso} if found and found.other is None else set()
    return days.pop() if len(days) == 1 else None


def _finest(said: list[str]) -> str:
    """The first of the moments, with the time and zone that another gives for the same day."""
    same = [moment for moment in said if moment[:10] == said[0][:10]]
    return max(same, key=len) if len(said[0]) == 10 else said[0]


def _modified(page: Page, articles: list[dict[str, Any]]) -> str | None:
    own = [item for item in articles if _types(item) & ARTICLE_TYPES]
    said = [moment for item in own[:1] if (moment := read_moment(_string(item.get("dateModified"))))]
    said += [moment for value in page.values(MODIFIED_META) if (moment := read_moment(value))]
    return said[0] if said else None


# ---------------------------------------------------------------- authors


LONGEST_BYLINE = 80  # characters
_AUTHORS = "//*[" + " or ".join(f"contains(concat(' ',@class,' '),' {name} ')" for name in AUTHOR_CLASSES) + "]"


def _authors(page: Page, articles: list[dict[str, Any]], site: str | None) -> list[str]:
    """Names of the authors, from the first source that gives any."""
    own = [item for item in articles if _types(item) & ARTICLE_TYPES]
    sources: list[list[str]] = [[name for item in own[:1] for name in _people(item.get("author") or item.get("creator"))]]
    sources.append(page.values(AUTHOR_META))
    sources.append([name for item in articles for name in _people(item.get("author"))])
    for path in (
        "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author' and not(.//*[@itemprop='name'])]",
        "//a[@rel='author'] | //*[contains(concat(' ',@class,' '),' author-name ') or contains(concat(' ',@class,' '),' byline-name ')]",
        "//*[contains(concat(' ',@class,' '),' fn ')]",
        "//*[contains(@class,'byline') or contains(@class,'Byline')]//a",
        _AUTHORS,
    ):
        sources.append([_flat(element.get("content") or _text_of(element)) for element in page.tree.xpath(path)[:6]])
    bylines = page.tree.xpath("//*[contains(@class,'byline') or contains(@class,'Byline')]")[:6]
    sources.append(
        [value for element in bylines if len(value := _flat(_text_of(element))) <= LONGEST_BYLINE and _patterns().by.match(value)]
    )
    sources.append(_labelled_authors(page))
    known = {str(item["@id"]): item for item in page.items if "@id" in item and "name" in item}  # often of who put it on the page
    sources.append([name for item in own[:1] for name in _people(item.get("author"), known)])
    behind = _SEPARATOR.split(_flat(_text_of(page.tree.find(".//title"))))[1:]
    outlets = {_bare(value) for value in (site, _host_word(page.url), *behind) if value} | _signatures(page)
    for source in sources:
        found = [name for value in source for name in split_names(value) if _is_person(name, outlets)]
        if found:
            return list({_bare(name): name for name in reversed(found)}.values())[::-1]
    return []


_NO_ITEMS: Mapping[str, dict[str, Any]] = MappingProxyType({})


def _people(value: Any, known: Mapping[str, dict[str, Any]] = _NO_ITEMS) -> list[str]:
    """The names of authors in JSON-LD; `known`: the page's objects by their id."""
    if isinstance(value, str):
        return [_flat(value)]
    if isinstance(value, list):
        return [name for part in value for name in _people(part, known)]
    if isinstance(value, dict):
        item = value if "name" in value else known.get(str(value.get("@id")), value)
        return [] if _types(item) & ORGANISATION_TYPES else _people(item.get("name"), known)
    return []


def _labelled_authors(page: Page) -> list[str]:
    """The names that a card for a social network gives next to "Written by", in whatever language."""
    by = load_lexicon(None).bylines.markup.by
    return [
        name
        for number in "12"
        for label, name in zip(page.values([f"twitter:label{number}"]), page.values([f"twitter:data{number}"]), strict=False)
        if (_words(label) or [""])[-1] in by
    ]


class _Patterns(NamedTuple):
    by: regex.Pattern[str]
    name: regex.Pattern[str]
    between: regex.Pattern[str]
    role: regex.Pattern[str]  # behind a name in a script without capitals


@cache
def _patterns() -> _Patterns:
    """What stands before and between names in the markup of pages of every language."""
    words = load_lexicon(None).bylines.markup
    by, openers, joiners = map(alternation, (words.by, words.openers, words.joiners))
    return _Patterns(
        by=regex.compile(rf"^(?:{openers}\s+)?{by}\b[:\s]+", regex.I),
        name=regex.compile(
            rf"\p{{Lu}}[\w.'’-]*(?:[ \u00a0](?:\p{{Lu}}[\w.'’-]*|\p{{Ll}}['’]\p{{Lu}}\w+|{alternation(words.particles)})){{1,4}}|\p{{Lo}}{{2,}}(?:[ ·]?\p{{Lo}}+)*"
        ),
        between=regex.compile(rf"\s*(?:[;|•·/\n]|,|\s&\s|\s{joiners}\s)\s*"),
        role=regex.compile(rf"(?<=\p{{Lo}}) ?{alternation(words.roles)}$"),
    )


_TAIL = regex.compile(r"\s*(?:[(\[<].*|https?:.*|@.*|\s[-–—]\s.*)$")


def split_names(value: str) -> list[str]:
    """The names in a byline as markup writes it: `By Ada Quill and Tom Reed, Staff Writer`."""
    value = entities.unescape(value)
    value = _patterns().by.sub("", _flat(value))
    names = [_TAIL.sub("", part).strip(" .,:-–—\"'") for part in _patterns().between.split(value) if part and part.strip()]
    return [_patterns().role.sub("", name) for name in names]


def _is_person(name: str, outlets: set[str]) -> bool:
    if not 3 <= len(name) <= 50 or any(sign in name for sign in "@_{}<>=") or re.search(r"\d", name):
        return False
    bare = _bare(name)
    if any(bare == outlet or (len(outlet) >= 4 and outlet in bare) for outlet in outlets):
        return False
    letters = name if name.upper() != name else name.title()
    return bool(_patterns().name.fullmatch(letters)) and not load_lexicon(None).bylines.markup.no_names & set(_words(name))


# ---------------------------------------------------------------- the rest


def _site_name(page: Page, articles: list[dict[str, Any]]) -> str | None:
    named = page.first(SITE_META)
    if named and not named.startswith("@"):
        return named
    for item in articles:
        publisher = item.get("publisher")
        name = _string(publisher.get("name")) if isinstance(publisher, dict) else None
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
            return _flat(first)
    return page.first(SECTION_META)


def _language(page: Page, articles: list[dict[str, Any]]) -> str | None:
    root = page.tree.getroottree().getroot()
    said = [
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        page.first(("og:locale", "content-language", "language")),
    ]
    said += [_string(item.get("inLanguage")) for item in articles]
    for value in said:
        match = re.match(r"([a-zA-Z]{2})(?![a-zA-Z])", value or "")
        if match:
            return match.group(1).lower()
    return None


def _string(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return _flat(entities.unescape(value)) or None if isinstance(value, str) else None


def _flat(text: str | None) -> str:
    return _SPACE.sub(" ", entities.unescape(text or "")).strip()


def _text_of(element: HtmlElement | None) -> str:
    return "" if element is None else str(element.text_content() or "")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _bare(text: str) -> str:
    return "".join(_words(text))
