"""What a token is to the learned parts: one of 64 numbers, by its function or else by its flags; and the weight of a cue of which nothing was learned."""

from __future__ import annotations

from functools import cache

from pipelines.quotes import flags as F

_UNWEIGHED = {F.STRONG_CUE: 12, F.WEAK_CUE: 4}  # weights of a cue of which nothing was learned
# Codes: what a token is to the learned parts, one of 64 numbers. 0 is the edge of the sentence. The first that fits is taken: of words the
# code of its function where the language's file gives it one, then of its flags.
CODE_OF_FUNCTION = {
    "that": 8,
    "manner": 9,
    "genitive": 10,
    "goal": 11,
    "agent": 12,
    "conjunction": 13,
    "adversative": 14,
    "relative": 15,
    "indefinite": 16,
    "definite": 17,
}
_CODES_OF_MARKS = [(F.COMMA, 1), (F.STOP, 2), (F.COLON, 3), (F.DASH, 4), (F.PAREN, 5), (F.QUOTE, 6), (F.MARK, 7)]
_CODES_OF_WORDS = [
    (F.STRONG_CUE, 18),
    (F.AUXILIARY, 19),
    (F.PRONOUN, 20),
    (F.DETERMINER, 21),
    (F.BOUNDARY, 22),
    (F.WEAK_CUE, 23),
    (F.ADVERB, 24),
    (F.DAY, 25),
    (F.ROLE, 26),
    (F.TITLE, 26),
    (F.GROUP, 27),
    (F.DOCUMENT, 28),
    (F.DIGIT, 29),
    (F.POSSESSIVE, 30),
    (F.CAPITAL, 31),
]
_CODE_OF_OTHERS = 32


@cache
def code_and_weight(flags: int) -> tuple[int, int]:
    """The code of a token of these flags, and the weight of a cue of which nothing was learned, 0 of what is none."""
    pairs = _CODES_OF_WORDS if flags & F.LETTER else _CODES_OF_MARKS
    code = next((code for flag, code in pairs if flags & flag), _CODE_OF_OTHERS)
    return code, next((weight for flag, weight in _UNWEIGHED.items() if flags & flag), 0)
