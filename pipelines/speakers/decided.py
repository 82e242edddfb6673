"""Names that a person has reviewed: which are of one speaker, which of two, whatever their letters say.

Where that is written down does not belong here: see `pipelines.decisions`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, Self

from pipelines.speakers import same_name, same_people
from pipelines.speakers.spellings import fold

Two = Collection[frozenset[str]]


class DecidedNames(NamedTuple):
    """`one`: for a folded name the name that stands for all that are one with it. `two`: pairs of folded names of two speakers."""

    one: Mapping[str, str]
    two: Two

    @classmethod
    def of(cls, decisions: Iterable[tuple[bool, Sequence[str]]]) -> Self:
        """Of lists of names, each with whether these are the same or different; they do not contradict each other."""
        groups: list[set[str]] = []
        two: set[frozenset[str]] = set()
        for same, names in decisions:
            if same:
                joined = set(names).union(*(group for group in groups if {*map(fold, group)} & {*map(fold, names)}))
                groups = [group for group in groups if not group <= joined] + [joined]
            else:
                two |= {frozenset(pair) for pair in combinations(map(fold, names), 2)}
        one = {fold(name): min(group, key=lambda name: (fold(name), name)) for group in groups for name in group}
        return cls(one, frozenset(frozenset(fold(one.get(name, name)) for name in pair) for pair in two))

    def stand_in(self, name: str) -> str:
        """The name under which a speaker goes here."""
        return self.one.get(fold(name), name) if self.one else name

    def same(self, a: str, b: str) -> bool:
        """Whether two names may be of one speaker."""
        first, second = self.stand_in(a), self.stand_in(b)
        return frozenset({fold(first), fold(second)}) not in self.two and same_name(first, second).same

    def same_all(self, pairs: Sequence[tuple[str, str]]) -> list[bool]:
        """`same` of many pairs."""
        stand_ins = [(self.stand_in(a), self.stand_in(b)) for a, b in pairs]
        one = same_people(stand_ins)
        return [same and frozenset(map(fold, pair)) not in self.two for same, pair in zip(one, stand_ins, strict=True)]


NOTHING_DECIDED = DecidedNames({}, frozenset())
