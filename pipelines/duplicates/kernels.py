# mypy: disallow-untyped-defs=False
"""The compiled loops: from UTF-8 bytes to shingles, signatures and sketches, from candidates to shared counts and passages.

Import it through `compiled.kernels()`. Every function takes and gives numpy arrays and lets go of the GIL. Words are hashed to 64
bits, the lowest bit set where the word holds a digit; a shingle's hash is a polynomial of its words' hashes, mixed.
"""

from __future__ import annotations

import numpy as np

from pipelines.duplicates.compiled import compiled
from pipelines.duplicates.folding import ALONE, DIGIT, LETTER, SEPARATOR, SKIPPED

_FNV = np.uint64(0x100000001B3)
_BASIS = np.uint64(0xCBF29CE484222325)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xFF51AFD7ED558CCD)
_MIX2 = np.uint64(0xC4CEB9FE1A85EC53)
_ONE = np.uint64(1)
_U32 = np.uint64(32)
_U29 = np.uint64(29)
_LOW = np.uint64(0xFFFFFFFF)
_KEPT_REPEATS = 4  # places that are remembered of a shingle that a text repeats


@compiled(inline="always")
def _mixed(value):
    value ^= value >> _U32
    value *= _MIX1
    value ^= value >> _U29
    value *= _MIX2
    return value ^ (value >> _U32)


@compiled(inline="always")
def _note(places, count, first, last, first_longer, last_longer):
    places[count, 0] = first
    places[count, 1] = last
    places[count, 2] = first - first_longer
    places[count, 3] = last - last_longer


@compiled()
def tokenise(data, start, end, kinds, folded, words, places):
    """Hash the words of `data[start:end]` into `words`; return how many.

    Where `places` has rows, row i gets the first and last byte of word i, the last exclusive, and the same in characters, all counted
    from `start`.
    """
    with_places = places.shape[0] > 0
    count = 0
    hashed = _BASIS
    digit = np.uint64(0)
    inside = False
    begin = start
    longer = np.int64(0)  # bytes more than characters so far
    begin_longer = longer
    i = start
    while i < end:
        here = i
        here_longer = longer
        byte = data[i]
        if byte < 128:
            kind = kinds[byte]
            code = np.uint64(folded[byte])
            i += 1
        else:
            if byte >= 0xF0:
                point = ((byte & 7) << 18) | ((data[i + 1] & 63) << 12) | ((data[i + 2] & 63) << 6) | (data[i + 3] & 63)
                i += 4
                longer += 3
                code = np.uint64(point)
                if 0x1F000 <= point < 0x20000 or point >= 0xE0000:  # pictures and tags
                    kind = np.uint8(SEPARATOR)
                elif point >= 0x20000:
                    kind = np.uint8(ALONE)
                else:
                    kind = np.uint8(LETTER)
            else:
                if byte >= 0xE0:
                    point = ((byte & 15) << 12) | ((data[i + 1] & 63) << 6) | (data[i + 2] & 63)
                    i += 3
                    longer += 2
                else:
                    point = ((byte & 31) << 6) | (data[i + 1] & 63)
                    i += 2
                    longer += 1
                kind = kinds[point]
                code = np.uint64(folded[point])
            if kind == SKIPPED:
                continue
        if kind in (LETTER, DIGIT):
            if not inside:
                inside = True
                begin = here
                begin_longer = here_longer
                hashed = _BASIS
                digit = np.uint64(0)
            hashed = (hashed ^ code) * _FNV
            if kind == DIGIT:
                digit = _ONE
            continue
        if inside:
            words[count] = ((hashed ^ (hashed >> _U32)) & ~_ONE) | digit
            if with_places:
                _note(places, count, begin - start, here - start, begin_longer, here_longer)
            count += 1
            inside = False
        if kind == ALONE:
            hashed = (_BASIS ^ code) * _FNV
            words[count] = (hashed ^ (hashed >> _U32)) & ~_ONE
            if with_places:
                _note(places, count, here - start, i - start, here_longer, longer)
            count += 1
    if inside:
        words[count] = ((hashed ^ (hashed >> _U32)) & ~_ONE) | digit
        if with_places:
            _note(places, count, begin - start, end - start, begin_longer, longer)
        count += 1
    return count


@compiled()
def shingle(words, count, width, out):
    """Hash every run of `width` words of `words[:count]` into `out`; return how many."""
    if count < width:
        return 0
    drop = _ONE
    for _ in range(width):
        drop *= _FACTOR
    rolling = np.uint64(0)
    for i in range(count):
        rolling = rolling * _FACTOR + words[i]
        if i >= width:
            rolling -= drop * words[i - width]
        if i >= width - 1:
            out[i - width + 1] = _mixed(rolling)
    return count - width + 1


@compiled()
def _sign(shingles, factors, terms, signature):
    """datasketch's affine32 MinHash of the low 32 bits of each shingle."""
    permutations = factors.shape[0]
    for i in range(shingles.shape[0]):
        h = np.uint32(shingles[i] & _LOW)
        h = np.uint32(h ^ (h >> np.uint32(16)))
        h = np.uint32(h * np.uint32(0x85EBCA6B))
        h = np.uint32(h ^ (h >> np.uint32(13)))
        h = np.uint32(h * np.uint32(0xC2B2AE35))
        h = np.uint32(h ^ (h >> np.uint32(16)))
        for k in range(permutations):
            value = np.uint32(np.uint32(factors[k] * h) + terms[k])
            signature[k] = min(signature[k], value)


@compiled()
def _bottom_sketch(shingles, limit, least, window, out, beside):
    """The shingles under `limit`, the lowest of each `window` in a row that holds none, and at least the `least` lowest.

    So two texts that share `window` shingles in a row always share one that is in both sketches. `beside` gets, for each, 16 bits of
    the shingle half a window before it and 16 of the one half a window after it (0 where the text ends before): in a shared run one
    of the two is equal. Ascending; a shingle
    that stands in several places may come several times.
    """
    size = shingles.shape[0]
    half = (window - 1) // 2
    count = 0
    free = 0  # the shingles before this one need nothing more
    for i in range(size + 1):
        if i < size and shingles[i] >= limit:
            continue
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
                beside[count] = _neighbours(shingles, lowest, half)
                count += 1
        if i < size:
            out[count] = shingles[i]
            beside[count] = _neighbours(shingles, i, half)
            count += 1
            free = i + 1
    if count < least:
        ascending = np.argsort(shingles, kind="mergesort")
        for i in range(min(size, 2 * least)):
            out[count] = shingles[ascending[i]]
            beside[count] = _neighbours(shingles, ascending[i], half)
            count += 1
    order = np.argsort(out[:count], kind="mergesort")
    hashes = out[:count][order]
    near = beside[:count][order]
    kept = 0
    repeats = 0
    for i in range(count):
        repeats = repeats + 1 if i and hashes[i] == hashes[i - 1] else 0
        if repeats < _KEPT_REPEATS and not (repeats and near[i] == near[i - 1]):
            out[kept] = hashes[i]
            beside[kept] = near[i]
            kept += 1
    return kept


@compiled()
def _neighbours(shingles, i, half):
    before = np.uint32(0)
    after = np.uint32(0)
    if i >= half:
        before = np.uint32((shingles[i - half] & np.uint64(0xFFFF)) | _ONE)
    if i + half < shingles.shape[0]:
        after = np.uint32((shingles[i + half] & np.uint64(0xFFFF)) | _ONE)
    return np.uint32((before << np.uint32(16)) | after)


@compiled()
def _distinct(shingles, table):
    """How many different values; `table` is zeroed scratch, a power of two at least twice as long, zeroed again on return."""
    mask = np.uint64(table.shape[0] - 1)
    count = 0
    for i in range(shingles.shape[0]):
        value = shingles[i] | _ONE
        slot = (shingles[i] >> np.uint64(20)) & mask
        while table[slot] != 0 and table[slot] != value:
            slot = (slot + _ONE) & mask
        if table[slot] == 0:
            table[slot] = value
            count += 1
    return count


@compiled()
def sketch_batch(data, offsets, kinds, folded, width, factors, terms, limit, least, window, signatures, facts, text_hashes):
    """Everything that is remembered of the texts `data[offsets[i]:offsets[i + 1]]`.

    Fills `signatures` (uint32, a row each), `facts` (int64: words, distinct shingles, shingles, length of sketch) and
    `text_hashes` (uint64, two a row: of the words in order). Returns all shingles, all sketches and what stands beside them, end to end.
    """
    texts = offsets.shape[0] - 1
    size = offsets[texts] - offsets[0]
    longest = 0
    for i in range(texts):
        longest = max(longest, offsets[i + 1] - offsets[i])
    words = np.empty(longest + 1, np.uint64)
    places = np.empty((0, 4), np.int32)
    shingles = np.empty(size // 2 + texts + 1, np.uint64)
    sketches = np.empty(size // 2 + (2 * least + 2) * texts + 1, np.uint64)
    besides = np.empty(sketches.shape[0], np.uint32)
    table = np.zeros(16, np.uint64)
    at = 0
    sketched = 0
    for i in range(texts):
        count = tokenise(data, offsets[i], offsets[i + 1], kinds, folded, words, places)
        made = shingle(words, count, width, shingles[at:])
        first = np.uint64(count)
        second = _BASIS
        for j in range(count):
            first = (first ^ words[j]) * _MIX1
            first ^= first >> _U29
            second = second * _FACTOR + words[j]
        text_hashes[i, 0] = first
        text_hashes[i, 1] = _mixed(second)
        facts[i, 0] = count
        facts[i, 2] = made
        mine = shingles[at : at + made]
        slots = 16
        while slots < 2 * made:
            slots *= 2
        if slots > table.shape[0]:
            table = np.zeros(slots, np.uint64)
        facts[i, 1] = _distinct(mine, table[:slots])
        table[:slots] = 0
        if made:
            _sign(mine, factors, terms, signatures[i])
        facts[i, 3] = _bottom_sketch(mine, limit, least, window, sketches[sketched:], besides[sketched:]) if made else 0
        sketched += facts[i, 3]
        at += made
    return shingles[:at].copy(), sketches[:sketched].copy(), besides[:sketched].copy()


@compiled()
def _fill_table(shingles, keys, places):
    """First place of every shingle; `keys` is zeroed, a power of two at least twice as long."""
    mask = np.uint64(keys.shape[0] - 1)
    for i in range(shingles.shape[0]):
        value = shingles[i] | _ONE
        slot = (value >> np.uint64(20)) & mask
        while keys[slot] != 0 and keys[slot] != value:
            slot = (slot + _ONE) & mask
        if keys[slot] == 0:
            keys[slot] = value
            places[slot] = i


@compiled()
def _place(value, keys, places):
    mask = np.uint64(keys.shape[0] - 1)
    value |= _ONE
    slot = (value >> np.uint64(20)) & mask
    while keys[slot] != 0:
        if keys[slot] == value:
            return places[slot]
        slot = (slot + _ONE) & mask
    return np.int64(-1)


@compiled()
def verify(shingles, starts, left, right, facts):
    """Count what the texts of each pair share. Pairs stand in order of `left`.

    Row i of `facts` (int64) gets: different shared shingles, the longest run of shared shingles, and the first and last place of a
    shared shingle in the left and in the right text. A run is traced from the first place of its shingle in the left text.
    """
    keys = np.zeros(16, np.uint64)
    places = np.empty(16, np.int64)
    seen = np.full(16, -1, np.int64)
    slots = 16
    current = -1
    for p in range(left.shape[0]):
        mine = shingles[starts[left[p]] : starts[left[p] + 1]]
        other = shingles[starts[right[p]] : starts[right[p] + 1]]
        size = mine.shape[0]
        if left[p] != current:
            current = left[p]
            slots = 16
            while slots < 2 * size:
                slots *= 2
            if slots > keys.shape[0]:
                keys = np.zeros(slots, np.uint64)
                places = np.empty(slots, np.int64)
            keys[:slots] = 0
            _fill_table(mine, keys[:slots], places[:slots])
            if size > seen.shape[0]:
                seen = np.empty(size, np.int64)
            seen[:size] = -1
        shared = 0
        longest = 0
        run = 0
        at = -2
        first_left, last_left, first_right, last_right = size, -1, -1, -1
        for j in range(other.shape[0]):
            place = _place(other[j], keys[:slots], places[:slots])
            if place < 0:
                run = 0
                at = -2
                continue
            if seen[place] != p:
                seen[place] = p
                shared += 1
            if at >= 0 and at + 1 < size and mine[at + 1] == other[j]:
                at += 1
                run += 1
            else:
                at = place
                run = 1
                while place - run >= 0 and j - run >= 0 and mine[place - run] == other[j - run]:
                    run += 1
            longest = max(longest, run)
            first_left = min(first_left, place)
            last_left = max(last_left, at)
            if first_right < 0:
                first_right = j
            last_right = j
        facts[p, 0] = shared
        facts[p, 1] = longest
        facts[p, 2] = first_left
        facts[p, 3] = last_left
        facts[p, 4] = first_right
        facts[p, 5] = last_right


@compiled()
def band_keys(signatures, bands, rows):
    """One hash per text and band, the band's number mixed in; all texts of band 0 first."""
    texts = signatures.shape[0]
    out = np.empty(bands * texts, np.uint64)
    for i in range(texts):
        for band in range(bands):
            value = np.uint64(band + 1) * _FACTOR
            for row in range(band * rows, band * rows + rows):
                value = (value ^ np.uint64(signatures[i, row])) * _MIX1
                value ^= value >> _U29
            out[band * texts + i] = _mixed(value)
    return out


@compiled()
def bucket_pairs(keys, members, besides, ranks, cap):
    """All pairs of members that share a key, as (lower << 32 | higher) << 1 | confirmed; `keys` ascend.

    A bucket of more than `cap` members links each to the one of lowest rank. `besides` may be empty. Returns the pairs, with repeats,
    and the first entry and the length of each capped bucket.
    """
    size = keys.shape[0]
    total = 0
    capped = 0
    i = 0
    while i < size:
        j = i + 1
        while j < size and keys[j] == keys[i]:
            j += 1
        if j - i <= cap:
            total += (j - i) * (j - i - 1) // 2
        else:
            total += j - i - 1
            capped += 1
        i = j
    pairs = np.empty(total, np.int64)
    caps = np.empty((capped, 2), np.int64)
    made = 0
    capped = 0
    i = 0
    while i < size:
        j = i + 1
        while j < size and keys[j] == keys[i]:
            j += 1
        if j - i <= cap:
            for x in range(i, j):
                for y in range(x + 1, j):
                    made = _add_pair(pairs, made, members, besides, x, y)
        else:
            centre = i
            for x in range(i + 1, j):
                if ranks[members[x]] < ranks[members[centre]]:
                    centre = x
            for x in range(i, j):
                if x != centre:
                    made = _add_pair(pairs, made, members, besides, centre, x)
            caps[capped, 0] = i
            caps[capped, 1] = j - i
            capped += 1
        i = j
    return pairs[:made], caps


@compiled(inline="always")
def _add_pair(pairs, made, members, besides, x, y):
    a, b = members[x], members[y]
    if a == b:
        return made
    sure = np.int64(0)
    if besides.shape[0]:
        same = besides[x] ^ besides[y]
        if ((same & np.uint32(0xFFFF)) == 0 and (besides[x] & np.uint32(0xFFFF)) != 0) or (
            (same >> np.uint32(16)) == 0 and (besides[x] >> np.uint32(16)) != 0
        ):
            sure = np.int64(1)
    if a > b:
        a, b = b, a
    pairs[made] = (np.int64(a) << 32 | np.int64(b)) << 1 | sure
    return made + 1


@compiled()
def words_and_places(data, offsets, kinds, folded):
    """The hashed words of all texts, end to end, their places as `tokenise` gives them, and where each text's words start."""
    texts = offsets.shape[0] - 1
    room = (offsets[texts] - offsets[0]) // 2 + texts + 1
    words = np.empty(room, np.uint64)
    places = np.empty((room, 4), np.int32)
    starts = np.zeros(texts + 1, np.int64)
    for i in range(texts):
        at = starts[i]
        starts[i + 1] = at + tokenise(data, offsets[i], offsets[i + 1], kinds, folded, words[at:], places[at:])
    return words[: starts[texts]].copy(), places[: starts[texts]].copy(), starts


@compiled()
def _runs(mine, other, keys, places, runs):
    """Maximal runs of shared shingles in order of `other`: place in `mine`, place in `other`, length. Returns how many."""
    size = mine.shape[0]
    count = 0
    j = 0
    room = runs.shape[0]
    while j < other.shape[0] and count < room:
        place = _place(other[j], keys, places)
        if place < 0:
            j += 1
            continue
        begin = 0
        while place - begin > 0 and j - begin > 0 and mine[place - begin - 1] == other[j - begin - 1]:
            begin += 1
        run = 1
        while place + run < size and j + run < other.shape[0] and mine[place + run] == other[j + run]:
            run += 1
        runs[count, 0] = place - begin
        runs[count, 1] = j - begin
        runs[count, 2] = run + begin
        count += 1
        j += run
    return count


@compiled()
def _chain(runs, count, chosen):
    """Mark the runs of the longest chain that is in order in both texts."""
    best = np.empty(count, np.int64)
    before = np.empty(count, np.int64)
    end = -1
    for i in range(count):
        best[i] = runs[i, 2]
        before[i] = -1
        for j in range(i):
            if runs[j, 0] + runs[j, 2] <= runs[i, 0] and runs[j, 1] + runs[j, 2] <= runs[i, 1] and best[j] + runs[i, 2] > best[i]:
                best[i] = best[j] + runs[i, 2]
                before[i] = j
        if end < 0 or best[i] > best[end]:
            end = i
    for i in range(count):
        chosen[i] = False
    while end >= 0:
        chosen[end] = True
        end = before[end]


@compiled()
def _common_words(a, b, scratch):
    """Length of the longest common subsequence of two short runs of words; `scratch` has room for len(b) + 1."""
    for j in range(b.shape[0] + 1):
        scratch[j] = 0
    for i in range(a.shape[0]):
        corner = 0
        for j in range(b.shape[0]):
            above = scratch[j + 1]
            if a[i] == b[j]:
                scratch[j + 1] = corner + 1
            elif scratch[j] > above:
                scratch[j + 1] = scratch[j]
            corner = above
    return scratch[b.shape[0]]


@compiled()
def _letters(data, start, places, first, last, kinds, folded, out):
    """Write the folded letters of words `first` to `last` (exclusive), a space between two; return how many, -1 where out is full."""
    count = 0
    for w in range(first, last):
        if w > first:
            if count == out.shape[0]:
                return -1
            out[count] = 32
            count += 1
        i = start + places[w, 0]
        end = start + places[w, 1]
        while i < end:
            byte = data[i]
            if byte < 0x80:
                code = np.int64(folded[byte])
                i += 1
            elif byte >= 0xF0:
                code = ((byte & 7) << 18) | ((data[i + 1] & 63) << 12) | ((data[i + 2] & 63) << 6) | (data[i + 3] & 63)
                i += 4
            else:
                if byte >= 0xE0:
                    code = ((byte & 15) << 12) | ((data[i + 1] & 63) << 6) | (data[i + 2] & 63)
                    i += 3
                else:
                    code = ((byte & 31) << 6) | (data[i + 1] & 63)
                    i += 2
                if kinds[code] == SKIPPED:
                    continue
                code = np.int64(folded[code])
            if count == out.shape[0]:
                return -1
            out[count] = code
            count += 1
    return count


@compiled()
def _edit_distance(a, b, scratch):
    """Levenshtein's distance of two short runs of characters."""
    for j in range(b.shape[0] + 1):
        scratch[j] = j
    for i in range(a.shape[0]):
        corner = scratch[0]
        scratch[0] = i + 1
        for j in range(b.shape[0]):
            above = scratch[j + 1]
            scratch[j + 1] = min(corner + (0 if a[i] == b[j] else 1), above + 1, scratch[j] + 1)
            corner = above
    return scratch[b.shape[0]]


@compiled()
def _numbers(words, out):
    count = 0
    for i in range(words.shape[0]):
        if words[i] & _ONE:
            out[count] = words[i]
            count += 1
    ordered = np.sort(out[:count])
    kept = 0
    for i in range(count):
        if i == 0 or ordered[i] != ordered[i - 1]:
            out[kept] = ordered[i]
            kept += 1
    return kept


_MOST_RUNS = 512
_GAP_CELLS = 2048
_GAP_LETTERS = 600


@compiled()
def align(data, offsets, words, places, starts, left, right, noisy, width, folded, kinds, facts, likeness):
    """Put the texts of each pair side by side. Pairs stand in order of `left`.

    Row i of `facts` (int64) gets: words of the ordered shared runs, the same with equal words between them, words before the first
    shared run (left, right) and after the last (left, right), the longest run in words, numbers in the left, in the right and in
    both, words between the runs (left, right), and how many runs are in the chain. `likeness[i]`, where `noisy[i]` says so, gets
    the share of characters that agree from the first to the last shared run, else NaN. Returns the passages, one row each: pair,
    first and last word (exclusive) in the left text, the same in the right.
    """
    longest = 0
    for i in range(starts.shape[0] - 1):
        longest = max(longest, starts[i + 1] - starts[i])
    mine = np.empty(longest + 1, np.uint64)
    other = np.empty(longest + 1, np.uint64)
    runs = np.empty((4 * _MOST_RUNS, 3), np.int64)
    chosen = np.empty(4 * _MOST_RUNS, np.bool_)
    scratch = np.empty(max(_GAP_CELLS, _GAP_LETTERS) + 2, np.int64)
    letters_left = np.empty(_GAP_LETTERS, np.int64)
    letters_right = np.empty(_GAP_LETTERS, np.int64)
    numbers_left = np.empty(longest + 1, np.uint64)
    numbers_right = np.empty(longest + 1, np.uint64)
    keys = np.zeros(16, np.uint64)
    table = np.empty(16, np.int64)
    passages = np.empty((1024, 5), np.int64)
    passed = 0
    current = -1
    slots = 16
    size = 0
    left_numbers = 0
    for p in range(left.shape[0]):
        a0, a1 = starts[left[p]], starts[left[p] + 1]
        b0, b1 = starts[right[p]], starts[right[p] + 1]
        if left[p] != current:
            current = left[p]
            size = shingle(words[a0:a1], a1 - a0, width, mine)
            slots = 16
            while slots < 2 * size:
                slots *= 2
            if slots > keys.shape[0]:
                keys = np.zeros(slots, np.uint64)
                table = np.empty(slots, np.int64)
            keys[:slots] = 0
            _fill_table(mine[:size], keys[:slots], table[:slots])
            left_numbers = _numbers(words[a0:a1], numbers_left)
        theirs = shingle(words[b0:b1], b1 - b0, width, other)
        count = _runs(mine[:size], other[:theirs], keys[:slots], table[:slots], runs)
        if count > _MOST_RUNS:
            floor = np.sort(runs[:count, 2])[count - _MOST_RUNS]
            kept = 0
            for i in range(count):
                if runs[i, 2] >= floor and kept < _MOST_RUNS:
                    runs[kept] = runs[i]
                    kept += 1
            count = kept
        for i in range(count):
            runs[i, 2] += width - 1  # from shingles to words
        longest_run = 0
        for i in range(count):
            longest_run = max(longest_run, runs[i, 2])
        _trim(runs, count, width)
        _chain(runs, count, chosen)
        ordered = 0
        equal = 0
        between_left = 0
        between_right = 0
        chained = 0
        alike = 0.0
        total = 0.0
        last_a, last_b = np.int64(0), np.int64(0)
        first_a, first_b = np.int64(0), np.int64(0)
        for i in range(count):
            if not chosen[i] or runs[i, 2] <= 0:
                continue
            x, y, run = runs[i, 0], runs[i, 1], runs[i, 2]
            gap_a, gap_b = x - last_a, y - last_b
            if chained == 0:
                first_a, first_b = x, y
            else:
                between_left += gap_a
                between_right += gap_b
                if noisy[p]:
                    la = _letters(data, offsets[left[p]], places[a0:a1], last_a, x, kinds, folded, letters_left)
                    lb = _letters(data, offsets[right[p]], places[b0:b1], last_b, y, kinds, folded, letters_right)
                    if la < 0 or lb < 0:
                        most = places[a0 + x, 0] - places[a0 + last_a - 1, 1]
                        total += max(most, places[b0 + y, 0] - places[b0 + last_b - 1, 1])
                    else:
                        most = max(la, lb)
                        total += most
                        if 2 * min(la, lb) >= most and most > 0:
                            alike += most - _edit_distance(letters_left[:la], letters_right[:lb], scratch)
            if gap_a > 0 and gap_b > 0 and gap_a * gap_b <= _GAP_CELLS:
                equal += _common_words(words[a0 + last_a : a0 + x], words[b0 + last_b : b0 + y], scratch)
            if noisy[p]:
                same = run - 1
                for w in range(a0 + x, a0 + x + run):
                    same += places[w, 3] - places[w, 2]
                alike += same
                total += same
            ordered += run
            last_a, last_b = x + run, y + run
            chained += 1
        tail_a, tail_b = (a1 - a0) - last_a, (b1 - b0) - last_b
        if tail_a > 0 and tail_b > 0 and tail_a * tail_b <= _GAP_CELLS:
            equal += _common_words(words[a0 + last_a : a1], words[b0 + last_b : b1], scratch)
        right_numbers = _numbers(words[b0:b1], numbers_right)
        shared_numbers = 0
        i, j = 0, 0
        while i < left_numbers and j < right_numbers:
            if numbers_left[i] == numbers_right[j]:
                shared_numbers += 1
                i += 1
                j += 1
            elif numbers_left[i] < numbers_right[j]:
                i += 1
            else:
                j += 1
        facts[p, 0] = ordered
        facts[p, 1] = ordered + equal
        facts[p, 2] = first_a
        facts[p, 3] = first_b
        facts[p, 4] = tail_a
        facts[p, 5] = tail_b
        facts[p, 6] = longest_run
        facts[p, 7] = left_numbers
        facts[p, 8] = right_numbers
        facts[p, 9] = shared_numbers
        facts[p, 10] = between_left
        facts[p, 11] = between_right
        facts[p, 12] = chained
        likeness[p] = alike / total if noisy[p] and total > 0 else np.nan
        for i in range(count):
            if runs[i, 2] <= 0:
                continue
            if passed == passages.shape[0]:
                larger = np.empty((2 * passed, 5), np.int64)
                larger[:passed] = passages
                passages = larger
            x, y, run = runs[i, 0], runs[i, 1], runs[i, 2]
            passages[passed, 0] = p
            passages[passed, 1] = x
            passages[passed, 2] = x + run
            passages[passed, 3] = y
            passages[passed, 4] = y + run
            passed += 1
    return passages[:passed].copy()


@compiled()
def _trim(runs, count, width):
    """Cut runs, the longest kept whole, so that no word of either text is in two of them; what is left under `width` words goes."""
    order = np.argsort(-runs[:count, 2], kind="mergesort")
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
                    cut = end - first
                    runs[i, 0] += cut
                    runs[i, 1] += cut
                    runs[i, 2] -= cut
                else:
                    runs[i, 2] = 0
        if runs[i, 2] < width:
            runs[i, 2] = 0


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
def place_passages(passages, starts, pair_of, swapped, left, right, word_starts, places, out):
    """Passages of pairs of articles in characters: for row i those of `pair_of[i]`, in words, `passages[starts[p]:starts[p + 1]]`.

    `left` and `right` are rows of `word_starts`. Where `swapped[i]`, the passages' left is row i's right.
    """
    made = 0
    for i in range(pair_of.shape[0]):
        for m in range(starts[pair_of[i]], starts[pair_of[i] + 1]):
            for side in range(2):
                text = left[i] if side == 0 else right[i]
                from_side = 1 - side if swapped[i] else side
                first = word_starts[text] + passages[m, 1 + 2 * from_side]
                last = word_starts[text] + passages[m, 2 + 2 * from_side] - 1
                out[made, 2 * side] = places[first, 2]
                out[made, 2 * side + 1] = places[last, 3]
            made += 1


@compiled()
def gather(values, starts, rows):
    """The lists of `rows`, end to end."""
    total = 0
    for row in rows:
        total += starts[row + 1] - starts[row]
    out = np.empty(total, values.dtype)
    at = 0
    for row in rows:
        size = starts[row + 1] - starts[row]
        out[at : at + size] = values[starts[row] : starts[row + 1]]
        at += size
    return out


@compiled()
def agreeing(signatures, left, right):
    """How many values of the two signatures agree."""
    out = np.empty(left.shape[0], np.int64)
    for i in range(left.shape[0]):
        count = 0
        for k in range(signatures.shape[1]):
            count += signatures[left[i], k] == signatures[right[i], k]
        out[i] = count
    return out
