"""Names of people in parts that need not know of each other: which are full ones, and which pairs of those that share a sound may be of one person.

What two names say of each other, the very same functions say. How rows are brought together does not belong here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

import pyarrow as pa

from pipelines.speakers.comparing import meeting_keys, of_one_person, sorted_words, sorts_of
from pipelines.speakers.settings import NameSettings

NAMES = pa.schema([pa.field("name", pa.string(), False)])

NAMES_BY_WORDS = pa.schema([pa.field("part", pa.int64(), False), *NAMES])  # names of the same words in any order have one part

SORTS = pa.schema([*NAMES, pa.field("sort", pa.string(), False)])

MEETING_NAMES = pa.schema([pa.field("part", pa.int64(), False), *SORTS])  # a name is in the part of each of its keys

SAME_NAMES = pa.schema([*NAMES, pa.field("other", pa.string(), False), pa.field("score", pa.float64(), False)])


def by_words(names: pa.Table, settings: NameSettings, parts: int = 1) -> pa.Table:
    listed = names["name"].to_pylist()
    return _table([[_part(" ".join(sorted_words(name)), parts) for name in listed], listed], NAMES_BY_WORDS)


def sorted_names(names: pa.Table, settings: NameSettings, parts: int = 1) -> dict[str, pa.Table]:
    """What each of the names of a part is of, and in which parts it meets others."""
    sorts = sorts_of(sorted(names["name"].to_pylist()))
    met = [(part, name, sort) for name, sort in sorts.items() for part in sorted(_parts(meeting_keys(name), parts))]
    return {"sorts": _table([[*sorts], [*sorts.values()]], SORTS), "meeting": _table(_columns(met, 3), MEETING_NAMES)}


def compare_names(names: pa.Table, settings: NameSettings) -> pa.Table:
    """The pairs of the names of a part that may be of one person. Two that share several keys are found in several parts."""
    sorts = dict(sorted(zip(names["name"].to_pylist(), names["sort"].to_pylist(), strict=True)))
    same = of_one_person([*sorts], sorts, dict.fromkeys(sorts, False), settings)
    return _table(_columns([(*pair, score) for pair, score in same.items()], 3), SAME_NAMES)


def _parts(keys: Iterable[str], parts: int) -> set[int]:
    return {_part(key, parts) for key in keys}


def _part(key: str, parts: int) -> int:
    return crc32(key.encode("utf-8", "surrogatepass")) % parts


def _columns(rows: Sequence[Sequence[object]], width: int) -> list[Sequence[object]]:
    return [*zip(*rows, strict=True)] if rows else [()] * width


def _table(columns: Sequence[Sequence[object]], schema: pa.Schema) -> pa.Table:
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema)
