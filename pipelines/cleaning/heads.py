"""Short lines over a headline, and between it and the day below it, that only their place tells from the article: sections, towns, teams.

What a line is by its words is said in `lines.py` and `metadata.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.cleaning.dates import find_date
from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line, is_time_alone
from pipelines.vocabulary import BlockKind

_TITLE = BlockKind.TITLE
MOST_WORDS, MOST_WORDS_OF_A_DAY = 4, 8  # of such a line, and of one that holds a day
REACH = 6  # lines below the headline
_STOPS = frozenset('.!?…:;。！？؟।："”’»”')
_BULLETS = frozenset("-–—•*▪■·►▶→➔✓✔")
_STAMPS = (BlockKind.DATE_STAMP, BlockKind.TIMESTAMP, BlockKind.BYLINE)


def take_head_lines(lines: Sequence[Line], lexicon: Lexicon) -> str | None:
    """Kept lines of a few words over the headline are no body, nor are those between it and a day or the authors, and a day with a town;
    where a sentence stands over the headline, or several lines have days, none of this holds. The day that one line gives, if it can be
    read one way only."""
    title = next((place for place, line in enumerate(lines) if line.kind is _TITLE), None)
    if title is None or any(line.kept and line.sentence for line in lines[:title]):
        return None
    for line in lines[:title]:
        if _is_short(line, MOST_WORDS):
            line.remove(BlockKind.SECTION_LABEL, "rule: above the headline")
    below = range(title + 1, min(title + 1 + REACH, len(lines)))
    end = next((place for place in below if lines[place].kept and lines[place].sentence), below.stop)
    dated = [
        place
        for place in range(title + 1, end)
        if _is_short(lines[place], MOST_WORDS_OF_A_DAY) and find_date(lines[place].folded, lexicon) is not None
    ]
    times = [
        place for place in range(title + 1, end) if lines[place].kept and not lines[place].entry and is_time_alone(lines[place])
    ]
    if len(times) == 1:
        lines[times[0]].remove(BlockKind.TIMESTAMP, "rule: a time below the headline")
    day = find_date(lines[dated[0]].folded, lexicon) if len(dated) == 1 else None
    if len(dated) == 1:
        lines[dated[0]].remove(BlockKind.DATE_STAMP, "rule: a day below the headline")
    stamps = [place for place in range(title + 1, end) if lines[place].kind in _STAMPS]
    between = lines[title + 1 : max(stamps, default=title)]
    for line in between:
        if _is_short(line, MOST_WORDS):
            line.remove(BlockKind.OTHER, "rule: between the headline and its day")
    if end < below.stop and all(_is_short(line, MOST_WORDS) for line in lines[title + 1 : end] if line.kept):
        for line in lines[title + 1 : end]:
            if line.kept:
                line.remove(BlockKind.OTHER, "rule: between the headline and the first sentence")
    return day.iso if day and day.other is None else None


def _is_short(line: Line, words: int) -> bool:
    return (
        line.kept
        and not line.entry
        and not line.sentence
        and line.word_count <= words
        and line.text[-1] not in _STOPS
        and line.text[0] not in _BULLETS
    )
