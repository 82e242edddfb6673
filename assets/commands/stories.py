"""`copydesk stories`: articles to the stories that they tell, by the id of each story's first article."""

import argparse
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.commands.rows import (
    InputRow,
    all_rejected,
    check_writable,
    counted,
    encodable,
    optional_text,
    progress,
    read_rows,
    refuse_same,
    reject,
    text_problem,
    write_rows,
)
from assets.errors import CommandError
from pipelines.duplicates import find_duplicates
from pipelines.lexicons import LexiconError
from pipelines.schemas import COMPARED, REJECT, STORY_INPUT
from pipelines.stories import find_stories
from pipelines.vocabulary import RejectReason

_GIVES = pa.schema([pa.field("id", pa.null()), pa.field("story_id", pa.null()), pa.field("reject", REJECT)])


def run(options: argparse.Namespace) -> int:
    rows = read_rows(options.input)
    refuse_same(options.input, options.output)
    check_writable(options.output)
    problems = _problems(rows)
    taken = [row for row, problem in zip(rows, problems, strict=True) if problem is None]
    given = [_article(row.fields) for row in taken]
    try:
        copies = find_duplicates(pa.Table.from_pylist(given, schema=COMPARED)).clusters
        found = find_stories(pa.Table.from_pylist(given, schema=STORY_INPUT), copies=copies)
    except LexiconError as error:
        raise CommandError(str(error)) from error
    write_rows(options.output, _answers(rows, problems, found), _GIVES, rows)
    progress(f"{counted(len(pc.unique(found['story_id'])), 'story', 'stories')} in {counted(len(taken), 'article')}")
    return all_rejected(len(rows), len(rows) - len(taken))


def _answers(rows: list[InputRow], problems: list[dict[str, str] | None], found: pa.Table) -> Iterator[dict[str, Any]]:
    story = dict(zip(found["id"].to_pylist(), found["story_id"].to_pylist(), strict=True))
    given = {_key(row.id): row.id for row, problem in zip(rows, problems, strict=True) if problem is None}
    for row, problem in zip(rows, problems, strict=True):
        if problem:
            yield {"id": row.id, **_passed(row), "story_id": None, "reject": problem}
        else:
            yield {"id": row.id, **_passed(row), "story_id": given[story[_key(row.id)]]}


def _passed(row: InputRow) -> dict[str, Any]:
    """What comes back of a row as it was: all but the text."""
    return {name: value for name, value in row.fields.items() if name != "text"}


def _problems(rows: list[InputRow]) -> list[dict[str, str] | None]:
    """Why each row belongs to no story, or None. Of rows with one id the first counts."""
    seen: set[str] = set()
    found: list[dict[str, str] | None] = []
    for row in rows:
        problem = row.reject or _id_problem(row.id, seen) or text_problem(row.fields, ("text", "title"))
        if problem is None:
            seen.add(_key(row.id))
        found.append(problem)
    return found


def _id_problem(value: Any, seen: set[str]) -> dict[str, str] | None:
    if not isinstance(value, str | int) or isinstance(value, bool):
        return reject(
            RejectReason.BAD_VALUE, f"id is {value!r}; allowed is a string or a whole number. Give each row an id of its own"
        )
    if _key(value) in seen:
        return reject(
            RejectReason.BAD_VALUE, f"id {value!r} is there already; allowed is one row for each id. Give each row an id of its own"
        )
    return None


def _key(value: Any) -> str:
    return encodable(str(value))


def _article(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": _key(row["id"]),
        "title": optional_text(row.get("title")),
        "text": optional_text(row.get("text")) or "",
        "publisher": optional_text(row.get("publisher")),
        "date": optional_text(row.get("date")),
    }
