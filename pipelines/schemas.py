"""The Arrow schemas of every border between stages. A stage takes and gives tables of these, columns in this order."""

from __future__ import annotations

import pyarrow as pa

REJECT = pa.struct([pa.field("reason", pa.string(), False), pa.field("message", pa.string(), False)])

# One record of the corpus as ingest found it. `text` or `html` is null where the other is given; both are null where the record
# could not be read, and then `reject` says why.
RECORDS = pa.schema(
    [
        pa.field("path", pa.string(), False),  # within the corpus root, with forward slashes
        pa.field("record_key", pa.string()),  # null for a file that holds one article
        pa.field("line", pa.int64()),  # place in a file of many, for messages only, never identity
        pa.field("format", pa.string(), False),  # name of the reader
        pa.field("publisher", pa.string()),
        pa.field("url", pa.string()),
        pa.field("title", pa.string()),
        pa.field("date", pa.string()),  # ISO day
        pa.field("byline", pa.string()),
        pa.field("text", pa.large_string()),
        pa.field("html", pa.large_string()),
        pa.field("content_hash", pa.string(), False),
        pa.field("section", pa.string()),
        pa.field("language", pa.string()),  # ISO 639-1
        pa.field("canonical_url", pa.string()),
        pa.field("published_at", pa.string()),  # ISO 8601, with time and zone as far as they are given
        pa.field("modified_at", pa.string()),
        pa.field("extra", pa.string()),  # JSON of what no other column takes
        pa.field("reject", REJECT),
    ]
)

# What cleaning takes. Ids are unique. Only `id` is never null.
DOCUMENTS = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("text", pa.large_string()),
        pa.field("html", pa.large_string()),
        pa.field("publisher", pa.string()),
        pa.field("url", pa.string()),
        pa.field("markup", pa.string()),  # JSON of what the page's markup says, null for a text
    ]
)

# The lines of each document that repetition is counted over, one row per distinct line of a document.
DOCUMENT_LINES = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("publisher", pa.string(), False),
        pa.field("story_key", pa.uint64(), False),  # equal for reprints of one story
        pa.field("line_hash", pa.uint64(), False),
    ]
)

# In how many distinct stories of a publisher a line stands, as a bucket: 2, 3 (three or four) or 5 (five or more).
REPEATED_LINES = pa.schema(
    [
        pa.field("publisher", pa.string(), False),
        pa.field("line_hash", pa.uint64(), False),
        pa.field("bucket", pa.int8(), False),
    ]
)

REMOVED = pa.struct(
    [
        pa.field("start", pa.int64(), False),  # offsets into the input text (for html: into source_text)
        pa.field("end", pa.int64(), False),
        pa.field("kind", pa.string(), False),
        pa.field("reason", pa.string(), False),
    ]
)

REPAIR = pa.struct(
    [
        pa.field("start", pa.int64(), False),
        pa.field("end", pa.int64(), False),
        pa.field("kind", pa.string(), False),
        pa.field("before", pa.string(), False),
        pa.field("after", pa.string(), False),
    ]
)

# Every block of the input text with its verdict, kept ones too. kind is `body` where it was kept.
BLOCK = pa.struct(
    [
        pa.field("start", pa.int64(), False),
        pa.field("end", pa.int64(), False),
        pa.field("kind", pa.string(), False),
        pa.field("reason", pa.string(), False),
        pa.field("score", pa.float64()),  # of body, 0 to 1, null where the model was not asked
    ]
)

# What cleaning gives: one row per document, in the same order.
CLEANED = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("text", pa.large_string(), False),  # the body, "" where there is none
        pa.field("title", pa.string()),
        pa.field("date", pa.string()),
        pa.field("date_source", pa.string()),
        pa.field("published_at", pa.string()),  # ISO 8601, with time and zone as far as they are given
        pa.field("modified_at", pa.string()),
        pa.field("date_partial", pa.string()),  # month and day where no year is given: --03-12
        pa.field("byline", pa.string()),
        pa.field("byline_agency", pa.string()),
        pa.field("dateline", pa.string()),
        pa.field("section", pa.string()),
        pa.field("photo_credit", pa.string()),
        pa.field("correction", pa.string()),
        pa.field("share_kept", pa.float64()),  # of the characters in sentences; null where there is none
        pa.field("language", pa.string()),
        pa.field("source_text", pa.large_string()),  # for html: the text that offsets count in; else null
        pa.field("removed", pa.list_(REMOVED), False),
        pa.field("repairs", pa.list_(REPAIR), False),
        pa.field("blocks", pa.list_(BLOCK), False),
        pa.field("reject", REJECT),
    ]
)

# What quote extraction takes, and what it gives: one row per quote, ordered by document and start.
BODIES = pa.schema([pa.field("id", pa.string(), False), pa.field("text", pa.large_string(), False)])

QUOTES = pa.schema(
    [
        pa.field("id", pa.string(), False),  # of the article
        pa.field("quote_index", pa.int32(), False),  # from 0 within the article
        pa.field("start", pa.int64(), False),
        pa.field("end", pa.int64(), False),
        pa.field("type", pa.string(), False),
        pa.field("content_start", pa.int64(), False),
        pa.field("content_end", pa.int64(), False),
        pa.field("cue_start", pa.int64()),
        pa.field("cue_end", pa.int64()),
        pa.field("cue", pa.string()),
        pa.field("speaker_start", pa.int64()),
        pa.field("speaker_end", pa.int64()),
        pa.field("speaker_mention", pa.string()),
        pa.field("speaker_name", pa.string()),
        pa.field("speaker_kind", pa.string()),
        pa.field("speaker_role", pa.string()),
        pa.field("part_of", pa.int32()),
        pa.field("confidence", pa.float64(), False),
    ]
)

# What duplicate detection takes.
COMPARED = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("text", pa.large_string(), False),
        pa.field("publisher", pa.string()),
        pa.field("date", pa.string()),  # ISO day
    ]
)

# One row per article; what is stored so that later loads need not read the text again.
SIGNATURES = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("text_hash", pa.string(), False),  # equal for equal texts after folding
        pa.field("words", pa.int64(), False),
        pa.field("shingles", pa.int64(), False),  # distinct 5-word shingles
        pa.field("signature", pa.list_(pa.uint32()), False),  # datasketch's MinHash.hashvalues, [] where too short to shingle
        pa.field("sketch", pa.list_(pa.uint64()), False),  # bottom sketch, ascending
        pa.field("beside", pa.list_(pa.uint32()), False),  # for each of `sketch`: parts of the shingles to either side
    ]
)

PASSAGE = pa.struct(
    [
        pa.field("a_start", pa.int64(), False),
        pa.field("a_end", pa.int64(), False),
        pa.field("b_start", pa.int64(), False),
        pa.field("b_end", pa.int64(), False),
    ]
)

PAIRS = pa.schema(
    [
        pa.field("a_id", pa.string(), False),  # a_id < b_id
        pa.field("b_id", pa.string(), False),
        pa.field("kind", pa.string(), False),
        pa.field("jaccard", pa.float64(), False),
        pa.field("containment_a", pa.float64(), False),  # share of a's shingles that are in b
        pa.field("containment_b", pa.float64(), False),
        pa.field("estimate", pa.float64()),  # Jaccard as the signatures estimate it, beside the exact one
        pa.field("found_by", pa.string(), False),  # band, sketch, equal
        pa.field("reason", pa.string(), False),  # why this kind
        pa.field("passages", pa.list_(PASSAGE), False),
        pa.field("days_apart", pa.int64()),  # between the nearest printings of the two texts
        pa.field("common_share", pa.float64(), False),  # of the shared sketch: what a publisher prints on many days
        pa.field("own_containment", pa.float64(), False),  # the larger containment without that, from the sketches
    ]
)

CLUSTERS = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("cluster_id", pa.string(), False),
        pa.field("canonical_id", pa.string(), False),  # the first report
        pa.field("representative_id", pa.string(), False),  # the latest corrected version
        pa.field("size", pa.int64(), False),
    ]
)

CAPPED = pa.schema(
    [
        pa.field("bucket", pa.string(), False),
        pa.field("members", pa.int64(), False),
        pa.field("kept", pa.int64(), False),
        pa.field("kept_id", pa.string(), False),  # of the article that all members were linked to
    ]
)
