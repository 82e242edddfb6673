"""What each article is most like, and how much two articles are like the same ones. What that is for stands in `pipelines/stories/likeness.py`."""

from __future__ import annotations

import numpy as np

from pipelines.stories.kernels.counting import highest


def inverted(bounds, terms, weights, known):  # type: ignore[no-untyped-def]
    """The articles that hold each of `known` terms: where those of each begin and end, the articles, ascending, and their weights there."""
    starts = np.zeros(known + 1, np.int64)
    for term in terms:
        starts[term + 1] += 1
    for term in range(known):
        starts[term + 1] += starts[term]
    free = starts[:-1].copy()
    holding, held_weights = np.empty(len(terms), np.uint32), np.empty(len(terms), np.float32)
    for article in range(len(bounds) - 1):
        for place in range(bounds[article], bounds[article + 1]):
            at = free[terms[place]]
            free[terms[place]] = at + 1
            holding[at], held_weights[at] = article, weights[place]
    return starts, holding, held_weights


def neighbours(bounds, terms, weights, starts, holding, held_weights, begin, end, least, most, ranks):  # type: ignore[no-untyped-def]
    """For the articles from `begin` to `end` the others that each is most like: those above its likeness at the last of the ascending `ranks`, which counts
    as `least` at least and as `most` at most.

    Returns for each article how many these are; their places, ascending; the likeness to each; and for each article the likeness at every rank, 0 where
    fewer are above `least`. Weights are above 0; the other arrays are what `inverted` gives.
    """
    articles, last = len(bounds) - 1, len(ranks) - 1
    sums, met = np.zeros(articles, np.float32), np.empty(articles + 1, np.int32)
    scratch = np.empty(articles, np.float32)
    counts, total = np.zeros(end - begin, np.int64), 0
    at_ranks = np.zeros((end - begin, len(ranks)), np.float32)
    found, like = np.empty(64 * (end - begin) + 64, np.int32), np.empty(64 * (end - begin) + 64, np.float32)
    for article in range(begin, end):
        count, added = 0, 0
        for place in range(bounds[article], bounds[article + 1]):
            weight = weights[place]
            for at in range(starts[terms[place]], starts[terms[place] + 1]):
                other = holding[at]
                before = sums[other]
                after = before + weight * held_weights[at]
                sums[other] = after
                met[count] = other  # a branch here would be guessed wrong often
                count += (before <= least) & (after > least)  # sums only grow, so each is met once
            added += starts[terms[place] + 1] - starts[terms[place]]
        sums[article] = 0
        size = 0
        for at in range(count):
            scratch[size] = sums[met[at]]
            size += met[at] != article
        bound = np.float32(0)
        for rank in range(last, -1, -1):  # what is at a rank stands behind all that is higher
            if ranks[rank] <= size:
                at_ranks[article - begin, rank] = highest(scratch, size, ranks[rank])
                size = ranks[rank]
        bound = min(max(at_ranks[article - begin, last], least), most)
        size = 0
        for at in range(count):
            met[size] = met[at]
            size += sums[met[at]] > bound
        if total + size > len(found):
            longer, values = np.empty(2 * len(found) + size, np.int32), np.empty(2 * len(found) + size, np.float32)
            longer[:total], values[:total] = found[:total], like[:total]
            found, like = longer, values
        found[total : total + size] = np.sort(met[:size])
        for at in range(total, total + size):
            like[at] = sums[found[at]]
        total += size
        counts[article - begin] = size
        if articles <= 4 * added:
            sums[:] = 0
        else:  # where articles are many, most have nothing in common with this one
            for place in range(bounds[article], bounds[article + 1]):
                for at in range(starts[terms[place]], starts[terms[place] + 1]):
                    sums[holding[at]] = 0
    return counts, found[:total].copy(), like[:total].copy(), at_ranks


def nearer_pairs(bounds, others, like, back_bounds, back_others, back_like, bound):  # type: ignore[no-untyped-def]
    """The pairs of articles of which one is to the other as like as its `bound` or more: both places, the lower first, sorted, and the higher of these
    likenesses. The neighbours of each article are given, ascending, and those that it is a neighbour of."""
    a, b, likeness = np.empty(len(others), np.int32), np.empty(len(others), np.int32), np.empty(len(others), np.float32)
    articles, found = len(bounds) - 1, 0
    for article in range(articles):
        i, j, end, back_end = bounds[article], back_bounds[article], bounds[article + 1], back_bounds[article + 1]
        while i < end or j < back_end:
            one = others[i] if i < end else articles
            back = back_others[j] if j < back_end else articles
            other, alike = min(one, back), np.float32(0)
            if one == other:
                if like[i] >= bound[article]:
                    alike = like[i]
                i += 1
            if back == other:
                if back_like[j] >= bound[other]:
                    alike = max(alike, back_like[j])
                j += 1
            if other > article and alike > 0:
                a[found], b[found], likeness[found] = article, other, alike
                found += 1
    return a[:found].copy(), b[:found].copy(), likeness[:found].copy()


def products(bounds, terms, weights, known, a, b):  # type: ignore[no-untyped-def]
    """Of each pair of rows the product. Terms are below `known`, and pairs with one `a` stand together."""
    held, found = np.zeros(known, np.float32), np.zeros(len(a))
    row = -1
    for pair in range(len(a)):
        if a[pair] != row:
            if row >= 0:
                for place in range(bounds[row], bounds[row + 1]):
                    held[terms[place]] = 0
            row = a[pair]
            for place in range(bounds[row], bounds[row + 1]):
                held[terms[place]] = weights[place]
        total = 0.0
        for place in range(bounds[b[pair]], bounds[b[pair] + 1]):
            total += np.float64(held[terms[place]]) * weights[place]
        found[pair] = total
    return found


def nearness_lengths(bounds, weights, own):  # type: ignore[no-untyped-def]
    """The lengths of the vectors of which `shared_nearness` gives the cosines."""
    lengths = np.zeros(own.shape)
    for article in range(len(own)):
        for scale in range(own.shape[1]):
            length = np.float64(own[article, scale]) * own[article, scale]
            for place in range(bounds[article], bounds[article + 1]):
                length += np.float64(weights[place, scale]) * weights[place, scale]
            lengths[article, scale] = np.sqrt(length)
    return lengths


def shared_nearness(bounds, near, weights, own, lengths, a, b):  # type: ignore[no-untyped-def]
    """For each pair of articles the cosine of what both are near to: `near` with `weights`, and each to itself by `own`. Weights are given by several
    scales, a column each, and the cosines are added up."""
    articles, scales = len(bounds) - 1, weights.shape[1]
    cosines, totals = np.zeros(len(a)), np.zeros(scales)
    for pair in range(len(a)):
        left, right = a[pair], b[pair]
        i, j, left_end, right_end = bounds[left], bounds[right], bounds[left + 1], bounds[right + 1]
        totals[:] = 0
        while i < left_end or j < right_end:
            one = near[i] if i < left_end else articles
            other = near[j] if j < right_end else articles
            if one == other:
                for scale in range(scales):
                    totals[scale] += np.float64(weights[i, scale]) * weights[j, scale]
            elif one < other and one == right:
                for scale in range(scales):
                    totals[scale] += np.float64(weights[i, scale]) * own[right, scale]
            elif other < one and other == left:
                for scale in range(scales):
                    totals[scale] += np.float64(own[left, scale]) * weights[j, scale]
            i += one <= other
            j += other <= one
        for scale in range(scales):
            cosines[pair] += totals[scale] / (lengths[left, scale] * lengths[right, scale])
    return cosines
