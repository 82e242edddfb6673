"""Single values of records: what counts as empty, what stores of documents wrap, how a value is shown in a message."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pipelines.ingest.names import field_names

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NOTHING = frozenset({"\\N", "NULL", "null", "NaN", "nan", "None"})  # what programs write into tables for a missing value
# The same, of words that may mean something else elsewhere.
_NOT_THERE = frozenset({"NA", "N/A", "n/a", "#N/A", "<NA>", "#NAME?", "#VALUE!", "#REF!", "#NULL!", "#NUM!", "#DIV/0!"})
_TYPES = frozenset(
    {"S", "N", "stringValue", "integerValue", "timestampValue", "doubleValue"}
)  # of stores in the cloud, around each value
_VALUE_AND_FORM = frozenset({"value", "format", "processed", "summary", "lang"})
_DATE_AND_ZONE = frozenset({"date", "timezone", "timezone_type"})
_SECONDS = ({"seconds", "nanoseconds"}, {"seconds", "nanos"})


def encodable(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, which no encoding can store."""
    return LONE_SURROGATE.sub("\ufffd", text)


def language_code(name: str) -> str | None:
    """The two letters of a language, from its code with or without a region, or its name; null where it is none that is known.

    >>> language_code("en-US"), language_code("ENGLISH"), language_code("xx"), language_code("unknown")
    ('en', 'en', 'xx', None)
    """
    word = name.strip().lower()
    found = field_names().languages.get(word)
    match = re.fullmatch(r"([a-z]{2})(?:[-_][a-z0-9-]+)?", word)
    return found or (match[1] if match else None)


def plain(value: Any) -> Any:
    """What stores of documents write as an object with a sign, `{"$oid": …}`, `{"$date": {"$numberLong": …}}`, as seconds with
    their parts, as a date with its zone, or as year, month and day, as the value itself; days and times as ISO writes them."""
    if isinstance(value, date):
        return value.isoformat()
    if (
        isinstance(value, list)
        and len(value) == 1
        and isinstance(value[0], Mapping)
        and {"value"} <= value[0].keys() <= _VALUE_AND_FORM
    ):
        value = value[0]["value"]
    while isinstance(value, Mapping) and len(value) == 1 and ((key := str(next(iter(value)))) in _TYPES or key.startswith("$")):
        value = next(iter(value.values()))
    if isinstance(value, Mapping) and len(value) == 2 and {str(key).strip("_").lower() for key in value} in _SECONDS:
        value = next(inner for key, inner in value.items() if str(key).strip("_").lower() == "seconds")
    if isinstance(value, Mapping) and isinstance(value.get("date"), str) and {"date"} < value.keys() <= _DATE_AND_ZONE:
        value = value["date"]
    if (
        isinstance(value, Mapping)
        and value.keys() == {"year", "month", "day"}
        and all(isinstance(part, int) for part in value.values())
    ):
        value = f"{value['year']:04}-{value['month']:02}-{value['day']:02}"
    return value


def is_empty(value: Any) -> bool:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return True
    return (isinstance(value, str) and (not value.strip() or value.strip() in _NOTHING)) or (
        isinstance(value, list | Mapping) and not value
    )


def is_missing(value: Any) -> bool:
    """Whether a field finds nothing in a value."""
    return is_empty(value) or (isinstance(value, str) and value.strip() in _NOT_THERE)


def digits(number: int) -> str | None:
    try:
        return str(number)
    except ValueError:  # more digits than Python writes out
        return None


def without_float(value: Any) -> Any:
    """12 for 12.0 and None for NaN, as which tables with gaps hold whole numbers and gaps."""
    if isinstance(value, float) and math.isnan(value):
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value


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
