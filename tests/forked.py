"""Loads by the command in processes of their own, forked from one that has imported what takes seconds. They can be read from and killed."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection

import assets.stages.parallel  # noqa: F401  # names what its server imports; here that is more
from assets.cli import main

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["assets.cli", "assets.commands.load", "assets.definitions"])


class Command:
    """A command that runs in a session of its own, so that a signal to its group reaches what it started too."""

    def __init__(self, arguments: list[str], environment: Mapping[str, str]) -> None:
        said, says = CONTEXT.Pipe(duplex=False)
        self._process = CONTEXT.Process(target=_run, args=(arguments, dict(environment), says))
        self._process.start()
        says.close()
        self.stderr = os.fdopen(os.dup(said.fileno()), encoding="utf-8", errors="replace")
        said.close()

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """As of `subprocess.Popen`: negative where a signal ended it."""
        return self._process.exitcode

    def communicate(self) -> tuple[str, str]:
        """What it still says, once it has ended."""
        said = self.stderr.read()
        self.stderr.close()
        self._process.join()
        return "", said


def _run(arguments: list[str], environment: dict[str, str], says: Connection) -> None:
    os.setsid()
    os.environ.update(environment)
    os.dup2(says.fileno(), 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(main(arguments))
