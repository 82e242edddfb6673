"""Lists of short lines that a word above them announces, and tables of facts written as lines: key points, ingredients, "Height: 31 m".

Lists that show by their own form, such as turns of an interview or numbered entries, are found in `entries.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line, is_time_alone, near

MOST_WORDS_OF_AN_ITEM, MIN_ITEMS = 25, 2
MOST_WORDS_OF_A_MEASURED = 8
MIN_FACTS = 3  # lines of a table of facts
LONGEST_FIELD, LONGEST_VALUE = 24, 60  # characters before the colon and behind it
_FACT = re.compile(rf"[^\W\d_][^:：.,!?]{{1,{LONGEST_FIELD - 1}}}[:：] ?\S.{{0,{LONGEST_VALUE - 1}}}")
_FRACTIONS = "½⅓¼⅔¾⅛"
_FIGURES = "0123456789½⅓¼⅔¾⅛"
_MEASURE = re.compile(rf"[{_FIGURES}][{_FIGURES}., /–-]*([^\W\d_]+)\b")
_PRICED = re.compile(r"(?:\([^()]*\d[^()]*\)|, [^,()]{0,12}\d[^,()]{0,8})$")  # "A Life (Quill, £9)", "The Quay, BBC Two, 9pm"
MAX_STEP_OF_MEASURED, MOST_WORDS_OF_A_PART, MAX_STEP_OF_PRICED = 3, 4, 3
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
        timed = next((at for at in range(place + 1, end) if is_time_alone(lines[at])), None)
        end = timed or end
        goes_on = timed is not None or (
            lines[end].kept and (_is_heading(lines[end], lexicon) or _ends_sentence(lines[end])) if end < len(lines) else measured
        )
        if end - place > MIN_ITEMS and goes_on:
            yield from range(place, end)
        elif end == place + 1 < len(lines) and _ends_sentence(lines[end]):
            headed = any(_is_heading(other, lexicon) for other in lines[:place])
            yield from [place] if headed else _measured(lines, place)  # what to do with the ingredients


def _measured(lines: Sequence[Line], heading: int) -> Iterator[int]:
    """The ingredients right above a heading, with it, from the first one with its measure on; for how many they are stands over them."""
    first = heading
    while (
        first
        and _is_item(lines[first - 1])
        and lines[first - 1].word_count <= MOST_WORDS_OF_A_MEASURED
        and not lines[first - 1].dated
    ):
        first -= 1
    measured = [place for place in range(first, heading) if lines[place].text[0].isdigit() or lines[place].text[0] in _FRACTIONS]
    if len(measured) >= MIN_ITEMS:
        over = measured[0] > first and any(map(str.isdigit, lines[measured[0] - 1].text))
        yield from range(measured[0] - over, heading + 1)


def ingredients(lines: Sequence[Line], lexicon: Lexicon) -> Iterator[int]:
    """Short lines of which several begin with a figure and a measure, above what to do with them: ingredients without a word above them. The
    name of the part that they are for stays, too."""
    measured = [
        place for place, line in enumerate(lines) if _is_item(line) and line.text[0] in _FIGURES and _is_measured(line, lexicon)
    ]
    for run in near(measured, MAX_STEP_OF_MEASURED):
        end = run[-1] + 1
        while end < len(lines) and _is_item(lines[end]) and lines[end].word_count <= MOST_WORDS_OF_A_MEASURED:
            end += 1
        if len(run) < MIN_ITEMS or end == len(lines) or not all(_is_item(line) for line in lines[run[0] : run[-1]]):
            continue
        headed = run[0] > 1 and _is_item(lines[run[0] - 1]) and lines[run[0] - 1].word_count <= MOST_WORDS_OF_A_PART
        if _ends_sentence(lines[end]) or _is_heading(lines[end], lexicon):
            yield from range(run[0] - headed, end)


def _is_measured(line: Line, lexicon: Lexicon) -> bool:
    found = _MEASURE.match(line.folded)
    return found is not None and found[1] in lexicon.words.measures


def priced(lines: Sequence[Line]) -> Iterator[int]:
    """The books, plays or goods of a list, each with a price or a time at its end and a line or two below that tell of it."""
    places = [
        place for place, line in enumerate(lines) if line.kept and not (line.flagged or line.dated) and _PRICED.search(line.text)
    ]
    for run in near(places, MAX_STEP_OF_PRICED):
        end = min(run[-1] + 2, len(lines))
        told = [line for place, line in enumerate(lines[run[0] : end], run[0]) if place not in run]
        if len(run) >= MIN_FACTS and len(told) >= len(run) and all(line.kept and line.text[-1] in _ENDS for line in told):
            yield from range(run[0], end)


def facts(lines: Sequence[Line], lexicon: Lexicon) -> Iterator[int]:
    """The rows of a table of facts between two sentences: fields with a value each, one below the other. Two are enough over a list."""
    for run in near([place for place, line in enumerate(lines) if _is_fact(line)], 1):
        above, below = run[0] - 1, run[-1] + 1
        if above < 0 or below >= len(lines) or not _ends_sentence(lines[above]):
            continue
        over_list = len(run) >= MIN_FACTS - 1 and _is_heading(lines[below], lexicon)
        if over_list or (len(run) >= MIN_FACTS and _ends_sentence(lines[below])):
            yield from run


def _is_heading(line: Line, lexicon: Lexicon) -> bool:
    return line.folded.strip(" :") in lexicon.words.list_headings


def _is_item(line: Line) -> bool:
    return line.kept and not line.flagged and not line.sentence and line.word_count <= MOST_WORDS_OF_AN_ITEM


def _is_fact(line: Line) -> bool:
    return line.kept and not line.flagged and not line.sentence and _FACT.fullmatch(line.text) is not None


def _ends_sentence(line: Line) -> bool:
    return line.kept and not line.flagged and line.sentence and line.text[-1] in _ENDS
