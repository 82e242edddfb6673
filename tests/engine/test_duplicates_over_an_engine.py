"""Duplicates found in parts are those that one machine finds at once, whatever the parts and the order of rows."""

import threading

import pyarrow as pa
from duplicates.corpora import corpora, noisy_corpora, one_of_each
from engine.runs import SMALL, articles, assert_same, found_over
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.engine import duplicates as over
from pipelines.duplicates import DuplicateSettings, find_duplicates


@settings(max_examples=6, deadline=None, derandomize=True)
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


def test_no_step_leaves_threads_in_its_process_which_could_not_be_forked_then():
    before = set(threading.enumerate())
    found_over(articles(one_of_each()), SMALL, 2)
    assert set(threading.enumerate()) == before
