"""What long work says of how far it is."""

import io
import time
from contextlib import contextmanager

from assets.progress import both, doing, in_lines


def test_elsewhere_than_on_a_terminal_a_line_says_count_rate_and_time_left():
    lines: list[str] = []
    with doing(lines.append, io.StringIO(), every=0.05)("reading quotes", 100) as advance:
        advance(50)
        time.sleep(0.2)
    said = len(lines)
    assert said >= 1
    assert lines[0].startswith("reading quotes: 50 of 100, ")
    assert "left" in lines[0]
    time.sleep(0.1)
    assert len(lines) == said
    with doing(lines.append, io.StringIO(), every=5)("short work", 1):
        pass
    assert len(lines) == said


def test_a_terminal_shows_a_bar_and_leaves_nothing_behind():
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal, lines = Terminal(), []
    with doing(lines.append, terminal)("reading quotes", 4) as advance:
        advance(3)
        time.sleep(0.3)
    assert lines == []
    assert "reading quotes" in terminal.getvalue()
    assert "3/4" in terminal.getvalue()


def test_what_a_terminal_shows_as_a_bar_the_log_of_a_run_has_in_lines():
    bar: list[int] = []
    lines: list[str] = []

    @contextmanager
    def shown(what, total):
        yield bar.append

    with both(shown, in_lines(lines.append, every=0.05))("reading quotes", 100) as advance:
        advance(50)
        time.sleep(0.2)
    assert bar == [50]
    assert lines[0].startswith("reading quotes: 50 of 100, ")
