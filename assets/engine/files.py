"""Articles of Parquet and JSON Lines files, wherever pyarrow reads files (a path, file://, s3://, gs://, hdfs://, abfs://), read where stages run.

Any other format is for a load with a warehouse: `pipelines/ingest`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.fs as fs
import pyarrow.parquet as pq

from assets.errors import CommandError
from pipelines.duplicates.places import ARTICLES
from pipelines.stage import FAILED, Stage

PARQUET, LINES = (".parquet",), (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
BYTES_OF_LINES = 64 << 20  # of a file of lines, that are read at once
_TAIL = 1 << 16  # bytes asked for at once, to find the end of a line

# A group of rows of a Parquet file, or the lines of a file that begin in a range of bytes.
PARTS = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("uri", pa.string(), False),
        pa.field("start", pa.int64()),
        pa.field("end", pa.int64()),
    ]
)


def parts_of(uri: str) -> pa.Table:
    """What is to be read of a file, or of all files below a folder, as PARTS. Raises CommandError where there is none."""
    uri = uri if "://" in uri else str(Path(uri).expanduser().resolve())
    try:
        system, path = _opened(uri)
        found = system.get_file_info([path])
        if found[0].type == fs.FileType.Directory:
            found = system.get_file_info(fs.FileSelector(path, recursive=True))
    except (OSError, pa.ArrowInvalid) as error:
        raise CommandError(f"{uri!r} cannot be read ({error}): give a path or an address such as s3://bucket/folder") from error
    files = sorted((info for info in found if info.path.endswith(PARQUET + LINES)), key=lambda info: info.path)
    rows = [row for info in files for row in _parts_of(system, _address(uri, path, info.path), info)]
    if not rows:
        raise CommandError(f"no file to read in {uri!r}: allowed are files that end with {', '.join(PARQUET + LINES)}")
    return pa.Table.from_pylist(rows, schema=PARTS)


def read_parts(parts: pa.Table) -> dict[str, pa.Table]:
    """ARTICLES, and as FAILED the rows that are none."""
    articles, failed = [ARTICLES.empty_table()], [FAILED.empty_table()]
    for part in parts.to_pylist():
        taken, refused = _checked(part, _rows_of(part))
        articles.append(taken)
        failed.append(refused)
    return {"articles": pa.concat_tables(articles), "refused": pa.concat_tables(failed)}


READ = Stage("articles", "reading articles", PARTS, {"articles": ARTICLES, "refused": FAILED}, read_parts, rows=1, worth_a_pool=8)


def _opened(uri: str) -> tuple[fs.FileSystem, str]:
    return fs.FileSystem.from_uri(uri) if "://" in uri else (fs.LocalFileSystem(), uri)


def _address(uri: str, folder: str, path: str) -> str:
    """The address of a file below the folder that `uri` names, with what stands behind a question mark, such as `endpoint_override=`."""
    plain, mark, options = uri.partition("?")
    below = path[len(folder.rstrip("/")) :]
    return plain.rstrip("/") + (quote(below) if "://" in uri else below) + mark + options


def _parts_of(system: fs.FileSystem, address: str, info: fs.FileInfo) -> Iterator[dict[str, Any]]:
    if info.path.endswith(PARQUET):
        with system.open_input_file(info.path) as file:
            ranges = [(group, group + 1) for group in range(pq.ParquetFile(file).num_row_groups)]
    elif info.path.endswith(".gz"):  # which can only be read from its beginning
        ranges = [(0, info.size)]
    else:
        ranges = [(start, min(start + BYTES_OF_LINES, info.size)) for start in range(0, info.size, BYTES_OF_LINES)]
    for start, end in ranges:
        yield {"id": f"{info.path}:{start}", "uri": address, "start": start, "end": end}


def _rows_of(part: dict[str, Any]) -> pa.Table:
    """Columns of ARTICLES as far as they are there, and `place`, which says where in the file each row stands."""
    system, path = _opened(part["uri"])
    if path.endswith(PARQUET):
        with system.open_input_file(path) as file:
            parquet = pq.ParquetFile(file)
            known = [name for name in ARTICLES.names if name in parquet.schema_arrow.names]
            rows = parquet.read_row_group(part["start"], columns=known)
        places = pa.array([f"{part['id']}:{row}" for row in range(rows.num_rows)], pa.string())
        return pa.table({name: rows[name].cast(pa.string()) for name in known} | {"place": places})
    read = list(_lines_of(system, path, part["start"], part["end"]))
    rows = [_fields(line) | {"place": f"{path}:{place}"} for place, line in read if line.strip()]
    return pa.Table.from_pylist(rows, schema=pa.schema([*((name, pa.string()) for name in ARTICLES.names), ("place", pa.string())]))


def _fields(line: bytes) -> dict[str, str | None]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        return {}
    return {name: row[name] for name in ARTICLES.names if isinstance(row.get(name), str)}


def _lines_of(system: fs.FileSystem, path: str, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """The lines that begin in a range, each with its first byte."""
    if path.endswith(".gz"):
        with system.open_input_stream(path, compression="gzip") as stream:
            data = stream.read()
    else:
        with system.open_input_file(path) as file:
            first = max(0, start - 1)  # a line begins at `start` if the one before it ends there
            data = file.read_at(end - first, first)
            while not data.endswith(b"\n") and (more := file.read_at(_TAIL, first + len(data))):
                data += more[: more.find(b"\n") + 1] or more
        if start:
            cut = data.find(b"\n") + 1 or len(data)
            start, data = first + cut, data[cut:]
    for line in data.split(b"\n"):
        yield start, line
        start += len(line) + 1


def _checked(part: dict[str, Any], rows: pa.Table) -> tuple[pa.Table, pa.Table]:
    columns = {name: rows[name] if name in rows.column_names else pa.nulls(rows.num_rows, pa.string()) for name in ARTICLES.names}
    fine = pc.and_(pc.is_valid(columns["id"]), pc.is_valid(columns["text"]))
    places = rows["place"].filter(pc.invert(fine))
    message = "no article: needed are id and text, as strings; correct the row, or take it out"
    refused = pa.table([places, pa.array([message] * len(places), pa.string())], schema=FAILED)
    return pa.table(list(columns.values()), names=ARTICLES.names).filter(fine).cast(ARTICLES), refused
