"""Where the name proper begins in a run of capitalised words: behind titles, roles, determiners, possessors and bodies.

Headings and sentence ends that a run goes over belong in `name_parts`.
"""

from __future__ import annotations

from enum import Enum, auto

from pipelines.quotes import flags as F
from pipelines.quotes.people.companies import is_called_by_form
from pipelines.quotes.people.kinds import ENDING
from pipelines.quotes.people.name_tokens import BEHIND_NAME, STATED_AGE, NameRuns
from pipelines.quotes.types import Token

_NO_NAME = F.NOT_NAME | F.TITLE | F.ROLE | F.GROUP | F.ORGANISATION | F.MEDIUM | F.DOCUMENT | F.PARTICLE
_SHORTEST_NOUN = 8  # letters of a noun of people of no list before a name


class _Part(Enum):
    """What a word of a run is that stands before others."""

    OWNER = auto()  # "Ada Quill's spokesman"
    ROLE = auto()
    GIVEN = auto()
    BEFORE = auto()  # an article, a small word, "Norway's": no part of a name
    JOINS = auto()  # "of": no part of a name behind a role
    BODY = auto()
    NAME = auto()


_OWNER, _ROLE, _GIVEN, _BEFORE, _JOINS, _BODY, _NAME = _Part  # each look-up in the class takes as long as the rest of a step


class NameStart:
    """The starts of the names of one text."""

    def __init__(self, runs: NameRuns) -> None:
        self.runs, self.text, self.lexicon = runs, runs.text, runs.lexicon
        self.tokens, self.kinds = runs.tokens, runs.kinds
        endings = (ending for ending, _ in self.lexicon.person_endings)
        self._noun_endings = (*self.lexicon.file.roles.trades, *endings)  # of nouns of people of no list

    def of(self, tokens: list[Token]) -> int:
        """Index of the first token of the name proper."""
        if len(tokens) < 2 or self._is_called_by_title(tokens):
            return 0
        behind = self._behind_genitive(tokens)
        if behind:
            return behind
        first, seen_role = 0, False
        bare = self._bare_role(tokens)
        small = (k for k in range(len(tokens) - 1, 0, -1) if tokens[k - 1].flags & F.LOWER)
        company = next(small, 0) if is_called_by_form(tokens, self.kinds) else len(tokens)
        for k in range(len(tokens) - 1):
            part = _ROLE if k == bare else self._part(tokens, k, k == first, company)
            if part is _GIVEN:
                begin = self._at_given(tokens, k, first, seen_role)
                if begin >= 0:
                    return begin
            elif part is _ROLE:
                seen_role, first = True, k + 1
            elif part in (_OWNER, _BEFORE) or (seen_role and part in (_JOINS, _BODY)):
                first = k + 1
        return self._behind_office(tokens, first) if seen_role else first

    def _part(self, tokens: list[Token], k: int, opens: bool, company: int) -> _Part:
        """What token k is, which is not the last one. `opens`: the name would begin with it; `company`: where the words begin that a
        company's form ends."""
        flag, behind = tokens[k].flags, tokens[k + 1].flags
        if behind & F.CAPITAL and ((flag & F.POSSESSIVE and flag & F.GIVEN) or self._owns_by_mark(tokens[k])):
            return _OWNER
        if flag & F.GIVEN and not flag & F.ROLE:
            return _GIVEN
        if flag & (F.TITLE | F.ROLE | F.GROUP | F.ORGANISATION | F.CAPITAL) == F.GROUP | F.CAPITAL:
            return _ROLE if self.lexicon.is_plural(tokens[k].word.lower()) else _NAME  # "Family Planning Association"
        if flag & (F.TITLE | F.ROLE | F.GROUP) or self._is_compound_role(tokens[k]):
            of_name = k >= company and flag & F.CAPITAL and (k == company or flag & F.TITLE)
            body = F.ORGANISATION | F.CAPITAL
            joins = behind & (F.PARTICLE | F.CAPITAL) == F.PARTICLE and self.lexicon.file.follows
            if k and joins and flag & F.CAPITAL and tokens[k - 1].flags & (body | F.GIVEN) == body:
                return _NAME  # "Dirección General de Tráfico"
            return _NAME if of_name or self._heads_body(tokens[k], tokens[k + 1]) else _ROLE
        within = k and tokens[k - 1].flags & behind & F.NAME_PARTICLE  # "Ada von und zu Quill"
        if (
            (not flag & (F.CAPITAL | F.NAME_PARTICLE) and not within)
            or (flag & F.POSSESSIVE and not self._owns_body(tokens, k))
            or (opens and flag & (F.DETERMINER | F.NOT_NAME) and not self.runs.is_capital_particle(tokens[k]))
        ):
            return _JOINS if flag & F.PARTICLE and not flag & F.NAME_PARTICLE else _BEFORE
        return _BODY if flag & (F.ORGANISATION | F.MEDIUM) else _NAME

    def _owns_by_mark(self, token: Token) -> bool:
        """ "Quill Brothers' Tom Renn": an owner whose name ends with s."""
        return token.word[-1] == "s" and self.text.startswith(("' ", "’ "), token.end)

    def _is_compound_role(self, token: Token) -> bool:
        """ "Vice-Minister", "Attorney-General"."""
        if "-" not in token.word or token.flags & F.GIVEN:
            return False
        first, _, last = token.word.lower().partition("-")
        role = F.TITLE | F.ROLE
        return bool(self.lexicon.flags(last) & role) and (first in self.lexicon.lesser or bool(self.lexicon.flags(first) & role))

    def _at_given(self, tokens: list[Token], k: int, first: int, seen_role: bool) -> int:
        """Where the name begins of which token k is a first name; -1 where that is not sure yet."""
        genitives = self.lexicon.file.genitive_names
        if seen_role:
            if any(t.flags & F.POSSESSIVE and not t.flags & F.GIVEN for t in tokens[k + 1 : -1]):
                return -1  # "President Ada Quill's spokesman Tom Renn"
            return first if k == first + 1 and not genitives and self._may_be_called(tokens, first) else k
        if k and not first and genitives and not tokens[k - 1].flags & F.GIVEN:
            return k  # "мэр Приозёрска Нина Лугова", but "Anna Maria Zych"
        return -1

    def _behind_office(self, tokens: list[Token], first: int) -> int:
        """ "Secretary of State Ada Quill": where the name begins behind what "of" has behind it."""
        if len(tokens) - first <= 2 or not first or not tokens[first - 1].flags & F.PARTICLE:
            return first
        if self.kinds.is_form(tokens[-1].word):
            return first  # "head of Quill Asset Management"
        return next((k for k in range(first, len(tokens) - 1) if tokens[k].flags & F.GIVEN), len(tokens) - 2)

    def _behind_genitive(self, tokens: list[Token]) -> int:
        """ "Речниця міністра Івана Мороза Ганна Лісова": where the name begins behind another one in the genitive; 0 where there is none."""
        if not self.lexicon.file.genitive_names:
            return 0
        listed = [t.word.lower() in self.lexicon.listed_names for t in tokens[:-1]]
        last = max((k for k, known in enumerate(listed) if known), default=0)
        other = any(t.flags & F.GIVEN and not known for t, known in zip(tokens[:last], listed, strict=False))
        first = listed.index(True) if last else 0
        if not other and last > first + 1:  # "matka Petra Kadlece Hana Kadlecová"
            other = self.lexicon.may_be_genitive(tokens[first].word.lower(), tokens[last - 1].word.lower())
        return last if other else 0

    def _bare_role(self, tokens: list[Token]) -> int:
        """The token of a noun of no list before two capitalised words that ends as nouns of people do, where nouns have capitals: "Hafenmeister
        Ole Brandt", or as nouns of trades do: "Locksmith Ada Quill"; -1 where there is none."""
        at = 1 if tokens and tokens[0].flags & F.DETERMINER else 0
        if not self._noun_endings or len(tokens) < at + 3 or len(tokens[at].word) < _SHORTEST_NOUN:
            return -1
        if tokens[at].flags & (F.GIVEN | F.NOT_NAME | F.ORGANISATION | F.MEDIUM | F.POSSESSIVE) or not tokens[at].flags & F.CAPITAL:
            return -1
        behind = tokens[at + 1 : at + 3]
        if any(t.flags & (F.CAPITAL | F.ORGANISATION | F.MEDIUM) != F.CAPITAL for t in behind):
            return -1
        return at if tokens[at].word.endswith(self._noun_endings) else -1

    @staticmethod
    def _heads_body(token: Token, behind: Token) -> bool:
        """ "Ministry of Fisheries": what "of" follows is the name of the body, and not where somebody holds a role."""
        body = F.ORGANISATION | F.CAPITAL
        return (
            token.flags & (body | F.ROLE | F.TITLE) == body
            and behind.flags & (F.PARTICLE | F.NAME_PARTICLE | F.CAPITAL) == F.PARTICLE
        )

    def _owns_body(self, tokens: list[Token], k: int) -> bool:
        """ "St Vigor's Church", "King's College": a possessor before one noun of a body, which says nothing alone; no country's "Iran's Parliament"."""
        last = tokens[-1]
        if k != len(tokens) - 2 or last.flags & (F.CAPITAL | F.ORGANISATION) != F.CAPITAL | F.ORGANISATION:
            return False
        if last.flags & (F.POSSESSIVE | F.MEDIUM):
            return False
        owner = ENDING.sub("", tokens[k].word).lower()
        return not (self.kinds.is_place((owner,)) or self.kinds.is_demonym(owner) or self.runs.is_last_name(owner))

    def _may_be_called(self, tokens: list[Token], first: int) -> bool:
        """Whether a word right behind a role and before a first name is another one, of no list: "the deputy Pier Paolo Zanin"."""
        token = tokens[first]
        word = token.word
        if first and not tokens[first - 1].flags & (F.ROLE | F.TITLE):
            return False  # "the minister of Sorvane Olena Tarvashka"
        plain = token.flags & (F.CAPITAL | F.UPPER) == F.CAPITAL and not token.flags & (_NO_NAME | F.POSSESSIVE)
        return plain and not (self.kinds.is_demonym(word) or self.kinds.is_place((word.lower(),)) or self.kinds.is_body(word))

    def _is_called_by_title(self, tokens: list[Token]) -> bool:
        """ "Queen Jonas, 73,", "Major Hallam, a baker,": a title as a first name, where what follows is said of nobody with such a title."""
        if len(tokens) != 2 or not tokens[0].flags & F.CAPITAL or tokens[0].word.lower() not in self.lexicon.given_titles:
            return False
        name, end = tokens[1], tokens[1].end
        if name.flags & (F.ORGANISATION | F.MEDIUM | F.POSSESSIVE | F.NOT_NAME) or not name.flags & F.CAPITAL:
            return False
        stated = STATED_AGE.match(self.text, end)
        if name.flags & F.GIVEN and not stated:
            return False
        return self._is_said_to_be_anybody(stated.end() if stated else end)

    def _is_said_to_be_anybody(self, end: int) -> bool:
        """Whether a phrase with "a" and a noun of people follows behind a comma."""
        if self.text[end : end + 2] != ", ":
            return False
        for nth, token in enumerate(self.tokens.forward(end + 2, min(len(self.text), end + BEHIND_NAME))):
            if not nth and token.word not in self.lexicon.indefinite:
                return False
            if not token.flags & F.LETTER or token.flags & (F.CAPITAL | F.BOUNDARY | F.PARTICLE | F.AUXILIARY | F.CUE):
                return False
            if nth and not token.flags & F.TITLE and (token.flags & F.ROLE or self.lexicon.is_person_noun(token.word)):
                return True
        return False
