# mypy: disallow-untyped-defs=False
"""Loops from pairs of texts to pairs of articles and their clusters, and over stored signatures and sketches of two texts."""

from __future__ import annotations

import numpy as np

from pipelines.duplicates.kernels.bits import numbers_at
from pipelines.duplicates.kernels.shapes import Common, Link


def spread(copies, left, right, cap):
    """The pairs of articles behind pairs of texts [pair of articles, Link]; `copies` (Copies) are the articles of each text.

    For a text of more than `cap` copies the first stands alone.
    """
    starts, articles = copies
    total = 0
    for p in range(left.shape[0]):
        many_left = starts[left[p] + 1] - starts[left[p]]
        many_right = starts[right[p] + 1] - starts[right[p]]
        total += (many_left if many_left <= cap else 1) * (many_right if many_right <= cap else 1)
    out = np.empty((total, 4), np.int64)
    made = 0
    for p in range(left.shape[0]):
        a0, a1 = starts[left[p]], starts[left[p] + 1]
        b0, b1 = starts[right[p]], starts[right[p] + 1]
        if a1 - a0 > cap:
            a1 = a0 + 1
        if b1 - b0 > cap:
            b1 = b0 + 1
        for i in range(a0, a1):
            for j in range(b0, b1):
                swapped = articles[i] > articles[j]
                out[made, Link.A] = articles[j] if swapped else articles[i]
                out[made, Link.B] = articles[i] if swapped else articles[j]
                out[made, Link.PAIR] = p
                out[made, Link.SWAPPED] = 1 if swapped else 0
                made += 1
    return out


def equal_pairs(copies, cap):
    """Pairs of articles with equal texts: lower, higher, text. Of more than `cap` copies each is paired with the first only."""
    starts, articles = copies
    total = 0
    for t in range(starts.shape[0] - 1):
        size = starts[t + 1] - starts[t]
        total += size * (size - 1) // 2 if size <= cap else size - 1
    out = np.empty((total, 3), np.int64)
    made = 0
    for t in range(starts.shape[0] - 1):
        first, last = starts[t], starts[t + 1]
        for i in range(first, last if last - first <= cap else first + 1):
            for j in range(i + 1, last):
                out[made, 0] = articles[i]
                out[made, 1] = articles[j]
                out[made, 2] = t
                made += 1
    return out


def agreeing(addresses, size, left, right):
    """How many of the `size` values of two signatures agree, which begin at `addresses[left[i]]` and `addresses[right[i]]`."""
    out = np.empty(left.shape[0], np.int64)
    for i in range(left.shape[0]):
        one, other = numbers_at(addresses[left[i]], size), numbers_at(addresses[right[i]], size)
        count = 0
        for k in range(size):
            count += one[k] == other[k]
        out[i] = count
    return out


def common_shared(sketches, left, right, out):
    """For each pair what the two sketches (SketchLists) have in common, in different entries (int64 [pair, Common])."""
    sketch, starts, common = sketches
    for p in range(left.shape[0]):
        i, end_i = starts[left[p]], starts[left[p] + 1]
        j, end_j = starts[right[p]], starts[right[p] + 1]
        both, both_common, own_left, own_right = 0, 0, 0, 0
        while i < end_i or j < end_j:
            value = sketch[i] if j >= end_j or (i < end_i and sketch[i] < sketch[j]) else sketch[j]
            in_left, in_right, is_common = False, False, False
            while i < end_i and sketch[i] == value:
                in_left = True
                is_common |= common[i]
                i += 1
            while j < end_j and sketch[j] == value:
                in_right = True
                is_common |= common[j]
                j += 1
            if in_left and in_right:
                both += 1
                if is_common:
                    both_common += 1
            if not is_common:
                own_left += in_left
                own_right += in_right
        out[p, Common.SHARED] = both
        out[p, Common.SHARED_COMMON] = both_common
        out[p, Common.OWN_LEFT] = own_left
        out[p, Common.OWN_RIGHT] = own_right


def join_canonicals(starts, others, weights, order):
    """The canonical of each node, as `tables.cluster` says; the neighbours of node i are `others[starts[i]:starts[i + 1]]`."""
    size = order.shape[0]
    canonical = np.full(size, -1, np.int64)
    rank = np.empty(size, np.int64)
    for i in range(size):
        rank[order[i]] = i
    for i in range(size):
        node = order[i]
        best = node
        weight = -1.0
        for e in range(starts[node], starts[node + 1]):
            other = others[e]
            if (
                rank[other] < i
                and canonical[other] == other
                and (weights[e] > weight or (weights[e] == weight and rank[other] < rank[best]))
            ):
                best = other
                weight = weights[e]
        canonical[node] = best
    return canonical
