"""Duplicates past any warehouse: python -m assets.engine.job IN OUT --engine local, or spark-submit ... with the path of this file.

IN is a folder or file of Parquet or JSON Lines with `id, text, publisher?, date?, correction?`, by path or address (`s3://bucket/folder`). OUT is a
folder that the driver and all workers have: tables as Parquet, `manifest.json`, and the steps, which a job that is run again goes on from. Where Dagster
started the job by Pipes (PipesSubprocessClient, or the clients for EMR, Dataproc and Kubernetes), it says there what it did.
"""

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets.engine import Steps, Table, engine_named
from assets.engine.duplicates import duplicates_over
from assets.engine.files import READ, parts_of
from assets.engine.table import write_table
from assets.errors import CommandError
from assets.versions import stage_version
from pipelines.duplicates import DuplicateSettings

_REPEATED = "SELECT id, count(*) AS times FROM articles GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT 1"
EVERY_ROW_READ = "every_row_read"
_TIMES = pa.schema([pa.field("id", pa.string()), pa.field("times", pa.int64())])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", metavar="IN")
    parser.add_argument("output", metavar="OUT", type=Path)
    parser.add_argument("--engine", default="spark", help="local, spark or spark:MASTER; by default what spark-submit says")
    options = parser.parse_args(arguments)
    try:
        if "DAGSTER_PIPES_CONTEXT" not in os.environ:
            run(options.input, options.output, options.engine, lambda line: print(line, file=sys.stderr))
            return 0
        from dagster_pipes import open_dagster_pipes

        with open_dagster_pipes() as pipes:
            tables = run(options.input, options.output, options.engine, pipes.log.info)
            rows = {f"rows_{name}": table.rows() for name, table in tables.items()}
            pipes.report_asset_materialization({"out": str(options.output), **rows})
            if EVERY_ROW_READ in pipes.extras.get("checks", []):  # which the asset has to declare
                left = {name: rows.get(f"rows_{name}", 0) for name in ("refused", "unread", "failures")}
                pipes.report_asset_check(EVERY_ROW_READ, passed=not any(left.values()), severity="WARN", metadata=left)
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run(uri: str, out: Path, engine_name: str, log: Callable[[str], None]) -> Mapping[str, Table]:
    """The tables of the job. Raises CommandError where there is nothing to read or where ids repeat."""
    parts = parts_of(uri)
    engine = engine_named(engine_name)
    try:
        steps = Steps(out / "steps", engine, log)
        given = steps.do("parts", _held(parts), {}, lambda folder: {"parts": write_table(parts, folder / "parts", 1)})["parts"]
        read = steps.map("articles", given, READ, stage_version("signatures", READ.work, None, (), ("pyarrow",)))
        repeated = steps.join("repeated", _REPEATED, _TIMES, articles=read["articles"]).read().to_pylist()
        if repeated:
            raise CommandError(
                "id {id!r} stands in {times} rows: ids have to differ; correct them, or take the rows out".format(**repeated[0])
            )
        found = duplicates_over(steps, read["articles"], DuplicateSettings())
        tables = {"pairs": found.pairs, "clusters": found.clusters, "capped": found.capped, "refused": read["refused"]}
        tables |= {"unread": read["failed"]} | ({"failures": found.failed} if found.failed else {})
        _write_manifest(out, engine_name, tables)
        return tables
    finally:
        getattr(engine, "stop", lambda: None)()


def _held(parts: pa.Table) -> str:
    """What is to be read, in short. A file that changes has to change its name or its size."""
    return hashlib.sha256(repr(parts.to_pylist()).encode()).hexdigest()


def _write_manifest(out: Path, engine: str, tables: Mapping[str, Table]) -> None:
    listed: dict[str, Any] = {
        name: {"rows": table.rows(), "bytes": table.bytes(), "files": [str(file.relative_to(out)) for file in table.files]}
        for name, table in tables.items()
    }
    temporary = out / ".manifest.json"
    temporary.write_text(json.dumps({"engine": engine, "tables": listed}, indent=1) + "\n", encoding="utf-8")
    temporary.replace(out / "manifest.json")


if __name__ == "__main__":
    sys.exit(main())
