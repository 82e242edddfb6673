"""Large imports, without a search for garbage after every few hundred objects: what is imported stays. It takes a third of their time."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 100  # modules
freezes = (
    False  # whether what came is left out of all later searches, also the last one: for a process that does not end in Python's way
)


@contextmanager
def large_imports() -> Iterator[None]:
    """Within, nothing is collected; what is there at the end, where many modules came and it `freezes`, is not looked through again."""
    collects, before = gc.isenabled(), len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if freezes and len(sys.modules) > before + MANY:
            gc.freeze()
        if collects:
            gc.enable()
