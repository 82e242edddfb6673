"""Words and pairs of words of articles, counted and weighed. What the numbers mean stands in `pipelines/stories/terms.py` and `likeness.py`.

Lists of many articles stand end to end; `bounds` say where those of each begin and end. A word is a number; which one, does not matter: what is
found comes in the order in which it first stands in the article.
"""

from __future__ import annotations

import numpy as np

_FACTORS = (0x9E3779B1, 0x85EBCA6B)  # the products of numbers of words fit into 63 bits
_LANGUAGES = 62  # bits of a word's languages


def own_languages(places, title_bounds, title, text_bounds, text, grammar, lead):  # type: ignore[no-untyped-def]
    """For the articles at `places` the language that has most words of title and `lead`, as a bit: `grammar` are the languages in which each word is one
    of grammar, as bits."""
    own = np.empty(len(places), np.int64)
    asked = np.full(len(grammar), -1, np.int32)  # the last article whose languages it was counted for
    held = np.zeros(_LANGUAGES, np.int64)
    for row in range(len(places)):
        article = places[row]
        held[:] = 0
        for part in range(2):
            source, begin = (title, title_bounds[article]) if part == 0 else (text, text_bounds[article])
            end = title_bounds[article + 1] if part == 0 else min(text_bounds[article + 1], begin + lead)
            for at in range(begin, end):
                bits = grammar[source[at]]
                if bits and asked[source[at]] != row:
                    asked[source[at]] = row
                    language = 0
                    while bits:
                        held[language] += bits & 1
                        bits >>= 1
                        language += 1
        own[row] = np.int64(1) << np.argmax(held)
    return own


def count_words(places, title_bounds, title, text_bounds, text, first, title_weight, grammar, own):  # type: ignore[no-untyped-def]
    """Of each article at `places` the distinct words of its title and of the `first` words of its text, and how often they stand there, in the title
    `title_weight` times; without the words of grammar of its `own` language. Returns bounds, words and counts."""
    most = 0
    for article in places:
        most += title_bounds[article + 1] - title_bounds[article] + min(first, text_bounds[article + 1] - text_bounds[article])
    bounds, words, counts = np.zeros(len(places) + 1, np.int64), np.empty(most, np.int32), np.empty(most, np.int32)
    place = np.full(len(grammar), -1, np.int32)  # of a word, among those found
    found = 0
    for row in range(len(places)):
        article, begin = places[row], found
        for part in range(2):
            source, part_begin = (title, title_bounds[article]) if part == 0 else (text, text_bounds[article])
            part_end = title_bounds[article + 1] if part == 0 else min(text_bounds[article + 1], part_begin + first)
            weight = title_weight if part == 0 else 1
            for at in range(part_begin, part_end):
                word = source[at]
                if grammar[word] & own[row]:
                    continue
                if place[word] < begin:
                    place[word] = found
                    words[found], counts[found] = word, 0
                    found += 1
                counts[place[word]] += weight
        bounds[row + 1] = found
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


def beginnings(bounds, values, first):  # type: ignore[no-untyped-def]
    """The `first` values of each list: where those begin and end, and the values."""
    found_bounds = np.zeros(len(bounds), np.int64)
    for row in range(len(bounds) - 1):
        found_bounds[row + 1] = found_bounds[row] + min(first, bounds[row + 1] - bounds[row])
    found = np.empty(found_bounds[-1], np.int32)
    for row in range(len(bounds) - 1):
        for place in range(found_bounds[row + 1] - found_bounds[row]):
            found[found_bounds[row] + place] = values[bounds[row] + place]
    return found_bounds, found


def number_pairs(places, title_bounds, title, text_bounds, text, first, part, bits, numbers):  # type: ignore[no-untyped-def]
    """The pairs of neighbours in the title and among the `first` words of the text of each article at `places` as `numbers`, which are filled in: of one
    `part` of all pairs, of which there are 2 ** `bits`, and which the last bits of a number say. So threads can share the work, and no table has to hold
    all pairs.

    Returns for each number, in the order of this part, in how many articles the pair stands.
    """
    room, known, at_pair, last_bits = 1024, 0, 0, (1 << bits) - 1
    while 4 * room << bits < 2 * len(numbers):
        room *= 2
    slots = np.full(room, -1, np.int32)
    held = np.empty(
        (room // 2 + 1, 2), np.int64
    )  # of each number the pair; the last article that has it, and how many do: side by side, for the processor
    for row in range(len(places)):
        article = places[row]
        for source_of in range(2):
            source, begin = (title, title_bounds[article]) if source_of == 0 else (text, text_bounds[article])
            end = title_bounds[article + 1] if source_of == 0 else min(text_bounds[article + 1], begin + first)
            for at in range(begin, end - 1):
                one, other = np.int64(source[at]), np.int64(source[at + 1])
                at_pair += 1
                key, mixed = one << 32 | other, one * _FACTORS[0] + other * _FACTORS[1] >> 15
                if mixed & last_bits != part:
                    continue
                slot = mixed >> bits & (room - 1)
                while slots[slot] >= 0 and held[slots[slot], 0] != key:
                    slot = (slot + 1) & (room - 1)
                if slots[slot] < 0:
                    slots[slot] = known
                    held[known, 0], held[known, 1] = key, -1 << 32
                    known += 1
                number = slots[slot]
                numbers[at_pair - 1] = number << bits | part
                if held[number, 1] >> 32 != row:
                    held[number, 1] = row << 32 | (held[number, 1] & 0xFFFFFFFF) + 1
                if 2 * known > room:
                    room *= 2
                    slots, more = np.full(room, -1, np.int32), np.empty((room // 2 + 1, 2), np.int64)
                    more[:known], held = held[:known], more
                    for place in range(known):
                        mixed = (held[place, 0] >> 32) * _FACTORS[0] + (held[place, 0] & 0xFFFFFFFF) * _FACTORS[1] >> 15
                        slot = mixed >> bits & (room - 1)
                        while slots[slot] >= 0:
                            slot = (slot + 1) & (room - 1)
                        slots[slot] = place
    return (held[:known, 1] & 0xFFFFFFFF).astype(np.int32)


def count_pairs(numbers, bounds, in_titles, title_weight, held):  # type: ignore[no-untyped-def]
    """The distinct pairs of each article from the numbers of its pairs in order, those of its title first, and how often they stand there, in the title
    `title_weight` times. `held` says of each number in how many articles it stands.

    Returns bounds, numbers and counts of those that other articles have too, or of an unusual count; and for each article of how many others the count is
    1, and of how many `title_weight`.
    """
    articles = len(bounds) - 1
    found_bounds, once = np.zeros(articles + 1, np.int64), np.zeros((articles, 2), np.int32)
    found, counts = np.empty(bounds[-1] - bounds[0], np.int32), np.empty(bounds[-1] - bounds[0], np.int32)
    place = np.full(len(held), -1, np.int32)  # of a number, among those found
    known = 0
    for article in range(articles):
        begin, title_end, end = known, bounds[article] + in_titles[article], known
        for at in range(bounds[article], bounds[article + 1]):
            number, weight = numbers[at], title_weight if at < title_end else 1
            if place[number] < begin:
                place[number] = end
                found[end], counts[end] = number, 0
                end += 1
            counts[place[number]] += weight
        for at in range(begin, end):
            number, count = found[at], counts[at]
            place[number] = -1
            if held[number] == 1 and (count == 1 or count == title_weight):
                once[article, np.int64(count != 1)] += 1
            else:
                found[known], counts[known] = number, count
                known += 1
        found_bounds[article + 1] = known
    return found_bounds, found[:known].copy(), counts[:known].copy(), once


def weigh(bounds, terms, counts, once, weight_of_title, articles, of_count, of_rarity, telling, lone, kept):  # type: ignore[no-untyped-def]
    """The terms that tell something, the `kept` weightiest of each article, with weights that make each list as long as 1.

    `articles` says of each term in how many articles it stands; by that number are `of_rarity` and `telling`, by its count in the article
    `of_count`. A term of one article is left out, and adds the share `lone` to the length; of more such terms, which are not among `terms`, `once` says how
    many each article has of the count 1, and of that of `weight_of_title`. Returns bounds, terms, weights.
    """
    rows = len(bounds) - 1
    out_bounds, out_terms, out_weights = (
        np.zeros(rows + 1, np.int64),
        np.empty(len(terms), np.int32),
        np.empty(len(terms), np.float32),
    )
    scratch, alone = np.empty(len(terms), np.float32), np.zeros(len(of_count), np.int64)
    at = 0
    for row in range(rows):
        begin, length = at, 0.0
        alone[:] = 0
        alone[1] = once[row, 0]
        alone[weight_of_title] += once[row, 1]
        for place in range(bounds[row], bounds[row + 1]):
            held = articles[terms[place]]
            if held == 1:
                alone[counts[place]] += 1
            elif telling[held]:
                weight = np.float32(of_count[counts[place]] * of_rarity[held])
                length += np.float64(weight * weight)
                out_terms[at], out_weights[at] = terms[place], weight
                at += 1
        if telling[1]:
            for count in range(1, len(alone)):  # in this order, so that it does not matter which of them `once` has
                weight = np.float32(of_count[count] * of_rarity[1])
                length += alone[count] * lone * np.float64(weight * weight)
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
