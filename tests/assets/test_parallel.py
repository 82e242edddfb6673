"""Batches in processes of their own: in order, and none left behind."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa

from assets.stages.parallel import map_batches
from pipelines import compiled

ROOT = Path(__file__).resolve().parents[2]
KILLED = """
import pyarrow as pa
from assets.stages.parallel import map_batches
from tests.assets.test_parallel import stay
if __name__ == "__main__":
    list(map_batches(stay, [(pa.table({"id": [1]}),)], rows=1, worth_it=1))
"""


def stay(rows: pa.Table) -> pa.Table:
    """Says who works here and does not end by itself."""
    os.write(1, f"{os.getpid()}\n".encode())
    time.sleep(120)
    return rows


def say(rows: pa.Table) -> pa.Table:
    compiled.announce("a package: compiling once")
    return rows


def lives(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_results_come_in_the_order_of_the_jobs_in_one_process_or_many():
    jobs = [(pa.table({"id": [place]}),) for place in range(7)]
    for worth_it in (1, 100):
        done = list(map_batches(pa.Table.combine_chunks, jobs, rows=7, worth_it=worth_it))
        assert [result["id"].to_pylist() for _, result in done] == [[place] for place in range(7)]
        assert [job for job, _ in done] == jobs


def test_what_processes_announce_is_announced_here_once(monkeypatch):
    said = []
    monkeypatch.setattr(compiled, "announce", said.append)
    jobs = [(pa.table({"id": [place]}),) for place in range(6)]
    assert len(list(map_batches(say, jobs, rows=6, worth_it=1))) == 6
    assert said == ["a package: compiling once"]


def test_workers_end_with_a_load_that_is_killed(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(KILLED)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, program], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    worker = int(process.stdout.readline())
    assert lives(worker)
    process.kill()
    process.wait()
    process.stdout.close()
    deadline = time.monotonic() + 30
    while lives(worker) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not lives(worker)
