"""A large corpus is compared in parts, and what is made of each article is read from a file: what is found is the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from stories.test_stories import corpus, table

from pipelines.stories import StorySettings, article_tokens, numbered
from pipelines.stories import descriptions as d
from pipelines.stories.likeness import neighbourhoods
from pipelines.stories.rows import Rows

TERMS = 9
WEIGHTS = st.sampled_from([0.25, 0.5, 0.5, 0.75])  # few, so that many are as like as others


@settings(max_examples=200, deadline=None)
@given(st.data(), st.integers(1, 14), st.integers(1, 5))
def test_neighbours_are_the_same_however_many_articles_are_compared_at_once(data, articles, at_once):
    rows = np.zeros((articles, TERMS), np.float32)
    for row in rows:
        for term in data.draw(st.lists(st.integers(0, TERMS - 1), max_size=4, unique=True)):
            row[term] = data.draw(WEIGHTS)
    vectors, how = sparse.csr_matrix(rows), StorySettings(neighbours=(1, 2, 4), scale=(0.03, 0.4), floor_of_few=0.1)
    asked = data.draw(st.integers(0, articles))
    whole, parts = (neighbourhoods(vectors, how, asked, articles, some) for some in (articles, at_once))
    for name in ("indptr", "indices", "data"):
        assert np.array_equal(getattr(whole[0], name), getattr(parts[0], name))
    assert np.array_equal(whole[1], parts[1])


def test_what_is_as_like_as_the_last_rank_counts_though_it_comes_in_the_last_part():
    rows = np.zeros((8, TERMS), np.float32)
    rows[1, 0], rows[4:, 0] = 0.5, 0.25
    vectors, how = sparse.csr_matrix(rows), StorySettings(neighbours=(1, 2, 4), scale=(0.03, 0.4), floor_of_few=0.1)
    whole, parts = (neighbourhoods(vectors, how, 2, 8, some) for some in (8, 4))
    assert [scale.tolist() for scale in whole[1]] == [scale.tolist() for scale in parts[1]] == [[0.0, 0.125]] * 3


@pytest.mark.parametrize("in_memory", [0, 16, 1 << 20])
def test_rows_come_back_from_where_they_are_kept(in_memory):
    whole = sparse.random(40, 30, 0.2, "csr", np.float32, random_state=1)
    rows = Rows(30, in_memory)
    for begin in range(0, 40, 7):
        rows.append(whole[begin : begin + 7])
    assert rows.shape == whole.shape
    for part in (slice(None), slice(3, 20), slice(39, 60), slice(5, 5)):
        assert (rows[part] != whole[part]).nnz == 0
        assert rows[part].shape == whole[part].shape


def test_pairs_of_words_numbered_in_many_parts_describe_articles_alike(monkeypatch):
    words = numbered(article_tokens(table(corpus()), StorySettings()))
    found = []
    for pairs in (d._PAIRS, 64):
        monkeypatch.setattr(d, "_PAIRS", pairs)
        described = d.described(words, np.arange(len(words.ids)), StorySettings())
        rows = described.vectors[:]
        found.append((rows.indptr.tolist(), rows.data.tolist(), described.held["pairs"].sizes.tolist()))
    assert found[0] == found[1]
