"""Steps that make a page easier to read for the extractor. Each changes the tree that it is given."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipelines.cleaning.named_parts import HOLDER_SHARE, shares_words
from pipelines.cleaning.page_names import ARTICLE_ELEMENTS, CAPTION, CONSENT, EMBED, PICTURE, PICTURE_ELEMENTS, SIGN_UP, WRITTEN_IN
from pipelines.cleaning.page_tree import BLOCKS, END, MIN_SENTENCE, bare, long_texts, text_in
from pipelines.cleaning.standfirsts import LEAST_OF_STANDFIRST, LONGEST_STANDFIRST, is_linked
from pipelines.letters import UNSPACED

CONSENT_SHARE = 0.5  # of the text in a box about consent that is the page itself: it stays, and cleaning tells it
BLOCKS_INSIDE = "./div | ./p | ./ul | ./ol | ./table | ./blockquote | ./section | ./article | ./h1 | ./h2 | ./h3 | ./h4"
EXTENT = 40  # words of a table cell that say the table is there for the layout
LETTERS_OF_A_WORD = 2  # in Chinese, say
LETTERS_IN_A_ROW = 4  # that no other text has by chance, where no spaces part words
STEPS_TO_PICTURE = 2  # elements from a caption to the one that holds its picture
MIN_COLUMN = 3  # sentences in the cells of a table of one column
LONGEST_CAPTION = 400  # characters
LONGEST_SIGN_UP, MOST_OF_PAGE = 300, 0.5  # characters of a box that asks to subscribe, and its part of the page's in sentences
MIN_WRAPPED, MIN_CUT = 45, 5  # characters of a line that was broken to fit; such breaks in sentences
FULL_SHARE = 0.8  # of breaks behind long lines that are such
MIN_TEASER = 20  # characters of a link to another story in a list of them
_SEPARATORS = re.compile(r"[\s、,;/・·|.–—-]*")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def worth_of_layout(tree: HtmlElement) -> int:
    """The characters of the largest cell that lays out the page, but for those of cells within, or of the largest column of paragraphs."""
    cells = [len(text_in(cell)) for cell in tree.iter("td") if _is_layout(cell) and cell.find(".//td") is None]
    return max([*cells, *(sum(len(text_in(cell)) for cell in _column(table)) for table in tree.iter("table"))], default=0)


def drop_consent(tree: HtmlElement) -> None:
    """Takes away boxes that ask for consent, unless they hold most of the page's text, or have nothing to press and speak of what the headline
    does."""
    whole = len(text_in(tree)) or 1
    boxes = list(_boxes(tree))
    about = _share_headline([box for box in boxes if next(box.iter("a", "button", "input"), None) is None])
    for element in boxes:
        if element.get("class") in about:
            continue
        inside = element.xpath("self::main | .//h1 | .//article | .//main")
        if not inside and len(text_in(element)) < CONSENT_SHARE * whole + 400 and element.getparent() is not None:
            element.drop_tree()


def _share_headline(boxes: list[HtmlElement]) -> set[str]:
    """The classes of boxes that share a longer word with the page's first headline; of scripts without spaces some letters in a row."""
    heading = next(boxes[0].getroottree().iter("h1"), None) if boxes else None
    title = bare(text_in(heading)) if heading is not None else ""
    runs = {title[at : at + LETTERS_IN_A_ROW] for at in range(len(title) - LETTERS_IN_A_ROW + 1)} if UNSPACED.search(title) else set()
    texts = {named: " ".join(map(text_in, alike)) for named, alike in _by_class(boxes).items()}
    return {
        named
        for named, text in texts.items()
        if (any(run in bare(text) for run in runs) if runs else heading is not None and shares_words([text_in(heading)], [text]))
    }


def _by_class(boxes: list[HtmlElement]) -> dict[str, list[HtmlElement]]:
    classes = [named for box in boxes if (named := box.get("class"))]
    return {named: [box for box in boxes if box.get("class") == named] for named in classes}


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


def unwrap_layout(tree: HtmlElement) -> None:
    """Tables that lay out the page become plain elements: those of which a cell holds paragraphs, or text over line breaks, and columns of
    paragraphs. What holds a sentence and no other block in it is a paragraph, whatever its tag."""
    columns = [_column(table) for table in tree.iter("table")]
    for table, column in zip(list(tree.iter("table")), columns, strict=True):
        cells = [cell for cell in table.iter("td", "th") if _is_layout(cell)]
        if cells or column:
            for part in table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th"):
                part.tag = "div"
            for part in table.iter("div"):
                text = text_in(part).strip()
                if (
                    part not in cells
                    and not part.xpath(BLOCKS_INSIDE)
                    and (len(text) >= MIN_SENTENCE or (part in column and END.search(text)))
                ):
                    part.tag = "p"
        for cell in cells:
            if len(cell.xpath("./br")) >= 3:
                _split_breaks(cell)


def _is_layout(cell: HtmlElement) -> bool:
    paragraphs = cell.xpath(".//p | .//h1 | .//article")
    text = text_in(cell)
    words = len(text.split()) + len(UNSPACED.findall(text)) // LETTERS_OF_A_WORD
    return words >= EXTENT and (len(paragraphs) >= 2 or len(cell.xpath(".//br")) >= 3)


def _column(table: HtmlElement) -> list[HtmlElement]:
    """The cells of a table that has one in each row, if several hold a sentence, as those of a letter do."""
    rows = table.xpath("./tr | ./tbody/tr | ./thead/tr | ./tfoot/tr")
    cells = [[cell for cell in row.xpath("./td | ./th") if text_in(cell).strip()] for row in rows]
    column = [cell for row in cells for cell in row if cell.find(".//td") is None]
    sentences = [cell for cell in column if len(text_in(cell).strip()) >= MIN_SENTENCE and END.search(text_in(cell))]
    return column if len(sentences) >= MIN_COLUMN and max(map(len, cells)) == 1 else []


def _split_breaks(element: HtmlElement) -> None:
    """Text between two line breaks in a row becomes a paragraph of its own."""
    parts: list[list[HtmlElement | str]] = [[element.text or ""]]
    gap = False
    for child in list(element):
        if child.tag == "br":
            if gap and not (child.getprevious() is not None and (child.getprevious().tail or "").strip()):
                parts.append([])
            parts[-1].append(" " + (child.tail or ""))
            gap = not (child.tail or "").strip()
            continue
        gap = False
        tail, child.tail = child.tail, None
        parts[-1] += [child, tail or ""]
    if len(parts) < 3:
        _restore(element, parts)
        return
    for child in list(element):
        element.remove(child)
    element.text = None
    for part in parts:
        paragraph = element.makeelement("p")
        _fill(paragraph, part)
        if text_in(paragraph).strip():
            element.append(paragraph)


def _restore(element: HtmlElement, parts: list[list[HtmlElement | str]]) -> None:
    """Puts tails back that were taken off to look at them."""
    last: HtmlElement | None = None
    for part in (piece for found in parts for piece in found):
        if isinstance(part, str):
            if last is not None and not last.tail:
                last.tail = part
        else:
            last = part


def _fill(paragraph: HtmlElement, part: list[HtmlElement | str]) -> None:
    last: HtmlElement | None = None
    for piece in part:
        if not isinstance(piece, str):
            paragraph.append(piece)
            last = piece
        elif last is None:
            paragraph.text = (paragraph.text or "") + piece
        else:
            last.tail = (last.tail or "") + piece


def free_holder(tree: HtmlElement) -> None:
    """An element that extractors leave out becomes a plain one where it holds most of the page's sentences."""
    whole = sum(len(text) for text in long_texts(tree))
    if not whole:
        return
    for element in list(tree.iter("aside", "footer", "nav", "form", "header", "figure", "noscript")):
        if sum(len(text) for text in long_texts(element)) >= HOLDER_SHARE * whole:
            element.tag = "div"
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)


def split_pre(tree: HtmlElement) -> None:
    """Running text in a `pre`, broken into lines of one length, becomes paragraphs."""
    for pre in list(tree.iter("pre")):
        text = text_in(pre)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) < 3 or len(text.split()) < EXTENT or sum(map(len, lines)) / len(lines) < 30:
            continue
        box = pre.makeelement("div")
        box.tail = pre.tail
        for part in _BLANK_LINE.split(text):
            if part.strip():
                paragraph = box.makeelement("p")
                paragraph.text = " ".join(part.split())
                box.append(paragraph)
        pre.getparent().replace(pre, box)


def join_lines(tree: HtmlElement) -> None:
    """Line breaks go that a program put where the next word did not fit, if most breaks behind a long line of the page are such, and some cut
    sentences."""
    breaks = [(found, line) for found in tree.iter("br") if len(line := _line_before(found)) >= MIN_WRAPPED and _word_behind(found)]
    width = max((len(line) for _, line in breaks), default=0)
    full = [line for found, line in breaks if len(line) + len(_word_behind(found)) >= width and not UNSPACED.search(line)]
    if sum(END.search(line) is None for line in full) >= MIN_CUT and len(full) >= FULL_SHARE * len(breaks):
        for found, _ in breaks:
            found.tail = f" {(found.tail or '').lstrip()}"
            found.drop_tag()


def _line_before(found: HtmlElement) -> str:
    """The text right before a line break, up to the element before it."""
    before, above = found.getprevious(), found.getparent()
    return ((before.tail if before is not None else above.text if above is not None else None) or "").strip()


def _word_behind(found: HtmlElement) -> str:
    return next(iter((found.tail or "").split()), "")


def free_last_paragraphs(tree: HtmlElement) -> None:
    """Sentences that open the `footer` of the article, which extractors leave out, stand before it, if they share a word with the
    others, or nothing else stands in a `footer` without a name."""
    for footer in list(tree.iter("footer")):
        article = next(footer.iterancestors("article"), None)
        if article is None or article.find(".//h1") is None:
            continue
        last = list(itertools.takewhile(_is_last_paragraph, list(footer)))
        others = [text_in(part) for part in article.iter("p") if part not in last]
        is_all = not footer.attrib and len(last) == len(footer)
        if is_all or shares_words([text_in(part) for part in last], others):
            for paragraph in last:
                paragraph.drop_tree()
                footer.addprevious(paragraph)


def _is_last_paragraph(element: HtmlElement) -> bool:
    text = text_in(element).strip()
    return element.tag == "p" and len(text) >= LEAST_OF_STANDFIRST and END.search(text) is not None and not is_linked(element)


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
    """Lists of links to other stories between the paragraphs of an article go, with the label above them."""
    for found in list(tree.iter("ul", "ol")):
        items = [item for item in found.findall("li") if text_in(item).strip()]
        if len(items) < 2 or not all(map(_is_teaser, items)) or not _has_sentence(found.itersiblings("p")):
            continue
        above = found.getprevious()
        if (
            above is None
            or not _has_sentence(found.itersiblings("p", preceding=True))
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


def _has_sentence(elements: Iterable[HtmlElement]) -> bool:
    return any(len(text) >= MIN_SENTENCE and END.search(text) for text in map(text_in, elements))


def drop_captions(tree: HtmlElement) -> None:
    """What is called a caption and stands next to a picture goes."""
    for element in list(tree.iter("blockquote", "div", "p", "span", "td", "small")):
        if (
            CAPTION.search(element.get("class") or "")
            and len(text_in(element)) <= LONGEST_CAPTION
            and element.getparent() is not None
        ):
            around = itertools.islice(element.iterancestors(), STEPS_TO_PICTURE)
            if element.find(".//h1") is None and any(
                above.find(f".//{name}") is not None for above in around for name in PICTURE_ELEMENTS
            ):
                element.drop_tree()


def free_leads(tree: HtmlElement) -> None:
    """A sentence right below the headline in the `header` of an article, which extractors leave out, stands behind it."""
    for heading in list(tree.iter("h1")):
        header, lead = next(heading.iterancestors("header"), None), heading.getnext()
        if header is not None and header.getparent() is not None and lead is not None and lead.tag == "p" and _is_lead(lead):
            lead.drop_tree()
            header.addnext(lead)


def _is_lead(paragraph: HtmlElement) -> bool:
    text = text_in(paragraph).strip()
    named = " ".join(element.get("class") or "" for element in (paragraph, *itertools.islice(paragraph.iterancestors(), 1)))
    return len(text) >= MIN_SENTENCE and END.search(text) is not None and not PICTURE.search(named) and not is_linked(paragraph)


def drop_other_articles(tree: HtmlElement, title: str) -> None:
    """Articles below that of a page, each with its headline as the page has, go: they are read when the reader scrolls on."""
    articles = [(part, bare(text_in(heading))) for part in tree.iter("article") if (heading := part.find(".//h1")) is not None]
    first = next((place for place, (_, heading) in enumerate(articles) if heading == bare(title)), None)
    if first is not None:
        for part, heading in articles[first + 1 :]:
            if heading != bare(title) and articles[first][0] not in part.iterancestors() and part.getparent() is not None:
                part.drop_tree()


def unlink_named(tree: HtmlElement) -> None:
    """Names on links behind a label in a paragraph of its own ("Line-up: …") are text: extractors take such paragraphs for menus."""
    for paragraph in tree.iter("p"):
        links = paragraph.findall("a")
        named = len(links) >= 2 and (paragraph.text or "").rstrip().endswith((":", "："))
        if (
            named
            and all(_SEPARATORS.fullmatch(link.tail or "") for link in links)
            and _has_sentence(paragraph.itersiblings("p", preceding=True))
        ):
            for link in links:
                link.drop_tag()


def free_words(tree: HtmlElement) -> None:
    """Days in a sentence, which extractors leave out with their `time`, become words of it; text right inside a `font` or `center` that holds
    paragraphs becomes one."""
    for moment in list(tree.iter("time")):
        paragraph = moment.getparent()
        if (
            paragraph is not None
            and paragraph.tag == "p"
            and len(text_in(moment)) * 2 < len(text_in(paragraph))
            and END.search(text_in(paragraph))
        ):
            moment.drop_tag()
    for box in list(tree.iter("div")):
        if _is_paragraph_in_boxes(box):
            box.tag = "p"
    for holder in tree.iter("font", "center"):
        if holder.find("p") is not None and len((holder.text or "").strip()) >= MIN_SENTENCE:
            opening = holder.makeelement("p")
            opening.text, holder.text, holder.tag = holder.text, None, "div"
            holder.insert(0, opening)


def _is_paragraph_in_boxes(box: HtmlElement) -> bool:
    """Whether an element holds a sentence and nothing else, and stands, alone in one element at most, between paragraphs of sentences."""
    if any(child.tag in BLOCKS for child in box):
        return False
    text = text_in(box).strip()
    if not LEAST_OF_STANDFIRST <= len(text) <= LONGEST_STANDFIRST or not END.search(text):
        return False
    above = box.getparent()
    outer = above if above is not None and bare(text_in(above)) == bare(text) else box
    named = f"{box.get('class') or ''} {outer.get('class') or ''}"
    return (
        not PICTURE.search(named)
        and not is_linked(box)
        and _has_sentence(outer.itersiblings("p"))
        and _has_sentence(outer.itersiblings("p", preceding=True))
    )
