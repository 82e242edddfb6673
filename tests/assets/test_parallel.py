"""Batches in processes of their own: in order, and none left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow as pa
import pytest

from assets.stages import parallel
from assets.stages.parallel import WorkerEndedError, apart, ask, map_batches
from pipelines import compiled

ROOT = Path(__file__).resolve().parents[2]
KILLED = """
import pyarrow as pa
from assets.stages.parallel import map_batches
from tests.assets.test_parallel import stay
if __name__ == "__main__":
    list(map_batches(stay, [(pa.table({"id": [1]}),)], rows=1, worth_it=1))
"""

ENDED = """
import pyarrow as pa
from assets.stages.parallel import map_batches
if __name__ == "__main__":
    print(len(list(map_batches(pa.Table.combine_chunks, [(pa.table({"id": [1]}),)] * 3, rows=1, worth_it=1))))
"""


def stay(rows: pa.Table) -> pa.Table:
    """Says who works here and does not end by itself."""
    os.write(1, f"{os.getpid()}\n".encode())
    time.sleep(120)
    return rows


def say(rows: pa.Table) -> pa.Table:
    compiled.announce("a package: compiling once")
    return rows


WORKED: list[int] = []  # in a process: those that worked before it was forked, and itself


def work() -> list[int]:
    """The processes whose memory this one has."""
    time.sleep(0.1)
    if os.getpid() not in WORKED:
        WORKED.append(os.getpid())
    return WORKED


def keep_thread() -> list[int]:
    threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
    return work()


def add(number: int) -> int:
    return number + sum(ask(number))


def fail() -> None:
    raise ValueError("no such row")


def end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def lives(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


@pytest.fixture(params=["forked", "started one by one"])
def processes(request, monkeypatch):
    """How processes come about on this system, and on those that do not fork."""
    if request.param == "forked" and not parallel.FORKS:
        pytest.skip("this system does not fork")
    if request.param != "forked":
        monkeypatch.setattr(parallel, "FORKS", False)
        monkeypatch.setattr(parallel, "CONTEXT", multiprocessing.get_context("spawn"))


@pytest.fixture(autouse=True)
def two_processors(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def test_results_come_in_the_order_of_the_jobs_in_one_process_or_many(processes):
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


@pytest.mark.skipif(not parallel.FORKS, reason="this system does not fork")
def test_what_the_first_process_has_loaded_the_others_share(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    worked = [result for _, result in map_batches(work, [()] * 12, rows=12, worth_it=1)]
    first = worked[0][0]
    assert {found[0] for found in worked} == {first}
    assert len({found[-1] for found in worked}) == 3
    assert max(map(len, worked)) == 2  # the others are forked from the first, not one from the other


@pytest.mark.skipif(not parallel.FORKS, reason="this system does not fork")
def test_a_process_that_has_threads_is_not_forked_and_does_all_jobs():
    worked = [result for _, result in map_batches(keep_thread, [()] * 5, rows=5, worth_it=1)]
    assert len({tuple(found) for found in worked}) == 1


def test_work_apart_asks_for_what_it_needs_and_stays_in_no_memory():
    assert apart(add, 3, answer=lambda number: [9 * number, number]) == 33
    alone = apart(work, answer=lambda question: [])
    assert len(alone) == 1
    assert not lives(alone[0])
    with pytest.raises(KeyError):
        apart(add, 3, answer={}.__getitem__)


def test_what_compiles_is_done_first_by_a_process_that_ends():
    worked = [result for _, result in map_batches(work, [()] * 5, rows=5, worth_it=1, compiles=True)]
    alone = worked[0][0]
    assert all(alone not in found for found in worked[1:])
    assert not lives(alone)


def test_an_error_of_the_work_is_raised_here_and_says_where_it_came_up():
    with pytest.raises(ValueError, match="no such row") as caught:
        list(map_batches(fail, [()] * 5, rows=5, worth_it=1))
    assert "in fail" in "".join(caught.value.__notes__)


def test_a_process_that_is_killed_ends_the_work_and_the_others(processes):
    with pytest.raises(WorkerEndedError):
        list(map_batches(end, [()] * 5, rows=5, worth_it=1))
    assert not [process for process in multiprocessing.active_children() if process.is_alive()]


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


@pytest.mark.parametrize(
    "started", ["", "import assets.stages.parallel as p, multiprocessing as m; p.FORKS, p.CONTEXT = False, m.get_context('spawn')"]
)
def test_processes_end_without_a_word(tmp_path, started):
    program = tmp_path / "program.py"
    program.write_text(f"{started}\n{ENDED}")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, program], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("3\n", "")
