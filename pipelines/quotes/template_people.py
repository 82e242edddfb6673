"""Who the words for a speaker mean, in languages that are read by templates: somebody with a title, somebody whom the text introduced before, a pronoun.

Where the words stand does not belong here (`templates`).
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from pipelines.quotes.template_file import Reader
from pipelines.vocabulary import SpeakerKind

_LATEST = 200  # characters between an introduction and the pronoun or verb that means who was introduced
_EDGES = ",،、，:："


class Who(NamedTuple):
    """Somebody who speaks: the mention, the name in it or elsewhere in the text, and what they are."""

    start: int
    end: int
    name: tuple[int, int] | None
    kind: SpeakerKind
    role: str | None


class Introduced(NamedTuple):
    """A whole name that the text gives with a title. `certain`: its shape tells where it ends."""

    start: int
    end: int
    certain: bool


class Cast:
    """The people of one text, as far as it has been read."""

    def __init__(self, text: str, reader: Reader) -> None:
        self.text, self.reader, self.people = text, reader, reader.people
        self.named: list[tuple[int, int]] = []  # full names, in reading order
        self.spoke: Who | None = None
        self.spoke_at = 0  # where the words of who spoke last begin

    def speaks(self, who: Who, at: int) -> None:
        self.spoke, self.spoke_at = who, max(at, who.start)

    @cached_property
    def introduced(self) -> list[Introduced]:
        """In their order; of a name that stands in several places the first."""
        found: dict[str, Introduced] = {}
        for pattern in self.reader.introductions:
            for match in pattern.finditer(self.text):
                start, end = match.span("name")
                certain = self._is_whole(start, end)
                whole = Introduced(start, end, certain)
                held = found.setdefault(self.text[start:end], whole)
                if whole.start < held.start:
                    found[self.text[start:end]] = whole
        return sorted(x for full, x in found.items() if not any(self._begins(x, full, y, other) for other, y in found.items()))

    def _begins(self, short: Introduced, words: str, full: Introduced, name: str) -> bool:
        """Whether what seems a whole name is the surname of somebody introduced before: "野々村氏" behind "野々村薫氏"."""
        return self.people.surname_first and full.start < short.start and len(words) < len(name) and name.startswith(words)

    def _is_whole(self, start: int, end: int) -> bool:
        words, people = self.text[start:end], self.people
        if people.groups.search(words) or people.somebody.search(words):
            return False
        return bool((people.full or people.bare).fullmatch(words))

    def carried(self, at: int, sentence: int) -> Who | None:
        """Who speaks at `at` where no word names anybody, in the sentence that begins at `sentence`: who spoke last, unless somebody was introduced since."""
        since = [x for x in self.introduced if x.certain and self.spoke_at < x.start < at]
        if not since:
            return self.spoke
        if any(x.start >= sentence for x in since):
            return None
        return self._latest(since, at)

    def _latest(self, since: list[Introduced], at: int) -> Who | None:
        """The one person introduced since the last speech, or the one of them who is a subject."""
        subjects = [x for x in since if self.people.subjects is not None and self.people.subjects.match(self.text, x.end)]
        one = subjects or since
        if len(one) != 1 or at - one[0].end > _LATEST:
            return None
        start, end, _ = one[0]
        return Who(start, end, (start, end), SpeakerKind.PERSON, None)

    def _meant(self, start: int, end: int) -> Who | None:
        """Whom the pronoun at `start` means."""
        since = [x for x in self.introduced if x.certain and self.spoke_at < x.start < start]
        who = self._latest(since, start) if since else self.spoke
        return who._replace(start=start, end=end) if who is not None and who.kind is SpeakerKind.PERSON else None

    def who(self, start: int, end: int) -> Who | None:
        """Whom the words stand for; None where nothing shows that they stand for anybody."""
        text, people = self.text, self.people
        start, end = self._trimmed(start, end)
        if start >= end:
            return None
        if people.of_other is not None and people.of_other.match(text, start, end):
            return Who(start, end, (start, end), SpeakerKind.UNNAMED, None)
        titled = self._titled(start, end)
        if titled is not None:
            return titled
        words = text[start:end]
        if people.pronouns is not None and people.pronouns.fullmatch(words):
            return self._meant(start, end)
        if people.groups.search(words):
            return Who(start, end, (start, end), SpeakerKind.GROUP, None)
        holder = self._holder(words, start)
        if holder is not None:
            return holder._replace(start=start, end=end)
        if people.somebody.search(words):
            return Who(start, end, (start, end), SpeakerKind.UNNAMED, None)
        if people.bodies.search(words):
            return Who(start, end, (start, end), SpeakerKind.ORGANISATION, None)
        known = self._known(start, end)
        if known is not None:
            return Who(start, end, known, SpeakerKind.PERSON, None)
        if people.bare.fullmatch(words):
            self.named.append((start, end))
            return Who(start, end, (start, end), SpeakerKind.PERSON, None)
        return None

    def _holder(self, title: str, at: int) -> Who | None:
        """Who has the title that the words are, "知事", where the text introduced one person by it before `at` and nobody else."""
        titles = self.people.titles_behind if self.people.surname_first else ()
        before = self.people.titles_before if self.people.surname_first else ()
        if title in self.people.honorifics or title not in {*titles, *before}:
            return None
        held = {
            self.text[x.start : x.end]: x
            for x in self.introduced
            if x.certain and x.start < at and (self._has(x.end, title) or self.text.endswith(title, 0, x.start))
        }
        if len(held) != 1:
            return None
        start, end, _ = next(iter(held.values()))
        return Who(start, end, (start, end), SpeakerKind.PERSON, title)

    def _has(self, end: int, title: str) -> bool:
        """Whether the title stands behind a name that ends at `end`, and no longer one that begins so."""
        return self.text.startswith(title, self._behind(end))

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Without blanks, marks, and what stands behind a speaker and is no part of the name."""
        text, trailing = self.text, self.people.trailing
        while start < end and text[start].isspace():
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGES):
            end -= 1
        found = trailing.search(text, start, end) if trailing is not None else None
        return start, found.start() if found is not None and found.start() > start else end

    def _titled(self, start: int, end: int) -> Who | None:
        before, behind = self.reader.titles
        text, people = self.text, self.people
        a, b, role = start, end, None
        found = behind.search(text, start, end) if behind else None
        if found is not None and found.end() == end and found.start() > start:
            b, role = found.start(), found.group()
            while text[b - 1].isspace():
                b -= 1
            aged = people.aged.search(text, a, b) if people.aged is not None else None
            b = aged.start() if aged is not None else b
            tied = people.tied.search(text, a, b) if people.tied is not None else None
            joint = text.rfind(people.joint, a, b) if people.joint else -1
            if tied is not None:  # "西岡徹・東都大教授"
                a, b = tied.span("name")
                role = text[b:end].strip(" ・")
            elif joint >= 0:
                a, role = joint + len(people.joint), text[a:joint] if role in people.honorifics else role
            elif role in people.honorifics:
                role = ""
        titles = list(before.finditer(text, a, b)) if before else []
        last = titles[-1] if titles else None
        if last is not None and last.end() < b:
            a, role = last.end(), text[last.start() : last.end()].strip()
            while a < b and text[a].isspace():
                a += 1
        if role is None:
            return None
        inside = self._introduced_at(start, b)
        if inside is not None:
            return self._person(start, end, inside, role)
        held = self._held_in_full(a, b, start, text[b:end].strip())
        known = self._known(a, b)
        if held is None and known is None and not people.name.fullmatch(text, a, b):
            alone = people.short_surnames and b - a == 1 and not people.groups.search(text[start:end])  # "张先生"
            return Who(start, end, (start, end), SpeakerKind.UNNAMED, None) if alone else None
        # "市长刘建国", though a body may end with "国"
        whole = held is not None or (people.surname_first and people.bare.fullmatch(text, a, b))
        if people.groups.search(text[a:b]) or (not whole and people.bodies.search(text[a:b])):
            return None
        return self._person(start, end, known or held or (a, b), role)

    def _person(self, start: int, end: int, name: tuple[int, int], role: str) -> Who:
        self.named.append(name)
        return Who(start, end, name, SpeakerKind.PERSON, role or None)

    def _introduced_at(self, start: int, end: int) -> tuple[int, int] | None:
        """The name that the text introduces here and that ends at `end`: "旅館を営む岸本和子さん"."""
        return next((x[:2] for x in self.introduced if x.end == end and x.start >= start and x.certain), None)

    def _held_in_full(self, a: int, b: int, start: int, title: str) -> tuple[int, int] | None:
        """ "山本市長", where the text introduced 山本由紀: the one person of this surname, or of several the one with the same title."""
        if not self.people.surname_first or not title:
            return None
        short = self.text[a:b]
        if not short or len(short) < (1 if self.people.short_surnames else 2):
            return None
        held = [x for x in self.introduced if x.start < start and x.end - x.start > len(short) and self._is_of(x, short)]
        if len(held) > 1:
            held = [x for x in held if self.text.startswith(title, self._behind(x.end))]
        return held[0][:2] if len(held) == 1 else None

    def _behind(self, at: int) -> int:
        while at < len(self.text) and self.text[at] == " ":
            at += 1
        return at

    def _is_of(self, person: Introduced, short: str) -> bool:
        """Whether it is the short form of the person's name: the surname, or behind a family's other members the first name."""
        full = self.text[person.start : person.end]
        return person.certain and (full.startswith(short) or (len(short) < len(full) - 1 and full.endswith(short)))

    def _known(self, a: int, b: int) -> tuple[int, int] | None:
        """The full name that the text gave before, of which these words are the short form."""
        short = self.text[a:b]
        if len(short) < 2:
            return None
        named = [(x, y) for x, y in reversed(self.named) if self._shortens(short, self.text[x:y])]
        if named:
            return named[0]
        introduced = {self.text[x.start : x.end]: x[:2] for x in self.introduced if x.start < a}
        fitting = [span for full, span in introduced.items() if self._shortens(short, full)]
        if len(fitting) == 1:
            return fitting[0]
        return None if fitting else self._whole_of(short, a)

    def _whole_of(self, short: str, at: int) -> tuple[int, int] | None:
        """The one whole name before `at` of which this is the last part."""
        found: dict[str, tuple[int, int]] = {}
        for start, last, end in self._wholes:
            fits = end - last == len(short) or not self.people.whole_words
            if end < at and fits and self.text.startswith(short, last):
                found.setdefault(self.text[start : last + len(short)], (start, last + len(short)))
        return next(iter(found.values())) if len(found) == 1 else None

    @cached_property
    def _wholes(self) -> list[tuple[int, int, int]]:
        """Where each begins, where its last part does, and its end."""
        return [(*m.span("name")[:1], *m.span("last")) for x in self.reader.wholes for m in x.finditer(self.text)]

    def _shortens(self, short: str, full: str) -> bool:
        fits = full.startswith(short) if self.people.surname_first else full.endswith(" " + short) or full == short
        return fits or full.endswith(("・" + short, "·" + short))
