# mypy: disallow-untyped-defs=False
"""Loops over pairs of texts: exact counts, alignment, similarity of letters, clusters.

Kernels that give facts about pairs; what a pair is called by them is said in `kinds`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from pipelines.duplicates.kernels.basics import ALL, FACTOR, ONE, U32, U63, ZERO, _longer, _power_over
from pipelines.duplicates.kernels.bits import bits_set, bytes_at, numbers_at
from pipelines.duplicates.kernels.shapes import Common, Fact, Link, Passage, Run, Shared
from pipelines.duplicates.kernels.texts import _letters_of, _polynomials

MAX_RUNS = 512
_MAX_GAP_CELLS = 2048  # the shorter side has no more than 45 words then, which are less than the bits of a number
_MAX_GAP_LETTERS = 600
MAX_REPLACED_WORDS = 12  # more words between two runs are new text, not other words in their place

# A pair below the promised thresholds is put side by side all the same where enough shingles are shared over most of both texts: it
# may be a copy with recognition noise, of which few shingles survive.
_MIN_NOISY_SHARED = 4
_MIN_NOISY_CONTAINMENT = 0.02
_MIN_NOISY_SPAN = 0.5
_MIN_NOISY_LENGTHS = 0.7
_MIN_NOISY_STEADY = 0.8


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


def spread(copies, left, right, cap):
    """The pairs of articles behind pairs of texts [pair of articles, Link]; `copies` (Copies) are the articles of each text.

    For a text of more than `cap` copies the first stands alone.
    """
    starts, articles = copies
    total = 0
    for p in range(left.shape[0]):
        many_left = starts[left[p] + 1] - starts[left[p]]
        many_right = starts[right[p] + 1] - starts[right[p]]
        total += (many_left if many_left <= cap else 1) * (many_right if many_right <= cap else 1)
    out = np.empty((total, 4), np.int64)
    made = 0
    for p in range(left.shape[0]):
        a0, a1 = starts[left[p]], starts[left[p] + 1]
        b0, b1 = starts[right[p]], starts[right[p] + 1]
        if a1 - a0 > cap:
            a1 = a0 + 1
        if b1 - b0 > cap:
            b1 = b0 + 1
        for i in range(a0, a1):
            for j in range(b0, b1):
                swapped = articles[i] > articles[j]
                out[made, Link.A] = articles[j] if swapped else articles[i]
                out[made, Link.B] = articles[i] if swapped else articles[j]
                out[made, Link.PAIR] = p
                out[made, Link.SWAPPED] = 1 if swapped else 0
                made += 1
    return out


def equal_pairs(copies, cap):
    """Pairs of articles with equal texts: lower, higher, text. Of more than `cap` copies each is paired with the first only."""
    starts, articles = copies
    total = 0
    for t in range(starts.shape[0] - 1):
        size = starts[t + 1] - starts[t]
        total += size * (size - 1) // 2 if size <= cap else size - 1
    out = np.empty((total, 3), np.int64)
    made = 0
    for t in range(starts.shape[0] - 1):
        first, last = starts[t], starts[t + 1]
        for i in range(first, last if last - first <= cap else first + 1):
            for j in range(i + 1, last):
                out[made, 0] = articles[i]
                out[made, 1] = articles[j]
                out[made, 2] = t
                made += 1
    return out


def agreeing(addresses, size, left, right):
    """How many of the `size` values of two signatures agree, which begin at `addresses[left[i]]` and `addresses[right[i]]`."""
    out = np.empty(left.shape[0], np.int64)
    for i in range(left.shape[0]):
        one, other = numbers_at(addresses[left[i]], size), numbers_at(addresses[right[i]], size)
        count = 0
        for k in range(size):
            count += one[k] == other[k]
        out[i] = count
    return out


def common_shared(sketches, left, right, out):
    """For each pair what the two sketches (SketchLists) have in common, in different entries (int64 [pair, Common])."""
    sketch, starts, common = sketches
    for p in range(left.shape[0]):
        i, end_i = starts[left[p]], starts[left[p] + 1]
        j, end_j = starts[right[p]], starts[right[p] + 1]
        both, both_common, own_left, own_right = 0, 0, 0, 0
        while i < end_i or j < end_j:
            value = sketch[i] if j >= end_j or (i < end_i and sketch[i] < sketch[j]) else sketch[j]
            in_left, in_right, is_common = False, False, False
            while i < end_i and sketch[i] == value:
                in_left = True
                is_common |= common[i]
                i += 1
            while j < end_j and sketch[j] == value:
                in_right = True
                is_common |= common[j]
                j += 1
            if in_left and in_right:
                both += 1
                if is_common:
                    both_common += 1
            if not is_common:
                own_left += in_left
                own_right += in_right
        out[p, Common.SHARED] = both
        out[p, Common.SHARED_COMMON] = both_common
        out[p, Common.OWN_LEFT] = own_left
        out[p, Common.OWN_RIGHT] = own_right


def join_canonicals(starts, others, weights, order):
    """The canonical of each node, as `tables.cluster` says; the neighbours of node i are `others[starts[i]:starts[i + 1]]`."""
    size = order.shape[0]
    canonical = np.full(size, -1, np.int64)
    rank = np.empty(size, np.int64)
    for i in range(size):
        rank[order[i]] = i
    for i in range(size):
        node = order[i]
        best = node
        weight = -1.0
        for e in range(starts[node], starts[node + 1]):
            other = others[e]
            if (
                rank[other] < i
                and canonical[other] == other
                and (weights[e] > weight or (weights[e] == weight and rank[other] < rank[best]))
            ):
                best = other
                weight = weights[e]
        canonical[node] = best
    return canonical
