"""Tree sums by bit masks (`pipelines.quotes.forest` says how)."""

from __future__ import annotations

from typing import Any

import numpy as np


def leaf_values(values: Any, places: Any, table: Any, lowest: Any, leaves: Any, out: Any) -> None:
    """Per row and tree the value of the exit leaf; the arguments are what `Forest` keeps. `out`: float64 [row or more, tree]."""
    words = table.shape[1]
    masks = np.empty(words, dtype=np.uint64)
    for i in range(values.shape[0]):
        for w in range(words):
            masks[w] = table[0, w]
        for feature in range(values.shape[1]):
            place = places[64 * feature + values[i, feature]]
            if place:
                left = table[place]
                for w in range(words):
                    masks[w] &= left[w]
        for w in range(words):
            mask = masks[w]
            for part in range(4):
                half = (mask >> np.uint64(16 * part)) & np.uint64(0xFFFF)
                low = half & np.uint64(0xFF)
                leaf = lowest[low] if low else 8 + lowest[half >> np.uint64(8)]
                tree = 4 * w + part
                out[i, tree] = leaves[16 * tree + leaf]
