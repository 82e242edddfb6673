"""Which of several bearers of a name is meant: by title, by age, by gender, and by whom the text named or heard last.

Whom a text has of one name is found in `name_index`.
"""

from __future__ import annotations

from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.types import Bearer, Met, Run
from pipelines.quotes.types import Token

_COUPLE = 90  # characters in which two people of one surname are named together


class Bearers:
    """The bearers of the names of one text."""

    def __init__(self, index: NameIndex, met: Met) -> None:
        self.index, self.text, self.lexicon = index, index.text, index.lexicon
        self._spoke = met.spoke

    def meant(self, bearers: list[Bearer], before: list[Token], titles: list[Token], gender: int, position: int) -> Run | None:
        """The one whom a mention at `position` means with these words and titles before the name; None where it means another one."""
        aged = len(bearers) > 1 and self.tells_age(before)
        chosen = (self._of_age(bearers, before) if aged else None) or self._latest(
            self._of_title(bearers, titles), gender, position
        )
        if chosen is not None and aged and not chosen.suffix:
            return None  # "the younger Quill", and nothing says which one that is
        return chosen

    def _of_title(self, bearers: list[Bearer], titles: list[Token]) -> list[Bearer]:
        """Of people of one surname those who have the title that stands before it, where one has: "President Quill"."""
        called = {self.lexicon.titles_in_full.get(word, word) for t in titles if (word := t.word.lower().rstrip("."))}
        return [x for x in bearers if not called.isdisjoint(x.run.roles)] or bearers

    def _latest(self, bearers: list[Bearer], gender: int, position: int) -> Run | None:
        """Of people of one surname or one first name the one who is meant: of the gender of the title, else the one named last."""
        fitting = [x for x in bearers if not (gender and self._gender(x) & ~gender)]
        if len(fitting) > 1 and gender:
            fitting = [x for x in fitting if self._gender(x)] or fitting
        if not fitting:
            return None  # "Mrs. Quill", where the text names Martin Quill alone
        if len(fitting) == 1:
            return fitting[0].run
        spoke = {x.start: x.at for x in self._spoke if x.named and x.at < position}

        def latest(bearer: Bearer) -> int:
            return max([at for at in bearer.places if at < position] + [spoke.get(at, -1) for at in bearer.places], default=-1)

        last = max(fitting, key=lambda x: (latest(x), -x.run.start))
        if not any(at in spoke for at in last.places):
            last = self._other_of_couple(last, [x for x in fitting if x is not last], position) or last
        return last.run

    def _other_of_couple(self, last: Bearer, others: list[Bearer], position: int) -> Bearer | None:
        """ "Ada Quill and her husband, Jonas Quill", "Ada and Jonas Quill": whom the text names first is meant by "Quill", until the second one
        speaks; `last`: who is named last before `position`."""
        at = max(place for place in last.places if place < position) if last.places[0] < position else last.places[0]
        before = self.text[max(0, at - _COUPLE) : at]
        lead = before.split()
        joins = self.lexicon.file.codes.conjunction
        if len(lead) > 1 and lead[-1] in joins:
            first = next((x for x in others if x.run.words[0] == lead[-2].lower()), None)
            if first is not None:
                return first
        if self.lexicon.file.roles.kin and any(word.rstrip(",") in self.lexicon.file.roles.kin for word in lead[-3:]):
            return next((x for x in others if any(at - _COUPLE < place < at for place in x.places)), None)
        return None

    def tells_age(self, tokens: list[Token]) -> bool:
        roles = self.lexicon.file.roles
        return any(t.word.lower() in roles.younger or t.word.lower() in roles.elder for t in tokens)

    def _of_age(self, bearers: list[Bearer], tokens: list[Token]) -> Run | None:
        """ "The younger Harte", of William Harte Sr. and William Harte Jr."""
        younger = any(t.word.lower() in self.lexicon.file.roles.younger for t in tokens)
        return next((x.run for x in bearers if x.run.suffix == ("jr" if younger else "sr")), None)

    def _gender(self, bearer: Bearer) -> int:
        return bearer.run.gender or self.index.gender_of(bearer.run.start, bearer.run.end)
