"""What large imports leave behind, and what is given back of it."""

import functools
import gc
import sys
import weakref
from types import ModuleType

import pytest

from assets import importing
from assets.importing import MANY, large_imports
from assets.stages.memory import give_back


@pytest.fixture(autouse=True)
def unfrozen():
    yield
    gc.unfreeze()


@pytest.mark.parametrize(("modules", "stays"), [(MANY + 1, True), (1, False)])
def test_what_large_imports_brought_is_not_looked_through_again(monkeypatch, modules, stays):
    monkeypatch.setattr(importing, "freezes", True)
    gc.unfreeze()
    with large_imports():
        assert not gc.isenabled()
        for number in range(modules):
            monkeypatch.setitem(sys.modules, f"made_up_{number}", ModuleType(f"made_up_{number}"))
    assert gc.isenabled()
    assert bool(gc.get_freeze_count()) is stays


def test_large_caches_are_emptied_after_imports_too():
    @functools.lru_cache(1 << 16)
    def doubled(number: int) -> int:
        return 2 * number

    doubled(2)
    gc.freeze()
    give_back()
    assert doubled.cache_info().currsize == 0


def test_what_a_weak_proxy_stood_for_may_be_gone():
    class Thing:
        pass

    thing = Thing()
    proxy = weakref.proxy(thing)
    del thing
    assert type(proxy) is weakref.ProxyType
    give_back()
