"""The lines of a CSV file, with their numbers, and a row as the lines that it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple


class Row(NamedTuple):
    """`fields` is null where the row is broken; then `problem` says why and `source` holds its lines. `line` is that of its begin, from 1."""

    fields: list[str] | None
    line: int
    last_line: int
    source: str = ""
    problem: str = ""


class Lines:
    """Lines with their numbers, which can be put back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._waiting: list[str] = []
        self.number = 0  # of the last line given

    def rewrite(self, way: Callable[[str], str]) -> None:
        """From now on give every line as `way` rewrites it."""
        self._waiting = [way(line) for line in self._waiting]
        self._lines = map(way, self._lines)

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else next(self._lines)
        self.number += 1
        return line

    def __iter__(self) -> Lines:
        return self

    def put_back(self, lines: list[str]) -> None:
        self._waiting += reversed(lines)
        self.number -= len(lines)

    def peek(self, lines: int, characters: int) -> list[str]:
        """The next lines, without taking them."""
        found: list[str] = []
        while len(found) < lines and characters > 0:
            try:
                found.append(next(self))
            except StopIteration:
                break
            characters -= len(found[-1])
        self.put_back(found)
        return found
