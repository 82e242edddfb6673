"""Steps that take away from a page what is none of the article. Each changes the tree that it is given.

Steps that make the article itself easier to read stand in `page_steps.py`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipelines.cleaning.marked_page import LONGEST_CARD
from pipelines.cleaning.named_parts import named_so, shares_words
from pipelines.cleaning.page_names import (
    ARTICLE_ELEMENTS,
    CAPTION,
    CONSENT,
    EMBED,
    HEADINGS_OF_CARDS,
    PICTURE_ELEMENTS,
    POINTER,
    SIGN_UP,
    WRITTEN_IN,
)
from pipelines.cleaning.page_tree import END, MIN_SENTENCE, bare, has_sentence, long_texts, text_in
from pipelines.letters import UNSPACED

CONSENT_SHARE = 0.5  # of the text in a box about consent that is the page itself: it stays, and cleaning tells it
LETTERS_IN_A_ROW = 4  # that no other text has by chance, where no spaces part words
STEPS_TO_PICTURE = 2  # elements from a caption to the one that holds its picture
LONGEST_CAPTION, LONGEST_SIDE_CAPTION = (
    400,
    200,
)  # characters of a caption that is called so, and of words that stand with a picture
LONGEST_SIGN_UP, MOST_OF_PAGE = 300, 0.5  # characters of a box that asks to subscribe, and its part of the page's in sentences
MIN_TEASER = 20  # characters of a link to another story in a list of them


def drop_consent(tree: HtmlElement) -> None:
    """Takes away boxes that ask for consent, unless they hold most of the page's text, or have nothing to press and speak of what the headline
    does."""
    whole = len(text_in(tree)) or 1
    boxes = list(_boxes(tree))
    about = _share_headline([box for box in boxes if next(box.iter("a", "button", "input"), None) is None])
    for element in boxes:
        if named_so(element) in about:
            continue
        inside = element.xpath("self::main | .//h1 | .//article | .//main")
        if not inside and len(text_in(element)) < CONSENT_SHARE * whole + 400 and element.getparent() is not None:
            element.drop_tree()


def _share_headline(boxes: list[HtmlElement]) -> set[str]:
    """The names of boxes that share a longer word with the page's first headline; of scripts without spaces some letters in a row."""
    heading = next(boxes[0].getroottree().iter("h1"), None) if boxes else None
    title = bare(text_in(heading)) if heading is not None else ""
    runs = (
        {title[at : at + LETTERS_IN_A_ROW] for at in range(len(title) - LETTERS_IN_A_ROW + 1)} if UNSPACED.search(title) else set()
    )
    texts = {named: " ".join(map(text_in, alike)) for named, alike in _by_name(boxes).items()}
    return {
        named
        for named, text in texts.items()
        if (any(run in bare(text) for run in runs) if runs else heading is not None and shares_words([text_in(heading)], [text]))
    }


def _by_name(boxes: list[HtmlElement]) -> dict[str, list[HtmlElement]]:
    return {named: [box for box in boxes if named_so(box) == named] for named in map(named_so, boxes) if named.strip()}


def _boxes(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter("div", "section", "aside", "dialog", "form"):
        named = " ".join(filter(None, (element.get("id"), element.get("class"), element.get("aria-label"))))
        if CONSENT.search(named):
            yield element


def drop_sign_ups(tree: HtmlElement) -> None:
    """Takes away small boxes with a field to fill in, and those that are called after what they ask to subscribe to and have a button,
    unless they hold a headline or a good part of the page."""
    most = min(LONGEST_SIGN_UP, MOST_OF_PAGE * sum(map(len, long_texts(tree))))
    fields = [field for field in tree.iter("input") if (field.get("type") or "").lower() in WRITTEN_IN]
    fields += [
        button
        for button in tree.iter("button")
        if any(SIGN_UP.search(f"{box.get('class') or ''} {box.get('id') or ''}") for box in list(button.iterancestors())[:2])
    ]
    for field in fields:
        above = list(itertools.takewhile(partial(_may_ask, most=most), field.iterancestors()))
        if above and above[-1].getparent() is not None:
            above[-1].drop_tree()


def _may_ask(box: HtmlElement, most: float) -> bool:
    return len(text_in(box)) <= most and box.tag not in ARTICLE_ELEMENTS and box.find(".//h1") is None


def unsign_embeds(tree: HtmlElement) -> None:
    """The signature of an embedded post goes (who, handle, day); its words stay."""
    for post in list(tree.iter("blockquote", "div")):
        if not EMBED.search(post.get("class") or ""):
            continue
        paragraphs = post.findall(".//p")
        if not paragraphs:
            continue
        last = paragraphs[-1]
        last.tail = None
        for later in list(last.itersiblings()):
            later.drop_tree()


def drop_teasers(tree: HtmlElement) -> None:
    """Lists of links to other stories between the paragraphs of an article go, with the label above them; and paragraphs that are called after
    what points to another story and are a link to one."""
    for paragraph in list(tree.iter("p")):
        if POINTER.search(paragraph.get("class") or "") and _is_teaser(paragraph) and has_sentence(paragraph.itersiblings("p")):
            paragraph.drop_tree()
    for found in list(tree.iter("ul", "ol", "table")):
        items = [item for item in found.iter("li", "td") if text_in(item).strip() and item.find(".//td") is None]
        if found.tag == "table" and len(items) > 2 and not _is_teaser(items[0]):
            items = items[1:]  # a label
        if len(items) < 2 or not all(map(_is_teaser, items)) or not has_sentence(found.itersiblings("p")):
            continue
        above = found.getprevious()
        if (
            above is None
            or not has_sentence(found.itersiblings("p", preceding=True))
            or text_in(above).rstrip().endswith((":", "："))
        ):
            continue
        hosts = {urlsplit(link.get("href", "")).netloc for item in items for link in item.iter("a")}
        if len(hosts) > 1:  # sources that an article names
            continue
        label = text_in(above).strip()
        if len(label) < MIN_SENTENCE and not END.search(label) and isinstance(above.tag, str):
            above.drop_tree()
        found.drop_tree()


def _is_teaser(item: HtmlElement) -> bool:
    """Whether most of an item of a list is a link to another page, worded like a headline."""
    text = " ".join(text_in(item).split())
    links = [link for link in item.iter("a") if link.get("href") and not link.get("href").startswith("#")]
    return (
        bool(links)
        and len(text) >= MIN_TEASER
        and text[-1] not in ".。।"
        and 5 * sum(len(text_in(link)) for link in links) > 2 * len(text)
    )


def drop_captions(tree: HtmlElement) -> None:
    """What is called a caption and stands next to a picture goes."""
    for element in list(tree.iter("blockquote", "div", "p", "span", "td", "small")):
        if (
            CAPTION.search(element.get("class") or "")
            and len(text_in(element)) <= LONGEST_CAPTION
            and element.getparent() is not None
        ):
            around = itertools.islice(element.iterancestors(), STEPS_TO_PICTURE)
            if element.find(".//h1") is None and any(map(_holds_picture, around)):
                element.drop_tree()
    for paragraph in tree.iter("p"):
        last = next(paragraph.iterchildren("em", "i", "small", reversed=True), None)
        if last is not None and bare(text_in(last)) == bare(text_in(paragraph)) and _is_captioned(paragraph):
            last.drop_tree()
    for table in list(tree.iter("table")):
        if (
            len([cell for cell in table.iter("td") if text_in(cell).strip()]) == 1
            and _is_captioned(table)
            and table.find(".//a") is None
        ):
            table.drop_tree()


def _holds_picture(element: HtmlElement) -> bool:
    return any(element.find(f".//{name}") is not None for name in PICTURE_ELEMENTS)


def _is_captioned(element: HtmlElement) -> bool:
    """Whether an element holds a picture and a few words."""
    return 0 < len(text_in(element).strip()) <= LONGEST_SIDE_CAPTION and _holds_picture(element) and element.find(".//h1") is None


def drop_other_articles(tree: HtmlElement, title: str) -> None:
    """Articles below that of a page, each with its headline as the page has, go: they are read when the reader scrolls on. So do cards of others."""
    articles = [(part, bare(text_in(heading))) for part in tree.iter("article") if (heading := part.find(".//h1")) is not None]
    first = next((place for place, (_, heading) in enumerate(articles) if heading == bare(title)), None)
    if first is not None:
        for card in list(tree.iter("article")):
            if articles[first][0] not in (card, *card.iterancestors(), *card.iterdescendants("article")) and _is_card(card):
                card.drop_tree()
        for part, heading in articles[first + 1 :]:
            if heading != bare(title) and articles[first][0] not in part.iterancestors() and part.getparent() is not None:
                part.drop_tree()


def _is_card(article: HtmlElement) -> bool:
    """Whether an element tells of another story, to which its heading leads."""
    headings = [heading for heading in article.iter(*HEADINGS_OF_CARDS) if text_in(heading).strip()]
    return (
        len(text_in(article)) <= LONGEST_CARD
        and article.getparent() is not None
        and any(heading.find(".//a") is not None or next(heading.iterancestors("a"), None) is not None for heading in headings)
    )
