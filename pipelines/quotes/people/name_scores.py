"""Whether a name is a person's, an organisation's or a place's: what its words and the text around its places say for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from pipelines.quotes import flags as F
from pipelines.quotes.people.name_tokens import STATED_AGE, NameRuns
from pipelines.quotes.people.types import NameKind, Run, Scores
from pipelines.quotes.text.words import NICKNAME

LONGEST_NAME = 6  # words
_SHORT_FORM = 3  # letters
_WORD = re.compile(r"\w+")
_PLACES_LOOKED_AT = 12  # of one name
_PRONOUNS_LOOKED_AT = 3
_MIN_KIND = 0.6  # score below which nothing is known of a name
_MOST = Scores(4.0, 2.4, 3.0)  # what stands around the places of a name says no more
_MARGIN = 0.05  # more than sums of such numbers are off by
_TICKER = re.compile(r" ?\( ?(?:[A-Z]{2,8}: ?[A-Z\d.]{1,6}|[A-Z\d]{1,6}[a-z]?\.[A-Z]{1,2}) ?\)| [A-Z\d]{2,6}[a-z]?\.[A-Z]{1,2}\b")


class NameScores:
    """What speaks for each kind, of the names of one text."""

    def __init__(self, runs: NameRuns, following: Callable[[int], int], say_i: frozenset[str]) -> None:
        """`following`: see `Subjects.following`; `say_i`: single names (lower case) of speakers who say I."""
        self.runs, self.text, self.lexicon, self.kinds = runs, runs.text, runs.lexicon, runs.kinds
        self._following, self._say_i = following, say_i
        self._own: dict[tuple[str, ...], Scores] = {}  # of the words of a name
        self._near: dict[tuple[str, ...], Scores] = {}

    @cached_property
    def _between_blanks(self) -> set[str]:
        """What stands between two blanks, lines with what begins or ends there among it. Looking through the text for every name took the
        square of its length."""
        return set(self.text.split(" ")[1:-1])

    def is_common_noun(self, word: str) -> bool:
        """Whether the text has a word in small letters too."""
        return word in self._between_blanks

    def kind_of(self, run: Run) -> NameKind:
        """What the text says a name is: the kind with the most to say for it."""
        if len(run.words) > LONGEST_NAME or self.kinds.form_behind(self.text, run.end) > run.end:
            return NameKind.ORGANISATION  # a headline, or "Ada Quill plc"
        if self._is_sure(run):
            return NameKind.PERSON
        person, organisation, place = self._score(run)
        if max(person, organisation, place) < _MIN_KIND:
            return NameKind.UNKNOWN
        if person >= organisation and person >= place:
            return NameKind.PERSON
        return NameKind.PLACE if place >= organisation else NameKind.ORGANISATION

    def is_person(self, run: Run) -> bool:
        """Whether something in the text says that this is a person's name."""
        if len(run.words) > LONGEST_NAME or self.kinds.form_behind(self.text, run.end) > run.end:
            return False  # a headline, or "Ada Quill plc"
        if self._is_sure(run):
            return True
        person, organisation, place = self._score(run)
        return person >= 1.0 and person > organisation and person > place

    def may_be_person(self, run: Run) -> bool:
        """Whether it may be a person though nothing says so: two or three words, no place or institution, no "in" or "the" before them."""
        if self.is_person(run):
            return True
        if len(run.words) not in (2, 3) or any(self.lexicon.flags(w) & F.DAY for w in run.words):
            return False
        person, organisation, place = self._score(run)
        if person <= organisation or person <= place:
            return False
        before = self.text[max(0, run.start - 12) : run.start].split()
        flag = self.lexicon.flags(before[-1]) if before and before[-1][-1].isalpha() else 0
        return not flag & (F.BOUNDARY | F.DETERMINER)

    def _score(self, run: Run) -> Scores:
        """What speaks for a person, for an organisation and for a place, in the name and in the text around its places."""
        own = self._of_words(run)
        near = self._near.get(run.words)
        if near is None:
            near = self._near[run.words] = self._around(run)
        person = own.person + near.person + self._of_place(run)
        organisation = own.organisation + near.organisation + (2.5 if self._is_said_to_be_body(run) else 0.0)
        return Scores(person, organisation, own.place + near.place)

    def _is_sure(self, run: Run) -> bool:
        """Whether the name and what is said of it here make it a person's, whatever stands around its other places."""
        own = self._of_words(run)
        person = own.person + self._of_place(run)
        return person > own.organisation + _MOST.organisation + _MARGIN and person > own.place + _MOST.place + _MARGIN

    def _of_place(self, run: Run) -> float:
        """What is said of a person right next to one place of the name."""
        said = 0.0
        if self._is_said_to_be_somebody(run):
            said = 2.5
        elif run.noun and not self._is_said_to_be_body(run):
            said = 1.5 if self.lexicon.is_person_noun(run.noun) or self.lexicon.tells_age(run.noun) else 0.0
        return said + 2.5 if STATED_AGE.match(self.text, run.end) else said

    def _is_said_to_be_somebody(self, run: Run) -> bool:
        """Whether a role stands next to the name that is no company's too: none in "the brewer Quorum"."""
        roles = [role for role in run.roles if role not in self.lexicon.companies] if len(run.words) == 1 else run.roles
        return bool(roles) or (run.introduced and not run.roles)

    def _is_said_to_be_body(self, run: Run) -> bool:
        """ "Quorum, a think-tank": whether the apposition to a name without a first name is a noun of a body."""
        return bool(run.noun) and not run.given and bool(self.lexicon.flags(run.noun) & F.ORGANISATION)

    def _of_words(self, run: Run) -> Scores:
        known = self._own.get(run.words)
        if known is None:
            known = self._own[run.words] = self._weighed(run)
        return known

    def _weighed(self, run: Run) -> Scores:
        """What the words of a name say, and that it stands in the text in part."""
        words, kinds = run.words, self.kinds
        surface = self.text[run.start : run.end].split()
        person = organisation = place = 0.0
        if len(words) > 1:
            person += 2.5 if run.given else 0.6 if self.without_particles(words) < 4 else 0.0
            person += 1.5 if any(len(w.rstrip(".")) == 1 for w in words[1:-1]) else 0.0
        elif self.lexicon.flags(words[0]) & F.GIVEN:
            person += 1.0
        if len(words) == 1 and words[0] in self._say_i:
            person += 2.5
        person += 1.5 if run.suffix else 0.0
        person += 1.5 if NICKNAME.search(self.text, run.start, run.end) else 0.0
        surname = len(words) == 2 and run.given and self._is_called_alone(words[-1])  # "Emma Post", and "Post said"
        body = kinds.is_body(words[-1]) and not surname
        if body:
            organisation += 5.0 if words[-1] in kinds.forms and not run.given else 3.0
        elif any(kinds.is_body(w) for w in words):
            organisation += 1.5
        if len(words) > 1 and not run.given:
            organisation += 2.0 if self._opens_with_letters(surface) else 0.0  # "HMS Corvell"
            organisation += 2.0 if self.lexicon.flags(words[-1]) & F.DOCUMENT else 0.0  # "the Halmar Papers"
            organisation += 1.5 if kinds.is_place(words[-1:]) else 0.0  # "Harbour Hollywood"
            organisation += 3.0 if len(words[-1].rstrip(".")) == 1 else 0.0  # "Nebula S"
        if any(kinds.is_credit(w) for w in words) or self._is_listed(words):
            organisation += 4.0
        if (len(surface) == 1 and kinds.is_acronym(surface[0])) or any(map(kinds.is_brand, surface)):
            organisation += 2.0
        plural = self.lexicon.is_plural(words[-1]) and not self.lexicon.file.follows  # "Ravasi" is no plural
        if len(words) > 1 and not run.given and plural and words[-1] not in self.runs.alone:
            organisation += 0.7
        if len(words) == 1 and not run.given:
            organisation += 1.0 if self.is_common_noun(words[0]) else 0.0
            organisation += 2.0 if self._only_opens_sentences(words[0]) else 0.0
        if self.lexicon.flags(words[-1]) & F.GROUP and not run.given:
            organisation += 3.0
        if kinds.is_place(words) or (kinds.is_demonym(words[-1]) and len(words) < 3 and not run.given):
            place += 2.5
        elif len(words) > 1 and kinds.is_place(words[:2]) and not run.given:
            organisation += 1.5
        few = len(words) in (2, 3) or self.without_particles(words) == 2
        if few and words[-1] in self.runs.alone and not body and not self.lexicon.flags(words[-1]) & F.GIVEN:
            person += 1.2
        return Scores(person, organisation, place)

    def _is_called_alone(self, word: str) -> bool:
        """Whether a word for a body, "bank", stands with a capital and without its article next to a verb of saying, or behind "Ms."."""
        for index in self.runs.by_last.get(word, ())[:_PLACES_LOOKED_AT]:
            a, b = self.runs.starts[index], self.runs.ends[index]
            called = self.text[a:b].split()
            if len(called) == 2 and called[0].lower().rstrip(".") in self.lexicon.addresses:
                return True
            lead, behind = self.text[max(0, a - 14) : a].split(), _WORD.match(self.text, b + 1)
            around = [*lead[-1:], *([behind.group()] if behind is not None else [])]
            if len(called) == 1 and any(self.lexicon.flags(w) & (F.STRONG_CUE | F.LOWER) == F.STRONG_CUE | F.LOWER for w in around):
                return True
        return False

    def _is_listed(self, words: tuple[str, ...]) -> bool:
        """ "Quorum (NYSE: QRM)", "Quorum QRM.N": whether the sign of a share stands behind the name somewhere."""
        for index in self.runs.by_last.get(words[-1], ())[:_PLACES_LOOKED_AT]:
            a, b = self.runs.starts[index], self.runs.ends[index]
            if _TICKER.match(self.text, b) and self.text[a:b].lower().endswith(" ".join(words)):
                return True
        return False

    def without_particles(self, words: Iterable[str]) -> int:
        """How many words a name has, the particles in it not counted: two in "Joost van der Meulen"."""
        return sum(not self.lexicon.flags(word) & F.NAME_PARTICLE for word in words)

    def _opens_with_letters(self, surface: list[str]) -> bool:
        """A short form of three letters or more before a name that is none; two may be a person's initials."""
        first, second = surface[0], surface[1] if len(surface) > 1 else ""
        return (
            bool(second)
            and len(first) >= _SHORT_FORM
            and "." not in first
            and self.kinds.is_acronym(first)
            and not second.isupper()
        )

    def _only_opens_sentences(self, word: str) -> bool:
        """ "Worse, he forgot": a word with a capital only where its sentence begins, behind which no verb or name's mark stands."""
        for index in self.runs.by_last.get(word, ())[:_PLACES_LOOKED_AT]:
            a, b = self.runs.starts[index], self.runs.ends[index]
            if not self.runs.opens_text_sentence(a) or self.text[b - 2 : b - 1] in "'’":
                return False
            apart = self.text[b : b + 2] == ", "  # "Renn, who said"
            behind = _WORD.match(self.text, b + 1 + apart) if self.text[b : b + 1] == " " or apart else None
            if apart and behind is not None and not self.lexicon.flags(behind.group()) & F.RELATIVE:
                continue
            if apart and behind is not None:
                return False
            if behind is not None and self.lexicon.flags(behind.group()) & (F.CUE | F.AUXILIARY | F.ENDS_ED | F.ADVERB):
                return False
        return True

    def _is_noun_of_body(self, word: str, length: int) -> bool:
        """Whether a noun before a name of so many words says that it is a body's or an outlet's: one of people too, "the brewer Quorum", before a single word only."""
        return bool(self.lexicon.flags(word) & (F.ORGANISATION | F.MEDIUM)) or (length == 1 and word in self.lexicon.companies)

    def _around(self, run: Run) -> Scores:
        """What stands before and behind each place of the name."""
        person = organisation = place = 0.0
        text, looked = self.text, 0
        for index in self.runs.by_last.get(run.words[-1], ())[:_PLACES_LOOKED_AT]:
            a, b = self.runs.starts[index], self.runs.ends[index]
            other = text[a:b].split()
            if len(other) != len(run.words) and not (len(other) == 2 and self.lexicon.flags(other[0]) & F.TITLE):
                continue
            if len(other) == 2 and len(run.words) == 1:
                person += 2.0  # behind a title
                continue
            before = text[max(0, a - 14) : a].split()
            if before and text[a - 1] in " \u00a0":
                low = before[-1].lower()
                if low in self.lexicon.places and len(run.words) < 3:
                    place += 1.0
                elif self.lexicon.flags(low) & F.DETERMINER and low in self.lexicon.definite:
                    organisation += 0.8
                elif self.lexicon.flags(low) & F.DETERMINER and self.lexicon.person_endings and not run.given:
                    organisation += 1.5  # "kein Wort Deutsch", where nouns have capitals
                elif before[-1] == low and low[-1].isalpha() and not run.given and self._is_noun_of_body(low, len(run.words)):
                    called = (
                        len(run.words) > 1 and run.words[-1] in self.runs.alone
                    )  # "their member on the board Trip Quill", and "Quill said"
                    organisation += 0.8 if called else 2.4  # "the options firm Quorum", "the brewer Quorum"
                elif self.lexicon.flags(low) & (F.TITLE | F.ROLE) and not self.lexicon.flags(low) & F.GROUP:
                    person += 1.5
                elif self.lexicon.flags(low) & F.STRONG_CUE and len(run.words) > 1:
                    person += 0.5  # "said Ada Quill"
            group = _WORD.match(text, b + 1) if text[b : b + 1] == " " else None
            if group is not None and self.lexicon.flags(group.group()) & (F.GROUP | F.ORGANISATION) and len(run.words) > 1:
                organisation += 0.8  # "Karo Sund militants"
            behind = text[b : b + 12].lstrip("’'s")
            if behind.startswith(", "):
                opener = behind[2:].split(" ")[0]
                if self.lexicon.flags(opener) & F.RELATIVE:
                    if opener in self.lexicon.of_things:
                        organisation += 1.5
                    else:
                        person += 1.5
            if looked < _PRONOUNS_LOOKED_AT and self.lexicon.file.pronouns_tell_gender:
                if len(run.words) == 1 and text[b : b + 1] == "," and self.runs.opens_text_sentence(a):
                    continue  # "Worse, he"
                looked += 1
                follows = self._following(b)
                person += 0.8 if follows > 0 else 0.0
                organisation += 0.8 if follows < 0 else 0.0
        return Scores(min(person, _MOST.person), min(organisation, _MOST.organisation), min(place, _MOST.place))
