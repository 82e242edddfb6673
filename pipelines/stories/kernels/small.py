"""Kernels for few articles, as operations on whole arrays. Each gives, bit for bit, what the kernel of its name gives; they are described there."""

from __future__ import annotations

import numpy as np


def own_languages(places, title_bounds, title, text_bounds, text, grammar, lead):  # type: ignore[no-untyped-def]
    of, words = _joined(_chosen(places, title_bounds, title), _first(*_chosen(places, text_bounds, text), lead))
    distinct = np.unique(of << 32 | words)
    of, bits = distinct >> 32, grammar[distinct & 0xFFFFFFFF]
    held = [np.bincount(of[(bits >> language & 1) > 0], minlength=len(places)) for language in range(62)]
    return np.int64(1) << np.argmax(held, axis=0)


def count_words(places, title_bounds, title, text_bounds, text, first, title_weight, grammar, own):  # type: ignore[no-untyped-def]
    of, words, in_text = _in_order(places, title_bounds, title, text_bounds, text, first)
    weights = np.where(in_text, 1, title_weight)
    kept = (grammar[words] & own[of]) == 0
    of, words, weights = of[kept], words[kept], weights[kept]
    begins, counts = _counted(of << 32 | words, weights)
    bounds = np.searchsorted(of[begins], np.arange(len(places) + 1)).astype(np.int64)
    return bounds, words[begins].astype(np.int32), counts


def spread(title_bounds, title, text_bounds, text, known):  # type: ignore[no-untyped-def]
    of, words = _joined(_flat(title_bounds, title), _flat(text_bounds, text))
    return np.bincount(np.unique(of << 32 | words) & 0xFFFFFFFF, minlength=known)


def beginnings(bounds, values, first):  # type: ignore[no-untyped-def]
    of, found = _first(*_flat(bounds, values), first)
    return np.searchsorted(of, np.arange(len(bounds))).astype(np.int64), found.astype(np.int32)


def number_pairs(places, title_bounds, title, text_bounds, text, first, part, bits, numbers):  # type: ignore[no-untyped-def]
    """All are in the first part: which pair has which number does not matter."""
    if part:
        return np.zeros(0, np.int32)
    of, words, in_text = _in_order(places, title_bounds, title, text_bounds, text, first)
    inside = (of[1:] == of[:-1]) & (in_text[1:] == in_text[:-1])
    _, which = np.unique((words[:-1] << 32 | words[1:])[inside], return_inverse=True)
    numbers[:] = which << bits
    return np.bincount(np.unique(of[1:][inside] << 32 | which) & 0xFFFFFFFF).astype(np.int32)


def count_pairs(numbers, bounds, in_titles, title_weight, held):  # type: ignore[no-untyped-def]
    articles = len(bounds) - 1
    of, numbers = _flat(bounds, numbers)
    weights = np.where(np.arange(bounds[0], bounds[-1]) < (bounds[:-1] + in_titles)[of], title_weight, 1)
    begins, counts = _counted(of << 32 | numbers, weights)
    of, numbers = of[begins], numbers[begins]
    alone = (held[numbers] == 1) & ((counts == 1) | (counts == title_weight))
    once = np.zeros((articles, 2), np.int32)
    np.add.at(once, (of[alone], (counts[alone] != 1).astype(np.int64)), 1)
    of, numbers, counts = of[~alone], numbers[~alone], counts[~alone]
    return np.searchsorted(of, np.arange(articles + 1)).astype(np.int64), numbers.astype(np.int32), counts, once


def weigh(bounds, terms, counts, once, weight_of_title, articles, of_count, of_rarity, telling, lone, kept):  # type: ignore[no-untyped-def]
    rows = len(bounds) - 1
    of, _ = _flat(bounds, terms)
    held = articles[terms]
    alone = np.zeros((rows, len(of_count)), np.int64)
    alone[:, 1] = once[:, 0]
    alone[:, weight_of_title] += once[:, 1]
    np.add.at(alone, (of[held == 1], counts[held == 1]), 1)
    tells = telling[held] & (held > 1)
    of, terms, counts, held = of[tells], terms[tells].astype(np.int32), counts[tells], held[tells]
    weights = (of_count[counts] * of_rarity[held]).astype(np.float32)
    length = np.bincount(of, weights**2, rows)
    if telling[1]:
        for count in range(1, len(of_count)):
            weight = np.float32(of_count[count] * of_rarity[1])
            length = length + alone[:, count] * lone * np.float64(weight * weight)
    order = np.lexsort((np.arange(len(of)), -weights, of))
    begins = np.searchsorted(of[order], of[order])
    chosen = np.sort(order[np.arange(len(order)) - begins < kept])
    of, terms, weights = of[chosen], terms[chosen], weights[chosen]
    scale = np.float32(1) / np.where(length > 0, np.sqrt(length), 1).astype(np.float32)
    return np.searchsorted(of, np.arange(rows + 1)).astype(np.int64), terms, weights * scale[of]


def highest(values, count, rank):  # type: ignore[no-untyped-def]
    return np.partition(values[:count], count - rank)[count - rank]


def inverted(bounds, terms, weights, known, held, held_weights):  # type: ignore[no-untyped-def]
    of, _ = _flat(bounds, terms)
    order = np.argsort(terms, kind="stable")
    held[::2], held_weights[1::2] = of[order], weights[order]
    return np.concatenate([[0], 2 * np.cumsum(np.bincount(terms, minlength=known))]).astype(np.uint32)


def neighbours(bounds, terms, weights, first, others, starts, held, held_weights, least, most, ranks, ties):  # type: ignore[no-untyped-def]
    articles = len(bounds) - 1
    counts, at_ranks = np.zeros(articles, np.int64), np.zeros((articles, len(ranks)), np.float32)
    found, like = [np.zeros(0, np.int32)], [np.zeros(0, np.float32)]
    for article in range(articles):
        sums = np.zeros(others, np.float32)
        for place in range(bounds[article], bounds[article + 1]):
            begin, end = int(starts[terms[place]]), int(starts[terms[place] + 1])
            sums[held[begin:end:2]] += weights[place] * held_weights[begin + 1 : end : 2]
        if 0 <= first + article < others:
            sums[first + article] = 0
        highest_first = -np.sort(-sums[sums > least])
        some = ranks <= len(highest_first)
        at_ranks[article, some] = highest_first[ranks[some] - 1]
        bound = min(max(at_ranks[article, -1], least), most)
        near = np.flatnonzero((sums > bound) | (ties & (sums == bound) & (bound > least)))
        counts[article] = len(near)
        found.append(near.astype(np.int32))
        like.append(sums[near])
    return counts, np.concatenate(found), np.concatenate(like), at_ranks


def nearer_pairs(bounds, others, like, back_bounds, back_others, back_like, bound):  # type: ignore[no-untyped-def]
    of, others = _flat(bounds, others)
    near = like >= bound[of]
    keys, at = np.unique((np.minimum(of, others) << 32 | np.maximum(of, others))[near], return_inverse=True)
    likeness = np.zeros(len(keys), np.float32)
    np.maximum.at(likeness, at, like[near])
    return (keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32), likeness


def products(bounds, terms, weights, known, a, b):  # type: ignore[no-untyped-def]
    of, terms = _flat(bounds, terms)
    keys = of * known + terms
    order = np.argsort(keys)
    sizes = np.diff(bounds)[b]
    pair = np.repeat(np.arange(len(b)), sizes)
    place = np.arange(len(pair)) + np.repeat(bounds[b] - np.cumsum(sizes) + sizes, sizes)
    wanted = a[pair] * known + terms[place]
    at = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)] if len(keys) else place
    found = np.flatnonzero(keys[at] == wanted) if len(keys) else at
    weights = weights.astype(np.float64)
    return np.bincount(pair[found], weights[at[found]] * weights[place[found]], len(a)).astype(np.float64)  # also of none


def nearness_lengths(bounds, weights, own):  # type: ignore[no-untyped-def]
    of = np.concatenate([np.arange(len(own)), np.repeat(np.arange(len(own)), np.diff(bounds))])
    weights = np.concatenate([own, weights]).astype(np.float64)
    return np.sqrt([np.bincount(of, column**2, len(own)) for column in weights.T]).T


def shared_nearness(bounds, near, weights, own, lengths, a, b):  # type: ignore[no-untyped-def]
    articles = len(bounds) - 1
    of, near = _flat(bounds, near)
    of, near = np.concatenate([of, np.arange(articles)]), np.concatenate([near, np.arange(articles)])
    weights = np.concatenate([weights, own]).astype(np.float64)
    order = np.argsort(of, kind="stable")  # what an article is to itself stands behind its neighbours
    of, near, weights = of[order], near[order], weights[order]
    keys, by_key = of * articles + near, np.argsort(of * articles + near)
    begins = np.searchsorted(of, np.arange(articles + 1))
    sizes = np.diff(begins)[b]
    pair = np.repeat(np.arange(len(b)), sizes)
    place = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + begins[b][pair]
    wanted = a[pair] * articles + near[place]
    at = by_key[np.minimum(np.searchsorted(keys, wanted, sorter=by_key), len(keys) - 1)]
    found = np.flatnonzero(keys[at] == wanted)
    pair, place, at = pair[found], place[found], at[found]
    cosines = np.zeros(len(a))
    for column, length in zip(weights.T, lengths.T, strict=True):
        cosines += np.bincount(pair, column[place] * column[at], len(a)) / (length[a] * length[b])
    return cosines


def _flat(bounds, values):  # type: ignore[no-untyped-def]
    """The list that each value is of, and the value."""
    return np.repeat(np.arange(len(bounds) - 1), np.diff(bounds)), values[bounds[0] : bounds[-1]].astype(np.int64)


def _chosen(places, bounds, values):  # type: ignore[no-untyped-def]
    """The same of the lists at `places`."""
    sizes = np.diff(bounds)[places]
    ends = np.cumsum(sizes)
    return np.repeat(np.arange(len(places)), sizes), values[
        np.arange(sizes.sum()) + np.repeat(bounds[places] - ends + sizes, sizes)
    ].astype(np.int64)


def _in_order(places, title_bounds, title, text_bounds, text, first):  # type: ignore[no-untyped-def]
    """The words of titles and of the beginnings of texts, article by article, and which of them stand in a text."""
    titles, texts = _chosen(places, title_bounds, title), _first(*_chosen(places, text_bounds, text), first)
    of, words = _joined(titles, texts)
    in_text = np.repeat([False, True], [len(titles[0]), len(texts[0])])
    order = np.argsort(of, kind="stable")
    return of[order], words[order], in_text[order]


def _counted(keys, weights):  # type: ignore[no-untyped-def]
    """Where each distinct key first stands, in this order, and the sum of its weights."""
    _, begins, which = np.unique(keys, return_index=True, return_inverse=True)
    counts, order = np.bincount(which, weights, len(begins)), np.argsort(begins)
    return begins[order], counts[order].astype(np.int32)


def _first(of, values, count):  # type: ignore[no-untyped-def]
    kept = np.arange(len(of)) - np.searchsorted(of, of) < count
    return of[kept], values[kept]


def _joined(one, other):  # type: ignore[no-untyped-def]
    return tuple(np.concatenate(parts) for parts in zip(one, other, strict=True))
