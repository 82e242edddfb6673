"""What a run of capitalised words says of whose name it is: the name proper, gender, roles, and the words next to it.

Which runs a text has is said in `name_tokens`, which words of one are the name in `name_parts`, whether a name is a person's in `name_scores`.
"""

from __future__ import annotations

import re
from itertools import dropwhile

from pipelines.quotes import flags as F
from pipelines.quotes.people.name_parts import NameParts
from pipelines.quotes.people.name_tokens import STATED_AGE, NameRuns, bare_end
from pipelines.quotes.people.roles import role_phrase
from pipelines.quotes.people.surroundings import Surroundings
from pipelines.quotes.people.types import GENDERS, RolePhrase, Run
from pipelines.quotes.types import Token

_CLITIC = re.compile("[’'](?![sS]$)")
_ARTICLE = 12  # characters before a name that hold one
_CLOSES_APPOSITION = ",.;:)\n"


def _called_by(behind: list[Token], introduction: list[Token]) -> str:
    """The head noun of an apposition that begins with an article, or of the phrase before the name; where it is in no list, or a body's."""
    tokens = behind if behind and behind[0].flags & F.DETERMINER else introduction
    head = ""
    for token in tokens[1:]:
        if token.flags & (F.BOUNDARY | F.PARTICLE | F.CAPITAL) or not token.flags & F.LETTER:
            break
        head = token.word.lower() if token.flags & (F.UNKNOWN_LOWER | F.ORGANISATION) and not token.flags & F.POSSESSIVE else ""
    return head


def _opens(token: Token) -> bool:
    """ "But President Ada Quill": a word that opens a sentence and is no part of what somebody is."""
    return token.flags & (F.CAPITAL | F.NOT_NAME) == F.CAPITAL | F.NOT_NAME and not token.flags & (F.TITLE | F.ROLE)


def _before_field(introduction: list[Token]) -> list[Token]:
    """ "The opponent for president, Ada Quill, …": without the field of a role."""
    field = next((k for k, t in enumerate(introduction) if t.flags & F.BOUNDARY), len(introduction)) if introduction else 0
    return introduction[:field]


def _ends_in_particle(before: list[Token]) -> bool:
    """ "Secretary of": whether what leads to a name joins it to a role, and is no part of it."""
    return before[-1].flags & (F.PARTICLE | F.NAME_PARTICLE) == F.PARTICLE


class NameReader:
    """What the runs of one text say."""

    def __init__(self, runs: NameRuns, parts: NameParts) -> None:
        self.text, self.lexicon, self.tokens, self.kinds = runs.text, runs.lexicon, runs.tokens, runs.kinds
        self._parts, self._around = parts, Surroundings(runs)

    def read(self, start: int, end: int) -> Run | None:
        """The name in the run from `start` to `end`, None where there is none."""
        tokens = self._parts.without_phrase([t for t in self.tokens.between(start, end) if t.flags & F.LETTER])
        first, last = self._parts.core(tokens, start)
        if first > last:
            return None
        name, suffix = self._without_suffix(tokens[first : last + 1])
        lead = tokens[:first]
        titled = bool(lead) and any(t.flags & (F.TITLE | F.ROLE) for t in lead)
        before = [] if titled else self._around.before(tokens[0].start)
        introduction = [] if before else self._around.introduced_before(start, end)
        before = before or introduction
        described = [*before, *lead]
        titles = self._titles([*(_before_field(introduction) or before), *lead]) if described else []
        if self.lexicon.file.genitive_names and len(titles) > 1 and any(self._is_inflected(t) for t in name[:-1]):
            titles = titles[1:]  # "Помощник | депутата Павла Зимина"
        roles = [self._around.title_in_full(t) for t, lesser in titles if not lesser]
        given = next((k for k, t in enumerate(name[:-1]) if t.flags & F.GIVEN), None)
        if not lead and roles and _ends_in_particle(before) and given != 0:
            if len(name) > 2:
                name = name[-2:]  # "Secretary of State Ada Jane Quill"
            else:
                titles, roles = [], []  # "secretary of the Defence Council": the office, not who holds it
        elif self._is_office(lead, name, start):
            titles, roles = [], []
        gender = self._gender(name if given is not None else [], titles, described if roles else [])
        behind = self._around.behind(tokens[last].end)
        behind = [] if behind and self._around.hangs_on(name[0].start) else behind
        titles_behind = self._titles(self._around.own_part(behind)) if behind else []
        name_end = bare_end(name[-1])
        return Run(
            start=name[0].start,
            end=bare_end(tokens[last]) if suffix else name_end,
            words=(*[t.word.lower() for t in name[:-1]], self.text[name[-1].start : name_end].lower()),
            gender=gender or next((theirs for t, _ in titles_behind if (theirs := t.flags & GENDERS)), 0),
            roles=(*roles, *[t.word.lower() for t, lesser in titles_behind if not lesser]),
            possessive=bool(name[-1].flags & F.POSSESSIVE),
            given=given is not None,
            introduced=bool(introduction) and not _CLITIC.search(name[-1].word),
            noun=_called_by(behind, introduction) or self._around.predicate(name[-1].end),
            suffix=suffix,
            described=frozenset(
                [t.word.lower().removesuffix("'s").removesuffix("’s") for t in (*described, *behind) if t.flags & F.LETTER]
            ),
            phrase=self._phrase(tokens[last].end, behind, described),
        )

    def _is_inflected(self, token: Token) -> bool:
        """Whether a word is a first name that is not listed so: "Павла"."""
        return bool(token.flags & F.GIVEN) and token.word.lower() not in self.lexicon.listed_names

    def _is_office(self, lead: list[Token], name: list[Token], start: int) -> bool:
        """ "Der Bürgermeister von Halmar": an article, a role, and a place behind a word that stands in names too."""
        if len(lead) < 2 or len(name) > 1 or name[0].flags & F.GIVEN or lead[-1].word not in self.lexicon.file.codes.genitive:
            return False
        ahead = next(self.tokens.backward(max(0, start - _ARTICLE), start), lead[0])
        return bool(lead[-1].flags & F.NAME_PARTICLE and lead[-2].flags & (F.ROLE | F.TITLE) and ahead.flags & F.DETERMINER)

    def _without_suffix(self, name: list[Token]) -> tuple[list[Token], str]:
        """ "Ada Quill" and "jr" of "Ada Quill Jr."."""
        suffix = ""
        while len(name) > 1 and self.kinds.is_suffix(name[-1].word):
            suffix, name = name[-1].word.lower().rstrip("."), name[:-1]
        return name, suffix

    def _titles(self, tokens: list[Token]) -> list[tuple[Token, bool]]:
        """The titles and roles among the words next to a name, and whether a word before makes them lesser ones: "Vice President" is no president."""
        found, lesser = [], False
        for token in tokens:
            if token.flags & (F.TITLE | F.ROLE):
                found.append((token, lesser))
            lesser = token.word.lower() in self.lexicon.lesser
        return found

    def _gender(self, name: list[Token], titles: list[tuple[Token, bool]], described: list[Token]) -> int:
        """What a first name says, else the article before a title, else the titles; 0 where they differ."""
        gender = 0
        for title, _ in titles:
            gender |= title.flags & GENDERS
        if described:
            gender = self.lexicon.gender_of_article.get(described[0].word.lower(), gender)
        gender = next((t.flags & GENDERS for t in name if t.flags & F.GIVEN), 0) or gender
        return 0 if gender == GENDERS else gender

    def _phrase(self, end: int, behind: list[Token], before: list[Token]) -> RolePhrase | None:
        """What the words next to a name that ends at `end` say that its bearer is."""
        if not behind and not before and not self.text.startswith(", ", end):
            return None
        stated = STATED_AGE.match(self.text, end)
        behind = self._around.behind(stated.end()) if stated else behind
        closed = bool(behind) and self.text[behind[-1].end : behind[-1].end + 1] in _CLOSES_APPOSITION
        phrase = role_phrase(behind, self.lexicon, self.kinds) if closed else None
        if phrase is None and before and before[0].flags & (F.ROLE | F.LOWER) == F.ROLE | F.LOWER:
            before = [*self._around.modifiers(before[0].start), *before]
        return phrase or role_phrase(list(dropwhile(_opens, before)), self.lexicon, self.kinds)
