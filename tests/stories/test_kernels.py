"""The kernels of stories: as loops, as operations on arrays and compiled they give the same, bit for bit."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.stories.kernels import counting, likeness, small
from pipelines.stories.kernels.load import KERNELS

WORDS = 12
LISTS = st.lists(st.lists(st.integers(0, WORDS - 1), max_size=9), min_size=1, max_size=8)


def flat(lists):
    bounds = np.concatenate([[0], np.cumsum([len(some) for some in lists])]).astype(np.int64)
    return bounds, np.array([value for some in lists for value in some], np.int32)


def forms(name):
    """The kernel as loops, as operations on arrays, and compiled."""
    module = counting if hasattr(counting, name) else likeness
    return [getattr(module, name), getattr(small, name), getattr(KERNELS.compiled(), name)]


def same(name, *arguments):
    first, *others = (form(*arguments) for form in forms(name))
    for other in others:
        for one, two in zip(first, other, strict=True):
            assert one.dtype == two.dtype
            assert np.array_equal(one, two)
    return first


@settings(max_examples=25, deadline=None)
@given(LISTS, st.data())
def test_words_and_pairs_are_counted_alike(texts, data):
    titles = data.draw(st.lists(st.lists(st.integers(0, WORDS - 1), max_size=4), min_size=len(texts), max_size=len(texts)))
    grammar = np.array(data.draw(st.lists(st.integers(0, 7), min_size=WORDS, max_size=WORDS)), np.int64)
    first, lead = data.draw(st.integers(1, 10)), data.draw(st.integers(0, 5))
    bounds, words, counts = same("count_words", *flat(titles), *flat(texts), first, 2, grammar, lead)
    own = [
        max(range(3), key=lambda bit: sum(grammar[w] >> bit & 1 for w in {*title, *text[:lead]}))
        for title, text in zip(titles, texts, strict=True)
    ]
    for place, (title, text) in enumerate(zip(titles, texts, strict=True)):
        kept = [word for word in [*title, *text[:first]] if not grammar[word] >> own[place] & 1]
        expected = {word: 2 * title.count(word) + text[:first].count(word) for word in kept}
        part = slice(bounds[place], bounds[place + 1])
        assert list(zip(words[part].tolist(), counts[part].tolist(), strict=True)) == list(expected.items())
    spread = [form(*flat(titles), *flat(texts), WORDS) for form in forms("spread")]
    held = [sum(word in [*title, *text] for title, text in zip(titles, texts, strict=True)) for word in range(WORDS)]
    assert all(one.tolist() == held for one in spread)
    most = np.array(data.draw(st.lists(st.integers(1, 10), min_size=len(texts), max_size=len(texts))))
    bounds, numbers, keys = same("number_pairs", *flat(texts), most)
    pairs = [pair for text, many in zip(texts, most, strict=True) for pair in pairwise(text[:many])]
    assert [(key >> 32, key & 0xFFFFFFFF) for key in keys[numbers].tolist()] == pairs
    assert len({*pairs}) == len(keys)


@settings(max_examples=25, deadline=None)
@given(LISTS, st.integers(1, 6), st.data())
def test_terms_are_weighed_alike_and_likeness_is_the_product(texts, kept, data):
    distinct = [list(dict.fromkeys(text)) for text in texts]
    bounds, terms = flat(distinct)
    counts = np.array(data.draw(st.lists(st.integers(1, 3), min_size=len(terms), max_size=len(terms))), np.int32)
    held = np.bincount(terms, minlength=WORDS)
    rarity = np.log((len(texts) + 3) / np.maximum(np.arange(len(texts) + 1), 1))
    telling = np.arange(len(texts) + 1) <= 6
    weighed = same("weigh", bounds, terms, counts, held, 1 + np.log([1, 1, 2, 3]), rarity, telling, 0.5, kept)
    assert np.diff(weighed[0]).max() <= kept
    rows = np.zeros((len(texts), WORDS), np.float32)
    rows[np.repeat(np.arange(len(texts)), np.diff(weighed[0])), weighed[1]] = weighed[2]
    holding = same("inverted", *weighed, WORDS)
    least = np.float32(0.03)
    found = [form(weighed[0], weighed[2], *holding, 0, len(texts), least) for form in forms("likenesses")]
    product = np.triu(rows.astype(np.float64) @ rows.T.astype(np.float64), 1)
    for counts, later, like in found:
        assert np.array_equal(counts, (product > least).sum(1))
        of = np.repeat(np.arange(len(texts)), counts)
        order, again = np.lexsort((later, of)), np.lexsort((found[0][1], of))
        assert np.array_equal(later[order], found[0][1][again])
        assert np.array_equal(like[order], found[0][2][again])
        assert like == pytest.approx(product[of, later], abs=1e-5)
    near_bounds = np.concatenate([[0], np.cumsum(found[1][0])])
    a, b = np.triu_indices(len(texts), 1)
    weights = np.stack([found[1][2], found[1][2] ** 2], axis=1)
    own = np.full((len(texts), 2), 0.25, np.float32)
    cosines = [form(near_bounds, found[1][1], weights, own, a, b) for form in forms("shared_nearness")]
    assert all(np.array_equal(one, cosines[0]) for one in cosines)
    expected = np.zeros(len(a))
    for scale in range(2):
        square = np.diag(own[:, scale]).astype(np.float64)
        square[np.repeat(np.arange(len(texts)), found[1][0]), found[1][1]] += weights[:, scale]
        square /= np.linalg.norm(square, axis=1)[:, None]
        expected += (square @ square.T)[a, b]
    assert cosines[0] == pytest.approx(expected, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(LISTS, st.sampled_from([[1], [1, 2, 3], [2, 5]]))
def test_the_values_at_ranks_of_lists(lists, ranks):
    bounds, values = flat(lists)
    found = [form(bounds, values.astype(np.float32), np.array(ranks)) for form in forms("at_ranks")]
    expected = [[([*sorted(some, reverse=True), *[0] * 5])[rank - 1] for rank in ranks] for some in lists]
    assert all(one.dtype == np.float32 and one.tolist() == expected for one in found)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.data())
def test_the_value_at_a_rank(values, data):
    rank = data.draw(st.integers(1, len(values)))
    for form in forms("highest"):
        assert form(np.array(values, np.float32), len(values), rank) == sorted(values)[-rank]
