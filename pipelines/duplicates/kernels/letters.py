# mypy: disallow-untyped-defs=False
"""Loops over the letters of two texts: Levenshtein's distance, and the share of letters that agree between passages."""

from __future__ import annotations

import numpy as np

from pipelines.duplicates.folding import LETTER, SEPARATOR, SKIPPED
from pipelines.duplicates.kernels.basics import ALL, ONE, U63
from pipelines.duplicates.kernels.bits import bytes_at
from pipelines.duplicates.kernels.words import _classed, _decoded

_MAX_GAP_LETTERS = 600


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


def _distance_by_bits(a, a_size, b, b_size, places, plus, minus):
    """`edit_distance` for an `a` of letters under 256, of which there is at least one; 64 of its letters are compared at once.

    The bit-parallel method of Myers, as Hyyrö states it for columns of several words.
    """
    blocks = (a_size + 63) >> 6
    for i in range(a_size):
        places[i >> 6, a[i]] |= ONE << np.uint64(i & 63)
    for k in range(blocks):
        plus[k], minus[k] = ALL, np.uint64(0)
    top = np.uint64((a_size - 1) & 63)
    distance = a_size
    for j in range(b_size):
        grows, shrinks = ONE, np.uint64(0)  # what the column's upper end gains on the one before
        for k in range(blocks):
            more, less = plus[k], minus[k]
            same = places[k, b[j]] if b[j] < 256 else np.uint64(0)
            across = same | less
            same |= shrinks
            down = (((same & more) + more) ^ more) | same
            up, low = less | ~(down | more), more & down
            if k == blocks - 1:
                distance += np.int64((up >> top) & ONE) - np.int64((low >> top) & ONE)
            next_grows, next_shrinks = up >> U63, low >> U63
            up, low = (up << ONE) | grows, (low << ONE) | shrinks
            plus[k], minus[k] = low | ~(across | up), up & across
            grows, shrinks = next_grows, next_shrinks
    for i in range(a_size):
        places[i >> 6, a[i]] = np.uint64(0)
    return distance


def edit_distance(a, a_size, b, b_size, scratch, places):
    """Levenshtein's distance of two runs of characters, each shorter than `scratch`.

    `places` has 256 columns and a row for every 64 characters that the shorter one may have, all 0 before and after. Latin
    letters are compared many at once, others one by one.
    """
    if a_size > b_size:
        a, a_size, b, b_size = b, b_size, a, a_size
    latin = a_size > 0
    for i in range(a_size):
        latin &= a[i] < 256
    if latin:
        half = places.shape[0]
        return _distance_by_bits(a, a_size, b, b_size, places, scratch[:half], scratch[half:])
    for j in range(b_size + 1):
        scratch[j] = np.uint64(j)
    for i in range(a_size):
        corner = scratch[0]
        scratch[0] = np.uint64(i + 1)
        for j in range(b_size):
            above = scratch[j + 1]
            scratch[j + 1] = min(corner + np.uint64(a[i] != b[j]), above + ONE, scratch[j] + ONE)
            corner = above
    return np.int64(scratch[b_size])


def _gap(spans, before, here, side):
    """First and last byte between two passages on one side."""
    return spans[before, 2 * side + 1], spans[here, 2 * side]


def letter_similarity(lefts, rights, passages, characters, minimum, out):
    """For each pair the share of letters that agree (float64, two a row): from the first to the last passage, and between passages.

    `lefts` and `rights` (Places) are the texts of each pair, `passages` (LocatedPassages) what they share, of which those in
    order count. Letters in a passage agree; between two passages Levenshtein's distance is taken off. A pair that cannot reach
    `minimum` between passages is given up, with 0 for both.
    """
    scratch = np.empty(_MAX_GAP_LETTERS + 2, np.uint64)
    letters_left = np.empty(_MAX_GAP_LETTERS, np.int64)
    letters_right = np.empty(_MAX_GAP_LETTERS, np.int64)
    places = np.zeros(((_MAX_GAP_LETTERS + 63) // 64, 256), np.uint64)
    spans = passages.spans
    for p in range(out.shape[0]):
        text_left = bytes_at(lefts.addresses[p], lefts.sizes[p])
        text_right = bytes_at(rights.addresses[p], rights.sizes[p])
        out[p, 0] = np.nan
        out[p, 1] = np.nan
        same, changed, spare, agree = 0, 0, 0, 0
        for step in range(2):  # first what could agree at best, then what does
            before = -1
            for n in range(passages.starts[p], passages.ends[p]):
                if not passages.in_order[n]:
                    continue
                if before >= 0:
                    a0, a1 = _gap(spans, before, n, 0)
                    b0, b1 = _gap(spans, before, n, 1)
                    longer, shorter = max(a1 - a0, b1 - b0), min(a1 - a0, b1 - b0)
                    if longer >= _MAX_GAP_LETTERS or 2 * shorter < longer:
                        shorter = 0  # too long to compare, or too different: nothing agrees
                    if step == 0:
                        changed += longer
                        spare += shorter
                    elif shorter > 0:
                        size_a = _letters_of(text_left, a0, a1, characters, letters_left)
                        size_b = _letters_of(text_right, b0, b1, characters, letters_right)
                        letters = max(size_a, size_b)
                        if size_a >= 0 and size_b >= 0:
                            changed -= longer - letters
                            agree += letters - edit_distance(letters_left, size_a, letters_right, size_b, scratch, places)
                        spare -= shorter
                        if agree + spare < minimum * (changed - spare):
                            break
                if step == 0:
                    same += spans[n, 1] - spans[n, 0]
                before = n
            if step == 0 and spare < minimum * changed / 2:
                break
        if agree + spare < minimum * changed:
            out[p, 0] = 0.0
            out[p, 1] = 0.0
        elif same + changed > 0:
            out[p, 0] = (same + agree) / (same + changed)
            out[p, 1] = agree / changed if changed > 0 else 1.0
