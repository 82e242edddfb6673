"""Files of a corpus folder to rows of `documents`, and of `rejects` where a record cannot be read. What is made of them is not known here."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from assets.progress import some
from assets.project import corpus_roots, sample_corpus
from assets.settings import project_root, value_of
from assets.versions import stage_version
from pipelines.ingest import FoundFile, libraries, read_file, scan
from pipelines.ingest.entry import NO_MEMORY
from pipelines.vocabulary import RejectReason
from warehouse.sql_files import stage_sql

if TYPE_CHECKING:
    from assets.stages.load import Load
    from warehouse import WorkingFile

# A file changed so shortly before it was read may change again without its time stamp showing it: it is read again next time.
RACY_NANOSECONDS = 2_000_000_000

# The data below `seeds/` by which files are read, as patterns.
SEEDS = ("exports.toml", "fields.toml", "languages/*/dates.toml", "languages/*/detection.toml", "languages/*/encodings.toml")

PACKAGES = ("charset-normalizer", "lxml", "py3langid", "pyarrow", "pydantic")

# Stands for the content hash of a file that cannot be opened. Its time stamp says nothing: a right given does not change it.
UNREADABLE = "unreadable:"

# Up to so many files, progress is told in records.
FEW_FILES = 20

MISSING = "SELECT document_id FROM documents WHERE missing"

# What one transaction writes at most, and so what a killed load can lose.
BATCH_ROWS = 1000
BATCH_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class Found:
    """The files that a PATH stands for, and the corpus folder they belong to.

    `below` is the part of that folder that was looked through: "" for all of it, null for a single file.
    """

    root: str
    files: list[FoundFile]
    below: str | None


def ingest_roots(load: Load, roots: Iterable[Path]) -> None:
    """Bring `documents` up to date with the folders or files given. Raises FileNotFoundError where one is not there."""
    looked_through = []
    for path in roots:
        found = files_below(load.working, path)
        changed = changed_files(load, found)
        load.log(f"{path}: {some(len(found.files), 'files')}, {len(changed)} new or changed")
        if found.below == "":
            load.working.run("INSERT OR IGNORE INTO internal.roots VALUES (?)", [found.root])
        counted = len(changed) > FEW_FILES  # else records are, which nobody knows the number of
        with load.doing("reading files", len(changed) if counted else None) as advance:
            writer = _Writer(load, found.root, (lambda records: None) if counted else advance)
            for file in changed:
                writer.read(file)
                if counted:
                    advance(1)
            writer.flush()
        looked_through.append(found)
    for found in looked_through:
        _mark_missing_files(load, found)
    load.working.run("DELETE FROM internal.arrivals")
    if load.prune:
        missing = [document_id for (document_id,) in load.working.rows(MISSING)]
        drop_records(load, missing, for_good=False)
        load.log(f"dropped as missing: {some(len(missing), 'records')}")
    if load.working.value(stage_sql("ingest", "count_missing_articles")):
        with load.working.transaction():
            load.working.run(stage_sql("ingest", "mark_missing_articles"))
            load.note_write()


def drop_records(load: Load, ids: list[str], for_good: bool) -> None:
    """Delete records with all their older texts; what stages made of them goes when these run. Records dropped `for_good` are refused when they are
    found again."""
    if ids:
        doomed = pa.table({"id": pa.array(ids, pa.string()), "for_good": pa.array([for_good] * len(ids))})
        with load.working.transaction():
            load.working.run(stage_sql("ingest", "drop_records"), None, doomed=doomed)
            load.note_write()


def version(load: Load) -> str:
    """The version of what reads files, as of any other stage."""
    return stage_version("ingest", ingest_roots, (load.settings.ingest, libraries()), SEEDS, PACKAGES)


def pending_files(load: Load, roots: Iterable[Path]) -> dict[str, int]:
    """How many files below the roots are new or changed, and how many are gone. Raises FileNotFoundError where a root is not there."""
    changed = missing = 0
    for path in roots:
        found = files_below(load.working, path)
        changed += len(changed_files(load, found))
        missing += len(missing_files(load, found))
    dropped = len(load.working.rows(MISSING)) if load.prune else 0
    return {"files to read": changed, "files gone": missing, "records to drop": dropped}


def files_below(working: WorkingFile, path: Path) -> Found:
    """What is there. A file or folder inside of a known corpus folder belongs to that, else a file to its own folder."""
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there: give a folder of articles or a file (.txt, .jsonl, …)")
    resolved = path.resolve()
    known = [root_path(row[0]) for row in working.rows("FROM internal.roots")]
    holding = [root for root in [*known, *corpus_roots(), sample_corpus()] if root in resolved.parents]
    if path.is_dir():
        root = min(holding, key=lambda root: len(root.parts), default=resolved)
        below = "" if root == resolved else resolved.relative_to(root).as_posix() + "/"
        return Found(root_name(root), [_moved(file, below + file.path) for file in scan(resolved, _links_within(root))], below)
    root = min(holding, key=lambda root: len(root.parts), default=resolved.parent)
    return Found(root_name(root), [_moved(file, resolved.relative_to(root).as_posix()) for file in scan(resolved)], None)


def _links_within(root: Path) -> Path | None:
    """The folder that links may not lead out of; None where they may."""
    return None if value_of("follow_links") else root


def _moved(file: FoundFile, path: str) -> FoundFile:
    """The file under its path in the corpus folder; what is no valid Unicode is written as `scan` writes it."""
    return replace(file, path=os.fsencode(path).decode("utf-8", "backslashreplace"))


def root_name(root: Path) -> str:
    """How a corpus folder is written in the ledger: relative to the project where it lies inside."""
    resolved = root.resolve()
    try:
        return resolved.relative_to(project_root().resolve()).as_posix()
    except ValueError:
        return resolved.as_posix()


def root_path(name: str) -> Path:
    """The folder that `root_name` wrote down."""
    return (project_root() / name).resolve()


def changed_files(load: Load, found: Found) -> list[FoundFile]:
    """The files that were not read to their end as they are now, by this version of the code."""
    rows = load.working.rows(
        "SELECT path, version, size, modified_ns, content_hash FROM internal.files WHERE root = ?", [found.root]
    )
    known = {path: rest for path, *rest in rows}
    current = version(load)
    return [file for file in found.files if not _is_known(file, known.get(file.path), current)]


def _is_known(file: FoundFile, entry: list | None, version: str) -> bool:
    """By time stamp where that can be trusted, else by content."""
    if entry is None or entry[:2] != [version, file.size]:
        return False
    return entry[2] == file.mtime_ns or entry[3] == _content_hash(file)


def _is_gone(path: Path) -> bool:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # there, and cannot be reached: reading it says why
        return False
    return False


def _content_hash(file: FoundFile) -> str:
    if file.outside:  # as what cannot be opened: it is looked at again, since the setting may be another
        return f"{UNREADABLE} outside"
    try:
        with open(file.absolute, "rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        return f"{UNREADABLE} {error.strerror}"


def missing_files(load: Load, found: Found) -> list[str]:
    """The files that were read once and are not in the folder any more."""
    if found.below is None:
        return []
    there = {file.path for file in found.files}
    rows = load.working.rows(stage_sql("ingest", "paths_not_missing"), {"root": found.root})
    return [path for (path,) in rows if path not in there and path.startswith(found.below)]


def _mark_missing_files(load: Load, found: Found) -> None:
    gone = missing_files(load, found)
    if not gone:
        return
    root = {"root": found.root}
    with load.working.transaction():
        paths = pa.table({"path": gone})
        _move_records(load, root, paths)
        count = load.working.value(stage_sql("ingest", "count_at_paths"), root, gone=paths)
        load.working.run(stage_sql("ingest", "mark_paths_missing"), root, gone=paths)
        load.working.run("DELETE FROM internal.files WHERE root = $root AND path IN (SELECT path FROM gone)", root, gone=paths)
        load.note_write(documents_missing=count)


def _move_records(load: Load, root: dict[str, str], gone: pa.Table) -> None:
    """Within a transaction: records of files that are gone, and that stand at a new place with the same content, are moved and not doubled."""
    if not load.working.value("SELECT count(*) FROM internal.arrivals"):
        return
    load.working.run(stage_sql("ingest", "find_moved"), root, gone=gone)
    moved = load.working.value("SELECT count(*) FROM moves")
    if moved:
        load.working.run(stage_sql("ingest", "move_records"))
        load.log(f"{moved} records were moved with their files")
        load.note_write()
    load.working.run("DROP TABLE moves")


def _without_memory(records: pa.RecordBatch) -> bool:
    """Whether there was not enough memory for a part of a file: the next load tries it again."""
    return any(reject and reject["message"].startswith(NO_MEMORY) for reject in records.column("reject").to_pylist())


class _Writer:
    """Gathers the records of many small files, or a part of a large one, and writes them in one transaction."""

    def __init__(self, load: Load, root: str, advance: Callable[[int], None]) -> None:
        self._load, self._root, self._advance = load, root, advance
        self._records: list[pa.Table] = []
        self._finished: list[tuple[Any, ...]] = []
        self._seen: dict[str, list[str]] = {}  # ids written so far, of files not yet finished
        self._size = 0

    def read(self, file: FoundFile) -> None:
        """All records of a file. Its entry in the ledger is written with, or after, its last records."""
        if _is_gone(file.absolute):
            return  # gone since it was found: as if it had not been
        started, content_hash = time.time_ns(), _content_hash(file)
        self._seen[file.path] = []
        for records in read_file(file, self._load.settings.ingest):
            content_hash = f"{UNREADABLE} memory" if _without_memory(records) else content_hash
            self._records.append(pa.Table.from_batches([records]))
            self._size += records.nbytes
            self._advance(records.num_rows)
            if self._size >= BATCH_BYTES or sum(table.num_rows for table in self._records) >= BATCH_ROWS:
                self.flush()
        racy = started - file.mtime_ns < RACY_NANOSECONDS or content_hash.startswith(UNREADABLE)
        self._finished.append((file.path, file.size, -1 if racy else file.mtime_ns, content_hash, version(self._load)))
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
        gone = self._load.working.value(
            stage_sql("ingest", "count_gone_records"), {"root": self._root}, finished=finished, seen=seen
        )
        if gone:
            self._load.working.run(stage_sql("ingest", "mark_gone_records"), {"root": self._root}, finished=finished, seen=seen)
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
    records = _without_forgotten(load, ids, records)
    incoming = records.append_column("document_id", pa.array(ids, pa.string()))
    found_at = str(root_path(root))
    working.run(stage_sql("ingest", "classify_records"), None, incoming=incoming)
    new, changed = working.rows(stage_sql("ingest", "count_classified"))[0]
    if new or changed:
        if changed:
            working.run(stage_sql("ingest", "keep_revisions"))
            working.run(stage_sql("ingest", "forget_fresh"))
        working.run("INSERT OR IGNORE INTO internal.arrivals SELECT document_id FROM fresh WHERE NOT known")
        working.run(stage_sql("ingest", "write_documents"), {"found_at": found_at, "load_id": load.load_id}, incoming=incoming)
        load.note_write(documents_new=new, documents_changed=changed)
    if working.value(stage_sql("ingest", "count_new_rejects"), None, incoming=incoming):
        working.run(stage_sql("ingest", "write_rejects"), None, incoming=incoming)
        load.note_write()
    if working.value(stage_sql("ingest", "count_found_again"), {"found_at": found_at}, incoming=incoming):
        working.run(stage_sql("ingest", "mark_found"), {"found_at": found_at}, incoming=incoming)
        load.note_write()
    if working.value(stage_sql("ingest", "count_extra"), None, incoming=incoming):
        working.run(stage_sql("ingest", "write_extra"), None, incoming=incoming)
        load.note_write()
    working.run(stage_sql("ingest", "write_places"), {"root": root}, incoming=incoming)
    working.run("DROP TABLE fresh")
    return ids


def _without_forgotten(load: Load, ids: list[str], records: pa.Table) -> pa.Table:
    """The records, those that were forgotten without anything but their place, and refused. Those that were dropped as missing are back."""
    wanted = pa.table({"id": pa.array(ids, pa.string())})
    found = dict(
        load.working.rows(
            "SELECT document_id, for_good FROM internal.dropped WHERE document_id IN (SELECT id FROM wanted)", None, wanted=wanted
        )
    )
    if not found:
        return records
    load.working.run(
        "DELETE FROM internal.dropped WHERE NOT for_good AND document_id IN (SELECT id FROM wanted)", None, wanted=wanted
    )
    rows = records.to_pylist()
    for place, document_id in enumerate(ids):
        if found.get(document_id):
            kept = {name: rows[place][name] for name in ("path", "record_key", "line", "format", "publisher")}
            message = f"`copydesk forget` erased this record, and its file still holds it; delete it there, or take it back: copydesk forget --undo {document_id}"
            forgotten = {"reason": RejectReason.FORGOTTEN.value, "message": message}
            rows[place] = dict.fromkeys(records.column_names) | kept | {"content_hash": "", "reject": forgotten}
    return pa.Table.from_pylist(rows, schema=records.schema)


def document_ids(working: WorkingFile, root: str, records: pa.Table) -> list[str]:
    """The identity of each record: a hash of path and key, so that a corpus has the same ids wherever its folder lies.

    Where another corpus folder, still there, holds a file of the same path, the folder is part of the hash, and stays so.
    """
    places = list(zip(records["path"].to_pylist(), records["record_key"].to_pylist(), strict=True))
    plain, rooted = [_hash(*place) for place in places], [_hash(*place, root) for place in places]
    owners = dict(
        working.rows(
            "SELECT document_id, root FROM internal.places WHERE document_id IN (SELECT id FROM wanted)",
            None,
            wanted=pa.table({"id": pa.array(plain + rooted, pa.string())}),
        )
    )
    return [
        own if own in owners or (owners.get(shared, root) != root and _still_there(owners[shared], path)) else shared
        for shared, own, (path, _) in zip(plain, rooted, places, strict=True)
    ]


def _still_there(root: str, path: str) -> bool:
    return os.path.exists(root_path(root) / path)


def _hash(*parts: str | None) -> str:
    return hashlib.sha256(
        "\x1f".join("\x00" if part is None else part for part in parts).encode("utf-8", "surrogatepass")
    ).hexdigest()[:20]


def scan_fingerprint(roots: Iterable[Path]) -> str:
    """A hash that changes when any file of the folders does."""
    seen = [(str(root), file.path, file.size, file.mtime_ns) for root in roots for file in scan(root, _links_within(root))]
    return _hash(repr(seen))
