"""Copies of the checkout, to be edited and run by a process of their own."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def copy_checkout(folder: Path) -> Path:
    """The code and data below `folder`, without the sample corpus."""
    for name in ("assets", "pipelines", "seeds", "warehouse"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.duckdb*", "articles"))
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "loading.py", folder / "tests")
    return folder


def run_in(checkout: Path, script: str, *arguments: Path | str, **environment: str) -> Any:
    """What a script prints as JSON in its last line, run by the code of a checkout."""
    ours = {"PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}
    if checkout != ROOT:
        ours["NUMBA_CACHE_DIR"] = str(checkout)
    command = [sys.executable, "-W", "ignore", "-c", script, *map(str, arguments)]
    run = subprocess.run(command, cwd=checkout, env={**os.environ, **ours, **environment}, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


@contextmanager
def edited(file: Path, pattern: str, replacement: str) -> Iterator[None]:
    """The first place in a file that a pattern finds is another within."""
    text = file.read_text(encoding="utf-8")
    changed = re.sub(pattern, replacement, text, count=1, flags=re.M)
    assert changed != text, f"{pattern} is not in {file}"
    file.write_text(changed, encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(text, encoding="utf-8")
