"""The last steps of a load: what the working file holds becomes the file that people read, and a report of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assets.project import publish_read_only
from assets.report import report_form, write_report
from assets.stages.load import Load
from pipelines.vocabulary import COLUMNS
from warehouse import (
    Check,
    WorkingFile,
    checks_of_files,
    compact,
    known_values,
    named_sql,
    publish,
    published_form,
    published_stamp,
    warnings_of_files,
)
from warehouse.publish import WHOLE_BYTES, refuse_broken

# A file of more bytes, and grown so many times since, is written again without what its rows left: loads do not let it grow for ever.
LEAST_BYTES = 8 * 1024 * 1024
GROWN = 1.3

# A published file of more bytes is read for one thing at a time: its report, and asking it, take as much memory together as both.
LARGE_BYTES = 128 * 1024 * 1024

# Articles of a load over an engine, from which on there is no DuckDB file of them, only Parquet.
MOST_PUBLISHED = 100_000_000


def all_checks() -> list[Check]:
    """Every promise that blocks publishing: those written as SQL, and the vocabularies, which hold once all tables are made."""
    return [*checks_of_files(), known_values(COLUMNS, asset="speakers")]


def publish_load(load: Load, always: bool = False) -> bool:
    """Publish where `needs_publishing`, or `always`, which leaves nothing of deleted rows in the file. Raises warehouse.InvariantError, and
    LossError where `load.allow_loss` is not set.

    Returns whether the file was replaced.
    """
    working, paths = load.working, load.working.paths
    if not always and not needs_publishing(load):
        load.log("nothing has changed: the published file stays as it is")
        return False
    with working.transaction():
        working.run(named_sql("queries/finish_load"), {"load_id": load.load_id})
    if load.over is not None and working.value("SELECT count(*) FROM articles") > MOST_PUBLISHED:
        refuse_broken(working, all_checks())
        load.log(
            f"wrote {load.over.write_tables(working, load.load_id)}; of more than {MOST_PUBLISHED} articles no file is published"
        )
        _note_published(load)
        return False
    checks = all_checks()
    onto_last = not always and _is_as_published(working) and not _has_grown(working, paths.published, WHOLE_BYTES)
    publish(working, publish_read_only(), checks, load.allow_loss, onto_last)
    load.counted = {check.name: 0 for check in checks} | {
        warning.name: working.count(warning.query) for warning in warnings_of_files()
    }
    if load.over is not None:
        load.log(f"wrote {load.over.write_tables(working, load.load_id)}")
    _note_published(load)
    load.log(f"published {paths.published}")
    if _has_grown(working, paths.working, "compacted_bytes"):
        compact(working)
        with working.transaction():
            working.set_state("compacted_bytes", str(paths.working.stat().st_size))
    return True


def _has_grown(working: WorkingFile, file: Path, since: str) -> bool:
    """Whether a file is worth writing again; the state `since` has its bytes of the last time."""
    return file.stat().st_size > max(LEAST_BYTES, GROWN * int(working.state(since) or 0))


def _note_published(load: Load) -> None:
    working = load.working
    with working.transaction():
        working.set_state("unpublished", "no")
        working.set_state("published_form", published_form())
        working.set_state("published_file", published_stamp(working.paths))


def report_load(load: Load, meanwhile: Callable[[], None] = lambda: None) -> bool:
    """Write the report of the published file, unless it is there already, and do something else `meanwhile`: before, where the file is large.
    Returns whether it was written."""
    paths = load.working.paths
    stamp = f"{published_stamp(paths)} {report_form()}"
    if paths.report.exists() and load.working.state("report") == stamp:
        meanwhile()
        return False
    if is_large := paths.published.stat().st_size > LARGE_BYTES:
        meanwhile()
    load.working.give_back()
    with ThreadPoolExecutor(1) as pool:  # it has a connection of its own
        written = pool.submit(write_report, paths.published, paths.report, counted=load.counted)
        if not is_large:
            meanwhile()
        written.result()
    with load.working.transaction():
        load.working.set_state("report", stamp)
    load.log(f"wrote {paths.report}")
    return True


def needs_publishing(load: Load) -> bool:
    """Whether rows, or what tables and views look like, changed since the last time, or the file is not as it was published."""
    return load.working.state("unpublished") == "yes" or not _is_as_published(load.working)


def _is_as_published(working: WorkingFile) -> bool:
    return working.state("published_form") == published_form() and working.state("published_file") == published_stamp(working.paths)
