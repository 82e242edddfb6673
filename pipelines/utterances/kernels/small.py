# mypy: disallow-untyped-defs=False
"""What the kernels do, for little text, without compiling: the same names, arguments and results."""

from __future__ import annotations

import numpy as np

from pipelines.utterances.rarity import STEM, gram_buckets, word_hash


def hashed_words(letters, ends, hashes, stems, starts):
    n, data = 0, bytes(letters)
    for k in range(len(ends) - 1):
        starts[k] = n
        for word in data[ends[k] : ends[k + 1]].decode("utf-8", "surrogatepass").split():
            hashes[n] = word_hash(word)
            stems[n] = word_hash(word[:STEM]) if len(word) >= STEM else 0
            n += 1
    starts[len(ends) - 1] = n
    return n


def words_in_a_row(letters, ends, articles, looked_at, out):
    n, data = 0, bytes(letters)
    for k in range(len(ends) - 1):
        words = [word_hash(word) for word in data[ends[k] : ends[k + 1]].decode("utf-8", "surrogatepass").split()]
        for first in range(len(words) - 4):
            together = 0
            for word in words[first : first + 5]:
                together = together * 0x9E3779B97F4A7C15 + word
            number = (together & 0xFFFFFFFFFFFFFFFF) >> 24
            if looked_at[number & (len(looked_at) - 1)]:
                out[n] = number << 24 | int(articles[k])
                n += 1
    return n


def grams_of_letters(letters, ends, multipliers, times, seen, values, starts):
    n = 0
    for k in range(len(ends) - 1):
        starts[k] = n
        buckets = gram_buckets(np.pad(letters[ends[k] : ends[k + 1]], 1, constant_values=32))
        found = buckets[np.sort(np.unique(buckets, return_index=True)[1])]
        values[n : n + len(found)] = found
        n += len(found)
    starts[len(ends) - 1] = n
    return n
