"""One load at a time."""

import subprocess
import sys

import pytest

from warehouse import LoadRunningError, exclusive_lock

HOLD = "import sys, time; from pathlib import Path; from warehouse import exclusive_lock\nwith exclusive_lock(Path(sys.argv[1])):\n print('held', flush=True); time.sleep(60)"


def is_locked(path):
    try:
        with exclusive_lock(path):
            return False
    except LoadRunningError:
        return True


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path / ".lock")], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_a_second_load_says_who_holds_the_lock(tmp_path, holder):
    with pytest.raises(LoadRunningError, match=f"process {holder.pid}"), exclusive_lock(tmp_path / ".lock"):
        pass


def test_a_second_load_waits_and_says_so(tmp_path, holder):
    said = []
    with pytest.raises(LoadRunningError), exclusive_lock(tmp_path / ".lock", 0.5, said.append):
        pass
    assert len(said) == 1
    assert "waiting" in said[0]


def test_the_lock_dies_with_its_process(tmp_path, holder):
    assert is_locked(tmp_path / ".lock")
    holder.kill()
    holder.wait()
    assert not is_locked(tmp_path / ".lock")
