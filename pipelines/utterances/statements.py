"""Articles and their quotes to statements: the sentences of every quote, and of words in marks that `quotes` gave nobody.

How alike two statements are does not stand here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipelines.quotes.lexicon import elisions_on_pages_of
from pipelines.quotes.text.paragraphs import read_lines
from pipelines.quotes.text.segments import is_whole
from pipelines.utterances.folding import folded
from pipelines.utterances.settings import UtteranceSettings
from pipelines.vocabulary import QuoteType, SpeakerKind

_END_OF_SENTENCE = re.compile(r"""(?<=[.!?…])["”’»')\]]*\s+(?=["“„«'‘(]*[^\W\d_a-zа-яё])|\n+""")
NAMED = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION)
_MARKS = re.compile('["“”„«»「『]')


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or clause of an article. `quote`: the index of its quote, None for words in marks that are nobody's quote."""

    article: int  # its place among the articles
    start: int
    end: int
    type: str
    quote: int | None
    speaker: str | None
    speaker_kind: str | None
    mention: str | None  # the speaker as named at the cue
    confidence: float
    folded: str

    @property
    def by_name(self) -> bool:
        """Whether the article names the speaker at the cue itself: "Mara Quill said", not "she said" or "the mayor said"."""
        if self.speaker_kind not in NAMED or not self.speaker or not self.mention:
            return False
        return not frozenset(folded(self.speaker).split()).isdisjoint(folded(self.mention).split())


def sentences_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences between two offsets, without blanks around them."""
    cuts = [start, *(match.end() for match in _END_OF_SENTENCE.finditer(text, start, end)), end]
    for first, last in pairwise(cuts):
        part = text[first:last]
        if part.strip():
            yield first + len(part) - len(part.lstrip()), last - (len(part) - len(part.rstrip()))


def statements_of(article: int, text: str, quotes: Sequence[dict[str, Any]], settings: UtteranceSettings) -> list[Statement]:
    """The statements of an article, by start. A continued quote has the speaker of its first part."""
    found = [
        statement
        for index, quote in enumerate(quotes)
        for statement in _of_quote(article, text, index, quote, _said_by(quotes, index), settings)
    ]
    found += _unattributed(article, text, quotes, settings)
    return sorted(found, key=lambda s: (s.start, s.end))


def _said_by(quotes: Sequence[dict[str, Any]], index: int) -> dict[str, Any]:
    first = quotes[index]
    while first["part_of"] is not None and not first["speaker_name"] and first["part_of"] < index:
        index = first["part_of"]
        first = quotes[index]
    return first


def _of_quote(
    article: int, text: str, index: int, quote: dict[str, Any], said: dict[str, Any], settings: UtteranceSettings
) -> Iterable[Statement]:
    fewest = settings.fewest_indirect if quote["type"] == QuoteType.INDIRECT else settings.fewest_words
    for start, end in sentences_of(text, quote["start"], quote["end"]):
        words = folded(text[start:end])
        if words.count(" ") + 1 >= fewest:
            speaker = said["speaker_name"], said["speaker_kind"], said["speaker_mention"]
            yield Statement(article, start, end, quote["type"], index, *speaker, quote["confidence"], words)


def _unattributed(article: int, text: str, quotes: Sequence[dict[str, Any]], settings: UtteranceSettings) -> Iterable[Statement]:
    """Words in marks that are no quote: another article may say whose words they are."""
    if not _MARKS.search(text):
        return
    taken = [(quote["start"], quote["end"]) for quote in quotes]
    for line in read_lines(text, elisions_on_pages_of(None)):
        for segment in line.segments:
            first, last = segment.inner_start, segment.inner_end
            if any(start < last and first < end for start, end in taken):
                continue
            kind = QuoteType.DIRECT if is_whole(text, segment) else QuoteType.PARTIAL
            for start, end in sentences_of(text, first, last):
                words = folded(text[start:end])
                if words.count(" ") + 1 >= settings.fewest_unattributed:
                    yield Statement(article, start, end, kind, None, None, None, None, 0.0, words)
