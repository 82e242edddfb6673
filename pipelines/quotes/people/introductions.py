"""For whom a text introduces a role or noun, named or not: "the curator, Odarka Reed", "a senior official"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pipelines.quotes import flags as F
from pipelines.quotes.people.name_index import NameIndex
from pipelines.quotes.people.name_tokens import MAX_LOOKED_AT, STATED_AGE
from pipelines.quotes.people.types import FARTHEST, GENDERS, Run
from pipelines.quotes.types import Token

_STEM = 5  # letters by which "Russian" is known as of "Russia"
_AROUND_NAME = 60  # characters to either side in which an office stands
_MAX_NOUNS = 100  # whose places are remembered


def _is_wordy(character: str) -> bool:
    return character.isalnum() or character == "_"


class Introductions:
    """The roles and nouns of one text, and who was introduced by them."""

    def __init__(self, index: NameIndex) -> None:
        self.index, self.text, self.lexicon = index, index.text, index.lexicon
        self._lower: str | None = None
        self._places: dict[str, list[int]] = {}  # of a noun outside quotations
        self._phrases: dict[int, int | None] = {}  # place of a noun -> where its phrase begins, if nobody is named by it

    def introduced(self, word: str, tokens: list[Token], position: int) -> Run | None:
        """The person whom the text gave this role before `position`; the one whose words agree most, then whom it named last."""
        said = {t.word.lower() for t in tokens if not t.flags & (F.DETERMINER | F.PARTICLE)}
        named = [
            t.word.lower()
            for t in tokens[:-1]
            if t.flags & F.CAPITAL and not t.flags & (F.DETERMINER | F.TITLE | F.ROLE | F.NOT_NAME)
        ]
        best: tuple[int, int] | None = None
        chosen: Run | None = None
        roles = {word, *self.lexicon.titles_also.get(word, ())}
        forms = [*sorted(roles), *(short for short, full in self.lexicon.titles_in_full.items() if full in roles)]
        gender = self.lexicon.flags(word) & GENDERS if self.lexicon.file.roles_tell_gender else 0
        for at in [at for form in forms for at in self.occurrences(form, position)]:
            k = bisect_left(self.index.starts, at)
            for index in range(max(0, k - 2), min(len(self.index.starts), k + 4)):
                run = self.index.run(index)
                if (
                    run is None
                    or (roles.isdisjoint(run.roles) and word != run.noun)
                    or (gender and run.gender and not gender & run.gender)
                    or run.start >= position
                    or not self.index.scores.is_person(run)
                ):
                    continue
                if named and not any(self._agrees(name, run) for name in named):
                    continue  # "the Russian president" is no other president
                if not self.is_of_office(word, tokens, run):
                    continue
                key = (len(said & run.described), self._latest_place(run, position))
                if best is None or key > best:
                    best, chosen = key, run
        return chosen

    def _latest_place(self, run: Run, position: int) -> int:
        """Where the text names somebody for the last time before `position`, outside quotations."""
        numbers = self.index.runs.by_last.get(run.words[-1], ())
        k = bisect_left(numbers, bisect_left(self.index.starts, position))
        places = (self.index.starts[n] for n in reversed(numbers[max(0, k - MAX_LOOKED_AT) : k]))
        return next((at for at in places if not self.index.is_quoted(at)), run.start)

    def fits(self, tokens: list[Token], run: Run) -> bool:
        """Whether what a mention says of its field and age is said of the person too: "the ferry line's president", "the head of the press office",
        "the 71-year-old singer"."""
        said = [t.word.lower().removesuffix("'s").removesuffix("’s") for t in tokens[:-1] if t.flags & F.POSSESSIVE]
        behind = [t for t in self._field(tokens[-1].end) if not t.flags & F.DETERMINER]
        if behind and len(run.described) > 2:
            said.append(behind[0].word.lower())
        ages = [t.word.split("-")[0] for t in tokens[:-1] if t.flags & F.DIGIT and self.lexicon.tells_age(t.word.lower())]
        stated = STATED_AGE.match(self.text, run.end)
        return all(self._agrees(word, run) for word in said) and all(stated and stated.group(1) == age for age in ages)

    def _field(self, end: int) -> list[Token]:
        """What "of" ties to a role: "of the press office"."""
        tokens = self.index.tokens.between(end, min(len(self.text), end + _AROUND_NAME))
        if not tokens or tokens[0].word.lower() not in self.lexicon.file.codes.genitive:
            return []
        return [t for t in tokens[1:4] if t.flags & F.LETTER]

    def is_of_office(self, word: str, tokens: list[Token], run: Run) -> bool:
        """Whether role and person share what makes an office another one: "the prime minister" is no minister, "the president" no vice president."""
        said = {t.word.lower() for t in tokens[:-1] if self._makes_office(t.word.lower())}
        if word not in run.roles and word != run.noun:
            return True  # known by no role of the kind
        around = self.text[max(0, run.start - _AROUND_NAME) : run.end + _AROUND_NAME].lower()
        return said == {own for own in run.described if self._makes_office(own) and f"{own} {word}" in around}

    def _makes_office(self, word: str) -> bool:
        return (
            word.isalpha() and self.lexicon.flags(word) & (F.TITLE | F.ROLE | GENDERS) == F.TITLE and word not in self.lexicon.loose
        )

    def _agrees(self, name: str, run: Run) -> bool:
        """Whether what the text says of somebody holds a name of a role's field, or one of its country: "Russian", "Russia’s"."""
        bare = name.removesuffix("'s").removesuffix("’s")
        if any(word.startswith(bare[:_STEM]) for word in run.described):
            return True
        letters = bare.replace(".", "")
        return 2 <= len(letters) <= _STEM and all(any(word.startswith(x) for word in run.described) for x in letters)  # an acronym

    def introduced_unnamed(self, word: str, position: int) -> tuple[int, int] | None:
        """The latest "a senior official" before `position`: the phrase without its article."""
        for at in reversed(self.occurrences(word, position)):
            if at not in self._phrases:
                self._phrases[at] = self._unnamed_phrase(at)
            begin = self._phrases[at]
            if begin is not None:
                return begin, at + len(word)
        return None

    def _unnamed_phrase(self, at: int) -> int | None:
        """Where the words behind the article begin, if the noun at `at` has an indefinite one."""
        begin = at
        for token in reversed(self.index.tokens.between(max(0, at - 60), at)):
            if (token.flags & F.DETERMINER and not token.flags & F.CAPITAL) or token.word.lower() in self.lexicon.indefinite:
                return begin if token.word.lower() not in self.lexicon.definite else None
            if not token.flags & F.LETTER or token.flags & (F.PARTICLE | F.NOT_NAME | F.CUE):
                return None
            begin = token.start
        return None

    def occurrences(self, word: str, position: int) -> list[int]:
        """Where the word stands before `position`, outside quotations; the latest ones."""
        low = max(0, position - FARTHEST * 4)
        places = self._places.get(word)
        if places is None and len(self._places) < _MAX_NOUNS:
            places = self._places[word] = self._find(word, 0, len(self.text))
        if places is None:
            places = self._find(word, low, position)
        end = bisect_right(places, position - len(word))
        return places[max(bisect_left(places, low), end - MAX_LOOKED_AT) : end]

    def _find(self, word: str, low: int, high: int) -> list[int]:
        """The places of the word outside quotations between two offsets."""
        if self._lower is None:
            lower = self.text.lower()
            self._lower = lower if len(lower) == len(self.text) else self.text  # a few capitals become two letters
        text = self._lower
        found: list[int] = []
        at = text.find(word, low, high)
        while at >= 0:
            end = at + len(word)
            if (
                not (at and _is_wordy(text[at - 1]))
                and not (end < len(text) and _is_wordy(text[end]))
                and not self.index.is_quoted(at)
            ):
                found.append(at)
            at = text.find(word, end, high)
        return found
