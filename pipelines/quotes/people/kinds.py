"""What a name is by its words alone: somebody from somewhere, a place, an outlet, a company, a photo credit.

What the text around a name shows does not stand here: see `name_index`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from pipelines.names import surname_prefixes
from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import Lexicon

ENDING = re.compile(r"(?:[’']s?|\.)$")  # of a word, and no part of the name
_SHORT_FORM = 4  # letters
_SMALL_FORM = re.compile(r"[ \u00a0]([a-z]{2,4})\b")
_MIXED = re.compile(r"[^\W\d_]*[a-z][A-Z]{1,}\w*|.*\d.*|\w{2,}\.\w{2,}(\.\w+)*|.*@.*")  # HarbourFeed, 7News, Halmar.com


class NameWords:
    """The lists of one language that tell what a name is."""

    def __init__(self, lexicon: Lexicon) -> None:
        kinds = lexicon.names.kinds
        self.lexicon = lexicon
        self.demonyms = frozenset(kinds.demonyms)
        self.places = frozenset(kinds.places) | _cldr_places(lexicon.language)
        self.organisations, self.forms, self.media = map(frozenset, (kinds.organisations, kinds.forms, kinds.media))
        prefixes = "|".join(sorted(map(re.escape, surname_prefixes(lexicon.language)))) or "(?!)"
        self._surname = re.compile(rf"(?i:(?P<prefix>{prefixes}))['’]?[A-Z][a-z]+(?:-\w+)?")  # McNair, DeGray, O’Marra
        self._bodies = kinds.bodies
        self.suffixes, self.credits, self.days = map(frozenset, (kinds.suffixes, kinds.credits, kinds.days))

    def is_place(self, words: tuple[str, ...]) -> bool:
        """Whether the words are the name of a place: "north korea", "new york"."""
        return " ".join(words) in self.places

    def is_place_in_case(self, word: str) -> bool:
        """Whether a lower-case word is the name of a place in another case, where names have cases: "москвы"."""
        return word not in self.places and any(
            word[:3] == place[:3] and self.lexicon.is_case_of(place, word) for place in self.places
        )

    def is_suffix(self, word: str) -> bool:
        """ "Jr.", "III", "MD": behind a person's name."""
        return word.lower().rstrip(".").replace(".", "") in self.suffixes

    def is_credit(self, word: str) -> bool:
        return word.lower() in self.credits

    def is_demonym(self, word: str) -> bool:
        """ "Norwegian", "Norwegians"."""
        low = word.lower()
        return low in self.demonyms or (self.lexicon.is_plural(low) and low[:-1] in self.demonyms)

    def is_people(self, word: str) -> bool:
        """ "Norwegians": many of them."""
        low = word.lower()
        return low not in self.demonyms and self.is_demonym(low)

    def is_acronym(self, word: str) -> bool:
        """ "FBI", "U.N.", "AT&T": capitals only."""
        letters = word.replace(".", "").replace("&", "")
        return len(letters) > 1 and letters.isalpha() and letters.isupper()

    def is_brand(self, word: str) -> bool:
        """ "HarbourFeed", "7News", "Halmar.com": written as no person's name is."""
        return _MIXED.fullmatch(word) is not None and not self._is_surname(word) and not self.is_acronym(word)

    def _is_surname(self, word: str) -> bool:
        """ "McNair", "O’Marra": a capital inside, and a person's name all the same."""
        match = self._surname.fullmatch(word)
        return match is not None and match["prefix"].istitle()

    def is_body(self, word: str) -> bool:
        """A word that makes a name an organisation's or an outlet's."""
        low = word.lower()
        return (
            bool(self.lexicon.flags(low) & (F.ORGANISATION | F.MEDIUM))
            or low in self.forms
            or low in self.organisations
            or low in self.media
            or low.endswith(self._bodies)
        )

    def is_compound_body(self, word: str) -> bool:
        """ "Bahngesellschaft": a noun that ends with a word for a body."""
        return word.lower().endswith(self._bodies)

    def is_form(self, word: str) -> bool:
        """ "Inc.", "Airlines": what says that a name is a company's."""
        return word.lower().rstrip(".") in self.forms

    def is_short_form(self, word: str) -> bool:
        """ "Inc", "Corp.", "plc": a company's form, and no word that a person's name may end with."""
        return len(word.rstrip(".")) <= _SHORT_FORM and self.is_form(word)

    def form_behind(self, text: str, end: int) -> int:
        """Where a company's form in small letters ends that stands behind a name, "Ada Quill plc"; the end of the name where there is none."""
        word = _SMALL_FORM.match(text, end)
        return word.end() if word is not None and word.group(1) in self.forms else end

    def is_outlet(self, word: str) -> bool:
        low = word.lower()
        return low in self.media or self.lexicon.flags(low) & (F.MEDIUM | F.ORGANISATION) == F.MEDIUM


@lru_cache(maxsize=16)
def name_words(lexicon: Lexicon) -> NameWords:
    return NameWords(lexicon)


@lru_cache(maxsize=16)
def _cldr_places(language: str) -> frozenset[str]:
    """Countries, regions and the larger cities as CLDR names them in a language.

    >>> {"norway", "tehran"} <= _cldr_places("en"), "norwegen" in _cldr_places("de")
    (True, True)
    """
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    found = set(locale.territories.values())
    for zone in get_global("zone_territories"):
        if zone.startswith("Antarctica/") or zone.count("/") != 1:
            continue  # stations and counties, which are surnames too
        named = locale.time_zones.get(zone, {}).get("city")
        found.add(named or zone.split("/")[-1].replace("_", " "))
    return frozenset(name.lower() for name in found if len(name) > 2)
