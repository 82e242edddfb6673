"""The authors that a page's markup names: people only, from the first source that gives any."""

from __future__ import annotations

import html as entities
import itertools
import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

import regex
from lxml.html import HtmlElement

from pipelines.cleaning.dates import find_date
from pipelines.cleaning.folding import fold
from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.marked_page import (
    LONGEST_CARD,
    Page,
    flat,
    holds_comments,
    is_among_comments,
    is_below_heading_of_other,
    is_on_card,
    language_of,
    letters_of,
    lines_behind,
    lines_of,
    own_elements_below,
    text_of,
    types_of,
    words_in,
)
from pipelines.cleaning.markup_titles import SEPARATOR, host_word, signatures
from pipelines.cleaning.page_names import (
    ARTICLE_TYPES,
    AUTHOR_CARD,
    AUTHOR_CLASSES,
    AUTHOR_META,
    AUTHOR_PARTS,
    AUTHOR_PATH,
    ORGANISATION_TYPES,
    PICTURE_ELEMENTS,
)
from pipelines.lexicons import alternation

LONGEST_BYLINE, LONGEST_LINE = 80, 160  # characters of a byline, and of a line that also has when and how long
NEAR_HEADING = 16  # elements below the headline
MOST_WORDS_OF_A_NAME = 4
STEPS_TO_PICTURE = 5  # elements from a name to the one that also holds a picture
_AUTHORS = "//*[" + " or ".join(f"contains(concat(' ',@class,' '),' {name} ')" for name in AUTHOR_CLASSES) + "]"
_PARTS = "//*[" + " or ".join(f"contains(concat(@class,' '),'{sign}{name} ')" for name in AUTHOR_PARTS for sign in ("_", "-")) + "]"
_IN_BLOCKS = "//*[contains(@data-component,'byline') or contains(@data-testid,'byline')]//*[not(*)]"
_NO_ITEMS: Mapping[str, dict[str, Any]] = MappingProxyType({})
_TWO = re.compile(r"[,;&]")  # parts names that a line lists
_IN_LINE = re.compile(r" [|•·–—-] |\u3000")
_TAIL = regex.compile(r"\s*(?:[(\[<].*|https?:.*|@.*|\s[-–—]\s.*)$")


def find_authors(page: Page, articles: list[dict[str, Any]], site: str | None, heading: HtmlElement | None = None) -> list[str]:
    """Names of the authors, from the first source that gives any; `heading`: the element of the headline."""
    behind = SEPARATOR.split(flat(text_of(page.tree.find(".//title"))))[1:]
    outlets = {letters_of(value) for value in (site, host_word(page.url), *behind) if value} | signatures(page)
    for source in _sources(page, articles, heading):
        found = [name for value in source for name in split_names(value) if _is_person(name, outlets)]
        if found:
            return list({letters_of(name): name for name in reversed(found)}.values())[::-1]
    return []


def _sources(page: Page, articles: list[dict[str, Any]], heading: HtmlElement | None) -> Iterator[list[str]]:
    """What may hold the authors, as it is written, by rank of trust; none is looked up before those above it gave nothing."""
    own = [item for item in articles if types_of(item) & ARTICLE_TYPES]
    yield [name for item in own[:1] for name in _people(item.get("author") or item.get("creator"))]
    yield page.values(AUTHOR_META)
    yield [name for item in articles for name in _people(item.get("author"))]
    for path in (
        "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author' and not(.//*[@itemprop='name'])]",
        "//a[@rel='author'] | //*[contains(concat(' ',@class,' '),' author-name ') or contains(concat(' ',@class,' '),' byline-name ')]",
        "//*[contains(concat(' ',@class,' '),' fn ')]",
        "//*[contains(@class,'byline') or contains(@class,'Byline')]//a",
        _AUTHORS,
    ):
        yield [_written(element) for element in _of_this_story(page.tree.xpath(path))[:6]]
    bylines = _of_this_story(page.tree.xpath("//*[contains(@class,'byline') or contains(@class,'Byline')]"))[:6]
    short = [(element, value) for element in bylines if len(value := _written(element)) <= LONGEST_BYLINE]
    language = language_of(page, [])
    yield [value for element, value in short if _patterns().by.match(value) or _is_byline(element, value, language)]
    parts = [part for part in _of_this_story(page.tree.xpath(_PARTS)) if 0 < len(flat(text_of(part))) <= LONGEST_BYLINE]
    yield [flat(text_of(part)) for part in parts[:6] if _are_together(part, parts[0])]
    yield [flat(text_of(element)) for element in _of_this_story(page.tree.xpath(_IN_BLOCKS))[:6]]
    yield _below_headline(heading)
    yield _signed_below_headline(heading, language)
    yield _on_card_of_author(heading, language)
    yield _linked_below_headline(heading)
    yield _labelled_authors(page)
    known = {str(item["@id"]): item for item in page.items if "@id" in item and "name" in item}  # often of who put it on the page
    yield [name for item in own[:1] for name in _people(item.get("author"), known)]


def _written(element: HtmlElement) -> str:
    """What an element says; only the names of people where it holds them in elements of their own, next to a job, a place, an address."""
    parts = [(node.getparent(), part) for node in element.xpath(".//text()") if (part := flat(str(node)))]
    names = [(above, part) for above, part in parts if _stands_for_person(part)]
    if element.get("content") or len(names) == len(parts) or not names or _TWO.search(" ".join(part for _, part in parts)):
        return flat(element.get("content") or text_of(element))
    alike = [part for above, part in names if (above.tag, above.get("class")) == (names[0][0].tag, names[0][0].get("class"))]
    return ", ".join(alike)


def _stands_for_person(part: str) -> bool:
    """Whether a piece of text is a whole name of a person that no other word of it makes longer."""
    return _is_person(part, set()) and not part.isupper() and " " in part and len(part.split()) <= MOST_WORDS_OF_A_NAME


def _is_byline(element: HtmlElement, value: str, language: str | None) -> bool:
    """Whether what stands in an element called byline is a person's name, or begins with one of which the given name is known."""
    name = (split_names(value) or [""])[0]
    if not _stands_for_person(name.title() if name.isupper() else name):
        return False
    alone = name == value and "byline" in (element.get("class") or "").lower().split()
    return alone or name.split()[0].lower() in load_lexicon(language).given_names


def _signed_below_headline(heading: HtmlElement | None, language: str | None) -> list[str]:
    """The names of the first line below the headline that has the form of a byline in a script without capitals."""
    forms = load_lexicon(language).bylines.signed
    below = own_elements_below(heading, NEAR_HEADING) if forms else []
    lines = [
        part.strip()
        for element in below
        if len(line := flat(text_of(element))) <= LONGEST_LINE
        for part in (line, *_IN_LINE.split(line))
        if len(part) <= LONGEST_BYLINE
    ]
    return next((names for line in lines for form in forms if (names := form.names(line))), [])


def _of_this_story(elements: list[HtmlElement]) -> list[HtmlElement]:
    """The elements that stand among no readers' comments, and on no card of another story: with the link that is its headline. Those on
    cards too, where each is."""
    elements = [element for element in elements if not is_among_comments(element)]
    own = [element for element in elements if not is_on_card(element)]
    return own or [element for element in elements if not is_below_heading_of_other(element)]


def _are_together(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether two elements stand in one, or in two that stand in one."""
    return any(above in list(other.iterancestors())[:2] for above in list(one.iterancestors())[:2])


def _people(value: Any, known: Mapping[str, dict[str, Any]] = _NO_ITEMS) -> list[str]:
    """The names of authors in JSON-LD; `known`: the page's objects by their id."""
    if isinstance(value, str):
        return [flat(value)]
    if isinstance(value, list):
        return [name for part in value for name in _people(part, known)]
    if isinstance(value, dict):
        item = value if "name" in value else known.get(str(value.get("@id")), value)
        return [] if types_of(item) & ORGANISATION_TYPES else _people(item.get("name"), known)
    return []


def _below_headline(heading: HtmlElement | None) -> list[str]:
    """The shortest of the lines below the headline, or of their parts between bars and dots, that begin with a word such as "By": others
    hold it, and a day."""
    below = own_elements_below(heading, NEAR_HEADING)
    lines = [line for element in below for line in lines_of(element)] + (lines_behind(heading) if heading is not None else [])
    parts = [
        part for line in lines if len(line) <= LONGEST_LINE for part in (line, *_IN_LINE.split(line)) if len(part) <= LONGEST_BYLINE
    ]
    return sorted([part for part in parts if _patterns().by.match(part)], key=len)[:1] or _behind_by(below)


def _behind_by(below: list[HtmlElement]) -> list[str]:
    """The first name in an element of its own that stands in a short line right behind a word such as "By"."""
    for element in below:
        above, other = element.getparent(), element.getprevious()
        before = flat((other.tail if other is not None else above.text) or "") if above is not None else ""
        name = flat(text_of(element))
        if (
            before
            and _stands_for_person(name)
            and len(flat(text_of(above))) <= LONGEST_BYLINE
            and _patterns().by_behind.search(before)
        ):
            return [name]
    return []


def _on_card_of_author(heading: HtmlElement | None, language: str | None) -> list[str]:
    """The name that stands by itself, below the headline, in an element called after the author."""
    below = own_elements_below(heading, NEAR_HEADING)
    named = [element for element in below if AUTHOR_CARD.search(element.get("class") or "") and not holds_comments(element)]
    cards = [
        card for card in named if len(flat(text_of(card))) <= LONGEST_CARD and not any(map(holds_comments, card.iterancestors()))
    ]
    names = [
        name
        for card in cards
        for element in card.iter()
        if len(element) == 0 and _stands_for_person(name := flat(text_of(element)))
    ]
    known = load_lexicon(language).given_names
    return [name for name in [*names, *_beside_day(below, language)] if name.split()[0].lower() in known][:1]


def _beside_day(below: list[HtmlElement], language: str | None) -> list[str]:
    """The names that stand alone in the parts of short lines, next to a part that is a day."""
    lexicon = load_lexicon(language)
    lines = {line for element in below for line in lines_of(element) if len(line) <= LONGEST_BYLINE}
    parts = [[part.strip() for part in _IN_LINE.split(line)] for line in sorted(lines)]
    dated = [some for some in parts if len(some) > 1 and any(find_date(fold(part), lexicon) for part in some)]
    return [part for some in dated for part in some if _stands_for_person(part)]


def _linked_below_headline(heading: HtmlElement | None) -> list[str]:
    """The names on links below the headline that lead to pages of authors, but for those by a picture: who took it."""
    below = own_elements_below(heading, NEAR_HEADING)
    links = [element for element in below if element.tag == "a" and AUTHOR_PATH.search(element.get("href") or "")]
    return [name for link in _of_this_story(links) if not _is_by_picture(link) and _stands_for_person(name := flat(text_of(link)))]


def _is_by_picture(element: HtmlElement) -> bool:
    around = itertools.islice(element.iterancestors(), STEPS_TO_PICTURE)
    return any(
        above.find(".//h1") is None and above.find(f".//{name}") is not None for above in around for name in PICTURE_ELEMENTS
    )


def _labelled_authors(page: Page) -> list[str]:
    """The names that a card for a social network gives next to "Written by", in whatever language."""
    by = load_lexicon(None).bylines.markup.by
    return [
        name
        for number in "12"
        for label, name in zip(page.values([f"twitter:label{number}"]), page.values([f"twitter:data{number}"]), strict=False)
        if (words_in(label) or [""])[-1] in by
    ]


class _Patterns(NamedTuple):
    by: regex.Pattern[str]
    by_behind: regex.Pattern[str]  # at the end of what stands before a name
    name: regex.Pattern[str]
    between: regex.Pattern[str]
    placed: regex.Pattern[str]  # behind a name, up to the end
    role: regex.Pattern[str]  # behind a name in a script without capitals


@cache
def _patterns() -> _Patterns:
    """What stands before and between names in the markup of pages of every language."""
    words = load_lexicon(None).bylines.markup
    by, openers, joiners = map(alternation, (words.by, words.openers, words.joiners))
    return _Patterns(
        by=regex.compile(rf"^(?:(?:{openers}\s+)?{by}\b[:：\s]+|(?-i:By)(?=(?-i:\p{{Lu}}\p{{Ll}})))", regex.I),
        by_behind=regex.compile(rf"(?:^|\s){by}\s*[:：]?$", regex.I),
        name=regex.compile(
            rf"\p{{Lu}}[\w.'’-]*(?:[ \u00a0](?:\p{{Lu}}[\w.'’-]*|\p{{Ll}}['’]\p{{Lu}}\w+|{alternation(words.particles)})){{1,4}}|\p{{Lo}}[\p{{Lo}}\p{{M}}]+(?:[ ·]?\p{{Lo}}[\p{{Lo}}\p{{M}}]*)*"
        ),
        between=regex.compile(rf"\s*(?:[;|•·/\n]|,|\s&\s|\s{joiners}\s|\.\s(?=\w+\s{by}\b))\s*"),
        placed=regex.compile(rf"\s{alternation(words.before_places)}\s\p{{Lu}}.*$"),
        role=regex.compile(rf"(?<=[\p{{Lo}}\p{{M}}]) ?{alternation(words.roles)}$"),
    )


_ON_DAY = regex.compile(r"\s\p{Ll}{1,3}\s(?:\w+,?\s)?\d.*$")  # "Jane Roe on Wed, 02/14/2024"


def split_names(value: str) -> list[str]:
    """The names in a byline as markup writes it: `By Ada Quill and Tom Reed, Staff Writer`."""
    value = entities.unescape(value)
    value = _ON_DAY.sub("", _patterns().by.sub("", flat(value)))
    names = [_TAIL.sub("", part).strip(" .,:-–—\"'") for part in _patterns().between.split(value) if part and part.strip()]
    return [_patterns().role.sub("", _patterns().placed.sub("", name)) for name in names]


def _is_person(name: str, outlets: set[str]) -> bool:
    if not 3 <= len(name) <= 50 or any(sign in name for sign in "@_{}<>=") or re.search(r"\d", name):
        return False
    bare = letters_of(name)
    if any(bare == outlet or (len(outlet) >= 4 and outlet in bare) for outlet in outlets):
        return False
    letters = name if name.upper() != name else name.title()
    return bool(_patterns().name.fullmatch(letters)) and not load_lexicon(None).bylines.markup.no_names & set(words_in(name))
