"""What is known of the names of one text and of the people met in it, and what the parts that resolve mentions ask of each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple, Protocol

from pipelines.quotes import flags as F
from pipelines.quotes.types import How, Token
from pipelines.vocabulary import SpeakerKind

GENDERS = F.MASCULINE | F.FEMININE
FARTHEST = 2500  # characters back that a pronoun looks
LONGEST_ARTICLE = 8  # characters
ENDS_SENTENCE = re.compile(r"[.!?…][”\"’»]?\s")
FAR_BREAKS = 3  # line ends behind which a subject is no recent one
Span = tuple[int, int]


class RolePhrase(NamedTuple):
    """Offsets of the phrase, and of the organisation in it where one is named."""

    start: int
    end: int
    organisation: Span | None


class Run(NamedTuple):
    """A person's or other name as it stands in the text: offsets, lower-case words, gender where known, salience cues."""

    start: int
    end: int
    words: tuple[str, ...]
    gender: int
    roles: tuple[str, ...]
    possessive: bool
    given: bool
    introduced: bool  # "The curator, Odarka Reed, …"
    noun: str  # a word of no list by which the text introduces them: ", a beekeeper,"
    suffix: str = ""  # "jr"
    described: frozenset[str] = frozenset()  # all words of titles, introduction and apposition
    phrase: RolePhrase | None = None  # what they are, in the words next to the name


class Bearer(NamedTuple):
    """Somebody with a full name in the text: their clearest mention, and where they are named in full."""

    run: Run
    places: tuple[int, ...]


class Scores(NamedTuple):
    """What speaks for each kind of name."""

    person: float
    organisation: float
    place: float


class NameKind(IntEnum):
    UNKNOWN = 0
    PERSON = 1
    ORGANISATION = 2
    PLACE = 3


class Resolved(NamedTuple):
    """The answer for one mention: `start, end` of the name in the text (both None where nobody can be named)."""

    start: int | None
    end: int | None
    kind: SpeakerKind
    role: str | None
    how: How
    lead: float = 1.0  # score over the next likely one, at most 1


class Likeliest(NamedTuple):
    """Somebody a pronoun or role may stand for: score, the name, what doubt took from the score, whether it is a name, `Spoke.guessed`, whether
    the name or its title tells the gender, and where they are named, -1 for somebody who spoke."""

    score: float
    start: int
    end: int
    doubt: float = 0.0
    named: bool = True
    lead: float = 1.0
    guessed: bool = False
    gendered: bool = True
    at: int = -1


class Spoke(NamedTuple):
    """Somebody who spoke: at which offset, the name or the words that stand for them, their gender. `guessed`: by a guess; who a pronoun behind it
    stands for is no surer."""

    at: int
    start: int
    end: int
    gender: int
    named: bool = True
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """Who was met so far in one text, in reading order. Whoever resolves a mention adds to it."""

    spoke: list[Spoke] = field(default_factory=list)
    unnamed: list[tuple[int, int, int, str]] = field(default_factory=list)  # position, name start, name end, head noun
    things: list[tuple[int, int, int, SpeakerKind]] = field(
        default_factory=list
    )  # institutions and documents: position, start, end


class Introducing(Protocol):
    """See `introductions.Introductions`."""

    def introduced(self, word: str, tokens: list[Token], position: int) -> Run | None: ...
    def introduced_unnamed(self, word: str, position: int) -> Span | None: ...
    def is_of_office(self, word: str, tokens: list[Token], run: Run) -> bool: ...
    def fits(self, tokens: list[Token], run: Run) -> bool: ...
    def occurrences(self, word: str, position: int) -> list[int]: ...


class Remembering(Protocol):
    """See `recent.Recent`."""

    def latest(self, position: int, gender: int, role: str | None = None) -> Likeliest | None: ...
    def latest_of_role(self, start: int, end: int, gender: int, role: str) -> Likeliest | None: ...
    def behind_opening(self, start: int, position: int) -> int: ...


class Showing(Protocol):
    """See `clues.Clues`."""

    def in_credit(self, position: int) -> bool: ...
    def sentences_before(self, position: int) -> list[int]: ...
    def thing_before(
        self, position: int, spoke: Sequence[tuple[int, int, int, SpeakerKind]]
    ) -> tuple[int, int, SpeakerKind] | None: ...
    def by_predicate(self, noun: str, position: int) -> Run | None: ...


class Holding(Protocol):
    """See `nouns.Nouns`."""

    def role_of(self, tokens: list[Token], head: Token) -> Resolved: ...
    def somebody(self, word: str, tokens: list[Token], start: int, gender: int) -> Resolved | None: ...


class Naming(Protocol):
    """See `company_nouns.CompanyNouns`."""

    def meant(self, noun: str, tokens: list[Token], position: int) -> tuple[int, int, How] | None: ...


class Judging(Protocol):
    """See `bodies.Bodies`."""

    def in_full(self, tokens: list[Token]) -> Span | None: ...
    def firm(self, tokens: list[Token]) -> Span | None: ...
    def begin(self, tokens: list[Token]) -> int: ...
    def is_saint(self, token: Token, last: Token) -> bool: ...
    def is_which(self, tokens: list[Token], first: int) -> bool: ...
    def is_place(self, tokens: list[Token]) -> bool: ...
    def is_named_so(self, tokens: list[Token], first: int, roles: str | None) -> bool: ...
    def ends_in_form(self, tokens: list[Token], first: int) -> bool: ...
    def kind_of(self, tokens: list[Token], first: int) -> SpeakerKind: ...


class Choosing(Protocol):
    """See `bearers.Bearers`."""

    def meant(self, bearers: list[Bearer], before: list[Token], titles: list[Token], gender: int, position: int) -> Run | None: ...
    def tells_age(self, tokens: list[Token]) -> bool: ...


class Opening(Protocol):
    """See `openings.Openings`."""

    def name_behind(self, tokens: list[Token]) -> Span | None: ...
    def is_no_name(self, tokens: list[Token]) -> bool: ...
    def joined(self, tokens: list[Token]) -> int: ...
    def is_pair(self, tokens: list[Token]) -> bool: ...
    def two_people(self, tokens: list[Token]) -> Span | None: ...
    def pair_of_one_surname(self, tokens: list[Token]) -> Span | None: ...


class Reading(Protocol):
    """See `name_reader.NameReader`."""

    def read(self, start: int, end: int) -> Run | None: ...
