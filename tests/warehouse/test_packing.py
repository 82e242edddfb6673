"""Lists of numbers come back as they were packed, and in SQL too."""

from itertools import pairwise
from unittest import mock

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.utterances import article_words
from pipelines.utterances.article_words import unpacked_words
from pipelines.utterances.kernels.load import KERNELS
from warehouse import WarehousePaths, WorkingFile, unpack
from warehouse.packing import pack, pack_sets

NUMBERS = st.integers(0, 2**32 - 1) | st.integers(0, 300)
LISTS = st.lists(st.lists(NUMBERS, max_size=6), max_size=5)


def column(lists):
    return pa.array(lists, pa.list_(pa.uint32()))


def lists_of(unpacked):
    bounds, numbers = unpacked
    return [numbers[first:last].tolist() for first, last in pairwise(bounds)]


@settings(derandomize=True, deadline=None)
@given(LISTS, st.integers(0, 2))
def test_lists_come_back_whatever_rows_stand_before_them(lists, skipped):
    assert lists_of(unpack(pack(column(lists)).slice(skipped))) == lists[skipped:]
    assert lists_of(unpack(pa.chunked_array([pack(column(lists)), pack(column(lists))]))) == lists * 2


def sets_of(packed):
    values, starts = unpacked_words(packed, np.zeros(0, np.uint64)).lists
    return lists_of((starts, values))


@settings(derandomize=True, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 2**31 - 1) | st.integers(0, 300), max_size=6), max_size=5),
    st.integers(0, 2),
    st.booleans(),
    st.sampled_from([1, 2, 8]),
)
def test_sets_come_back_ascending_in_both_forms_however_many_are_read_at_once(sets, skipped, compiled, at_once):
    packed = pack_sets(column([list(numbers) for numbers in sets])).slice(skipped)
    with KERNELS.always(compiled=compiled), mock.patch.object(article_words, "AT_ONCE", at_once):
        assert sets_of(pa.chunked_array([packed, pa.array([None], pa.binary())])) == [*map(sorted, sets[skipped:]), []]


def test_sql_packs_too(tmp_path):
    working = WorkingFile(WarehousePaths(tmp_path))
    found = working.table(
        "SELECT packed([3, 1, 3]::UINTEGER[]) AS a, packed_set([3, 900000, 1]::UINTEGER[]) AS b, packed([]::UINTEGER[]) AS c"
    )
    working.close()
    assert lists_of(unpack(found["a"])) == [[3, 1, 3]]
    assert sets_of(found["b"]) == [[1, 3, 900000]]
    assert lists_of(unpack(found["c"])) == [[]]
