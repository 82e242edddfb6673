"""Interviews and transcripts: paragraphs that each begin with the speaker's name and a colon, without quotation marks."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

MIN_TURNS = 3
_LABEL = re.compile(
    r"[ \t]*(?:[(\[]?\d{1,2}:\d{2}(?::\d{2})?[)\]]?[ \t]+)?([^\W\d_a-z][\w.'’-]*(?: (?:[a-z]{1,2}['’]|(?:[^\W\d_A-Z]{2,3} )?)[^\W\d_a-z][\w.'’-]*){0,3})[ \u00a0\u202f]?[:：][ \t\u00a0\u202f]+(?=\S)"
)
_ASKS = re.compile(r"[?？؟;][\s\"'”’»)\]]*\Z")
_LINE = re.compile(r"[^\n]+")
_LONGEST_LABEL = 40  # characters
_AROUND_LABEL = 20  # characters of the time before a label, "[10:02:15]", and of its colon
_ENDS_SENTENCE = re.compile(r"[.!?…。！？؟।—–-][\s\"'”’»)\]]*\Z")


class Turn(NamedTuple):
    """One paragraph of a transcript: its label and its words, as offsets. `anonymous`: the label is Q, A or the like; `answers`: it is A."""

    label_start: int
    label_end: int
    start: int
    end: int
    anonymous: bool
    answers: bool = False


@lru_cache(maxsize=32)
def _stopped(labels: frozenset[str]) -> re.Pattern[str]:
    """A line that begins with one of the labels and a full stop: "P. ¿Cuándo?", "RESPUESTA. — Mañana."."""
    words = "|".join(sorted(map(re.escape, labels))) or "(?!)"
    return re.compile(rf"^[ \t]*({words})\.(?:[ \t]*[-–—])?[ \t]+(?=\S)", re.M | re.I)


def turns_of(text: str, anonymous: frozenset[str] = frozenset(), answers: frozenset[str] = frozenset()) -> list[Turn]:
    """The turns of a text that is a transcript, or none: at least three, by two speakers, one of whom speaks twice; or a question and its answer, if
    they are labelled so. `anonymous`: labels that name nobody, and `answers` those of who is asked.

    People speak in sentences: a label whose words mostly do not end like one heads an entry of a list ("Age: 18"), and no turn.

    >>> [text[t.start:t.end] for text in ["REED: Yes.\\n\\nMOORE: No.\\n\\nREED: Why?"] for t in turns_of(text)]
    ['Yes.', 'No.', 'Why?']
    >>> turns_of("Note: Closed.\\n\\nTip: Come early.\\n\\nPrice: Free.")
    []
    >>> turns_of("Age: 18\\n\\nSize: 6 feet\\n\\nAge: 19\\n\\nSize: 7 feet")
    []
    """
    wide, stopped = "：" in text, _stopped(anonymous)
    lettered = stopped.search(text) is not None
    if not wide and not lettered and ":" not in text:
        return []
    turns: list[tuple[int, Turn]] = []
    lines = 0
    for line in _LINE.finditer(text):
        if line.group().isspace():
            continue
        lines += 1
        letter = stopped.match(text, line.start(), line.end()) if lettered else None
        if letter is None and text.find(":", line.start(), line.start() + _LONGEST_LABEL + _AROUND_LABEL) < 0 and not wide:
            continue
        match = letter or _LABEL.match(text, line.start(), min(line.end(), line.start() + _LONGEST_LABEL + _AROUND_LABEL))
        if match is None or text[match.end()] in "\"'“”‘«„":
            continue
        label = match.group(1).strip()
        end = line.start() + len(line.group().rstrip())
        start_of_label = match.start(1)
        word, stop = label.lower(), start_of_label + len(label)
        turns.append((lines, Turn(start_of_label, stop, match.end(), end, word in anonymous, word in answers)))
    names = [_label_of(text, turn) for _, turn in turns]
    speaks: Counter[str] = Counter()
    for name, (_, turn) in zip(names, turns, strict=True):
        speaks[name] += 1 if _ENDS_SENTENCE.search(text, turn.end - 8, turn.end) else -1
    turns = [row for name, row in zip(names, turns, strict=True) if speaks[name] >= 0]
    if len(turns) < MIN_TURNS:
        return [turn for _, turn in turns] if _is_exchange(text, turns) else []
    labels = Counter(_label_of(text, turn) for _, turn in turns)
    spread = turns[-1][0] - turns[0][0] + 1
    speaking = [t for _, t in turns if labels[_label_of(text, t)] > 1 or len(labels) == 2]
    if len(labels) < 2 or max(labels.values()) < 2 or 2 * len(turns) < spread or len(labels) > max(3, len(turns) // 2):
        return []
    return speaking if len(speaking) >= MIN_TURNS else [t for _, t in turns]


def _label_of(text: str, turn: Turn) -> str:
    """The label, one for all that ask and one for all that answer where it names nobody: "PREGUNTA." and "P."."""
    return str(turn.answers) if turn.anonymous else text[turn.label_start : turn.label_end]


def _is_exchange(text: str, turns: list[tuple[int, Turn]]) -> bool:
    """Whether the two numbered turns are a question and, on the next line, its answer."""
    if len(turns) != 2:
        return False
    (line, question), (next_line, answer) = turns
    asked = question.anonymous and not question.answers and _ASKS.search(text, question.start, question.end) is not None
    return asked and answer.answers and next_line == line + 1
