"""Kernels in both forms, when which is given, and where compiled ones are kept."""

import os
import sys
import textwrap
import warnings
from pathlib import Path

import numpy as np
import pytest

from pipelines import compiled
from pipelines.compiled import Kernels, cache_directory, fingerprint

directory = cache_directory.__wrapped__  # without the memory of earlier answers


@pytest.fixture
def places(tmp_path, monkeypatch):
    """No place to write in but those that a test gives."""
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, where no directory can be made")
    monkeypatch.setattr(Path, "home", lambda: blocked)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(blocked))
    return tmp_path


def test_numba_cache_dir_comes_first(places, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(places / "chosen"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(places / "cache"))
    assert directory() == places / "chosen"


def test_where_the_home_cannot_be_written_a_private_temporary_directory_serves(places, monkeypatch):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(places))
    found = directory()
    assert found.parent == places
    assert found.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners of files here")
def test_a_directory_that_others_may_write_to_is_not_taken(places, monkeypatch):
    open_to_all = places / "cache" / "copydesk-numba"
    open_to_all.mkdir(parents=True)
    open_to_all.chmod(0o777)
    monkeypatch.setenv("XDG_CACHE_HOME", str(places / "cache"))
    assert directory() is None


SOURCES = {
    "sums/kernels.py": """
        from pipelines.parts.loops import add
        from pipelines.sums.columns import Column
        from pipelines.sums.bits import lowest

        def total(values):
            result = _START
            for value in values:
                result = add(result, value)
            return _twice(result)

        def _twice(value):
            return 2 * value

        def column(rows):
            return rows[0, Column.SECOND]

        def lowest_of(value):
            return lowest(value)

        def times_itself(value):
            return value * value

        _START = 0
        """,
    "sums/small.py": """
        import numpy as np

        def total(values):
            return int(2 * np.sum(values))
        """,
    "sums/columns.py": """
        from enum import IntEnum

        class Column(IntEnum):
            FIRST = 0
            SECOND = 1
        """,
    "sums/bits.py": """
        def lowest(value):
            return (value & -value).bit_length() - 1
        """,
    "sums/native.py": """
        import numba

        @numba.njit
        def lowest(value):
            place = 0
            while not value >> place & 1:
                place += 1
            return place
        """,
    "sums/apart.py": "WIDTH = 5",
    "parts/loops.py": """
        from pipelines.parts.constants import STEP

        def add(a, b):
            return a + STEP * b
        """,
    "parts/constants.py": "STEP = 1",
    "others/kinds.py": "WIDTH = 5",
}


@pytest.fixture
def sources(tmp_path, monkeypatch):
    """Two packages below `pipelines` that are there for one test, with kernels of which some call others'; and an empty cache."""
    for name, text in SOURCES.items():
        path = tmp_path / "pipelines" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
    monkeypatch.setattr(compiled, "ROOT", tmp_path / "pipelines")
    monkeypatch.setattr(sys.modules["pipelines"], "__path__", [str(tmp_path / "pipelines")])
    monkeypatch.setattr(compiled, "cache_directory", lambda: tmp_path / "cache")
    before = {*sys.modules}
    yield tmp_path / "pipelines"
    for name in {*sys.modules} - before:
        if name.startswith("pipelines."):
            del sys.modules[name]


def kernels(**options) -> Kernels:
    compiled._folder_for.cache_clear()
    native = {"pipelines.sums.bits": "pipelines.sums.native"}
    return Kernels("pipelines.sums.kernels", **{"worth": 100, "worth_cached": 10, "seconds": 20, "native": native} | options)


def test_both_forms_give_the_same_and_say_which_they_are(sources):
    both = [kernels().plain(), kernels().compiled()]
    assert [form.compiled for form in both] == [False, True]
    values, rows = np.arange(5), np.arange(4).reshape(2, 2)
    assert [form.total(values) for form in both] == [20, 20]
    assert [form.column(rows) for form in both] == [1, 1]
    assert [form.lowest_of(40) for form in both] == [3, 3]


def test_compiled_code_calls_the_kernels_of_another_package_and_native_functions(sources):
    made: dict = {}
    names = kernels()._compile("pipelines.sums.kernels", made)
    assert {*made} == {"pipelines.sums.kernels", "pipelines.parts.loops"}
    assert names["add"] is made["pipelines.parts.loops"]["add"]
    assert names["lowest"] is sys.modules["pipelines.sums.native"].lowest


def test_what_only_kernels_call_is_not_given_out(sources):
    for form in (kernels().plain(), kernels().compiled()):
        assert {*vars(form)} == {"compiled", "total", "column", "lowest_of", "times_itself"}


def test_a_small_form_takes_the_place_of_the_plain_kernel(sources):
    form = kernels(small="pipelines.sums.small").plain()
    assert form.total.__module__ == "pipelines.sums.small"
    assert form.column.__module__ == "pipelines.sums.kernels"


def test_numbers_that_run_over_do_so_without_a_warning_where_kernels_count_on_it(sources):
    large = np.uint64(1 << 63) + np.uint64(1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [form.times_itself(large) for form in (kernels(wraps=True).plain(), kernels().compiled())] == [1, 1]
    with pytest.warns(RuntimeWarning, match="overflow"):
        kernels().plain().times_itself(large)


def test_kernels_stay_plain_until_compiling_pays(sources):
    some = kernels()
    assert [some.for_work(units).compiled for units in (0, 99, 0, 1, 0)] == [False, False, False, True, True]


@pytest.mark.parametrize(("imported", "wanted"), [(False, [False, False, True]), (True, [False, True, True])])
def test_less_work_pays_for_code_that_was_compiled_before_and_still_less_where_numba_is_there(
    sources, monkeypatch, imported, wanted
):
    kernels(worth_cached=80).compiled().total(np.arange(5))
    monkeypatch.setattr(compiled, "numba_is_there", lambda: imported)
    some = kernels(worth_cached=80)
    assert [some.for_work(units).compiled for units in (9, 1, 70)] == wanted


def test_a_process_for_much_work_compiles_from_the_first_of_it(sources, monkeypatch):
    monkeypatch.setattr(compiled, "much", True)
    assert kernels().for_work(0).compiled


def test_a_test_can_ask_for_one_form(sources):
    some = kernels()
    with some.always(compiled=True):
        assert some.for_work(0).compiled
    with some.always(compiled=False):
        assert not some.for_work(1000).compiled


def test_compiling_is_announced_once_and_what_is_in_the_cache_is_not(sources, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(compiled, "announce", said.append)
    some = kernels()
    some.for_work(99)
    assert said == []
    some.for_work(1).total(np.arange(5))
    some.for_work(1000)
    assert said == ["sums: compiling once, about 20 s"]
    kernels().for_work(1000)
    assert len(said) == 1


@pytest.mark.parametrize(
    ("name", "text", "differs"),
    [
        ("sums/columns.py", "WIDTH = 6", True),
        ("sums/apart.py", "WIDTH = 6", True),
        ("parts/loops.py", "def add(a, b): return b", True),
        ("parts/constants.py", "STEP = 2", True),
        ("others/kinds.py", "WIDTH = 6", False),
    ],
    ids=["imported", "of the package", "of another package", "imported by another package", "not imported"],
)
def test_code_is_kept_elsewhere_when_sources_it_depends_on_change(sources, name, text, differs):
    """Numba looks only at the file a function is in; what it calls and its constants may stand in another."""
    before = fingerprint("pipelines.sums.kernels")
    assert fingerprint("pipelines.sums.kernels") == before
    (sources / name).write_text(text)
    assert (fingerprint("pipelines.sums.kernels") != before) == differs
