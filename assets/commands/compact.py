"""`copydesk compact`: both files of a warehouse written again, without the room that deleted rows left."""

import argparse

from assets.commands.load import opened_for
from assets.project import load_environment, loaded_warehouse
from assets.stages.load import Load
from assets.stages.publish import publish_load
from warehouse import compact


def run(options: argparse.Namespace) -> int:
    load_environment()
    paths = loaded_warehouse(options.warehouse)
    with opened_for(paths, options.wait) as load:
        before = size_of(load)
        compact(load.working)
        publish_load(load, always=True)
        print(f"{paths.folder}: {before / 1e6:.1f} MB before, {size_of(load) / 1e6:.1f} MB now")
    return 0


def size_of(load: Load) -> int:
    """Bytes of the working and the published file."""
    paths = load.working.paths
    return sum(file.stat().st_size for file in (paths.working, paths.published) if file.exists())
