# mypy: disallow-untyped-defs=False
"""What the kernels do, for little text, without compiling: the same names, arguments and results."""

from __future__ import annotations

from pipelines.utterances.rarity import STEM, word_hash


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
