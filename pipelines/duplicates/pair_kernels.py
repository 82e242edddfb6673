# mypy: disallow-untyped-defs=False
"""Compiled loops over pairs of texts: exact counts, alignment, likeness of letters, clusters. See `text_kernels`."""

from __future__ import annotations

import numpy as np

from pipelines.compiled import compiled
from pipelines.duplicates.text_kernels import _ALL, _FACTOR, _ONE, _U32, _U63, _ZERO, _longer, _power_over, letters_of, polynomials
from pipelines.duplicates.vectors import bits_set, bytes_at, numbers_at

_MOST_RUNS = 512
_GAP_CELLS = 2048  # of the shorter stretch no more than 45 words then, which are less than the bits of a number
_GAP_LETTERS = 600
_REPLACED_WORDS = 12  # a longer stretch between two runs is new text, not other words in their place

# A pair below the promised thresholds is put side by side all the same where enough shingles are shared over most of both texts: it
# may be a copy with recognition noise, of which few shingles survive.
_NOISY_SHARED = 4
_NOISY_CONTAINMENT = 0.02
_NOISY_SPAN = 0.5
_NOISY_LENGTHS = 0.7
_NOISY_STEADY = 0.8


@compiled()
def _slots_for(size):
    return max(64, _power_over(2 * size))


@compiled()
def _fill_table(mine, size, heads, chain, bits, slots):
    """Chains of places, from 1 on and ascending, of the values of `mine[:size]` that share a slot, each from `heads[:slots]` on.

    `bits` answers most questions for what is not there.
    """
    mask = np.uint64(slots - 1)
    wide = np.uint64(16 * slots - 1)
    for i in range(slots):
        heads[i] = 0
    for i in range(slots // 4):
        bits[i] = 0
    for i in range(size - 1, -1, -1):
        place = mine[i] >> _U32
        bits[(place & wide) >> np.uint64(6)] |= _ONE << (place & np.uint64(63))
        chain[i] = heads[place & mask]
        heads[place & mask] = i + 1


@compiled()
def _possible(others, count, bits, slots, out):
    """Write to `out` which of the first `count` values may stand in a table, and return how many: a few too many."""
    wide = np.uint64(16 * slots - 1)
    found = 0
    for j in range(count):
        bit = (others[j] >> _U32) & wide
        out[found] = j
        found += np.int64(bits[bit >> np.uint64(6)] >> (bit & np.uint64(63)) & _ONE)
    return found


@compiled()
def _place(value, mine, heads, chain, slots):
    """The first place of a value in `mine`, from 0 on; -1 where it is not there."""
    place = heads[(value >> _U32) & np.uint64(slots - 1)]
    while place != 0 and mine[place - 1] != value:
        place = chain[place - 1]
    return np.int64(place) - 1


@compiled()
def _most_words(counts, texts):
    """How many words the longest of the texts has."""
    most = _ZERO
    for text in texts:
        most = max(most, counts[text])
    return most


@compiled()
def _without_short(runs, count, least):
    """Keep the runs of at least so many shingles; return how many."""
    kept = 0
    for i in range(count):
        if runs[i, 2] >= least:
            for side in range(3):
                runs[kept, side] = runs[i, side]
            kept += 1
    return kept


@compiled()
def _share(pair, mine, size, single, other, theirs, possible, maybe, heads, next_place, slots, seen, runs, facts):
    """What two texts share, of which `mine` stands in the table and `possible[:maybe]` are the places of `other` that may be shared.

    `single` says that no shingle of `mine` repeats. Writes maximal runs of shared shingles in order of `other` to `runs` (place in `mine`, place in
    `other`, length), each traced from the first place of its shingle in `mine`, and returns how many; when there are more than it
    holds, ever longer short ones are left out.

    `facts` (int64) gets: different shared shingles, the length of the longest run, the first and last place of a shared shingle in the left and in
    the right text, how many places of the right text are shared, and before how many of these the text went on at the same pace in both.
    """
    count, floor = 0, 1
    shared, longest, hits, steady = 0, 0, 0, 0
    first_left, last_left, first_right, last_right = np.int64(size), np.int64(-1), np.int64(-1), np.int64(-1)
    for n in range(maybe):
        j = np.int64(possible[n])
        if j <= last_right:
            continue
        place = _place(other[j], mine, heads, next_place, slots)
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
                at = _place(other[i], mine, heads, next_place, slots)
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
            runs[count, 0] = place - begin
            runs[count, 1] = j - begin
            runs[count, 2] = begin + run
            count += 1
        while count == runs.shape[0]:
            floor *= 2
            count = _without_short(runs, count, floor)
    facts[0] = shared
    facts[1] = longest
    facts[2] = first_left
    facts[3] = last_left
    facts[4] = first_right
    facts[5] = last_right
    facts[6] = hits
    facts[7] = steady
    return count


@compiled()
def _trim(runs, count, width, order):
    """Cut runs, the longest kept whole, so that no word of either text is in two of them; what is left under `width` words goes."""
    for i in range(count):  # longest first, by insertion
        j = i
        while j > 0 and runs[order[j - 1], 2] < runs[i, 2]:
            order[j] = order[j - 1]
            j -= 1
        order[j] = i
    for m in range(1, count):
        i = order[m]
        for n in range(m):
            j = order[n]
            for side in range(2):
                first, last = runs[i, side], runs[i, side] + runs[i, 2]
                begin, end = runs[j, side], runs[j, side] + runs[j, 2]
                if runs[j, 2] <= 0 or runs[i, 2] <= 0 or last <= begin or end <= first:
                    continue
                if first < begin:
                    runs[i, 2] = begin - first  # its end is taken
                elif last > end:
                    runs[i, 0] += end - first
                    runs[i, 1] += end - first
                    runs[i, 2] = last - end
                else:
                    runs[i, 2] = 0
        if runs[i, 2] < width:
            runs[i, 2] = 0


@compiled()
def _chain(runs, count, best, before):
    """The longest chain of runs that is in order in both texts: writes the runs' numbers to `best`, returns how many."""
    end = -1
    for i in range(count):
        best[i] = runs[i, 2]
        before[i] = -1
        for j in range(i):
            if runs[j, 0] + runs[j, 2] <= runs[i, 0] and runs[j, 1] + runs[j, 2] <= runs[i, 1] and best[j] + runs[i, 2] > best[i]:
                best[i] = best[j] + runs[i, 2]
                before[i] = j
        if runs[i, 2] > 0 and (end < 0 or best[i] > best[end]):
            end = i
    length = 0
    while end >= 0:
        if runs[end, 2] > 0:
            best[length] = end
            length += 1
        end = before[end]
    for i in range(length // 2):
        best[i], best[length - 1 - i] = best[length - 1 - i], best[i]
    return length


@compiled()
def _common_words(left, a, a_end, right, b, b_end):
    """Length of the longest common subsequence of `left[a:a_end]` and `right[b:b_end]`; 0 where the two are too long to try.

    All words of the shorter one at once, a bit for each (the bit-parallel method of Crochemore and others, as Hyyrö states it).
    """
    if a >= a_end or b >= b_end or (a_end - a) * (b_end - b) > _GAP_CELLS:
        return 0
    if a_end - a > b_end - b:
        left, a, a_end, right, b, b_end = right, b, b_end, left, a, a_end
    short, long = left[a:a_end], right[b:b_end]
    open_places = _ALL
    for j in range(long.shape[0]):
        same = np.uint64(0)
        for i in range(short.shape[0]):
            same |= np.uint64(short[i] == long[j]) << np.uint64(i)
        met = open_places & same
        open_places = (open_places + met) | (open_places - met)
    return bits_set(~open_places & ((_ONE << np.uint64(short.shape[0])) - _ONE))


@compiled()
def _other_numbers(left, a, a_end, right, b, b_end, few):
    """How many numbers of the first stretch have another in their place in the second; `few` has room for the words of both."""
    numbers = _ZERO
    for i in range(a, a_end):
        if left[i] & 1:
            few[numbers] = left[i]
            numbers += 1
    both = numbers
    for i in range(b, b_end):
        if right[i] & 1:
            few[both] = right[i]
            both += 1
    return min(numbers, both - numbers) - _common_words(few, _ZERO, numbers, few, numbers, both)


@compiled()
def _distance_by_bits(a, a_size, b, b_size, places, plus, minus):
    """`edit_distance` for an `a` of letters under 256, of which there is at least one; 64 of its letters are compared at once.

    The bit-parallel method of Myers, as Hyyrö states it for columns of several words.
    """
    blocks = (a_size + 63) >> 6
    for i in range(a_size):
        places[i >> 6, a[i]] |= _ONE << np.uint64(i & 63)
    for k in range(blocks):
        plus[k], minus[k] = _ALL, np.uint64(0)
    top = np.uint64((a_size - 1) & 63)
    distance = a_size
    for j in range(b_size):
        grows, shrinks = _ONE, np.uint64(0)  # what the column's upper end gains on the one before
        for k in range(blocks):
            more, less = plus[k], minus[k]
            same = places[k, b[j]] if b[j] < 256 else np.uint64(0)
            across = same | less
            same |= shrinks
            down = (((same & more) + more) ^ more) | same
            up, low = less | ~(down | more), more & down
            if k == blocks - 1:
                distance += np.int64((up >> top) & _ONE) - np.int64((low >> top) & _ONE)
            next_grows, next_shrinks = up >> _U63, low >> _U63
            up, low = (up << _ONE) | grows, (low << _ONE) | shrinks
            plus[k], minus[k] = low | ~(across | up), up & across
            grows, shrinks = next_grows, next_shrinks
    for i in range(a_size):
        places[i >> 6, a[i]] = np.uint64(0)
    return distance


@compiled()
def edit_distance(a, a_size, b, b_size, scratch, places):
    """Levenshtein's distance of two runs of characters, each shorter than `scratch`.

    `places` has 256 columns and a row for every 64 characters that the shorter one may have, all 0 before and after. Latin letters are compared
    many at once, others one by one.
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
            scratch[j + 1] = min(corner + np.uint64(a[i] != b[j]), above + _ONE, scratch[j] + _ONE)
            corner = above
    return np.int64(scratch[b_size])


@compiled()
def _sort_passages(passages, first, last):
    """By their place in the left text: they come in order of the right one, which is nearly the same."""
    for i in range(first + 1, last):
        j = i
        while j > first and passages[j - 1, 1] > passages[j, 1]:
            for column in range(6):
                passages[j - 1, column], passages[j, column] = passages[j, column], passages[j - 1, column]
            j -= 1


@compiled()
def _align(left, right, runs, count, width, order, chain, few, facts):
    """Put two texts (their words) side by side along `runs[:count]`, in shingles, which become words of which none is in two runs; `chain` gets
    those in order, as many as is returned.

    `facts` (int64) gets: words of the ordered shared runs, the same with equal words between them, words before the first shared run (left,
    right) and after the last (left, right), the longest run in words, words between the runs (left, right), how many runs are in order,
    the most words that one text has more than the other between two runs, where that is: 0 in the left or 1 in the right text, first and last
    word (exclusive); numbers that stand in place of others between two runs, and numbers in the runs.
    """
    longest_run = np.int64(0)
    for i in range(count):
        runs[i, 2] += width - 1
        longest_run = max(longest_run, runs[i, 2])
    _trim(runs, count, width, order)
    links = _chain(runs, count, chain, order)
    ordered, equal, between_left, between_right, insert = 0, 0, 0, 0, 0
    replaced, kept = 0, 0
    first_a, first_b, last_a, last_b = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
    for link in range(links):
        i = chain[link]
        x, y, run = runs[i, 0], runs[i, 1], runs[i, 2]
        if link == 0:
            first_a, first_b = x, y
        else:
            between_left += x - last_a
            between_right += y - last_b
            if max(x - last_a, y - last_b) <= _REPLACED_WORDS:
                replaced += _other_numbers(left, last_a, x, right, last_b, y, few)
            more = (x - last_a) - (y - last_b)
            if abs(more) > insert:
                insert = abs(more)
                facts[11] = 0 if more > 0 else 1
                facts[12] = last_a if more > 0 else last_b
                facts[13] = x if more > 0 else y
        equal += _common_words(left, last_a, x, right, last_b, y)
        for w in range(x, x + run):
            kept += np.int64(left[w] & 1)
        ordered += run
        last_a, last_b = x + run, y + run
    equal += _common_words(left, last_a, left.shape[0], right, last_b, right.shape[0])
    facts[0] = ordered
    facts[1] = ordered + equal
    facts[2] = first_a
    facts[3] = first_b
    facts[4] = left.shape[0] - last_a
    facts[5] = right.shape[0] - last_b
    facts[6] = longest_run
    facts[7] = between_left
    facts[8] = between_right
    facts[9] = links
    facts[10] = insert
    facts[14] = replaced
    facts[15] = kept
    return links


@compiled()
def _note_passages(runs, count, chain, links, pair, passages, passed):
    """Write the runs of a pair to `passages` from row `passed` on, those in order (`chain[:links]`) marked; return where they end."""
    link = 0
    opened = passed
    for i in range(count):
        in_order = link < links and chain[link] == i
        link += in_order
        if runs[i, 2] <= 0:
            continue
        passages[passed, 0] = pair
        passages[passed, 1] = runs[i, 0]
        passages[passed, 2] = runs[i, 0] + runs[i, 2]
        passages[passed, 3] = runs[i, 1]
        passages[passed, 4] = runs[i, 1] + runs[i, 2]
        passages[passed, 5] = in_order
        passed += 1
    _sort_passages(passages, opened, passed)
    return passed


@compiled()
def _may_be_noisy(counted, in_left, in_right, size, theirs):
    """May it be a copy with recognition noise, by `_share` and the different and all shingles of both texts?"""
    shared, hits, steady = counted[0], counted[6], counted[7]
    span = min((counted[3] - counted[2]) / size, (counted[5] - counted[4]) / theirs)
    return (
        shared >= _NOISY_SHARED
        and shared / max(1, min(in_left, in_right)) >= _NOISY_CONTAINMENT
        and span >= _NOISY_SPAN
        and min(size, theirs) / max(size, theirs) >= _NOISY_LENGTHS
        and steady >= _NOISY_STEADY * (hits - 1)
    )


@compiled()
def compare(addresses, counts, distinct, width, left, right, limits, everything, facts):
    """Compare the texts of each pair in full, and put those that pass side by side. Pairs with the same `left` stand together.

    Text i has `counts[i]` words (uint32) from `addresses[i]` on and `distinct[i]` different shingles. A pair passes with a Jaccard, a
    containment or a longest run of shared shingles of at least `limits` (float64), or where it may be a noisy copy, or with `everything`.

    Each pair that passes gets the next row of `facts` (int64, 20 columns, zeros): what `_align` finds, then the number of the pair, the
    different shared shingles, the longest run of them, and 1 where it may be noisy. Returns how many passed, and the passages, one row
    each: row of `facts`, first and last word (exclusive) in the left text, the same in the right, and 1 where the passage is one of
    those in order; by pair and place in the left text.
    """
    longest = max(_most_words(counts, left), _most_words(counts, right))
    mine = np.empty(longest + 1, np.uint64)
    other = np.empty(longest + 1, np.uint64)
    room = _slots_for(longest)
    heads = np.empty(room, np.int32)
    next_place = np.empty(longest + 1, np.int32)
    bits = np.empty(room // 4, np.uint64)
    seen = np.empty(room, np.int32)
    possible = np.empty(longest + 1, np.int32)
    counted = np.empty(8, np.int64)
    runs = np.empty((_MOST_RUNS, 3), np.int64)
    order = np.empty(_MOST_RUNS, np.int64)
    chain = np.empty(_MOST_RUNS, np.int64)
    few = np.empty(2 * _REPLACED_WORDS, np.uint32)
    passages = np.empty((1024, 6), np.int64)
    passed, made = _ZERO, _ZERO
    current = -1
    slots, size = np.int64(64), _ZERO
    for p in range(left.shape[0]):
        words_left = numbers_at(addresses[left[p]], counts[left[p]])
        words_right = numbers_at(addresses[right[p]], counts[right[p]])
        if left[p] != current:
            current = left[p]
            size = polynomials(words_left, words_left.shape[0], width, mine)
            slots = _slots_for(size)
            _fill_table(mine, size, heads, next_place, bits, slots)
            for i in range(size):
                seen[i] = -1
        theirs = polynomials(words_right, words_right.shape[0], width, other)
        maybe = _possible(other, theirs, bits, slots, possible)
        in_left, in_right = distinct[left[p]], distinct[right[p]]
        single = in_left == size
        count = _share(p, mine, size, single, other, theirs, possible, maybe, heads, next_place, slots, seen, runs, counted)
        shared, run = counted[0], counted[1]
        jaccard = shared / max(1, in_left + in_right - shared)
        containment = shared / max(1, min(in_left, in_right))
        noisy = _may_be_noisy(counted, in_left, in_right, max(1, size), max(1, theirs))
        if not (everything or noisy or jaccard >= limits[0] or containment >= limits[1] or run >= limits[2]):
            continue
        if passed + count > passages.shape[0]:
            passages = _longer(passages.reshape(-1), 6 * (passed + count)).reshape(-1, 6)
        links = _align(words_left, words_right, runs, count, width, order, chain, few, facts[made])
        facts[made, 16] = p
        facts[made, 17] = shared
        facts[made, 18] = run
        facts[made, 19] = np.int64(noisy)
        passed = _note_passages(runs, count, chain, links, made, passages, passed)
        made += 1
    return made, passages[:passed].copy()


@compiled()
def belonging(addresses, counts, text, first, last, out):
    """How far words `first[i]` to `last[i]` (exclusive) belong to the story that the rest of text `text[i]` tells; NaN where unknown. Texts
    are given as for `compare`.

    The share of the long words (seven letters and more, no digits) of the stretch that stand in the rest too, divided by the same
    share for stretches of that length of the rest: about 1 for a part of the story, near 0 for a foreign one.
    """
    longest = _most_words(counts, text)
    room = _slots_for(longest)
    keys = np.zeros(room, np.uint32)
    stretches = np.empty(room, np.int32)  # of the rest, that hold the word
    latest = np.empty(room, np.int32)
    inside = np.empty(room, np.bool_)
    used = np.empty(room, np.int32)
    places = np.empty(longest + 1, np.int32)
    for p in range(text.shape[0]):
        out[p] = np.nan
        words = numbers_at(addresses[text[p]], counts[text[p]])
        size = last[p] - first[p]
        if size <= 0:
            continue
        mask = np.uint64(_slots_for(words.shape[0]) - 1)
        count = 0
        stretch, after = 0, size
        longs = 0
        for w in range(words.shape[0]):  # every place is written, and only those of long words count
            places[longs] = w
            longs += np.int64(words[w] & 3 == 2)
        for w in places[:longs]:
            value = words[w]
            slot = (np.uint64(value) * _FACTOR >> _U32) & mask
            while keys[slot] != 0 and keys[slot] != value:
                slot = (slot + _ONE) & mask
            if keys[slot] == 0:
                keys[slot] = value
                stretches[slot] = 0
                latest[slot] = -1
                inside[slot] = False
                used[count] = slot
                count += 1
            if first[p] <= w < last[p]:
                inside[slot] = True
                continue
            at = w if w < first[p] else w - size
            if at >= after:  # so there is a division for each stretch, not for each word
                stretch = at // size
                after = (stretch + 1) * size
            if latest[slot] != stretch:
                latest[slot] = stretch
                stretches[slot] += 1
        mine, mine_too, rest, rest_too = 0, 0, 0, 0
        for n in range(count):
            slot = np.uint64(used[n])
            keys[slot] = 0
            rest += stretches[slot]
            if stretches[slot] > 1:
                rest_too += stretches[slot]
            if inside[slot]:
                mine += 1
                if stretches[slot] > 0:
                    mine_too += 1
        if mine >= 3 and rest > 0:
            out[p] = (mine_too / mine) / max(0.05, rest_too / rest)


@compiled()
def _gap(spans, before, here, side):
    """First and last byte between two passages on one side."""
    return spans[before, 2 * side + 1], spans[here, 2 * side]


@compiled()
def liken(lefts, left_sizes, rights, right_sizes, starts, ends, in_order, spans, kinds, folded, plain, least, likeness):
    """For each pair the share of letters that agree: from the first to the last passage, and between passages.

    Pair p's texts are `left_sizes[p]` bytes from address `lefts[p]` on, and so on the right; its passages are `spans[starts[p]:ends[p]]`
    (first and last byte on the left, on the right), of which those `in_order` count. Letters in a passage agree; between two passages
    Levenshtein's distance is taken off. A pair that cannot reach `least` between passages is given up, with 0 for both.
    """
    scratch = np.empty(_GAP_LETTERS + 2, np.uint64)
    letters_left = np.empty(_GAP_LETTERS, np.int64)
    letters_right = np.empty(_GAP_LETTERS, np.int64)
    places = np.zeros(((_GAP_LETTERS + 63) // 64, 256), np.uint64)
    for p in range(lefts.shape[0]):
        text_left, text_right = bytes_at(lefts[p], left_sizes[p]), bytes_at(rights[p], right_sizes[p])
        likeness[p, 0] = np.nan
        likeness[p, 1] = np.nan
        same, changed, spare, agree = 0, 0, 0, 0
        for step in range(2):  # first what could agree at best, then what does
            before = -1
            for n in range(starts[p], ends[p]):
                if not in_order[n]:
                    continue
                if before >= 0:
                    a0, a1 = _gap(spans, before, n, 0)
                    b0, b1 = _gap(spans, before, n, 1)
                    most, fewest = max(a1 - a0, b1 - b0), min(a1 - a0, b1 - b0)
                    if most >= _GAP_LETTERS or 2 * fewest < most:
                        fewest = 0  # too long to compare, or too different: nothing agrees
                    if step == 0:
                        changed += most
                        spare += fewest
                    elif fewest > 0:
                        size_a = letters_of(text_left, a0, a1, kinds, folded, plain, letters_left)
                        size_b = letters_of(text_right, b0, b1, kinds, folded, plain, letters_right)
                        longer = max(size_a, size_b)
                        if size_a >= 0 and size_b >= 0:
                            changed -= most - longer
                            agree += longer - edit_distance(letters_left, size_a, letters_right, size_b, scratch, places)
                        spare -= fewest
                        if agree + spare < least * (changed - spare):
                            break
                if step == 0:
                    same += spans[n, 1] - spans[n, 0]
                before = n
            if step == 0 and spare < least * changed / 2:
                break
        if agree + spare < least * changed:
            likeness[p, 0] = 0.0
            likeness[p, 1] = 0.0
        elif same + changed > 0:
            likeness[p, 0] = (same + agree) / (same + changed)
            likeness[p, 1] = agree / changed if changed > 0 else 1.0


@compiled()
def spread(copy_starts, copies, left, right, cap):
    """The pairs of articles behind pairs of texts: lower article, higher article, pair, 1 where the lower one is on the right.

    For a text of more than `cap` copies the first stands alone.
    """
    total = 0
    for p in range(left.shape[0]):
        many_left = copy_starts[left[p] + 1] - copy_starts[left[p]]
        many_right = copy_starts[right[p] + 1] - copy_starts[right[p]]
        total += (many_left if many_left <= cap else 1) * (many_right if many_right <= cap else 1)
    out = np.empty((total, 4), np.int64)
    made = 0
    for p in range(left.shape[0]):
        a0, a1 = copy_starts[left[p]], copy_starts[left[p] + 1]
        b0, b1 = copy_starts[right[p]], copy_starts[right[p] + 1]
        if a1 - a0 > cap:
            a1 = a0 + 1
        if b1 - b0 > cap:
            b1 = b0 + 1
        for i in range(a0, a1):
            for j in range(b0, b1):
                swapped = copies[i] > copies[j]
                out[made, 0] = copies[j] if swapped else copies[i]
                out[made, 1] = copies[i] if swapped else copies[j]
                out[made, 2] = p
                out[made, 3] = 1 if swapped else 0
                made += 1
    return out


@compiled()
def equal_pairs(copy_starts, copies, cap):
    """Pairs of articles with equal texts: lower, higher, text. Of more than `cap` copies each is paired with the first only."""
    total = 0
    for t in range(copy_starts.shape[0] - 1):
        size = copy_starts[t + 1] - copy_starts[t]
        total += size * (size - 1) // 2 if size <= cap else size - 1
    out = np.empty((total, 3), np.int64)
    made = 0
    for t in range(copy_starts.shape[0] - 1):
        first, last = copy_starts[t], copy_starts[t + 1]
        for i in range(first, last if last - first <= cap else first + 1):
            for j in range(i + 1, last):
                out[made, 0] = copies[i]
                out[made, 1] = copies[j]
                out[made, 2] = t
                made += 1
    return out


@compiled()
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


@compiled()
def common_shared(sketch, starts, common, left, right, out):
    """For each pair, of the different sketch shingles: in both, in both and common, and those not common of the left and the right.

    `common[i]` says whether `sketch[i]` is common.
    """
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
        out[p, 0] = both
        out[p, 1] = both_common
        out[p, 2] = own_left
        out[p, 3] = own_right


@compiled()
def join_canonicals(starts, others, weights, order):
    """See `clusters.cluster`; the neighbours of node i are `others[starts[i]:starts[i + 1]]`."""
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
