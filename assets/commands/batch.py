"""A row-wise stage as a command: one row out for each row in, in input order, with the fields of the row that the command does not know.

Which commands there are says the catalogue of stages; what a command's rows look like stands in its own module.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from assets.commands.rows import (
    InputRow,
    all_rejected,
    check_writable,
    encodable,
    progress,
    read_rows,
    reject,
    text_problem,
    write_rows,
)
from assets.errors import CommandError
from pipelines.ingest.fields import with_plain_names
from pipelines.lexicons import LexiconError
from pipelines.stage import Stage, fault, guarded
from pipelines.vocabulary import RejectReason

Answer = dict[str, Any]
Options = argparse.Namespace


def text_of(row: Mapping[str, Any]) -> Answer:
    """What most stages take of a row: its text."""
    return {"text": encodable(row["text"])}


def problem_of_text(row: Mapping[str, Any]) -> Answer | None:
    return text_problem(row, ("text",))


@dataclass(frozen=True)
class Batch:
    """`answer(rows, options, *context)` gives what is written for each row besides its `id`; it may raise for single ones.

    `problem` says why a row of the input cannot be taken; `takes` makes of it what the stage takes, without `id`; `empty` is written where
    there is no answer. `reads` are fields that the command takes up, so that they do not come back as they were; all others that it does not give do.
    `finish(row, answer)` says what of the row itself stands in the answer. `gives` are the types of what it gives, for formats that have types. `options` are switches with their help. `prepare(rows, options)` sees all rows at once: it may change them and add
    further tables, which `answer` gets.
    """

    name: str
    help: str
    answer: Callable[..., list[Answer]]
    empty: Callable[[Mapping[str, Any]], Answer]
    problem: Callable[[Mapping[str, Any]], Answer | None] = problem_of_text
    takes: Callable[[Mapping[str, Any]], Answer] = text_of
    reads: tuple[str, ...] = ("text",)
    finish: Callable[[Mapping[str, Any], Answer], Answer] = lambda row, answer: answer
    gives: pa.Schema | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[pa.Table, Options], tuple[Any, ...]] = lambda rows, options: (rows,)


def run(batch: Batch, stage: Stage, options: Options) -> int:
    raw = read_rows(options.input)
    given = [replace(row, fields=with_plain_names(row.fields)) for row in raw]
    check_writable(options.output)
    problems = [row.reject or batch.problem(row.fields) for row in given]
    taken = [
        {"id": str(place), **batch.takes(row.fields)}  # ids are places, so that equal ids of the input do no harm
        for place, (row, problem) in enumerate(zip(given, problems, strict=True))
        if problem is None
    ]
    try:
        rows, *context = batch.prepare(pa.Table.from_pylist(taken, schema=stage.takes), options)
        passed = (passed_on(row.fields, named.fields, batch.reads) for row, named in zip(raw, given, strict=True))
        written = _written(batch, given, passed, problems, _answers(batch, stage, rows, context, options))
        write_rows(options.output, written, pa.schema([pa.field("id", pa.null()), *(batch.gives or ())]), raw)
    except LexiconError as error:
        raise CommandError(str(error)) from error
    if not given:
        progress(f"{batch.name}: the input holds no rows")
    return all_rejected(len(given), len(given) - len(taken))


def _answers(batch: Batch, stage: Stage, rows: pa.Table, context: list[Any], options: Options) -> Iterator[Answer]:
    def work(some: pa.Table) -> list[Answer]:
        return batch.answer(some, options, *context)

    def give_up(row: pa.Table, error: str) -> list[Answer]:
        return [{"reject": reject(RejectReason.FAILED, fault(stage.does, error))}]

    for start in range(0, rows.num_rows, stage.rows):
        parts = guarded(work, rows.slice(start, stage.rows), give_up)
        progress(f"{stage.does}: {min(start + stage.rows, rows.num_rows)} of {rows.num_rows}")
        for part in parts:
            yield from part


def passed_on(row: Mapping[str, Any], named: Mapping[str, Any], reads: tuple[str, ...]) -> Answer:
    """The fields of a row that come back as they were: all but those that the command read, under whatever name.

    >>> passed_on({"id": 1, "text": "It closes.", "url": "a.example"}, {"text": "It closes."}, ("text",))
    {'id': 1, 'url': 'a.example'}
    >>> passed_on({"id": 1, "articleBody": "It closes.", "likes": 3}, {"text": "It closes."}, ("text",))
    {'id': 1, 'likes': 3}
    """
    taken = {named[name] for name in reads if name not in row and isinstance(named.get(name), str)}
    return {name: value for name, value in row.items() if name not in reads and not (isinstance(value, str) and value in taken)}


def _written(
    batch: Batch, given: list[InputRow], passed: Iterator[Answer], problems: list[Answer | None], answers: Iterator[Answer]
) -> Iterator[Answer]:
    for row, fields, problem in zip(given, passed, problems, strict=True):
        answer = {"reject": problem} if problem else next(answers)
        yield {"id": row.id, **fields, **batch.finish(row.fields, {**batch.empty(row.fields), **answer})}
