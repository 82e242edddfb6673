"""Statements of two articles are compared by tables of four-grams; merging their lists, one by one, gives the same."""

from dataclasses import replace
from itertools import combinations, pairwise
from unittest import mock

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.folding import folded
from pipelines.utterances import UtteranceSettings, article_words, measures
from pipelines.utterances.article_pairs import article_pairs, nothing_common
from pipelines.utterances.article_words import EVERY, ArticleWords, Lists, said_shingles, said_words
from pipelines.utterances.corroboration import all_in_common, in_common
from pipelines.utterances.kernels.load import KERNELS
from pipelines.utterances.kernels.pairs import shared_weight
from pipelines.utterances.rarity import gram_buckets, steps_of, word_hash
from pipelines.utterances.statements import words_of_texts

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


def pairs_of(articles, days, said, of_said, changed=None, **settings):
    numbers = ArticleWords(
        Lists(np.array([n for row in articles for n in row], np.int32), np.cumsum([0, *map(len, articles)])), HASHES
    )
    changed = np.ones(len(articles), bool) if changed is None else changed
    of_said = np.array(of_said, np.int64)

    def shingles_of(places, looked_at):
        own = np.isin(of_said, places)
        texts = [text for text, kept in zip(said, own, strict=True) if kept]
        return said_shingles(pa.chunked_array([texts], pa.string()), of_said[own], looked_at)

    return article_pairs(numbers, np.array(days), shingles_of, changed, nothing_common(), replace(UtteranceSettings(), **settings))


HASHES = np.array([word_hash(word) for word in "harbour dredger quay storm insurer council vote wall".split()], np.uint64)


def test_pairs_with_five_words_in_a_row_in_common_are_found():
    said = ["we will not go there", "they said we will not go there", "we will not go there", "we will not go away"]
    found = pairs_of([[], [], []], [-1, -1, -1], said, [0, 1, 1, 2])
    assert found.pairs.tolist() == [[0, 1]]
    assert pairs_of([[], [], []], [-1, -1, -1], said, [0, 1, 1, 2], common_shingle=1).pairs.tolist() == []


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.frozensets(st.integers(0, 7)), st.integers(-1, 20), st.booleans()), min_size=2, max_size=6),
    st.integers(2, 4),
    st.booleans(),
)
def test_articles_are_compared_that_share_rare_words_and_are_alike(rows, common, compiled):
    articles, days, changed = [sorted(row[0]) for row in rows], [row[1] for row in rows], np.array([row[2] for row in rows])
    steps = steps_of(HASHES) ** 2
    rare = [n for n in range(8) if sum(n in article for article in articles) <= common]
    wanted = []
    for a, b in combinations(range(len(articles)), 2):
        both = set(articles[a]) & set(articles[b])
        alike = steps[[*both]].sum() / np.sqrt(max(steps[articles[a]].sum() * steps[articles[b]].sum(), 1e-9))
        near = min(days[a], days[b]) < 0 or abs(days[a] - days[b]) <= 14
        if near and len(both & {*rare}) >= 2 and alike >= 0.15 and (changed[a] or changed[b]):
            wanted.append(([a, b], alike))
    with KERNELS.always(compiled=compiled):
        found = pairs_of(articles, days, [], [], changed, common_word=common)
    # nothing was common before, so pairs of unchanged articles may be among the others
    asked = [pair for pair, alike in zip(found.pairs.tolist(), found.alike.tolist(), strict=True) if changed[pair].any()]
    assert asked == [pair for pair, _ in wanted]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.text(st.sampled_from("abcdeféßж語"), min_size=1, max_size=7), max_size=4).map(" ".join), max_size=4))
def test_words_are_hashed_as_one_by_one_in_both_forms(texts):
    words = [text.split() for text in texts]
    for compiled in (True, False):
        with KERNELS.always(compiled=compiled):
            said = said_words(pa.chunked_array([texts], pa.string()))
        assert said.words.values.tolist() == [word_hash(word) for row in words for word in row]
        assert said.stems.tolist() == [word_hash(word[:5]) if len(word) >= 5 else 0 for row in words for word in row]
        assert said.words.starts.tolist() == np.cumsum([0, *map(len, words)]).tolist()


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.lists(st.lists(st.sampled_from(["we", "will", "größer", "語", "not", "harbour"]), max_size=9), max_size=4),
    st.booleans(),
    st.sampled_from([1, 3, 8]),
)
def test_five_words_in_a_row_are_found_as_one_by_one_in_both_forms_however_many_texts_are_read_at_once(texts, half, at_once):
    looked_at = np.array([True, False]) if half else EVERY
    wanted = set()
    for place, words in enumerate(texts):
        for first in range(len(words) - 4):
            together = 0
            for word in words[first : first + 5]:
                together = (together * 0x9E3779B97F4A7C15 + word_hash(word)) % (1 << 64)
            if looked_at[(together >> 24) % len(looked_at)]:
                wanted.add(together >> 24 << 24 | place)
    column = pa.chunked_array([[" ".join(words) for words in texts]], pa.string())
    for compiled in (True, False):
        with KERNELS.always(compiled=compiled), mock.patch.object(article_words, "_TEXTS_IN_THREAD", at_once):
            assert said_shingles(column, np.arange(len(texts)), looked_at).tolist() == sorted(wanted)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.text(st.sampled_from("ab é語"), max_size=60), max_size=4))
def test_four_grams_are_those_of_the_table_of_rarity_in_both_forms(texts):
    codes = [np.frombuffer(f" {text} ".encode("utf-32-le"), np.uint32) for text in texts]
    wanted = [list(dict.fromkeys(gram_buckets(some).tolist())) for some in codes]
    for compiled in (True, False):
        with KERNELS.always(compiled=compiled):
            found = measures._grams(pa.chunked_array([texts], pa.string()))
        assert [found.values[a:b].tolist() for a, b in pairwise(found.starts.tolist())] == wanted


WORDS = st.lists(st.sampled_from("the harbour harbourmaster wall walls not we we rebuild rebuilt".split()), max_size=8).map(
    " ".join
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.tuples(WORDS, WORDS), max_size=4))
def test_words_in_common_are_counted_as_one_by_one_in_both_forms(texts):
    words = pa.chunked_array([[text for pair in texts for text in pair]], pa.string())
    first = np.arange(len(texts)) * 2
    for compiled in (True, False):
        with KERNELS.always(compiled=compiled):
            shared, further = all_in_common(words, first, first + 1)
        wanted = np.array([in_common(*pair) for pair in texts]).reshape(-1, 2)
        np.testing.assert_allclose(np.column_stack([shared, further]), wanted, atol=1e-9)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.text("abcXÉéß’'_ \n1½…шК", max_size=14), max_size=4))
def test_words_of_articles_are_hashed_each_once_in_both_forms(texts):
    wanted = [sorted({word_hash(word) for word in folded(text).split()}) for text in texts]
    for compiled in (True, False):
        with KERNELS.always(compiled=compiled):
            hashes, starts = words_of_texts(texts)
        assert [hashes[a:b].tolist() for a, b in pairwise(starts.tolist())] == wanted
