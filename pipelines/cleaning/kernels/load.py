"""The kernels of this package in the form that pays: `KERNELS.for_work(characters)`."""

from __future__ import annotations

from pipelines.compiled import Kernels

# Named in full: what a string names is part of a stage's version.
KERNELS = Kernels(
    "pipelines.cleaning.kernels.lines",
    "pipelines.cleaning.kernels.words",
    "pipelines.cleaning.kernels.common",
    small="pipelines.cleaning.kernels.small",
    worth=4_000_000,  # characters, of which Python reads a million a second and a half, machine code two
    worth_cached=1_000_000,
    seconds=4,
)
