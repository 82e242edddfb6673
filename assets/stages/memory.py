"""Gives back what a large stage leaves behind in this process, so that the next one starts small. What a stage keeps while it works is its own matter."""

from __future__ import annotations

import functools
import gc

from warehouse.memory import trim

MANY = 5000  # rows of a stage, from which on that is worth the time it takes
_LARGE = 4096  # entries that a cache may hold, from which on it is emptied: smaller ones hold patterns and files of languages


def give_back() -> None:
    """Empty the large caches of functions, and give free memory to the system where its allocators let us."""
    gc.unfreeze()  # what was there when imports were done is not among these objects else
    for found in gc.get_objects():
        # isinstance would ask a weak proxy for the class of what it stood for, which raises where that is gone
        if type(found) is functools._lru_cache_wrapper and (found.cache_parameters()["maxsize"] or 0) >= _LARGE:
            found.cache_clear()
    gc.collect()
    trim()
