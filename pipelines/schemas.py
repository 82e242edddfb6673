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
        pa.field("encoding", pa.string()),  # of a text that is not UTF-8, and how it was found: declared, detected, byte order mark
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

# Lines of documents that a reviewed correction decides on: body, or what else they are.
DECIDED_LINES = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("line_hash", pa.uint64(), False),
        pa.field("kind", pa.string(), False),
        pa.field("entry", pa.string(), False),  # where that is said: entry and file
    ]
)

# Reviewed corrections as their files give them, one row per entry. What does not belong to the kind is null; all is where `problem` says
# why the entry is not used.
DECISIONS = pa.schema(
    [
        pa.field("decision", pa.int64(), False),  # from 0, in order of file and place
        pa.field("file", pa.string(), False),
        pa.field("entry", pa.string()),  # such as names[2]; null where the whole file cannot be read
        pa.field("kind", pa.string()),
        pa.field("wording", pa.string(), False),  # the entry as JSON, without its note
        pa.field("publisher", pa.string()),
        pa.field("line_hash", pa.uint64()),
        pa.field("line_kind", pa.string()),
        pa.field("same", pa.bool_()),
        pa.field("names", pa.list_(pa.string())),
        pa.field("refs", pa.list_(pa.string())),  # ids, urls or paths of articles
        pa.field("words", pa.string()),
        pa.field("speaker", pa.string()),
        pa.field("speaker_kind", pa.string()),
        pa.field("problem", pa.string()),
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
        pa.field("text", pa.string()),  # null where it is body that is quickly looked up in the input text
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
        pa.field("speaker_organisation", pa.string()),
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
        pa.field("estimate", pa.float64()),  # Jaccard as the signatures estimate it, next to the exact one
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

# What grouping articles by event takes. Ids are unique.
STORY_INPUT = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("title", pa.string()),
        pa.field("text", pa.large_string(), False),
        pa.field("date", pa.string()),  # ISO day, or time
    ]
)

# The words of an article as hashes, in order: of its title, of the beginning of its text, and those of both that are numbers; and the days of
# the week that its lead names.
STORY_TOKENS = pa.schema(
    [
        pa.field("id", pa.string(), False),
        *(pa.field(name, pa.list_(pa.uint64()), False) for name in ("title", "text", "numbers", "names")),
        pa.field("days", pa.int16(), False),
    ]
)

# The story of each article, named by the id of its first article.
GROUPED = pa.schema([pa.field("id", pa.string(), False), pa.field("story_id", pa.string(), False)])

# What reading credits takes: an article, and the lines that cleaning took from above and below the body, none of pictures.
CREDIT_INPUT = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("text", pa.large_string(), False),
        pa.field("byline", pa.string()),
        pa.field("byline_agency", pa.string()),
        pa.field("above", pa.large_string()),
        pa.field("below", pa.large_string()),
    ]
)

# What it gives: one row per article, in order.
CREDITS = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("agency", pa.string()),  # in one spelling
        pa.field("place", pa.string()),
        pa.field("whole", pa.bool_(), False),  # the credit is for the whole text
        pa.field("bracketed", pa.string()),  # what stands in brackets in the dateline, whatever it is
    ]
)

# What first reports and sources are found from: an article with its credit.
WIRE_INPUT = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("publisher", pa.string()),
        pa.field("published", pa.string()),  # ISO time or day
        pa.field("characters", pa.int64(), False),  # of the body
        pa.field("agency", pa.string()),
        pa.field("whole", pa.bool_(), False),
        pa.field("bracketed", pa.string()),
        pa.field("corrected", pa.bool_()),  # whether it has a note of correction
    ]
)

FIRST_COPIES = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("canonical_id", pa.string(), False),
        pa.field("first_is_certain", pa.bool_(), False),
    ]
)

ARTICLE_CREDITS = pa.schema(
    [pa.field("article_id", pa.string(), False), pa.field("credited_to", pa.string()), pa.field("wire", pa.float64(), False)]
)

# A row for each article and each text of another outlet that it holds a part of.
ARTICLE_SOURCES = pa.schema(
    [
        pa.field("article_id", pa.string(), False),
        pa.field("source_id", pa.string()),  # null where it only credits the source
        pa.field("source", pa.string(), False),  # agency or outlet
        pa.field("share", pa.float64(), False),  # of the article's body
        pa.field("hours", pa.float64()),  # after the source
    ]
)

NAMED_STORIES = pa.schema([*GROUPED, pa.field("first_is_certain", pa.bool_(), False)])
# What utterances are made of, kept for each article: its statements, and the hashes of its distinct words, ascending.
STATEMENTS = pa.schema(
    [
        pa.field("id", pa.string(), False),  # of the article
        pa.field("start", pa.int64(), False),
        pa.field("end", pa.int64(), False),
        pa.field("type", pa.string(), False),
        pa.field("quote_index", pa.int32()),  # null for words in marks that are nobody's quote
        pa.field("speaker_name", pa.string()),
        pa.field("speaker_kind", pa.string()),
        pa.field("speaker_mention", pa.string()),
        pa.field("confidence", pa.float64(), False),
        pa.field("words", pa.string(), False),  # folded
    ]
)

ARTICLE_WORDS = pa.schema([pa.field("id", pa.string(), False), pa.field("words", pa.list_(pa.uint64()), False)])

# Pairs of statements that are as alike as is needed, or nearly: where each stands, the letters of its folded words, whether it is direct or partial speech
# and of a quote; how much more alike they are than is needed, and whether that links them.
LINKS = pa.schema(
    [
        *(
            pa.field(f"{side}_{name}", kind, False)
            for side in "ab"
            for name, kind in (
                ("article", pa.string()),
                ("start", pa.int64()),
                ("end", pa.int64()),
                ("letters", pa.int32()),
                ("open", pa.bool_()),
                ("attributed", pa.bool_()),
            )
        ),
        pa.field("spare", pa.float64(), False),
        pa.field("linked", pa.bool_(), False),
    ]
)

# An utterance, its reports, and what these contradict each other in.
UTTERANCES = pa.schema(
    [
        pa.field("utterance_id", pa.string(), False),
        pa.field("text", pa.string(), False),
        pa.field("speaker_name", pa.string()),
        pa.field("first_article_id", pa.string(), False),
        pa.field("first_publisher", pa.string()),
        pa.field("first_date", pa.date32()),
        pa.field("first_is_certain", pa.bool_(), False),
        pa.field("articles", pa.int64(), False),
        pa.field("reports", pa.int64(), False),
        pa.field("conflicts", pa.int64(), False),
    ]
)

UTTERANCE_REPORTS = pa.schema(
    [
        pa.field("utterance_id", pa.string(), False),
        pa.field("article_id", pa.string(), False),
        pa.field("report_start", pa.int64(), False),
        pa.field("report_end", pa.int64(), False),
        pa.field("quote_index", pa.int32()),
        pa.field("type", pa.string(), False),
        pa.field("relation", pa.string(), False),
        pa.field("text", pa.string(), False),
        pa.field("speaker_name", pa.string()),
        pa.field("speaker_mention", pa.string()),
        pa.field("speaker_in_group", pa.string()),
        pa.field("counts", pa.bool_(), False),
    ]
)

UTTERANCE_CONFLICTS = pa.schema(
    [
        pa.field("utterance_id", pa.string(), False),
        pa.field("kind", pa.string(), False),
        pa.field("a_article_id", pa.string(), False),
        pa.field("a_start", pa.int64(), False),
        pa.field("a_end", pa.int64(), False),
        pa.field("b_article_id", pa.string(), False),
        pa.field("b_start", pa.int64(), False),
        pa.field("b_end", pa.int64(), False),
        pa.field("a_words", pa.string(), False),
        pa.field("b_words", pa.string(), False),
    ]
)

# The speaker of each name that an article quotes.
ASSIGNED = pa.schema(
    [pa.field("article_id", pa.string(), False), pa.field("name", pa.string(), False), pa.field("speaker_id", pa.string(), False)]
)
