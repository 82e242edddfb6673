# mypy: disallow-untyped-defs=False
"""Compares lists of numbers in order: four-grams of statements, words of articles, words of two statements."""

from __future__ import annotations

import numpy as np


def shared_weight(values, starts, weights, i, j):
    """The sum of `weights` of what the ascending lists i and j both hold; list k is `values[starts[k]:starts[k + 1]]`."""
    a, a_end, b, b_end = starts[i], starts[i + 1], starts[j], starts[j + 1]
    total = 0.0
    while a < a_end and b < b_end:
        x, y = values[a], values[b]
        if x == y:
            total += weights[x]
            a += 1
            b += 1
        elif x < y:
            a += 1
        else:
            b += 1
    return total


def shared_weights(values, starts, weights, first, second, held, out):
    """`shared_weight` of every pair `first[k], second[k]`; quick where pairs of one first list come in a row.

    `held`: room for every number, all 0.
    """
    k = 0
    while k < len(first):
        i = first[k]
        for place in range(starts[i], starts[i + 1]):
            held[values[place]] = weights[values[place]]
        while k < len(first) and first[k] == i:
            total = 0.0
            for place in range(starts[second[k]], starts[second[k] + 1]):
                total += held[values[place]]
            out[k] = total
            k += 1
        for place in range(starts[i], starts[i + 1]):
            held[values[place]] = 0.0


def compare_statements(values, starts, weights, totals, marks, firsts, pairs, at_once, bounds, held, shared, out, measures):
    """All statements of one article with all of another, for each pair of articles.

    `firsts`: the first statement of each article; `totals`: the weight of each statement; `marks` [statements, 4]: bits for its words,
    of which two statements share some; `bounds`: least cosine, least containment and least weight of what is kept. Fills `out` [n, 3] with
    two statements and the pair of articles, `measures` [n, 2] with cosine and containment; gives how many there are, also where that is
    more than there is room for.

    The four-grams of one statement are kept as a table, `held`, all 0, with the weight of each, and looked up for the statements of all further articles
    that this one is paired with in a row, `at_once` at most; `shared` has room for every two statements of these.
    """
    n, k = 0, 0
    while k < len(pairs):
        article, k_end = pairs[k, 0], k + 1
        while k_end < len(pairs) and k_end - k < at_once and pairs[k_end, 0] == article:
            k_end += 1
        i_first, i_end, cell = firsts[article], firsts[article + 1], 0
        for i in range(i_first, i_end):
            for place in range(starts[i], starts[i + 1]):
                held[values[place]] = weights[values[place]]
            for pair in range(k, k_end):
                for j in range(firsts[pairs[pair, 1]], firsts[pairs[pair, 1] + 1]):
                    both = 0.0
                    if (
                        marks[i, 0] & marks[j, 0]
                        or marks[i, 1] & marks[j, 1]
                        or marks[i, 2] & marks[j, 2]
                        or marks[i, 3] & marks[j, 3]
                    ):
                        for place in range(starts[j], starts[j + 1]):
                            both += held[values[place]]
                    shared[cell] = both
                    cell += 1
            for place in range(starts[i], starts[i + 1]):
                held[values[place]] = 0.0
        width, before = cell // max(i_end - i_first, 1), 0
        for pair in range(k, k_end):
            j_first, j_end = firsts[pairs[pair, 1]], firsts[pairs[pair, 1] + 1]
            for i in range(i_first, i_end):
                for j in range(j_first, j_end):
                    both = shared[(i - i_first) * width + before + j - j_first]
                    least = min(totals[i], totals[j])
                    most = max(totals[i], totals[j])
                    cosine = both / np.sqrt(least * most) if least > 0 else 0.0
                    inside = both / least if least > 0 else 0.0
                    if cosine > bounds[0] or (inside > bounds[1] and both > bounds[2]):
                        if n < len(out):
                            out[n, 0], out[n, 1], out[n, 2] = i, j, pair
                            measures[n, 0], measures[n, 1] = cosine, inside
                        n += 1
            before += j_end - j_first
        k = k_end
    return n


def words_in_order(words, stems, starts, weights, base, first, second, row, out):
    """For each pair of statements what the words of one are worth that stand in the order of the other (longest common subsequence).

    A word is worth its weight and `base`; one of the same beginning (`stems`, 0 for short words) counts as `_OF_STEM` of that.
    `row` is room for a row of the longest statement.
    """
    for k in range(len(first)):
        b, b_end = starts[second[k]], starts[second[k] + 1]
        width = b_end - b
        for j in range(width + 1):
            row[j] = 0.0
        for a in range(starts[first[k]], starts[first[k] + 1]):
            before, worth = 0.0, np.float64(weights[a]) + base
            for j in range(width):
                above = row[j + 1]
                best = max(above, row[j])
                if words[a] == words[b + j]:
                    best = max(best, before + worth)
                elif stems[a] and stems[a] == stems[b + j]:
                    best = max(best, before + _OF_STEM * min(worth, np.float64(weights[b + j]) + base))
                row[j + 1] = best
                before = above
        out[k] = row[width]


_OF_STEM = 0.7


def alike_articles(
    asked,
    is_asked,
    values,
    starts,
    weights,
    totals,
    members,
    ends,
    days,
    window,
    fewest,
    least,
    counts,
    touched,
    marks,
    out,
    likeness,
):
    """Pairs of articles, one of them `asked`, that hold at least `fewest` telling numbers in common and are at least so alike.

    Article k holds the numbers `values[starts[k]:starts[k + 1]]`, ascending, worth `weights` and `totals[k]` together. The articles that
    hold a telling number are `members[ends[number]:ends[number + 1]]`, ascending; of any other number there are none. `days`: of each article, -1 where it has
    none; two that are more than `window` days apart are no pair. `counts`, `touched` [articles] and `marks` [numbers]: room, all 0. Fills `out` [n, 2], the lower place
    first, and `likeness`, the cosine of all numbers; gives n, also where that is more than there is room for.
    """
    n = 0
    for article in asked:
        first, last = starts[article], starts[article + 1]
        found = 0
        for at in range(first, last):
            for place in range(ends[values[at]], ends[values[at] + 1]):
                b = members[place]
                if b == article or (is_asked[b] and b < article):
                    continue
                if days[b] >= 0 and days[article] >= 0 and abs(days[b] - days[article]) > window:
                    continue
                if counts[b] == 0:
                    touched[found] = b
                    found += 1
                counts[b] += 1
        marked = False
        for t in range(found):
            b = touched[t]
            if counts[b] >= fewest:
                if not marked:
                    for at in range(first, last):
                        marks[values[at]] = weights[values[at]]
                    marked = True
                both = 0.0
                for at in range(starts[b], starts[b + 1]):
                    both += marks[values[at]]
                alike = both / np.sqrt(max(totals[article] * totals[b], 1e-9))
                if alike >= least:
                    if n < len(out):
                        out[n, 0], out[n, 1], likeness[n] = min(article, b), max(article, b), alike
                    n += 1
            counts[b] = 0
        if marked:
            for at in range(first, last):
                marks[values[at]] = 0.0
    return n


def grams_of_letters(letters, ends, multipliers, times, seen, values, starts):
    """The buckets of the four-grams of texts with a blank before and behind, each once, in the order in which they come.

    Text k is `letters[ends[k]:ends[k + 1]]`, code points. The bucket of a four-gram is the upper 16 bits of a polynomial of its letters (see
    `rarity.gram_buckets`): `times[0]` is its base, and it is multiplied by `times[1]`. `seen`: room for every bucket, all 0. Fills `values` and `starts`;
    gives how many there are.
    """
    n = 0
    for k in range(len(ends) - 1):
        starts[k] = n
        end = ends[k + 1]
        first, second, third = _NONE, _NONE, _BLANK
        for at in range(ends[k], end + 1):
            fourth = np.uint64(letters[at]) if at < end else _BLANK
            if at >= ends[k] + 2:
                total = first * multipliers[0] * times[0] + second * multipliers[1]
                total = (total * times[0] + third * multipliers[2]) * times[0] + fourth * multipliers[3]
                bucket = (total * times[1]) >> _OF_BUCKET
                if seen[bucket] != k + 1:
                    seen[bucket] = k + 1
                    values[n] = bucket
                    n += 1
            first, second, third = second, third, fourth
    starts[len(ends) - 1] = n
    return n


_BLANK, _OF_BUCKET = np.uint64(32), np.uint64(48)


def hashed_words(letters, ends, hashes, stems, starts):
    """The words of texts, one after another, as hashes of their letters (FNV-1a of their bytes), and as those of their first five letters.

    Text k is `letters[ends[k]:ends[k + 1]]`, words in UTF-8 with one blank between them. A word of fewer letters has the stem 0. Fills `starts`: where
    the words of each text begin; gives how many there are.
    """
    n = 0
    for k in range(len(ends) - 1):
        starts[k] = n
        at, end = ends[k], ends[k + 1]
        while at < end:
            value, stem, count = _OFFSET, _NONE, 0
            while at < end and letters[at] != 32:
                if letters[at] & 0xC0 != 0x80:
                    if count == _STEM:
                        stem = value
                    count += 1
                value = (value ^ np.uint64(letters[at])) * _PRIME
                at += 1
            at += 1
            if count:
                hashes[n] = value
                stems[n] = value if count == _STEM else stem
                n += 1
    starts[len(ends) - 1] = n
    return n


def words_in_a_row(letters, ends, articles, looked_at, out):
    """Five words in a row of texts, as for `hashed_words`: the upper 40 bits of what their hashes give, above the article of the text.

    `looked_at`: whether words in a row are, by the last bits of these 40; its length is a power of two. Gives how many of `out` are filled.
    """
    n = 0
    last = np.uint64(len(looked_at) - 1)
    for k in range(len(ends) - 1):
        at, end, words = ends[k], ends[k + 1], 0
        first, second, third, fourth = _NONE, _NONE, _NONE, _NONE
        while at < end:
            value, begin = _OFFSET, at
            while at < end and letters[at] != 32:
                value = (value ^ np.uint64(letters[at])) * _PRIME
                at += 1
            if at > begin:
                words += 1
                if words >= _IN_A_ROW:
                    together = (((first * _TIMES + second) * _TIMES + third) * _TIMES + fourth) * _TIMES + value
                    number = together >> _OF_ARTICLE
                    if looked_at[number & last]:
                        out[n] = (number << _OF_ARTICLE) | np.uint64(articles[k])
                        n += 1
                first, second, third, fourth = second, third, fourth, value
            at += 1
    return n


def sums_of_lists(values, starts, weights, out):
    """What the numbers of each list are worth together."""
    for k in range(len(starts) - 1):
        total = 0.0
        for at in range(starts[k], starts[k + 1]):
            total += weights[values[at]]
        out[k] = total


def unpacked_sets(data, ends, values, starts):
    """The ascending numbers of sets that are held as steps from one to the next, each in bytes of seven bits, the lowest first.

    Set k is `data[ends[k]:ends[k + 1]]`. Fills `values` and `starts`; gives how many there are.
    """
    n = 0
    for k in range(len(ends) - 1):
        starts[k] = n
        number, step, bits = 0, 0, 0
        for at in range(ends[k], ends[k + 1]):
            byte = np.int64(data[at])
            step |= (byte & 127) << bits
            bits += 7
            if byte < 128:
                number += step
                values[n] = number
                n += 1
                step, bits = 0, 0
    starts[len(ends) - 1] = n
    return n


_IN_A_ROW = 5
_TIMES, _OF_ARTICLE = np.uint64(0x9E3779B97F4A7C15), np.uint64(24)
_OFFSET, _PRIME, _NONE = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3), np.uint64(0)
_STEM = 5  # letters


def words_in_common(beginnings, worths, starts, first, second, out):
    """For each pair of statements what the words are worth that stand in both, in any order, and the further words of the one that has less of them.

    Words of the same `beginnings` are one word, worth as much as the one of them that is worth most. Fills `out` [n, 2].
    """
    for k in range(len(first)):
        a, a_end, b, b_end = starts[first[k]], starts[first[k] + 1], starts[second[k]], starts[second[k] + 1]
        shared, one, other = 0.0, 0.0, 0.0
        for at in range(a, a_end):
            word = beginnings[at]
            before, held, worth = _counted(beginnings, worths, a, a_end, word, at)
            if before:
                continue
            _, there, most = _counted(beginnings, worths, b, b_end, word, b)
            worth = max(worth, most)
            shared += worth * min(held, there)
            one += worth * max(held - there, 0)
            other += worth * max(there - held, 0)
        for at in range(b, b_end):
            word = beginnings[at]
            before, held, worth = _counted(beginnings, worths, b, b_end, word, at)
            if not before and not _counted(beginnings, worths, a, a_end, word, a)[1]:
                other += worth * held
        out[k, 0], out[k, 1] = shared, min(one, other)


def _counted(beginnings, worths, first, end, word, place):
    """How often a word stands before a place, and in all, and what it is worth at most."""
    before, times, worth = 0, 0, 0.0
    for at in range(first, end):
        if beginnings[at] == word:
            times += 1
            before += at < place
            worth = max(worth, worths[at])
    return before, times, worth
