"""Texts that an editor's program keeps as a tree: its paragraphs. The names of nodes stand in `seeds/fields.toml`, under `rich`.

Such are the forms of ProseMirror, Slate, Lexical, Draft.js, Editor.js, Quill, Portable Text, and of content management systems that are made with them.
Which field of a record holds a text does not stand here: see `texts.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipelines.ingest.markup_text import html_text, looks_like_html
from pipelines.ingest.names import field_names, field_of

_DEPTH = 40  # nodes inside of each other
_BREAK = "\n"


def rich_text(value: Any) -> str | None:
    """The paragraphs of a tree of nodes, separated by one blank line; null where the value is no such tree.

    >>> rich_text({"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "It "}, {"type": "text", "text": "closes."}]}]})
    'It closes.'
    >>> rich_text({"ops": [{"insert": "It "}, {"insert": "closes.", "attributes": {"bold": True}}, {"insert": "\\n"}]})
    'It closes.'
    >>> rich_text([{"type": "paragraph", "text": "It closes."}]) is None  # paragraphs without nodes inside
    True
    """
    if isinstance(value, Mapping):
        nodes = [_opened(value)]
        inner = _inner(nodes[0])
        is_tree = bool(inner) and (_is_typed(nodes[0]) or any(_is_typed(node) or _inserted(node) is not None for node in inner))
    elif isinstance(value, list) and all(isinstance(node, Mapping) for node in value):
        nodes = value
        is_tree = any(_is_typed(node) and any(map(_inner, [node, *_held(node)])) for node in nodes)
        is_tree = is_tree or _are_blocks(nodes)
    else:
        return None
    return ("\n\n".join(part for node in nodes for part in _paragraphs(node, _DEPTH)) or None) if is_tree else None


def written_rich_text(text: str) -> str | None:
    """As above, where a store keeps the tree as its JSON; null where the text is none."""
    text = text.strip()
    if (text[:1], text[-1:]) not in (("{", "}"), ("[", "]")):
        return None
    try:
        return rich_text(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _opened(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """The tree out of an object that holds it under the name of a root."""
    inside = next((inner for name in field_names().rich.roots if isinstance(inner := value.get(name), Mapping)), None)
    return inside if inside is not None and _inner(inside) else value


def _inner(node: Any) -> list[Any]:
    """The nodes inside of a node, which are objects."""
    if not isinstance(node, Mapping):
        return []
    lists = (node.get(name) for name in field_names().rich.nodes)
    return next((found for found in lists if isinstance(found, list) and any(isinstance(item, Mapping) for item in found)), [])


def _held(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Objects that hold the words of a node, such as one under the name of what the node is."""
    kinds = (kind for name in field_names().rich.types if isinstance(kind := node.get(name), str))
    return [held for name in (*field_names().rich.held, *kinds) if isinstance(held := node.get(name), Mapping)]


def _are_blocks(nodes: list[Mapping[str, Any]]) -> bool:
    """Whether each node says what it is and holds an object of its own, some with words, and none with a title, as records have."""
    held = [_held(node) for node in nodes if _is_typed(node)]
    parts = [part for parts in held for part in parts]
    words = any(isinstance(part.get(name), str) for part in parts for name in field_names().rich.words)
    return len(held) == len(nodes) and all(held) and words and not any(field_of(name) == "title" for part in parts for name in part)


def _is_typed(node: Any) -> bool:
    return isinstance(node, Mapping) and any(isinstance(node.get(name), str) for name in field_names().rich.types)


def _inserted(node: Any) -> str | None:
    """What a node of a list of changes puts in."""
    words = node.get("insert") if isinstance(node, Mapping) else None
    return words if isinstance(words, str) else None


def _is_inline(node: Any, depth: int) -> bool:
    """Whether a node is words within a paragraph: words of no kind or an inline one, or a link around such."""
    if not isinstance(node, Mapping) or not depth:
        return False
    if _inserted(node) is not None:
        return True
    kind = next((node[name] for name in field_names().rich.types if isinstance(node.get(name), str)), None)
    if kind is not None and kind.lower() not in field_names().rich.inline:
        return False
    inner = _inner(node)
    return all(_is_inline(item, depth - 1) for item in inner) if inner else True


def _words(node: Mapping[str, Any], depth: int) -> str:
    """The words of a node that is words within a paragraph."""
    inner = _inner(node)
    if inner and depth:
        return "".join(_words(item, depth - 1) for item in inner if isinstance(item, Mapping))
    words = next((node[name] for name in field_names().rich.words if isinstance(node.get(name), str)), None)
    return _BREAK if words is None and _is_typed(node) else words or ""


def _paragraphs(node: Mapping[str, Any], depth: int) -> list[str]:
    """The paragraphs of a node: its own words, or what stands in it, words that follow each other as one paragraph."""
    inner = _inner(node)
    if not inner or not depth:
        return _own_paragraphs(node, depth)
    found: list[str] = []
    line = ""
    for item in inner:
        if _is_inline(item, depth):
            line += _words(item, depth)
        elif isinstance(item, Mapping):
            found += [*_split(line), *_paragraphs(item, depth - 1)]
            line = ""
    return [*found, *_split(line)]


def _own_paragraphs(node: Mapping[str, Any], depth: int) -> list[str]:
    """The words of a node without others inside, or of the points of a list that are texts."""
    values = [node, *_held(node)]
    for value in values:
        for name in field_names().rich.words:
            if isinstance(words := value.get(name), str) and words.strip():
                return _split(html_text(words) if looks_like_html(words) else words)
        if isinstance(points := value.get("items"), list) and all(isinstance(point, str) for point in points):
            return [part for point in points for part in _split(html_text(point) if looks_like_html(point) else point)]
    return [part for held in values[1:] if depth and _inner(held) for part in _paragraphs(held, depth - 1)]


def _split(words: str) -> list[str]:
    return [line.strip() for line in words.split(_BREAK) if line.strip()]
