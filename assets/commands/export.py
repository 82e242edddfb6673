"""`copydesk export`: the tables of a warehouse as Parquet and CSV files, with a manifest, and as sources of a dbt project."""

import argparse
import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb

from assets.errors import CommandError
from assets.project import published_path, shown_path
from assets.reading import published
from warehouse.exporting import MANIFEST, NotOursError, export


def run(options: argparse.Namespace) -> int:
    folder = Path(options.folder).expanduser()
    with published(published_path(options.warehouse)) as connection:
        try:
            manifest = export(connection, folder, options.csv, _version())
        except NotOursError as error:
            raise CommandError(str(error)) from error
        except (OSError, duckdb.IOException) as error:
            raise CommandError(
                f"cannot write to {str(folder)!r} ({str(error).splitlines()[0]}): give a folder that can be written to, on a disk with room"
            ) from error
    if options.json:
        print(json.dumps(manifest, ensure_ascii=False))
    elif not options.quiet:
        tables = manifest["tables"].values()
        files = [*(file for table in tables for file in table["files"]), *(table["csv"] for table in tables if "csv" in table)]
        size = sum(file["bytes"] for file in files) / 1e6
        print(
            f"Wrote {len(tables)} tables in {len(files)} files ({size:.1f} MB) to {shown_path(folder)}; {MANIFEST} says what is in them"
        )
        where = str(Path(shown_path(folder)) / "articles" / "*" / "*.parquet")
        print(f"Look at it:   FROM read_parquet({where!r}, hive_partitioning = true)")
    return 0


def _version() -> str:
    try:
        return version("copydesk")
    except PackageNotFoundError:
        return ""
