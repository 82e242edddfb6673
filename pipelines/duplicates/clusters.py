"""Clusters without chaining: every member is verified against the canonical article itself."""

from __future__ import annotations

import numpy as np

from pipelines.duplicates.loading import kernels


def cluster(size: int, left: np.ndarray, right: np.ndarray, weights: np.ndarray, order: np.ndarray) -> np.ndarray:
    """The canonical of each of `size` nodes, given the verified pairs that may merge and the nodes in order of preference.

    In that order, a node that is verified against a canonical before it joins the one it shares most with (the earlier at a tie);
    else it is a canonical itself.
    """
    rows, starts = kernels().counted_order(np.concatenate([left, right]), size)
    others = np.concatenate([right, left])[rows]
    return kernels().join_canonicals(starts, others, np.concatenate([weights, weights])[rows], order)
