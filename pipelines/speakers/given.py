"""Given names that are one: short forms and the forms of other languages. Family names do not belong here."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

from pydantic import BaseModel, ConfigDict

from pipelines.lexicons import languages_with, read_language_file
from pipelines.names import Names


class Families(BaseModel):
    """`seeds/names/families.toml`: each line the forms of one given name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    families: tuple[str, ...]


@functools.cache
def _families() -> dict[str, frozenset[int]]:
    """The numbers of the families that a name is in."""
    data = Families.model_validate(tomllib.loads((resources.files("seeds") / "names/families.toml").read_text(encoding="utf-8")))
    found: dict[str, set[int]] = {}
    for number, names in enumerate(data.families):
        for name in names.replace("-", "").split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


@functools.cache
def _nicknames() -> dict[str, frozenset[str]]:
    """Each English short form and the names it is short for."""
    from nicknames import NickNamer

    return {short: frozenset(full) for short, full in NickNamer().canonical_lookup.items()}


def one_given_name(a: str, b: str) -> bool:
    """Whether two words, lower case, are forms of one given name.

    >>> one_given_name("bill", "william"), one_given_name("serhiy", "sergey"), one_given_name("anna", "maria")
    (True, True, False)
    """
    return bool(_families().get(a, frozenset()) & _families().get(b, frozenset())) or is_short_form(a, b)


def is_short_form(a: str, b: str) -> bool:
    """Whether one of two words, lower case, is an English short form of the other.

    >>> is_short_form("william", "bill"), is_short_form("hans", "john")
    (True, False)
    """
    return b in _nicknames().get(a, ()) or a in _nicknames().get(b, ())


@functools.cache
def _of_family() -> dict[int, frozenset[str]]:
    """The names of each family."""
    found: dict[int, set[str]] = {}
    for name, numbers in _families().items():
        for number in numbers:
            found.setdefault(number, set()).add(name)
    return {number: frozenset(names) for number, names in found.items()}


@functools.cache
def _short_forms() -> dict[str, frozenset[str]]:
    """The English short forms of each name."""
    found: dict[str, set[str]] = {}
    for short, full in _nicknames().items():
        for name in full:
            found.setdefault(name, set()).add(short)
    return {name: frozenset(short) for name, short in found.items()}


def forms(word: str) -> frozenset[str]:
    """All words that are forms of one given name with this one: those for which `one_given_name` is true.

    >>> "bill" in forms("william"), "william" in forms("bill")
    (True, True)
    """
    families = (_of_family()[number] for number in _families().get(word, ()))
    return frozenset().union(_nicknames().get(word, ()), _short_forms().get(word, ()), *families)


@functools.cache
def genders() -> dict[str, frozenset[str]]:
    """`masculine`, `feminine` or both, for each given name that a language lists."""
    found: dict[str, set[str]] = {}
    for language in languages_with("names"):
        names = read_language_file(language, "names", Names).given_names
        for gender, listed in (("masculine", names.masculine), ("feminine", names.feminine)):
            for name in listed:
                found.setdefault(name.replace("-", ""), set()).add(gender)
    return {name: frozenset(of) for name, of in found.items()}


@functools.cache
def titles() -> frozenset[str]:
    """What stands before a name in any language."""
    files = [read_language_file(language, "names", Names).titles for language in languages_with("names")]
    return frozenset(word for file in files for word in (*file.masculine, *file.feminine, *file.neutral, *file.in_full))


@functools.cache
def suffixes() -> frozenset[str]:
    """What stands behind a person's name in any language: "jr"."""
    files = [read_language_file(language, "names", Names).kinds for language in languages_with("names")]
    return frozenset(word for file in files for word in file.suffixes)


@functools.cache
def particles() -> frozenset[str]:
    """Small words inside a name, of any language."""
    return frozenset(
        word for language in languages_with("names") for word in read_language_file(language, "names", Names).particles
    )
