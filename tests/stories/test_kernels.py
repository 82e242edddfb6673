"""The kernels of stories: as loops, as operations on arrays and compiled they give the same, bit for bit."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pipelines.stories.kernels import counting, grouping, likeness, packed, small
from pipelines.stories.kernels.load import KERNELS
from warehouse.packing import pack

WORDS = 12
LISTS = st.lists(st.lists(st.integers(0, WORDS - 1), max_size=9), min_size=1, max_size=8)


def flat(lists):
    bounds = np.concatenate([[0], np.cumsum([len(some) for some in lists])]).astype(np.int64)
    return bounds, np.array([value for some in lists for value in some], np.int32)


def forms(name):
    """The kernel as loops, as operations on arrays where there is such a form, and compiled."""
    plain = [getattr(module, name) for module in (counting, grouping, likeness, packed, small) if hasattr(module, name)]
    return [*plain, getattr(KERNELS.compiled(), name)]


def same(name, *arguments):
    found = [form(*arguments) for form in forms(name)]
    first, *others = ((made,) if isinstance(made, np.ndarray) else made for made in found)
    for other in others:
        for one, two in zip(first, other, strict=True):
            assert one.dtype == two.dtype, name
            assert np.array_equal(one, two)
    return first


def chosen(data, texts):
    """The places of some of the texts."""
    return np.flatnonzero(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))))


def inverted(form, weighed):
    held = np.empty(2 * len(weighed[1]), np.uint32)
    return form(*weighed, WORDS, held, held.view(np.float32)), held, held.view(np.float32)


def titles_for(data, texts):
    return data.draw(st.lists(st.lists(st.integers(0, WORDS - 1), max_size=4), min_size=len(texts), max_size=len(texts)))


@settings(max_examples=25, deadline=None)
@given(LISTS, st.data())
def test_words_are_counted_alike(texts, data):
    titles, places = titles_for(data, texts), chosen(data, texts)
    grammar = np.array(data.draw(st.lists(st.integers(0, 7), min_size=WORDS, max_size=WORDS)), np.int64)
    first, lead = data.draw(st.integers(1, 10)), data.draw(st.integers(0, 5))
    prose = (*flat(titles), *flat(texts))
    [own] = same("own_languages", places, *prose, grammar, lead)
    bounds, words, counts = same("count_words", places, *prose, first, 2, grammar, own)
    for row, place in enumerate(places.tolist()):
        title, text = titles[place], texts[place]
        language = max(range(3), key=lambda bit: sum(grammar[w] >> bit & 1 for w in {*title, *text[:lead]}))
        assert own[row] == 1 << language
        kept = [word for word in [*title, *text[:first]] if not grammar[word] >> language & 1]
        expected = {word: 2 * title.count(word) + text[:first].count(word) for word in kept}
        part = slice(bounds[row], bounds[row + 1])
        assert list(zip(words[part].tolist(), counts[part].tolist(), strict=True)) == list(expected.items())
    cut_bounds, cut = same("beginnings", *flat(texts), first)
    assert [cut[a:b].tolist() for a, b in pairwise(cut_bounds)] == [text[:first] for text in texts]
    spread = [form(*prose, WORDS) for form in forms("spread")]
    held = [sum(word in [*title, *text] for title, text in zip(titles, texts, strict=True)) for word in range(WORDS)]
    assert all(one.tolist() == held for one in spread)


@settings(max_examples=25, deadline=None)
@given(LISTS, st.data())
def test_pairs_are_numbered_and_most_of_those_of_one_article_are_counted_only(texts, data):
    titles, places, weight = titles_for(data, texts), chosen(data, texts), data.draw(st.integers(1, 2))
    first, bits = data.draw(st.integers(1, 10)), data.draw(st.integers(1, 3))
    in_titles = [[*pairwise(titles[place])] for place in places.tolist()]
    of_article = [[*title, *pairwise(texts[place][:first])] for title, place in zip(in_titles, places.tolist(), strict=True)]
    pairs = [pair for pairs in of_article for pair in pairs]
    articles = Counter(pair for pairs in of_article for pair in {*pairs})
    bounds = np.concatenate([[0], np.cumsum([len(pairs) for pairs in of_article])]).astype(np.int64)
    title_sizes = np.array([len(title) for title in in_titles], np.int64)
    for form in forms("number_pairs"):
        numbers = np.full(len(pairs), -1, np.int32)
        parts = [form(places, *flat(titles), *flat(texts), first, part, bits, numbers) for part in range(1 << bits)]
        pair_of = dict(zip(numbers.tolist(), pairs, strict=True))
        assert len(pair_of) == len(articles) == sum(map(len, parts))
        assert {pair: parts[number & (1 << bits) - 1][number >> bits] for number, pair in pair_of.items()} == articles
        held = np.array(
            [articles[pair_of[number]] if number in pair_of else 0 for number in range(len(pairs) + 1 << bits)], np.int32
        )
        found_bounds, found, counts, once = same("count_pairs", numbers, bounds, title_sizes, weight, held)
        for row, (title, every) in enumerate(zip(in_titles, of_article, strict=True)):
            expected = Counter(every) + Counter({pair: times * (weight - 1) for pair, times in Counter(title).items()})
            alone = [pair for pair in expected if articles[pair] == 1 and expected[pair] in (1, weight)]
            part = slice(found_bounds[row], found_bounds[row + 1])
            named = [pair_of[number] for number in found[part].tolist()]
            assert [*zip(named, counts[part].tolist(), strict=True)] == [item for item in expected.items() if item[0] not in alone]
            assert once[row].tolist() == [sum(expected[pair] == 1 for pair in alone), sum(expected[pair] != 1 for pair in alone)]


def test_a_table_of_many_pairs_grows():
    """More than it has room for at first."""
    words = np.random.default_rng(0).integers(0, 300, 9000).astype(np.int32)
    none, bounds = (np.zeros(2, np.int64), np.zeros(0, np.int32)), np.array([0, len(words)])
    numbers = np.full(len(words) - 1, -1, np.int32)
    halves = [
        form(np.zeros(1, np.int64), *none, bounds, words, 10_000, part, 1, numbers)
        for form in forms("number_pairs")[-1:]
        for part in range(2)
    ]
    pair_of = dict(zip(numbers.tolist(), pairwise(words.tolist()), strict=True))
    assert len(pair_of) == len({*pairwise(words.tolist())}) == sum(map(len, halves)) > 2048


@settings(max_examples=25, deadline=None)
@given(LISTS, st.integers(1, 6), st.data())
def test_terms_are_weighed_alike_and_neighbours_are_those_of_the_highest_products(texts, kept, data):
    distinct = [list(dict.fromkeys(text)) for text in texts]
    bounds, terms = flat(distinct)
    counts = np.array(data.draw(st.lists(st.integers(1, 3), min_size=len(terms), max_size=len(terms))), np.int32)
    once = np.array(data.draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=len(texts), max_size=len(texts))))
    held = np.bincount(terms, minlength=WORDS)
    rarity = np.log((len(texts) + 3) / np.maximum(np.arange(len(texts) + 1), 1))
    telling = np.arange(len(texts) + 1) <= 6
    weighed = same("weigh", bounds, terms, counts, once, 2, held, 1 + np.log([1, 1, 2, 3]), rarity, telling, 0.5, kept)
    assert np.diff(weighed[0]).max() <= kept
    rows = np.zeros((len(texts), WORDS), np.float32)
    rows[np.repeat(np.arange(len(texts)), np.diff(weighed[0])), weighed[1]] = weighed[2]
    holding = [inverted(form, weighed) for form in forms("inverted")]
    assert all(np.array_equal(starts, holding[0][0]) and np.array_equal(held, holding[0][1]) for starts, held, _ in holding)
    least, most, ranks = np.float32(0.03), np.float32(0.5), np.array([1, 3])
    near_counts, others, like, at_ranks = same("neighbours", *weighed, 0, len(texts), *holding[0], least, most, ranks, False)
    near_bounds = np.concatenate([[0], np.cumsum(near_counts)])
    product = rows.astype(np.float64) @ rows.T.astype(np.float64)
    np.fill_diagonal(product, 0)
    for article, row in enumerate(product):
        highest = sorted(row[row > least], reverse=True)
        scales = [highest[rank - 1] if rank <= len(highest) else 0 for rank in ranks]
        assert at_ranks[article] == pytest.approx(scales, abs=1e-5)
        part = slice(near_bounds[article], near_bounds[article + 1])
        assert like[part] == pytest.approx(row[others[part]], abs=1e-5)
        bound = min(max(at_ranks[article, 1], least), most)
        assert {*np.flatnonzero(row > bound + 1e-5)} <= {*others[part].tolist()} <= {*np.flatnonzero(row > bound - 1e-5)}
    near = sparse.csr_matrix((like, others, near_bounds), shape=(len(texts), len(texts)))
    back = near.T.tocsr()
    bound = np.array(data.draw(st.lists(st.sampled_from([0.1, 0.5, 0.9]), min_size=len(texts), max_size=len(texts))), np.float32)
    pairs = same("nearer_pairs", near_bounds, others, like, back.indptr.astype(np.int64), back.indices, back.data, bound)
    kept = np.where(near.toarray() >= bound[:, None], near.toarray(), 0)
    higher = np.triu(np.maximum(kept, kept.T), 1)
    assert [part.tolist() for part in pairs] == [part.tolist() for part in (*np.nonzero(higher), higher[np.nonzero(higher)])]
    a, b = np.triu_indices(len(texts), 1)
    [products] = same("products", *weighed, WORDS, a, b)
    assert products == pytest.approx(product[a, b], abs=1e-5)
    weights = np.stack([like, like**2], axis=1)
    own = np.full((len(texts), 2), 0.25, np.float32)
    [lengths] = same("nearness_lengths", near_bounds, weights, own)
    [cosines] = same("shared_nearness", near_bounds, others, weights, own, lengths, a, b)
    expected = np.zeros(len(a))
    for scale in range(2):
        square = np.diag(own[:, scale]).astype(np.float64)
        square[np.repeat(np.arange(len(texts)), np.diff(near_bounds)), others] += weights[:, scale]
        square /= np.linalg.norm(square, axis=1)[:, None]
        expected += (square @ square.T)[a, b]
    assert cosines == pytest.approx(expected, abs=1e-6)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.data())
def test_the_value_at_a_rank(values, data):
    rank = data.draw(st.integers(1, len(values)))
    for form in forms("highest"):
        assert form(np.array(values, np.float32), len(values), rank) == sorted(values)[-rank]


@settings(max_examples=25, deadline=None)
@given(LISTS, st.data())
def test_the_breadth_of_what_two_groups_have_in_common(texts, data):
    bounds, terms = flat([list(dict.fromkeys(text)) for text in texts])
    weights = np.array(data.draw(st.lists(st.integers(1, 9), min_size=len(terms), max_size=len(terms))), np.float32)
    one, other = (np.array(data.draw(st.lists(st.integers(0, len(texts) - 1), min_size=1, max_size=4))) for _ in range(2))
    [found] = same("breadths", bounds, terms, weights, np.array([0, 4, 8]), one, other)
    rows = np.zeros((len(texts), WORDS))
    rows[np.repeat(np.arange(len(texts)), np.diff(bounds)), terms] = weights
    products = (rows[one].sum(0) * rows[other].sum(0)).reshape(3, 4)
    with np.errstate(invalid="ignore"):
        expected = np.nan_to_num(products.sum(1) ** 2 / (products**2).sum(1))
    assert found == pytest.approx(expected)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 12), st.data())
def test_groups_are_made_alike(count, data):
    edges = [(a, b) for a in range(count) for b in range(a + 1, count) if data.draw(st.booleans())]
    chance = np.array([data.draw(st.integers(1, 8)) / 8 for _ in edges])  # ties, and means that are none
    a, b = (np.array([edge[side] for edge in edges], np.int32) for side in (0, 1))
    vectors = flat([data.draw(st.lists(st.integers(0, 5), max_size=3, unique=True)) for _ in range(count)])
    same("linked", count, a, b, chance, 0.4, *vectors, np.ones(len(vectors[1]), np.float32), np.array([0, 3]), 0.8, 1.5)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 2**31 - 1) | st.integers(0, 300), max_size=4), min_size=1, max_size=5), st.integers(0, 2))
def test_numbers_come_back_from_their_bytes(lists, skipped):
    column = pack(pa.array(lists, pa.list_(pa.uint32())))
    _, ends, given = column.buffers()
    ends, given = np.frombuffer(ends, np.int32)[min(skipped, len(lists) - 1) :], np.frombuffer(given, np.uint8)
    bounds, numbers = same("unpacked", ends, given)
    assert [numbers[a:b].tolist() for a, b in pairwise(bounds)] == lists[min(skipped, len(lists) - 1) :]
