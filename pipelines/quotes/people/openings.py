"""What a mention begins with that is not whom it means: a heading, a topic, a body before its expert, the first of two joined names.

Whom a name means is decided in `named`.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from pipelines.quotes import flags as F
from pipelines.quotes.people.companies import is_from_place
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.name_tokens import bare_end
from pipelines.quotes.people.types import Span
from pipelines.quotes.types import Token

_HEADING = 80  # characters of a heading before a name
_BEFORE_ROLE = 60  # characters of "aerospace and defence expert" between a body and a name
_FULL_NAME = 2  # words
_LONGEST_CUE = 24  # characters that hold a verb and a blank
_NO_MODIFIER = F.BOUNDARY | F.PARTICLE | F.DETERMINER | F.CUE | F.AUXILIARY | F.PRONOUN  # what leads to no role


def _is_plain_name(tokens: list[Token]) -> bool:
    """Whether all are words of a name, and none one of a role or a body."""
    odd = F.TITLE | F.ROLE | F.GROUP | F.ORGANISATION | F.MEDIUM | F.POSSESSIVE
    return all(t.flags & F.CAPITAL and (t.flags & F.GIVEN or not t.flags & odd) for t in tokens)


class Openings:
    """The openings of the mentions of one text."""

    def __init__(self, index: NameIndex) -> None:
        self.index, self.text, self.lexicon = index, index.text, index.lexicon

    def name_behind(self, tokens: list[Token]) -> Span | None:
        """ "BLUNT FORCE Ada Quill said", "said Quorum energy expert Ada Quill": where somebody's name stands behind a heading in capitals or a body
        that a mention begins with."""
        starts, ends = self.index.starts, self.index.ends
        number = bisect_right(starts, tokens[0].start) - 1
        if number < 0 or ends[number] < tokens[-1].end:
            return None
        if tokens[0].word.isupper() and all(t.word.isupper() for t in tokens):
            run = self.index.run(number)
            if run is not None and run.start >= tokens[-1].end and self.index.scores.may_be_person(run):
                return starts[number], ends[number]
        return self._led_to(tokens, number) if number + 1 < len(starts) else None

    def _led_to(self, tokens: list[Token], number: int) -> Span | None:
        """ "Said Quorum aerospace and defence expert Ada Quill": the run behind run `number`, where small words and a role lead to it."""
        start, end = self.index.starts[number + 1], self.index.ends[number + 1]
        lead = self.text[max(0, tokens[0].start - _LONGEST_CUE) : tokens[0].start].split()
        if start - self.index.ends[number] > _BEFORE_ROLE or not lead or not self.lexicon.flags(lead[-1]) & F.STRONG_CUE:
            return None
        words = self.index.tokens.between(self.index.ends[number], start)
        if not words:
            return None
        joins, role = self.lexicon.file.codes.conjunction, words[-1]
        if not role.flags & F.LOWER or not (
            role.flags & F.ROLE or (role.flags & F.UNKNOWN_LOWER and self.lexicon.is_person_noun(role.word))
        ):
            return None
        if not all(t.word in joins or (t.flags & F.LOWER and not t.flags & _NO_MODIFIER) for t in words):
            return None
        run = self.index.run(number + 1)  # asked last, since reading a run takes the most
        return (start, end) if run is not None and run.start == start and self.index.scores.may_be_person(run) else None

    def is_no_name(self, tokens: list[Token]) -> bool:
        """A topic in capitals, or a word that says where from: "Halmar-based"."""
        return is_from_place(tokens[-1].word) or self._is_topic(tokens)

    def _is_topic(self, tokens: list[Token]) -> bool:
        """ "ON THE WAGE DEAL:", "NO LIMITS ON QUOTAS": words of a heading in capitals that a preposition stands before or in."""
        if not all(t.word.isupper() for t in tokens) or any(t.flags & (F.GIVEN | F.TITLE | F.ROLE) for t in tokens):
            return False
        small = F.BOUNDARY | F.ATTACHING
        if any(b.flags & small and not a.flags & F.ORGANISATION for a, b in pairwise(tokens[:-1])):
            return True
        for token in self.index.tokens.backward(max(0, tokens[0].start - _HEADING), tokens[0].start):
            if not token.word.isupper() and token.word != ",":
                return False
            if token.flags & small:
                return True
        return False

    def joined(self, tokens: list[Token]) -> int:
        """Of "Quorum and Halmar said" the token of "and"; 0 in the name of a body, "the Food and Drug Agency"."""
        joins = self.lexicon.file.codes.conjunction
        k = next((k for k, t in enumerate(tokens) if t.word in joins and t.flags & (F.PARTICLE | F.NAME_PARTICLE) == F.PARTICLE), 0)
        if k != 1 or k == len(tokens) - 1 or self.index.kinds.is_form(tokens[-1].word):
            return 0
        return 0 if any(t.flags & (F.TITLE | F.ROLE | F.GROUP | F.ORGANISATION | F.MEDIUM) for t in tokens) else k

    def is_pair(self, tokens: list[Token]) -> bool:
        """Whether two joined names stand apart too: none of "Quill and Neave"."""
        first, second = tokens[0].word, self.text[tokens[2].start : bare_end(tokens[-1])]
        both = self.text.count(self.text[tokens[0].start : bare_end(tokens[-1])])
        return self.text.count(first) > both or self.text.count(second) > both

    def two_people(self, tokens: list[Token]) -> Span | None:
        """ "Senators Jan Kos and Rune Dahl", "Jan Kos and Halmar Bank": the joined names of two, of whom the first is no body, behind what both are."""
        joins, first = self.lexicon.file.codes.conjunction, 0
        while (
            first < len(tokens)
            and tokens[first].flags & (F.TITLE | F.ROLE | F.GROUP | F.DETERMINER)
            and not tokens[first].flags & F.GIVEN
        ):
            first += 1
        k = next((k for k, t in enumerate(tokens) if t.word in joins), 0)
        one, other = tokens[first:k], tokens[k + 1 :]
        if min(len(one), len(other)) < _FULL_NAME or self.index.kinds.is_form(other[-1].word) or not _is_plain_name(one):
            return None
        both = _is_plain_name(other) or (one[0].flags & F.GIVEN and other[0].flags & F.CAPITAL)
        return (one[0].start, bare_end(other[-1])) if both else None

    def pair_of_one_surname(self, tokens: list[Token]) -> Span | None:
        """ "Sisters Ada and Eve Quill": two first names with a conjunction between, and one last name behind."""
        joins, named = self.lexicon.file.codes.conjunction, F.GIVEN | F.CAPITAL
        k = next((k for k, t in enumerate(tokens) if t.word in joins), 0)
        if not 0 < k == len(tokens) - 3:
            return None
        first, second, last = tokens[k - 1], tokens[k + 1], tokens[k + 2]
        given = first.flags & second.flags & named == named and not last.flags & F.GIVEN
        alone = k == 1 or not tokens[k - 2].flags & F.GIVEN
        return (first.start, bare_end(last)) if given and alone and last.flags & F.CAPITAL else None
