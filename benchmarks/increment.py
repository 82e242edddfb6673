"""What one per cent more articles cost in a loaded warehouse, step by step, against loading all of them.

    python benchmarks/increment.py

Loads the Reuters corpus with `copydesk load`, adds new articles (a fifth of them edited copies, the others stories of other
words) and loads again, each in a process of its own, with warehouse and run history in a temporary folder. Seconds of the
steps are those that Dagster recorded; `whole` is the process, with its start and the import of Dagster. A load of the corpus into
another warehouse goes before, so that compiled code is there: that of kernels, and Python's, whatever PYTHONDONTWRITEBYTECODE says.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.duplicates import COPY_ONE_IN, CORPUS, changed_copy, frequent_first, new_stories  # noqa: E402

SHARE = 0.01
DUPLICATES = ("signatures", "pairs")  # steps, which are summed up as "duplicates"
# Of the seconds that it takes to load all, how many one per cent more may take.
ALLOWED: dict[str, Callable[[float], float]] = {"duplicates": lambda every: 0.05 * every + 0.5, "whole": lambda every: 0.1 * every}


def write_corpus(folder: Path, share: float) -> Path:
    """The corpus as one file of a publisher; returns a second file to put next to it, with so many more articles."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(CORPUS, columns=["id", "title", "date", "text"])
    (folder / "corpus" / "archive").mkdir(parents=True)
    pq.write_table(table, folder / "corpus" / "archive" / "base.parquet")
    rows = table.to_pylist()
    rng = random.Random(len(rows))
    retold = new_stories(frequent_first([row["text"] for row in rows]), rng)
    more = []
    for number, row in enumerate(rng.sample(rows, int(share * len(rows)))):
        text = changed_copy(row["text"], rng) if number % COPY_ONE_IN == 0 else retold(row["text"])
        more.append(row | {"id": f"{row['id']}+more", "text": text})
    pq.write_table(pa.Table.from_pylist(more), folder / "more.parquet")
    return folder / "more.parquet"


def load(folder: Path, corpus: Path, warehouse: str) -> dict[str, float]:
    """Seconds of each step of `copydesk load`, and of the whole process."""
    home = folder / f"history-{warehouse}"
    command = [sys.executable, "-m", "assets.cli", "load", str(corpus), "--warehouse", str(folder / warehouse)]
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment(home), check=True, capture_output=True)
    seconds = {"whole": time.perf_counter() - start}
    return recorded_steps(home) | seconds


def environment(home: Path) -> dict[str, str]:
    """That of a load with its run history in `home`, which writes Python's compiled code, as it does for people."""
    home.mkdir(exist_ok=True)
    (home / "dagster.yaml").write_text(f"storage: {{sqlite: {{base_dir: {home}}}}}\ntelemetry: {{enabled: false}}\n")
    return os.environ | {"DAGSTER_HOME": str(home), "PYTHONDONTWRITEBYTECODE": ""}


def recorded_steps(home: Path) -> dict[str, float]:
    import dagster as dg

    os.environ["DAGSTER_HOME"] = str(home)
    with dg.DagsterInstance.get() as instance:
        [run] = instance.get_runs(limit=1)  # the newest
        steps = instance.get_run_step_stats(run.run_id)
    return {step.step_key: step.end_time - step.start_time for step in steps if step.start_time and step.end_time}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.parse_args()
    if not CORPUS.exists():
        print(f"no corpus at {CORPUS}: set COPYDESK_SHARED to the folder that holds the benchmarks", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        more = write_corpus(folder, SHARE)
        load(folder, folder / "corpus", "warm")
        every = load(folder, folder / "corpus", "warehouse")
        shutil.move(more, folder / "corpus" / "archive")
        added = load(folder, folder / "corpus", "warehouse")
    for seconds in (every, added):
        seconds["duplicates"] = sum(seconds[step] for step in DUPLICATES)
    print(f"{'seconds':20s} {'all':>7s} {'1 % more':>9s} {'allowed':>9s}")
    for step in sorted(every, key=lambda step: (step in ALLOWED, step)):
        allowed = f"{ALLOWED[step](every[step]):9.2f}" if step in ALLOWED else ""
        print(f"{step:20s} {every[step]:7.2f} {added[step]:9.2f} {allowed}".rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
