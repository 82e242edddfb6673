"""What a load found: its numbers, its answers to three questions, and how to look at the rest; as lines to read or as an object for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any

from assets.commands.rows import counted
from assets.project import shown_path, ui_command
from assets.stages.load import Load
from warehouse import named_sql, warnings_of_files

_EXTRA_SHOWN = 10  # names of fields
_WORDS_SHOWN = 60  # characters of a quotation
_COUNTS = (
    *("documents", "articles", "publishers", "rejects", "removed", "repairs", "cut_short", "pairs", "copies", "quotes", "speakers"),
    *("utterances", "conflicts", "stories", "failures", "corrections", "corrected_places", "idle_corrections"),
)

# The questions that a first look asks: a query that works as it is shown, what its first row says, and what it would need to have one.
_SOURCES = (
    "FROM syndication ORDER BY articles DESC, republisher",
    "{republisher} has text of {source} in {articles}",
    "nobody is known to republish anybody here",
)
_CONFLICTS = (
    "FROM quote_conflicts ORDER BY ALL",
    "{a_publisher} and {b_publisher} print one quote differently: {a_words} | {b_words}",
    "no contradictions",
)
_UTTERANCES = (
    "FROM utterances ORDER BY articles DESC, text",
    "{speaker_name}, in {articles}: “{text}”",
    "no words stand in several articles yet",
)
_SPEAKERS = (
    "FROM speakers WHERE kind = 'person' ORDER BY quotes DESC, name",
    "{name}: {quotes} in {articles}",
    "no person is quoted yet",
)


@dataclass(frozen=True)
class Query:
    """`sql` as one would type it, its first row, and that in words."""

    sql: str
    row: dict[str, Any] | None
    answer: str


@dataclass(frozen=True)
class Summary:
    """What the warehouse holds. `counts` are those of `queries/summary.sql`, `warnings` name, rows, what is usual, and what
    to do."""

    counts: dict[str, int]
    rejects: dict[str, int]
    unknown_fields: dict[str, int]
    warnings: list[dict[str, Any]]
    queries: list[Query]
    published: Path
    report: Path
    ui: str


def summary_of(load: Load) -> Summary:
    working = load.working
    numbers = working.rows(named_sql("queries/summary"))[0]
    counts = {name: count or 0 for name, count in zip(_COUNTS, numbers, strict=True)}
    asked = (_SOURCES, _CONFLICTS if counts["conflicts"] else _UTTERANCES, _SPEAKERS)
    return Summary(
        counts=counts,
        rejects=dict(working.rows("SELECT reason, count(*) FROM rejects GROUP BY 1 ORDER BY 2 DESC, 1")),
        unknown_fields=dict(working.rows(named_sql("queries/extra_fields"))),
        warnings=[
            {"name": check.name, "rows": count, "usual": check.promise, "what_to_do": check.todo}
            for check in warnings_of_files()
            if (count := working.count(check.query))
        ],
        queries=[_answered(load, *question) for question in asked],
        published=working.paths.published,
        report=working.paths.report,
        ui=ui_command(working.paths),
    )


def _answered(load: Load, sql: str, words: str, without: str) -> Query:
    found = load.working.table(f"{sql} LIMIT 1").to_pylist()
    if not found:
        return Query(sql, None, without)
    return Query(sql, found[0], words.format_map({name: _shown(name, value) for name, value in found[0].items()}))


def _shown(name: str, value: Any) -> str:
    if name in ("articles", "quotes"):
        return counted(value, name.removesuffix("s"))
    if value is None or value == "":
        return "(nobody)" if name.endswith("name") else "(nothing)"
    return shorten(str(value), _WORDS_SHOWN, placeholder=" …")


def as_json(found: Summary, loaded: bool, seconds: float) -> str:
    """One object on one line."""
    return json.dumps(
        {
            "loaded": loaded,
            "seconds": round(seconds, 1),
            **found.counts,
            "rejects_by_reason": found.rejects,
            "unknown_fields": found.unknown_fields,
            "warnings": found.warnings,
            "queries": [{"sql": query.sql, "answer": query.answer, "row": query.row} for query in found.queries],
            "warehouse": str(found.published),
            "report": str(found.report) if found.report.exists() else None,
        },
        ensure_ascii=False,
        default=str,
    )


def warning_lines(found: Summary) -> list[str]:
    """What is unusual, a line each, and where its rows stand."""
    lines = [f"warning: {w['name']}: {counted(w['rows'], 'row')}; usual: {w['usual']} {w['what_to_do']}" for w in found.warnings]
    where = f"{shown_path(found.report)}, under Checks" if found.report.exists() else "docs/checks.md"
    return [*lines, f"  their rows: {where}"] if lines else []


def as_text(found: Summary) -> str:
    """The summary that ends a load."""
    return "\n".join([*_counted(found), *_where_to_look(found)])


def _counted(found: Summary) -> Iterator[str]:
    count = found.counts
    reasons = ", ".join(f"{reason} {times}" for reason, times in found.rejects.items())
    yield (
        f"{counted(count['documents'], 'record')}: {counted(count['articles'], 'article')} of {counted(count['publishers'], 'publisher')}, {count['rejects']} rejected"
        f"{f' ({reasons})' if reasons else ''}"
    )
    if found.unknown_fields:
        yield _not_known(found.unknown_fields)
    yield f"  cleaning    {counted(count['removed'], 'span')} of boilerplate removed, {counted(count['repairs'], 'repair')}"
    if count["cut_short"]:
        yield _cut_short(count["cut_short"])
    yield f"  duplicates  {counted(count['pairs'], 'pair shares', 'pairs share')} text, {counted(count['copies'], 'article is a copy', 'articles are copies')} of an earlier one"
    yield f"  quotes      {counted(count['quotes'], 'quote')} by {counted(count['speakers'], 'speaker')}"
    yield f"  utterances  {counted(count['utterances'], 'statement')} in several articles, {counted(count['conflicts'], 'contradiction')} between them"
    yield f"  stories     {counted(count['stories'], 'event')} that several articles tell of"
    if count["corrections"] or count["idle_corrections"]:
        yield _corrections(count)
    if count["failures"]:
        yield f"  failures    {count['failures']} articles that a stage failed on: FROM failures"


def _where_to_look(found: Summary) -> Iterator[str]:
    file = shown_path(found.published)
    if found.report.exists():
        yield f"Look at it:   open {shown_path(found.report)} in a browser; Dagster's pages: {found.ui}"
    else:
        yield f"Look at it:   Dagster's pages: {found.ui}"
    yield f"Ask it:       duckdb -readonly {file}    or in Python: duckdb.connect({file!r}, read_only=True)"
    for query in found.queries:
        yield f"  {query.sql};"
        yield f"              {query.answer}"


def _not_known(fields: dict[str, int]) -> str:
    """Which names of the records' fields are not known, or hold what could not be read."""
    most = ", ".join(f"{name[:40]} {records}" for name, records in list(fields.items())[:_EXTRA_SHOWN])
    more = f" and {len(fields) - _EXTRA_SHOWN} more" if len(fields) > _EXTRA_SHOWN else ""
    return f"  not known   {most}{more}: kept in documents.extra; names of fields stand in seeds/fields.toml"


def _corrections(count: dict[str, int]) -> str:
    """What reviewed corrections did, and how many of them say why they did not."""
    idle = (
        f", {count['idle_corrections']} without effect: FROM applied_corrections WHERE message IS NOT NULL"
        if count["idle_corrections"]
        else ""
    )
    return f"  corrections {count['corrections']} applied in {count['corrected_places']} places{idle}"


def _cut_short(count: int) -> str:
    """That of some articles little is left, and where to look."""
    few = f"{count} articles keep" if count > 1 else "1 article keeps"
    return f"              {few} less than a third of the text in sentences: FROM articles WHERE share_kept < 1/3"
