# mypy: disallow-untyped-defs=False
"""Loops over the shingles of two texts: which they share, and in what runs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipelines.duplicates.kernels.basics import ONE, U32, ZERO, _power_over
from pipelines.duplicates.kernels.shapes import Run, Shared

MAX_RUNS = 512


class _Table(NamedTuple):
    """A hash table of the shingles of one text; scratch that is used for one text after another."""

    heads: np.ndarray  # int32, of each slot the first place, from 1 on; 0 where there is none
    chain: np.ndarray  # int32, of each place the next one with the same slot
    bits: np.ndarray  # uint64, answers most questions for what is not there


def _slots_for(size):
    return max(64, _power_over(2 * size))


def _fill_table(mine, size, table, slots):
    """Put the places of the values `mine[:size]` into a table of so many slots, those of one slot ascending."""
    mask = np.uint64(slots - 1)
    wide = np.uint64(16 * slots - 1)
    heads, chain, bits = table
    for i in range(slots):
        heads[i] = 0
    for i in range(slots // 4):
        bits[i] = 0
    for i in range(size - 1, -1, -1):
        place = mine[i] >> U32
        bits[(place & wide) >> np.uint64(6)] |= ONE << (place & np.uint64(63))
        chain[i] = heads[place & mask]
        heads[place & mask] = i + 1


def _possible(others, count, table, slots, out):
    """Write to `out` which of the first `count` values may stand in a table, and return how many: a few too many."""
    wide = np.uint64(16 * slots - 1)
    bits = table.bits
    found = 0
    for j in range(count):
        bit = (others[j] >> U32) & wide
        out[found] = j
        found += np.int64(bits[bit >> np.uint64(6)] >> (bit & np.uint64(63)) & ONE)
    return found


def _place(value, mine, table, slots):
    """The first place of a value in `mine`, from 0 on; -1 where it is not there."""
    place = table.heads[(value >> U32) & np.uint64(slots - 1)]
    while place != 0 and mine[place - 1] != value:
        place = table.chain[place - 1]
    return np.int64(place) - 1


def _longest_of(words, texts):
    """How many words the longest of the texts has."""
    longest = ZERO
    for text in texts:
        longest = max(longest, words.sizes[text])
    return longest


def _without_short(runs, count, minimum):
    """Keep the runs of at least so many shingles; return how many."""
    kept = 0
    for i in range(count):
        if runs[i, Run.LENGTH] >= minimum:
            for side in range(3):
                runs[kept, side] = runs[i, side]
            kept += 1
    return kept


def _share(pair, mine, size, single, other, theirs, possible, maybe, table, slots, seen, runs, counted):
    """What two texts share, of which `mine` stands in the table and `possible[:maybe]` are the places of `other` that may be
    shared.

    `single` says that no shingle of `mine` repeats. Writes maximal runs of shared shingles to `runs` [run, Run], in order of
    `other`, each traced from the first place of its shingle in `mine`, and returns how many; when there are more than it holds,
    ever longer short ones are left out. `counted` (int64 [Shared]) gets the rest.
    """
    count, floor = 0, 1
    shared, longest, hits, steady = 0, 0, 0, 0
    first_left, last_left, first_right, last_right = np.int64(size), np.int64(-1), np.int64(-1), np.int64(-1)
    for n in range(maybe):
        j = np.int64(possible[n])
        if j <= last_right:
            continue
        place = _place(other[j], mine, table, slots)
        if place < 0:
            continue
        begin, run = 0, 1
        while place > begin and j > begin and mine[place - begin - 1] == other[j - begin - 1]:
            begin += 1
        while place + run < size and j + run < theirs and mine[place + run] == other[j + run]:
            run += 1
        if single:
            for at in range(place, place + run):
                shared += np.int64(seen[at] != pair)
                seen[at] = pair
            first_left = min(first_left, place)
        else:
            for i in range(j, j + run):
                at = _place(other[i], mine, table, slots)
                shared += np.int64(seen[at] != pair)
                seen[at] = pair
                first_left = min(first_left, at)
        longest = max(longest, begin + run)
        step = j - last_right
        if first_right < 0:
            first_right = j
        elif abs((place - last_left) - step) <= 2 + step // 8:
            steady += 1
        steady += run - 1
        hits += run
        last_left, last_right = place + run - 1, j + run - 1
        if begin + run >= floor:
            runs[count, Run.LEFT] = place - begin
            runs[count, Run.RIGHT] = j - begin
            runs[count, Run.LENGTH] = begin + run
            count += 1
        while count == runs.shape[0]:
            floor *= 2
            count = _without_short(runs, count, floor)
    counted[Shared.DISTINCT] = shared
    counted[Shared.LONGEST_RUN] = longest
    counted[Shared.FIRST_LEFT] = first_left
    counted[Shared.LAST_LEFT] = last_left
    counted[Shared.FIRST_RIGHT] = first_right
    counted[Shared.LAST_RIGHT] = last_right
    counted[Shared.PLACES_RIGHT] = hits
    counted[Shared.STEADY] = steady
    return count
