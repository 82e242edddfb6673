"""What a newcomer does first, in a real browser: start the UI, materialize everything, look at an asset, its checks, schedule and sensor.

With COPYDESK_SCREENSHOTS=docs/images the pictures of the README are written there.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from assets.definitions import defs
from pipelines.vocabulary import DuplicateKind
from tests.browser.pages import Browser, Page, expect, page_without_errors
from warehouse.dictionary import dictionary

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT_FILES = ("Makefile", "pyproject.toml", "requirements.lock", "dagster.yaml")
PROJECT_FOLDERS = ("assets", "pipelines", "seeds", "warehouse")
OF_GROUP: dict[str, list[str]] = {}
for spec in defs.resolve_all_asset_specs():
    OF_GROUP.setdefault(spec.group_name, []).append(spec.key.to_user_string())
GROUPS = sorted(OF_GROUP)
START_SECONDS = 180
LOAD_SECONDS = 600
SHOWN_MS = 120_000

expect.set_options(timeout=SHOWN_MS)


@dataclass(frozen=True)
class RunningUI:
    address: str
    project: Path
    log: Path

    @property
    def published(self) -> Path:
        return self.project / "warehouse" / "copydesk.duckdb"


@pytest.fixture(scope="module")
def ui(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningUI]:
    """What `make ui` starts, in a copy of the project with a warehouse and a run history of its own, on a free port."""
    project = tmp_path_factory.mktemp("copydesk")
    for name in PROJECT_FILES:
        shutil.copy(ROOT / name, project)
    for name in PROJECT_FOLDERS:
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "*.duckdb*", ".lock", "report.*"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command, environment = command_of_make_ui(project)
    log = project / "ui.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            cwd=project,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            running = RunningUI(f"http://127.0.0.1:{port}", project, log)
            wait_until(lambda: answers(running.address), process, log)
            yield running
        finally:
            stop(process)


def command_of_make_ui(project: Path) -> tuple[list[str], dict[str, str]]:
    """The last line that `make ui` would run, with this interpreter in place of the one in `.venv`."""
    handed_down = ("MAKE", "MFLAGS", "COPYDESK_", "DAGSTER_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(handed_down)}
    printed = subprocess.run(
        ["make", "--dry-run", "ui"], cwd=project, env=environment, capture_output=True, text=True, check=True
    ).stdout
    words = shlex.split(printed.splitlines()[-1])
    settings = [word for word in words if re.match(r"[A-Z_]+=", word)]
    environment |= dict(word.split("=", 1) for word in settings)
    command = [sys.executable if word == ".venv/bin/python" else word for word in words[len(settings) :]]
    assert command[0] == sys.executable
    return command, environment | {"HOME": str(project), "PYTHONUNBUFFERED": "1"}


def answers(address: str, path: str = "/server_info") -> bool:
    try:
        with urllib.request.urlopen(f"{address}{path}", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while not condition():
        tail = log.read_text(errors="replace")[-3000:]
        assert process.poll() is None, f"the UI ended by itself:\n{tail}"
        assert time.monotonic() < end, f"the UI did not answer in {START_SECONDS} s:\n{tail}"
        time.sleep(0.5)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the UI and everything that it started."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(timeout=30)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


@pytest.fixture(scope="module")
def materialized(ui: RunningUI, browser: Browser) -> str:
    """Click "Materialize all" in the asset graph and wait for success; the run's id."""
    with page_without_errors(browser) as page:
        page.goto(f"{ui.address}/asset-groups")
        for group in GROUPS:
            expect(page.locator("svg").get_by_text(group, exact=True)).to_be_visible()
        page.get_by_role("button", name="Materialize all").click()
        page.get_by_role("button", name="View", exact=True).or_(page.get_by_role("link", name="View", exact=True)).first.click()
        page.wait_for_url(re.compile(r"/runs/[0-9a-f-]{36}"))
        run_id = page.url.split("/runs/")[1][:36]
        ended = page.get_by_text(re.compile(r"^(Success|Failure|Canceled)$")).first
        expect(ended).to_be_visible(timeout=LOAD_SECONDS * 1000)
        assert ended.inner_text() == "Success", ui.log.read_text(errors="replace")[-5000:]
    return run_id


def picture(page: Page, name: str) -> None:
    """Keep a screenshot where one is asked for."""
    folder = os.environ.get("COPYDESK_SCREENSHOTS")
    if folder:
        page.wait_for_timeout(4000)  # drawings fade in
        page.screenshot(path=ROOT / folder / f"{name}.png")


def count(ui: RunningUI, table: str) -> int:
    with duckdb.connect(str(ui.published), read_only=True) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def test_materialize_all_publishes_a_warehouse(ui: RunningUI, materialized: str) -> None:
    with duckdb.connect(str(ui.published), read_only=True) as connection:
        runs = [run for (run,) in connection.execute("SELECT load_id FROM loads").fetchall()]
    assert runs, materialized
    assert count(ui, "documents") == count(ui, "articles") + count(ui, "rejects")
    assert count(ui, "quotes") > 0


@pytest.mark.parametrize("group", GROUPS)
def test_the_graph_shows_every_asset_of_a_group_materialized(ui: RunningUI, materialized: str, page: Page, group: str) -> None:
    # Enough for all boxes to be drawn, and to show their state.
    page.set_viewport_size({"width": 2500, "height": max(1560, 340 * len(OF_GROUP[group]))})
    page.goto(f"{ui.address}/asset-groups?expanded=global@global:{group}")
    page.get_by_text("Hide navigation").click()
    page.get_by_role("button", name="Materialize all").wait_for()
    page.reload()
    for name in OF_GROUP[group]:
        expect(page.locator("svg").get_by_text(as_drawn(name)).first).to_be_visible()
    expect(page.locator("svg").get_by_text("Materialized", exact=True)).to_have_count(len(OF_GROUP[group]))
    if group == "duplicates":
        page.set_viewport_size({"width": 2500, "height": 1150})
        page.reload()
        expect(page.locator("svg").get_by_text("Materialized", exact=True)).to_have_count(len(OF_GROUP[group]))
        expect(page.get_by_text("fetching statuses")).to_have_count(0)
        picture(page, "asset-graph")


def as_drawn(name: str) -> re.Pattern[str]:
    """The name of an asset in its box, where a long one lacks its middle."""
    return re.compile(rf"^({re.escape(name)}|{re.escape(name[:6])}\w*…\w*{re.escape(name[-6:])})$")


@pytest.mark.parametrize("table", ["documents", "articles", "rejects", "quotes", "unique_articles"])
def test_an_asset_shows_its_description_rows_and_preview(ui: RunningUI, materialized: str, page: Page, table: str) -> None:
    page.goto(f"{ui.address}/assets/{table}")
    expect(page.get_by_text("Description", exact=True).first).to_be_visible()
    row_count = page.get_by_text("Row count", exact=True).locator("xpath=..")
    expect(row_count).to_contain_text(str(count(ui, table)))
    expect(page.get_by_text("preview", exact=True)).to_be_visible()
    expect(page.get_by_text("No description")).to_have_count(0)
    if table in ("articles", "unique_articles"):
        expect(page.get_by_text(dictionary()[table].columns[0].comment, exact=True)).to_be_visible()
    expect(page.get_by_text(f"copydesk.main.{table}", exact=True).first).to_be_visible()
    expect(page.get_by_text("copy-desk", exact=True)).to_be_visible()
    if table == "quotes":
        picture(page, "asset-quotes")


def test_numbers_of_an_asset_are_drawn(ui: RunningUI, materialized: str, page: Page) -> None:
    page.goto(f"{ui.address}/assets/duplicate_pairs")
    page.get_by_role("button", name="Plots").click()
    for kind in DuplicateKind:
        expect(page.get_by_text(f"kinds/{kind}", exact=True)).to_be_visible()


def test_a_published_file_says_whether_it_is_fresh(ui: RunningUI, materialized: str, page: Page) -> None:
    page.goto(f"{ui.address}/assets/published_warehouse")
    expect(page.get_by_text("Warns if more than 2 days since last materialization")).to_be_visible()


def test_the_checks_of_an_asset_have_passed(ui: RunningUI, materialized: str, page: Page) -> None:
    page.goto(f"{ui.address}/assets/quotes?view=checks")
    page.get_by_text("quotes_match_body", exact=True).first.click()
    expect(page.get_by_text("Passed", exact=True)).to_be_visible()
    expect(page.get_by_text("This is a blocking asset check.")).to_be_visible()
    picture(page, "asset-checks")


def test_schedule_and_sensor_are_running(ui: RunningUI, materialized: str, page: Page) -> None:
    page.goto(f"{ui.address}/automation")
    for name in ("hourly", "new_files"):
        row = page.locator("div", has=page.get_by_text(name, exact=True)).filter(has=page.locator("input[type=checkbox]:checked"))
        expect(row.last).to_be_visible()
    expect(page.locator("input[type=checkbox]:checked")).to_have_count(2)
    picture(page, "automation")


def test_no_run_has_failed(ui: RunningUI, materialized: str, page: Page) -> None:
    """The sensor starts a load too: neither it nor the click may trip over the other."""
    page.goto(f"{ui.address}/runs")
    expect(page.get_by_text(materialized[:8], exact=True).first).to_be_visible()
    expect(page.get_by_text("Failure", exact=True)).to_have_count(0)
