"""Kernels for few articles, as operations on whole arrays. Each gives, bit for bit, what the kernel of its name gives; they are described there."""

from __future__ import annotations

import numpy as np


def count_words(title_bounds, title, text_bounds, text, first, title_weight, grammar, lead):  # type: ignore[no-untyped-def]
    articles = len(title_bounds) - 1
    titles, texts = _flat(title_bounds, title), _flat(text_bounds, text)
    of, words = _joined(titles, _first(*texts, lead))
    distinct = np.unique(of << 32 | words)
    of, bits = distinct >> 32, grammar[distinct & 0xFFFFFFFF]
    held = [np.bincount(of[(bits >> language & 1) > 0], minlength=articles) for language in range(63)]
    own = np.int64(1) << np.argmax(held, axis=0)
    firsts = _first(*texts, first)
    of, words = _joined(titles, firsts)
    weights = np.repeat([title_weight, 1], [len(title), len(firsts[0])])
    order = np.argsort(of, kind="stable")
    of, words, weights = of[order], words[order], weights[order]
    kept = (grammar[words] & own[of]) == 0
    of, words, weights = of[kept], words[kept], weights[kept]
    _, begins, which = np.unique(of << 32 | words, return_index=True, return_inverse=True)
    counts = np.bincount(which, weights, len(begins))
    order = np.argsort(begins)
    begins, counts = begins[order], counts[order]
    bounds = np.searchsorted(of[begins], np.arange(articles + 1)).astype(np.int64)
    return bounds, words[begins].astype(np.int32), counts.astype(np.int32)


def spread(title_bounds, title, text_bounds, text, known):  # type: ignore[no-untyped-def]
    of, words = _joined(_flat(title_bounds, title), _flat(text_bounds, text))
    return np.bincount(np.unique(of << 32 | words) & 0xFFFFFFFF, minlength=known)


def number_pairs(bounds, words, first):  # type: ignore[no-untyped-def]
    of, words = _first(*_flat(bounds, words), first)
    inside = of[1:] == of[:-1]
    keys = words[:-1][inside] << 32 | words[1:][inside]
    known, begins, which = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(begins)
    number = np.empty(len(known), np.int32)
    number[order] = np.arange(len(known))
    out_bounds = np.concatenate([[0], np.cumsum(np.maximum(0, np.minimum(np.diff(bounds), first) - 1))]).astype(np.int64)
    return out_bounds, number[which].astype(np.int32), known[order].astype(np.int64)


def weigh(bounds, terms, counts, articles, of_count, of_rarity, telling, lone, kept):  # type: ignore[no-untyped-def]
    rows = len(bounds) - 1
    of, _ = _flat(bounds, terms)
    held = articles[terms]
    tells = telling[held]
    of, terms, counts, held = of[tells], terms[tells], counts[tells], held[tells]
    weights = (of_count[counts] * of_rarity[held]).astype(np.float32)
    length = np.bincount(of, np.where(held > 1, 1.0, lone) * weights**2, rows)
    common = held > 1
    of, terms, weights = of[common], terms[common].astype(np.int32), weights[common]
    order = np.lexsort((np.arange(len(of)), -weights, of))
    begins = np.searchsorted(of[order], of[order])
    chosen = np.sort(order[np.arange(len(order)) - begins < kept])
    of, terms, weights = of[chosen], terms[chosen], weights[chosen]
    scale = np.float32(1) / np.where(length > 0, np.sqrt(length), 1).astype(np.float32)
    return np.searchsorted(of, np.arange(rows + 1)).astype(np.int64), terms, weights * scale[of]


def highest(values, count, rank):  # type: ignore[no-untyped-def]
    return np.partition(values[:count], count - rank)[count - rank]


def inverted(bounds, terms, weights, known):  # type: ignore[no-untyped-def]
    of, _ = _flat(bounds, terms)
    order = np.argsort(terms, kind="stable")
    behind = np.empty(len(terms), np.int64)
    behind[order] = np.arange(1, len(terms) + 1)
    return of[order].astype(np.int32), weights[order], behind, np.cumsum(np.bincount(terms, minlength=known))[terms]


def likenesses(bounds, weights, holding, held_weights, behind, ends, begin, end, least):  # type: ignore[no-untyped-def]
    counts, found, like = np.zeros(end - begin, np.int64), [np.zeros(0, np.int32)], [np.zeros(0, np.float32)]
    for article in range(begin, end):
        sums = np.zeros(len(bounds) - 1, np.float32)
        for place in range(bounds[article], bounds[article + 1]):
            at = slice(behind[place], ends[place])
            sums[holding[at]] += weights[place] * held_weights[at]
        others = np.flatnonzero(sums > least)
        counts[article - begin] = len(others)
        found.append(others.astype(np.int32))
        like.append(sums[others])
    return counts, np.concatenate(found), np.concatenate(like)


def at_ranks(bounds, values, ranks):  # type: ignore[no-untyped-def]
    of = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    values = np.append(values[np.lexsort((-values, of))], np.float32(0))
    places = bounds[:-1, None] + np.asarray(ranks) - 1
    return values[np.where(places < bounds[1:, None], places, -1)]


def shared_nearness(bounds, near, weights, own, a, b):  # type: ignore[no-untyped-def]
    articles = len(bounds) - 1
    of, near = _flat(bounds, near)
    of, near = np.concatenate([np.arange(articles), of]), np.concatenate([np.arange(articles), near])
    weights = np.concatenate([own, weights]).astype(np.float64)
    lengths = np.sqrt([np.bincount(of, column**2, articles) for column in weights.T])
    order = np.argsort(of * articles + near)
    keys, near, weights = (of * articles + near)[order], near[order], weights[order]
    begins = np.searchsorted(keys, np.arange(articles + 1) * articles)
    sizes = np.diff(begins)[a]
    pair = np.repeat(np.arange(len(a)), sizes)
    place = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + begins[a][pair]
    wanted = b[pair] * articles + near[place]
    at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
    found = np.flatnonzero(keys[at] == wanted) if len(keys) else at
    pair, place, at = pair[found], place[found], at[found]
    cosines = np.zeros(len(a))
    for column, length in zip(weights.T, lengths, strict=True):
        cosines += np.bincount(pair, column[place] * column[at], len(a)) / (length[a] * length[b])
    return cosines


def _flat(bounds, values):  # type: ignore[no-untyped-def]
    """The list that each value is of, and the value."""
    return np.repeat(np.arange(len(bounds) - 1), np.diff(bounds)), values.astype(np.int64)


def _first(of, values, count):  # type: ignore[no-untyped-def]
    begins = np.searchsorted(of, of)
    kept = np.arange(len(of)) - begins < (count if np.isscalar(count) else count[of])
    return of[kept], values[kept]


def _joined(one, other):  # type: ignore[no-untyped-def]
    return tuple(np.concatenate(parts) for parts in zip(one, other, strict=True))
