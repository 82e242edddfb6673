# mypy: disallow-untyped-defs=False
"""Loops over one text after another: from UTF-8 bytes to words, shingles, signatures and sketches.

A word's hash has its lowest bit set if the word holds a digit, and the next one if it has seven letters or more; a shingle's hash
is a polynomial of its words' hashes, mixed. For little text there are quicker forms of these in `small`.
"""

from __future__ import annotations

import numpy as np

from pipelines.duplicates.folding import ALONE, DIGIT, LETTER, SEPARATOR, SKIPPED
from pipelines.duplicates.kernels.basics import (
    ALL,
    FACTOR,
    LOW,
    MIX1,
    MIX2,
    ONE,
    U20,
    U29,
    U63,
    ZERO,
    _clear,
    _mixed,
    _power_over,
    _sort_together,
)
from pipelines.duplicates.kernels.bits import (
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
from pipelines.duplicates.kernels.shapes import SketchFact, Span

BASIS = np.uint64(0xCBF29CE484222325)
_FLAGS = np.uint64(3)
LONG_WORD = 7  # letters
_USUAL_WIDTH = 5  # words of a shingle
_U58 = np.uint64(58)
DIGIT_AHEAD = 0x21
_SPARE = 96  # bytes that may be read after the last of a text
_MAX_IN_DRAWERS = 256
_AT_ONCE = 1024  # words
MAX_REPEATS = 4  # places that are remembered of a shingle that a text repeats


def _decoded(data, i):
    """The code point at byte `i`, which is not ASCII, and the bytes that it takes."""
    byte = np.int64(data[i])
    if byte >= 0xF0:
        point = ((byte & 7) << 18) | ((np.int64(data[i + 1]) & 63) << 12) | ((np.int64(data[i + 2]) & 63) << 6)
        return point | (np.int64(data[i + 3]) & 63), 4
    if byte >= 0xE0:
        return ((byte & 15) << 12) | ((np.int64(data[i + 1]) & 63) << 6) | (np.int64(data[i + 2]) & 63), 3
    return ((byte & 31) << 6) | (np.int64(data[i + 1]) & 63), 2


def _classed(point, characters):
    """Kind and folded code of a code point. Beyond U+FFFF: pictures and tags part words, ideographs stand alone."""
    if point < 0x10000:
        return np.int64(characters.classes[point]), np.int64(characters.folded[point])
    if 0x1F000 <= point < 0x20000 or point >= 0xE0000:
        return np.int64(SEPARATOR), point
    return np.int64(ALONE if point >= 0x20000 else LETTER), point


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


def _padded(data, at, end, rest):
    """Copy the last bytes of a text, less than 64 of them, from `at` to `end`, to `rest` with 0 behind."""
    for i in range(64):
        rest[i] = data[at + i] if at + i < end else 0


def _fold(data, start, end, characters, out):
    """Write the letters of the text's words, lower case and in UTF-8, with bytes of 0 between words; return how many bytes.

    A digit beyond ASCII has `DIGIT_AHEAD` before it. `out` has room for `_room_for(end - start)` bytes; `_SPARE` of 0 come after.
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
            kind, code = _classed(point, characters)
            at += size
            if kind == SKIPPED:
                continue
            if kind == SEPARATOR or kind == ALONE:  # noqa: SIM109
                out[to] = 0
                to += 1
            elif kind == DIGIT and code >= 128:
                out[to] = DIGIT_AHEAD
                to += 1
            if kind != SEPARATOR:
                to = _encoded(code, out, to)
            if kind == ALONE:
                out[to] = 0
                to += 1
    for i in range(to, to + _SPARE):
        out[i] = 0
    return to


def _room_for(size):
    return 2 * size + 2 * _SPARE  # no character needs more than twice the bytes that it had


def _find_words(folded, size, begins):
    """Write where each word begins to `begins`, which has room for `size // 2` + 9; return how many words there are."""
    count = 0
    before = np.uint64(0)
    for at in range(0, size + 1, 64):
        inside = filled(folded, at)
        here = inside & ~(inside << ONE | before)
        before = inside >> U63
        found = bits_set(here)
        for n in range(0, found, 8):
            for i in range(8):  # eight each time, some of which may be no words: the next ones are written over them
                begins[count + n + i] = at + lowest_bit(here)
                here &= here - ONE
        count += found
    return count


def _digits(eight):
    """Not 0 where one of eight folded bytes is a digit, or says that one follows: bit 5 is set, 6 and 7 are not."""
    return eight & ~(eight >> ONE) & ~(eight >> np.uint64(2)) & np.uint64(0x2020202020202020)


def _hash_of(value, digits, is_long):
    return (_mixed(value) & ~_FLAGS) | np.uint64(digits != 0) | np.uint64(is_long) << ONE


def _hash_odd_word(folded, first):
    """The hash of a word of 16 bytes and more, or with letters beyond ASCII."""
    value, digits = BASIS, np.uint64(0)
    letters = 0
    last = first
    while folded[last]:
        letters += (folded[last] & 0xC0) != 0x80
        last += 1
    for at in range(first, last, 8):
        eight = eight_bytes(folded, at) & ALL >> np.uint64(64 - 8 * min(last - at, 8))
        value = _mixed(value) + eight
        digits |= _digits(eight)
    return _hash_of(value, digits, letters >= LONG_WORD)


def _hash_words(folded, begins, count, words, halves, odd, kept, at):
    """Hash the words that begin at `begins` into `words`, their low halves into `kept` from `at` on; return two hashes of all in
    order.

    Of some words at a time the two halves of each are gathered, then all of these are hashed at once. `halves` is scratch with
    room for two numbers for each of `_AT_ONCE` words, `odd` for as many.
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
            hashes[j] = _hash_of(low * FACTOR ^ high * MIX2, _digits(low) | _digits(high), low >> np.uint64(48) != 0)
        for j in odd[:odds]:
            hashes[j] = _hash_odd_word(folded, np.int64(here[j]))
    hashes, low_halves = words[:count], kept[at : at + count]
    one, two, place = np.uint64(0), np.uint64(0), np.uint64(count)
    for j in range(count):  # each word mixed with its place: sums that the processor takes several at a time
        low_halves[j] = np.uint32(hashes[j] & LOW)
        one += _mixed(hashes[j] + place * FACTOR)
        two += (hashes[j] ^ hashes[j] >> U29 ^ place * MIX2) * (place * MIX1 | ONE)
        place += ONE
    return _mixed(one), _mixed(two ^ np.uint64(count))


def _place_words(data, characters, places):
    """Where each word of a text stands (int32 [word, Span]). Words are those of `_find_words`."""
    at = 0
    longer = 0  # bytes more than characters so far
    inside = False
    i = 0
    while i < data.shape[0]:
        byte = data[i]
        size = 1
        if byte < 128:
            kind = LETTER if characters.ascii[byte] else SEPARATOR
        else:
            point, size = _decoded(data, i)
            found, _ = _classed(point, characters)
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
                places[at, Span.FIRST_BYTE] = i
                places[at, Span.FIRST_CHARACTER] = i - longer
            longer += size - 1
            places[at, Span.LAST_BYTE] = i + size
            places[at, Span.LAST_CHARACTER] = i + size - longer
            if kind == ALONE:
                at += 1
            else:
                inside = True
        else:
            longer += size - 1
        i += size


def copy_lists(addresses, sizes, out, places):
    """Copy `sizes[i]` bytes from `addresses[i]` on to place `places[i]` of `out`."""
    for i in range(addresses.shape[0]):
        values, place = bytes_at(addresses[i], sizes[i]), out[places[i] : places[i] + sizes[i]]
        for j in range(sizes[i]):
            place[j] = values[j]


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
        count += bits_set(bits & ~(bits << ONE | carried))
        carried = bits >> U63
        block += 1
    inside[block] = np.uint64(0)
    before[block] = count
    return True


def _begin_of(inside, before, blocks, word):
    """The byte where a word begins, by what `_map_words` wrote for so many blocks."""
    block = min(blocks - 1, word * blocks // before[blocks])  # a guess: words are spread evenly
    while before[block] > word:
        block -= 1
    while before[block + 1] <= word:
        block += 1
    bits = inside[block]
    carried = inside[block - 1] >> U63 if block else np.uint64(0)
    begins = bits & ~(bits << ONE | carried)
    for _ in range(word - before[block]):
        begins &= begins - ONE
    return 64 * block + lowest_bit(begins)


def _end_from(inside, begin):
    """The byte behind the word that begins at a byte."""
    block = begin >> 6
    outside = ~inside[block] & ALL << np.uint64(begin & 63)
    while not outside:
        block += 1
        outside = ~inside[block]
    return 64 * block + lowest_bit(outside)


def locate(texts, characters, counts, spans, out):
    """Where spans of words stand: text i of `texts` (Places) has `counts[i]` words; its spans are those of `spans` (WordSpans).

    Row j of `out` (int32 [span, Span]) gets where span j stands.
    """
    most_words, most_bytes = 0, 0
    for i in range(counts.shape[0]):
        most_words = max(most_words, counts[i])
        most_bytes = max(most_bytes, texts.sizes[i])
    places = np.empty((most_words + 1, 4), np.int32)
    inside = np.empty(most_bytes // 64 + 2, np.uint64)
    before = np.empty(most_bytes // 64 + 2, np.int64)
    rest = np.empty(64, np.uint8)
    for i in range(counts.shape[0]):
        if spans.starts[i] == spans.ends[i]:
            continue
        data = bytes_at(texts.addresses[i], texts.sizes[i])
        if _map_words(data, inside, before, rest):
            blocks = (texts.sizes[i] + 63) // 64
            for j in spans.order[spans.starts[i] : spans.ends[i]]:
                first = _begin_of(inside, before, blocks, spans.first[j])
                last = _end_from(inside, _begin_of(inside, before, blocks, spans.last[j] - 1))
                out[j, Span.FIRST_BYTE], out[j, Span.FIRST_CHARACTER] = first, first
                out[j, Span.LAST_BYTE], out[j, Span.LAST_CHARACTER] = last, last
            continue
        _place_words(data, characters, places)
        for j in spans.order[spans.starts[i] : spans.ends[i]]:
            first, last = spans.first[j], spans.last[j] - 1
            out[j, Span.FIRST_BYTE] = places[first, Span.FIRST_BYTE]
            out[j, Span.LAST_BYTE] = places[last, Span.LAST_BYTE]
            out[j, Span.FIRST_CHARACTER] = places[first, Span.FIRST_CHARACTER]
            out[j, Span.LAST_CHARACTER] = places[last, Span.LAST_CHARACTER]


def _letters_of(data, first, last, characters, out):
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
            code = np.int64(characters.ascii[byte])
        else:
            point, size = _decoded(data, i)
            kind, letter = _classed(point, characters)
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
