"""Whole loads over every engine, and whether their tables are the same: python benchmarks/engines.py PATH --engines plain local spark:local[2]

PATH is a folder or file as `copydesk load` takes it; by default the sample corpus. `plain` is a load without an engine. Each load is a process of its own, with
a warehouse of its own, and gives a line of JSON: processor time, memory, and of every table its rows and a hash of them, sorted, without
what depends on the run or the clock. Ends with status 1 where two engines differ, and says in which tables.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assets.engine.loading import EngineLoad  # noqa: E402
from assets.stages.load import Load  # noqa: E402
from assets.stages.open import open_load  # noqa: E402
from assets.stages.runner import run_all  # noqa: E402
from benchmarks.processes import Watched  # noqa: E402
from warehouse import WarehousePaths, sql_names  # noqa: E402

SAMPLE = ROOT / "seeds" / "articles"
PLAIN = "plain"
AT_ONCE = 10_000  # rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="*", default=[SAMPLE])
    parser.add_argument("--engines", nargs="+", default=[PLAIN, "local"])
    parser.add_argument("--run", metavar="ENGINE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        print(json.dumps(measured(options.run, options.paths)))
        return 0
    found: dict[str, dict[str, list[object]]] = {}
    for engine in options.engines:
        command = [sys.executable, __file__, *map(str, options.paths), "--run", engine]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return 1
        result = json.loads(done.stdout.splitlines()[-1])
        print(json.dumps({"engine": engine, "load_average": os.getloadavg()[0]} | result), flush=True)
        found[engine] = result["tables"]
    first = found[options.engines[0]]
    differ = {(engine, name) for engine, tables in found.items() for name, said in tables.items() if said != first[name]}
    for engine, name in sorted(differ):
        print(f"{name} over {engine} is not that of {options.engines[0]}", file=sys.stderr)
    return int(bool(differ))


def measured(engine: str, paths: list[Path]) -> dict[str, object]:
    started = time.monotonic()
    lines: list[str] = []
    with tempfile.TemporaryDirectory(prefix="copydesk-engines-") as folder, Watched() as watched:
        with open_load(WarehousePaths(Path(folder)), "load", 0, lines.append) as load:
            if engine != PLAIN:
                load.over = EngineLoad(engine, load.working.paths.engine, lines.append)
            run_all(load, [path.resolve() for path in paths])
            seconds, processor = time.monotonic() - started, watched.processor_seconds()
            tables = {name: marked(load, name) for name in sql_names("tables") if name != "loads"}
        return {
            "seconds": round(seconds, 1),
            "processor_seconds": round(processor, 1),
            "largest_process_mb": watched.largest_mb(),
            "tables": tables,
        }


def marked(load: Load, table: str) -> list[object]:
    """How many rows a table has, and a hash of them in order."""
    asked = "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND database_name = current_database()"
    names = [name for (name,) in load.working.rows(asked, [table]) if name != "load_id" and not name.endswith("_at")]
    rows = load.working.table(f"SELECT {', '.join(names)} FROM {table} ORDER BY ALL")
    digest = hashlib.sha256(str(rows.schema).encode())
    for start in range(0, rows.num_rows, AT_ONCE):
        for row in rows.slice(start, AT_ONCE).to_pylist():
            digest.update(repr(row).encode())
    return [rows.num_rows, digest.hexdigest()[:16]]


if __name__ == "__main__":
    sys.exit(main())
