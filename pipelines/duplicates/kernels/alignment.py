# mypy: disallow-untyped-defs=False
"""Loops that put the words of two texts side by side along the runs of shingles that they share."""

from __future__ import annotations

import numpy as np

from pipelines.duplicates.kernels.basics import ALL, ONE, ZERO
from pipelines.duplicates.kernels.bits import bits_set
from pipelines.duplicates.kernels.shapes import Fact, Passage, Run

_MAX_GAP_CELLS = 2048  # the shorter side has no more than 45 words then, which are less than the bits of a number
MAX_REPLACED_WORDS = 12  # more words between two runs are new text, not other words in their place


def _trim(runs, count, width, order):
    """Cut runs, the longest kept whole, so that no word of either text is in two of them; what is left under `width` words goes."""
    for i in range(count):  # longest first, by insertion
        j = i
        while j > 0 and runs[order[j - 1], Run.LENGTH] < runs[i, Run.LENGTH]:
            order[j] = order[j - 1]
            j -= 1
        order[j] = i
    for m in range(1, count):
        i = order[m]
        for n in range(m):
            j = order[n]
            for side in range(2):  # Run.LEFT and Run.RIGHT
                first, last = runs[i, side], runs[i, side] + runs[i, Run.LENGTH]
                begin, end = runs[j, side], runs[j, side] + runs[j, Run.LENGTH]
                if runs[j, Run.LENGTH] <= 0 or runs[i, Run.LENGTH] <= 0 or last <= begin or end <= first:
                    continue
                if first < begin:
                    runs[i, Run.LENGTH] = begin - first  # its end is taken
                elif last > end:
                    runs[i, Run.LEFT] += end - first
                    runs[i, Run.RIGHT] += end - first
                    runs[i, Run.LENGTH] = last - end
                else:
                    runs[i, Run.LENGTH] = 0
        if runs[i, Run.LENGTH] < width:
            runs[i, Run.LENGTH] = 0


def _chain(runs, count, best, before):
    """The longest chain of runs that is in order in both texts: writes the runs' numbers to `best`, returns how many."""
    end = -1
    for i in range(count):
        length = runs[i, Run.LENGTH]
        best[i] = length
        before[i] = -1
        for j in range(i):
            in_left = runs[j, Run.LEFT] + runs[j, Run.LENGTH] <= runs[i, Run.LEFT]
            in_right = runs[j, Run.RIGHT] + runs[j, Run.LENGTH] <= runs[i, Run.RIGHT]
            if in_left and in_right and best[j] + length > best[i]:
                best[i] = best[j] + length
                before[i] = j
        if length > 0 and (end < 0 or best[i] > best[end]):
            end = i
    links = 0
    while end >= 0:
        if runs[end, Run.LENGTH] > 0:
            best[links] = end
            links += 1
        end = before[end]
    for i in range(links // 2):
        best[i], best[links - 1 - i] = best[links - 1 - i], best[i]
    return links


def _common_words(left, a, a_end, right, b, b_end):
    """Length of the longest common subsequence of `left[a:a_end]` and `right[b:b_end]`; 0 where the two are too long to try.

    All words of the shorter one at once, a bit for each (the bit-parallel method of Crochemore and others, as Hyyrö states it).
    """
    if a >= a_end or b >= b_end or (a_end - a) * (b_end - b) > _MAX_GAP_CELLS:
        return 0
    if a_end - a > b_end - b:
        left, a, a_end, right, b, b_end = right, b, b_end, left, a, a_end
    short, long = left[a:a_end], right[b:b_end]
    open_places = ALL
    for j in range(long.shape[0]):
        same = np.uint64(0)
        for i in range(short.shape[0]):
            same |= np.uint64(short[i] == long[j]) << np.uint64(i)
        met = open_places & same
        open_places = (open_places + met) | (open_places - met)
    return bits_set(~open_places & ((ONE << np.uint64(short.shape[0])) - ONE))


def _other_numbers(left, a, a_end, right, b, b_end, few):
    """How many numbers among the first words have another in their place among the second; `few` has room for all words."""
    numbers = ZERO
    for i in range(a, a_end):
        if left[i] & 1:
            few[numbers] = left[i]
            numbers += 1
    both = numbers
    for i in range(b, b_end):
        if right[i] & 1:
            few[both] = right[i]
            both += 1
    return min(numbers, both - numbers) - _common_words(few, ZERO, numbers, few, numbers, both)


def _sort_passages(passages, first, last):
    """By their place in the left text: they come in order of the right one, which is nearly the same."""
    for i in range(first + 1, last):
        j = i
        while j > first and passages[j - 1, Passage.LEFT] > passages[j, Passage.LEFT]:
            for column in range(6):
                passages[j - 1, column], passages[j, column] = passages[j, column], passages[j - 1, column]
            j -= 1


def _align(left, right, runs, count, width, order, chain, few, facts):
    """Put two texts (their words) side by side along `runs[:count]`, in shingles, which become words of which none is in two
    runs; `chain` gets those in order, as many as is returned. `facts` (int64 [Fact], zeros) gets all up to KEPT_NUMBERS."""
    longest_run = np.int64(0)
    for i in range(count):
        runs[i, Run.LENGTH] += width - 1
        longest_run = max(longest_run, runs[i, Run.LENGTH])
    _trim(runs, count, width, order)
    links = _chain(runs, count, chain, order)
    ordered, equal, between_left, between_right, insert = 0, 0, 0, 0, 0
    replaced, kept = 0, 0
    first_a, first_b, last_a, last_b = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
    for link in range(links):
        i = chain[link]
        x, y, run = runs[i, Run.LEFT], runs[i, Run.RIGHT], runs[i, Run.LENGTH]
        if link == 0:
            first_a, first_b = x, y
        else:
            between_left += x - last_a
            between_right += y - last_b
            if max(x - last_a, y - last_b) <= MAX_REPLACED_WORDS:
                replaced += _other_numbers(left, last_a, x, right, last_b, y, few)
            more = (x - last_a) - (y - last_b)
            if abs(more) > insert:
                insert = abs(more)
                facts[Fact.INSERTED_RIGHT] = 0 if more > 0 else 1
                facts[Fact.INSERT_FIRST] = last_a if more > 0 else last_b
                facts[Fact.INSERT_LAST] = x if more > 0 else y
        equal += _common_words(left, last_a, x, right, last_b, y)
        for w in range(x, x + run):
            kept += np.int64(left[w] & 1)
        ordered += run
        last_a, last_b = x + run, y + run
    equal += _common_words(left, last_a, left.shape[0], right, last_b, right.shape[0])
    facts[Fact.ORDERED] = ordered
    facts[Fact.EQUAL] = ordered + equal
    facts[Fact.HEAD_LEFT] = first_a
    facts[Fact.HEAD_RIGHT] = first_b
    facts[Fact.TAIL_LEFT] = left.shape[0] - last_a
    facts[Fact.TAIL_RIGHT] = right.shape[0] - last_b
    facts[Fact.RUN] = longest_run
    facts[Fact.BETWEEN_LEFT] = between_left
    facts[Fact.BETWEEN_RIGHT] = between_right
    facts[Fact.INSERT] = insert
    facts[Fact.REPLACED_NUMBERS] = replaced
    facts[Fact.KEPT_NUMBERS] = kept
    return links


def _note_passages(runs, count, chain, links, pair, passages, passed):
    """Write the runs of a pair to `passages` from row `passed` on, those in order (`chain[:links]`) marked; return where they
    end."""
    link = 0
    opened = passed
    for i in range(count):
        in_order = link < links and chain[link] == i
        link += in_order
        length = runs[i, Run.LENGTH]
        if length <= 0:
            continue
        passages[passed, Passage.PAIR] = pair
        passages[passed, Passage.LEFT] = runs[i, Run.LEFT]
        passages[passed, Passage.LEFT_END] = runs[i, Run.LEFT] + length
        passages[passed, Passage.RIGHT] = runs[i, Run.RIGHT]
        passages[passed, Passage.RIGHT_END] = runs[i, Run.RIGHT] + length
        passages[passed, Passage.IN_ORDER] = in_order
        passed += 1
    _sort_passages(passages, opened, passed)
    return passed
