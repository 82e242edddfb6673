"""How likely two articles tell one story: their terms weighed by rarity, read against the neighbourhoods of both.

Articles come in ascending order of id and terms in the order in which they stand in the article, so that every sum is added up in the same
order whatever the order of loading. Only pairs that share rare terms are looked at. How pairs become groups stands in `grouping.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipelines.stories.descriptions import Counted, described
from pipelines.stories.kernels.load import KERNELS
from pipelines.stories.settings import StorySettings
from pipelines.stories.terms import ArticleWords

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_ROWS = 512  # articles compared with all later ones in one step
_LIKELY = -1.5  # log odds, below which a pair is not looked at more closely
_PAIRS = 1 << 16  # pairs of articles whose neighbours are compared in one step
DESCRIPTIONS = ("words", "lead", "pairs")


@dataclass(frozen=True)
class Pairs:
    """Pairs of places `a < b`, sorted, with the chance that both tell one story."""

    a: Ints
    b: Ints
    chance: NDArray[np.float64]


def pair_chances(words: ArticleWords, days: NDArray[np.float64], settings: StorySettings) -> tuple[Pairs, list[sparse.csr_matrix]]:
    """The pairs of articles that may tell one story, by their places, and the articles as vectors of each of `DESCRIPTIONS`. `days` are their dates
    as ordinals or nan."""
    terms, articles = described(words, settings), len(words.ids)
    kernels = KERNELS.for_work(len(words.text.values))
    compared = (*DESCRIPTIONS, "numbers")
    with ThreadPoolExecutor(settings.threads) as pool:
        vectors = dict(zip(compared, pool.map(lambda name: weighed(terms[name], articles, settings), compared), strict=True))
    terms = {name: terms[name] for name in ("pairs", "numbers", "names")}
    descriptions = [vectors[name] for name in DESCRIPTIONS]
    near, scales = neighbourhoods(_together(descriptions), settings)
    bounds = [np.clip(scale, *_bounds_of_scale(articles, settings)) for scale in scales]
    a, b, like = _pairs_of(near, bounds[len(bounds) // 2])
    above = sum((np.log(like / np.sqrt(bound[a] * bound[b])) for bound in bounds), np.zeros(len(a)))

    excess = [_excess(near, bound, settings.emphasis) for bound in bounds]
    weights, own = (np.ascontiguousarray(np.stack(columns, axis=1)) for columns in zip(*excess, strict=True))
    others = _arrays(near)[:2]

    def shared(begin: int) -> NDArray[np.float64]:
        part = slice(begin, begin + _PAIRS)
        return np.asarray(kernels.shared_nearness(*others, weights, own, a[part], b[part]))

    with ThreadPoolExecutor(settings.threads) as pool:
        nearness = np.concatenate([np.zeros(0), *pool.map(shared, range(0, len(a), _PAIRS))])
    odds = (
        settings.base
        + settings.above * above / len(bounds)
        + settings.likeness * np.log(like)
        + settings.shared * nearness / len(bounds)
        + settings.numbers * np.sqrt(_dots(vectors["numbers"], a, b))
        + settings.other_day * (_other_day(words.days, a, b) & np.isnan(days[a] - days[b]))
        + settings.apart * _apart(days, a, b, settings)
        + settings.together * (np.abs(days[a] - days[b]) <= 1)
    )
    likely = np.flatnonzero(odds >= _LIKELY)
    odds[likely] += settings.form * _of_one_form(terms, a[likely], b[likely], settings)
    return Pairs(a, b, 1 / (1 + np.exp(-odds))), descriptions


def weighed(counted: Counted, articles: int, settings: StorySettings) -> sparse.csr_matrix:
    """Unit vectors of articles in one description: the log of each count times the log of the term's rarity among them."""
    held = np.bincount(counted.terms, minlength=counted.known)
    by_number = np.arange(1 + max(1, articles))
    telling = by_number <= max(settings.few, min(settings.common * (articles + settings.imagined), settings.most))
    rarity = np.log((articles + 1 + settings.imagined) / np.maximum(by_number, 1))
    of_count = 1 + np.log(np.maximum(np.arange(1 + counted.counts.max(initial=1)), 1))
    lone = (settings.lone * articles + settings.few) / (articles + settings.few)
    bounds, terms, weights = KERNELS.for_work(0).weigh(*counted[:3], held, of_count, rarity, telling, lone, settings.kept)
    return _matrix(weights, terms, bounds, counted.known)


def _matrix(values: Floats, columns: NDArray[np.int32], bounds: Ints, width: int) -> sparse.csr_matrix:
    """As it is, without a look at the order of columns."""
    return sparse.csr_matrix((values, columns, bounds), shape=(len(bounds) - 1, width))


def _together(descriptions: list[sparse.csr_matrix]) -> sparse.csr_matrix:
    """Vectors whose product is the mean of the cosines of several descriptions."""
    return sparse.csr_matrix(sparse.hstack(descriptions, format="csr") * np.float32(len(descriptions) ** -0.5))


def neighbourhoods(vectors: sparse.csr_matrix, settings: StorySettings) -> tuple[sparse.csr_matrix, list[Floats]]:
    """What each article is most like, and for every rank of `settings.neighbours` the likeness at that rank, 0 where that is below all scales.

    An article keeps those above the bounded likeness of the last rank, which are more than the rank where a story is large.
    """
    articles, kernels = vectors.shape[0], KERNELS.for_work(0)
    least, most = (np.float32(bound) for bound in _bounds_of_scale(articles, settings))
    bounds, terms, weights = _arrays(vectors)
    arrays = (bounds, weights, *kernels.inverted(bounds, terms, weights, vectors.shape[1]))

    def likenesses(begin: int) -> tuple[Ints, NDArray[np.int32], Floats]:
        found: tuple[Ints, NDArray[np.int32], Floats] = kernels.likenesses(*arrays, begin, min(begin + _ROWS, articles), least)
        return found

    with ThreadPoolExecutor(settings.threads) as pool:
        parts = list(pool.map(likenesses, range(0, articles, _ROWS)))
    if not parts:
        return sparse.csr_matrix((0, 0), dtype=np.float32), [np.zeros(0, np.float32) for _ in settings.neighbours]
    counts, later, like = (np.concatenate(part) for part in zip(*parts, strict=True))
    to_earlier = _matrix(like, later, np.concatenate([[0], np.cumsum(counts)]), articles).T.tocsr()
    alike = to_earlier + to_earlier.T.tocsr()
    scales = kernels.at_ranks(alike.indptr.astype(np.int64), alike.data, np.array(settings.neighbours))
    alike.data[alike.data <= np.repeat(np.clip(scales[:, -1], least, most), np.diff(alike.indptr))] = 0
    alike.eliminate_zeros()
    return alike, list(scales.T)


def _arrays(matrix: Any) -> tuple[Ints, NDArray[np.int32], Floats]:
    return matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), matrix.data


def _bounds_of_scale(articles: int, settings: StorySettings) -> tuple[float, float]:
    """Where articles are few, none has neighbours to be compared with, and words of every text are rare: the floor is higher."""
    floor, ceiling = settings.scale
    floor = max(floor, settings.floor_of_few * settings.settled / (articles + settings.settled))
    return floor, max(floor, ceiling)


def _pairs_of(near: sparse.csr_matrix, bound: Floats) -> tuple[Ints, Ints, NDArray[np.float64]]:
    """Every pair that is above the middle scale of one of the two at least: places, and likeness."""
    nearer = near.copy()
    nearer.data[nearer.data < np.repeat(bound, np.diff(near.indptr))] = 0
    nearer.eliminate_zeros()
    both = sparse.coo_matrix(sparse.triu(nearer.maximum(nearer.T), k=1))
    order = np.lexsort((both.col, both.row))
    return both.row[order].astype(np.int64), both.col[order].astype(np.int64), both.data[order].astype(np.float64)


def _excess(near: sparse.csr_matrix, bound: Floats, emphasis: float) -> tuple[Floats, Floats]:
    """How far the likeness of each neighbour exceeds the scale; to itself an article is as near as to the nearest, or 1 where none is."""
    bounds, _, like = _arrays(near)
    excess = np.maximum(like - np.repeat(bound, np.diff(bounds)), 0).astype(np.float32) ** np.float32(emphasis)
    nearest = np.zeros(near.shape[0], np.float32)
    some = np.flatnonzero(np.diff(bounds))
    if len(some):
        nearest[some] = np.maximum.reduceat(excess, bounds[some])
    return excess, np.where(nearest > 0, nearest, 1).astype(np.float32)


def _dots(rows: sparse.csr_matrix, a: Ints, b: Ints, step: int = 1 << 17) -> NDArray[np.float64]:
    """The products of the rows of pairs."""
    parts = [
        np.asarray(rows[a[begin : begin + step]].multiply(rows[b[begin : begin + step]]).sum(1), np.float64).ravel()
        for begin in range(0, len(a), step)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def _of_one_form(terms: Mapping[str, Counted], a: Ints, b: Ints, settings: StorySettings) -> NDArray[np.bool_]:
    """Whether two texts say other things in the same words: many pairs of words in common, but few numbers and few names. Obituaries and
    results of matches are written so. Who tells of one event in the same words gives the same names, if other numbers."""
    found = np.ones(len(a), bool)

    def keep(holds: NDArray[np.bool_]) -> Ints:
        found[found] = holds
        return np.flatnonzero(found)

    figure, figures = _common(terms["numbers"], a, b)
    left = keep((figure <= settings.other_numbers) & (figures >= settings.least_facts))
    name, names = _common(terms["names"], a[left], b[left])
    left = keep((name <= settings.other_names) & (names >= settings.least_facts))
    phrase, _ = _common(terms["pairs"], a[left], b[left])
    keep(phrase >= settings.same_form)
    return found


def _common(counted: Counted, a: Ints, b: Ints) -> tuple[NDArray[np.float64], Ints]:
    """How much of the article with fewer terms is in the other too, and how many terms that one has."""
    held = _matrix(np.ones(len(counted.terms), np.float32), counted.terms, counted.bounds, counted.known)
    sizes = np.diff(counted.bounds)
    fewer = np.minimum(sizes[a], sizes[b])
    return _dots(held, a, b) / np.maximum(fewer, 1), fewer


def _other_day(days: NDArray[np.int16], a: Ints, b: Ints) -> NDArray[np.bool_]:
    """Whether both name days of the week, and none in common."""
    return (days[a] > 0) & (days[b] > 0) & (days[a] & days[b] == 0)


def _apart(days: NDArray[np.float64], a: Ints, b: Ints, settings: StorySettings) -> NDArray[np.float64]:
    """How far apart two dates are, 0 to 1: of one day, or by `settings.farthest` days or more."""
    share = np.log1p(np.minimum(np.abs(days[a] - days[b]), settings.farthest)) / np.log1p(settings.farthest)
    return np.where(np.isnan(share), settings.undated, share)
