"""`copydesk quotes`: texts to quotes with cue and speaker."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from assets.commands.rows import InputRow, check_writable, encodable, progress, read_rows, text_problem, write_rows
from pipelines.quotes import QuoteSettings, quotes_in, to_json

PROGRESS_ROWS = 1000


def run(options: argparse.Namespace) -> int:
    settings = replace(QuoteSettings(), indirect=not options.no_indirect)
    rows = read_rows(options.input)
    check_writable(options.output)
    write_rows(options.output, _results(rows, settings))
    return 0


def _results(rows: list[InputRow], settings: QuoteSettings) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows, 1):
        yield _result(row, settings)
        if number % PROGRESS_ROWS == 0 or number == len(rows):
            progress(f"read {number} of {len(rows)}")


def _result(row: InputRow, settings: QuoteSettings) -> dict[str, Any]:
    problem = row.reject or text_problem(row.fields, ("text",))
    if problem:
        return {
            "id": row.id,
            "text": row.fields.get("text") if isinstance(row.fields.get("text"), str) else "",
            "quotes": [],
            "reject": problem,
        }
    text = row.fields["text"]
    return {"id": row.id, "text": text, "quotes": to_json(text, quotes_in(encodable(text), settings))}
