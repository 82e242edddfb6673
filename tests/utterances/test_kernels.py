"""Statements of two articles are compared by tables of four-grams; merging their lists, one by one, gives the same."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.utterances import measures
from pipelines.utterances.kernels.load import KERNELS
from pipelines.utterances.kernels.pairs import shared_weight
from pipelines.utterances.measures import Lists

ARTICLES = st.lists(st.lists(st.frozensets(st.integers(0, 11), max_size=7), max_size=3), min_size=2, max_size=4)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(ARTICLES, st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_statements_are_compared_as_by_merging_their_lists(articles, words):
    statements = [sorted(grams) for article in articles for grams in article]
    grams = Lists(
        np.array([gram for row in statements for gram in row], np.int32),
        np.cumsum([0, *map(len, statements)]),
    )
    weights = np.linspace(1.1, 90.7, 12)
    totals = np.array([sum(weights[gram] for gram in row) for row in statements])
    marks = np.zeros((len(statements), 4), np.uint64)
    marks[:, 2] = [words[k % 12] for k in range(len(statements))]
    firsts = np.cumsum([0, *map(len, articles)])
    pairs = np.column_stack(np.triu_indices(len(articles), 1))
    wanted = []
    for k, (a, b) in enumerate(pairs.tolist()):
        for i in range(firsts[a], firsts[a + 1]):
            for j in range(firsts[b], firsts[b + 1]):
                shared = shared_weight(grams.values, grams.starts, weights, i, j)
                least, most = min(totals[i], totals[j]), max(totals[i], totals[j])
                if marks[i, 2] & marks[j, 2] and least > 0:
                    cosine, inside = shared / np.sqrt(least * most), shared / least
                    if cosine > measures._LEAST_COSINE or (inside > measures._LEAST_INSIDE and shared > measures._LEAST_SHARED):
                        wanted.append((i, j, k, cosine, inside))
    for compiled in (True, False):
        with KERNELS.always(compiled=compiled):
            found, measured = measures._compared(grams, weights, totals, marks, firsts, pairs)
        assert [(*row, *values) for row, values in zip(found.tolist(), measured.tolist(), strict=True)] == wanted


def test_pairs_with_five_words_in_a_row_in_common_are_found():
    texts = [
        (0, "we will not go there"),
        (1, "they said we will not go there"),
        (1, "we will not go there"),
        (2, "we will not go away"),
    ]
    statements = [measures.Statement(article, 0, 1, "direct", 0, None, None, None, 1.0, text) for article, text in texts]
    vocabulary: dict[str, int] = {}
    words = measures._words_of(statements, vocabulary)
    hashes = np.array([measures.word_hash(word) for word in vocabulary], np.uint64)
    assert measures._verbatim(words, hashes, statements, measures.UtteranceSettings()).tolist() == [[0, 1]]
