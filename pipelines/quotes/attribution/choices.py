"""What a forest chooses from: some options for each item, and a row of features of each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.learned.forest import Forest


class Choices(NamedTuple):
    """What to choose from (tokens, or rows of a table) and their features; those of item i from `bounds[i]` to `bounds[i + 1]`."""

    options: NDArray[np.int64]
    bounds: list[int]
    rows: NDArray[np.uint8]

    @staticmethod
    def room_for(items: int, most: int, features: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
        """Room for the options, bounds and rows of so many items with at most so many options each."""
        return (
            np.empty(items * most, dtype=np.int64),
            np.zeros(items + 1, dtype=np.int64),
            np.empty((items * most, features), dtype=np.uint8),
        )

    def best(self, forest: Forest) -> list[int]:
        """The best option of each item, the first of equals; -1 where it has none."""
        scores = forest.scores(self.rows).tolist()
        options, out = self.options.tolist(), []
        for a, b in zip(self.bounds, self.bounds[1:], strict=False):
            own = scores[a:b]
            out.append(options[a + own.index(max(own))] if own else -1)
        return out

    def given(self, index: int) -> list[int]:
        """For each item the option at the given index, such as the first or the last; -1 where it has none."""
        options = self.options.tolist()
        return [options[a:b][index] if a < b else -1 for a, b in zip(self.bounds, self.bounds[1:], strict=False)]
