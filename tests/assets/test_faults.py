"""Faults put in on purpose, for `make faults`: a load killed in named places and at random moments, and a disk that is full at any write.

What costs a few seconds stands in `test_keeping.py`.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from assets.stages.catalogue import CATALOGUE
from tests.assets.test_keeping import text
from tests.loading import load_folder

pytestmark = pytest.mark.faults

ROOT = Path(__file__).resolve().parents[2]
STAGES = ["ingest", *(declared.name for declared in CATALOGUE)]
PLACES = [f"{when} {stage}" for stage in STAGES for when in ("in", "after")] + ["before copy", "after copy", "after replace"]

# A load that kills itself at the place given: inside of the transaction of a stage, after it, or around the publish step.
PROGRAM = """
import functools, os, signal, sys
from assets.cli import main
from assets.stages import ingest, load, runner
from warehouse import copying

def at(place, function, before=False):
    @functools.wraps(function)
    def patched(*given, **named):
        name = getattr(given[1], "name", "") if len(given) > 1 else ""
        if before and place.format(name) == wanted:
            os.kill(os.getpid(), signal.SIGKILL)
        found = function(*given, **named)
        if place.format(name) == wanted:
            os.kill(os.getpid(), signal.SIGKILL)
        return found
    return patched

wanted, publishing = sys.argv[1], sys.modules["warehouse.publish"]
runner._note = at("in {}", runner._note)
runner.run_stage = at("after {}", runner.run_stage)
ingest._write_records = at("in ingest", ingest._write_records)
ingest.ingest_roots = at("after ingest", ingest.ingest_roots)
copying.copy_all = at("after copy", at("before copy", copying.copy_all, before=True))
publishing._replace = at("after replace", publishing._replace)
sys.exit(main(sys.argv[2:]))
"""


def started(place: str, folder: Path, *arguments: str) -> subprocess.Popen:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COPYDESK_", "DAGSTER_"))}
    command = [
        sys.executable,
        "-c",
        PROGRAM,
        place,
        "load",
        "--warehouse",
        str(folder / "warehouse"),
        *arguments,
        str(folder / "corpus"),
    ]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def write_corpus(folder: Path, first: int, last: int) -> None:
    outlet = folder / "corpus" / "outlet"
    outlet.mkdir(parents=True, exist_ok=True)
    for number in range(first, last):
        (outlet / f"{number}.txt").write_text(text(number))


def good(folder: Path, least: int) -> None:
    """The published file can be read, and holds what was published."""
    with duckdb.connect(str(folder / "warehouse" / "copydesk.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchall()[0][0] >= least


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("faults")
    write_corpus(folder, 1, 4)
    (folder / "corrections").mkdir()
    (folder / "corrections" / "desk.toml").write_text(
        '[[names]]\nsame = ["Ada Quill", "Ada Quil"]\n'
    )  # so that this stage has work
    assert started("nowhere", folder).wait() == 0
    return folder


def test_a_load_killed_anywhere_loses_nothing_and_the_next_one_goes_on(loaded, tmp_path):
    chance = random.Random(5)
    killed = 0
    for place in [*PLACES, *[""] * 25]:
        write_corpus(loaded, 1, 4 + killed // 10)
        run = started(place or "nowhere", loaded, "--full-refresh")
        if not place:
            time.sleep(chance.uniform(0.3, 6.0))
            run.kill()
        _, said = run.communicate(timeout=300)
        assert run.returncode in (-signal.SIGKILL, 0), (place, said)
        assert place == "" or run.returncode, f"no load came by {place!r}"
        killed += run.returncode != 0
        good(loaded, 3)
    assert killed >= 40
    assert started("nowhere", loaded).wait() == 0
    assert load_folder(loaded / "warehouse", loaded / "corpus", load_id="last") == load_folder(
        tmp_path / "fresh", loaded / "corpus"
    )


@pytest.mark.parametrize("part", range(12))
def test_a_disk_that_is_full_at_any_write_is_one_message_and_loses_nothing(loaded, tmp_path, part):
    disk = tmp_path / "disk"
    disk.mkdir()
    held = sum(file.stat().st_size for file in (loaded / "warehouse").rglob("*") if file.is_file())
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={4 * held}", "none", str(disk)], capture_output=True).returncode:
        pytest.skip("no right to mount a small disk here")
    try:
        shutil.copytree(loaded / "warehouse", disk / "warehouse")
        (disk / "corpus").symlink_to((loaded / "corpus").resolve())
        room = shutil.disk_usage(disk).free
        (disk / "ballast").write_bytes(b"\0" * (room * (12 - part) // 12))
        run = started("nowhere", disk, "--full-refresh")
        _, said = run.communicate(timeout=300)
        good(disk, 3)
        assert not {"Traceback", "Exception"} & set(said.split())
        assert run.returncode == 0 or "make room" in said
        (disk / "ballast").unlink()
        assert started("nowhere", disk).wait() == 0
        good(disk, 3)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
