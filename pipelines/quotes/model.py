"""What quote extraction gives: quotes and their speakers, by offsets into the text."""

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
    """The mention at the cue (`start, end`), and where the text has the resolved name (both None where nobody can be named)."""

    start: int
    end: int
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
