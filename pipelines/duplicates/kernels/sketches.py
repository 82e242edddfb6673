# mypy: disallow-untyped-defs=False
"""Loops from the words of a text to its shingles, its signature and its sketch.

A shingle's hash is a polynomial of its words' hashes, mixed. For little text there are quicker forms of these in `small`.
"""

from __future__ import annotations

import numpy as np

from pipelines.duplicates.kernels.basics import FACTOR, LOW, ONE, U20, ZERO, _clear, _mixed, _power_over, _sort_together
from pipelines.duplicates.kernels.shapes import SketchFact
from pipelines.duplicates.kernels.words import _AT_ONCE, _find_words, _fold, _hash_words, _room_for

_USUAL_WIDTH = 5  # words of a shingle
_U58 = np.uint64(58)
_MAX_IN_DRAWERS = 256
MAX_REPEATS = 4  # places that are remembered of a shingle that a text repeats


def _polynomials(words, count, width, out):
    """One number for every run of `width` of the first `count` words, in `out`; returns how many.

    Enough to tell shingles apart; to sample them, `_shingle` mixes the numbers.
    """
    if width == _USUAL_WIDTH:  # the compiler then knows how often the inner loop turns: a third of the time of `compare`
        return _sums(words, count, _USUAL_WIDTH, out)
    return _sums(words, count, width, out)


def _sums(words, count, width, out):
    made = max(0, count - width + 1)
    some, sums = words[:count], out[:made]
    for i in range(made):
        value = np.uint64(0)
        for k in range(width):
            value = value * FACTOR + np.uint64(some[i + k])
        sums[i] = value
    return made


def _shingle(words, count, width, out):
    """The 64-bit hash of every run of `width` of the first `count` words, in `out`; returns how many."""
    made = _polynomials(words, count, width, out)
    hashes = out[:made]
    for i in range(made):
        hashes[i] = _mixed(hashes[i])
    return made


def _signed(shingle):
    """The low 32 bits through Murmur's finaliser, as datasketch's affine32 scheme has it."""
    h = np.uint32(shingle & LOW)
    h = np.uint32(h ^ (h >> np.uint32(16)))
    h = np.uint32(h * np.uint32(0x85EBCA6B))
    h = np.uint32(h ^ (h >> np.uint32(13)))
    h = np.uint32(h * np.uint32(0xC2B2AE35))
    return np.uint32(h ^ (h >> np.uint32(16)))


def _sign(shingles, last, factors, terms, signature):
    """datasketch's affine32 MinHash of the low 32 bits of each shingle, four at a time to spare reads and writes."""
    for i in range(ZERO, last, 4):
        h0 = _signed(shingles[i])
        h1 = _signed(shingles[min(i + 1, last - 1)])
        h2 = _signed(shingles[min(i + 2, last - 1)])
        h3 = _signed(shingles[min(i + 3, last - 1)])
        for k in range(factors.shape[0]):
            a, b = factors[k], terms[k]
            low = min(np.uint32(np.uint32(a * h0) + b), np.uint32(np.uint32(a * h1) + b))
            high = min(np.uint32(np.uint32(a * h2) + b), np.uint32(np.uint32(a * h3) + b))
            signature[k] = min(signature[k], min(low, high))


def _neighbourhood(shingles, first, last, i, half):
    """16 bits of the shingle half a window before and 16 of the one half a window after; 0 if the text does not reach that far."""
    before = np.uint64(0)
    after = np.uint64(0)
    if i - half >= first:
        before = (shingles[i - half] & np.uint64(0xFFFF)) | ONE
    if i + half < last:
        after = (shingles[i + half] & np.uint64(0xFFFF)) | ONE
    return np.uint32((before << np.uint64(16)) | after)


def _drawer(value, limit, shift):
    """One of 128, in order of the values: 64 for those under the limit, which spread evenly, and 64 for all others, which mostly
    lie just above."""
    return np.int64(value >> shift if value < limit else np.uint64(64) + (value >> _U58))


def _order_together(values, others, first, last, limit, shift, spare, ends):
    """`_sort_together` by way of drawers, in which few have to be put in order. `spare` has two rows, `ends` room for 129
    numbers."""
    size = last - first
    if size > spare.shape[1]:
        _sort_together(values, others, first, last)
        return
    _clear(ends)
    for i in range(first, last):
        ends[_drawer(values[i], limit, shift) + 1] += 1
    for i in range(128):
        ends[i + 1] += ends[i]
    for i in range(first, last):
        drawer = _drawer(values[i], limit, shift)
        place = ends[drawer]
        ends[drawer] = place + 1
        spare[0, place] = values[i]
        spare[1, place] = others[i]
    for i in range(size):
        value, other = spare[0, i], np.uint32(spare[1, i])
        j = first + i
        while j > first and (values[j - 1] > value or (values[j - 1] == value and others[j - 1] > other)):
            values[j] = values[j - 1]
            others[j] = others[j - 1]
            j -= 1
        values[j] = value
        others[j] = other


def _lowest(shingles, first, last):
    """Where the first of the lowest from `first` to `last` (inclusive) stands, without a branch."""
    lowest, value = first, shingles[first]
    for j in range(first + 1, last + 1):
        less = shingles[j] < value
        lowest = j if less else lowest
        value = shingles[j] if less else value
    return lowest


def _bottom_sketch(shingles, end, rule, shift, out, neighbourhoods, at, spare, ends):
    """The shingles under the limit, the lowest of each window in a row that holds none, and at least the lowest few.

    So two texts that share a window of shingles always share one that is in both sketches, and there what stands half a window
    before or after it is shared too. Written to `out` and `neighbourhoods` from `at` on, ascending; returns how many. A shingle
    that stands in several places may come several times.
    """
    limit, window = rule.limit, rule.window
    half = (window - 1) // 2
    count = at
    chosen = at
    for i in range(end):  # every place is written, and only one under the limit counts: no branch to mispredict
        out[chosen] = np.uint64(i)
        chosen += np.int64(shingles[i] < limit)
    count = chosen
    free = ZERO  # the shingles before this one need nothing more
    for n in range(at, chosen + 1):
        i = np.int64(out[n]) if n < chosen else end
        if i - free >= window:
            lowest = -1
            for first in range(free, i - window + 1):
                last = first + window - 1
                if lowest < first:
                    lowest = _lowest(shingles, first, last)
                elif shingles[last] < shingles[lowest]:
                    lowest = last
                else:
                    continue
                out[count] = shingles[lowest]
                neighbourhoods[count] = _neighbourhood(shingles, ZERO, end, lowest, half)
                count += 1
        if n < chosen:
            out[n] = shingles[i]
            neighbourhoods[n] = _neighbourhood(shingles, ZERO, end, i, half)
            free = i + 1
    if count - at < rule.minimum:
        count = _add_lowest(shingles, end, rule.minimum, half, out, neighbourhoods, count)
    _order_together(out, neighbourhoods, at, count, limit, shift, spare, ends)
    kept = at
    repeats = 0
    for i in range(at, count):
        repeats = repeats + 1 if kept > at and out[i] == out[kept - 1] else 0
        if repeats < MAX_REPEATS and not (repeats and neighbourhoods[i] == neighbourhoods[kept - 1]):
            out[kept] = out[i]
            neighbourhoods[kept] = neighbourhoods[i]
            kept += 1
    return kept - at


def _add_lowest(shingles, end, minimum, half, out, neighbourhoods, base):
    """Write the `minimum` lowest different shingles from place `base` on, by insertion; return where they end."""
    count = base
    for i in range(end):
        value = shingles[i]
        if count - base == minimum and value >= out[count - 1]:
            continue
        j = base
        while j < count and out[j] < value:
            j += 1
        if j < count and out[j] == value:
            continue
        if count - base < minimum:
            count += 1
        for m in range(count - 1, j, -1):
            out[m] = out[m - 1]
            neighbourhoods[m] = neighbourhoods[m - 1]
        out[j] = value
        neighbourhoods[j] = _neighbourhood(shingles, ZERO, end, i, half)
    return count


def _repeats(shingles, made, places, again):
    """How many of the first `made` values stand before already; `places` is scratch, a power of two long and at least four times
    as many.

    Nearly all find their slot free; those that do not are compared afterwards. `again` is scratch, as long as `made`.
    """
    mask = np.uint64(places.shape[0] - 1)
    met = 0
    _clear(places)
    for i in range(made):
        slot = shingles[i] >> U20 & mask
        place = places[slot]
        again[met] = i
        met += np.int64(place != 0)
        places[slot] = i + 1 if place == 0 else place
    repeats = 0
    for i in again[:met]:
        slot = shingles[i] >> U20 & mask
        place = places[slot]
        while place != 0 and shingles[place - 1] != shingles[i]:
            slot = slot + ONE & mask
            place = places[slot]
        repeats += np.int64(place != 0)
        if place == 0:
            places[slot] = i + 1
    return repeats


def _distinct(shingles, made, places, again):
    """How many different values; `places` is scratch, int32, with room for four times as many, and a power of two, and `again`
    for `made`."""
    size = _power_over(4 * made)
    if made < 1 << 16:  # the nearer to the processor the quicker, so short numbers where they do
        return made - _repeats(shingles, made, places.view(np.uint16)[:size], again)
    return made - _repeats(shingles, made, places[:size], again)


def sketch_batch(data, offsets, characters, rule, rows):
    """Fills `rows` (SketchRows) with what `rule` (SketchRule) remembers of the texts `data[offsets[i]:offsets[i + 1]]`."""
    texts = offsets.shape[0] - 1
    longest = ZERO
    for i in range(texts):
        longest = max(longest, offsets[i + 1] - offsets[i])
    most = longest // 2 + 2  # words
    folded = np.empty(_room_for(longest), np.uint8)
    begins = np.empty(most + 16, np.int32)
    words = np.empty(most, np.uint64)
    shingles = np.empty(most, np.uint64)
    halves = np.empty(2 * _AT_ONCE, np.uint64)
    odd = np.empty(_AT_ONCE, np.int32)
    places = np.empty(_power_over(4 * most), np.int32)
    spare, ends = np.empty((2, _MAX_IN_DRAWERS), np.uint64), np.empty(129, np.int32)
    shift = np.uint64(0)
    while rule.limit >> shift > 64:
        shift += ONE
    sketched, at = ZERO, ZERO
    for i in range(texts):
        count = _find_words(folded, _fold(data, offsets[i], offsets[i + 1], characters, folded), begins)
        one, two = _hash_words(folded, begins, count, words, halves, odd, rows.words, at)
        rows.text_hashes[i, 0] = one
        rows.text_hashes[i, 1] = two
        at += count
        made = _shingle(words, count, rule.width, shingles)
        _sign(shingles, made, rule.factors, rule.terms, rows.signatures[i])
        kept = _bottom_sketch(shingles, made, rule, shift, rows.sketch, rows.neighbourhoods, sketched, spare, ends)
        sketched += kept
        rows.facts[i, SketchFact.WORDS] = count
        rows.facts[i, SketchFact.DISTINCT] = _distinct(shingles, made, places, words)
        rows.facts[i, SketchFact.SKETCH] = kept
