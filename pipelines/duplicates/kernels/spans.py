# mypy: disallow-untyped-defs=False
"""Loops that say where words stand in a text, in bytes and in characters."""

from __future__ import annotations

import numpy as np

from pipelines.duplicates.folding import ALONE, LETTER, SEPARATOR, SKIPPED
from pipelines.duplicates.kernels.basics import ALL, ONE, U63
from pipelines.duplicates.kernels.bits import beyond_ascii, bits_set, bytes_at, inside_words, lowest_bit
from pipelines.duplicates.kernels.shapes import Span
from pipelines.duplicates.kernels.words import _classed, _decoded, _padded


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
