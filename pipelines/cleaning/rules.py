"""The rule packs of seeds/boilerplate: data in TOML, found by keyword, tried only on lines that hold one."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass, field
from importlib import resources

from pipelines.cleaning.lookup import FUNCTION, FURNITURE, MONTH, READER, ROLE, WordTable, word_table
from pipelines.vocabulary import BlockKind

SHARED_PACK = "any"  # rules that hold in every language
LOOKED_AT = 400  # characters of a long line that a pattern sees, at its start and at its end
_STRAIGHT = (("’", "'"), ("‘", "'"), ("‚", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("\xa0", " "))
_WORDS = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a pack; `kind` is what the lines it hits are."""

    name: str
    kind: BlockKind
    pattern: re.Pattern[str]
    match: str = "line"
    words: int = 14
    where: str = "any"
    keywords: tuple[str, ...] = ()
    sure: bool = True
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()

    def hit(self, folded: str) -> bool:
        """Whether the pattern holds for a folded line."""
        if self.match == "line":
            return len(folded) <= LOOKED_AT and self.pattern.fullmatch(folded) is not None
        if self.match == "start":
            return self.pattern.match(folded[:LOOKED_AT]) is not None
        return self.pattern.search(folded[-LOOKED_AT:] if self.match == "end" else folded[:LOOKED_AT]) is not None


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules and word lists of one language, those of every language included."""

    language: str
    rules: tuple[Rule, ...]
    table: WordTable  # the words of all lists and the keywords of all rules
    labels: dict[str, BlockKind]
    months: dict[str, int] = field(default_factory=dict)
    weekdays: frozenset[str] = frozenset()
    byline_words: tuple[str, ...] = ()
    byline_joiners: frozenset[str] = frozenset()
    update_words: frozenset[str] = frozenset()
    role_words: frozenset[str] = frozenset()
    function_words: frozenset[str] = frozenset()
    reader_words: frozenset[str] = frozenset()
    furniture_words: frozenset[str] = frozenset()
    label_words: frozenset[str] = frozenset()  # every word of the labels and furniture words: none is part of a name


def fold(line: str) -> str:
    """How rules see a line: lower case, straight quotes.

    >>> fold("Don’t Miss “It”")
    'don\\'t miss "it"'
    """
    folded = line.lower()
    if not folded.isascii():
        for mark, straight in _STRAIGHT:
            folded = folded.replace(mark, straight)
    return folded


def words_of(folded: str) -> list[str]:
    """The words of a folded line; a hyphen or an apostrophe inside belongs to the word.

    >>> words_of("don't 'quote' re-run — no_w.")
    ["don't", 'quote', 're-run', 'no', 'w']
    """
    return _WORDS.findall(folded)


def known_languages() -> tuple[str, ...]:
    """The languages that have a pack."""
    files = resources.files("seeds").joinpath("boilerplate").iterdir()
    return tuple(sorted(f.name[:-5] for f in files if f.name.endswith(".toml") and f.name != f"{SHARED_PACK}.toml"))


@functools.cache
def load_pack(language: str | None) -> Pack:
    """The pack of a language; for an unknown one, the rules of every language. English rules are tried everywhere: pages of
    every language hold English widgets."""
    tables = [_read(SHARED_PACK)]
    if language is not None and language != "en" and language in known_languages():
        tables.append(_read(language))
    tables.append(_read("en"))
    own = tables[1]
    rules = tuple(_rule(entry) for table in tables for entry in table.get("rule", []))
    months = {name: number for table in tables for name, number in _months(table)}
    furniture_words = [w for t in tables for w in t.get("furniture_words", [])]
    role_words = [w for t in tables for w in t.get("role_words", [])]
    function_words, reader_words = own.get("function_words", []), own.get("reader_words", [])
    lists = {FUNCTION: function_words, READER: reader_words, ROLE: role_words, FURNITURE: furniture_words, MONTH: list(months)}
    return Pack(
        table=word_table(lists, _by_keyword(rules), [rule.words for rule in rules]),
        label_words=frozenset(word for line in _labels(tables) for word in line.split()) | frozenset(furniture_words),
        language=own["language"],
        rules=rules,
        labels=_labels(tables),
        months=months,
        weekdays=frozenset(w for t in tables for w in t.get("weekdays", [])),
        byline_words=tuple(sorted({w for t in tables for w in t.get("byline_words", [])}, key=lambda w: (-len(w), w))),
        update_words=frozenset(w for t in tables for w in t.get("update_words", [])),
        byline_joiners=frozenset(w for t in tables for w in t.get("byline_joiners", [])),
        role_words=frozenset(role_words),
        function_words=frozenset(function_words),
        reader_words=frozenset(reader_words),
        furniture_words=frozenset(furniture_words),
    )


def _by_keyword(rules: tuple[Rule, ...]) -> dict[str, list[int]]:
    """Keyword to the places of its rules."""
    found: dict[str, list[int]] = {}
    for place, rule in enumerate(rules):
        for word in rule.keywords:
            found.setdefault(word, []).append(place)
    return found


def _labels(tables: list[dict]) -> dict[str, BlockKind]:
    """Whole lines and their kinds; the more specific pack wins, and within one a line stands once."""
    found: dict[str, BlockKind] = {}
    for table in tables:
        for kind, lines in table.get("labels", {}).items():
            for line in lines:
                found.setdefault(line.strip(" :"), BlockKind(kind))
    return found


def _months(table: dict) -> list[tuple[str, int]]:
    full = [(name, number) for number, name in enumerate(table.get("months", []), 1)]
    forms = [(name, number % 12 or 12) for number, name in enumerate(table.get("month_abbreviations", [])[:12], 1)]
    other = [(name, number) for name, number in table.get("month_forms", {}).items()]
    return full + forms + other


def _read(language: str) -> dict:
    path = resources.files("seeds").joinpath("boilerplate", f"{language}.toml")
    if not path.is_file():
        raise ValueError(
            f"no boilerplate rules for language {language!r}; known: {', '.join(known_languages())}. Add seeds/boilerplate/{language}.toml"
        )
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _rule(entry: dict) -> Rule:
    return Rule(
        name=entry["name"],
        kind=BlockKind(entry["kind"]),
        pattern=re.compile(entry["pattern"]),
        match=entry.get("match", "line"),
        words=entry.get("words", 14),
        where=entry.get("where", "any"),
        keywords=tuple(entry["keywords"]),
        sure=entry.get("sure", True),
        hits=tuple(entry.get("hits", [])),
        misses=tuple(entry.get("misses", [])),
    )
