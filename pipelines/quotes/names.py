"""Who a mention is: last name to full name, pronoun to the recent speaker, role to the person it was introduced for.

Every answer is a stretch of the article's own text. The text's names are read once, and only when a mention asks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.quotes.pack import (
    DAY,
    DETERMINER,
    DOCUMENT,
    FEMININE,
    GIVEN,
    GROUP,
    MASCULINE,
    MEDIUM,
    NAME_PARTICLE,
    NOT_NAME,
    ORGANISATION,
    PARTICLE,
    PLURAL,
    ROLE,
    TITLE,
    UNNAMED,
    Pack,
)
from pipelines.vocabulary import SpeakerKind

_UPPER = "".join(re.escape(c) for c in map(chr, range(0x590)) if c.isupper())
_WORD = rf"(?:(?:[{_UPPER}]\.)+|[{_UPPER}](?:[\w’'-]*\w)?)"
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[-’'.&]\w+)*|&")
_POSSESSIVE = re.compile(r"[’']s?$")


class Person(NamedTuple):
    """A named speaker or possible one, where the text first gives the name in full."""

    start: int
    end: int
    last: str  # last name, lower case
    gender: int  # 0, MASCULINE or FEMININE


class Resolved(NamedTuple):
    """The answer for one mention: `start, end` of the name in the text, or both None."""

    start: int | None
    end: int | None
    kind: SpeakerKind
    role: str | None
    certainty: float


@dataclass(frozen=True, slots=True)
class Run:
    """A run of capitalised words: offsets of its name part, whether it follows a title or role, and that word."""

    start: int
    end: int
    words: tuple[str, ...]
    role: str | None
    gender: int
    sentence_start: bool


class Names:
    """The names of one text, and the speakers met so far."""

    def __init__(self, text: str, pack: Pack, quoted: list[tuple[int, int]]) -> None:
        self.text = text
        self.pack = pack
        self._quoted = quoted
        self.speakers: list[tuple[int, int, int, int]] = []  # position, name start, name end, gender
        self.unnamed: list[tuple[int, int, int, str]] = []  # position, name start, name end, head word
        self._runs: list[Run] | None = None
        self._starts: list[int] = []
        self._full: dict[str, list[Run]] = {}
        self._roles: dict[str, list[Run]] = {}

    # --- the text's names

    def _read(self) -> list[Run]:
        if self._runs is not None:
            return self._runs
        particles = "|".join(sorted(self.pack.lists.get(("words", "name_particles"), []))) or "de"
        pattern = re.compile(rf"{_WORD}(?:[ \u00a0](?:(?:{particles})[ \u00a0]){{0,2}}{_WORD})*")
        runs = [run for m in pattern.finditer(self.text) if (run := self._run(m.start(), m.end())) is not None]
        starts = [a for a, _ in self._quoted]
        spoken = [bool(k := bisect_left(starts, r.start)) and r.start < self._quoted[k - 1][1] for r in runs]
        runs = [r for r, inside in zip(runs, spoken, strict=True) if not inside] or runs
        self._runs = runs
        self._starts = [r.start for r in runs]
        for run in runs:
            if len(run.words) >= 2:
                self._full.setdefault(run.words[-1], []).append(run)
        self._read_roles(runs)
        return runs

    def _run(self, start: int, end: int) -> Run | None:
        text, pack = self.text, self.pack
        tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]
        role, gender, first = None, 0, 0
        for k, (word, _, _) in enumerate(tokens):
            flag = pack.flags(word)
            if flag & (TITLE | ROLE) and not flag & GIVEN and k + 1 <= len(tokens):
                role, first = word.lower(), k + 1
                gender |= flag & (MASCULINE | FEMININE)
            elif k == first and flag & (NOT_NAME | DAY | DETERMINER):
                first = k + 1
        if first >= len(tokens):
            return None
        before = text[max(0, start - 40) : start].split()
        if first == 0 and before and text[start - 1] != "\n":
            gender, role, first = self._words_before(before, tokens, gender, role)
        for k in range(first, len(tokens) - 1):
            flag = pack.flags(tokens[k][0])
            if flag & GIVEN:
                first = k
                gender = gender or flag & (MASCULINE | FEMININE)
                break
        words = tuple(_POSSESSIVE.sub("", w).lower() for w, _, _ in tokens[first:])
        a, b = tokens[first][1], tokens[-1][2]
        trimmed = _POSSESSIVE.sub("", text[a:b])
        lead = text[max(0, a - 2) : a].strip()
        return Run(a, a + len(trimmed), words, role, gender, not lead or lead[-1] in ".!?\n")

    def _words_before(
        self, before: list[str], tokens: list[tuple[str, int, int]], gender: int, role: str | None
    ) -> tuple[int, str | None, int]:
        flag = self.pack.flags(before[-1]) if before[-1][0].isalnum() else 0
        if flag & (ROLE | TITLE):
            return gender | flag & (MASCULINE | FEMININE), before[-1].lower(), 0
        if flag & PARTICLE and not flag & NAME_PARTICLE and len(tokens) >= 3:
            return gender, role, len(tokens) - 2  # "Secretary of State John Kerry"
        return gender, role, 0

    def _read_roles(self, runs: list[Run]) -> None:
        """Which roles the text gives to whom: a title or role before the name, or an apposition after it."""
        for run in runs:
            if run.role:
                self._roles.setdefault(run.role, []).append(run)
            if len(run.words) < 2 or self.text[run.end : run.end + 2] != ", ":
                continue
            for m in _TOKEN.finditer(self.text, run.end + 2, min(len(self.text), run.end + 90)):
                if self.text[m.start() - 1] in ",\n" or self.text[m.start() - 2 : m.start()] in (", ", ". "):
                    if m.start() > run.end + 2:
                        break
                word = m.group().lower()
                flag = self.pack.flags(word)
                if flag & (ROLE | TITLE):
                    self._roles.setdefault(word, []).append(run)

    def _is_person(self, run: Run) -> bool:
        if run.role or run.gender:
            return True
        if any(self.pack.flags(w) & (ORGANISATION | MEDIUM) for w in run.words):
            return False
        return len(run.words) >= 2

    def full_name(self, last: str, position: int) -> Run | None:
        """The first full mention of the person called `last` (lower case)."""
        self._read()
        runs = self._full.get(last)
        if not runs:
            return None
        people = [r for r in runs if self._is_person(r)]
        return (people or runs)[0]

    # --- mentions

    def name(self, start: int, end: int) -> Resolved:
        """A mention that ends in a name: its own full form, or the first full one of that last name."""
        tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(self.text, start, end)]
        flags = [self.pack.flags(w) for w, _, _ in tokens]
        role, gender, first = None, 0, 0
        for k, (word, _, _) in enumerate(tokens):
            lower = word[0].islower() and not flags[k] & NAME_PARTICLE
            if flags[k] & (TITLE | ROLE | GROUP) and k + 1 < len(tokens) and not (flags[k] & GIVEN and not flags[k] & ROLE):
                role = word.lower()
                gender |= flags[k] & (MASCULINE | FEMININE)
                first = k + 1
            elif (lower or flags[k] & (DETERMINER | NOT_NAME)) and k + 1 < len(tokens):
                first = k + 1
        for k in range(first, len(tokens) - 1):
            if flags[k] & GIVEN:
                first = k
                gender = gender or flags[k] & (MASCULINE | FEMININE)
                break
        else:
            if first and len(tokens) - first > 2 and flags[first - 1] & PARTICLE and not flags[first - 1] & NAME_PARTICLE:
                first = len(tokens) - 2
        name_start, name_end = tokens[first][1], tokens[-1][2]
        name_end -= len(self.text[name_start:name_end]) - len(_POSSESSIVE.sub("", self.text[name_start:name_end]))
        words = [w.lower() for w, _, _ in tokens[first:]]
        words[-1] = _POSSESSIVE.sub("", words[-1])
        head = self.pack.flags(words[-1])
        kind = self._kind_of_name(words, tokens, role, gender)
        if kind is SpeakerKind.PERSON and len(words) == 1:
            run = self.full_name(words[0], start)
            if run is not None:
                name_start, name_end, gender = run.start, run.end, gender or run.gender
                role = role or run.role
        if kind is SpeakerKind.PERSON:
            self.speakers.append((start, name_start, name_end, gender & (MASCULINE | FEMININE)))
        return Resolved(name_start, name_end, kind, role, 0.95 if len(words) > 1 or head == 0 else 0.9)

    def _kind_of_name(self, words: list[str], tokens: list[tuple[str, int, int]], role: str | None, gender: int) -> SpeakerKind:
        if role or gender:
            return SpeakerKind.PERSON
        flags = [self.pack.flags(w) for w in words]
        if any(f & MEDIUM for f in flags):
            return SpeakerKind.MEDIA
        if flags[-1] & DOCUMENT:
            return SpeakerKind.DOCUMENT
        if any(f & ORGANISATION for f in flags):
            return SpeakerKind.ORGANISATION
        last = tokens[-1][0]
        if len(words) == 1 and len(last) > 1 and last.isupper() and self.full_name(words[0], 0) is None:
            return SpeakerKind.ORGANISATION
        if flags[-1] & GROUP:
            return SpeakerKind.GROUP
        if len(words) == 1 and tokens[0][0].lower() == "the":
            return SpeakerKind.ORGANISATION
        return SpeakerKind.PERSON

    def pronoun(self, start: int, end: int) -> Resolved:
        """A pronoun: the latest speaker or subject before it whose gender does not speak against it."""
        word = self.text[start:end].lower()
        flag = self.pack.flags(word)
        gender = flag & (MASCULINE | FEMININE)
        if flag & PLURAL or not gender:
            kind = SpeakerKind.GROUP if flag & PLURAL else SpeakerKind.PERSON
            if word in ("it",):
                kind = SpeakerKind.ORGANISATION
            return Resolved(None, None, kind, None, 0.3)
        found = self._latest(start, gender)
        if found is None:
            return Resolved(None, None, SpeakerKind.PERSON, None, 0.3)
        self.speakers.append((start, found[0], found[1], gender))
        return Resolved(found[0], found[1], SpeakerKind.PERSON, None, 0.85)

    def _latest(self, position: int, gender: int) -> tuple[int, int] | None:
        speaker = None
        for at, a, b, theirs in reversed(self.speakers):
            if at < position and (not theirs or theirs & gender):
                speaker = (at, a, b)
                break
        runs = self._read()
        for index in range(bisect_left(self._starts, position) - 1, -1, -1):
            run = runs[index]
            if speaker is not None and run.start <= speaker[0]:
                break
            if position - run.start > 1500:
                break
            if not run.sentence_start and speaker is not None and not run.role:
                continue
            full = run if len(run.words) >= 2 else self.full_name(run.words[-1], position)
            if full is None or not self._is_person(full) or (full.gender and not full.gender & gender):
                continue
            return full.start, full.end
        return (speaker[1], speaker[2]) if speaker else None

    def noun(self, start: int, end: int) -> Resolved:
        """A role or other noun: the person it was introduced for, else its own words without the article."""
        tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(self.text, start, end)]
        flags = [self.pack.flags(w) for w, _, _ in tokens]
        head_at = next((k for k in range(len(tokens)) if k + 1 == len(tokens) or (flags[k + 1] & PARTICLE and k > 0)), 0)
        head, flag = tokens[head_at][0].lower(), flags[head_at]
        definite = tokens[0][0].lower() in ("the", "this", "that", "his", "her") or not flags[0] & DETERMINER
        first = 1 if flags[0] & DETERMINER and len(tokens) > 1 else 0
        own = Resolved(tokens[first][1], tokens[-1][2], self._kind_of_noun(flag), head, 0.8)
        if definite and len(tokens) <= 3 and flag & (ROLE | TITLE):
            self._read()
            runs = [r for r in self._roles.get(head, []) if self._is_person(r)]
            before = [r for r in runs if r.start < start]
            chosen = before[-1] if before else None
            recent = [u for u in self.unnamed if u[3] == head or head in ("person", "source", "official")]
            if recent and (chosen is None or recent[-1][0] > chosen.start):
                at, a, b, _ = recent[-1]
                return Resolved(a, b, SpeakerKind.UNNAMED, head, 0.8)
            if chosen is not None:
                full = chosen if len(chosen.words) > 1 else self.full_name(chosen.words[-1], start) or chosen
                self.speakers.append((start, full.start, full.end, full.gender))
                return Resolved(full.start, full.end, SpeakerKind.PERSON, head, 0.8)
            if head in ("man", "woman") or flag & (MASCULINE | FEMININE):
                found = self._latest(start, flag & (MASCULINE | FEMININE))
                if found:
                    return Resolved(found[0], found[1], SpeakerKind.PERSON, head, 0.5)
        if own.kind is SpeakerKind.UNNAMED and own.start is not None and own.end is not None:
            self.unnamed.append((start, own.start, own.end, head))
        return own

    def _kind_of_noun(self, flag: int) -> SpeakerKind:
        if flag & UNNAMED:
            return SpeakerKind.UNNAMED
        if flag & MEDIUM:
            return SpeakerKind.MEDIA
        if flag & DOCUMENT:
            return SpeakerKind.DOCUMENT
        if flag & ORGANISATION:
            return SpeakerKind.ORGANISATION
        if flag & GROUP:
            return SpeakerKind.GROUP
        return SpeakerKind.UNNAMED
