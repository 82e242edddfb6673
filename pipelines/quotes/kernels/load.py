"""The kernels of this package, as plain Python until a process has read so much that compiling pays."""

from __future__ import annotations

from pipelines.compiled import Kernels

KERNELS = Kernels(
    "pipelines.quotes.kernels.phrases",
    "pipelines.quotes.kernels.speakers",
    "pipelines.quotes.kernels.extents",
    worth=400_000,  # tokens read by one process
    worth_cached=100_000,
    seconds=15,
)
