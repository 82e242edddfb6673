"""Words and pairs of words of articles, counted and weighed. What the numbers mean stands in `pipelines/stories/terms.py` and `likeness.py`.

Lists of many articles stand end to end; `bounds` say where those of each begin and end. A word is a number; which one, does not matter: what is
found comes in the order in which it first stands in the article.
"""

from __future__ import annotations

import numpy as np

_FACTORS = (0x9E3779B1, 0x85EBCA6B)  # the products of numbers of words fit into 63 bits
_LANGUAGES = 62  # bits of a word's languages


def count_words(title_bounds, title, text_bounds, text, first, title_weight, grammar, lead):  # type: ignore[no-untyped-def]
    """The distinct words of each title and of the `first` words of each text, and how often they stand there, in the title `title_weight` times.

    `grammar` are the languages in which each word is one of grammar, as bits: those of the language that has most words of title and
    `lead` are left out. Returns bounds, words and counts.
    """
    articles = len(title_bounds) - 1
    most = len(title) + len(text)
    bounds, words, counts = np.zeros(articles + 1, np.int64), np.empty(most, np.int32), np.empty(most, np.int32)
    place = np.full(len(grammar), -1, np.int64)  # of a word, among those found
    asked = np.full(len(grammar), -1, np.int64)  # the last article whose languages it was counted for
    of_language = np.zeros(_LANGUAGES, np.int64)
    found = 0
    for article in range(articles):
        begin = found
        of_language[:] = 0
        for part in range(2):
            source, part_begin = (title, title_bounds[article]) if part == 0 else (text, text_bounds[article])
            part_end = title_bounds[article + 1] if part == 0 else min(text_bounds[article + 1], part_begin + lead)
            for at in range(part_begin, part_end):
                word = source[at]
                bits = grammar[word]
                if bits and asked[word] != article:
                    asked[word] = article
                    for language in range(_LANGUAGES):
                        of_language[language] += bits >> language & 1
        own = np.int64(1) << np.argmax(of_language)
        for part in range(2):
            source, part_begin = (title, title_bounds[article]) if part == 0 else (text, text_bounds[article])
            part_end = title_bounds[article + 1] if part == 0 else min(text_bounds[article + 1], part_begin + first)
            weight = title_weight if part == 0 else 1
            for at in range(part_begin, part_end):
                word = source[at]
                if grammar[word] & own:
                    continue
                if place[word] < begin:
                    place[word] = found
                    words[found], counts[found] = word, 0
                    found += 1
                counts[place[word]] += weight
        bounds[article + 1] = found
    return bounds, words[:found].copy(), counts[:found].copy()


def spread(title_bounds, title, text_bounds, text, known):  # type: ignore[no-untyped-def]
    """In how many articles each of `known` words stands, in the title or the text."""
    articles, last = np.zeros(known, np.int64), np.full(known, -1, np.int64)
    for article in range(len(title_bounds) - 1):
        for word in title[title_bounds[article] : title_bounds[article + 1]]:
            articles[word] += last[word] != article
            last[word] = article
        for word in text[text_bounds[article] : text_bounds[article + 1]]:
            articles[word] += last[word] != article
            last[word] = article
    return articles


def number_pairs(bounds, words, first):  # type: ignore[no-untyped-def]
    """The pairs of neighbours among so many `first` words of each list as numbers, in the order in which they first stand there: bounds, numbers, and the
    two words of each number as one."""
    lists = len(bounds) - 1
    out_bounds = np.zeros(lists + 1, np.int64)
    for place in range(lists):
        out_bounds[place + 1] = out_bounds[place] + max(0, min(bounds[place + 1] - bounds[place], first[place]) - 1)
    total = out_bounds[lists]
    size = 16
    while size < 2 * total:
        size *= 2
    slots = np.full(size, -1, np.int32)
    keys, numbers = np.empty(total, np.int64), np.empty(total, np.int32)
    known, at = 0, 0
    for place in range(lists):
        for word in range(bounds[place], bounds[place] + out_bounds[place + 1] - out_bounds[place]):
            one, other = np.int64(words[word]), np.int64(words[word + 1])
            key = one << 32 | other
            slot = (one * _FACTORS[0] + other * _FACTORS[1] >> 15) & (size - 1)
            while slots[slot] >= 0 and keys[slots[slot]] != key:
                slot = (slot + 1) & (size - 1)
            if slots[slot] < 0:
                slots[slot] = known
                keys[known] = key
                known += 1
            numbers[at] = slots[slot]
            at += 1
    return out_bounds, numbers, keys[:known].copy()


def weigh(bounds, terms, counts, articles, of_count, of_rarity, telling, lone, kept):  # type: ignore[no-untyped-def]
    """The terms that tell something, the `kept` weightiest of each article, with weights that make each list as long as 1.

    `articles` says of each term in how many articles it stands; by that number are `of_rarity` and `telling`, by its count in the article
    `of_count`. A term of one article is left out, and adds the share `lone` to the length. Returns bounds, terms, weights.
    """
    rows = len(bounds) - 1
    out_bounds, out_terms, out_weights = (
        np.zeros(rows + 1, np.int64),
        np.empty(len(terms), np.int32),
        np.empty(len(terms), np.float32),
    )
    scratch = np.empty(len(terms), np.float32)
    at = 0
    for row in range(rows):
        begin, length = at, 0.0
        for place in range(bounds[row], bounds[row + 1]):
            held = articles[terms[place]]
            if not telling[held]:
                continue
            weight = np.float32(of_count[counts[place]] * of_rarity[held])
            length += (1.0 if held > 1 else lone) * np.float64(weight * weight)
            if held > 1:
                out_terms[at], out_weights[at] = terms[place], weight
                at += 1
        if at - begin > kept:
            scratch[: at - begin] = out_weights[begin:at]
            least = highest(scratch, at - begin, kept)
            equal, to = kept, begin  # of those with the least weight the first
            for place in range(begin, at):
                equal -= out_weights[place] > least
            for place in range(begin, at):
                if out_weights[place] > least or (out_weights[place] == least and equal > 0):
                    equal -= out_weights[place] == least
                    out_terms[to], out_weights[to] = out_terms[place], out_weights[place]
                    to += 1
            at = to
        scale = np.float32(1) / np.float32(np.sqrt(length)) if length > 0 else np.float32(1)
        for place in range(begin, at):
            out_weights[place] *= scale
        out_bounds[row + 1] = at
    return out_bounds, out_terms[:at].copy(), out_weights[:at].copy()


def highest(values, count, rank):  # type: ignore[no-untyped-def]
    """Of the first `count` values that at `rank`, the highest being at 1. Puts `values` in another order."""
    left, right, wanted = 0, count - 1, rank - 1
    while left < right:
        pivot = values[(left + right) >> 1]
        i, j = left, right
        while i <= j:
            while values[i] > pivot:
                i += 1
            while values[j] < pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if wanted <= j:
            right = j
        elif wanted >= i:
            left = i
        else:
            break
    return values[wanted]
