"""What this process and all that it began take: processor time, and the memory of the processes in Python and of Java, watched while they run."""

import os
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
        """The most memory that this process took, the largest of its children in Python, and Java: as /proc says, since what `getrusage` says of a
        process goes on from that of its parent."""
        self._look()
        driver = _most_memory("self")[1]
        return {"driver": driver, "worker": self._workers, "java": self._java}

    def _watch(self) -> None:
        while not self._ended.wait(EVERY):
            self._look()

    def _look(self) -> None:
        for process in descendants():
            name, most = _most_memory(str(process))
            if "python" in name:
                self._workers = max(self._workers, most)
            elif "java" in name:
                self._java = max(self._java, most)


def _most_memory(process: str) -> tuple[str, int]:
    """The name of a process and the most memory that it took, in MB; nothing of one that has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return "", 0
    return lines[0], max((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), default=0)


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
