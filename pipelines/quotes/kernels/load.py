"""The kernels of this package, as plain Python until a process has read so much that compiling pays."""

from __future__ import annotations

from pipelines.compiled import Kernels

KERNELS = Kernels(
    "pipelines.quotes.kernels.words",
    "pipelines.quotes.kernels.sentences",
    "pipelines.quotes.kernels.phrases",
    "pipelines.quotes.kernels.order",
    "pipelines.quotes.kernels.mentions",
    "pipelines.quotes.kernels.speakers",
    "pipelines.quotes.kernels.extents",
    worth=6_000_000,  # characters read by one process
    worth_cached=300_000,
    seconds=20,
)
