# mypy: disallow-untyped-defs=False
"""Compiled loops that bring together what is equal: keys to buckets, buckets to pairs. See `text_kernels`."""

from __future__ import annotations

import numpy as np

from pipelines.compiled import compiled
from pipelines.duplicates.text_kernels import _FACTOR, _LOW, _MIX1, _ONE, _U20, _U29, _U32, _ZERO, _longer, _mixed, _sort_together
from pipelines.duplicates.vectors import numbers_at

_SURE, _BY_BAND, _NOTED = np.uint32(1), np.uint32(2), np.uint32(4)  # what is noted of a pair: two bits, and how often they met
_HALF = np.uint32(16)
_LOWER = np.uint32(0xFFFF)


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
    """Places of the keys that stand more than once (and of a few others), those of equal keys together and ascending; and beside each a number
    that is equal where the keys are.

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
    first = _ZERO
    for i in range(buckets):
        if ends[i] - first > 1:
            _sort_together(mixed, out, first, ends[i])
        first = ends[i]
    return out, mixed


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
def band_keys(addresses, bands, rows):
    """One hash per text and band, the band's number mixed in; all bands of one text together. A text's signature begins at its address."""
    texts = addresses.shape[0]
    out = np.empty(bands * texts, np.uint64)
    for i in range(texts):
        signature = numbers_at(addresses[i], bands * rows)
        for band in range(bands):
            value = np.uint64(band + 1) * _FACTOR
            for row in range(band * rows, band * rows + rows):
                value = (value ^ np.uint64(signature[row])) * _MIX1
                value ^= value >> _U29
            out[i * bands + band] = _mixed(value)
    return out


@compiled()
def link_buckets(order, same, base, texts, beside, ranks, cap, place_of, members, besides, ends):
    """From entries in `order`, as `shared` gives them with `same`, to buckets that can be walked: place `base + i` is that of `order[i]`.

    For each entry that is not alone `place_of` gets its place. For each place `members` gets the text of the entry (`texts[entry]`), `besides` what
    stands `beside` it (which may be empty), and `ends` where its bucket ends. In a bucket of more than `cap` entries that is -1 - the place
    of the one whose text has the lowest rank, which all others are linked to. Returns the first place and the length of each such bucket.
    """
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
            members[place] = texts[entry]
            if beside.shape[0]:
                besides[place] = beside[entry]
            ends[place] = base + j
            if ranks[members[place]] < ranks[members[lowest]]:
                lowest = place
        if j - i > cap:
            for x in range(i, j):
                ends[base + x] = -1 - lowest
            caps[capped, 0] = base + i
            caps[capped, 1] = j - i
            capped += 1
        i = j
    return caps[:capped].copy()


@compiled()
def _goes_on(one, other):
    """Is what stands beside two equal sketch entries the same, before or after them? There is nothing where the half is 0."""
    differ = one ^ other
    before = (differ >> _HALF) == 0 and (one >> _HALF) != 0
    return before or ((differ & _LOWER) == 0 and (one & _LOWER) != 0)


@compiled()
def _bounds_of(caps, place):
    """First place and end of the capped bucket that a place is in."""
    first, last = 0, caps.shape[0] - 1
    while first < last:
        middle = (first + last + 1) // 2
        if caps[middle, 0] <= place:
            first = middle
        else:
            last = middle - 1
    return caps[first, 0], caps[first, 0] + caps[first, 1]


@compiled()
def _meet(text, buckets, step, mark, met, notes, count):
    """Note every later text that one shares a bucket with: `notes` of it grows by `step` and gets `mark`, and `_SURE` where what stands beside
    agrees too. `met[:count]` are the texts noted so far; returns how many there are then. See `link_buckets` for `buckets`."""
    starts, place_of, members, besides, ends, caps = buckets
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
            sure = step != 0 and _goes_on(besides[place], besides[other])
            notes[later] = (notes[later] + step) | (_SURE if sure else mark)
    return count


@compiled()
def meetings(first, last, of_sketch, of_bands, lengths, least_share, short_sketch):
    """The pairs of texts `first` to `last` (exclusive) with later ones that are worth a comparison: lower << 32 | higher, ascending, and
    whether a band has both.

    One is enough that share a band, a sketch entry with what stands beside it, or several entries: at least `least_share` of the
    shorter sketch; or one entry where that sketch has no more than `short_sketch`. `lengths` are those of the sketches.
    """
    texts = lengths.shape[0]
    notes = np.zeros(texts, np.uint32)
    met = np.empty(texts + 1, np.int32)
    pairs, by_band = np.empty(1024, np.uint64), np.empty(1024, np.uint32)
    made = _ZERO
    for text in range(first, last):
        count = _meet(text, of_sketch, _NOTED, np.uint32(0), met, notes, _ZERO)
        count = _meet(text, of_bands, np.uint32(0), _BY_BAND, met, notes, count)
        if made + count > pairs.shape[0]:
            pairs, by_band = _longer(pairs, made + count), _longer(by_band, made + count)
        opened = made
        for later in met[:count]:
            note = notes[later]
            notes[later] = 0
            shorter = min(lengths[text], lengths[later])
            times = note // _NOTED
            enough = times >= least_share * shorter if times > 1 else times == 1 and shorter <= short_sketch
            if enough or note & (_SURE | _BY_BAND):
                pairs[made] = np.uint64(text) << _U32 | np.uint64(later)
                by_band[made] = note & _BY_BAND
                made += 1
        _sort_together(pairs, by_band, opened, made)
    return pairs[:made].copy(), by_band[:made] != 0
