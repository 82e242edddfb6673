"""The loops in compiled form. Importing this imports numba, which takes half a second: `loops_for` does so for much work only."""

from __future__ import annotations

from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

from pipelines.compiled import compiled


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
