"""What the files of a language say to cleaning, key by key: dates, bylines, credits.

Here stands what may be in a file and what is an error in it; that of boilerplate stands in `boilerplate_file.py`, that of words, which others read too, in
`pipelines/words_file.py`. How files are put together for a page stands in `lexicon.py`, what is done with the words in the modules that ask for them.
`seeds/languages/en` explains each entry where it stands.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from pipelines.lexicons import Exemplified, LanguageFile, LanguageTable, Pattern, Phrases, WordSet, as_words

_IN_ORDER = frozenset({"full_names", "short_names"})  # lists of all months


def _months(value: Any) -> Any:
    """Names of months and their numbers, from the names in their order and single ones with their number."""
    if not isinstance(value, dict):
        return value
    numbers: dict[str, Any] = {}
    for key, found in value.items():
        if key not in _IN_ORDER:
            numbers[key] = found
            continue
        names = as_words(found)
        if len(names) != 12:
            raise ValueError(f"{key} has {len(names)} names; allowed are twelve, in the order of the months")
        numbers |= {name: number for number, name in enumerate(names, 1)}
    for name, number in numbers.items():
        if number not in range(1, 13):
            raise ValueError(
                f"{name} is {number!r}; allowed are the numbers 1 to 12, and full_names and short_names with twelve names each"
            )
    return numbers


class SaidPublished(LanguageTable):
    """The parts of "this article was published"."""

    this: WordSet = frozenset()
    article: WordSet = frozenset()
    appeared: WordSet = frozenset()


class DateLinks(LanguageTable):
    """Small words inside a date."""

    before_month: WordSet = frozenset()
    before_month_alone: WordSet = frozenset()
    before_year_of_day: WordSet = frozenset()
    before_year: WordSet = frozenset()


class Clock(LanguageTable):
    """What stands around the time in a date."""

    before: WordSet = frozenset()
    halves: WordSet = frozenset()


class Ages(LanguageTable):
    """How old something is."""

    units: WordSet = frozenset()
    ago: WordSet = frozenset()
    begin: WordSet = frozenset()
    letters: WordSet = frozenset()


class DatesFile(LanguageFile):
    """`dates.toml`: how days are written, and what is said of them."""

    month_first: bool = False
    year_first: bool = False
    day_first_domains: WordSet = frozenset()
    month_first_domains: WordSet = frozenset()
    months: Annotated[dict[str, int], BeforeValidator(_months)] = Field(default_factory=dict)
    weekdays: WordSet = frozenset()
    update_words: WordSet = frozenset()
    published: Phrases = frozenset()
    labels: WordSet = frozenset()
    life_words: WordSet = frozenset()
    ordinals: WordSet = frozenset()
    dateline_words: WordSet = frozenset()
    said_published: SaidPublished = SaidPublished()
    links: DateLinks = DateLinks()
    clock: Clock = Clock()
    ages: Ages = Ages()
    eras: dict[str, int] = Field(default_factory=dict)  # the year before an era's first
    solar_months: Annotated[dict[str, int], BeforeValidator(_months)] = Field(default_factory=dict)  # of the solar calendar of Iran
    first_year: WordSet = frozenset()  # what stands for an era's first year
    year_signs: WordSet = frozenset()
    month_signs: WordSet = frozenset()
    day_signs: WordSet = frozenset()


class Link(Exemplified):
    """What stands before the name on a link to an author's page; tried at the start of a line."""

    pattern: Pattern
    unless: Pattern | None = None
    hits: tuple[str, ...]
    misses: tuple[str, ...]

    def end(self, line: str) -> int:
        """Where the name starts, 0 where the line is no such link."""
        match = self.pattern.match(line)
        return match.end() if match and not (self.unless and self.unless.search(match.group())) else 0

    def is_hit(self, example: str) -> bool:
        return self.end(example) > 0


class Signed(Exemplified):
    """A whole line that gives names in a script without capitals; they are the first group of the pattern, with `between` between them."""

    pattern: Pattern
    between: Pattern
    bare: bool = False  # no word says that they wrote it: nobody whom the article names is an author by it
    hits: tuple[str, ...]
    misses: tuple[str, ...]

    def names(self, line: str) -> list[str]:
        """The names, none where the line is of another form."""
        match = self.pattern.fullmatch(line)
        return [name for name in self.between.split(match[1]) if name] if match else []

    def is_hit(self, example: str) -> bool:
        return bool(self.names(example))


class Writers(LanguageTable):
    """The parts of "is a staff writer"."""

    being: Phrases = frozenset()
    nouns: WordSet = frozenset()


class Boards(LanguageTable):
    """The parts of "The Evening Post Editorial Board consists of"."""

    names: Phrases = frozenset()
    verbs: WordSet = frozenset()


class Reached(LanguageTable):
    """The parts of "Contact Jane Roe at"."""

    verbs: Phrases = frozenset()
    by: WordSet = frozenset()
    plainly_by: WordSet = frozenset()


class Addressed(LanguageTable):
    """What stands before the name in a biography."""

    as_author: Phrases = frozenset()
    forms: WordSet = frozenset()


class InMarkup(LanguageTable):
    """Words around names where the markup of a page gives the authors, in whatever language."""

    openers: Phrases = frozenset()
    by: WordSet = frozenset()
    joiners: WordSet = frozenset()
    no_names: WordSet = frozenset()
    rights: WordSet = frozenset()
    particles: WordSet = frozenset()
    before_places: WordSet = frozenset()
    roles: WordSet = frozenset()


def _spellings(value: Any) -> Any:
    """Each spelling of an agency and the one that is given, from agencies and their spellings."""
    if not isinstance(value, dict):
        return value
    return {spelling: name for name, spellings in value.items() for spelling in [name.lower(), *spellings]}


class BylinesFile(LanguageFile):
    """`bylines.toml`: what stands around the names of authors, and what is part of no name."""

    byline_words: Phrases = frozenset()
    glued_byline_words: WordSet = frozenset()
    line_joiners: WordSet = frozenset()
    joiners: WordSet = frozenset()
    separators: WordSet = frozenset()
    after_name: WordSet = frozenset()
    field_words: WordSet = frozenset()
    source_words: WordSet = frozenset()
    not_names: WordSet = frozenset()
    outlet_words: WordSet = frozenset()
    domains: WordSet = frozenset()
    company_words: WordSet = frozenset()
    team_words: WordSet = frozenset()
    agency_words: WordSet = frozenset()
    agencies: Annotated[dict[str, str], BeforeValidator(_spellings)] = Field(default_factory=dict)
    unnamed_agencies: Phrases = frozenset()
    agency_openers: Phrases = frozenset()
    agency_closers: Phrases = frozenset()
    small_words: WordSet = frozenset()
    definite: WordSet = frozenset()
    articles: WordSet = frozenset()
    place_openers: WordSet = frozenset()
    glued_words: WordSet = frozenset()
    particles: WordSet = frozenset()
    name_prefixes: WordSet = frozenset()
    generations: WordSet = frozenset()
    degrees: WordSet = frozenset()
    numerals: WordSet = frozenset()
    signatures: Phrases = frozenset()
    signature_openers: WordSet = frozenset()
    set_off: Phrases = frozenset()
    from_words: WordSet = frozenset()
    biography_verbs: Phrases = frozenset()
    plural_verbs: WordSet = frozenset()
    next_verbs: WordSet = frozenset()
    contributed: Phrases = frozenset()
    contributed_openers: Phrases = frozenset()
    link: tuple[Link, ...] = ()
    signed: tuple[Signed, ...] = ()
    writers: Writers = Writers()
    boards: Boards = Boards()
    markup: InMarkup = InMarkup()
    reached: Reached = Reached()
    addressed: Addressed = Addressed()


class Credit(LanguageTable):
    """The parts of one form of a credit: "File photo credit by"."""

    kind_of: WordSet = frozenset()
    picture: WordSet = frozenset()
    given: WordSet = frozenset()
    by: Phrases = frozenset()


class Parties(LanguageTable):
    """What stands between and inside the names of photographer and outlet."""

    via: WordSet = frozenset()
    of: WordSet = frozenset()


class CreditsFile(LanguageFile):
    """`credits.toml`: who took the picture."""

    agencies: Phrases = frozenset()
    label: Credit = Credit()
    at_end: Credit = Credit()
    credited: Credit = Credit()
    glued: Credit = Credit()
    mentioned: Credit = Credit()
    parties: Parties = Parties()
