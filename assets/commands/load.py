"""`copydesk load`: the whole pipeline, run through Dagster's assets, and a summary of what it found."""

import argparse
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from assets.commands.rows import complain, is_quiet, progress
from assets.commands.summary import as_json, as_text, summary_of, warning_lines
from assets.engine.choice import refuse_engine
from assets.errors import CommandError
from assets.importing import large_imports
from assets.progress import silent, some
from assets.project import choose_warehouse, corpus_roots, load_environment, ui_command, warehouse_paths
from assets.settings import value_of
from assets.stages.corpus import refuse_another
from assets.stages.load import Load
from assets.stages.open import open_load
from assets.stages.runner import pending_work
from warehouse import (
    DISK_FULL,
    FULL_ERRORS,
    InvariantError,
    LoadRunningError,
    LossError,
    WarehousePaths,
    WorkingFileError,
    why_broken,
)


def run(options: argparse.Namespace) -> int:
    load_environment()
    choose_warehouse(options.warehouse)
    if options.engine:
        refuse_engine(options.engine)
        os.environ["COPYDESK_ENGINE"] = options.engine
    roots = [Path(path).expanduser().resolve() for path in options.paths] or corpus_roots(options.warehouse)
    for root in roots:
        if not root.exists():
            raise CommandError(f"{str(root)!r} is not there: give a folder of articles or a file (.txt, .jsonl, …)")
    refuse_closed(roots)
    started = time.monotonic()
    with opened_for(warehouse_paths(roots), options.wait) as load:
        refuse_another(load, roots)
        load.allow_loss, load.prune = options.allow_loss, options.prune
        return load_roots(load, roots, options.full_refresh, started, options.json, options.quiet)


def refuse_closed(roots: list[Path]) -> None:
    """Raises CommandError for a corpus folder that this user may not read: all that is in it would be taken for gone."""
    for root in roots:
        if root.is_dir() and not os.access(root, os.R_OK | os.X_OK):
            raise CommandError(
                f"the folder {str(root)!r} cannot be read: give this user the right to read and enter it; nothing was changed"
            )


@contextmanager
def opened_for(paths: WarehousePaths, wait: float | None) -> Iterator[Load]:
    """The warehouse, opened for a command that writes to it; errors as of `writing_to`.

    `wait` are seconds, by default those of the settings.
    """
    with (
        writing_to(paths),
        open_load(paths, str(uuid.uuid4()), value_of("wait_seconds") if wait is None else wait, progress) as load,
    ):
        if is_quiet():
            load.doing = silent
        yield load


@contextmanager
def writing_to(paths: WarehousePaths) -> Iterator[None]:
    """What is wrong with a warehouse or its disk becomes a CommandError that says what to do."""
    try:
        yield
    except (LoadRunningError, WorkingFileError, InvariantError, LossError) as error:
        raise CommandError(str(error)) from error
    except duckdb.Error as error:
        raise CommandError(why_broken(paths.working, error)) from error
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno in FULL_ERRORS:
            raise CommandError(DISK_FULL.format(folder=str(paths.folder))) from error
        raise CommandError(
            f"cannot use the warehouse folder {str(paths.folder)!r} ({error}): give a folder that can be written to, with --warehouse "
            "or COPYDESK_WAREHOUSE"
        ) from error


def load_roots(
    load: Load, roots: list[Path], full_refresh: bool, started: float, as_object: bool = False, quiet: bool = False
) -> int:
    """Load, where there is work, and print what the warehouse holds: lines, or one object, or where `quiet` nothing. Gives the exit status; raises
    CommandError where the load failed."""
    with load.doing("looking for what is new", None):
        work = {"full refresh": 1} if full_refresh else pending_work(load, roots)
    if not load.working.value("SELECT count(*) FROM documents") and not work.get("files to read") and not full_refresh:
        raise CommandError(
            f"nothing to read in {', '.join(map(str, roots))}, and the warehouse is empty, so nothing is published: put articles there, such as "
            "PUBLISHER/article.txt; docs/input.md says what is read"
        )
    if work:
        progress("to do: " + ", ".join(some(count, what) for what, count in work.items()))
        with load.doing("starting Dagster", None), large_imports():
            from assets.commands.dagster_run import run_load

        if not run_load(load, roots, full_refresh):
            raise CommandError(
                "the load failed, the last published file stays; see the messages above, or the run in Dagster's pages: "
                f"{ui_command(load.working.paths)}"
            )
    found, seconds = summary_of(load), time.monotonic() - started
    if work:
        for line in warning_lines(found):
            progress(line)
    if as_object:
        print(as_json(found, bool(work), seconds))
    elif not quiet:
        print(f"Loaded in {seconds:.1f} s." if work else "Nothing is new: the warehouse is up to date.")
        print(as_text(found))
    return 0 if found.counts["articles"] else _nothing_taken()


def _nothing_taken() -> int:
    complain("copydesk load: no record became an article; FROM rejects says of each why, and what to do")
    return 1
