"""What `speech.toml` of a language says: how speech is reported where a script has no capitals or no blanks.

How the templates are read does not belong here (`templates`).
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator

from pipelines.lexicons import LanguageFile, LanguageTable, Pattern, Words, alternation, read_language_file

FILE = "speech"


def _template(value: object) -> object:
    if isinstance(value, str) and "{cue}" not in value and "(?P<cue>" not in value:
        raise ValueError("has no {cue}; allowed is a regular expression with {cue} and, where the speaker is named, {who}")
    return value


def _introduction(value: object) -> object:
    if isinstance(value, str) and "(?P<name>" not in value:
        raise ValueError("has no (?P<name>…); allowed is a regular expression with a group `name`, {before} and {behind}")
    return value


Template = Annotated[str, BeforeValidator(_template)]
Names = tuple[Annotated[str, BeforeValidator(_introduction)], ...]


class Around(LanguageTable):
    """What stands around words in marks, with {who} speaks, the {cue} and any {title} behind a name: `before` ends at the opening mark, `behind` begins at the closing one. One of them names the cue."""

    before: str = ""
    behind: str = ""
    loose: bool = False  # any verb may be the cue: only a person whom the text names speaks, and is less sure


class People(LanguageTable):
    """What tells that somebody, or which body, is meant."""

    name: Pattern  # the shape of a name next to a title
    bare: Pattern  # and of one that stands alone
    titles_before: Words = ()  # what stands before a name, the end of its role
    titles_behind: Words = ()
    honorifics: Words = ()  # of these those that say nothing of what somebody is
    whole_words: bool = False  # titles are words between blanks
    trailing: Pattern | None = None  # what may stand behind the speaker and is no part of the name: to whom, when, where
    joint: str = ""  # what ties a role to the name behind it
    field: Pattern | None = None  # what may stand between a title and the name: the office
    bodies: Pattern  # what an organisation's name holds
    groups: Pattern  # who speaks without a name, several of them
    somebody: Pattern  # and one of them
    pronouns: Pattern | None = None  # who stands for the one that spoke last
    surname_first: bool = True  # the short form of a name is its beginning
    short_surnames: bool = False  # a surname of one syllable stands for the name before an office: "김 시장"
    aged: Pattern | None = None  # an age behind a name, before its title: "송미자(72) 씨"
    tied: Pattern | None = None  # `name`, and what ties an office behind it: "西岡徹・東都大教授"
    full: Pattern | None = None  # the shape of a whole name next to a title; where it is missing, `bare`
    of_other: Pattern | None = None  # how a phrase begins whose name is not that of who speaks: "a lawyer of the actor"
    introductions: Names = ()  # where the text introduces somebody, wherever it is: {before} and {behind} are the titles
    wholes: Names = ()  # where the whole name stands of which {short} is the last part
    subjects: Pattern | None = None  # what stands behind an introduced name that is a subject


class SpeechFile(LanguageFile):
    """`speech.toml` of a language."""

    letters: Pattern  # a text too short to be told by its words is in the language where these stand
    cues: Words
    who: str  # the words for a speaker, a regular expression
    people: People
    around: tuple[Around, ...]
    works: tuple[Around, ...] = ()  # what stands around the title of a work or what something is called, which is no quotation
    chained: Pattern | None = None  # what stands between words in marks that one attribution leads in or closes
    again: tuple[Around, ...] = ()  # where no word names the speaker: who spoke last speaks on
    clauses: tuple[Template, ...] = ()  # sentences without marks; the reported clause is the group `words`


class Pair(NamedTuple):
    """What stands before and behind words in marks; see `Around`."""

    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    loose: bool


class Reader:
    """The compiled templates of a language."""

    def __init__(self, file: SpeechFile) -> None:
        self.file, self.people = file, file.people
        self.around = [self._pair(x) for x in file.around]
        self.works = [self._pair(x) for x in file.works]
        self.again = [self._pair(x) for x in file.again]
        self.clauses = [self._compiled(x, "") for x in file.clauses]

    def _pair(self, around: Around) -> Pair:
        return Pair(self._compiled(around.before, "$"), self._compiled(around.behind, ""), around.loose)

    def _compiled(self, template: str, end: str) -> re.Pattern[str] | None:
        if not template:
            return None
        for key, pattern in (
            ("{who}", f"(?P<who>{self.file.who})"),
            ("{cue}", f"(?P<cue>{alternation(self.file.cues)})"),
            ("{title}", alternation(self.people.titles_behind)),
        ):
            template = template.replace(key, pattern)
        return re.compile(template + end)

    @cached_property
    def introductions(self) -> list[re.Pattern[str]]:
        """Where a text introduces somebody by a whole name, the group `name`."""
        return [self._introducing(x) for x in self.people.introductions]

    @cached_property
    def wholes(self) -> list[re.Pattern[str]]:
        """Where a whole name may stand, the group `name`, with its last part, the group `last`."""
        return [self._introducing(x.replace("{short}", r"(?P<last>[^\W\d_]+)")) for x in self.people.wholes]

    def _introducing(self, template: str) -> re.Pattern[str]:
        for key, pattern in (("{before}", self._before), ("{behind}", alternation(self.people.titles_behind))):
            template = template.replace(key, pattern)
        return re.compile(template)

    @property
    def _before(self) -> str:
        """Titles that stand before a name, with the office, as a regular expression."""
        people = self.people
        edge, end = (r"(?<!\w)", r"(?!\w)") if people.whole_words else ("", "")
        return f"{edge}{alternation(people.titles_before)}{end}{people.field.pattern if people.field else ''}"

    @cached_property
    def titles(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        """What stands before a name with the office, and what behind it."""
        people = self.people
        before = re.compile(self._before) if people.titles_before else None
        word = r"(?<!\w)\w*" if people.whole_words else ""  # "서울시장" behind a name
        behind = re.compile(f"{word}{alternation(people.titles_behind)}$") if people.titles_behind else None
        return before, behind


@lru_cache(maxsize=8)
def reader_of(code: str) -> Reader:
    return Reader(read_language_file(code, FILE, SpeechFile))
