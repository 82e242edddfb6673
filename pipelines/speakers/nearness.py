"""How near two spellings are that may be one name: whether they are one person without more, with a role or a story in common, with both, or never.

Whether they may be one name at all is said by `people`, who is who by `corpus`.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from enum import IntEnum
from importlib import resources

from pydantic import BaseModel, ConfigDict, field_validator

from pipelines.speakers import given
from pipelines.speakers.people import likeness_without_forms, parse_name, plain_word, words_alike
from pipelines.speakers.settings import NameSettings
from pipelines.speakers.skeletons import skeleton

_VOWELS = re.compile(r"[aeiouy]+")
_NOT_SOUNDED = re.compile(r"(?<=[^aeiouy])h|h$|(?<=(.))\1")  # "Hannah", "Khalid", the second of two like letters
# Vowels that stand for one another where a name is written in other letters.
_MAY_BE = {"a": "a", "e": "ai", "i": "i", "y": "i", "o": "o", "u": "o"}
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "å": "aa", "ß": "ss"})
_LEAST_CUT = 2  # letters by which a short form is shorter: "Ann" and "Anna" are two names
_LONGEST_VARIED = 6  # letters of a word that may as well be another name: "Li", "Rossi", "Jensen"


class Nearness(IntEnum):
    """What is needed for two spellings to be one person."""

    OTHERS = 0  # they are two names
    SHORT = 1  # a role and a story
    SOUND = 2  # one of both
    LETTERS = 3  # nothing


class _Roles(BaseModel):
    """`seeds/names/roles.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    of_many: frozenset[str]

    @field_validator("of_many", mode="before")
    @classmethod
    def _words(cls, listed: str) -> frozenset[str]:
        return frozenset(listed.split())


@functools.cache
def _of_many() -> frozenset[str]:
    text = (resources.files("seeds") / "names/roles.toml").read_text(encoding="utf-8")
    return _Roles.model_validate(tomllib.loads(text)).of_many


def telling(roles: Iterable[str]) -> set[str]:
    """The roles that tell who somebody is, in small letters: "mayor", and not "student".

    >>> telling({"Mayor", "law student", "president of the Harbour Bank"}) == {"mayor", "president of the harbour bank"}
    True
    """
    return {role for role in map(str.lower, roles) if _of_many().isdisjoint(re.findall(r"\w+", role))}


def nearness(a: str, b: str, settings: NameSettings) -> Nearness:
    """Of two names the least of their words."""
    one, another = parse_name(a), parse_name(b)
    first, second = one.words, another.words
    found = Nearness.LETTERS
    rare = min(len(name.words[name.family]) if name.words else 0 for name in (one, another)) >= settings.rare_letters
    for word in first:
        likeness, how, other = max(((*words_alike(word, other, settings), other) for other in second), default=(0.0, "", ""))
        if likeness and how not in ("equal", "initial"):
            found = min(found, _of_words(word, other, how, likeness, rare, settings))
    return found


def _of_words(a: str, b: str, how: str, likeness: float, rare: bool, settings: NameSettings) -> Nearness:
    """Short forms of a given name need nothing. Other forms that sound alike, and slips, need a role or a story, but where the family name is long, and so
    `rare`. "Hassan" and "Hussein" are two names."""
    plain, other = plain_word(a), plain_word(b)
    if given.is_short_form(plain, other):
        return Nearness.LETTERS if _is_cut(plain, other, settings) else Nearness.SOUND
    if _written_out(a) == _written_out(b):
        return Nearness.LETTERS
    if how == "forms of one name":  # "Marie" and "Maria" Quill, or "Yelena" and "Olena" Tarvashko
        sounding = likeness_without_forms(a, b, settings) >= settings.same_word
        return Nearness.LETTERS if rare and sounding else Nearness.SOUND
    if not (plain.isascii() and other.isascii()):
        return Nearness.SOUND
    if likeness >= settings.slip and len(a) >= settings.slip_letters and not _has_other_consonant(plain, other):
        return Nearness.LETTERS if rare else Nearness.SOUND
    if is_spelling(plain, other):
        return Nearness.SOUND
    if have_other_vowels(plain, other):
        return Nearness.OTHERS
    return Nearness.SHORT if min(len(a), len(b)) <= _LONGEST_VARIED else Nearness.SOUND


def _written_out(word: str) -> str:
    """With two letters for a letter that has a mark in German or a Nordic language.

    >>> _written_out("müller"), _written_out("ødegård")
    ('mueller', 'oedegaard')
    """
    return word.translate(_WRITTEN_OUT)


def _is_cut(a: str, b: str, settings: NameSettings) -> bool:
    """Whether two short forms are what one person is called, "Bob" and "Robert", "Josh" and "Joshua", and not one name spelt in two ways: "Jon" and "John"."""
    shorter, longer = sorted((a, b), key=len)
    cut = longer.startswith(shorter) and len(longer) - len(shorter) >= _LEAST_CUT
    return cut or likeness_without_forms(a, b, settings) < settings.same_word


def _has_other_consonant(a: str, b: str) -> bool:
    """ "Petersen" and "Pedersen": whether they differ in one letter, and that is a consonant in both."""
    differing = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    return len(a) == len(b) and len(differing) == 1 and not any(_VOWELS.match(letter) for letter in differing[0])


def is_spelling(a: str, b: str) -> bool:
    """Whether two words have the same vowels, and consonants that are written in several ways.

    >>> is_spelling("hasan", "hassan"), is_spelling("novak", "nowak"), is_spelling("reed", "reid"), is_spelling("hansen", "jansen")
    (True, True, False, False)
    """
    a, b = _NOT_SOUNDED.sub("", a), _NOT_SOUNDED.sub("", b)
    begins = a[:1] == b[:1] or bool(skeleton(a[:1]) == skeleton(b[:1]))
    return begins and _VOWELS.findall(a) == _VOWELS.findall(b) and skeleton(a) == skeleton(b)


def have_other_vowels(a: str, b: str) -> bool:
    """Whether no way of writing a name in other letters makes one of the vowels of the other, or one has a vowel more at its end.

    >>> have_other_vowels("hassan", "hussein"), have_other_vowels("rossi", "russo"), have_other_vowels("amit", "amita")
    (True, True, True)
    >>> have_other_vowels("hussein", "hussain"), have_other_vowels("selinsky", "zelynskyj")
    (False, False)
    """
    first, second = _VOWELS.findall(a), _VOWELS.findall(b)
    if len(first) != len(second):
        longer, shorter = (a, b) if len(a) > len(b) else (b, a)
        return longer[:-1] == shorter and bool(_VOWELS.match(longer[-1]))
    return any(_sounds(x).isdisjoint(_sounds(y)) for x, y in zip(first, second, strict=True))


def _sounds(vowels: str) -> set[str]:
    return {sound for vowel in vowels for sound in _MAY_BE[vowel]}
