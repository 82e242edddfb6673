"""`copydesk quotes`: texts to quotes with cue and speaker."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pyarrow as pa

from assets.commands.rows import InputRow, check_writable, encodable, progress, read_rows, reject, text_problem, write_rows
from pipelines.guarded import fault, guarded
from pipelines.quotes import Quote, QuoteSettings, quotes_in_each, to_json
from pipelines.vocabulary import RejectReason

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
    found = iter(_quotes_or_reject(texts, settings))
    for row, problem in zip(rows, problems, strict=True):
        given = row.fields.get("text")
        text = given if isinstance(given, str) else ""
        if problem:
            yield {"id": row.id, "text": text, "quotes": [], "reject": problem}
            continue
        quotes = next(found)
        if isinstance(quotes, dict):
            yield {"id": row.id, "text": text, "quotes": [], "reject": quotes}
        else:
            yield {"id": row.id, "text": text, "quotes": to_json(text, quotes)}


def _quotes_or_reject(texts: list[str], settings: QuoteSettings) -> Iterator[list[Quote] | dict[str, str]]:
    """The quotes of each text, or why it cannot be read."""

    def read(some: pa.Table) -> list[list[Quote] | dict[str, str]]:
        return list(quotes_in_each(some["text"].to_pylist(), settings))

    def give_up(_: pa.Table, told: str) -> list[list[Quote] | dict[str, str]]:
        return [reject(RejectReason.FAILED, fault("reading quotes", told))]

    for part in guarded(read, pa.table({"text": pa.array(texts, pa.large_string())}), give_up):
        yield from part
