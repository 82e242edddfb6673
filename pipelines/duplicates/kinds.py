"""What a verified pair is, by rules on what its texts share and on their dates and numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.duplicates.settings import DuplicateSettings
from pipelines.duplicates.verification import Aligned, Compared
from pipelines.vocabulary import DuplicateKind


@dataclass
class Context:
    """What the corpus says about each pair, beside its two texts."""

    days_apart: np.ndarray  # between the nearest printings; -1 where a date is missing
    common_share: np.ndarray  # of the shared shingles, those that a publisher prints on many days; 0 to 1
    own_containment: np.ndarray  # the larger containment without them


def judge(pairs: Compared, aligned: Aligned, context: Context, settings: DuplicateSettings) -> tuple[np.ndarray, np.ndarray]:
    """Kind and reason (object arrays of str) of each pair, the kind "" where nothing connects the two; equal texts are not judged here.

    The rules are tried in order, the first that holds names the pair.
    """
    words = pairs.run  # placeholder for shape only
    kinds = np.full(len(words), "", object)
    reasons = np.full(len(words), "", object)
    for kind, reason, holds in _rules(pairs, aligned, context, settings):
        here = holds & (kinds == "")
        kinds[here] = kind.value
        reasons[here] = reason
    return kinds, reasons


def _rules(
    pairs: Compared, aligned: Aligned, context: Context, settings: DuplicateSettings
) -> list[tuple[DuplicateKind, str, np.ndarray]]:
    most = np.maximum(pairs.containment_left, pairs.containment_right)
    least = np.minimum(pairs.containment_left, pairs.containment_right)
    own = np.where(context.common_share > 0, np.minimum(most, context.own_containment), most)
    promised = (pairs.jaccard >= settings.jaccard) | (most >= settings.containment) | (pairs.run >= settings.shared_run)
    noise = np.nan_to_num(aligned.likeness) >= settings.noisy_similarity
    cover = (aligned.between + aligned.run[:, None]).min(axis=1)
    del cover
    far = context.days_apart > 4
    block = aligned.run >= 0.5 * np.maximum(1, aligned.ordered)
    heads = aligned.heads.min(axis=1)
    fewest = aligned.numbers.min(axis=1)
    same_numbers = np.where(fewest >= 4, aligned.shared_numbers / np.maximum(1, fewest), 1.0)
    k = DuplicateKind
    return [
        (
            k.BOILERPLATE,
            "shares only what its publisher prints on many days",
            (context.common_share >= 0.5) & (own < 0.3) & (least < 0.9),
        ),
        (
            k.BOILERPLATE,
            "one block in stories with other beginnings, days apart",
            far & block & (heads >= 40) & (pairs.jaccard < 0.7),
        ),
        (k.TEMPLATE, "same form, days apart", far & (pairs.jaccard < 0.7)),
        (k.TEMPLATE, "same form, other numbers", ~block & (same_numbers < 0.5) & (pairs.jaccard < 0.9) & ~noise),
        (k.NEAR, "nearly all words in common", pairs.jaccard >= 0.7),
        (k.NEAR, "agrees character by character, with noise", noise & (least < 0.6)),
        (k.NEAR, "one stands whole in the other, which is little longer", (most >= 0.9) & (least >= 0.6)),
        (k.UPDATE, "most of the shorter text, in order", promised & (most >= 0.5) & ~(block & (most < 0.55))),
        (k.EXCERPT, "a passage in common", promised),
    ]
