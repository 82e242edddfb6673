"""Who a mention is: last name to full name, pronoun to the recent speaker, role to the person it was introduced for.

Every answer is a span of the article's own text. The text's names are read once, and only when a mention asks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from pipelines.quotes import flags as F
from pipelines.quotes.lexicon import IT, THEY
from pipelines.quotes.people.clues import FARTHEST, Clues
from pipelines.quotes.people.name_index import GENDERS, MAX_LOOKED_AT, STATED_AGE, Bearer, NameIndex, NameKind, Run
from pipelines.quotes.types import How, Token
from pipelines.vocabulary import SpeakerKind

_LONGEST_ARTICLE = 8  # characters
_OPENING = 60  # characters at the start of a sentence in which its subject is looked for
_LONGEST_OPENING = 120  # characters of a clause before the main one
_FAR_BREAKS = 3  # line ends behind which a subject is no recent one
_MAX_OPENING = 5  # tokens there
_NO_MODIFIER = (
    F.BOUNDARY | F.PRONOUN | F.CUE | F.AUXILIARY | F.COMMA | F.STOP | F.COLON | F.DASH | F.MARK | F.QUOTE | F.PAREN | F.POSSESSIVE
)
_NO_PERSON = (
    F.ORGANISATION | F.MEDIUM | F.DETERMINER | F.TITLE | F.ROLE | F.GROUP
)  # of a capitalised word: no part of a person's name
_STEM = 5  # letters by which "Russian" is known as of "Russia"
_NAMES_LOOKED_AT = 6  # of those that may be the company
_PLACES_ASKED = 8  # of a name, for the pronouns behind them
_AROUND_NAME = 60  # characters to either side in which an office stands
_MAX_NOUNS = 100  # whose places are remembered
_MIN_FOR_ROLE = 0.2  # score below which nobody is meant by a role that the text gave to nobody

_ENDS_SENTENCE = re.compile(r"[.!?…][”\"’»]?\s")


class Resolved(NamedTuple):
    """The answer for one mention: `start, end` of the name in the text (both None where nobody can be named)."""

    start: int | None
    end: int | None
    kind: SpeakerKind
    role: str | None
    how: How
    lead: float = 1.0  # score over the next likely one, at most 1


def _is_wordy(character: str) -> bool:
    return character.isalnum() or character == "_"


class Likeliest(NamedTuple):
    """Somebody a pronoun or role may stand for: score, the name, what doubt took from the score, and whether it is a name."""

    score: float
    start: int
    end: int
    doubt: float = 0.0
    named: bool = True
    lead: float = 1.0


class Spoke(NamedTuple):
    """Somebody who spoke: at which offset, the name or the words that stand for them, their gender."""

    at: int
    start: int
    end: int
    gender: int
    named: bool = True


class Resolver:
    """Who the mentions of one text are, and the speakers met so far, in reading order."""

    def __init__(self, index: NameIndex, clues: Clues) -> None:
        self.index, self.clues = index, clues
        self.text, self.lexicon = index.text, index.lexicon
        self._spoke: list[Spoke] = []  # who spoke, in reading order
        self._unnamed: list[tuple[int, int, int, str]] = []  # position, name start, name end, head noun
        self._things: list[tuple[int, int, int, SpeakerKind]] = []  # institutions and documents that spoke: position, start, end
        self._is_place_name: dict[str, bool] = {}
        self._lower: str | None = None
        self._places: dict[str, list[int]] = {}  # of a noun outside quotations
        self._phrases: dict[int, int | None] = {}  # place of a noun -> where its phrase begins, if nobody is named by it
        self._inferred: dict[int, int] = {}  # start of a name -> gender of the pronoun that stood for it
        self._followed: dict[int, int] = {}  # start of a name -> gender of the pronoun that follows it in the text
        self._named: dict[tuple[str, str | None], tuple[Resolved, tuple[int, int, int]]] = {}

    def name(self, start: int, end: int, roles: str | None = None) -> Resolved:
        """A mention that ends in a name: its own full form, or the first full one of that last name."""
        key = (self.text[start:end], roles)
        known = self._named.get(key)
        if known is not None:
            self._spoke.append(Spoke(start, *known[1]))
            return known[0]
        spoken = len(self._spoke)
        found = self._name(start, end, roles)
        if found.kind is SpeakerKind.PERSON and len(self._spoke) == spoken + 1:
            # another mention in the same words is the same person
            self._named[key] = (found, self._spoke[-1][1:4])
        return found

    def _name(self, start: int, end: int, roles: str | None) -> Resolved:
        tokens = [t for t in self.index.tokens.between(start, end) if t.flags & F.LETTER or t.word == "&"]
        if not tokens:
            return Resolved(None, None, SpeakerKind.PERSON, roles, How.NOBODY)
        if (
            len(tokens) > 2
            and tokens[0].flags & (F.GROUP | F.ORGANISATION) == F.GROUP
            and tokens[1].flags & (F.PARTICLE | F.CAPITAL) == F.PARTICLE
        ):
            return Resolved(
                tokens[0].start, self.index.bare_end(tokens[-1]), SpeakerKind.GROUP, None, How.BODY
            )  # "Residents of Fenwick Row"
        tokens = self._without_office(tokens)
        if self._is_role(tokens):
            return self._role_of(tokens, tokens[-1])
        first, last = self.index.core(tokens, start)
        if first > last:
            return Resolved(None, None, SpeakerKind.UNNAMED, roles, How.NOBODY)
        tokens = tokens[: last + 1]
        head = tokens[-1]
        titles = [t for t in tokens[:first] if t.flags & (F.TITLE | F.ROLE) and not t.flags & F.GIVEN]
        kind = self._kind_of_name(tokens, first)
        if titles and self._names_office(tokens, first):
            return self._role_of(tokens, titles[0])
        gender = self._gender_by_ending(tokens)
        if gender:
            somebody = self._somebody(head.word.lower(), tokens, start, gender)
            if somebody is not None:
                return somebody
        if kind is not SpeakerKind.PERSON and titles and head.flags & (F.ORGANISATION | F.MEDIUM):
            return self._role_of(tokens, titles[0])
        if kind is SpeakerKind.PERSON and roles and self.index.kinds.is_body(head.word) and not tokens[first].flags & F.GIVEN:
            kind = SpeakerKind.ORGANISATION  # "her employer, Quayside Ltd"
        if kind is SpeakerKind.PERSON:
            person = self._person_of(tokens, first, titles, roles, start)
            if person is not None:
                return person
            kind = SpeakerKind.ORGANISATION
        begin = first if not titles else 0
        while begin < len(tokens) - 1 and tokens[begin].flags & F.DETERMINER:
            begin += 1
        a, b = tokens[begin].start, self.index.bare_end(head)
        self._things.append((start, a, b, kind))
        return Resolved(a, b, kind, None, How.BODY)

    def _is_role(self, tokens: list[Token]) -> bool:
        """ "The Florida Republican", "the Foreign Minister": capitals, and nobody's name."""
        last = tokens[-1]
        if len(tokens) < 2 or not last.flags & (F.ROLE | F.TITLE) or last.flags & (F.GIVEN | F.ORGANISATION | F.POSSESSIVE):
            return False
        if (
            any(t.flags & (F.GIVEN | F.ORGANISATION | F.MEDIUM) for t in tokens)
            or self.index.full_name(last.word.lower()) is not None
        ):
            return False
        return (
            bool(tokens[0].flags & F.DETERMINER)
            or not last.flags & F.CAPITAL
            or self.index.kinds.is_place(tuple(t.word.lower() for t in tokens[:-1]))
        )

    def _person_of(self, tokens: list[Token], first: int, titles: list[Token], roles: str | None, start: int) -> Resolved | None:
        """Whose name it is; None where it is nobody's."""
        core = tokens[first:]
        gender = next((t.flags & GENDERS for t in core if t.flags & F.GIVEN and t is not core[-1]), 0)
        for token in titles:
            gender = gender or token.flags & GENDERS
        role = roles or (titles[-1].word.lower().rstrip(".") if titles else None)
        words = core
        suffix = ""
        while len(words) > 1 and self.index.kinds.is_suffix(words[-1].word):
            suffix, words = words[-1].word.lower().rstrip("."), words[:-1]
        name_start, name_end, how = core[0].start, self.index.bare_end(core[-1]), How.FULL
        word = self.text[words[-1].start : self.index.bare_end(words[-1])].lower()
        if 1 < len(words) < 4 and all(t.flags & F.NAME_PARTICLE and not t.flags & F.GIVEN for t in words[:-1]):
            words = words[-1:] if self.index.bearers(word, suffix) else words  # "Van ’t Hoff"
        if len(words) == 1:
            bearers = self.index.bearers(word, suffix)
            if not bearers and not titles:
                bearers = self.index.called(word)
            chosen = self._of_age(bearers, tokens[:first]) or self._chosen(bearers, gender, start)
            if chosen is not None and len(bearers) > 1 and self._tells_age(tokens[:first]) and not chosen.suffix:
                chosen, titles = None, titles or tokens[:1]  # "the younger Quill", and nothing says which one that is
            if chosen is not None:
                name_start, name_end = chosen.start, chosen.end
                gender = gender or chosen.gender
                role = role or (chosen.roles[0] if chosen.roles else None)
                how = How.SURNAME if len(bearers) == 1 else How.AMONG
            elif not titles and not roles:
                if self._is_which(tokens, first) or self._is_place(tokens):
                    return None
                run = self.index.read(core[0].start, self.index.bare_end(core[-1]))
                if run is None or self.index.kind_of(run) is not NameKind.PERSON:
                    return None
                gender = gender or run.gender
                how = How.ALONE
            else:
                how = How.ALONE
        elif (nominative := self.index.in_nominative(tuple(t.word.lower() for t in words))) is not None:
            name_start, name_end = nominative.start, nominative.end
            gender = gender or nominative.gender
            role = role or (nominative.roles[0] if nominative.roles else None)
        elif not titles and not roles:
            if self._is_which(tokens, first):
                return None
            run = self.index.read(core[0].start, self.index.bare_end(core[-1]))
            kind = NameKind.UNKNOWN if run is None else self.index.kind_of(run)
            if kind in (NameKind.ORGANISATION, NameKind.PLACE) or (kind is NameKind.UNKNOWN and len(words) > 3):
                return None
            if run is not None:
                gender = gender or run.gender
                role = role or (run.roles[0] if run.roles else None)
        self._spoke.append(Spoke(start, name_start, name_end, gender))
        return Resolved(name_start, name_end, SpeakerKind.PERSON, role, how)

    def _chosen(self, bearers: list[Bearer], gender: int, position: int) -> Run | None:
        """Of people of one surname or one first name the one who is meant: of the gender of the title, else the one named last."""
        fitting = [x for x in bearers if not (gender and self._gender_of_bearer(x) & ~gender)]
        if len(fitting) > 1 and gender:
            fitting = [x for x in fitting if self._gender_of_bearer(x)] or fitting
        if not fitting:
            return None  # "Mrs. Quill", where the text names Martin Quill alone
        if len(fitting) == 1:
            return fitting[0].run
        spoke = {x.start: x.at for x in self._spoke if x.named and x.at < position}

        def latest(bearer: Bearer) -> int:
            return max([at for at in bearer.places if at < position] + [spoke.get(at, -1) for at in bearer.places], default=-1)

        return max(fitting, key=lambda x: (latest(x), -x.run.start)).run

    def _tells_age(self, tokens: list[Token]) -> bool:
        roles = self.lexicon.file.roles
        return any(t.word.lower() in roles.younger or t.word.lower() in roles.elder for t in tokens)

    def _of_age(self, bearers: list[Bearer], tokens: list[Token]) -> Run | None:
        """ "The younger Harte", of William Harte Sr. and William Harte Jr."""
        if len(bearers) < 2 or not self._tells_age(tokens):
            return None
        younger = any(t.word.lower() in self.lexicon.file.roles.younger for t in tokens)
        return next((x.run for x in bearers if x.run.suffix == ("jr" if younger else "sr")), None)

    def _gender_of_bearer(self, bearer: Bearer) -> int:
        return bearer.run.gender or self._gender_of(bearer.run.start, bearer.run.end)

    def _without_office(self, tokens: list[Token]) -> list[Token]:
        """ "Mathis Corvell of Brandvik Securities": the name without where its bearer belongs."""
        for k in range(2, len(tokens) - 1):
            if not tokens[k].flags & F.PARTICLE or tokens[k].flags & (F.NAME_PARTICLE | F.CAPITAL):
                continue
            begin = k
            while begin and self._may_name(tokens, begin - 1, k):
                begin -= 1
            if begin == k or (begin == k - 1 and not (begin and tokens[begin - 1].flags & (F.TITLE | F.ROLE))):
                return tokens
            run = self.index.full_name(tokens[k - 1].word.lower())
            known = (run is not None and self.index.is_person(run)) or any(t.flags & F.GIVEN for t in tokens[begin : k - 1])
            return tokens[:k] if known or tokens[-1].flags & (F.ORGANISATION | F.MEDIUM) else tokens
        return tokens

    @staticmethod
    def _may_name(tokens: list[Token], at: int, end: int) -> bool:
        """Whether a capitalised word may be part of a person's name that ends before `end`: a title only as a last name, "Peter T. King"."""
        flag = tokens[at].flags
        before = tokens[at - 1] if at else None
        last_name = at == end - 1 and before is not None and (before.flags & F.GIVEN or len(before.word.rstrip(".")) == 1)
        return bool(flag & F.CAPITAL) and not flag & (_NO_PERSON & ~(F.TITLE | F.ROLE) if last_name else _NO_PERSON)

    def _is_which(self, tokens: list[Token], first: int) -> bool:
        """ "Hallow Line, which runs the ferry": no person, unless something says so."""
        end = tokens[-1].end
        if self.text[end : end + 2] != ", " or any(t.flags & F.GIVEN for t in tokens[first:]):
            return False
        behind = next(iter(self.index.tokens.between(end + 2, end + 2 + _LONGEST_ARTICLE)), None)
        return behind is not None and behind.word in self.lexicon.of_things

    def _is_place(self, tokens: list[Token]) -> bool:
        """ "Karrow offered nine": a single name, nobody's last one, that the text has behind "in" too."""
        name = tokens[-1]
        if len(tokens) > 1 or name.flags & (F.GIVEN | F.POSSESSIVE) or not self.lexicon.places:
            return False
        known = self._is_place_name.get(name.word)
        if known is None:
            full = self.index.full_name(name.word.lower())
            known = full is None and any(f" {where} {name.word}" in self.text for where in self.lexicon.places)
            self._is_place_name[name.word] = known
        return known

    def _gender_by_ending(self, tokens: list[Token]) -> int:
        """Of an article and a noun in a language that writes nouns with a capital, "der Kaufmann": its gender, 0 where it is no person."""
        if len(tokens) != 2 or not tokens[0].flags & F.DETERMINER or tokens[0].word.lower() not in self.lexicon.definite:
            return 0
        noun = tokens[1]
        if (
            noun.flags & (F.ORGANISATION | F.MEDIUM | F.GROUP | F.DOCUMENT | F.GIVEN)
            or self.index.full_name(noun.word.lower()) is not None
        ):
            return 0
        return next((gender for ending, gender in self.lexicon.person_endings if noun.word.endswith(ending)), 0)

    def _names_office(self, tokens: list[Token], first: int) -> bool:
        """ "The secretary of the council": what follows "of" is where the role is held, and no person's name."""
        joined = first and tokens[first - 1].flags & F.PARTICLE and not tokens[first - 1].flags & F.NAME_PARTICLE
        if not joined:
            joined = bool(first and tokens[first - 1].flags & F.DETERMINER and first > 1 and tokens[first - 2].flags & F.PARTICLE)
        name = tokens[first:]
        return bool(joined) and len(name) <= 2 and not any(t.flags & F.GIVEN for t in name)

    def _kind_of_name(self, tokens: list[Token], first: int) -> SpeakerKind:
        name = tokens[first:]
        last = name[-1]
        after_somebody = last.flags & (F.ORGANISATION | F.MEDIUM) and (len(name) > 2 or tokens[0].flags & F.DETERMINER)
        if any(t.flags & F.GIVEN for t in name[:-1]) and not after_somebody:  # "the Ada Quill Foundation"
            return SpeakerKind.PERSON
        if any(t.flags & (F.MEDIUM | F.ORGANISATION) == F.MEDIUM for t in name):
            return SpeakerKind.MEDIA
        if last.flags & F.DOCUMENT:
            return SpeakerKind.DOCUMENT
        if any(t.flags & F.ORGANISATION for t in name):
            return SpeakerKind.ORGANISATION
        if last.flags & F.GROUP:
            return SpeakerKind.GROUP
        if first and any(t.flags & (F.TITLE | F.ROLE) for t in tokens[:first]):
            return SpeakerKind.PERSON
        word = last.word
        if len(name) == 1 and not last.flags & F.GIVEN and (self.index.kinds.is_acronym(word) or self.index.kinds.is_brand(word)):
            return (
                SpeakerKind.MEDIA
                if self.index.kinds.is_outlet(word)
                else SpeakerKind.PERSON
                if self.index.full_name(word.lower())
                else SpeakerKind.ORGANISATION
            )
        if word.lower() in self.index.kinds.organisations and len(name) < 3:
            return SpeakerKind.ORGANISATION
        if self.index.kinds.is_outlet(word):
            return SpeakerKind.MEDIA
        if self.index.kinds.is_people(word):
            return SpeakerKind.GROUP
        determined = bool(tokens[0].flags & F.DETERMINER) and len(name) <= 3 and not last.flags & F.GIVEN
        if determined and first <= 1:
            full = self.index.full_name(word.lower())
            if full is None or not self.index.is_person(full):
                return SpeakerKind.ORGANISATION
        return SpeakerKind.PERSON

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
        a, b = (run.start, run.end) if run is not None and len(tokens) == 1 else (start, end)
        self._spoke.append(Spoke(start, a, b, run.gender if run is not None else 0))
        return Resolved(a, b, SpeakerKind.PERSON, None, How.FULL)

    def pronoun(self, start: int, end: int) -> Resolved:
        """A pronoun: the likeliest recent speaker or subject whose gender does not speak against it."""
        flag = self.lexicon.flags(self.text[start:end])
        gender = flag & GENDERS
        if flag >> F.FORM_SHIFT & 7 == THEY:
            one = self._goes_by(self.text[start:end].lower(), start)
            if one is not None:
                return one
            found = self._plural_subject(start)
            if found is not None:
                return Resolved(*found, SpeakerKind.GROUP, None, How.THING)
        if flag >> F.FORM_SHIFT & 7 == IT:
            thing = self.clues.thing_before(start) or self._latest_thing(start)
            return Resolved(*thing, None, How.THING) if thing else Resolved(None, None, SpeakerKind.UNNAMED, None, How.NOBODY)
        if flag & F.PLURAL or not gender:
            kind = SpeakerKind.GROUP if flag & F.PLURAL else SpeakerKind.PERSON
            return Resolved(None, None, kind, None, How.NOBODY)
        unnamed = self._unnamed_just_now(start, gender)
        if unnamed is not None:
            return Resolved(*unnamed, SpeakerKind.UNNAMED, None, How.PRONOUN)
        likeliest = self._latest(start, gender)
        if likeliest is None:
            return Resolved(None, None, SpeakerKind.PERSON, None, How.NOBODY)
        self._spoke.append(Spoke(start, likeliest.start, likeliest.end, gender, likeliest.named))
        if not likeliest.named:
            return Resolved(likeliest.start, likeliest.end, SpeakerKind.UNNAMED, None, How.PRONOUN, likeliest.lead)
        self._inferred.setdefault(likeliest.start, gender)
        return Resolved(likeliest.start, likeliest.end, SpeakerKind.PERSON, None, How.PRONOUN, likeliest.lead)

    def left_out(self, position: int) -> Resolved:
        """Who speaks where the language leaves the subject out: who spoke last, somebody unnamed or an institution too, or a subject since."""
        last = max((spoke.at for spoke in self._spoke if spoke.at < position), default=-1)
        things = [thing for thing in self._things if last < thing[0] < position]
        unnamed = [(at, a, b, SpeakerKind.UNNAMED) for at, a, b, _ in self._unnamed if last < at < position]
        other = max((*things, *unnamed), default=None)
        if other is not None and position - other[0] < FARTHEST:
            return Resolved(*other[1:], None, How.LEFT_OUT)
        likeliest = self._latest(position, 0)
        if likeliest is None:
            return Resolved(None, None, SpeakerKind.PERSON, None, How.NOBODY)
        self._spoke.append(Spoke(position, likeliest.start, likeliest.end, 0, likeliest.named))
        kind = SpeakerKind.PERSON if likeliest.named else SpeakerKind.UNNAMED
        return Resolved(likeliest.start, likeliest.end, kind, None, How.LEFT_OUT, likeliest.lead)

    def _unnamed_just_now(self, position: int, gender: int) -> tuple[int, int] | None:
        """ "A spokeswoman said it was over. "Go home," she said": who opens one of the paragraph's latest sentences, no name being near."""
        if not self.lexicon.file.pronouns_tell_gender:
            return None
        end = position
        for start in self.clues.sentences_before(position):
            if any(
                self._is_likely_at(k) for k in range(bisect_left(self.index.starts, start), bisect_left(self.index.starts, end))
            ):
                return None  # "Carole Bower, a retiree, said"
            for at in (start, self._behind_opening(start, end)):
                found = self._unnamed_at(at, end) if at >= 0 else None
                if found is not None:
                    theirs = found[1].flags & GENDERS
                    return None if theirs and not theirs & gender else (found[0], found[1].end)
            end = start
        return None

    def _unnamed_at(self, start: int, end: int) -> tuple[int, Token] | None:
        """Of "a spokeswoman for the port", with which the text goes on at `start`, where the words behind the article begin, and the head."""
        tokens = self.index.tokens.between(start, min(end, start + _OPENING))[:_MAX_OPENING]
        head = next((t for t in tokens[1:] if t.flags & F.ROLE and not t.flags & F.POSSESSIVE), None)
        if (
            head is None
            or not self._is_indefinite(tokens[0])
            or any(t.flags & _NO_MODIFIER for t in tokens[1 : tokens.index(head)])
        ):
            return None
        return tokens[1].start, head

    def _is_indefinite(self, token: Token) -> bool:
        return bool(token.flags & F.DETERMINER) and token.word.lower() not in self.lexicon.definite

    def _is_likely_at(self, index: int) -> bool:
        """Whether run number `index` is outside quotations and may be somebody."""
        run = None if self.index.is_quoted(self.index.starts[index]) else self.index.run(index)
        return run is not None and self.index.may_be_person(self.index.full(run))

    def _latest_thing(self, position: int) -> tuple[int, int, SpeakerKind] | None:
        """The institution or document that spoke last."""
        for at, start, end, kind in reversed(self._things):
            if at < position:
                return (start, end, kind) if position - at < FARTHEST else None
        return None

    def _plural_subject(self, position: int) -> tuple[int, int] | None:
        """ "The ministers met again. They called it": the people with whom one of the paragraph's latest sentences opens."""
        for start in self.clues.sentences_before(position):
            tokens = self.index.tokens.between(start, min(position, start + _OPENING))[:_MAX_OPENING]
            heads = [k for k, t in enumerate(tokens[:-1]) if self._are_people(t)]
            if not heads or not tokens[0].flags & F.CAPITAL or any(t.flags & _NO_MODIFIER for t in tokens[: heads[0]]):
                continue
            head = next(k for k in heads if k + 1 not in heads)
            if tokens[head].flags & F.POSSESSIVE or tokens[head + 1].flags & F.CAPITAL:
                continue
            begin = 1 if tokens[0].flags & F.DETERMINER and head else 0
            if begin and tokens[0].word.lower() in self.lexicon.definite:
                return self._first_called(tokens[head].word.lower(), position)
            return tokens[begin].start, tokens[head].end
        return None

    def _goes_by(self, they: str, position: int) -> Resolved | None:
        """ "Sam Riverton (they/them)", "who uses they/them pronouns": the person of whom the text says so, unless others opened a sentence since."""
        at = max(self.text.lower().rfind(f"{they}{mark}", 0, position) for mark in "/-")
        if at < 0 or self.index.is_quoted(at):
            return None
        for index in range(bisect_left(self.index.starts, at) - 1, -1, -1):
            run = None if self.index.is_quoted(self.index.starts[index]) else self.index.run(index)
            full = None if run is None else self.index.full(run)
            if full is None or not self.index.may_be_person(full):
                continue
            plural = self._plural_subject(position)
            if "\n" in self.text[run.end if run else 0 : at] or plural is not None:
                return None
            self._spoke.append(Spoke(position, full.start, full.end, 0))
            return Resolved(full.start, full.end, SpeakerKind.PERSON, None, How.PRONOUN)
        return None

    def _are_people(self, token: Token) -> bool:
        if token.flags & (F.DETERMINER | F.POSSESSIVE) or not self.lexicon.is_plural(token.word):
            return False
        return bool(token.flags & F.GROUP) or (len(token.word) > 1 and bool(self.lexicon.flags(token.word[:-1]) & F.ROLE))

    def _first_called(self, noun: str, position: int) -> tuple[int, int] | None:
        """The first place of the noun, with the capitalised words before it, or all that stand between it and its article."""
        places = self._occurrences(noun, position)
        if not places:
            return None
        at = begin = places[0]
        capitals = True
        for token in reversed(self.index.tokens.between(max(0, at - _OPENING), at)):
            if token.flags & F.DETERMINER:
                return begin, at + len(noun)
            if not token.flags & F.LETTER or token.flags & _NO_MODIFIER:
                break
            capitals = capitals and bool(token.flags & F.CAPITAL)
            begin = token.start
        return (begin if capitals else at), at + len(noun)

    def _latest(self, position: int, gender: int, role: str | None = None) -> Likeliest | None:
        """Of recent speakers and subjects the one with most to say for it: nearness, having spoken, opening its sentence, gender.

        `gender` 0: any. `role`: what the mention calls them; who is known by other roles is less likely.
        """
        found: list[Likeliest] = []
        for spoke in self._spoke[-6:]:
            theirs = spoke.gender or (self._gender_of(spoke.start, spoke.end) if spoke.named else 0)
            if spoke.at >= position or position - spoke.at >= FARTHEST or (theirs and gender and not theirs & gender):
                continue
            if not spoke.named and (role or self.text.count("\n", spoke.at, position) >= _FAR_BREAKS):
                continue
            score = 1.6 - (position - spoke.at) / 500 + (0.2 if theirs and gender else 0.0)
            score -= 0.8 if role and self._known_as_other(spoke.start, role) else 0.0
            found.append(Likeliest(score, spoke.start, spoke.end, 0.0, spoke.named))
        last_spoke, last_name = (self._spoke[-1].at, self._spoke[-1].start) if self._spoke else (-1, -1)
        subject = self._role_subject(position) if not role else None
        theirs = (subject[1].gender or self._gender_of(subject[1].start, subject[1].end)) if subject is not None else 0
        if subject is not None and not (theirs and gender and not theirs & gender):
            score = 0.9 - (position - subject[0]) / 500 + (1.4 if subject[0] > last_spoke else 0.7)
            found.append(Likeliest(score, subject[1].start, subject[1].end))
        best = max(found, default=None)
        opening = self.text.rfind("\n", 0, position) + 1
        for index in range(bisect_left(self.index.starts, position) - 1, -1, -1):
            most = 2.8 - (position - self.index.starts[index]) / 500
            if position - self.index.starts[index] > FARTHEST or (best is not None and most < best.score):
                break
            if (
                best is not None
                and best.score > 1.4 - (position - self.index.ends[index]) / 500
                and not self.index.is_subject(index)
                and not (self.index.starts[index] >= opening > last_spoke)
            ):
                continue  # only a subject, or the only person of this paragraph, could still be likelier
            candidate = self._candidate(index, position, gender, role, last_spoke, last_name)
            if candidate is not None:
                found.append(candidate)
                best = max(best, candidate) if best else candidate
        if best is None or (role and best.score + best.doubt < _MIN_FOR_ROLE):
            return None
        rival = max((x.score for x in found if x.start != best.start), default=best.score - 1.0)
        return best._replace(lead=min(1.0, best.score - rival))

    def _candidate(
        self, index: int, position: int, gender: int, role: str | None, last_spoke: int, last_name: int
    ) -> Likeliest | None:
        """How likely the name number `index` is meant; None where it cannot be."""
        run = None if self.index.is_quoted(self.index.starts[index]) else self.index.run(index)
        if run is None:
            return None
        full = self.index.full(run, gender)
        named = self.index.is_person(full) or (len(full.words) == 1 and self._spoke_by(full.words[0]))
        if not (len(full.words) > 1 or named) or not (named or self.index.may_be_person(full)) or self.clues.in_credit(run.start):
            return None
        theirs = full.gender or self._gender_of(full.start, full.end)
        if theirs and gender and not theirs & gender:
            return None
        score = 0.9 - (position - run.start) / 500 + (0.5 if theirs and gender else 0.0)
        leads = self.index.opens_sentence(self.index.starts[index]) or (named and self.index.is_subject(index))
        if leads and not run.possessive:
            near = self.text.count("\n", run.end, position) < _FAR_BREAKS
            score += 1.4 if near and run.start > last_spoke and full.start != last_name else 0.7  # a new subject came in between
        elif not run.possessive and last_spoke >= 0 and self.index.is_person(full) and self._alone_since(run, position, last_spoke):
            score += 0.9  # "That did not satisfy Ada Quill. “…,” she said"
        score -= 0.6 if run.possessive else 0.0
        doubt = 0.8 if len(full.words) == 1 else 0.0 if self.index.is_person(full) else 0.5
        score -= doubt
        score -= 0.8 if role and self._known_as_other(full.start, role, full) else 0.0
        return Likeliest(score, full.start, full.end, doubt)

    def _spoke_by(self, name: str) -> bool:
        """Whether somebody spoke whose name (lower case) is this word, "Minister Drozd": then it is a person without a title too."""
        return any(spoke.named and self.text[spoke.start : spoke.end].lower() == name for spoke in self._spoke[-6:])

    def _alone_since(self, run: Run, position: int, last_spoke: int) -> bool:
        """Whether the paragraph of the pronoun, in which nobody spoke yet, names this person first and nobody else but in marks."""
        start = self.text.rfind("\n", 0, position) + 1
        if last_spoke >= start or run.start < start or not _ENDS_SENTENCE.search(self.text, run.end, position):
            return False
        k = bisect_left(self.index.starts, start)
        inside = [i for i in range(k, bisect_left(self.index.starts, position)) if not self.index.is_quoted(self.index.starts[i])]
        return all(self.index.starts[i] <= run.start < self.index.ends[i] or not self._is_likely_at(i) for i in inside)

    def _latest_of_role(self, start: int, end: int, gender: int, role: str) -> Likeliest | None:
        """`_latest` for a role that the text gave to nobody: of the gender of the pronoun that follows it, "the planner says he"."""
        if not gender and self.lexicon.file.pronouns_tell_gender:
            gender = self.index.following_pronoun(end)
        return self._latest(start, gender, role)

    def _role_subject(self, position: int) -> tuple[int, Run] | None:
        """The latest sentence of the paragraph that opens with a role, "The librarian has one condition", and who holds it."""
        for start in self.clues.sentences_before(position):
            for at in (start, self._behind_opening(start, position)):
                found = self._role_at(at, position) if at >= 0 else None
                if found is not None:
                    return at, found
        return None

    def _behind_opening(self, start: int, position: int) -> int:
        """Where the main clause begins behind an opening one, "Asked why, the manager laughed": -1 where the sentence has none."""
        comma = self.text.find(", ", start, min(position, start + _LONGEST_OPENING))
        if comma < 0:
            return -1
        opener = next(self.index.tokens.forward(start, comma), None)
        opens = opener is not None and opener.flags & (F.BOUNDARY | F.ENDS_ED | F.ENDS_ING)
        return comma + 2 if opens else -1

    def _role_at(self, start: int, position: int) -> Run | None:
        """Who holds the role with which the text goes on at `start`: "The librarian has"."""
        opener = self.text[start : start + _LONGEST_ARTICLE].split(None, 1)
        if not opener or opener[0].lower() not in self.lexicon.definite:
            return None
        tokens = self.index.tokens.between(start, min(position, start + 60))[:4]
        if len(tokens) < 3 or not tokens[0].flags & F.DETERMINER or tokens[0].word.lower() not in self.lexicon.definite:
            return None
        if tokens[0].flags & (GENDERS | F.PLURAL):  # "His lawyer"
            return None
        head = next((t for t in tokens[1:3] if t.flags & (F.ROLE | F.TITLE | F.UNKNOWN_LOWER) and not t.flags & F.POSSESSIVE), None)
        run = self._introduced(head.word.lower(), tokens[: tokens.index(head) + 1], start) if head is not None else None
        return None if run is None else self.index.full(run)

    def _known_as_other(self, start: int, role: str, run: Run | None = None) -> bool:
        """Whether the text calls whose name stands at `start` something, but not `role`."""
        if run is None:
            run = self.index.run_at(start)
        known = [k for k in run.roles if k not in self.lexicon.loose] if run is not None else []
        # "der Minister" for an "Innenminister"
        return bool(known) and role not in self.lexicon.anyone and not any(k.endswith(role) or role.endswith(k) for k in known)

    def _gender_of(self, start: int, end: int) -> int:
        """Of a name that says nothing itself: the gender of the pronoun that stood for it, or that follows it in the text."""
        if start in self._inferred or not self.lexicon.file.pronouns_tell_gender:
            return self._inferred.get(start, 0)
        if start not in self._followed:
            self._followed[start] = self._agreed_gender(start, end)
        return self._followed[start]

    def _agreed_gender(self, start: int, end: int) -> int:
        """The gender of the pronoun that follows the name; where that follows its other places is mostly of the other, none."""
        first = self.index.following_pronoun(end)
        if first not in (F.MASCULINE, F.FEMININE):
            return first
        other = [self.index.following_pronoun(b) for a, b in self.index.places_of_last(end, _PLACES_ASKED) if a != start]
        against = sum(1 for gender in other if gender == GENDERS & ~first)
        return first if against <= sum(1 for gender in other if gender == first) else 0

    def noun(self, start: int, end: int) -> Resolved:
        """A role or other noun: the person it was introduced for, else its own words without the article."""
        tokens = [t for t in self.index.tokens.between(start, end) if t.flags & F.LETTER]
        if not tokens:
            return Resolved(None, None, SpeakerKind.UNNAMED, None, How.NOBODY)
        if all(t.flags & F.DETERMINER for t in tokens):
            return Resolved(None, None, SpeakerKind.UNNAMED, None, How.NOBODY)  # "another said"
        if (
            len(tokens) > 1
            and tokens[0].flags & F.DETERMINER
            and tokens[1].flags & (F.PARTICLE | F.DETERMINER | F.CAPITAL) == F.PARTICLE
        ):
            return Resolved(None, None, SpeakerKind.UNNAMED, None, How.NOBODY)  # "one of them said"
        head = next(
            (t for k, t in enumerate(tokens) if k + 1 == len(tokens) or (k and tokens[k + 1].flags & F.PARTICLE)), tokens[-1]
        )
        if head.word.lower() in self.lexicon.outputs:
            body = self._publisher(tokens, head)
            if body is not None:
                return body
        if head.word.lower() in self.lexicon.utterances:
            author = self._author(tokens, head)
            if author is not None:
                return author
        return self._role_of(tokens, head)

    def _publisher(self, tokens: list[Token], head: Token) -> Resolved | None:
        """ "Labor Department figures", "the agency's website": the body that gives them out."""
        lead = [t for t in tokens[: tokens.index(head)] if not t.flags & F.DETERMINER]
        name = [t for t in lead if t.flags & F.CAPITAL]
        if not name or not (
            name[-1].flags & F.POSSESSIVE or self.index.kinds.is_body(name[-1].word) or self.index.kinds.is_acronym(name[-1].word)
        ):
            return None
        start, end = name[0].start, self.index.bare_end(name[-1])
        self._things.append((tokens[0].start, start, end, SpeakerKind.ORGANISATION))
        return Resolved(start, end, SpeakerKind.ORGANISATION, None, How.GUESS)

    def _author(self, tokens: list[Token], head: Token) -> Resolved | None:
        """`His response: “…”`, `the statement said`, behind "Quill said in a statement": whose words they are."""
        owner = tokens[0].flags & (GENDERS | F.PLURAL)
        if owner and tokens[0].flags & F.DETERMINER:
            found = self._latest(tokens[0].start, owner & GENDERS) if owner & GENDERS else None
            if found is None or not found.named:
                return None
            self._spoke.append(Spoke(tokens[0].start, found.start, found.end, owner & GENDERS))
            return Resolved(found.start, found.end, SpeakerKind.PERSON, None, How.PRONOUN, found.lead)
        if len(tokens) != 2 or tokens[0].word.lower() not in self.lexicon.definite or not self._spoke:
            return None
        spoke, position = self._spoke[-1], tokens[0].start
        thing = next((t for t in reversed(self._things) if spoke.at < t[0] < position and t[3] is SpeakerKind.ORGANISATION), None)
        at = spoke.at if thing is None else thing[0]
        between = self.text[at:position]
        if (thing is None and not spoke.named) or between.count("\n") >= _FAR_BREAKS:
            return None
        sentence = _ENDS_SENTENCE.split(between, maxsplit=1)[0]
        if not any(f" {article} {head.word.lower()}" in sentence for article in self.lexicon.indefinite):
            return None
        if thing is not None:
            self._things.append((position, *thing[1:]))
            return Resolved(thing[1], thing[2], thing[3], None, How.GUESS)
        self._spoke.append(spoke._replace(at=position))
        return Resolved(spoke.start, spoke.end, SpeakerKind.PERSON, None, How.GUESS)

    def _role_of(self, tokens: list[Token], head: Token) -> Resolved:
        start = tokens[0].start
        word, flag = head.word.lower(), head.flags
        begin = 1 if tokens[0].flags & F.DETERMINER and len(tokens) > 1 else 0
        if begin and flag & F.DIGIT and self.lexicon.tells_age(word) and tokens[0].word.lower() in self.lexicon.definite:
            aged = self._aged(word, start)
            if aged is not None:
                return aged
        indefinite = bool(tokens[0].flags & F.DETERMINER) and tokens[0].word.lower() not in self.lexicon.definite
        other = indefinite or any(t.word.lower() in self.lexicon.others for t in tokens)
        end = self.index.bare_end(tokens[-1])
        kind = self._kind_of_noun(flag)
        if not other and flag & (F.ROLE | F.TITLE):
            somebody = self._holder(word, tokens, head, begin)
            if somebody is not None:
                return somebody
        elif not other and begin and word in self.lexicon.companies:
            company = self._company(tokens, start)
            if company is not None:
                self._things.append((start, *company, SpeakerKind.ORGANISATION))
                return Resolved(*company, SpeakerKind.ORGANISATION, None, How.GUESS)
        elif not other and begin and len(tokens) == 2 and flag & F.UNKNOWN_LOWER:
            somebody = self._somebody(word, tokens, start, 0)
            if somebody is not None:
                return somebody
        if kind is SpeakerKind.UNNAMED:
            self._unnamed.append((start, tokens[begin].start, end, word))
            if flag & F.ROLE and not self.lexicon.is_plural(word):
                gender = flag & GENDERS or (self.index.following_pronoun(end) if self.lexicon.file.pronouns_tell_gender else 0)
                self._spoke.append(Spoke(start, tokens[begin].start, end, gender, named=False))
        elif not self.lexicon.is_plural(word):
            self._things.append((start, tokens[begin].start, end, kind))
        return Resolved(tokens[begin].start, end, kind, word if flag & (F.ROLE | F.TITLE) else None, How.WORDS)

    def _holder(self, word: str, tokens: list[Token], head: Token, begin: int) -> Resolved | None:
        """Who holds the role of a definite mention: whom the text gave it, an unnamed one met before, or whose deeds fit it."""
        start, flag = tokens[0].start, head.flags
        chosen = self._introduced(word, tokens, start)
        # "her spokesman", "the Russian president": somebody else than who was just spoken of
        owned = tokens[0].flags & (GENDERS | F.PLURAL) or any(t.flags & (F.POSSESSIVE | F.CAPITAL) for t in tokens[1:-1])
        if len(tokens) <= 3 and not owned and (chosen is None or word in self.lexicon.anyone):
            earlier = self._earlier_unnamed(word, start)
            if earlier is not None and (chosen is None or earlier[0] > chosen.start):
                self._spoke.append(Spoke(start, *earlier, flag & GENDERS, named=False))
                return Resolved(earlier[0], earlier[1], SpeakerKind.UNNAMED, word, How.HELD)
        if chosen is not None:
            full = self.index.full(chosen)
            self._spoke.append(Spoke(start, full.start, full.end, full.gender))
            return Resolved(full.start, full.end, SpeakerKind.PERSON, word, How.HELD)
        if not begin or word in self.lexicon.nobody:
            return None
        article = tokens[0].word.lower() in self.lexicon.file.codes.definite and not any(t.flags & F.POSSESSIVE for t in tokens)
        only = self._only_person(start, word, flag) if article and len(tokens) <= _MAX_OPENING and not flag & F.UNNAMED else None
        if only is not None and self._is_of_office(word, tokens, only):
            self._spoke.append(Spoke(start, only.start, only.end, only.gender))
            return Resolved(only.start, only.end, SpeakerKind.PERSON, word, How.GUESS)
        if len(tokens) > 3:
            return None
        if owned:
            return self._by_place(word, tokens, flag)
        if flag & F.UNNAMED and word not in self.lexicon.anyone:
            return None
        behind = self.text[tokens[-1].end : tokens[-1].end + _LONGEST_ARTICLE].split()
        if len(behind) > 1 and behind[0] == "," and self.lexicon.flags(behind[1]) & F.RELATIVE:
            return None  # "the doctor, who had advised against it": new to the text
        doer = self.clues.by_predicate(word, start)
        if doer is not None:
            self._spoke.append(Spoke(start, doer.start, doer.end, doer.gender))
            return Resolved(doer.start, doer.end, SpeakerKind.PERSON, word, How.GUESS)
        found = self._latest_of_role(start, tokens[-1].end, flag & GENDERS if self.lexicon.file.roles_tell_gender else 0, word)
        run = None if found is None else self.index.run_at(found.start)
        if found is None or (run is not None and not self._is_of_office(word, tokens, run)):
            return None
        self._spoke.append(Spoke(start, found.start, found.end, flag & GENDERS))
        return Resolved(found.start, found.end, SpeakerKind.PERSON, word, How.GUESS)

    def _only_person(self, position: int, role: str, flag: int) -> Run | None:
        """Who is meant by a role that the text gave to nobody, if one person alone was named so far, and in full."""
        only: Run | None = None
        for index in range(bisect_left(self.index.starts, position)):
            run = None if self.index.is_quoted(self.index.starts[index]) else self.index.run(index)
            full = None if run is None else self.index.full(run)
            if full is None or not self.index.may_be_person(full) or (only is not None and full.start == only.start):
                continue
            if (
                only is not None
                or len(full.words) < 2
                or not self.index.is_person(full)
                or self._known_as_other(full.start, role, full)
            ):
                return None
            only = full
        theirs = 0 if only is None else only.gender or self._gender_of(only.start, only.end)
        return None if theirs and flag & GENDERS and not theirs & flag else only

    def _by_place(self, word: str, tokens: list[Token], flag: int) -> Resolved | None:
        """ "The Texas governor" of whom the text told nothing of the kind: who spoke last, unless they are known as something else."""
        start, field = tokens[0].start, tokens[1:-1]
        places = all(t.flags & F.CAPITAL and not t.flags & F.POSSESSIVE for t in field)
        if not places or not self._spoke or flag & F.UNNAMED:
            return None
        spoke = self._spoke[-1]
        far = self.text.count("\n", spoke.at, start) >= 2 * _FAR_BREAKS
        theirs = spoke.gender or self._gender_of(spoke.start, spoke.end)
        if not spoke.named or far or (theirs and flag & GENDERS and not theirs & flag) or self._known_as_other(spoke.start, word):
            return None
        self._spoke.append(spoke._replace(at=start))
        return Resolved(spoke.start, spoke.end, SpeakerKind.PERSON, word, How.GUESS)

    def _company(self, tokens: list[Token], position: int) -> tuple[int, int] | None:
        """ "The company": the organisation that spoke last, else the one that the text names most often before; none where that is unclear."""
        modifiers = [t.word.lower().split("-")[0] for t in tokens[1:-1] if t.flags & F.CAPITAL]
        if not modifiers:
            for at, start, end, kind in reversed(self._things):
                if at < position and position - at < FARTHEST and kind is SpeakerKind.ORGANISATION and self.text[start].isupper():
                    return start, end
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
            if run is None or name.split()[0].lower() in self.index.kinds.places or self.index.full_name(run.words[-1]) is not None:
                continue
            what = self.index.kind_of(run)
            if self.index.kinds.is_place(run.words) or what not in (NameKind.ORGANISATION, NameKind.UNKNOWN):
                continue
            if len(places) > 1 or (what is NameKind.ORGANISATION and self.index.kinds.is_body(run.words[-1])):
                return run.start, run.end
        return None

    def _aged(self, age: str, position: int) -> Resolved | None:
        """ "The 71-year-old": who is of that age in the text, else the latest person of no stated age."""
        number = age.split("-")[0]
        latest: Run | None = None
        for index in range(bisect_left(self.index.starts, position) - 1, -1, -1):
            end = self.index.ends[index]
            if position - end > FARTHEST:
                break
            stated = STATED_AGE.match(self.text, end)
            if (stated and stated.group(1) != number) or (not stated and latest is not None) or self.index.is_quoted(end):
                continue
            run = self.index.run(index)
            full = None if run is None else self.index.full(run)
            if full is None or not self.index.is_person(full):
                continue
            latest = full
            if stated:
                break
        if latest is None:
            return None
        self._spoke.append(Spoke(position, latest.start, latest.end, latest.gender))
        return Resolved(latest.start, latest.end, SpeakerKind.PERSON, None, How.HELD)

    def _somebody(self, word: str, tokens: list[Token], start: int, gender: int) -> Resolved | None:
        """ "The pensioner": a word of no list, but somebody; the one introduced by it, named or not, else the likeliest."""
        chosen = self._introduced(word, tokens, start) or self.clues.by_predicate(word, start)
        if chosen is not None:
            full = self.index.full(chosen)
            self._spoke.append(Spoke(start, full.start, full.end, full.gender))
            return Resolved(full.start, full.end, SpeakerKind.PERSON, None, How.HELD)
        earlier = self._introduced_unnamed(word, start)
        if earlier is not None:
            return Resolved(earlier[0], earlier[1], SpeakerKind.UNNAMED, None, How.HELD)
        if not self.lexicon.is_person_noun(word):
            return None
        found = self._latest_of_role(start, tokens[-1].end, gender, word)
        return Resolved(found.start, found.end, SpeakerKind.PERSON, None, How.GUESS) if found else None

    def _earlier_unnamed(self, word: str, position: int) -> tuple[int, int] | None:
        """The unnamed source that "the official" or "the person" points back to."""
        same = self._introduced_unnamed(word, position)
        if same is not None and word in self.lexicon.loose and "\n" in self.text[same[1] : position]:
            same = same if any(same[0] == spoke.start for spoke in self._spoke) else None  # "put up a candidate who lies"
        if same is not None or word not in self.lexicon.anyone:
            return same
        return next(
            ((a, b) for at, a, b, head in reversed(self._unnamed) if at < position and not self.lexicon.is_plural(head)), None
        )

    def _introduced(self, word: str, tokens: list[Token], position: int) -> Run | None:
        """The person whom the text gave this role before `position`; the one whose words agree most, then the latest."""
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
        for at in [at for form in forms for at in self._occurrences(form, position)]:
            k = bisect_left(self.index.starts, at)
            for index in range(max(0, k - 2), min(len(self.index.starts), k + 4)):
                run = self.index.run(index)
                if (
                    run is None
                    or (roles.isdisjoint(run.roles) and word != run.noun)
                    or (gender and run.gender and not gender & run.gender)
                    or run.start >= position
                    or not self.index.is_person(run)
                ):
                    continue
                if named and not any(self._agrees(name, run) for name in named):
                    continue  # "the Russian president" is no other president
                if not self._is_of_office(word, tokens, run):
                    continue
                key = (len(said & run.described), run.start)
                if best is None or key > best:
                    best, chosen = key, run
        return chosen

    def _is_of_office(self, word: str, tokens: list[Token], run: Run) -> bool:
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

    def _occurrences(self, word: str, position: int) -> list[int]:
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

    def _introduced_unnamed(self, word: str, position: int) -> tuple[int, int] | None:
        """The latest "a senior official" before `position`: the phrase without its article."""
        for at in reversed(self._occurrences(word, position)):
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

    def _kind_of_noun(self, flag: int) -> SpeakerKind:
        if flag & F.UNNAMED:
            return SpeakerKind.UNNAMED
        if flag & (F.MEDIUM | F.ORGANISATION) == F.MEDIUM:
            return SpeakerKind.MEDIA
        if flag & F.DOCUMENT:
            return SpeakerKind.DOCUMENT
        if flag & F.ORGANISATION:
            return SpeakerKind.ORGANISATION
        if flag & F.GROUP:
            return SpeakerKind.GROUP
        return SpeakerKind.UNNAMED
