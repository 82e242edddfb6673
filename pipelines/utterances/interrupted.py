"""The rest of a sentence that its attribution interrupts: “I trust the river,” she said, “but the river wants help.”

Each part is a statement. Another outlet may print the sentence in one piece, which is like one of the parts only; the other part is the same
utterance where both stand in that piece, one behind the other. Which statements are alike does not stand here: see `alignment`.
"""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.utterances.statements import Spoken


def rests_of(spoken: Spoken, first: NDArray[np.int64], second: NDArray[np.int64]) -> list[tuple[int, int]]:
    """The further pairs that follow from pairs of one utterance: the part before or after one statement of a pair, with the other statement of that pair."""
    parts, others = np.tile(np.stack([np.concatenate(sides) for sides in ((first, second), (second, first))]), 2)
    further = parts + np.repeat([-1, 1], len(parts) // 2)
    on = np.append(_goes_on(spoken), False)  # the last has none behind it; the place -1 is that one too
    asked = np.flatnonzero(on[np.minimum(parts, further)])
    numbers, places = np.unique(
        np.concatenate([np.minimum(parts, further)[asked], np.maximum(parts, further)[asked], others[asked]]), return_inverse=True
    )
    words = spoken.table["words"].take(numbers).to_pylist()
    return [
        (int(further[k]), int(others[k]))
        for k, (before, behind, other) in zip(asked.tolist(), places.reshape(3, -1).T.tolist(), strict=True)
        if f" {words[before]} {words[behind]} " in f" {words[other]} "
    ]


def _goes_on(spoken: Spoken) -> NDArray[np.bool_]:
    """Of each statement but the last whether the next is of the next quote, by the same speaker."""
    quote = spoken.table["quote_index"].fill_null(-2).to_numpy()
    speaker = pc.dictionary_encode(spoken.table["speaker_name"].combine_chunks()).indices.fill_null(-1).to_numpy()
    same = [column[1:] == column[:-1] for column in (spoken.article, speaker)]
    return np.asarray(same[0] & same[1] & (quote[:-1] >= 0) & (quote[1:] == quote[:-1] + 1))
