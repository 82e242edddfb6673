"""Duplicates found in parts are those that one machine finds at once, whatever the parts and the order of rows."""

import tempfile
from pathlib import Path

import pyarrow as pa
from duplicates.corpora import corpora, noisy_corpora, one_of_each
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.engine import LocalEngine, Steps
from assets.engine import duplicates as over
from assets.engine.table import write_table
from pipelines.duplicates import Duplicates, DuplicateSettings, find_duplicates
from pipelines.duplicates.places import ARTICLES

SMALL = DuplicateSettings(bucket_cap=2, equal_cap=2, common_days=2, common_stories=2)


def articles(table: pa.Table, corrections: list[str | None] | None = None) -> pa.Table:
    return table.append_column("correction", pa.array(corrections or [None] * table.num_rows, pa.string())).cast(ARTICLES)


def found_over(rows: pa.Table, how: DuplicateSettings, in_file: int, engine=None) -> Duplicates:
    with tempfile.TemporaryDirectory() as folder:
        steps = Steps(Path(folder) / "steps", engine or LocalEngine())
        return over.duplicates_over(steps, steps.given(write_table(rows, Path(folder) / "in", in_file), "in"), how).read()


def assert_same(got: Duplicates, wanted: Duplicates) -> None:
    for name in ("pairs", "clusters", "capped"):
        assert getattr(got, name).equals(getattr(wanted, name)), name


@settings(max_examples=8, deadline=None, derandomize=True)
@given(corpora() | noisy_corpora(), st.data())
def test_any_partition_and_order_gives_what_one_machine_finds(corpus, data):
    size = corpus.num_rows
    says = data.draw(st.lists(st.sampled_from([None, None, "a figure was wrong"]), min_size=size, max_size=size))
    rows = articles(corpus, says)
    how = data.draw(st.sampled_from([SMALL, DuplicateSettings()]))
    mixed = rows.take(pa.array(data.draw(st.permutations(range(size)))))
    assert_same(found_over(mixed, how, data.draw(st.integers(1, 6))), find_duplicates(rows, how))


def test_places_that_are_split_give_the_same_pairs(monkeypatch):
    monkeypatch.setattr(over, "_MOST_PAIRS", 1)
    monkeypatch.setattr(over, "_TEXTS_IN_PART", 1)
    rows = articles(one_of_each())
    assert_same(found_over(rows, SMALL, 2), find_duplicates(rows, SMALL))
