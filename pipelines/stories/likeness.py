"""How likely two articles tell one story: their terms weighed by rarity, read against the neighbourhoods of both.

Articles come in ascending order of id and terms in the order in which they stand in the article, so that every sum is added up in the same
order whatever the order of loading. Only pairs that share rare terms are looked at. How pairs become groups stands in `grouping.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipelines.stories.descriptions import Described, Held
from pipelines.stories.kernels.load import KERNELS
from pipelines.stories.rows import Rows, end_to_end, matrix
from pipelines.stories.settings import StorySettings

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_ROWS = 512  # articles compared in one step
_OTHERS = 1 << 16  # with so many at a time, whose terms are held by the articles that have them
_LIKELY = -1.5  # log odds, below which a pair is not looked at more closely
_PAIRS = 1 << 16  # pairs of articles whose neighbours are compared in one step


@dataclass(frozen=True)
class Pairs:
    """Pairs of places `a < b`, sorted, with the chance that both tell one story."""

    a: NDArray[np.integer[Any]]
    b: NDArray[np.integer[Any]]
    chance: NDArray[np.float64]


class Facts(NamedTuple):
    """What the chance of a pair rests on, by the places of articles: what each is most like, and its bounded scales; its numbers, weighed, and the terms
    that it holds; the days of the week that it names, as bits; and its date as ordinal, or nan."""

    near: sparse.csr_matrix
    bounds: Sequence[Floats]
    numbers: sparse.csr_matrix
    held: Mapping[str, Held]
    weekdays: NDArray[np.int16]
    days: NDArray[np.float64]


def pair_chances(articles: Described, weekdays: NDArray[np.int16], days: NDArray[np.float64], settings: StorySettings) -> Pairs:
    """The pairs of articles that may tell one story, by their places: those of which one is to the other above the middle one of its scales. `weekdays` are
    the days that each names, as bits, `days` their dates as ordinals or nan."""
    near, scales = neighbourhoods(articles.vectors, settings)
    bounds = bounded(scales, len(days), settings)
    a, b, likeness = KERNELS.for_work(0).nearer_pairs(*_arrays(near), *_arrays(near.T.tocsr()), bounds[len(bounds) // 2])
    facts = Facts(near, bounds, articles.numbers, articles.held, weekdays, days)
    return Pairs(a, b, chances_of(a, b, likeness, facts, settings))


def chances_of(
    a: NDArray[np.integer[Any]], b: NDArray[np.integer[Any]], likeness: Floats, facts: Facts, settings: StorySettings
) -> NDArray[np.float64]:
    """The chance of each pair, sorted, that both tell one story."""
    kernels, bounds, days = KERNELS.for_work(0), facts.bounds, facts.days
    weights, own = (np.empty((size, len(bounds)), np.float32) for size in (facts.near.nnz, facts.near.shape[0]))
    for column, bound in enumerate(bounds):
        weights[:, column], own[:, column] = _excess(facts.near, bound, settings.emphasis)
    others = _arrays(facts.near)[:2]
    nearness = (*others, weights, own, kernels.nearness_lengths(others[0], weights, own))

    def chances(begin: int) -> NDArray[np.float64]:
        part = slice(begin, begin + _PAIRS)
        one, other, like = a[part].astype(np.int64), b[part].astype(np.int64), likeness[part].astype(np.float64)
        above = sum((np.log(like / np.sqrt(bound[one] * bound[other])) for bound in bounds), np.zeros(len(one)))
        apart = np.abs(days[one] - days[other])
        odds = (
            settings.base
            + settings.above * above / len(bounds)
            + settings.likeness * np.log(like)
            + settings.shared * kernels.shared_nearness(*nearness, one, other) / len(bounds)
            + settings.numbers * np.sqrt(_products(facts.numbers, one, other))
            + settings.other_day * (_other_day(facts.weekdays, one, other) & np.isnan(apart))
            + settings.apart * _share_apart(apart, settings)
            + settings.together * (apart <= 1)
        )
        likely = np.flatnonzero(odds >= _LIKELY)
        odds[likely] += settings.form * _of_one_form(facts.held, one[likely], other[likely], settings)
        return np.asarray(1 / (1 + np.exp(-odds)))

    with ThreadPoolExecutor(settings.threads) as pool:
        return np.concatenate([np.zeros(0), *pool.map(chances, range(0, len(a), _PAIRS))])


def neighbourhoods(
    vectors: Rows | sparse.csr_matrix,
    settings: StorySettings,
    asked: int | None = None,
    corpus: int | None = None,
    at_once: int = _OTHERS,
) -> tuple[sparse.csr_matrix, list[Floats]]:
    """What each article is most like, and for every rank of `settings.neighbours` the likeness at that rank, 0 where that is below all scales.

    An article keeps those above the bounded likeness of the last rank, which are more than the rank where a story is large. Where `vectors` are not all of
    a `corpus` of so many, the first of them are `asked`, and the others are all that have a term in common with these.
    """
    articles, kernels = vectors.shape[0], KERNELS.for_work(0)
    asked = articles if asked is None else asked
    least, most = (np.float32(bound) for bound in _bounds_of_scale(articles if corpus is None else corpus, settings))
    ranks, steps = np.array(settings.neighbours), range(0, asked, _ROWS)
    near: list[_Near] = []
    for start in range(0, articles, at_once):
        some = vectors[start : start + at_once]
        held = np.empty(2 * some.nnz, np.uint32)
        lists = (kernels.inverted(*_arrays(some), some.shape[1], held, held.view(np.float32)), held, held.view(np.float32))
        within = _Within(start, some.shape[0], lists, least, most, ranks, ties=start + at_once < articles)
        del some
        with ThreadPoolExecutor(settings.threads) as pool:
            found = pool.map(lambda begin, within=within: within.near(vectors[begin : min(begin + _ROWS, asked)], begin), steps)
            near = [within.merged(*both) for both in zip(near, found, strict=True)] if start else list(found)
        del held, lists, within
    if not near:
        return sparse.csr_matrix((0, articles), dtype=np.float32), [np.zeros(0, np.float32) for _ in settings.neighbours]
    counts, places, like, scales = (list(parts) for parts in zip(*near, strict=True))
    near.clear()
    bounds = np.concatenate([[0], np.cumsum(np.concatenate(counts))])
    return matrix(end_to_end(like, np.float32), end_to_end(places, np.int32), bounds, articles), list(np.concatenate(scales).T)


class _Near(NamedTuple):
    """Of some articles how many others each keeps, the places of these, how like they are, and the likeness at each rank."""

    counts: Ints
    places: NDArray[np.int32]
    like: Floats
    scales: Floats


class _Within(NamedTuple):
    """Others that articles are compared with: the place of the first, how many they are, and by term which have it; with the bounds and ranks that say who
    is kept, and whether those are kept that are as like as that, because more others come. Those of the last part count for the ranks too, so
    they go only where the parts are merged."""

    start: int
    articles: int
    lists: tuple[Any, ...]
    least: np.float32
    most: np.float32
    ranks: Ints
    ties: bool

    def near(self, rows: sparse.csr_matrix, begin: int) -> _Near:
        """What articles from the place `begin` on are most like among these."""
        rule = self.least, self.most, self.ranks, self.ties or self.start > 0
        counts, places, *found = KERNELS.for_work(0).neighbours(
            *_arrays(rows), begin - self.start, self.articles, *self.lists, *rule
        )
        return _Near(counts, places + np.int32(self.start), *found)

    def merged(self, before: _Near, here: _Near) -> _Near:
        """What they are most like among these and those before. What was kept of each, with ties, has all that counts for a rank."""
        rows = np.arange(len(here.counts))
        of = np.concatenate([np.repeat(rows, before.counts), np.repeat(rows, here.counts)])
        order = np.argsort(of, kind="stable")
        of, places, like = (np.concatenate(both)[order] for both in ((of,), (before.places, here.places), (before.like, here.like)))
        begins, counts, scales = np.searchsorted(of, rows), before.counts + here.counts, np.zeros_like(here.scales)
        highest_first = like[np.lexsort((-like, of))]
        for column, rank in enumerate(self.ranks.tolist()):
            some = counts >= rank
            scales[some, column] = highest_first[begins[some] + rank - 1]
        bound = np.minimum(np.maximum(scales[:, -1], self.least), self.most)[of]
        kept = (like > bound) | (self.ties & (like == bound) & (bound > self.least))
        return _Near(np.bincount(of[kept], minlength=len(rows)), places[kept], like[kept], scales)


def bounded(scales: Sequence[Floats], articles: int, settings: StorySettings) -> list[Floats]:
    """The scales of some of so many articles within their bounds."""
    return [np.clip(scale, *_bounds_of_scale(articles, settings)) for scale in scales]


def _arrays(matrix: Any) -> tuple[Ints, NDArray[np.int32], Floats]:
    return matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32, copy=False), matrix.data


def _bounds_of_scale(articles: int, settings: StorySettings) -> tuple[float, float]:
    """Where articles are few, none has neighbours to be compared with, and words of every text are rare: the floor is higher."""
    floor, ceiling = settings.scale
    floor = max(floor, settings.floor_of_few * settings.settled / (articles + settings.settled))
    return floor, max(floor, ceiling)


def _excess(near: sparse.csr_matrix, bound: Floats, emphasis: float) -> tuple[Floats, Floats]:
    """How far the likeness of each neighbour exceeds the scale; to itself an article is as near as to the nearest, or 1 where none is."""
    bounds, _, like = _arrays(near)
    excess = like - np.repeat(bound, np.diff(bounds))
    np.maximum(excess, 0, out=excess)
    np.power(excess, np.float32(emphasis), out=excess)
    nearest = np.zeros(near.shape[0], np.float32)
    some = np.flatnonzero(np.diff(bounds))
    if len(some):
        nearest[some] = np.maximum.reduceat(excess, bounds[some])
    return excess, np.where(nearest > 0, nearest, 1).astype(np.float32)


def _products(rows: sparse.csr_matrix, a: Ints, b: Ints) -> NDArray[np.float64]:
    """The products of the rows of pairs, which are in order of `a`."""
    return np.asarray(KERNELS.for_work(0).products(*_arrays(rows), rows.shape[1], a, b))


def _of_one_form(held: Mapping[str, Held], a: Ints, b: Ints, settings: StorySettings) -> NDArray[np.bool_]:
    """Whether two texts say other things in the same words: many pairs of words in common, but few numbers and few names. Obituaries and
    results of matches are written so. Who tells of one event in the same words gives the same names, if other numbers."""
    found = np.ones(len(a), bool)

    def keep(holds: NDArray[np.bool_]) -> Ints:
        found[found] = holds
        return np.flatnonzero(found)

    figure, figures = _common(held["numbers"], a, b)
    left = keep((figure <= settings.other_numbers) & (figures >= settings.least_facts))
    name, names = _common(held["names"], a[left], b[left])
    left = keep((name <= settings.other_names) & (names >= settings.least_facts))
    phrase, _ = _common(held["pairs"], a[left], b[left])
    keep(phrase >= settings.same_form)
    return found


def _common(held: Held, a: Ints, b: Ints) -> tuple[NDArray[np.float64], Ints]:
    """How much of the article with fewer terms is in the other too, and how many terms that one has."""
    fewer = np.minimum(held.sizes[a], held.sizes[b])
    terms = matrix(np.ones(len(held.terms), np.float32), held.terms, held.bounds, held.known)
    return _products(terms, a, b) / np.maximum(fewer, 1), fewer


def _other_day(days: NDArray[np.int16], a: Ints, b: Ints) -> NDArray[np.bool_]:
    """Whether both name days of the week, and none in common."""
    return (days[a] > 0) & (days[b] > 0) & (days[a] & days[b] == 0)


def _share_apart(days: NDArray[np.float64], settings: StorySettings) -> NDArray[np.float64]:
    """So many days between two dates as 0 to 1: of one day, or by `settings.farthest` days or more."""
    share = np.log1p(np.minimum(days, settings.farthest)) / np.log1p(settings.farthest)
    return np.where(np.isnan(share), settings.undated, share)
