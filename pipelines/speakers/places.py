"""Names of people in parts that need not know of each other: which are full ones, and which pairs of those that share a sound may be of one person.

What two names say of each other, the very same functions say. How rows are brought together does not belong here.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import pyarrow as pa

from pipelines.speakers.comparing import Read, meeting_keys, of_one_person, read_one, read_people
from pipelines.speakers.settings import NameSettings

NAMES = pa.schema([pa.field("name", pa.string(), False)])

NAMES_BY_WORDS = pa.schema([pa.field("part", pa.int64(), False), *NAMES])  # names of the same words have one part

READ_NAMES = pa.schema([*NAMES, *(pa.field(name, pa.string(), False) for name in Read._fields)])

MEETING_NAMES = pa.schema([pa.field("part", pa.int64(), False), *READ_NAMES])  # a name is in the part of each of its keys

SAME_NAMES = pa.schema([*NAMES, pa.field("other", pa.string(), False), pa.field("score", pa.float64(), False)])


def by_words(names: pa.Table, settings: NameSettings, parts: int = 1) -> pa.Table:
    return _table([(_part(read_one(name).words, parts), name) for name in names["name"].to_pylist()], NAMES_BY_WORDS)


def read_names(names: pa.Table, settings: NameSettings, parts: int = 1) -> dict[str, pa.Table]:
    """The names of a part as they meet others, and in which parts they do."""
    read = read_people(sorted(names["name"].to_pylist()))
    met = [(part, name, *one) for name, one in read.items() for part in sorted({_part(key, parts) for key in meeting_keys(one)})]
    return {"read": _table([(name, *one) for name, one in read.items()], READ_NAMES), "meeting": _table(met, MEETING_NAMES)}


def compare_names(names: pa.Table, settings: NameSettings) -> pa.Table:
    """The pairs of the names of a part that may be of one person. Two that share several keys are found in several parts."""
    read = names_of(names)
    same = of_one_person(read, dict.fromkeys(read, False), settings)
    return _table([(*pair, score) for pair, score in same.items()], SAME_NAMES)


def names_of(rows: pa.Table) -> dict[str, Read]:
    """Of rows with the columns of READ_NAMES, in order of the names."""
    columns = (rows[name].to_pylist() for name in READ_NAMES.names)
    return {name: Read(*read) for name, *read in sorted(zip(*columns, strict=True))}


def _part(key: str, parts: int) -> int:
    return crc32(key.encode("utf-8", "surrogatepass")) % parts


def _table(rows: Sequence[Sequence[object]], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema)
