"""The one loader of kernels: plain Python for little work, the same functions compiled where there is so much that compiling pays.

A kernel is a function of whole numbers, flat arrays and tuples of these, in a module that holds loops and no more, and that does
not import numba. What a kernel computes does not belong here, nor what calls it.
"""

from __future__ import annotations

import gc
import hashlib
import os
import re
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from threading import RLock
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

import numpy as np

ROOT = Path(__file__).parent  # the package `pipelines`

_IMPORTS = re.compile(r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]*(\([^)]*\)|[^\n]*)|import[ \t]+([^\n]+))", re.MULTILINE)
_NAMES = re.compile(r"[\w.]+")
_COMMENT = re.compile(r"#[^\n]*")


_LESS = 8  # times less work makes up for loading what was compiled before, where numba was imported for other kernels


def numba_is_there() -> bool:
    """Whether this process has imported numba."""
    return "numba" in sys.modules


def _say_nothing(message: str) -> None:
    pass


much = False  # whether this process was started for so much work that compiling pays from the first of it
announce: Callable[[str], None] = _say_nothing  # gets one line when compiling begins; the command line and the load set it


class Functions(SimpleNamespace):
    """Kernels by their names. `compiled` says in which form: compiled ones take arrays, never lists."""

    compiled: bool


class Kernels:
    """The kernels of some modules, in the form that pays for the work of this process.

    `worth` is how much work (in a unit of the package, such as words) makes up for compiling, `worth_cached` how much for loading
    what was compiled before: numba takes half a second to import. Where other kernels did that already, an eighth is enough. `seconds` is about how long compiling takes, for the message.

    A function whose name begins with an underscore is called by other kernels only and is not given out. A module may import
    kernels of another, of another package too.

    `small`: a module whose functions take the place, in the plain form, of the kernels of the same name: what is quick as loops
    of machine code may be quick in Python as operations on whole arrays. `native`: for a module of plain functions, the module
    whose functions of the same names take their place in compiled code, such as intrinsics. That one is imported for compiling
    only, and may import numba. `wraps`: the kernels count on numbers of fixed width that run over, as hashes do; as Python they
    then do so without a warning.
    """

    def __init__(
        self,
        *modules: str,
        worth: int,
        worth_cached: int,
        seconds: int,
        small: str | None = None,
        native: Mapping[str, str] | None = None,
        wraps: bool = False,
    ) -> None:
        self._modules = modules
        self._small = small
        self._native = native or {}
        self._wraps = wraps
        self._worth = worth
        self._worth_cached = worth_cached
        self._seconds = seconds
        self._asked = 0
        self._always: bool | None = None
        self._lock = RLock()

    def for_work(self, units: int) -> Functions:
        """The kernels for so much more work."""
        self._asked += units
        if self._always is not None:
            return self.compiled() if self._always else self.plain()
        worth_cached = self._worth_cached // (_LESS if numba_is_there() else 1)
        if much or "_compiled" in vars(self) or self._asked >= self._worth or (self._asked >= worth_cached and self.cached):
            return self.compiled()
        return self.plain()

    def plain(self) -> Functions:
        """The kernels as Python. They take lists as well as arrays."""
        return self._plain

    def compiled(self) -> Functions:
        """The kernels as machine code. Each is compiled at its first call, or comes from the cache."""
        with self._lock:
            return self._compiled

    @contextmanager
    def always(self, *, compiled: bool) -> Iterator[None]:
        """Within, `for_work` gives one form for whatever work: to compare both."""
        before, self._always = self._always, compiled
        try:
            yield
        finally:
            self._always = before

    @cached_property
    def cached(self) -> bool:
        """Whether code of these modules was compiled before and is kept."""
        folders = [_folder_for(module) for module in self._modules]
        return all(folder is not None and any(folder.rglob("*.nbi")) for folder in folders)

    @cached_property
    def _plain(self) -> Functions:
        found: dict[str, Any] = {}
        for name in (*self._modules, *([self._small] if self._small else [])):
            found |= _public(import_module(name))
        if self._wraps:
            found = {name: np.errstate(over="ignore")(function) for name, function in found.items()}
        return Functions(compiled=False, **found)

    @cached_property
    def _compiled(self) -> Functions:
        if not self.cached:
            self._announce()
            gc.enable()  # compiling leaves hundreds of MB of garbage where `no_collection` keeps it
        made: dict[str, dict[str, Any]] = {}
        found: dict[str, Any] = {}
        for name in self._modules:
            names = self._compile(name, made)
            found |= {public: names[public] for public in _public(import_module(name))}
        return Functions(compiled=True, **found)

    def _compile(self, name: str, made: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """The names that a module's functions see, with all kernels among them compiled; `made` are those of other modules."""
        if name in self._native:
            return vars(import_module(self._native[name]))
        if name not in made:
            module = import_module(name)
            names = made[name] = dict(vars(module))
            for key, value in vars(module).items():
                if _is_of(module, value):
                    names[key] = _njit(FunctionType(value.__code__, names, value.__name__, value.__defaults__), _folder_for(name))
                elif isinstance(value, FunctionType) and value.__module__.startswith(f"{ROOT.name}."):
                    names[key] = self._compile(value.__module__, made)[value.__name__]
        return made[name]

    def _announce(self) -> None:
        announce(f"{self._modules[0].split('.')[1]}: compiling once, about {self._seconds} s")


def _public(module: ModuleType) -> dict[str, FunctionType]:
    return {name: value for name, value in vars(module).items() if _is_of(module, value) and not name.startswith("_")}


def _is_of(module: ModuleType, value: Any) -> bool:
    return isinstance(value, FunctionType) and value.__module__ == module.__name__


def _njit(function: FunctionType, folder: Path | None) -> Callable:
    """Compiled without the GIL, kept in the folder if there is one and numba can write to it, else in memory only."""
    import numba

    if folder is not None:
        vars(numba.config)["CACHE_DIR"] = str(folder)
    inner = function.__name__.startswith("_")  # called from other compiled code only: a wrapper for Python takes long to compile
    options: dict[str, Any] = {"nogil": True, "no_cfunc_wrapper": True, "no_cpython_wrapper": inner, "error_model": "numpy"}
    try:
        return numba.njit(function, cache=folder is not None, **options)
    except RuntimeError:  # numba found no place for its cache after all
        return numba.njit(function, **options)


@cache
def _folder_for(module: str) -> Path | None:
    """Where the code compiled from a module is kept: a folder named for the sources that it depends on. Numba itself looks at one
    file only, and would take old code for a function that calls, or has constants of, another file."""
    directory = cache_directory()
    return None if directory is None else directory / f"{module.split('.')[1]}-{fingerprint(module)}"


def fingerprint(module: str) -> str:
    """16 hex digits for this file and all Python sources of the packages that a module is in or needs.

    It needs what it imports, what these modules import, and so on.
    """
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for package in sorted({_package_of(file) for file in _closure(module)}):
        for source in sorted(package.rglob("*.py")) if package.is_dir() else [package]:
            digest.update(source.relative_to(ROOT).as_posix().encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _package_of(source: Path) -> Path:
    """The folder next to this file that a source is in; the source itself if it is in none."""
    return ROOT / source.relative_to(ROOT).parts[0]


def _closure(module: str) -> set[Path]:
    """The source of a module, of every module of ours that it imports, and so on."""
    found: set[Path] = set()
    waiting = {module}
    while waiting:
        source = _source_of(waiting.pop())
        if source is None or source in found:
            continue
        found.add(source)
        waiting |= _imported_by(source)
    return found


@cache
def _imported_by(source: Path) -> frozenset[str]:
    """The names of modules, and of what is taken from them, which may be modules too; found as text, since parsing all of it takes half a second."""
    found: set[str] = set()
    text = _COMMENT.sub("", source.read_text(encoding="utf-8")).replace("\\\n", " ")
    for origin, names, modules in _IMPORTS.findall(text):
        found |= set(_NAMES.findall(modules)) | ({origin} if origin else set())
        found |= {f"{origin}.{name}" for name in _NAMES.findall(names)}
    return frozenset(found)


def _source_of(module: str) -> Path | None:
    """The file of a module; None if there is no such module, or it is not below `pipelines`."""
    first, *rest = module.split(".")
    if first != ROOT.name or not rest:
        return None
    place = ROOT.joinpath(*rest)
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)


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
