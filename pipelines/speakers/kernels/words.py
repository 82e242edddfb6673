# mypy: disallow-untyped-defs=False
"""Compares the sounds of two words, and the words of two names."""

from __future__ import annotations


def turning_cost(a, b, costs, vowels, row):
    """The least cost of turning one row of places into another (Wagner and Fischer 1974).

    `a`, `b` [3, places]: the sounds of each place as bits, these and all that are heard for one of them, and which of `costs` it is to leave
    the place out. The first two of `costs` are those of another vowel and of a near consonant; `vowels`: their bits. `row` is room for one
    more than `b` has.
    """
    sounds, near, gone = a[0], a[1], a[2]
    others, others_gone = b[0], b[2]
    row[0] = 0.0
    for j in range(len(others)):
        row[j + 1] = row[j] + costs[others_gone[j]]
    for i in range(len(sounds)):
        missing = costs[gone[i]]
        before = row[0]
        row[0] = before + missing
        for j in range(len(others)):
            if sounds[i] & others[j]:
                best = before
            elif sounds[i] & vowels and others[j] & vowels:
                best = before + costs[0]
            elif near[i] & others[j]:
                best = before + costs[1]
            else:
                best = before + 1.0
            before = row[j + 1]
            best = min(best, before + missing, row[j] + costs[others_gone[j]])
            row[j + 1] = best
    return row[len(others)]


def may_be_one(words, starts, letters, ends, related, related_starts, first, second, least, rows, out):
    """Whether the words that only one of two names has may each be one of the other's, for each pair `first[k], second[k]` of names.

    Name k has the words `words[starts[k]:starts[k + 1]]`; word w has the letters `letters[ends[w]:ends[w + 1]]`, and is another form of
    those in `related`. `least`: likeness of two words, by their letters. `rows` [3]: room for one more than the longest word has.
    """
    for k in range(len(first)):
        a, a_end, b, b_end = starts[first[k]], starts[first[k] + 1], starts[second[k]], starts[second[k] + 1]
        out[k] = _within(words, a, a_end, b, b_end, letters, ends, related, related_starts, least, rows) or _within(
            words, b, b_end, a, a_end, letters, ends, related, related_starts, least, rows
        )


def _within(words, a, a_end, b, b_end, letters, ends, related, related_starts, least, rows):
    for i in range(a, a_end):
        found = False
        for j in range(b, b_end):
            if words[i] == words[j]:
                found = True
        for j in range(b, b_end):
            if not found:
                found = _alike(words[i], words[j], letters, ends, related, related_starts, least, rows)
        if not found:
            return False
    return True


def _alike(a, b, letters, ends, related, related_starts, least, rows):
    """Words of the same letters, or nearly; one that begins with the other; or forms of one name."""
    size, other_size = ends[a + 1] - ends[a], ends[b + 1] - ends[b]
    short, long = min(size, other_size), max(size, other_size)
    same = 0
    while same < short and letters[ends[a] + same] == letters[ends[b] + same]:
        same += 1
    if same == long or (same == short and short > 1):
        return True
    for at in range(related_starts[a], related_starts[a + 1]):
        if related[at] == b:
            return True
    if 1.0 - (long - short) / long < least:
        return False
    return 1.0 - _changes(letters, ends[a], size, ends[b], other_size, rows) / long >= least


def _changes(letters, a, a_size, b, b_size, rows):
    """Letters that are missing, other ones or turned round with their neighbour (optimal string alignment)."""
    for j in range(b_size + 1):
        rows[0][j] = j
    for i in range(1, a_size + 1):
        last, now, before = rows[(i + 2) % 3], rows[i % 3], rows[(i + 1) % 3]
        now[0] = i
        for j in range(1, b_size + 1):
            x, y = letters[a + i - 1], letters[b + j - 1]
            best = min(last[j] + 1, now[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == letters[b + j - 2] and letters[a + i - 2] == y:
                best = min(best, before[j - 2] + 1)
            now[j] = best
    return rows[a_size % 3][b_size]
