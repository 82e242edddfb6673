"""The closed vocabularies: every value that may stand in a `kind`, `reason` or `type` column, and which column holds which."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class BlockKind(StrEnum):
    """What a removed span of text is. `body` is the one kind that is kept."""

    BODY = "body"
    TITLE = "title"
    STANDFIRST_REPEAT = "standfirst_repeat"
    DATE_STAMP = "date_stamp"
    BYLINE = "byline"
    AUTHOR_BIO = "author_bio"
    PHOTO_CREDIT = "photo_credit"
    CAPTION = "caption"
    SECTION_LABEL = "section_label"
    READING_TIME = "reading_time"
    SHARE_WIDGET = "share_widget"
    COUNTER = "counter"
    APPEAL = "appeal"
    NEWSLETTER = "newsletter"
    RELATED = "related"
    NAVIGATION = "navigation"
    COMMENTS = "comments"
    ADVERTISEMENT = "advertisement"
    COPYRIGHT = "copyright"
    CONTACT = "contact"
    TIMESTAMP = "timestamp"
    CORRECTION = "correction"
    OTHER = "other"


class RepairKind(StrEnum):
    """What was wrong with repaired characters; `mixed` where it was more than one thing."""

    ENCODING = "encoding"
    ENTITY = "entity"
    CONTROL = "control"
    INVISIBLE = "invisible"
    SPACE = "space"
    PUNCTUATION = "punctuation"
    ACCENT = "accent"
    MIXED = "mixed"


class DateSource(StrEnum):
    """Where an article's date was read, the most trusted first."""

    RECORD = "record"
    MARKUP = "markup"
    URL = "url"
    STAMP = "stamp"
    DATELINE = "dateline"
    BYLINE = "byline"
    TEXT = "text"


class CreditPlace(StrEnum):
    """Where an article credits an agency, the most telling place first; the first three credit the whole text."""

    DATELINE = "dateline"
    BYLINE = "byline"
    TRAILER = "trailer"
    NOTE = "note"
    TEXT = "text"


class DuplicateKind(StrEnum):
    """What a verified pair is. Only the first three may merge into one cluster."""

    EXACT = "exact"
    NEAR = "near"
    UPDATE = "update"
    EXCERPT = "excerpt"
    STATEMENT = "statement"
    TEMPLATE = "template"
    BOILERPLATE = "boilerplate"


class FoundBy(StrEnum):
    """What proposed a pair: equal rows of signatures, a shared part of sketches, or equal texts."""

    BAND = "band"
    SKETCH = "sketch"
    EQUAL = "equal"


MERGING_KINDS = frozenset({DuplicateKind.EXACT, DuplicateKind.NEAR, DuplicateKind.UPDATE})


class QuoteType(StrEnum):
    """How the words are given: whole sentences, words inside the reporter's sentence, or a reported clause."""

    DIRECT = "direct"
    PARTIAL = "partial"
    INDIRECT = "indirect"


class SpeakerKind(StrEnum):
    """Who speaks. A document or a medium never becomes a row of `speakers`."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    UNNAMED = "unnamed"
    DOCUMENT = "document"
    MEDIA = "media"


class Relation(StrEnum):
    """How a member of an utterance relates to its fullest wording."""

    VERBATIM = "verbatim"
    EXCERPT = "excerpt"
    EDITED = "edited"
    RETRANSLATED = "retranslated"
    INDIRECT = "indirect"


class ConflictKind(StrEnum):
    """What reports of one utterance contradict each other in."""

    SPEAKER = "speaker"
    NEGATION = "negation"
    NUMBER = "number"
    DATE = "date"


class CorrectionKind(StrEnum):
    """What a reviewed correction decides."""

    LINE = "line"
    NAMES = "names"
    ARTICLES = "articles"
    QUOTE = "quote"


class RejectReason(StrEnum):
    """Why a record could not become an article."""

    UNREADABLE_BYTES = "unreadable_bytes"
    BINARY_FILE = "binary_file"
    EMPTY = "empty"
    BROKEN_JSON = "broken_json"
    NOT_A_RECORD = "not_a_record"
    NO_TEXT = "no_text"
    BAD_VALUE = "bad_value"
    UNSUPPORTED_FORMAT = "unsupported_format"
    TOO_LARGE = "too_large"
    UNREADABLE_FILE = "unreadable_file"
    REPEATED_RECORD = "repeated_record"
    ALL_FURNITURE = "all_furniture"
    OTHER_LANGUAGE = "other_language"
    FAILED = "failed"
    FORGOTTEN = "forgotten"
    OUTSIDE = "outside"


# Which values a column of the warehouse may hold. A table that is not published yet names its columns here too.
COLUMNS: Mapping[tuple[str, str], frozenset[StrEnum]] = {
    ("applied_corrections", "kind"): frozenset(CorrectionKind),
    ("articles", "date_source"): frozenset(DateSource),
    ("blocks", "kind"): frozenset(BlockKind),
    ("duplicate_pairs", "kind"): frozenset(DuplicateKind),
    ("duplicate_pairs", "found_by"): frozenset(FoundBy),
    ("quotes", "type"): frozenset(QuoteType),
    ("quotes", "speaker_kind"): frozenset(SpeakerKind),
    ("rejects", "reason"): frozenset(RejectReason),
    ("repairs", "kind"): frozenset(RepairKind),
    ("utterance_conflicts", "kind"): frozenset(ConflictKind),
    ("utterance_reports", "relation"): frozenset(Relation),
    ("utterance_reports", "type"): frozenset(QuoteType),
    ("speakers", "kind"): frozenset(SpeakerKind) - {SpeakerKind.DOCUMENT, SpeakerKind.MEDIA},
}
