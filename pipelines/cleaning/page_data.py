"""The text of an article that stands only in the data from which a page's scripts would build it.

JSON-LD, which is written for readers of pages, is read in `marked_page.py`; how data is found in scripts, in `script_data.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lxml.html import HtmlElement

from pipelines.cleaning.page_names import TEXT_FIELD
from pipelines.cleaning.page_tree import END, MIN_SENTENCE, MIN_UNSPACED, bare, blocks_in, parse_page
from pipelines.cleaning.script_data import data_of_page, texts_in_code
from pipelines.letters import UNSPACED

MAX_DEPTH = 24  # objects and lists in each other
MAX_STEPS = 4  # from what holds the headline up to what also holds the text
MIN_HEADLINE = 12  # letters and digits by which an object is known to be the article's
MIN_BODY = 250  # characters in sentences


def body_in_data(tree: HtmlElement, title: str | None) -> str | None:
    """The paragraphs, one a line, of the object that has the page's headline, or None where no object has both."""
    headline = bare(title or "")
    if len(headline) < MIN_HEADLINE:
        return None
    return _longest_body(data_of_page(tree), headline) or _longest_body(texts_in_code(tree), headline)


def _longest_body(found: Iterable[Any], headline: str) -> str | None:
    bodies = [_body_around(above) for data in found for above in _headed(data, headline)]
    return max(filter(None, bodies), key=_worth, default=None)


def _headed(data: Any, headline: str, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The objects and lists that have the headline as one of their own values, each with those that it stands in before it."""
    if len(above) > MAX_DEPTH:
        return
    inside = _values(data)
    if any(isinstance(value, str) and bare(value) == headline for value in inside):
        yield (*above, data)
    for value in inside:
        yield from _headed(value, headline, (*above, data))


def _body_around(above: tuple[Any, ...]) -> str | None:
    """The body in the innermost of some objects and lists that has one."""
    return next((body for holder in above[: -MAX_STEPS - 1 : -1] if (body := _body(holder))), None)


def _values(data: Any) -> list[Any]:
    return list(data.values()) if isinstance(data, dict) else data if isinstance(data, list) else []


def _body(holder: Any) -> str | None:
    """The value of an object that holds most in sentences: one text, or a list of paragraphs; of a list all its sentences."""
    texts = ["\n".join(_paragraphs(value)) for value in (_values(holder) if isinstance(holder, dict) else [holder])]
    best = max(texts, key=_worth, default="")
    return best if _worth(best) >= MIN_BODY else None


def _paragraphs(value: Any, depth: int = 0) -> list[str]:
    """The sentences in a value, in order: of a text its lines, of a list those of each item, of an object those of its longest value."""
    if depth > MAX_DEPTH:
        return []
    if isinstance(value, str):
        return _lines(value)
    if isinstance(value, list):
        pieces = [_text_of(item) for item in value]
        if pieces and all(pieces) and END.search(pieces[-1]) and not all(map(END.search, pieces)):
            return _lines("".join(pieces))  # a sentence of which some words are bold, or a link
        return [line for item in value for line in _paragraphs(item, depth + 1)]
    inside = [_paragraphs(item, depth + 1) for item in _values(value)]
    return max(inside, key=lambda lines: (_worth("\n".join(lines)), len(lines)), default=[])


def _text_of(item: Any) -> str:
    text = item.get(TEXT_FIELD) if isinstance(item, dict) else item
    return text if isinstance(text, str) else ""


def _lines(text: str) -> list[str]:
    page = parse_page(f"<html><body>{text}</body></html>") if "<" in text else None
    lines = text.splitlines() if page is None else blocks_in(page)
    return [line.strip() for line in lines if END.search(line)]


def _worth(text: str) -> int:
    """The characters in sentences; one of a script without spaces counts as much as two others."""
    lines = [(len(line), UNSPACED.search(line) is not None) for line in text.splitlines()]
    return sum(length * (1 + unspaced) for length, unspaced in lines if length >= (MIN_UNSPACED if unspaced else MIN_SENTENCE))
