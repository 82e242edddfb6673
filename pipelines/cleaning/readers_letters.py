"""Letters that a paper prints from its readers: short texts under one heading, each with a line below it that says who wrote it.

What readers say below an article is no letter: there the name stands above the words (`boxes.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.cleaning.lexicon import Lexicon
from pipelines.cleaning.lines import Line, near

MIN_SIGNED = 2  # letters
HEAD = 12  # lines in which the heading stands
MAX_SIGNED_WORDS, NAME_WORDS = 14, (2, 6)  # of a line that says who wrote a letter, and of the name in it
MAX_LETTER, MAX_SHORT_LETTER = 12, 5  # lines from one such line to the next
MAX_PLACE_WORDS = 5
_HEADING_ENDS = re.compile(r"[:,–—|(]| - ")
_STOPS = '.!?…"”’»,'


def letters(lines: Sequence[Line], lexicon: Lexicon) -> list[int]:
    """The places of the letters with their titles, greetings and signatures; none where fewer than two are signed. Without a heading or two
    greetings they are short, the first begins the text and the last one's signature ends it."""
    openings = tuple(lexicon.words.letter_openings)
    heading = next((place for place, line in enumerate(lines[:HEAD]) if _is_heading(line, lexicon)), -1)
    announced = heading >= 0 or (bool(openings) and sum(line.folded.startswith(openings) for line in lines) >= MIN_SIGNED)
    signed = [place for place in range(heading + 2, len(lines)) if _is_signed(lines, place, lexicon)]
    run = near(signed, MAX_LETTER if announced else MAX_SHORT_LETTER)[:1]
    if not run or len(run[0]) < MIN_SIGNED:
        return []
    signatures = run[0]
    end = signatures[-1] + 1
    if end < len(lines) and _is_plain(lines[end]) and lines[end].word_count <= MAX_PLACE_WORDS and _is_of_names(lines[end].text):
        end += 1
    if not announced and (end < len(lines) or signatures[0] > MAX_SHORT_LETTER):
        return []
    above = range(heading + 1, signatures[0])
    first = next((place for place in above if lines[place].folded.startswith(openings) or lines[place].sentence), signatures[0])
    others = any(_is_plain(lines[place]) and lines[place + 1].sentence for place in range(signatures[0] + 1, end - 1))
    titled = first - 1 > heading and _is_plain(lines[first - 1]) and not lines[first - 1].dated and (heading >= 0 or others)
    return [place for place in range(first - titled, end) if lines[place].kept and not lines[place].hits]


def _is_heading(line: Line, lexicon: Lexicon) -> bool:
    return _HEADING_ENDS.split(line.folded)[0].strip() in lexicon.words.letter_headings


def _is_plain(line: Line) -> bool:
    return line.kept and not line.flagged and not line.sentence and line.text[-1] not in ".:"


def _is_signed(lines: Sequence[Line], place: int, lexicon: Lexicon) -> bool:
    """Whether a line below the end of a sentence gives a name, and maybe where the writer lives, or says that the name is known."""
    line, above = lines[place], lines[place - 1]
    if not line.kept or line.hits or not above.kept or above.text[-1] not in _STOPS or line.word_count > MAX_SIGNED_WORDS:
        return False
    if line.folded.strip(" .()") in lexicon.words.letters_unsigned:
        return True
    if line.text[-1] in ".!?" or ":" in line.text:
        return False
    name = _HEADING_ENDS.split(line.text.lstrip("-–— "))[0].split()
    return not line.sentence and NAME_WORDS[0] <= len(name) <= NAME_WORDS[1] and _is_of_names(" ".join(name))


def _is_of_names(text: str) -> bool:
    """Whether every word begins with a capital."""
    return all(word[0].isupper() for word in text.split())
