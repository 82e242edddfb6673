"""Tree sums by bit masks (`pipelines.quotes.forest` says how)."""

from __future__ import annotations

from typing import Any

import numpy as np


def leaf_values(values: Any, tables: Any, lowest: Any, leaves: Any, out: Any) -> None:
    """Per row and tree the value of the exit leaf; the arguments are what `Forest` keeps. `out`: float64 [row or more, tree]."""
    words = tables.shape[1]
    masks = np.empty(words, dtype=np.uint64)
    for i in range(values.shape[0]):
        for w in range(words):
            masks[w] = tables[values[i, 0], w]
        for feature in range(1, values.shape[1]):
            left = tables[64 * feature + values[i, feature]]
            for w in range(words):
                masks[w] &= left[w]
        for w in range(words):
            for part in range(4):
                tree = 4 * w + part
                out[i, tree] = leaves[16 * tree + lowest[(masks[w] >> np.uint64(16 * part)) & np.uint64(0xFFFF)]]
