# mypy: disallow-untyped-defs=False
"""Compiled loops over one text after another: from UTF-8 bytes to words, shingles, signatures and sketches.

Import through `compiled.kernels()`. All take and give numpy arrays and let go of the GIL. A word's hash has its lowest bit set where the
word holds a digit and the next one where it has seven letters or more; a shingle's hash is a polynomial of its words' hashes, mixed.
"""

from __future__ import annotations

import numpy as np

from pipelines.duplicates.compiled import compiled
from pipelines.duplicates.folding import ALONE, DIGIT, LETTER, SEPARATOR, SKIPPED

_BASIS = np.uint64(0xCBF29CE484222325)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xFF51AFD7ED558CCD)
_MIX2 = np.uint64(0xC4CEB9FE1A85EC53)
_ONE = np.uint64(1)
_FLAGS = np.uint64(3)
_LONG_WORD = np.uint64(7)
_U16 = np.uint64(16)
_U8 = np.uint64(8)
_U29 = np.uint64(29)
_U32 = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_KEPT_REPEATS = 4  # places that are remembered of a shingle that a text repeats


@compiled()
def _mixed(value):
    value ^= value >> _U32
    value *= _MIX1
    value ^= value >> _U29
    value *= _MIX2
    return value ^ (value >> _U32)


@compiled()
def _turned(state):
    return (state << _ONE) | (state >> np.uint64(63))


@compiled()
def _letter(code):
    """A letter's own 64 bits, which a word's hash is put together from; never 0."""
    return _mixed((np.uint64(code) + _ONE) * _FACTOR) | np.uint64(2)


@compiled()
def letter_table(plain):
    """`_letter` of the folded letter of each ASCII byte, 0 where the byte belongs to no word."""
    out = np.zeros(128, np.uint64)
    for i in range(128):
        if plain[i]:
            out[i] = _letter(plain[i])
    return out


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
def _classed(point, kinds, folded):
    """Kind and folded code of a code point. Beyond U+FFFF: pictures and tags part words, ideographs stand alone."""
    if point < 0x10000:
        return np.int64(kinds[point]), np.uint64(folded[point])
    if 0x1F000 <= point < 0x20000 or point >= 0xE0000:
        return np.int64(SEPARATOR), np.uint64(point)
    return np.int64(ALONE if point >= 0x20000 else LETTER), np.uint64(point)


@compiled()
def hash_words(data, start, end, kinds, folded, letters, words, marks):
    """Hash the words of `data[start:end]` into `words`, which has room for one more than there are; return how many.

    A word's hash is a cyclic polynomial of its folded letters; `marks` is scratch as long as `words`. The loop has no branch that depends
    on where words end, because mispredicted branches would take most of its time: every byte writes a word, and only a byte that ends one
    counts it.
    """
    count = np.uint64(0)
    state = np.uint64(0)
    mark = np.uint64(0)  # letters so far, and 2^16 for every digit
    at, stop = np.uint64(start), np.uint64(end)  # unsigned, for which an index needs no look at its sign
    while at < stop:
        byte = data[at]
        if byte < 128:
            letter = letters[byte]
            at += _ONE
            words[count] = state
            marks[count] = mark
            count += np.uint64(state != 0) & np.uint64(letter == 0)
            keep = np.uint64(0) - np.uint64(letter != 0)
            state = (_turned(state) ^ letter) & keep
            mark = (mark + _ONE + (np.uint64(np.uint8(byte - np.uint8(48)) < 10) << _U16)) & keep
            continue
        i = np.int64(at)
        point, size = _decoded(data, i)
        kind, code = _classed(point, kinds, folded)
        at += np.uint64(size)
        if kind == SKIPPED:
            continue
        if kind == LETTER or kind == DIGIT:  # noqa: SIM109
            state = _turned(state) ^ _letter(code)
            mark += _ONE if kind == LETTER else _ONE + (_ONE << _U16)
            continue
        if state:
            words[count] = state
            marks[count] = mark
            count += _ONE
            state = np.uint64(0)
            mark = np.uint64(0)
        if kind == ALONE:
            words[count] = _letter(code)
            marks[count] = _ONE
            count += _ONE
    if state:
        words[count] = state
        marks[count] = mark
        count += _ONE
    for j in range(np.int64(count)):
        flags = np.uint64(marks[j] >= np.uint64(0x10000)) | (np.uint64((marks[j] & np.uint64(0xFFFF)) >= _LONG_WORD) << _ONE)
        words[j] = (words[j] & ~_FLAGS) | flags
    return np.int64(count)


@compiled()
def _place_words(data, start, end, kinds, folded, letters, places, at):
    """Where each word stands, from row `at` of `places` on: first and last byte, the last exclusive, and the same in characters.

    Counted from `start`. Words are those of `hash_words`.
    """
    longer = 0  # bytes more than characters so far
    inside = False
    i = start
    while i < end:
        byte = data[i]
        size = 1
        if byte < 128:
            kind = LETTER if letters[byte] else SEPARATOR
        else:
            point, size = _decoded(data, i)
            found, _ = _classed(point, kinds, folded)
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
                places[at, 0] = i - start
                places[at, 2] = i - start - longer
            longer += size - 1
            places[at, 1] = i + size - start
            places[at, 3] = i + size - start - longer
            if kind == ALONE:
                at += 1
            else:
                inside = True
        else:
            longer += size - 1
        i += size


@compiled()
def _place_plain_words(data, start, end, letters, first, last):
    """`_place_words` for ASCII, without a branch that depends on where words end; False where the text is not ASCII.

    Writes the first byte of each word to `first` and the last, exclusive, to `last`, which have room for one more than there are words.
    """
    begun, ended = 0, 0
    before = np.int64(0)
    for i in range(start, end):
        byte = data[i]
        if byte >= 128:
            return False
        letter = np.int64(letters[byte] != 0)
        first[begun] = i - start
        last[ended] = i - start
        begun += letter & (1 - before)
        ended += before & (1 - letter)
        before = letter
    last[ended] = end - start
    return True


@compiled()
def copy_texts(data, begins, ends, out, places):
    """Copy `data[begins[i]:ends[i]]` to byte `places[i]` of `out`."""
    for i in range(begins.shape[0]):
        out[places[i] : places[i] + ends[i] - begins[i]] = data[begins[i] : ends[i]]


@compiled()
def locate(data, begins, ends, kinds, folded, letters, counts, wanted_starts, wanted_ends, first_words, last_words, out):
    """Where stretches of words stand: text i, `data[begins[i]:ends[i]]`, has `counts[i]` words and the stretches `wanted_starts[i]` to
    `wanted_ends[i]`.

    Row j of `out` (int64) gets the first and last byte, the last exclusive, of words `first_words[j]` to `last_words[j]` (exclusive), and
    the same in characters, counted from the text's start.
    """
    most = 0
    for i in range(counts.shape[0]):
        most = max(most, counts[i])
    places = np.empty((most + 1, 4), np.int32)
    first = np.empty(most + 1, np.int32)
    last = np.empty(most + 1, np.int32)
    for i in range(begins.shape[0]):
        if wanted_starts[i] == wanted_ends[i]:
            continue
        if _place_plain_words(data, begins[i], ends[i], letters, first, last):
            for j in range(wanted_starts[i], wanted_ends[i]):
                out[j, 0] = first[first_words[j]]
                out[j, 1] = last[last_words[j] - 1]
                out[j, 2] = out[j, 0]
                out[j, 3] = out[j, 1]
            continue
        _place_words(data, begins[i], ends[i], kinds, folded, letters, places, 0)
        for j in range(wanted_starts[i], wanted_ends[i]):
            out[j, 0] = places[first_words[j], 0]
            out[j, 1] = places[last_words[j] - 1, 1]
            out[j, 2] = places[first_words[j], 2]
            out[j, 3] = places[last_words[j] - 1, 3]


@compiled()
def letters_of(data, first, last, kinds, folded, plain, out):
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
            kind, letter = _classed(point, kinds, folded)
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
def shingle(words, first, count, width, out, at):
    """Hash every run of `width` of the `count` words from `first` on into `out`, from `at` on; return how many."""
    drop = _ONE
    for _ in range(width):
        drop *= _FACTOR
    rolling = np.uint64(0)
    for i in range(count):
        rolling = rolling * _FACTOR + np.uint64(words[first + i])
        if i >= width:
            rolling -= drop * np.uint64(words[first + i - width])
        if i >= width - 1:
            out[at + i - width + 1] = _mixed(rolling)
    return max(0, count - width + 1)


@compiled()
def polynomials(words, first, count, width, out):
    """`shingle` without the mixing, from the kept halves of words' hashes: enough to tell shingles apart, not to sample them."""
    drop = _ONE
    for _ in range(width):
        drop *= _FACTOR
    rolling = np.uint64(0)
    for i in range(min(count, width)):
        rolling = rolling * _FACTOR + np.uint64(words[first + i])
    if count < width:
        return 0
    out[0] = rolling
    for i in range(width, count):
        rolling = rolling * _FACTOR + (np.uint64(words[first + i]) - drop * np.uint64(words[first + i - width]))
        out[i - width + 1] = rolling
    return count - width + 1


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
    """Shell's sort of `values[first:last]`, and of `others` with them: sketches are short, and nothing is allocated."""
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
def _bottom_sketch(shingles, start, end, limit, least, window, out, beside, at):
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
                    lowest = first
                    for j in range(first + 1, last + 1):
                        if shingles[j] < shingles[lowest]:
                            lowest = j
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
    _sort_together(out, beside, at, count)
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
def _distinct(shingles, first, last, table, slots):
    """How many different values; `table[:slots]` is zeroed scratch, `slots` a power of two at least twice as many."""
    mask = np.uint64(slots - 1)
    count = 0
    for i in range(first, last):
        value = shingles[i] | _ONE
        slot = (value >> np.uint64(20)) & mask
        while table[slot] != 0 and table[slot] != value:
            slot = (slot + _ONE) & mask
        if table[slot] == 0:
            table[slot] = value
            count += 1
    for i in range(slots):
        table[i] = 0
    return count


@compiled()
def sketch_batch(
    data, offsets, kinds, folded, letters, width, factors, terms, limit, least, window, signatures, facts, text_hashes, kept_words
):
    """Everything that is remembered of the texts `data[offsets[i]:offsets[i + 1]]`.

    Fills `signatures` (uint32, a row each), `facts` (int64: words, distinct shingles, shingles, length of the sketch), `text_hashes`
    (uint64, two a row: of the words in order) and `kept_words` (the low 32 bits of every word, end to end). Returns all sketches and
    what stands beside them, end to end.
    """
    texts = offsets.shape[0] - 1
    size = offsets[texts] - offsets[0]
    longest = 0
    for i in range(texts):
        longest = max(longest, offsets[i + 1] - offsets[i])
    words = np.empty(longest // 2 + 2, np.uint64)
    marks = np.empty(longest // 2 + 2, np.uint64)
    shingles = np.empty(longest // 2 + 2, np.uint64)
    sketches = np.empty(size // 2 + (2 * least + 2) * texts + 2, np.uint64)
    besides = np.empty(sketches.shape[0], np.uint32)
    table = np.zeros(1024, np.uint64)
    sketched = 0
    at = 0
    for i in range(texts):
        count = hash_words(data, offsets[i], offsets[i + 1], kinds, folded, letters, words, marks)
        one, two = np.uint64(count), _BASIS
        for j in range(count):
            one = one * _MIX1 + words[j]
            two = two * _FACTOR + words[j]
            kept_words[at + j] = np.uint32(words[j] & _LOW)
        at += count
        text_hashes[i, 0] = _mixed(one)
        text_hashes[i, 1] = _mixed(two)
        made = shingle(words, 0, count, width, shingles, 0)
        slots = 16
        while slots < 2 * made:
            slots *= 2
        if slots > table.shape[0]:
            table = np.zeros(slots, np.uint64)
        _sign(shingles, 0, made, factors, terms, signatures[i])
        kept = _bottom_sketch(shingles, 0, made, limit, least, window, sketches, besides, sketched)
        sketched += kept
        facts[i, 0] = count
        facts[i, 1] = _distinct(shingles, 0, made, table, slots)
        facts[i, 2] = made
        facts[i, 3] = kept
    return sketches[:sketched].copy(), besides[:sketched].copy()
