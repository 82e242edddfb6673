"""The kernels of this package in the form that pays: `KERNELS.for_work(words)`."""

from __future__ import annotations

from pipelines.compiled import Kernels

_HERE = "pipelines.duplicates.kernels"

KERNELS = Kernels(
    f"{_HERE}.texts",
    f"{_HERE}.pairs",
    f"{_HERE}.buckets",
    small=f"{_HERE}.small",
    native={f"{_HERE}.bits": f"{_HERE}.vectors"},
    wraps=True,
    worth=2_000_000,  # words: as Python about 2.2 µs each to sketch and 1.5 µs to compare
    worth_cached=200_000,
    seconds=20,
)
