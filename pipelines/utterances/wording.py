"""Words of a language that change what a statement says, `seeds/languages/<code>/statements.toml`, and how two wordings differ.

What a difference means for an utterance is said in `conflicts`.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pipelines.cleaning.language_files import DatesFile
from pipelines.lexicons import languages_with, read_language_file
from pipelines.statement_words import StatementsFile
from pipelines.utterances.folding import folded

_LONG = 5  # letters; shorter names of weekdays are short forms of others


class Words(NamedTuple):
    """The words of one language; none where it is not known."""

    negations: frozenset[str]
    numbers: dict[str, int]
    days: dict[str, str]  # weekdays as they are, months by number


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
    return Words(file.negations, file.numbers, days)


@functools.cache
def words_of_all() -> frozenset[str]:
    """The words of all languages together."""
    return frozenset(word for code in languages_with("statements") for words in words_of(code) for word in words)


class Block(NamedTuple):
    """Where two wordings differ: the words of the one and of the other, either of which may be none."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class Difference(NamedTuple):
    """`share`: of the shorter wording's words that stand in both, in order. `blocks`: inside what both hold; `edges`: before and after it."""

    share: float
    blocks: tuple[Block, ...]
    edges: tuple[Block, ...]


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
    differing = [
        (Block(tuple(a[i1:i2]), tuple(b[j1:j2])), place in (0, len(codes) - 1))
        for place, (tag, i1, i2, j1, j2) in enumerate(codes)
        if tag != "equal"
    ]
    return Difference(
        shared / max(1, min(len(a), len(b))),
        tuple(block for block, edge in differing if not edge or (block.before and block.after)),
        tuple(block for block, edge in differing if edge and not (block.before and block.after)),
    )


def numbers_in(words: Sequence[str], known: dict[str, int]) -> frozenset[int]:
    """The numbers that words say, "four hundred million" as one.

    >>> numbers_in("4 hundred".split(), {"hundred": 100})
    frozenset({400})
    """
    found: set[int] = set()
    value: int | None = None
    for word in [*words, ""]:
        number = int(word) if word.isascii() and word.isdigit() else known.get(word)
        if number is None:
            if value is not None:
                found.add(value)
            value = None
        elif value is None:
            value = number
        elif number >= 100 and number > value:
            value *= number
        else:
            value += number
    return frozenset(found)
