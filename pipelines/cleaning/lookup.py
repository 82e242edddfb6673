"""The words that a pack asks for, as a table in which a kernel looks up every word of a text by its hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.cleaning.characters import codes_of, kernels

FUNCTION, READER, ROLE, FURNITURE, MONTH, KEYWORD = (1 << bit for bit in range(6))  # the lists that kernels count, and all keywords


class WordTable(NamedTuple):
    """A hash table with open addresses; `entries` are places in `lists` and `rules`, -1 where a slot is free."""

    keys: NDArray[np.uint64]
    entries: NDArray[np.int32]
    lists: NDArray[np.uint8]  # of each word, the bits above
    rules: NDArray[np.bool_]  # [word, rule]: the rules that the word is a keyword of
    most_words: NDArray[np.int64]  # of each rule, the words of the longest line that it is tried on


def word_table(lists: Mapping[int, Sequence[str]], keywords: Mapping[str, Sequence[int]], most_words: Sequence[int]) -> WordTable:
    """The table of word lists, by their bit, and of keywords with the places of their rules."""
    words = sorted({*keywords, *(word for known in lists.values() for word in known)})
    place = {word: number for number, word in enumerate(words)}
    of_lists = np.zeros(len(words), np.uint8)
    for bit, known in lists.items():
        of_lists[[place[word] for word in known]] |= np.uint8(bit)
    of_rules = np.zeros((len(words), len(most_words)), np.bool_)
    for word, rules in keywords.items():
        of_lists[place[word]] |= KEYWORD
        of_rules[place[word], list(rules)] = True
    size = 1 << (4 * len(words)).bit_length()
    keys, entries = np.zeros(size, np.uint64), np.full(size, -1, np.int32)
    codes = codes_of("".join(words))
    ends = np.cumsum([len(word) for word in words], dtype=np.int64)
    kernels().fill_table(codes, ends, keys, entries)
    return WordTable(keys, entries, of_lists, of_rules, np.array(most_words, np.int64))
