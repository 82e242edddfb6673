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


def told_apart(names, joined, words, letters, sounds, related, first, second, bounds, costs, vowels, rows, row, out):
    """Whether each of two names has a word that is like none of the other's, for each pair `first[k], second[k]` of names.

    `names` (values, starts): the words of each name in their order, negative ones less one where the word tells nothing. `joined` (firsts,
    ends, words, starts): two words or more of a name that may be written as one. `words` (sizes, scripts, plain forms, weights of
    sounds): of each word. `letters` (codes, starts), `sounds` (rows as of `turning_cost`, starts) and `related` (plain forms, starts): the
    letters of each plain form, the sounds of each word, and the other forms of a plain form. `bounds`: how alike words are at least, of
    one script and of two; and words that are written as one. `rows` [3] and `row`: room
    for one more than the longest word has.
    """
    for k in range(len(first)):
        out[k] = _each_has_its_own(
            first[k], second[k], names, joined, words, letters, sounds, related, bounds, costs, vowels, rows, row
        )


def _each_has_its_own(a, b, names, joined, words, letters, sounds, related, bounds, costs, vowels, rows, row):
    left, right = _telling(a, names), _telling(b, names)
    a_first, a_size = names[1][a], names[1][a + 1] - names[1][a]
    b_first, b_size = names[1][b], names[1][b + 1] - names[1][b]
    for i in range(a_size):
        for j in range(b_size):
            if (left >> i) & 1 or (right >> j) & 1:
                x, y = _word(names[0][a_first + i]), _word(names[0][b_first + j])
                if _may_be_like(x, y, words, letters, sounds, related, bounds[0], costs, vowels, rows, row):
                    left &= ~(1 << i)
                    right &= ~(1 << j)
        if not right:
            return False
    if not left:
        return False
    left, right = _without_joined(
        a, left, b_first, b_size, right, names, joined, words, letters, sounds, related, bounds, costs, vowels, rows, row
    )
    right, left = _without_joined(
        b, right, a_first, a_size, left, names, joined, words, letters, sounds, related, bounds, costs, vowels, rows, row
    )
    return left != 0 and right != 0


def _word(value):
    return value if value >= 0 else -1 - value


def _telling(name, names):
    """The places of the words that tell something, as bits."""
    found = 0
    for at in range(names[1][name], names[1][name + 1]):
        if names[0][at] >= 0:
            found |= 1 << (at - names[1][name])
    return found


def _without_joined(
    name, left, first, size, right, names, joined, words, letters, sounds, related, bounds, costs, vowels, rows, row
):
    """Without the words of a name that together may be one of the other's, and without those."""
    for at in range(joined[3][name], joined[3][name + 1]):
        parts = (1 << joined[1][at]) - (1 << joined[0][at])
        for j in range(size):
            other = _word(names[0][first + j])
            if abs(words[0][joined[2][at]] - words[0][other]) > 3 or not (left & parts or (right >> j) & 1):
                continue
            if _may_be_like(joined[2][at], other, words, letters, sounds, related, bounds[1], costs, vowels, rows, row):
                left &= ~parts
                right &= ~(1 << j)
    return left, right


def _may_be_like(a, b, words, letters, sounds, related, least, costs, vowels, rows, row):
    """Whether two words may be at least so alike, by letters and sounds, or as initial and word, or as forms of one name.

    `least`: of words of one script, and of words of two."""
    one, other = words[2][a], words[2][b]
    size, other_size = letters[1][one + 1] - letters[1][one], letters[1][other + 1] - letters[1][other]
    if one == other or min(size, other_size) == 0:
        return True
    across = words[1][a] != words[1][b]
    if min(words[0][a], words[0][b]) == 1:
        return across or letters[0][letters[1][one]] == letters[0][letters[1][other]]
    if across:
        return _sounding(a, b, words, sounds, costs, vowels, row) >= least[1] - 1e-9
    for at in range(related[1][one], related[1][one + 1]):
        if related[0][at] == other:
            return True
    changes = _changes(letters[0], letters[1][one], size, letters[1][other], other_size, rows)
    spelling = 1.0 - changes / max(size, other_size)
    if spelling >= least[0]:
        return True
    return (spelling + 2.0 * _sounding(a, b, words, sounds, costs, vowels, row)) / 3.0 >= least[0] - 1e-9


def _sounding(a, b, words, sounds, costs, vowels, row):
    first, first_end, second, second_end = sounds[3][a], sounds[3][a + 1], sounds[3][b], sounds[3][b + 1]
    if first == first_end or second == second_end:
        return 0.0
    cost = turning_cost(
        (sounds[0][first:first_end], sounds[1][first:first_end], sounds[2][first:first_end]),
        (sounds[0][second:second_end], sounds[1][second:second_end], sounds[2][second:second_end]),
        costs,
        vowels,
        row,
    )
    return 1.0 - 2.0 * cost / (words[3][a] + words[3][b])
