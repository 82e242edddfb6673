"""`copydesk quotes`: texts to quotes with cue and speaker."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from assets.commands.rows import InputRow, check_writable, encodable, progress, read_rows, text_problem, write_rows
from pipelines.quotes import QuoteSettings, quotes_in_each, to_json

PROGRESS_ROWS = 1000
TOGETHER = 250  # rows that are read in one call, which is faster than one by one; a divisor of PROGRESS_ROWS


def run(options: argparse.Namespace) -> int:
    settings = replace(QuoteSettings(), indirect=not options.no_indirect)
    rows = read_rows(options.input)
    check_writable(options.output)
    write_rows(options.output, _results(rows, settings))
    return 0


def _results(rows: list[InputRow], settings: QuoteSettings) -> Iterator[dict[str, Any]]:
    for begin in range(0, len(rows), TOGETHER):
        batch = rows[begin : begin + TOGETHER]
        yield from _read(batch, settings)
        done = begin + len(batch)
        if done % PROGRESS_ROWS == 0 or done == len(rows):
            progress(f"read {done} of {len(rows)}")


def _read(rows: list[InputRow], settings: QuoteSettings) -> Iterator[dict[str, Any]]:
    problems = [row.reject or text_problem(row.fields, ("text",)) for row in rows]
    texts = [encodable(row.fields["text"]) for row, problem in zip(rows, problems, strict=True) if not problem]
    found = iter(quotes_in_each(texts, settings))
    for row, problem in zip(rows, problems, strict=True):
        given = row.fields.get("text")
        text = given if isinstance(given, str) else ""
        if problem:
            yield {"id": row.id, "text": text, "quotes": [], "reject": problem}
        else:
            yield {"id": row.id, "text": text, "quotes": to_json(text, next(found))}
