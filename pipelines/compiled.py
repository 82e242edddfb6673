"""Where compiled kernels are kept, so that compiling is paid once per machine and not once per process."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any


def compiled(**options: Any) -> Callable:
    """A decorator: compile without the GIL, kept in the cache directory where one can be written, else in memory only.

    A function whose name begins with an underscore must not be called from Python.
    """
    import numba

    def decorate(function: Callable) -> Callable:
        directory = _kept_for(_package_of(Path(function.__code__.co_filename)))
        if directory is not None:
            vars(numba.config)["CACHE_DIR"] = str(directory)
        inner = function.__name__.startswith(
            "_"
        )  # called from other compiled code only: a wrapper for Python takes long to compile
        wrappers: dict[str, Any] = {"no_cfunc_wrapper": True, "no_cpython_wrapper": inner, "error_model": "numpy"}
        try:
            return numba.njit(function, nogil=True, cache=directory is not None, **wrappers, **options)
        except RuntimeError:  # numba found no place for its cache after all
            return numba.njit(function, nogil=True, **wrappers, **options)

    return decorate


def _package_of(source: Path) -> Path:
    """The folder beside this file that a source is in."""
    here = Path(__file__).parent
    return here / source.relative_to(here).parts[0]


@cache
def _kept_for(package: Path) -> Path | None:
    """Where code compiled from a package is kept: a folder named for its sources. Numba itself looks at one file only, and would take old
    code for a function that calls, or has constants of, another file."""
    directory = cache_directory()
    return None if directory is None else directory / f"{package.name}-{fingerprint(package)}"


def fingerprint(package: Path) -> str:
    """16 hex digits for all Python sources of a package."""
    digest = hashlib.sha256()
    for source in sorted(package.rglob("*.py")):
        digest.update(source.relative_to(package).as_posix().encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@cache
def cache_directory() -> Path | None:
    """The first directory that can be written: NUMBA_CACHE_DIR, the user's cache, a private one for temporary files; or None.

    Numba loads what it finds there as code, so a directory that another user could write to is not taken.
    """
    places = [os.environ.get("NUMBA_CACHE_DIR"), os.environ.get("XDG_CACHE_HOME"), _home_cache(), tempfile.gettempdir()]
    names = ["", "copydesk-numba", "copydesk-numba", f"copydesk-numba-{getattr(os, 'getuid', int)()}"]
    for place, name in zip(places, names, strict=True):
        if place and _is_private(Path(place) / name):
            return Path(place) / name
    return None


def _home_cache() -> str | None:
    try:
        return str(Path.home() / ".cache")
    except RuntimeError:
        return None


def _is_private(directory: Path) -> bool:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = directory.stat()
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
