"""`copydesk load`: the whole pipeline, run through Dagster's assets, and a summary of what it found."""

import argparse
import os
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from assets.commands.rows import progress
from assets.engine.choice import refuse_engine
from assets.errors import CommandError
from assets.project import corpus_roots, load_environment, shown_path, warehouse_paths
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
    named_sql,
    warnings_of_files,
    why_broken,
)

EXTRA_SHOWN = 10  # names of fields in the summary


def run(options: argparse.Namespace) -> int:
    load_environment()
    if options.warehouse:
        os.environ["COPYDESK_WAREHOUSE"] = str(Path(options.warehouse).expanduser().resolve())
    if options.engine:
        refuse_engine(options.engine)
        os.environ["COPYDESK_ENGINE"] = options.engine
    roots = [Path(path).expanduser().resolve() for path in options.paths] or corpus_roots()
    for root in roots:
        if not root.exists():
            raise CommandError(f"{str(root)!r} is not there: give a folder of articles or a file (.txt, .jsonl, …)")
    started = time.monotonic()
    with opened_for(warehouse_paths(roots), options.wait) as load:
        refuse_another(load, roots)
        load.allow_loss, load.prune = options.allow_loss, options.prune
        return load_roots(load, roots, options.full_refresh, started)


@contextmanager
def opened_for(paths: WarehousePaths, wait: float | None) -> Iterator[Load]:
    """The warehouse, opened for a command that writes to it; errors as of `writing_to`.

    `wait` are seconds, by default those of the settings.
    """
    with (
        writing_to(paths),
        open_load(paths, str(uuid.uuid4()), value_of("wait_seconds") if wait is None else wait, progress) as load,
    ):
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


def load_roots(load: Load, roots: list[Path], full_refresh: bool, started: float) -> int:
    """Load, where there is work, and print what the warehouse holds. Gives the exit status; raises CommandError where the load failed."""
    with load.doing("looking for what is new", None):
        work = {"full refresh": 1} if full_refresh else pending_work(load, roots)
    if not load.working.value("SELECT count(*) FROM documents") and not work.get("files to read") and not full_refresh:
        raise CommandError(
            f"nothing to read in {', '.join(map(str, roots))}, and the warehouse is empty, so nothing is published: put articles there, such as "
            "PUBLISHER/article.txt; what is read says docs/input.md"
        )
    if not work:
        print("Nothing is new: the warehouse is up to date.")
    else:
        progress("to do: " + ", ".join(f"{count} {what}" for what, count in work.items()))
        from assets.commands.dagster_run import run_load

        if not run_load(load, roots, full_refresh):
            raise CommandError(
                "the load failed, the last published file stays; see the messages above, or the run in the Dagster UI (make ui)"
            )
        print(f"Loaded in {time.monotonic() - started:.1f} s.")
        for line in unusual(load):
            progress(line)
    print(summary(load))
    return 0 if load.working.value("SELECT count(*) FROM articles") else _nothing_taken(load)


def _nothing_taken(load: Load) -> int:
    progress("copydesk load: no record became an article; FROM rejects says of each why, and what to do")
    return 1


def unusual(load: Load) -> list[str]:
    """A line for each warning that rows break."""
    counts = [(check, load.working.value(check.counting)) for check in warnings_of_files()]
    return [f"warning: {check.name}: {count} rows; {check.todo} (docs/checks.md)" for check, count in counts if count]


def summary(load: Load) -> str:
    """What the warehouse holds and how to look at it."""
    names = (
        "documents",
        "articles",
        "publishers",
        "rejects",
        "removed",
        "repairs",
        "cut_short",
        "pairs",
        "copies",
        "quotes",
        "speakers",
        "utterances",
        "conflicts",
        "stories",
        "failures",
        "corrections",
        "corrected_places",
        "idle_corrections",
    )
    count = dict(zip(names, load.working.rows(named_sql("queries/summary"))[0], strict=True))
    reasons = ", ".join(
        f"{reason} {times}"
        for reason, times in load.working.rows("SELECT reason, count(*) FROM rejects GROUP BY 1 ORDER BY 2 DESC, 1")
    )
    extra = load.working.rows(named_sql("queries/extra_fields"))
    file = shown_path(load.working.paths.published)
    return "\n".join(
        [
            f"{count['documents']} records: {count['articles']} articles of {count['publishers']} publishers, {count['rejects']} rejected{f' ({reasons})' if reasons else ''}",
            *([_not_known(extra)] if extra else []),
            f"  cleaning    {count['removed']} spans of boilerplate removed, {count['repairs']} repairs",
            *([_cut_short(count["cut_short"])] if count["cut_short"] else []),
            f"  duplicates  {count['pairs']} pairs share text, {count['copies']} articles are copies of an earlier one",
            f"  quotes      {count['quotes']} quotes by {count['speakers']} speakers",
            f"  utterances  {count['utterances']} statements in several articles, {count['conflicts'] or 0} contradictions between them",
            f"  stories     {count['stories']} events that several articles tell of",
            *([_corrections(count)] if count["corrections"] or count["idle_corrections"] else []),
            *([f"  failures    {count['failures']} articles that a stage failed on: FROM failures"] if count["failures"] else []),
            f"Look at it:   duckdb -readonly {file}    or in Python: duckdb.connect({file!r}, read_only=True)",
            "              FROM unique_articles;  FROM quotes_with_context;  FROM quote_conflicts;  FROM reprints;  FROM stories;  FROM rejects;",
            f"In a browser: {shown_path(load.working.paths.report)}    or Dagster's pages: make ui",
        ]
    )


def _not_known(extra: list[tuple[str, int]]) -> str:
    """Which names of the records' fields are not known, or hold what could not be read."""
    most = ", ".join(f"{name[:40]} {records}" for name, records in extra[:EXTRA_SHOWN])
    more = f" and {len(extra) - EXTRA_SHOWN} more" if len(extra) > EXTRA_SHOWN else ""
    return f"  not known   {most}{more}: kept in documents.extra; names of fields stand in seeds/fields.toml"


def _corrections(count: Mapping[str, int]) -> str:
    """What reviewed corrections did, and how many of them say why they did not."""
    idle = (
        f", {count['idle_corrections']} without effect: FROM applied_corrections WHERE message IS NOT NULL"
        if count["idle_corrections"]
        else ""
    )
    return f"  corrections {count['corrections']} applied in {count['corrected_places']} places{idle}"


def _cut_short(count: int) -> str:
    """That of some articles little is left, and where to look."""
    few = f"{count} articles keep" if count > 1 else "1 article keeps"
    return f"              {few} less than a third of the text in sentences: FROM articles WHERE share_kept < 1/3"
