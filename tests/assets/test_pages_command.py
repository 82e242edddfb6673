"""`copydesk ui` and what is said of it: where Dagster keeps what it writes, which port it takes, and what a person types."""

import json
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import pytest
import yaml

from assets import pages, settings
from assets.cli import main
from assets.commands.ui import _command, _port, _take_corpus_of
from assets.history import environment_of_pages
from assets.project import choose_warehouse, history_home, ui_command, warehouse_paths
from warehouse import WarehousePaths

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    """Without settings of whoever runs the tests; what a command sets does not stay."""
    for name in ("COPYDESK_WAREHOUSE", "COPYDESK_CORPUS", "DAGSTER_HOME"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    yield
    choose_warehouse(None)


@pytest.fixture
def installed(monkeypatch, tmp_path):
    """As where the code lies in site-packages, and a person stands in another folder."""
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.setattr(settings, "_CHECKOUT", tmp_path / "site-packages")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def test_the_dagster_settings_that_are_shipped_are_those_of_the_checkout():
    assert (ROOT / "assets" / "dagster.yaml").read_text() == (ROOT / "dagster.yaml").read_text()


def test_an_installed_copydesk_keeps_everything_in_the_folder_of_the_warehouse_and_has_no_telemetry(installed):
    home = history_home(warehouse_paths())
    assert home == installed / "warehouse" / ".dagster"
    assert sorted(path.name for path in installed.iterdir()) == ["warehouse"]
    told = yaml.safe_load((home / "dagster.yaml").read_text())
    assert told["telemetry"] == {"enabled": False}
    folders = [
        told["storage"]["sqlite"]["base_dir"],
        *(told[part]["config"]["base_dir"] for part in ("local_artifact_storage", "compute_logs")),
    ]
    assert all(Path(folder).is_relative_to(home) for folder in folders)
    environment = environment_of_pages(warehouse_paths())
    assert (environment["DAGSTER_HOME"], environment["DAGSTER_DISABLE_TELEMETRY"]) == (str(home), "1")
    workspace = yaml.safe_load(Path(_command(home, "127.0.0.1", 3000)[-1]).read_text())
    assert workspace["load_from"][0]["python_module"] == {"module_name": "assets.definitions", "location_name": "copydesk"}


def test_a_folder_with_odd_letters_can_hold_the_history(tmp_path):
    home = history_home(WarehousePaths(tmp_path / 'a: "b" #c'))
    assert yaml.safe_load((home / "dagster.yaml").read_text())["storage"]["sqlite"]["base_dir"] == f"{home}/storage"


def test_the_hint_is_make_ui_in_a_checkout_only(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    assert ui_command(warehouse_paths()) == "make ui"
    assert ui_command(WarehousePaths(ROOT / "warehouses" / "my news")).endswith("copydesk ui --warehouse 'warehouses/my news'")
    monkeypatch.chdir(tmp_path)
    assert ui_command(warehouse_paths()).endswith("copydesk ui")
    monkeypatch.chdir(ROOT)
    choose_warehouse(str(ROOT / "elsewhere"))
    assert ui_command(warehouse_paths()).endswith("copydesk ui --warehouse elsewhere")


def test_the_hint_is_copydesk_ui_where_it_is_installed(installed):
    assert ui_command(warehouse_paths()) == "copydesk ui"
    assert ui_command(WarehousePaths(installed / "warehouses" / "news")) == "copydesk ui --warehouse warehouses/news"


def test_a_warehouse_that_is_named_is_loaded_from_its_own_corpus(tmp_path):
    (tmp_path / "corpus.txt").write_text("/data/one\n/data/two\n")
    _take_corpus_of(WarehousePaths(tmp_path), None)
    assert "COPYDESK_CORPUS" not in os.environ
    _take_corpus_of(WarehousePaths(tmp_path), str(tmp_path))
    assert json.loads(environment_of_pages(WarehousePaths(tmp_path))["COPYDESK_GIVEN"])["COPYDESK_CORPUS"] == "/data/one:/data/two"


def test_a_port_that_is_taken_is_told_and_passed_over_where_none_was_asked_for(tmp_path, capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert main(["ui", "--port", str(taken), "--warehouse", str(tmp_path)]) == 1
        assert "give another --port" in capsys.readouterr().err
    assert 3000 <= _port("127.0.0.1", None) < 3100
    assert main(["ui", "--port", "99999", "--warehouse", str(tmp_path)]) == 1
    assert "65535" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_pages_that_do_not_end_when_they_are_signalled_are_ended_by_force_with_all_that_they_started(monkeypatch, tmp_path, number):
    monkeypatch.setattr(pages, "SECONDS_TO_END", 0.3)
    stays = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN)"
    child = f"import os, sys, subprocess; subprocess.Popen([sys.executable, '-c', \"{stays}; time.sleep(60)\"])"
    program = f"{stays}; {child}; open('there', 'w').close(); time.sleep(60)"
    monkeypatch.chdir(tmp_path)
    with pages.running([sys.executable, "-c", program], dict(os.environ)) as process:
        while not Path("there").exists():
            time.sleep(0.02)
        signal.raise_signal(number)
        assert process.wait(timeout=20) == -signal.SIGKILL
    end = time.monotonic() + 10  # the child is buried by whoever takes it over
    while _is_there(process.pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _is_there(process.pid)


def test_pages_that_are_signalled_while_they_start_end_at_once_and_print_nothing(monkeypatch, tmp_path, capfd):
    program = "import sys, time; open('there', 'w').close(); time.sleep(60)"  # as where modules are imported
    monkeypatch.chdir(tmp_path)
    signalled, answers = threading.Event(), threading.Event()
    with pages.running([sys.executable, "-c", program], dict(os.environ), signalled, answers) as process:
        while not Path("there").exists():
            time.sleep(0.02)
        signal.raise_signal(signal.SIGINT)
        assert process.wait(timeout=20) == -signal.SIGKILL
    assert signalled.is_set()
    assert capfd.readouterr().err == ""


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
