"""Which speakers have to be worked out again after some articles changed: those of names in these articles, and of names that hang together with them.

Two full names that may be of one person hang together, both ways, since a group is joined where all of its names agree. A part of a name is read by the
people it may be of, and bears on nobody. Organisations hang together by equal words, and by short forms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from pipelines.speakers.comparing import ORGANISATION, Compared, Read

Pair = tuple[str, str]
T = TypeVar("T")


def names_again(
    names: Mapping[str, Read], same: Collection[Pair], short: Collection[Pair], changed: Iterable[str], before: Compared
) -> set[str]:
    """The names of which it is asked again whose they are, those among them that are no more, and `changed` ones, whose mentions are others.

    `same`: pairs that may be of one person; `short`: short forms and full names of organisations.
    """
    moved = {name for name, read in names.items() if before.names.get(name) != read}
    moved |= {name for name in before.names if name not in names} | {*changed}
    both = (names, before.names)
    return moved | _people(both, {*same, *before.same}, moved) | _organisations(both, {*short, *before.given}, moved)


def _people(both: Iterable[Mapping[str, Read]], pairs: Iterable[Pair], moved: Collection[str]) -> set[str]:
    one_person: dict[str, list[str]] = {}  # for a full name further ones
    wholes: dict[str, list[str]] = {}  # of parts
    parts: dict[str, list[str]] = {}  # of full names
    for names in both:
        for a, b in pairs:
            if a in names and b in names:
                for one, other in ((a, b), (b, a)):
                    if names[other].is_full and names[one].is_full:
                        one_person.setdefault(one, []).append(other)
                    elif names[other].is_full:
                        wholes.setdefault(one, []).append(other)
                        parts.setdefault(other, []).append(one)
    people = _connected(moved, one_person)
    read = {part for name in people for part in parts.get(name, ())} | {name for name in moved if name in wholes}
    return people | read | _connected({name for part in read for name in wholes[part]}, one_person)


def _organisations(both: Iterable[Mapping[str, Read]], pairs: Iterable[Pair], moved: Collection[str]) -> set[str]:
    words = {name: read.words for names in both for name, read in names.items() if read.kind == ORGANISATION}
    near: dict[str, list[str]] = {}
    for short, full in pairs:
        if short in words and full in words:
            near.setdefault(words[short], []).append(words[full])
            near.setdefault(words[full], []).append(words[short])
    again = _connected({words[name] for name in moved if name in words}, near)
    return {name for name, own in words.items() if own in again}


def _connected(some: Iterable[T], near: Mapping[T, Sequence[T]]) -> set[T]:
    """These and all that are near one of them, or near one that is."""
    found = {*some}
    waiting = [*found]
    while waiting:
        further = [other for other in near.get(waiting.pop(), ()) if other not in found]
        found.update(further)
        waiting += further
    return found
