"""What each article is most like, and how much two articles are like the same ones. What that is for stands in `pipelines/stories/likeness.py`."""

from __future__ import annotations

import numpy as np

from pipelines.stories.kernels.counting import highest


def inverted(bounds, terms, weights, known, held, held_weights):  # type: ignore[no-untyped-def]
    """The articles that hold each of `known` terms, ascending, and their weights there. Fills `held` and `held_weights`, which are one memory: each article
    is followed by its weight, so that both are read from one place. Returns where those of each term begin, counted in both."""
    starts = np.zeros(known + 1, np.uint32)
    for term in terms:
        starts[term + 1] += 2
    for term in range(known):
        starts[term + 1] += starts[term]
    free = starts[:-1].copy()
    for article in range(len(bounds) - 1):
        for place in range(bounds[article], bounds[article + 1]):
            at = free[terms[place]]
            free[terms[place]] = at + 2
            held[at], held_weights[at + 1] = article, weights[place]
    return starts


def neighbours(bounds, terms, weights, first, others, starts, held, held_weights, least, most, ranks, ties):  # type: ignore[no-untyped-def]
    """What each article is most like among so many `others`: those above its likeness at the last of the ascending `ranks`, which counts as `least` at
    least and as `most` at most; with `ties` also those that are as like as that, if it is above `least`. The first article has the place `first` among the
    others, which may be none, and the next ones follow it; none is compared with itself.

    Returns for each article how many these are; their places, ascending; the likeness to each; and for each article the likeness at every rank, 0 where
    fewer are above `least`. Weights are above 0; the arrays of others are what `inverted` gives.
    """
    articles, last, longest = len(bounds) - 1, len(ranks) - 1, 0
    for article in range(articles):
        longest = max(longest, bounds[article + 1] - bounds[article])
    firsts, ends = np.empty(longest, np.uint32), np.empty(longest, np.uint32)
    sums, met, scratch = np.zeros(others, np.float32), np.empty(others + 1, np.uint32), np.empty(others, np.float32)
    counts, total = np.zeros(articles, np.int64), 0
    at_ranks = np.zeros((articles, len(ranks)), np.float32)
    found, like = np.empty(64 * articles + 64, np.int32), np.empty(64 * articles + 64, np.float32)
    nothing = np.zeros(1, np.uint32)
    for article in range(articles):
        row, size, own = bounds[article], bounds[article + 1] - bounds[article], np.int64(first + article)
        count, added = 0, 0
        for place in range(size):
            firsts[place], ends[place] = starts[terms[row + place]], starts[terms[row + place] + 1]
            added += ends[place] - firsts[place]
            for at in range(
                firsts[place], ends[place], 16
            ):  # brings all of it near at once: to wait for one list after the other takes longer
                nothing[0] ^= held[at]
        for place in range(size):
            weight = weights[row + place]
            for at in range(firsts[place], ends[place], 2):
                other = held[at]
                before = sums[other]
                after = before + weight * held_weights[at + 1]
                sums[other] = after
                met[count] = other  # a branch here would be guessed wrong often
                count += (before <= least) & (after > least)  # sums only grow, so each is met once
        if 0 <= own < others:
            sums[own] = 0
        left = 0
        for at in range(count):
            scratch[left] = sums[met[at]]
            left += np.int64(met[at]) != own
        for rank in range(last, -1, -1):  # what is at a rank stands behind all that is higher
            if ranks[rank] <= left:
                at_ranks[article, rank] = highest(scratch, left, ranks[rank])
                left = ranks[rank]
        bound = min(max(at_ranks[article, last], least), most)
        tied = ties and bound > least
        kept = 0
        for at in range(count):
            met[kept] = met[at]
            kept += (sums[met[at]] > bound) | (tied & (sums[met[at]] == bound))
        if total + kept > len(found):
            longer, values = np.empty(2 * len(found) + kept, np.int32), np.empty(2 * len(found) + kept, np.float32)
            longer[:total], values[:total] = found[:total], like[:total]
            found, like = longer, values
        found[total : total + kept] = np.sort(met[:kept])
        for at in range(total, total + kept):
            like[at] = sums[found[at]]
        total += kept
        counts[article] = kept
        if others <= 4 * added:
            sums[:] = 0
        else:  # where others are many, most have nothing in common with this one
            for place in range(size):
                for at in range(firsts[place], ends[place], 2):
                    sums[held[at]] = 0
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
    scales, a column each, and the cosines are added up. Quick where pairs with one `a` stand together."""
    scales = weights.shape[1]
    cosines, totals, of_left = np.zeros(len(a)), np.zeros(scales), np.zeros(own.shape, np.float32)
    left = -1
    for pair in range(len(a)):
        right = b[pair]
        if a[pair] != left:
            if left >= 0:
                of_left[left] = 0
                for place in range(bounds[left], bounds[left + 1]):
                    of_left[near[place]] = 0
            left = a[pair]
            of_left[left] = own[left]
            for place in range(bounds[left], bounds[left + 1]):
                of_left[near[place]] = weights[place]
        totals[:] = 0
        for place in range(bounds[right], bounds[right + 1]):
            for scale in range(scales):
                totals[scale] += np.float64(of_left[near[place], scale]) * weights[place, scale]
        for scale in range(scales):
            totals[scale] += np.float64(of_left[right, scale]) * own[right, scale]
            cosines[pair] += totals[scale] / (lengths[left, scale] * lengths[right, scale])
    return cosines
