"""Arrays between numpy and Arrow, and room for large ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.duplicates.arrays import Blocks, as_column, as_numpy, as_text_column, repeated_text

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = st.lists(st.one_of(st.none(), st.integers(-(2**40), 2**40)), max_size=40)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(NUMBERS, st.integers(0, 5), st.integers(1, 9))
def test_numbers_come_through_with_what_stands_for_nulls(values, first, chunk):
    column = pa.array(values, pa.int64())[first:]
    expected = [-1 if value is None else value for value in values[first:]]
    assert as_numpy(column, -1).tolist() == expected
    chunked = pa.chunked_array([column[i : i + chunk] for i in range(0, len(column), chunk)], pa.int64())
    assert as_numpy(chunked, -1).tolist() == expected


@settings(derandomize=True, max_examples=100, deadline=None)
@given(NUMBERS)
def test_a_column_has_nulls_where_values_are_missing(values):
    missing = np.array([value is None for value in values], bool)
    plain = np.array([0 if value is None else value for value in values], np.int64)
    column = as_column(plain, missing)
    column.validate(full=True)
    assert column.to_pylist() == values
    assert as_column(plain[::2]).to_pylist() == plain[::2].tolist()
    assert as_column(missing).to_pylist() == missing.tolist()
    assert as_numpy(as_column(missing)[1:]).tolist() == missing[1:].tolist()


def test_a_null_that_nothing_stands_for_is_refused():
    with pytest.raises(ValueError, match="1 of 2 values are null"):
        as_numpy(pa.array([1, None], pa.int64()))


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=20))
def test_strings_come_through(values):
    column = as_text_column(values)
    column.validate(full=True)
    assert column.to_pylist() == values
    assert [repeated_text(value, 3).to_pylist() for value in values[:2]] == [[value] * 3 for value in values[:2]]


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.sampled_from([np.uint8, np.uint32, np.uint64])), max_size=20))
def test_what_is_kept_in_a_block_stays_as_it_is(asked):
    blocks, kept = Blocks(), []
    for number, (used, spare, kind) in enumerate(asked):
        room = blocks.room(used + spare, kind)
        room[...] = 255  # what is not kept is written over
        room[:used] = number
        kept.append(blocks.keep(room[:used]))
    assert [values.tolist() for values in kept] == [[number] * used for number, (used, _, _) in enumerate(asked)]


def test_duplicates_are_found_without_pandas():
    script = """
import sys
asked = []
class Finder:
    def find_spec(self, name, path=None, target=None):
        asked.append(name)
sys.meta_path.insert(0, Finder())
import pyarrow as pa
from pipelines.duplicates import find_duplicates
from pipelines.duplicates.arrays import as_text_column
from pipelines import compiled
text = " ".join(f"word{i}" for i in range(60))
ids = as_text_column(["a", "b", "c"])
batch = pa.table([ids, as_text_column([text, text + " more", text]), as_text_column(["2030-01-01"] * 3)], names=["id", "text", "date"])
compiled.much = True
found = find_duplicates(iter([batch]))
assert found.pairs.num_rows == 3, found.pairs
assert "numba" in asked and "pandas" not in asked
"""
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=300)
