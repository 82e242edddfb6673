"""The whole load, from raw files to the published one, against what text-dedup needs to deduplicate the same articles.

    python benchmarks/load.py [--rows N] [--runs N] [--no-peer]
    python benchmarks/load.py --sizes 18000 60000 200000

`copydesk load` reads the 18,072 Reuters articles into a new warehouse, in a process of its own with its own run history. A load goes before,
into another warehouse: it compiles what there is to compile, and its memory is watched. Then the best of N counts, because a stage that began
without compiled code in the first load compiles the rest in the second. Memory is what the process and its children take
together, pages that they share counted once (PSS, Linux), looked at four times a second. Seconds of the load are those of the whole process;
those of its stages Dagster recorded, and the rest is the start of Python and Dagster and the end. text-dedup is run as in
`benchmarks/duplicates.py`: its own command without the start of its process, once to warm up, then once for the clock.

`--sizes` loads corpora of so many articles instead, the Reuters articles and edits of them, and prints for each the memory at its peak, the size of
both files against that of the raw text, and their size after everything was made again.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.duplicates import COPY_ONE_IN, CORPUS, changed_copy, frequent_first, in_fresh_process, new_stories  # noqa: E402
from benchmarks.increment import environment, recorded_steps  # noqa: E402

PEER = "text-dedup"
ALLOWED_TIMES, ALLOWED_MB = 2.0, 1000
ALLOWED_AT_SIZE_MB, ALLOWED_DISK = 1500, 2.5
PART = 5000  # edited articles that are made at a time
EVERY = 0.25  # seconds between two looks at the memory


class Loaded(NamedTuple):
    seconds: float
    stages: dict[str, float]
    peak_mb: float  # 0 where it was not watched


def write_corpus(folder: Path, rows: int | None) -> Path:
    """The articles as one file of a publisher. Where more are asked for than there are, the rest are edits of them."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(CORPUS, columns=["id", "title", "date", "text"])
    file = folder / "corpus" / "archive" / "articles.parquet"
    file.parent.mkdir(parents=True)
    more = edits(table.to_pylist(), rows - table.num_rows) if rows and rows > table.num_rows else []
    with pq.ParquetWriter(file, table.schema) as writer:
        writer.write_table(table if rows is None else table.slice(0, rows))
        for part in more:
            writer.write_table(pa.Table.from_pylist(part, schema=table.schema))
    return file


def edits(rows: list[dict[str, Any]], count: int) -> Iterator[list[dict[str, Any]]]:
    """So many more articles, in parts: one in `COPY_ONE_IN` is a changed copy, the others are stories of other words."""
    rng = random.Random(count)
    retold = new_stories(frequent_first([row["text"] for row in rows]), rng)
    for start in range(0, count, PART):
        numbers = range(start, min(start + PART, count))
        chosen = [(number, rng.choice(rows)) for number in numbers]
        yield [
            row
            | {
                "id": f"{row['id']}+{number}",
                "text": changed_copy(row["text"], rng) if number % COPY_ONE_IN == 0 else retold(row["text"]),
            }
            for number, row in chosen
        ]


def measure_size(rows: int) -> None:
    """Print memory and disk of a corpus of so many articles."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raw = pc.sum(pc.binary_length(pq.read_table(write_corpus(folder, rows), columns=["text"])["text"])).as_py()
        first = load(folder, "sized", watch=True)
        before = files_of(folder / "sized")
        again = load(folder, "sized", watch=True, again=True)
        after = files_of(folder / "sized")
    shown = ", ".join(f"{file} {size / 1e6:.0f} MB" for file, size in before.items())
    print(
        f"{rows} articles, {raw / 1e6:.0f} MB of text: {first.seconds:.0f} s, peak memory {first.peak_mb:.0f} MB, wanted {ALLOWED_AT_SIZE_MB}"
    )
    print(f"  {shown}: {sum(before.values()) / raw:.1f} times the text, wanted {ALLOWED_DISK}")
    print(
        f"  all made again: {again.seconds:.0f} s, {again.peak_mb:.0f} MB; files {sum(after.values()) / sum(before.values()):.2f} times as large"
    )


def files_of(warehouse: Path) -> dict[str, int]:
    """Bytes of the files that a load leaves."""
    return {name: (warehouse / name).stat().st_size for name in ("copydesk.duckdb", "working.duckdb")}


def load(folder: Path, name: str, watch: bool, again: bool = False) -> Loaded:
    """One load into a new warehouse, or of everything `again` into one that is there."""
    home = folder / f"history-{name}{'-again' * again}"
    command = [sys.executable, "-m", "assets.cli", "load", str(folder / "corpus"), "--warehouse", str(folder / name)]
    command += ["--full-refresh"] if again else []
    start = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        watcher = Watcher(process.pid) if watch else None
        _, said = process.communicate()
        seconds = time.perf_counter() - start
        peak = watcher.stop() if watcher else 0.0
    if process.returncode:
        raise RuntimeError(f"the load failed: {said}")
    return Loaded(seconds, recorded_steps(home), peak)


class Watcher:
    """Looks at the memory of a process and all its children until it is stopped."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._done = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> float:
        """The most that was seen, in MB."""
        self._done.set()
        self._thread.join()
        return self._peak / 1e3

    def _watch(self) -> None:
        while not self._done.wait(EVERY):
            self._peak = max(self._peak, sum(map(proportional_kb, tree_of(self._pid))))


def tree_of(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for parent in found:  # grows on the way
        try:
            tasks = list(Path(f"/proc/{parent}/task").iterdir())
            found += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:  # it has ended
            continue
    return found


def proportional_kb(pid: int) -> int:
    """The kB that a process takes, its share of what several share; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, help="only so many of the articles, to try it")
    options.add_argument("--runs", type=int, default=2, help="loads of which the quickest counts")
    options.add_argument("--no-peer", action="store_true", help="without text-dedup")
    options.add_argument("--sizes", type=int, nargs="+", help="print memory and disk of corpora of so many articles")
    chosen = options.parse_args()
    if not CORPUS.exists():
        print(f"no corpus at {CORPUS}: set COPYDESK_SHARED to the folder that holds the benchmarks", file=sys.stderr)
        return 1
    if chosen.sizes:
        for rows in chosen.sizes:
            measure_size(rows)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = write_corpus(folder, chosen.rows)
        first = load(folder, "first", watch=True)
        found = min(load(folder, f"run-{run}", watch=False) for run in range(chosen.runs))
        peer = {"left_out": "not asked for"} if chosen.no_peer else in_fresh_process(PEER, str(file), 1)
    rest = found.seconds - sum(found.stages.values())
    print(f"{'stage':36s} {'seconds':>8s} {'of all':>7s}")
    for stage, seconds in [*found.stages.items(), ("start and end", rest), ("the whole load", found.seconds)]:
        print(f"{stage:36s} {seconds:8.2f} {seconds / found.seconds:7.0%}")
    print(
        f"the first load, which compiles: {first.seconds:.2f} s; peak memory of its processes {first.peak_mb:.0f} MB, wanted {ALLOWED_MB}"
    )
    if "left_out" in peer:
        print(f"{PEER} left out: {peer['left_out']}")
        return 0
    times = found.seconds / peer["seconds"]
    print(
        f"{PEER}: {peer['seconds']:.2f} s, {peer['once_mb']:.0f} MB; the whole load takes {times:.1f} times that, wanted {ALLOWED_TIMES:.0f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
