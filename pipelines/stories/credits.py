"""Whom an article says that it owes its text or its news to: a news agency in dateline, byline, trailer or text.

Each article by itself. What other articles of the corpus add, such as an earlier text of another outlet, stands in `wire.py`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
from pydantic import Field

from pipelines.lexicons import SHARED, LanguageFile, Phrases, alternation, languages_with, read_language_file
from pipelines.schemas import CREDITS
from pipelines.vocabulary import CreditPlace

_HEAD = 160  # characters of the body in which a dateline ends
_DATELINE_WORDS = 12  # before the agency in a dateline
_LAST_PARAGRAPHS = 3  # of the body, where a trailer stands
_TRAILER_WORDS = 6  # of a line that is nothing but a credit
_WITH_WORDS = 8  # of a line that ends with "with AFP"
_NOTE_WORDS = 40  # of a line that says who helped, or whose the rights are
_TEXT = 4000  # characters of the body that are read for "the agency reported"
_ARTICLE = 3  # letters of "the" before a name
_AFTER_NAME = 3  # characters that say whether a name ends there
# A name in brackets before the dash of a dateline; whether it is an outlet only the corpus says.
_BRACKETED = re.compile(r"[^.!?()\n]{0,60}\(([^()\d\n]{2,40})\)\s*[-–—:]")
_IN_CAPITALS = re.compile(r"\(([A-Z]{2,6})\)")
_FIRST_WORD = re.compile(r"\w+")
_WORD_BACKWARDS = re.compile(r"[\w'’.-]+")
_MOST_WORDS = 9  # before a short form in brackets
_PLACES = {place: number for number, place in enumerate(CreditPlace)}
_WHOLE = {CreditPlace.DATELINE, CreditPlace.BYLINE, CreditPlace.TRAILER}


class SourceWords(LanguageFile):
    """`sources.toml` of a language; that of all languages holds the agencies with their spellings."""

    agencies: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    press_releases: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    syndicates: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    addresses: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    in_brackets: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    without_blanks: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    desks: dict[str, Phrases] = Field(default_factory=dict)
    reported: Phrases = frozenset()
    told: Phrases = frozenset()
    contributed: Phrases = frozenset()
    helped: Phrases = frozenset()
    with_: Phrases = Field(default=frozenset(), alias="with")
    syndicated: Phrases = frozenset()
    source: Phrases = frozenset()


class Credit(NamedTuple):
    """The agency in one spelling, and where it stands."""

    agency: str
    place: CreditPlace


class CreditPatterns(NamedTuple):
    """The agencies by their spellings, and the ways to credit one."""

    agencies: Mapping[str, str]  # from spelling to name
    begins: re.Pattern[str]  # a word with the first letter of some spelling
    first_words: frozenset[str]  # of all spellings
    in_brackets: re.Pattern[str]
    after_end: re.Pattern[str]
    last_brackets: re.Pattern[str]
    bare: re.Pattern[str]
    between_dashes: re.Pattern[str]  # "OSK - Agency - ", "OSK, May 3 — Agency. "
    between_slashes: re.Pattern[str]  # "OSK, May 3 /Agency/ --"
    placed: re.Pattern[str]  # with a town, as a line: "AFP, QUELLIN"
    named: re.Pattern[str]
    alone: re.Pattern[str]
    rights: re.Pattern[str]
    syndicated: re.Pattern[str]
    helped: re.Pattern[str]
    ends_with: re.Pattern[str]  # of a line: "Gazette staff, with Agency"
    begins_without_blanks: re.Pattern[str]
    ends_without_blanks: re.Pattern[str]
    reporting: re.Pattern[str]  # from the name on
    told: re.Pattern[str]  # up to the name
    longest: tuple[int, int]  # letters of "told", and of a name
    desks: Mapping[str, re.Pattern[str]]


@functools.cache
def credit_patterns(folder: Path | None = None) -> CreditPatterns:
    """Of all languages together: an article in one quotes agencies as they write themselves."""
    files = [read_language_file(code, "sources", SourceWords, folder) for code in (SHARED, *languages_with("sources", folder))]
    agencies = {
        spelling: name
        for file in files
        for names in (file.agencies, file.press_releases, file.syndicates)
        for name, some in names.items()
        for spelling in some
    }
    agencies |= {spelling.upper(): name for spelling, name in agencies.items() if len(spelling) > 3}
    short, dense = (_by_spelling(getattr(file, table) for file in files) for table in ("in_brackets", "without_blanks"))
    lists = ("reported", "told", "contributed", "helped", "with_", "syndicated", "source")
    words = {field: alternation({word for file in files for word in getattr(file, field)}) for field in lists}
    name = rf"(?<![\w@/])({alternation(agencies)})(?![\w@]|\.\w)"
    desks = {agency: alternation(said) for file in files for agency, said in file.desks.items()}
    bracketed = rf"(?<![\w@/])({alternation({*agencies, *short})})(?![\w@]|\.\w)"
    among = rf"\((?:[^()\n]{{0,25}}[/,–|-]\s*)?{bracketed}(?:\s*[/,–|-][^()\n]{{0,25}})?\)"
    eastern = rf"(?<![A-Za-z])({alternation(dense)})(?![A-Za-z])"
    plain = rf"(?<!@)({alternation(agencies)})(?![\w@]|\.\w)"
    small = r"(?i:(?:the|la|die|der|el|a|o)\s+|l['’]\s*)?"
    first_words = frozenset(_FIRST_WORD.match(spelling)[0] for spelling in agencies)  # type: ignore[index]
    told = {word for file in files for word in file.told}
    return CreditPatterns(
        agencies | short | dense,
        re.compile(rf"(?<!\w)[{re.escape(''.join(sorted({word[0] for word in first_words})))}]\w*"),
        first_words,
        re.compile(among),
        re.compile(rf"[.!?…][\"”»’)\]]?\s+[-–—(]*\s*{name}[)\s.]*$"),
        re.compile(rf"[.!?…][\"”»’]?\s+{among}[\s.]*$"),
        re.compile(rf"(?:^|[,|/.]\s*){name}\s*[-–—:|]+\s"),
        re.compile(rf"\s[-–—]\s*{name}(?:\s+[-–—|]|[.:])\s"),
        re.compile(rf"/\s*({alternation({*agencies, *short})})\s*/(?:\s*[-–—.]|[^/\n]{{1,25}}/)"),
        re.compile(rf"[\W_]*{name}, [^\W\d_]{{3,}}(?: [^\W\d_]+){{0,2}}\W*"),
        re.compile(name),
        re.compile(
            rf"[\W_]*(?:(?i:{words['source']})\W+)?(?:(?:[a-zäöü]{{2,6}}/)*{small}{plain}|(?<=\W){bracketed})(?:\s*[/,&+]\s*[\w-]{{2,14}})*[\W_]*"
        ),
        re.compile(rf"(?:©|\(c\)|(?i:copyright))[^\n]{{0,40}}?{name}(?!\s*/)"),
        re.compile(rf"\b(?i:{words['syndicated']})\s+{small}{name}"),
        re.compile(rf"(?:(?i:\b{words['helped']})\s+{small}{name}|{name}[^.\n]{{0,40}}?\s(?i:{words['contributed']})\b)"),
        re.compile(rf"(?<!\w)(?i:{words['with_']})\s+{small}{name}(?:(?:\s*[/,&+]\s*|\s+[a-zà-ž]{{1,3}}\s+)[\w-]+)*[)\]\s]*$"),
        re.compile(rf"(?:[【［\[（(〔][^】］\]）)〕\n]{{0,20}}?{eastern}[】］\]）)〕]|{eastern}[^\n，。、]{{0,24}}[电電讯])"),
        re.compile(rf"(?<=[。」』\u3040-\u9fff\uac00-\ud7af])[（(【［\[]{eastern}[）)】］\]][\s。]*$"),
        re.compile(rf"{name}(?:['’]s)?(?:\s\w+)?\s(?i:{words['reported']})\b"),
        re.compile(rf"\b(?i:{words['told']})\s+{small}{name}"),
        (max(map(len, told), default=0), max(map(len, agencies))),
        {agency: re.compile(rf"(?i)[(\[]\s*{said}\s.*?[;,.]\s*{said}\s") for agency, said in desks.items()},
    )


def _by_spelling(tables: Iterable[Mapping[str, tuple[str, ...]]]) -> dict[str, str]:
    return {spelling: name for names in tables for name, some in names.items() for spelling in some}


def article_credits(articles: pa.Table) -> pa.Table:
    """CREDITS of articles (CREDIT_INPUT), one row each, in order."""
    rows = []
    for row in articles.to_pylist():
        credit = credit_of(row["text"], row["byline"], row["byline_agency"], row["above"], row["below"])
        whole = credit is not None and credit.place in _WHOLE
        place = credit.place.value if credit else None
        bracketed = _BRACKETED.match(row["text"][:_HEAD])
        rows.append(
            {
                "id": row["id"],
                "agency": credit.agency if credit else None,
                "place": place,
                "whole": whole,
                "bracketed": bracketed[1] if bracketed else None,
            }
        )
    return pa.Table.from_pylist(rows, schema=CREDITS)


def credit_of(
    text: str, byline: str | None = None, agency: str | None = None, above: str | None = None, below: str | None = None
) -> Credit | None:
    """The agency that an article credits, by the place that says most: dateline, byline, trailer, a note on who helped, then the text.

    `above` and `below` are lines that cleaning took from around the body; none of pictures.

    >>> credit_of("OSK (Reuters) - The dam burst on Friday.")
    Credit(agency='Reuters', place=<CreditPlace.DATELINE: 'dateline'>)
    >>> credit_of("The dam burst on Friday, the mayor told AFP.")
    Credit(agency='AFP', place=<CreditPlace.TEXT: 'text'>)
    >>> credit_of("The dam burst on Friday.") is None
    True
    """
    defined = {credit_patterns().agencies.get(short) for short in short_forms(text)}
    # In order of the places: where one says something, what comes behind it is not read.
    for find in (
        lambda: [_in_dateline(text, above)],
        lambda: [_in_byline(byline, agency, above)],
        lambda: _in_trailer(text, below),
        lambda: [_in_text(text)],
    ):
        credits = [credit for credit in find() if credit and credit.agency not in defined]
        if credits:
            return min(credits, key=lambda credit: _PLACES[credit.place])
    return None


def short_forms(text: str) -> set[str]:
    """Capitals in brackets behind the words that they stand for, which are no agency: "the Academy of Animal Physicians (AAP)".

    >>> short_forms("The Academy of Animal Physicians (AAP) met."), short_forms("ALTOONA, Pa. (AP) - It rained."), short_forms("Associated Press (AP)")
    ({'AAP'}, set(), set())
    """
    found, last = set(), 0
    for match in _IN_CAPITALS.finditer(text):
        words, short = _words_before(text, last, match.start()), match[1]
        if not words:
            continue
        last = match.end()
        capitals = [word for word in words if word[0].isupper()][-len(short) :]
        named = " ".join(words[-len(short) :]) in credit_patterns().agencies
        if "".join(word[0] for word in capitals) == short and not named and (len(short) > 2 or words[-2:] != capitals):
            found.add(short)
    return found


def _words_before(text: str, first: int, end: int) -> list[str]:
    """The last words of one line before a place, with a space after each; those before `first` do not count.

    >>> _words_before("It is, the Academy of Animals (AA)", 0, 30)
    ['the', 'Academy', 'of', 'Animals']
    """
    parts = text[max(first, text.rfind("\n", first, end) + 1) : end].rsplit(" ", _MOST_WORDS + 1)
    words: list[str] = []
    for part in reversed(parts[:-1] if not parts[-1] else []):
        match = _WORD_BACKWARDS.match(part[::-1])
        if match is None or len(words) == _MOST_WORDS:
            break
        words.append(match[0][::-1])
        if match.end() < len(part):
            break
    return words[::-1]


def agency_of_outlet(publisher: str | None) -> str | None:
    """The agency that a publisher is, by its name or address.

    >>> agency_of_outlet("www.reuters.com"), agency_of_outlet("ap"), agency_of_outlet("gazette"), agency_of_outlet("cnn.com")
    ('Reuters', 'Associated Press', None, None)
    """
    name = outlet_of(publisher)
    file = read_language_file(SHARED, "sources", SourceWords)
    return name if name in file.agencies or name in file.press_releases else None


def outlet_of(publisher: str | None) -> str | None:
    """The agency or the outlet with syndicated texts that a publisher is."""
    return _outlets().get(plain_name(publisher.removeprefix("www.").split(".")[0])) if publisher else None


@functools.cache
def _outlets() -> dict[str, str]:
    file = read_language_file(SHARED, "sources", SourceWords)
    tables = (file.agencies, file.press_releases, file.syndicates, file.addresses)
    return {plain_name(spelling): name for names in tables for name, some in names.items() for spelling in some}


def plain_name(name: str) -> str:
    """A name as letters only, so that a publisher and how texts name it can be equal."""
    return re.sub(r"[\W_]+", "", name).casefold()


def _in_dateline(text: str, above: str | None) -> Credit | None:
    patterns = credit_patterns()
    for line in (above or "").splitlines():
        if match := patterns.placed.fullmatch(line):
            return Credit(patterns.agencies[match[1]], CreditPlace.DATELINE)
    for head in [*text.split("\n\n")[:2], *(above or "").splitlines()[-4:]]:
        head = head[:_HEAD].lstrip()
        match = patterns.in_brackets.search(head)
        if match and len(head[: match.start()].split()) <= _DATELINE_WORDS:
            after = head[match.end() :].lstrip(" ")
            before = head[: match.start()].strip()
            dateline = before.isupper() or (is_place_and_day(before) and not after[:1].islower())
            if match.start() == 0 or not after or after[0] in ".-–—_:|\n" or dateline:
                return Credit(patterns.agencies[match[1]], CreditPlace.DATELINE)
        if match := patterns.begins_without_blanks.match(head):
            return Credit(patterns.agencies[match[1] or match[2]], CreditPlace.DATELINE)
        match = patterns.bare.search(head) or patterns.between_slashes.search(head)
        if match is None and (match := patterns.between_dashes.search(head)) and not is_place_and_day(head[: match.start()]):
            match = None
        if match and len(head[: match.start()].split()) <= _DATELINE_WORDS // 2:
            return Credit(patterns.agencies[match[1]], CreditPlace.DATELINE)
    return None


def is_place_and_day(words: str) -> bool:
    """Whether that is a town, perhaps with what it lies in, and a day: small words stand next to a number only, as months do.

    >>> [is_place_and_day(some) for some in ("Osk, Jan 14", "Osk/Quellin, 14 gen.", "ОСК, 14 янв", "The mayor", "Osk said 14 times")]
    [True, True, True, False, False]
    """
    parts = words.split()
    numbers = [part[0].isdecimal() for part in parts]
    small = [part[0].islower() for part in parts]
    months = [place for place, is_small in enumerate(small) if is_small and True in numbers[max(0, place - 1) : place + 2]]
    return 0 < len(parts) <= _DATELINE_WORDS // 2 and parts[0][0].isalpha() and len(months) == sum(small) <= 1 and not small[0]


def _in_byline(byline: str | None, agency: str | None, above: str | None) -> Credit | None:
    patterns = credit_patterns()
    if agency:
        return Credit(patterns.agencies.get(agency, agency), CreditPlace.BYLINE)
    for line in [byline or "", *(above or "").splitlines()]:
        match = patterns.named.search(line) if len(line.split()) <= _DATELINE_WORDS and "©" not in line else None
        if match:
            return Credit(patterns.agencies[match[1]], CreditPlace.BYLINE)
    return None


def _in_trailer(text: str, below: str | None) -> list[Credit]:
    """Credits of the last paragraphs and the lines below: those of the whole text, then notes on who helped.

    How a desk signs (*Reporting by …; Editing by …*) tells the agency only where the dateline names no other sender."""
    patterns = credit_patterns()
    named = functools.cache(lambda: _agencies_in(text))  # a desk's form alone names nobody
    found: list[Credit] = []
    signed = {} if _BRACKETED.match(text[:_HEAD]) else patterns.desks
    for line in [*text.split("\n\n")[1:][-_LAST_PARAGRAPHS:], *(below or "").splitlines()]:
        end, size = line.strip()[-300:], len(line.split())
        desks = [agency for agency, said in signed.items() if said.search(end) and agency in named()]
        whole = desks[0] if desks else None
        credits = (
            patterns.alone.fullmatch(line) if size <= _TRAILER_WORDS else None,
            patterns.rights.search(line) if size <= _NOTE_WORDS else None,
            patterns.after_end.search(end),
            patterns.last_brackets.search(end),
            patterns.ends_without_blanks.search(end),
            patterns.syndicated.search(line) if size <= _NOTE_WORDS else None,
        )
        for match in credits:
            whole = whole or (patterns.agencies[_first(match)] if match else None)
        if whole:
            found.append(Credit(whole, CreditPlace.TRAILER))
        elif size <= _NOTE_WORDS and (
            match := patterns.helped.search(line) or (patterns.ends_with.search(line) if size <= _WITH_WORDS else None)
        ):
            found.append(Credit(patterns.agencies[_first(match)], CreditPlace.NOTE))
    return found


def _in_text(text: str) -> Credit | None:
    patterns, head = credit_patterns(), text[:_TEXT]
    told, name = patterns.longest
    for named in _names_in(head):
        before = len(head[: max(0, len(head[: named.start()].rstrip()) - _ARTICLE)].rstrip()) - told
        after_told = patterns.told.search(head, max(0, before), named.start() + name + _AFTER_NAME)
        if after_told and after_told.start(1) == named.start():
            return Credit(patterns.agencies[after_told[1]], CreditPlace.TEXT)
        if before_reported := patterns.reporting.match(head, named.start()):
            return Credit(patterns.agencies[before_reported[1]], CreditPlace.TEXT)
    return None


def _names_in(text: str) -> Iterator[re.Match[str]]:
    """Where `patterns.named` matches, also inside of another name. It is tried only where a word begins some name: at each place of a
    text that takes long."""
    patterns = credit_patterns()
    for word in patterns.begins.finditer(text):
        if word[0] in patterns.first_words and (match := patterns.named.match(text, word.start())):
            yield match


def _agencies_in(text: str) -> set[str]:
    """The agencies that a text names, whatever it says of them."""
    found, last = set(), 0
    for match in _names_in(text):
        if match.start() >= last:
            last = match.end()
            found.add(credit_patterns().agencies[match[1]])
    return found


def _first(match: re.Match[str]) -> Any:
    return next(group for group in match.groups() if group)
