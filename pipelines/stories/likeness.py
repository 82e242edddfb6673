"""How likely two articles tell one story: their terms weighed by rarity, read against the neighbourhoods of both.

Articles come in ascending order of id and terms in ascending order of hash, so that every sum is added up in the same order whatever the
order of loading. Only pairs that share rare terms are looked at. How pairs become groups stands in `grouping.py`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from pipelines.stories.settings import StorySettings

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_ROWS = 512  # articles compared with all others in one step
_FAINT = 0.01  # a likeness below this is none
DESCRIPTIONS = ("words", "lead", "pairs")


@dataclass(frozen=True)
class Pairs:
    """Pairs of places `a < b`, sorted, with the chance that both tell one story."""

    a: Ints
    b: Ints
    chance: NDArray[np.float64]


def pair_chances(terms: pa.Table, texts: Ints, days: NDArray[np.float64], settings: StorySettings) -> Pairs:
    """The pairs of texts that may tell one story, by their places among `texts`, which are ascending rows of `terms`.

    `terms` are STORY_TERMS in ascending order of id; `days` are the dates of `texts` as ordinals or nan.
    """
    vectors = _together([description(terms, texts, name, settings) for name in DESCRIPTIONS])
    near, scales = neighbourhoods(vectors, settings)
    bounds = [np.clip(scale, *_bounds_of_scale(vectors.shape[0], settings)) for scale in scales]
    a, b, like = _pairs_of(near, bounds[len(bounds) // 2])
    above = sum((np.log(like / np.sqrt(bound[a] * bound[b])) for bound in bounds), np.zeros(len(a)))
    with ThreadPoolExecutor(settings.threads) as pool:
        shared = sum(pool.map(lambda bound: _shared(near, bound, a, b, settings.emphasis), bounds), np.zeros(len(a)))
    numbers = description(terms, texts, "numbers", settings)
    odds = (
        settings.base
        + settings.above * above / len(bounds)
        + settings.likeness * np.log(like)
        + settings.shared * shared / len(bounds)
        + settings.numbers * np.sqrt(_dots(numbers, a, b))
        + settings.other_day * (_other_day(terms["days"].to_numpy()[texts], a, b) & np.isnan(days[a] - days[b]))
        + settings.apart * _apart(days, a, b, settings)
        + settings.together * (np.abs(days[a] - days[b]) <= 1)
    )
    return Pairs(a, b, 1 / (1 + np.exp(-odds)))


def description(terms: pa.Table, texts: Ints, name: str, settings: StorySettings) -> sparse.csr_matrix:
    """Unit vectors of texts in one description: the log of each count times the log of the term's rarity among them."""
    of, hashes, counts = _flat(terms, texts, name)
    term, known = _numbered(hashes)
    articles = np.bincount(term, minlength=known)
    rows = len(texts)
    telling = articles <= max(settings.few, min(settings.common * (rows + settings.imagined), settings.most))
    weight = ((1 + np.log(counts)) * np.log((rows + 1 + settings.imagined) / articles)[term]).astype(np.float32)
    lone = (settings.lone * rows + settings.few) / (rows + settings.few)
    share = np.where(articles > 1, 1, lone) * telling
    length = np.sqrt(np.bincount(of, share[term] * weight**2, rows)).astype(np.float32)
    common = (telling & (articles > 1))[term]
    of, term, weight = of[common], term[common], weight[common]
    kept = _rarest(of, term, weight, rows, settings.kept)
    matrix = sparse.csr_matrix((weight[kept], (of[kept], term[kept])), shape=(rows, known))
    return sparse.csr_matrix(sparse.diags_array(1 / np.where(length > 0, length, 1).astype(np.float32)) @ matrix)


def _flat(terms: pa.Table, texts: Ints, name: str) -> tuple[Ints, pa.Array, NDArray[np.int32]]:
    """Of the terms of all texts, end to end: place of the text, hash, and count. Cutting them out of flat arrays beats taking lists."""
    lists = terms[name].combine_chunks()
    of, hashes = pc.list_parent_indices(lists).to_numpy(), pc.list_flatten(lists)
    counts = pc.list_flatten(terms[f"{name}_counts"]).to_numpy()
    if len(texts) == terms.num_rows:
        return of, hashes, counts
    place = np.full(terms.num_rows, -1, np.int64)
    place[texts] = np.arange(len(texts))
    kept = np.flatnonzero(place[of] >= 0)
    return place[of[kept]], pa.array(hashes.to_numpy()[kept]), counts[kept]


def _numbered(hashes: pa.Array) -> tuple[Ints, int]:
    """Numbers of terms by their first appearance, and how many there are. Articles and their terms are sorted, so loading does not matter."""
    encoded = pc.dictionary_encode(hashes)
    return encoded.indices.to_numpy().astype(np.int64), len(encoded.dictionary)


def _rarest(of: Ints, term: Ints, weight: Floats, rows: int, most: int) -> Ints:
    """The places of the `most` weightiest terms of each article, in order."""
    counts = np.bincount(of, minlength=rows)
    many = np.flatnonzero((counts > most)[of])
    order = many[np.lexsort((term[many], -weight[many], of[many]))]
    sorted_of = of[order]
    begins = np.searchsorted(sorted_of, sorted_of)
    dropped = order[np.arange(len(order)) - begins >= most]
    kept = np.ones(len(of), bool)
    kept[dropped] = False
    return np.flatnonzero(kept)


def _together(descriptions: list[sparse.csr_matrix]) -> sparse.csr_matrix:
    """Vectors whose product is the mean of the cosines of several descriptions."""
    return sparse.csr_matrix(sparse.hstack(descriptions, format="csr") * np.float32(len(descriptions) ** -0.5))


def neighbourhoods(vectors: sparse.csr_matrix, settings: StorySettings) -> tuple[sparse.csr_matrix, list[Floats]]:
    """What each article is most like, and for every rank of `settings.neighbours` the likeness at that rank.

    An article keeps those above the bounded likeness of the last rank, which are more than the rank where a story is large.
    """
    other = sparse.csr_matrix(vectors.T)
    begins = range(0, vectors.shape[0], _ROWS)
    with ThreadPoolExecutor(settings.threads) as pool:
        parts = list(pool.map(lambda begin: _nearest(vectors[begin : begin + _ROWS] @ other, begin, settings), begins))
    if not parts:
        return sparse.csr_matrix((0, 0), dtype=np.float32), [np.zeros(0, np.float32) for _ in settings.neighbours]
    near = sparse.csr_matrix(sparse.vstack([part for part, _ in parts], format="csr"))
    return near, list(np.concatenate([scales for _, scales in parts]).T)


def _nearest(product: sparse.csr_matrix, begin: int, settings: StorySettings) -> tuple[sparse.csr_matrix, Floats]:
    ranks = np.array(settings.neighbours)
    floor, ceiling = _bounds_of_scale(product.shape[1], settings)
    rows = product.shape[0]
    of = np.repeat(np.arange(rows), np.diff(product.indptr))
    kept = (product.data > _FAINT) & (product.indices != of + begin)
    of, indices, data = of[kept], product.indices[kept], product.data[kept]
    bounds = np.searchsorted(of, np.arange(rows + 1))
    scales = np.zeros((rows, len(ranks)), np.float32)
    chosen = np.zeros(len(of), bool)
    for row in range(rows):
        values = data[bounds[row] : bounds[row + 1]]
        here = ranks <= len(values)
        if here.any():
            places = len(values) - ranks[here]
            scales[row, here] = np.partition(values, places)[places]
        chosen[bounds[row] : bounds[row + 1]] = values > min(max(scales[row, -1], floor), ceiling)
    matrix = sparse.csr_matrix((data[chosen], (of[chosen], indices[chosen])), shape=product.shape)
    matrix.sort_indices()
    return matrix, scales


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


def _shared(near: sparse.csr_matrix, bound: Floats, a: Ints, b: Ints, emphasis: float) -> NDArray[np.float64]:
    """The cosine of what two articles are near to, each neighbour weighed by how far it exceeds the scale; itself like the nearest."""
    excess = near.copy()
    excess.data = np.maximum(excess.data - np.repeat(bound, np.diff(excess.indptr)), 0) ** np.float32(emphasis)
    nearest = np.asarray(excess.max(1).todense()).ravel() if excess.nnz else np.zeros(excess.shape[0], np.float32)
    weights = sparse.csr_matrix(excess + sparse.diags_array(np.where(nearest > 0, nearest, 1).astype(np.float32)))
    weights.eliminate_zeros()
    length = np.sqrt(np.asarray(weights.multiply(weights).sum(1)).ravel()).astype(np.float32)
    return _dots(sparse.csr_matrix(sparse.diags_array(1 / length) @ weights), a, b)


def _dots(rows: sparse.csr_matrix, a: Ints, b: Ints, step: int = 1 << 17) -> NDArray[np.float64]:
    """The products of the rows of pairs."""
    parts = [
        np.asarray(rows[a[begin : begin + step]].multiply(rows[b[begin : begin + step]]).sum(1), np.float64).ravel()
        for begin in range(0, len(a), step)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def _other_day(days: NDArray[np.int16], a: Ints, b: Ints) -> NDArray[np.bool_]:
    """Whether both name days of the week, and none in common."""
    return (days[a] > 0) & (days[b] > 0) & (days[a] & days[b] == 0)


def _apart(days: NDArray[np.float64], a: Ints, b: Ints, settings: StorySettings) -> NDArray[np.float64]:
    """How far apart two dates are, 0 to 1: of one day, or by `settings.farthest` days or more."""
    share = np.log1p(np.minimum(np.abs(days[a] - days[b]), settings.farthest)) / np.log1p(settings.farthest)
    return np.where(np.isnan(share), settings.undated, share)
