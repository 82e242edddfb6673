"""What quote extraction gives, quotes and their speakers by offsets into the text, and what it reads on the way: mentions, cues, attributions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pipelines.vocabulary import QuoteType, SpeakerKind


@dataclass(frozen=True, slots=True)
class QuoteSettings:
    """What to extract. `default_language` stands in where a text is too short to tell its language."""

    indirect: bool = True
    default_language: str = "en"


class Speaker(NamedTuple):
    """The mention at the cue (`start, end`, both None where the language leaves the subject out), and where the text has the resolved name (both
    None where nobody can be named)."""

    start: int | None
    end: int | None
    name_start: int | None
    name_end: int | None
    kind: SpeakerKind
    role: str | None


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


class Mention(NamedTuple):
    """Tokens `first` to `last` (inclusive) of a paragraph."""

    first: int
    last: int
    kind: int  # NAME, PRON or NOUN
    attached: int  # 1 where it hangs on the mention before by a preposition, so that it is hardly a subject
    group_last: int  # last token including what hangs on this mention
    row: int  # of the table's mentions

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
