"""Names in a record's values: of people, and of all else that has a name."""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from pipelines.ingest.dates import iso_moment
from pipelines.ingest.names import field_names, folded
from pipelines.ingest.record import Record
from pipelines.ingest.values import digits, encodable, plain, without_float

_ENTITY = re.compile(r"&(?:#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z][a-zA-Z0-9]{1,24});")
_NAME_AND_MAIL = re.compile(
    r"[^\s@<>]+@[^\s@<>]+\s*\((?P<behind>[^()@]+)\)|\"?(?P<before>[^<>@\"]+?)\"?\s*(?:<[^\s@<>]+@[^\s@<>]+>|\([^\s@()]+@[^\s@()]+\))"
)
_PERSON = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?: [\w'’]{1,4})?(?: [^\W\d_a-z][\w.'’-]*){1,3}"
)  # two words with capitals, and small ones between
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_MAIL_BEHIND = re.compile(rf"(?<=\w)[\s,]+{_MAIL.pattern}$")
_HANDLE = re.compile(r"\s*\(?@\w+\)?$")
_BETWEEN_MARKS = re.compile(r"(?<=['\"])\s+(?=['\"])")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.I)
ADDRESS = re.compile(r"(?:https?:)?//|www\.|\S+@\S+\.\S+$", re.I)


def name_in(value: Any, depth: int = 2) -> str | None:
    """Text, a number, `{"name": …}`, or a list of these joined by a comma; null for anything else."""
    value = plain(value)
    if isinstance(value, str):
        return encodable(value).strip() or None
    if isinstance(value, bool) or depth == 0:
        return None
    if isinstance(value, float):
        value = without_float(value)
        return repr(value) if isinstance(value, float) else digits(value) if isinstance(value, int) else None
    if isinstance(value, int):
        return digits(value)
    if isinstance(value, Mapping):
        return _named(value, depth)
    if isinstance(value, list):
        return ", ".join(filter(None, (name_in(item, depth - 1) for item in value))) or None
    return None


def _named(value: Mapping[str, Any], depth: int) -> str | None:
    names, inside = field_names(), {folded(str(key)): inner for key, inner in value.items()}
    whole = next((name for key in names.named if (name := name_in(inside.get(key), depth - 1))), None)
    return whole or " ".join(filter(None, (name_in(inside.get(key), depth - 1) for key in names.person))) or None


def byline_of(values: Record, publisher: str | None = None) -> str | None:
    """Names of people, joined by comma and blank. Addresses are no names, and the publisher is none where anybody else is named."""
    for key, value in values.found("byline"):
        if names := names_of_people(value, publisher):
            values.take(key, value)
            return names
    return None


def names_of_people(value: Any, publisher: str | None = None) -> str | None:
    """As `byline_of`, of one value: a text, a list, objects with names.

    >>> names_of_people("By Ada Roe and Bo Day, Gazette Staff"), names_of_people('<a href="/ada">Ada Roe</a>')
    ('Ada Roe, Bo Day', 'Ada Roe')
    """
    people = [_opened(_without_role(_without_mail(_without_tags(name)))) for name in _people(value)]
    kept: dict[str, str] = {}
    for name in people:
        if any(map(str.isalpha, name)) and not ADDRESS.match(name) and not _is_day(name):
            kept.setdefault(name.casefold(), name)
    others = {publisher.casefold() if publisher else "", *field_names().no_names}
    named = [name for folded_name, name in kept.items() if folded_name not in others and not _is_role(name)]
    return ", ".join(named or kept.values()) or None


def _is_role(name: str) -> bool:
    """Whether a name of two words or more is what somebody does: "Staff Writer"."""
    words = name.lower().split()
    return len(words) > 1 and all(word in field_names().roles for word in words)


def _is_day(name: str) -> bool:
    return any(map(str.isdigit, name)) and iso_moment(name) is not None


def _opened(name: str) -> str:
    """A name without the word before it; where that could be a part of the name, only before a whole one."""
    names = field_names()
    if (match := names.opener.match(name)) or (
        (match := names.opener_of_people.match(name)) and _PERSON.match(name[match.end() :])
    ):
        return name[match.end() :]
    return name


def _without_mail(name: str) -> str:
    """The name that stands with a mail address.

    >>> _without_mail("ada@herald.example (Ada Roe)"), _without_mail("Ada Roe <ada@herald.example>"), _without_mail("Ada Roe (Reuters)")
    ('Ada Roe', 'Ada Roe', 'Ada Roe (Reuters)')
    """
    match = _NAME_AND_MAIL.fullmatch(name)
    return (match["behind"] or match["before"]).strip() if match else _HANDLE.sub("", _MAIL_BEHIND.sub("", name))


def _without_tags(name: str) -> str:
    """The words of a name that a program wrote for a page, as a link perhaps."""
    return " ".join(_TAG.sub(" ", without_entities(name)).split())


def _people(value: Any) -> list[str]:
    if isinstance(value, str) and value.strip()[:1] + value.strip()[-1:] in ("[]", "{}"):
        value = _written_list(value.strip()) or value
    if isinstance(value, Mapping) and value and all(str(key).isdecimal() for key in value):
        value = list(value.values())  # by their numbers
    if isinstance(value, list):
        return _writers([name for item in value if (name := name_in(item))])
    name = name_in(value)
    parts = _writers([part for part in map(_without_mail, re.split(r"\s*[;|\n]\s*|\s/\s", name)) if part]) if name else []
    if len(parts) == 1:
        parts = _joined_people(", ".join(part for part in parts[0].split(", ") if not _MAIL.fullmatch(part)) or parts[0])
    if len(parts) > 1 and all(part.count(",") == 1 for part in parts):  # "Roe, Ada; Quill, Jo"
        parts = [" ".join(half.strip() for half in reversed(part.split(","))) for part in parts]
    return parts


def _writers(names: list[str]) -> list[str]:
    """Without those who edited, translated or took pictures, where anybody else is named.

    >>> _writers(["Reporting by Ada Roe and Jo Quill", "Editing by Max Ost"]), _writers(["Photos by Jo Quill"])
    (['Reporting by Ada Roe and Jo Quill'], ['Photos by Jo Quill'])
    """
    return [name for name in names if not field_names().opener_of_others.match(name)] or names


def _joined_people(name: str) -> list[str]:
    """The names of a byline of which the last follows a word such as "and"; others stay one.

    >>> _joined_people("By Ada Roe, Jo Quill and Max van Ost"), _joined_people("Office for Health and Safety")
    (['Ada Roe', 'Jo Quill', 'Max van Ost'], ['Office for Health and Safety'])
    >>> _joined_people("Ada Roe in Oslo, Staff Writer"), _joined_people("Ada Roe, Gazette")
    (['Ada Roe'], ['Ada Roe, Gazette'])
    """
    name = _without_role(_opened(name))
    if len(halves := name.split("/")) == 2 and all(map(_PERSON.fullmatch, halves)):
        return halves
    people = [person for part in field_names().joiner.split(name) for person in part.split(", ")]
    return people if all(map(_PERSON.fullmatch, people)) else [name]


def _without_role(name: str) -> str:
    """A name, or several, without what they do and where, behind them."""
    names, comma, role = name.rpartition(", ")
    if comma and role.split()[-1:] and role.split()[-1].lower().rstrip(".") in field_names().roles:
        return _without_role(names)
    person, *place = field_names().place.split(name, maxsplit=1)
    person = person.rstrip(" ,")
    people = [one.split() for one in field_names().joiner.split(person)]
    capitals = all(len(words) > 1 and all(word[:1].isupper() for word in words) for words in people)
    return person if place and capitals and "," not in place[0] else name


def _written_list(value: str) -> list[Any] | None:
    """The list, or the one object, that a table holds as Python, numpy, JSON or PostgreSQL writes it."""
    if value.startswith("{") and ":" not in value:
        return next(csv.reader([value[1:-1]]), None)
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(_BETWEEN_MARKS.sub(", ", value[:10_000]))
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list | Mapping):
            return found if isinstance(found, list) else [found]
    return None


def without_entities(name: str) -> str:
    """A title as people read it: where a program wrote it for a page, characters stand in it by name or number.

    >>> without_entities("Quay &#8211; closed &amp; sealed"), without_entities("R&D; more")
    ('Quay – closed & sealed', 'R&D; more')
    """
    return _ENTITY.sub(lambda match: unescape(match[0]), name)
