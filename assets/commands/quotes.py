"""The rows of `copydesk quotes`: texts to quotes with cue and speaker."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pyarrow as pa

from assets.commands.batch import Answer, Batch, Options, problem_of_text
from assets.commands.rows import reject
from assets.settings import value_of
from pipelines.marks import too_many_marks
from pipelines.quotes import QuoteSettings, quotes_in_each, to_json
from pipelines.schemas import REJECT
from pipelines.vocabulary import RejectReason

_SPAN = [pa.field("start", pa.int64()), pa.field("end", pa.int64())]
_SPEAKER = [pa.field(name, pa.string()) for name in ("text", "name", "kind", "role", "organisation")]
_QUOTE = pa.struct(
    [
        *_SPAN,
        pa.field("type", pa.string()),
        pa.field("content", pa.struct(_SPAN)),
        pa.field("cue", pa.struct([*_SPAN, pa.field("text", pa.string())])),
        pa.field("speaker", pa.struct([*_SPAN, *_SPEAKER])),
        pa.field("part_of", pa.int64()),
        pa.field("confidence", pa.float64()),
    ]
)
GIVES = pa.schema([pa.field("text", pa.large_string()), pa.field("quotes", pa.list_(_QUOTE)), pa.field("reject", REJECT)])


def _empty(row: Mapping[str, Any]) -> Answer:
    return {"text": row["text"] if isinstance(row.get("text"), str) else "", "quotes": []}


def _answer(rows: pa.Table, options: Options) -> list[Answer]:
    settings = replace(QuoteSettings(), indirect=not options.no_indirect)
    texts = rows["text"].to_pylist()
    return [{"quotes": to_json(text, quotes)} for text, quotes in zip(texts, quotes_in_each(texts, settings), strict=True)]


@cache
def _most_marks() -> int:
    """The setting, read once for all rows."""
    return int(value_of("limits.max_marks"))


def _problem(row: Mapping[str, Any]) -> Answer | None:
    problem = problem_of_text(row)
    message = None if problem else too_many_marks(row["text"], _most_marks())
    return reject(RejectReason.TOO_LARGE, message) if message else problem


QUOTES = Batch(
    name="quotes",
    help="find quotes and their speakers",
    answer=_answer,
    empty=_empty,
    problem=_problem,
    gives=GIVES,
    options={"no-indirect": "leave out reported speech without quotation marks"},
)
