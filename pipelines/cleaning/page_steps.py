"""Steps that make a page easier to read for the extractor. Each changes the tree that it is given.

Steps that take away what is none of the article stand in `page_drops.py`.
"""

from __future__ import annotations

import itertools
import re

from lxml.html import HtmlElement

from pipelines.cleaning.named_parts import HOLDER_SHARE, shares_words
from pipelines.cleaning.page_names import LOOSE_TEXT_HOLDERS, PICTURE, PICTURE_ELEMENTS, STYLING_ELEMENTS
from pipelines.cleaning.page_tree import BLOCKS, END, MIN_SENTENCE, bare, has_sentence, long_texts, text_in
from pipelines.cleaning.standfirsts import LEAST_OF_STANDFIRST, LONGEST_STANDFIRST, SAME_OPENING, is_linked
from pipelines.letters import UNSPACED

BLOCKS_INSIDE = "./div | ./p | ./ul | ./ol | ./table | ./blockquote | ./section | ./article | ./h1 | ./h2 | ./h3 | ./h4"
EXTENT = 40  # words of a table cell that say the table is there for the layout
LETTERS_OF_A_WORD = 2  # in Chinese, say
MIN_LINKED = 40  # characters of a sentence on a link
MOST_WORDS_OF_A_NAME = 3  # on a link of a list
MIN_COLUMN = 3  # sentences in the cells of a table of one column
MIN_WRAPPED, MIN_CUT = 45, 5  # characters of a line that was broken to fit; such breaks in sentences
FULL_SHARE = 0.8  # of breaks behind long lines that are such
MIN_LINE = 30  # characters of the lines of running text in a `pre`, on average
_SEPARATORS = re.compile(r"[\s、,;/・·|.–—-]*")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def worth_of_layout(tree: HtmlElement) -> int:
    """The characters of the largest cell that lays out the page, but for those of cells within, or of the largest column of paragraphs."""
    cells = [len(text_in(cell)) for cell in tree.iter("td") if _is_layout(cell) and cell.find(".//td") is None]
    return max([*cells, *(sum(len(text_in(cell)) for cell in _column(table)) for table in tree.iter("table"))], default=0)


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
        several = len(lines) >= 3 and len(text.split()) >= EXTENT
        if (
            not lines
            or sum(map(len, lines)) / len(lines) < MIN_LINE
            or not (several or (len(text) >= MIN_SENTENCE and END.search(text)))
        ):
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


def unlink_named(tree: HtmlElement) -> None:
    """Names on links behind a label in a paragraph of its own ("Line-up: …") are text: extractors take such paragraphs for menus."""
    for paragraph in tree.iter("p"):
        links = paragraph.findall("a")
        named = len(links) >= 2 and (paragraph.text or "").rstrip().endswith((":", "："))
        if (
            named
            and all(_SEPARATORS.fullmatch(link.tail or "") for link in links)
            and has_sentence(paragraph.itersiblings("p", preceding=True))
        ):
            for link in links:
                link.drop_tag()


def free_words(tree: HtmlElement) -> None:
    """Days in a sentence, which extractors leave out with their `time`, become words of it; sentences right inside an element that holds
    paragraphs become such."""
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
    for holder in list(tree.iter(*LOOSE_TEXT_HOLDERS)):
        if holder.find("p") is not None:
            _free_loose_text(holder)
            if holder.tag in STYLING_ELEMENTS:
                holder.tag = "div"


def _free_loose_text(holder: HtmlElement) -> None:
    """Sentences that stand right inside an element, between those that are blocks, become paragraphs."""
    runs: list[tuple[HtmlElement | None, list[HtmlElement | str]]] = [(None, [holder.text or ""])]
    for child in list(holder):
        if child.tag in BLOCKS or child.tag == "br" or not isinstance(child.tag, str):
            runs.append((child, [child.tail or ""]))
        else:
            runs[-1][1].extend((child, child.tail or ""))
    texts = ["".join(piece if isinstance(piece, str) else text_in(piece) for piece in run).strip() for _, run in runs]
    sentences = [len(text) >= LEAST_OF_STANDFIRST and END.search(text) is not None for text in texts]
    if holder.tag not in STYLING_ELEMENTS and any(text and not ends for text, ends in zip(texts, sentences, strict=True)):
        return  # of the rest, extractors would take nothing
    for before, run in itertools.compress(runs, sentences):
        if any(isinstance(piece, str) and piece.strip() for piece in run):
            _make_paragraph(holder, before, run)


def _make_paragraph(holder: HtmlElement, before: HtmlElement | None, run: list[HtmlElement | str]) -> None:
    """Puts some text and elements of a holder, which stand behind an element or at its beginning, into a paragraph there."""
    paragraph = holder.makeelement("p")
    for piece in run:
        if not isinstance(piece, str):
            piece.tail = None
    _fill(paragraph, run)
    if before is None:
        holder.text = None
        holder.insert(0, paragraph)
    else:
        before.tail = None
        before.addnext(paragraph)


def free_lists(tree: HtmlElement) -> None:
    """Lists that extractors take for menus, between paragraphs of sentences: of terms; of lines in elements of their own; of a few names on
    links, behind a line that ends with a colon."""
    for found in list(tree.iter("dl", "ul", "ol", "div")):
        if not _is_among_sentences(found):
            continue
        if found.tag == "dl":
            for part in list(found.iter("dl", "dt", "dd")):
                part.tag = "ul" if part.tag == "dl" else "li"
        if found.tag == "div":
            lines = list(found)
            if len(lines) >= 2 and not (found.text or "").strip() and all(map(_is_line, lines)):
                for line in lines:
                    line.tag = "p"
        elif text_in(found.getprevious()).rstrip().endswith((":", "：")):
            for link in list(found.iter("a")):
                if len(text_in(link).split()) <= MOST_WORDS_OF_A_NAME:
                    link.drop_tag()
        for item in list(found.iter("li")) if not is_linked(found) else ():
            if not any(child.tag in BLOCKS for child in item):
                _fill_paragraph(item)


def _fill_paragraph(item: HtmlElement) -> None:
    """Puts what an element holds into a paragraph in it: short items without one are left out."""
    paragraph = item.makeelement("p")
    paragraph.text, item.text = item.text, None
    paragraph.extend(list(item))
    item.append(paragraph)


def _is_line(element: HtmlElement) -> bool:
    text = text_in(element).strip()
    is_plain = element.tag == "div" and not any(child.tag in BLOCKS or child.tag == "a" for child in element)
    return (
        is_plain
        and len(text) >= LEAST_OF_STANDFIRST
        and END.search(text) is not None
        and not PICTURE.search(element.get("class") or "")
    )


def _is_among_sentences(element: HtmlElement) -> bool:
    """Whether an element stands right behind a paragraph and before others, of which some hold sentences."""
    above = element.getprevious()
    return (
        above is not None
        and above.tag == "p"
        and has_sentence(element.itersiblings("p", preceding=True))
        and has_sentence(element.itersiblings("p"))
    )


def free_sentences(tree: HtmlElement) -> None:
    """A sentence on a link between paragraphs, and a quotation in a `figure` without a picture that stands nowhere else, become plain text."""
    for paragraph in list(tree.iter("p")):
        text = text_in(paragraph).strip()
        if len(text) >= MIN_LINKED and text[-1] in ".。।" and is_linked(paragraph) and _is_among_sentences(paragraph):
            for link in paragraph.findall(".//a"):
                link.drop_tag()
    for figure in list(tree.iter("figure")):
        quotation = figure.find(".//blockquote")
        if quotation is None or any(figure.find(f".//{name}") is not None for name in PICTURE_ELEMENTS):
            continue
        if bare(text_in(tree)).count(bare(text_in(quotation))[:SAME_OPENING]) == 1:
            figure.tag = "div"
            figure.attrib.pop("class", None)


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
        and has_sentence(outer.itersiblings("p"))
        and has_sentence(outer.itersiblings("p", preceding=True))
    )
