"""Which name is meant by a noun for firms: "the company", "the airline", "the Halmar-based firm".

Which words of a run of capitals are a company's name does not belong here (`companies`).
"""

from __future__ import annotations

from bisect import bisect_left

from pipelines.quotes import flags as F
from pipelines.quotes.people.companies import is_from_place
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.name_tokens import MAX_LOOKED_AT
from pipelines.quotes.people.types import FARTHEST, Introducing, Met, NameKind, Span
from pipelines.quotes.types import How, Token
from pipelines.vocabulary import SpeakerKind

_LONGEST_ENDING = 2  # letters of a plural
_NAMES_LOOKED_AT = 6  # of those that may be the company


class CompanyNouns:
    """The nouns for firms of one text."""

    def __init__(self, index: NameIndex, introductions: Introducing, met: Met) -> None:
        self.index, self.introductions = index, introductions
        self.text, self._things = index.text, met.things

    def meant(self, noun: str, tokens: list[Token], position: int) -> tuple[int, int, How] | None:
        """ "The company": the organisation that the text called so, or whose name has the noun, else the one that spoke last, else the one that the
        text names most often before; none where that is unclear."""
        modifiers = [t.word.lower().split("-")[0] for t in tokens[1:-1] if t.flags & F.CAPITAL]
        called = self._called(noun, position) or self._of_place(tokens, position)
        if called is not None:
            return *called, How.LIKELY
        if not modifiers:
            for at, start, end, kind in reversed(self._things):
                if at < position and position - at < FARTHEST and kind is SpeakerKind.ORGANISATION and self.text[start].isupper():
                    return start, end, How.LIKELY if self._is_unrivalled(start, end, position) else How.GUESS
        counts: dict[str, list[int]] = {}
        for index in range(bisect_left(self.index.starts, position)):
            if position - self.index.starts[index] < 2 * FARTHEST:
                counts.setdefault(
                    self.text[self.index.starts[index] : self.index.ends[index]].removesuffix("'s").removesuffix("’s"), []
                ).append(index)
        for name, places in sorted(counts.items(), key=lambda x: (-len(x[1]), x[1][0]))[:_NAMES_LOOKED_AT]:
            if len(places) < 2 and modifiers:
                break
            run = self.index.run(places[0])
            if run is None or self.index.kinds.is_outlet(run.words[-1]) or name.split()[0].lower() in self.index.kinds.places:
                continue
            if self.index.full_name(run.words[-1]) is not None:
                continue
            what = self.index.scores.kind_of(run)
            if self.index.kinds.is_place(run.words) or what not in (NameKind.ORGANISATION, NameKind.UNKNOWN):
                continue
            known = what is NameKind.ORGANISATION
            if len(places) > 1 or (known and self.index.kinds.is_body(run.words[-1])):
                sure = known and not modifiers and self._is_unrivalled(run.start, run.end, position)
                return run.start, run.end, How.LIKELY if sure else How.GUESS
        return None

    def _called(self, noun: str, position: int) -> Span | None:
        """ "The local company Halden Soap", or of "the airline" the latest name that ends with the noun, "Halden Airlines"."""
        runs = self.index.runs
        for at in reversed(self.introductions.occurrences(noun, position)):
            k = bisect_left(self.index.starts, at)
            if k < len(self.index.starts) and self.index.starts[k] == at + len(noun) + 1 and self.text[at + len(noun)] == " ":
                run = self.index.run(k)
                if run is not None and not self.index.scores.is_person(run) and self._is_unrivalled(run.start, run.end, position):
                    return run.start, run.end
        forms = [last for last in runs.full if last.startswith(noun) and len(last) <= len(noun) + _LONGEST_ENDING]
        numbers = [n for last in forms for n in runs.full[last] if self.index.starts[n] < position]
        run = self.index.run(max(numbers)) if numbers else None
        if run is None or len(run.words) < 2 or self.index.scores.is_person(run):
            return None
        only = len({self.text[self.index.starts[n] : self.index.ends[n]] for n in numbers}) == 1
        return (run.start, run.end) if only and len(numbers) > 1 else None

    def _of_place(self, tokens: list[Token], position: int) -> Span | None:
        """ "The Halmar-based firm": the name that the same word stands before, "Halmar-based Quorum"."""
        for word in (t.word.lower() for t in tokens[1:-1] if is_from_place(t.word)):
            for number in self.index.runs.going_on_behind(word)[:MAX_LOOKED_AT]:
                run = self.index.run(number)
                if run is not None and self.index.starts[number] < run.start < position and not self.index.scores.is_person(run):
                    return run.start, run.end
        return None

    def _is_unrivalled(self, start: int, end: int, position: int) -> bool:
        """Whether no other organisation's name stands between the latest place of this one and `position`."""
        name = self.text[start:end]
        last = self.text.rfind(name, 0, position)
        k, stop = bisect_left(self.index.starts, last + len(name)), bisect_left(self.index.starts, position)
        runs = (self.index.run(n) for n in range(k, stop) if not self.index.is_quoted(self.index.starts[n]))
        return all(run is None or self.index.scores.kind_of(run) is not NameKind.ORGANISATION for run in runs)
