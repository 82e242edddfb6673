"""What kernels take and give: families of arrays that go together, and the columns of their tables by name."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np


class Characters(NamedTuple):
    """What each character is; see `folding`."""

    classes: np.ndarray  # uint8, of every character up to U+FFFF
    folded: np.ndarray  # uint16, its letter in lower case
    ascii: np.ndarray  # uint8, 128 long: the folded letter of a byte that belongs to words, else 0


class Places(NamedTuple):
    """Lists of numbers where they lie in memory: bytes of texts, or uint32 hashes of words. Whoever made this keeps them there."""

    addresses: np.ndarray  # int64
    sizes: np.ndarray  # int64, in numbers


class SketchRule(NamedTuple):
    """What is remembered of a text; the fields are explained at `DuplicateSettings`."""

    width: int  # words of a shingle
    factors: np.ndarray  # uint32, a row of permutations each
    terms: np.ndarray
    limit: np.uint64  # a shingle with a hash below it is in the sketch
    minimum: int  # entries of a sketch
    window: int  # of so many shingles in a row one is in the sketch


class SketchRows(NamedTuple):
    """Where the sketches of a run of texts are written to: a row for each text, or all texts end to end."""

    signatures: np.ndarray  # uint32 [text, permutation], all bits set before
    facts: np.ndarray  # int64 [text, SketchFact]
    text_hashes: np.ndarray  # uint64 [text, 2]
    words: np.ndarray  # uint32, end to end: low halves of the hashes of all words
    sketch: np.ndarray  # uint64, end to end
    neighbourhoods: (
        np.ndarray
    )  # uint32, for each of `sketch`: 16 bits each of the shingles half a window before and after, 0 for none


class SketchFact(IntEnum):
    WORDS = 0
    DISTINCT = 1  # shingles
    SKETCH = 2  # entries


class WordSpans(NamedTuple):
    """Runs of words to find in texts: those of text i are `order[starts[i]:ends[i]]`, and run j is words `first[j]` to `last[j]`
    (exclusive)."""

    starts: np.ndarray
    ends: np.ndarray
    order: np.ndarray
    first: np.ndarray
    last: np.ndarray


class Span(IntEnum):
    """Where a run of words stands, counted from the text's start."""

    FIRST_BYTE = 0
    LAST_BYTE = 1  # exclusive
    FIRST_CHARACTER = 2
    LAST_CHARACTER = 3  # exclusive


class Limits(NamedTuple):
    """A pair of texts that reaches one of them passes."""

    jaccard: float
    containment: float
    run: int  # shared shingles in a row


class Shared(IntEnum):
    """What two texts share, in shingles."""

    DISTINCT = 0
    LONGEST_RUN = 1
    FIRST_LEFT = 2  # place of a shared one in the left text
    LAST_LEFT = 3
    FIRST_RIGHT = 4
    LAST_RIGHT = 5
    PLACES_RIGHT = 6  # that are shared
    STEADY = 7  # of these, before how many the text went on at the same pace in both


class Run(IntEnum):
    """A run that two texts share, in shingles or in words."""

    LEFT = 0  # where it begins
    RIGHT = 1
    LENGTH = 2


class Fact(IntEnum):
    """What two texts have in common when they are put side by side, in words unless it says otherwise."""

    ORDERED = 0  # in shared runs that are in the same order in both
    EQUAL = 1  # the same, with equal words between these runs
    HEAD_LEFT = 2  # before the first of these runs
    HEAD_RIGHT = 3
    TAIL_LEFT = 4  # after the last
    TAIL_RIGHT = 5
    RUN = 6  # the longest run
    BETWEEN_LEFT = 7  # between these runs
    BETWEEN_RIGHT = 8
    INSERT = 9  # the most words that one text has more than the other between two runs
    INSERTED_RIGHT = 10  # 1 where the right text has them
    INSERT_FIRST = 11  # where they are
    INSERT_LAST = 12  # exclusive
    REPLACED_NUMBERS = 13  # that stand in place of others between two runs
    KEPT_NUMBERS = 14  # in the runs
    PAIR = 15  # which pair it is
    SHARED = 16  # different shingles in both
    SHARED_RUN = 17  # shingles of the longest run
    NOISY = 18  # 1 where it may be a copy with recognition noise


class Passage(IntEnum):
    """Words that two texts share."""

    PAIR = 0
    LEFT = 1
    LEFT_END = 2  # exclusive
    RIGHT = 3
    RIGHT_END = 4
    IN_ORDER = 5  # 1 where it is one of the runs that are in the same order in both


class LocatedPassages(NamedTuple):
    """Passages with the bytes where they stand; those of pair i are rows `starts[i]` to `ends[i]`."""

    starts: np.ndarray
    ends: np.ndarray
    in_order: np.ndarray  # bool
    spans: np.ndarray  # int32 [passage, 4]: first and last byte (exclusive) on the left, the same on the right


class Copies(NamedTuple):
    """The articles of each different text: those of text i are `articles[starts[i]:starts[i + 1]]`, by id."""

    starts: np.ndarray
    articles: np.ndarray


class Link(IntEnum):
    """A pair of articles behind a pair of texts."""

    A = 0
    B = 1
    PAIR = 2
    SWAPPED = 3  # 1 where a is a copy of the right text


class Common(IntEnum):
    """Of the different sketch entries of two texts."""

    SHARED = 0
    SHARED_COMMON = 1  # shared ones that are common
    OWN_LEFT = 2  # not common ones of the left text
    OWN_RIGHT = 3


class SketchLists(NamedTuple):
    """Sketches end to end; those of text i are from `starts[i]` to `starts[i + 1]`."""

    values: np.ndarray  # uint64, ascending within a text
    starts: np.ndarray
    common: np.ndarray  # bool, for each value


class Entries(NamedTuple):
    """Texts by a key, such as an entry of their sketches; one row each."""

    texts: np.ndarray  # int32
    neighbourhoods: np.ndarray  # uint32; may be empty


class Buckets(NamedTuple):
    """Entries with equal keys stand in one bucket. Each entry that is not alone has a place there.

    Where a bucket is too full, all of its members are linked to one of them only: then `ends` is -1 - the place of that one.
    """

    place_of: np.ndarray  # int32, of each entry, -1 where it is alone
    members: np.ndarray  # int32, of each place: the text
    neighbourhoods: np.ndarray  # uint32, of each place; may be empty
    ends: np.ndarray  # int32, of each place: where its bucket ends


class LinkedTexts(NamedTuple):
    """Buckets with the entries of each text: those of text i are from `starts[i]` to `starts[i + 1]`."""

    starts: np.ndarray
    buckets: Buckets
    caps: np.ndarray  # int64 [bucket, Cap]: the buckets that are too full, ascending


class Cap(IntEnum):
    PLACE = 0  # the first of the bucket
    MEMBERS = 1
