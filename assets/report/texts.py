"""The long texts of a report: chunks of articles, packed. What did not change is taken from the page that is there."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import os
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

import duckdb
import pyarrow as pa

from warehouse import named_sql

CHUNK = 12  # articles, on average, whose texts are unpacked together when one of them is opened; more would hardly be smaller: gzip looks back 32 kB
PART = 4096  # articles whose texts are in memory at a time
LONGEST = 200_000  # characters of an article that are shown
COMPRESSION = 4  # of gzip, 1 to 9: half the time of 6, 4 % larger
_LONGEST_LINE = 1 << 22  # bytes; a longer chunk is packed again
_BEGINS = b'<script type="text/plain" class="texts"'
_ENDS = b"</script>\n"
_HEAD = re.compile(_BEGINS + rb' data-key="([0-9a-f]{32})" data-sum="([0-9a-f]{8})">')


class Chunk(NamedTuple):
    """Some articles that follow one another; `key` is of all that shapes their packed texts."""

    number: int
    articles: int
    key: str


class Packed(NamedTuple):
    """A chunk's texts as base64 of gzip of JSON, and a sum by which damage shows."""

    key: str
    sum: str
    text: str


class Page:
    """The packed chunks of a page that is there, by key, but for those that are damaged. None of a file that is no such page, or that cannot be
    read."""

    def __init__(self, file: Path) -> None:
        self._places: dict[str, tuple[int, int, str]] = {}
        self._stream: BinaryIO = io.BytesIO()
        with suppress(OSError):
            self._stream = file.open("rb")
            place = 0
            while line := self._stream.readline(_LONGEST_LINE):
                if line.endswith(_ENDS) and (head := _HEAD.match(line)):
                    text, known = line[head.end() : -len(_ENDS)], head[2].decode()
                    if _sum(text) == known:
                        self._places[head[1].decode()] = (place + head.end(), len(text), known)
                place += len(line)

    def close(self) -> None:
        self._stream.close()

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def chunk(self, key: str) -> Packed:
        """The chunk of a key that is there."""
        place, length, known = self._places[key]
        self._stream.seek(place)
        return Packed(key, known, self._stream.read(length).decode("ascii", "replace"))


def chunks_of(connection: duckdb.DuckDBPyConnection, form: str) -> list[Chunk]:
    """The chunks of the articles shown. `form` changes with the code that packs them."""
    made_by = f"{form} {zlib.ZLIB_RUNTIME_VERSION} {COMPRESSION}"
    return [
        Chunk(number, articles, hashlib.sha256(f"{made_by} {content}".encode()).hexdigest()[:32])
        for number, articles, content in connection.execute(named_sql("report/chunks")).fetchall()
    ]


def packed_texts(
    connection: duckdb.DuckDBPyConnection, chunks: Sequence[Chunk], page: Page, after_query: Callable[[], None] = lambda: None
) -> Iterator[Packed]:
    """Bodies, pages and places of quotes of each chunk, in order; those that `page` holds are taken from there."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for part in _parts(chunks, page):
            missing = {chunk.number: chunk.key for chunk in part if chunk.key not in page}
            made = {
                number: pool.submit(_pack, missing[number], text) for number, text in _texts(connection, list(missing), after_query)
            }
            for chunk in part:
                yield made.pop(chunk.number).result() if chunk.number in missing else page.chunk(chunk.key)


def _parts(chunks: Sequence[Chunk], page: Page) -> Iterator[list[Chunk]]:
    """Chunks that follow one another, of which those that `page` does not hold have at most `PART` articles together where they are more than one:
    each part reads through all texts."""
    part: list[Chunk] = []
    articles = 0
    for chunk in chunks:
        made = 0 if chunk.key in page else chunk.articles
        if articles and made and articles + made > PART:
            yield part
            part, articles = [], 0
        part.append(chunk)
        articles += made
    if part:
        yield part


def _texts(connection: duckdb.DuckDBPyConnection, numbers: list[int], after_query: Callable[[], None]) -> Iterator[tuple[int, str]]:
    """The chunks of these numbers, each a list of articles in JSON."""
    if not numbers:
        return
    connection.execute(named_sql("report/wanted"), {"chunks": numbers})
    bodies = _sorted(connection, "bodies", "place")
    after_query()
    pages, quotes = (_by_place(_sorted(connection, name, "place", "first", "last", "other")) for name in ("spans", "said"))
    after_query()
    texts: dict[int, list[str]] = {number: [] for number in numbers}
    for place, number, body in zip(*(bodies[name].to_pylist() for name in ("place", "chunk", "piece")), strict=True):
        page, said = (",".join(found.get(place, ())) for found in (pages, quotes))
        texts[number].append(f'{{"body":{body},"page":[{page}],"quotes":[{said}]}}')
    yield from ((number, f"[{','.join(articles)}]") for number, articles in texts.items())


def _sorted(connection: duckdb.DuckDBPyConnection, name: str, *columns: str) -> pa.Table:
    """Rows of `sql/report/<name>.sql`; to sort them here takes half the time and memory of sorting or grouping them in DuckDB."""
    rows = connection.sql(named_sql(f"report/{name}"), params={"longest": LONGEST})
    return rows.to_arrow_table().sort_by([(column, "ascending") for column in columns])


def _by_place(rows: pa.Table) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for place, piece in zip(rows["place"].to_pylist(), rows["piece"].to_pylist(), strict=True):
        found.setdefault(place, []).append(piece)
    return found


def _pack(key: str, text: str) -> Packed:
    packed = base64.b64encode(gzip.compress(text.encode(), COMPRESSION, mtime=0))
    return Packed(key, _sum(packed), packed.decode("ascii"))


def _sum(packed: bytes) -> str:
    return f"{zlib.crc32(packed):08x}"
