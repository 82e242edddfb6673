"""Who spoke so far in one text, in reading order, and what the text shows of somebody: their gender, and what else they are called.

Who is meant by a mention does not belong here (`resolver`).
"""

from __future__ import annotations

from typing import NamedTuple

from pipelines.quotes import flags as F
from pipelines.quotes.people.clues import Clues
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.name_reader import GENDERS, Run
from pipelines.quotes.types import How
from pipelines.vocabulary import SpeakerKind

FAR_BREAKS = 3  # line ends behind which a subject is no recent one
_PLACES_ASKED = 8  # of a name, for the pronouns behind them


class Resolved(NamedTuple):
    """The answer for one mention: `start, end` of the name in the text (both None where nobody can be named)."""

    start: int | None
    end: int | None
    kind: SpeakerKind
    role: str | None
    how: How
    lead: float = 1.0  # score over the next likely one, at most 1


class Spoke(NamedTuple):
    """Somebody who spoke: at which offset, the name or the words that stand for them, their gender."""

    at: int
    start: int
    end: int
    gender: int
    named: bool = True


class Discourse:
    """The speakers of one text met so far. Whoever resolves a mention adds to it."""

    def __init__(self, index: NameIndex, clues: Clues) -> None:
        self.index, self.clues, self.text, self.lexicon = index, clues, index.text, index.lexicon
        self.spoke: list[Spoke] = []  # who spoke, in reading order
        self.unnamed: list[tuple[int, int, int, str]] = []  # position, name start, name end, head noun
        self.things: list[tuple[int, int, int, SpeakerKind]] = []  # institutions and documents that spoke: position, start, end
        self.inferred: dict[int, int] = {}  # start of a name -> gender of the pronoun that stood for it
        self._followed: dict[int, int] = {}  # start of a name -> gender of the pronoun that follows it in the text

    def known_as_other(self, start: int, role: str, run: Run | None = None) -> bool:
        """Whether the text calls whose name stands at `start` something, but not `role`."""
        if run is None:
            run = self.index.run_at(start)
        known = [k for k in run.roles if k not in self.lexicon.loose] if run is not None else []
        # "der Minister" for an "Innenminister"
        return bool(known) and role not in self.lexicon.anyone and not any(k.endswith(role) or role.endswith(k) for k in known)

    def is_likely_at(self, index: int) -> bool:
        """Whether run number `index` is outside quotations and may be somebody."""
        run = None if self.index.is_quoted(self.index.starts[index]) else self.index.run(index)
        return run is not None and self.index.scores.may_be_person(self.index.full(run))

    def gender_of(self, start: int, end: int) -> int:
        """Of a name that says nothing itself: the gender of the pronoun that stood for it, or that follows it in the text."""
        if start in self.inferred or not self.lexicon.file.pronouns_tell_gender:
            return self.inferred.get(start, 0)
        if start not in self._followed:
            self._followed[start] = self._agreed_gender(start, end)
        return self._followed[start]

    def _agreed_gender(self, start: int, end: int) -> int:
        """The gender of the pronoun that follows the name; where that follows its other places is mostly of the other, none."""
        first = self.index.subjects.following_pronoun(end)
        if first not in (F.MASCULINE, F.FEMININE):
            return first
        other = [
            self.index.subjects.following_pronoun(b) for a, b in self.index.runs.places_of_last(end, _PLACES_ASKED) if a != start
        ]
        against = sum(1 for gender in other if gender == GENDERS & ~first)
        return first if against <= sum(1 for gender in other if gender == first) else 0
