"""`copydesk rebuild`: make the working file again, from the published file and the corpus, and then a load."""

import argparse
import time
from pathlib import Path

from assets.commands.load import load_roots, opened_for, refuse_closed, writing_to
from assets.commands.rows import progress
from assets.errors import CommandError
from assets.project import choose_warehouse, given_warehouse, load_environment, named_corpus, refuse_missing, roots_of
from assets.settings import value_of
from assets.stages.corpus import known_roots
from assets.stages.ingest import root_name
from warehouse import exclusive_lock, rebuild, source_of


def run(options: argparse.Namespace) -> int:
    load_environment()
    choose_warehouse(options.warehouse)
    paths = given_warehouse(options.warehouse, options.paths)
    refuse_missing(paths, options.warehouse)
    wait = value_of("wait_seconds") if options.wait is None else options.wait
    named = named_corpus(paths)
    with writing_to(paths):
        with exclusive_lock(paths.lock, wait, progress):
            source = source_of(paths)
            if source is None and (paths.published.exists() or paths.previous.exists()) and not options.allow_loss:
                raise CommandError(
                    f"neither {paths.published.name} nor {paths.previous.name} in {str(paths.folder)!r} can be read, so older texts and missing records "
                    "cannot be kept: put a copy of one back, or give --allow-loss to begin from the corpus alone"
                )
            records = rebuild(paths, source, lambda place: root_name(Path(place)))
        progress(f"{records} records taken over from {source.name}" if source else "nothing to take over: from the corpus alone")
    with opened_for(paths, wait) as load:
        load.allow_loss = options.allow_loss
        roots = _corpus(options.paths, known_roots(load) or named)
        return load_roots(load, roots, full_refresh=False, started=time.monotonic(), as_object=options.json, quiet=options.quiet)


def _corpus(given: list[str], known: list[Path]) -> list[Path]:
    """The folders to load: those given, else the same as `copydesk load` takes without any, as far as they are there. Raises CommandError where none is
    there: another corpus would take its place."""
    wanted = [Path(path).expanduser().resolve() for path in given] or roots_of(known)
    roots = [root for root in wanted if root.exists()]
    if not roots or (given and len(roots) < len(wanted)):
        raise CommandError(
            f"the corpus {', '.join(map(str, wanted))} is not there: give the folder where it is now, as `copydesk rebuild FOLDER` does"
        )
    refuse_closed(roots)
    return roots
