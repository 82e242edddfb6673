"""Lists of short lines that a word above them announces, and tables of facts written as lines: key points, ingredients, "Height: 31 m".

Lists that show by their own form, such as turns of an interview or numbered entries, are found in `entries.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line, near

MOST_WORDS_OF_AN_ITEM, MIN_ITEMS = 25, 2
MIN_FACTS = 3  # lines of a table of facts
LONGEST_FIELD, LONGEST_VALUE = 24, 60  # characters before the colon and behind it
_FACT = re.compile(rf"[^\W\d_][^:：.,!?]{{1,{LONGEST_FIELD - 1}}}[:：] ?\S.{{0,{LONGEST_VALUE - 1}}}")
_ENDS = '.!?…。！？؟।"”’»“'


def announced_items(lines: Sequence[Line], lexicon: Lexicon) -> Iterator[int]:
    """The items below a heading such as "Key points" or "Ingredients", with the heading, where a sentence or another heading follows, or nothing
    and most items hold a number: links to other stories stand below such headings, too."""
    for place, line in enumerate(lines):
        if not line.kept or not _is_heading(line, lexicon):
            continue
        end = place + 1
        while end < len(lines) and _is_item(lines[end]) and not _is_heading(lines[end], lexicon):
            end += 1
        measured = 2 * sum(any(map(str.isdigit, item.text)) for item in lines[place + 1 : end]) >= end - place - 1
        goes_on = (
            lines[end].kept and (_is_heading(lines[end], lexicon) or _ends_sentence(lines[end])) if end < len(lines) else measured
        )
        if end - place > MIN_ITEMS and goes_on:
            yield from range(place, end)
        elif end == place + 1 < len(lines) and lines[end].sentence and any(_is_heading(other, lexicon) for other in lines[:place]):
            yield place  # what to do with the ingredients


def facts(lines: Sequence[Line]) -> Iterator[int]:
    """The rows of a table of facts between two sentences: fields with a value each, one below the other."""
    for run in near([place for place, line in enumerate(lines) if _is_fact(line)], 1):
        above, below = run[0] - 1, run[-1] + 1
        within = above >= 0 and below < len(lines) and _ends_sentence(lines[above]) and _ends_sentence(lines[below])
        if len(run) >= MIN_FACTS and within:
            yield from run


def _is_heading(line: Line, lexicon: Lexicon) -> bool:
    return line.folded.strip(" :") in lexicon.words.list_headings


def _is_item(line: Line) -> bool:
    return line.kept and not line.flagged and not line.sentence and line.word_count <= MOST_WORDS_OF_AN_ITEM


def _is_fact(line: Line) -> bool:
    return line.kept and not line.flagged and not line.sentence and _FACT.fullmatch(line.text) is not None


def _ends_sentence(line: Line) -> bool:
    return line.kept and not line.flagged and line.sentence and line.text[-1] in _ENDS
