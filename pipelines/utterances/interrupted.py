"""The rest of a sentence that its attribution interrupts: “I trust the river,” she said, “but the river wants help.”

Each part is a statement. Another outlet may print the sentence in one piece, which is like one of the parts only; the other part is the same
utterance where both stand in that piece, one behind the other. Which statements are alike does not stand here: see `alignment`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipelines.utterances.statements import Spoken, Statement


def rests_of(spoken: Spoken, first: NDArray[np.int64], second: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Of pairs of statements that are one utterance the further ones: the part before or behind one of a pair, and the other of it."""
    numbers = np.unique(
        np.clip(np.concatenate([first - 1, first, first + 1, second - 1, second, second + 1]), 0, len(spoken.article) - 1)
    )
    known = dict(zip(numbers.tolist(), spoken.statements(numbers), strict=True))
    return [
        (further, other)
        for part, other in _both_ways(first.tolist(), second.tolist())
        for further in (part - 1, part + 1)
        if further in known and _goes_on(known, min(part, further), known[other].folded)
    ]


def _both_ways(first: Sequence[int], second: Sequence[int]) -> Iterator[tuple[int, int]]:
    for one, other in zip(first, second, strict=True):
        yield one, other
        yield other, one


def _goes_on(known: Mapping[int, Statement], part: int, whole: str) -> bool:
    """Whether a statement and the next are of two quotes in a row by one speaker, and stand in `whole` (folded words) one behind the other."""
    before, behind = known[part], known[part + 1]
    if before.article != behind.article or before.quote is None or behind.quote != before.quote + 1:
        return False
    return before.speaker == behind.speaker and f" {before.folded} {behind.folded} " in f" {whole} "
