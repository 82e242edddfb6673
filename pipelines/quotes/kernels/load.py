"""The kernels of this package, as plain Python until a process has read so much that compiling pays."""

from __future__ import annotations

from functools import cache
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

from pipelines.compiled import compiled
from pipelines.quotes.kernels import extents, phrases, reports, speakers
from pipelines.quotes.loops import trees

MODULES: list[ModuleType] = [phrases, speakers, reports, extents, trees]
TOKENS_WORTH_COMPILING = 100_000  # numba takes half a second to import, and once per machine some seconds to compile

_tokens_seen = 0


def kernels_for(tokens: int) -> SimpleNamespace:
    """The functions of all modules of loops, for so many more tokens. `compiled` says in which form: compiled ones take arrays only."""
    global _tokens_seen
    _tokens_seen += tokens
    return compiled_kernels() if _tokens_seen >= TOKENS_WORTH_COMPILING else plain_kernels()


@cache
def plain_kernels() -> SimpleNamespace:
    """The functions as they stand: they take lists as well as arrays."""
    found = {
        name: function
        for module in MODULES
        for name, function in vars(module).items()
        if isinstance(function, FunctionType) and function.__module__ == module.__name__
    }
    return SimpleNamespace(compiled=False, **found)


@cache
def compiled_kernels() -> SimpleNamespace:
    """The same functions, compiled."""
    return SimpleNamespace(compiled=True, **vars(compile_modules(MODULES)))


def compile_modules(modules: list[ModuleType]) -> SimpleNamespace:
    """The functions of the modules, compiled without the GIL and kept in the cache directory where one can be written.

    A module may call functions of those before it.
    """
    made: dict[str, Any] = {}
    for module in modules:
        names = dict(vars(module)) | made
        for name, function in vars(module).items():
            if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                made[name] = names[name] = compiled()(FunctionType(function.__code__, names, name))
    return SimpleNamespace(**made)
