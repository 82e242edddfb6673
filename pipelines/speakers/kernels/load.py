"""The kernels of this package, as plain Python until a process compares so much that compiling pays."""

from __future__ import annotations

from pipelines.compiled import Kernels

KERNELS = Kernels(
    "pipelines.speakers.kernels.words",
    worth=6_000_000,  # pairs of sounds or letters
    worth_cached=1_500_000,
    seconds=3,
)
