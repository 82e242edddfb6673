"""Large imports, without a search for garbage after every few hundred objects: what is imported stays. It takes a third of their time."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.collection import no_collection

MANY = 100  # modules
# Whether what came is left out of all later searches, also the last one: for a process that does not end in Python's way.
freezes = False


@contextmanager
def large_imports() -> Iterator[None]:
    """Within, nothing is collected; what is there at the end, where many modules came and it `freezes`, is not looked through again."""
    before = len(sys.modules)
    with no_collection():
        try:
            yield
        finally:
            if freezes and len(sys.modules) > before + MANY:
                gc.freeze()
