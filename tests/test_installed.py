"""The built wheel, in an environment of its own, as a person has it who never saw the checkout: `make installed`, which takes minutes.

INSTALLED_PYTHON names the interpreter that the environment is made with; INSTALLED_IN an environment that has the wheel already.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from assets.project import sample_corpus

ROOT = Path(__file__).resolve().parent.parent
NOT_TO_BE_SEEN = re.compile(r"warn(?!ing: \w+: \d+ rows?;)|deprecat|traceback|make ui|site-packages/(?!seeds/articles)", re.I)
PAGES_SECONDS = 240

pytestmark = pytest.mark.installed


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> Path:
    """A fresh environment with the wheel and what it asks for."""
    if given := os.environ.get("INSTALLED_IN"):
        return Path(given)
    folder = tmp_path_factory.mktemp("installed")
    tree = folder / "source"
    tree.mkdir()
    for name in ("assets", "pipelines", "seeds", "warehouse"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    pip = ("-m", "pip", "--disable-pip-version-check", "--quiet")
    subprocess.run([sys.executable, *pip, "wheel", "--no-deps", "--wheel-dir", folder, tree], check=True)
    subprocess.run([os.environ.get("INSTALLED_PYTHON") or sys.executable, "-m", "venv", folder / "venv"], check=True)
    [wheel] = folder.glob("*.whl")
    install = ("install", "--constraint", ROOT / "requirements.lock", wheel)
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([folder / "venv" / "bin" / "python", *pip, *install], env=alone, check=True)
    return folder / "venv"


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """An empty home and an empty folder to work in."""
    folder = tmp_path_factory.mktemp("person")
    for name in ("home", "here", "elsewhere"):
        (folder / name).mkdir()
    return folder


@pytest.fixture(scope="module")
def variables(environment: Path, place: Path) -> dict[str, str]:
    path = os.pathsep.join((str(environment / "bin"), "/usr/bin", "/bin"))
    return {"HOME": str(place / "home"), "PATH": path, "LANG": "C.UTF-8"}


@pytest.fixture(scope="module")
def copydesk(variables: dict[str, str], place: Path):
    def run(*arguments: str, status: int = 0) -> str:
        done = subprocess.run(["copydesk", *arguments], cwd=place / "here", env=variables, capture_output=True, text=True)
        assert done.returncode == status, done.stderr
        assert not NOT_TO_BE_SEEN.search(done.stderr + done.stdout), done.stderr + done.stdout
        return done.stdout

    return run


@pytest.fixture(scope="module")
def loaded(copydesk) -> str:
    return copydesk("load")


def test_a_load_finds_the_sample_and_writes_into_the_warehouse_only(loaded, place):
    assert "Dagster's pages: copydesk ui\n" in loaded
    assert "open warehouse/report.html" in loaded
    assert [path.name for path in (place / "here").iterdir()] == ["warehouse"]
    assert {path.name for path in (place / "home").iterdir()} <= {".cache"}
    with duckdb.connect(str(place / "here/warehouse/copydesk.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT count(*) FROM articles").fetchall()[0][0] > 20


def test_two_steps_go_from_csv_to_parquet(copydesk, place):
    pages = [path for path in sorted(sample_corpus().rglob("*.txt"))[:3] if path.stat().st_size]
    source = place / "elsewhere" / "pages.csv"
    rows = "".join(
        f'{n},"{path.read_text(errors="replace").replace(chr(34), chr(34) * 2)}",outlet\n' for n, path in enumerate(pages)
    )
    source.write_text("id,text,publisher\n" + rows)
    copydesk("clean", "../elsewhere/pages.csv", "../elsewhere/clean.csv")
    copydesk("quotes", "../elsewhere/clean.csv", "../elsewhere/quotes.parquet")
    found = pq.read_table(place / "elsewhere" / "quotes.parquet")
    assert found["publisher"].to_pylist() == ["outlet"] * len(pages)
    assert any(found["quotes"].to_pylist())


def test_what_reads_the_warehouse_works(loaded, copydesk):
    copydesk("export", "../elsewhere/export")
    copydesk("report", "../elsewhere/report.html")
    copydesk("settings")
    assert "complete" in copydesk("completion", "bash")
    assert "Nothing is new" in copydesk("load")


def test_the_pages_show_the_warehouse_and_end_with_a_signal(loaded, variables, place):
    before = {path.relative_to(place) for path in place.rglob("*") if "warehouse" not in path.parts and ".cache" not in path.parts}
    process = subprocess.Popen(
        ["copydesk", "ui"], cwd=place / "here", env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        address = re.search(r"http://\S+", process.stdout.readline())[0]
        asked = urllib.request.Request(
            f"{address}/graphql",
            b'{"query": "{ runsOrError { ... on Runs { results { status } } } assetsOrError { ... on AssetConnection { nodes { id } } } }"}',
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:
            text = answer.read().decode()
    finally:
        process.send_signal(signal.SIGINT)
        started = time.monotonic()
        out, err = process.communicate(timeout=PAGES_SECONDS)
    assert process.returncode == 0
    assert time.monotonic() - started < 60
    assert '"status":"SUCCESS"' in text.replace(" ", "")
    assert text.count('"id"') > 10
    assert not NOT_TO_BE_SEEN.search(out + err), err
    after = {path.relative_to(place) for path in place.rglob("*") if "warehouse" not in path.parts and ".cache" not in path.parts}
    assert after == before
