"""The values of one record by the names of fields, and which of them a field took."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from pipelines.ingest.names import field_names, field_of, folded
from pipelines.ingest.values import is_empty, is_missing, plain

DEPTH = 3  # objects inside of objects that are looked into
_NAMED_WITH_THEIR_OBJECT = frozenset({"published", "modified"})
_NAME_AND_VALUE = tuple((name, value) for name in ("name", "key", "property", "type", "field") for value in ("value", "content"))


class Record:
    """The values of a record by folded key, objects that only wrap others opened. Remembers which of them a field took."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self._values: dict[str, tuple[str, Any]] = {}
        self._rests: dict[str, Any] = {}
        self._taken: list[Any] = []
        self._open(record, "", DEPTH)

    def _open(self, record: Mapping[str, Any], above: str, depth: int) -> None:
        wrapped = []
        for key, value in record.items():
            name, value = folded(str(key)), plain(value)
            wraps = depth > 0 and str(key).lower() in field_names().wrapping
            value = (_written_object(value) or value) if wraps and isinstance(value, str) else value
            value = (_one_object(value) or value) if wraps and isinstance(value, list) else value
            if wraps and isinstance(value, Mapping) and not is_text_object(value):
                wrapped.append((f"{above}{key}.", value))
            elif name not in self._values or is_empty(self._values[name][1]):
                self._values[name] = f"{above}{key}", value
            elif not is_empty(value):
                self._values[f"{above}{key}"] = f"{above}{key}", value
        for prefix, value in wrapped:
            self._open(value, prefix, depth - 1)

    def found(self, field: str) -> Iterator[tuple[str, Any]]:
        """Key and value of each name of the field that holds something, best first. `take` says that one was used."""
        for path in field_names().paths[field]:
            whole = "".join(path)
            if whole in self._values and not is_missing(self._values[whole][1]):
                yield whole, self._values[whole][1]
            if len(path) > 1 and path[0] in self._values:
                value = _inside(self._values[path[0]][1], path[1:])
                if not is_missing(value):
                    yield ".".join(path), value
        for name in self._composed(field):
            yield name, self._values[name][1]
        if field in _NAMED_WITH_THEIR_OBJECT:
            yield from self._below(field)

    def _below(self, field: str) -> Iterator[tuple[str, Any]]:
        """Values of objects whose name and key together are a name of the field, `publication: {"publishedOn": …}`; keys that are one by themselves
        in their order first."""
        order = {path[0]: place for place, path in enumerate(field_names().paths[field]) if len(path) == 1}
        for name, (_, value) in self._values.items():
            value = _one_object(value) if isinstance(value, list) else value
            if isinstance(value, Mapping):
                inside = {folded(str(key)): plain(inner) for key, inner in value.items()}
                found = [key for key, inner in inside.items() if field_of(name + key) == field and not is_missing(inner)]
                found.sort(key=lambda key: (order.get(key, len(order)), key))
                yield from ((f"{name}.{key}", inside[key]) for key in found)

    def _composed(self, field: str) -> list[str]:
        """The names of no list whose words say that they are the field's."""
        known = field_names().of_key
        return sorted(
            name
            for name, (_, value) in self._values.items()
            if name not in known and field_of(name) == field and not is_missing(value)
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
            if not is_empty(value) and name not in field_names().ignored and not any(value == taken for taken in self._taken):
                left[key] = value
        return left

    def keys(self) -> list[str]:
        return sorted(key for key, _ in self._values.values())


def _inside(value: Any, path: tuple[str, ...]) -> Any:
    """The value at the end of a path of folded keys; a list stands for the first object in it."""
    for part in path:
        if isinstance(value, list):
            value = next((item for item in value if isinstance(item, Mapping)), None)
        if not isinstance(value, Mapping):
            return None
        value = next((plain(inner) for key, inner in value.items() if folded(str(key)) == part), None)
    return value


def _without(value: Any, path: list[str]) -> Any:
    """An object without what stands at the end of a path, null where nothing else is in it."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not path or not isinstance(value, Mapping):
        return None
    left = {key: _without(inner, path[1:]) if folded(str(key)) == path[0] else inner for key, inner in value.items()}
    left = {key: inner for key, inner in left.items() if not is_empty(inner)}
    return left or None


def _one_object(value: list[Any]) -> Mapping[str, Any] | None:
    """The one object of a list, or what a list of names with their values holds, as editors' programs write it: `[{"name": "date", "value": …}]`."""
    if not value or not all(isinstance(item, Mapping) for item in value):
        return None
    for name, held in _NAME_AND_VALUE:
        if all(item.keys() == {name, held} and isinstance(item[name], str) for item in value):
            return {item[name]: item[held] for item in reversed(value)}
    return cast(Mapping[str, Any], value[0]) if len(value) == 1 else None


def _written_object(value: str) -> Mapping[str, Any] | None:
    """An object that stands in a record as its JSON, as queues and databases write it."""
    if not value.lstrip().startswith("{"):
        return None
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, Mapping) else None


def is_text_object(value: Mapping[str, Any]) -> bool:
    return any(folded(str(key)) == "sections" for key in value)
