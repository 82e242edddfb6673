"""When an article was published and modified, as the markup of its page says it; else the day that the page's elements or its address suggest."""

from __future__ import annotations

import re
from typing import Any

from lxml.html import HtmlElement

from pipelines.cleaning.dates import FoundDate, find_date, find_dates
from pipelines.cleaning.folding import fold, words_of
from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.marked_page import (
    Page,
    flat,
    is_among_comments,
    is_at_foot,
    is_on_card,
    language_of,
    lines_behind,
    lines_of,
    own_elements_below,
    string_of,
    text_of,
    types_of,
)
from pipelines.cleaning.page_names import (
    ARTICLE_TYPES,
    EMBED,
    EVENT,
    MODIFIED_META,
    MONTH_FIRST,
    PUBDATE,
    PUBLISHED_META,
    XML_LANGUAGE,
)
from pipelines.cleaning.page_tree import blocks_in, long_texts
from pipelines.language import detect_language
from pipelines.moments import read_moment

LEAST_OF_A_SENTENCE, SHARE_OF_A_SENTENCE = 50, 0.5  # characters of a paragraph, and the part of it that a day in it is
LONGEST_DAY = 60  # characters of an element that holds nothing but when
BOTH_ORDERS = "en"  # the language whose countries write the day before the month, and behind it
NEAR_HEADING = 16  # elements below the headline
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’»)]*\s*$")


def find_published(page: Page, articles: list[dict[str, Any]]) -> str | None:
    """When the article was first published. JSON-LD of an article before meta elements before microdata and `time`."""
    own = [item for item in articles if types_of(item) & ARTICLE_TYPES]
    said = [
        moment
        for item in own[:1]
        for key in ("datePublished", "dateCreated", "uploadDate")
        if (moment := read_moment(string_of(item.get(key))))
    ]
    said += [moment for value in page.values(PUBLISHED_META) if (moment := read_moment(value))]
    said += [
        moment
        for item in articles
        for key in ("datePublished", "dateCreated", "uploadDate")
        if (moment := read_moment(string_of(item.get(key))))
    ]
    if said:
        return _finest(said)
    headline = flat(text_of(next(page.tree.iter("h1"), None)))
    for path in (
        "//*[contains(@itemprop,'datePublished') or contains(@itemprop,'dateCreated')]",
        "//time[@pubdate or contains(@class,'publi') or contains(@class,'entry-date') or contains(@class,'posted')]",
        "//abbr[contains(@class,'published') or contains(@class,'date')]",
        "//article//time | //main//time | //header//time",
    ):
        for element in page.tree.xpath(path):
            if _is_in_sentence(element) or _is_of_other(element, headline):
                continue
            for value in (element.get("datetime"), element.get("content"), element.get("title"), flat(text_of(element))):
                moment = read_moment(value)
                if moment:
                    return moment
    times = [element for element in page.tree.iter("time") if not _is_in_sentence(element) and not _is_of_other(element, headline)]
    moments = {moment[:10]: moment for element in times if (moment := read_moment(element.get("datetime")))}
    return next(iter(moments.values())) if len(moments) == 1 else None


def _is_of_other(element: HtmlElement, headline: str) -> bool:
    """Whether an element stands on the card of another story, on a page that has a headline, in an embedded post, among comments, or tells of an event."""
    return (
        (bool(headline) and is_on_card(element, headline))
        or any(map(_is_embed, element.iterancestors("blockquote", "div")))
        or is_among_comments(element)
        or any(EVENT.search(above.get("class") or "") and above.find(".//h1") is None for above in element.iterancestors())
    )


def _is_embed(element: HtmlElement) -> bool:
    return EMBED.search(element.get("class") or "") is not None


def _is_in_sentence(element: HtmlElement) -> bool:
    """Whether an element is a word or two of a paragraph: a day that the article speaks of."""
    paragraph = next(element.iterancestors("p", "blockquote"), None)
    if paragraph is None:
        return False
    own, whole = len(flat(text_of(element))), len(flat(text_of(paragraph)))
    return (
        whole >= LEAST_OF_A_SENTENCE and own < SHARE_OF_A_SENTENCE * whole and _SENTENCE_END.search(text_of(paragraph)) is not None
    )


def find_likely_day(page: Page, modified: str | None, heading: HtmlElement | None = None) -> str | None:
    """The day of the elements whose names say that they hold it, else the one that htmldate finds in the page's address, elements and text:
    unless that is only the day on which the page was changed."""
    from htmldate import find_date as likeliest

    own = _day_of_elements(page) or _day_below_headline(page, heading)
    if own:
        return own
    try:
        found = read_moment(likeliest(page.tree, original_date=True, extensive_search=True, url=page.url))
    except Exception:  # whatever htmldate fails on
        return None
    if found and _is_guess(found, page):
        return None
    if found and found.endswith("-01-01") and not _says_first_day(f"{page.url} {text_of(page.tree)}", found[:4]):
        return None
    return (
        None
        if (modified and found == modified[:10]) or (found and found in _days_of_embeds(page) | _days_of_others(page))
        else found
    )


def _days_of_others(page: Page) -> set[str]:
    """The days on cards of other stories, of events, among comments and at the foot of the page, but for those that a `time` elsewhere gives too."""
    headline = flat(text_of(next(page.tree.iter("h1"), None)))
    times = [(element, moment[:10]) for element in page.tree.iter("time") if (moment := read_moment(element.get("datetime")))]
    own = {day for element, day in times if not _is_of_other(element, headline)}
    lexicon = load_lexicon(_language(page))
    feet = [fold(flat(text_of(footer))) for footer in page.tree.iter("footer") if is_at_foot(footer)]
    return ({day for _, day in times} | {found.iso for foot in feet for found in find_dates(foot, lexicon)}) - own


def _days_of_embeds(page: Page) -> set[str]:
    """The days in embedded posts: when those were written."""
    posts = [flat(text_of(element)) for element in page.tree.iter("blockquote", "div") if _is_embed(element)]
    lexicons = [load_lexicon(language) for language in (language_of(page, []), BOTH_ORDERS)] if posts else []
    return {found.iso for post in posts for lexicon in lexicons for found in find_dates(fold(post), lexicon)}


def _is_guess(day: str, page: Page) -> bool:
    """Whether a page has this day only in figures of which nobody can tell which is the month: 11/05/2024 on an English page that names no
    country, or one that puts the month first."""
    root = page.tree.getroottree().getroot()
    _, _, country = (root.get("lang") or root.get("xml:lang") or root.get(XML_LANGUAGE) or "").partition("-")
    if (
        _language(page) not in (None, BOTH_ORDERS)
        or country.lower() not in MONTH_FIRST
        or day.replace("-", "/") in (page.url or "")
    ):
        return False
    lexicon = load_lexicon(BOTH_ORDERS)
    lines = [fold(line) for line in blocks_in(page.tree) if len(line) <= LONGEST_DAY]
    days = [found for line in lines for found in find_dates(line, lexicon) if day in (found.iso, found.other)]
    return bool(days) and all(found.other for found in days) and not page.tree.xpath("//@*[contains(., $day)]", day=day)


def _says_first_day(text: str, year: str) -> bool:
    """Whether a one stands near a year: else the year stands alone, in a notice of rights for instance, and is no day.

    >>> _says_first_day("Posted January 1, 2019", "2019"), _says_first_day("© 2019 Harbour Post", "2019")
    (True, False)
    """
    return re.search(rf"(?<!\d)0?1(?!\d).{{0,15}}{year}|{year}.{{0,15}}(?<!\d)0?1(?!\d)", text) is not None


def _language(page: Page) -> str | None:
    """The language that a page says it is in, else that of its paragraphs."""
    return language_of(page, []) or detect_language(" ".join(long_texts(page.tree)))


def _day_of_elements(page: Page) -> str | None:
    """The one day that elements named after the day of publication give, written as people do in the page's language."""
    lexicon = load_lexicon(_language(page))
    days = set()
    for element in page.tree.xpath("//*[@class or @id]"):
        if PUBDATE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            text = flat(text_of(element))
            found = find_date(fold(text), lexicon) if 0 < len(text) <= LONGEST_DAY else None
            days |= {found.iso} if found and _is_sure(found, page) else set()
    return days.pop() if len(days) == 1 else None


def _day_below_headline(page: Page, heading: HtmlElement | None) -> str | None:
    """The first day in a short line below the headline, if it is not that of a change."""
    if heading is None:
        return None
    lexicon = load_lexicon(_language(page))
    below = [
        element
        for element in own_elements_below(heading, NEAR_HEADING)
        if not _is_embed(element) and not any(map(_is_embed, element.iterancestors("blockquote", "div")))
    ]
    for line in [*(line for element in below for line in lines_of(element)), *lines_behind(heading)]:
        text = fold(line)
        for found in find_dates(text, lexicon) if len(text) <= LONGEST_DAY else ():
            if _is_sure(found, page) and lexicon.dates.update_words.isdisjoint(words_of(text[: found.start])[-3:]):
                return found.iso
    return None


def _is_sure(found: FoundDate, page: Page) -> bool:
    """Whether a day can be read in one way only, or stands before the month as the page's language has it. English has both orders."""
    return found.other is None or (found.day_first and _language(page) not in (None, BOTH_ORDERS))


def _finest(said: list[str]) -> str:
    """The first of the moments, with the time and zone that another gives for the same day."""
    same = [moment for moment in said if moment[:10] == said[0][:10]]
    return max(same, key=len) if len(said[0]) == 10 else said[0]


def find_modified(page: Page, articles: list[dict[str, Any]]) -> str | None:
    own = [item for item in articles if types_of(item) & ARTICLE_TYPES]
    said = [moment for item in own[:1] if (moment := read_moment(string_of(item.get("dateModified"))))]
    said += [moment for value in page.values(MODIFIED_META) if (moment := read_moment(value))]
    return said[0] if said else None
