"""HTML pages to the text of their article: the page is made easier to read, then trafilatura takes the main text from it.

What a page says of itself in its markup is read in `markup.py`; which lines of the text are boilerplate is decided in `verdicts.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pyarrow as pa
from lxml.html import HtmlElement

from pipelines.cleaning.marked_page import Page
from pipelines.cleaning.markup import NO_MARKUP, read_markup, to_json
from pipelines.cleaning.named_parts import HOLDER_SHARE, unname_parts, unname_words
from pipelines.cleaning.page_data import body_in_data
from pipelines.cleaning.page_drops import (
    drop_captions,
    drop_consent,
    drop_other_articles,
    drop_sign_ups,
    drop_teasers,
    unsign_embeds,
)
from pipelines.cleaning.page_steps import (
    free_holder,
    free_last_paragraphs,
    free_leads,
    free_lists,
    free_sentences,
    free_words,
    join_lines,
    split_pre,
    unlink_named,
    unwrap_layout,
    worth_of_layout,
)
from pipelines.cleaning.page_tree import END, MIN_SENTENCE, bare, blocks_in, every_paragraph, long_texts, parse_page, text_in
from pipelines.cleaning.standfirsts import described_standfirst, headed, named_standfirst
from pipelines.schemas import DOCUMENTS

MIN_TEXT = 250  # characters; of a page that gives fewer, other readings are tried
NEARLY_ALL = 0.98  # of the sentences of a reading that another must have to take its place
GLUED_LINES = 5  # of a reading with more, the extractor found the paragraphs
MUCH_MORE = 1.8  # times the sentences of the reading that the page's JSON-LD holds: the reading missed the article;
AS_GOOD = 0.7  # share of them that another reading must have, which also has the page's paragraphs
MOST_SOUGHT = 1_000_000_000  # lines times letters of a page up to which lines are put in its order: a page of half a megabyte
MOST_ELEMENTS = 50_000  # of a page in which the article is looked for: the extractor needs their square
AS_MUCH = 0.9  # times the sentences of a table's rows that a reading without the table must hold to be taken, or
WITH_ALL = 0.8  # times those, with all that stands in paragraphs
_JOINERS = frozenset("\u200c\u200d")
_JOINERS_AS_LETTERS = str.maketrans("\u200c\u200d", "\ua7fa\ua7fb")  # two of Latin inscriptions
_LETTERS_AS_JOINERS = str.maketrans("\ua7fa\ua7fb", "\u200c\u200d")
_TABLE_ROW = re.compile(r"\|.*\|\s*$")


def text_of_html(html: str) -> str:
    """The main text of a page, "" where none is found. Never raises on broken markup.

    Paragraphs are separated by a blank line: where they stand one under the other and are of about one length, they would read
    as one paragraph broken into lines."""
    return read_page(html, None)[0]


def text_of_page(tree: HtmlElement, whole: str | None, title: str | None = None) -> str:
    """The main text of a parsed page; `whole`: the text in its JSON-LD, or other data; `title`: its headline. The tree is changed on the way."""
    plain = "" if whole is None else _split_lines(whole)
    if title:
        _apply(partial(drop_other_articles, title=title), tree)
    for step in (
        drop_consent,
        drop_sign_ups,
        drop_captions,
        free_holder,
        unname_words,
        free_leads,
        free_last_paragraphs,
        join_lines,
        split_pre,
        unsign_embeds,
        drop_teasers,
        unlink_named,
        free_words,
        free_lists,
        free_sentences,
    ):
        _apply(step, tree)
    order = bare(text_in(tree))
    text = _in_order(_extract(tree, precise=True), order)
    if _worth(plain) <= MUCH_MORE * _worth(text):
        text = _with_named_parts(tree, text, order)
    if _worth(_outside_tables(text)) < HOLDER_SHARE * worth_of_layout(tree):
        paragraphs = sum([len(inside) for part in tree.iter("p") if len(inside := text_in(part).strip()) >= MIN_SENTENCE])
        _apply(unwrap_layout, tree)
        unwrapped = _extract(tree, precise=True)
        share = WITH_ALL if 0 < paragraphs <= _worth(unwrapped) else AS_MUCH
        text = (
            unwrapped
            if _worth(unwrapped) >= share * min(_worth(text), sum(map(len, filter(END.search, blocks_in(tree)))))
            else text
        )
    if len(text) < MIN_TEXT:
        text = max((text, _extract(tree, precise=False), plain), key=_worth)
    elif _worth(plain) > MUCH_MORE * _worth(text):
        other = _extract(tree, precise=False)
        text = other if _worth(other) >= AS_GOOD * _worth(plain) else plain
    if plain and bare(text) == bare(plain):  # of two that say the same the one with paragraphs
        return plain
    return _divided(text, blocks_in(tree)) if text.count("\n\n") < GLUED_LINES else text


def _text_with_joiners(tree: HtmlElement, whole: str | None, title: str | None) -> str:
    """`text_of_page`, with what joins and parts letters in Persian or Hindi words: the extractor drops these characters, so that letters
    stand in for them."""
    if _JOINERS.isdisjoint(text_in(tree)):
        return text_of_page(tree, whole, title)
    for element in tree.iter():
        element.text, element.tail = (part and part.translate(_JOINERS_AS_LETTERS) for part in (element.text, element.tail))
    return text_of_page(tree, whole and whole.translate(_JOINERS_AS_LETTERS), title).translate(_LETTERS_AS_JOINERS)


def _apply(step: Callable[[HtmlElement], None], tree: HtmlElement) -> None:
    try:
        step(tree)
    except Exception:  # on markup that a step cannot bear the page stays as it is
        return


def _worth(text: str) -> int:
    """The characters that stand in sentences, by which readings of a page are compared."""
    return sum(len(line) for line in text.splitlines() if len(line) >= MIN_SENTENCE or END.search(line))


def _with_named_parts(tree: HtmlElement, text: str, order: str) -> str:
    """A text with the parts of the article that the extractor left out for their names."""
    try:
        freed = unname_parts(tree, text)
    except Exception:  # on odd markup the text stays as it is
        return text
    if not freed:
        return text
    known = bare(text)
    lines = _in_order(_extract(tree, precise=True), order).split("\n\n")
    more = "\n\n".join(line for line in lines if (own := bare(line)) in known or own in freed)
    headlines = {bare(text_in(heading)) for heading in tree.iter("h1")}  # put over the text later, where they are missing
    return more if _holds(more, "\n\n".join(line for line in text.split("\n\n") if bare(line) not in headlines)) else text


def _holds(text: str, other: str) -> bool:
    """Whether a text has nearly all sentences of another."""
    known = bare(text)
    return _worth("\n".join(line for line in other.splitlines() if bare(line) in known)) >= NEARLY_ALL * _worth(other)


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


def _divided(text: str, blocks: list[str]) -> str:
    """A text whose lines end where blocks of the page end: of a short page the extractor gives headline, byline and paragraphs as one line.

    >>> _divided("Ferry stays By Ada Quill It stays.", ["Menu", "Ferry stays", "By Ada Quill", "It stays."])
    'Ferry stays\\n\\nBy Ada Quill\\n\\nIt stays.'
    >>> _divided("The ferry stays.", ["T", "he ferry stays."])
    'The ferry stays.'
    """
    letters = [bare(block) for block in blocks]
    known = set(letters)
    lines = []
    for line in text.split("\n\n"):
        rest = bare(line)
        inside = []
        if rest not in known and not _TABLE_ROW.match(line):
            for block, own in zip(blocks, letters, strict=True):
                if own and rest.startswith(own):
                    inside.append(block)
                    rest = rest.removeprefix(own)
        lines += inside if inside and not rest and min(map(len, inside)) > 1 else [line]  # one letter: a paragraph's initial
    return "\n\n".join(lines)


def _in_order(text: str, order: str) -> str:
    """The lines of a text in the order in which they stand on the page, `order` being the page's letters and digits: extractors put what
    they find later behind. As it is where a line is not found on the page, or twice, and where to look for all would take long."""
    lines = text.split("\n\n")
    wanted = [bare(line) for line in lines]
    place = 0
    for letters in wanted:  # most texts are in order, which one look at the page tells
        place = order.find(letters, place)
        if place < 0:
            break
    if place >= 0 or len(lines) * len(order) > MOST_SOUGHT:
        return text
    places = [order.find(letters) for letters in wanted]
    if min(places) < 0 or not all(wanted):
        return text
    if any(order.find(letters, place + 1) >= 0 for letters, place in zip(wanted, places, strict=True)):
        return text
    return "\n\n".join(line for _, line in sorted(zip(places, lines, strict=True)))


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
    standfirst = None if large else described_standfirst(tree, page.descriptions()) or named_standfirst(tree)
    try:
        markup = read_markup(page)
    except Exception:  # whatever odd markup does to a reader: the text is read all the same
        markup = NO_MARKUP
    if large:
        del page, tree  # before the page is parsed again
        return every_paragraph(html) or _split_lines(whole or ""), to_json(markup)
    if whole is None and sum(map(len, long_texts(tree))) < MIN_TEXT:
        whole = body_in_data(tree, markup.title)
    return headed(_text_with_joiners(tree, whole, markup.title), markup.title, standfirst), to_json(markup)
