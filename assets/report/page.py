"""Writes the page: the template, style and script of this folder, with what `gather` read."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.reading import published
from assets.report import gather
from assets.report.texts import CHUNK, Page, chunks_of, packed_texts
from warehouse import named_sql, sql_names
from warehouse.memory import Held, memory_mb
from warehouse.working import quoted

if TYPE_CHECKING:
    import duckdb

FOLDER = Path(__file__).parent
MOST = 20_000  # articles, and other rows, that are shown one by one
_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def write_report(file: Path, target: Path, most: int = MOST, counted: Mapping[str, int] | None = None) -> Path:
    """Write the report of a published file to `target`, in one step; with its newest `most` articles where it holds more.

    The same file gives the same bytes, whatever was at `target` before: from a report that is there come the texts that did not change. `counted`
    are rows that are known to break checks, by their names. Raises CommandError where the file cannot be read, OSError where `target` cannot
    be written.
    """
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        with (
            published(file) as connection,
            closing(Page(target)) as before,
            temporary.open("w", encoding="utf-8", newline="\n") as stream,
        ):
            connection.execute(f"SET memory_limit = '{memory_mb()}MB'")
            connection.execute(f"SET temp_directory = '{quoted(temporary)}.duckdb'")
            stream.writelines(_parts(connection, most, counted or {}, before))
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    return target


@cache
def report_form() -> str:
    """Changes where the same warehouse may give another report: with the files of this folder and the SQL."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.iterdir()) if path.is_file()]
    texts += [named_sql(f"report/{name}") for name in sql_names("report")]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


def _parts(connection: duckdb.DuckDBPyConnection, most: int, counted: Mapping[str, int], before: Page) -> Iterator[str]:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    held = Held(connection)
    connection.execute(named_sql("report/shown"), {"most": most, "chunk": CHUNK})
    chunks = chunks_of(connection, report_form())
    script = (FOLDER / "page.js").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template("page.html")
    yield from template.generate(
        **_figures(connection, most, counted),
        data={name: _in_script(held.between(rows)) for name, rows in _lists(connection, most).items()},
        texts=packed_texts(connection, chunks, before, held.give_back_much),
        chunks=json.dumps([chunk.articles for chunk in chunks]),
        style=(FOLDER / "page.css").read_text(encoding="utf-8"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii"),
    )


def _figures(connection: duckdb.DuckDBPyConnection, most: int, counted: Mapping[str, int]) -> dict[str, Any]:
    """What the page shows without its script."""
    summary = connection.sql(named_sql("queries/summary")).to_arrow_table().to_pylist()[0]
    load = gather.rows_of(connection, "load")
    return {
        "count": summary,
        "most": most,
        "load": load[0] if load else {"load_id": "", "published_at": "never"},
        "publishers": gather.rows_of(connection, "publishers"),
        "arrivals": gather.arrivals_of(gather.rows_of(connection, "arrivals")),
        "removed": gather.matrix_of(gather.rows_of(connection, "removed"), "publisher", "kind", "characters"),
        "syndication": gather.matrix_of(gather.rows_of(connection, "syndication"), "source", "republisher", "articles"),
        "rejects": gather.rows_of(connection, "rejects", most=most),
        "checks": gather.checks_of(connection, counted),
        "no_publisher": gather.NO_PUBLISHER,
    }


def _lists(connection: duckdb.DuckDBPyConnection, most: int) -> dict[str, Iterator[str]]:
    """What the script of the page lists, in JSON. Each is read when it is written: there is one at a time in memory."""
    listed = {"articles": {}, "stories": {}, "utterances": {}, "speakers": {}, "quotes": {}, "pairs": {"most": most}}
    return {
        name: gather.utterances_of(connection, most) if name == "utterances" else gather.json_rows(connection, name, **values)
        for name, values in listed.items()
    }


def _in_script(rows: Iterable[str]) -> Iterator[str]:
    """A list of JSON that is the same within a script element: nothing in it ends the element or begins a comment."""
    before = "["
    for text in rows:
        for character, escaped in _IN_SCRIPT.items():  # a tenth of the time of `translate` on so long a text
            text = text.replace(character, escaped)
        yield before + text
        before = ","
    yield "[]" if before == "[" else "]"
