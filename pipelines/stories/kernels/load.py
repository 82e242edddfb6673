"""The kernels of this package in the form that pays: `KERNELS.for_work(words)`."""

from __future__ import annotations

from pipelines.compiled import Kernels

# Named in full: what a string names is part of a stage's version.
KERNELS = Kernels(
    "pipelines.stories.kernels.counting",
    "pipelines.stories.kernels.grouping",
    "pipelines.stories.kernels.likeness",
    "pipelines.stories.kernels.packed",
    small="pipelines.stories.kernels.small",
    worth=2_000_000,  # words: as Python about 2 µs each
    worth_cached=300_000,
    seconds=8,
)
