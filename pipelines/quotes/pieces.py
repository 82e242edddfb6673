"""Very long texts in pieces, so that the room that reading takes does not grow with a text. How a piece is read does not stand here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from pipelines.quotes.types import Quote, Speaker

LONGEST = 1 << 17  # characters of a piece, some 20,000 words
_END_OF_SENTENCE = re.compile(r"[.!?…][\"”’»')\]]*\s|[。！？][」』”]*")


def pieces_of(text: str, longest: int) -> Iterator[tuple[int, str]]:
    """The pieces of a text with their offsets: all of it, or as much as has room up to the end of a line, else of a sentence, else of a word.

    >>> list(pieces_of("One line.\\nTwo. Lines are two.", 16))
    [(0, 'One line.\\n'), (10, 'Two. '), (15, 'Lines are two.')]
    """
    start = 0
    while len(text) - start > longest:
        part = text[start : start + longest]
        end = part.rfind("\n") + 1 or max((match.end() for match in _END_OF_SENTENCE.finditer(part)), default=0)
        end = end or part.rfind(" ") + 1 or longest
        yield start, part[:end]
        start += end
    yield start, text[start:]


def moved(quotes: Sequence[Quote], by: int, behind: int) -> list[Quote]:
    """The quotes of a piece as those of its text: it begins so many characters `by` in it, and `behind` so many quotes."""
    return placed(quotes, lambda place: place + by, behind) if by else list(quotes)


def placed(quotes: Sequence[Quote], place_of: Callable[[int], int], behind: int) -> list[Quote]:
    """The quotes with each offset as `place_of` has it, behind so many other quotes."""

    def at(place: int | None) -> int | None:
        return None if place is None else place_of(place)

    def speaker_at(speaker: Speaker) -> Speaker:
        start, end, name_start, name_end = map(at, speaker[:4])
        return speaker._replace(start=start, end=end, name_start=name_start, name_end=name_end)

    return [
        quote._replace(
            start=place_of(quote.start),
            end=place_of(quote.end),
            content_start=place_of(quote.content_start),
            content_end=place_of(quote.content_end),
            cue_start=at(quote.cue_start),
            cue_end=at(quote.cue_end),
            speaker=quote.speaker and speaker_at(quote.speaker),
            part_of=None if quote.part_of is None else quote.part_of + behind,
        )
        for quote in quotes
    ]
