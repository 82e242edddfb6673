"""HTML pages to the text of their article: the page is made easier to read, then trafilatura takes the main text from it.

What a page says of itself in its markup is read in `markup.py`; which lines of the text are boilerplate is decided in `verdicts.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from urllib.parse import urlsplit

import pyarrow as pa
from lxml.html import HtmlElement

from pipelines.cleaning.marked_page import Page, elements_below
from pipelines.cleaning.markup import NO_MARKUP, read_markup, to_json
from pipelines.cleaning.page_names import CONSENT, EMBED, PICTURE, STANDFIRST
from pipelines.schemas import DOCUMENTS

MIN_TEXT = 250  # characters; of a page that gives fewer, other readings are tried
MUCH_MORE = 1.8  # times the sentences of the reading that the page's JSON-LD holds: the reading missed the article;
AS_GOOD = 0.7  # share of them that another reading must have, which also has the page's paragraphs
MOST_SOUGHT = 1_000_000_000  # lines times letters of a page up to which lines are put in its order: a page of half a megabyte
MOST_ELEMENTS = 50_000  # of a page in which the article is looked for: the extractor needs their square
AS_MUCH = 0.9  # times the sentences of a table's rows that a reading without the table must hold to be taken, or
WITH_ALL = 0.8  # times those, with all that stands in paragraphs
MIN_SENTENCE = 60  # characters of a run of text that reads like a sentence
HOLDER_SHARE = 0.5  # of a page's sentences in one element that is the article whatever its tag says
CONSENT_SHARE = 0.5  # of the text in a box about consent that is the page itself: it stays, and cleaning tells it
_BLOCKS = frozenset(
    ("div", "p", "ul", "ol", "table", "blockquote", "section", "article", "aside", "figure", "h1", "h2", "h3", "h4")
)
BLOCKS_INSIDE = "./div | ./p | ./ul | ./ol | ./table | ./blockquote | ./section | ./article | ./h1 | ./h2 | ./h3 | ./h4"
EXTENT = 40  # words of a table cell that say the table is there for the layout

LONGEST_STANDFIRST, MOST_PARTS = 600, 8  # characters of a standfirst, and elements inside its own
MOST_ABOVE = 3  # paragraphs of text over it
LEAST_OF_STANDFIRST, NEAR_HEADING = 20, 16  # characters of what its class calls so, and elements below the headline
SAME_OPENING = 40  # letters and digits by which a standfirst is found again in a text

MIN_TEASER = 20  # characters of a link to another story in a list of them

# Where elements stand in each other 256 deep, as they do on pages that never close them, the parser stops, and what follows is lost.
_TOO_DEEP = "Excessive depth"
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|"
    r"pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?!(?:body|br|head|html|link|meta|p|script|style|title)\b)[a-z][^<>]*>", re.IGNORECASE)

_SEPARATORS = re.compile(r"[\s、,;/・·|.–—-]*")
_END = re.compile(r"[.!?…。！？؟।\"”’»«“]\s*$")
_TABLE_ROW = re.compile(r"\|.*\|\s*$")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def text_of_html(html: str) -> str:
    """The main text of a page, "" where none is found. Never raises on broken markup.

    Paragraphs are separated by a blank line: where they stand one under the other and are of about one length, they would read
    as one paragraph broken into lines."""
    return read_page(html, None)[0]


def parse_page(html: str) -> HtmlElement | None:
    """The page as a tree, or None where nothing can be read from it."""
    from trafilatura.utils import HTML_PARSER, load_html

    html = html.replace("\x00", "")
    try:
        found = load_html(html)
        last = HTML_PARSER.error_log.last_error
        if last is not None and last.message.startswith(_TOO_DEEP):
            found = load_html(_flat(html))
    except Exception:  # whatever the parser fails on
        return None
    return found


def _flat(html: str) -> str:
    """A page with no elements but those of its head, and paragraphs, which do not stand in each other."""
    return _INLINE.sub("", _BLOCK.sub("<p>", html))


def text_of_page(tree: HtmlElement, whole: str | None) -> str:
    """The main text of a parsed page; `whole`: the text in its JSON-LD. The tree is changed on the way."""
    plain = "" if whole is None else _split_lines(whole)
    for step in (_drop_consent, _free_holder, _split_pre, _unsign_embeds, _drop_teasers, _unlink_named, _free_words):
        _apply(step, tree)
    order = _bare(_text(tree))
    text = _in_order(_extract(tree, precise=True), order)
    if _worth(_outside_tables(text)) < HOLDER_SHARE * max(map(_worth_of_cell, tree.iter("td")), default=0):
        paragraphs = sum([len(inside) for part in tree.iter("p") if len(inside := _text(part).strip()) >= MIN_SENTENCE])
        _apply(_unwrap_layout, tree)
        unwrapped = _extract(tree, precise=True)
        share = WITH_ALL if 0 < paragraphs <= _worth(unwrapped) else AS_MUCH
        text = unwrapped if _worth(unwrapped) >= share * _worth(text) else text
    if len(text) < MIN_TEXT:
        text = max((text, _extract(tree, precise=False), plain), key=_worth)
    elif _worth(plain) > MUCH_MORE * _worth(text):
        other = _extract(tree, precise=False)
        text = other if _worth(other) >= AS_GOOD * _worth(plain) else plain
    return plain if plain and _bare(text) == _bare(plain) else text  # of two that say the same the one with paragraphs


def _apply(step: Callable[[HtmlElement], None], tree: HtmlElement) -> None:
    try:
        step(tree)
    except Exception:  # on markup that a step cannot bear the page stays as it is
        return


def _worth_of_cell(cell: HtmlElement) -> int:
    """The characters of a cell that lays out the page, but for those of cells within."""
    return len(_text(cell)) if _is_layout(cell) and cell.find(".//td") is None else 0


def _worth(text: str) -> int:
    """The characters that stand in sentences, by which readings of a page are compared."""
    return sum(len(line) for line in text.splitlines() if len(line) >= MIN_SENTENCE or _END.search(line))


def _outside_tables(text: str) -> str:
    """A text without the rows of tables, into which the extractor puts all paragraphs of a cell as one."""
    return "\n".join(line for line in text.splitlines() if not _TABLE_ROW.match(line))


def _extract(tree: HtmlElement, precise: bool) -> str:
    import trafilatura

    try:
        text = trafilatura.extract(
            tree, favor_precision=precise, favor_recall=not precise, include_comments=False, include_tables=True, deduplicate=False
        )
    except Exception:  # whatever the extractor fails on
        return ""
    return _split_lines(text or "")


def _split_lines(text: str) -> str:
    return "\n\n".join(line for line in text.splitlines() if line.strip())


# ---------------------------------------------------------------- making a page easier to read


def _drop_consent(tree: HtmlElement) -> None:
    """Takes away boxes that ask for consent, unless they hold most of the page's text."""
    whole = len(_text(tree)) or 1
    for element in list(_boxes(tree)):
        inside = element.xpath("self::main | .//h1 | .//article | .//main")
        if not inside and len(_text(element)) < CONSENT_SHARE * whole + 400 and element.getparent() is not None:
            element.drop_tree()


def _boxes(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter("div", "section", "aside", "dialog", "form"):
        named = " ".join(filter(None, (element.get("id"), element.get("class"), element.get("aria-label"))))
        if CONSENT.search(named):
            yield element


def _unwrap_layout(tree: HtmlElement) -> None:
    """Tables that lay out the page become plain elements: those of which a cell holds paragraphs, or text over line breaks.
    What holds a sentence and no other block in it is a paragraph, whatever its tag."""
    for table in list(tree.iter("table")):
        cells = [cell for cell in table.iter("td", "th") if _is_layout(cell)]
        if cells:
            for part in table.iter("table", "tbody", "thead", "tfoot", "tr", "td", "th"):
                part.tag = "div"
            for part in table.iter("div"):
                if part not in cells and not part.xpath(BLOCKS_INSIDE) and len(_text(part).strip()) >= MIN_SENTENCE:
                    part.tag = "p"
        for cell in cells:
            if len(cell.xpath("./br")) >= 3:
                _split_breaks(cell)


def _is_layout(cell: HtmlElement) -> bool:
    paragraphs = cell.xpath(".//p | .//h1 | .//article")
    words = len(_text(cell).split())
    return words >= EXTENT and (len(paragraphs) >= 2 or len(cell.xpath(".//br")) >= 3)


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
        if _text(paragraph).strip():
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


def _free_holder(tree: HtmlElement) -> None:
    """An element that extractors leave out becomes a plain one where it holds most of the page's sentences."""
    whole = sum(len(text) for text in _sentences(tree))
    if not whole:
        return
    for element in list(tree.iter("aside", "footer", "nav", "form", "header", "figure", "noscript")):
        if sum(len(text) for text in _sentences(element)) >= HOLDER_SHARE * whole:
            element.tag = "div"
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)


def _sentences(element: HtmlElement) -> list[str]:
    """The texts of paragraphs that are long enough for sentences."""
    texts = (_text(part).strip() for part in element.iter("p", "li", "blockquote", "td"))
    return [text for text in texts if len(text) >= MIN_SENTENCE]


def _split_pre(tree: HtmlElement) -> None:
    """Running text in a `pre`, broken into lines of one length, becomes paragraphs."""
    for pre in list(tree.iter("pre")):
        text = _text(pre)
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


def _unsign_embeds(tree: HtmlElement) -> None:
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


def _drop_teasers(tree: HtmlElement) -> None:
    """Lists of links to other stories between the paragraphs of an article go, with the label above them."""
    for found in list(tree.iter("ul", "ol")):
        items = [item for item in found.findall("li") if _text(item).strip()]
        if len(items) < 2 or not all(map(_is_teaser, items)) or not _has_sentence(found.itersiblings("p")):
            continue
        above = found.getprevious()
        if (
            above is None
            or not _has_sentence(found.itersiblings("p", preceding=True))
            or _text(above).rstrip().endswith((":", "："))
        ):
            continue
        hosts = {urlsplit(link.get("href", "")).netloc for item in items for link in item.iter("a")}
        if len(hosts) > 1:  # sources that an article names
            continue
        label = _text(above).strip()
        if len(label) < MIN_SENTENCE and not _END.search(label) and isinstance(above.tag, str):
            above.drop_tree()
        found.drop_tree()


def _is_teaser(item: HtmlElement) -> bool:
    """Whether most of an item of a list is a link to another page, worded like a headline."""
    text = " ".join(_text(item).split())
    links = [link for link in item.iter("a") if link.get("href") and not link.get("href").startswith("#")]
    return (
        bool(links)
        and len(text) >= MIN_TEASER
        and text[-1] not in ".。।"
        and 5 * sum(len(_text(link)) for link in links) > 2 * len(text)
    )


def _has_sentence(elements: Iterable[HtmlElement]) -> bool:
    return any(len(text) >= MIN_SENTENCE and _END.search(text) for text in map(_text, elements))


def _unlink_named(tree: HtmlElement) -> None:
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


def _free_words(tree: HtmlElement) -> None:
    """Days in a sentence, which extractors leave out with their `time`, become words of it; text right inside a `font` or `center` that holds
    paragraphs becomes one."""
    for moment in list(tree.iter("time")):
        paragraph = moment.getparent()
        if (
            paragraph is not None
            and paragraph.tag == "p"
            and len(_text(moment)) * 2 < len(_text(paragraph))
            and _END.search(_text(paragraph))
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
    if any(child.tag in _BLOCKS for child in box):
        return False
    text = _text(box).strip()
    if not LEAST_OF_STANDFIRST <= len(text) <= LONGEST_STANDFIRST or not _END.search(text):
        return False
    above = box.getparent()
    outer = above if above is not None and _text(above).strip() == text else box
    named = f"{box.get('class') or ''} {outer.get('class') or ''}"
    return (
        not PICTURE.search(named)
        and not _is_linked(box)
        and _has_sentence(outer.itersiblings("p"))
        and _has_sentence(outer.itersiblings("p", preceding=True))
    )


def _in_order(text: str, order: str) -> str:
    """The lines of a text in the order in which they stand on the page, `order` being the page's letters and digits: extractors put what
    they find later behind. As it is where a line is not found on the page, or twice, and where to look for all would take long."""
    lines = text.split("\n\n")
    wanted = [_bare(line) for line in lines]
    place = 0
    for bare in wanted:  # most texts are in order, which one look at the page tells
        place = order.find(bare, place)
        if place < 0:
            break
    if place >= 0 or len(lines) * len(order) > MOST_SOUGHT:
        return text
    places = [order.find(bare) for bare in wanted]
    if min(places) < 0 or not all(wanted):
        return text
    if any(order.find(bare, place + 1) >= 0 for bare, place in zip(wanted, places, strict=True)):
        return text
    return "\n\n".join(line for _, line in sorted(zip(places, lines, strict=True)))


def _text(element: HtmlElement) -> str:
    return str(element.text_content() or "")


def with_page_texts(documents: pa.Table) -> pa.Table:
    """DOCUMENTS with the main text of each page in the place of the page, so that its lines count among the publisher's, and what its
    markup says next to it."""
    rows = documents.select(DOCUMENTS.names).to_pylist()
    for row in rows:
        if row["text"] is None and row["html"] is not None:
            row["text"], row["markup"] = read_page(row["html"], row["url"])
            row["html"] = None
    return pa.Table.from_pylist(rows, schema=DOCUMENTS)


def read_page(html: str, url: str | None) -> tuple[str, str | None]:
    """The main text of a page, and as JSON what its markup says. Never raises on broken markup."""
    tree = parse_page(html)
    if tree is None:
        return "", None
    page = Page(tree, url)
    whole = page.article_body()
    large = tree.xpath("count(//*)") > MOST_ELEMENTS
    standfirst = None if large else _shown(tree, page.descriptions()) or _named_standfirst(tree)
    try:
        markup = read_markup(page)
    except Exception:  # whatever odd markup does to a reader: the text is read all the same
        markup = NO_MARKUP
    if large:
        del page, tree  # before the page is parsed again
        return _every_paragraph(html) or _split_lines(whole or ""), to_json(markup)
    return _headed(text_of_page(tree, whole), markup.title, standfirst), to_json(markup)


def _every_paragraph(html: str) -> str:
    """All paragraphs and lines of a page, wherever they stand on it: which of them are the article's, cleaning decides."""
    tree = parse_page(_flat(_BREAK.sub("<p>", html)))
    if tree is None:
        return ""
    for hidden in list(tree.iter("script", "style", "title")):
        hidden.drop_tree()
    return "\n\n".join(filter(None, (" ".join(_text(paragraph).split()) for paragraph in tree.iter("p"))))


def _shown(tree: HtmlElement, descriptions: Sequence[str]) -> str | None:
    """The description of a page that stands on it word for word, over most of its paragraphs, in an element of its own: its standfirst."""
    wanted = {_bare(text): text for text in descriptions if len(text) >= MIN_SENTENCE and _END.search(text)}
    if not wanted:
        return None
    paragraphs = 0
    for element in tree.iter("p", "div", "h2", "h3", "span", "strong", "section", "header"):
        text = _text(element) if len(element) <= MOST_PARTS else ""
        if len(text) > LONGEST_STANDFIRST:
            continue
        if _bare(text) in wanted:
            return " ".join(text.split())
        paragraphs += element.tag == "p" and len(text) >= MIN_SENTENCE
        if paragraphs > MOST_ABOVE:
            return None
    return None


def _named_standfirst(tree: HtmlElement) -> str | None:
    """The standfirst of a page: what is called so by its class, or is a heading of second rank, right below the headline."""
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return None
    paragraphs = 0
    for element in elements_below(heading, NEAR_HEADING):
        text = " ".join(_text(element).split())
        named = (
            STANDFIRST.search(element.get("class") or "") is not None
            or (element.tag in ("h2", "h3") and element.getprevious() is heading)
            or (element.tag == "div" and _holds_sentence(element))
        )
        if (
            named
            and LEAST_OF_STANDFIRST <= len(text) <= LONGEST_STANDFIRST
            and len(element) <= MOST_PARTS
            and not _is_linked(element)
        ):
            return text
        paragraphs += element.tag == "p" and len(text) >= MIN_SENTENCE
        if paragraphs > MOST_ABOVE:
            return None
    return None


def _holds_sentence(element: HtmlElement) -> bool:
    """Whether an element holds a whole sentence, no other block, and no picture's caption."""
    text = _text(element).strip() if not any(child.tag in _BLOCKS for child in element) else ""
    return len(text) >= MIN_SENTENCE and _END.search(text) is not None and not PICTURE.search(element.get("class") or "")


def _is_linked(element: HtmlElement) -> bool:
    """Whether half of the text of an element stands on links."""
    return 2 * sum([len(_text(link)) for link in element.iter("a")]) > len(_text(element))


def _headed(text: str, title: str | None, standfirst: str | None) -> str:
    """The text of a page with its headline and standfirst over it, where the extractor left them out: without the headline another line
    would be taken for it."""
    if not text:
        return text
    lines = text.split("\n\n")
    if title and not any(_bare(line) == _bare(title) for line in lines):
        lines.insert(0, title)
    if standfirst and _bare(standfirst)[:SAME_OPENING] not in _bare(text):
        lines.insert(1 if title and _bare(lines[0]) == _bare(title) else 0, standfirst)
    return "\n\n".join(lines)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
