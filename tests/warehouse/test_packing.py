"""Lists of numbers come back as they were packed, and in SQL too."""

from itertools import pairwise

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse import WarehousePaths, WorkingFile, unpack, unpack_sets
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


@settings(derandomize=True, deadline=None)
@given(LISTS)
def test_sets_come_back_ascending(lists):
    sets = [list(dict.fromkeys(numbers)) for numbers in lists]
    assert lists_of(unpack_sets(pack_sets(column(sets)))) == [sorted(numbers) for numbers in sets]


def test_sql_packs_too(tmp_path):
    working = WorkingFile(WarehousePaths(tmp_path))
    found = working.table(
        "SELECT packed([3, 1, 3]::UINTEGER[]) AS a, packed_set([3, 900000, 1]::UINTEGER[]) AS b, packed([]::UINTEGER[]) AS c"
    )
    working.close()
    assert lists_of(unpack(found["a"])) == [[3, 1, 3]]
    assert lists_of(unpack_sets(found["b"])) == [[1, 3, 900000]]
    assert lists_of(unpack(found["c"])) == [[]]
