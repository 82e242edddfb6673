"""Files of corrections beside the corpus to the decisions that stages apply. What a decision may be stands in `pipelines/decisions.py`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from assets.stages.ingest import root_path
from pipelines.decisions import read_decisions
from pipelines.ingest.files import CORRECTIONS, DECISIONS, is_skipped
from warehouse.sql_files import named_sql

if TYPE_CHECKING:
    from assets.stages.load import Load

FILES = pa.schema([(name, pa.string()) for name in ("folder", "file", "content")])


def read_corrections(load: Load) -> None:
    """Bring `internal.decisions` up to date with the files, and with the articles that they name."""
    files = _files(load)
    decisions = _decisions(load, files)
    with load.working.transaction():
        load.working.replace_table("internal.correction_files", files)
        load.working.replace_table("internal.decisions", decisions)
    if decisions.num_rows:
        refused = decisions.num_rows - decisions["problem"].null_count
        load.log(f"{decisions.num_rows} reviewed corrections{f', {refused} of which cannot be used' if refused else ''}")


def pending_corrections(load: Load) -> int:
    """How many decisions are new, changed or gone."""
    now = _decisions(load, _files(load))
    asked = "SELECT count(*) FROM ((FROM {0} EXCEPT ALL FROM {1}) UNION ALL (FROM {1} EXCEPT ALL FROM {0}))"
    return int(load.working.value(asked.format("now", "internal.decisions"), None, now=now))


def corrections_fingerprint(load: Load) -> str:
    """Changes where any file of corrections does."""
    return hashlib.sha256(repr(_files(load).to_pylist()).encode("utf-8", "surrogatepass")).hexdigest()


def correction_files(root: Path) -> Iterator[Path]:
    """The files of corrections of a corpus folder: those in it and those beside it."""
    for folder in (root / CORRECTIONS, root.parent / CORRECTIONS):
        if folder.is_dir():
            yield from sorted(path for path in folder.glob(f"*{DECISIONS}") if path.is_file() and not is_skipped(path.name))


def _files(load: Load) -> pa.Table:
    """FILES of all known corpus folders. Those of a place that is not there now, such as a disk that is not mounted, stay as they were."""
    roots = load.working.rows("SELECT root FROM internal.roots UNION SELECT root FROM internal.files")
    found: dict[tuple[str, str], str | None] = {}
    for folder, file, content in load.working.rows("FROM internal.correction_files"):
        if not Path(folder).parent.is_dir():
            found[folder, file] = content
    for (name,) in roots:
        for path in correction_files(root_path(name)):
            found[str(path.parent), path.name] = _content(path)
    rows = [{"folder": folder, "file": file, "content": found[folder, file]} for folder, file in sorted(found)]
    return pa.Table.from_pylist(rows, schema=FILES)


def _content(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return None


def _decisions(load: Load, files: pa.Table) -> pa.Table:
    named = [(f"{CORRECTIONS}/{row['file']}", row["content"]) for row in files.to_pylist()]
    return load.working.table(named_sql("queries/resolve_corrections"), asked=read_decisions(named))
