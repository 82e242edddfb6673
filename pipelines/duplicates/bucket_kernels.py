# mypy: disallow-untyped-defs=False
"""Compiled loops that bring together what is equal: keys to buckets, buckets to pairs. See `text_kernels`."""

from __future__ import annotations

import numpy as np

from pipelines.compiled import compiled
from pipelines.duplicates.text_kernels import _FACTOR, _LOW, _MIX1, _ONE, _U20, _U29, _U32, _mixed, _sort_together


@compiled()
def _repeated(keys, part, parts):
    """Places of the keys of a part that stand more than once, and of a few that share a bit with another."""
    bits = 1024
    while bits * parts < 16 * keys.shape[0]:
        bits *= 2
    mask = np.uint64(bits - 1)
    once = np.zeros(bits // 64, np.uint64)
    twice = np.zeros(bits // 64, np.uint64)
    for i in range(keys.shape[0]):
        if (keys[i] & _LOW) * parts >> _U32 != part:
            continue
        at = (keys[i] >> _U20) & mask
        bit = _ONE << (at & np.uint64(63))
        word = at >> np.uint64(6)
        twice[word] |= once[word] & bit
        once[word] |= bit
    out = np.empty(keys.shape[0], np.uint32)
    count = 0
    for i in range(keys.shape[0]):
        at = (keys[i] >> _U20) & mask
        out[count] = i
        again = (twice[at >> np.uint64(6)] >> (at & np.uint64(63))) & _ONE
        count += np.int64(again & np.uint64((keys[i] & _LOW) * parts >> _U32 == part))
    return out[:count].copy()


@compiled()
def shared(keys, part, parts):
    """Places of the keys that stand more than once (and of a few others), those of equal keys together and ascending.

    Of all keys only those of a part from 0 on, so that several threads can share them; a key is in one part (both numbers uint64).

    Most keys stand once and are spared. The others are spread over about as many buckets as there are, which are sorted one by one:
    keys are hashes and spread well, and where they do not it takes longer and no worse.
    """
    entries = _repeated(keys, part, parts)
    size = entries.shape[0]
    buckets, shift = 2, np.uint64(63)
    while buckets < size:
        buckets *= 2
        shift -= _ONE
    ends = np.zeros(buckets + 1, np.int64)
    for entry in entries:
        ends[((keys[entry] * _FACTOR) >> shift) + _ONE] += 1
    for i in range(buckets):
        ends[i + 1] += ends[i]
    mixed = np.empty(size, np.uint64)
    out = np.empty(size, np.uint32)
    for entry in entries:
        value = keys[entry] * _FACTOR
        place = ends[value >> shift]
        mixed[place] = value
        out[place] = entry
        ends[value >> shift] = place + 1
    first = 0
    for i in range(buckets):
        if ends[i] - first > 1:
            _sort_together(mixed, out, first, ends[i])
        first = ends[i]
    return out


@compiled()
def counted_order(values, size):
    """The order of `values`, which are at least 0 and less than `size`, with equal ones as they stand, and where each value begins."""
    starts = np.zeros(size + 2, np.int64)
    for value in values:
        starts[value + 2] += 1
    for i in range(size):
        starts[i + 2] += starts[i + 1]
    order = np.empty(values.shape[0], np.int64)
    for i in range(values.shape[0]):
        order[starts[values[i] + 1]] = i
        starts[values[i] + 1] += 1
    return order, starts[: size + 1]


@compiled()
def _spread_by(pairs, shift, mask, texts):
    """Pairs in order of one of their texts, equal ones as they stand."""
    starts = np.zeros(texts + 1, np.int64)
    for pair in pairs:
        starts[((pair >> shift) & mask) + 1] += 1
    for i in range(texts):
        starts[i + 1] += starts[i]
    out = np.empty(pairs.shape[0], np.int64)
    for pair in pairs:
        text = (pair >> shift) & mask
        out[starts[text]] = pair
        starts[text] += 1
    return out


@compiled()
def tallied(pairs, texts):
    """The different ones of pairs as `bucket_pairs` gives them: lower << 32 | higher, ascending; how often each stands there; and
    whether it was ever confirmed. `texts` is how many texts there are."""
    size = pairs.shape[0]
    ordered = _spread_by(_spread_by(pairs, 1, 0xFFFFFFFF, texts), 33, 0x7FFFFFFF, texts)
    different = np.empty(size, np.int64)
    times = np.empty(size, np.int64)
    sure = np.empty(size, np.bool_)
    last = -1
    for i in range(size):
        pair = ordered[i]
        if last < 0 or different[last] != pair >> 1:
            last += 1
            different[last] = pair >> 1
            times[last] = 0
            sure[last] = False
        times[last] += 1
        sure[last] |= (pair & 1) == 1
    return different[: last + 1], times[: last + 1], sure[: last + 1]


@compiled()
def _taken(values, order):
    out = np.empty(order.shape[0], values.dtype)
    for i in range(order.shape[0]):
        out[i] = values[order[i]]
    return out


@compiled()
def band_keys(signatures, texts_rows, bands, rows):
    """One hash per text and band, the band's number mixed in; all texts of band 0 first. Text i is row `texts_rows[i]`."""
    texts = texts_rows.shape[0]
    out = np.empty(bands * texts, np.uint64)
    for i in range(texts):
        for band in range(bands):
            value = np.uint64(band + 1) * _FACTOR
            for row in range(band * rows, band * rows + rows):
                value = (value ^ np.uint64(signatures[texts_rows[i], row])) * _MIX1
                value ^= value >> _U29
            out[band * texts + i] = _mixed(value)
    return out


@compiled()
def _add_pair(pairs, made, members, besides, x, y):
    a, b = members[x], members[y]
    if a == b:
        return made
    sure = np.int64(0)
    if besides.shape[0]:
        same = besides[x] ^ besides[y]
        if ((same & np.uint32(0xFFFF)) == 0 and (besides[x] & np.uint32(0xFFFF)) != 0) or (
            (same >> np.uint32(16)) == 0 and (besides[x] >> np.uint32(16)) != 0
        ):
            sure = np.int64(1)
    if a > b:
        a, b = b, a
    pairs[made] = (np.int64(a) << 32 | np.int64(b)) << 1 | sure
    return made + 1


@compiled()
def _end_of_equal(keys, first):
    end = first + 1
    while end < keys.shape[0] and keys[end] == keys[first]:
        end += 1
    return end


@compiled()
def bucket_pairs(keys, order, members, besides, ranks, cap):
    """All pairs of members that share a key, as (lower << 32 | higher) << 1 | confirmed; `order` has equal keys together.

    A bucket of more than `cap` members links each to the one of lowest rank. `besides` may be empty. Returns the pairs, with repeats,
    and the first place in `order` and the length of each capped bucket.
    """
    size = order.shape[0]
    keys, members = _taken(keys, order), _taken(members, order)
    besides = _taken(besides, order[: min(size, besides.shape[0])])
    total = 0
    capped = 0
    i = 0
    while i < size:
        j = _end_of_equal(keys, i)
        if j - i <= cap:
            total += (j - i) * (j - i - 1) // 2
        else:
            total += j - i - 1
            capped += 1
        i = j
    pairs = np.empty(total, np.int64)
    caps = np.empty((capped, 2), np.int64)
    made = 0
    capped = 0
    i = 0
    while i < size:
        j = _end_of_equal(keys, i)
        if j - i <= cap:
            for x in range(i, j):
                for y in range(x + 1, j):
                    made = _add_pair(pairs, made, members, besides, x, y)
        else:
            centre = i
            for x in range(i + 1, j):
                if ranks[members[x]] < ranks[members[centre]]:
                    centre = x
            for x in range(i, j):
                if x != centre:
                    made = _add_pair(pairs, made, members, besides, centre, x)
            caps[capped, 0] = i
            caps[capped, 1] = j - i
            capped += 1
        i = j
    return pairs[:made], caps
