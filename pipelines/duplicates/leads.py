"""The first sentence of a text as tokens, and which of them are names, numbers and days.

What two such leads say of a pair stands in `wording`.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from pipelines.lexicons import languages_with, read_language_file

TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})[.!?…]|[。！？]")  # not of an initial or a short form such as "No."
_LEAD_WORDS = 8  # a line with fewer is a headline, a byline or a credit
_MAX_LEAD = 40  # words of a lead
_MANY_CAPITALS = 0.25  # of the small words and names of a lead, from which on nouns have capitals and tell no facts
_LONG_WEEKDAY = 5  # letters; shorter names of weekdays are short forms and other words


class Token(NamedTuple):
    folded: str
    number: bool
    name: bool
    weekday: bool

    @property
    def fact(self) -> bool:
        return self.number or self.name


def is_figure(token: Token) -> bool:
    """Whether it is a number, in digits or as a word."""
    return token.number or token.folded in number_words()


def writes_nouns_with_capitals(tokens: list[Token]) -> bool:
    """As German does: then a capital that stays says nothing of the facts."""
    words = [token for token in tokens if not (token.number or token.weekday)]
    return sum(token.name for token in words) >= _MANY_CAPITALS * len(words)


def lead_of(text: str) -> list[Token]:
    """The tokens of the first sentence, from the first line on that is long enough for one."""
    for line in text.splitlines():
        if len(TOKEN.findall(line)) >= _LEAD_WORDS:
            end = _FULL_STOP.search(line)
            while end and len(TOKEN.findall(line[: end.start()])) < _LEAD_WORDS:
                end = _FULL_STOP.search(line, end.end())
            return _tokens(line[: end.start()] if end else line)[:_MAX_LEAD]
    return []


def _tokens(sentence: str) -> list[Token]:
    """A capital makes a name, but not of the first word, unless another one follows. So does a number behind a name, "Lane 15", and a weekday is one
    with a small letter too."""
    found = list(TOKEN.finditer(sentence))
    capitals = [match[0][0].isupper() for match in found]
    tokens = []
    for place, match in enumerate(found):
        number = match[0][0].isdigit()
        follows = place > 0 and capitals[place - 1] and match.start() == found[place - 1].end() + 1
        first = place == 0 and not (len(found) > 1 and capitals[1])
        folded = match[0].casefold()
        weekday = folded in weekdays()
        tokens.append(Token(folded, number, weekday or (capitals[place] and not first) or (number and follows), weekday))
    return tokens


@functools.cache
def weekdays() -> frozenset[str]:
    """The names of the days of the week in all languages that have a folder, casefolded."""
    from pipelines.cleaning.language_files import DatesFile  # only the few pairs that hang on it pay for it

    files = (read_language_file(code, "dates", DatesFile) for code in languages_with("dates"))
    return frozenset(day.casefold() for file in files for day in file.weekdays if len(day) >= _LONG_WEEKDAY)


@functools.cache
def number_words() -> frozenset[str]:
    """The words for numbers in all languages that have a file for them, folded as in the file."""
    from pipelines.statement_words import StatementsFile  # only the few pairs that hang on it pay for it

    files = (read_language_file(code, "statements", StatementsFile) for code in languages_with("statements"))
    return frozenset(word for file in files for word in file.numbers)
