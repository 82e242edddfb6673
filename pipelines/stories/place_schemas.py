"""What stories hand from place to place when no place holds all articles: the schema of each step. What a step makes of it stands in `places`."""

from __future__ import annotations

import pyarrow as pa

from pipelines.schemas import STORY_TOKENS
from pipelines.stories.texts import TEXT_WORDS

_NUMBERS, _WEIGHTS = pa.list_(pa.int64()), pa.list_(pa.float32())
_NUMBER = pa.field("number", pa.int64(), False)  # of a text, ascending with the ids of their first articles

KEYS = pa.schema(
    [
        pa.field("part", pa.int32(), False),  # all rows of a key have one
        pa.field("kind", pa.int32(), False),
        pa.field("one", pa.uint64(), False),
        pa.field("other", pa.uint64(), False),  # the second word of a pair, else 0
        pa.field("block", pa.int64(), False),  # 0 where the kind is ANYWHERE
        pa.field("articles", pa.int64(), False),  # of the block, that have the key
    ]
)

# A term of a block that more than one article of the corpus has, with a number of its own.
HELD = pa.schema(
    [
        *(KEYS.field(name) for name in ("block", "kind", "one", "other")),
        pa.field("term", pa.int64(), False),
        pa.field("articles", pa.int64(), False),  # in all
    ]
)

SPREAD = pa.schema([pa.field("hash", pa.uint64(), False), pa.field("articles", pa.int64(), False)])

# What a block is given: its articles, and its terms. What does not belong to a row is null.
BLOCK = pa.schema(
    [
        pa.field("block", pa.int64(), False),
        *(field.with_nullable(True) for field in TEXT_WORDS if field.name != "block"),
        *(field.with_nullable(True) for field in HELD if field.name != "block"),
    ]
)

_FACTS = [pa.field(name, kind, False) for name, kind in (("numbers", _NUMBERS), ("weights", _WEIGHTS))]
_HELD_BY = [pa.field(name, _NUMBERS, False) for name in ("figures", "names", "paired")]
_SIZES = [pa.field(f"{field.name}_size", pa.int64(), False) for field in _HELD_BY]
_DESCRIBED = [pa.field("day", pa.int64()), STORY_TOKENS.field("days"), *_FACTS, *_HELD_BY, *_SIZES]
CARDS = pa.schema([pa.field("block", pa.int64(), False), _NUMBER, *_DESCRIBED])

# The terms of an article; those of each description one after the other, so many as `sizes` says.
VECTORS = pa.schema(
    [
        pa.field("block", pa.int64(), False),
        _NUMBER,
        *(pa.field(name, kind, False) for name, kind in (("terms", _NUMBERS), ("weights", _WEIGHTS), ("sizes", _NUMBERS))),
    ]
)

# The articles of a block that a term says something of.
POSTINGS = pa.schema(
    [
        pa.field("term", pa.int64(), False),
        pa.field("block", pa.int64(), False),
        pa.field("articles", _NUMBERS, False),
        pa.field("weights", _WEIGHTS, False),
    ]
)

# What a block is given: its articles with terms, and terms with the articles of other blocks.
SEARCHED = pa.schema(
    [
        pa.field("block", pa.int64(), False),
        pa.field("number", pa.int64()),
        pa.field("term", pa.int64()),
        pa.field("members", _NUMBERS, False),
        pa.field("weights", _WEIGHTS, False),
    ]
)

_NEAR = [pa.field(name, kind, False) for name, kind in (("near", _NUMBERS), ("likenesses", _WEIGHTS), ("scales", _WEIGHTS))]
NEAR = pa.schema([_NUMBER, *_NEAR])
_ENDS = [pa.field("a", pa.int64(), False), pa.field("b", pa.int64(), False)]  # the lower one first
MEETINGS = pa.schema([*_ENDS, pa.field("likeness", pa.float32(), False)])
SAID = pa.schema([*_ENDS, pa.field("times", pa.int64(), False)])  # utterances that both report

# What a place is given: articles, and pairs of them, and whether both report something.
PLACED = pa.schema(
    [
        pa.field("part", pa.string(), False),
        pa.field("number", pa.int64()),
        *(field.with_nullable(True) for field in (*_DESCRIBED, *_NEAR)),
        *(field.with_nullable(True) for field in MEETINGS),
        pa.field("said", pa.bool_()),
    ]
)
SCORED = pa.schema([*_ENDS, pa.field("chance", pa.float64(), False)])
LINKED = pa.schema([pa.field("part", pa.int64(), False), *SCORED])
GROUPING = pa.schema(
    [
        pa.field("part", pa.int64(), False),
        *(VECTORS.field(name).with_nullable(True) for name in ("number", "terms", "weights", "sizes")),
        *(field.with_nullable(True) for field in SCORED),
    ]
)
GROUPS = pa.schema([_NUMBER, pa.field("lowest", pa.int64(), False)])  # of its group, where it is another one
