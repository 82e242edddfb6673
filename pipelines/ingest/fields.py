"""From the keys and values of a record, however its outlet names them, to the fields of an entry."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from pipelines.ingest.entry import Entry, Reject
from pipelines.moments import iso_day
from pipelines.vocabulary import RejectReason

# The names under which a field is looked for, the first that holds something wins. Case and hyphens do not matter.
TEXT_KEYS = ("text", "body", "content", "article", "maintext")
HTML_KEYS = ("html",)
TITLE_KEYS = ("title", "headline")
DATE_KEYS = ("date", "published", "published_at", "date_publish", "pubdate")
BYLINE_KEYS = ("author", "authors", "byline")
PUBLISHER_KEYS = ("publisher", "source", "outlet", "site")
KNOWN_KEYS = frozenset(
    {"id", "url", *TEXT_KEYS, *HTML_KEYS, *TITLE_KEYS, *DATE_KEYS, *BYLINE_KEYS, *PUBLISHER_KEYS},
)

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def folded(key: str) -> str:
    """A key as it is compared: `Published-At` is `published_at`."""
    return key.strip().lower().replace("-", "_")


def entry_of(record: Mapping[str, object], line: int | None, max_record_bytes: int, raw: bytes = b"") -> Entry:
    """One record's entry; rejected where the text or the id cannot be used, kept with nulls where other fields cannot.

    `raw` is what tells a record without a text from another; the values themselves where it is left out.
    """
    values: dict[str, object] = {}
    for key, value in record.items():
        if values.get(folded(key)) in (None, ""):
            values[folded(key)] = value
    text = _first(values, TEXT_KEYS)
    html = None if text else _first(values, HTML_KEYS)
    own_id = _without_float(values.get("id"))
    reject = _id_reject(own_id) or _text_reject(values, text or html, max_record_bytes)
    if reject and reject.reason is RejectReason.TOO_LARGE:
        text = html = None
    return Entry(
        line=line,
        id=_id(own_id),
        publisher=next((name for name in _names(values, PUBLISHER_KEYS) if not re.match(r"https?://", name)), None),
        url=next(_names(values, ("url",)), None),
        title=next(_names(values, TITLE_KEYS), None),
        date=next(filter(None, map(iso_day, _names(values, DATE_KEYS))), None),
        byline=next(_names(values, BYLINE_KEYS), None),
        text=text and encodable(text),
        html=html and encodable(html),
        raw=b"" if text or html else raw or repr(sorted(values.items())).encode("utf-8", "backslashreplace"),
        reject=reject,
    )


def encodable(text: str) -> str:
    """Half of a surrogate pair, which no encoding can store, becomes U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def _first(values: Mapping[str, object], keys: tuple[str, ...]) -> str | None:
    candidates = (values.get(key) for key in keys)
    return next((value for value in candidates if isinstance(value, str) and value.strip()), None)


def _names(values: Mapping[str, object], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        name = _name(values.get(key))
        if name:
            yield name


def _name(value: object, depth: int = 2) -> str | None:
    """Text, a number, `{"name": …}`, or a list of these joined by a comma; null for anything else."""
    if isinstance(value, str):
        return encodable(value).strip() or None
    if isinstance(value, bool) or depth == 0:
        return None
    if isinstance(value, int):
        return _digits(value)
    if isinstance(value, Mapping):
        return _name(value.get("name"), depth - 1)
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(item, depth - 1) for item in value))) or None
    return None


def _digits(number: int) -> str | None:
    try:
        return str(number)
    except ValueError:  # more digits than Python writes out
        return None


def _without_float(value: object) -> object:
    """Tables with gaps hold whole numbers as 12.0 and gaps as NaN."""
    if isinstance(value, float) and math.isnan(value):
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _id(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    text = value.strip() if isinstance(value, str) else _digits(value)
    return encodable(text) if text else None


def _id_reject(value: object) -> Reject | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        message = f"the id is {shown(value)}; allowed: text or a whole number; change it, or leave it out"
        return Reject(RejectReason.BAD_VALUE, message)
    if isinstance(value, str) and _LONE_SURROGATE.search(value):
        return Reject(
            RejectReason.BAD_VALUE, f"the id {shown(value)} holds half of a surrogate pair; allowed: valid Unicode; fix it"
        )
    return None


def _text_reject(values: Mapping[str, object], text: str | None, max_record_bytes: int) -> Reject | None:
    if text is None:
        return _missing_text(values)
    lone = _LONE_SURROGATE.search(text)
    if lone:
        code = f"\\u{ord(lone[0]):04x}"
        message = f"the text holds half of a surrogate pair, {code}, at character {lone.start()}; allowed: valid Unicode; "
        return Reject(RejectReason.BAD_VALUE, message + "take it out, or write the whole pair")
    if len(text) > max_record_bytes or (len(text) * 4 > max_record_bytes and len(text.encode()) > max_record_bytes):
        return too_large(max_record_bytes)
    return None


def _missing_text(values: Mapping[str, object]) -> Reject:
    wanted = ", ".join(TEXT_KEYS + HTML_KEYS)
    for key in TEXT_KEYS + HTML_KEYS:
        value = values.get(key)
        if value is not None and not isinstance(value, str):
            message = f"{key} is {shown(value)}; allowed: text; write the article there as one string"
            return Reject(RejectReason.BAD_VALUE, message)
    present = ", ".join(shown(key) for key in sorted(values)[:12]) or "none"
    return Reject(
        RejectReason.NO_TEXT,
        f"none of {wanted} holds any text; the keys here are: {present}; allowed: a text under one of those names; rename it",
    )


def too_large(max_record_bytes: int) -> Reject:
    message = f"the record is larger than the {max_record_bytes} bytes allowed; split it, or raise max_record_bytes"
    return Reject(RejectReason.TOO_LARGE, message)


def shown(value: object, length: int = 60) -> str:
    """A value as it stands in a message: in ASCII, cut to a length."""
    if isinstance(value, (str, bytes)):
        value = value[: length * 2]
    elif isinstance(value, (list, Mapping)):
        return f"a {'list' if isinstance(value, list) else 'mapping'} of {len(value)}"
    try:
        written = ascii(value)
    except ValueError:  # a whole number of more digits than Python writes out
        written = "a very long number"
    return written if len(written) <= length else written[: length - 1] + "..."
