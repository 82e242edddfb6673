"""Rows of a sparse matrix that are made once and read in parts. What stands in them is not known here."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

_IN_MEMORY = 1 << 24  # bytes of terms, and as many of weights, up to which they need no file


class Rows:
    """Terms with weights, row by row, in a file of no name where there are many. Several threads may read."""

    def __init__(self, width: int, in_memory: int = _IN_MEMORY) -> None:
        self._width, self._lock = width, Lock()
        self._sizes: list[NDArray[np.int64]] = []
        self._bounds: NDArray[np.int64] | None = None
        self._terms, self._weights = (SpooledTemporaryFile(in_memory) for _ in range(2))  # noqa: SIM115 they go with these rows

    def append(self, rows: sparse.csr_matrix) -> None:
        """Put rows behind those that are there. None can be read before all are."""
        self._sizes.append(np.diff(rows.indptr))
        self._terms.write(rows.indices.astype(np.int32, copy=False).data)
        self._weights.write(rows.data.astype(np.float32, copy=False).data)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, and the number that all terms are below."""
        return len(self._ends()) - 1, self._width

    def __getitem__(self, rows: slice) -> sparse.csr_matrix:
        """Some rows that stand together, in memory of their own."""
        ends = self._ends()
        first, last, _ = rows.indices(len(ends) - 1)
        bounds = ends[first : max(first, last) + 1]
        terms, weights = (self._read(file, kind, bounds) for file, kind in ((self._terms, np.int32), (self._weights, np.float32)))
        return matrix(weights, terms, bounds - bounds[0], self._width)

    def _ends(self) -> NDArray[np.int64]:
        if self._bounds is None:
            self._bounds = np.concatenate([[0], np.cumsum(np.concatenate([np.zeros(0, np.int64), *self._sizes]))]).astype(np.int64)
            self._sizes.clear()
        return self._bounds

    def _read(self, file: Any, kind: type[np.generic], bounds: NDArray[np.int64]) -> NDArray[Any]:
        found = np.empty(bounds[-1] - bounds[0], kind)
        with self._lock:
            file.seek(bounds[0] * found.itemsize)
            file.readinto(found.data.cast("B"))
        return found


def matrix(values: NDArray[np.float32], columns: NDArray[np.int32], bounds: NDArray[np.int64], width: int) -> sparse.csr_matrix:
    """As it is, without a look at the order of columns."""
    return sparse.csr_matrix((values, columns, bounds), shape=(len(bounds) - 1, width))


def end_to_end(parts: list[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    """All parts in one, which takes each out of the list, so that no more than one is there twice."""
    found = np.empty(sum(map(len, parts)), kind)
    end = len(found)
    while parts:
        part = parts.pop()
        found[end - len(part) : end] = part
        end -= len(part)
    return found
