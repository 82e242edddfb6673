"""How much two groups of articles have in common: a whole event, or no more than a name."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


def breadth(vectors: sparse.csr_matrix, one: Sequence[int], other: Sequence[int]) -> float:
    """By how many terms two groups of rows are alike, as the effective number: so many equal ones would add as much to the product of their sums. 0 for none.

    The sums do not hang on how terms are numbered.

    >>> rows = sparse.csr_matrix(np.array([[3, 3, 0, 1], [3, 3, 1, 0], [3, 3, 1, 1]], np.float32))
    >>> round(breadth(rows, [0], [1]), 2), round(breadth(rows, [0], [1, 2]), 2)
    (2.0, 2.06)
    """
    (terms, sums), (others, other_sums) = (_sums(vectors, rows) for rows in (one, other))
    _, left, right = np.intersect1d(terms, others, assume_unique=True, return_indices=True)
    products = (sums[left] * other_sums[right]).tolist()
    return math.fsum(products) ** 2 / math.fsum(value * value for value in products) if products else 0.0


def _sums(vectors: sparse.csr_matrix, rows: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    parts = [slice(vectors.indptr[row], vectors.indptr[row + 1]) for row in rows]
    found = np.concatenate([vectors.indices[part] for part in parts]).astype(np.int32)
    terms, at = np.unique(found, return_inverse=True)
    return terms, np.bincount(at, np.concatenate([vectors.data[part] for part in parts]), len(terms)).astype(np.float64)
