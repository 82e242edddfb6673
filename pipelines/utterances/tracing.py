"""Which printed words are those that somebody looks up, and where two wordings differ, as marks in the text.

Where printed words are kept, and how they are shown, does not stand here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pipelines.folding import folded
from pipelines.utterances.corroboration import in_common
from pipelines.utterances.wording import difference_of

_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ][^\W_]+)*")
MIN_SHARE = 0.6  # of the words of the shorter text that stand in the other, in order, and of what they are worth: "the" is nobody's
IN_ANY_ORDER = 0.8  # what words count that stand there in another order
MIN_WORDS = 4  # that two texts share, or all that are looked up


class Part(NamedTuple):
    """A piece of a text, and whether its words stand in the other text too."""

    text: str
    differs: bool


def printed_in(words: str, texts: Iterable[str]) -> list[tuple[float, int]]:
    """The texts that print the words, or a part of them, or hold them: how much of the shorter stands in the other, and place; best first.

    >>> printed_in("the dam will hold until spring", ["The dam will hold.", "Nobody said anything.", "“The dam will hold until spring,”"])
    [(1.0, 2), (1.0, 0)]
    """
    wanted = folded(words).split()
    held = frozenset(wanted)
    found = []
    for place, text in enumerate(texts):
        there = folded(text).split()
        least = min(len(there), len(wanted))
        common = sum(word in held for word in there)
        if common < min(MIN_WORDS, len(wanted)) or common < MIN_SHARE * least:
            continue
        looked_up, printed = " ".join(wanted), " ".join(there)
        shared, differing = in_common(looked_up, printed)
        if shared < MIN_SHARE * (shared + differing):
            continue
        share = max(difference_of(looked_up, printed).share, IN_ANY_ORDER * min(1.0, common / least))
        if share >= MIN_SHARE:
            found.append((round(share, 3), least, place))
    return [(share, place) for share, _, place in sorted(found, key=lambda row: (-row[0], -row[1], row[2]))]


def marked(text: str, other: str) -> list[Part]:
    """A text in pieces: the words that do not stand in the other one, in its order, and all else.

    >>> [part for part in marked("It will hold, I think.", "It will not hold.") if part.differs]
    [Part(text='I think', differs=True)]
    """
    if text == other:
        return [Part(text, False)] if text else []
    spans = [match.span() for match in _WORD.finditer(text)]
    same = _same([_folded_word(text[a:b]) for a, b in spans], folded(other).split())
    parts: list[Part] = []
    at = 0
    for k, (start, _end) in enumerate(spans):
        if k and not same[k] and not same[k - 1]:
            continue
        if not same[k]:
            last = next((j for j in range(k, len(spans)) if same[j]), len(spans)) - 1
            parts += [Part(text[at:start], False), Part(text[start : spans[last][1]], True)]
            at = spans[last][1]
    return [part for part in [*parts, Part(text[at:], False)] if part.text]


_folded_word = functools.lru_cache(1 << 16)(folded)


def _same(words: Sequence[str], other: Sequence[str]) -> list[bool]:
    same = [False] * len(words)
    for block in SequenceMatcher(None, words, other, autojunk=False).get_matching_blocks():
        same[block.a : block.a + block.size] = [True] * block.size
    return same
