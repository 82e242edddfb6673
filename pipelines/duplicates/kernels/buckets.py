# mypy: disallow-untyped-defs=False
"""Loops that bring together what is equal: keys to buckets, buckets to pairs.

Which keys are worth a bucket, and which meetings a comparison, is said in `candidates`.
"""

from __future__ import annotations

import numpy as np

from pipelines.duplicates.kernels.basics import FACTOR, LOW, MIX1, ONE, U20, U29, U32, ZERO, _longer, _mixed, _sort_together
from pipelines.duplicates.kernels.bits import numbers_at
from pipelines.duplicates.kernels.shapes import Cap

_SURE, _BY_BAND, _NOTED = np.uint32(1), np.uint32(2), np.uint32(4)  # what is noted of a pair: two bits, and how often they met
_HALF = np.uint32(16)
_LOWER = np.uint32(0xFFFF)


def _repeated(keys, part, parts):
    """Places of the keys of a part that stand more than once, and of a few that share a bit with another."""
    bits = 1024
    while bits * parts < 16 * keys.shape[0]:
        bits *= 2
    mask = np.uint64(bits - 1)
    once = np.zeros(bits // 64, np.uint64)
    twice = np.zeros(bits // 64, np.uint64)
    for i in range(keys.shape[0]):
        if (keys[i] & LOW) * parts >> U32 != part:
            continue
        at = (keys[i] >> U20) & mask
        bit = ONE << (at & np.uint64(63))
        word = at >> np.uint64(6)
        twice[word] |= once[word] & bit
        once[word] |= bit
    out = np.empty(keys.shape[0], np.uint32)
    count = 0
    for i in range(keys.shape[0]):
        at = (keys[i] >> U20) & mask
        out[count] = i
        again = (twice[at >> np.uint64(6)] >> (at & np.uint64(63))) & ONE
        count += np.int64(again & np.uint64((keys[i] & LOW) * parts >> U32 == part))
    return out[:count].copy()


def shared(keys, part, parts):
    """Places of the keys that stand more than once (and of a few others), those of equal keys together and ascending; and next to
    each a number that is equal where the keys are.

    Of all keys only those of a part from 0 on, so that several threads can share them; a key is in one part (both numbers uint64).

    Most keys stand once and are spared. The others are spread over about as many buckets as there are, which are sorted one by one:
    keys are hashes and spread well, and where they do not it takes longer and no worse.
    """
    entries = _repeated(keys, part, parts)
    size = entries.shape[0]
    buckets, shift = 2, np.uint64(63)
    while buckets < size:
        buckets *= 2
        shift -= ONE
    ends = np.zeros(buckets + 1, np.int64)
    for entry in entries:
        ends[((keys[entry] * FACTOR) >> shift) + ONE] += 1
    for i in range(buckets):
        ends[i + 1] += ends[i]
    mixed = np.empty(size, np.uint64)
    out = np.empty(size, np.uint32)
    for entry in entries:
        value = keys[entry] * FACTOR
        place = ends[value >> shift]
        mixed[place] = value
        out[place] = entry
        ends[value >> shift] = place + 1
    first = ZERO
    for i in range(buckets):
        if ends[i] - first > 1:
            _sort_together(mixed, out, first, ends[i])
        first = ends[i]
    return out, mixed


def counted_order(values, size):
    """The order of `values` (0 to `size`, exclusive), equal ones as they stand, and where each value begins."""
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


def band_keys(addresses, bands, rows):
    """One hash per text and band, all bands of one text together. A text's signature begins at its address."""
    texts = addresses.shape[0]
    out = np.empty(bands * texts, np.uint64)
    for i in range(texts):
        signature = numbers_at(addresses[i], bands * rows)
        for band in range(bands):
            value = np.uint64(band + 1) * FACTOR
            for row in range(band * rows, band * rows + rows):
                value = (value ^ np.uint64(signature[row])) * MIX1
                value ^= value >> U29
            out[i * bands + band] = _mixed(value)
    return out


def link_buckets(order, same, base, entries, ranks, cap, buckets):
    """From `order`, the numbers of entries with equal keys together (equal in `same`), to buckets: place `base + i` is that of
    `order[i]`.

    Fills `buckets` (Buckets) from `entries` (Entries). A bucket of more than `cap` entries is too full: all others are linked to
    the one whose text has the lowest rank. Returns these buckets (int64 [bucket, Cap]).
    """
    place_of, members, neighbourhoods, ends = buckets
    size = order.shape[0]
    caps = np.empty((size // (cap + 1) + 1, 2), np.int64)
    capped = 0
    i = 0
    while i < size:
        j = i + 1
        while j < size and same[j] == same[i]:
            j += 1
        if j - i == 1:
            members[base + i] = -1  # nobody asks for it
            i = j
            continue
        lowest = base + i
        for x in range(i, j):
            place, entry = base + x, order[x]
            place_of[entry] = place
            members[place] = entries.texts[entry]
            if neighbourhoods.shape[0]:
                neighbourhoods[place] = entries.neighbourhoods[entry]
            ends[place] = base + j
            if ranks[members[place]] < ranks[members[lowest]]:
                lowest = place
        if j - i > cap:
            for x in range(i, j):
                ends[base + x] = -1 - lowest
            caps[capped, Cap.PLACE] = base + i
            caps[capped, Cap.MEMBERS] = j - i
            capped += 1
        i = j
    return caps[:capped].copy()


def _goes_on(one, other):
    """Is the neighbourhood of two equal sketch entries the same, before or after them? There is nothing where the half is 0."""
    differ = one ^ other
    before = (differ >> _HALF) == 0 and (one >> _HALF) != 0
    return before or ((differ & _LOWER) == 0 and (one & _LOWER) != 0)


def _bounds_of(caps, place):
    """First place and end of the bucket that a place is in, one that is too full."""
    first, last = 0, caps.shape[0] - 1
    while first < last:
        middle = (first + last + 1) // 2
        if caps[middle, Cap.PLACE] <= place:
            first = middle
        else:
            last = middle - 1
    return caps[first, Cap.PLACE], caps[first, Cap.PLACE] + caps[first, Cap.MEMBERS]


def _meet(text, linked, step, mark, met, notes, count):
    """Note every later text that shares a bucket with this one: `notes` of it grows by `step` and gets `mark`, and `_SURE` where
    the neighbourhoods agree too. `met[:count]` are the texts noted so far; returns how many there are then."""
    starts, (place_of, members, neighbourhoods, ends), caps = linked
    for place in place_of[starts[text] : starts[text + 1]]:
        if place < 0:
            continue
        first, end = np.int64(place) + 1, np.int64(ends[place])
        if end < 0:
            centre = -1 - end
            first, end = (centre, centre + 1) if centre != place else _bounds_of(caps, place)
        for other in range(first, end):
            later = members[other]
            if later <= text:
                continue
            met[count] = later
            count += np.int64(notes[later] == 0)
            sure = step != 0 and _goes_on(neighbourhoods[place], neighbourhoods[other])
            notes[later] = (notes[later] + step) | (_SURE if sure else mark)
    return count


def meetings(first, last, of_sketch, of_bands, lengths, min_share, short_sketch):
    """The pairs of texts `first` to `last` (exclusive) with later ones that are worth a comparison: lower << 32 | higher,
    ascending, and whether a band has both. `of_sketch` and `of_bands` are LinkedTexts.

    One is enough that share a band, a sketch entry with its neighbourhood, or several entries: at least `min_share` of the
    shorter sketch; or one entry if that sketch has no more than `short_sketch`. `lengths` are those of the sketches.
    """
    texts = lengths.shape[0]
    notes = np.zeros(texts, np.uint32)
    met = np.empty(texts + 1, np.int32)
    pairs, by_band = np.empty(1024, np.uint64), np.empty(1024, np.uint32)
    made = ZERO
    for text in range(first, last):
        count = _meet(text, of_sketch, _NOTED, np.uint32(0), met, notes, ZERO)
        count = _meet(text, of_bands, np.uint32(0), _BY_BAND, met, notes, count)
        if made + count > pairs.shape[0]:
            pairs, by_band = _longer(pairs, made + count), _longer(by_band, made + count)
        opened = made
        for later in met[:count]:
            note = notes[later]
            notes[later] = 0
            shorter = min(lengths[text], lengths[later])
            times = note // _NOTED
            enough = times >= min_share * shorter if times > 1 else times == 1 and shorter <= short_sketch
            if enough or note & (_SURE | _BY_BAND):
                pairs[made] = np.uint64(text) << U32 | np.uint64(later)
                by_band[made] = note & _BY_BAND
                made += 1
        _sort_together(pairs, by_band, opened, made)
    return pairs[:made].copy(), by_band[:made] != 0
