"""The data that a page holds for its scripts: JSON in elements of its own, in attributes, and in the code itself.

What of it is the article is decided in `page_data.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from pipelines.cleaning.page_names import DATA_ATTRIBUTE

MIN_DATA = 250  # characters of data that may hold an article
MAX_DEPTH = 24  # references that lead to each other
_OPENING = re.compile(r"(?:=|\(|:)\s*(?=[{\[\"])")  # of a value that code gives to a name or a function
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_STREAMED = re.compile(r"^[0-9a-f]+:(?=[{\[])", re.MULTILINE)  # a part of a page that the server sends piece by piece


def data_of_page(tree: HtmlElement) -> Iterator[Any]:
    """Everything on a page that reads as JSON, but for JSON-LD."""
    streamed = ""
    for script in tree.iter("script"):
        kind, text = (script.get("type") or "").lower(), script.text_content() or ""
        if "ld+json" in kind or len(text) < MIN_DATA:
            continue
        if "json" in kind:
            yield from map(_resolved, _read(text))
            continue
        for value in _values_in_code(text):
            yield value
            streamed += "".join(part for part in value if isinstance(part, str)) if isinstance(value, list) else ""
    yield from (value for match in _STREAMED.finditer(streamed) for value in _read_first(streamed, match.end()))
    for element in tree.iter():
        for name, text in element.attrib.items():
            if name.startswith(DATA_ATTRIBUTE) and len(text) >= MIN_DATA and text[0] in "{[":
                yield from _read(text)


def texts_in_code(tree: HtmlElement) -> Iterator[list[str]]:
    """All texts that stand in the code of a script, of each script one list."""
    for script in tree.iter("script"):
        if not script.get("type") and len(text := script.text_content() or "") >= MIN_DATA:
            yield [value for written in _STRING.findall(text) for value in _read(written)]


def _values_in_code(code: str) -> Iterator[Any]:
    """The values in a script that are JSON, those that it parses itself from a text with them; not those within others."""
    place = 0
    while match := _OPENING.search(code, place):
        place = match.end()
        for value, end in _decoded(code, place):
            place = end
            if isinstance(value, str):
                yield from _read(value) if len(value) >= MIN_DATA else ()
            else:
                yield value


def _decoded(text: str, start: int) -> list[tuple[Any, int]]:
    try:
        return [json.JSONDecoder(strict=False).raw_decode(text, start)]
    except (ValueError, RecursionError):
        return []


def _read_first(text: str, start: int) -> list[Any]:
    return [value for value, _ in _decoded(text, start)]


def _read(text: str) -> list[Any]:
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return []


def _resolved(data: Any) -> Any:
    """Data in which every object and list names its values by their places in one list, as what they name.

    >>> _resolved([{"title": 1, "lines": 2}, "Ferry stays", [3], "It stays."])
    {'title': 'Ferry stays', 'lines': ['It stays.']}
    >>> _resolved([{"title": "Ferry stays"}, 2])
    [{'title': 'Ferry stays'}, 2]
    """
    if not isinstance(data, list) or not data or not _names_places(data[0], len(data)):
        return data

    known: dict[int, Any] = {}

    def at(place: Any, depth: int = 0) -> Any:
        if not isinstance(place, int) or not 0 <= place < len(data) or depth > MAX_DEPTH:
            return None
        if place not in known:
            value = known[place] = data[place]
            if _names_places(value, len(data)):
                known[place] = None  # while it is made: it may name itself
                if isinstance(value, dict):
                    known[place] = {name: at(inner, depth + 1) for name, inner in value.items()}
                else:
                    known[place] = [at(inner, depth + 1) for inner in value if isinstance(inner, int)]
        return known[place]

    return at(0)


def _names_places(value: Any, count: int) -> bool:
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return (
        bool(inside)
        and all(isinstance(place, str) or (isinstance(place, int) and place < count) for place in inside)
        and any(isinstance(place, int) for place in inside)
    )
