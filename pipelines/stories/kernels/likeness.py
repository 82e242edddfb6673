"""What each article is most like, and how much two articles are like the same ones. What that is for stands in `pipelines/stories/likeness.py`."""

from __future__ import annotations

import numpy as np

from pipelines.stories.kernels.counting import highest


def nearest(bounds, terms, weights, holding_bounds, holding, held_weights, begin, end, ranks, least, most, faint):  # type: ignore[no-untyped-def]
    """For the articles from `begin` to `end`: how many others each is near to; these, in any order; the likeness to each; and for each of `ranks` the
    likeness at that rank, 0 where there are not so many.

    An article has `terms` with `weights`; `holding` are the articles that hold each term, `held_weights` its weights there. Near are those whose
    likeness is above that of the last rank, which counts as `least` or `most` where it lies beyond these. A likeness up to `faint` is none.
    """
    articles, last = len(bounds) - 1, len(ranks) - 1
    sums = np.zeros(articles, np.float32)
    met, likeness, scratch = np.empty(articles + 1, np.int32), np.empty(articles, np.float32), np.empty(articles, np.float32)
    near_counts, scales = np.zeros(end - begin, np.int64), np.zeros((end - begin, len(ranks)), np.float32)
    near, like = np.empty(64 * (end - begin) + 64, np.int32), np.empty(64 * (end - begin) + 64, np.float32)
    total = 0
    for article in range(begin, end):
        count = 0
        for place in range(bounds[article], bounds[article + 1]):
            term, weight = terms[place], weights[place]
            for at in range(holding_bounds[term], holding_bounds[term + 1]):
                other = holding[at]
                met[count] = other  # a branch here would be guessed wrong half of the time
                count += sums[other] == 0
                sums[other] += weight * held_weights[at]
        kept = 0
        for at in range(count):
            other = met[at]
            value = sums[other]
            sums[other] = 0
            if value > faint and other != article:
                met[kept], likeness[kept] = other, value
                kept += 1
        scratch[:kept] = likeness[:kept]
        for rank in range(last, -1, -1):  # what is at a rank stands behind all that is higher
            if ranks[rank] <= kept:
                scales[article - begin, rank] = highest(scratch, kept if rank == last else min(kept, ranks[rank + 1]), ranks[rank])
        bound = min(max(scales[article - begin, last], least), most)
        if total + kept > len(near):
            longer, values = np.empty(2 * len(near) + kept, np.int32), np.empty(2 * len(near) + kept, np.float32)
            longer[:total], values[:total] = near[:total], like[:total]
            near, like = longer, values
        before = total
        for at in range(kept):
            if likeness[at] > bound:
                near[total], like[total] = met[at], likeness[at]
                total += 1
        near_counts[article - begin] = total - before
    return near_counts, near[:total].copy(), like[:total].copy(), scales


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
