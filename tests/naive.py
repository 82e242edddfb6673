"""Slow and obvious twins of what is compiled, to hold results against. Speed does not belong here.

A function with the name and the arguments of a kernel gives what that kernel gives. Kernels that have a small form for little
text, such as `pipelines.duplicates.kernels.small`, are held against that one.
"""

from __future__ import annotations

import ctypes
import itertools
import re
from collections import Counter, defaultdict

import numpy as np

from pipelines.duplicates.folding import ALONE, DIGIT, LETTER, SEPARATOR, SKIPPED, character_tables

WORD = re.compile(r"[a-z0-9]+")

# Texts and their words.


def class_of(character: str) -> tuple[int, str]:
    """What a character is, and the letter that it counts as."""
    point, tables = ord(character), character_tables()
    if point < 0x10000:
        return int(tables.classes[point]), chr(tables.folded[point])
    if 0x1F000 <= point < 0x20000 or point >= 0xE0000:
        return SEPARATOR, character
    return ALONE if point >= 0x20000 else LETTER, character


def words_of(text: str) -> list[tuple[str, int, int]]:
    """Words as (folded letters, first character, last exclusive)."""
    words, letters, first, last = [], [], 0, 0
    for place, character in enumerate(text + " "):
        kind, letter = class_of(character)
        if kind == SKIPPED:
            continue
        if kind in (LETTER, DIGIT):
            first = first if letters else place
            letters.append(letter)
            last = place + 1
            continue
        if letters:
            words.append(("".join(letters), first, last))
            letters = []
        if kind == ALONE:
            words.append((letter, place, place + 1))
    return words


def letters_of(text: str) -> str:
    """The folded letters, a space where something else parts them."""
    classes = [class_of(character) for character in text]
    return "".join(letter if kind != SEPARATOR else " " for kind, letter in classes if kind != SKIPPED)


def shingles(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def longest_run(a: str, b: str) -> int:
    """The longest run of words that both texts have, by the quadratic table."""
    left, right = WORD.findall(a.lower()), WORD.findall(b.lower())
    best, row = 0, [0] * (len(right) + 1)
    for word in left:
        row = [0] + [row[j] + 1 if word == other else 0 for j, other in enumerate(right)]
        best = max(best, *row)
    return best


def levenshtein(a, b) -> int:
    """The distance of two runs of letters, by the quadratic table."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[:], i
        for j, y in enumerate(b, 1):
            row[j] = min(before[j - 1] + (x != y), before[j] + 1, row[j - 1] + 1)
    return row[-1]


def numbers_at(address, count) -> list[int]:
    return list((ctypes.c_uint32 * int(count)).from_address(int(address)))


def bytes_at(address, count) -> bytes:
    return ctypes.string_at(int(address), int(count))


# Kernels of `pipelines.duplicates.kernels`.


def edit_distance(a, a_size, b, b_size, scratch, places):
    return levenshtein(a[:a_size], b[:b_size])


def counted_order(values, size):
    order = sorted(range(len(values)), key=lambda i: (values[i], i))
    return np.array(order, np.int64), np.array([sum(value < i for value in values) for i in range(size + 1)], np.int64)


def link_buckets(order, same, base, entries, ranks, cap, buckets):
    caps = []
    for _, group in itertools.groupby(range(len(order)), key=lambda i: same[i]):
        places = [int(base) + i for i in group]
        if len(places) == 1:
            buckets.members[places[0]] = -1
            continue
        for place in places:
            entry = order[place - base]
            buckets.place_of[entry], buckets.members[place] = place, entries.texts[entry]
            if len(entries.neighbourhoods):
                buckets.neighbourhoods[place] = entries.neighbourhoods[entry]
        kept = min(places, key=lambda place: (ranks[buckets.members[place]], place))
        full = len(places) > cap
        buckets.ends[places] = -1 - kept if full else places[-1] + 1
        if full:
            caps.append((places[0], len(places)))
    return np.array(caps, np.int64).reshape(-1, 2)


def meetings(first, last, of_sketch, of_bands, lengths, min_share, short_sketch):
    times, sure, banded = Counter(), set(), set()
    for linked in (of_sketch, of_bands):
        starts, (place_of, members, neighbourhoods, ends), caps = linked
        bounds = [(place, place + size) for place, size in caps.tolist()]
        for text in range(first, last):
            for place in place_of[starts[text] : starts[text + 1]].tolist():
                if place < 0:
                    continue
                end = int(ends[place])
                others = range(place + 1, end)
                if end < 0:
                    kept = -1 - end
                    others = [kept] if place != kept else next(range(a, b) for a, b in bounds if a <= kept < b)
                for other in others:
                    later = int(members[other])
                    if later <= text:
                        continue
                    if linked is of_bands:
                        banded.add((text, later))
                        continue
                    times[text, later] += 1
                    if continues(int(neighbourhoods[place]), int(neighbourhoods[other])):
                        sure.add((text, later))
    enough = {
        (a, b)
        for (a, b), count in times.items()
        if (count >= min_share * min(lengths[a], lengths[b]) if count > 1 else min(lengths[a], lengths[b]) <= short_sketch)
    }
    pairs = sorted(enough | sure | banded)
    return np.array([a << 32 | b for a, b in pairs], np.uint64), np.array([pair in banded for pair in pairs], bool)


def continues(one: int, other: int) -> bool:
    """Is one of the halves, before or after, the same in both and not 0?"""
    return any(x == y != 0 for x, y in ((one >> 16, other >> 16), (one & 0xFFFF, other & 0xFFFF)))


def cohesion(words, text, first, last, out):
    for p in range(len(text)):
        hashes = numbers_at(words.addresses[text[p]], words.sizes[text[p]])
        a, b = int(first[p]), int(last[p])
        mine, spans = set(), defaultdict(set)
        for place, value in enumerate(hashes):
            if value & 3 != 2:
                continue
            if a <= place < b:
                mine.add(value)
            elif b > a:
                spans[value].add((place if place < a else place - (b - a)) // (b - a))
        rest = sum(map(len, spans.values()))
        out[p] = np.nan
        if b > a and len(mine) >= 3 and rest:
            shared = sum(value in spans for value in mine) / len(mine)
            usual = sum(len(where) for where in spans.values() if len(where) > 1) / rest
            out[p] = shared / max(0.05, usual)


def letter_similarity(lefts, rights, passages, characters, minimum, out):
    for p in range(len(out)):
        texts = [bytes_at(side.addresses[p], side.sizes[p]) for side in (lefts, rights)]
        spans = [
            span
            for i, span in enumerate(passages.spans.tolist())
            if passages.starts[p] <= i < passages.ends[p] and passages.in_order[i]
        ]
        same = sum(a1 - a0 for a0, a1, _, _ in spans)
        gaps = [((a[1], b[0]), (a[3], b[2])) for a, b in itertools.pairwise(spans)]
        longer = [max(a1 - a0, b1 - b0) for (a0, a1), (b0, b1) in gaps]
        shorter = [min(a1 - a0, b1 - b0) for (a0, a1), (b0, b1) in gaps]
        shorter = [0 if size >= 600 or 2 * less < size else less for size, less in zip(longer, shorter, strict=True)]
        changed, spare, agree = sum(longer), sum(shorter), 0
        if spare >= minimum * changed / 2:
            for gap, size, less in zip(gaps, longer, shorter, strict=True):
                if not less:
                    continue
                a, b = (" ".join(letters_of(text[i:j].decode()).split()) for text, (i, j) in zip(texts, gap, strict=True))
                changed -= size - max(len(a), len(b))
                agree += max(len(a), len(b)) - levenshtein(a, b)
                spare -= less
                if agree + spare < minimum * (changed - spare):
                    break
        if agree + spare < minimum * changed:
            out[p] = 0, 0
        elif same + changed:
            out[p] = (same + agree) / (same + changed), agree / changed if changed else 1
        else:
            out[p] = np.nan


def spread(copies, left, right, cap):
    def articles(text):
        found = copies.articles[copies.starts[text] : copies.starts[text + 1]].tolist()
        return found if len(found) <= cap else found[:1]

    links = [(a, b, p) for p in range(len(left)) for a, b in itertools.product(articles(left[p]), articles(right[p]))]
    return np.array([(min(a, b), max(a, b), p, a > b) for a, b, p in links], np.int64).reshape(-1, 4)


def equal_pairs(copies, cap):
    pairs = []
    for text, (first, last) in enumerate(itertools.pairwise(copies.starts.tolist())):
        articles = copies.articles[first:last].tolist()
        every = itertools.combinations(articles, 2)
        pairs += [(a, b, text) for a, b in every if len(articles) <= cap or a == articles[0]]
    return np.array(pairs, np.int64).reshape(-1, 3)


def common_shared(sketches, left, right, out):
    values, starts, common = sketches

    def entries(text):
        return range(starts[text], starts[text + 1])

    for p in range(len(left)):
        one, two = ({int(values[i]) for i in entries(text)} for text in (left[p], right[p]))
        known = {int(values[i]) for text in (left[p], right[p]) for i in entries(text) if common[i]}
        out[p] = len(one & two), len(one & two & known), len(one - known), len(two - known)


def join_canonicals(starts, others, weights, order):
    canonical = {}
    for node in order.tolist():
        edges = range(starts[node], starts[node + 1])
        joined = [
            (weights[e], -order.tolist().index(others[e]), int(others[e])) for e in edges if canonical.get(others[e]) == others[e]
        ]
        canonical[node] = max(joined)[2] if joined else node
    return np.array([canonical[node] for node in range(len(order))], np.int64)


def candidates(index, settings) -> tuple[dict[tuple[int, int], bool], int]:
    """Pairs worth a comparison, with whether a band has both, from dictionaries of buckets; and how many buckets are too full."""
    lengths = np.diff(index.starts)
    of_sketch, of_bands = defaultdict(list), defaultdict(list)
    for text, size in enumerate(lengths.tolist()):
        for entry in range(index.starts[text], index.starts[text] + size):
            of_sketch[int(index.sketch[entry])].append((text, int(index.neighbourhoods[entry])))
        bands, rows = settings.bands
        values = numbers_at(index.signatures.addresses[text], settings.num_perm) if size else []
        for band in range(bands if size else 0):
            of_bands[band, tuple(values[band * rows : band * rows + rows])].append((text, 0))
    times, sure, banded, capped = Counter(), set(), set(), 0
    for kind, buckets in (("sketch", of_sketch), ("band", of_bands)):
        for members in buckets.values():
            pairs = itertools.combinations(members, 2)
            if len(members) > settings.bucket_cap:
                capped += 1
                centre = min(range(len(members)), key=lambda i: (index.ranks[members[i][0]], i))
                pairs = ((members[centre], other) for i, other in enumerate(members) if i != centre)
            for (a, around_a), (b, around_b) in pairs:
                if a == b:
                    continue
                pair = (min(a, b), max(a, b))
                if kind == "band":
                    banded.add(pair)
                    continue
                times[pair] += 1
                if continues(around_a, around_b):
                    sure.add(pair)
    enough = set(sure)
    for (a, b), count in times.items():
        shorter = min(lengths[a], lengths[b])
        if count >= 0.04 * shorter if count > 1 else shorter <= 8:
            enough.add((a, b))
    return {pair: pair in banded for pair in enough | banded}, capped
