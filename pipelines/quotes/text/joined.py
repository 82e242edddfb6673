"""Names of several words that are read as one: surnames such as "Mac an tSaoi" and "Ó hEithir", particles such as "in 't".

Every offset stays: the copy that is read has a low line where the name has a blank. Particles of one word stand in `text.words`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.letters import CAPITAL
from pipelines.lexicons import alternation
from pipelines.names import double_particles, surname_openers


class _Joined(NamedTuple):
    signs: tuple[str, ...]  # a text without any of these has no such name
    surname: re.Pattern[str]
    particle: re.Pattern[str]


@cache
def _joined(language: str) -> _Joined:
    openers, particles = surname_openers(language), double_particles(language)
    return _Joined(
        tuple(f"{words} " for words in (*openers, *particles)),
        re.compile(rf"(?<!\w){alternation(openers)} [a-z]?{CAPITAL}\w"),
        re.compile(rf"(?P<before>{CAPITAL}[\w’'-]+ )?\b{CAPITAL}[\w’'-]+ (?P<words>{alternation(particles)} {CAPITAL}\w+)"),
    )


def with_joined_names(text: str, language: str) -> str:
    """The text with a low line for each blank inside such a surname or particle. A particle stands behind one word with a
    capital, or before a surname that stands so elsewhere.

    >>> with_joined_names("Ada Mac an tSaoi saw Joost in 't Veld and Ada Quill in 't Gooi", "nl")
    "Ada Mac_an_tSaoi saw Joost in_'t Veld and Ada Quill in 't Gooi"
    """
    joined = _joined(language)
    if not any(sign in text for sign in joined.signs):
        return text
    text = joined.surname.sub(lambda match: match.group().replace(" ", "_"), text)
    for words in sorted({match["words"] for match in joined.particle.finditer(text) if not match["before"]}):
        particle, surname = words.rsplit(" ", 1)
        text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", f"{particle.replace(' ', '_')} {surname}", text)
    return text


def in_words(phrase: str) -> str:
    """A phrase of the copy, as the text itself writes it.

    >>> in_words("aide to Ada Mac_an_tSaoi")
    'aide to Ada Mac an tSaoi'
    """
    return phrase.replace("_", " ")
