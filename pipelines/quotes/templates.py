"""Speech in languages written without capitals or without blanks, found by the templates of `speech.toml`.

The trees and kernels know names by their capitals and words by their blanks; where a script has neither, a language says in its file what
stands before and behind the marks. Nobody is named who has no title, no name of the file's shape and no name that the text gave in full before;
the words between marks are given out in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator

from pipelines.lexicons import (
    LanguageFile,
    LanguageTable,
    Pattern,
    Words,
    alternation,
    languages_with,
    read_language_file,
)
from pipelines.quotes.attribution.reported import overlap
from pipelines.quotes.text.marks import Segment
from pipelines.quotes.text.paragraphs import read_lines
from pipelines.quotes.types import How, Quote, QuoteSettings, Speaker
from pipelines.vocabulary import QuoteType, SpeakerKind

FILE = "speech"
_NOBODY, _NAMED, _CARRIED, _CLAUSE = 0.5, 0.85, 0.7, 0.75  # confidence; no set of these languages has been judged
_GIVEN_NAME = "[\u3400-\u9fff\u3005]{1,3}?"
_FARTHEST = 120  # characters before the marks in which an attribution begins
_SHORTEST_CLAUSE = 4  # characters
_STOPS = "。！？…，.!؟،"
_WHOLE = 8  # characters of attributed words that are taken for a sentence


def _template(value: object) -> object:
    if isinstance(value, str) and "{cue}" not in value:
        raise ValueError("has no {cue}; allowed is a regular expression with {cue} and, where the speaker is named, {who}")
    return value


Template = Annotated[str, BeforeValidator(_template)]


class Around(LanguageTable):
    """What stands around words in marks: `before` ends at the opening mark, `behind` begins at the closing one. One of them names the cue."""

    before: str = ""
    behind: str = ""


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


class SpeechFile(LanguageFile):
    """`speech.toml` of a language."""

    letters: Pattern  # a text too short to be told by its words is in the language where these stand
    cues: Words
    who: str  # the words for a speaker, a regular expression
    people: People
    around: tuple[Around, ...]
    works: tuple[Around, ...] = ()  # what stands around the title of a work or what something is called, which is no quotation
    again: tuple[Around, ...] = ()  # where no word names the speaker: who spoke last speaks on
    clauses: tuple[Template, ...] = ()  # sentences without marks; the reported clause is the group `words`


class Who(NamedTuple):
    """Somebody who speaks: the mention, the name in it or elsewhere in the text, and what they are."""

    start: int
    end: int
    name: tuple[int, int] | None
    kind: SpeakerKind
    role: str | None


def languages_by_template() -> tuple[str, ...]:
    """The languages that have templates."""
    return languages_with(FILE)


def language_by_letters(text: str) -> str | None:
    """Of a text too short to tell its language: the first language with templates whose letters stand in it.

    >>> language_by_letters("「もう遅い」と市長。"), language_by_letters("It is late.")
    ('ja', None)
    """
    if text.isascii():
        return None
    codes = sorted(languages_by_template(), key=lambda code: code == "zh")  # Japanese has Chinese characters too
    return next((code for code in codes if _reader(code).file.letters.search(text)), None)


def read_by_template(text: str, code: str, settings: QuoteSettings) -> list[Quote]:
    """The quotes of a text in one of these languages, in order of their start."""
    return Article(text, _reader(code), settings.indirect).quotes()


@lru_cache(maxsize=8)
def _reader(code: str) -> Reader:
    return Reader(read_language_file(code, FILE, SpeechFile))


class Reader:
    """The compiled templates of a language."""

    def __init__(self, file: SpeechFile) -> None:
        self.file, self.people = file, file.people
        self.around = [(self._compiled(x.before, "$"), self._compiled(x.behind, "")) for x in file.around]
        self.works = [(self._compiled(x.before, "$"), self._compiled(x.behind, "")) for x in file.works]
        self.again = [(self._compiled(x.before, "$"), self._compiled(x.behind, "")) for x in file.again]
        self.clauses = [self._compiled(x, "") for x in file.clauses]

    def _compiled(self, template: str, end: str) -> re.Pattern[str] | None:
        if not template:
            return None
        words = template.replace("{who}", f"(?P<who>{self.file.who})").replace("{cue}", f"(?P<cue>{alternation(self.file.cues)})")
        return re.compile(words + end)

    @cached_property
    def titles(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        """What stands before a name with the office, and what behind it."""
        people = self.people
        office = people.field.pattern if people.field else ""
        edge, end = (r"(?<!\w)", r"(?!\w)") if people.whole_words else ("", "")
        before = re.compile(f"{edge}{alternation(people.titles_before)}{end}{office}") if people.titles_before else None
        word = r"(?<!\w)\w*" if people.whole_words else ""  # "서울시장" behind a name
        behind = re.compile(f"{word}{alternation(people.titles_behind)}$") if people.titles_behind else None
        return before, behind


class Article:
    """One text."""

    def __init__(self, text: str, reader: Reader, indirect: bool) -> None:
        self.text, self.reader, self.people, self.indirect = text, reader, reader.people, indirect
        self.named: list[tuple[int, int]] = []  # full names, in reading order
        self.spoke: Who | None = None

    def quotes(self) -> list[Quote]:
        found: list[Quote] = []
        for line in read_lines(self.text, frozenset()):
            spans = [(s.start, s.end) for s in line.segments]
            items: list[tuple[int, Segment | re.Match[str]]] = [(s.start, s) for s in line.segments]
            if self.indirect:
                items += [(m.start("words"), m) for m in self._clauses(line.start, line.end, spans)]
            for _, item in sorted(items, key=lambda x: x[0]):
                quote = self._marked(item, line.start, line.end) if isinstance(item, Segment) else self._clause(item)
                if quote is not None:
                    found.append(quote)
        return found

    def _clauses(self, start: int, end: int, spans: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
        """The sentences of a line that report without marks."""
        taken = -1
        for pattern in self.reader.clauses:
            assert pattern is not None
            for match in pattern.finditer(self.text, start, end):
                if (
                    not overlap(spans, *match.span())
                    and match.start() >= taken
                    and match.end("words") - match.start("words") >= _SHORTEST_CLAUSE
                ):
                    taken = match.end()
                    yield match

    def _clause(self, match: re.Match[str]) -> Quote | None:
        who = self._who(*match.span("who"))
        if who is None:
            return None
        a, b = match.span("words")
        while b > a and self.text[b - 1].isspace():
            b -= 1
        self.spoke = who
        return Quote(a, b, QuoteType.INDIRECT, a, b, *match.span("cue"), self._speaker(who), None, _CLAUSE)

    def _is_work(self, segment: Segment, start: int, end: int) -> bool:
        return any(self._fitting(*pair, segment, start, end) is not None for pair in self.reader.works)

    def _marked(self, segment: Segment, start: int, end: int) -> Quote | None:
        if self._is_work(segment, start, end):
            return None
        a, b = segment.inner_start, segment.inner_end
        who, cue, sure = self._attributed(segment, start, end)
        kind = QuoteType.DIRECT if self._is_sentence(segment, who is not None) else QuoteType.PARTIAL
        if who is None:
            return Quote(a, b, kind, a, b, None, None, None, None, _NOBODY)
        self.spoke = who
        speaker = self._speaker(who) if sure == _NAMED else self._speaker(who)._replace(start=None, end=None, how=How.LEFT_OUT)
        return Quote(a, b, kind, a, b, cue[0], cue[1], speaker, None, sure)

    def _is_sentence(self, segment: Segment, attributed: bool) -> bool:
        """Whether the words close with a mark of their own, or somebody says so many that they are a sentence."""
        closes = self.text[segment.inner_end - 1] in _STOPS
        return closes or (attributed and segment.inner_end - segment.inner_start >= _WHOLE)

    def _attributed(self, segment: Segment, start: int, end: int) -> tuple[Who | None, tuple[int | None, int | None], float]:
        """Who speaks, the cue and how sure that is: what stands before the marks counts first, and a speaker left out before one behind them."""
        around = sorted(self.reader.around, key=lambda pair: pair[0] is None)
        leading = sum(1 for before, _ in around if before is not None)
        ordered = [(pair, False) for pair in around[:leading]] + [(pair, True) for pair in self.reader.again]
        for (before, behind), again in [*ordered, *((pair, False) for pair in around[leading:])]:
            spans = self._fitting(before, behind, segment, start, end)
            if spans is None or (again and self.spoke is None):
                continue
            who = self.spoke if again else self._who(*spans["who"])
            if who is not None:
                return who, spans.get("cue", (None, None)), _CARRIED if again else _NAMED
        return None, (None, None), _NOBODY

    def _fitting(
        self, before: re.Pattern[str] | None, behind: re.Pattern[str] | None, segment: Segment, start: int, end: int
    ) -> dict[str, tuple[int, int]] | None:
        """The groups of a pair of templates as offsets of the text, where both fit around the segment."""
        low = max(start, segment.start - _FARTHEST)
        found: dict[str, tuple[int, int]] = {}
        for pattern, match, shift in (
            (before, before.search(self.text[low : segment.start]) if before else None, low),
            (behind, behind.match(self.text, segment.end, end) if behind else None, 0),
        ):
            if pattern is None:
                continue
            if match is None:
                return None
            found |= {name: (match.start(name) + shift, match.end(name) + shift) for name in pattern.groupindex}
        return found

    def _speaker(self, who: Who) -> Speaker:
        a, b = who.name if who.name else (None, None)
        how = How.FULL if who.kind is SpeakerKind.PERSON else How.WORDS
        return Speaker(who.start, who.end, a, b, who.kind, who.role, None, how, 1.0)

    def _who(self, start: int, end: int) -> Who | None:
        """Who the words are; None where nothing says that they are anybody."""
        text, people = self.text, self.people
        while start < end and text[start].isspace():
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",،、，:："):
            end -= 1
        if (
            people.trailing is not None
            and (found := people.trailing.search(text, start, end)) is not None
            and found.start() > start
        ):
            end = found.start()
        if start >= end:
            return None
        titled = self._titled(start, end)
        if titled is not None:
            return titled
        words = text[start:end]
        if people.pronouns is not None and people.pronouns.fullmatch(words):
            spoke = self.spoke
            return spoke._replace(start=start, end=end) if spoke is not None and spoke.kind is SpeakerKind.PERSON else None
        if people.groups.search(words):
            return Who(start, end, (start, end), SpeakerKind.GROUP, None)
        if people.somebody.search(words):
            return Who(start, end, (start, end), SpeakerKind.UNNAMED, None)
        if people.bodies.search(words):
            return Who(start, end, (start, end), SpeakerKind.ORGANISATION, None)
        known = self._known(start, end)
        if known is not None:
            return Who(start, end, known, SpeakerKind.PERSON, None)
        if people.bare.fullmatch(words):
            self.named.append((start, end))
            return Who(start, end, (start, end), SpeakerKind.PERSON, None)
        return None

    def _titled(self, start: int, end: int) -> Who | None:
        before, behind = self.reader.titles
        text = self.text
        a, b, role = start, end, None
        found = behind.search(text, start, end) if behind else None
        if found is not None and found.end() == end and found.start() > start:
            b, role = found.start(), found.group()
            while text[b - 1].isspace():
                b -= 1
            joint = text.rfind(self.people.joint, a, b) if self.people.joint else -1
            if joint >= 0:
                a, role = joint + len(self.people.joint), text[a:joint] if role in self.people.honorifics else role
            elif role in self.people.honorifics:
                role = ""
        titles = list(before.finditer(text, a, b)) if before else []
        last = titles[-1] if titles else None
        if last is not None and last.end() < b:
            a, role = last.end(), text[last.start() : last.end()].strip()
            while a < b and text[a].isspace():
                a += 1
        if role is None or not self.people.name.fullmatch(text, a, b):
            return None
        # "市长刘建国", though a body may end with "国"
        whole = self.people.surname_first and self.people.bare.fullmatch(text, a, b)
        if self.people.groups.search(text[a:b]) or (not whole and self.people.bodies.search(text[a:b])):
            return None
        name = self._known(a, b) or self._held_in_full(a, b, text[b:end]) or (a, b)
        self.named.append(name)
        return Who(start, end, name, SpeakerKind.PERSON, role or None)

    def _held_in_full(self, a: int, b: int, title: str) -> tuple[int, int] | None:
        """ "山本市長", where the text has "山本由紀市長" before: the same surname and title with a first name between."""
        if not self.people.surname_first or not title or b - a < 2:
            return None
        held = re.compile(f"{re.escape(self.text[a:b])}{_GIVEN_NAME}(?={re.escape(title)})").search(self.text, 0, a)
        return held.span() if held else None

    def _known(self, a: int, b: int) -> tuple[int, int] | None:
        """The full name that the text gave before, of which these words are the short form."""
        short = self.text[a:b]
        for x, y in reversed(self.named):
            full = self.text[x:y]
            fits = full.startswith(short) if self.people.surname_first else full.endswith(" " + short) or full == short
            if (fits or full.endswith(("・" + short, "·" + short))) and len(short) > 1:
                return x, y
        return None
