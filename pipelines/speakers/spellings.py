"""The names of speakers as articles write them, and those that differ by nothing but case and accents as one spelling.

Who is who does not stand here: see `corpus`.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.vocabulary import SpeakerKind


class Tally(NamedTuple):
    """How often a corpus quotes somebody by a name, as which kind of speaker; `changed`: whether an article that is new or changed does."""

    name: str
    kind: str
    quotes: int
    changed: bool


class Mention(NamedTuple):
    """How often an article quotes somebody by a name, and in which roles. `day` counts from any day on."""

    article: str
    day: int | None
    name: str
    kind: str
    roles: frozenset[str]
    quotes: int


@dataclass
class Spelling:
    """`name`: the form most often used; `written`: all forms; `changed`: whether an article that is new or changed has one."""

    key: str
    name: str
    kind: str
    written: frozenset[str]
    changed: bool
    mentions: list[Mention] = field(default_factory=list)

    @functools.cached_property
    def articles(self) -> set[str]:
        """Asked for when all mentions are there, as `roles`."""
        return {m.article for m in self.mentions}

    @functools.cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(role for m in self.mentions for role in m.roles)


def fold(name: str) -> str:
    """A name without case and accents, as ids are made of it.

    >>> fold(" Élan Ruiz")
    'elan ruiz'
    """
    return name.strip().lower() if name.isascii() else _without_accents(name)


@functools.lru_cache(1 << 16)
def _without_accents(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name.strip()) if not unicodedata.combining(c)).lower()


def spellings_of(tallies: Iterable[Tally], stand_in: Callable[[str], str]) -> dict[str, Spelling]:
    """By their keys, in order; unnamed speakers have none. `stand_in`: the name under which a name goes."""
    found: dict[str, Spelling] = {}
    firsts: dict[str, tuple[str, Tally]] = {}
    several: dict[str, list[tuple[str, Tally]]] = {}
    for tally in tallies:
        written, kind, _, changed = tally
        if kind == SpeakerKind.UNNAMED:
            continue
        name = stand_in(written)
        key = fold(name)
        if key in firsts:
            several.setdefault(key, [firsts[key]]).append((name, tally))
        else:
            firsts[key], found[key] = (name, tally), Spelling(key, name, kind, frozenset((written,)), changed)
    found |= {key: _spelling(key, some) for key, some in several.items()}
    return {key: found[key] for key in sorted(found)}


def _spelling(key: str, some: Sequence[tuple[str, Tally]]) -> Spelling:
    return Spelling(
        key,
        _most((name, tally.quotes) for name, tally in some),
        _most((tally.kind, tally.quotes) for _, tally in some),
        frozenset(tally.name for _, tally in some),
        any(tally.changed for _, tally in some),
    )


def _most(counted: Iterable[tuple[str, int]]) -> str:
    """What is counted most, the first in order of those that are."""
    times: dict[str, int] = {}
    for word, count in counted:
        times[word] = times.get(word, 0) + count
    return min(times, key=lambda word: (-times[word], word))
