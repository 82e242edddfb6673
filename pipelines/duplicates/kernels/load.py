"""The kernels of this package in the form that pays: `KERNELS.for_work(words)`."""

from __future__ import annotations

from pipelines.compiled import Kernels

# Named in full: what a string names is part of a stage's version.
KERNELS = Kernels(
    "pipelines.duplicates.kernels.sketches",
    "pipelines.duplicates.kernels.spans",
    "pipelines.duplicates.kernels.pairs",
    "pipelines.duplicates.kernels.letters",
    "pipelines.duplicates.kernels.articles",
    "pipelines.duplicates.kernels.buckets",
    small="pipelines.duplicates.kernels.small",
    native={"pipelines.duplicates.kernels.bits": "pipelines.duplicates.kernels.vectors"},
    wraps=True,
    worth=2_000_000,  # words: as Python about 2.2 µs each to sketch and 1.5 µs to compare
    worth_cached=200_000,
    seconds=20,
)
