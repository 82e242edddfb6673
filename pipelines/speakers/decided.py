"""Names that a person has reviewed: which are of one speaker, which of two, whatever their letters say.

Where that is written down does not belong here: see `pipelines.decisions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, Self

import pyarrow as pa

from pipelines.schemas import ASSIGNED
from pipelines.speakers import same_name, same_people
from pipelines.speakers.corpus import NOTHING_COMPARED, Alike, Compared, Mention, TextsOf, Two, assign_again, fold
from pipelines.speakers.settings import NameSettings
from pipelines.vocabulary import SpeakerKind


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
        return self.one.get(fold(name), name)

    def same(self, a: str, b: str) -> bool:
        """Whether two names may be of one speaker."""
        first, second = self.stand_in(a), self.stand_in(b)
        return frozenset({fold(first), fold(second)}) not in self.two and same_name(first, second).same

    def same_all(self, pairs: Sequence[tuple[str, str]]) -> list[bool]:
        """`same` of many pairs."""
        stand_ins = [(self.stand_in(a), self.stand_in(b)) for a, b in pairs]
        one = same_people(stand_ins)
        return [same and frozenset(map(fold, pair)) not in self.two for same, pair in zip(one, stand_ins, strict=True)]


def assign_decided(
    mentions: Sequence[Mention],
    texts_of: TextsOf,
    alike: Alike,
    settings: NameSettings,
    decided: DecidedNames,
    before: Compared = NOTHING_COMPARED,
) -> tuple[pa.Table, Compared]:
    """`assign_again` with names that are decided to be one as one spelling."""
    if not decided.one:
        return assign_again(mentions, texts_of, alike, settings, decided.two, before)
    renamed = [m if m.kind == SpeakerKind.UNNAMED else m._replace(name=decided.stand_in(m.name)) for m in mentions]
    assigned, compared = assign_again(renamed, texts_of, alike, settings, decided.two, before)
    speakers: dict[tuple[str, str], list[str]] = {}
    for row in assigned.to_pylist():
        speakers.setdefault((row["article_id"], row["name"]), []).append(row["speaker_id"])
    found = {
        (new.article, old.name, number)
        for old, new in zip(mentions, renamed, strict=True)
        for number in speakers[new.article, new.name]
    }
    rows = [dict(zip(ASSIGNED.names, row, strict=True)) for row in sorted(found)]
    return pa.Table.from_pylist(rows, schema=ASSIGNED), compared
