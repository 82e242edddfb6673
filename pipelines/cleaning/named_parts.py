"""Parts of an article whose class names or styles sound like those of menus, comments or buttons, so that extractors would leave them out.

These names are removed here. Steps that take away what really is none of the article stand in `page_drops.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from pipelines.cleaning.biographies import tells_of_writer
from pipelines.cleaning.left_out import is_left_out
from pipelines.cleaning.lexicon import Lexicon, load_lexicon
from pipelines.cleaning.marked_page import words_in
from pipelines.cleaning.page_names import AMONG_PARAGRAPHS, COMMENT, CONSENT, EMBED, HIDING, NO_PART, SELDOM_PART, WRITTEN_IN
from pipelines.cleaning.page_tree import END, bare, long_texts, text_in
from pipelines.cleaning.standfirsts import is_linked
from pipelines.language import detect_language
from pipelines.letters import UNSPACED

BOXES = ("div", "section", "p", "details")
HOLDER_SHARE = 0.5  # of a page's sentences in one element that is the article whatever its name says
MOST_KNOWN = 0.5  # of the sentences of an element that was left out
MIN_SENTENCES = 2  # in a box of which the sentences are some of the article's
MIN_SHARE = 0.25  # of the page's sentences in such boxes, from which on they need no words in common with the others
MIN_COMMON, MIN_COHESION = 2, 0.04  # longer words that they have in common with the others else, and the part of theirs
LONGER = 5  # letters of a longer word
MUCH, NEARLY_ALL = 0.4, 0.9  # of a page's sentences in boxes that are the article's whatever their names say
MIN_SAME = 0.03  # of all their words that the others have
MAX_LINKED = 0.3  # of the text of such a box
QUOTE_MARK = re.compile('["“”„«»‘「]')


def unname_words(tree: HtmlElement) -> None:
    """Takes the names from words within a sentence that readers see."""
    for element in _with_names(tree, "span"):
        if _is_in_sentence(element):
            _unname(element)


def unname_parts(tree: HtmlElement, text: str) -> str:
    """Takes the names from elements that the extractor left out for them, though they hold sentences of the article: those with most of the
    page's sentences, boxes and paragraphs among its paragraphs. `text`: what was extracted. The letters and digits of all that it found."""
    known = bare(text)
    named = list(_with_names(tree, *BOXES))
    missing = [element for element in named if _is_missing(element, known)]
    texts = long_texts(tree) if missing else []
    whole = sum(map(len, texts))
    parts = [element for element in missing if _is_paragraph_of_it(element) or _is_box_of_it(element, texts)]
    looks = {_look(element) for element in parts} - {None}
    unread = {*missing, *(element for element in named if not long_texts(element))}
    parts += [element for element in named if element in unread and _look(element) in looks]
    inside = [inner for part in parts for inner in _with_names(part, *BOXES) if _is_prose(inner) and not _is_other(inner)]
    holders = [element for element in missing if _holds_article(element, whole)]
    kept = [element for element in dict.fromkeys([*holders, *parts, *inside]) if is_left_out(element)]
    for element in kept:
        _unname(element)
    return " ".join(bare(text_in(element)) for element in kept)


def _unname(element: HtmlElement) -> None:
    for name in HIDING:
        element.attrib.pop(name, None)


def _look(element: HtmlElement) -> tuple[HtmlElement, str] | None:
    """Where an element stands and its class, which it shares with those that are made for the same purpose."""
    above, named = element.getparent(), element.get("class")
    return None if above is None or not named else (above, named)


def _is_missing(element: HtmlElement, known: str) -> bool:
    """Whether most of what stands in an element was left out."""
    texts = [text_in(element)] if element.tag == "p" else long_texts(element)
    return sum(len(text) for text in texts if bare(text) in known) < MOST_KNOWN * sum(map(len, texts))


def _with_names(tree: HtmlElement, *tags: str) -> Iterator[HtmlElement]:
    """The elements of these tags with an attribute for which the extractor may leave them out, in the order of the page."""
    return (element for element in tree.iter(*tags) if any(name in element.attrib for name in HIDING))


def named_so(element: HtmlElement) -> str:
    """The class and the id of an element."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _holds_article(element: HtmlElement, whole: int) -> bool:
    """Whether an element holds most of a page's sentences, and its headline if it is called after comments."""
    if element.tag == "p" or sum(map(len, long_texts(element))) < max(HOLDER_SHARE * whole, 1) or _is_menu(element):
        return False
    return COMMENT.search(named_so(element)) is None or element.find(".//h1") is not None or _has_headline(element)


def _has_headline(element: HtmlElement) -> bool:
    window = element.getroottree().getroot().find(".//title")
    title = bare(text_in(window)) if window is not None else ""
    return any((heading := bare(text_in(part))) and heading in title for part in element.iter("h2", "h3"))


def _is_menu(element: HtmlElement) -> bool:
    """Whether an element asks for something to be written or pressed, or holds links and headings that are links."""
    fields = (
        any((field.get("type") or "").lower() in WRITTEN_IN for field in element.iter("input"))
        or element.find(".//button") is not None
    )
    linked = sum([len(text_in(link)) for link in element.iter("a")]) > MAX_LINKED * len(text_in(element))
    return fields or linked or any(heading.find(".//a") is not None for heading in element.iter("h2", "h3", "h4", "h5"))


def _is_box_of_it(element: HtmlElement, texts: Sequence[str]) -> bool:
    """Whether a box holds sentences of the article, which stand next to others of it; `texts`: all of the page."""
    if element.tag == "p" or _is_menu(element) or not _sentences(element):
        return False
    boxes = _boxes_alike(element)
    own = [text for box in boxes for text in long_texts(box)]
    others = [text for text in texts if text not in own]
    if _is_other(element):
        return _outweighs_name(boxes, own, others) or (_is_seldom_other(element) and _reads_on(boxes, own, others))
    if _count_sentences(boxes) < MIN_SENTENCES:
        return _is_prose(element) and _stands_between_sentences(_outermost(element)) and shares_words(own, others)
    return _stands_by_sentences(element) and _belongs(own, others)


def _boxes_alike(element: HtmlElement) -> list[HtmlElement]:
    """A box, and those next to it that have its name and hold sentences."""
    outer = _outermost(element)
    named = named_so(outer)
    return [element, *(other for other in _around(outer) if named.strip() and named_so(other) == named and _sentences(other))]


def _around(element: HtmlElement) -> list[HtmlElement]:
    return [*element.itersiblings(), *element.itersiblings(preceding=True)]


def _count_sentences(boxes: Sequence[HtmlElement]) -> int:
    return sum(END.search(text_in(part)) is not None for box in boxes for part in box.iter("p", "li", "blockquote"))


def _stands_by_sentences(element: HtmlElement) -> bool:
    return any(_sentences(other) for other in _around(_outermost(element)) if not _is_other(other))


def _stands_between_sentences(element: HtmlElement) -> bool:
    """Whether the elements right above and below are paragraphs that end as sentences do, and one of them is long enough for a sentence."""
    around = [other for other in (element.getprevious(), element.getnext()) if other is not None and other.tag == "p"]
    return len(around) == 2 and all(END.search(text_in(other)) for other in around) and any(map(_sentences, around))


def _is_prose(box: HtmlElement) -> bool:
    """Whether a box holds nothing but paragraphs that end as sentences do."""
    texts = [text_in(part) for part in box.iter("p")]
    return bool(texts) and all(map(END.search, texts)) and bare(" ".join(texts)) == bare(text_in(box))


def _outweighs_name(boxes: Sequence[HtmlElement], own: Sequence[str], others: Sequence[str]) -> bool:
    """Whether boxes called after what is no part of an article ("related", "comment") hold nothing but prose, and either much of a page's,
    next to the rest, or nearly all, below the headline."""
    if len(own) < MIN_SENTENCES or not all(map(_is_prose, boxes)) or any(_is_widget(box) for box in boxes):
        return False
    share = sum(map(len, own)) / sum(map(len, (*own, *others)))
    if share >= NEARLY_ALL:
        outer = _outermost(boxes[0])
        above = outer.getparent()
        return any(other.tag == "h1" for box in (outer, above) if box is not None for other in box.itersiblings(preceding=True))
    return share >= MUCH and COMMENT.search(named_so(boxes[0])) is None and _stands_by_sentences(boxes[0])


def _reads_on(boxes: Sequence[HtmlElement], own: Sequence[str], others: Sequence[str]) -> bool:
    """Whether boxes called after what seldom is a part of an article ("author", "footer") hold nothing but prose that reads like the others:
    a box between two paragraphs, or one that stands by others and shares words with them, or holds several sentences."""
    first = boxes[0]
    if not all(map(_is_prose, boxes)):
        return False
    lexicon = load_lexicon(detect_language(" ".join([*own, *others])))
    is_between = len(boxes) == 1 and _stands_between_sentences(_outermost(first))
    if any(_count_reader_words(text, lexicon) > is_between or tells_of_writer(text, lexicon) for text in own):
        return False
    known = [*others, *map(text_in, first.getroottree().iter("h1"))]
    if is_between:
        return AMONG_PARAGRAPHS.search(named_so(first)) is not None or _count_same_openings(own, known, lexicon) > 0
    several = _count_sentences(boxes) >= MIN_SENTENCES
    if COMMENT.search(named_so(first)) and not (len(boxes) == 1 and several):
        return _stands_below_headline(first) and _count_same_openings(own, known, lexicon) >= MIN_COMMON  # else what readers say
    if not _stands_by_sentences(first):
        return False
    return _count_same_openings(own, known, lexicon) >= MIN_COMMON or (several and _belongs(own, others))


def _count_reader_words(text: str, lexicon: Lexicon) -> int:
    """How often a text speaks to its readers, or of who writes it; 0 where someone is quoted."""
    return 0 if QUOTE_MARK.search(text) else sum(word in lexicon.words.reader_words for word in words_in(text))


def _count_same_openings(own: Sequence[str], others: Sequence[str], lexicon: Lexicon) -> int:
    """How many longer words texts have in common with others, whatever their endings; in scripts without spaces nobody can tell."""
    if UNSPACED.search(own[0]):
        return MIN_COMMON
    longer = [{word for word in words_in(" ".join(texts)) if len(word) >= LONGER} for texts in (own, others)]
    mine, known = ({word[:LONGER] for word in words - lexicon.words.function_words} for words in longer)
    return len(mine & known)


def _stands_below_headline(element: HtmlElement) -> bool:
    """Whether no paragraph stands between an element and the headline."""
    outer = _outermost(element)
    above = outer.getparent()
    before = [*outer.itersiblings(preceding=True), *(() if above is None else above.itersiblings(preceding=True))]
    return any(other.tag == "h1" or other.find(".//h1") is not None for other in before) and not any(map(_sentences, before))


def _is_widget(element: HtmlElement) -> bool:
    return EMBED.search(named_so(element)) is not None


def _belongs(own: Sequence[str], others: Sequence[str]) -> bool:
    """Whether texts are a good part of a page's, or share some longer words with the others."""
    words, known = (set(words_in(" ".join(texts))) for texts in (own, others))
    if UNSPACED.search(own[0]) is None and len(words & known) < MIN_SAME * len(words):
        return False  # letters stand in others' places until the reader pays
    if sum(map(len, own)) >= MIN_SHARE * sum(map(len, (*own, *others))):
        return True
    longer = [word for word in words if len(word) >= LONGER]
    return len(known.intersection(longer)) >= max(MIN_COMMON, MIN_COHESION * len(longer))


def shares_words(texts: Sequence[str], others: Sequence[str]) -> bool:
    """Whether texts have a longer word in common with others; in scripts without spaces nobody can tell."""
    known = set(words_in(" ".join(others)))
    return any(UNSPACED.search(text) or known & {word for word in words_in(text) if len(word) >= LONGER} for text in texts)


def _is_paragraph_of_it(element: HtmlElement) -> bool:
    """Whether a paragraph is a sentence between two others."""
    if element.tag != "p" or is_linked(element) or not _sentences(element) or not _stands_between_sentences(element):
        return False
    if _is_other(element):
        around = [text_in(other) for other in _around(element) if other.tag == "p"]
        lexicon = load_lexicon(detect_language(" ".join(around)))
        return _is_seldom_other(element) and _count_same_openings([text_in(element)], around, lexicon) > 0
    return True


def _is_in_sentence(element: HtmlElement) -> bool:
    """Whether words stand within a sentence, where readers see them."""
    above = element.getparent()
    if above is None or above.tag not in ("p", "li") or any(element.get(name) for name in ("style", "aria-hidden")):
        return False
    return 2 * len(text_in(element)) < len(text_in(above)) and bool((element.tail or "").strip()) and bool(_sentences(above))


def _is_other(element: HtmlElement) -> bool:
    """Whether an element is called after what is no part of an article, or seldom one."""
    named = named_so(element)
    return any(names.search(named) for names in (COMMENT, CONSENT, EMBED, NO_PART, SELDOM_PART))


def _is_seldom_other(element: HtmlElement) -> bool:
    named = named_so(element)
    return not any(names.search(named) for names in (EMBED, NO_PART))


def _outermost(element: HtmlElement) -> HtmlElement:
    """The last of the elements around one that hold nothing else."""
    own = bare(text_in(element))
    while (above := element.getparent()) is not None and above.tag != "body" and bare(text_in(above)) == own:
        element = above
    return element


def _sentences(element: HtmlElement) -> list[str]:
    """The paragraphs in an element, or the paragraph that it is, which are long enough for a sentence and end as one."""
    return [text for text in long_texts(element) if END.search(text)] if isinstance(element.tag, str) else []
