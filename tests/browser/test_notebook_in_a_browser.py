"""The notebook over the sample, run by marimo in a real browser."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from assets.project import sample_corpus
from tests.browser.pages import Browser, expect, page_without_errors
from tests.browser.test_ui_in_a_browser import answers, stop
from tests.loading import load_folder

if importlib.util.find_spec("marimo") is None:
    pytest.skip("no marimo here: pip install '.[dev]'", allow_module_level=True)

NOTEBOOK = Path(__file__).resolve().parent.parent.parent / "notebooks" / "sample.py"
OUTLETS = ("osmark-today", "tidewire", "lantern-post")  # which report the same words
START_SECONDS = 120


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, corpus = tmp_path_factory.mktemp("warehouse"), tmp_path_factory.mktemp("corpus")
    for outlet in OUTLETS:
        shutil.copytree(sample_corpus() / outlet, corpus / outlet)
    load_folder(folder, corpus)
    return folder


@pytest.fixture(scope="module")
def address(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "marimo", "run", "--headless", "--no-token", "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, "COPYDESK_WAREHOUSE": str(warehouse), "HOME": str(tmp_path_factory.mktemp("home"))}
    place = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [*command, str(NOTEBOOK)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        end = time.monotonic() + START_SECONDS
        while not answers(place, "/health"):
            assert process.poll() is None, "marimo ended by itself"
            assert time.monotonic() < end, f"marimo did not answer in {START_SECONDS} s"
            time.sleep(0.2)
        yield place
    finally:
        stop(process)


def test_its_cells_show_what_the_warehouse_holds_and_a_statement_is_followed(
    browser: Browser, address: str, warehouse: Path
) -> None:
    with duckdb.connect(str(warehouse / "copydesk.duckdb"), read_only=True) as desk:
        articles = desk.execute("SELECT count(*) FROM articles").fetchall()[0][0]
        statements = desk.execute("SELECT left(text, 90), reports FROM utterances ORDER BY reports DESC, utterance_id").fetchall()
        reports = desk.execute("SELECT count(*) FROM utterance_reports GROUP BY utterance_id ORDER BY ALL").fetchall()
    with page_without_errors(browser) as page:
        page.goto(address)
        expect(page.get_by_text(f"{articles} articles of {len(OUTLETS)} outlets")).to_be_visible()
        expect(page.get_by_role("heading", name="One statement over outlets")).to_be_visible()
        chosen = page.get_by_label("A statement")
        chosen.select_option(label=statements[-1][0])
        expect(page.get_by_text(f"{reports[0][0]} rows, 5 columns", exact=True)).to_be_visible()
        expect(page.get_by_text("Traceback")).to_have_count(0)
