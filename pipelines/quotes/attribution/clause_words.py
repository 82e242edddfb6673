"""The words that only reported clauses without quotation marks ask for, and what such a clause is."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pipelines.quotes import flags as F
from pipelines.quotes.codes import CODE_OF_FUNCTION
from pipelines.quotes.lexicon import Lexicon
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.types import Cue, Mention

SMALL = F.ADVERB | F.AUXILIARY | F.PARTICLE | F.DAY
BREAK = F.QUOTE | F.STOP | F.COLON
AND, BUT = (CODE_OF_FUNCTION[name] for name in ("conjunction", "adversative"))
_SHORTEST_PART = 6  # letters of what may end a compound


class Clue(NamedTuple):
    """A reported clause in tokens of `p`, its cue (None: it goes on from the sentence before) and speaker (None: no word names them)."""

    p: Paragraph
    first: int
    last: int
    cue: Cue | None
    mention: Mention | None
    certainty: float


class Words(NamedTuple):
    """The words of a language that only reported clauses ask for, see `language_file.Clauses`."""

    prepositions: frozenset[str]
    statements: frozenset[str]
    long_statements: tuple[str, ...]  # those that may end a compound
    behind: frozenset[str]
    own: frozenset[str]
    pronouns: frozenset[str]  # that may stand for a source
    questions: frozenset[str]
    loose_questions: frozenset[str]
    nominal: tuple[str, ...]
    subjunctive: frozenset[str]
    surely_subjunctive: frozenset[str]
    impersonal: frozenset[str]
    only_that: frozenset[str]
    pointing: frozenset[str]
    colons: bool
    oblique: frozenset[str]
    passive: frozenset[str]
    drops: bool


@lru_cache(maxsize=32)
def words_of(lexicon: Lexicon) -> Words:
    """The words of the lexicon's language."""
    file, clauses = lexicon.file, lexicon.file.clauses
    return Words(
        frozenset(clauses.prepositions),
        frozenset(clauses.statements),
        tuple(word for word in clauses.statements if len(word) >= _SHORTEST_PART) if lexicon.person_endings else (),
        frozenset(clauses.behind),
        frozenset(clauses.own),
        frozenset(file.pronouns.sources),
        frozenset(clauses.questions),
        frozenset(clauses.loose_questions),
        clauses.nominal,
        frozenset(clauses.subjunctive),
        frozenset(clauses.surely_subjunctive),
        frozenset(clauses.impersonal),
        frozenset(clauses.only_that),
        frozenset(clauses.pointing),
        clauses.colons,
        frozenset(clauses.oblique),
        frozenset(file.words.passive),
        file.drops_subjects,
    )
