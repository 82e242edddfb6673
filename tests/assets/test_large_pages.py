"""Pages that are large: they are read in parts that fit into memory, and one transaction never holds them all."""

import base64
import json
import random

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from assets.stages import runner
from assets.stages.ingest import ingest_roots
from assets.stages.open import open_load
from warehouse import WarehousePaths

PAGES = 160
BYTES_OF_A_PAGE = 240_000


def test_a_file_of_large_pages_is_read_whole(tmp_path):
    pages = tmp_path / "news" / "pages.jsonl"
    pages.parent.mkdir()
    noise = random.Random(7)  # nothing that could be compressed
    with pages.open("w") as out:
        for number in range(PAGES):
            filler = base64.b64encode(noise.randbytes(BYTES_OF_A_PAGE * 3 // 4)).decode()
            out.write(
                json.dumps({"id": str(number), "html": f"<html><body><p>The weir held.</p><!-- {filler} --></body></html>"}) + "\n"
            )
    with open_load(WarehousePaths(tmp_path / "warehouse"), "load", 0) as load:
        ingest_roots(load, [pages.parent])
        found = load.working.rows("SELECT count(*), min(characters), min(characters = length(raw_html)) FROM documents")
    assert found[0][0] == PAGES
    assert found[0][1] > BYTES_OF_A_PAGE
    assert found[0][2]


@given(st.lists(st.integers(0, 3 * runner.BATCH_CHARACTERS), max_size=30), st.integers(1, 8))
def test_batches_hold_every_row_once_and_no_more_than_their_size_and_length(characters, size):
    rows = pa.table({"id": [str(n) for n in range(len(characters))], "characters": pa.array(characters, pa.int64())})
    parts = list(runner.batches(rows, size))
    assert [i for part in parts for i in part["id"].to_pylist()] == rows["id"].to_pylist()
    for part in parts:
        assert 1 <= part.num_rows <= size
        assert part.num_rows == 1 or sum(part["characters"].to_pylist()) <= runner.BATCH_CHARACTERS


@given(st.lists(st.integers(0, 2 * runner.BATCH_CHARACTERS), max_size=30), st.integers(1, 8))
def test_batches_that_are_read_together_are_all_of_them_and_no_longer_than_one_may_be(characters, size):
    rows = pa.table({"id": [str(n) for n in range(len(characters))], "characters": pa.array(characters, pa.int64())})
    groups = list(runner.read_together(runner.batches(rows, size)))
    assert [part for group in groups for part in group] == list(runner.batches(rows, size))
    for group in groups:
        assert len(group) == 1 or sum(sum(part["characters"].to_pylist()) for part in group) <= runner.BATCH_CHARACTERS
