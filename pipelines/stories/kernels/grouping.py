"""Groups by average linkage over a sparse graph, and what two groups have in common. What that is for stands in `pipelines/stories/grouping.py`."""

from __future__ import annotations

import numpy as np


def linked(count, a, b, chance, join, bounds, terms, weights, columns, sure, narrow):  # type: ignore[no-untyped-def]
    """For each of `count` places the lowest place in its group. Pairs `a < b` are sorted, and each stands there once.

    `bounds`, `terms` and `weights` are the vectors of the places, with the terms of each description from one of `columns` on. Of two groups of
    several places each, whose mean is below `sure`, each of these must have a breadth of `narrow` or more in one description at least.
    """
    begins = np.zeros(count + 1, np.int64)
    for pair in range(len(a)):
        begins[a[pair] + 1] += 1
        begins[b[pair] + 1] += 1
    for place in range(count):
        begins[place + 1] += begins[place]
    room, sizes = np.diff(begins), np.zeros(count, np.int64)
    end = begins[count]
    others, totals = np.empty(end, np.int32), np.empty(end)  # the groups that each is linked to, ascending, and the sums of chances
    means, ones, twos, queued = np.empty(len(a) + 16), np.empty(len(a) + 16, np.int32), np.empty(len(a) + 16, np.int32), 0
    for pair in range(len(a)):
        for one, other in ((a[pair], b[pair]), (b[pair], a[pair])):
            others[begins[one] + sizes[one]], totals[begins[one] + sizes[one]] = other, chance[pair]
            sizes[one] += 1
        if chance[pair] >= join:
            queued = _push(means, ones, twos, queued, chance[pair], a[pair], b[pair])
    group, following, last, members = np.arange(count), np.full(count, -1, np.int64), np.arange(count), np.ones(count, np.int64)
    while queued:
        mean, one, two = means[0], np.int64(ones[0]), np.int64(twos[0])
        queued = _pop(means, ones, twos, queued)
        at = begins[one] + np.searchsorted(others[begins[one] : begins[one] + sizes[one]], two)
        if at == begins[one] + sizes[one] or others[at] != two or mean != totals[at] / (members[one] * members[two]):
            continue  # one of them has joined another since
        if min(members[one], members[two]) > 1 and mean < sure:
            left, right = _members(following, one, members[one]), _members(following, two, members[two])
            if breadths(bounds, terms, weights, columns, left, right).max() < narrow:
                continue
        following[last[one]], last[one] = two, last[two]
        members[one] += members[two]
        group[two] = one
        size = sizes[one] + sizes[two]
        if size > room[one]:
            if end + size > len(others):
                more, sums = np.empty(2 * (end + size), np.int32), np.empty(2 * (end + size))
                more[:end], sums[:end] = others[:end], totals[:end]
                others, totals = more, sums
            start, room[one] = end, size
            end += size
        else:
            start = begins[one]
        joined, their = _together(others, totals, begins[one], sizes[one], begins[two], sizes[two], one, two)
        begins[one], sizes[one], sizes[two] = start, len(joined), 0
        others[start : start + len(joined)], totals[start : start + len(joined)] = joined, their
        if queued + len(joined) > len(means):
            more_means, more_ones, more_twos = np.empty(2 * len(means) + len(joined)), ones, twos
            more_ones, more_twos = np.empty(len(more_means), np.int32), np.empty(len(more_means), np.int32)
            more_means[:queued], more_ones[:queued], more_twos[:queued] = means[:queued], ones[:queued], twos[:queued]
            means, ones, twos = more_means, more_ones, more_twos
        for place in range(len(joined)):
            other, total = joined[place], their[place]
            sizes[other] = _replace(others, totals, begins[other], sizes[other], two, one, total)
            mean = total / (members[one] * members[other])
            if mean >= join:
                queued = _push(means, ones, twos, queued, mean, min(one, other), max(one, other))
    for place in range(count):  # a group is named by its lowest place, and that comes first
        group[place] = group[group[place]]
    return group


def breadths(bounds, terms, weights, columns, one, other):  # type: ignore[no-untyped-def]
    """For each description by how many terms two groups of rows are alike, as the effective number: so many equal ones would add as much to the product of
    their sums. 0 for none. It does not hang on how terms are numbered."""
    left, left_sums = _sums(bounds, terms, weights, one)
    right, right_sums = _sums(bounds, terms, weights, other)
    found, products = np.zeros(len(columns)), np.empty(len(left))
    i, j = 0, 0
    for description in range(len(columns)):
        count = 0
        while i < len(left) and j < len(right):
            term = min(left[i], right[j])
            if description + 1 < len(columns) and term >= columns[description + 1]:
                break
            if left[i] == right[j]:
                products[count] = left_sums[i] * right_sums[j]
                count += 1
            i, j = i + (left[i] == term), j + (right[j] == term)
        total, squares = 0.0, 0.0
        for product in np.sort(products[:count]):
            total += product
            squares += product * product
        if count:
            found[description] = total * total / squares
    return found


def _sums(bounds, terms, weights, rows):  # type: ignore[no-untyped-def]
    """The distinct terms of some rows, ascending, and the sums of their weights."""
    size = 0
    for row in rows:
        size += bounds[row + 1] - bounds[row]
    every, of_every, at = np.empty(size, np.int32), np.empty(size, np.float32), 0
    for row in rows:
        length = bounds[row + 1] - bounds[row]
        every[at : at + length] = terms[bounds[row] : bounds[row + 1]]
        of_every[at : at + length] = weights[bounds[row] : bounds[row + 1]]
        at += length
    found, sums, known = np.empty(size, np.int32), np.zeros(size), 0
    for at in np.argsort(every, kind="mergesort"):
        if known == 0 or found[known - 1] != every[at]:
            found[known] = every[at]
            known += 1
        sums[known - 1] += of_every[at]
    return found[:known], sums[:known]


def _members(following, first, count):  # type: ignore[no-untyped-def]
    found = np.empty(count, np.int64)
    place = first
    for at in range(count):
        found[at] = place
        place = following[place]
    return found


def _together(others, totals, begin, size, other_begin, other_size, one, two):  # type: ignore[no-untyped-def]
    """The links of two groups as those of one."""
    found, sums, known = np.empty(size + other_size, np.int32), np.empty(size + other_size), 0
    i, j, end, other_end = begin, other_begin, begin + size, other_begin + other_size
    while i < end or j < other_end:
        if j == other_end or (i < end and others[i] < others[j]):
            found[known], sums[known] = others[i], totals[i]
            i += 1
        elif i == end or others[j] < others[i]:
            found[known], sums[known] = others[j], totals[j]
            j += 1
        else:
            found[known], sums[known] = others[i], totals[i] + totals[j]
            i, j = i + 1, j + 1
        known += found[known] != one and found[known] != two
    return found[:known], sums[:known]


def _replace(others, totals, begin, size, old, new, total):  # type: ignore[no-untyped-def]
    """Put one link, to a lower place, where another may have been. Returns how many there are then."""
    some = others[begin : begin + size]
    at, gone = begin + np.searchsorted(some, new), begin + np.searchsorted(some, old)
    if others[at] == new:
        totals[at] = total
        if gone == begin + size or others[gone] != old:
            return size
        for place in range(gone, begin + size - 1):
            others[place], totals[place] = others[place + 1], totals[place + 1]
        return size - 1
    for place in range(gone, at, -1):
        others[place], totals[place] = others[place - 1], totals[place - 1]
    others[at], totals[at] = new, total
    return size


def _before(means, ones, twos, one, two):  # type: ignore[no-untyped-def]
    """The higher mean comes first, of equal ones the lower places."""
    if means[one] != means[two]:
        return means[one] > means[two]
    return ones[one] < ones[two] or (ones[one] == ones[two] and twos[one] < twos[two])


def _swap(means, ones, twos, one, two):  # type: ignore[no-untyped-def]
    means[one], means[two] = means[two], means[one]
    ones[one], ones[two] = ones[two], ones[one]
    twos[one], twos[two] = twos[two], twos[one]


def _push(means, ones, twos, size, mean, one, two):  # type: ignore[no-untyped-def]
    """Put a pair into a heap of `size`; how many there are then."""
    means[size], ones[size], twos[size] = mean, one, two
    at = size
    while at and _before(means, ones, twos, at, (at - 1) >> 1):
        _swap(means, ones, twos, at, (at - 1) >> 1)
        at = (at - 1) >> 1
    return size + 1


def _pop(means, ones, twos, size):  # type: ignore[no-untyped-def]
    """Take the first pair out of a heap; how many there are then."""
    size -= 1
    means[0], ones[0], twos[0] = means[size], ones[size], twos[size]
    at = 0
    while 2 * at + 1 < size:
        lower = 2 * at + 1
        if lower + 1 < size and _before(means, ones, twos, lower + 1, lower):
            lower += 1
        if not _before(means, ones, twos, lower, at):
            break
        _swap(means, ones, twos, lower, at)
        at = lower
    return size
