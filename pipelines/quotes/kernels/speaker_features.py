"""What the caller says of a segment, what a candidate speaker is, and the features that the ranker looks at. How a row of features is filled stands in `speakers`."""

from __future__ import annotations

from enum import IntEnum

from pipelines.quotes.kernels.columns import Feature

SAME_BEFORE, SAME_AFTER, PREVIOUS, NEXT, PREVIOUS_2, ABOVE, CARRY, CARRY_ABOVE, NOBODY_KIND = range(9)


class Unit(IntEnum):
    """What the caller says of each segment."""

    TOKEN = 0
    SENTENCE = 1
    SENTENCE_FIRST = 2  # the paragraph's first sentence
    SENTENCES = 3  # and how many it has
    NTH = 4  # segment of its paragraph
    SEGMENTS = 5
    DISTANCE = 6
    SURROUNDED = 7
    RULE = 8
    RULE_MENTION = 9  # first token, -1: none
    HAS_BEFORE = 10  # 0, or CARRY, CARRY_ABOVE where a speaker can be carried over
    ABOVE_SENTENCE = 11  # the last of the paragraph above, -1: not asked
    WORDS = 12
    CAPITALS = 13
    PERSON = 14
    MARK_KIND = 15
    LAST_MARK = 16
    FIRST_CASE = 17
    LENGTH = 18


class Candidate(IntEnum):
    """Columns of candidates."""

    UNIT = 0
    RELATION = 1
    MENTION = 2  # a row of mentions, -1: none


class Speaker(Feature):
    """What the ranker looks at: of the segment, and from OWN_RELATION on of the candidate. Weights are shares in 15ths, codes those of `lexicon`."""

    CUE_BEFORE_GAP = 20, "tokens from the nearest cue before the segment, 15 where there is none"
    CUE_BEFORE_WEIGHT = 15, "its weight"
    CUE_BEFORE_FORM = 3, "1 finite, 2 participle, 3 followed by its speaker"
    CUE_BEFORE_CODE = 63, "the token before it"
    CUE_AFTER_GAP = 20, "the same of the nearest cue behind the segment"
    CUE_AFTER_WEIGHT = 15, "its weight"
    CUE_AFTER_FORM = 3, "its form"
    CUE_AFTER_CODE = 63, "the token before it"
    INNER_WORDS = 40, "words between the marks"
    INNER_CAPITALS = 8, "the share of them that is capitalised, in eighths"
    INNER_PERSON = 1, "whether they show that somebody talks"
    MARK = 3, "straight, curly, angle"
    BEFORE_WEIGHT = 15, "cue weight of the token before"
    AFTER_WEIGHT = 15, "and of the one behind"
    LAST_MARK = 8, "how the words between the marks end"
    FIRST_CASE = 2, "1 capital, 2 small letter"
    LENGTH = 12, "bits of the number of characters"
    BEFORE = 63, "code of the token before"
    BEFORE_2 = 63, "and of the one before that"
    AFTER = 63, "code of the token behind"
    AFTER_2 = 63, "and of the next"
    TOKENS_BEFORE = 40, "in its sentence"
    TOKENS_AFTER = 40, "the segment included"
    NTH_SEGMENT = 6, "of the paragraph"
    SEGMENTS = 8, "in the paragraph"
    NTH_IN_SENTENCE = 5, "segments before it in its sentence"
    DISTANCE = 4, "how the segment before lies"
    ABOVE = 3, "1 where the paragraph above ends with a colon, 2 more where nothing but quotations is in the sentence"
    SENTENCE = 7, "of the paragraph"
    SENTENCES_AFTER = 7, "in the paragraph"
    RULE = 7, "what word order says"
    CUES_BEFORE = 5, "in its sentence"
    CUES_AFTER = 5, "in its sentence"
    OWN_RELATION = 8, "where the candidate stands"
    OWN_GAP = 40, "tokens between it and the segment"
    OWN_BETWEEN = 10, "mentions there"
    OWN_QUOTES_BETWEEN = 4, "segments there"
    OWN_COMMAS_BETWEEN = 6, "commas there"
    OWN_STOPS_BETWEEN = 4, "other marks there"
    OWN_KIND = 17, "which pronoun, what kind of name or noun"
    OWN_ATTACHED = 1, "whether it hangs on the mention before"
    OWN_CUE_RIGHT = 2, "1 where a cue follows it, 2 where a comma stands between"
    OWN_CUE_RIGHT_GAP = 15, "tokens to that cue, 15 where there is none"
    OWN_CUE_RIGHT_WEIGHT = 15, "its weight"
    OWN_CUE_RIGHT_REPORT = 15, "its weight as the cue of any report"
    OWN_CUE_LEFT_GAP = 15, "tokens to the cue before it, 15 where there is none"
    OWN_CUE_LEFT_WEIGHT = 15, "its weight"
    OWN_CUE_BETWEEN_WEIGHT = 15, "the largest between it and the segment"
    OWN_CUES_BETWEEN = 4, "how many cues are there"
    OWN_FIRST_IN_SENTENCE = 3, "1 where it opens the sentence, 2 where a comma stands before it"
    OWN_CODE_BEFORE = 63, "the token before it"
    OWN_CODE_BEFORE_2 = 63, "and the one before that"
    OWN_CODE_AFTER = 63, "the token behind it"
    OWN_CODE_AFTER_2 = 63, "and the next"
    OWN_RULE_SAYS = 1, "whether word order chose it"
    OWN_LENGTH = 10, "its tokens but one"
    OWN_RANK_LEFT = 10, "mentions before it in its sentence"
    OWN_RANK_RIGHT = 10, "mentions from it on"
    OWN_POSSESSIVE = 1, "whether it ends with a possessive"
    OWN_RELATIVE = 1, "whether a relative stands before it"
    OWN_APPOSITION_CUE = 1, "whether an apposition stands between it and its cue"
    OWN_SUBJECT_OF_CUE = 1, "whether nothing but small words stands between it and its cue"
    OWN_FOLLOWS_CUE = 1, "whether it follows a cue"
    OWN_CLAUSE_CUES = 5, "cues in its sentence"
    OWN_FROM_START = 30, "tokens from the start of its sentence"
    OWN_FROM_COMMA = 15, "tokens from the nearest comma, colon, dash or segment before it"
    OWN_BETTER_NEAR = 5, "subjects of a cue that stand nearer"
    OWN_BETTER_WEIGHT = 15, "the best weight among the other subjects"
    OWN_CUE_FORM = 2, "1 finite, 2 participle"
