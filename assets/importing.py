"""Large imports, without a search for garbage after every few hundred objects: what is imported stays. It takes a third of their time."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 100  # modules


@contextmanager
def large_imports() -> Iterator[None]:
    """Within, nothing is collected; what is there at the end, where many modules came, is not looked through again."""
    collects, before = gc.isenabled(), len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > before + MANY:
            gc.freeze()
        if collects:
            gc.enable()
