"""How rare four letters in a row and single words are in news text, so that a pair is judged by itself and not by the corpus it is in.

The table `seeds/counts/rarity.txt` is counted by `make train` over English news; what it does not hold is rare.
"""

from __future__ import annotations

import functools
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 16
STEP = 0.2  # of a weight, for each step of a letter in the table
STEM = 5  # letters: words of one beginning are forms of one word
_FIRST = ord("0")
_LINE = 128  # buckets
MULTIPLIERS = np.array([31, 1009, 32749, 1048573], np.uint64)  # of the letters of a four-gram
TIMES = np.array([1_000_003, 0x9E3779B97F4A7C15], np.uint64)  # base of a four-gram, and what spreads the sum


class Rarity(NamedTuple):
    """Weights by bucket: the logarithm of how few sentences hold a four-gram, or articles a word."""

    grams: NDArray[np.float32]
    words: NDArray[np.float32]


@functools.cache
def rarity() -> Rarity:
    text = (resources.files("seeds") / "counts/rarity.txt").read_text(encoding="ascii")
    parts: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if len(line) == _LINE:
            parts[name].append(line)
        elif not line.startswith("#"):
            name = line.strip("[]")
            parts[name] = []
    codes = (np.frombuffer("".join(parts[name]).encode(), np.uint8) for name in Rarity._fields)
    return Rarity(*((code.astype(np.float32) - _FIRST) * np.float32(STEP) for code in codes))


def written(weights: NDArray[np.float64]) -> str:
    """A table as text."""
    codes = (np.clip(np.rint(weights / STEP), 0, 78).astype(np.uint8) + _FIRST).tobytes().decode("ascii")
    return "\n".join(codes[at : at + _LINE] for at in range(0, len(codes), _LINE))


def gram_buckets(codes: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The bucket of the four code points that begin at each place but the last three."""
    total = np.zeros(max(len(codes) - 3, 0), np.uint64)
    for offset, multiplier in enumerate(MULTIPLIERS):
        total = total * TIMES[0] + codes[offset : offset + len(total)].astype(np.uint64) * multiplier
    return ((total * TIMES[1]) >> np.uint64(48)).astype(np.int64)


@functools.lru_cache(1 << 18)
def word_hash(word: str) -> int:
    """64 bits of a word, the same on every machine."""
    value = 0xCBF29CE484222325
    for byte in word.encode("utf-8", "surrogatepass"):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def steps_of(hashes: NDArray[np.uint64]) -> NDArray[np.float64]:
    """How rare words are, in whole steps of the table: sums of their squares are exact, in whatever order they are added up."""
    return np.rint(rarity().words[word_buckets(hashes)] / STEP).astype(np.float64)


def word_buckets(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The buckets of words, by their hashes."""
    return ((hashes * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(48)).astype(np.int64)
