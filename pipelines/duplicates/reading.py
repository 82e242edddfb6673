"""What only the texts say of pairs, read for those whose verdict hangs on it: likeness of letters, facts, lists, quotations, beginnings."""

from __future__ import annotations

import numpy as np

from pipelines.duplicates.kernels.shapes import LocatedPassages
from pipelines.duplicates.kinds import (
    Context,
    hinging_on_beginnings,
    hinging_on_letters,
    hinging_on_passage,
    hinging_on_speech,
    hinging_on_wording,
)
from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.sketching import TextBuffers
from pipelines.duplicates.speech import statements
from pipelines.duplicates.verification import Aligned, Compared, letter_similarity
from pipelines.duplicates.wording import closings, listed, other_facts, unrelated


def read_what_verdicts_hang_on(
    texts: TextBuffers,
    rows: tuple[np.ndarray, np.ndarray],
    pairs: Compared,
    aligned: Aligned,
    context: Context,
    settings: DuplicateSettings,
    passages: LocatedPassages,
    threads: int,
) -> None:
    """Fills in all of `aligned` but `cohesion`, which has to be there. `rows`: the rows of the left and of the right texts among `texts`."""
    asked = hinging_on_letters(pairs, aligned, context, settings)
    aligned.letter_similarity = letter_similarity(texts, rows, asked, passages, threads)
    facts, noisy, lists = hinging_on_wording(pairs, aligned, context, settings)
    aligned.other_facts = other_facts(texts, rows, facts, noisy, passages)
    aligned.unrelated = unrelated(
        texts, rows, hinging_on_passage(pairs, aligned, context, settings), aligned.inserted_right, passages
    )
    aligned.listed = listed(texts, rows[0], lists, passages)
    aligned.statement = statements(texts, rows, hinging_on_speech(pairs, aligned, context, settings), passages)
    aligned.closing = closings(texts, rows, hinging_on_beginnings(pairs, aligned, context, settings), passages)
