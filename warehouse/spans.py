"""Parts of long texts in one pass: `substr` in SQL counts from the start of the text for each part."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa
from duckdb.func import FunctionNullHandling, PythonUDFType

_TAKES: list[Any] = ["VARCHAR", "BIGINT[]", "BIGINT[]"]


def add_spans(connection: duckdb.DuckDBPyConnection) -> None:
    """Give SQL the function `spans(text, starts, ends)`: the parts of a text as a list, offsets counted from 0, ends exclusive."""
    connection.create_function(
        "spans", _spans, _TAKES, "VARCHAR[]", type=PythonUDFType.ARROW, null_handling=FunctionNullHandling.SPECIAL
    )


def _spans(texts: Any, starts: Any, ends: Any) -> pa.Array:
    parts = [
        None if text is None or first is None else [text[a:b] for a, b in zip(first, last, strict=True)]
        for text, first, last in zip(texts.to_pylist(), starts.to_pylist(), ends.to_pylist(), strict=True)
    ]
    return pa.array(parts, pa.list_(pa.string()))
