"""The kernels: in both forms, and as slow and obvious twins, they give the same, bit for bit."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assets.sources import Sources
from assets.stages.pairs import pairs_and_clusters
from assets.versions import imported
from pipelines.compiled import Functions
from pipelines.duplicates import (
    DuplicateSettings,
    compare_articles,
    find_duplicates,
    match_against,
    sketch_articles,
    update_duplicates,
)
from pipelines.duplicates.kernels import bits, small
from pipelines.duplicates.kernels.load import KERNELS
from tests import naive
from tests.duplicates.corpora import corpora, noisy_corpora, one_of_each, prose, table

ROOT = Path(__file__).resolve().parents[2]
MODULES = [
    importlib.import_module(f"pipelines.duplicates.kernels.{name}")
    for name in ("sketches", "spans", "pairs", "letters", "articles", "buckets")
]
ARTICLES = st.one_of(corpora(), noisy_corpora())
FEW = DuplicateSettings(bucket_cap=4, equal_cap=3)
ALONE = DuplicateSettings(bucket_cap=4, equal_cap=3, threads=1)  # what another thread writes would be copied half written
NEVER_CALLED_FROM_PYTHON = {"edit_distance"}  # has a test of its own


def own_functions(module) -> dict:
    return {name: f for name, f in inspect.getmembers(module, inspect.isfunction) if f.__module__ == module.__name__}


def every_result(articles: pa.Table, some: DuplicateSettings) -> list[pa.Table]:
    """What each entry of the package gives for a corpus: alone, after a change, and for new articles against stored ones."""
    found, sketched = find_duplicates(articles, some), sketch_articles(articles, some)
    texts = dict(zip(articles["id"].to_pylist(), articles["text"].to_pylist(), strict=True))
    meta, half = articles.select(["id", "publisher", "date"]), articles.num_rows // 2

    def texts_of(ids: list[str]) -> pa.Table:
        return pa.table({"id": pa.array(ids, pa.string()), "text": pa.array([texts[i] for i in ids], pa.large_string())})

    updated = update_duplicates(sketched, meta, list(texts)[half:], found.pairs, texts_of, some, found.capped)
    matched = match_against(articles.slice(half), sketched.slice(0, half), meta.slice(0, half), texts_of, some)
    return [found.pairs, found.clusters, found.capped, sketched, updated.pairs, updated.clusters, matched]


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(ARTICLES, st.sampled_from([DuplicateSettings(), FEW, DuplicateSettings(sketch_one_in=1, shingle_words=3)]))
def test_both_forms_give_the_same_tables(articles, some):
    with KERNELS.always(compiled=True):
        compiled = every_result(articles, some)
    with KERNELS.always(compiled=False):
        plain = every_result(articles, some)
    assert [a.equals(b) for a, b in zip(plain, compiled, strict=True)] == [True] * len(plain)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(ARTICLES)
def test_both_forms_show_the_same_comparison(articles):
    texts = articles["text"].to_pylist()
    shown = []
    for form in (True, False):
        with KERNELS.always(compiled=form):
            shown.append(compare_articles(texts[0], texts[-1]))
    assert shown[0] == shown[1]


def copied(value):
    """The same arguments with arrays of their own."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, tuple):
        return type(value)(*map(copied, value)) if hasattr(value, "_fields") else tuple(map(copied, value))
    return value


def arrays_of(value) -> list[np.ndarray]:
    if isinstance(value, tuple):
        return [array for part in value for array in arrays_of(part)]
    return [] if value is None else [np.asarray(value)]


def written(name: str, arguments: tuple, result) -> list[np.ndarray]:
    """What a kernel gave and wrote, without what it leaves in spare room."""
    if name == "sketch_batch":
        rows = arguments[-1]
        words, _, entries = rows.facts.sum(axis=0)
        return [
            rows.signatures,
            rows.facts,
            rows.text_hashes,
            rows.words[:words],
            rows.sketch[:entries],
            rows.neighbourhoods[:entries],
        ]
    if name == "shared":  # a few that stand alone may be among them, and groups may come in any order
        order, same = result
        groups = [order[same == value] for value in np.unique(same)]
        return sorted((group for group in groups if len(group) > 1), key=lambda group: group[0])
    return arrays_of(result) + arrays_of(arguments)


def forms_of(name: str) -> dict:
    """Every form of a kernel but the compiled one, which must all give the same."""
    [as_it_stands] = [functions[name] for functions in map(own_functions, MODULES) if name in functions]
    twin = getattr(small, name, None) or getattr(naive, name)
    return {"as it stands": as_it_stands, "twin": twin}


def held_against_twins(compiled: Functions, met: set[str]) -> Functions:
    """The compiled kernels; with each call the other forms get the same arguments, and must give the same. `met` gets the names
    of those that gave a number other than 0."""

    def checked(name):
        def run(*arguments):
            others = {form: (function, copied(arguments)) for form, function in forms_of(name).items()}
            result = getattr(compiled, name)(*arguments)
            expected = written(name, arguments, result)
            given_out = expected if name in ("sketch_batch", "shared") else arrays_of(result) or arrays_of(arguments[-1])
            if any(np.any(np.nan_to_num(a)) for a in given_out):
                met.add(name)
            for form, (function, theirs) in others.items():
                with np.errstate(over="ignore"):
                    found = written(name, theirs, function(*theirs))
                assert len(found) == len(expected), (name, form)
                for a, b in zip(found, expected, strict=True):
                    assert np.array_equal(a, b, equal_nan=a.dtype.kind == "f"), (name, form)
            return result

        return run

    return Functions(compiled=True, **{name: checked(name) for name in vars(compiled) if name != "compiled"})


def test_each_kernel_gives_what_its_twins_give(monkeypatch):
    """Also as it stands, run as Python: so the functions of `bits` are held against the native ones of `vectors`."""
    met: set[str] = set()
    checked = held_against_twins(KERNELS.compiled(), met)
    monkeypatch.setattr(KERNELS, "for_work", lambda units: checked)

    @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(ARTICLES)
    @example(one_of_each())
    def run(articles):
        every_result(articles, ALONE)

    run()
    assert met == {*vars(KERNELS.compiled())} - {"compiled"} - NEVER_CALLED_FROM_PYTHON


def test_every_kernel_has_a_twin():
    """Walks the code: a kernel that is added without one fails here."""
    kernels = {name for module in MODULES for name in own_functions(module) if not name.startswith("_")}
    assert kernels == {*vars(KERNELS.compiled())} - {"compiled"}
    twins = {name for name in own_functions(small) if not name.startswith("_")}
    assert twins <= kernels
    assert kernels - twins <= {*own_functions(naive)}
    assert not twins & {*own_functions(naive)}, "one twin is enough"
    for name in kernels:
        parameters = [[*inspect.signature(form).parameters] for form in forms_of(name).values()]
        assert parameters[0] == parameters[1], name


@pytest.mark.parametrize("work", [sketch_articles, pairs_and_clusters])
def test_the_version_of_a_stage_depends_on_all_kernels(work):
    """They are imported by name, where no import statement shows it."""
    package = ROOT / "pipelines" / "duplicates" / "kernels"
    assert {*package.glob("*.py")} <= {*imported(work, Sources(ROOT)).values()}


def test_every_native_function_has_a_twin():
    vectors = importlib.import_module("pipelines.duplicates.kernels.vectors")
    native = {name for name in vars(vectors) if name in own_functions(bits)}
    assert native == {name for name in own_functions(bits) if not name.startswith("_")}


@pytest.mark.parametrize("name", ["fold_block", "inside_words", "beyond_ascii", "filled", "eight_bytes", "copy_word"])
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(
        st.binary(min_size=80, max_size=80), st.text("aZ09 @[`{/:\0é", min_size=80, max_size=80).map(lambda t: t.encode()[:80])
    )
)
def test_native_functions_of_bytes_are_those_of_python(name, data):
    given_bytes = np.frombuffer(data, np.uint8).copy()
    kind = np.uint64 if name == "copy_word" else np.uint8
    results = []
    for function in (getattr(bits, name), native_caller(name)):
        out = np.full(80, 7, kind)
        arguments = (given_bytes, 5, out, 3) if name in ("fold_block", "copy_word") else (given_bytes, 5)
        result = int(function(*arguments))
        if name == "fold_block":  # for bytes beyond ASCII nothing of use is written
            out[3:67][(given_bytes[5:69] > 0x7F)] = 0
        results.append((result, out.tolist()))
    assert results[0] == results[1]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(0, 2**64 - 1))
def test_native_functions_of_bits_are_those_of_python(value):
    for name in ("lowest_bit", "bits_set"):
        assert native_caller(name)(np.uint64(value)) == getattr(bits, name)(np.uint64(value))


def native_caller(name: str):
    """A native function so that it can be called from Python."""
    if name not in CALLERS:
        numba = importlib.import_module("numba")
        function = getattr(importlib.import_module("pipelines.duplicates.kernels.vectors"), name)
        count = len(inspect.signature(getattr(bits, name)).parameters)
        CALLERS[name] = numba.njit(
            {1: lambda a: function(a), 2: lambda a, b: function(a, b), 4: lambda a, b, c, d: function(a, b, c, d)}[count]
        )
    return CALLERS[name]


CALLERS: dict = {}


def test_little_text_needs_no_numba_and_much_does():
    script = """
import sys
import pyarrow as pa
from pipelines.duplicates import find_duplicates, sketch_articles
from pipelines import compiled
text = " ".join(f"word{i}" for i in range(300))
articles = pa.table({"id": ["a", "b", "c"], "text": [text, text + " more", text]})
assert find_duplicates(articles).pairs.num_rows == 3
assert sketch_articles(articles).num_rows == 3
assert "numba" not in sys.modules and "llvmlite" not in sys.modules
compiled.much = True
assert find_duplicates(articles).pairs.num_rows == 3
assert "numba" in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=300)


def test_what_is_little_and_what_is_much_is_counted_in_words(monkeypatch):
    asked: list[int] = []
    given_out = KERNELS.for_work
    monkeypatch.setattr(KERNELS, "for_work", lambda units: asked.append(units) or given_out(units))
    with KERNELS.always(compiled=False):
        find_duplicates(table([" ".join(prose(3, 200))] * 2 + [" ".join([*prose(3, 180), *prose(4, 20)])]))
    assert 600 <= sum(asked) <= 1200  # of 600 words, and of 400 words that are compared
