"""The headline that a page's markup names, without the outlet's name or a section before or behind it."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.marked_page import Page, flat, letters_of, lines_of, string_of, text_of, types_of, words_in
from pipelines.cleaning.page_names import ARTICLE_TYPES, BADGE, HEADING_ELEMENTS, KICKER, TITLE_META
from pipelines.letters import UNSPACED
from pipelines.lexicons import alternation

SEPARATOR = re.compile(r"\s+[|•·»«›–—-]+\s+|\s*[|»«]\s*|\s+::\s+|\s+/\s+|: (?=[^:]{2,40}$)")
MOST_WORDS_OF_A_SECTION = 2
MOST_WORDS_OF_A_SITE, LEAST_WORDS_OF_A_TITLE = 4, 4
LEAST_LETTERS, LEAST_UNSPACED = 10, 5  # of a heading that a title begins with
END_OF_PAGE = 1000  # characters among which the notice of rights stands
_BEHIND_HEADING = re.compile(r"\s+[|•·»«›–—-]|\s*[|»:：_｜]|(?<![^\W\d_a-zA-Z])[-－—]+")
_FIRST_PAGE = frozenset({"/", "./", "/index.html"})


@cache
def _rights() -> re.Pattern[str]:
    """A notice of rights, with the name of who holds them."""
    words = alternation(load_lexicon(None).bylines.markup.rights)
    return re.compile(
        rf"(?:©|\b{words}\b(?:\s*(?:©|\(c\)))?)\s*(?:(?:19|20)\d\d\s*(?:[-–]\s*(?:19|20)\d\d\s*)?)?([^\n.|©,]{{3,60}})", re.I
    )


def find_title(page: Page, articles: list[dict[str, Any]], site: str | None) -> str | None:
    """The headline: what og:title, JSON-LD and the first-rank heading agree on, without the outlet's name behind it."""
    signed = signatures(page)
    headings = [
        text
        for element in _main_headings(page.tree)
        if 1 < len(text := _heading_text(element)) <= 300 and letters_of(text) not in signed
    ]
    said = [
        value
        for value in (
            page.first(("og:title",)),
            *(string_of(item.get("headline")) for item in articles if types_of(item) & ARTICLE_TYPES),
        )
        if value
    ]
    said += [value for value in (page.first(TITLE_META[1:]),) if value]
    window = flat(text_of(page.tree.find(".//title")))
    of_page = [*said, *([window] if window else [])]
    stripped = [_without_site(value, site, page.url, signed) for value in of_page]
    of_article = next(map(_heading_text, page.tree.xpath("(//article//h1 | //main//h1)[not(.//a)]")), None)
    known = set(map(letters_of, headings))
    for heading in headings:
        if any(known & {letters_of(value[len(heading) :])} - {""} for value in of_page if value.startswith(heading)):
            continue  # the outlet's name before a headline
        if any(
            _same(heading, value) or _same(heading, short) or _heads(heading, value, heading == of_article)
            for value, short in zip(of_page, stripped, strict=True)
        ):
            return _without_site(heading, site, page.url)
    for value in stripped:  # the heading also holds a kicker or a second line
        if len(words_in(value)) >= 4 and any(letters_of(heading).endswith(letters_of(value)) for heading in headings):
            return value
    for heading in headings:
        words = set(words_in(heading))
        if len(words) >= 3 and any(_overlap(words, set(words_in(value))) >= 0.5 for value in stripped):
            return heading
    behind = [text for element in page.tree.iter(*HEADING_ELEMENTS) if _stands_behind_site(text := _heading_text(element), window)]
    if behind and all(
        letters_of(_heading_text(heading)) in letters_of(window[: -len(behind[0])]) for heading in page.tree.iter("h1")
    ):
        return behind[0]
    before = [
        text
        for element in page.tree.iter(*HEADING_ELEMENTS)
        if (text := _heading_text(element)) and _stands_before_site(text, window)
    ]
    if before and not said and page.tree.find(".//h1") is None:
        return max(before, key=len)
    own = [text for element in page.tree.iter("h1") if _is_long(text := _heading_text(element))]
    if len(own) == 1:
        return _without_site(own[0], site, page.url)
    alone = None if said or _is_long(window) else _only_heading(page.tree)
    if alone:
        return alone
    if stripped and not said:
        return _without_last_part(stripped[0])
    return stripped[0] if stripped else headings[0] if len(headings) == 1 else None


def _only_heading(tree: HtmlElement) -> str | None:
    """What microdata calls the headline, else the one heading of the first rank that has any, on a page whose title says nothing ("News")."""
    for path in ("//*[@itemprop='headline' and not(self::meta)]", "//h2", "//h3"):
        headings = [text for element in tree.xpath(path) if _is_long(text := _heading_text(element))]
        if headings:
            return headings[0] if len(headings) == 1 else None
    return None


def _stands_behind_site(heading: str, window: str) -> bool:
    """Whether the window's title is some words, a sign and this heading: an outlet's name, for instance."""
    before = window[: -len(heading)] if _is_long(heading) and window.endswith(heading) else ""
    return re.search(r"(?:[:|•·»›–—]|\s-+)\s*$", before) is not None


def _stands_before_site(heading: str, window: str) -> bool:
    """Whether the window's title is this heading, a sign and some words."""
    behind = window[len(heading) :] if _is_long(heading) and window.startswith(heading) else ""
    return re.match(r"\s*(?:[|•·»›–—_]|-+\s)", behind) is not None


def _is_long(heading: str) -> bool:
    """Whether a text has the words of a headline; where no blanks part words, the letters."""
    return len(words_in(heading)) >= LEAST_WORDS_OF_A_TITLE or (
        UNSPACED.search(heading) is not None and len(heading) >= LEAST_LETTERS
    )


def heading_of(page: Page, title: str | None) -> HtmlElement | None:
    """The headline's element: the first heading of first rank; where none holds the title, the first element that says just that."""
    first = next(iter([*page.tree.iter("h1"), *page.tree.xpath("//*[@itemprop='headline' and not(self::meta)]")]), None)
    wanted = letters_of(title or "")
    if not wanted or (first is not None and wanted in letters_of(text_of(first))):
        return first
    same = (element for element in page.tree.iter(*HEADING_ELEMENTS) if letters_of(text_of(element)) == wanted)
    found = next((element for element in same if all(letters_of(text_of(part)) != wanted for part in element)), None)
    return first if found is None else found


def _without_last_part(title: str) -> str:
    """The window's title without a few words behind an upright bar, which is how outlets sign it, or several such parts behind colons.

    >>> _without_last_part("달내읍 마을버스, 승객이 노선을 정한다 : 사회 : 한빛일보")
    '달내읍 마을버스, 승객이 노선을 정한다'
    >>> _without_last_part("白浜町、廃校を宿泊施設に改装｜潮見新報")
    '白浜町、廃校を宿泊施設に改装'
    """
    parts = title.split(" : ")
    if len(parts) >= 3 and _is_long(parts[0]) and all(len(part.split()) <= MOST_WORDS_OF_A_SECTION for part in parts[1:]):
        return parts[0]
    head, bar, tail = title.rpartition("｜")
    if bar and UNSPACED.search(head) and len(head) >= LEAST_LETTERS and len(tail) < len(head):
        return head.strip()
    head, bar, tail = title.rpartition(" | ")
    short = bar and len(tail.split()) <= MOST_WORDS_OF_A_SITE and len(head.split()) >= LEAST_WORDS_OF_A_TITLE
    return head.strip() if short else title


def _heading_text(heading: HtmlElement) -> str:
    """A heading's words without a kicker or section label that stands in it as an element of its own, or a badge behind them."""
    lines = [line for line in lines_of(heading) if line]
    words = flat(("" if UNSPACED.search(text_of(heading)) else " ").join(lines))
    for label in heading.iterdescendants():
        named = (label.get("class") or "") if isinstance(label.tag, str) else ""
        own = flat(text_of(label)) if named else ""
        if not own or len(own) >= len(words) / 2:
            continue
        if KICKER.search(named) and words.startswith(own):
            words = words[len(own) :].lstrip(" :|–—-/")
        elif BADGE.search(named) and words.endswith(own):
            words = words[: -len(own)].rstrip()
    return words


def _main_headings(tree: HtmlElement) -> list[HtmlElement]:
    """First-rank headings in their order, and what microdata calls the headline before them."""
    marked = tree.xpath("//*[@itemprop='headline' and not(self::meta)]")
    return [*tree.iter("h1"), *(element for element in marked if element.tag != "h1"), *_titled(tree)]


def _titled(tree: HtmlElement) -> list[HtmlElement]:
    """Second-rank headings, for pages whose first-rank heading is the outlet's name."""
    return list(tree.iter("h2"))[:12]


def signatures(page: Page) -> set[str]:
    """What the page calls its outlet on the link to its first page and behind the sign of copyright."""
    first = [link for link in page.tree.iter("a") if (link.get("href") or "").strip() in _FIRST_PAGE]
    links = [text_of(link) for link in first] + [image.get("alt") or "" for link in first for image in link.iter("img")]
    rights = [match[1] for match in _rights().finditer(text_of(page.tree.find(".//body"))[-END_OF_PAGE:])]
    names = {letters_of(name) for name in map(flat, (*links, *rights)) if 2 <= len(name.split()) <= MOST_WORDS_OF_A_SITE + 1}
    return names - {""}


def _without_site(title: str, site: str | None, url: str | None, signed: Set[str] = frozenset()) -> str:
    """The title without the outlet's name (or a section and the name) behind or before it."""
    opening, colon, rest = title.partition(": ")
    names = {letters_of(value) for value in (site, host_word(url)) if value}
    if colon and letters_of(opening) in signed | names and rest.strip():
        title = rest.strip()
    parts = [part for part in SEPARATOR.split(title) if part]
    if len(parts) < 2:
        return title
    while len(parts) > 1 and (_is_site(parts[-1], names) or letters_of(parts[-1]) in signed):
        title = title[: title.rindex(parts[-1])]
        parts.pop()
        title = re.sub(r"[\s|•·»«›–—:/-]+$", "", title)
    while len(parts) > 1 and (_is_site(parts[0], names) or letters_of(parts[0]) in signed or _is_section(parts, title)):
        title = title[title.index(parts[0]) + len(parts[0]) :]
        parts.pop(0)
        title = re.sub(r"^[\s|•·»«›–—:/-]+", "", title)
    return title


def _is_section(parts: list[str], title: str) -> bool:
    """Whether a title begins with a section before an upright bar: `Opinion | Let kids be kids`."""
    return title[len(parts[0]) :].lstrip().startswith("|") and len(parts[0].split()) <= 2 and len(" ".join(parts[1:]).split()) >= 4


def _is_site(part: str, names: set[str]) -> bool:
    own = letters_of(part)
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


def host_word(url: str | None) -> str | None:
    """The name in a host: `example` of www.example.co.uk."""
    try:
        host = urlsplit(url or "").netloc.lower().split(":")[0]
    except ValueError:
        return None
    parts = [part for part in host.split(".") if part not in ("www", "m", "amp", "news")]
    long = [part for part in parts[:-1] if len(part) > 3] or parts[:1]
    return long[-1] if long else None


def _heads(heading: str, title: str, of_article: bool) -> bool:
    """Whether a title is the heading with something set off behind it: a few words, if the heading, that of the article, is short."""
    rest = title[len(heading) :]
    if of_article and 0 < len(words_in(rest)) <= MOST_WORDS_OF_A_SITE:
        return title.startswith(heading) and bool(_BEHIND_HEADING.match(rest))
    least = LEAST_UNSPACED if UNSPACED.search(heading) else LEAST_LETTERS
    return len(heading) >= least and title.casefold().startswith(heading.casefold()) and bool(_BEHIND_HEADING.match(rest))


def _same(one: str, other: str) -> bool:
    return letters_of(one) == letters_of(other)


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(len(one), len(other), 1)
