"""The kernels of this package, as plain Python until a process compares so much that compiling pays."""

from __future__ import annotations

from pipelines.compiled import Kernels

KERNELS = Kernels(
    "pipelines.utterances.kernels.pairs",
    worth=3_000_000,  # steps along lists of four-grams
    worth_cached=600_000,
    seconds=6,
    small="pipelines.utterances.kernels.small",
)
