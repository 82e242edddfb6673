"""The rows of `copydesk clean`: dirty texts to bodies and metadata."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.commands.batch import Answer, Batch, Options
from assets.commands.rows import encodable, optional_text, text_problem
from assets.settings import value_of
from pipelines.cleaning import CleanSettings, clean_documents, document_lines, repeated_lines
from pipelines.cleaning.html import with_page_texts
from pipelines.ingest.dates import iso_moment
from pipelines.schemas import CLEANED, REJECT
from pipelines.vocabulary import DateSource

FIELDS = (
    *("text", "title", "date", "date_source", "published_at", "modified_at", "date_partial", "byline", "byline_agency", "dateline"),
    *("section", "photo_credit", "correction", "share_kept"),
    *("language", "removed", "repairs"),
)


def _empty(row: Mapping[str, Any]) -> Answer:
    return {name: [] if name in ("removed", "repairs") else "" if name == "text" else None for name in FIELDS}


def _source(row: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The row's text or its page, whichever holds something; the text where both do, as in ingest."""
    text, html = (encodable(value) if isinstance(value, str) else None for value in map(row.get, ("text", "html")))
    if html and html.strip() and not (text and text.strip()):
        return None, html
    return (html if text is None else text), None


def _problem(row: Mapping[str, Any]) -> Answer | None:
    return None if any(_source(row)) else text_problem(row, ("text", "html"))


def _takes(row: Mapping[str, Any]) -> Answer:
    text, html = _source(row)
    return {"text": text, "html": html, **{name: optional_text(row.get(name)) for name in ("publisher", "url")}}


def _prepare(rows: pa.Table, options: Options) -> tuple[pa.Table, pa.Table | None]:
    """The rows with the texts of their pages, and what repeats in them; with `--alone` nothing does."""
    was_page = pc.is_valid(rows["html"])
    rows = with_page_texts(rows)
    repeated = None if options.alone else repeated_lines(document_lines(rows))
    return rows.append_column("was_page", was_page), repeated


def _answer(rows: pa.Table, options: Options, repeated: pa.Table | None) -> list[Answer]:
    cleaned = clean_documents(rows, repeated, CleanSettings(most_marks=value_of("limits.max_marks"))).select(
        [name for name in CLEANED.names if name not in ("id", "blocks")]
    )
    pages = zip(rows["was_page"].to_pylist(), rows["text"].to_pylist(), strict=True)
    answers = []
    for row, (was_page, text) in zip(cleaned.to_pylist(), pages, strict=True):
        answer = {name: row[name] for name in FIELDS}
        answer |= {"source_text": text} if was_page else {}
        answer |= {"reject": row["reject"]} if row["reject"] else {}
        answers.append(answer)
    return answers


def _finish(row: Mapping[str, Any], answer: Answer) -> Answer:
    """Where the text does not say it, what the row says itself stands; a day has the source `record` then."""
    own = {name: optional_text(row.get(name)) for name in ("title", "byline", "section", "language")}
    own |= {name: _moment(row.get(name)) for name in ("published_at", "modified_at")}
    day = _moment(row.get("date")) or own["published_at"]
    if answer["date"] is None and day:
        source = row.get("date_source")
        answer = answer | {"date_partial": None}
        own |= {"date": day[:10], "date_source": source if source in list(DateSource) else DateSource.RECORD}
    return answer | {name: value for name, value in own.items() if value and answer[name] is None}


def _moment(value: Any) -> str | None:
    return iso_moment(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None


CLEAN = Batch(
    name="clean",
    help="turn dirty texts and pages into bodies and metadata",
    answer=_answer,
    empty=_empty,
    problem=_problem,
    takes=_takes,
    finish=_finish,
    reads=("text", "html", "source_text", "reject"),
    gives=pa.schema([*(CLEANED.field(name) for name in (*FIELDS, "source_text")), pa.field("reject", REJECT)]),
    options={"alone": "judge each row by itself, without the publisher's other rows"},
    prepare=_prepare,
)
