"""The quoted segments of a text on their way to quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.quotes import flags as F
from pipelines.quotes.kernels.speakers import CARRY, CARRY_ABOVE
from pipelines.quotes.lexicon import Lexicon
from pipelines.quotes.text.marks import ANY_MARK, Segment, opens_with_mark, prefers_singles, read_marks
from pipelines.quotes.text.paragraphs import Paragraph
from pipelines.quotes.text.words import NICKNAME, token_pattern
from pipelines.quotes.types import NOBODY, Attribution, Mention

INSIDE = [
    "first",
    "last",
    "last_word",
    "auxiliaries",
    "pronouns",
    "boundaries",
    "words",
    "all_capitals",
    "possessive_before",
    "paragraph",
]
WORDS_INSIDE, _ALL_CAPITALS = INSIDE.index("words"), INSIDE.index("all_capitals")
_LOOKED_AT = 200  # characters of a segment that its description looks at
_TITLE_CASE = F.CAPITAL | F.BOUNDARY | F.DETERMINER | F.PARTICLE | F.DIGIT  # what the words of a title may be
_COUNTED = F.AUXILIARY | F.PRONOUN | F.BOUNDARY
LINE = re.compile(r"[^\n]+")
_NICKNAME = re.compile(NICKNAME)
_OPENS = F.NOT_NAME | F.DETERMINER | F.BOUNDARY | F.PRONOUN | F.CUE | F.AUXILIARY


@dataclass(slots=True)
class Unit:
    """One segment. `mention` lies in the paragraph `where`."""

    p: Paragraph
    token: int
    segment: Segment
    alone: bool  # nothing but quotations in its sentence
    inside: tuple[int, ...]  # what stands between the marks, see INSIDE
    distance: int = 0  # how the segment before lies: 0 none, 1 same sentence, 2 same paragraph, 3 paragraph before, 4 farther
    colon_above: bool = False  # the paragraph before ends with a colon
    carry: int = 0  # CARRY or CARRY_ABOVE where the speaker of the unit before may be this one's
    above: Paragraph | None = None  # the paragraph before, where the speaker may stand there
    rule: Attribution = NOBODY  # what word order says
    where: Paragraph | None = None
    mention: Mention | None = None
    cue: tuple[int, int] | None = None  # tokens of `where`
    continues: bool = False
    content: tuple[int, int] = (0, 0)
    is_quote: float = 0.5
    is_speaker: float = 0.5


def read_segments(text: str, elisions: frozenset[str], lexicon: Lexicon | None = None) -> list[tuple[int, int, int, list[Segment]]]:
    """Every paragraph with marks: which it is, its offsets and outermost segments."""
    if ANY_MARK.search(text) is None:
        return []
    lines = [(m.start(), m.end()) for m in LINE.finditer(text) if not m.group().isspace()]
    british = prefers_singles(text)
    out = []
    for index, (start, end) in enumerate(lines):
        if ANY_MARK.search(text, start, end) is None:
            continue
        next_opens = index + 1 < len(lines) and opens_with_mark(text, *lines[index + 1])
        segments = read_marks(text, start, end, next_opens, outer_singles=british, elisions=elisions).segments
        if not british:
            segments = [s for s in segments if text[s.start] not in "'‘’‚" or text.startswith("''", s.start) or _is_speech(text, s)]
        if lexicon is not None:
            segments = [s for s in segments if not _is_nickname(text, s, lexicon)]
        if segments:
            out.append((index, start, end, segments))
    return out


def _is_nickname(text: str, segment: Segment, lexicon: Lexicon) -> bool:
    """`Gerald “Gerry” Marlow`: a capitalised word that opens no sentence stands on either side."""
    match = _NICKNAME.match(text, segment.start)
    if match is None or match.end() != segment.end:
        return False
    before = text[max(0, segment.start - 30) : segment.start].split()
    return bool(before) and before[-1][0].isupper() and not lexicon.flags(before[-1]) & _OPENS


def _is_speech(text: str, segment: Segment) -> bool:
    """Single marks in a text that uses double ones: speech only at some length and with its own punctuation."""
    return segment.inner_end - segment.inner_start >= 15 and text[segment.inner_end - 1] in ".,!?…"


def units_of(text: str, lexicon: Lexicon) -> list[Unit]:
    """The segments of a text."""
    units = []
    for index, start, end, segments in read_segments(text, lexicon.elisions, lexicon):
        p = Paragraph(text, start, end, segments, lexicon)
        for token, which in enumerate(p.segment):
            if which >= 0:
                a, b = p.sentences[p.sentence_of[token]]
                alone = all(p.flags[k] & (F.QUOTE | F.STOP | F.COMMA) or not p.flags[k] & F.LETTER for k in range(a, b))
                inside = _describe(p, token, segments[which], index, lexicon)
                units.append(Unit(p, token, segments[which], alone, inside))
    return units


def _describe(p: Paragraph, token: int, segment: Segment, paragraph: int, lexicon: Lexicon) -> tuple[int, ...]:
    """The row of INSIDE: codes of the first and last token and the last word, counts, and where the segment stands."""
    words = token_pattern(lexicon).findall(p.text, segment.inner_start, min(segment.inner_end, segment.inner_start + _LOOKED_AT))
    flags = list(map(lexicon.flags, words)) or [0]
    auxiliaries = pronouns = boundaries = letters = last_word = other = 0
    for flag in flags:
        if flag & F.LETTER:
            letters += 1
            last_word = flag
            if not flag & _TITLE_CASE:
                other = 1
        if flag & _COUNTED:
            auxiliaries += flag & F.AUXILIARY != 0
            pronouns += flag & F.PRONOUN != 0
            boundaries += flag & F.BOUNDARY != 0
    return (
        flags[0] >> F.CODE_SHIFT & 63,
        flags[-1] >> F.CODE_SHIFT & 63,
        last_word >> F.CODE_SHIFT & 63,
        min(auxiliaries, 5),
        min(pronouns, 5),
        min(boundaries, 6),
        min(letters, 20),
        int(letters > 0 and not other),
        int(token > 0 and p.flags[token - 1] & F.POSSESSIVE != 0),
        min(paragraph, 20),
    )


def look_around(text: str, units: Sequence[Unit], lexicon: Lexicon) -> None:
    """Fills in what every unit has to do with the one before and the paragraph above."""
    above_of: dict[int, Paragraph | None] = {}
    for index, unit in enumerate(units):
        before = units[index - 1] if index else None
        start = unit.p.starts[0]
        unit.colon_above = text[max(0, start - 40) : start].rstrip().endswith(":")
        unit.distance = _distance(text, before, unit)
        unit.carry = CARRY if unit.distance in (1, 2) else CARRY_ABOVE if unit.distance == 3 else 0
        if unit.alone and unit.p.sentence_of[unit.token] == 0:
            if start not in above_of:
                above_of[start] = _paragraph_above(text, start, before, lexicon)
            unit.above = above_of[start]


def _distance(text: str, before: Unit | None, unit: Unit) -> int:
    if before is None:
        return 0
    if before.p is unit.p:
        return 1 if unit.p.sentence_of[before.token] == unit.p.sentence_of[unit.token] else 2
    gap = text[before.p.ends[-1] : min(before.p.ends[-1] + 40, unit.p.starts[0])]
    return 3 if not gap.strip() and unit.p.starts[0] - before.p.ends[-1] < 40 else 4


def _paragraph_above(text: str, start: int, before: Unit | None, lexicon: Lexicon) -> Paragraph | None:
    low = max(0, start - 40)
    end = low + len(text[low:start].rstrip())
    begin = text.rfind("\n", max(0, end - 3000), end) + 1 if end else 0
    if begin >= end:
        return None
    if before is not None and before.p.ends[-1] > begin:
        return before.p if before.p.starts[0] >= begin else None
    segments = read_marks(text, begin, end, elisions=lexicon.elisions).segments if ANY_MARK.search(text, begin, end) else []
    return Paragraph(text, begin, end, segments, lexicon)


def is_whole(text: str, segment: Segment) -> bool:
    """Whether whole sentences stand between the marks."""
    start, end = segment.inner_start, segment.inner_end
    if not text[start].isupper():
        return False
    behind = text[segment.end : segment.end + 1]
    return text[end - 1] in ".,!?…" or end - start > 60 or behind == "," or (behind in ".!?" and text.count(" ", start, end) > 2)


def is_title(unit: Unit) -> bool:
    """Whether it looks like the title of a work: several words, all with a capital, and no mark at the end."""
    if unit.inside[WORDS_INSIDE] < 2 or not unit.inside[_ALL_CAPITALS]:
        return False
    text, segment = unit.p.text, unit.segment
    return text[segment.inner_end - 1] not in ".,!?…" and text[segment.end : segment.end + 1] != ","
