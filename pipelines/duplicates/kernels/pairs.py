# mypy: disallow-untyped-defs=False
"""Loops over pairs of texts: exact counts, and the alignment of those that pass.

Kernels that give facts about pairs; what a pair is called by them is said in `kinds`.
"""

from __future__ import annotations

import numpy as np

from pipelines.duplicates.kernels.alignment import MAX_REPLACED_WORDS, _align, _note_passages
from pipelines.duplicates.kernels.basics import FACTOR, ONE, U32, ZERO, _longer
from pipelines.duplicates.kernels.bits import numbers_at
from pipelines.duplicates.kernels.shapes import Fact, Shared
from pipelines.duplicates.kernels.shared import MAX_RUNS, _fill_table, _longest_of, _possible, _share, _slots_for, _Table
from pipelines.duplicates.kernels.sketches import _polynomials

# A pair below the promised thresholds is put side by side all the same where enough shingles are shared over most of both texts: it
# may be a copy with recognition noise, of which few shingles survive.
_MIN_NOISY_SHARED = 4
_MIN_NOISY_CONTAINMENT = 0.02
_MIN_NOISY_SPAN = 0.5
_MIN_NOISY_LENGTHS = 0.7
_MIN_NOISY_STEADY = 0.8


def _may_be_noisy(counted, in_left, in_right, size, theirs):
    """May it be a copy with recognition noise, by what is shared (Shared) and the different and all shingles of both texts?"""
    shared, hits, steady = counted[Shared.DISTINCT], counted[Shared.PLACES_RIGHT], counted[Shared.STEADY]
    span_left = (counted[Shared.LAST_LEFT] - counted[Shared.FIRST_LEFT]) / size
    span_right = (counted[Shared.LAST_RIGHT] - counted[Shared.FIRST_RIGHT]) / theirs
    return (
        shared >= _MIN_NOISY_SHARED
        and shared / max(1, min(in_left, in_right)) >= _MIN_NOISY_CONTAINMENT
        and min(span_left, span_right) >= _MIN_NOISY_SPAN
        and min(size, theirs) / max(size, theirs) >= _MIN_NOISY_LENGTHS
        and steady >= _MIN_NOISY_STEADY * (hits - 1)
    )


def _passes(counted, in_left, in_right, limits):
    """Does a pair reach one of the limits (Limits), by what is shared (Shared) and the different shingles of both texts?"""
    shared = counted[Shared.DISTINCT]
    jaccard = shared / max(1, in_left + in_right - shared)
    containment = shared / max(1, min(in_left, in_right))
    return jaccard >= limits.jaccard or containment >= limits.containment or counted[Shared.LONGEST_RUN] >= limits.run


def compare(words, distinct, width, left, right, limits, everything, facts):
    """Compare the texts of each pair in full, and put those that pass side by side. Pairs with the same `left` stand together.

    Text i has the hashes `words` (Places) and `distinct[i]` different shingles. A pair passes that reaches one of the `limits`
    (Limits), or where it may be a noisy copy, or with `everything`.

    Each pair that passes gets the next row of `facts` (int64 [pair, Fact], zeros). Returns how many passed, and the passages
    [passage, Passage], by row of `facts` and place in the left text.
    """
    longest = max(_longest_of(words, left), _longest_of(words, right))
    mine = np.empty(longest + 1, np.uint64)
    other = np.empty(longest + 1, np.uint64)
    room = _slots_for(longest)
    table = _Table(np.empty(room, np.int32), np.empty(longest + 1, np.int32), np.empty(room // 4, np.uint64))
    seen = np.empty(room, np.int32)
    possible = np.empty(longest + 1, np.int32)
    counted = np.empty(8, np.int64)
    runs = np.empty((MAX_RUNS, 3), np.int64)
    order = np.empty(MAX_RUNS, np.int64)
    chain = np.empty(MAX_RUNS, np.int64)
    few = np.empty(2 * MAX_REPLACED_WORDS, np.uint32)
    passages = np.empty((1024, 6), np.int64)
    passed, made = ZERO, ZERO
    current = -1
    slots, size = np.int64(64), ZERO
    for p in range(left.shape[0]):
        words_left = numbers_at(words.addresses[left[p]], words.sizes[left[p]])
        words_right = numbers_at(words.addresses[right[p]], words.sizes[right[p]])
        if left[p] != current:
            current = left[p]
            size = _polynomials(words_left, words_left.shape[0], width, mine)
            slots = _slots_for(size)
            _fill_table(mine, size, table, slots)
            for i in range(size):
                seen[i] = -1
        theirs = _polynomials(words_right, words_right.shape[0], width, other)
        maybe = _possible(other, theirs, table, slots, possible)
        in_left, in_right = distinct[left[p]], distinct[right[p]]
        single = in_left == size
        count = _share(p, mine, size, single, other, theirs, possible, maybe, table, slots, seen, runs, counted)
        noisy = _may_be_noisy(counted, in_left, in_right, max(1, size), max(1, theirs))
        if not (everything or noisy or _passes(counted, in_left, in_right, limits)):
            continue
        if passed + count > passages.shape[0]:
            passages = _longer(passages.reshape(-1), 6 * (passed + count)).reshape(-1, 6)
        links = _align(words_left, words_right, runs, count, width, order, chain, few, facts[made])
        facts[made, Fact.PAIR] = p
        facts[made, Fact.SHARED] = counted[Shared.DISTINCT]
        facts[made, Fact.SHARED_RUN] = counted[Shared.LONGEST_RUN]
        facts[made, Fact.NOISY] = np.int64(noisy)
        passed = _note_passages(runs, count, chain, links, made, passages, passed)
        made += 1
    return made, passages[:passed].copy()


def cohesion(words, text, first, last, out):
    """How far words `first[i]` to `last[i]` (exclusive) belong to the story that the rest of text `text[i]` tells; NaN where
    unknown. Texts are given as for `compare`.

    The share of the long words (seven letters and more, no digits) of the span that stand in the rest too, divided by the same
    share for spans of that length of the rest: about 1 for a part of the story, near 0 for a foreign one.
    """
    longest = _longest_of(words, text)
    room = _slots_for(longest)
    keys = np.zeros(room, np.uint32)
    spans = np.empty(room, np.int32)  # of the rest, that hold the word
    latest = np.empty(room, np.int32)
    inside = np.empty(room, np.bool_)
    used = np.empty(room, np.int32)
    places = np.empty(longest + 1, np.int32)
    for p in range(text.shape[0]):
        out[p] = np.nan
        hashes = numbers_at(words.addresses[text[p]], words.sizes[text[p]])
        size = last[p] - first[p]
        if size <= 0:
            continue
        mask = np.uint64(_slots_for(hashes.shape[0]) - 1)
        count = 0
        span, after = 0, size
        longs = 0
        for w in range(hashes.shape[0]):  # every place is written, and only those of long words count
            places[longs] = w
            longs += np.int64(hashes[w] & 3 == 2)
        for w in places[:longs]:
            value = hashes[w]
            slot = (np.uint64(value) * FACTOR >> U32) & mask
            while keys[slot] != 0 and keys[slot] != value:
                slot = (slot + ONE) & mask
            if keys[slot] == 0:
                keys[slot] = value
                spans[slot] = 0
                latest[slot] = -1
                inside[slot] = False
                used[count] = slot
                count += 1
            if first[p] <= w < last[p]:
                inside[slot] = True
                continue
            at = w if w < first[p] else w - size
            if at >= after:  # so there is a division for each span, not for each word
                span = at // size
                after = (span + 1) * size
            if latest[slot] != span:
                latest[slot] = span
                spans[slot] += 1
        mine, mine_too, rest, rest_too = 0, 0, 0, 0
        for n in range(count):
            slot = np.uint64(used[n])
            keys[slot] = 0
            rest += spans[slot]
            if spans[slot] > 1:
                rest_too += spans[slot]
            if inside[slot]:
                mine += 1
                if spans[slot] > 0:
                    mine_too += 1
        if mine >= 3 and rest > 0:
            out[p] = (mine_too / mine) / max(0.05, rest_too / rest)
