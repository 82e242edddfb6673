"""From the keys and values of a record, however its outlet names them, to the fields of an entry.

Which names a field goes by stands in `seeds/fields.toml`, how a day is written in `dates.py`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from pipelines.ingest.dates import is_day_of_sheet, iso_moment
from pipelines.ingest.entry import Entry, Reject
from pipelines.ingest.names import field_names, folded
from pipelines.ingest.people import ADDRESS, byline_of, name_in, without_entities
from pipelines.ingest.record import Record
from pipelines.ingest.settings import IngestSettings
from pipelines.ingest.texts import text_and_page, text_reject
from pipelines.ingest.values import LONE_SURROGATE, digits, encodable, is_empty, language_code, shown, without_float
from pipelines.titles import behind_last
from pipelines.vocabulary import RejectReason

MAX_EXTRA_BYTES = 64 * 1024  # of what is kept besides the fields of one record
_CLOCK = re.compile(r"^(?!.*date).*time")
_HOST = re.compile(r"(?:(?:https?:)?//(?:www\.)?|www\.)(?P<host>[\w-]+(?:\.[\w-]+)+)/?", re.I)
_LEFT_OUT = "(left out: {} bytes)"


def entry_of(record: Mapping[str, Any], line: int | None, settings: IngestSettings, raw: bytes = b"") -> Entry:
    """One record's entry; rejected where the text or the id cannot be used, kept with nulls where other fields cannot.

    `raw` is what tells a record without a text from another; the values themselves where it is left out.
    """
    max_record_bytes = settings.max_record_bytes
    if _values_in(record, settings.max_fields) > settings.max_fields:
        message = f"the record has more than the {settings.max_fields} fields allowed, in objects and lists too; split it, or raise the setting limits.max_fields"
        return Entry(line=line, raw=raw or str(line).encode(), reject=Reject(RejectReason.TOO_LARGE, message))
    values = Record(record)
    text, html = text_and_page(values, plain=record.get("text"))  # which is cleaned as it is, as `copydesk clean` does
    own_id, id_reject = _id(values)
    reject = id_reject or text_reject(values, text or html, max_record_bytes)
    if reject and reject.reason is RejectReason.TOO_LARGE:
        text = html = None
    published = _moment(values, "published")
    canonical = _first(values, "canonical_url", _address)
    publisher = _first(values, "publisher", lambda name: None if ADDRESS.match(name) else name) or _first(
        values, "publisher", _host
    )
    title = _first(values, "title", without_entities)
    return Entry(
        line=line,
        id=own_id,
        publisher=publisher,
        url=_first(values, "url", _url) or canonical,
        title=title and without_publisher(title, publisher),
        date=published and published[:10],
        byline=byline_of(values, publisher),
        text=text and encodable(text),
        html=html and encodable(html),
        section=_first(values, "section", lambda name: None if name.isdecimal() else name),
        language=_first(values, "language", language_code),
        canonical_url=canonical,
        published_at=published,
        modified_at=_moment(values, "modified"),
        extra=_extra(values),
        raw=b"" if text or html else raw or repr(sorted(record.items(), key=str)).encode("utf-8", "backslashreplace"),
        reject=reject,
    )


def without_publisher(title: str, publisher: str | None) -> str:
    """A title without its publisher's name behind the last dash or bar.

    >>> without_publisher("Pool closes - Harbour Times", "Harbour Times"), without_publisher("Pool closes - for now", "Harbour Times")
    ('Pool closes', 'Pool closes - for now')
    """
    headline, name = behind_last(title)
    return headline if publisher and headline and name.casefold() == publisher.casefold() else title


def _values_in(record: Mapping[str, Any], enough: int) -> int:
    """How many values there are in objects and lists; counting ends behind `enough`."""
    waiting: list[Any] = [record]
    count = 0
    while waiting and count <= enough:
        held = waiting.pop()
        inner = list(held.values()) if isinstance(held, Mapping) else held
        count += len(inner)
        waiting += [value for value in inner if isinstance(value, Mapping | list)]
    return count


def with_plain_names(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with its text, page and address as `text`, `html` and `url` too, where it holds them under other names only.

    >>> with_plain_names({"id": 1, "articleBody": "It closes.", "link": "https://e.example"})["text"]
    'It closes.'
    >>> with_plain_names({"id": 1, "text": "", "content": "It closes."})
    {'id': 1, 'text': '', 'content': 'It closes.'}
    """
    named, values = dict(record), Record(record)
    if "text" not in record and "html" not in record:
        text, html = text_and_page(values)
        named |= {"html": html} if html else {"text": text} if text else {}
    if "url" not in record and (url := _first(values, "url", _url)):
        named["url"] = url
    return named


def _first(values: Record, field: str, made: Any = lambda name: name) -> str | None:
    """The first name of a field that `made` makes something of."""
    for key, value in values.found(field):
        name = name_in(value)
        found: str | None = made(name) if name else None
        if found:
            values.take(key, value)
            return found
    return None


def _moment(values: Record, field: str) -> str | None:
    """The first moment of a field. A bare number of days is one where the name says a date; as a time it may be one within a recording."""
    for key, value in values.found(field):
        for name in filter(None, map(name_in, _writings(value))):
            if (found := iso_moment(name)) and not (_CLOCK.search(key) and is_day_of_sheet(name)):
                values.take(key, value)
                return found
    return None


def _writings(value: Any) -> list[Any]:
    """A value, or the forms in which an object holds a moment, `{"raw": …, "parsed": …}`, best first."""
    if not isinstance(value, Mapping):
        return [value]
    inside = {folded(str(key)): inner for key, inner in value.items()}
    return [value, *(inside[form] for form in field_names().dates.forms if form in inside)]


def _address(name: str) -> str | None:
    return name if re.match(r"(?:https?:)?//|www\.", name, re.I) else None


def _host(name: str) -> str | None:
    """The domain of an address that is nothing else.

    >>> _host("https://www.herald.example/"), _host("https://herald.example/quay")
    ('herald.example', None)
    """
    match = _HOST.fullmatch(name)
    return match["host"].lower() if match else None


def _url(name: str) -> str | None:
    """An address in one word."""
    return name if len(name.split()) == 1 else None


def _id(values: Record) -> tuple[str | None, Reject | None]:
    """The record's own id; only the plain name `id` may be wrong, other names are passed over."""
    for key, value in values.found("id"):
        value = without_float(
            value[0] if isinstance(value, list) and len(value) == 1 else value
        )  # as search engines give every field
        reject = _id_reject(value)
        if reject and key == "id":
            return None, reject
        if reject or is_empty(value):
            continue
        text = value.strip() if isinstance(value, str) else digits(value)
        if text:
            values.take(key, value)
            return encodable(text), None
    return None, None


def _id_reject(value: Any) -> Reject | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        message = f"the id is {shown(value)}; allowed: text or a whole number; change it, or leave it out"
        return Reject(RejectReason.BAD_VALUE, message)
    if isinstance(value, str) and LONE_SURROGATE.search(value):
        return Reject(
            RejectReason.BAD_VALUE, f"the id {shown(value)} holds half of a surrogate pair; allowed: valid Unicode; fix it"
        )
    return None


def _extra(values: Record) -> str | None:
    """What no field took, as JSON with sorted keys; the largest values are left out until it is at most `MAX_EXTRA_BYTES`."""
    written = {encodable(key)[:200]: _json(value) for key, value in values.rest().items()}
    size = sum(len(key) + len(value) for key, value in written.items())
    for key in sorted(written, key=lambda key: (-len(written[key]), key)):
        if size <= MAX_EXTRA_BYTES:
            break
        size -= len(written[key])
        written[key] = json.dumps(_LEFT_OUT.format(len(written[key].encode())))
    if not written:
        return None
    return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {written[key]}" for key in sorted(written)) + "}"


def _json(value: Any) -> str:
    try:
        return encodable(json.dumps(_finite(value, 20), ensure_ascii=False, sort_keys=True, default=str))
    except (ValueError, TypeError, RecursionError):  # a number of more digits than Python writes, keys that cannot be sorted
        return json.dumps(shown(value))


def _finite(value: Any, depth: int) -> Any:
    """Without what JSON cannot hold; keys as text."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if depth and isinstance(value, Mapping):
        return {str(key): _finite(inner, depth - 1) for key, inner in value.items()}
    if depth and isinstance(value, list):
        return [_finite(inner, depth - 1) for inner in value]
    return value if depth else shown(value)
