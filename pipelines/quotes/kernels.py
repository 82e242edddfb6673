"""The loops in compiled form. Importing this imports numba, which takes half a second: `loops_for` does so for much work only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

import numba

from pipelines.duplicates.compiled import cache_directory


def compile_modules(modules: list[ModuleType]) -> SimpleNamespace:
    """The functions of the modules, compiled without the GIL and kept in the cache directory where one can be written.

    A module may call functions of those before it. The folder in the cache is named for the sources, so that code compiled from other
    sources (the constants of one module stand in the code of another) is never taken.
    """
    directory = cache_directory()
    if directory is not None:
        vars(numba.config)["CACHE_DIR"] = str(directory / f"quotes-{_fingerprint()}")
    made: dict[str, Any] = {}
    for module in modules:
        names = dict(vars(module)) | made
        for name, function in vars(module).items():
            if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                made[name] = names[name] = _compiled(FunctionType(function.__code__, names, name), directory is not None)
    return SimpleNamespace(**made)


def _compiled(function: Callable[..., Any], cache: bool) -> Callable[..., Any]:
    try:
        compiled: Callable[..., Any] = numba.njit(function, nogil=True, cache=cache)
    except RuntimeError:  # numba found no place for its cache after all
        compiled = numba.njit(function, nogil=True)
    return compiled


def _fingerprint() -> str:
    here = Path(__file__).parent
    sources = [here / "flags.py", *sorted((here / "loops").glob("*.py"))]
    return hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()[:16]
