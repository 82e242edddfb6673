"""What this process and all that it began take: processor time, and the memory of the processes in Python and of Java, watched while they run."""

import os
import resource
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

TICKS = os.sysconf("SC_CLK_TCK")
EVERY = 0.5  # seconds between two looks


class Watched:
    """Looks at all descendants twice a second, so that those that end in between are counted too."""

    def __init__(self) -> None:
        self._workers, self._java = 0, 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._before = _seconds()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    def processor_seconds(self) -> float:
        """Of this process and all that it began, those that have ended too."""
        return _seconds() - self._before

    def largest_mb(self) -> dict[str, int]:
        """The most memory that this process took, the largest of its children in Python, and of Java."""
        self._look()
        children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        workers = self._workers or children
        driver = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        return {"driver": driver, "worker": workers} | ({"java": self._java} if self._java else {})

    def _watch(self) -> None:
        while not self._ended.wait(EVERY):
            self._look()

    def _look(self) -> None:
        for process in descendants():
            try:
                status = Path(f"/proc/{process}/status").read_text()
            except OSError:
                continue
            most = [int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")]
            name = status.splitlines()[0]
            if "python" in name:
                self._workers = max([self._workers, *most])
            elif "java" in name:
                self._java = max([self._java, *most])


def descendants(of: int | None = None) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [of or os.getpid()]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def _seconds() -> float:
    total = 0.0
    for process in [os.getpid(), *descendants()]:
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:15]) / TICKS
    return total
