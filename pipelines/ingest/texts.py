"""The text of a record, from whatever holds it, and why one cannot be used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from pipelines.ingest.entry import Reject
from pipelines.ingest.markdown_text import markdown_text
from pipelines.ingest.markup_text import is_html
from pipelines.ingest.names import field_names, field_of, folded
from pipelines.ingest.record import DEPTH, Record, is_text_object
from pipelines.ingest.rich_text import rich_text, written_rich_text
from pipelines.ingest.values import LONE_SURROGATE, shown
from pipelines.vocabulary import RejectReason

_LINE_END_OF_A_SHEET = re.compile(r"_x000D_(?=\s|$)")  # how a spreadsheet writes half of a line end of Windows
_NAMES = ("text", "html", "markdown")  # the fields of `seeds/fields.toml` that hold one


def has_text(record: object) -> bool:
    """Whether an object is a record: one of the names of a text or a page holds one."""
    if not isinstance(record, Mapping):
        return False
    values = Record(record)
    return any(_text(value) for field in _NAMES for _, value in _no_records(values, field))


def has_text_name(names: list[str]) -> bool:
    """Whether one of a table's columns is named as texts and pages are."""
    return any(field_of(name) in _NAMES for name in names)


def no_text_column(names: list[str]) -> Reject:
    present = ", ".join(shown(name) for name in names[:20]) or "none"
    message = f"no column holds text: the columns are {present}; allowed: {_text_names()}; rename the one that does"
    return Reject(RejectReason.NO_TEXT, message)


def _text_names() -> str:
    names = field_names().shown
    return ", ".join(names["text"][:6]) + " or another name of a text in seeds/fields.toml"


def text_and_page(values: Record, plain: object = None) -> tuple[str | None, str | None]:
    """The text of a record, else its page, else its Markdown as a text. A text that is HTML from end to end is a page, but for `plain`."""
    text = _first_text(values, "text")
    if text:
        values.drop("html")
        return (None, text) if text != plain and is_html(text) else (text, None)
    html = _first_text(values, "html")
    if html and "<" not in html:  # a text, whatever its name says
        return unescape(html), None
    markdown = None if html else _first_text(values, "markdown")
    return (markdown_text(markdown) if markdown else None), html


def _first_text(values: Record, field: str) -> str | None:
    for key, value in _no_records(values, field):
        text = _text(value)
        if text:
            values.take(key, value)
            return text
    return None


def _no_records(values: Record, field: str) -> Iterator[tuple[str, Any]]:
    """What is found of a field, without lists of records under its names and what stands in these."""
    records = {key for name in _NAMES for key, value in values.found(name) if _holds_records(values, value)}
    return ((key, value) for key, value in values.found(field) if key.partition(".")[0] not in records)


def _holds_records(values: Record, value: Any) -> bool:
    """Whether what stands under the name of a text is a list of records, each with a title and a text of its own, and not the sections of one. Where
    the object around them has a title too, they are records if each also has a day and an author or address."""
    if not isinstance(value, list) or not value or not all(isinstance(item, Mapping) for item in value):
        return False
    wanted = ["title", *(["published"] if any(values.found("title")) else [])]
    for item in map(Record, value):
        if not all(any(map(_is_words, item.found(field))) for field in wanted) or not any(map(_is_words, item.found("text"))):
            return False
        if len(wanted) > 1 and not any(any(item.found(field)) for field in ("url", "byline")):
            return False
    return True


def _is_words(found: tuple[str, Any]) -> bool:
    return isinstance(found[1], str | int)


def _text(value: Any) -> str | None:
    """A text, or its paragraphs: a list of texts, an object of sections, or a tree of an editor's program. Texts and marked words by turns are one text."""
    if isinstance(value, str):
        value = _LINE_END_OF_A_SHEET.sub("", value) if "_x000D_" in value else value
        return (written_rich_text(value) or value) if value.strip() else None
    if isinstance(value, list) and any(isinstance(item, str) for item in value) and any(map(_is_marked, value)):
        words = [item["text"] if _is_marked(item) else item for item in value]
        return "".join(word for word in words if isinstance(word, str)).strip() or None
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "\n\n".join(item for item in value if item.strip()) or None
    if isinstance(value, Mapping) and (numbered := _in_order(value)):
        return _text(numbered)
    if isinstance(value, Mapping) and is_text_object(value):
        return "\n\n".join(_paragraphs(value, DEPTH)) or None
    if isinstance(value, list | Mapping) and (text := rich_text(value)):
        return text
    if isinstance(value, list) and value and all(isinstance(item, str | Mapping) for item in value):
        parts = [part for item in value for part in _paragraphs(item, 1)]
        return "\n\n".join(parts or _under_one_name(value)) or None
    return None


def _in_order(value: Mapping[str, Any]) -> list[str]:
    """Paragraphs that stand in an object by their numbers, `{"0": …, "1": …}`."""
    if not value or not all(str(key).isdecimal() and isinstance(part, str) for key, part in value.items()):
        return []
    return [value[key] for key in sorted(value, key=int)]


def _under_one_name(items: list[Any]) -> list[str]:
    """Paragraphs of which each is an object with one name, the same in all, `[{"p": …}, {"p": …}]`."""
    names = {name for item in items if isinstance(item, Mapping) for name in item}
    parts = [part for item in items if isinstance(item, Mapping) and len(item) == 1 for part in item.values()]
    words = all(isinstance(part, str) and part.strip() for part in parts)
    return parts if len(names) == 1 and len(parts) == len(items) and words else []


def _is_marked(item: Any) -> bool:
    """Whether an object is words of a text with what they are, as messengers write it: `{"type": "bold", "text": …}`."""
    return isinstance(item, Mapping) and isinstance(item.get("type"), str) and isinstance(item.get("text"), str)


def _paragraphs(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _paragraphs(item, depth)
    elif isinstance(value, Mapping) and depth:
        inside = {folded(str(key)): inner for key, inner in value.items()}
        for part in field_names().parts:
            yield from _paragraphs(inside.get(part), depth - 1)


def text_reject(values: Record, text: str | None, max_record_bytes: int) -> Reject | None:
    if text is None:
        return _missing_text(values)
    lone = LONE_SURROGATE.search(text)
    if lone:
        code = f"\\u{ord(lone[0]):04x}"
        message = f"the text holds half of a surrogate pair, {code}, at character {lone.start()}; allowed: valid Unicode; "
        return Reject(RejectReason.BAD_VALUE, message + "take it out, or write the whole pair")
    if len(text) > max_record_bytes or (len(text) * 4 > max_record_bytes and len(text.encode()) > max_record_bytes):
        return too_large(max_record_bytes)
    return None


def _missing_text(values: Record) -> Reject:
    for key, value in (item for field in _NAMES for item in values.found(field)):
        if not isinstance(value, str):
            message = f"{key} is {shown(value)}; allowed: text, or a list of paragraphs; write the article there as one string"
            return Reject(RejectReason.BAD_VALUE, message)
    present = ", ".join(shown(key) for key in values.keys()[:12]) or "none"
    return Reject(
        RejectReason.NO_TEXT,
        f"no key of the record holds a text; the keys here are: {present}; allowed: {_text_names()}; rename the one that does",
    )


def too_large(max_record_bytes: int) -> Reject:
    message = (
        f"the record is larger than the {max_record_bytes} bytes allowed; split it, or raise the setting limits.max_record_bytes"
    )
    return Reject(RejectReason.TOO_LARGE, message)
