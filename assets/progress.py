"""How far a long piece of work is: a bar on a terminal, elsewhere a line every ten seconds. What the work is, is not known here."""

import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TextIO

EVERY_SECONDS = 10.0

# Takes what is done, in words, and how many there are, None where nobody knows; gives what is to be called with how many more are done.
Doing = Callable[[str, int | None], AbstractContextManager[Callable[[int], None]]]


@contextmanager
def silent(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Shows nothing."""
    yield lambda count: None


def some(count: int, things: str) -> str:
    """A number of things, which are given in the plural.

    >>> some(1, "articles to read for quotes"), some(1, "reviewed corrections to follow"), some(2, "files to read")
    ('1 article to read for quotes', '1 reviewed correction to follow', '2 files to read')
    """
    one = re.sub(r"s\b", "", things, count=1)
    return f"{count} {one if count == 1 else things}"


def progress_line(line: str, done: int, total: int | None, seconds: float) -> str:
    """One line of how far a piece of work is.

    >>> progress_line("reading quotes", 300, 1200, 10.0)
    'reading quotes: 300 of 1200, 30 a second, about 30 s left'
    >>> progress_line("pairs", 0, None, 20.0), progress_line("reading files", 5, None, 10.0)
    ('pairs: for 20 s', 'reading files: 5, 0.5 a second')
    """
    if not done:
        return f"{line}: for {seconds:.0f} s"
    rate = done / seconds if seconds else 0.0
    count = f"{done} of {total}" if total else f"{done}"
    left = f", about {(total - done) / rate:.0f} s left" if total and rate else ""
    return f"{line}: {count}, {rate:.{1 if rate < 10 else 0}f} a second{left}"


def doing(log: Callable[[str], None], stream: TextIO | None = None, every: float = EVERY_SECONDS) -> Doing:
    """Shows work on `stream`, by default standard error, where that is a terminal; elsewhere says it to `log` every `every` seconds."""
    shown = sys.stderr if stream is None else stream
    return _on_terminal(shown) if shown.isatty() else in_lines(log, every)


def both(first: Doing, second: Doing) -> Doing:
    """Shows work in two ways, such as on a terminal and in the log of a run."""

    @contextmanager
    def work(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
        with first(what, total) as one, second(what, total) as other:

            def advance(count: int) -> None:
                one(count)
                other(count)

            yield advance

    return work


def in_lines(log: Callable[[str], None], every: float = EVERY_SECONDS) -> Doing:
    """Says to `log` every `every` seconds how far work is."""

    @contextmanager
    def work(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
        done, ended, started = [0], threading.Event(), time.monotonic()

        def say() -> None:
            while not ended.wait(every):
                log(progress_line(what, done[0], total, time.monotonic() - started))

        def advance(count: int) -> None:
            done[0] += count

        teller = threading.Thread(target=say, daemon=True)
        teller.start()
        try:
            yield advance
        finally:
            ended.set()
            teller.join()

    return work


def _on_terminal(stream: TextIO) -> Doing:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    console = Console(file=stream)

    @contextmanager
    def work(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TaskProgressColumn(show_speed=True),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task(what, total=total)
            yield lambda count: bar.advance(task, count)

    return work
