"""What each article is most like, and how much two articles are like the same ones. What that is for stands in `pipelines/stories/likeness.py`."""

from __future__ import annotations

import numpy as np

from pipelines.stories.kernels.counting import highest


def inverted(bounds, terms, weights, known):  # type: ignore[no-untyped-def]
    """The articles that hold each of `known` terms, ascending, term by term, and their weights there; and for each place of `terms` where among them those
    behind its article begin and end. So who goes through an article's terms reads these in a row, and no list in which nobody comes behind."""
    starts = np.zeros(known + 1, np.int64)
    for term in terms:
        starts[term + 1] += 1
    for term in range(known):
        starts[term + 1] += starts[term]
    free = starts[:-1].copy()
    holding, held_weights = np.empty(len(terms), np.int32), np.empty(len(terms), np.float32)
    behind, ends = np.empty(len(terms), np.int64), np.empty(len(terms), np.int64)
    for article in range(len(bounds) - 1):
        for place in range(bounds[article], bounds[article + 1]):
            term = terms[place]
            at = free[term]
            free[term] = at + 1
            holding[at], held_weights[at] = article, weights[place]
            behind[place], ends[place] = at + 1, starts[term + 1]
    return holding, held_weights, behind, ends


def likenesses(bounds, weights, holding, held_weights, behind, ends, begin, end, least):  # type: ignore[no-untyped-def]
    """For the articles from `begin` to `end`: how many later ones each is like by more than `least`; these, in any order; and the likeness to each.

    An article has `weights` above 0; the others are what `inverted` gives.
    """
    articles = len(bounds) - 1
    sums, met = np.zeros(articles, np.float32), np.empty(articles + 1, np.int32)
    counts, total = np.zeros(end - begin, np.int64), 0
    found, like = np.empty(64 * (end - begin) + 64, np.int32), np.empty(64 * (end - begin) + 64, np.float32)
    for article in range(begin, end):
        count, added = 0, 0
        for place in range(bounds[article], bounds[article + 1]):
            weight = weights[place]
            for at in range(behind[place], ends[place]):
                other = holding[at]
                before = sums[other]
                after = before + weight * held_weights[at]
                sums[other] = after
                met[count] = other  # a branch here would be guessed wrong often
                count += (before <= least) & (after > least)  # sums only grow, so each is met once
            added += ends[place] - behind[place]
        if total + count > len(found):
            longer, values = np.empty(2 * len(found) + count, np.int32), np.empty(2 * len(found) + count, np.float32)
            longer[:total], values[:total] = found[:total], like[:total]
            found, like = longer, values
        for at in range(count):
            found[total + at], like[total + at] = met[at], sums[met[at]]
        total += count
        counts[article - begin] = count
        if articles - article <= 4 * added:
            sums[article + 1 :] = 0
        else:  # where articles are many, most have nothing in common with this one
            for place in range(bounds[article], bounds[article + 1]):
                for at in range(behind[place], ends[place]):
                    sums[holding[at]] = 0
    return counts, found[:total].copy(), like[:total].copy()


def at_ranks(bounds, values, ranks):  # type: ignore[no-untyped-def]
    """Of each list of values those at the ascending `ranks`, the highest being at 1; 0 where there are not so many."""
    lists, last = len(bounds) - 1, len(ranks) - 1
    found, scratch = np.zeros((lists, len(ranks)), np.float32), values.copy()
    for place in range(lists):
        some = scratch[bounds[place] : bounds[place + 1]]
        size = len(some)
        for rank in range(last, -1, -1):  # what is at a rank stands behind all that is higher
            if ranks[rank] <= len(some):
                found[place, rank] = highest(some, size, ranks[rank])
                size = ranks[rank]
    return found


def shared_nearness(bounds, near, weights, own, a, b):  # type: ignore[no-untyped-def]
    """For each pair of articles the cosine of what both are near to: `near` with `weights`, and each to itself by `own`. Weights are given by several
    scales, a column each, and the cosines are added up."""
    articles, scales = len(bounds) - 1, weights.shape[1]
    lengths = np.zeros((articles, scales))
    for article in range(articles):
        for scale in range(scales):
            length = np.float64(own[article, scale]) * own[article, scale]
            for place in range(bounds[article], bounds[article + 1]):
                length += np.float64(weights[place, scale]) * weights[place, scale]
            lengths[article, scale] = np.sqrt(length)
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
