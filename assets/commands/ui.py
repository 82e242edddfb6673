"""`copydesk ui`: Dagster's pages of a warehouse, until they are ended."""

import argparse
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from assets.commands.rows import complain, progress
from assets.errors import CommandError
from assets.history import environment_of_pages
from assets.pages import running
from assets.project import choose_warehouse, load_environment, named_corpus, refuse_missing, roots_of, shown_path, warehouse_paths
from assets.settings import is_checkout, project_root
from warehouse import WarehousePaths

_FIRST_PORT, _PORTS = 3000, 100
_PATIENCE = 180  # seconds until the pages must answer

# The code location has one name however it is started, so that the schedule and the sensor have one state.
_WORKSPACE = """load_from:
  - python_module: {module_name: assets.definitions, location_name: copydesk}
"""


def run(options: argparse.Namespace) -> int:
    load_environment()
    choose_warehouse(options.warehouse)
    paths = warehouse_paths()
    refuse_missing(paths, options.warehouse)
    _take_corpus_of(paths, options.warehouse)
    port = _port(options.host, options.port)
    try:
        environment = environment_of_pages(paths)
        command = _command(Path(environment["DAGSTER_HOME"]), options.host, port)
    except OSError as error:
        raise CommandError(
            f"cannot use the warehouse folder {str(paths.folder)!r} ({error}): give a folder that can be written to, with --warehouse"
        ) from error
    address = f"http://{'localhost' if options.host in ('127.0.0.1', '0.0.0.0') else options.host}:{port}"
    progress(f"starting Dagster's pages of {shown_path(paths.folder)}, which takes some seconds ...")
    signalled, answers = threading.Event(), threading.Event()
    with running(command, environment, signalled, answers) as process:
        _wait_for(address, process, signalled)
        answers.set()
        if signalled.is_set():
            return 0
        print(f"Dagster's pages: {address}    Ctrl-C ends them.", flush=True)
        if not paths.published.exists():
            print('The warehouse is empty: press "Materialize all" there, or run `copydesk load`.', flush=True)
        process.wait()
    return 0


def _take_corpus_of(paths: WarehousePaths, given: str | None) -> None:
    """A warehouse that an option names is loaded from the corpus that it has, not from a configured one that is another."""
    corpus = named_corpus(paths)
    if given and corpus:
        os.environ["COPYDESK_CORPUS"] = os.pathsep.join(map(str, roots_of(corpus)))


def _port(host: str, wanted: int | None) -> int:
    """The port that was asked for, or the first one from 3000 on that is free."""
    for port in [wanted] if wanted else range(_FIRST_PORT, _FIRST_PORT + _PORTS):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((host, port))
            except OverflowError as error:
                raise CommandError(f"--port {port}: give a number from 1 to 65535") from error
            except OSError as error:
                if wanted:
                    raise CommandError(
                        f"cannot listen at {host}:{port} ({error.strerror}): give another --port, or leave it out"
                    ) from error
                continue
            return port
    raise CommandError(f"no port from {_FIRST_PORT} to {_FIRST_PORT + _PORTS - 1} is free at {host}: give another one with --port")


def _command(home: Path, host: str, port: int) -> list[str]:
    command = [sys.executable, "-P", "-m", "dagster", "dev", "--host", host, "--port", str(port), "--log-level", "warning"]
    if is_checkout() and Path.cwd() == project_root():
        return command  # what pyproject.toml says
    workspace = home / "workspace.yaml"
    workspace.write_text(_WORKSPACE, encoding="utf-8")
    return [*command, "--workspace", str(workspace)]


def _wait_for(address: str, process: subprocess.Popen[bytes], signalled: threading.Event) -> None:
    """Until the pages answer, or a signal ends them. Raises CommandError where they end by themselves before."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if signalled.is_set():
            return
        if process.poll() is not None and not signalled.is_set():
            raise CommandError("Dagster ended before its pages were there; the messages above say why")
        try:
            with urllib.request.urlopen(f"{address}/server_info", timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    complain(f"copydesk ui: the pages at {address} do not answer yet; still waiting, Ctrl-C ends it")
