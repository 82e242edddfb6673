"""The names that stand in a text, found by their words: runs, full forms, and the people of one last or first name.

What a run says is read in `name_reader`; whom a mention means does not belong here (`named`), nor what sentences show of people and things
(`clues`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pipelines.quotes import flags as F
from pipelines.quotes.people.name_scores import LONGEST_NAME, NameScores
from pipelines.quotes.people.name_subjects import Subjects
from pipelines.quotes.people.name_tokens import MAX_LOOKED_AT, NameRuns
from pipelines.quotes.people.types import GENDERS, Bearer, Reading, RolePhrase, Run

_PLACES_ASKED = 8  # of a name, for the pronouns behind them
_SHORTEST_SLIP = 4  # letters of a name that may be misspelt
_MARKS = "\"“'‘("  # before a nickname
_OFTEN = 3  # places of a name of which another may be a slip
_NO_FAMILY_NAME = F.TITLE | F.ROLE | F.GROUP | F.ORGANISATION | F.MEDIUM | F.NOT_NAME | F.DETERMINER | F.BOUNDARY


def _is_slip(a: str, b: str) -> bool:
    """Whether two words differ in one letter left out behind the first one, or in two that change places; other letters make another name.

    >>> _is_slip("marow", "marlow"), _is_slip("malrow", "marlow"), _is_slip("allen", "allan")
    (True, True, False)
    """
    if a[0] != b[0] or a == b:
        return False
    if len(a) == len(b):
        k = next(k for k in range(len(a)) if a[k] != b[k])
        return a[:k] + a[k : k + 2][::-1] + a[k + 2 :] == b
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and any(long[:k] + long[k + 1 :] == short for k in range(1, len(long)))


class NameIndex:
    """The names of one text by their words. What a run of capitalised words is, is looked at only when asked, and once."""

    def __init__(self, runs: NameRuns, reader: Reading, say_i: frozenset[str] = frozenset()) -> None:
        """`say_i`: see `NameScores`."""
        self.runs, self.reader = runs, reader
        self.subjects = Subjects(self.runs)
        self.scores = NameScores(self.runs, self.subjects.following, say_i)
        self.text, self.lexicon, self.tokens, self.kinds = runs.text, runs.lexicon, runs.tokens, runs.kinds
        self.starts, self.ends = runs.starts, runs.ends
        self.is_quoted = self.runs.is_quoted
        self._runs: dict[int, Run | None] = {}
        self._bearers_of: dict[str, list[Bearer]] = {}
        self._full_names: dict[str, Run | None] = {}
        self._full: dict[tuple[Run, int], Run] = {}  # of a name of one word, and a gender
        self._phrases: dict[int, RolePhrase | None] = {}  # of the start of a name
        self._likely: dict[int, bool] = {}  # of the number of a run
        self._inferred: dict[int, int] = {}  # start of a name -> gender of the pronoun that stood for it
        self._followed: dict[int, int] = {}  # start of a name -> gender of the pronoun that follows it in the text

    def run(self, number: int) -> Run | None:
        """What a run of capitalised words is, None where it is no name."""
        if number not in self._runs:
            self._runs[number] = self.reader.read(self.starts[number], self.ends[number])
        return self._runs[number]

    def read(self, start: int, end: int) -> Run | None:
        """What the words between two offsets are, None where they are no name."""
        number = bisect_right(self.starts, start) - 1
        if number >= 0 and (self.starts[number], self.ends[number]) == (start, end):
            return self.run(number)
        return self.reader.read(start, end)

    def run_at(self, start: int) -> Run | None:
        """The run in which a place of the text lies, None where it lies in none or that is no name."""
        number = bisect_right(self.starts, start) - 1
        return self.run(number) if number >= 0 and start < self.ends[number] else None

    def phrase_of(self, start: int) -> RolePhrase | None:
        """What the text says somewhere that the person is whose name stands at `start`: the first phrase of two words, else the first one."""
        if start not in self._phrases:
            self._phrases[start] = self._phrase_of(start)
        return self._phrases[start]

    def _phrase_of(self, start: int) -> RolePhrase | None:
        run = self.run_at(start)
        if run is None:
            return None
        found: RolePhrase | None = None
        for number in self.runs.by_last.get(run.words[-1], ())[:MAX_LOOKED_AT]:
            other = self.run(number)
            if other is None or other.phrase is None or not (len(other.words) == 1 or other.words[0] == run.words[0]):
                continue
            if other.gender and run.gender and not other.gender & run.gender:
                continue  # "Lady Bowden" is not Sir Alec
            if " " in self.text[other.phrase.start : other.phrase.end]:
                return other.phrase
            found = found or other.phrase
        return found

    def full_name(self, last: str) -> Run | None:
        """The likeliest full mention of a person with this last name (lower case)."""
        if last in self._full_names:
            return self._full_names[last]
        bearers = self.bearers(last)
        found = bearers[0].run if bearers else None
        if found is None:  # "Orsola Venn", of whom nothing says that she is somebody
            runs = (self.run(index) for index in self._numbers_of(last)[:MAX_LOOKED_AT])
            found = next(
                (
                    run
                    for run in runs
                    if run is not None and len(run.words) > 1 and not run.suffix and self.scores.may_be_person(run)
                ),
                None,
            )
        self._full_names[last] = found = found or self._family_name_first(last)
        return found

    def full(self, run: Run, gender: int = 0) -> Run:
        """The full mention of the person whom a name of one word stands for; itself where there is none. `gender`: theirs, if known."""
        if len(run.words) > 1:
            return run
        known = self._full.get((run, gender))
        if known is None:
            known = self._full[run, gender] = self._full_of(run, gender)
        return known

    def _full_of(self, run: Run, gender: int) -> Run:
        gender = gender or run.gender
        bearers = self.bearers(run.words[0], run.suffix)
        if not bearers and not self._titled(run):
            bearers = self.called(run.words[0])
            bearers = bearers if len(bearers) == 1 else []
        fitting = [x.run for x in bearers if not (gender and x.run.gender and not x.run.gender & gender)]
        if bearers:
            return fitting[0] if fitting else run
        return self.full_name(run.words[0]) or run

    def _titled(self, run: Run) -> bool:
        """Whether a title stands right before the name: "Mr Martin" is nobody called Martin."""
        before = self.text[max(0, run.start - 12) : run.start].split()
        return bool(before) and bool(self.lexicon.flags(before[-1]) & F.TITLE)

    def bearers(self, last: str, suffix: str = "") -> list[Bearer]:
        """The people of this last name (lower case): who is named most often first."""
        key = f"{last} {suffix}"
        known = self._bearers_of.get(key)
        if known is None:
            runs = [run for index in self._numbers_of(last)[:MAX_LOOKED_AT] if (run := self.run(index)) is not None]
            grouped = self._grouped([r for r in runs if not suffix or r.suffix == suffix])
            known = self._bearers_of[key] = [x for x in grouped if suffix or not x.run.suffix or not self._named_before(last, x)]
        return known

    def _named_before(self, last: str, bearer: Bearer) -> bool:
        """Whether the last name stands alone before "Anselm Renn Jr." is named: then it is another one's."""
        index = next(iter(self.runs.by_last.get(last, ())), None)
        if index is None:
            return False
        run = self.run(index)
        return run is not None and len(run.words) == 1 and run.start < bearer.places[0]

    def called(self, first: str) -> list[Bearer]:
        """The people whose name begins with this word (lower case)."""
        key = f" {first}"
        known = self._bearers_of.get(key)
        if known is None:
            runs = [run for index in self.runs.going_on_behind(first)[:MAX_LOOKED_AT] if (run := self.run(index)) is not None]
            known = self._bearers_of[key] = self._grouped(
                [r for r in runs if first in self._called_by(r) and len(r.words) <= LONGEST_NAME]
            )
        return known

    def misspelt(self, last: str) -> list[Bearer]:
        """ "Qull said", once, in a text that has Ada Quill: whose last name has one letter more or less, or two changed over."""
        if self.lexicon.case_endings or len(last) < _SHORTEST_SLIP or len(self.runs.by_last.get(last, ())) > 1:
            return []
        likely = [
            other
            for other in self.runs.full
            if abs(len(other) - len(last)) < 2 and len(self.runs.by_last[other]) >= _OFTEN and _is_slip(last, other)
        ]
        return self.bearers(likely[0])[:1] if len(likely) == 1 and not self.runs.going_on_behind(last) else []

    def _called_by(self, run: Run) -> tuple[str, ...]:
        """The first name, and the nickname between marks."""
        inner = run.words[1:-1]
        name = self.text[run.start : run.end].lower() if inner else ""
        return run.words[0], next((w for w in inner if any(mark + w in name for mark in _MARKS)), "")

    def _grouped(self, runs: list[Run]) -> list[Bearer]:
        """Full mentions of people, those of one person together: the same first and last word and suffix."""
        groups: dict[tuple[str, str, str], list[Run]] = {}
        for run in runs:
            if len(run.words) > 1 and self.scores.is_person(run) and not self._is_surname(run.words, runs):
                groups.setdefault((run.words[0], run.words[-1], run.suffix), []).append(run)
        bearers = []
        for group in groups.values():
            best = max(group, key=lambda r: (r.given, len(r.words) < 4, -r.start))
            gender = next((r.gender for r in group if r.gender), 0)
            roles = next((r.roles for r in group if r.roles), ())
            bearers.append(
                Bearer(best._replace(gender=best.gender or gender, roles=best.roles or roles), tuple(r.start for r in group))
            )
        return sorted(bearers, key=lambda x: (bool(x.run.suffix), -len(x.places), x.run.start))

    def _is_surname(self, words: tuple[str, ...], runs: list[Run]) -> bool:
        """ "Van Aalst", where a run is "Mira van Aalst"."""
        if not self.lexicon.flags(words[0]) & F.NAME_PARTICLE:
            return False
        return any(run.words[-len(words) :] == words and len(run.words) > len(words) for run in runs)

    def _family_name_first(self, name: str) -> Run | None:
        """ "Ren said", of Ren Haoyu: the first full mention of a person whose name begins with this one."""
        if self.lexicon.flags(name) & (F.GIVEN | _NO_FAMILY_NAME):
            return None
        for index in self.runs.going_on_behind(name)[:MAX_LOOKED_AT]:
            run = self.run(index)
            if run is not None and 1 < len(run.words) <= LONGEST_NAME and run.words[0] == name and self.scores.is_person(run):
                return run
        return None

    def in_nominative(self, words: tuple[str, ...]) -> Run | None:
        """The run that has a name of several words (lower case) with its first name as it is listed, where these have it in another case."""
        listed = words[0] in self.lexicon.listed_names
        if not self.lexicon.case_endings or len(words) < 2 or (listed and not self._may_be_in_case(words)):
            return None
        for number in self._numbers_of_cases(words[-1]):
            run = self.run(number)
            if run is None or len(run.words) != len(words) or run.words[0] not in self.lexicon.listed_names:
                continue
            if listed and (run.words[-1] == words[-1] or self.lexicon.may_be_genitive(run.words[0], run.words[-1])):
                continue  # itself, or a woman of the same names
            if all(a == b or self.lexicon.is_case_of(a, b) for a, b in zip(run.words, words, strict=True)):
                return run
        return None

    def _may_be_in_case(self, words: tuple[str, ...]) -> bool:
        """Whether a name with a listed first name may be in a case: "Karla Roubíčka", where a woman's last name would show it."""
        return self.lexicon.file.surnames_tell_gender and self.lexicon.may_be_genitive(words[0], words[-1])

    def _numbers_of(self, last: str) -> Sequence[int]:
        """The runs of two words or more that end with this one (lower case); else, where names have cases, with it in another case."""
        found = self.runs.full.get(last, ()) or self._of_first_surname(last)
        if not self.lexicon.case_endings or any((run := self.run(n)) and len(run.words) > 1 for n in found[:MAX_LOOKED_AT]):
            return found  # and not "Podle Novotného"
        return next(
            (runs for other, runs in self.runs.full.items() if other != last and self.lexicon.is_case_of(other, last)), found
        )

    def _of_first_surname(self, word: str) -> list[int]:
        """The runs of which this (lower case) is the first of two surnames, where people have two: "Ángela Sotomayor Duarte"."""
        if not self.lexicon.file.two_surnames or self.lexicon.flags(word) & (F.GIVEN | _NO_FAMILY_NAME):
            return []
        found = []
        for number in self.runs.going_on_behind(word)[:MAX_LOOKED_AT]:
            run = self.run(number)
            if run is not None and len(run.words) > 2 and run.words[-2] == word:
                found.append(number)
        return found

    def _numbers_of_cases(self, last: str) -> list[int]:
        return [
            n
            for other, runs in self.runs.full.items()
            if other == last or self.lexicon.is_case_of(other, last)
            for n in runs[:MAX_LOOKED_AT]
        ]

    def known_as_other(self, start: int, role: str, run: Run | None = None) -> bool:
        """Whether the text gives the person named at `start` some role, but not `role`."""
        if run is None:
            run = self.run_at(start)
        known = [k for k in run.roles if k not in self.lexicon.loose] if run is not None else []
        # "der Minister" for an "Innenminister"
        return bool(known) and role not in self.lexicon.anyone and not any(k.endswith(role) or role.endswith(k) for k in known)

    def is_likely_at(self, index: int) -> bool:
        """Whether run number `index` is outside quotations and may be somebody."""
        known = self._likely.get(index)
        if known is None:
            run = None if self.is_quoted(self.starts[index]) else self.run(index)
            known = self._likely[index] = run is not None and self.scores.may_be_person(self.full(run))
        return known

    def gender_of(self, start: int, end: int) -> int:
        """Of a name that says nothing itself: the gender of the pronoun that stood for it, or that follows it in the text."""
        if start in self._inferred or not self.lexicon.file.pronouns_tell_gender:
            return self._inferred.get(start, 0)
        if start not in self._followed:
            self._followed[start] = self._agreed_gender(start, end)
        return self._followed[start]

    def _agreed_gender(self, start: int, end: int) -> int:
        """The gender of the pronoun that follows the name; where that follows its other places is mostly of the other, none."""
        first = self.subjects.following_pronoun(end)
        if first not in (F.MASCULINE, F.FEMININE):
            return first
        other = [self.subjects.following_pronoun(b) for a, b in self.runs.places_of_last(end, _PLACES_ASKED) if a != start]
        against = sum(1 for gender in other if gender == GENDERS & ~first)
        return first if against <= sum(1 for gender in other if gender == first) else 0

    def infer_gender(self, start: int, gender: int) -> None:
        """Remembers the gender of a pronoun that stood for the name at `start`."""
        self._inferred.setdefault(start, gender)
