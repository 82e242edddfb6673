# mypy: disallow-untyped-defs=False
"""Loops over one text after another: from UTF-8 bytes to folded words and their hashes, and where words stand.

A word's hash has its lowest bit set if the word holds a digit, and the next one if it has seven letters or more. For little text
there are quicker forms of these in `small`.
"""

from __future__ import annotations

import numpy as np

from pipelines.duplicates.folding import ALONE, DIGIT, LETTER, SEPARATOR, SKIPPED
from pipelines.duplicates.kernels.basics import ALL, FACTOR, LOW, MIX1, MIX2, ONE, U29, U63, _mixed
from pipelines.duplicates.kernels.bits import bits_set, copy_word, eight_bytes, filled, fold_block, lowest_bit

BASIS = np.uint64(0xCBF29CE484222325)
_FLAGS = np.uint64(3)
LONG_WORD = 7  # letters
DIGIT_AHEAD = 0x21
_SPARE = 96  # bytes that may be read after the last of a text
_AT_ONCE = 1024  # words


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
