"""Files of a corpus folder to rows of `documents`, and of `rejects` where a record cannot be read."""

import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets.project import project_root
from assets.stages.load import Load
from pipelines.ingest import FoundFile, read_file, scan
from warehouse import WorkingFile, named_sql

# A file changed so shortly before it was read may change again without its time stamp showing it: it is read again next time.
RACY_NANOSECONDS = 2_000_000_000

# What one transaction writes at most, and so what a killed load can lose.
BATCH_ROWS = 1000
BATCH_BYTES = 32 * 1024 * 1024

# What is taken away at once when a record changes. What rests on bodies is brought up to date by its own stage.
DERIVED = {"articles": "article_id", "blocks": "document_id", "repairs": "document_id", "rejects": "document_id"}


def ingest_roots(load: Load, roots: Iterable[Path]) -> None:
    """Bring `documents` up to date with the folders or files given. Raises FileNotFoundError where one is not there."""
    for path in roots:
        root, found, whole = files_below(load.working, path)
        changed = changed_files(load, root, found)
        load.log(f"{path}: {len(found)} files, {len(changed)} new or changed")
        writer = _Writer(load, root)
        for file in changed:
            writer.read(file)
        writer.flush()
        if whole:
            _mark_missing_files(load, root, found)


def files_below(working: WorkingFile, path: Path) -> tuple[str, list[FoundFile], bool]:
    """The name of the corpus folder, the files found, and whether they are all of that folder's.

    A single file belongs to the known corpus folder it lies in, else to its own folder.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there: give a folder of articles or a file (.txt, .jsonl, …)")
    if path.is_dir():
        return root_name(path), scan(path), True
    known = [_root_path(row[0]) for row in working.rows("SELECT DISTINCT root FROM internal.places")]
    holding = [root for root in [*known, project_root() / "seeds" / "articles"] if root in path.resolve().parents]
    root = min(holding, key=lambda root: len(root.parts)) if holding else path.resolve().parent
    wanted = path.resolve().relative_to(root).as_posix()
    return root_name(root), [file for file in scan(root) if file.path == wanted], False


def root_name(root: Path) -> str:
    """How a corpus folder is written in the ledger: relative to the project where it lies inside."""
    resolved = root.resolve()
    try:
        return resolved.relative_to(project_root().resolve()).as_posix()
    except ValueError:
        return resolved.as_posix()


def _root_path(name: str) -> Path:
    return (project_root() / name).resolve()


def changed_files(load: Load, root: str, found: list[FoundFile]) -> list[FoundFile]:
    """The files that were not read to their end as they are now, by this version of the code."""
    rows = load.working.rows("SELECT path, version, size, modified_ns, content_hash FROM internal.files WHERE root = ?", [root])
    known = {path: rest for path, *rest in rows}
    return [file for file in found if not _is_known(file, known.get(file.path), load.version("ingest"))]


def _is_known(file: FoundFile, entry: list | None, version: str) -> bool:
    """By time stamp where that can be trusted, else by content."""
    if entry is None or entry[:2] != [version, file.size]:
        return False
    return entry[2] == file.mtime_ns or entry[3] == _content_hash(file)


def _content_hash(file: FoundFile) -> str:
    try:
        with open(file.absolute, "rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {error.strerror}"


def missing_files(load: Load, root: str, found: list[FoundFile]) -> list[str]:
    """The files that were read once and are not in the folder any more."""
    there = {file.path for file in found}
    rows = load.working.rows(named_sql("queries/paths_not_missing"), {"root": root})
    return [path for (path,) in rows if path not in there]


def _mark_missing_files(load: Load, root: str, found: list[FoundFile]) -> None:
    gone = missing_files(load, root, found)
    if not gone:
        return
    with load.working.transaction():
        paths = pa.table({"path": gone})
        count = load.working.value(named_sql("queries/count_at_paths"), {"root": root}, gone=paths)
        load.working.run(named_sql("queries/mark_paths_missing"), {"root": root}, gone=paths)
        load.working.run("DELETE FROM internal.files WHERE root = ? AND path IN (SELECT path FROM gone)", [root], gone=paths)
        load.note_write(documents_missing=count)


class _Writer:
    """Gathers the records of many small files, or a part of a large one, and writes them in one transaction."""

    def __init__(self, load: Load, root: str) -> None:
        self._load, self._root = load, root
        self._records: list[pa.Table] = []
        self._finished: list[tuple[Any, ...]] = []
        self._seen: dict[str, list[str]] = {}  # ids written so far, of files not yet finished
        self._size = 0

    def read(self, file: FoundFile) -> None:
        """All records of a file. Its entry in the ledger is written with, or after, its last records."""
        started, content_hash = time.time_ns(), _content_hash(file)
        self._seen[file.path] = []
        for records in read_file(file, self._load.settings.ingest):
            self._records.append(pa.Table.from_batches([records]))
            self._size += records.nbytes
            if self._size >= BATCH_BYTES or sum(table.num_rows for table in self._records) >= BATCH_ROWS:
                self.flush()
        racy = started - file.mtime_ns < RACY_NANOSECONDS
        self._finished.append((file.path, file.size, -1 if racy else file.mtime_ns, content_hash, self._load.version("ingest")))
        if len(self._finished) >= BATCH_ROWS:
            self.flush()

    def flush(self) -> None:
        if not self._records and not self._finished:
            return
        with self._load.working.transaction():
            if self._records:
                records = pa.concat_tables(self._records)
                for path, document_id in zip(
                    records["path"].to_pylist(), _write_records(self._load, self._root, records), strict=True
                ):
                    self._seen[path].append(document_id)
            if self._finished:
                self._close_files()
        self._records, self._finished, self._size = [], [], 0

    def _close_files(self) -> None:
        names = ("path", "size", "modified_ns", "content_hash", "version")
        finished = pa.table({name: [entry[place] for entry in self._finished] for place, name in enumerate(names)})
        seen = pa.table({"id": pa.array([i for entry in self._finished for i in self._seen.pop(entry[0])], pa.string())})
        gone = self._load.working.value(named_sql("queries/count_gone_records"), {"root": self._root}, finished=finished, seen=seen)
        if gone:
            self._load.working.run(named_sql("queries/mark_gone_records"), {"root": self._root}, finished=finished, seen=seen)
            self._load.note_write(documents_missing=gone)
        self._load.working.run(
            "INSERT OR REPLACE INTO internal.files BY NAME SELECT $root AS root, * FROM finished",
            {"root": self._root},
            finished=finished,
        )


def _write_records(load: Load, root: str, records: pa.Table) -> list[str]:
    """Within a transaction. Returns the ids of the records, in order."""
    working = load.working
    ids = document_ids(working, root, records)
    incoming = records.append_column("document_id", pa.array(ids, pa.string()))
    found_at = str(_root_path(root))
    working.run(named_sql("queries/classify_records"), None, incoming=incoming)
    new, changed = working.rows(named_sql("queries/count_classified"))[0]
    if new or changed:
        if changed:
            working.run(named_sql("queries/keep_revisions"))
            for table, column in DERIVED.items():
                working.run(f"DELETE FROM {table} WHERE {column} IN (SELECT document_id FROM fresh)")
            working.run(named_sql("queries/forget_cleaning"))
        working.run(named_sql("queries/write_documents"), {"found_at": found_at, "load_id": load.load_id}, incoming=incoming)
        working.run(named_sql("queries/write_places"), {"root": root}, incoming=incoming)
        load.note_write(documents_new=new, documents_changed=changed)
    if working.value(named_sql("queries/count_new_rejects"), None, incoming=incoming):
        working.run(named_sql("queries/write_rejects"), None, incoming=incoming)
        load.note_write()
    if working.value(named_sql("queries/count_found_again"), None, incoming=incoming):
        working.run(named_sql("queries/mark_found"), {"found_at": found_at}, incoming=incoming)
        load.note_write()
    working.run("DROP TABLE fresh")
    return ids


def document_ids(working: WorkingFile, root: str, records: pa.Table) -> list[str]:
    """The identity of each record: a hash of path and key, so that a corpus has the same ids wherever its folder lies.

    Where another corpus folder, still there, holds a file of the same path, the folder is part of the hash.
    """
    places = list(zip(records["path"].to_pylist(), records["record_key"].to_pylist(), strict=True))
    plain = [_hash(path, key) for path, key in places]
    owners = dict(
        working.rows(
            "SELECT document_id, root FROM internal.places WHERE document_id IN (SELECT id FROM wanted)",
            None,
            wanted=pa.table({"id": pa.array(plain, pa.string())}),
        )
    )
    return [
        _hash(path, key, root) if owners.get(identity, root) != root and _still_there(owners[identity], path) else identity
        for identity, (path, key) in zip(plain, places, strict=True)
    ]


def _still_there(root: str, path: str) -> bool:
    return os.path.exists(_root_path(root) / path)


def _hash(*parts: str | None) -> str:
    return hashlib.sha256(
        "\x1f".join("\x00" if part is None else part for part in parts).encode("utf-8", "surrogatepass")
    ).hexdigest()[:20]


def scan_fingerprint(roots: Iterable[Path]) -> str:
    """Changes where any file of the folders does."""
    seen = [(str(root), file.path, file.size, file.mtime_ns) for root in roots for file in scan(root)]
    return _hash(repr(seen))
