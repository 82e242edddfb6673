"""Whose speakers have to be said again, where some articles changed: those of names whose articles are others now, and of what hangs together with them.

Two full names that may be of one person hang together, both ways, since a group is joined where all of its names agree. A part of a name is read by the
people it may be of, and bears on nobody. Organisations hang together by equal words, and by short forms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from pipelines.speakers.comparing import FULL, ORGANISATION, PART, Compared
from pipelines.speakers.organisations import organisation_words

Pair = tuple[str, str]
T = TypeVar("T")


def names_again(
    sorts: Mapping[str, str], same: Collection[Pair], short: Collection[Pair], changed: Iterable[str], before: Compared
) -> set[str]:
    """The names of which it is asked again whose they are, those among them that are no more, and `changed` ones, whose mentions are others.

    `sorts`: what each name is of; `same`: pairs that may be of one person; `short`: short forms and full names of organisations.
    """
    moved = {name for name, _ in sorts.items() ^ before.names.items()} | {*changed}
    return moved | _people(sorts, {*same, *before.same}, moved, before) | _organisations(sorts, {*short, *before.given}, moved)


def _people(sorts: Mapping[str, str], pairs: Iterable[Pair], moved: Collection[str], before: Compared) -> set[str]:
    both_ways: dict[str, list[str]] = {}
    wholes: dict[str, list[str]] = {}  # of parts
    parts: dict[str, list[str]] = {}  # of full names
    for names in (sorts, before.names):
        for a, b in pairs:
            for one, other in ((a, b), (b, a)):
                if names.get(other) == FULL:
                    if names.get(one) == FULL:
                        both_ways.setdefault(one, []).append(other)
                    elif names.get(one) == PART:
                        wholes.setdefault(one, []).append(other)
                        parts.setdefault(other, []).append(one)
    people = _connected(moved, both_ways)
    read = {part for name in people for part in parts.get(name, ())} | {name for name in moved if name in wholes}
    return people | read | _connected({name for part in read for name in wholes[part]}, both_ways)


def _organisations(sorts: Mapping[str, str], pairs: Iterable[Pair], moved: Collection[str]) -> set[str]:
    near: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for pair in pairs:
        short, full = map(organisation_words, pair)
        near.setdefault(short, []).append(full)
        near.setdefault(full, []).append(short)
    again = _connected({organisation_words(name) for name in moved}, near)
    return {name for name, sort in sorts.items() if sort == ORGANISATION and organisation_words(name) in again}


def _connected(some: Iterable[T], near: Mapping[T, Sequence[T]]) -> set[T]:
    """These and all that are near one of them, or near one that is."""
    found = {*some}
    waiting = [*found]
    while waiting:
        further = [other for other in near.get(waiting.pop(), ()) if other not in found]
        found.update(further)
        waiting += further
    return found
