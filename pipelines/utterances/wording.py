"""Words of a language that change what a statement says, `seeds/languages/<code>/statements.toml`, and how two wordings differ.

What a difference means for an utterance is said in `conflicts`.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pipelines.cleaning.language_files import DatesFile
from pipelines.folding import folded
from pipelines.lexicons import languages_with, read_language_file
from pipelines.statement_words import StatementsFile

_LONG = 5  # letters; shorter names of weekdays are short forms of others
_NEXT_TO = 4  # words next to a difference that may be parts of its numbers
_GROUP = 3  # digits that stand behind a separator of thousands
_TENS, _HUNDRED = 20, 100


class Words(NamedTuple):
    """The words of one language; none where it is not known."""

    negations: frozenset[str]
    numbers: dict[str, int]
    days: dict[str, str]  # weekdays as they are, months by number
    ones: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    no_negations: tuple[str, ...] = ()
    units: dict[str, str] = {}  # noqa: RUF012  by their words


@functools.cache
def words_of(language: str | None) -> Words:
    if language is None or language not in languages_with("statements"):
        return Words(frozenset(), {}, {})
    file = read_language_file(language, "statements", StatementsFile)
    days: dict[str, str] = {}
    if language in languages_with("dates"):
        dates = read_language_file(language, "dates", DatesFile)
        days |= {folded(word): folded(word) for word in dates.weekdays if len(word) >= _LONG}
        days |= {folded(word): str(month) for word, month in dates.months.items() if word not in file.no_months}
    units = {word: unit for unit, words in file.units.items() for word in words}
    return Words(file.negations, file.numbers, days, file.ones, file.joins, tuple(sorted(file.no_negations)), units)


@functools.cache
def words_of_all() -> frozenset[str]:
    """The words of all languages together."""
    files = [words_of(code) for code in languages_with("statements")]
    return negations_of_all() | frozenset(word for words in files for word in (*words.numbers, *words.days))


@functools.cache
def negations_of_all() -> frozenset[str]:
    """The negations of all languages together."""
    return frozenset(word for code in languages_with("statements") for word in words_of(code).negations)


def without_no_negations(words: str, known: Words) -> str:
    """Folded words without the phrases that hold a negation and deny nothing.

    >>> without_no_negations("it took not only the roof but a wall", words_of("en"))
    'it took the roof but a wall'
    """
    spaced = f" {words} "
    for phrase in known.no_negations:
        spaced = spaced.replace(f" {phrase} ", " ")
    return spaced.strip()


class Block(NamedTuple):
    """Where two wordings differ: the words of the one and of the other, either of which may be none."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class Difference(NamedTuple):
    """`share`: of the shorter wording's words that stand in both, in order. `blocks`: inside what both hold; `edges`: before and after it. `around`: of each
    block, the words of both that stand next to it."""

    share: float
    blocks: tuple[Block, ...]
    edges: tuple[Block, ...]
    around: tuple[Block, ...]


@functools.lru_cache(1 << 10)
def difference_of(one: str, other: str) -> Difference:
    """How two wordings differ, as folded words.

    >>> difference_of("i did not say that", "i did say that today").blocks
    (Block(before=('not',), after=()),)
    """
    a, b = one.split(), other.split()
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    codes = matcher.get_opcodes()
    shared = sum(i2 - i1 for tag, i1, i2, _, _ in codes if tag == "equal")
    inside, edges, around = [], [], []
    for place, (tag, i1, i2, j1, j2) in enumerate(codes):
        block = Block(tuple(a[i1:i2]), tuple(b[j1:j2]))
        if tag == "equal":
            continue
        if place in (0, len(codes) - 1) and not (block.before and block.after):
            edges.append(block)
            continue
        begin = codes[place - 1][1] if place else i1
        end = codes[place + 1][2] if place + 1 < len(codes) else i2
        inside.append(block)
        around.append(Block(tuple(a[begin:i1][-_NEXT_TO:]), tuple(a[i2:end][:_NEXT_TO])))
    return Difference(shared / max(1, min(len(a), len(b))), tuple(inside), tuple(edges), tuple(around))


def numbers_in(words: Sequence[str], known: Words) -> frozenset[float]:
    """The numbers that folded words say, "four hundred million" and "1 500 000" as one each.

    >>> english = words_of("en")
    >>> sorted(numbers_in("four thousand or 1 500 000 or twenty one".split(), english))
    [21.0, 4000.0, 1500000.0]
    >>> sorted(numbers_in("1 5 million".split(), english)), sorted(numbers_in("five six times".split(), english))
    ([1500000.0], [5.0, 6.0])
    """
    found: set[float] = set()
    total, part, open_ = 0.0, 0.0, False  # a number is `total` and `part`, which the next magnitude multiplies

    def close() -> None:
        nonlocal total, part, open_
        if open_:
            found.add(total + part)
        total, part, open_ = 0.0, 0.0, False

    at = 0
    while at < len(words):
        number, taken = _digits_at(words, at, known) or (0.0, 0)
        if taken:
            close()
            part, open_ = number, True
        elif at + 1 < len(words) and (value := known.numbers.get(f"{words[at]} {words[at + 1]}")) is not None:
            part, open_, taken = part + value, True, 2
        elif (value := known.numbers.get(words[at])) is not None:
            if value >= 1000:
                total, part = total + (part or 1) * value, 0.0
            elif value == _HUNDRED and part < _HUNDRED:
                part = (part or 1) * value
            else:
                if open_ and not _goes_on(part, value):
                    close()
                part += value
            open_ = True
        elif open_ and words[at] in known.ones and _goes_on(part, 1) and part:
            part += 1
        elif not (open_ and words[at] in known.joins and (part >= _TENS or not part)):
            close()
        at += taken or 1
    close()
    return frozenset(found)


def _digits_at(words: Sequence[str], at: int, known: Words) -> tuple[float, int] | None:
    """The number in digits that begins at a place, and how many words it has: "1 500 000", or "1 5" before "million"."""
    if not _is_digits(words[at]):
        return None
    end = at + 1
    while end < len(words) and len(words[at]) <= _GROUP and _is_digits(words[end]) and len(words[end]) == _GROUP:
        end += 1
    if end == at + 1 and end + 1 < len(words) and _is_digits(words[end]) and known.numbers.get(words[end + 1], 0) >= 1000:
        return float(f"{words[at]}.{words[end]}"), 2
    return int("".join(words[at:end])), end - at


def _is_digits(word: str) -> bool:
    return word.isascii() and word.isdigit()


def _goes_on(part: float, value: int) -> bool:
    """Whether a number under a hundred belongs to the part of a number before it: "two hundred | five", "twenty | one", French "soixante | dix"."""
    rest = part % _HUNDRED
    return rest == 0 or (rest >= _TENS and rest % 10 == 0 and (value < 10 or (rest in (60, 80) and value < _TENS)))


def is_number(word: str, known: Words) -> bool:
    """Whether a word is a number, or stands within one."""
    return _is_digits(word) or word in known.numbers or word in known.ones or word in known.joins
