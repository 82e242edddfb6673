"""The lines of a text and the quoted segments in each; and a line as a row of tokens of the table (`text.table`), which cuts it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import Lexicon
from pipelines.quotes.text.marks import Places, Segment, marks_in, opens_with_mark, over_lines, prefers_singles, read_marks
from pipelines.quotes.text.words import NICKNAME

_SPOKEN = 15  # characters of what counts as speech between single marks in a text that uses double ones
_STOPS = ".,!?…"
_GAP = 40  # blank characters between two paragraphs that are one above the other
_LONGEST_ABOVE = 3000  # characters of a paragraph above
_WORD_BEFORE = 30  # characters before a nickname in which the first name stands
_OPENS = F.NOT_NAME | F.DETERMINER | F.BOUNDARY | F.PRONOUN | F.CUE | F.AUXILIARY


class Line(NamedTuple):
    """A line that is not blank; `nth` of its text. `segments`: the outermost ones. Blanks around it are left out, those behind a line with
    segments are not."""

    nth: int
    start: int
    end: int
    segments: list[Segment]


class Paragraph:
    """A line as tokens `first` to `end` (exclusive) of a table, cut into sentences `first_sentence` to `end_sentence` of it.

    `offset`: where the text begins in the table's source. The other attributes are the table's own columns; a token at hand is found in them
    at its number, and offsets count in the text.
    """

    __slots__ = (
        "end",
        "end_sentence",
        "ends",
        "first",
        "first_sentence",
        "flags",
        "line",
        "offset",
        "segment_of",
        "sentence_of",
        "starts",
        "table",
        "text",
    )

    def __init__(self, text: str, offset: int, line: Line) -> None:
        self.text, self.offset, self.line = text, offset, line
        self.table: Any = None
        self.first = self.end = self.first_sentence = self.end_sentence = 0
        self.flags: Sequence[int] = ()
        self.starts: Sequence[int] = ()
        self.ends: Sequence[int] = ()
        self.sentence_of: Sequence[int] = ()
        self.segment_of: Sequence[int] = ()

    def word(self, token: int) -> str:
        """The token as it is written."""
        return self.text[self.starts[token] : self.ends[token]]

    def segment(self, token: int) -> Segment:
        """The segment that the token is."""
        found: Segment = self.table.segments[self.segment_of[token]]
        return found

    def sentence_at(self, token: int) -> tuple[int, int]:
        """First token, and the one behind the last, of the sentence of a token."""
        sentence = self.sentence_of[token]
        return self.table.firsts[sentence], self.table.stops[sentence]

    @property
    def begins_at(self) -> int:
        """Where its first token starts."""
        start: int = self.starts[self.first]
        return start

    @property
    def ends_at(self) -> int:
        """Where its last token ends."""
        end: int = self.ends[self.end - 1]
        return end


def read_lines(text: str, elisions: frozenset[str], lexicon: Lexicon | None = None) -> list[Line]:
    """All lines of a text that are not blank. With a `lexicon` no nickname inside a name is a segment."""
    places = marks_in(text)
    british = bool(places) and prefers_singles(text, places)
    spans = list(_spans(text))
    marks = []
    near = 0
    for nth, (start, end) in enumerate(spans):
        first = near
        while near < len(places) and places[near][0] < end:
            near += 1
        next_opens = nth + 1 < len(spans) and opens_with_mark(text, *spans[nth + 1])
        here = places[first:near]
        marks.append(read_marks(text, start, end, here, next_opens=next_opens, outer_singles=british, elisions=elisions))
    over = over_lines(text, spans, marks)
    lines = []
    for nth, (start, end) in enumerate(spans):
        segments = over.get(nth, marks[nth].segments)
        if segments:
            if not british:
                segments = [s for s in segments if _is_double(text, s) or _is_speech(text, s)]
            if lexicon is not None:
                segments = [s for s in segments if not _is_nickname(text, s, lexicon)]
        lines.append(Line(nth, start, _end_of_line(text, end) if segments else end, segments))
    return lines


def _spans(text: str) -> Iterable[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        inner = line.strip()
        if inner:
            start = at + len(line) - len(line.lstrip())
            yield start, start + len(inner)
        at += len(line) + 1


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _is_double(text: str, segment: Segment) -> bool:
    return text[segment.start] not in "'‘’‚" or text.startswith("''", segment.start)


def _is_speech(text: str, segment: Segment) -> bool:
    """Single marks in a text that uses double ones: speech only at some length and with its own punctuation."""
    return segment.inner_end - segment.inner_start >= _SPOKEN and text[segment.inner_end - 1] in _STOPS


def _is_nickname(text: str, segment: Segment, lexicon: Lexicon) -> bool:
    """`Gerald “Gerry” Marlow`: a capitalised word that opens no sentence stands on either side."""
    match = NICKNAME.match(text, segment.start)
    if match is None or match.end() != segment.end:
        return False
    before = text[max(0, segment.start - _WORD_BEFORE) : segment.start].split()
    return bool(before) and before[-1][0].isupper() and not lexicon.flags(before[-1]) & _OPENS


def paragraphs_above(
    paragraphs: Sequence[Paragraph], elisions: frozenset[str], trust_units: bool
) -> list[tuple[Paragraph, Paragraph]]:
    """Of the paragraphs of a text that have segments each with what stands above it: another of them, or one of its own (with a line of
    number -1) where its marks are read in another way. `trust_units`: whether every segment becomes a unit, so that whose paragraph
    is above need not be read again."""
    found = []
    for before, p in zip([None, *paragraphs], paragraphs, strict=False):
        if not p.line.segments or before is None:
            continue
        near = p.line.start - before.line.end < _GAP and before.line.end - before.line.start < _LONGEST_ABOVE
        if near and before.line.segments and trust_units:
            found.append((p, before))
            continue
        line = _line_above(p.text, p.line, elisions)
        if line is not None:
            same = near and not line.segments and not before.line.segments
            found.append((p, before if same else Paragraph(p.text, p.offset, line)))
    return found


def _line_above(text: str, line: Line, elisions: frozenset[str]) -> Line | None:
    """What stands above a line, with the marks of that line alone; it may be longer than a line where nothing ends it."""
    low = max(0, line.start - _GAP)
    end = low + len(text[low : line.start].rstrip())
    begin = text.rfind("\n", max(0, end - _LONGEST_ABOVE), end) + 1 if end else 0
    if begin >= end:
        return None
    places: Places = marks_in(text, begin, end)
    return Line(-1, begin, end, read_marks(text, begin, end, places, elisions=elisions).segments if places else [])
