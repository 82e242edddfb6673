"""What may be in `boilerplate.toml` of a language: labels, rules for whole lines, and what is glued to paragraphs; and what is an error in it.

Which lines are tried, and what becomes of a line that a rule hits, does not stand here (`lines`, `glued`, `verdicts`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from pydantic import Field, field_validator

from pipelines.cleaning.folding import words_of
from pipelines.letters import UNSPACED
from pipelines.lexicons import Exemplified, LanguageFile, Pattern, Words, WordSet
from pipelines.vocabulary import BlockKind

_WORD_OF_UNSPACED = 2  # letters of scripts without blanks that count as a word
LOOKED_AT = 400  # characters of a long line that a pattern sees, at its start and at its end


@lru_cache(maxsize=16)
def _keywords_of(folded: str) -> tuple[int, frozenset[str]]:
    """How many words a folded line has, and which, a sign of copyright among them. Kept for the rules that are tried one after another."""
    words = words_of(folded)
    return len(words), frozenset((*words, "©") if "©" in folded else words)


def unspaced_words(text: str) -> int:
    """How many words the letters of scripts without blanks count as."""
    return 0 if text.isascii() else len(UNSPACED.findall(text)) // _WORD_OF_UNSPACED


@cache
def _to_the_end(pattern: str) -> re.Pattern[str]:
    """A pattern that reaches to the end of a line, but for a stop."""
    return re.compile(rf"(?:{pattern})[ .]*$")


class Rule(Exemplified):
    """One rule; `kind` is what the lines it hits are."""

    name: str
    kind: BlockKind
    pattern: Pattern
    match: Literal["line", "start", "end", "any"] = "line"
    words: int = 14
    where: Literal["any", "edge"] = "any"
    keywords: Words
    sure: bool = True
    hits: tuple[str, ...]
    misses: tuple[str, ...]

    def hit(self, folded: str) -> bool:
        """Whether the pattern holds for a folded line."""
        if self.match == "line":
            return len(folded) <= LOOKED_AT and self.pattern.fullmatch(folded) is not None
        if self.match == "start":
            return self.pattern.match(folded[:LOOKED_AT]) is not None
        if self.match == "any":
            return self.pattern.search(folded[:LOOKED_AT]) is not None
        return _to_the_end(self.pattern.pattern).search(folded[-LOOKED_AT:]) is not None

    def tried(self, folded: str) -> bool:
        """Whether a folded line is short enough and holds one of the keywords."""
        count, words = _keywords_of(folded)
        if count <= self.words and not words.isdisjoint(self.keywords):
            return True
        return self.tried_unspaced(folded, unspaced_words(folded))

    def tried_unspaced(self, folded: str, words: int) -> bool:
        """The same of a line of so many words in a script without blanks, where a keyword is part of a run of letters."""
        return 0 < words <= self.words and any(word in folded for word in self.keywords if not word.isascii())

    def is_hit(self, example: str) -> bool:
        return self.tried(example) and self.hit(example)

    def shown(self) -> str:
        return f"the rule {self.name!r}"

    @field_validator("keywords", "hits", "misses")
    @classmethod
    def _is_there(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise ValueError("is empty; a rule has keywords, lines that it hits and lines that it misses")
        return value


class Glued(Exemplified):
    """What may be glued to a paragraph, in the case in which a page has it; tried where a text `holds` the words."""

    name: str
    kind: BlockKind
    holds: str
    match: Literal["start", "any"] = "any"
    pattern: Pattern
    hits: tuple[str, ...]
    misses: tuple[str, ...]

    def spans(self, lowered: str) -> list[tuple[int, int]]:
        """Where it stands in a text in lower case."""
        if self.holds not in lowered:
            return []
        found = [self.pattern.match(lowered)] if self.match == "start" else self.pattern.finditer(lowered)
        return [match.span() for match in found if match is not None]

    def is_hit(self, example: str) -> bool:
        return bool(self.spans(example.lower()))

    def shown(self) -> str:
        return repr(self.name)


class BoilerplateFile(LanguageFile):
    """`boilerplate.toml`: whole lines by what they are, rules, and what is glued to paragraphs; `glued_words`: one of them is in a sentence
    at the end of a paragraph that may be boilerplate."""

    labels: dict[BlockKind, tuple[str, ...]] = Field(default_factory=dict)
    rule: tuple[Rule, ...] = ()
    glued: tuple[Glued, ...] = ()
    glued_words: WordSet = frozenset()
