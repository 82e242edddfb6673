"""What a report shows, read from the published file: rows for its tables and lists. Long texts are packed in `texts`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb

from pipelines.utterances.tracing import marked
from warehouse import checks_of_files, named_sql, warnings_of_files
from warehouse.spans import add_spans

Row = dict[str, Any]

ROWS_AT_ONCE = 2048  # of a list, in memory
OUTLETS_DRAWN = 7  # in colours of their own; the others share one
OUTLETS_IN_MATRIX = 24
ROWS_OF_CHECK = 50
CELL = 200  # characters of a text in a row that breaks a check
LONGEST_DIFFERENCE = 600  # words; longer reports of an utterance are shown without marks
OTHERS = "other outlets"
NO_PUBLISHER = "no publisher"

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class Bar:
    """One span of time: its first day, and how many articles of each outlet drawn."""

    first: date
    articles: Mapping[str, int]


@dataclass(frozen=True)
class Piece:
    """What one outlet has of one bar: a rectangle, in units of the drawing, y from above."""

    outlet: int
    x: float
    y: float
    width: float
    height: float
    says: str


@dataclass(frozen=True)
class Arrivals:
    """Articles over time, in spans of so many days, until `last`; `outlets` in the order in which they are drawn."""

    days: int
    outlets: tuple[str, ...]
    bars: tuple[Bar, ...]
    last: date | None = None

    @property
    def highest(self) -> int:
        return max((sum(bar.articles.values()) for bar in self.bars), default=0)

    @property
    def drawn(self) -> int:
        return sum(sum(bar.articles.values()) for bar in self.bars)

    def pieces(self, width: int, height: int) -> Iterator[Piece]:
        """The bars, one outlet upon the other, in a drawing of that size."""
        step = width / max(len(self.bars), 1)
        for place, bar in enumerate(self.bars):
            top = float(height)
            for outlet, name in enumerate(self.outlets):
                articles = bar.articles.get(name, 0)
                if articles:
                    tall = articles * height / self.highest
                    top -= tall
                    yield Piece(
                        outlet,
                        round(place * step, 2),
                        round(top, 2),
                        round(step * 0.86, 2),
                        round(tall, 2),
                        f"{bar.first} {name}: {articles}",
                    )


@dataclass(frozen=True)
class Matrix:
    """Numbers of named rows and columns, the largest first; a cell that is missing is 0."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Row]
    left_out: int  # rows and columns beyond those


def rows_of(connection: duckdb.DuckDBPyConnection, name: str, **values: object) -> list[Row]:
    """The rows of `sql/report/<name>.sql`."""
    return connection.sql(named_sql(f"report/{name}"), params=values).to_arrow_table().to_pylist()


def json_rows(connection: duckdb.DuckDBPyConnection, name: str, **values: object) -> Iterator[str]:
    """The same as JSON, each row an object, some thousands joined by commas."""
    listed = connection.sql(f"SELECT to_json(listed)::VARCHAR FROM ({named_sql(f'report/{name}')}) AS listed", params=values)
    for batch in listed.to_arrow_reader(ROWS_AT_ONCE):
        yield ",".join(batch.column(0).to_pylist())


def utterances_of(connection: duckdb.DuckDBPyConnection, most: int) -> Iterator[str]:
    """The same of utterances with their reports, words that differ from the utterance's own marked, and their conflicts."""
    listed = f"SELECT id, text, to_json(listed)::VARCHAR AS piece FROM ({named_sql('report/utterances')}) AS listed"
    found = connection.sql(listed, params={"most": most}).to_arrow_table().to_pydict()
    text_of = dict(zip(found["id"], found["text"], strict=True))
    reports: dict[str, list[str]] = {}
    for row in rows_of(connection, "reports", listed=found["id"]):
        parts = _as_json(_marked(row["text"], text_of[row["utterance_id"]]))
        reports.setdefault(row["utterance_id"], []).append(f'{row["piece"][:-1]},"parts":{parts}}}')
    conflicts: dict[str, list[str]] = {}
    for row in rows_of(connection, "conflicts", listed=found["id"]):
        conflicts.setdefault(row["utterance_id"], []).append(row["piece"])
    for id, piece in zip(found["id"], found["piece"], strict=True):
        yield f'{piece[:-1]},"reports_of":[{",".join(reports.get(id, ()))}],"conflicts_of":[{",".join(conflicts.get(id, ()))}]}}'


def _marked(own: str, text: str) -> list[list[str | bool]]:
    """The words of a report in parts, of which some differ from the utterance's."""
    short = own != text and len(own.split()) <= LONGEST_DIFFERENCE
    return [[part.text, part.differs] for part in marked(own, text)] if short else [[own, False]]


def checks_of(connection: duckdb.DuckDBPyConnection, counted: Mapping[str, int]) -> list[Row]:
    """The promises of the published file, and what is unusual in it, each with how many rows break it and the first of them. What is broken
    comes first. How many are `counted` already is not asked again."""
    add_spans(connection)
    found = []
    for check in (*warnings_of_files(), *checks_of_files()):
        if "internal." in check.query:
            continue
        rows = counted[check.name] if check.name in counted else connection.execute(check.counting).fetchall()[0][0]
        first = connection.sql(f"SELECT * FROM ({check.query}) LIMIT {ROWS_OF_CHECK}").to_arrow_table().to_pylist() if rows else []
        shown = {"name": check.name, "asset": check.asset, "promise": check.promise, "todo": check.todo, "blocking": check.blocking}
        found.append(shown | {"rows": rows, "found": _cut(first)})
    return sorted(found, key=lambda check: check["rows"] == 0)


def _cut(rows: list[Row]) -> list[Row]:
    """Rows whose long texts end early."""

    def cut(value: Any) -> Any:
        value = round(value, 3) if isinstance(value, float) else value
        return f"{value[:CELL]} …" if isinstance(value, str) and len(value) > CELL else value

    return [{name: cut(value) for name, value in row.items()} for row in rows]


def arrivals_of(rows: list[Row]) -> Arrivals:
    """Articles by day, joined to spans that give a readable number of bars; outlets with most articles have bars of their own."""
    if not rows:
        return Arrivals(1, (), ())
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row["publisher"] or NO_PUBLISHER] += row["articles"]
    drawn = tuple(sorted(totals, key=lambda name: (-totals[name], name))[:OUTLETS_DRAWN])
    first, last = rows[0]["date"], rows[-1]["date"]
    days = next((length for length in (1, 7, 30, 365) if (last - first).days / length < 100), 3650)
    bars = [Counter[str]() for _ in range((last - first).days // days + 1)]
    for row in rows:
        name = row["publisher"] or NO_PUBLISHER
        bars[(row["date"] - first).days // days][name if name in drawn else OTHERS] += row["articles"]
    outlets = (*drawn, OTHERS) if len(totals) > len(drawn) else drawn
    return Arrivals(days, outlets, tuple(Bar(first + timedelta(days * place), bar) for place, bar in enumerate(bars)), last)


def matrix_of(rows: list[Row], row: str, column: str, weight: str) -> Matrix:
    """Rows that each name a cell, as a table whose rows and columns that weigh most come first."""
    down: Counter[str] = Counter()
    across: Counter[str] = Counter()
    for item in rows:
        down[item[row] or NO_PUBLISHER] += item[weight]
        across[item[column] or NO_PUBLISHER] += item[weight]
    names, heads = (sorted(found, key=lambda name: (-found[name], name)) for found in (down, across))
    cells = {(item[row] or NO_PUBLISHER, item[column] or NO_PUBLISHER): item for item in rows}
    kept = OUTLETS_IN_MATRIX
    return Matrix(tuple(names[:kept]), tuple(heads[:kept]), cells, len(names[kept:]) + len(heads[kept:]))
