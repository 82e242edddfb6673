"""Files of a corpus folder to rows of `documents`, and of `rejects` where a record cannot be read."""

import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from assets.project import project_root
from assets.stages.load import Load
from pipelines.ingest import FoundFile, read_file, scan
from warehouse import WorkingFile, named_sql

# A file changed so shortly before it was read may change again without its time stamp showing it: it is read again next time.
RACY_NANOSECONDS = 2_000_000_000

DERIVED = {
    "articles": "article_id",
    "blocks": "document_id",
    "repairs": "document_id",
    "signatures": "article_id",
    "article_clusters": "article_id",
    "quotes": "article_id",
    "rejects": "document_id",
    "internal.document_lines": "id",
    "internal.ledger": "id",
}


def ingest_roots(load: Load, roots: Iterable[Path]) -> None:
    """Bring `documents` up to date with the folders or files given. Raises FileNotFoundError where one is not there."""
    for path in roots:
        root, found, whole = files_below(load.working, path)
        changed = changed_files(load, root, found)
        load.log(f"{path}: {len(found)} files, {len(changed)} new or changed")
        for file in changed:
            _ingest_file(load, root, file)
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


def _ingest_file(load: Load, root: str, file: FoundFile) -> None:
    started, content_hash = time.time_ns(), _content_hash(file)
    seen: set[str] = set()
    for records in read_file(file, load.settings.ingest):
        table = pa.Table.from_batches([records]) if isinstance(records, pa.RecordBatch) else records
        seen.update(_write_records(load, root, table))
    with load.working.transaction():
        _mark_missing_records(load, root, file.path, seen)
        racy = started - file.mtime_ns < RACY_NANOSECONDS
        entry = (root, file.path, file.size, -1 if racy else file.mtime_ns, content_hash, load.version("ingest"))
        load.working.run("INSERT OR REPLACE INTO internal.files VALUES (?, ?, ?, ?, ?, ?)", entry)


def _write_records(load: Load, root: str, records: pa.Table) -> list[str]:
    working = load.working
    ids = document_ids(working, root, records)
    incoming = records.append_column("document_id", pa.array(ids, pa.string()))
    with working.transaction():
        parameters = {"root": root, "found_at": str(_root_path(root)), "load_id": load.load_id}
        working.run(named_sql("queries/classify_records"), None, incoming=incoming)
        new, changed = working.rows(named_sql("queries/count_classified"))[0]
        if new or changed:
            working.run(named_sql("queries/keep_revisions"))
            for table, column in DERIVED.items():
                working.run(f"DELETE FROM {table} WHERE {column} IN (SELECT document_id FROM fresh)")
            working.run(
                named_sql("queries/write_documents"), {k: parameters[k] for k in ("found_at", "load_id")}, incoming=incoming
            )
            working.run(named_sql("queries/write_places"), {"root": root}, incoming=incoming)
            load.note_write(documents_new=new, documents_changed=changed)
        if working.value(named_sql("queries/count_new_rejects"), None, incoming=incoming):
            working.run(named_sql("queries/write_rejects"), None, incoming=incoming)
            load.note_write()
        found_again = working.value(named_sql("queries/count_found_again"), None, incoming=incoming)
        if found_again:
            working.run(named_sql("queries/mark_found"), {"found_at": parameters["found_at"]}, incoming=incoming)
            load.note_write()
        working.run("DROP TABLE fresh")
    return ids


def _mark_missing_records(load: Load, root: str, path: str, seen: set[str]) -> None:
    rows = load.working.rows(named_sql("queries/records_at_path"), {"root": root, "path": path})
    gone = sorted(document_id for (document_id,) in rows if document_id not in seen)
    if gone:
        load.working.run(
            "UPDATE documents SET missing = true WHERE document_id IN (SELECT id FROM gone)", None, gone=pa.table({"id": gone})
        )
        load.note_write(documents_missing=len(gone))


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
