# mypy: disallow-untyped-defs=False
"""Compiled loops over one text after another: from UTF-8 bytes to words, shingles, signatures and sketches.

Import through `loading.kernels()`. All take and give numpy arrays and let go of the GIL. A word's hash has its lowest bit set where the
word holds a digit and the next one where it has seven letters or more; a shingle's hash is a polynomial of its words' hashes, mixed.
"""

from __future__ import annotations

import numpy as np

from pipelines.compiled import compiled
from pipelines.duplicates.folding import ALONE, DIGIT, LETTER, SEPARATOR, SKIPPED
from pipelines.duplicates.vectors import (
    beyond_ascii,
    bits_set,
    bytes_at,
    copy_word,
    eight_bytes,
    filled,
    fold_block,
    inside_words,
    lowest_bit,
)

_BASIS = np.uint64(0xCBF29CE484222325)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xFF51AFD7ED558CCD)
_MIX2 = np.uint64(0xC4CEB9FE1A85EC53)
_ZERO = np.int64(0)  # a plain 0 is a type of its own, for which numba compiles what is called with it once more
_ONE = np.uint64(1)
_FLAGS = np.uint64(3)
_LONG_WORD = 7
_U20 = np.uint64(20)
_U29 = np.uint64(29)
_U32 = np.uint64(32)
_U58 = np.uint64(58)
_U63 = np.uint64(63)
_LOW = np.uint64(0xFFFFFFFF)
_ALL = ~np.uint64(0)
_DIGIT_AHEAD = 0x21
_SPARE = 96  # bytes that may be read after the last of a text
_MOST_IN_DRAWERS = 256
_AT_ONCE = 1024  # words
_USUAL_WIDTH = 5
_KEPT_REPEATS = 4  # places that are remembered of a shingle that a text repeats


@compiled()
def _mixed(value):
    value ^= value >> _U32
    value *= _MIX1
    value ^= value >> _U29
    value *= _MIX2
    return value ^ (value >> _U32)


@compiled()
def _decoded(data, i):
    """The code point at byte `i`, which is not ASCII, and the bytes that it takes."""
    byte = np.int64(data[i])
    if byte >= 0xF0:
        point = ((byte & 7) << 18) | ((np.int64(data[i + 1]) & 63) << 12) | ((np.int64(data[i + 2]) & 63) << 6)
        return point | (np.int64(data[i + 3]) & 63), 4
    if byte >= 0xE0:
        return ((byte & 15) << 12) | ((np.int64(data[i + 1]) & 63) << 6) | (np.int64(data[i + 2]) & 63), 3
    return ((byte & 31) << 6) | (np.int64(data[i + 1]) & 63), 2


@compiled()
def _classed(point, kinds, codes):
    """Kind and folded code of a code point. Beyond U+FFFF: pictures and tags part words, ideographs stand alone."""
    if point < 0x10000:
        return np.int64(kinds[point]), np.int64(codes[point])
    if 0x1F000 <= point < 0x20000 or point >= 0xE0000:
        return np.int64(SEPARATOR), point
    return np.int64(ALONE if point >= 0x20000 else LETTER), point


@compiled()
def _encoded(code, out, to):
    """Write a code point as UTF-8 has it; return where it ends."""
    if code < 0x80:
        out[to] = code
        return to + 1
    if code < 0x800:
        out[to] = 0xC0 | code >> 6
    elif code < 0x10000:
        out[to] = 0xE0 | code >> 12
        out[to + 1] = 0x80 | (code >> 6 & 63)
        to += 1
    else:
        out[to] = 0xF0 | code >> 18
        out[to + 1] = 0x80 | (code >> 12 & 63)
        out[to + 2] = 0x80 | (code >> 6 & 63)
        to += 2
    out[to + 1] = 0x80 | (code & 63)
    return to + 2


@compiled()
def _padded(data, at, end, rest):
    """Copy the last bytes of a text, less than 64 of them, from `at` to `end`, to `rest` with 0 behind."""
    for i in range(64):
        rest[i] = data[at + i] if at + i < end else 0


@compiled()
def _fold(data, start, end, kinds, codes, out):
    """Write the letters of the text's words, lower case and in UTF-8, with bytes of 0 between words; return how many bytes.

    A digit beyond ASCII has `_DIGIT_AHEAD` before it. `out` has room for `_room_for(end - start)` bytes; `_SPARE` of 0 come after.
    """
    rest = np.zeros(64, np.uint8)
    at, to = start, 0
    while at < end:
        taken = min(64, end - at)
        if taken == 64:
            beyond = fold_block(data, at, out, to)
        else:
            _padded(data, at, end, rest)
            beyond = fold_block(rest, 0, out, to)
        if beyond:
            taken = lowest_bit(beyond)
        at += taken
        to += taken
        while at < end and data[at] >= 128:
            point, size = _decoded(data, at)
            kind, code = _classed(point, kinds, codes)
            at += size
            if kind == SKIPPED:
                continue
            if kind == SEPARATOR or kind == ALONE:  # noqa: SIM109
                out[to] = 0
                to += 1
            elif kind == DIGIT and code >= 128:
                out[to] = _DIGIT_AHEAD
                to += 1
            if kind != SEPARATOR:
                to = _encoded(code, out, to)
            if kind == ALONE:
                out[to] = 0
                to += 1
    for i in range(to, to + _SPARE):
        out[i] = 0
    return to


@compiled()
def _room_for(size):
    return 2 * size + 2 * _SPARE  # no character needs more than twice the bytes that it had


@compiled()
def _find_words(folded, size, begins):
    """Write where each word begins to `begins`, which has room for `size // 2` + 9; return how many words there are."""
    count = 0
    before = np.uint64(0)
    for at in range(0, size + 1, 64):
        inside = filled(folded, at)
        here = inside & ~(inside << _ONE | before)
        before = inside >> _U63
        found = bits_set(here)
        for n in range(0, found, 8):
            for i in range(8):  # eight each time, some of which may be no words: the next ones are written over them
                begins[count + n + i] = at + lowest_bit(here)
                here &= here - _ONE
        count += found
    return count


@compiled()
def _digits(eight):
    """Not 0 where one of eight folded bytes is a digit, or says that one follows: bit 5 is set, 6 and 7 are not."""
    return eight & ~(eight >> _ONE) & ~(eight >> np.uint64(2)) & np.uint64(0x2020202020202020)


@compiled()
def _hash_of(value, digits, is_long):
    return (_mixed(value) & ~_FLAGS) | np.uint64(digits != 0) | np.uint64(is_long) << _ONE


@compiled()
def _hash_odd_word(folded, first):
    """The hash of a word of 16 bytes and more, or with letters beyond ASCII."""
    value, digits = _BASIS, np.uint64(0)
    letters = 0
    last = first
    while folded[last]:
        letters += (folded[last] & 0xC0) != 0x80
        last += 1
    for at in range(first, last, 8):
        eight = eight_bytes(folded, at) & _ALL >> np.uint64(64 - 8 * min(last - at, 8))
        value = _mixed(value) + eight
        digits |= _digits(eight)
    return _hash_of(value, digits, letters >= _LONG_WORD)


@compiled()
def _hash_words(folded, begins, count, words, halves, odd, kept, at):
    """Hash the words that begin at `begins` into `words`, their low halves into `kept` from `at` on; return two hashes of all in order.

    Of some words at a time the two halves of each are gathered, then all of these are hashed at once. `halves` is scratch with room for two
    numbers for each of `_AT_ONCE` words, `odd` for as many.
    """
    for first in range(0, count, _AT_ONCE):
        some = min(_AT_ONCE, count - first)
        here, hashes = begins[first : first + some], words[first : first + some]
        odds = 0
        for j in range(some):
            if copy_word(folded, np.int64(here[j]), halves, 2 * j):
                odd[odds] = j
                odds += 1
        for j in range(some):
            low, high = halves[2 * j], halves[2 * j + 1]
            hashes[j] = _hash_of(low * _FACTOR ^ high * _MIX2, _digits(low) | _digits(high), low >> np.uint64(48) != 0)
        for j in odd[:odds]:
            hashes[j] = _hash_odd_word(folded, np.int64(here[j]))
    hashes, low_halves = words[:count], kept[at : at + count]
    one, two, place = np.uint64(0), np.uint64(0), np.uint64(count)
    for j in range(count):  # each word mixed with its place: sums that the processor takes several at a time
        low_halves[j] = np.uint32(hashes[j] & _LOW)
        one += _mixed(hashes[j] + place * _FACTOR)
        two += (hashes[j] ^ hashes[j] >> _U29 ^ place * _MIX2) * (place * _MIX1 | _ONE)
        place += _ONE
    return _mixed(one), _mixed(two ^ np.uint64(count))


@compiled()
def _place_words(data, kinds, codes, plain, places):
    """Where each word of a text stands, a row of `places` each: first and last byte, the last exclusive, and the same in characters.

    Words are those of `_find_words`.
    """
    at = 0
    longer = 0  # bytes more than characters so far
    inside = False
    i = 0
    while i < data.shape[0]:
        byte = data[i]
        size = 1
        if byte < 128:
            kind = LETTER if plain[byte] else SEPARATOR
        else:
            point, size = _decoded(data, i)
            found, _ = _classed(point, kinds, codes)
            kind = SKIPPED if found == SKIPPED else ALONE if found == ALONE else SEPARATOR if found == SEPARATOR else LETTER
        if kind == SKIPPED:
            i += size
            longer += size - 1
            continue
        if inside and kind != LETTER:
            inside = False
            at += 1
        if kind != SEPARATOR:
            if not inside:
                places[at, 0] = i
                places[at, 2] = i - longer
            longer += size - 1
            places[at, 1] = i + size
            places[at, 3] = i + size - longer
            if kind == ALONE:
                at += 1
            else:
                inside = True
        else:
            longer += size - 1
        i += size


@compiled()
def copy_lists(addresses, sizes, out, places):
    """Copy `sizes[i]` bytes from `addresses[i]` on to place `places[i]` of `out`."""
    for i in range(addresses.shape[0]):
        values, place = bytes_at(addresses[i], sizes[i]), out[places[i] : places[i] + sizes[i]]
        for j in range(sizes[i]):
            place[j] = values[j]


@compiled()
def _map_words(data, inside, before, rest):
    """Of each 64 bytes of a text write to `inside` which belong to words, and to `before` how many words begin before them.

    False where the text is not all ASCII. One block more than the text has is written. `rest` is scratch, 64 bytes.
    """
    size = data.shape[0]
    count, carried = 0, np.uint64(0)
    block = 0
    for at in range(0, size, 64):
        if at + 64 <= size:
            beyond = beyond_ascii(data, at)
            bits = inside_words(data, at)
        else:
            _padded(data, at, size, rest)
            beyond = beyond_ascii(rest, 0)
            bits = inside_words(rest, 0)
        if beyond:
            return False
        inside[block] = bits
        before[block] = count
        count += bits_set(bits & ~(bits << _ONE | carried))
        carried = bits >> _U63
        block += 1
    inside[block] = np.uint64(0)
    before[block] = count
    return True


@compiled()
def _begin_of(inside, before, blocks, word):
    """The byte where a word begins, by what `_map_words` wrote for so many blocks."""
    block = min(blocks - 1, word * blocks // before[blocks])  # a guess: words are spread evenly
    while before[block] > word:
        block -= 1
    while before[block + 1] <= word:
        block += 1
    bits = inside[block]
    carried = inside[block - 1] >> _U63 if block else np.uint64(0)
    begins = bits & ~(bits << _ONE | carried)
    for _ in range(word - before[block]):
        begins &= begins - _ONE
    return 64 * block + lowest_bit(begins)


@compiled()
def _end_from(inside, begin):
    """The byte behind the word that begins at a byte."""
    block = begin >> 6
    outside = ~inside[block] & _ALL << np.uint64(begin & 63)
    while not outside:
        block += 1
        outside = ~inside[block]
    return 64 * block + lowest_bit(outside)


@compiled()
def locate(addresses, sizes, kinds, codes, plain, counts, wanted_starts, wanted_ends, wanted, first_words, last_words, out):
    """Where stretches of words stand: text i, `sizes[i]` bytes from `addresses[i]` on, has `counts[i]` words and the stretches
    `wanted[wanted_starts[i]:wanted_ends[i]]`.

    Row j of `out` (int32) gets the first and last byte, the last exclusive, of words `first_words[j]` to `last_words[j]` (exclusive), and
    the same in characters, counted from the text's start.
    """
    most, longest = 0, 0
    for i in range(counts.shape[0]):
        most = max(most, counts[i])
        longest = max(longest, sizes[i])
    places = np.empty((most + 1, 4), np.int32)
    inside = np.empty(longest // 64 + 2, np.uint64)
    before = np.empty(longest // 64 + 2, np.int64)
    rest = np.empty(64, np.uint8)
    for i in range(addresses.shape[0]):
        if wanted_starts[i] == wanted_ends[i]:
            continue
        data = bytes_at(addresses[i], sizes[i])
        if _map_words(data, inside, before, rest):
            blocks = (sizes[i] + 63) // 64
            for j in wanted[wanted_starts[i] : wanted_ends[i]]:
                out[j, 0] = _begin_of(inside, before, blocks, first_words[j])
                out[j, 1] = _end_from(inside, _begin_of(inside, before, blocks, last_words[j] - 1))
                out[j, 2] = out[j, 0]
                out[j, 3] = out[j, 1]
            continue
        _place_words(data, kinds, codes, plain, places)
        for j in wanted[wanted_starts[i] : wanted_ends[i]]:
            out[j, 0] = places[first_words[j], 0]
            out[j, 1] = places[last_words[j] - 1, 1]
            out[j, 2] = places[first_words[j], 2]
            out[j, 3] = places[last_words[j] - 1, 3]


@compiled()
def letters_of(data, first, last, kinds, codes, plain, out):
    """Write the folded letters of `data[first:last]`, a space between two words; return how many, -1 where `out` is full."""
    count = 0
    apart = False
    i = first
    while i < last:
        byte = data[i]
        code = np.int64(0)
        size = 1
        kind = np.int64(LETTER)
        if byte < 128:
            code = np.int64(plain[byte])
        else:
            point, size = _decoded(data, i)
            kind, letter = _classed(point, kinds, codes)
            if kind not in (SKIPPED, SEPARATOR):
                code = np.int64(letter)
        i += size
        if code == 0:
            if kind != SKIPPED:
                apart = count > 0
            continue
        if count + 1 >= out.shape[0]:
            return -1
        if apart:
            out[count] = 32
            count += 1
            apart = False
        out[count] = code
        count += 1
    return count


@compiled()
def _sums(words, count, width, out):
    made = max(0, count - width + 1)
    some, sums = words[:count], out[:made]
    for i in range(made):
        value = np.uint64(0)
        for k in range(width):
            value = value * _FACTOR + np.uint64(some[i + k])
        sums[i] = value
    return made


@compiled()
def polynomials(words, count, width, out):
    """One number for every run of `width` of the first `count` words, in `out`; returns how many.

    Enough to tell shingles apart; to sample them, `shingle` mixes the numbers. For the usual width the compiler knows how often the inner
    loop turns, and does several runs at a time.
    """
    if width == _USUAL_WIDTH:
        return _sums(words, count, _USUAL_WIDTH, out)
    return _sums(words, count, width, out)


@compiled()
def shingle(words, count, width, out):
    """The 64-bit hash of every run of `width` of the first `count` words, in `out`; returns how many."""
    made = polynomials(words, count, width, out)
    hashes = out[:made]
    for i in range(made):
        hashes[i] = _mixed(hashes[i])
    return made


@compiled()
def _signed(shingle):
    """The low 32 bits through Murmur's finaliser, as datasketch's affine32 scheme has it."""
    h = np.uint32(shingle & _LOW)
    h = np.uint32(h ^ (h >> np.uint32(16)))
    h = np.uint32(h * np.uint32(0x85EBCA6B))
    h = np.uint32(h ^ (h >> np.uint32(13)))
    h = np.uint32(h * np.uint32(0xC2B2AE35))
    return np.uint32(h ^ (h >> np.uint32(16)))


@compiled()
def _sign(shingles, first, last, factors, terms, signature):
    """datasketch's affine32 MinHash of the low 32 bits of each shingle, four at a time to spare reads and writes."""
    for i in range(first, last, 4):
        h0 = _signed(shingles[i])
        h1 = _signed(shingles[min(i + 1, last - 1)])
        h2 = _signed(shingles[min(i + 2, last - 1)])
        h3 = _signed(shingles[min(i + 3, last - 1)])
        for k in range(factors.shape[0]):
            a, b = factors[k], terms[k]
            low = min(np.uint32(np.uint32(a * h0) + b), np.uint32(np.uint32(a * h1) + b))
            high = min(np.uint32(np.uint32(a * h2) + b), np.uint32(np.uint32(a * h3) + b))
            signature[k] = min(signature[k], min(low, high))


@compiled()
def _beside(shingles, first, last, i, half):
    """16 bits of the shingle half a window before and 16 of the one half a window after; 0 where the text ends before."""
    before = np.uint64(0)
    after = np.uint64(0)
    if i - half >= first:
        before = (shingles[i - half] & np.uint64(0xFFFF)) | _ONE
    if i + half < last:
        after = (shingles[i + half] & np.uint64(0xFFFF)) | _ONE
    return np.uint32((before << np.uint64(16)) | after)


@compiled()
def _sort_together(values, others, first, last):
    """Shell's sort of `values[first:last]`, and of `others` with them: nothing is allocated."""
    size = last - first
    gap = 1
    while gap < size // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(first + gap, last):
            value, other = values[i], others[i]
            j = i
            while j - gap >= first and (values[j - gap] > value or (values[j - gap] == value and others[j - gap] > other)):
                values[j] = values[j - gap]
                others[j] = others[j - gap]
                j -= gap
            values[j] = value
            others[j] = other
        gap //= 3


@compiled()
def _drawer(value, limit, shift):
    """One of 128, in order of the values: 64 for those under the limit, which spread evenly, and 64 for all others, which mostly lie just above."""
    return np.int64(value >> shift if value < limit else np.uint64(64) + (value >> _U58))


@compiled()
def _order_together(values, others, first, last, limit, shift, spare, ends):
    """`_sort_together` by way of drawers, in which few have to be put in order. `spare` has two rows, `ends` room for 129 numbers."""
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


@compiled()
def _lowest(shingles, first, last):
    """Where the first of the lowest from `first` to `last` (inclusive) stands, without a branch."""
    lowest, value = first, shingles[first]
    for j in range(first + 1, last + 1):
        less = shingles[j] < value
        lowest = j if less else lowest
        value = shingles[j] if less else value
    return lowest


@compiled()
def _bottom_sketch(shingles, start, end, limit, shift, least, window, out, beside, at, spare, ends):
    """The shingles under `limit`, the lowest of each `window` in a row that holds none, and at least the `least` lowest.

    So two texts that share `window` shingles in a row always share one that is in both sketches, and there what stands half a window
    before or after it is shared too. Written from `at` on, ascending; a shingle that stands in several places may come several times.
    """
    half = (window - 1) // 2
    count = at
    chosen = at
    for i in range(start, end):  # every place is written, and only one under the limit counts: no branch to mispredict
        out[chosen] = np.uint64(i)
        chosen += np.int64(shingles[i] < limit)
    count = chosen
    free = start  # the shingles before this one need nothing more
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
                beside[count] = _beside(shingles, start, end, lowest, half)
                count += 1
        if n < chosen:
            out[n] = shingles[i]
            beside[n] = _beside(shingles, start, end, i, half)
            free = i + 1
    if count - at < least:
        base = count
        for i in range(start, end):  # the lowest by insertion
            value = shingles[i]
            if count - base == least and value >= out[count - 1]:
                continue
            j = base
            while j < count and out[j] < value:
                j += 1
            if j < count and out[j] == value:
                continue
            if count - base < least:
                count += 1
            for m in range(count - 1, j, -1):
                out[m] = out[m - 1]
                beside[m] = beside[m - 1]
            out[j] = value
            beside[j] = _beside(shingles, start, end, i, half)
    _order_together(out, beside, at, count, limit, shift, spare, ends)
    kept = at
    repeats = 0
    for i in range(at, count):
        repeats = repeats + 1 if kept > at and out[i] == out[kept - 1] else 0
        if repeats < _KEPT_REPEATS and not (repeats and beside[i] == beside[kept - 1]):
            out[kept] = out[i]
            beside[kept] = beside[i]
            kept += 1
    return kept - at


@compiled()
def _clear(values):
    for i in range(values.shape[0]):
        values[i] = 0


@compiled()
def _longer(values, least):
    """The same values with room for twice as many as are needed at least. A loop, since assigning a slice takes seconds to compile."""
    out = np.empty(2 * least, values.dtype)
    for i in range(values.shape[0]):
        out[i] = values[i]
    return out


@compiled()
def _power_over(size):
    power = 16
    while power < size:
        power *= 2
    return power


@compiled()
def _repeats(shingles, made, places, again):
    """How many of the first `made` values stand before already; `places` is scratch, a power of two long and at least four times as many.

    Nearly all find their slot free; those that do not are compared afterwards. `again` is scratch, as long as `made`.
    """
    mask = np.uint64(places.shape[0] - 1)
    met = 0
    _clear(places)
    for i in range(made):
        slot = shingles[i] >> _U20 & mask
        place = places[slot]
        again[met] = i
        met += np.int64(place != 0)
        places[slot] = i + 1 if place == 0 else place
    repeats = 0
    for i in again[:met]:
        slot = shingles[i] >> _U20 & mask
        place = places[slot]
        while place != 0 and shingles[place - 1] != shingles[i]:
            slot = slot + _ONE & mask
            place = places[slot]
        repeats += np.int64(place != 0)
        if place == 0:
            places[slot] = i + 1
    return repeats


@compiled()
def _distinct(shingles, made, places, again):
    """How many different values; `places` is scratch, int32, with room for four times as many, and a power of two, and `again` for `made`."""
    size = _power_over(4 * made)
    if made < 1 << 16:  # the nearer to the processor the quicker, so short numbers where they do
        return made - _repeats(shingles, made, places.view(np.uint16)[:size], again)
    return made - _repeats(shingles, made, places[:size], again)


@compiled()
def sketch_batch(
    data,
    offsets,
    kinds,
    codes,
    width,
    factors,
    terms,
    limit,
    least,
    window,
    signatures,
    facts,
    text_hashes,
    kept_words,
    sketches,
    besides,
):
    """Everything that is remembered of the texts `data[offsets[i]:offsets[i + 1]]`.

    Fills `signatures` (uint32, a row each), `facts` (int64: words, distinct shingles, shingles, length of the sketch), `text_hashes`
    (uint64, two a row: of the words in order), `kept_words` (the low 32 bits of every word, end to end), `sketches` and `besides` (all
    sketches and what stands beside them, end to end).
    """
    texts = offsets.shape[0] - 1
    longest = _ZERO
    for i in range(texts):
        longest = max(longest, offsets[i + 1] - offsets[i])
    most = longest // 2 + 2
    folded = np.empty(_room_for(longest), np.uint8)
    begins = np.empty(most + 16, np.int32)
    words = np.empty(most, np.uint64)
    shingles = np.empty(most, np.uint64)
    halves = np.empty(2 * _AT_ONCE, np.uint64)
    odd = np.empty(_AT_ONCE, np.int32)
    places = np.empty(_power_over(4 * most), np.int32)
    spare, ends = np.empty((2, _MOST_IN_DRAWERS), np.uint64), np.empty(129, np.int32)
    shift = np.uint64(0)
    while limit >> shift > 64:
        shift += _ONE
    sketched, at = _ZERO, _ZERO
    for i in range(texts):
        count = _find_words(folded, _fold(data, offsets[i], offsets[i + 1], kinds, codes, folded), begins)
        one, two = _hash_words(folded, begins, count, words, halves, odd, kept_words, at)
        text_hashes[i, 0] = one
        text_hashes[i, 1] = two
        at += count
        made = shingle(words, count, width, shingles)
        _sign(shingles, _ZERO, made, factors, terms, signatures[i])
        kept = _bottom_sketch(shingles, _ZERO, made, limit, shift, least, window, sketches, besides, sketched, spare, ends)
        sketched += kept
        facts[i, 0] = count
        facts[i, 1] = _distinct(shingles, made, places, words)
        facts[i, 2] = made
        facts[i, 3] = kept
