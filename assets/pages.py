"""A process that shows Dagster's pages, with all that it starts: it ends as it wants when it is signalled, and by force where that takes long."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

SECONDS_TO_END = 3.5  # then it is killed; what a load has written is kept


@contextmanager
def running(
    command: list[str],
    environment: dict[str, str],
    signalled: threading.Event | None = None,
    answers: threading.Event | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """The process, in a group of its own, so that a signal ends it in the order that it wants. Ctrl-C and SIGTERM end it, and set `signalled`. Where
    `answers` is given and not set yet, it is killed: nothing is under way, and Python prints a traceback where a signal meets it in its imports."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background of a script; what is started here would ignore it too
        signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, env=environment, process_group=0, stdin=subprocess.DEVNULL)

    def kill() -> None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    killer = threading.Timer(SECONDS_TO_END, kill)
    killer.daemon = True

    def end(number: int, frame: FrameType | None) -> None:
        if signalled is not None:
            signalled.set()
        if answers is not None and not answers.is_set():
            kill()
        elif process.poll() is None:
            process.send_signal(signal.SIGINT)
            if killer.ident is None:
                killer.start()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield process
    finally:
        end(signal.SIGINT, None)
        process.wait()
        killer.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)
