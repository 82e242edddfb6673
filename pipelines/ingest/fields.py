"""From the keys and values of a record, however its outlet names them, to the fields of an entry.

Which names a field goes by stands in `seeds/fields.toml`, how a day is written in `dates.py`.
"""

from __future__ import annotations

import ast
import json
import math
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from pipelines.ingest.dates import iso_moment
from pipelines.ingest.entry import Entry, Reject
from pipelines.ingest.names import field_names, field_of, folded
from pipelines.ingest.settings import IngestSettings
from pipelines.vocabulary import RejectReason

MAX_EXTRA_BYTES = 64 * 1024  # of what is kept besides the fields of one record
_DEPTH = 3  # objects inside of objects that are looked into
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_ENTITY = re.compile(r"&(?:#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z][a-zA-Z0-9]{1,24});")
_MAIL_BESIDE = re.compile(
    r"[^\s@<>]+@[^\s@<>]+\s*\((?P<behind>[^()@]+)\)|\"?(?P<before>[^<>@\"]+?)\"?\s*(?:<[^\s@<>]+@[^\s@<>]+>|\([^\s@()]+@[^\s@()]+\))"
)
_PERSON = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?: [\w'’]{1,4})?(?: [^\W\d_a-z][\w.'’-]*){1,3}"
)  # two words with capitals, and small ones between
_ADDRESS = re.compile(r"(?:https?:)?//|www\.|\S+@\S+\.\S+$", re.I)
_NOTHING = frozenset({"\\N", "NULL", "null", "NaN", "nan", "None"})  # what programs write into tables for a missing value
_DATE_AND_ZONE = frozenset({"date", "timezone", "timezone_type"})
_SECONDS = ({"seconds", "nanoseconds"}, {"seconds", "nanos"})
_LEFT_OUT = "(left out: {} bytes)"


class _Record:
    """The values of a record by folded key, objects that only wrap others opened. Remembers which of them a field took."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self._values: dict[str, tuple[str, Any]] = {}
        self._rests: dict[str, Any] = {}
        self._taken: list[Any] = []
        self._open(record, "", _DEPTH)

    def _open(self, record: Mapping[str, Any], above: str, depth: int) -> None:
        wrapped = []
        for key, value in record.items():
            name, value = folded(str(key)), _plain(value)
            if depth and str(key).lower() in field_names().wrapping and isinstance(value, Mapping) and not _is_text_object(value):
                wrapped.append((f"{above}{key}.", value))
            elif name not in self._values or _is_empty(self._values[name][1]):
                self._values[name] = f"{above}{key}", value
            elif not _is_empty(value):
                self._values[f"{above}{key}"] = f"{above}{key}", value
        for prefix, value in wrapped:
            self._open(value, prefix, depth - 1)

    def found(self, field: str) -> Iterator[tuple[str, Any]]:
        """Key and value of each name of the field that holds something, best first. `take` says that one was used."""
        for path in field_names().paths[field]:
            whole = "".join(path)
            if whole in self._values and not _is_empty(self._values[whole][1]):
                yield whole, self._values[whole][1]
            if len(path) > 1 and path[0] in self._values:
                value = _inside(self._values[path[0]][1], path[1:])
                if not _is_empty(value):
                    yield ".".join(path), value
        for name in self._composed(field):
            yield name, self._values[name][1]

    def _composed(self, field: str) -> list[str]:
        """The names of no list whose words say that they are the field's."""
        known = field_names().of_key
        return sorted(
            name
            for name, (_, value) in self._values.items()
            if name not in known and field_of(name) == field and not _is_empty(value)
        )

    def take(self, key: str, value: Any) -> None:
        first, *below = key.split(".")
        if first not in self._values:
            first, below = key, []
        self._rests[first] = _without(self._values[first][1], below) if below else None
        self._taken.append(value)

    def drop(self, field: str) -> None:
        """Leave out what is there under the field's names."""
        for path in field_names().paths[field]:
            if "".join(path) in self._values:
                self._rests["".join(path)] = None
        self._rests |= dict.fromkeys(self._composed(field))

    def rest(self) -> dict[str, Any]:
        """What no field took, under its own names."""
        left = {}
        for name, (key, value) in self._values.items():
            value = self._rests.get(name, value)
            if not _is_empty(value) and name not in field_names().ignored and not any(value == taken for taken in self._taken):
                left[key] = value
        return left

    def keys(self) -> list[str]:
        return sorted(key for key, _ in self._values.values())


def entry_of(record: Mapping[str, Any], line: int | None, settings: IngestSettings, raw: bytes = b"") -> Entry:
    """One record's entry; rejected where the text or the id cannot be used, kept with nulls where other fields cannot.

    `raw` is what tells a record without a text from another; the values themselves where it is left out.
    """
    max_record_bytes = settings.max_record_bytes
    if _values_in(record, settings.max_fields) > settings.max_fields:
        message = f"the record has more than the {settings.max_fields} fields allowed, in objects and lists too; split it, or raise the setting limits.max_fields"
        return Entry(line=line, raw=raw or str(line).encode(), reject=Reject(RejectReason.TOO_LARGE, message))
    values = _Record(record)
    text = _first_text(values, "text")
    html = None if text else _first_text(values, "html")
    if text:
        values.drop("html")
    own_id, id_reject = _id(values)
    reject = id_reject or _text_reject(values, text or html, max_record_bytes)
    if reject and reject.reason is RejectReason.TOO_LARGE:
        text = html = None
    published = _first(values, "published", iso_moment)
    canonical = _first(values, "canonical_url", _address)
    return Entry(
        line=line,
        id=own_id,
        publisher=_first(values, "publisher", lambda name: None if _ADDRESS.match(name) else name),
        url=_first(values, "url", _url) or canonical,
        title=_first(values, "title", _without_entities),
        date=published and published[:10],
        byline=_byline(values),
        text=text and encodable(text),
        html=html and encodable(html),
        section=_first(values, "section"),
        language=_first(values, "language", language_code),
        canonical_url=canonical,
        published_at=published,
        modified_at=_first(values, "modified", iso_moment),
        extra=_extra(values),
        raw=b"" if text or html else raw or repr(sorted(record.items(), key=str)).encode("utf-8", "backslashreplace"),
        reject=reject,
    )


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
    named, values = dict(record), _Record(record)
    if "text" not in record and "html" not in record:
        text = _first_text(values, "text")
        html = None if text else _first_text(values, "html")
        named |= {"text": text} if text else {"html": html} if html else {}
    if "url" not in record and (url := _first(values, "url", _url)):
        named["url"] = url
    return named


def has_text(record: object) -> bool:
    """Whether an object is a record: one of the names of a text or a page holds one."""
    if not isinstance(record, Mapping):
        return False
    values = _Record(record)
    return any(_text(value) for field in ("text", "html") for _, value in values.found(field))


def has_text_name(names: list[str]) -> bool:
    """Whether one of a table's columns is named as texts and pages are."""
    return any(field_of(name) in ("text", "html") for name in names)


def no_text_column(names: list[str]) -> Reject:
    present = ", ".join(shown(name) for name in names[:20]) or "none"
    message = f"no column holds text: the columns are {present}; allowed: {_text_names()}; rename the one that does"
    return Reject(RejectReason.NO_TEXT, message)


def _text_names() -> str:
    names = field_names().shown
    return ", ".join(names["text"][:6]) + " or another name of a text in seeds/fields.toml"


def encodable(text: str) -> str:
    """Half of a surrogate pair, which no encoding can store, becomes U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def language_code(name: str) -> str | None:
    """The two letters of a language, from its code with or without a region, or its name; null where it is none that is known.

    >>> language_code("en-US"), language_code("ENGLISH"), language_code("xx"), language_code("unknown")
    ('en', 'en', 'xx', None)
    """
    word = name.strip().lower()
    found = field_names().languages.get(word)
    match = re.fullmatch(r"([a-z]{2})(?:[-_][a-z0-9-]+)?", word)
    return found or (match[1] if match else None)


# ---------------------------------------------------------------- values


def _plain(value: Any) -> Any:
    """What stores of documents write as an object with a sign, `{"$oid": …}`, `{"$date": {"$numberLong": …}}`, as seconds with
    their parts, or as a date with its zone, as the value itself."""
    while isinstance(value, Mapping) and len(value) == 1 and str(next(iter(value))).startswith("$"):
        value = next(iter(value.values()))
    if isinstance(value, Mapping) and len(value) == 2 and {str(key).strip("_").lower() for key in value} in _SECONDS:
        value = next(inner for key, inner in value.items() if str(key).strip("_").lower() == "seconds")
    if isinstance(value, Mapping) and isinstance(value.get("date"), str) and value.keys() <= _DATE_AND_ZONE:
        value = value["date"]
    return value


def _is_empty(value: Any) -> bool:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return True
    return (isinstance(value, str) and (not value.strip() or value.strip() in _NOTHING)) or (
        isinstance(value, list | Mapping) and not value
    )


def _inside(value: Any, path: tuple[str, ...]) -> Any:
    """The value at the end of a path of folded keys; a list stands for the first object in it."""
    for part in path:
        if isinstance(value, list):
            value = next((item for item in value if isinstance(item, Mapping)), None)
        if not isinstance(value, Mapping):
            return None
        value = next((_plain(inner) for key, inner in value.items() if folded(str(key)) == part), None)
    return value


def _without(value: Any, path: list[str]) -> Any:
    """An object without what stands at the end of a path, null where nothing else is in it."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not path or not isinstance(value, Mapping):
        return None
    left = {key: _without(inner, path[1:]) if folded(str(key)) == path[0] else inner for key, inner in value.items()}
    left = {key: inner for key, inner in left.items() if not _is_empty(inner)}
    return left or None


def _is_text_object(value: Mapping[str, Any]) -> bool:
    return any(folded(str(key)) == "sections" for key in value)


def _first(values: _Record, field: str, made: Any = lambda name: name) -> str | None:
    """The first name of a field that `made` makes something of."""
    for key, value in values.found(field):
        name = _name(value)
        found: str | None = made(name) if name else None
        if found:
            values.take(key, value)
            return found
    return None


def _name(value: Any, depth: int = 2) -> str | None:
    """Text, a number, `{"name": …}`, or a list of these joined by a comma; null for anything else."""
    value = _plain(value)
    if isinstance(value, str):
        return encodable(value).strip() or None
    if isinstance(value, bool) or depth == 0:
        return None
    if isinstance(value, float):
        value = _without_float(value)
        return repr(value) if isinstance(value, float) else _digits(value) if isinstance(value, int) else None
    if isinstance(value, int):
        return _digits(value)
    if isinstance(value, Mapping):
        return _named(value, depth)
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(item, depth - 1) for item in value))) or None
    return None


def _named(value: Mapping[str, Any], depth: int) -> str | None:
    names, inside = field_names(), {folded(str(key)): inner for key, inner in value.items()}
    whole = next((name for key in names.named if (name := _name(inside.get(key), depth - 1))), None)
    return whole or " ".join(filter(None, (_name(inside.get(key), depth - 1) for key in names.person))) or None


def _byline(values: _Record) -> str | None:
    """Names of people, joined by comma and blank. Addresses are no names."""
    for key, value in values.found("byline"):
        people = [
            field_names().opener.sub("", name, count=1) if field_names().opener.match(name) else name
            for name in map(_without_mail, map(_without_entities, _people(value)))
        ]
        kept = list(dict.fromkeys(name for name in people if name and not _ADDRESS.match(name)))
        if kept:
            values.take(key, value)
            return ", ".join(kept)
    return None


def _without_mail(name: str) -> str:
    """The name beside a mail address.

    >>> _without_mail("ada@herald.example (Ada Roe)"), _without_mail("Ada Roe <ada@herald.example>"), _without_mail("Ada Roe (Reuters)")
    ('Ada Roe', 'Ada Roe', 'Ada Roe (Reuters)')
    """
    match = _MAIL_BESIDE.fullmatch(name)
    return (match["behind"] or match["before"]).strip() if match else name


def _people(value: Any) -> list[str]:
    if isinstance(value, str) and value.strip()[:1] + value.strip()[-1:] in ("[]", "{}"):
        value = _written_list(value.strip()) or value
    if isinstance(value, list):
        return [name for item in value if (name := _name(item))]
    name = _name(value)
    parts = [part for part in re.split(r"\s*[;|]\s*", name) if part] if name else []
    if len(parts) == 1:
        parts = _joined_people(parts[0])
    if len(parts) > 1 and all(part.count(",") == 1 for part in parts):  # "Roe, Ada; Quill, Jo"
        parts = [" ".join(half.strip() for half in reversed(part.split(","))) for part in parts]
    return parts


def _joined_people(name: str) -> list[str]:
    """The names of a byline of which the last follows a word such as "and"; others stay one.

    >>> _joined_people("By Ada Roe, Jo Quill and Max van Ost"), _joined_people("Office for Health and Safety")
    (['Ada Roe', 'Jo Quill', 'Max van Ost'], ['Office for Health and Safety'])
    """
    opener = field_names().opener.match(name)
    parts = field_names().joiner.split(name[opener.end() :] if opener else name)
    people = [person for part in parts for person in part.split(", ")]
    return people if len(parts) > 1 and all(map(_PERSON.fullmatch, people)) else [name]


def _written_list(value: str) -> list[Any] | None:
    """The list, or the one object, that a table holds as Python or JSON writes it."""
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(value[:10_000])
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list | Mapping):
            return found if isinstance(found, list) else [found]
    return None


def _without_entities(name: str) -> str:
    """A title as people read it: where a program wrote it for a page, characters stand in it by name or number.

    >>> _without_entities("Quay &#8211; closed &amp; sealed"), _without_entities("R&D; more")
    ('Quay – closed & sealed', 'R&D; more')
    """
    return _ENTITY.sub(lambda match: unescape(match[0]), name)


def _address(name: str) -> str | None:
    return name if re.match(r"(?:https?:)?//|www\.", name, re.I) else None


def _url(name: str) -> str | None:
    """An address in one word."""
    return name if len(name.split()) == 1 else None


def _digits(number: int) -> str | None:
    try:
        return str(number)
    except ValueError:  # more digits than Python writes out
        return None


def _without_float(value: Any) -> Any:
    """Tables with gaps hold whole numbers as 12.0 and gaps as NaN."""
    if isinstance(value, float) and math.isnan(value):
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _id(values: _Record) -> tuple[str | None, Reject | None]:
    """The record's own id; only the plain name `id` may be wrong, other names are passed over."""
    for key, value in values.found("id"):
        value = _without_float(value)
        reject = _id_reject(value)
        if reject and key == "id":
            return None, reject
        if reject or _is_empty(value):
            continue
        text = value.strip() if isinstance(value, str) else _digits(value)
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
    if isinstance(value, str) and _LONE_SURROGATE.search(value):
        return Reject(
            RejectReason.BAD_VALUE, f"the id {shown(value)} holds half of a surrogate pair; allowed: valid Unicode; fix it"
        )
    return None


# ---------------------------------------------------------------- text


def _first_text(values: _Record, field: str) -> str | None:
    for key, value in values.found(field):
        text = _text(value)
        if text:
            values.take(key, value)
            return text
    return None


def _text(value: Any) -> str | None:
    """A text, or its paragraphs: a list of texts, or an object of sections."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "\n\n".join(item for item in value if item.strip()) or None
    if isinstance(value, Mapping) and _is_text_object(value):
        return "\n\n".join(_paragraphs(value, _DEPTH)) or None
    if isinstance(value, list) and value and all(isinstance(item, str | Mapping) for item in value):
        return "\n\n".join(part for item in value for part in _paragraphs(item, 1)) or None
    return None


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


def _text_reject(values: _Record, text: str | None, max_record_bytes: int) -> Reject | None:
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


def _missing_text(values: _Record) -> Reject:
    for key, value in (item for field in ("text", "html") for item in values.found(field)):
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


# ---------------------------------------------------------------- what is left


def _extra(values: _Record) -> str | None:
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


def shown(value: object, length: int = 60) -> str:
    """A value as it stands in a message: in ASCII, cut to a length."""
    if isinstance(value, str | bytes):
        value = value[: length * 2]
    elif isinstance(value, list | Mapping):
        return f"a {'list' if isinstance(value, list) else 'mapping'} of {len(value)}"
    try:
        written = ascii(value)
    except ValueError:  # a whole number of more digits than Python writes out
        written = "a very long number"
    return written if len(written) <= length else written[: length - 1] + "..."
