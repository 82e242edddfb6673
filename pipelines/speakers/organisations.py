"""Whether two names are of one organisation: equal but for small words, order and legal form, or one the short form of the other."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from importlib import resources

from pydantic import BaseModel, ConfigDict

from pipelines.lexicons import WordSet
from pipelines.speakers.people import Answer, words_alike
from pipelines.speakers.settings import NameSettings

_DEFAULT = NameSettings()
_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")


class Organisations(BaseModel):
    """`seeds/names/organisations.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    legal_forms: WordSet
    small_words: WordSet


@functools.cache
def _data() -> Organisations:
    text = (resources.files("seeds") / "names/organisations.toml").read_text(encoding="utf-8")
    return Organisations.model_validate(tomllib.loads(text))


@functools.lru_cache(1 << 14)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, lower case without accents, "U.S." as one; legal forms at the end are left out."""
    name = _DOTTED.sub(lambda m: m.group().replace(".", ""), name)
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = _WORD.findall(plain.casefold())
    while len(words) > 1 and words[-1] in _data().legal_forms:
        words.pop()
    return tuple(words)


def organisation_words(name: str) -> tuple[str, ...]:
    """What tells an organisation from others: its words without small ones and legal form, sorted.

    >>> organisation_words("The Bank of Korvia Ltd")
    ('bank', 'korvia')
    """
    words = _words(name)
    return tuple(sorted(word for word in words if word not in _data().small_words)) or words or (name,)


def same_organisation(a: str, b: str, settings: NameSettings = _DEFAULT) -> Answer:
    """Whether two names may be of one organisation.

    >>> same_organisation("International Monetary Fund", "IMF")
    Answer(same=True, score=0.85, why='imf: short for international monetary fund')
    >>> same_organisation("Airbus SE", "Airbus").same, same_organisation("Bank of England", "Bank of Japan").same
    (True, False)
    """
    first, second = _words(a), _words(b)
    if not first or not second:
        return Answer(False, 0.0, "no word to compare")
    telling = [tuple(word for word in words if word not in _data().small_words) or words for words in (first, second)]
    if sorted(telling[0]) == sorted(telling[1]):
        return Answer(True, 1.0, "equal words")
    for short, full in ((a, second), (b, first)):
        if is_short_form(short, full):
            return Answer(True, 0.85, f"{short.strip().casefold()}: short for {' '.join(full)}")
    if len(telling[0]) != len(telling[1]):
        return Answer(False, 0.0, "other words")
    found = [words_alike(x, y, settings) for x, y in zip(*telling, strict=True)]
    score = round(min(likeness for likeness, _ in found), 3)
    if score < settings.joined_word:
        return Answer(False, min(score, 0.5), "other words")
    return Answer(True, score, "; ".join(f"{x} / {y}: {how}" for x, y, (_, how) in zip(*telling, found, strict=True)))


def is_short_form(short: str, full: tuple[str, ...]) -> bool:
    """Whether `short`, written in capitals, is made of the first letters of the words, with or without the small ones."""
    return short_letters(short) in short_forms(full)


def short_letters(short: str) -> str:
    """The letters of what may be a short form, lower case; none where it is not written in capitals.

    >>> short_letters("I.M.F."), short_letters("Imf")
    ('imf', '')
    """
    letters = short.strip().replace(".", "")
    capitals = 2 <= len(letters) <= 8 and letters.isalpha() and sum(c.isupper() for c in letters) >= len(letters) - 1
    return letters.casefold() if capitals else ""


def short_forms(full: tuple[str, ...]) -> frozenset[str]:
    """The short forms that the words of a name have, with or without the small ones; a single word has none.

    >>> sorted(short_forms(("bank", "of", "korvia")))
    ['bk', 'bok']
    """
    if len(full) < 2:
        return frozenset()
    small = _data().small_words
    firsts = "".join(word[0] for word in full)
    without_article = firsts.removeprefix("t") if full[0] in small else firsts
    return frozenset({firsts, without_article, "".join(word[0] for word in full if word not in small)} - {""})
