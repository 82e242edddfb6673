"""Who speaks in the turns of a transcript or an interview, and in a headline: the name at a colon, or the one person whom the text before names."""

from __future__ import annotations

from bisect import bisect_left

from pipelines.quotes import flags as F
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.types import Met, Resolved, Run, Spoke
from pipelines.quotes.text.headlines import Headline
from pipelines.quotes.types import How
from pipelines.vocabulary import SpeakerKind

_NAMES_BEFORE = 60  # names looked at before an interview
_INITIALS = range(2, 4)  # letters of a label


class Labels:
    """The labels of one text."""

    def __init__(self, index: NameIndex, met: Met) -> None:
        self.index, self.text, self.lexicon = index, index.text, index.lexicon
        self._spoke = met.spoke

    def interviewed(self, begin: int) -> Resolved | None:
        """The one person whom the text before `begin` names in full, else the one whom its heading does."""
        people = self._people_before(begin)
        if len(people) > 1:
            people = [run for run in people if "\n" not in self.text[: run.start].lstrip()]
        if len(people) != 1:
            return None
        return Resolved(people[0].start, people[0].end, SpeakerKind.PERSON, None, How.LIKELY)

    def _people_before(self, begin: int) -> list[Run]:
        """The people whom the text names in full before `begin`, each once."""
        people: dict[tuple[str, ...], Run] = {}  # those who may be people too, lest one be taken for the only one
        for number in range(min(bisect_left(self.index.starts, begin), _NAMES_BEFORE)):
            run = None if self.index.is_quoted(self.index.starts[number]) else self.index.run(number)
            full = None if run is None else self.index.full(run)
            if full is not None and len(full.words) > 1 and self.index.scores.may_be_person(full):
                people.setdefault(full.words, full)
        return list(people.values())

    def _by_initials(self, letters: str, begin: int) -> Run | None:
        """The one person named before `begin` whose initials these are."""
        people = [run for run in self._people_before(begin) if "".join(word[0] for word in run.words) == letters.lower()]
        return people[0] if len(people) == 1 else None

    def label(self, start: int, end: int) -> Resolved:
        """The name before the colon of a transcript's turn: always a person."""
        tokens = [t for t in self.index.tokens.between(start, end) if t.flags & F.LETTER]
        if not tokens:
            return Resolved(None, None, SpeakerKind.PERSON, None, How.NOBODY)
        if len(tokens) > 1 and tokens[0].flags & F.TITLE and not tokens[0].flags & F.GIVEN and tokens[-1].flags & F.CAPITAL:
            tokens, start = tokens[1:], tokens[1].start  # "Ms. Vogel:"
        word = tokens[-1].word.lower()
        run = self.index.full_name(self.text[tokens[-1].start : tokens[-1].end].lower()) if len(tokens) < 3 else None
        if len(tokens) == 1 and run is None and self.lexicon.flags(word) & F.ROLE and not tokens[0].flags & F.GIVEN:
            return Resolved(start, end, SpeakerKind.UNNAMED, word, How.WORDS)  # "Prosecutor:"
        if len(tokens) == 1 and run is None and tokens[0].flags & F.UPPER and len(word) in _INITIALS:
            run = self._by_initials(word, start)
        a, b = (run.start, run.end) if run is not None and len(tokens) == 1 else (start, end)
        self._spoke.append(Spoke(start, a, b, run.gender if run is not None else 0))
        return Resolved(a, b, SpeakerKind.PERSON, None, How.FULL)

    def headed(self, line: Headline) -> Run | None:
        """Whose name a headline's label is: the one person of that last name whom the text below it names in full."""
        tokens = [t for t in self.index.tokens.between(line.label_start, line.label_end) if t.flags & F.LETTER]
        bearers = self.index.bearers(tokens[-1].word.lower()) if tokens else []
        if len(bearers) != 1 or tokens[-1].flags & F.POSSESSIVE:
            return None
        run, places = bearers[0]
        if max(places) < line.stop or not self._is_said(line):
            return None
        return run if all(t.word.lower() in run.words or t.flags & (F.TITLE | F.ROLE) for t in tokens[:-1]) else None

    def _is_said(self, line: Headline) -> bool:
        """Whether the words at a label may be somebody's, and do not tell who somebody is: "The man who saved the mill: Ada Quill", "Quill: a life"."""
        tokens = self.index.tokens.between(line.start, line.end)
        first = tokens[0]
        asks = self.lexicon.reports.questions
        if first.word.lower() in asks or (line.behind and any(t.flags & F.RELATIVE or t.word in asks for t in tokens)):
            return False
        verb = any(t.flags & (F.AUXILIARY | F.ENDS_ED) or t.word in self.lexicon.reports.infinitive for t in tokens[1:])
        opens_phrase = first.flags & (F.DETERMINER | F.ENDS_ING) and first.word.lower() not in self.lexicon.negative
        return verb or not (line.behind or opens_phrase)
