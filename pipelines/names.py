"""What is known of people's names in a language, `seeds/languages/<code>/names.toml`: cleaning and quotes read the same lists.

How names are found in a text does not stand here: see `pipelines.cleaning.bylines` and `pipelines.quotes.people`.
"""

from __future__ import annotations

import functools
from pathlib import Path

from pydantic import Field, field_validator

from pipelines.lexicons import LanguageFile, LanguageTable, Pattern, Words, files_for_pages


class GivenNames(LanguageTable):
    """Common first names, lower case."""

    masculine: Words = ()
    feminine: Words = ()
    either: Words = ()  # of these those that tell nothing, because men and women bear them: "terry"


class Titles(LanguageTable):
    """What stands before a name, lower case, without its stop."""

    masculine: Words = ()
    feminine: Words = ()
    neutral: Words = ()
    given: Words = ()  # of them those that parents give as a first name too: "queen"
    also: dict[str, Words] = Field(default_factory=dict)  # by what else somebody with one of these titles is called: "lawmaker"
    in_full: dict[str, str] = Field(default_factory=dict)  # a short form and what it stands for: `sen = "senator"`

    @field_validator("in_full")
    @classmethod
    def _are_titles(cls, in_full: dict[str, str]) -> dict[str, str]:
        for short, full in in_full.items():
            if not short or not full or " " in short + full:
                raise ValueError(f"{short!r} = {full!r} is not allowed; a short form and its full one are one word each")
        return in_full


class Kinds(LanguageTable):
    """Capitalised words that tell what a name is, or that they are none. Lower case."""

    demonyms: Words = ()  # who comes from somewhere, in the singular or as an adjective: "american"
    places: tuple[
        str, ...
    ] = ()  # places that speak for themselves, one or more words each, besides the countries and cities of CLDR
    organisations: Words = ()  # bodies with a name that looks like no body's: "google", "kremlin"
    forms: Words = ()  # what a company's or body's name ends with: "inc"
    bodies: Words = ()  # how a noun for a company or another body ends, where nouns have capitals: "gesellschaft" of "Bahngesellschaft"
    media: Words = ()  # outlets with a name that looks like no outlet's: "politico"
    suffixes: Words = ()  # behind a person's name: "jr", "md"
    credits: Words = ()  # words of photo credits, captions and buttons, which nobody is called by: "photo"
    days: tuple[str, ...] = ()  # feasts and seasons
    label: Pattern | None = None  # what a party or district is written with behind a name: "R-Ky"


class Names(LanguageFile):
    """`names.toml` of a language. What it shares is known on pages of every language; share only what is a name there too."""

    given_names: GivenNames = GivenNames()
    titles: Titles = Titles()
    kinds: Kinds = Kinds()
    particles: Words = ()  # small words inside a name: "van", "de la"
    bound_particles: Words = ()  # and those that are written together with it: "d’Armont", "al-Masrani"
    surname_prefixes: Words = ()  # what a surname begins with before its second capital: "mc" of "McNair"
    surname_openers: tuple[
        str, ...
    ] = ()  # words before a capital that are read as one with it, as written: "Mac an" of "Mac an tSaoi"
    double_particles: tuple[str, ...] = ()  # particles of two words: "in 't"


@functools.cache
def surname_prefixes(language: str) -> frozenset[str]:
    """What surnames in texts of a language may begin with before a second capital: its own, and those that others share.

    >>> "mc" in surname_prefixes("de")
    True
    """
    return frozenset(word for file in files_for_pages(language, "names", Names) for word in file.surname_prefixes)


@functools.cache
def surname_openers(language: str) -> tuple[str, ...]:
    """The words that are read as one with the surname behind them in texts of a language.

    >>> "Mac an" in surname_openers("de")
    True
    """
    return tuple(sorted({words for file in files_for_pages(language, "names", Names) for words in file.surname_openers}))


@functools.cache
def double_particles(language: str) -> tuple[str, ...]:
    """Particles of two words in names that texts of a language may hold.

    >>> "in 't" in double_particles("nl")
    True
    """
    return tuple(sorted({words for file in files_for_pages(language, "names", Names) for words in file.double_particles}))


@functools.cache
def given_names(language: str | None, folder: Path | None = None) -> frozenset[str]:
    """First names that a page of a language may hold: its own language's, and those that others share.

    >>> {"mary", "hans"} <= given_names("fr"), "mary" in given_names(None)
    (True, True)
    """
    files = [file.given_names for file in files_for_pages(language, "names", Names, folder)]
    return frozenset(name for names in files for name in (*names.masculine, *names.feminine))
