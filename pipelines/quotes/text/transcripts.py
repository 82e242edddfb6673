"""Interviews and transcripts: paragraphs that each begin with the speaker's name and a colon, without quotation marks."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

MIN_TURNS = 3
_LABEL = re.compile(
    r"[ \t]*([^\W\d_a-z][\w.'’-]*(?: (?:[a-z]{1,2}['’]|(?:[^\W\d_A-Z]{2,3} )?)[^\W\d_a-z][\w.'’-]*){0,3})[ \u00a0\u202f]?[:：][ \t\u00a0\u202f]+(?=\S)"
)
_LETTER = re.compile(r"[ \t]*([^\W\d_])\.(?:[ \t]*[-–—])?[ \t]+(?=\S)")  # "P. ¿Cuándo?", "R. Mañana."
_LETTERED_LINE = re.compile(r"^[ \t]*[^\W\d_]\.[ \t]", re.M)
_LINE = re.compile(r"[^\n]+")
_LONGEST_LABEL = 40  # characters
_ENDS_SENTENCE = re.compile(r"[.!?…。！？؟।—–-][\s\"'”’»)\]]*\Z")


class Turn(NamedTuple):
    """One paragraph of a transcript: its label and its words, as offsets. `anonymous`: the label is Q, A or the like; `answers`: it is A."""

    label_start: int
    label_end: int
    start: int
    end: int
    anonymous: bool
    answers: bool = False


def turns_of(text: str, anonymous: frozenset[str] = frozenset(), answers: frozenset[str] = frozenset()) -> list[Turn]:
    """The turns of a text that is a transcript, or none: at least three, by two speakers, one of whom speaks twice. `anonymous`: labels that name nobody,
    and `answers` those of who is asked.

    People speak in sentences: a label whose words mostly do not end like one heads an entry of a list ("Age: 18"), and no turn.

    >>> [text[t.start:t.end] for text in ["REED: Yes.\\n\\nMOORE: No.\\n\\nREED: Why?"] for t in turns_of(text)]
    ['Yes.', 'No.', 'Why?']
    >>> turns_of("Note: Closed.\\n\\nTip: Come early.\\n\\nPrice: Free.")
    []
    >>> turns_of("Age: 18\\n\\nSize: 6 feet\\n\\nAge: 19\\n\\nSize: 7 feet")
    []
    """
    wide = "：" in text
    lettered = bool(anonymous) and _LETTERED_LINE.search(text) is not None
    if not wide and not lettered and ":" not in text:
        return []
    turns: list[tuple[int, Turn]] = []
    lines = 0
    for line in _LINE.finditer(text):
        if line.group().isspace():
            continue
        lines += 1
        letter = _LETTER.match(text, line.start(), line.end()) if lettered else None
        if letter is None and text.find(":", line.start(), line.start() + _LONGEST_LABEL + 8) < 0 and not wide:
            continue
        match = letter or _LABEL.match(text, line.start(), min(line.end(), line.start() + _LONGEST_LABEL + 8))
        if match is None or (letter is not None and letter.group(1).lower() not in anonymous) or text[match.end()] in "\"'“”‘«„":
            continue
        label = match.group(1).strip()
        end = line.start() + len(line.group().rstrip())
        start_of_label = match.start(1)
        word, stop = label.lower(), start_of_label + len(label)
        turns.append((lines, Turn(start_of_label, stop, match.end(), end, word in anonymous, word in answers)))
    speaks: Counter[str] = Counter()
    for _, turn in turns:
        speaks[text[turn.label_start : turn.label_end]] += 1 if _ENDS_SENTENCE.search(text, turn.end - 8, turn.end) else -1
    turns = [(line, turn) for line, turn in turns if speaks[text[turn.label_start : turn.label_end]] >= 0]
    if len(turns) < MIN_TURNS:
        return []
    labels = Counter(text[t.label_start : t.label_end] for _, t in turns)
    spread = turns[-1][0] - turns[0][0] + 1
    speaking = [t for _, t in turns if labels[text[t.label_start : t.label_end]] > 1 or len(labels) == 2]
    if len(labels) < 2 or max(labels.values()) < 2 or 2 * len(turns) < spread or len(labels) > max(3, len(turns) // 2):
        return []
    return speaking if len(speaking) >= MIN_TURNS else [t for _, t in turns]
