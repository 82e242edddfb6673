"""What a forest chooses from: things to choose, some for each item, and a row of features of each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.learned.forest import Forest


class Choices(NamedTuple):
    """Numbers of things (tokens, or rows of a table) and their rows; those of item i from `bounds[i]` to `bounds[i + 1]`."""

    things: NDArray[np.int64]
    bounds: list[int]
    rows: NDArray[np.uint8]

    @staticmethod
    def room_for(items: int, most: int, features: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
        """Room for the things, bounds and rows of so many items with at most so many things each."""
        return (
            np.empty(items * most, dtype=np.int64),
            np.zeros(items + 1, dtype=np.int64),
            np.empty((items * most, features), dtype=np.uint8),
        )

    def best(self, forest: Forest) -> list[int]:
        """The best thing of each item, the first of equals; -1 where it has none."""
        scores = forest.scores(self.rows).tolist()
        things, out = self.things.tolist(), []
        for a, b in zip(self.bounds, self.bounds[1:], strict=False):
            own = scores[a:b]
            out.append(things[a + own.index(max(own))] if own else -1)
        return out

    def given(self, index: int) -> list[int]:
        """The thing at an index of each item, such as the first or last; -1 where it has none."""
        things = self.things.tolist()
        return [things[a:b][index] if a < b else -1 for a, b in zip(self.bounds, self.bounds[1:], strict=False)]
