"""Compiled kernels, loaded at the first use."""

from __future__ import annotations

from functools import cache
from types import ModuleType


@cache
def kernels() -> ModuleType:
    """The module of kernels. Numba is imported here, at the first use, because importing it takes half a second."""
    from pipelines.duplicates import kernels as module

    return module
