"""What quote extraction gives, quotes and their speakers by offsets into the text, and what it reads on the way: mentions, cues, attributions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import NamedTuple

from pipelines.vocabulary import QuoteType, SpeakerKind


@dataclass(frozen=True, slots=True)
class QuoteSettings:
    """What to extract. `default_language` stands in where a text is too short to tell its language."""

    indirect: bool = True
    default_language: str = "en"


class How(IntEnum):
    """How it was found who a mention is."""

    FULL = 0  # a person named in full at the cue
    SURNAME = 1  # by one name, which one person of the text has
    AMONG = 2  # by one name, which several have
    ALONE = 3  # by one name, nowhere in full
    BODY = 4  # an organisation, outlet, document or group by its name
    WORDS = 5  # nobody named, their own words stand for them
    HELD = 6  # by a role, age or noun that the text gave to somebody before
    PRONOUN = 7  # he, she, or "his response"
    THING = 8  # "it", "they"
    GUESS = 9  # by a role, deed or noun that the text gave to nobody, or to somebody whom not all of it fits
    NOBODY = 10  # not at all
    LEFT_OUT = 11  # no word at the cue names them
    LIKELY = 12  # as a guess, and nobody else comes into question


class Speaker(NamedTuple):
    """The mention at the cue (`start, end`, both None where the language leaves the subject out), and where the text has the resolved name (both
    None where nobody can be named)."""

    start: int | None
    end: int | None
    name_start: int | None
    name_end: int | None
    kind: SpeakerKind
    role: str | None  # the phrase as the text has it
    organisation: str | None  # where they are it, if the phrase names a body
    how: How
    lead: float  # of a pronoun's or guess's answer over the next likely one, at most 1


class Quote(NamedTuple):
    """`start, end`: the words inside the marks. `content_*`: the whole attributed clause. `part_of`: index of the quote this continues."""

    start: int
    end: int
    type: QuoteType
    content_start: int
    content_end: int
    cue_start: int | None
    cue_end: int | None
    speaker: Speaker | None
    part_of: int | None
    confidence: float
    evidence: Mapping[str, float] = MappingProxyType({})  # what the confidence was weighed from


class Token(NamedTuple):
    """A word or mark as reading names sees it, its offsets in the text and its flags."""

    word: str
    start: int
    end: int
    flags: int


NO_ROW = -1


class Mention(NamedTuple):
    """Tokens `first` to `last` (inclusive) of a paragraph."""

    first: int
    last: int
    kind: int  # NAME, PRON or NOUN
    attached: int  # 1 where it hangs on the mention before by a preposition, so that it is hardly a subject
    group_last: int  # last token including what hangs on this mention
    row: int  # of the table's mentions, NO_ROW where it is none of them

    @property
    def head(self) -> int:
        """The token of the head noun or the last of the name."""
        return self.last


class Cue(NamedTuple):
    """A cue of a sentence: tokens `first` to `last`; `follows` where its speaker comes after it ("according to X")."""

    first: int
    last: int
    follows: int  # 0 or 1, as `strong`
    strong: int


class Clause(NamedTuple):
    """What one sentence holds outside quotation marks: mentions and cues, in tokens of their paragraph."""

    first: int
    end: int
    mentions: list[Mention]
    cues: list[Cue]


class Attribution(NamedTuple):
    """Cue tokens `cue_first` to `cue_last` and the mention, either of which may be missing (-1, None)."""

    cue_first: int
    cue_last: int
    mention: Mention | None
    pattern: int  # see `kernels.order`


NOBODY = Attribution(-1, -1, None, 0)
