"""Searches with atheris for inputs that break what `targets.py` says: `make fuzz`.

    python -m benchmarks.fuzzing [--seconds N] [TARGET…]

Each target has a process of its own, which begins from the sample corpus and the cases found before. An input that breaks something is put into
tests/cases/fuzzed/, named by target and content, and is a test from then on: fix the fault, and commit both. Exit status 1 where one was found.
What was covered is kept in .fuzzing/ and begun from the next time.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from benchmarks.fuzzing.targets import ENDINGS, MAX_BYTES, TARGETS

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "fuzzed"
COVERED = ROOT / ".fuzzing"
SECONDS = 900
SECONDS_OF_ONE = 120  # an input that takes longer is a find


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all where none is given")
    options.add_argument("--seconds", type=int, default=SECONDS, help=f"of each target (by default {SECONDS})")
    options.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    unknown = set(chosen.targets) - set(TARGETS)
    if unknown:
        options.error(f"no target {sorted(unknown)[0]!r}: allowed are {', '.join(TARGETS)}")
    if chosen.inside:
        search(chosen.targets[0], chosen.seconds)
    before = set(CASES.iterdir()) if CASES.is_dir() else set()
    for target in chosen.targets or TARGETS:
        print(f"== {target}", flush=True)
        subprocess.run(
            [sys.executable, "-m", "benchmarks.fuzzing", "--inside", "--seconds", str(chosen.seconds), target],
            cwd=ROOT,
            check=False,
        )
    found = sorted(set(CASES.iterdir()) - before)
    for path in found:
        print(f"found {path.relative_to(ROOT)}")
    return 1 if found else 0


def search(target: str, seconds: int) -> None:
    """Does not come back: libFuzzer ends the process."""
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not there: `make fuzz` sets up an environment with it, or pip install atheris")
    for path in list(sys.modules):
        if path.startswith("pipelines."):
            del sys.modules[path]
    with atheris.instrument_imports(include=["pipelines"], exclude=compiled_modules()):
        import importlib

        import benchmarks.fuzzing.targets as plain

        targets = importlib.reload(plain).TARGETS
    targets[target](b"\x03The ferry sails again, Mara Quill said.")  # what is compiled and read once counts against no input
    CASES.mkdir(parents=True, exist_ok=True)
    covered = COVERED / target
    covered.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as begins:
        write_begins(target, Path(begins))
        flags = [
            f"-max_total_time={seconds}",
            f"-max_len={MAX_BYTES}",
            f"-timeout={SECONDS_OF_ONE}",
            f"-artifact_prefix={CASES}/{target}-",
            "-rss_limit_mb=4096",
            "-print_final_stats=1",
        ]
        atheris.Setup([sys.argv[0], *flags, str(covered), begins], noting(target, targets[target]))
        atheris.Fuzz()


def compiled_modules() -> list[str]:
    """The modules that numba compiles, which it cannot where calls of atheris stand in them: after the first text of some length every input would
    break something."""
    names = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in (ROOT / "pipelines").rglob("*.py"))
    return sorted(name.removesuffix(".__init__") for name in names if "kernels" in name.split("."))


def noting(target: str, promised: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The promise; what breaks it is written down, once for each place where it is noticed, and the search goes on."""
    places = set()

    def check(data: bytes) -> None:
        try:
            promised(data)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            if (last.filename, last.lineno) not in places:
                places.add((last.filename, last.lineno))
                (CASES / f"{target}-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)
                traceback.print_exc()

    return check


def write_begins(target: str, folder: Path) -> None:
    """Files to begin from: the sample corpus, and what was found for this target."""
    for number, path in enumerate(sorted((ROOT / "seeds" / "articles").rglob("*"))):
        if path.is_file():
            data = path.read_bytes()[: MAX_BYTES - 1]
            ending = "".join(path.suffixes)
            first = bytes([ENDINGS.index(ending)]) if ending in ENDINGS else b"\x03"
            (folder / str(number)).write_bytes(first + data if target == "readers" else data)
    for path in CASES.glob(f"{target}-*"):
        (folder / path.name).write_bytes(path.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
