"""Lines that come back in several stories of one publisher: boilerplate of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.cleaning.blocks import Block, TooManyLinesError, split_blocks
from pipelines.cleaning.dates import Order, orders_of
from pipelines.cleaning.folding import fold
from pipelines.cleaning.lexicon import load_lexicon
from pipelines.cleaning.lines import is_marked
from pipelines.cleaning.settings import CleanSettings
from pipelines.language import detect_language
from pipelines.schemas import DOCUMENT_LINES, REPEATED_LINES

SHORTEST = 2  # characters; a single letter or digit says nothing about who set it
LONGEST_DATED = 200  # characters of a line whose dates say how a publisher writes them
NO_STORY = 0
KEY_LINES = 6  # the longest lines of a document, one of which its story is known by


def line_hash(text: str) -> int:
    """64 bits of a line, the same whatever its case and quotation marks."""
    return folded_hash(fold(text))


def folded_hash(folded: str) -> int:
    """The same for a line that is already folded."""
    return int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


# In the place of lines: a page of the publisher that shows in which order it writes dates in numbers.
DAY_FIRST, MONTH_FIRST = line_hash("\x00day first"), line_hash("\x00month first")


def story_key(blocks: list[Block]) -> int:
    """The hash of the longest line that reads as sentences, so that reprints and updates count as one story.

    Lines that a rule marks are passed over: where the longest line of every page is the same legal notice, the pages are still
    several stories."""
    sentences = {b.text for b in blocks if b.text.count(" ") >= 7 and b.text.rstrip("\"'”’»)")[-1:] in (".", "!", "?", "…")}
    longest = sorted(sentences or {b.text for b in blocks}, key=lambda text: (-len(text), text))
    lexicon = load_lexicon(detect_language(longest[0])) if longest else None
    unmarked = (text for text in longest[:KEY_LINES] if lexicon and not is_marked(text, lexicon))
    return line_hash(next(unmarked, longest[0] if longest else ""))


def lines_of_documents(documents: pa.Table) -> pa.Table:
    """One row per distinct line of each document that names its publisher."""
    ids: list[str] = []
    publishers: list[str] = []
    keys: list[int] = []
    hashes: list[int] = []
    for row in documents.select(["id", "text", "html", "publisher"]).to_pylist():
        if not row["publisher"] or not row["text"]:
            continue
        blocks = _readable_blocks(row["text"])
        key = story_key(blocks)
        found = [(line_hash(b.text), key) for b in blocks if len(b.text) >= SHORTEST] + _order_marks(blocks, key)
        for value, story in dict.fromkeys(found):
            ids.append(row["id"])
            publishers.append(row["publisher"])
            keys.append(story)
            hashes.append(value)
    return pa.table(
        [pa.array(ids, pa.string()), pa.array(publishers, pa.string()), pa.array(keys, pa.uint64()), pa.array(hashes, pa.uint64())],
        schema=DOCUMENT_LINES,
    )


def _order_marks(blocks: list[Block], key: int) -> list[tuple[int, int]]:
    """DAY_FIRST or MONTH_FIRST where the dates of a text show it; where they may be either, both, with no story: what they count for is
    that the text is known to depend on the others."""
    orders = {order for b in blocks if len(b.text) <= LONGEST_DATED for order in orders_of(b.text)}
    if Order.DAY_FIRST in orders:
        return [(DAY_FIRST, key)]
    if Order.MONTH_FIRST in orders:
        return [(MONTH_FIRST, key)]
    return [(DAY_FIRST, NO_STORY), (MONTH_FIRST, NO_STORY)] if orders else []


def _readable_blocks(text: str) -> list[Block]:
    """The blocks of a text, none where it is too large to be cleaned."""
    limits = CleanSettings()
    try:
        return split_blocks(text, limits.most_blocks) if len(text) <= limits.most_characters else []
    except TooManyLinesError:
        return []


def count_repeated(lines: pa.Table) -> pa.Table:
    """The bucket of every line that stands in two or more distinct stories of a publisher, in order of publisher and hash."""
    distinct = lines.select(["publisher", "line_hash", "story_key"]).group_by(["publisher", "line_hash", "story_key"]).aggregate([])
    counted = distinct.group_by(["publisher", "line_hash"]).aggregate([("story_key", "count")])
    stories = counted["story_key_count"]
    bucket = pc.if_else(pc.greater_equal(stories, 5), 5, pc.if_else(pc.greater_equal(stories, 3), 3, 2)).cast(pa.int8())
    table = pa.table([counted["publisher"], counted["line_hash"], bucket], schema=REPEATED_LINES)
    return table.filter(pc.greater_equal(stories, 2)).sort_by([("publisher", "ascending"), ("line_hash", "ascending")])


def buckets_by_publisher(repeated: pa.Table | None) -> Mapping[str, Mapping[int, int]]:
    """publisher -> line hash -> bucket."""
    found: dict[str, dict[int, int]] = {}
    if repeated is None:
        return found
    rows = zip(repeated["publisher"].to_pylist(), repeated["line_hash"].to_pylist(), repeated["bucket"].to_pylist(), strict=True)
    for publisher, value, bucket in rows:
        found.setdefault(publisher, {})[value] = bucket
    return found
