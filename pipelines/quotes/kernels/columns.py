"""What the columns of the tables are that kernels read and write, and what a learned feature is."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np


class Columns(NamedTuple):
    """A batch of paragraphs as one row of tokens: `flags[k]` says what token k is, 0 stands between paragraphs.

    `firsts`, `stops`: of each sentence the first token and the one behind the last. Rows of sentence s lie between `bounds[s]` and
    `bounds[s + 1]`, in `cues` (columns `Cue`) and `mentions` (columns `Mention`). In the plain form `flags`, `firsts` and `stops` are lists.
    """

    flags: Any
    firsts: Any
    stops: Any
    cues: Any
    cue_bounds: Any
    mentions: Any
    mention_bounds: Any


class Mention(IntEnum):
    """Columns of mentions. `GROUP_LAST`: the last token including what hangs on the mention. `KIND`: NAME, PRON or NOUN of `flags`."""

    FIRST = 0
    LAST = 1
    KIND = 2
    ATTACHED = 3  # 1 where it hangs on the mention before by a preposition, so that it is hardly a subject
    GROUP_LAST = 4


class Cue(IntEnum):
    """Columns of cues. `FOLLOWS`: 1 where its speaker comes after it ("according to X"); `STRONG`: 1 where hardly anything else follows it."""

    FIRST = 0
    LAST = 1
    FOLLOWS = 2
    STRONG = 3


class Feature(IntEnum):
    """A feature of the learned parts: its place in a row, the largest value that it has there (what is over it counts as that), what it says.

    The trees of a model were trained on features of these names in this order.
    """

    cap: int
    says: str

    def __new__(cls, cap: int, says: str) -> Feature:
        place = len(cls.__members__)
        feature = int.__new__(cls, place)
        feature._value_ = place
        feature.cap, feature.says = cap, says
        return feature


class Inside(Feature):
    """What stands between the marks of a segment."""

    FIRST = 63, "code of the first token"
    LAST = 63, "code of the last token"
    LAST_WORD = 63, "code of the last word"
    AUXILIARIES = 5, "how many there are"
    PRONOUNS = 5, "how many that may speak"
    BOUNDARIES = 6, "how many words at which a mention ends"
    WORDS = 20, "how many there are"
    ALL_CAPITALS = 1, "whether all words may be those of a title"
    POSSESSIVE_BEFORE = 1, "whether a possessive stands before it"
    PARAGRAPH = 20, "which paragraph of the text it is in"


def put_row(rows: Any, n: int, row: Any, caps: Any) -> None:
    """Puts a row of features among `rows`, no value over its cap."""
    rows[n] = np.minimum(row, caps).astype(np.uint8)


def names(features: type[Feature]) -> list[str]:
    """The names of features as models have them.

    >>> names(Inside)[:3]
    ['first', 'last', 'last_word']
    """
    return [feature.name.lower() for feature in features]


def caps(features: type[Feature]) -> tuple[int, ...]:
    """The largest values of the features, in order.

    >>> caps(Inside)[:4]
    (63, 63, 63, 5)
    """
    return tuple(feature.cap for feature in features)
